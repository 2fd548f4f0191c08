//! 超时与延期: what stands on a ticket's page about its limits and its first receiver, the list of all of it, and one statement,
//! request or offer by itself.
//!
//! The one thing to know: one kind of line and one kind of item serve all three, because the reader's question is always the
//! same: what is it, where does it stand, what can I do about it.

use askama::Template;

use crate::kit::{Badge, Choice, FieldForm, FieldView, Markup, Moment, Paging};
use crate::shell::Shell;

/// What stands on a ticket's page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AnswersCard {
    /// Missed limits, oldest first.
    pub owed: Vec<OwedView>,
    /// Requests for more time, oldest first.
    pub extensions: Vec<OverdueLine>,
    /// Asking for more time, where the reader may.
    pub ask: Option<FieldForm>,
    /// How often the ticket was urged.
    pub urged: i64,
    /// The latest urgings, newest first.
    pub urges: Vec<UrgeView>,
    /// Urging, where the reader may.
    pub urge: Option<FieldForm>,
    /// The open offer of the first receiver's place.
    pub offer: Option<OverdueLine>,
    /// Offering it, where the reader may.
    pub hand_over: Option<FieldForm>,
    /// Why the ticket cannot be closed yet, where somebody just tried.
    pub needs: Option<String>,
}

impl AnswersCard {
    /// Whether the card has anything to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.owed.is_empty()
            && self.extensions.is_empty()
            && self.ask.is_none()
            && self.offer.is_none()
            && self.urges.is_empty()
    }
}

/// A missed limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwedView {
    /// Id of its clock, in the address that the statement is sent to.
    pub clock: String,
    /// What the limit is called.
    pub label: String,
    /// Where its statement stands.
    pub state: Badge,
    /// The limit that was missed.
    pub at: Moment,
    /// The statement's own page, where there is one.
    pub href: Option<String>,
    /// What was written: label and text.
    pub said: Vec<(String, String)>,
    /// Version of the statement, for the stale check; empty for none.
    pub version: String,
    /// Writing it, where the reader may.
    pub form: Option<FieldForm>,
    /// Whether the form stands open.
    pub open: bool,
    /// Whether the reader may review it.
    pub review: bool,
}

/// One urging.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrgeView {
    /// Who and how, such as 客户 · 电话 · 王芳.
    pub who: String,
    /// In whose words.
    pub words: String,
    /// When.
    pub at: Moment,
}

/// A statement, a request or an offer in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverdueLine {
    /// Its own page.
    pub href: String,
    /// What it is called.
    pub title: String,
    /// Where it stands.
    pub state: Badge,
    /// Its ticket: number, one line, address; none on the ticket's own page.
    pub ticket: Option<(String, String, String)>,
    /// More about it, one phrase each.
    pub notes: Vec<String>,
    /// Since when.
    pub at: Moment,
    /// The button's word where the reader has something to do; else empty.
    pub action: String,
}

/// Several lines under a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverdueSection {
    /// Id in the page.
    pub id: &'static str,
    /// Heading.
    pub title: String,
    /// What is said where there is none.
    pub empty: String,
    /// The lines.
    pub lines: Vec<OverdueLine>,
}

/// Offering all of somebody's tickets at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkOffer {
    /// Whose, as the form sends it.
    pub from: String,
    /// Heading.
    pub title: String,
    /// What it does.
    pub hint: String,
    /// To whom and why.
    pub form: FieldForm,
    /// The tickets, where they are listed.
    pub lines: Vec<OverdueLine>,
}

/// A part of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OverdueTab {
    /// What waits for the reader.
    Mine,
    /// Statements of the whole desk, for its leads.
    Statements,
    /// Requests for more time and first receivers who have left, for leads.
    Requests,
}

impl OverdueTab {
    /// All, in order.
    pub const ALL: [Self; 3] = [Self::Mine, Self::Statements, Self::Requests];

    /// Its address.
    #[must_use]
    pub const fn href(&self) -> &'static str {
        match self {
            Self::Mine => "/overdue",
            Self::Statements => "/overdue/statements",
            Self::Requests => "/overdue/requests",
        }
    }

    /// Key of its name.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Mine => "overdue-mine",
            Self::Statements => "overdue-statements",
            Self::Requests => "overdue-requests",
        }
    }
}

/// The pages at `/overdue`.
#[derive(Template, Debug, Clone)]
#[template(path = "overdue.html")]
pub struct OverduePage {
    /// Surroundings.
    pub shell: Shell,
    /// Which part.
    pub tab: OverdueTab,
    /// The parts that the reader has, each with a capped count.
    pub tabs: Vec<(OverdueTab, Option<String>)>,
    /// Filters of the statements.
    pub filters: Vec<FieldView>,
    /// What was not understood of the address.
    pub error: Option<String>,
    /// What came of offering several tickets: number, address, what came of it, whether it worked.
    pub results: Vec<(String, String, String, bool)>,
    /// The lists.
    pub sections: Vec<OverdueSection>,
    /// Where the list goes on.
    pub paging: Option<Paging>,
    /// Offering several tickets at once.
    pub bulk: Vec<BulkOffer>,
    /// Idempotency key.
    pub key: String,
}

/// One version of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionView {
    /// Which and by whom.
    pub title: String,
    /// When.
    pub at: Moment,
    /// What was written: label and text.
    pub said: Vec<(String, String)>,
    /// What the lead said about it.
    pub verdict: Option<Badge>,
    /// Who, when, and why.
    pub review: String,
}

/// Something that the reader can do about an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemForm {
    /// Id in the page.
    pub id: &'static str,
    /// Heading.
    pub title: String,
    /// What to know about it; empty for nothing.
    pub hint: String,
    /// Where it is sent.
    pub action: String,
    /// What is asked.
    pub form: FieldForm,
    /// Name of the buttons.
    pub name: &'static str,
    /// The buttons.
    pub buttons: Vec<Choice>,
    /// Whether the first of them is what the page is for.
    pub main: bool,
    /// The version that was read.
    pub version: String,
}

/// One statement, request or offer.
#[derive(Template, Debug, Clone)]
#[template(path = "overdue_item.html")]
pub struct OverdueItemPage {
    /// Surroundings.
    pub shell: Shell,
    /// What kind of thing it is.
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// Where it stands.
    pub state: Badge,
    /// Its ticket: number, one line, address.
    pub ticket: (String, String, String),
    /// What is known about it: label and text.
    pub facts: Vec<(String, String)>,
    /// Longer texts: label and text.
    pub texts: Vec<(String, Markup)>,
    /// Versions, newest first.
    pub versions: Vec<VersionView>,
    /// What the reader can do.
    pub forms: Vec<ItemForm>,
    /// Idempotency key.
    pub key: String,
}
