//! What is asked and what is answered: amounts, pauses, due times, elapsed time, coverage, errors.
//!
//! The one thing to know: a due time may be unknown (an open pause) without that being an error. Not here: any arithmetic.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// How long a limit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Amount {
    /// Seconds of working time.
    WorkingSeconds(u64),
    /// Working days to the same time of day. The start counts from the first working second at or after it; the limit is
    /// that wall time on the nth working day after, drawn into that day's hours (in a break or after closing: the end of work
    /// before; before opening: the opening). Begun at opening, they are whole days: to the close of the nth, the first
    /// included.
    WorkingDays(u32),
    /// Working days to closing time, as 民法典 第 201 and 203 条 count: the start's own date does not count, and the limit
    /// is the close of work on the nth working day after it. With 0, the close of the start's own date, or of the next working day
    /// if the date is free.
    WorkingDaysToClose(u32),
    /// Seconds by the clock on the wall, day and night.
    CalendarSeconds(u64),
    /// The same wall time so many dates later (23 or 25 hours may pass on a day when the clocks change).
    CalendarDays(u32),
    /// The same wall time and day of the month so many months later; the month's last day where it has no such day.
    CalendarMonths(u32),
}

impl Amount {
    /// Whole working hours.
    pub fn working_hours(hours: u32) -> Self {
        Self::WorkingSeconds(u64::from(hours) * 3_600)
    }

    /// Whole hours by the clock on the wall.
    pub fn calendar_hours(hours: u32) -> Self {
        Self::CalendarSeconds(u64::from(hours) * 3_600)
    }

    /// Runs only in working time.
    pub fn is_working(self) -> bool {
        matches!(self, Self::WorkingSeconds(_) | Self::WorkingDays(_) | Self::WorkingDaysToClose(_))
    }
}

/// A time that does not count, `[from, to)`. Pauses may overlap and come in any order; one that ends before it begins is
/// empty and ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pause {
    /// Since when.
    pub from: Timestamp,
    /// Until when; `None` while it lasts.
    pub to: Option<Timestamp>,
}

impl Pause {
    /// A pause that has ended.
    pub fn between(from: Timestamp, to: Timestamp) -> Self {
        Self { from, to: Some(to) }
    }

    /// A pause that still lasts.
    pub fn since(from: Timestamp) -> Self {
        Self { from, to: None }
    }
}

/// The answer of [`Calendar::due`](crate::Calendar::due).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Due {
    /// The due time, or why there is none yet.
    #[serde(flatten)]
    pub when: When,
    /// What the statutory table could say about the days counted.
    pub coverage: Coverage,
}

impl Due {
    /// The due time; `None` while an open pause holds it.
    pub fn at(&self) -> Option<Timestamp> {
        match self.when {
            When::At(at) => Some(at),
            When::Held(_) => None,
        }
    }
}

/// A due time, or the pause that holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// Due at this whole second.
    At(Timestamp),
    /// An open pause began here with time left: no due time until it ends.
    Held(Timestamp),
}

/// The answer of [`Calendar::elapsed`](crate::Calendar::elapsed).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Elapsed {
    /// Whole seconds; negative when asked backwards.
    pub seconds: i64,
    /// What the statutory table could say about the days counted.
    pub coverage: Coverage,
}

/// What the statutory table could *not* say about the dates a result rests on. Complete for a calendar that follows no
/// statutory table and for calendar time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Years, in order, without a table: their dates were counted by the calendar's own rules alone.
    pub missing_years: Vec<i16>,
    /// The dates 25–31 December of this year were counted, and the next year's notice, which may still move them (as
    /// those of 2019 and 2023 did), is not in the table.
    pub unsettled_year_end: Option<i16>,
}

impl Coverage {
    /// Nothing was left unsaid.
    pub fn is_complete(&self) -> bool {
        self.missing_years.is_empty() && self.unsettled_year_end.is_none()
    }
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TimeError {
    /// Tables reach from 1900 to 2299 (UTC).
    #[error("{0} lies outside the years 1900 to 2299")]
    OutOfRange(Timestamp),
    /// The amount is not used up before the year 2300.
    #[error("the limit is not reached before the year 2300")]
    NeverReached,
}
