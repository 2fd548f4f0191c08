//! The intervals of one day, read and compared.
//!
//! The one thing to know: a [`Shift`] belongs to the day on which it begins and may run into the next, so its end is counted
//! in minutes of the *beginning* day and can exceed 24 × 60. Not here: which day has which shifts (`day.rs`).

use std::fmt;

use serde::Serialize;

use crate::fault::{CalendarFault, Place};
use crate::file::IntervalFile;

/// Minutes of a civil day.
pub(crate) const DAY_MINUTES: u16 = 24 * 60;

/// One working interval of a day, `[from, to)`, in minutes after that day's midnight on the wall clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Shift {
    /// 0 to 1439.
    pub from: u16,
    /// Greater than `from`, at most 24 hours later; more than 1440 means the next day.
    pub to: u16,
}

impl Shift {
    /// From midnight to midnight.
    pub(crate) const WHOLE_DAY: Self = Self { from: 0, to: DAY_MINUTES };

    /// Working minutes on a day without a clock change.
    pub fn minutes(self) -> u16 {
        self.to - self.from
    }

    /// Ends on the day after it began (24:00 is still the same day).
    pub fn is_over_midnight(self) -> bool {
        self.to > DAY_MINUTES
    }
}

impl fmt::Display for Shift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let to = if self.is_over_midnight() { self.to - DAY_MINUTES } else { self.to };
        write!(f, "{:02}:{:02}–{:02}:{:02}", self.from / 60, self.from % 60, to / 60, to % 60)
    }
}

/// Reads the intervals of one day into order, adding what is wrong to `faults`.
pub(crate) fn read(place: Place, intervals: &[IntervalFile], faults: &mut Vec<CalendarFault>) -> Vec<Shift> {
    let mut shifts = Vec::with_capacity(intervals.len());
    for [from_text, to_text] in intervals {
        let bad = |text: &String| CalendarFault::BadTime { place, text: text.clone() };
        let from = minute(from_text).filter(|&from| from < DAY_MINUTES);
        let to = minute(to_text);
        if from.is_none() {
            faults.push(bad(from_text));
        }
        if to.is_none() {
            faults.push(bad(to_text));
        }
        let (Some(from), Some(to)) = (from, to) else {
            continue;
        };
        if from == to {
            let (from, to) = (from_text.clone(), to_text.clone());
            faults.push(CalendarFault::EmptyInterval { place, from, to });
        } else if to > from {
            shifts.push(Shift { from, to });
        } else {
            shifts.push(Shift { from, to: to + DAY_MINUTES });
        }
    }
    shifts.sort_unstable();
    for pair in shifts.windows(2) {
        if let [first, second] = pair
            && second.from < first.to
        {
            faults.push(overlap(place, *first, *second));
        }
    }
    shifts
}

/// The fault of a day whose last shift runs into the first of the day after, if it does.
pub(crate) fn runs_into(place: Place, day: &[Shift], next: &[Shift]) -> Option<CalendarFault> {
    let last = day.iter().max_by_key(|shift| shift.to)?;
    let first = next.first()?;
    (last.to > first.from + DAY_MINUTES).then(|| overlap(place, *last, *first))
}

fn overlap(place: Place, first: Shift, second: Shift) -> CalendarFault {
    CalendarFault::Overlap { place, first: first.to_string(), second: second.to_string() }
}

/// `HH:MM`, two digits each, up to `24:00`.
pub(crate) fn minute(text: &str) -> Option<u16> {
    let &[h1, h2, b':', m1, m2] = text.as_bytes() else {
        return None;
    };
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u16::from(byte - b'0'));
    let (hours, minutes) = (digit(h1)? * 10 + digit(h2)?, digit(m1)? * 10 + digit(m2)?);
    let minute = hours * 60 + minutes;
    (minutes < 60 && minute <= DAY_MINUTES).then_some(minute)
}
