//! Every way of writing a date that the tables bring, and every way of writing none.

use jiff::tz::TimeZone;

use super::{DateFault, DateStyle, Precision, parse_when};

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn read(text: &str, style: DateStyle) -> Result<String, DateFault> {
    parse_when(text, style, &zone("Asia/Shanghai")).map(|when| when.at.to_string())
}

#[test]
fn half_past_nine_on_the_first_of_october() {
    for text in [
        "2024-10-01 09:30",
        "2024-10-0109:30", // S03's rows: the blank is lost
        "2024/10/0109:30",
        "2024/10/1 9:30",
        "2024.10.01 09:30:00",
        "2024年10月1日9时30分",
        "2024年10月01日 09:30",
        "2024-10-01T09:30",
        "2024-10-01T09:30:00.000",
        "2024-10-01T01:30:00Z",
        "2024-10-01T09:30:00+08:00",
        "2024-10-01 03:30:00 +0200",
        "２０２４－１０－０１　０９：３０",
        "2024-10-01 上午9:30",
        "2024-10-01 9:30 AM",
        "202410010930",
        "20241001093000",
        "45566.395833333336",
        "  2024-10-01 09:30\u{feff}",
    ] {
        assert_eq!(read(text, DateStyle::Standard).as_deref(), Ok("2024-10-01T01:30:00Z"), "{text}");
    }
}

#[test]
fn dates_without_a_time_are_midnight_and_say_so() {
    for text in ["2024-10-01", "2024/10/1", "2024年10月1日", "20241001", "45566"] {
        let when = parse_when(text, DateStyle::Standard, &zone("Asia/Shanghai")).unwrap();
        assert_eq!(when.at.to_string(), "2024-09-30T16:00:00Z", "{text}");
        assert_eq!(when.precision, Precision::Day, "{text}");
    }
}

#[test]
fn month_first_only_when_the_mapping_says_so() {
    assert_eq!(read("10/31/2024 03:15:00 PM", DateStyle::Us).as_deref(), Ok("2024-10-31T07:15:00Z"));
    assert_eq!(read("10/31/2024 12:15 AM", DateStyle::Us).as_deref(), Ok("2024-10-30T16:15:00Z"));
    assert_eq!(read("10/31/2024 3 pm", DateStyle::Us).as_deref(), Ok("2024-10-31T07:00:00Z"));
    assert_eq!(read("2024-10-31 15:15", DateStyle::Us).as_deref(), Ok("2024-10-31T07:15:00Z"));
    assert_eq!(read("10/31/2024 03:15:00 PM", DateStyle::Standard), Err(DateFault::MonthFirst));
    assert_eq!(read("31/10/2024", DateStyle::Us), Err(DateFault::Impossible));
}

#[test]
fn what_is_no_date_is_refused() {
    for (text, fault) in [
        ("2024-02-30", DateFault::Impossible),
        ("2023-02-29 10:00", DateFault::Impossible),
        ("2024-13-01", DateFault::Impossible),
        ("2024-10-01 25:00", DateFault::Impossible),
        ("2024-10-01 24:00", DateFault::Impossible),
        ("2024-10-01 09:60", DateFault::Impossible),
        ("20241301", DateFault::Impossible),
        ("2024-10-109:30", DateFault::TwoReadings),
        ("2024-10-19:30", DateFault::NotADate),
        ("明天", DateFault::NotADate),
        ("", DateFault::NotADate),
        ("24-10-01", DateFault::NotADate),
        ("2024-10/01", DateFault::NotADate),
        ("2024-10-01 9:3", DateFault::NotADate),
        ("2024-10-01 09:30 后", DateFault::NotADate),
        ("139", DateFault::NotADate),
        ("2024", DateFault::NotADate),
        ("1900-01-01", DateFault::OutOfRange),
        ("2900-01-01", DateFault::OutOfRange),
        ("2024-10-01T09:30:00+99:00", DateFault::Impossible),
    ] {
        assert_eq!(read(text, DateStyle::Standard), Err(fault), "{text}");
    }
}

#[test]
fn summer_time_is_neither_skipped_nor_doubled_in_silence() {
    let new_york = zone("America/New_York");
    let skipped = parse_when("2024-03-10 02:30", DateStyle::Standard, &new_york);
    assert_eq!(skipped, Err(DateFault::SkippedByClock));
    let twice = parse_when("2024-11-03 01:30", DateStyle::Standard, &new_york).unwrap();
    assert!(twice.shown_twice);
    assert_eq!(twice.at.to_string(), "2024-11-03T05:30:00Z");
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,24}", digits in "[0-9年月日时分秒:/. T+Z上下午-]{0,24}") {
        let zone = TimeZone::UTC;
        for style in [DateStyle::Standard, DateStyle::Us] {
            let _ = parse_when(&text, style, &zone);
            let _ = parse_when(&digits, style, &zone);
        }
    }
}
