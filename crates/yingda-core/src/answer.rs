//! A standard answer (标准答案, S01): the one reply that everybody at the desk gives to a question.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::{AnswerId, DepartmentId, PersonId, SheetId};

/// Where an answer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AnswerState {
    /// Being written; not offered while a caller is on the line.
    Draft,
    /// In use.
    Published,
    /// No longer given.
    Retired,
}

impl AnswerState {
    /// All states.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Published, Self::Retired];

    /// The stored word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Retired => "retired",
        }
    }

    /// The state of a stored word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == text)
    }
}

/// An answer as stored.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// Its id.
    pub id: AnswerId,
    /// The question as customers ask it.
    pub question: String,
    /// What they are told.
    pub answer: String,
    /// Further words under which it is found.
    pub keywords: String,
    /// The department that vouches for it.
    pub department: Option<DepartmentId>,
    /// Where it stands.
    pub state: AnswerState,
    /// The contact sheet that it came from.
    pub source: Option<SheetId>,
    /// Times it was given to a customer.
    pub uses: i64,
    /// Last change.
    pub updated: Timestamp,
    /// By whom.
    pub updated_by: PersonId,
    /// Grows with every change; older texts are kept.
    pub version: i64,
}
