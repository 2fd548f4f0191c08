//! Human numbers: `CS2026110001` for tickets, `GL2026110001` for contact sheets.
//!
//! Prefix, year, month of the desk's time zone, and a sequence that starts anew each month and is at least four digits
//! wide. The counter itself is taken inside the write, by the store.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The counter's name for numbers given at `now`, e.g. `CS202611`.
#[must_use]
pub fn series(prefix: &str, now: Timestamp, zone: &TimeZone) -> String {
    let date = now.to_zoned(zone.clone()).date();
    format!("{prefix}{:04}{:02}", date.year(), date.month())
}

/// The number in its series.
#[must_use]
pub fn number(series: &str, sequence: i64) -> String {
    format!("{series}{sequence:04}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_month_is_the_desks_month() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let last_minutes_of_october_utc: Timestamp = "2026-10-31T16:30:00Z".parse().unwrap();
        let series = series("CS", last_minutes_of_october_utc, &zone);
        assert_eq!(number(&series, 1), "CS2026110001");
        assert_eq!(number(&series, 12_345), "CS20261112345");
    }
}
