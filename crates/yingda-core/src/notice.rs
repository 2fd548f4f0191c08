//! A notice: something that named people are told about a ticket, because a limit runs short or somebody says so.
//!
//! The one thing to know: what happened ([`Notice`]) and whom it was brought before ([`Delivery`]) are two things, because one
//! escalation may have several recipients. An escalation has five facts: time, trigger, recipient, read, outcome. How the
//! recipients are chosen is deliberately not here: it needs to know who is on duty.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::{NoticeId, PersonId, TicketId};

/// What a notice is. An open list of words: others may come with other parts of the desk.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A limit runs short.
    Warning,
    /// A limit is reached.
    Breach,
    /// So many levels of the ladder have been climbed since, from 1.
    Level(u32),
    /// A trigger of the procedure, or a person's own 上报.
    Trigger,
    /// 催单
    Urge,
    /// Something waits for a lead's review.
    Review,
    /// Somebody was given a ticket.
    Assignment,
    /// 交接
    Handover,
    /// 换班
    Swap,
    /// Any other word.
    Other(String),
}

impl Kind {
    /// The words, as lists offer them.
    pub const WORDS: [&'static str; 9] =
        ["warning", "breach", "level", "trigger", "urge", "review", "assignment", "handover", "swap"];

    /// The stored word, without the level's number.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Warning => "warning",
            Self::Breach => "breach",
            Self::Level(_) => "level",
            Self::Trigger => "trigger",
            Self::Urge => "urge",
            Self::Review => "review",
            Self::Assignment => "assignment",
            Self::Handover => "handover",
            Self::Swap => "swap",
            Self::Other(word) => word,
        }
    }

    /// The kind of a stored word and level.
    #[must_use]
    pub fn read(word: &str, level: i64) -> Self {
        match word {
            "warning" => Self::Warning,
            "breach" => Self::Breach,
            "level" => Self::Level(u32::try_from(level).unwrap_or_default()),
            "trigger" => Self::Trigger,
            "urge" => Self::Urge,
            "review" => Self::Review,
            "assignment" => Self::Assignment,
            "handover" => Self::Handover,
            "swap" => Self::Swap,
            other => Self::Other(other.to_owned()),
        }
    }

    /// The level's number; 0 for what is no level.
    #[must_use]
    pub fn level(&self) -> i64 {
        if let Self::Level(level) = self { i64::from(*level) } else { 0 }
    }

    /// Whether somebody has to say what came of it: so it is with escalations, not with mere news.
    #[must_use]
    pub fn wants_outcome(&self) -> bool {
        matches!(self, Self::Breach | Self::Level(_) | Self::Trigger)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Level(level) => write!(f, "level.{level}"),
            other => f.write_str(other.as_str()),
        }
    }
}

/// Whether a notice waits for its reader's next duty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Urgency {
    /// Somebody off duty is told when their next duty begins.
    #[default]
    Normal,
    /// At once, whatever the hour.
    Urgent,
}

/// Why somebody of a chain was passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PassedOver {
    /// There is nobody in that place.
    Nobody,
    /// They no longer work here.
    Inactive,
    OnLeave,
    /// Not on duty, while it cannot wait and somebody later in the chain is.
    OffDuty,
    /// It is they who raise it.
    Speaks,
}

/// A place of the chain that was tried, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// The word of the place, as process files write it: `handler`, `head.engineering`.
    pub place: String,
    /// Who stood there; `None` where nobody does.
    pub person: Option<PersonId>,
    /// Why they were passed over; `None` where they were told.
    pub passed: Option<PassedOver>,
}

/// How a recipient was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chosen {
    /// The first of the chain who is there.
    First,
    /// Nobody of the chain is there, so its last one gets it all the same.
    Last,
    /// Told in any case.
    Also,
    /// The chain names nobody at all, so the desk's leads get it.
    Leads,
    /// Named by whoever gave the notice.
    Named,
}

impl Chosen {
    /// All, for reading.
    pub const ALL: [Self; 5] = [Self::First, Self::Last, Self::Also, Self::Leads, Self::Named];

    /// The stored word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Last => "last",
            Self::Also => "also",
            Self::Leads => "leads",
            Self::Named => "named",
        }
    }

    /// The way of a stored word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.as_str() == text)
    }
}

/// How the outcome came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settled {
    /// Somebody wrote it.
    Said,
    /// The clock that it was about was stopped.
    Stopped,
    /// The ticket came to its end.
    Ended,
}

impl Settled {
    /// All, for reading.
    pub const ALL: [Self; 3] = [Self::Said, Self::Stopped, Self::Ended];

    /// The stored word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Said => "said",
            Self::Stopped => "stopped",
            Self::Ended => "ended",
        }
    }

    /// The way of a stored word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.as_str() == text)
    }
}

/// What came of an escalation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    pub how: Settled,
    /// What was written; the ticket's own outcome where the end settled it.
    pub text: String,
    /// Who wrote it; `None`: the desk itself.
    pub by: Option<PersonId>,
    pub at: Timestamp,
}

/// A notice as stored: what happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub id: NoticeId,
    /// Raised once under this key, however often it is asked for.
    pub key: String,
    /// The ticket that it is about; hand-overs and the like have none.
    pub ticket: Option<TicketId>,
    /// The clock that it is about.
    pub clock: Option<i64>,
    pub kind: Kind,
    /// Id of the clock's rule, of the procedure's trigger, or of whatever else set it off.
    pub trigger: String,
    /// What the document calls it.
    pub label: String,
    /// What it is about where that is no ticket: a public id.
    pub about: String,
    /// What was written along with it.
    pub note: String,
    /// The solution that was proposed.
    pub proposal: String,
    pub urgency: Urgency,
    pub at: Timestamp,
    /// Who raised it; `None`: the desk itself.
    pub by: Option<PersonId>,
    /// The chain, place by place.
    pub tried: Vec<Tried>,
    pub outcome: Option<Outcome>,
    /// Grows with every change.
    pub version: i64,
}

impl Notice {
    /// Whether somebody still has to say what came of it.
    #[must_use]
    pub fn awaits_outcome(&self) -> bool {
        self.kind.wants_outcome() && self.outcome.is_none()
    }
}

/// A notice on its way to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub notice: NoticeId,
    pub person: PersonId,
    pub chosen: Chosen,
    /// Not shown to them before; `at` of the notice, or the beginning of their next duty.
    pub deliver: Timestamp,
    /// When it went out to them; `None`: waits for `deliver`.
    pub sent: Option<Timestamp>,
    pub read: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_as_its_kind_and_any_other_stays_itself() {
        for word in Kind::WORDS {
            let kind = Kind::read(word, 2);
            assert_eq!(kind.as_str(), word);
            assert!(!matches!(kind, Kind::Other(_)));
        }
        assert_eq!(Kind::read("level", 3), Kind::Level(3));
        assert_eq!(Kind::read("somewhere", 0), Kind::Other("somewhere".to_owned()));
    }

    #[test]
    fn a_warning_asks_for_no_outcome_and_an_escalation_does() {
        assert!(!Kind::Warning.wants_outcome());
        assert!(Kind::Level(1).wants_outcome() && Kind::Trigger.wants_outcome() && Kind::Breach.wants_outcome());
    }
}
