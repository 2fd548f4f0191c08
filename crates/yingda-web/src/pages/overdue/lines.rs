//! The lines of a ticket's history about its limits and its first receiver.

use serde_json::Value;
use yingda_core::PersonId;

use super::words;
use crate::i18n::Tr;
use crate::pages::show::{Show, channel_word};
use crate::views::ticket::EntryKind;

/// What a line says: how it is meant, the sentence, and the words below it. `None` for a line about something else.
#[must_use]
pub fn said(t: Tr, show: &Show, kind: &str, body: &Value) -> Option<(EntryKind, String, String)> {
    let text = |key: &str| body[key].as_str().unwrap_or_default();
    let name = |key: &str| text(key).parse::<PersonId>().map(|id| show.directory().person_name(id)).unwrap_or_default();
    let label = || [("label", text("label"))];
    let plain = |key: &str| t.with(key, &label());
    let at =
        |key: &str| text(key).parse::<jiff::Timestamp>().map_or_else(|_| t.say("due-none"), |at| show.moment(at).text);
    let both = |key: &str| t.with(key, &[("from", name("from")), ("to", name("to"))]);
    Some(match kind {
        "statement-submitted" => {
            let said = words::said(t, text("cause"), text("account"), text("improvement"));
            let said: Vec<String> = said
                .into_iter()
                .map(|(label, text)| t.with("line-field", &[("label", label), ("text", text)]))
                .collect();
            (EntryKind::Event, plain("line-statement-submitted"), said.join("\n\n"))
        }
        "statement-accepted" => (EntryKind::Good, plain("line-statement-accepted"), text("note").to_owned()),
        "statement-exempted" => (EntryKind::Good, plain("line-statement-exempted"), text("note").to_owned()),
        "statement-returned" => (EntryKind::Bad, plain("line-statement-returned"), text("note").to_owned()),
        "breach-taken-back" => (
            EntryKind::Event,
            t.with("line-breach-taken-back", &[("label", text("label").to_owned()), ("due", at("due"))]),
            String::new(),
        ),
        "extension-asked" => {
            let much = words::amount(t, body["amount"].as_i64().unwrap_or_default(), text("unit"));
            let words = [("label", text("label").to_owned()), ("amount", much)];
            (EntryKind::Event, t.with("line-extension-asked", &words), text("reason").to_owned())
        }
        "extension-granted" => {
            let much = words::amount(t, body["granted"].as_i64().unwrap_or_default(), text("unit"));
            let words = [("label", text("label").to_owned()), ("amount", much), ("due", at("due"))];
            (EntryKind::Good, t.with("line-extension-granted", &words), text("note").to_owned())
        }
        "extension-refused" => (EntryKind::Bad, plain("line-extension-refused"), text("note").to_owned()),
        "extension-withdrawn" => (EntryKind::Event, plain("line-extension-withdrawn"), String::new()),
        "urged" => {
            let count = body["count"].as_i64().unwrap_or_default().to_string();
            let what = if text("source") == "customer" {
                t.with("line-urged-customer", &[("channel", channel_word(t, text("channel"))), ("n", count)])
            } else {
                t.with("line-urged-colleague", &[("n", count)])
            };
            (EntryKind::Bad, what, text("words").to_owned())
        }
        "owner-offered" => (EntryKind::Event, both("line-owner-offered"), text("reason").to_owned()),
        "owner-accepted" => (EntryKind::Good, both("line-owner-accepted"), text("note").to_owned()),
        "owner-declined" => (EntryKind::Event, both("line-owner-declined"), text("note").to_owned()),
        "owner-withdrawn" => (EntryKind::Event, both("line-owner-withdrawn"), String::new()),
        _ => return None,
    })
}
