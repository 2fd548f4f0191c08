//! Dates and times as clerks and old tables write them.
//!
//! The one thing to know: `2024-10-0109:30`, with the blank lost, is a valid time, because the example rows of S03
//! are printed so. Relative words (明天) are deliberately not read.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

/// `2026-11-21`, `2026/11/21`, `2026.11.21`, `2026年11月21日`.
pub fn date(text: &str) -> Option<Date> {
    let (date, rest) = leading_date(text)?;
    rest.trim().is_empty().then_some(date)
}

/// A date followed by `09:30` or `09:30:15`, parted by a blank, a `T` or nothing; or an RFC 3339 instant. Without
/// an offset it is civil time of `zone`; a time that a clock change skips is moved forward.
pub fn instant(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant);
    }
    let (date, rest) = leading_date(text)?;
    let rest = rest.trim_start_matches(['T', 't', ' ']).trim();
    let time = time(rest)?;
    zone.to_ambiguous_timestamp(DateTime::from_parts(date, time)).compatible().ok()
}

fn leading_date(text: &str) -> Option<(Date, &str)> {
    let (year, rest) = digits(text, 4)?;
    let rest = rest.strip_prefix(['-', '/', '.', '年'])?;
    let (month, rest) = digits(rest, 2)?;
    let rest = rest.strip_prefix(['-', '/', '.', '月'])?;
    let (day, rest) = digits(rest, 2)?;
    let rest = rest.strip_prefix('日').unwrap_or(rest);
    let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (year >= 1900).then_some((date, rest))
}

fn time(text: &str) -> Option<Time> {
    let (hour, rest) = digits(text, 2)?;
    let (minute, rest) = digits(rest.strip_prefix([':', '时'])?, 2)?;
    let rest = rest.strip_prefix('分').unwrap_or(rest);
    let (second, rest) = match rest.strip_prefix(':') {
        Some(rest) => digits(rest, 2)?,
        None => (0, rest),
    };
    if !rest.is_empty() {
        return None;
    }
    Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second).ok()?, 0).ok()
}

/// At least one and at most `most` ASCII digits from the front.
fn digits(text: &str, most: usize) -> Option<(u32, &str)> {
    let length = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(length);
    Some((number.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        for text in [
            "2024-10-0109:30",
            "2024-10-01 09:30",
            "2024-10-01T09:30:00",
            "2024/10/1 9:30",
            "2024年10月1日 9时30分",
            "2024-10-01T01:30:00Z",
            "2024-10-01T09:30:00+08:00",
        ] {
            let expected: Timestamp = "2024-10-01T01:30:00Z".parse().unwrap();
            assert_eq!(instant(text, &zone), Some(expected), "{text}");
        }
        for text in
            ["", "2024-10-01", "2024-13-01 09:30", "2024-02-30 09:30", "2024-10-01 25:00", "明天", "0024-10-01 09:30"]
        {
            assert_eq!(instant(text, &zone), None, "{text}");
        }
        assert_eq!(date("2026年11月21日"), Date::new(2026, 11, 21).ok());
        assert_eq!(date("2026-11-21 09:30"), None);
    }
}
