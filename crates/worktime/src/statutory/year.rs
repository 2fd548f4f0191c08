//! One year's statutory days, built in or imported, as they are written down and as they are once read.
//!
//! The one thing to know: a [`StatutoryYear`] is what one notice says, so days of the December before stand in it. An empty
//! one is refused: it means that the notice is not out, and nobody may take that for a year without holidays.
//! Not here: the formats (`json.rs`, `icalendar`), and the built-in days (`cn.rs`).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::fault::TableProblem;
use super::{Festival, Statutory, cn, number};
use crate::civil::{date_of, day_number};

/// A year's table as written: the layout of the holiday-cn data set, in JSON or YAML.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatutoryFile {
    /// Where the layout is described; kept, not read.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// Where the file comes from; kept, not read.
    #[serde(rename = "$id", default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The year of the notice.
    pub year: i16,
    /// Addresses of the notices.
    #[serde(default)]
    pub papers: Vec<String>,
    /// Every day that is not as its weekday says.
    pub days: Vec<StatutoryDayFile>,
}

/// One day as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatutoryDayFile {
    /// The occasion.
    pub name: String,
    /// `YYYY-MM-DD`.
    pub date: String,
    /// `false` is a make-up workday.
    #[serde(rename = "isOffDay")]
    pub is_off_day: bool,
}

/// A day that a notice names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct StatutoryDay {
    /// The date.
    pub date: Date,
    /// The occasion.
    pub festival: Festival,
    /// Free, or worked although it is a weekend.
    pub kind: StatutoryKind,
}

/// What a notice makes of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StatutoryKind {
    /// A free day (休).
    Off,
    /// A make-up workday (班).
    MakeUp,
}

/// What one year's notice says, read and found good: at least one day, no date twice, in the order of dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatutoryYear {
    year: i16,
    papers: Vec<String>,
    days: Vec<StatutoryDay>,
}

impl StatutoryYear {
    /// Reads a year's table.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with the place of the day in `days` (from 0) where it is about one.
    pub fn new(file: StatutoryFile) -> Result<Self, Vec<(Option<usize>, TableProblem)>> {
        let mut faults = Vec::new();
        let mut days: Vec<StatutoryDay> = Vec::with_capacity(file.days.len());
        if !(1901..=2299).contains(&file.year) {
            faults.push((None, TableProblem::YearOutOfRange(file.year)));
        }
        if file.days.is_empty() {
            faults.push((None, TableProblem::NoDays(file.year)));
        }
        for (index, day) in file.days.iter().enumerate() {
            let found = read_day(file.year, day).and_then(|day| {
                let twice = days.iter().any(|other| other.date == day.date);
                if twice { Err(TableProblem::NamedTwice(day.date)) } else { Ok(day) }
            });
            match found {
                Ok(day) => days.push(day),
                Err(problem) => faults.push((Some(index), problem)),
            }
        }
        days.sort_unstable_by_key(|day| day.date);
        if faults.is_empty() { Ok(Self { year: file.year, papers: file.papers, days }) } else { Err(faults) }
    }

    /// A year whose days are already known to be good; the caller has seen to order and repetition.
    pub(super) fn of_days(year: i16, papers: Vec<String>, days: Vec<StatutoryDay>) -> Self {
        Self { year, papers, days }
    }

    /// The built-in table of a year; `None` where there is none.
    pub fn built_in(year: i16) -> Option<Self> {
        let notice = cn::NOTICES.iter().find(|notice| notice.year == year)?;
        let day = |number: i64, festival, kind| StatutoryDay { date: date_of(number), festival, kind };
        let free = notice.free.iter().flat_map(|&(first, last, festival)| {
            (number(first)..=number(last)).map(move |number| day(number, festival, StatutoryKind::Off))
        });
        let make_up = notice.make_up.iter();
        let make_up = make_up.map(|&(literal, festival)| day(number(literal), festival, StatutoryKind::MakeUp));
        let mut days: Vec<StatutoryDay> = free.chain(make_up).collect();
        days.sort_unstable_by_key(|day| day.date);
        let papers = notice.sources.iter().map(|&paper| paper.to_owned()).collect();
        Some(Self { year, papers, days })
    }

    /// Every year that is built in, in order.
    pub fn all_built_in() -> impl Iterator<Item = Self> {
        super::china_years().filter_map(Self::built_in)
    }

    /// The year of the notice.
    pub fn year(&self) -> i16 {
        self.year
    }

    /// Addresses of the notices.
    pub fn papers(&self) -> &[String] {
        &self.papers
    }

    /// The days, in the order of dates.
    pub fn days(&self) -> &[StatutoryDay] {
        &self.days
    }

    /// As it is written down.
    pub fn to_file(&self) -> StatutoryFile {
        let written = |day: &StatutoryDay| StatutoryDayFile {
            name: day.festival.chinese().to_owned(),
            date: day.date.to_string(),
            is_off_day: day.kind == StatutoryKind::Off,
        };
        StatutoryFile {
            schema: None,
            id: None,
            year: self.year,
            papers: self.papers.clone(),
            days: self.days.iter().map(written).collect(),
        }
    }

    pub(crate) fn numbered(&self) -> impl Iterator<Item = (i64, Statutory)> + '_ {
        self.days.iter().map(|day| {
            let what = match day.kind {
                StatutoryKind::Off => Statutory::Free(day.festival),
                StatutoryKind::MakeUp => Statutory::MakeUp(day.festival),
            };
            (day_number(day.date), what)
        })
    }
}

fn read_day(year: i16, day: &StatutoryDayFile) -> Result<StatutoryDay, TableProblem> {
    let date = crate::civil::written_date(&day.date).ok_or_else(|| TableProblem::BadDate(day.date.clone()))?;
    check_near(year, date)?;
    let festival = Festival::named(day.name.trim()).ok_or_else(|| TableProblem::BadName(day.name.clone()))?;
    let kind = if day.is_off_day { StatutoryKind::Off } else { StatutoryKind::MakeUp };
    Ok(StatutoryDay { date, festival, kind })
}

/// A notice speaks of its year, of the December before and of the first week after.
pub(super) fn check_near(year: i16, date: Date) -> Result<(), TableProblem> {
    let near = date.year() == year
        || (date.year() == year - 1 && date.month() == 12)
        || (date.year() == year + 1 && date.month() == 1 && date.day() <= 7);
    if near { Ok(()) } else { Err(TableProblem::FarFromYear { date, year }) }
}
