//! Day numbers and whole seconds: the integers that the tables are made of.
//!
//! The one thing to know: a *day number* counts civil dates from 1970-01-01 (0), and *wall seconds* are a civil date and
//! time counted as if it were UTC. Not here: time zones (`table.rs`).

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::Offset;

/// Seconds of a civil day without a clock change.
pub(crate) const DAY: i64 = 86_400;

/// The whole second at or before the instant; also before 1970, where jiff's own seconds round towards 1970.
pub(crate) fn whole_second(instant: Timestamp) -> i64 {
    instant.as_second() - i64::from(instant.subsec_nanosecond() < 0)
}

/// The instant of a second count, which every caller keeps inside the supported range.
pub(crate) fn instant(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap_or(if seconds < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

/// Wall seconds of a civil date and time.
pub(crate) fn wall_of(at: DateTime) -> i64 {
    // Only the last day of the year 9999 has no UTC instant in jiff.
    Offset::UTC.to_timestamp(at).map_or(Timestamp::MAX.as_second(), Timestamp::as_second)
}

/// The civil date and time of wall seconds.
pub(crate) fn datetime_of(wall: i64) -> DateTime {
    Offset::UTC.to_datetime(instant(wall))
}

/// The day number of a date.
pub(crate) fn day_number(date: Date) -> i64 {
    wall_of(date.at(0, 0, 0, 0)).div_euclid(DAY)
}

/// The date of a day number.
pub(crate) fn date_of(day: i64) -> Date {
    datetime_of(day.saturating_mul(DAY)).date()
}

/// Monday is 0. 1970-01-01 was a Thursday.
pub(crate) fn weekday_index(day: i64) -> usize {
    usize::try_from((day + 3).rem_euclid(7)).unwrap_or(0)
}

/// The weekdays, Monday first.
pub(crate) const WEEKDAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// A date written `YYYY-MM-DD`: jiff alone would also take `20260214` and dates with a time behind them.
pub(crate) fn written_date(text: &str) -> Option<Date> {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(i, byte)| match i {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    text.parse().ok().filter(|_| shape)
}
