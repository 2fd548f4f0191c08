//! 通知与升级: what somebody is told, whom an escalation was brought before, and what came of it.
//!
//! The one thing to know: the same [`NoticeCard`] stands in a reader's own list, in the leads' list, on the ticket's page and on
//! its own page; each of the five facts of an escalation has its place in it.

use askama::Template;

use crate::kit::{Badge, FieldForm, FieldView, Markup, Moment, Paging};
use crate::shell::Shell;

/// A notice, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeCard {
    /// Public id.
    pub id: String,
    /// What it is.
    pub kind: Badge,
    /// What the document calls it; empty where its kind says everything.
    pub label: String,
    /// Its ticket, where the reader may see one: number, one line, address.
    pub ticket: Option<(String, String, String)>,
    /// When.
    pub at: Moment,
    /// Who raised it; empty for the desk itself.
    pub by: String,
    /// What was written along with it.
    pub note: Markup,
    /// The solution that was proposed.
    pub proposal: Markup,
    /// Whom it was brought before.
    pub recipients: Vec<Reached>,
    /// Who was passed over and why, one line each.
    pub passed: Vec<String>,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// Whether somebody still has to say so.
    pub awaits: bool,
    /// Whether the reader has not read it yet.
    pub unread: bool,
    /// Whether the reader may say what came of it.
    pub may_settle: bool,
}

impl NoticeCard {
    /// Its own page.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/notices/{}", self.id)
    }
}

/// Somebody whom a notice was brought before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// Name.
    pub name: String,
    /// How they came to it, where that is not as usual; else empty.
    pub how: String,
    /// 已读, 未读, 上班后送达.
    pub state: Badge,
    /// When they read it, or get it.
    pub at: Option<Moment>,
}

/// What came of an escalation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The words.
    pub text: String,
    /// Who said so; the desk itself otherwise.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// Which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeTab {
    /// The reader's unread ones.
    Unread,
    /// All of the reader's.
    Mine,
    /// Those of the whole desk, for its leads.
    Desk,
}

impl NoticeTab {
    /// All, in order.
    pub const ALL: [Self; 3] = [Self::Unread, Self::Mine, Self::Desk];

    /// Its address.
    #[must_use]
    pub const fn href(&self) -> &'static str {
        match self {
            Self::Unread => "/notices",
            Self::Mine => "/notices?show=all",
            Self::Desk => "/notices/desk",
        }
    }

    /// Key of its name.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Unread => "notices-unread",
            Self::Mine => "notices-mine",
            Self::Desk => "notices-desk",
        }
    }

    /// Key of what is said when it is empty.
    #[must_use]
    pub const fn empty_key(&self) -> &'static str {
        match self {
            Self::Unread => "notices-empty-unread",
            Self::Mine => "notices-empty-mine",
            Self::Desk => "notices-empty-desk",
        }
    }
}

/// The pages at `/notices` and `/notices/desk`.
#[derive(Template, Debug, Clone)]
#[template(path = "notices.html")]
pub struct NoticesPage {
    /// Surroundings.
    pub shell: Shell,
    /// Which list.
    pub tab: NoticeTab,
    /// Whether the reader may see the whole desk's.
    pub may_see_desk: bool,
    /// Capped count of the unread.
    pub unread: Option<String>,
    /// The newest shown, up to which everything can be marked as read at once.
    pub newest: Option<String>,
    /// Filters of the whole desk's list.
    pub filters: Vec<FieldView>,
    /// What was not understood of the address.
    pub error: Option<String>,
    /// Notices.
    pub cards: Vec<NoticeCard>,
    /// Where the list goes on.
    pub paging: Paging,
}

impl NoticesPage {
    /// The tabs that the reader has: tab, whether it is open.
    #[must_use]
    pub fn tabs(&self) -> Vec<(NoticeTab, bool)> {
        NoticeTab::ALL
            .into_iter()
            .filter(|tab| self.may_see_desk || *tab != NoticeTab::Desk)
            .map(|tab| (tab, tab == self.tab))
            .collect()
    }

    /// Whether it is the list of the whole desk.
    #[must_use]
    pub fn is_desk(&self) -> bool {
        self.tab == NoticeTab::Desk
    }
}

/// The page at `/notices/{id}`.
#[derive(Template, Debug, Clone)]
#[template(path = "notice.html")]
pub struct NoticePage {
    /// Surroundings.
    pub shell: Shell,
    /// The notice.
    pub card: NoticeCard,
    /// Saying what came of it, where the reader may.
    pub settle: Option<FieldForm>,
    /// Idempotency key.
    pub key: String,
}

/// What stands on a ticket's page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TicketNotices {
    /// Oldest first.
    pub cards: Vec<NoticeCard>,
    /// 上报, where the reader may.
    pub escalate: Option<FieldForm>,
}

impl TicketNotices {
    /// Whether there is anything to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cards.is_empty()
    }
}
