//! One ticket: what to do next, what has happened, who answers for it.
//!
//! The current step's form is the page's one obvious action. What a customer has seen and what stays in the house look
//! different everywhere. A stale edit is answered with `Conflict`: the other person's change and what was typed, side by side.

use askama::Template;

use super::clocks::TicketClocks;
use super::intake::{AnswerPanel, CustomerCard};
use super::notices::TicketNotices;
use crate::kit::{Badge, Choice, Due, FieldForm, Markup, Moment, Priority, SheetRow, TicketRow};
use crate::shell::Shell;

/// The page at `/tickets/{id}`.
#[derive(Template, Debug, Clone)]
#[template(path = "ticket.html")]
pub struct TicketPage {
    /// Surroundings.
    pub shell: Shell,
    /// Head.
    pub head: TicketHead,
    /// Somebody else saved first.
    pub conflict: Option<Conflict>,
    /// Current steps; several where work runs in parallel, none when the process has ended.
    pub steps: Vec<StepView>,
    /// Which entries are shown.
    pub tab: TicketTab,
    /// What happened, newest last.
    pub entries: Vec<Entry>,
    /// Address of older entries, when not all are shown.
    pub older: Option<String>,
    /// Message and note boxes; none for readers who may write neither.
    pub composer: Option<Composer>,
    /// Progress labels in order.
    pub progress: Vec<Progress>,
    /// Labels that may be set now.
    pub progress_options: Vec<Choice>,
    /// 时限: its clocks, and what may be done to them.
    pub clocks: TicketClocks,
    /// 升级与通知, and 上报 where the reader may.
    pub notices: TicketNotices,
    /// Contact sheets of this ticket.
    pub sheets: Vec<SheetRow>,
    /// Copying a department in, where the reader may.
    pub copy: Option<FieldForm>,
    /// The form of a new contact sheet, where the reader may send one.
    pub new_sheet: Option<FieldForm>,
    /// All files.
    pub files: Vec<FileLink>,
    /// Adding a file, where the reader may.
    pub new_file: Option<FieldForm>,
    /// Fields filled in so far: label and value, in the process's order.
    pub facts: Vec<(String, String)>,
    /// The customer.
    pub customer: CustomerCard,
    /// Correcting what was taken down, where the reader may.
    pub amend: Option<Correction>,
    /// Other tickets of the same caller or customer.
    pub others: Vec<TicketRow>,
    /// The swimlane chart with its live position, as drawn by the process crate.
    pub chart: Option<Markup>,
    /// Assigning to somebody, where the reader may.
    pub assignment: Option<FieldForm>,
    /// Handing over ownership, where the reader may.
    pub transfer: Option<FieldForm>,
    /// The customer's rating.
    pub rating: Option<Rating>,
    /// Whether the reader may take it.
    pub may_take: bool,
    /// Whether the reader may archive it now.
    pub may_archive: bool,
    /// Who answers for its limits.
    pub answers: super::overdue::AnswersCard,
    /// Idempotency key for what is created from this page.
    pub key: String,
}

/// The head of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketHead {
    /// Public id.
    pub id: String,
    /// Human number.
    pub number: String,
    /// One line.
    pub title: String,
    /// Version for the stale check.
    pub version: String,
    /// Where it stands; solved, confirmed, closed and archived are different badges.
    pub states: Vec<Badge>,
    /// Priority.
    pub priority: Option<Priority>,
    /// Process title with the version it is pinned to.
    pub process: String,
    /// Address of that process.
    pub process_href: String,
    /// Kind of matter.
    pub kind: String,
    /// Channel.
    pub channel: String,
    /// 首接负责人
    pub owner: String,
    /// 处理人; empty when nobody has taken it.
    pub assignee: String,
    /// 处理部门
    pub department: String,
    /// 第一责任部门, where several departments are in it.
    pub lead: String,
    /// 抄送
    pub cc: Vec<String>,
    /// Received.
    pub received: Moment,
    /// Limits, nearest first.
    pub dues: Vec<Due>,
    /// When it was last changed, in microseconds since 1970: what somebody else changes after that is shown to a late saver.
    pub since: String,
}

/// One current step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepView {
    /// The engine's token for this position, in the address that completes it.
    pub token: String,
    /// Step's name.
    pub name: String,
    /// Lane it belongs to.
    pub lane: String,
    /// What the process says about it.
    pub help: Option<String>,
    /// Script to say.
    pub script: Option<Markup>,
    /// Its form.
    pub form: FieldForm,
    /// Buttons; the first is the usual one.
    pub outcomes: Vec<Choice>,
    /// Its limit.
    pub due: Option<Due>,
    /// Standard answers to the matter, where the form asks for an answer.
    pub answers: Option<AnswerPanel>,
    /// The standard answer that the form begins with; empty for none.
    pub answer: String,
    /// Whether the form comes back with what was typed.
    pub kept: bool,
    /// Why the reader cannot complete it, such as 等待项目部答复; the form is then not shown.
    pub waiting: Option<String>,
}

/// Tabs of the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TicketTab {
    /// Messages, notes, milestones.
    Conversation,
    /// Everything, with every change.
    History,
}

/// What kind of thing happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// An event of the process or a change.
    Event,
    /// A message from the customer.
    In,
    /// A message to the customer.
    Out,
    /// An internal note; no customer ever sees it.
    Note,
    /// A contact sheet went or came.
    Sheet,
    /// Something good, such as a confirmation.
    Good,
    /// A breach, an escalation, a refusal.
    Bad,
}

impl EntryKind {
    /// Class suffix.
    #[must_use]
    pub const fn class(&self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::In => "in",
            Self::Out => "out",
            Self::Note => "note",
            Self::Sheet => "event",
            Self::Good => "good",
            Self::Bad => "bad",
        }
    }

    /// Icon.
    #[must_use]
    pub const fn icon(&self) -> &'static str {
        match self {
            Self::Event => "right",
            Self::In => "person",
            Self::Out => "message",
            Self::Note => "lock",
            Self::Sheet => "sheet",
            Self::Good => "check",
            Self::Bad => "alert",
        }
    }

    /// Key of the words that say who sees it, for those with a body.
    #[must_use]
    pub const fn label_key(&self) -> &'static str {
        match self {
            Self::In => "entry-in",
            Self::Out => "entry-out",
            Self::Note => "entry-note",
            Self::Sheet => "sheet",
            _ => "entry-event",
        }
    }

    /// Whether the label is worth showing.
    #[must_use]
    pub const fn is_speech(&self) -> bool {
        matches!(self, Self::In | Self::Out | Self::Note)
    }
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Id in the page, so that it can be linked to.
    pub anchor: String,
    /// Kind.
    pub kind: EntryKind,
    /// Who; empty for the system.
    pub who: String,
    /// What, as a sentence without the person; empty for plain messages.
    pub what: String,
    /// When.
    pub at: Moment,
    /// Text of a message or note.
    pub body: Markup,
    /// Changed fields: label, before, after.
    pub changes: Vec<(String, String, String)>,
    /// Files that came with it.
    pub files: Vec<FileLink>,
    /// Id of a message that the customer has still to be told, where the reader may say that they were.
    pub untold: Option<String>,
}

/// A file to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLink {
    /// Name.
    pub name: String,
    /// Address.
    pub href: String,
    /// Size in words, such as 240 KB.
    pub size: String,
    /// Whether the browser may show it itself: pictures.
    pub opens: bool,
    /// Where it is taken off, where the reader may.
    pub removal: Option<String>,
}

/// The boxes to write in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composer {
    /// To the customer; none where the reader may only write notes.
    pub message: Option<FieldForm>,
    /// Into the house.
    pub note: FieldForm,
}

/// One progress label (R-035: 已联系客户, 方案制定中, 已完成处理).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The label.
    pub label: String,
    /// When it was set; none while it is ahead.
    pub at: Option<Moment>,
    /// Whether it is the latest.
    pub here: bool,
}

/// Correcting what was taken down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// What may be corrected, as it stands or as it was typed.
    pub form: FieldForm,
    /// What each field held when the page was made: name and value of the hidden inputs that say so.
    pub was: Vec<(String, String)>,
    /// Whether it stands open: it comes back.
    pub open: bool,
}

/// Somebody saved first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Who.
    pub who: String,
    /// When.
    pub at: Moment,
    /// What they changed: label, before, after.
    pub theirs: Vec<(String, String, String)>,
    /// What the reader had typed: label and value; it also stands in the form again, where there still is one.
    pub yours: Vec<(String, String)>,
    /// What to do about it.
    pub advice: String,
}

/// What the customer thought of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    /// The word with its tone.
    pub badge: Badge,
    /// Reason given.
    pub reason: String,
    /// Where it came from, such as 电话回访 · 李晓梅.
    pub source: String,
    /// When.
    pub at: Moment,
}

impl TicketPage {
    /// Whether every change is shown.
    #[must_use]
    pub fn is_history(&self) -> bool {
        self.tab == TicketTab::History
    }
}
