//! Recurring work: what somebody has to do again and again, by when, and what has to be written down about it.
//!
//! The one thing to know: a [`Routine`] only says so. Which instants it means needs a calendar and who is there needs people;
//! both are deliberately not here. A company's own routines and the catalogue of ready-made ones are of the same kind.

use serde::{Deserialize, Serialize};

use crate::definition::Trace;
use crate::fault::Fault;
use crate::limit::Limit;
use crate::vocabulary::Role;

/// A piece of recurring work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routine {
    pub id: String,
    pub label: String,
    pub who: Holder,
    pub share: Share,
    pub when: When,
    pub until: Until,
    pub record: Record,
    /// Whether it may be left out with a reason (J23: 「除特殊情况外」).
    pub exempt: bool,
    /// Who reads what was submitted; `None`: nobody has to.
    pub read_by: Option<Holder>,
    /// The document, where it is not that of the file: `S27`.
    pub source: Option<String>,
    /// The document's own words.
    pub quote: Option<String>,
    pub trace: Trace,
}

/// Whose work it is: everybody with a role, everybody of a department, or who is both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    pub role: Option<Role>,
    /// Id of a department.
    pub department: Option<String>,
}

/// Whether everybody does it for themselves, or one of them for all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Share {
    #[default]
    One,
    Each,
}

impl Share {
    /// As written.
    pub const IDS: &'static [&'static str] = &["one", "each"];

    pub fn id(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Each => "each",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        match id {
            "one" => Some(Self::One),
            "each" => Some(Self::Each),
            _ => None,
        }
    }
}

/// When it opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    pub every: Every,
    pub at: At,
    pub free_day: FreeDay,
}

/// On which days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    Day,
    /// On these days of the week, 1 (Monday) to 7, at least one, in order.
    Week(Vec<i8>),
    /// On this day of the month, 1 to 31; on the last of a month without it.
    Month(i8),
    /// On the last day of the month.
    MonthEnd,
    /// On this day of the year: month and day; 29 February is the 28th in a common year.
    Year(i8, i8),
}

/// At which time of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum At {
    /// When the desk opens; at midnight on a day on which it does not.
    Opening,
    /// When the desk closes; at the end of a day on which it does not open.
    Closing,
    /// Hour and minute.
    Clock(i8, i8),
}

/// What becomes of it on a day on which nobody works.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FreeDay {
    /// It is left out.
    #[default]
    Skip,
    /// It is done on the working day before.
    Before,
    /// It is done on the working day after.
    After,
    /// It is done all the same.
    Anyway,
}

impl FreeDay {
    pub const ALL: &'static [Self] = &[Self::Skip, Self::Before, Self::After, Self::Anyway];
    /// As written.
    pub const IDS: &'static [&'static str] = &["skip", "before", "after", "anyway"];

    pub fn id(self) -> &'static str {
        match self {
            Self::Skip => "skip",
            Self::Before => "before",
            Self::After => "after",
            Self::Anyway => "anyway",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|day| day.id() == id)
    }
}

/// By when it has to be done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Until {
    /// By closing time of the day on which it opened.
    #[default]
    Closing,
    /// So long after it opened.
    Limit(Limit),
}

/// What has to be written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Record {
    /// A form of the file.
    Form(String),
    /// A text under each of these labels; none: a text that explains.
    Fields(Vec<String>),
    /// A word on every open ticket of one's own.
    Tickets,
}

/// The names of the days of the week, Monday first, as written.
pub const WEEKDAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// A day of the year as written, `11-30`.
pub fn day_of_year(text: &str) -> Option<(i8, i8)> {
    let (month, day) = text.split_once('-')?;
    let two = |part: &str| (part.len() == 2).then(|| part.parse::<i8>().ok()).flatten();
    let (month, day) = (two(month)?, two(day)?);
    jiff::civil::Date::new(2024, month, day).ok().map(|_| (month, day))
}

/// A time of the day as written, `17:00`.
pub fn time_of_day(text: &str) -> Option<(i8, i8)> {
    let (hour, minute) = text.split_once(':')?;
    let two = |part: &str| (part.len() == 2).then(|| part.parse::<i8>().ok()).flatten();
    let (hour, minute) = (two(hour)?, two(minute)?);
    jiff::civil::Time::new(hour, minute, 0, 0).ok().map(|_| (hour, minute))
}

/// Reads a file of ready-made routines: a mapping of ids to routines, without departments and forms.
///
/// # Errors
/// Every fault of the file.
pub fn catalogue(source: &str, file: &str) -> Result<Vec<Routine>, Vec<Fault>> {
    crate::load::catalogue(source, file)
}
