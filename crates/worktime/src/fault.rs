//! What can be wrong with a calendar file, each as a value with its place.
//!
//! The one thing to know: all faults are found in one go, so that whoever mends the file mends it once.
//! Not here: sentences in the reader's language; `Display` is a plain English line for logs and shells.

use std::fmt;

use jiff::civil::{Date, Weekday};
use thiserror::Error;

use crate::statutory::TableProblem;

/// Where in the file a fault stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The weekly hours of a weekday.
    Weekday(Weekday),
    /// `workday_hours`.
    WorkdayHours,
    /// The override of a date.
    Override(Date),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Weekday(day) => write!(f, "hours of {day:?}"),
            Self::WorkdayHours => f.write_str("workday_hours"),
            Self::Override(date) => write!(f, "override of {date}"),
        }
    }
}

/// One thing wrong with a calendar file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CalendarFault {
    /// The zone is not in the IANA database that is built in.
    #[error("unknown time zone {0:?}")]
    UnknownTimeZone(String),
    /// `hours` is a word other than `24x7`.
    #[error("unknown hours {0:?}: write \"24x7\" or intervals by weekday")]
    UnknownHours(String),
    /// `statutory` names a table that is not built in.
    #[error("unknown statutory table {0:?}: the only one is \"cn\"")]
    UnknownStatutory(String),
    /// `statutory_years` without a `statutory` table to complete.
    #[error("statutory_years are given, but no statutory table is chosen")]
    YearsWithoutStatutory,
    /// `statutory_tables` without a `statutory` table to complete.
    #[error("statutory_tables are given, but no statutory table is chosen")]
    TablesWithoutStatutory,
    /// Two of the `statutory_tables` are of one year.
    #[error("statutory_tables: {0} has two tables")]
    TableTwice(i16),
    /// One of the `statutory_tables` cannot be used.
    #[error("statutory_tables, {year}: {problem}")]
    Table {
        /// The table's year.
        year: i16,
        /// What is wrong with it.
        problem: TableProblem,
    },
    /// Not a time from `00:00` to `24:00`, two digits each; a start must be before `24:00`.
    #[error("{place}: {text:?} is not a time between 00:00 and 24:00")]
    BadTime {
        /// Where it stands.
        place: Place,
        /// What stands there.
        text: String,
    },
    /// An interval whose end is its start could mean nothing or a whole day.
    #[error("{place}: {from}–{to} is empty; a whole day is 00:00–24:00")]
    EmptyInterval {
        /// Where it stands.
        place: Place,
        /// Start as written.
        from: String,
        /// End as written.
        to: String,
    },
    /// Two intervals share time, within the day or through midnight with the day after.
    #[error("{place}: {first} and {second} overlap")]
    Overlap {
        /// The place of the earlier interval.
        place: Place,
        /// The earlier interval.
        first: String,
        /// The later interval.
        second: String,
    },
    /// Not a date `YYYY-MM-DD`.
    #[error("{key}: {text:?} is not a date YYYY-MM-DD")]
    BadDate {
        /// The key under which it stands.
        key: &'static str,
        /// What stands there.
        text: String,
    },
    /// Neither the week nor any override has a working minute.
    #[error("the calendar has no working minute")]
    NoWorkingTime,
}

/// Every fault of one calendar file; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarFaults(pub(crate) Vec<CalendarFault>);

impl CalendarFaults {
    /// The faults in the order of the file's keys.
    pub fn faults(&self) -> &[CalendarFault] {
        &self.0
    }
}

impl fmt::Display for CalendarFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, fault) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str("; ")?;
            }
            fault.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for CalendarFaults {}
