//! Limits that look back from a planned date, and limits that wait for two events.
//!
//! The one thing to know: a limit "three months before delivery" is a date, and the whole of that date still counts; so the
//! instant is the end of that date (working days: its close of work). Not here: limits that run forward (`due.rs`).

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};

use crate::amount::{Coverage, Due, TimeError, When};
use crate::calendar::Calendar;
use crate::civil::{DAY, date_of, day_number, instant};
use crate::table::{END, FIRST};

/// How long before a planned date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lead {
    /// The same day of the month, or the month's last day where it has no such day (交付前三个月).
    Months(u32),
    /// Dates.
    Days(u32),
    /// Working days of the calendar; the planned date itself does not count.
    WorkingDays(u32),
}

impl Calendar {
    /// The date that lies `lead` before `planned`.
    pub fn date_before(&self, planned: Date, lead: Lead) -> Result<Date, TimeError> {
        let day = self.reachable(planned)?;
        match lead {
            Lead::Months(months) => months_before(planned, months).ok_or(TimeError::NeverReached),
            Lead::Days(days) => self.reachable_day(day.saturating_sub(i64::from(days))).map(date_of),
            Lead::WorkingDays(0) => Ok(planned),
            Lead::WorkingDays(days) => {
                let found = self.table().working_day_before(day, days);
                found.map(date_of).ok_or(TimeError::NeverReached)
            }
        }
    }

    /// The limit that lies `lead` before `planned`: the end of [`Calendar::date_before`].
    pub fn due_before(&self, planned: Date, lead: Lead) -> Result<Due, TimeError> {
        let day = self.reachable(self.date_before(planned, lead)?)?;
        let table = self.table();
        let midnight = table.instant_of_wall((day + 1) * DAY);
        let (end, coverage) = match lead {
            Lead::Months(_) | Lead::Days(_) => (midnight, Coverage::default()),
            Lead::WorkingDays(_) => {
                let close = table.day_instants(day).last().map_or(midnight, |(_, to)| to);
                let until = table.instant_of_wall(day_number(planned) * DAY);
                (close, self.coverage(table.instant_of_wall(day * DAY), until))
            }
        };
        Ok(Due { when: When::At(instant(end)), coverage })
    }

    fn reachable(&self, date: Date) -> Result<i64, TimeError> {
        self.reachable_day(day_number(date))
    }

    #[expect(clippy::unused_self, reason = "reads as a question to the calendar, whose range it is")]
    fn reachable_day(&self, day: i64) -> Result<i64, TimeError> {
        // A day of room on both sides, so that no zone leads out of the tables.
        let inside = (FIRST / DAY + 1..END / DAY - 1).contains(&day);
        if inside { Ok(day) } else { Err(TimeError::OutOfRange(instant(day.saturating_mul(DAY)))) }
    }
}

/// The same day of the month so many months earlier, or the month's last day where it has no such day; `None` before jiff's
/// first year.
pub fn months_before(date: Date, months: u32) -> Option<Date> {
    date.checked_sub(Span::new().try_months(months).ok()?).ok()
}

/// The instant from which a limit runs that waits for several events: the latest, once all have happened (S35: contract
/// signed *and* publication accepted). No events at all give `None`.
pub fn later_of(events: &[Option<Timestamp>]) -> Option<Timestamp> {
    events.iter().copied().collect::<Option<Vec<_>>>()?.into_iter().max()
}
