//! Which hours a date has, and by what right.
//!
//! The one thing to know: the precedence override > make-up workday > holiday > weekly hours is decided here and nowhere
//! else. Not here: instants; everything is wall time.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::civil::{DAY, WEEKDAYS, date_of, weekday_index};
use crate::fault::{CalendarFault, Place};
use crate::hours::{Shift, runs_into};
use crate::statutory::{Festival, Statutory};

/// Why a date has the hours it has, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// The weekly hours.
    Weekly,
    /// A day off; of the statutory table if it has a festival, else of the calendar's own list.
    Holiday {
        /// The statutory occasion.
        festival: Option<Festival>,
    },
    /// A make-up workday (调休上班); the festival as for a holiday.
    MakeUp {
        /// The statutory occasion.
        festival: Option<Festival>,
    },
    /// The calendar gives this date hours of its own, or closes it.
    Override,
}

/// A date of a calendar, as a year's overview shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Day {
    /// The date.
    pub date: Date,
    /// The rule that decided.
    #[serde(flatten)]
    pub reason: Reason,
    /// The intervals that begin on this date, in order; empty when nobody works.
    pub shifts: Vec<Shift>,
}

/// The rule for one date that the week does not decide.
#[derive(Clone, Debug)]
enum Special {
    Free(Option<Festival>),
    MakeUp(Option<Festival>),
    Override(Vec<Shift>),
}

/// The dates named in a file, by day number.
pub(crate) struct Dates {
    pub holidays: Vec<i64>,
    pub workdays: Vec<i64>,
    pub overrides: Vec<(i64, Vec<Shift>)>,
}

/// The hours of every date.
pub(crate) struct Roster {
    week: [Vec<Shift>; 7],
    workday_hours: Option<Vec<Shift>>,
    /// By day number, in order: searched, not hashed, since tables are built in order.
    special: Vec<(i64, Special)>,
}

impl Roster {
    pub(crate) fn new(
        week: [Vec<Shift>; 7],
        workday_hours: Option<Vec<Shift>>,
        statutory: BTreeMap<i64, Statutory>,
        dates: Dates,
    ) -> Self {
        // Later insertions win, so this order is the precedence, lowest first.
        let mut special = BTreeMap::new();
        let mut make_up = Vec::new();
        for (day, what) in statutory {
            match what {
                Statutory::Free(festival) => drop(special.insert(day, Special::Free(Some(festival)))),
                Statutory::MakeUp(festival) => make_up.push((day, Some(festival))),
            }
        }
        for day in dates.holidays {
            special.entry(day).or_insert(Special::Free(None));
        }
        let own = dates.workdays.into_iter().map(|day| (day, None));
        for (day, festival) in make_up.into_iter().chain(own) {
            if !matches!(special.get(&day), Some(Special::MakeUp(_))) {
                special.insert(day, Special::MakeUp(festival));
            }
        }
        for (day, shifts) in dates.overrides {
            special.insert(day, Special::Override(shifts));
        }
        Self { week, workday_hours, special: special.into_iter().collect() }
    }

    /// The shifts that begin on a date, in order, and the rule that gave them.
    pub(crate) fn plan(&self, day: i64) -> (Reason, &[Shift]) {
        let found = self.special.binary_search_by_key(&day, |&(day, _)| day).ok();
        match found.and_then(|index| self.special.get(index)) {
            Some((_, Special::Override(shifts))) => (Reason::Override, shifts),
            Some(&(_, Special::MakeUp(festival))) => (Reason::MakeUp { festival }, self.make_up(day)),
            Some(&(_, Special::Free(festival))) => (Reason::Holiday { festival }, &[]),
            None => (Reason::Weekly, self.weekly(weekday_index(day))),
        }
    }

    /// The day's intervals in wall seconds, in order, without what the day before already counts: a night shift may run
    /// into a make-up workday that begins early, and no second counts twice.
    pub(crate) fn spans(&self, day: i64) -> impl Iterator<Item = (i64, i64)> + '_ {
        let midnight = day * DAY;
        let before = self.plan(day - 1).1.last();
        let taken = before.map_or(i64::MIN, |shift| midnight - DAY + i64::from(shift.to) * 60);
        self.plan(day).1.iter().filter_map(move |shift| {
            let from = (midnight + i64::from(shift.from) * 60).max(taken);
            let to = midnight + i64::from(shift.to) * 60;
            (from < to).then_some((from, to))
        })
    }

    /// Works at some time: in the week, or on an overridden date.
    pub(crate) fn works(&self) -> bool {
        let overridden =
            |(_, special): &(i64, Special)| matches!(special, Special::Override(shifts) if !shifts.is_empty());
        self.week.iter().any(|shifts| !shifts.is_empty()) || self.special.iter().any(overridden)
    }

    /// Shifts that run into those of the next day, in the week and around overridden dates. Make-up workdays are not faults:
    /// they come from a table that the author of the calendar did not write, and [`Roster::spans`] settles them.
    pub(crate) fn overlaps_through_midnight(&self) -> Vec<CalendarFault> {
        let mut faults = Vec::new();
        for (index, day) in WEEKDAYS.into_iter().enumerate() {
            faults.extend(runs_into(Place::Weekday(day), self.weekly(index), self.weekly((index + 1) % 7)));
        }
        for (day, special) in &self.special {
            let Special::Override(shifts) = special else {
                continue;
            };
            let place = Place::Override(date_of(*day));
            faults.extend(runs_into(place, shifts, self.plan(day + 1).1));
            let before = self.plan(day - 1);
            // Two overrides side by side are one fault, found from the earlier of them.
            if before.0 != Reason::Override {
                faults.extend(runs_into(place, before.1, shifts));
            }
        }
        faults
    }

    fn weekly(&self, index: usize) -> &[Shift] {
        self.week.get(index).map_or(&[], Vec::as_slice)
    }

    /// See `workday_hours` in [`CalendarFile`](crate::CalendarFile).
    fn make_up(&self, day: i64) -> &[Shift] {
        if let Some(hours) = &self.workday_hours {
            return hours;
        }
        let index = weekday_index(day);
        let own = self.weekly(index);
        if index < 5 && !own.is_empty() {
            return own;
        }
        self.week.iter().find(|shifts| !shifts.is_empty()).map_or(&[], Vec::as_slice)
    }
}
