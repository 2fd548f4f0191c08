//! 周期性工作: what recurs, one routine with what came of it, the form, the catalogue.

use askama::Template;

use crate::kit::{Badge, FieldForm, FieldView, Moment, Paging, Stale};
use crate::shell::Shell;
use crate::views::day::TaskRow;

/// The list at `/routines`.
#[derive(Template, Debug, Clone)]
#[template(path = "routines.html")]
pub struct RoutinesPage {
    /// Surroundings.
    pub shell: Shell,
    /// What recurs.
    pub rows: Vec<RoutineRow>,
    /// Entries of the catalogue that were not taken over.
    pub offered: usize,
}

/// A routine in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoutineRow {
    /// Address.
    pub href: String,
    /// Name.
    pub label: String,
    /// Whose it is.
    pub who: String,
    /// Nobody is there to do it.
    pub nobody: bool,
    /// When, in words.
    pub recurs: String,
    /// Who reads it; may be empty.
    pub reader: String,
    /// Where it comes from: process, catalogue, the company.
    pub from: String,
    /// Running or resting.
    pub state: Badge,
    /// When it opens next.
    pub next: Option<Moment>,
}

/// The page at `/routines/{id}`.
#[derive(Template, Debug, Clone)]
#[template(path = "routine.html")]
pub struct RoutinePage {
    /// Surroundings.
    pub shell: Shell,
    /// Public id.
    pub id: String,
    /// As in the list.
    pub row: RoutineRow,
    /// What it says: name and value.
    pub rules: Vec<(String, String)>,
    /// The document's words; may be empty.
    pub quote: String,
    /// Whether we say so where the document is silent, and the remark.
    pub ours: bool,
    /// A remark; may be empty.
    pub note: String,
    /// What opened, newest first.
    pub history: Vec<TaskRow>,
    /// Where the history goes on.
    pub paging: Paging,
    /// Version for the stale check.
    pub version: String,
    /// Whether it can be edited here.
    pub editable: bool,
    /// Whether it runs.
    pub active: bool,
    /// Whether its process still brings it.
    pub listed: bool,
}

/// The form at `/routines/new` and `/routines/{id}/edit`.
#[derive(Template, Debug, Clone)]
#[template(path = "routine_edit.html")]
pub struct RoutineEditPage {
    /// Surroundings.
    pub shell: Shell,
    /// Public id; none for a new one.
    pub id: Option<String>,
    /// Entry of the catalogue that a new one comes from; may be empty.
    pub from: String,
    /// Version for the stale check; empty for a new one.
    pub version: String,
    /// Idempotency key for a new one; empty otherwise.
    pub key: String,
    /// What and by whom.
    pub what: FieldForm,
    /// How often.
    pub every: FieldView,
    /// Days of the week: word, name, whether ticked.
    pub weekdays: Vec<(String, String, bool)>,
    /// What is wrong with them.
    pub weekdays_error: Option<String>,
    /// The rest of when.
    pub when: FieldForm,
    /// What to write down, and who reads it.
    pub record: FieldForm,
    /// Everything that is wrong, for the summary: id of the field and sentence.
    pub faults: Vec<(String, String)>,
    /// What somebody else saved meanwhile.
    pub stale: Option<Stale>,
}

impl RoutineEditPage {
    /// Where it is sent.
    #[must_use]
    pub fn action(&self) -> String {
        self.id.as_ref().map_or_else(|| "/routines".to_owned(), |id| format!("/routines/{id}"))
    }

    /// Where leaving it leads.
    #[must_use]
    pub fn back(&self) -> String {
        if self.from.is_empty() { self.action() } else { "/routines/catalogue".to_owned() }
    }
}

/// The page at `/routines/catalogue`.
#[derive(Template, Debug, Clone)]
#[template(path = "routine_catalogue.html")]
pub struct CataloguePage {
    /// Surroundings.
    pub shell: Shell,
    /// Its entries.
    pub entries: Vec<Entry>,
}

/// An entry of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its code.
    pub code: String,
    /// Idempotency key.
    pub key: String,
    /// Its number among the time limits, such as T57.
    pub number: String,
    /// Name.
    pub label: String,
    /// Document.
    pub source: String,
    /// The document's words.
    pub quote: String,
    /// Whose it is.
    pub who: String,
    /// When.
    pub recurs: String,
    /// Whether we say so where the document is silent.
    pub ours: bool,
    /// A remark; may be empty.
    pub note: String,
    /// Address of what was made of it.
    pub taken: Option<String>,
    /// Whether somebody is there to do it.
    pub somebody: bool,
}
