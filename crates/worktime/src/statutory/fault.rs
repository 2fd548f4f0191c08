//! What can be wrong with a statutory table that is imported.
//!
//! The one thing to know: a problem says *what*, a [`TableFault`] also where. Not here: Chinese sentences (`render`).

use std::fmt;

use jiff::civil::Date;
use thiserror::Error;

/// One thing wrong with a table.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TableProblem {
    /// Not JSON of the layout; what the reader says, with its own line and column.
    #[error("not a table in JSON: {0}")]
    Json(String),
    /// Outside the years that calendars reach.
    #[error("the year {0} lies outside 1901 to 2299")]
    YearOutOfRange(i16),
    /// The notice is not out.
    #[error("the table of {0} names no day: its notice is not published yet")]
    NoDays(i16),
    /// Not a date `YYYY-MM-DD`.
    #[error("{0:?} is not a date YYYY-MM-DD")]
    BadDate(String),
    /// Not in the year, the December before, or the first week after.
    #[error("{date} does not belong to the notice of {year}")]
    FarFromYear {
        /// The date.
        date: Date,
        /// The year of the table.
        year: i16,
    },
    /// The same date stands there already.
    #[error("{0} is named twice")]
    NamedTwice(Date),
    /// No name, or more than 16 characters.
    #[error("{0:?} is not a name of 1 to 16 characters")]
    BadName(String),
    /// The first line is not `BEGIN:VCALENDAR`, or the last component is not closed.
    #[error("not a whole iCalendar: it must begin with BEGIN:VCALENDAR and end with END:VCALENDAR")]
    NotICalendar,
    /// No `NAME:value`.
    #[error("{0:?} is not a line NAME:value")]
    BadLine(String),
    /// `END` of something else than what is open.
    #[error("END:{0} closes nothing that is open")]
    BadEnd(String),
    /// An event lacks `DTSTART` or `SUMMARY`.
    #[error("the event has no {0}")]
    Lacks(&'static str),
    /// Not a date `YYYYMMDD` of a whole day.
    #[error("{0:?} is not a whole day YYYYMMDD")]
    BadDay(String),
    /// Ends before it begins, or lasts longer than any holiday.
    #[error("the event lasts {0} days; 1 to 60 are possible")]
    BadLength(i64),
    /// Only whole days and weeks make sense here.
    #[error("{0:?} is not a duration in whole days, such as P3D")]
    BadDuration(String),
    /// Statutory days follow notices, not rules.
    #[error("the event repeats; statutory days are named one by one")]
    Repeats,
    /// No event says that it is a day off or a make-up workday.
    #[error("the calendar names no day off and no make-up workday")]
    NothingFound,
}

/// A problem and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableFault {
    /// The line, from 1; `None` where it is about the whole.
    pub line: Option<usize>,
    /// What is wrong.
    pub problem: TableProblem,
}

impl fmt::Display for TableFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        self.problem.fmt(f)
    }
}

/// Every fault of one table; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableFaults(pub(crate) Vec<TableFault>);

impl TableFaults {
    /// In the order of lines.
    pub fn faults(&self) -> &[TableFault] {
        &self.0
    }
}

impl fmt::Display for TableFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&told.join("; "))
    }
}

impl std::error::Error for TableFaults {}
