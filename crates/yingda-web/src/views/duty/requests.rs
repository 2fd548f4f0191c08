//! 请假 and 换班: asked, agreed, decided.

use askama::Template;

use super::DutyHead;
use crate::kit::{Badge, FieldForm, Moment};
use crate::shell::Shell;

/// A leave in a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeaveLine {
    /// Public id.
    pub id: String,
    /// Version for the stale check.
    pub version: String,
    /// Whose.
    pub who: String,
    /// From when until when.
    pub when: String,
    /// What for.
    pub kind: String,
    /// In their words.
    pub reason: String,
    /// Where it stands.
    pub state: Badge,
    /// Turns that it would leave empty.
    pub turns: Vec<String>,
    /// Whether the reader decides about it.
    pub decide: bool,
    /// Whether the reader can take it back.
    pub withdraw: bool,
}

/// A swap in a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SwapLine {
    /// Public id.
    pub id: String,
    /// Version for the stale check.
    pub version: String,
    /// Who asks whom for what, in a sentence.
    pub text: String,
    /// In the asker's words.
    pub reason: String,
    /// Where it stands.
    pub state: Badge,
    /// When it was asked.
    pub asked: Moment,
    /// Whether the reader agrees or declines.
    pub answer: bool,
    /// Whether the reader approves or refuses.
    pub decide: bool,
    /// Whether it can be approved by now: the colleague has agreed.
    pub agreed: bool,
    /// Whether the reader can take it back.
    pub withdraw: bool,
}

/// The page at `/duty/leaves`.
#[derive(Template, Debug, Clone)]
#[template(path = "duty/leaves.html")]
pub struct LeavesPage {
    /// Surroundings.
    pub shell: Shell,
    /// The department.
    pub head: DutyHead,
    /// The form; none for those who belong to another department and make no roster here.
    pub form: Option<FieldForm>,
    /// Whether leave recorded here is approved at once.
    pub manage: bool,
    /// Against doing it twice.
    pub key: String,
    /// What is open or not over.
    pub lines: Vec<LeaveLine>,
}

impl LeavesPage {
    /// Where a decision comes back to.
    #[must_use]
    pub fn back(&self) -> String {
        format!("/duty/leaves?department={}", self.head.id)
    }
}

/// The page at `/duty/swaps`.
#[derive(Template, Debug, Clone)]
#[template(path = "duty/swaps.html")]
pub struct SwapsPage {
    /// Surroundings.
    pub shell: Shell,
    /// The department.
    pub head: DutyHead,
    /// The form; none for people without a coming turn.
    pub form: Option<FieldForm>,
    /// Against doing it twice.
    pub key: String,
    /// What is not settled.
    pub lines: Vec<SwapLine>,
}

impl SwapsPage {
    /// Where a decision comes back to.
    #[must_use]
    pub fn back(&self) -> String {
        format!("/duty/swaps?department={}", self.head.id)
    }
}
