//! Search over tickets, messages and answers, within what the reader may see.

use askama::Template;

use crate::kit::{Badge, FieldView, Markup, Moment, Paging};
use crate::shell::Shell;

/// The page at `/search`.
#[derive(Template, Debug, Clone)]
#[template(path = "search.html")]
pub struct SearchPage {
    /// Surroundings.
    pub shell: Shell,
    /// The words.
    pub query: FieldView,
    /// Kinds to look in: name, `?in=` address, whether it is chosen.
    pub kinds: Vec<(String, String, bool)>,
    /// What was found, best first.
    pub hits: Vec<Hit>,
    /// Where the list goes on.
    pub paging: Paging,
    /// Why nothing could be searched for, such as too short a word.
    pub error: Option<String>,
}

/// Something found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What it is: 工单, 消息, 标准答案.
    pub kind: Badge,
    /// Address.
    pub href: String,
    /// Number or question.
    pub title: Markup,
    /// Around the words found.
    pub snippet: Markup,
    /// Customer or department.
    pub about: String,
    /// When.
    pub at: Moment,
}
