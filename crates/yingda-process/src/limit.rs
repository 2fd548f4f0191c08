//! Limits: how long a step may take. Turning one into a due time needs a calendar and is worktime's business.
//!
//! The one thing to know: a limit by priority may have empty cells (J03), so a step can have a limit for 紧急 and
//! none for 低.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::definition::Trace;
use crate::vocabulary::Priority;

/// `2 working_days`, `1 hours` …
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Limit {
    /// At least 1.
    pub amount: u32,
    pub unit: LimitUnit,
}

/// Working units count by the calendar of the desk; the others by the wall clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitUnit {
    WorkingMinutes,
    WorkingHours,
    WorkingDays,
    Minutes,
    Hours,
    Days,
}

impl LimitUnit {
    pub const ALL: &'static [Self] =
        &[Self::WorkingMinutes, Self::WorkingHours, Self::WorkingDays, Self::Minutes, Self::Hours, Self::Days];

    /// The key in a file.
    pub fn id(self) -> &'static str {
        match self {
            Self::WorkingMinutes => "working_minutes",
            Self::WorkingHours => "working_hours",
            Self::WorkingDays => "working_days",
            Self::Minutes => "minutes",
            Self::Hours => "hours",
            Self::Days => "days",
        }
    }

    fn chinese(self) -> &'static str {
        match self {
            Self::WorkingMinutes => "工作分钟",
            Self::WorkingHours => "工作小时",
            Self::WorkingDays => "工作日",
            Self::Minutes => "分钟",
            Self::Hours => "小时",
            Self::Days => "天",
        }
    }
}

/// What a file says under `limit`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitRule {
    pub cells: LimitCells,
    pub trace: Trace,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LimitCells {
    Fixed(Limit),
    ByPriority(BTreeMap<Priority, Limit>),
}

impl LimitRule {
    /// The limit for one priority; `None` for an empty cell.
    pub fn resolve(&self, priority: Priority) -> Option<Limit> {
        match &self.cells {
            LimitCells::Fixed(limit) => Some(*limit),
            LimitCells::ByPriority(cells) => cells.get(&priority).copied(),
        }
    }

    /// For the chart: `2工作日`, or `紧急/高 2小时`, priorities with the same limit together.
    pub fn short(&self) -> String {
        match &self.cells {
            LimitCells::Fixed(limit) => limit.short(),
            LimitCells::ByPriority(cells) => {
                let mut groups: Vec<(Limit, Vec<&str>)> = Vec::new();
                for (priority, limit) in cells {
                    match groups.iter_mut().find(|(known, _)| known == limit) {
                        Some((_, names)) => names.push(priority.id()),
                        None => groups.push((*limit, vec![priority.id()])),
                    }
                }
                let texts: Vec<String> =
                    groups.iter().map(|(limit, names)| format!("{} {}", names.join("/"), limit.short())).collect();
                texts.join("；")
            }
        }
    }
}

impl Limit {
    pub fn short(self) -> String {
        format!("{}{}", self.amount, self.unit.chinese())
    }
}
