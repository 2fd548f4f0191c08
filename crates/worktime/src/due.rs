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
        let Length { seconds, not_before } = self.length_of(start, amount)?;
        let (when, end) = match measure.reach(start, seconds, gaps)? {
            Reach::At(at) => (When::At(instant(at.max(not_before))), at.max(not_before)),
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
    fn length_of(&self, start: i64, amount: Amount) -> Result<Length, TimeError> {
        let seconds = match amount {
            Amount::WorkingSeconds(seconds) | Amount::CalendarSeconds(seconds) => {
                i64::try_from(seconds).map_err(|_| TimeError::NeverReached)
            }
            Amount::WorkingDays(0) => Ok(0),
            Amount::WorkingDays(days) => return self.to_same_time(start, days).ok_or(TimeError::NeverReached),
            Amount::WorkingDaysToClose(days) => self.to_close(start, days).ok_or(TimeError::NeverReached),
            Amount::CalendarDays(days) => self.to_date(start, Span::new().try_days(days)),
            Amount::CalendarMonths(months) => self.to_date(start, Span::new().try_months(months)),
        };
        seconds.map(|seconds| Length { seconds, not_before: i64::MIN })
    }

    /// See [`Amount::WorkingDays`]. Whether whole days are meant is decided by the start alone: were it decided by the last day,
    /// a holiday could move a limit from one day's morning to the evening of a day before.
    fn to_same_time(&self, start: i64, days: u32) -> Option<Length> {
        let table = self.table();
        let first = table.next_working(start)?;
        let day = table.owner(first);
        if table.day_instants(day).next().is_some_and(|(opens, _)| opens == first) {
            let last = if days == 1 { day } else { table.working_day_after(day, days - 1)? };
            let close = table.day_instants(last).last().map_or(first, |(_, to)| to);
            return Some(Length { seconds: table.count(start, close), not_before: i64::MIN });
        }
        let last = table.working_day_after(day, days)?;
        // Moved by whole days on the wall, so a night shift's 02:00 stays the small hours of the same shift.
        let wanted = table.wall(first) + (last - day) * DAY;
        let (mut limit, mut opens) = (None, false);
        for (from, to) in table.roster.spans(last) {
            if from <= wanted || limit.is_none() {
                opens = limit.is_none() && wanted <= from;
                limit = Some(wanted.clamp(from, to));
            }
        }
        let limit = table.instant_of_wall(limit?);
        // No second lies between the close before and the opening, and yet it is the opening that is meant.
        Some(Length { seconds: table.count(start, limit), not_before: if opens { limit } else { i64::MIN } })
    }

    /// See [`Amount::WorkingDaysToClose`].
    fn to_close(&self, start: i64, days: u32) -> Option<i64> {
        let table = self.table();
        let date = table.wall(start).div_euclid(DAY);
        // A free date has no close of its own: the next working day's, or a holiday would bring limits forward.
        let own = days == 0 && table.roster.spans(date).next().is_some();
        let last = if own { date } else { table.working_day_after(date, days.max(1))? };
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

/// An amount in seconds of its measure.
struct Length {
    seconds: i64,
    /// The limit does not lie before this instant, although its seconds may be used up by then.
    not_before: i64,
}

/// Seconds by the clock on the wall in `[from, to)` outside pauses; negative when `to` is earlier. Fractions of each instant
/// are cut off first, as everywhere.
pub fn calendar_elapsed(from: Timestamp, to: Timestamp, pauses: &[Pause]) -> i64 {
    Measure::Calendar.outside(whole_second(from), whole_second(to), pauses)
}
