//! The next occurrence of a recurrence under a calendar.
//!
//! The one thing to know: moving a date to a working day never changes the order of dates, so the first date that is meant whose
//! occurrence lies after the asked instant is the answer; where dates are moved far, the search leaps from working day to working
//! day. Occurrences that fall together happen once, and bear the first of their dates. Not here: which dates are meant (`rule.rs`).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::{OnDayOff, Recurrence};
use crate::amount::{Coverage, TimeError};
use crate::calendar::Calendar;
use crate::civil::{DAY, date_of, instant};
use crate::table::Table;

/// One time that a recurrence happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Occurrence {
    /// When.
    pub at: Timestamp,
    /// The date that was meant.
    pub nominal: Date,
    /// The date on which it happens.
    pub date: Date,
    /// What the statutory table could say about the dates that decided; complete where days off do not matter.
    pub coverage: Coverage,
}

impl Calendar {
    /// The first occurrence strictly after an instant; `None` when there is none before the year 2300. The wall time follows the
    /// rules of intervals: one that a clock change skips stands for the moment of the change, one that comes twice for its first
    /// occurrence.
    ///
    /// # Errors
    /// [`TimeError::OutOfRange`] for an instant outside the years 1900 to 2299.
    pub fn next(&self, recurrence: &Recurrence, after: Timestamp) -> Result<Option<Occurrence>, TimeError> {
        let after = self.second(after)?;
        let table = self.table();
        let today = table.wall(after).div_euclid(DAY);
        // No clock change turns the wall back by more than a day.
        let near = today - 2;
        let mut from = match recurrence.on_day_off {
            // Dates since the last working day all move to the next.
            OnDayOff::After => table.working_day_before(near, 1).map_or(i64::MIN, |day| day + 1),
            _ => near,
        };
        // The first date that a day off can have taken away.
        let begun = recurrence.nominal_from(today);
        while let Some(nominal) = recurrence.nominal_from(from) {
            match place(table, recurrence.on_day_off, nominal) {
                Place::On(day) => {
                    let at = table.instant_of_wall(day * DAY + i64::from(recurrence.minute) * 60);
                    if at > after {
                        let first = match recurrence.on_day_off {
                            OnDayOff::Skip => begun.map_or(nominal, |begun| begun.min(nominal)),
                            _ => nominal.min(day),
                        };
                        let coverage = match recurrence.on_day_off {
                            OnDayOff::AsIs => Coverage::default(),
                            _ => self.coverage_of_days(first, nominal.max(day)),
                        };
                        let (nominal, date) = (date_of(nominal), date_of(day));
                        return Ok(Some(Occurrence { at: instant(at), nominal, date, coverage }));
                    }
                    from = match recurrence.on_day_off {
                        // Until the next working day, everything moves back to this one.
                        OnDayOff::Before => match table.working_day_after(day, 1) {
                            Some(next) => next.max(nominal + 1),
                            None => return Ok(None),
                        },
                        _ => nominal + 1,
                    };
                }
                Place::NotBefore(day) => from = day,
                Place::Nowhere => return Ok(None),
            }
        }
        Ok(None)
    }

    /// What is not known about the days from `first` to `last`, both included.
    fn coverage_of_days(&self, first: i64, last: i64) -> Coverage {
        let midnight = |day: i64| self.table().instant_of_wall(day * DAY);
        self.coverage(midnight(first), midnight(last + 1))
    }
}

/// Where a date that is meant comes to lie.
enum Place {
    On(i64),
    /// Nowhere itself, and no date before this day either.
    NotBefore(i64),
    /// Nor does any later one.
    Nowhere,
}

fn place(table: &Table, on_day_off: OnDayOff, nominal: i64) -> Place {
    if on_day_off == OnDayOff::AsIs || table.roster.spans(nominal).next().is_some() {
        return Place::On(nominal);
    }
    let next = table.working_day_after(nominal, 1);
    match on_day_off {
        OnDayOff::AsIs => Place::On(nominal),
        OnDayOff::Skip => next.map_or(Place::Nowhere, Place::NotBefore),
        OnDayOff::After => next.map_or(Place::Nowhere, Place::On),
        OnDayOff::Before => match (table.working_day_before(nominal, 1), next) {
            (Some(day), _) => Place::On(day),
            (None, Some(next)) => Place::NotBefore(next),
            (None, None) => Place::Nowhere,
        },
    }
}
