//! The lines of an account, as data that a page or an API can show.
//!
//! The one thing to know: a line has everything that its sentence needs, so whoever shows it in another language or layout
//! counts nothing again. Not here: how an account is drawn up (`explain.rs`), and its sentences (`render`).

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::Serialize;

use crate::amount::{Amount, Coverage};
use crate::day::Reason;

/// An account in order of time. All civil times are those of the calendar's zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// IANA name of the zone.
    pub time_zone: String,
    /// From the start to the outcome.
    pub lines: Vec<Line>,
    /// What the statutory table could not say; the lines say it, too.
    pub coverage: Coverage,
}

/// One line of an account. Seconds are seconds that really pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "line", rename_all = "snake_case")]
pub enum Line {
    /// The limit runs from here.
    Start {
        /// Start.
        at: DateTime,
        /// How long the limit is.
        amount: Amount,
    },
    /// Elapsed time is counted from here.
    From {
        /// Start.
        at: DateTime,
    },
    /// The start's own day has no work left.
    AfterHours {
        /// The day.
        date: Date,
    },
    /// Working time that counts.
    Work {
        /// The day whose shift it is; a night shift may lie on the next.
        date: Date,
        /// Since when.
        from: DateTime,
        /// Until when.
        to: DateTime,
        /// Seconds counted.
        seconds: i64,
        /// Seconds counted so far, these included.
        total: i64,
        /// By which rule the day has these hours.
        #[serde(flatten)]
        reason: Reason,
    },
    /// Days on which no shift begins.
    Closed {
        /// First day.
        from: Date,
        /// Last day, included.
        to: Date,
        /// By which rule they are free.
        #[serde(flatten)]
        reason: Reason,
    },
    /// The days between the first and the last month of a long account.
    Between {
        /// First day.
        from: Date,
        /// Last day, included.
        to: Date,
        /// How many of them have hours.
        working_days: usize,
        /// Seconds counted.
        seconds: i64,
        /// Seconds counted so far, these included.
        total: i64,
    },
    /// A pause, with what would have counted without it.
    Pause {
        /// Since when, but not before the start.
        from: DateTime,
        /// Until when; `None` while it lasts.
        to: Option<DateTime>,
        /// Seconds not counted; up to the end of the account if the pause lasts longer.
        seconds: i64,
    },
    /// Time by the clock on the wall that counts.
    CalendarTime {
        /// Since when.
        from: DateTime,
        /// Until when.
        to: DateTime,
        /// Seconds counted.
        seconds: i64,
        /// Seconds counted so far, these included.
        total: i64,
    },
    /// Years whose statutory days are not known.
    NoTable {
        /// In order.
        years: Vec<i16>,
    },
    /// The last week of this year may still be moved by the next year's notice.
    UnsettledYearEnd {
        /// The year.
        year: i16,
    },
    /// The limit ends here.
    Due {
        /// In the calendar's zone.
        at: DateTime,
        /// The same as an instant.
        instant: Timestamp,
    },
    /// No due time while the pause that began here lasts.
    Held {
        /// In the calendar's zone.
        since: DateTime,
    },
    /// Elapsed time is counted until here.
    Until {
        /// End.
        at: DateTime,
        /// Seconds counted.
        total: i64,
    },
}
