//! What can be wrong with a recurrence. Not here: Chinese sentences (`render`).

use std::fmt;

use thiserror::Error;

/// One thing wrong with a recurrence.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RecurrenceFault {
    /// None of the four, or more than one.
    #[error("exactly one of every_days, weekly_on, monthly_on, yearly_on is needed")]
    NotOneRule,
    /// `every_days: 0`.
    #[error("every_days must be at least 1")]
    NoDays,
    /// Every second day: which one?
    #[error("every_days: {0} needs a date from which to count: from")]
    NoAnchor(u32),
    /// An empty list.
    #[error("{0} names no day")]
    Empty(&'static str),
    /// Not a day of its kind.
    #[error("{key}: {text:?} is no day of that kind (mon … sun; 1 … 31 or last; MM-DD)")]
    BadWord {
        /// The key under which it stands.
        key: &'static str,
        /// What stands there.
        text: String,
    },
    /// Not a wall time.
    #[error("at: {0:?} is not a time between 00:00 and 24:00")]
    BadTime(String),
    /// Not a date that calendars reach.
    #[error("{key}: {text:?} is not a date YYYY-MM-DD between 1900 and 2299")]
    BadDate {
        /// The key under which it stands.
        key: &'static str,
        /// What stands there.
        text: String,
    },
    /// No date between `from` and `until` is meant.
    #[error("the recurrence never happens: no such date lies between from and until")]
    Never,
}

/// Every fault of one recurrence; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecurrenceFaults(pub(crate) Vec<RecurrenceFault>);

impl RecurrenceFaults {
    /// One after another.
    pub fn faults(&self) -> &[RecurrenceFault] {
        &self.0
    }
}

impl fmt::Display for RecurrenceFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&told.join("; "))
    }
}

impl std::error::Error for RecurrenceFaults {}
