//! Where a running ticket stands in its procedure.
//!
//! The one thing to know: this is stored as JSON and must stay readable for years; `format` is the version of that
//! text, and fields are only ever added with a default. The full history of events is the store's, not kept here.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::value::Values;
use crate::vocabulary::{Channel, Milestone, Outcome, Priority};

/// The version written today.
pub const FORMAT: u32 = 1;

/// A ticket's position and what it has gathered. Begin with [`Instance::new`], then `Event::Start`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instance {
    pub format: u32,
    pub tokens: Vec<Token>,
    /// Keyed `form.field`; the latest round of each form.
    #[serde(default)]
    pub values: Values,
    /// Answers of contact sheets by step.
    #[serde(default)]
    pub answers: BTreeMap<String, String>,
    /// How often each step was completed.
    #[serde(default)]
    pub passes: BTreeMap<String, u32>,
    /// How often each waiting step was entered.
    #[serde(default)]
    pub entered: BTreeMap<String, u32>,
    pub facts: Option<Facts>,
    /// What earlier rounds of a loop had said, oldest first.
    #[serde(default)]
    pub rounds: Vec<Round>,
    /// Milestones that hold now.
    #[serde(default)]
    pub marks: Vec<Milestone>,
    /// Steps completed up to the solved mark: going back into one of them reopens the matter.
    #[serde(default)]
    pub solved_trail: Vec<String>,
    pub ended: Option<Ended>,
    #[serde(default)]
    pub next_token: u32,
}

/// A place where the procedure waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    pub id: u32,
    pub step: String,
    pub since: Timestamp,
    pub lane: String,
    pub kind: TokenKind,
}

/// What it waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenKind {
    Person,
    Sheet,
}

/// What expressions see as `ticket.…`, and what limits by priority are resolved with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    pub channel: Channel,
    pub priority: Priority,
    /// Lead department's id.
    pub department: Option<String>,
}

/// The values that a form lost when it was filled in again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    pub step: String,
    pub replaced_at: Timestamp,
    pub values: Values,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    pub step: String,
    pub label: String,
    pub outcome: Outcome,
    pub event_record: bool,
    pub at: Timestamp,
}

impl Instance {
    /// Not yet started.
    pub fn new() -> Self {
        Self {
            format: FORMAT,
            tokens: Vec::new(),
            values: Values::default(),
            answers: BTreeMap::new(),
            passes: BTreeMap::new(),
            entered: BTreeMap::new(),
            facts: None,
            rounds: Vec::new(),
            marks: Vec::new(),
            solved_trail: Vec::new(),
            ended: None,
            next_token: 1,
        }
    }

    pub fn token(&self, id: u32) -> Option<&Token> {
        self.tokens.iter().find(|token| token.id == id)
    }
}

impl Default for Instance {
    fn default() -> Self {
        Self::new()
    }
}
