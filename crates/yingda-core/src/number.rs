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

/// The series and sequence of a number that could be one of ours; `None` for any other (`CS2024901` of S03's table has no month).
#[must_use]
pub fn parse(number: &str) -> Option<(String, i64)> {
    let digits = number.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let prefix = &number[..number.len() - digits.len()];
    let month: u8 = digits.get(4..6)?.parse().ok()?;
    let sequence = digits.get(6..)?;
    // A longer one is a slip of the pen, and would make every later number as long.
    let ours = !prefix.is_empty() && (1..=12).contains(&month) && (4..=8).contains(&sequence.len());
    let sequence: i64 = sequence.parse().ok()?;
    ours.then(|| (format!("{prefix}{}", &digits[..6]), sequence))
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
        assert_eq!(parse("CS20261112345"), Some(("CS202611".to_owned(), 12_345)));
        assert_eq!(parse("CS2026119223372036854775807"), None);
        assert_eq!(parse("CS2024901"), None);
        assert_eq!(parse("客服2026110001"), None);
        assert_eq!(parse(""), None);
    }
}
