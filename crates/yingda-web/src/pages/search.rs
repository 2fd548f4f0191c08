//! Search: a ticket's exact number leads straight to it; anything else to what was found, newest first, with the words marked.

use axum::Router;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::routing::get;
use serde::Deserialize;
use yingda_app::AppError;
use yingda_app::search::{Found, Kind, fold, query};
use yingda_core::Refusal;

use crate::front::visit::encode;
use crate::front::{PageResult, Visit, WebState, see_other};
use crate::i18n::Tr;
use crate::kit::{Badge, FieldKind, FieldView, Highlight, Markup, Paging, Tone};
use crate::pages::show::Show;
use crate::views::search::{Hit, SearchPage};

/// Hits on a page.
const SIZE: usize = 30;
/// Characters of a snippet, and of these before the first hit.
const SNIPPET: usize = 100;
const BEFORE: usize = 16;
/// Longest text that is asked for, in characters.
const LONGEST: usize = 200;

#[derive(Debug, Deserialize, Default)]
struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default, rename = "in")]
    kind: String,
    #[serde(default)]
    before: String,
}

const KINDS: [(&str, &str, &str); 4] = [
    ("ticket", "search-in-tickets", "search-hit-ticket"),
    ("message", "search-in-messages", "search-hit-message"),
    ("sheet", "search-in-sheets", "search-hit-sheet"),
    ("answer", "search-in-answers", "search-hit-answer"),
];

async fn search(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let t = visit.t();
    let text: String = asked.q.trim().chars().take(LONGEST).collect();
    let kind = Kind::ALL.into_iter().find(|kind| kind.as_str() == asked.kind);
    let before = asked.before.parse().ok();
    if kind.is_none() && before.is_none() && text.chars().any(|c| c.is_ascii_digit()) {
        match visit.app.ticket_by_number(visit.actor(), &fold(&text).to_uppercase()).await {
            Ok(id) => return Ok(see_other(&format!("/tickets/{id}"))),
            Err(AppError::Refused(Refusal::NotFound)) => {}
            Err(other) => return Err(other.into()),
        }
    }
    let results = if text.is_empty() {
        // Also an empty search is refused to whom a search is.
        visit.app.search(visit.actor(), "", None, None, 1).await?
    } else {
        visit.app.search(visit.actor(), &text, kind, before, SIZE).await?
    };
    let show = Show::new(&visit);
    let marker = Marker::new(&text);
    let hits: Vec<Hit> = results.found.iter().map(|found| hit(t, &show, &marker, found)).collect();
    let here = |kind: &str| {
        let mut address = format!("/search?q={}", encode(&text));
        if !kind.is_empty() {
            address.push_str(&format!("&in={kind}"));
        }
        address
    };
    let chosen = kind.map_or("", Kind::as_str);
    let mut kinds = vec![(t.say("search-in-all"), here(""), chosen.is_empty())];
    kinds.extend(KINDS.iter().map(|(word, key, _)| (t.say(key), here(word), chosen == *word)));
    let wordless = !text.is_empty() && marker.words.is_empty();
    let page = SearchPage {
        shell: visit.shell().await?,
        query: FieldView::new(FieldKind::Search, "q", t.say("search-label")).value(text.clone()),
        kinds,
        paging: Paging {
            prev: before.map(|_: i64| here(chosen)),
            next: results.next.map(|key| format!("{}&before={key}", here(chosen))),
            shown: hits.len(),
        },
        hits,
        error: wordless.then(|| t.say("search-no-words")),
    };
    visit.page(StatusCode::OK, &page)
}

fn hit(t: Tr, show: &Show, marker: &Marker, found: &Found) -> Hit {
    let kind = |n: usize| Badge::new(t.say(KINDS[n].2), Tone::Neutral);
    match found {
        Found::Ticket(ticket) => {
            let row = show.ticket(ticket);
            let fields = [
                &ticket.customer_name,
                &ticket.contact_name,
                &ticket.phone,
                &ticket.address,
                &ticket.description,
                &ticket.result,
                &ticket.remark,
            ];
            let text: Vec<&str> = fields.into_iter().filter(|field| !field.is_empty()).map(String::as_str).collect();
            Hit {
                kind: kind(0),
                href: row.href(),
                title: marker.mark(&format!("{} {}", row.number, row.title)),
                snippet: marker.snippet(&text.join(" · ")),
                about: row.customer,
                at: show.moment(ticket.accepted),
            }
        }
        Found::Message(message, ticket) => {
            let row = show.ticket(ticket);
            Hit {
                kind: kind(1),
                href: row.href(),
                title: marker.mark(&format!("{} {}", row.number, row.title)),
                snippet: marker.snippet(&message.body),
                about: show.person(message.author),
                at: show.moment(message.at),
            }
        }
        Found::Sheet(sheet, ticket) => Hit {
            kind: kind(2),
            href: format!("/sheets/{}", sheet.id),
            title: marker.mark(&format!("{} {}", sheet.number, yingda_core::ticket::subject_of(&sheet.question))),
            snippet: marker
                .snippet(&[sheet.question.as_str(), sheet.customer_matter.as_str(), sheet.answer.as_str()].join(" · ")),
            about: format!("{} · {}", show.directory().department_name(sheet.to_department), ticket.number),
            at: show.moment(sheet.sent),
        },
        Found::Answer(answer) => Hit {
            kind: kind(3),
            href: format!("/answers/{}", answer.id),
            title: marker.mark(&answer.question),
            snippet: marker.snippet(&answer.answer),
            about: answer.department.map(|id| show.directory().department_name(id)).unwrap_or_default(),
            at: show.moment(answer.updated),
        },
    }
}

/// Finds the words of a query in a text, by the same folding as the index: width, traditional forms, case.
#[derive(Debug)]
pub struct Marker {
    /// Folded, the longest first.
    words: Vec<Vec<char>>,
}

impl Marker {
    /// For a query.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut words: Vec<Vec<char>> =
            query(text).into_iter().flatten().flatten().map(|word| word.chars().collect()).collect();
        words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        words.dedup();
        Self { words }
    }

    /// Which characters of a text are part of a hit.
    fn hits(&self, chars: &[char]) -> Vec<bool> {
        // One character folds to some others (㎏ to kg): each remembers where it came from.
        let folded: Vec<(char, usize)> = chars
            .iter()
            .enumerate()
            .flat_map(|(at, c)| fold(c.encode_utf8(&mut [0; 4])).chars().map(move |c| (c, at)).collect::<Vec<_>>())
            .collect();
        let mut marked = vec![false; chars.len()];
        for word in self.words.iter().filter(|word| !word.is_empty()) {
            for window in folded.windows(word.len()) {
                if window.iter().map(|(c, _)| c).eq(word.iter()) {
                    for (_, at) in window {
                        marked[*at] = true;
                    }
                }
            }
        }
        marked
    }

    /// The whole text with its hits marked.
    #[must_use]
    pub fn mark(&self, text: &str) -> Markup {
        let chars: Vec<char> = text.chars().collect();
        let marked = self.hits(&chars);
        render(&chars, &marked, "", "")
    }

    /// The text around its first hit, on one line.
    #[must_use]
    pub fn snippet(&self, text: &str) -> Markup {
        let chars: Vec<char> = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(20_000).collect();
        let marked = self.hits(&chars);
        let first = marked.iter().position(|hit| *hit).unwrap_or(0);
        let from = if chars.len() <= SNIPPET { 0 } else { first.saturating_sub(BEFORE).min(chars.len() - SNIPPET) };
        let to = (from + SNIPPET).min(chars.len());
        render(
            &chars[from..to],
            &marked[from..to],
            if from > 0 { "…" } else { "" },
            if to < chars.len() { "…" } else { "" },
        )
    }
}

fn render(chars: &[char], marked: &[bool], before: &str, after: &str) -> Markup {
    let mut parts: Vec<(String, bool)> = vec![(before.to_owned(), false)];
    for (c, hit) in chars.iter().zip(marked) {
        match parts.last_mut() {
            Some((text, last)) if last == hit => text.push(*c),
            _ => parts.push((c.to_string(), *hit)),
        }
    }
    parts.push((after.to_owned(), false));
    Markup::highlighted(
        parts.iter().map(|(text, hit)| (text.as_str(), if *hit { Highlight::Hit } else { Highlight::Plain })),
    )
}

/// Its route.
pub fn routes() -> Router<WebState> {
    Router::new().route("/search", get(search))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_marked_as_the_index_finds_them() {
        let marked = |asked: &str, text: &str| Marker::new(asked).mark(text).to_string();
        assert_eq!(marked("退款", "要求退款。"), "要求<mark>退款</mark>。");
        assert_eq!(marked("退款", "要求退款<b>"), "要求<mark>退款</mark>&lt;b&gt;");
        assert_eq!(marked("ERP", "ｅｒｐ系统"), "<mark>ｅｒｐ</mark>系统");
        assert_eq!(marked("询价", "詢價單"), "<mark>詢價</mark>單");
        assert_eq!(marked("。。", "甲。乙"), "甲。乙");
    }

    #[test]
    fn a_snippet_stands_around_its_hit() {
        let text = format!("{}交楼{}", "前".repeat(300), "后".repeat(300));
        let snippet = Marker::new("交楼").snippet(&text).to_string();
        assert!(
            snippet.starts_with('…') && snippet.ends_with('…') && snippet.contains("<mark>交楼</mark>"),
            "{snippet}"
        );
        assert_eq!(Marker::new("交楼").snippet("没有\n  别的").to_string(), "没有 别的");
    }
}
