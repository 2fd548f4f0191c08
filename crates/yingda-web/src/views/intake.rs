//! 接听来电: one screen while the caller talks. The phone number brings the customer, the question brings the standard
//! answers; both panels are fragments that the same templates fill on the page and at `/fragments/…`.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::i18n::Tr;
use crate::kit::{FieldForm, FieldView, Markup, TicketRow};
use crate::shell::Shell;

/// The page at `/intake`.
#[derive(Template, Debug, Clone)]
#[template(path = "intake.html")]
pub struct IntakePage {
    /// Surroundings.
    pub shell: Shell,
    /// Processes a call can start, the chosen one marked.
    pub processes: Vec<ProcessOption>,
    /// Name of the chosen process, as sent.
    pub process: String,
    /// The greeting to say, where the process has one.
    pub script: Option<Markup>,
    /// How the matter came in; its name is `channel`.
    pub channel: FieldView,
    /// The process's field for the caller's number.
    pub phone: FieldView,
    /// Who is calling.
    pub caller: CallerPanel,
    /// The process's field for the question in the caller's words, where it has one.
    pub question: Option<FieldView>,
    /// Standard answers to it.
    pub answers: AnswerPanel,
    /// The first step's form.
    pub form: FieldForm,
    /// Idempotency key of this call.
    pub key: String,
    /// Whether the page comes back with what was typed, so that a draft in the browser is older than it.
    pub kept: bool,
}

/// A process to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessOption {
    /// Name as sent.
    pub name: String,
    /// Title.
    pub title: String,
    /// Whether it is chosen.
    pub current: bool,
}

impl IntakePage {
    /// Everything with something wrong, in the page's order.
    #[must_use]
    pub fn faults(&self) -> Vec<&FieldView> {
        let first = [Some(&self.channel), Some(&self.phone), self.question.as_ref()];
        first.into_iter().flatten().filter(|field| field.error.is_some()).chain(self.form.faults()).collect()
    }

    /// Whether anything is wrong.
    #[must_use]
    pub fn has_faults(&self) -> bool {
        self.form.error.is_some() || !self.faults().is_empty()
    }
}

/// Who is calling, as far as the number tells; at `/fragments/caller?phone=`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum CallerPanel {
    /// Nothing typed yet.
    #[default]
    Waiting,
    /// Nobody on file: can be taken all the same.
    Stranger {
        /// The number as typed.
        phone: String,
        /// People who called from it.
        contacts: Vec<ContactChoice>,
        /// What this number has called about and is not done.
        open: Vec<TicketRow>,
        /// What this number has called about before.
        past: Vec<TicketRow>,
    },
    /// One customer on file.
    Known {
        /// The card.
        customer: CustomerCard,
        /// People who called from the number.
        contacts: Vec<ContactChoice>,
        /// Their open tickets.
        open: Vec<TicketRow>,
        /// Their past tickets.
        past: Vec<TicketRow>,
    },
    /// The number belongs to several.
    Several {
        /// Their cards.
        customers: Vec<CustomerCard>,
        /// People who called from the number, each with their customer.
        contacts: Vec<ContactChoice>,
        /// The number's tickets that are not done.
        open: Vec<TicketRow>,
    },
}

impl CallerPanel {
    /// On a page, or as the whole fragment.
    #[must_use]
    pub const fn show(&self, t: &Tr) -> CallerPart<'_> {
        CallerPart { t: *t, panel: self }
    }
}

/// Somebody who called from a number before, to be put into the form with one click.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactChoice {
    /// Value of the button that asks the server to fill them in.
    pub intent: String,
    /// Name, and the customer's where several share the number.
    pub label: String,
    /// JSON object of control ids and texts, for filling them in without the server.
    pub puts: String,
}

/// A customer in short.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CustomerCard {
    /// Public id; empty when there is no file.
    pub id: String,
    /// Organisation's or person's name.
    pub name: String,
    /// Contact person.
    pub contact: String,
    /// Phone, masked by role.
    pub phone: String,
    /// Line of business.
    pub industry: String,
    /// Standing remark, such as 客户要求后续加强操作培训.
    pub remark: String,
    /// Further lines: label and value.
    pub lines: Vec<(String, String)>,
    /// Address of all their tickets.
    pub tickets_href: String,
}

/// The caller's panel.
#[derive(Template)]
#[template(path = "fragments/caller.html")]
pub struct CallerPart<'a> {
    t: Tr,
    panel: &'a CallerPanel,
}

impl HtmlSafe for CallerPart<'_> {}

/// Standard answers that fit what is typed; at `/fragments/answers?q=`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AnswerPanel {
    /// What was searched for; empty for nothing.
    pub query: String,
    /// What was found, best first.
    pub hits: Vec<AnswerHit>,
    /// How one of them is given to the caller.
    pub give: Give,
}

/// What a reader can do with a standard answer that was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Give {
    /// Read it out.
    #[default]
    Read,
    /// Put it into a control of the page; without scripts the page at `page` comes back with it filled in.
    Fill {
        /// The control's id.
        control: String,
        /// The page's address; empty where it cannot come back so.
        page: String,
    },
    /// Pick it: the next step's answer begins with it.
    Pick {
        /// Name of the choice.
        name: String,
        /// The id that is picked.
        picked: String,
    },
}

impl AnswerPanel {
    /// On a page, or as the whole fragment.
    #[must_use]
    pub const fn show(&self, t: &Tr) -> AnswersPart<'_> {
        AnswersPart { t: *t, panel: self }
    }
}

/// One standard answer found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerHit {
    /// Public id.
    pub id: String,
    /// Address.
    pub href: String,
    /// The question it answers, hits marked.
    pub question: Markup,
    /// The beginning of the answer, hits marked.
    pub snippet: Markup,
    /// The whole answer, to be read out or filled in.
    pub text: String,
    /// Whose it is and how fresh, such as 项目部 · 复核于 10月12日.
    pub source: String,
}

/// The answers' panel.
#[derive(Template)]
#[template(path = "fragments/answers.html")]
pub struct AnswersPart<'a> {
    t: Tr,
    panel: &'a AnswerPanel,
}

impl HtmlSafe for AnswersPart<'_> {}
