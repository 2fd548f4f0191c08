//! 工单队列: every ticket the reader may see, filtered, in saved views, paged by key, taken in bulk, exported.

use askama::Template;

use crate::kit::{FieldView, Paging, TicketRow};
use crate::shell::Shell;

/// The page at `/tickets`.
#[derive(Template, Debug, Clone)]
#[template(path = "queue.html")]
pub struct QueuePage {
    /// Surroundings.
    pub shell: Shell,
    /// Filter controls, with what is chosen.
    pub filters: Vec<FieldView>,
    /// What is filtered for now, each with a way to drop it.
    pub active: Vec<ActiveFilter>,
    /// Ready-made and saved views.
    pub views: Vec<ViewLink>,
    /// The saved view that is open, if it is one of the reader's own.
    pub own_view: Option<OwnView>,
    /// The query string of this list, to be saved as a view or exported.
    pub query: String,
    /// Tickets.
    pub rows: Vec<TicketRow>,
    /// Where the list goes on.
    pub paging: Paging,
    /// Whether the reader may take tickets in bulk.
    pub may_take: bool,
    /// Whether the reader may archive tickets in bulk.
    pub may_archive: bool,
    /// Whether the reader may take the list out as a table.
    pub may_export: bool,
    /// What is wrong with a filter.
    pub error: Option<String>,
}

/// One thing filtered for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActiveFilter {
    /// Such as 优先级：紧急.
    pub text: String,
    /// The list without it.
    pub without: String,
}

/// A view to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewLink {
    /// Name.
    pub name: String,
    /// Address.
    pub href: String,
    /// Whether it is open now.
    pub current: bool,
    /// Capped count, where it is kept.
    pub count: Option<String>,
}

/// A saved view that its owner may rename or delete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnView {
    /// Public id.
    pub id: String,
    /// Name.
    pub name: String,
}
