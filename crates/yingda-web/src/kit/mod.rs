//! The components pages are put together from: small structs of prepared display data, each with a template under
//! `templates/kit`.
//!
//! A component is printed as `{{ part.show(t) }}`; it escapes its own text and is therefore not escaped again. Components
//! know no database, no clock and no access: whoever fills them has already decided what may be shown.

use std::fmt;

use askama::filters::HtmlSafe;

mod badge;
mod field;
mod paging;
mod sheet_row;
mod stale;
mod ticket_row;
mod time;

pub use badge::{Badge, Priority, Tone};
pub use field::{Asks, Choice, Depends, FieldForm, FieldKind, FieldView};
pub use paging::Paging;
pub use sheet_row::SheetRow;
pub use stale::Stale;
pub use ticket_row::TicketRow;
pub use time::{Due, DueState, Moment};

/// Markup that is already escaped: printed into a page as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Markup(String);

impl Markup {
    /// Takes markup that the caller vouches for: made by our own templates or chart drawing, never by a person.
    #[must_use]
    pub const fn vouched(html: String) -> Self {
        Self(html)
    }

    /// A hidden input.
    #[must_use]
    pub fn hidden(name: &str, value: &str) -> Self {
        Self(format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">", escaped(name), escaped(value)))
    }

    /// Text with some of it marked: `parts` are (text, marked) in order; used for search snippets.
    #[must_use]
    pub fn highlighted<'a>(parts: impl IntoIterator<Item = (&'a str, Highlight)>) -> Self {
        let mut html = String::new();
        for (text, highlight) in parts {
            match highlight {
                Highlight::Plain => html.push_str(&escaped(text)),
                Highlight::Hit => {
                    html.push_str("<mark>");
                    html.push_str(&escaped(text));
                    html.push_str("</mark>");
                }
            }
        }
        Self(html)
    }

    /// Text in paragraphs: blank lines part paragraphs, single line ends stay line ends.
    #[must_use]
    pub fn prose(text: &str) -> Self {
        let text = text.replace("\r\n", "\n");
        let mut html = String::new();
        for paragraph in text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
            html.push_str("<p>");
            html.push_str(&escaped(paragraph).replace('\n', "<br>"));
            html.push_str("</p>");
        }
        Self(html)
    }

    /// Whether there is nothing to print.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Whether a piece of a snippet is what was searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Highlight {
    /// Text around.
    Plain,
    /// The words found.
    Hit,
}

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Markup {}

/// An icon of the sprite `assets/icons.svg`, hidden from screen readers: the words beside it say what it means.
#[must_use]
pub fn icon(name: &str) -> Markup {
    Markup(format!(
        "<svg class=\"icon\" aria-hidden=\"true\" focusable=\"false\"><use href=\"{}#{}\"></use></svg>",
        crate::assets::url(crate::assets::ICONS),
        escaped(name)
    ))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_typed_is_never_markup() {
        assert_eq!(Markup::prose("<b>\n\n甲\n乙").to_string(), "<p>&lt;b&gt;</p><p>甲<br>乙</p>");
        let snippet = Markup::highlighted([("a<", Highlight::Plain), ("退款", Highlight::Hit)]);
        assert_eq!(snippet.to_string(), "a&lt;<mark>退款</mark>");
        assert!(Markup::hidden("x", "\"><script>").to_string().contains("&quot;&gt;&lt;script&gt;"));
    }
}
