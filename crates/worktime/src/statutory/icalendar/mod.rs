//! Statutory tables as iCalendar files (RFC 5545), read and written.
//!
//! The one thing to know: only whole-day events count, and each must say that it is a day off (休, 假) or a make-up workday (班), in
//! its summary, by Apple's `X-APPLE-SPECIAL-DAY`, or by the property that our own files carry. Events that say neither (妇女节) are
//! left out and listed. Not here: the layout of lines (`lines.rs`), the words of a summary (`mark.rs`), writing (`write.rs`).

mod lines;
mod mark;
mod write;

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use self::lines::{Property, properties};
use self::mark::{Mark, own_mark};
use super::fault::{TableFault, TableFaults, TableProblem};
use super::year::{StatutoryDay, StatutoryYear, check_near};
use crate::civil::day_number;

/// The property by which our own files carry year, kind and occasion, so that they come back as they were.
const OWN: &str = "X-WORKTIME-DAY";
/// The property for the addresses of notices, one each.
const PAPER: &str = "X-WORKTIME-PAPER";

/// What an iCalendar had to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedTables {
    /// A table for each year, in order. A day off in December that is called 元旦 belongs to the year after.
    pub years: Vec<StatutoryYear>,
    /// Events that say neither that they are free nor that they are worked.
    pub left_out: Vec<LeftOut>,
}

/// An event that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The line on which it begins, from 1.
    pub line: usize,
    /// Its summary.
    pub summary: String,
}

/// An event while it is read.
struct Event {
    line: usize,
    properties: BTreeMap<String, Property>,
}

impl ImportedTables {
    /// Reads an iCalendar.
    ///
    /// # Errors
    /// Every fault with its line.
    pub fn from_icalendar(text: &str) -> Result<Self, TableFaults> {
        let mut faults = Vec::new();
        let properties = properties(text, &mut faults);
        let (events, papers) = events(properties, &mut faults);
        let mut years: BTreeMap<i16, BTreeMap<Date, StatutoryDay>> = BTreeMap::new();
        let mut left_out = Vec::new();
        for event in &events {
            match event.days() {
                Ok(Some(found)) => {
                    for (year, day) in found {
                        let days = years.entry(year).or_default();
                        if days.insert(day.date, day).is_some_and(|before| before != day) {
                            faults.push(event.fault(TableProblem::NamedTwice(day.date)));
                        }
                    }
                }
                Ok(None) => left_out.push(LeftOut { line: event.line, summary: event.text("SUMMARY") }),
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() && years.is_empty() {
            faults.push(TableFault { line: None, problem: TableProblem::NothingFound });
        }
        if !faults.is_empty() {
            faults.sort_by_key(|fault| fault.line);
            return Err(TableFaults(faults));
        }
        let table = |(year, days): (i16, BTreeMap<_, _>)| {
            let papers = papers.iter().filter(|paper| paper.0 == Some(year) || paper.0.is_none());
            let papers = papers.map(|paper| paper.1.clone()).collect();
            StatutoryYear::of_days(year, papers, days.into_values().collect())
        };
        Ok(Self { years: years.into_iter().map(table).collect(), left_out })
    }
}

/// The addresses of notices, with the year if it is said.
type Papers = Vec<(Option<i16>, String)>;

/// The events of a calendar in order, with what stands directly in them; alarms and time zones are passed over.
fn events(properties: Vec<Property>, faults: &mut Vec<TableFault>) -> (Vec<Event>, Papers) {
    let mut events: Vec<Event> = Vec::new();
    let mut papers = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut whole = properties.first().is_some_and(|first| first.is("BEGIN", "VCALENDAR"));
    for property in properties {
        match property.name.as_str() {
            "BEGIN" => {
                open.push(property.value.trim().to_ascii_uppercase());
                if open.len() == 2 && open.last().is_some_and(|name| name == "VEVENT") {
                    events.push(Event { line: property.line, properties: BTreeMap::new() });
                }
            }
            "END" => {
                let closes = property.value.trim().to_ascii_uppercase();
                if open.last() == Some(&closes) {
                    open.pop();
                } else {
                    let problem = TableProblem::BadEnd(property.value.trim().to_owned());
                    faults.push(TableFault { line: Some(property.line), problem });
                }
            }
            PAPER if open.len() == 1 => {
                papers.push((property.parameter("YEAR").and_then(|year| year.parse().ok()), property.text()));
            }
            _ => {
                if open.is_empty() {
                    whole = false;
                }
                if let [_, component] = open.as_slice()
                    && component == "VEVENT"
                    && let Some(event) = events.last_mut()
                {
                    event.properties.entry(property.name.clone()).or_insert(property);
                }
            }
        }
    }
    if !whole || !open.is_empty() {
        faults.push(TableFault { line: None, problem: TableProblem::NotICalendar });
    }
    (events, papers)
}

impl Event {
    fn fault(&self, problem: TableProblem) -> TableFault {
        TableFault { line: Some(self.line), problem }
    }

    fn text(&self, name: &str) -> String {
        self.properties.get(name).map(Property::text).unwrap_or_default()
    }

    /// The days it names with the year of their table; `None` if it says nothing about work.
    fn days(&self) -> Result<Option<Vec<(i16, StatutoryDay)>>, TableFault> {
        let status = self.text("STATUS");
        if status.eq_ignore_ascii_case("CANCELLED") {
            return Ok(Some(Vec::new()));
        }
        let summary = self.text("SUMMARY");
        let own = self.properties.get(OWN);
        let (year, mark) = match own.and_then(own_mark) {
            Some((year, mark)) => (Some(year), mark),
            None if summary.trim().is_empty() => return Err(self.fault(TableProblem::Lacks("SUMMARY"))),
            None => match Mark::of(&summary, &self.text("X-APPLE-SPECIAL-DAY")) {
                Some(mark) => (None, mark),
                None => return Ok(None),
            },
        };
        let Some(festival) = super::Festival::named(&mark.name) else {
            return Err(self.fault(TableProblem::BadName(mark.name)));
        };
        if ["RRULE", "RDATE"].iter().any(|name| self.properties.contains_key(*name)) {
            return Err(self.fault(TableProblem::Repeats));
        }
        let first = self.first()?;
        let mut found = Vec::new();
        for offset in 0..self.length(first)? {
            let date = first.checked_add(offset.days()).map_err(|_| self.fault(TableProblem::BadLength(offset)))?;
            let in_december = date.month() == 12 && festival == super::Festival::NewYear;
            let year = year.unwrap_or(date.year() + i16::from(in_december));
            check_near(year, date).map_err(|problem| self.fault(problem))?;
            if !(1901..=2299).contains(&year) {
                return Err(self.fault(TableProblem::YearOutOfRange(year)));
            }
            found.push((year, StatutoryDay { date, festival, kind: mark.kind }));
        }
        Ok(Some(found))
    }

    fn first(&self) -> Result<Date, TableFault> {
        let start = self.properties.get("DTSTART").ok_or_else(|| self.fault(TableProblem::Lacks("DTSTART")))?;
        whole_day(start)
    }

    /// Days, from `DTEND`, which is the day after the last, or `DURATION`; one if neither is there.
    fn length(&self, first: Date) -> Result<i64, TableFault> {
        let length = match (self.properties.get("DTEND"), self.properties.get("DURATION")) {
            (Some(end), _) => day_number(whole_day(end)?) - day_number(first),
            (None, Some(duration)) => {
                let line = Some(duration.line);
                let problem = || TableProblem::BadDuration(duration.value.clone());
                whole_days(&duration.value).ok_or_else(|| TableFault { line, problem: problem() })?
            }
            (None, None) => 1,
        };
        if (1..=60).contains(&length) { Ok(length) } else { Err(self.fault(TableProblem::BadLength(length))) }
    }
}

/// `YYYYMMDD`. A date with a time is an appointment, and no holiday.
fn whole_day(property: &Property) -> Result<Date, TableFault> {
    let text = property.value.trim();
    let digits = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let date = text.parse::<Date>().ok().filter(|_| digits);
    let problem = || TableProblem::BadDay(property.value.clone());
    date.ok_or_else(|| TableFault { line: Some(property.line), problem: problem() })
}

/// `P3D` or `P1W`.
fn whole_days(text: &str) -> Option<i64> {
    let text = text.trim().trim_start_matches('+').strip_prefix('P')?;
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let unit = match unit {
        "D" => 1,
        "W" => 7,
        _ => return None,
    };
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    number.parse::<i64>().ok().filter(|_| digits)?.checked_mul(unit)
}
