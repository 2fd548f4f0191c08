//! Forward and back through a list by key. There are no page numbers, because nothing counts what it does not show.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::i18n::Tr;

/// Where the list goes on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paging {
    /// Address of the page before, if there is one.
    pub prev: Option<String>,
    /// Address of the page after, if there is one.
    pub next: Option<String>,
    /// How many rows this page shows.
    pub shown: usize,
}

impl Paging {
    /// On a page.
    #[must_use]
    pub const fn show(&self, t: &Tr) -> PagingPart<'_> {
        PagingPart { t: *t, paging: self }
    }
}

/// The links on a page.
#[derive(Template)]
#[template(path = "kit/paging.html")]
pub struct PagingPart<'a> {
    t: Tr,
    paging: &'a Paging,
}

impl HtmlSafe for PagingPart<'_> {}
