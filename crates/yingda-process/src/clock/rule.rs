//! One clock of a procedure, as its file has it.
//!
//! The one thing to know: the limit of a step is a clock too, with the id `step.ID`; what the file says is proven sound before
//! one exists (a start that comes, a stop that can come).

use super::moment::Moment;
use super::notice::Rung;
use crate::definition::Trace;
use crate::form::FieldRef;
use crate::limit::LimitRule;

/// When a clock starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// At the first of these.
    AnyOf(Vec<Moment>),
    /// At the later of these, once all have happened (T43: contract signed *and* publication accepted).
    AllOf(Vec<Moment>),
    /// As soon as a date field has a value; the limit lies so long *before* that date (T31, T25), or at it.
    Planned(FieldRef),
}

/// Who answers for a limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Answerable {
    /// Whoever works on it, or the department where nobody does yet.
    #[default]
    Handler,
    /// The first receiver (首接负责).
    Owner,
}

impl Answerable {
    /// The words of a file.
    pub const IDS: &'static [&'static str] = &["handler", "owner"];

    pub fn from_id(id: &str) -> Option<Self> {
        match id {
            "handler" => Some(Self::Handler),
            "owner" => Some(Self::Owner),
            _ => None,
        }
    }
}

/// One clock of a procedure.
#[derive(Debug, Clone)]
pub struct ClockRule {
    /// Its key in the file; `step.ID` for the limit of a step.
    pub id: String,
    pub label: String,
    pub start: Start,
    /// Any of these stops it; the end of the ticket always does.
    pub stops: Vec<Moment>,
    /// Any of these ends its round and begins the next (R-068: every two days until solved).
    pub renews: Vec<Moment>,
    /// Steps in which it stands still.
    pub paused_in: Vec<String>,
    /// How long; empty cells are allowed (J03). For [`Start::Planned`], how long before the date; `None`: at the date.
    pub target: Option<LimitRule>,
    /// Code of a calendar of the desk; `None`: the office's.
    pub calendar: Option<String>,
    pub answerable: Answerable,
    /// Who is told before and after; `None`: as the procedure, or the desk, has it.
    pub ladder: Option<Vec<Rung>>,
    pub trace: Trace,
}
