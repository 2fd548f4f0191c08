//! A calendar that has been read and found good.
//!
//! The one thing to know: a [`Calendar`] exists only without faults, is cheap to clone, and fills its tables as it is asked;
//! two threads may ask at once. Not here: the arithmetic (`due.rs`, `lead.rs`) and the explanation (`explain.rs`).

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::amount::{Coverage, TimeError};
use crate::civil::{DAY, WEEKDAYS, date_of, day_number, instant, whole_second, written_date};
use crate::coverage::{self, Covered};
use crate::day::{Dates, Day, Roster};
use crate::fault::{CalendarFault, CalendarFaults, Place};
use crate::file::{CalendarFile, HoursFile};
use crate::hours::{self, Shift};
use crate::table::{END, FIRST, Table};

/// Working hours, free days and a time zone. Serialises as its [`CalendarFile`].
#[derive(Clone)]
pub struct Calendar(Arc<Inner>);

struct Inner {
    file: CalendarFile,
    table: Table,
    covered: Option<Covered>,
}

impl Calendar {
    /// Reads a file, or lists everything that is wrong with it.
    pub fn new(file: CalendarFile) -> Result<Self, CalendarFaults> {
        let mut faults = Vec::new();
        let zone = bundled_zone(&file.time_zone);
        if zone.is_none() {
            faults.push(CalendarFault::UnknownTimeZone(file.time_zone.clone()));
        }
        let week = read_week(&file.hours, &mut faults);
        let workday_hours = file.workday_hours.as_ref();
        let workday_hours = workday_hours.map(|hours| hours::read(Place::WorkdayHours, hours, &mut faults));
        let dates = Dates {
            holidays: read_dates("holidays", &file.holidays, &mut faults),
            workdays: read_dates("workdays", &file.workdays, &mut faults),
            overrides: read_overrides(&file, &mut faults),
        };
        let statutory = coverage::read_statutory(&file, &mut faults);
        let (covered, statutory) = statutory.map_or((None, BTreeMap::new()), |(years, days)| (Some(years), days));

        let roster = Roster::new(week, workday_hours, statutory, dates);
        faults.extend(roster.overlaps_through_midnight());
        // A time that could not be read is the fault to mend; that nothing is left over is only its echo.
        if faults.is_empty() && !roster.works() {
            faults.push(CalendarFault::NoWorkingTime);
        }
        match zone {
            Some(zone) if faults.is_empty() => {
                Ok(Self(Arc::new(Inner { file, table: Table::new(roster, zone), covered })))
            }
            _ => Err(CalendarFaults(faults)),
        }
    }

    /// The file it was read from.
    pub fn file(&self) -> &CalendarFile {
        &self.0.file
    }

    /// The zone in which its wall times are meant.
    pub fn time_zone(&self) -> &TimeZone {
        &self.0.table.zone
    }

    /// The hours of a date and the rule that gave them.
    pub fn day(&self, date: Date) -> Day {
        let (reason, shifts) = self.0.table.roster.plan(day_number(date));
        Day { date, reason, shifts: shifts.to_vec() }
    }

    /// Somebody works at this instant.
    pub fn is_working(&self, at: Timestamp) -> Result<bool, TimeError> {
        let at = self.second(at)?;
        Ok(self.0.table.count(at, at + 1) > 0)
    }

    /// The first working second at or after the instant.
    pub fn next_working(&self, at: Timestamp) -> Result<Timestamp, TimeError> {
        let found = self.0.table.next_working(self.second(at)?);
        found.map(instant).ok_or(TimeError::NeverReached)
    }

    pub(crate) fn table(&self) -> &Table {
        &self.0.table
    }

    /// The whole second of an instant that the tables reach.
    #[expect(clippy::unused_self, reason = "reads as a question to the calendar, whose range it is")]
    pub(crate) fn second(&self, at: Timestamp) -> Result<i64, TimeError> {
        let second = whole_second(at);
        if (FIRST..END).contains(&second) { Ok(second) } else { Err(TimeError::OutOfRange(at)) }
    }

    /// The statutory days of that year are known, or do not matter because the calendar follows no statutory table.
    pub fn knows_year(&self, year: i16) -> bool {
        self.0.covered.as_ref().is_none_or(|covered| covered.has(year))
    }

    /// What is not known about the dates of `[from, to)`.
    pub(crate) fn coverage(&self, from: i64, to: i64) -> Coverage {
        let Some(covered) = &self.0.covered else {
            return Coverage::default();
        };
        let (from, to) = (from.min(to), from.max(to));
        if from == to || covered.is_settled(from, to) {
            return Coverage::default();
        }
        let date = |at| date_of(self.0.table.wall(at).div_euclid(DAY));
        covered.coverage(date(from), date(to - 1))
    }
}

/// Only the database that is built in: the machine's own would be IO, and its answers would differ between machines.
fn bundled_zone(name: &str) -> Option<TimeZone> {
    TimeZoneDatabase::bundled().get(name).ok().filter(|zone| !zone.is_unknown())
}

fn read_week(hours: &HoursFile, faults: &mut Vec<CalendarFault>) -> [Vec<Shift>; 7] {
    match hours {
        HoursFile::Shorthand(name) if name == "24x7" => std::array::from_fn(|_| vec![Shift::WHOLE_DAY]),
        HoursFile::Shorthand(name) => {
            faults.push(CalendarFault::UnknownHours(name.clone()));
            Default::default()
        }
        HoursFile::Week(week) => {
            let mut days = WEEKDAYS.into_iter().zip(week.days());
            std::array::from_fn(|_| {
                let day = days.next();
                day.map_or_else(Vec::new, |(day, intervals)| hours::read(Place::Weekday(day), intervals, faults))
            })
        }
    }
}

fn read_dates(key: &'static str, texts: &[String], faults: &mut Vec<CalendarFault>) -> Vec<i64> {
    texts.iter().filter_map(|text| read_date(key, text, faults)).map(day_number).collect()
}

fn read_overrides(file: &CalendarFile, faults: &mut Vec<CalendarFault>) -> Vec<(i64, Vec<Shift>)> {
    let mut overrides = Vec::new();
    for (text, intervals) in &file.overrides {
        if let Some(date) = read_date("overrides", text, faults) {
            overrides.push((day_number(date), hours::read(Place::Override(date), intervals, faults)));
        }
    }
    overrides
}

fn read_date(key: &'static str, text: &str, faults: &mut Vec<CalendarFault>) -> Option<Date> {
    let date = written_date(text);
    if date.is_none() {
        faults.push(CalendarFault::BadDate { key, text: text.to_owned() });
    }
    date
}

impl TryFrom<CalendarFile> for Calendar {
    type Error = CalendarFaults;
    fn try_from(file: CalendarFile) -> Result<Self, CalendarFaults> {
        Self::new(file)
    }
}

impl PartialEq for Calendar {
    fn eq(&self, other: &Self) -> bool {
        self.0.file == other.0.file
    }
}

impl Eq for Calendar {}

impl fmt::Debug for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Calendar").field(&self.0.file).finish()
    }
}

impl Serialize for Calendar {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.file.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Calendar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(CalendarFile::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}
