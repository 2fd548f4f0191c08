//! Correcting what was taken down on a running ticket: the form on its page, and the words for what was corrected.
//!
//! The one thing to know: beside each field goes what it held when the page was made. Only what the reader really changed is sent
//! on, so that whoever saves late and sends again does not put others' corrections back.

use std::collections::BTreeSet;

use axum::Router;
use axum::extract::Path;
use axum::routing::post;
use serde_json::Value;
use yingda_app::amend::{Amend, PARTICULARS, kinds, particular};
use yingda_app::ticket::TicketView;
use yingda_core::ticket::{Priority, Ticket};
use yingda_core::{Refusal, TicketId};

use crate::front::flash::Pending;
use crate::front::{Fields, PageResult, Posted, Visit, WebState};
use crate::i18n::Tr;
use crate::kit::{Choice, FieldForm, FieldKind, FieldView};
use crate::pages::actions::{Place, Returned, done};
use crate::pages::forms::refill;
use crate::pages::show::priority;
use crate::views::ticket::Correction;

/// What the names of the hidden inputs begin with.
const WAS: &str = "was-";

/// The form of a ticket's particulars: those that its process asks for, and those that hold something.
#[must_use]
pub fn form(t: Tr, view: &TicketView, back: Option<&Returned>) -> Correction {
    let ticket = &view.held.ticket;
    let asked: BTreeSet<&str> = {
        let fields = view.process.definition.forms.iter().flat_map(|form| &form.fields);
        fields.filter_map(|field| field.fills).map(|column| column.id()).collect()
    };
    let held = PARTICULARS.into_iter().filter_map(|name| Some((name, particular(ticket, name)?)));
    let offered = held.filter(|(name, text)| *name == "priority" || !text.is_empty() || asked.contains(name));
    let fields: Vec<FieldView> = offered.map(|(name, text)| field(t, view, name, text)).collect();
    let was = fields.iter().map(|field| (format!("{WAS}{}", field.name), field.value.clone())).collect();
    let form = FieldForm::new(fields);
    match back.filter(|back| back.place == Place::Particulars) {
        Some(back) => {
            let typed = Fields { pairs: changed(&back.typed), files: Vec::new() };
            Correction { form: refill(t, form, &typed, back.wrong()), was, open: true }
        }
        None => Correction { form, was, open: false },
    }
}

fn field(t: Tr, view: &TicketView, name: &str, text: String) -> FieldView {
    let of = |kind| FieldView::new(kind, name, label(t, name)).within("amend");
    let field = match name {
        "priority" => {
            let options = Priority::ALL.map(|each| Choice::new(each.label(), priority(each).word(&t)));
            of(FieldKind::Choice).options(options).required()
        }
        "kind" => {
            let kinds = kinds(&view.process);
            let mut options: Vec<Choice> = kinds.iter().map(|kind| Choice::new(&kind.value, &kind.label)).collect();
            if options.is_empty() {
                of(FieldKind::Text)
            } else {
                // A kind from a table or an older version stands although it could not be chosen.
                if !text.is_empty() && options.iter().all(|option| option.value != text) {
                    options.insert(0, Choice::same(&text));
                }
                let field = of(FieldKind::Choice).options(options);
                if text.is_empty() { field } else { field.required() }
            }
        }
        "phone" => of(FieldKind::Phone),
        "description" => of(FieldKind::Multiline).required(),
        "impact" | "remark" => of(FieldKind::Multiline).tall(2),
        // A control of one line would lose what has several.
        _ if text.contains('\n') => of(FieldKind::Multiline),
        _ => of(FieldKind::Text),
    };
    field.value(text)
}

/// The particulars that were really changed: name and what was typed.
fn changed(fields: &Fields) -> Vec<(String, String)> {
    let plain = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
    let other = |name: &&str| {
        let was = format!("{WAS}{name}");
        fields.has(name) && (!fields.has(&was) || plain(fields.get(&was)) != plain(fields.get(name)))
    };
    PARTICULARS.into_iter().filter(other).map(|name| (name.to_owned(), fields.get(name).to_owned())).collect()
}

/// What was typed and differs from what the page held, by label.
#[must_use]
pub fn typed(t: Tr, fields: &Fields) -> Vec<(String, String)> {
    changed(fields).into_iter().map(|(name, text)| (label(t, &name), word(t, &name, &text))).collect()
}

/// A particular's name in words.
fn label(t: Tr, name: &str) -> String {
    if PARTICULARS.contains(&name) { t.say(&format!("particular-{name}")) } else { name.to_owned() }
}

/// A particular's text in words.
fn word(t: Tr, name: &str, text: &str) -> String {
    match (name, Priority::parse(text)) {
        ("priority", Some(found)) => priority(found).word(&t),
        _ if text.trim().is_empty() => t.say("particular-empty"),
        _ => text.to_owned(),
    }
}

/// A particular as it stands, in words.
#[must_use]
pub fn now(t: Tr, ticket: &Ticket, name: &str) -> Option<String> {
    particular(ticket, name).map(|text| word(t, name, &text))
}

/// Name, before and after of each correction that a line of history tells.
fn told(body: &Value) -> impl Iterator<Item = [&str; 3]> {
    let changes = body["changes"].as_array().into_iter().flatten();
    changes.filter_map(|change| Some([change[0].as_str()?, change[1].as_str()?, change[2].as_str()?]))
}

/// What a line of history says was corrected: label, before, after. Where nothing stood before, nothing is struck out.
#[must_use]
pub fn changes(t: Tr, body: &Value) -> Vec<(String, String, String)> {
    let before = |name, text: &str| if text.is_empty() { String::new() } else { word(t, name, text) };
    told(body).map(|[name, was, is]| (label(t, name), before(name, was), word(t, name, is))).collect()
}

/// The labels of what a line of history says was corrected.
#[must_use]
pub fn names(t: Tr, body: &Value) -> Vec<String> {
    told(body).map(|[name, ..]| label(t, name)).collect()
}

/// The particulars that were ever corrected: the forms hold what was taken down, the ticket what is true.
#[must_use]
pub fn corrected(view: &TicketView) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for line in view.history.iter().filter(|line| line.kind == "amended") {
        let body: Value = serde_json::from_str(&line.body).unwrap_or_default();
        names.extend(told(&body).map(|[name, ..]| name.to_owned()));
    }
    names
}

async fn correct(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id: TicketId = id.parse().map_err(|_| Refusal::NotFound)?;
    let particulars = changed(&fields);
    // Where nothing was changed it does not matter that somebody was faster.
    let (seen, say) = if particulars.is_empty() {
        (None, "ticket-nothing-corrected")
    } else {
        (fields.parse("version"), "ticket-done-corrected")
    };
    let result = visit.app.amend(&visit.ctx, visit.actor(), id, Amend { particulars, seen }).await;
    done(&visit, id, Place::Particulars, fields, result, Pending::done(say)).await
}

/// Its route.
pub fn routes() -> Router<WebState> {
    Router::new().route("/tickets/{id}/particulars", post(correct))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;

    #[test]
    fn every_particular_has_its_words() {
        for t in Locale::ALL.map(Tr::new) {
            for name in PARTICULARS {
                assert!(!label(t, name).contains('⟦'), "{name}");
            }
        }
        assert_eq!(word(Tr::new(Locale::En), "priority", "高"), "High");
        assert_eq!(word(Tr::new(Locale::ZhCn), "remark", " "), "（未填写）");
    }

    #[test]
    fn only_what_was_really_changed_is_sent_on() {
        let pairs = [
            ("was-phone", "1"),
            ("phone", "1 "),
            ("was-description", "a\nb"),
            ("description", "a\r\nb"),
            ("was-remark", ""),
            ("remark", "新"),
            ("kind", "没有对照"),
            ("was-impact", "x"),
        ];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let changed = changed(&Fields { pairs, files: Vec::new() });
        let names: Vec<&str> = changed.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["kind", "remark"]);
    }
}
