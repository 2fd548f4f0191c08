//! Hand-overs (交接班) and their tickets.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use yingda_app::Directory;
use yingda_app::duty::handovers::{HandoverDue, HandoverView};
use yingda_core::duty::handover::{Handover, HandoverState, HandoverTicket, Remarks};
use yingda_core::{HandoverId, PersonId, ShiftId, TicketId};

use crate::api::shapes::people::{DepartmentRef, PersonRef};
use crate::api::shapes::words::{PriorityWord, words};

words! {
    /// How far a hand-over is.
    HandoverWord of HandoverState { Draft, Handed, Taken }
}

/// What the outgoing side writes.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RemarksShape {
    /// 当天的工作重点
    pub key_points: String,
    /// 客户的特殊需求
    pub needs: String,
    /// 未处理的问题
    pub unfinished: String,
    /// The night's summary; needed before a night shift is handed over.
    pub summary: String,
    /// What was learnt.
    pub experiences: String,
    /// Problems for the supervisor.
    pub problems: String,
}

impl From<&Remarks> for RemarksShape {
    fn from(r: &Remarks) -> Self {
        let Remarks { key_points, needs, unfinished, summary, experiences, problems } = r.clone();
        Self { key_points, needs, unfinished, summary, experiences, problems }
    }
}

impl From<RemarksShape> for Remarks {
    fn from(r: RemarksShape) -> Self {
        let RemarksShape { key_points, needs, unfinished, summary, experiences, problems } = r;
        Self { key_points, needs, unfinished, summary, experiences, problems }
    }
}

/// A hand-over (交接班).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HandoverShape {
    /// Its id.
    #[schema(value_type = String, example = "hnd_0c8x4m2p00400")]
    pub id: HandoverId,
    /// Whose roster.
    pub department: DepartmentRef,
    /// The shift that ends.
    #[schema(value_type = String)]
    pub shift: ShiftId,
    /// The day on which it began.
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    /// When the shift ends.
    #[schema(value_type = String, format = DateTime)]
    pub ends: Timestamp,
    /// Whether a night's log belongs to it.
    pub night: bool,
    /// How far it is.
    pub state: HandoverWord,
    /// Who was on the shift.
    pub outgoing: Vec<PersonRef>,
    /// What they wrote.
    pub remarks: RemarksShape,
    /// Who signed for the outgoing side.
    pub handed_by: Option<PersonRef>,
    /// When.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub handed: Option<Timestamp>,
    /// Who signed for the incoming side.
    pub taken_by: Option<PersonRef>,
    /// When.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub taken: Option<Timestamp>,
    /// The supervisor who read the night's log.
    pub read_by: Option<PersonRef>,
    /// When.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub read: Option<Timestamp>,
    /// Grows with every change; edits and signatures name the version that they saw.
    pub version: i64,
}

impl HandoverShape {
    pub(crate) fn of(h: &Handover, names: &Directory) -> Self {
        let who = |person: Option<PersonId>| person.map(|person| PersonRef::of(person, names));
        Self {
            id: h.id,
            department: DepartmentRef::of(h.department, names),
            shift: h.shift,
            day: h.day,
            ends: h.span.to,
            night: h.night,
            state: h.state.into(),
            outgoing: h.outgoing.iter().map(|person| PersonRef::of(*person, names)).collect(),
            remarks: RemarksShape::from(&h.remarks),
            handed_by: who(h.handed_by),
            handed: h.handed,
            taken_by: who(h.taken_by),
            taken: h.taken,
            read_by: who(h.read_by),
            read: h.read,
            version: h.version,
        }
    }
}

/// A ticket on a hand-over.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HandoverTicketShape {
    /// The ticket.
    #[schema(value_type = String, example = "tkt_0c8x4m2p00400")]
    pub ticket: TicketId,
    /// 工单编号
    pub number: String,
    /// One line.
    pub subject: String,
    /// The step that it waits at.
    pub step: String,
    /// 优先级
    pub priority: PriorityWord,
    /// The earliest limit that runs.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub due: Option<Timestamp>,
    /// Whose it is on the outgoing side.
    pub from: PersonRef,
    /// The customer has a special need.
    pub flagged: bool,
    /// It stays with whoever has it.
    pub stays: bool,
    /// A remark.
    pub note: String,
    /// Who took it.
    pub to: Option<PersonRef>,
}

impl HandoverTicketShape {
    fn of(one: &HandoverTicket, names: &Directory) -> Self {
        Self {
            ticket: one.ticket,
            number: one.number.clone(),
            subject: one.subject.clone(),
            step: one.step.clone(),
            priority: one.priority.into(),
            due: one.due,
            from: PersonRef::of(one.from, names),
            flagged: one.flagged,
            stays: one.stays,
            note: one.note.clone(),
            to: one.to.map(|person| PersonRef::of(person, names)),
        }
    }
}

/// A hand-over with its tickets.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HandoverDetail {
    /// The record.
    #[serde(flatten)]
    pub handover: HandoverShape,
    /// Its tickets, what is due first comes first: as they are while it is a draft, as they were once it is signed.
    pub tickets: Vec<HandoverTicketShape>,
    /// Who comes on; empty where nobody is rostered.
    pub incoming: Vec<PersonRef>,
}

impl HandoverDetail {
    pub(crate) fn of(view: &HandoverView, names: &Directory) -> Self {
        Self {
            handover: HandoverShape::of(&view.handover, names),
            tickets: view.tickets.iter().map(|one| HandoverTicketShape::of(one, names)).collect(),
            incoming: view.incoming.iter().map(|person| PersonRef::of(*person, names)).collect(),
        }
    }
}

/// A shift that is not handed over.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HandoverDueShape {
    /// The shift.
    #[schema(value_type = String)]
    pub shift: ShiftId,
    /// The day on which it began.
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    /// When it ends.
    #[schema(value_type = String, format = DateTime)]
    pub ends: Timestamp,
    /// Whether a night's log is due with it.
    pub night: bool,
    /// The record, where it is drawn up.
    #[schema(value_type = Option<String>)]
    pub handover: Option<HandoverId>,
}

impl From<&HandoverDue> for HandoverDueShape {
    fn from(due: &HandoverDue) -> Self {
        Self { shift: due.shift, day: due.day, ends: due.ends, night: due.night, handover: due.handover }
    }
}
