//! Who is told: the ladder of a clock, triggers, and the reasons for which clocks stand still.
//!
//! The one thing to know: recipients in `to` are tried in their order, the first who is there is told; those in `also`
//! are told in any case. Who is there is deliberately not known here.

use std::fmt;

use crate::condition::Condition;
use crate::definition::{Definition, Trace};
use crate::instance::Instance;
use crate::limit::Limit;
use crate::vocabulary::Role;

/// One rung of the ladder of notices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    pub when: RungAt,
    /// In order: the first who is there is told.
    pub to: Vec<Recipient>,
    /// Told in any case.
    pub also: Vec<Recipient>,
    pub trace: Trace,
}

/// When a rung is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RungAt {
    /// So many per cent of the limit are left, 1 to 99.
    PercentLeft(u32),
    /// So much is left.
    Before(Limit),
    /// The limit is reached.
    AtLimit,
    /// So much has passed since.
    After(Limit),
}

/// Whom a notice goes to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Recipient {
    /// Who works on it; where nobody does, everybody of the department that has it.
    Handler,
    /// The first receiver.
    Owner,
    /// The head of the department that has it.
    Head,
    /// Anybody with this role.
    Role(Role),
    /// The head of a certain department, by its id in the file (S19: 工程部).
    HeadOf(String),
}

impl Recipient {
    /// The words of a file.
    pub const WORDS: &'static [&'static str] =
        &["handler", "owner", "head", "agent", "supervisor", "manager", "administrator"];

    /// Reads `manager` or `head.engineering`; whether the department exists is not asked here.
    pub fn read(text: &str) -> Option<Self> {
        if let Some(department) = text.strip_prefix("head.") {
            return Some(Self::HeadOf(department.to_owned()));
        }
        match text {
            "handler" => Some(Self::Handler),
            "owner" => Some(Self::Owner),
            "head" => Some(Self::Head),
            "member" => None,
            role => Role::from_id(role).map(Self::Role),
        }
    }
}

/// The word of a file; [`Recipient::read`] reads it back.
impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Handler => f.write_str("handler"),
            Self::Owner => f.write_str("owner"),
            Self::Head => f.write_str("head"),
            Self::Role(role) => f.write_str(role.id()),
            Self::HeadOf(department) => write!(f, "head.{department}"),
        }
    }
}

/// What brings a matter before somebody at once, whatever its clocks say.
#[derive(Debug, Clone)]
pub struct Trigger {
    pub id: String,
    pub label: String,
    /// Raised by itself once this holds; `None`: by hand only. By hand it can always be raised.
    pub when: Option<Condition>,
    pub to: Vec<Recipient>,
    pub also: Vec<Recipient>,
    /// Whether the one who raises it has to propose a solution.
    pub proposal: bool,
    pub trace: Trace,
}

impl Trigger {
    /// Whether it raises itself for a ticket as it stands; never where it is raised by hand only, or before the start.
    pub fn holds(&self, definition: &Definition, instance: &Instance) -> bool {
        let when = self.when.as_ref().filter(|_| instance.facts.is_some());
        when.and_then(|when| when.holds(instance, definition.rating.as_ref())).unwrap_or(false)
    }
}

/// A reason for which the clocks of a ticket may stand still.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PauseReason {
    pub id: String,
    pub label: String,
    /// Ids of the clocks that it stops; empty: all.
    pub clocks: Vec<String>,
    pub trace: Trace,
}

impl PauseReason {
    /// Whether a clock stands still for this reason.
    pub fn stops(&self, clock: &str) -> bool {
        self.clocks.is_empty() || self.clocks.iter().any(|id| id == clock)
    }
}
