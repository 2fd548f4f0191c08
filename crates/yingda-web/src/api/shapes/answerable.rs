//! Overdue statements (超时说明), requests for more time (延期申请), urging (催单), offers of a first receiver's place.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use yingda_app::Directory;
use yingda_app::answerable::lists::{Mine, Overdue, TicketAnswers};
use yingda_app::answerable::owner::Offered;
use yingda_core::answerable::{
    Extension, ExtensionKind, ExtensionState, Offer, OfferState, Statement, StatementState, StatementVersion, Urge,
    UrgeSource, Verdict,
};
use yingda_core::{ClockId, ExtensionId, OfferId, PersonId, StatementId, TicketId, UrgeId};

use crate::api::shapes::people::{DepartmentRef, PersonRef};

/// An overdue statement.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StatementShape {
    /// Its id.
    #[schema(value_type = String, example = "ovs_0c8x4m2p00400")]
    pub id: StatementId,
    /// Its ticket.
    #[schema(value_type = String, example = "tkt_0c8x4m2p00400")]
    pub ticket: TicketId,
    /// The clock that it is about.
    #[schema(value_type = String, example = "clk_0c8x4m2p00400")]
    pub clock: ClockId,
    /// What the limit is called.
    pub label: String,
    /// The limit that was missed.
    pub breached: Timestamp,
    /// `due`, `submitted`, `returned`, `accepted`, `exempted`, `lapsed`.
    #[schema(value_type = String, example = "submitted")]
    pub state: StatementState,
    /// Who answered for the clock.
    pub person: Option<PersonRef>,
    /// Which department did.
    pub department: Option<DepartmentRef>,
    /// `department`, `customer-information`, `parts`, `staffing`, `oversight`, `system`, `other`; empty while nobody has written.
    #[schema(example = "parts")]
    pub cause: String,
    /// Why it was missed.
    pub account: String,
    /// What will be done about it.
    pub improvement: String,
    /// Who wrote it last.
    pub written_by: Option<PersonRef>,
    /// When.
    pub written: Option<Timestamp>,
    /// What the lead said.
    pub note: String,
    /// Who reviewed it.
    pub reviewed_by: Option<PersonRef>,
    /// When.
    pub reviewed: Option<Timestamp>,
    /// Send it back with what changes the statement.
    pub version: i64,
}

impl StatementShape {
    pub(crate) fn of(s: &Statement, names: &Directory) -> Self {
        let person = |id: Option<PersonId>| id.map(|id| PersonRef::of(id, names));
        Self {
            id: s.id,
            ticket: s.ticket,
            clock: s.clock,
            label: s.label.clone(),
            breached: s.breached,
            state: s.state,
            person: person(s.person),
            department: s.department.map(|id| DepartmentRef::of(id, names)),
            cause: s.cause.clone(),
            account: s.account.clone(),
            improvement: s.improvement.clone(),
            written_by: person(s.written_by),
            written: s.written,
            note: s.note.clone(),
            reviewed_by: person(s.reviewed_by),
            reviewed: s.reviewed,
            version: s.version,
        }
    }
}

/// A statement with every version of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StatementDetail {
    /// The statement.
    #[serde(flatten)]
    pub statement: StatementShape,
    /// As it was submitted, oldest first.
    pub versions: Vec<VersionShape>,
}

/// A statement as it was submitted once.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct VersionShape {
    /// 1 for the first.
    pub round: i64,
    /// Why, as a word.
    pub cause: String,
    /// Why it was missed.
    pub account: String,
    /// What will be done about it.
    pub improvement: String,
    /// Who wrote it.
    pub by: PersonRef,
    /// When.
    pub at: Timestamp,
    /// `accepted`, `exempted` or `returned`; `null` while nobody has said.
    #[schema(value_type = Option<String>, example = "returned")]
    pub verdict: Option<Verdict>,
    /// What the lead said.
    pub note: String,
    /// Who reviewed it.
    pub reviewed_by: Option<PersonRef>,
}

impl VersionShape {
    pub(crate) fn of(v: &StatementVersion, names: &Directory) -> Self {
        Self {
            round: v.round,
            cause: v.cause.clone(),
            account: v.account.clone(),
            improvement: v.improvement.clone(),
            by: PersonRef::of(v.by, names),
            at: v.at,
            verdict: v.verdict,
            note: v.note.clone(),
            reviewed_by: v.reviewed_by.map(|id| PersonRef::of(id, names)),
        }
    }
}

/// A missed limit of a ticket.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OverdueShape {
    /// Its clock.
    #[schema(value_type = String, example = "clk_0c8x4m2p00400")]
    pub clock: ClockId,
    /// What it is called.
    pub label: String,
    /// The limit that was missed.
    pub breached: Timestamp,
    /// The statement; `null` where the limit is over and nobody has noticed yet.
    pub statement: Option<StatementShape>,
    /// Whether this token's person may write it now.
    pub may_write: bool,
}

/// A request for more time.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ExtensionShape {
    /// Its id.
    #[schema(value_type = String, example = "ext_0c8x4m2p00400")]
    pub id: ExtensionId,
    /// Its ticket.
    #[schema(value_type = String, example = "tkt_0c8x4m2p00400")]
    pub ticket: TicketId,
    /// The clock.
    #[schema(value_type = String, example = "clk_0c8x4m2p00400")]
    pub clock: ClockId,
    /// What the limit is called.
    pub label: String,
    /// `normal`, or `remote` for a remote area.
    #[schema(value_type = String, example = "normal")]
    pub kind: ExtensionKind,
    /// How much.
    pub amount: i64,
    /// Of what: `working_hours`, `days` …
    #[schema(example = "working_hours")]
    pub unit: String,
    /// Why.
    pub reason: String,
    /// Who asks.
    pub by: PersonRef,
    /// When.
    pub at: Timestamp,
    /// When the clock was due when it was asked.
    pub due: Option<Timestamp>,
    /// `open`, `granted`, `refused`, `withdrawn`, `lapsed`.
    #[schema(value_type = String, example = "open")]
    pub state: ExtensionState,
    /// How much was granted, in the same unit.
    pub granted: Option<i64>,
    /// What the lead said.
    pub note: String,
    /// Who decided.
    pub decided_by: Option<PersonRef>,
    /// When the clock is due with it.
    pub due_after: Option<Timestamp>,
    /// Send it back with the decision.
    pub version: i64,
}

impl ExtensionShape {
    pub(crate) fn of(e: &Extension, names: &Directory) -> Self {
        Self {
            id: e.id,
            ticket: e.ticket,
            clock: e.clock,
            label: e.label.clone(),
            kind: e.kind,
            amount: e.amount,
            unit: e.unit.clone(),
            reason: e.reason.clone(),
            by: PersonRef::of(e.by, names),
            at: e.at,
            due: e.due,
            state: e.state,
            granted: e.granted,
            note: e.note.clone(),
            decided_by: e.decided_by.map(|id| PersonRef::of(id, names)),
            due_after: e.due_after,
            version: e.version,
        }
    }
}

/// One urging.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UrgeShape {
    /// Its id.
    #[schema(value_type = String, example = "urg_0c8x4m2p00400")]
    pub id: UrgeId,
    /// `customer` or `colleague`.
    #[schema(value_type = String, example = "customer")]
    pub source: UrgeSource,
    /// How the customer did; empty for a colleague.
    pub channel: String,
    /// In whose words.
    pub words: String,
    /// Who wrote it down.
    pub by: PersonRef,
    /// When.
    pub at: Timestamp,
}

impl UrgeShape {
    fn of(u: &Urge, names: &Directory) -> Self {
        Self {
            id: u.id,
            source: u.source,
            channel: u.channel.clone(),
            words: u.words.clone(),
            by: PersonRef::of(u.by, names),
            at: u.at,
        }
    }
}

/// An offer of a first receiver's place.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OfferShape {
    /// Its id.
    #[schema(value_type = String, example = "ofr_0c8x4m2p00400")]
    pub id: OfferId,
    /// The ticket.
    #[schema(value_type = String, example = "tkt_0c8x4m2p00400")]
    pub ticket: TicketId,
    /// Who is the first receiver.
    pub from: PersonRef,
    /// Who shall be.
    pub to: PersonRef,
    /// Who offers.
    pub by: PersonRef,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// `open`, `accepted`, `declined`, `withdrawn`, `lapsed`.
    #[schema(value_type = String, example = "open")]
    pub state: OfferState,
    /// What was said to it.
    pub note: String,
}

impl OfferShape {
    pub(crate) fn of(o: &Offer, names: &Directory) -> Self {
        let person = |id| PersonRef::of(id, names);
        Self {
            id: o.id,
            ticket: o.ticket,
            from: person(o.from),
            to: person(o.to),
            by: person(o.by),
            reason: o.reason.clone(),
            at: o.at,
            state: o.state,
            note: o.note.clone(),
        }
    }
}

/// Who answers for a ticket's limits.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TicketAnswersShape {
    /// Missed limits, oldest first.
    pub overdue: Vec<OverdueShape>,
    /// Requests for more time, oldest first.
    pub extensions: Vec<ExtensionShape>,
    /// The latest urgings, newest first.
    pub urges: Vec<UrgeShape>,
    /// How often the ticket was urged.
    pub urged: i64,
    /// The open offer of the first receiver's place.
    pub offer: Option<OfferShape>,
}

impl TicketAnswersShape {
    pub(crate) fn of(all: &TicketAnswers, names: &Directory) -> Self {
        let overdue = |one: &Overdue| OverdueShape {
            clock: one.clock,
            label: one.label.clone(),
            breached: one.breached,
            statement: one.statement.as_ref().map(|s| StatementShape::of(s, names)),
            may_write: one.may_write,
        };
        Self {
            overdue: all.overdue.iter().map(overdue).collect(),
            extensions: all.extensions.iter().map(|line| ExtensionShape::of(&line.asked, names)).collect(),
            urges: all.urges.iter().map(|urge| UrgeShape::of(urge, names)).collect(),
            urged: all.urge_count,
            offer: all.offer.as_ref().map(|line| OfferShape::of(&line.offer, names)),
        }
    }
}

/// What waits for this token's person, and what they asked for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MyAnswers {
    /// Statements that they have to write, or may for their department.
    pub to_write: Vec<StatementShape>,
    /// Their requests for more time, newest first.
    pub extensions: Vec<ExtensionShape>,
    /// Offers that they have to answer.
    pub offered: Vec<OfferShape>,
    /// Offers that others have to answer them.
    pub offers: Vec<OfferShape>,
}

impl MyAnswers {
    pub(crate) fn of(mine: &Mine, names: &Directory) -> Self {
        Self {
            to_write: mine.to_write.iter().map(|line| StatementShape::of(&line.statement, names)).collect(),
            extensions: mine.extensions.iter().map(|line| ExtensionShape::of(&line.asked, names)).collect(),
            offered: mine.offered.iter().map(|line| OfferShape::of(&line.offer, names)).collect(),
            offers: mine.offers.iter().map(|line| OfferShape::of(&line.offer, names)).collect(),
        }
    }
}

/// One ticket of several that were offered.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OfferedShape {
    /// The ticket.
    #[schema(value_type = String, example = "tkt_0c8x4m2p00400")]
    pub ticket: TicketId,
    /// Its number.
    pub number: String,
    /// The offer; `null` where it was refused.
    #[schema(value_type = Option<String>, example = "ofr_0c8x4m2p00400")]
    pub offer: Option<OfferId>,
    /// The code of the refusal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

impl OfferedShape {
    pub(crate) fn of(one: &Offered) -> Self {
        Self {
            ticket: one.ticket,
            number: one.number.clone(),
            offer: one.result.as_ref().ok().copied(),
            refused: one.result.as_ref().err().map(|refusal| refusal.code().to_owned()),
        }
    }
}

/// Why a limit was missed, and what will be different.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewStatement {
    /// One of the words that a statement's `cause` can have.
    #[schema(example = "parts")]
    pub cause: String,
    /// Why it was missed.
    pub account: String,
    /// What will be done about it.
    pub improvement: String,
    /// The statement's `version`, where it was read before.
    pub version: Option<i64>,
}

/// What a lead says about a statement.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReview {
    /// `accepted`, `exempted` or `returned`.
    #[schema(value_type = String, example = "accepted")]
    pub verdict: Verdict,
    /// Why; needed for everything but acceptance.
    #[serde(default)]
    pub note: String,
    /// The statement's `version`.
    pub version: Option<i64>,
}

/// More time is asked for.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewExtension {
    /// The clock.
    #[schema(value_type = String, example = "clk_0c8x4m2p00400")]
    pub clock: ClockId,
    /// `normal` if not given; `remote` for a remote area, where the document has it.
    #[schema(value_type = Option<String>, example = "normal")]
    pub kind: Option<ExtensionKind>,
    /// How much.
    #[schema(example = 2)]
    pub amount: i64,
    /// Of what: `working_minutes`, `working_hours`, `working_days`, `minutes`, `hours`, `days`, `weeks`, `months`.
    #[schema(example = "working_hours")]
    pub unit: String,
    /// Why.
    pub reason: String,
}

/// What a lead says to a request for more time.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDecision {
    /// Whether it is granted.
    pub granted: bool,
    /// How much; all that was asked for if not given.
    pub amount: Option<i64>,
    /// Why; needed to refuse.
    #[serde(default)]
    pub note: String,
    /// The request's `version`.
    pub version: Option<i64>,
}

/// Somebody urges.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUrge {
    /// `customer` or `colleague`.
    #[schema(value_type = String, example = "customer")]
    pub source: UrgeSource,
    /// How the customer did.
    #[serde(default)]
    #[schema(example = "phone")]
    pub channel: String,
    /// In whose words.
    #[serde(default)]
    pub words: String,
}

/// How often a ticket was urged.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Urged {
    /// By now.
    pub urged: i64,
}

/// A first receiver's place is offered.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOffer {
    /// To whom.
    #[schema(value_type = String, example = "usr_0c8x4m2p00400")]
    pub to: PersonId,
    /// Why.
    pub reason: String,
}

/// All of somebody's running tickets are offered.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOffers {
    /// Whose; one's own if not given.
    #[schema(value_type = Option<String>, example = "usr_0c8x4m2p00400")]
    pub from: Option<PersonId>,
    /// To whom.
    #[schema(value_type = String, example = "usr_0c8x4m2p00400")]
    pub to: PersonId,
    /// Why.
    pub reason: String,
}

/// What the other says to an offer.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAnswerToOffer {
    /// Whether they take over.
    pub accepted: bool,
    /// Why; needed to decline.
    #[serde(default)]
    pub note: String,
}
