//! What happens again and again: every day, each Friday, on the month's last day, each 30 November.
//!
//! The one thing to know: a recurrence means *dates*; what becomes of a date on which nobody works is said by [`OnDayOff`], and
//! only the calendar knows. "The last working day of the week" is Sunday with [`OnDayOff::Before`]. Not here: who does the work.

mod fault;
mod file;
mod next;
mod rule;

use serde::{Deserialize, Serialize};

pub use fault::{RecurrenceFault, RecurrenceFaults};
pub use file::{RecurrenceFile, Words};
pub use next::Occurrence;

use crate::civil::DAY;
use crate::table::{END, FIRST};

/// A recurrence that has been read and found good. Serialises as its [`RecurrenceFile`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RecurrenceFile", into = "RecurrenceFile")]
pub struct Recurrence {
    rule: rule::Rule,
    /// After midnight on the wall; at most 24 hours.
    minute: u16,
    from: Option<i64>,
    until: Option<i64>,
    on_day_off: OnDayOff,
    file: RecurrenceFile,
}

/// What happens when nobody works on the date that is meant: when no shift begins on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnDayOff {
    /// It happens all the same.
    #[default]
    AsIs,
    /// It does not happen that time.
    Skip,
    /// It happens on the working day before.
    Before,
    /// It happens on the next working day.
    After,
}

impl OnDayOff {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Recurrence {
    /// The file it was read from.
    pub fn file(&self) -> &RecurrenceFile {
        &self.file
    }

    /// What it does on a day off.
    pub fn on_day_off(&self) -> OnDayOff {
        self.on_day_off
    }

    /// The first date that is meant at or after a day, within the dates that calendars reach.
    fn nominal_from(&self, day: i64) -> Option<i64> {
        // A day of room on both sides, so that no zone leads out of the tables.
        let first = (FIRST / DAY + 1).max(self.from.unwrap_or(i64::MIN));
        let last = (END / DAY - 2).min(self.until.unwrap_or(i64::MAX));
        let day = day.max(first);
        if day > last {
            return None;
        }
        self.rule.first_from(day).filter(|&found| found <= last)
    }
}

impl TryFrom<RecurrenceFile> for Recurrence {
    type Error = RecurrenceFaults;
    fn try_from(file: RecurrenceFile) -> Result<Self, RecurrenceFaults> {
        Self::new(file)
    }
}

impl From<Recurrence> for RecurrenceFile {
    fn from(recurrence: Recurrence) -> Self {
        recurrence.file
    }
}
