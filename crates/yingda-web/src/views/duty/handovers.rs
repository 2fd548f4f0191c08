//! 交接班: what is due, what is past, one record, and the record on paper.

use askama::Template;

use super::DutyHead;
use super::board::HandoverDueLine;
use crate::kit::{Badge, Due, FieldForm, Moment, Priority, Stale};
use crate::shell::Shell;

/// The list at `/duty/handovers`.
#[derive(Template, Debug, Clone)]
#[template(path = "duty/handovers.html")]
pub struct HandoversPage {
    /// Surroundings.
    pub shell: Shell,
    /// The department.
    pub head: DutyHead,
    /// Shifts that are not handed over.
    pub due: Vec<HandoverDueLine>,
    /// Records, newest first.
    pub rows: Vec<HandoverRow>,
    /// Where older ones are.
    pub older: Option<String>,
}

/// A record in the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HandoverRow {
    /// Address.
    pub href: String,
    /// The shift and its day.
    pub title: String,
    /// Who was on it.
    pub outgoing: String,
    /// How far it is.
    pub state: Badge,
    /// Who handed over, and when.
    pub handed: Option<(String, Moment)>,
    /// Who took over, and when.
    pub taken: Option<(String, Moment)>,
    /// Whether a night's log belongs to it, and the supervisor has read it.
    pub log: Option<Badge>,
}

/// A record.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// Public id.
    pub id: String,
    /// Version for the stale check.
    pub version: String,
    /// The department's name.
    pub department: String,
    /// The shift and its day.
    pub title: String,
    /// From when until when.
    pub hours: String,
    /// How far it is.
    pub state: Badge,
    /// Who was on it.
    pub outgoing: String,
    /// Who comes on.
    pub incoming: String,
    /// Whether a night's log belongs to it.
    pub night: bool,
    /// What was written: heading and text; the empty ones too.
    pub remarks: Vec<(String, String)>,
    /// What is open.
    pub tickets: Vec<OpenLine>,
    /// 交班, 接班, and for a night 主管审阅: label, and who and when.
    pub signatures: Vec<(String, Option<(String, Moment)>)>,
}

/// A ticket on a record.
#[derive(Debug, Clone, Default)]
pub struct OpenLine {
    /// Public id.
    pub id: String,
    /// 工单编号
    pub number: String,
    /// One line.
    pub subject: String,
    /// The step that it waits at.
    pub step: String,
    /// 优先级
    pub priority: Option<Priority>,
    /// The earliest limit.
    pub due: Option<Due>,
    /// Whose it is on the outgoing side.
    pub from: String,
    /// The customer has a special need.
    pub flagged: bool,
    /// It stays with whoever has it.
    pub stays: bool,
    /// A remark.
    pub note: String,
    /// Who took it.
    pub to: Option<String>,
}

/// The page at `/duty/handovers/{id}`.
#[derive(Template, Debug, Clone)]
#[template(path = "duty/handover.html")]
pub struct HandoverPage {
    /// Surroundings.
    pub shell: Shell,
    /// The department.
    pub head: DutyHead,
    /// The record.
    pub record: Record,
    /// What is written; none for those who do not write on it.
    pub form: Option<FieldForm>,
    /// Whether the reader signs for the outgoing side with the form.
    pub hand: bool,
    /// Whether the reader signs for the incoming side.
    pub take: bool,
    /// Whether the reader marks the log as read.
    pub read: bool,
    /// What somebody else saved meanwhile.
    pub stale: Option<Stale>,
    /// Why it was not signed.
    pub error: Option<String>,
    /// Whether the page comes back with what was typed.
    pub kept: bool,
}

/// The record on paper.
#[derive(Template, Debug, Clone)]
#[template(path = "duty/handover_print.html")]
pub struct HandoverPrintPage {
    /// Surroundings.
    pub shell: Shell,
    /// The record.
    pub record: Record,
    /// When it was printed.
    pub printed: Moment,
}
