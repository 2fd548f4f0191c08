//! A work contact sheet (工作联系单, S01): a numbered question to a department, whose clock starts at receipt.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::{DepartmentId, PersonId, SheetId, TicketId};
use crate::refusal::Refusal;

/// Where a sheet stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SheetState {
    /// On its way; nobody in the department has signed for it.
    Sent,
    /// Signed for; the clock runs.
    Received,
    /// Answered; waits for the head where the process wants a countersignature.
    Answered,
    /// The department's head stands behind the answer.
    Countersigned,
    /// Taken back by the desk before it was answered.
    Withdrawn,
}

impl SheetState {
    /// All states, in the order of a sheet's life.
    pub const ALL: [Self; 5] = [Self::Sent, Self::Received, Self::Answered, Self::Countersigned, Self::Withdrawn];

    /// The stored word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Received => "received",
            Self::Answered => "answered",
            Self::Countersigned => "countersigned",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of a stored word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == text)
    }

    /// Whether the department still owes an answer.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Sent | Self::Received)
    }
}

/// A sheet as stored.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sheet {
    /// Its id.
    pub id: SheetId,
    /// 编号
    pub number: String,
    /// The ticket that it belongs to.
    pub ticket: TicketId,
    /// The process token that waits for its answer; `None` for a sheet sent by hand beside the process.
    pub token: Option<i64>,
    /// Who sent it.
    pub from_person: PersonId,
    /// For which department.
    pub from_department: DepartmentId,
    /// Who shall answer.
    pub to_department: DepartmentId,
    /// The question.
    pub question: String,
    /// 客户事项: what the customer's matter is.
    pub customer_matter: String,
    /// 发出
    pub sent: Timestamp,
    /// 接收: the clock's start.
    pub received: Option<Timestamp>,
    /// Who signed for it.
    pub received_by: Option<PersonId>,
    /// 应答复时间; `None` before receipt, or where there is no limit.
    pub due: Option<Timestamp>,
    /// The limit as the process states it, kept as JSON of the process crate's `Limit`; empty for none.
    pub limit: String,
    /// 答复
    pub answer: String,
    /// Who answered.
    pub answered_by: Option<PersonId>,
    /// When.
    pub answered: Option<Timestamp>,
    /// Whether the process goes on only with a countersignature.
    pub countersign_required: bool,
    /// 会签 by the department's head.
    pub countersigned_by: Option<PersonId>,
    /// When.
    pub countersigned: Option<Timestamp>,
    /// Where it stands.
    pub state: SheetState,
    /// Grows with every change.
    pub version: i64,
}

impl Sheet {
    /// May it be signed for now?
    pub fn may_receive(&self) -> Result<(), Refusal> {
        if self.state == SheetState::Sent { Ok(()) } else { Err(Refusal::SheetNotOpen) }
    }

    /// May it be answered now? Only after receipt: an answer nobody signed for has no start of its clock.
    pub fn may_answer(&self) -> Result<(), Refusal> {
        if self.state == SheetState::Received { Ok(()) } else { Err(Refusal::SheetNotOpen) }
    }

    /// May the head countersign now?
    pub fn may_countersign(&self) -> Result<(), Refusal> {
        if self.state == SheetState::Answered { Ok(()) } else { Err(Refusal::SheetNotOpen) }
    }

    /// May it be taken back now?
    pub fn may_withdraw(&self) -> Result<(), Refusal> {
        if self.state.is_open() { Ok(()) } else { Err(Refusal::SheetNotOpen) }
    }

    /// May its answer become a standard answer now?
    pub fn may_publish(&self) -> Result<(), Refusal> {
        if self.state == SheetState::Countersigned { Ok(()) } else { Err(Refusal::NotCountersigned) }
    }

    /// Whether the answer, as it stands, lets the waiting process go on.
    #[must_use]
    pub fn lets_process_go_on(&self) -> bool {
        match self.state {
            SheetState::Answered => !self.countersign_required,
            SheetState::Countersigned => true,
            _ => false,
        }
    }
}
