//! Who answers for a limit: the overdue statement (超时说明), the extension request (延期申请), urging (催单), and the offer to
//! take a first receiver's place (首接负责交接).
//!
//! The one thing to know: a statement belongs to one breach of one clock; a breach that is taken back leaves nothing to explain.
//! What a granted extension does to a due time is not here, and neither is who is told.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::access::TicketFacts;
use crate::id::{ClockId, DepartmentId, ExtensionId, OfferId, PersonId, StatementId, TicketId, UrgeId};
use crate::people::{Actor, Role};
use crate::refusal::Refusal;

/// Makes a word list of a closed set: the stored word, and its reading.
macro_rules! words {
    ($name:ident { $($variant:ident = $word:literal),* $(,)? }) => {
        impl $name {
            /// All of them, in the order in which lists show them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The stored word.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// The one of a stored word.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == text)
            }
        }
    };
}

/// Why a limit was missed, in the desk's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Cause {
    /// The stored word; its sentence is `cause-ID` of the language files.
    pub id: &'static str,
    /// Where the word comes from: `default`, because S03 wants 「明确原因」 and names no causes.
    pub origin: &'static str,
}

/// The causes, in the order in which forms offer them.
pub const CAUSES: [Cause; 7] = [
    Cause { id: "department", origin: "default" },
    Cause { id: "customer-information", origin: "default" },
    Cause { id: "parts", origin: "default" },
    Cause { id: "staffing", origin: "default" },
    Cause { id: "oversight", origin: "default" },
    Cause { id: "system", origin: "default" },
    Cause { id: "other", origin: "default" },
];

/// Where a statement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StatementState {
    /// Nobody has written it yet.
    Due,
    /// Waits for a lead.
    Submitted,
    /// A lead wants it written again.
    Returned,
    /// The explanation holds.
    Accepted,
    /// The breach counts for nobody.
    Exempted,
    /// The breach was taken back, so there is nothing to explain.
    Lapsed,
}

words! { StatementState {
    Due = "due", Submitted = "submitted", Returned = "returned", Accepted = "accepted", Exempted = "exempted", Lapsed = "lapsed",
} }

impl StatementState {
    /// Whether somebody has to write.
    #[must_use]
    pub fn awaits_writer(self) -> bool {
        matches!(self, Self::Due | Self::Returned)
    }

    /// Whether the ticket may be closed as far as this breach is concerned.
    #[must_use]
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Accepted | Self::Exempted | Self::Lapsed)
    }
}

/// An overdue statement (S03: 「超时工单需提交《超时说明》,明确原因及改进措施」).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Statement {
    pub id: StatementId,
    pub ticket: TicketId,
    pub clock: ClockId,
    /// Which of the clock's breaches.
    pub chain: i64,
    /// What the limit is called.
    pub label: String,
    /// The limit that was missed.
    pub breached: Timestamp,
    /// Who answered for the clock when it was missed.
    pub person: Option<PersonId>,
    pub department: Option<DepartmentId>,
    pub state: StatementState,
    /// One of [`CAUSES`]; empty while nobody has written.
    pub cause: String,
    /// 原因说明
    pub account: String,
    /// 改进措施
    pub improvement: String,
    pub written_by: Option<PersonId>,
    pub written: Option<Timestamp>,
    /// What the lead said about it.
    pub note: String,
    pub reviewed_by: Option<PersonId>,
    pub reviewed: Option<Timestamp>,
    /// How often it was submitted.
    pub rounds: i64,
    /// Grows with every change.
    pub version: i64,
}

/// A statement as it was submitted once, with what was said about that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatementVersion {
    pub statement: StatementId,
    /// 1 for the first.
    pub round: i64,
    pub cause: String,
    pub account: String,
    pub improvement: String,
    pub by: PersonId,
    pub at: Timestamp,
    pub verdict: Option<Verdict>,
    pub note: String,
    pub reviewed_by: Option<PersonId>,
    pub reviewed: Option<Timestamp>,
}

/// What a lead says about a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    Accepted,
    Exempted,
    Returned,
}

words! { Verdict { Accepted = "accepted", Exempted = "exempted", Returned = "returned" } }

impl Verdict {
    /// The state that it brings.
    #[must_use]
    pub fn state(self) -> StatementState {
        match self {
            Self::Accepted => StatementState::Accepted,
            Self::Exempted => StatementState::Exempted,
            Self::Returned => StatementState::Returned,
        }
    }

    /// Whether it needs words.
    #[must_use]
    pub fn needs_note(self) -> bool {
        self != Self::Accepted
    }
}

impl Statement {
    /// May it be written now?
    ///
    /// # Errors
    /// [`Refusal::StatementSettled`] where it waits for a lead or is settled.
    pub fn may_write(&self) -> Result<(), Refusal> {
        if self.state.awaits_writer() { Ok(()) } else { Err(Refusal::StatementSettled) }
    }

    /// May a lead say this about it now? To exempt needs no statement; everything else does.
    ///
    /// # Errors
    /// [`Refusal::StatementSettled`].
    pub fn may_review(&self, verdict: Verdict) -> Result<(), Refusal> {
        let open = match verdict {
            Verdict::Exempted => !self.state.is_settled(),
            Verdict::Accepted | Verdict::Returned => self.state == StatementState::Submitted,
        };
        if open { Ok(()) } else { Err(Refusal::StatementSettled) }
    }

    /// What decisions about it depend on.
    #[must_use]
    pub fn facts<'a>(&self, ticket: TicketFacts<'a>) -> AnswerFacts<'a> {
        AnswerFacts { ticket, person: self.person, department: self.department, by: self.written_by }
    }
}

/// What a decision about somebody's answering for a limit depends on.
#[derive(Debug, Clone, Copy)]
pub struct AnswerFacts<'a> {
    pub ticket: TicketFacts<'a>,
    /// Who answers for the clock.
    pub person: Option<PersonId>,
    pub department: Option<DepartmentId>,
    /// Who wrote the statement, or asked for the extension.
    pub by: Option<PersonId>,
}

impl AnswerFacts<'_> {
    /// Whether the actor answers for the limit: the person, somebody of the department that answers, or the first receiver. Where
    /// nobody of the desk is named, anybody there does.
    #[must_use]
    pub fn answers(&self, actor: &Actor) -> bool {
        let of_department = actor.roles.has(Role::Member)
            || actor.roles.has(Role::Head)
            || (self.person.is_none() && actor.roles.at_desk());
        self.person == Some(actor.person)
            || self.ticket.owner == actor.person
            || (self.department == Some(actor.department) && of_department)
    }

    /// Whether it is the actor's own to explain, so that somebody else has to review it.
    #[must_use]
    pub fn is_own(&self, actor: &Actor) -> bool {
        self.by == Some(actor.person)
            || self.person == Some(actor.person)
            || (self.person.is_none() && self.ticket.owner == actor.person)
    }
}

/// Why more time is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ExtensionKind {
    Normal,
    /// 偏远地区: only for limits that the document lets be extended for it.
    Remote,
}

words! { ExtensionKind { Normal = "normal", Remote = "remote" } }

/// Where an extension request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ExtensionState {
    /// Waits for a lead.
    Open,
    Granted,
    Refused,
    /// Taken back by whoever asked.
    Withdrawn,
    /// The ticket ended first.
    Lapsed,
}

words! { ExtensionState {
    Open = "open", Granted = "granted", Refused = "refused", Withdrawn = "withdrawn", Lapsed = "lapsed",
} }

/// A request for more time, made before the limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Extension {
    pub id: ExtensionId,
    pub ticket: TicketId,
    pub clock: ClockId,
    /// What the limit is called.
    pub label: String,
    pub kind: ExtensionKind,
    pub amount: i64,
    /// A unit of limits: `working_hours`, `days` …
    pub unit: String,
    pub reason: String,
    pub by: PersonId,
    pub at: Timestamp,
    /// When the clock was due when it was asked; `None` while it stood still.
    pub due: Option<Timestamp>,
    pub state: ExtensionState,
    /// How much was granted, in the same unit.
    pub granted: Option<i64>,
    pub note: String,
    pub decided_by: Option<PersonId>,
    pub decided: Option<Timestamp>,
    /// When the clock is due with it.
    pub due_after: Option<Timestamp>,
    pub version: i64,
}

impl Extension {
    /// May it be decided or taken back now?
    ///
    /// # Errors
    /// [`Refusal::ExtensionSettled`].
    pub fn may_settle(&self) -> Result<(), Refusal> {
        if self.state == ExtensionState::Open { Ok(()) } else { Err(Refusal::ExtensionSettled) }
    }
}

/// Who urges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UrgeSource {
    /// The customer, as somebody of the house wrote it down.
    Customer,
    Colleague,
}

words! { UrgeSource { Customer = "customer", Colleague = "colleague" } }

/// Minutes in which somebody urges a ticket once: a bell that rings without end is not heard.
pub const URGE_MINUTES: i64 = 10;

/// One urging.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Urge {
    pub id: UrgeId,
    pub ticket: TicketId,
    pub source: UrgeSource,
    /// How the customer did; empty for a colleague.
    pub channel: String,
    /// In whose words it was put.
    pub words: String,
    /// Who wrote it down.
    pub by: PersonId,
    pub at: Timestamp,
}

/// Where an offer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OfferState {
    Open,
    Accepted,
    Declined,
    Withdrawn,
    /// The ticket ended first.
    Lapsed,
}

words! { OfferState {
    Open = "open", Accepted = "accepted", Declined = "declined", Withdrawn = "withdrawn", Lapsed = "lapsed",
} }

/// An offer to become a ticket's first receiver: the only way in which that ever changes (J18).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Offer {
    pub id: OfferId,
    pub ticket: TicketId,
    /// Who is the first receiver now.
    pub from: PersonId,
    /// Who shall be.
    pub to: PersonId,
    /// Who offers: the first receiver, or a lead for them.
    pub by: PersonId,
    pub reason: String,
    pub at: Timestamp,
    pub state: OfferState,
    /// What was said to it.
    pub note: String,
    pub answered: Option<Timestamp>,
    pub version: i64,
}

impl Offer {
    /// May it be answered or taken back now?
    ///
    /// # Errors
    /// [`Refusal::OfferSettled`].
    pub fn may_settle(&self) -> Result<(), Refusal> {
        if self.state == OfferState::Open { Ok(()) } else { Err(Refusal::OfferSettled) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(state: StatementState) -> Statement {
        Statement {
            id: StatementId(1),
            ticket: TicketId(2),
            clock: ClockId(3),
            chain: 1,
            label: String::new(),
            breached: Timestamp::UNIX_EPOCH,
            person: Some(PersonId(5)),
            department: Some(DepartmentId(20)),
            state,
            cause: String::new(),
            account: String::new(),
            improvement: String::new(),
            written_by: None,
            written: None,
            note: String::new(),
            reviewed_by: None,
            reviewed: None,
            rounds: 0,
            version: 1,
        }
    }

    #[test]
    fn what_may_be_done_follows_from_where_it_stands() {
        use StatementState::{Accepted, Due, Exempted, Lapsed, Returned, Submitted};
        for (state, write, accept, exempt, settled) in [
            (Due, true, false, true, false),
            (Submitted, false, true, true, false),
            (Returned, true, false, true, false),
            (Accepted, false, false, false, true),
            (Exempted, false, false, false, true),
            (Lapsed, false, false, false, true),
        ] {
            let it = statement(state);
            assert_eq!(it.may_write().is_ok(), write, "{state:?}");
            assert_eq!(it.may_review(Verdict::Accepted).is_ok(), accept, "{state:?}");
            assert_eq!(it.may_review(Verdict::Returned).is_ok(), accept, "{state:?}");
            assert_eq!(it.may_review(Verdict::Exempted).is_ok(), exempt, "{state:?}");
            assert_eq!(state.is_settled(), settled, "{state:?}");
        }
    }

    #[test]
    fn every_word_is_read_back() {
        assert!(StatementState::ALL.iter().all(|one| StatementState::parse(one.as_str()) == Some(*one)));
        assert!(ExtensionState::ALL.iter().all(|one| ExtensionState::parse(one.as_str()) == Some(*one)));
        assert!(OfferState::ALL.iter().all(|one| OfferState::parse(one.as_str()) == Some(*one)));
        assert_eq!((Verdict::parse("kept"), UrgeSource::parse("")), (None, None));
    }
}
