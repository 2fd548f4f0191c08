//! 标准答案: find one, read one, edit one, see how it came to be.

use askama::Template;

use crate::kit::{Badge, FieldForm, FieldView, Markup, Moment, Paging};
use crate::shell::Shell;

/// The list at `/answers`.
#[derive(Template, Debug, Clone)]
#[template(path = "answers.html")]
pub struct AnswersPage {
    /// Surroundings.
    pub shell: Shell,
    /// Words searched for.
    pub query: FieldView,
    /// Department whose answers are shown.
    pub department: FieldView,
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
    /// Where it stands: in force, to be reviewed, expired, draft.
    pub state: Badge,
    /// Last reviewed.
    pub reviewed: Moment,
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
    /// Reviewed when and by whom.
    pub reviewed: Option<(Moment, String)>,
    /// When it has to be reviewed again.
    pub expires: Option<Moment>,
    /// How often it was used.
    pub uses: String,
    /// The contact sheet it came from: number and address.
    pub source: Option<(String, String)>,
    /// All versions, newest first.
    pub history: Vec<AnswerVersion>,
    /// Whether the reader may edit it.
    pub may_edit: bool,
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
    /// Why it was changed.
    pub reason: String,
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
    /// Question, answer, department, review date, reason of the change.
    pub form: FieldForm,
    /// The contact sheet the draft comes from: number and address.
    pub source: Option<(String, String)>,
}

impl AnswerEditPage {
    /// Where it is sent.
    #[must_use]
    pub fn action(&self) -> String {
        self.id
            .as_ref()
            .map_or_else(|| "/answers".to_owned(), |id| format!("/answers/{id}"))
    }
}
