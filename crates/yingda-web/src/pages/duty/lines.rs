//! The lines of a ticket's history that duty writes: whom the rule chose and why, that it waits, and that a shift handed it over.

use serde_json::Value;
use yingda_core::{DepartmentId, PersonId};

use crate::i18n::Tr;
use crate::pages::show::Show;
use crate::views::ticket::EntryKind;

/// What a line says: how it is meant, the sentence, and the words below it. `None` for a line about something else.
#[must_use]
pub fn said(t: Tr, show: &Show, kind: &str, body: &Value) -> Option<(EntryKind, String, String)> {
    let text = |key: &str| body[key].as_str().unwrap_or_default();
    let name = |value: &Value| {
        let person = value.as_str().and_then(|id| id.parse::<PersonId>().ok());
        person.map(|id| show.directory().person_name(id)).unwrap_or_default()
    };
    let rule = || t.say(&format!("line-duty-rule-{}", text("rule").replace('_', "-")));
    Some(match kind {
        "auto-assigned" => {
            let words = [("to", name(&body["to"])), ("rule", rule())];
            let what = match text("after_hours") {
                "department" => {
                    let other = text("department").parse::<DepartmentId>();
                    let department = other.map(|id| show.directory().department_name(id)).unwrap_or_default();
                    t.with("line-auto-assigned-elsewhere", &[("to", name(&body["to"])), ("department", department)])
                }
                "head" => t.with("line-auto-assigned-head", &words),
                _ => t.with("line-auto-assigned", &words),
            };
            let considered: Vec<String> = body["considered"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|one| {
                    let key = if one["skilled"].as_bool() == Some(true) {
                        "line-considered-skilled"
                    } else {
                        "line-considered"
                    };
                    let load = one["load"].as_i64().unwrap_or_default().to_string();
                    t.with(key, &[("who", name(&one["person"])), ("n", load)])
                })
                .collect();
            let mut parts = vec![t.with("line-on-duty", &[("people", considered.join(&t.say("list-comma")))])];
            if text("why") == "no_skill" {
                parts.push(t.say("line-no-skill"));
            }
            (EntryKind::Event, what, parts.join("\n"))
        }
        "waits-for-duty" => {
            let opens = text("opens").parse::<jiff::Timestamp>().ok().map(|at| show.moment(at).text);
            let what = match opens {
                Some(at) => t.with("line-waits-until", &[("at", at)]),
                None => t.say("line-waits"),
            };
            (EntryKind::Event, what, String::new())
        }
        "handed-over" => {
            let words = [("from", name(&body["from"])), ("to", name(&body["to"])), ("day", text("day").to_owned())];
            (EntryKind::Event, t.with("line-handed-over", &words), String::new())
        }
        _ => return None,
    })
}
