//! Zones whose clocks change.

use jiff::Timestamp;
use worktime::Amount;

use crate::office::in_zone;

fn t(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn a_changed_day_keeps_the_hours_that_pass() {
    let always = in_zone("Europe/Berlin", r#""hours":"24x7""#);
    let day = |from: &str, to: &str| always.elapsed(t(from), t(to), &[]).unwrap().seconds / 3_600;
    assert_eq!(day("2024-03-31T00:00:00+01:00", "2024-04-01T00:00:00+02:00"), 23);
    assert_eq!(day("2024-10-27T00:00:00+02:00", "2024-10-28T00:00:00+01:00"), 25);
    let night = in_zone("America/New_York", r#""hours":{"sat":[["22:00","06:00"]]}"#);
    let shift = |from: &str, to: &str| night.elapsed(t(from), t(to), &[]).unwrap().seconds / 3_600;
    assert_eq!(shift("2024-03-09T12:00:00-05:00", "2024-03-10T12:00:00-04:00"), 7);
    assert_eq!(shift("2024-11-02T12:00:00-04:00", "2024-11-03T12:00:00-05:00"), 9);
    assert_eq!(shift("2024-05-04T12:00:00-04:00", "2024-05-05T12:00:00-04:00"), 8);
}

#[test]
fn a_skipped_opening_is_the_moment_of_the_change() {
    // On 2024-03-31 the clocks of Berlin go from 02:00 to 03:00.
    let calendar = in_zone("Europe/Berlin", r#""hours":{"sun":[["02:30","04:00"]]}"#);
    let due = calendar.due(t("2024-03-31T00:00:00+01:00"), Amount::WorkingSeconds(60), &[]).unwrap();
    assert_eq!(due.at(), Some(t("2024-03-31T03:01:00+02:00")));
    let all = calendar.elapsed(t("2024-03-31T00:00:00+01:00"), t("2024-03-31T12:00:00+02:00"), &[]).unwrap();
    assert_eq!(all.seconds, 3_600);
}

#[test]
fn a_repeated_time_is_its_first_occurrence() {
    // On 2024-10-27 the hour from 02:00 to 03:00 comes twice in Berlin.
    let calendar = in_zone("Europe/Berlin", r#""hours":{"sun":[["00:00","02:30"],["02:30","05:00"]]}"#);
    let all = calendar.elapsed(t("2024-10-27T00:00:00+02:00"), t("2024-10-27T12:00:00+01:00"), &[]).unwrap();
    assert_eq!(all.seconds, 6 * 3_600, "the second 02:00–03:00 counts, and nothing twice");
    let morning = in_zone("Europe/Berlin", r#""hours":{"sun":[["00:00","02:30"]]}"#);
    let due = morning.due(t("2024-10-27T00:00:00+02:00"), Amount::WorkingSeconds(9_000), &[]).unwrap();
    assert_eq!(due.at(), Some(t("2024-10-27T02:30:00+02:00")));
}

#[test]
fn calendar_days_keep_the_wall_time_and_seconds_do_not() {
    let calendar = in_zone("Europe/Berlin", r#""hours":"24x7""#);
    let due = |amount| calendar.due(t("2024-03-30T12:00:00+01:00"), amount, &[]).unwrap().at();
    assert_eq!(due(Amount::CalendarDays(1)), Some(t("2024-03-31T12:00:00+02:00")));
    assert_eq!(due(Amount::calendar_hours(24)), Some(t("2024-03-31T13:00:00+02:00")));
}

#[test]
fn a_skipped_date_has_no_time() {
    // Samoa went over the date line: 2011-12-30 did not happen.
    let calendar = in_zone("Pacific/Apia", r#""hours":"24x7""#);
    let elapsed = calendar.elapsed(t("2011-12-29T00:00:00-10:00"), t("2012-01-01T00:00:00+14:00"), &[]).unwrap();
    assert_eq!(elapsed.seconds, 2 * 86_400);
}

#[test]
fn shanghai_had_summer_time_once() {
    let calendar = in_zone("Asia/Shanghai", r#""hours":"24x7""#);
    let elapsed = calendar.elapsed(t("1986-05-03T16:00:00Z"), t("1986-05-04T15:00:00Z"), &[]).unwrap();
    assert_eq!(elapsed.seconds, 23 * 3_600);
    let due = calendar.due(t("1986-05-03T00:00:00+08:00"), Amount::CalendarDays(1), &[]).unwrap();
    assert_eq!(due.at(), Some(t("1986-05-03T16:00:00Z")));
}
