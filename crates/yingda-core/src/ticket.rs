//! A ticket (工单): one customer matter, from intake to archive.
//!
//! Solved, confirmed, closed and archived are different things with a time each (R-122, J06). Who answers for a ticket
//! (`owner`, 首接负责人) and who works on it (`assignee`, 处理人) are different people. What comes next is not here: the
//! process decides it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::{ContactId, CustomerId, DefinitionId, DepartmentId, PersonId, TicketId};

/// How urgent a ticket is (S03: 紧急、高、中、低).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Priority {
    /// 紧急
    Urgent,
    /// 高
    High,
    /// 中
    Medium,
    /// 低
    Low,
}

impl Priority {
    /// From the most to the least urgent.
    pub const ALL: [Self; 4] = [Self::Urgent, Self::High, Self::Medium, Self::Low];

    /// The stored rank: 1 is the most urgent.
    #[must_use]
    pub fn rank(self) -> i64 {
        match self {
            Self::Urgent => 1,
            Self::High => 2,
            Self::Medium => 3,
            Self::Low => 4,
        }
    }

    /// The priority of a stored rank.
    #[must_use]
    pub fn from_rank(rank: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.rank() == rank)
    }

    /// The document's word, as process files and tables write it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Urgent => "紧急",
            Self::High => "高",
            Self::Medium => "中",
            Self::Low => "低",
        }
    }

    /// The word in code, the API and style sheets.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Urgent => "urgent",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }

    /// Either word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.label() == text || p.as_str() == text)
    }
}

/// Where a ticket stands in its life; derived from its times, kept for lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Being worked on.
    Open,
    /// The department says that it is solved; the customer has not said so yet.
    Solved,
    /// The customer has confirmed.
    Confirmed,
    /// The process has ended.
    Closed,
    /// Filed away; still found by search.
    Archived,
}

impl State {
    /// In the order of a ticket's life.
    pub const ALL: [Self; 5] = [Self::Open, Self::Solved, Self::Confirmed, Self::Closed, Self::Archived];

    /// The stored word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Solved => "solved",
            Self::Confirmed => "confirmed",
            Self::Closed => "closed",
            Self::Archived => "archived",
        }
    }

    /// The state of a stored word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == text)
    }

    /// Whether work on the ticket goes on.
    #[must_use]
    pub fn is_running(self) -> bool {
        matches!(self, Self::Open | Self::Solved | Self::Confirmed)
    }
}

/// The times of a ticket's life; `None` is "not yet".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Milestones {
    /// 响应时间
    pub responded: Option<Timestamp>,
    /// 解决时间
    pub solved: Option<Timestamp>,
    /// The customer's confirmation.
    pub confirmed: Option<Timestamp>,
    /// The end of the process.
    pub closed: Option<Timestamp>,
    /// The filing.
    pub archived: Option<Timestamp>,
}

impl Milestones {
    /// The state that these times amount to.
    #[must_use]
    pub fn state(&self) -> State {
        if self.archived.is_some() {
            State::Archived
        } else if self.closed.is_some() {
            State::Closed
        } else if self.confirmed.is_some() {
            State::Confirmed
        } else if self.solved.is_some() {
            State::Solved
        } else {
            State::Open
        }
    }

    /// The customer is not satisfied: solved and confirmed no longer hold.
    pub fn reopen(&mut self) {
        self.solved = None;
        self.confirmed = None;
    }
}

/// Who said how satisfied the customer is (J55).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RatingSource {
    /// Told to a clerk, who typed it.
    Staff,
    /// Given by the customer on a page of their own.
    Customer,
    /// Came with an imported table.
    Import,
}

impl RatingSource {
    /// The stored word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Customer => "customer",
            Self::Import => "import",
        }
    }

    /// The source of a stored word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Staff, Self::Customer, Self::Import].into_iter().find(|s| s.as_str() == text)
    }
}

/// What the customer thought of the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rating {
    /// The word on the process's scale.
    pub value: String,
    /// Whether that word counts as satisfied (J08).
    pub satisfied: bool,
    /// 评价理由
    pub reason: String,
    /// Where it came from.
    pub source: RatingSource,
}

/// A ticket as stored.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ticket {
    /// Its id.
    pub id: TicketId,
    /// 工单编号
    pub number: String,
    /// The name of its process.
    pub process: String,
    /// The version that it started under and stays on.
    pub definition: DefinitionId,
    /// Where it stands.
    pub state: State,
    /// The label of the step that it waits at; empty when ended.
    pub step: String,
    /// 优先级
    pub priority: Priority,
    /// How it came in: `phone`, `mail`, `import` …
    pub channel: String,
    /// The customer file, where there is one (群众 have none, R-009).
    pub customer: Option<CustomerId>,
    /// The contact, where one is known.
    pub contact: Option<ContactId>,
    /// 客户名称
    pub customer_name: String,
    /// 联系人
    pub contact_name: String,
    /// 联系方式, as it was said.
    pub phone: String,
    /// 所属行业
    pub industry: String,
    /// 地址
    pub address: String,
    /// 问题类型
    pub kind: String,
    /// One line for lists.
    pub subject: String,
    /// 问题描述
    pub description: String,
    /// 发生时间, as the customer said it.
    pub occurred_at: String,
    /// 影响范围
    pub impact: String,
    /// 客户期望解决时限
    pub wanted_by: String,
    /// 第一责任部门
    pub lead_department: Option<DepartmentId>,
    /// 处理部门: who has it now.
    pub department: Option<DepartmentId>,
    /// 首接负责人: stays answerable until the end.
    pub owner: PersonId,
    /// 处理人 / 责任人: works on it now; `None` is "nobody has taken it".
    pub assignee: Option<PersonId>,
    /// 进度
    pub progress: String,
    /// 处理结果摘要
    pub result: String,
    /// 备注
    pub remark: String,
    /// 客户评价
    pub rating: Option<Rating>,
    /// Times the customer was not satisfied and work began again.
    pub rounds: i64,
    /// Whether the process wants a full event record (R-242: an instant answer does not).
    pub event_record: bool,
    /// The end's label, e.g. 已解决-客户确认.
    pub outcome: String,
    /// 受理时间
    pub accepted: Timestamp,
    /// The other times.
    pub times: Milestones,
    /// The earliest limit that runs now.
    pub due: Option<Timestamp>,
    /// Last change.
    pub updated: Timestamp,
    /// Grows with every change; an edit names the version that it saw.
    pub version: i64,
}

/// One line for lists: the first line of the description, at most 60 characters.
#[must_use]
pub fn subject_of(description: &str) -> String {
    let line = description.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let mut subject: String = line.chars().take(60).collect();
    if line.chars().count() > 60 {
        subject.push('…');
    }
    subject
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solved_is_not_confirmed_and_confirmed_is_not_closed() {
        let at = |s: i64| Some(Timestamp::from_second(s).unwrap());
        let mut times = Milestones::default();
        assert_eq!(times.state(), State::Open);
        times.solved = at(1);
        assert_eq!(times.state(), State::Solved);
        times.confirmed = at(2);
        assert_eq!(times.state(), State::Confirmed);
        times.reopen();
        assert_eq!(times.state(), State::Open);
        times.closed = at(3);
        times.archived = at(4);
        assert_eq!(times.state(), State::Archived);
    }

    #[test]
    fn a_subject_is_one_short_line() {
        assert_eq!(subject_of("\n  设备报错 \n影响生产"), "设备报错");
        assert_eq!(subject_of(&"长".repeat(61)).chars().count(), 61);
    }
}
