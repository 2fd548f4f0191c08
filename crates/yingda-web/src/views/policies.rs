//! 时限政策: the company's own limits for each process, beside those of its file.

use askama::Template;

use super::calendars::MovesView;
use crate::kit::{Choice, FieldView, Moment, Stale};
use crate::shell::Shell;

/// The list at `/policies`.
#[derive(Template, Debug, Clone)]
#[template(path = "policies.html")]
pub struct PoliciesPage {
    /// Surroundings.
    pub shell: Shell,
    /// Processes.
    pub rows: Vec<PolicyRow>,
}

/// A process in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyRow {
    /// Address.
    pub href: String,
    /// Name.
    pub name: String,
    /// Its document, such as S03.
    pub source: String,
    /// Clocks that it has.
    pub clocks: usize,
    /// Cells with the document's limit.
    pub document: usize,
    /// Cells with our default.
    pub ours: usize,
    /// Cells that the company filled or emptied.
    pub company: usize,
    /// When it was changed last, and by whom.
    pub changed: Option<(Moment, String)>,
}

/// One process at `/policies/{process}`.
#[derive(Template, Debug, Clone)]
#[template(path = "policy.html")]
pub struct PolicyPage {
    /// Surroundings.
    pub shell: Shell,
    /// The process's id.
    pub process: String,
    /// The process's name.
    pub name: String,
    /// The version that was read.
    pub version: String,
    /// Names of the columns.
    pub priorities: Vec<String>,
    /// The process's clocks.
    pub clocks: Vec<PolicyClock>,
    /// Whether this person may change it.
    pub may_edit: bool,
    /// Why it is changed.
    pub reason: FieldView,
    /// What is wrong: id of the control, what it is called, the sentence.
    pub faults: Vec<(String, String, String)>,
    /// What is wrong with all of it.
    pub fault: Option<String>,
    /// Somebody saved first.
    pub stale: Option<Stale>,
    /// How far the recomputing is.
    pub progress: Option<ProgressView>,
    /// Versions, newest first.
    pub history: Vec<PolicyVersionRow>,
}

impl PolicyPage {
    /// Where this page is.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/policies/{}", self.process)
    }

    /// Whether the recomputing goes on.
    #[must_use]
    pub fn is_counting(&self) -> bool {
        self.progress.is_some_and(|progress| !progress.ended)
    }

    /// What the marks mean: class, key of the word, key of the sentence.
    #[must_use]
    pub const fn legend(&self) -> [(&'static str, &'static str, &'static str); 4] {
        [
            ("document", "policy-from-document", "policy-legend-document"),
            ("ours", "policy-from-ours", "policy-legend-ours"),
            ("company", "policy-from-company", "policy-legend-company"),
            ("none", "policy-from-none", "policy-legend-none"),
        ]
    }

    /// Whether anything is wrong.
    #[must_use]
    pub fn has_faults(&self) -> bool {
        self.fault.is_some() || !self.faults.is_empty()
    }
}

/// A clock of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyClock {
    /// What it is called.
    pub label: String,
    /// From which moment to which.
    pub measures: String,
    /// Requirement numbers and the remark of the file.
    pub origin: String,
    /// Its calendar: the control, for whoever may change it.
    pub calendar: FieldView,
    /// Its calendar in words.
    pub calendar_name: String,
    /// For clocks that count towards a date: how long before.
    pub planned: Option<String>,
    /// Its rows.
    pub rows: Vec<PolicyTableRow>,
    /// What is wrong with the clock as a whole.
    pub error: Option<String>,
}

/// The row of a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyTableRow {
    /// The channel; empty where there is only one row.
    pub channel: String,
    /// A cell for each priority.
    pub cells: Vec<PolicyCellView>,
}

/// A cell of the table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PolicyCellView {
    /// Id of the amount's control.
    pub id: String,
    /// Name of the field, to which `.amount` and `.unit` are added.
    pub name: String,
    /// The column.
    pub priority: String,
    /// What the controls are called: clock, channel, priority.
    pub label: String,
    /// What was typed.
    pub amount: String,
    /// The unit that was chosen.
    pub unit: String,
    /// Units.
    pub units: Vec<Choice>,
    /// What the file says, for the empty control.
    pub example: String,
    /// What holds, in words.
    pub holds: String,
    /// Class of where it comes from: `document`, `ours`, `company`, `none`.
    pub from: &'static str,
    /// The same in words.
    pub mark: String,
    /// What the file says, where the company says something else.
    pub file: Option<String>,
    /// What is wrong with it.
    pub error: Option<String>,
}

/// How far the recomputing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProgressView {
    /// Clocks looked at.
    pub looked: usize,
    /// Clocks that moved.
    pub moved: usize,
    /// Whether it has ended.
    pub ended: bool,
}

/// A version of the policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyVersionRow {
    /// Its number.
    pub number: String,
    /// Who made it.
    pub who: String,
    /// When.
    pub when: Moment,
    /// Why.
    pub reason: String,
    /// What it changed, in words.
    pub changes: Vec<String>,
}

/// A change before it is made.
#[derive(Template, Debug, Clone)]
#[template(path = "policy_change.html")]
pub struct PolicyChangePage {
    /// Surroundings.
    pub shell: Shell,
    /// The process's name.
    pub name: String,
    /// Where it is sent, and where the policy is.
    pub href: String,
    /// All that was typed.
    pub hidden: Vec<(String, String)>,
    /// What changes, in words.
    pub changes: Vec<String>,
    /// Limits that would move.
    pub moves: MovesView,
    /// Why.
    pub reason: String,
}
