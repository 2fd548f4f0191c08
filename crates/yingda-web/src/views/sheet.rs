//! 工作联系单: one sheet from question to countersigned answer, and its print as a formal document.

use askama::Template;

use crate::kit::{Badge, Choice, Due, FieldForm, Markup, Moment};
use crate::shell::Shell;

/// What a sheet says; the page and the print show the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Public id.
    pub id: String,
    /// Human number.
    pub number: String,
    /// Version for the stale check.
    pub version: String,
    /// Where it stands.
    pub state: Badge,
    /// Department that asks.
    pub from: String,
    /// Who sent it.
    pub sender: String,
    /// Department that must answer.
    pub to: String,
    /// The question.
    pub question: Markup,
    /// The question in one line, for titles.
    pub title: String,
    /// Customer's name, masked by role.
    pub customer: String,
    /// The customer's matter in short.
    pub matter: String,
    /// Ticket's number.
    pub ticket: String,
    /// Ticket's address; none for readers who may not see it.
    pub ticket_href: Option<String>,
    /// Sent.
    pub sent: Moment,
    /// Received, and by whom.
    pub received: Option<(Moment, String)>,
    /// Limit; there is none before receipt.
    pub due: Option<Due>,
    /// The answer.
    pub answer: Option<Markup>,
    /// Answered when and by whom.
    pub answered: Option<(Moment, String)>,
    /// Countersigned when and by whom.
    pub countersigned: Option<(Moment, String)>,
    /// The standard answer it became: title and address.
    pub published: Option<(String, String)>,
}

/// What the reader may do with a sheet now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetAction {
    /// Only read.
    Nothing,
    /// Receive it; the clock starts.
    Receive,
    /// Answer it.
    Answer(FieldForm),
    /// Countersign the answer.
    Countersign,
    /// Make the answer a standard answer.
    Publish {
        /// Its words.
        form: FieldForm,
        /// Into which state: the first is the usual one.
        states: Vec<Choice>,
    },
}

/// The page at `/sheets/{id}`.
#[derive(Template, Debug, Clone)]
#[template(path = "sheet.html")]
pub struct SheetPage {
    /// Surroundings.
    pub shell: Shell,
    /// The sheet.
    pub sheet: Sheet,
    /// What to do.
    pub action: SheetAction,
    /// Taking it back, where the reader may.
    pub withdrawal: Option<FieldForm>,
    /// Idempotency key for what is created from this page.
    pub key: String,
    /// Whether the page comes back with what was typed.
    pub kept: bool,
}

/// The print at `/sheets/{id}/print`.
#[derive(Template, Debug, Clone)]
#[template(path = "sheet_print.html")]
pub struct SheetPrintPage {
    /// Surroundings; only the language and the company show.
    pub shell: Shell,
    /// The sheet.
    pub sheet: Sheet,
    /// When it was printed.
    pub printed: Moment,
}
