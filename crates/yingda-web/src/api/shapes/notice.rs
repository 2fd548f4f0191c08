//! Notices and escalations (升级与通知), and the telephone call that goes with giving away a 紧急 ticket.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use yingda_app::Directory;
use yingda_app::notices::triggers::Offered;
use yingda_app::notices::{PhoneNotice, Told};
use yingda_core::notice::{Chosen, Kind, PassedOver, Settled, Urgency};
use yingda_core::{NoticeId, PersonId, TicketId};

use crate::api::shapes::people::PersonRef;

/// A notice or an escalation, with its five facts: time, trigger, recipients, read, outcome.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NoticeShape {
    /// Its id.
    #[schema(value_type = String, example = "ntc_0c8x4m2p00400")]
    pub id: NoticeId,
    /// What it is: `warning`, `breach`, `level`, `trigger`, `urge`, `review`, `assignment`, `handover`, `swap`; others may come.
    #[schema(example = "level")]
    pub kind: String,
    /// Which level of the ladder, from 1; `null` for other kinds.
    pub level: Option<u32>,
    /// Id of the clock or trigger in the process file that set it off.
    #[schema(example = "response")]
    pub trigger: String,
    /// What the document calls it.
    pub label: String,
    /// The ticket that it is about; `null` for hand-overs and the like.
    #[schema(value_type = Option<String>, example = "tkt_0c8x4m2p00400")]
    pub ticket: Option<TicketId>,
    /// Public id of what it is about where that is no ticket; else empty.
    pub about: String,
    /// What was written along with it.
    pub note: String,
    /// The solution that was proposed.
    pub proposal: String,
    /// Whether it reached people off duty too.
    pub urgent: bool,
    /// When it was raised.
    pub at: Timestamp,
    /// Who raised it; `null` is the desk itself.
    pub raised_by: Option<PersonRef>,
    /// Whom it was brought before.
    pub recipients: Vec<RecipientShape>,
    /// The chain as it was tried, in order.
    pub tried: Vec<TriedShape>,
    /// Whether somebody still has to say what came of it.
    pub awaits_outcome: bool,
    /// What came of it.
    pub outcome: Option<OutcomeShape>,
}

/// Somebody whom a notice was brought before.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RecipientShape {
    /// Who.
    pub person: PersonRef,
    /// How they were chosen.
    #[schema(value_type = String, example = "first")]
    pub chosen: Chosen,
    /// When it is delivered: at once, or when their next duty begins.
    pub deliver: Timestamp,
    /// When they read it.
    pub read: Option<Timestamp>,
}

/// A place of the chain.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TriedShape {
    /// As process files write it.
    #[schema(example = "handler")]
    pub place: String,
    /// Who stood there; `null` where nobody does.
    pub person: Option<PersonRef>,
    /// Why they were passed over: `nobody`, `inactive`, `on_leave`, `off_duty`, `speaks`; `null` where they were told.
    #[schema(value_type = Option<String>, example = "on_leave")]
    pub passed: Option<PassedOver>,
}

/// What came of an escalation.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OutcomeShape {
    /// `said` by somebody, or settled because its clock `stopped` or its ticket `ended`.
    #[schema(value_type = String, example = "said")]
    pub how: Settled,
    /// The words.
    pub text: String,
    /// Who said so; `null` is the desk itself.
    pub by: Option<PersonRef>,
    /// When.
    pub at: Timestamp,
}

impl NoticeShape {
    pub(crate) fn of(told: &Told, names: &Directory) -> Self {
        let notice = &told.notice;
        let person = |id: PersonId| PersonRef::of(id, names);
        Self {
            id: notice.id,
            kind: notice.kind.as_str().to_owned(),
            level: if let Kind::Level(level) = notice.kind { Some(level) } else { None },
            trigger: notice.trigger.clone(),
            label: notice.label.clone(),
            ticket: notice.ticket,
            about: notice.about.clone(),
            note: notice.note.clone(),
            proposal: notice.proposal.clone(),
            urgent: notice.urgency == Urgency::Urgent,
            at: notice.at,
            raised_by: notice.by.map(person),
            recipients: told
                .deliveries
                .iter()
                .map(|d| RecipientShape {
                    person: person(d.person),
                    chosen: d.chosen,
                    deliver: d.deliver,
                    read: d.read,
                })
                .collect(),
            tried: notice
                .tried
                .iter()
                .map(|t| TriedShape { place: t.place.clone(), person: t.person.map(person), passed: t.passed })
                .collect(),
            awaits_outcome: notice.awaits_outcome(),
            outcome: notice.outcome.as_ref().map(|o| OutcomeShape {
                how: o.how,
                text: o.text.clone(),
                by: o.by.map(person),
                at: o.at,
            }),
        }
    }
}

/// Something that can be brought before those who lead.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TriggerShape {
    /// What to send as `trigger`.
    #[schema(example = "safety")]
    pub id: String,
    /// The document's words; empty for the desk's own trigger `report`.
    pub label: String,
    /// Whether a solution has to be proposed with it.
    pub proposal_required: bool,
}

impl From<Offered> for TriggerShape {
    fn from(offered: Offered) -> Self {
        Self { id: offered.id, label: offered.label, proposal_required: offered.proposal }
    }
}

/// A ticket is brought before those who lead (上报).
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEscalation {
    /// Which; see `GET /tickets/{id}/triggers`.
    #[schema(example = "safety")]
    pub trigger: String,
    /// What the matter is.
    pub note: String,
    /// The solution that is proposed; required where the trigger says so.
    #[serde(default)]
    pub proposal: String,
}

/// What came of an escalation.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOutcome {
    /// The words.
    pub outcome: String,
}

/// The telephone call to whoever gets an urgent ticket (紧急问题需同步电话通知处理人).
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PhoneCall {
    /// Who was telephoned; need not be said where a person gets the ticket.
    #[schema(value_type = Option<String>, example = "usr_0c8x4m2p00400")]
    pub person: Option<PersonId>,
    /// When; just now if not given.
    pub at: Option<Timestamp>,
    /// What was said.
    #[serde(default)]
    pub remark: String,
}

impl From<PhoneCall> for PhoneNotice {
    fn from(call: PhoneCall) -> Self {
        Self { person: call.person, at: call.at, remark: call.remark }
    }
}
