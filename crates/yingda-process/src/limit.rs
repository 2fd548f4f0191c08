//! Limits: how long something may take, by channel and priority. Turning one into a due time needs a calendar and is
//! worktime's business.
//!
//! The one thing to know: cells may be empty (J03), so there can be a limit for 紧急 and none for 低. A channel with a row
//! of its own takes nothing from the row for all others, also where its own cell is empty.

use serde::{Deserialize, Serialize};

use crate::definition::Trace;
use crate::instance::Facts;
use crate::vocabulary::{Channel, Priority};

/// `2 working_days`, `1 hours` …
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Limit {
    /// At least 1.
    pub amount: u32,
    pub unit: LimitUnit,
}

/// Working units count by the calendar of the clock; the others by the wall clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitUnit {
    WorkingMinutes,
    WorkingHours,
    WorkingDays,
    Minutes,
    Hours,
    Days,
    /// Seven days.
    Weeks,
    /// To the same day of the month; the month's last day where it has no such day.
    Months,
}

impl LimitUnit {
    pub const ALL: &'static [Self] = &[
        Self::WorkingMinutes,
        Self::WorkingHours,
        Self::WorkingDays,
        Self::Minutes,
        Self::Hours,
        Self::Days,
        Self::Weeks,
        Self::Months,
    ];
    /// The keys in a file, in the same order.
    pub const IDS: &'static [&'static str] =
        &["working_minutes", "working_hours", "working_days", "minutes", "hours", "days", "weeks", "months"];

    /// The key in a file.
    pub fn id(self) -> &'static str {
        match self {
            Self::WorkingMinutes => "working_minutes",
            Self::WorkingHours => "working_hours",
            Self::WorkingDays => "working_days",
            Self::Minutes => "minutes",
            Self::Hours => "hours",
            Self::Days => "days",
            Self::Weeks => "weeks",
            Self::Months => "months",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|unit| unit.id() == id)
    }

    fn chinese(self) -> &'static str {
        match self {
            Self::WorkingMinutes => "工作分钟",
            Self::WorkingHours => "工作小时",
            Self::WorkingDays => "工作日",
            Self::Minutes => "分钟",
            Self::Hours => "小时",
            Self::Days => "天",
            Self::Weeks => "周",
            Self::Months => "个月",
        }
    }
}

/// What a file says under `limit` or `target`: a small table of channels and priorities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitRule {
    /// Each channel at most once, in the order of the file; the row for all others last.
    pub rows: Vec<LimitRow>,
    pub trace: Trace,
}

/// The cells for one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitRow {
    /// `None`: every channel that has no row of its own.
    pub channel: Option<Channel>,
    /// Either one cell for every priority, or each priority at most once, from 紧急 down.
    pub cells: Vec<LimitCell>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitCell {
    /// `None`: every priority.
    pub priority: Option<Priority>,
    pub limit: Limit,
    /// Its own where the file gives it one, else that of the rule: the document may give some cells and we the others.
    pub trace: Trace,
}

impl LimitRule {
    /// The same for every ticket.
    pub fn fixed(limit: Limit, trace: Trace) -> Self {
        let cell = LimitCell { priority: None, limit, trace: trace.clone() };
        Self { rows: vec![LimitRow { channel: None, cells: vec![cell] }], trace }
    }

    /// The cell for a priority and a channel; `None` where it is empty.
    pub fn cell(&self, priority: Priority, channel: Channel) -> Option<&LimitCell> {
        let of = |wanted: Option<Channel>| self.rows.iter().find(|row| row.channel == wanted);
        let row = of(Some(channel)).or_else(|| of(None))?;
        row.cells.iter().find(|cell| cell.priority.is_none_or(|known| known == priority))
    }

    /// The limit for a priority and a channel; `None` where the cell is empty.
    pub fn resolve(&self, priority: Priority, channel: Channel) -> Option<Limit> {
        self.cell(priority, channel).map(|cell| cell.limit)
    }

    /// The limit for a ticket; `None` where the cell is empty.
    pub fn of(&self, facts: &Facts) -> Option<Limit> {
        self.resolve(facts.priority, facts.channel)
    }

    /// Every limit of the table with the row that it stands in.
    pub fn cells(&self) -> impl Iterator<Item = (Option<Channel>, &LimitCell)> {
        self.rows.iter().flat_map(|row| row.cells.iter().map(|cell| (row.channel, cell)))
    }

    /// For the chart: `2工作日`, `紧急/高 2小时`, `邮件：24小时；其他：…`; priorities with the same limit together.
    pub fn short(&self) -> String {
        match self.rows.as_slice() {
            [row] if row.channel.is_none() => row.short(),
            rows => {
                let name = |row: &LimitRow| row.channel.map_or("其他", channel_name);
                let texts: Vec<String> = rows.iter().map(|row| format!("{}：{}", name(row), row.short())).collect();
                texts.join("；")
            }
        }
    }
}

impl LimitRow {
    fn short(&self) -> String {
        let mut groups: Vec<(Limit, Vec<&str>)> = Vec::new();
        for cell in &self.cells {
            let Some(priority) = cell.priority else {
                return cell.limit.short();
            };
            match groups.iter_mut().find(|(known, _)| *known == cell.limit) {
                Some((_, names)) => names.push(priority.id()),
                None => groups.push((cell.limit, vec![priority.id()])),
            }
        }
        let texts: Vec<String> =
            groups.iter().map(|(limit, names)| format!("{} {}", names.join("/"), limit.short())).collect();
        texts.join("；")
    }
}

impl Limit {
    pub fn short(self) -> String {
        format!("{}{}", self.amount, self.unit.chinese())
    }
}

fn channel_name(channel: Channel) -> &'static str {
    match channel {
        Channel::Phone => "电话",
        Channel::Chat => "在线客服",
        Channel::Mail => "邮件",
        Channel::Wecom => "企业微信",
        Channel::Wechat => "微信",
        Channel::Sms => "短信",
        Channel::Social => "社交媒体",
        Channel::Fax => "传真",
        Channel::Letter => "来信",
        Channel::Visit => "来访",
        Channel::Onsite => "现场",
        Channel::Api => "接口",
        Channel::Import => "导入",
    }
}
