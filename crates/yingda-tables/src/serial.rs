//! Excel's day numbers, to and from civil times.
//!
//! The one thing to know: serial 1 is 1900-01-01, and 60 is the 29 February 1900 that never was, so that every serial from 61
//! on counts from 1899-12-30. The fraction is the time of day; milliseconds are as fine as Excel goes.

use jiff::civil::{Date, DateTime, Time, date};
use jiff::{SignedDuration, ToSpan};

use crate::when::DateFault;

const MILLIS_A_DAY: f64 = 86_400_000.0;
/// 9999-12-31, the last day that Excel knows.
const LAST: f64 = 2_958_466.0;

/// The civil time that a serial of the 1900 system stands for.
///
/// # Errors
/// [`DateFault::Impossible`] for 1900-02-29, [`DateFault::OutOfRange`] for what is no day of Excel's.
pub fn from_serial(serial: f64) -> Result<DateTime, DateFault> {
    if !(1.0..LAST).contains(&serial) {
        return Err(DateFault::OutOfRange);
    }
    #[expect(clippy::cast_possible_truncation, reason = "bounded by the range check above")]
    let (days, millis) = (serial.floor() as i64, ((serial - serial.floor()) * MILLIS_A_DAY).round() as i64);
    let epoch = match days {
        60 => return Err(DateFault::Impossible),
        ..60 => date(1899, 12, 31),
        _ => date(1899, 12, 30),
    };
    epoch
        .checked_add(days.days())
        .and_then(|day| day.to_datetime(Time::midnight()).checked_add(SignedDuration::from_millis(millis)))
        .map_err(|_| DateFault::OutOfRange)
}

/// The serial of a civil time from March 1900 on.
#[must_use]
pub fn to_serial(at: DateTime) -> f64 {
    let days = days_between(date(1899, 12, 30), at.date());
    let time = at.time();
    let seconds = f64::from(time.hour()) * 3600.0 + f64::from(time.minute()) * 60.0 + f64::from(time.second());
    f64::from(days) + (seconds + f64::from(time.subsec_nanosecond()) / 1e9) / 86_400.0
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, datetime};

    use super::{from_serial, to_serial};
    use crate::when::DateFault;

    #[test]
    fn known_serials() {
        assert_eq!(from_serial(45_566.0).unwrap(), date(2024, 10, 1).at(0, 0, 0, 0));
        assert_eq!(from_serial(45_566.395_833_333_336).unwrap(), datetime(2024, 10, 1, 9, 30, 0, 0));
        assert_eq!(from_serial(1.0).unwrap(), date(1900, 1, 1).at(0, 0, 0, 0));
        assert_eq!(from_serial(61.0).unwrap(), date(1900, 3, 1).at(0, 0, 0, 0));
        assert_eq!(from_serial(60.5), Err(DateFault::Impossible));
        assert_eq!(from_serial(0.5), Err(DateFault::OutOfRange));
        assert_eq!(from_serial(f64::NAN), Err(DateFault::OutOfRange));
        assert_eq!(from_serial(3e9), Err(DateFault::OutOfRange));
    }

    #[test]
    fn there_and_back() {
        let at = datetime(2026, 2, 28, 23, 59, 59, 0);
        assert_eq!(from_serial(to_serial(at)).unwrap(), at);
        assert!((to_serial(datetime(2024, 10, 1, 12, 0, 0, 0)) - 45_566.5).abs() < 1e-9);
    }
}
