//! What can be changed on a calendar, and the file that comes of it: pure.
//!
//! The one thing to know: whatever is changed, the outcome is a whole [`CalendarFile`], read by `worktime` before anybody keeps it.
//! Every fault becomes a field at fault, so that each is told beside what was typed. Storing it is in `edit.rs`.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use worktime::{
    Calendar, CalendarFault, CalendarFaults, CalendarFile, Day, HoursFile, IntervalFile, Place, Shift, StatutoryYear,
};
use yingda_core::Refusal;
use yingda_core::refusal::FieldRefusal;

use super::DeskCalendar;
use crate::assignment::required;

/// The longest name of a calendar, in characters.
const LONGEST_NAME: usize = 40;
/// The most days that one change may set.
const MOST_DAYS: i32 = 366;
/// Years that a calendar knows.
pub const YEARS: std::ops::RangeInclusive<i16> = 1901..=2298;

/// A calendar as somebody enters it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarText {
    /// The name that people see.
    pub name: String,
    /// Its hours.
    pub file: CalendarFile,
}

/// What a date shall be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayChange {
    /// Nobody works.
    Free,
    /// The hours that this weekday has.
    WorkAs(Weekday),
    /// Hours of its own.
    Hours(Vec<IntervalFile>),
    /// Whatever the rules say: no exception any more.
    ByRule,
}

/// What shall be different.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "made once for a request, and moved twice")]
pub enum CalendarChange {
    /// All of it.
    Whole(CalendarText),
    /// Every date from the first to the last.
    Days {
        /// First date.
        from: Date,
        /// Last date, included.
        to: Date,
        /// What they shall be.
        change: DayChange,
    },
    /// The statutory days of these years, in place of what was known of them.
    Tables(Vec<StatutoryYear>),
}

/// A date whose hours would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedDay {
    /// As it is.
    pub before: Day,
    /// As it would be.
    pub after: Day,
}

impl CalendarChange {
    /// The calendar after it; not read yet.
    pub(super) fn apply(self, row: &DeskCalendar) -> Result<CalendarText, Refusal> {
        let mut file = row.calendar.file().clone();
        match self {
            Self::Whole(text) => return Ok(text),
            Self::Days { from, to, change } => set_days(&mut file, from, to, &change)?,
            Self::Tables(years) => set_tables(&mut file, &years),
        }
        Ok(CalendarText { name: row.name.clone(), file })
    }

    /// The first and the last of the dates that it names, if it names any.
    pub(super) fn dates(&self) -> Option<(Date, Date)> {
        match self {
            Self::Whole(_) => None,
            Self::Days { from, to, .. } => Some((*from, *to)),
            Self::Tables(years) => {
                let dates = || years.iter().flat_map(StatutoryYear::days).map(|day| day.date);
                dates().min().zip(dates().max())
            }
        }
    }
}

impl CalendarText {
    /// The name as it is kept and the calendar, or everything that is wrong with either.
    pub(super) fn checked(&self) -> Result<(String, Calendar), Refusal> {
        let mut faults = Vec::new();
        let mut name = String::new();
        match required("name", &self.name) {
            Ok(text) if text.chars().count() <= LONGEST_NAME => name = text,
            Ok(text) => {
                let actual = text.chars().count();
                faults.push(FieldRefusal::new("name", "too-long").with("max", LONGEST_NAME).with("actual", actual));
            }
            Err(Refusal::Fields(fields)) => faults.extend(fields),
            Err(other) => return Err(other),
        }
        match Calendar::new(self.file.clone()) {
            Ok(calendar) if faults.is_empty() => return Ok((name, calendar)),
            Ok(_) => {}
            Err(wrong) => faults.extend(fields(&wrong)),
        }
        Err(Refusal::Fields(faults))
    }
}

/// Every fault of a calendar file as a field at fault: `hours.mon`, `workday_hours`, `overrides.2026-02-14`, `holidays` ….
fn fields(faults: &CalendarFaults) -> Vec<FieldRefusal> {
    faults.faults().iter().map(field).collect()
}

fn field(fault: &CalendarFault) -> FieldRefusal {
    let at = |place: &Place, code| FieldRefusal::new(&field_of(place), code);
    match fault {
        CalendarFault::UnknownTimeZone(zone) => FieldRefusal::new("time_zone", "calendar-zone").with("text", zone),
        CalendarFault::UnknownHours(hours) => FieldRefusal::new("hours", "calendar-hours").with("text", hours),
        CalendarFault::UnknownStatutory(name) => {
            FieldRefusal::new("statutory", "calendar-statutory").with("text", name)
        }
        CalendarFault::YearsWithoutStatutory => FieldRefusal::new("statutory_years", "calendar-years-alone"),
        CalendarFault::TablesWithoutStatutory => FieldRefusal::new("statutory_tables", "calendar-tables-alone"),
        CalendarFault::TableTwice(year) => {
            FieldRefusal::new("statutory_tables", "calendar-table-twice").with("year", year)
        }
        CalendarFault::Table { year, problem } => {
            FieldRefusal::new("statutory_tables", "calendar-table").with("year", year).with("what", problem)
        }
        CalendarFault::BadTime { place, text } => at(place, "calendar-time").with("text", text),
        CalendarFault::EmptyInterval { place, from, to } => {
            at(place, "calendar-empty").with("from", from).with("to", to)
        }
        CalendarFault::Overlap { place, first, second } => {
            at(place, "calendar-overlap").with("first", first).with("second", second)
        }
        CalendarFault::BadDate { key, text } => FieldRefusal::new(key, "calendar-date").with("text", text),
        CalendarFault::NoWorkingTime => FieldRefusal::new("hours", "calendar-no-work"),
    }
}

fn field_of(place: &Place) -> String {
    match place {
        Place::Weekday(day) => format!("hours.{}", key_of(*day)),
        Place::WorkdayHours => "workday_hours".to_owned(),
        Place::Override(date) => format!("overrides.{date}"),
    }
}

/// A weekday's key in a calendar file.
#[must_use]
pub const fn key_of(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "mon",
        Weekday::Tuesday => "tue",
        Weekday::Wednesday => "wed",
        Weekday::Thursday => "thu",
        Weekday::Friday => "fri",
        Weekday::Saturday => "sat",
        Weekday::Sunday => "sun",
    }
}

/// The intervals of a weekday as the file writes them.
#[must_use]
pub fn hours_of(file: &CalendarFile, day: Weekday) -> Vec<IntervalFile> {
    match &file.hours {
        HoursFile::Shorthand(_) => vec![["00:00".to_owned(), "24:00".to_owned()]],
        HoursFile::Week(week) => match day {
            Weekday::Monday => &week.mon,
            Weekday::Tuesday => &week.tue,
            Weekday::Wednesday => &week.wed,
            Weekday::Thursday => &week.thu,
            Weekday::Friday => &week.fri,
            Weekday::Saturday => &week.sat,
            Weekday::Sunday => &week.sun,
        }
        .clone(),
    }
}

fn set_days(file: &mut CalendarFile, from: Date, to: Date, change: &DayChange) -> Result<(), Refusal> {
    let days = from.until(to).map_or(i32::MAX, |span| span.get_days());
    if to < from {
        return Err(Refusal::field("until", "calendar-until"));
    }
    if days >= MOST_DAYS {
        let fault = FieldRefusal::new("until", "calendar-too-many-days").with("max", MOST_DAYS);
        return Err(Refusal::Fields(vec![fault]));
    }
    if !YEARS.contains(&from.year()) || !YEARS.contains(&to.year()) {
        return Err(Refusal::field("date", "bad-date"));
    }
    let hours = match change {
        DayChange::Free => Some(Vec::new()),
        DayChange::WorkAs(day) => {
            let hours = hours_of(file, *day);
            if hours.is_empty() {
                return Err(Refusal::field("weekday", "calendar-free-weekday"));
            }
            Some(hours)
        }
        DayChange::Hours(hours) if hours.is_empty() => return Err(Refusal::field("hours", "missing")),
        DayChange::Hours(hours) => Some(hours.clone()),
        DayChange::ByRule => None,
    };
    for date in from.series(1.day()).take_while(|date| *date <= to) {
        let text = date.to_string();
        match &hours {
            Some(hours) => drop(file.overrides.insert(text, hours.clone())),
            None => by_rule(file, date.year(), &text),
        }
    }
    Ok(())
}

/// A calendar that takes a table in follows the statutory days from then on.
fn set_tables(file: &mut CalendarFile, years: &[StatutoryYear]) {
    file.statutory = Some("cn".to_owned());
    for year in years {
        file.statutory_tables.retain(|table| table.year != year.year());
        file.statutory_tables.push(year.to_file());
    }
    file.statutory_tables.sort_by_key(|table| table.year);
}

/// Takes an exception back. The days of a year for which the file's own lists stand as the statutory table are the rule and stay.
fn by_rule(file: &mut CalendarFile, year: i16, date: &str) {
    file.overrides.remove(date);
    if !file.statutory_years.contains(&year) {
        file.holidays.retain(|other| other != date);
        file.workdays.retain(|other| other != date);
    }
}

/// The dates from the first to the last whose hours differ.
pub(super) fn changed_days(before: &Calendar, after: &Calendar, first: Date, last: Date) -> Vec<ChangedDay> {
    first
        .series(1.day())
        .take_while(|date| *date <= last)
        .map(|date| ChangedDay { before: before.day(date), after: after.day(date) })
        .filter(|day| day.before.shifts != day.after.shifts)
        .collect()
}

/// Working minutes of a day.
#[must_use]
pub fn minutes(shifts: &[Shift]) -> u32 {
    shifts.iter().map(|shift| u32::from(shift.minutes())).sum()
}
