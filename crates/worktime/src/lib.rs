//! Working-time arithmetic: calendars, due times, elapsed time, and the explanation of each.
//!
//! The one thing to know: every question is answered on one line of working seconds. A [`Calendar`] lays its working
//! intervals out as UTC instants with the seconds counted before each, so that [`Calendar::due`] and
//! [`Calendar::elapsed`] are two binary searches each, at any distance, and can never disagree.
//!
//! The choices, in one place:
//!
//! - A due time is the *earliest* instant at which the amount has been worked. A limit that is used up exactly at
//!   closing time is due at closing time, not at the next opening.
//! - Intervals are half-open, `[from, to)`. Seconds are kept; fractions of a second are cut off (towards the past).
//! - An interval over midnight belongs, whole, to the day on which it begins.
//! - Precedence of a date: override > make-up workday (调休) > holiday > weekly hours.
//! - Interval ends are wall times. A wall time that a clock change skips stands for the moment of the change; one that
//!   occurs twice stands for its first occurrence. So the hours of a changed day are the hours that really pass.
//! - A year that no statutory table covers is never assumed: every result says so in its [`Coverage`].
//!
//! Not here, on purpose: reading a clock, files or the system's time zone database (zones come from the bundled one),
//! and anything about tickets.

#![warn(missing_docs)]

mod amount;
mod calendar;
mod civil;
mod coverage;
mod day;
mod due;
mod explain;
mod fault;
mod file;
mod hours;
mod lead;
mod line;
mod measure;
mod recurrence;
mod render;
mod statutory;
mod table;

pub use amount::{Amount, Coverage, Due, Elapsed, Pause, TimeError, When};
pub use calendar::Calendar;
pub use day::{Day, Reason};
pub use due::calendar_elapsed;
pub use fault::{CalendarFault, CalendarFaults, Place};
pub use file::{CalendarFile, HoursFile, IntervalFile, WeekFile};
pub use hours::Shift;
pub use lead::{Lead, later_of, months_before};
pub use line::{Explanation, Line};
pub use recurrence::{Occurrence, OnDayOff, Recurrence, RecurrenceFault, RecurrenceFaults, RecurrenceFile, Words};
pub use statutory::{
    Festival, FestivalName, ImportedTables, LeftOut, StatutoryDay, StatutoryDayFile, StatutoryFile, StatutoryKind,
    StatutoryYear, TableFault, TableFaults, TableProblem,
};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
