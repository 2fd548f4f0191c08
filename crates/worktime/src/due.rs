//! Due times and elapsed time.
//!
//! The one thing to know: every amount is first turned into seconds of one measure, then pauses are added, then the earliest
//! instant is sought. So `elapsed(start, due)` is the amount by construction, whatever the amount was.
//! Not here: limits before a planned date (`lead.rs`).

use jiff::{Span, Timestamp};

use crate::amount::{Amount, Coverage, Due, Elapsed, Pause, TimeError, When};
use crate::calendar::Calendar;
use crate::civil::{DAY, datetime_of, instant, whole_second};
use crate::measure::{Gap, Measure, Reach, merge};

impl Calendar {
    /// The earliest instant at which `amount` has passed since `start`, outside pauses. An amount of 0 is due at its start.
    /// Cost: a few binary searches, and as many again for each pause; the distance does not matter.
    pub fn due(&self, start: Timestamp, amount: Amount, pauses: &[Pause]) -> Result<Due, TimeError> {
        let start = self.second(start)?;
        let gaps = if pauses.is_empty() { Vec::new() } else { merge(pauses, start) };
        self.due_around(start, amount, &gaps)
    }

    /// Working time in `[from, to)` outside pauses; negative when `to` is earlier.
    pub fn elapsed(&self, from: Timestamp, to: Timestamp, pauses: &[Pause]) -> Result<Elapsed, TimeError> {
        let (from, to) = (self.second(from)?, self.second(to)?);
        let measure = Measure::Working(self.table());
        let seconds = if pauses.is_empty() { measure.count(from, to) } else { measure.outside(from, to, pauses) };
        Ok(Elapsed { seconds, coverage: self.coverage(from, to) })
    }

    /// [`Calendar::due`] with the pauses already joined.
    pub(crate) fn due_around(&self, start: i64, amount: Amount, gaps: &[Gap]) -> Result<Due, TimeError> {
        let measure = self.measure(amount);
        let seconds = self.seconds_of(start, amount)?;
        let (when, end) = match measure.reach(start, seconds, gaps)? {
            Reach::At(at) => (When::At(instant(at)), at),
            Reach::Held(since) => (When::Held(instant(since)), since),
        };
        let coverage = if amount.is_working() { self.coverage(start, end) } else { Coverage::default() };
        Ok(Due { when, coverage })
    }

    /// The measure in which an amount runs.
    pub(crate) fn measure(&self, amount: Amount) -> Measure<'_> {
        if amount.is_working() { Measure::Working(self.table()) } else { Measure::Calendar }
    }

    /// An amount from a certain start, as seconds of its measure.
    fn seconds_of(&self, start: i64, amount: Amount) -> Result<i64, TimeError> {
        match amount {
            Amount::WorkingSeconds(seconds) | Amount::CalendarSeconds(seconds) => {
                i64::try_from(seconds).map_err(|_| TimeError::NeverReached)
            }
            Amount::WorkingDays(0) => Ok(0),
            Amount::WorkingDays(days) => self.to_same_time(start, days).ok_or(TimeError::NeverReached),
            Amount::WorkingDaysToClose(days) => self.to_close(start, days).ok_or(TimeError::NeverReached),
            Amount::CalendarDays(days) => self.to_date(start, Span::new().try_days(days)),
            Amount::CalendarMonths(months) => self.to_date(start, Span::new().try_months(months)),
        }
    }

    /// See [`Amount::WorkingDays`].
    fn to_same_time(&self, start: i64, days: u32) -> Option<i64> {
        let table = self.table();
        let first = table.next_working(start)?;
        let day = table.owner(first);
        let last = table.working_day_after(day, days)?;
        // Moved by whole days on the wall, so a night shift's 02:00 stays the small hours of the same shift.
        let wanted = table.wall(first) + (last - day) * DAY;
        let mut limit = None;
        for (from, to) in table.roster.spans(last) {
            if from <= wanted || limit.is_none() {
                limit = Some(wanted.clamp(from, to));
            }
        }
        Some(table.count(start, table.instant_of_wall(limit?)))
    }

    /// See [`Amount::WorkingDaysToClose`].
    fn to_close(&self, start: i64, days: u32) -> Option<i64> {
        let table = self.table();
        let date = table.wall(start).div_euclid(DAY);
        let last = if days == 0 { date } else { table.working_day_after(date, days)? };
        let close = table.day_instants(last).last().map_or(start, |(_, to)| to);
        Some(table.count(start, close).max(0))
    }

    fn to_date(&self, start: i64, span: Result<Span, jiff::Error>) -> Result<i64, TimeError> {
        let table = self.table();
        let moved = span.and_then(|span| datetime_of(table.wall(start)).checked_add(span));
        let moved = moved.map_err(|_| TimeError::NeverReached)?;
        let zoned = table.zone.to_ambiguous_timestamp(moved).compatible();
        zoned.map(|at| whole_second(at) - start).map_err(|_| TimeError::NeverReached)
    }
}

/// Seconds by the clock on the wall in `[from, to)` outside pauses; negative when `to` is earlier. Fractions of each instant
/// are cut off first, as everywhere.
pub fn calendar_elapsed(from: Timestamp, to: Timestamp, pauses: &[Pause]) -> i64 {
    Measure::Calendar.outside(whole_second(from), whole_second(to), pauses)
}
