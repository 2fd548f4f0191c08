//! Which years' statutory days are known, and naming those that are not.
//!
//! The one thing to know: the years that are missing are listed once, when a calendar is read, so that naming them costs a
//! search and a copy, however far a question reaches. Not here: the days themselves (`statutory`).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::amount::Coverage;
use crate::civil::{DAY, day_number};
use crate::fault::CalendarFault;
use crate::file::CalendarFile;
use crate::statutory::{Statutory, StatutoryYear, china, china_years};

/// More than the tables reach, so that no zone leads out.
const REACH: std::ops::RangeInclusive<i16> = 1899..=2301;

/// The years for which statutory days are known.
pub(crate) struct Covered {
    known: BTreeSet<i16>,
    /// Years of [`REACH`] without a table, in order.
    missing: Vec<i16>,
    /// Years with a table whose next year has none, in order.
    unsettled: Vec<i16>,
    /// Within these instants nothing can be missing: the quick answer for nearly every question.
    settled: (i64, i64),
}

impl Covered {
    fn new(known: BTreeSet<i16>) -> Self {
        let first = *china_years().start();
        let mut last = first;
        while known.contains(&(last + 1)) {
            last += 1;
        }
        // A day of grace on both sides stands for any zone.
        let midnight = |year, month, day| Date::new(year, month, day).map_or(0, |date| day_number(date) * DAY);
        Self {
            missing: REACH.filter(|year| !known.contains(year)).collect(),
            unsettled: known.iter().copied().filter(|year| !known.contains(&year.saturating_add(1))).collect(),
            settled: (midnight(first, 1, 2), midnight(last, 12, 24)),
            known,
        }
    }

    pub(crate) fn has(&self, year: i16) -> bool {
        self.known.contains(&year)
    }

    /// Nothing is missing in `[from, to)`, whatever the zone; `false` means that the dates must be looked at.
    pub(crate) fn is_settled(&self, from: i64, to: i64) -> bool {
        self.settled.0 <= from && to <= self.settled.1
    }

    /// What is not known about the dates from `first` to `last`, both included.
    pub(crate) fn coverage(&self, first: Date, last: Date) -> Coverage {
        let place = |year: i16| self.missing.partition_point(|&missing| missing < year);
        let missing = self.missing.get(place(first.year())..place(last.year().saturating_add(1)));
        let december = |year, day| Date::new(year, 12, day).unwrap_or(Date::MAX);
        let counted = |&year: &i16| first <= december(year, 31) && last >= december(year, 25);
        Coverage {
            missing_years: missing.unwrap_or_default().to_vec(),
            unsettled_year_end: self.unsettled.iter().copied().find(counted),
        }
    }
}

/// The years that a file covers and all their days; `None` where it follows no statutory table.
pub(crate) fn read_statutory(
    file: &CalendarFile,
    faults: &mut Vec<CalendarFault>,
) -> Option<(Covered, BTreeMap<i64, Statutory>)> {
    let imported = read_tables(file, faults);
    match file.statutory.as_deref() {
        Some("cn") => {
            let own = file.statutory_years.iter().copied().chain(imported.iter().map(StatutoryYear::year));
            Some((Covered::new(china_years().chain(own).collect()), china(&imported)))
        }
        Some(other) => {
            faults.push(CalendarFault::UnknownStatutory(other.to_owned()));
            None
        }
        None => {
            if !file.statutory_years.is_empty() {
                faults.push(CalendarFault::YearsWithoutStatutory);
            }
            if !file.statutory_tables.is_empty() {
                faults.push(CalendarFault::TablesWithoutStatutory);
            }
            None
        }
    }
}

fn read_tables(file: &CalendarFile, faults: &mut Vec<CalendarFault>) -> Vec<StatutoryYear> {
    let mut years = BTreeSet::new();
    let mut tables = Vec::new();
    for table in &file.statutory_tables {
        let year = table.year;
        if !years.insert(year) {
            faults.push(CalendarFault::TableTwice(year));
        }
        match StatutoryYear::new(table.clone()) {
            Ok(table) => tables.push(table),
            Err(problems) => {
                faults.extend(problems.into_iter().map(|(_, problem)| CalendarFault::Table { year, problem }));
            }
        }
    }
    tables
}
