//! What somebody else saved while a form was being filled in: what stands there now beside what was typed.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::i18n::Tr;

/// A conflict of two edits; empty where what differs is nothing that the form shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stale {
    /// Label, what stands there now, what was typed; only where they differ.
    pub lines: Vec<[String; 3]>,
}

impl Stale {
    /// Of all fields of a form: label, now, typed.
    #[must_use]
    pub fn of(fields: impl IntoIterator<Item = [String; 3]>) -> Self {
        Self { lines: fields.into_iter().filter(|[_, now, typed]| now.trim() != typed.trim()).collect() }
    }

    /// On a page.
    #[must_use]
    pub const fn show(&self, t: &Tr) -> StalePart<'_> {
        StalePart { t: *t, stale: self }
    }
}

/// The conflict on a page.
#[derive(Template)]
#[template(path = "kit/stale.html")]
pub struct StalePart<'a> {
    t: Tr,
    stale: &'a Stale,
}

impl HtmlSafe for StalePart<'_> {}
