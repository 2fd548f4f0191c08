//! 标准答案: find one, read one, edit one, see how it came to be.

use askama::Template;

use crate::kit::{Badge, FieldForm, FieldView, Markup, Moment, Paging, Stale};
use crate::shell::Shell;

/// The list at `/answers`.
#[derive(Template, Debug, Clone)]
#[template(path = "answers.html")]
pub struct AnswersPage {
    /// Surroundings.
    pub shell: Shell,
    /// Words searched for.
    pub query: FieldView,
    /// States to look in: name, address, whether it is chosen; empty for whoever sees only what is in use.
    pub states: Vec<(String, String, bool)>,
    /// What was found.
    pub rows: Vec<AnswerRow>,
    /// Where the list goes on.
    pub paging: Paging,
    /// Whether the reader may write one.
    pub may_write: bool,
}

/// A standard answer in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerRow {
    /// Address.
    pub href: String,
    /// The question, hits marked.
    pub question: Markup,
    /// The beginning of the answer, hits marked.
    pub snippet: Markup,
    /// Whose it is.
    pub department: String,
    /// Where it stands: draft, in use, retired.
    pub state: Badge,
    /// Last changed.
    pub updated: Moment,
    /// How often it was used.
    pub uses: String,
}

/// The page at `/answers/{id}`.
#[derive(Template, Debug, Clone)]
#[template(path = "answer.html")]
pub struct AnswerPage {
    /// Surroundings.
    pub shell: Shell,
    /// Public id.
    pub id: String,
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: Markup,
    /// Where it stands.
    pub state: Badge,
    /// Whose it is, who keeps it.
    pub owner: String,
    /// Version number.
    pub version: String,
    /// Changed when and by whom.
    pub updated: (Moment, String),
    /// Further words under which it is found.
    pub keywords: String,
    /// How often it was used.
    pub uses: String,
    /// The contact sheet it came from: number and address.
    pub source: Option<(String, String)>,
    /// All versions, newest first.
    pub history: Vec<AnswerVersion>,
    /// Whether the reader may edit it.
    pub may_edit: bool,
    /// Whether the reader may put it into use now.
    pub may_publish: bool,
    /// Whether the reader may take it out of use now.
    pub may_retire: bool,
}

/// One version of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerVersion {
    /// Number.
    pub number: String,
    /// When.
    pub at: Moment,
    /// Who.
    pub who: String,
    /// Where it stood then.
    pub state: Badge,
    /// The question then.
    pub question: String,
    /// The text of that version.
    pub text: Markup,
}

/// The form at `/answers/{id}/edit` and `/answers/new`.
#[derive(Template, Debug, Clone)]
#[template(path = "answer_edit.html")]
pub struct AnswerEditPage {
    /// Surroundings.
    pub shell: Shell,
    /// Public id; none for a new one.
    pub id: Option<String>,
    /// Version for the stale check; empty for a new one.
    pub version: String,
    /// Idempotency key for a new one; empty otherwise.
    pub key: String,
    /// Question, answer, keywords, department.
    pub form: FieldForm,
    /// What somebody else saved meanwhile.
    pub stale: Option<Stale>,
    /// Whether a new one may be put into use at once.
    pub may_publish: bool,
    /// The contact sheet the draft comes from: number and address.
    pub source: Option<(String, String)>,
}

impl AnswerEditPage {
    /// Where it is sent.
    #[must_use]
    pub fn action(&self) -> String {
        self.id.as_ref().map_or_else(|| "/answers".to_owned(), |id| format!("/answers/{id}"))
    }
}
