//! 部门收件箱: the contact sheets that a department has to answer. Its clock starts at receipt, so receiving is the first act.

use askama::Template;

use crate::kit::{Paging, SheetRow};
use crate::shell::Shell;

/// Which sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InboxTab {
    /// 待签收
    New,
    /// 处理中
    Received,
    /// 已答复
    Answered,
    /// 已会签
    Countersigned,
}

impl InboxTab {
    /// All, in order.
    pub const ALL: [Self; 4] = [Self::New, Self::Received, Self::Answered, Self::Countersigned];

    /// Value of `?state=`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::New => "sent",
            Self::Received => "received",
            Self::Answered => "answered",
            Self::Countersigned => "countersigned",
        }
    }

    /// Key of its name.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::New => "sheet-state-new",
            Self::Received => "sheet-state-received",
            Self::Answered => "sheet-state-answered",
            Self::Countersigned => "sheet-state-countersigned",
        }
    }

    /// Key of what is said when it is empty.
    #[must_use]
    pub const fn empty_key(&self) -> &'static str {
        match self {
            Self::New => "inbox-empty-new",
            Self::Received => "inbox-empty-received",
            Self::Answered => "inbox-empty-answered",
            Self::Countersigned => "inbox-empty-countersigned",
        }
    }
}

/// The page at `/inbox`.
#[derive(Template, Debug, Clone)]
#[template(path = "inbox.html")]
pub struct InboxPage {
    /// Surroundings.
    pub shell: Shell,
    /// The department's name.
    pub department: String,
    /// Which sheets.
    pub tab: InboxTab,
    /// Capped counts per tab, in the order of [`InboxTab::ALL`].
    pub counts: [Option<String>; 4],
    /// Sheets.
    pub rows: Vec<SheetRow>,
    /// Where the list goes on.
    pub paging: Paging,
}

impl InboxPage {
    /// The tabs: tab, count, whether it is open.
    #[must_use]
    pub fn tabs(&self) -> Vec<(InboxTab, &Option<String>, bool)> {
        InboxTab::ALL.into_iter().zip(&self.counts).map(|(tab, count)| (tab, count, tab == self.tab)).collect()
    }
}
