//! What happened to a ticket, as sentences: lines of history, messages and notes in the order of time.
//!
//! The one thing to know: a line's body is JSON whose shape belongs to its kind and is written where the deed is done; here it is
//! only read, and a line of an unknown kind still says who and when.

use serde_json::Value;
use yingda_app::ticket::TicketView;
use yingda_app::{Directory, Line, Message, MessageKind};
use yingda_core::{DepartmentId, PersonId};

use crate::front::Visit;
use crate::i18n::Tr;
use crate::kit::Markup;
use crate::pages::attachments;
use crate::pages::duty;
use crate::pages::notice_card;
use crate::pages::overdue;
use crate::pages::particulars;
use crate::pages::show::{Show, channel_word};
use crate::views::ticket::{Entry, EntryKind, Progress, TicketTab};

/// Kinds of lines that only the full history shows.
const ASIDE: [&str; 6] = ["assigned", "copied", "told", "attached", "detached", "progress"];

/// Entries shown before a reader asks for all.
pub const SHOWN: usize = 100;

/// Turns a ticket's lines and messages into entries.
#[derive(Debug)]
pub struct Timeline<'a> {
    visit: &'a Visit,
    show: &'a Show,
    view: &'a TicketView,
    t: Tr,
}

impl<'a> Timeline<'a> {
    /// For one reader of one ticket.
    #[must_use]
    pub fn new(visit: &'a Visit, show: &'a Show, view: &'a TicketView) -> Self {
        Self { visit, show, view, t: visit.t() }
    }

    /// Everything that the tab shows, oldest first.
    #[must_use]
    pub fn entries(&self, tab: TicketTab) -> Vec<Entry> {
        let mut entries: Vec<(jiff::Timestamp, i64, Entry)> = Vec::new();
        for line in &self.view.history {
            if tab == TicketTab::History || !ASIDE.contains(&line.kind.as_str()) {
                entries.push((line.at, line.id.get(), self.line(line, tab)));
            }
        }
        for message in &self.view.messages {
            entries.push((message.at, message.id.get(), self.message(message)));
        }
        entries.sort_by_key(|(at, id, _)| (*at, *id));
        entries.into_iter().map(|(_, _, entry)| entry).collect()
    }

    fn message(&self, message: &Message) -> Entry {
        let (kind, who) = match message.kind {
            MessageKind::Note => (EntryKind::Note, self.who(message.author)),
            MessageKind::ToCustomer => (EntryKind::Out, self.who(message.author)),
            MessageKind::FromCustomer => (EntryKind::In, self.caller()),
        };
        let mut parts = Vec::new();
        if !message.channel.is_empty() {
            parts.push(self.t.with("line-by-channel", &[("channel", channel_word(self.t, &message.channel))]));
        }
        if let Some(told) = message.told.filter(|told| *told != message.at) {
            parts.push(self.t.with("line-told-at", &[("at", self.show.moment(told).text)]));
        }
        let untold = message.kind == MessageKind::ToCustomer && message.told.is_none();
        Entry {
            anchor: message.id.to_string(),
            kind,
            who,
            what: parts.join(&self.t.say("line-then")),
            at: self.show.moment(message.at),
            body: Markup::prose(&message.body),
            changes: Vec::new(),
            files: Vec::new(),
            untold: (untold && self.view.may.reply).then(|| message.id.to_string()),
        }
    }

    /// The name that stands over what the customer said.
    fn caller(&self) -> String {
        let ticket = &self.view.held.ticket;
        let names = [&ticket.customer_name, &ticket.contact_name];
        let names: Vec<&str> = names.into_iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
        if names.is_empty() { self.t.say("entry-customer") } else { names.join(" · ") }
    }

    fn who(&self, person: Option<PersonId>) -> String {
        person.map(|id| self.show.directory().person_name(id)).unwrap_or_default()
    }

    fn line(&self, line: &Line, tab: TicketTab) -> Entry {
        let body: Value = serde_json::from_str(&line.body).unwrap_or_default();
        let Said { kind, what, body: text } = self.said(line, &body);
        let attached = (line.kind == "attached").then(|| body["attachment"].as_str()).flatten();
        let file = self.view.attachments.iter().find(|file| Some(file.id.to_string().as_str()) == attached);
        Entry {
            anchor: line.id.to_string(),
            kind,
            who: self.who(line.actor),
            what,
            at: self.show.moment(line.at),
            body: Markup::prose(&text),
            changes: match (line.kind.as_str(), tab) {
                ("amended", _) => particulars::changes(self.t, &body),
                (_, TicketTab::History) => fields(&body),
                _ => Vec::new(),
            },
            files: file.map(|file| attachments::link(file, false)).into_iter().collect(),
            untold: None,
        }
    }

    /// What a line says, for the entry and for whoever was overtaken by it.
    #[must_use]
    pub fn sentence(&self, line: &Line) -> String {
        let body: Value = serde_json::from_str(&line.body).unwrap_or_default();
        self.said(line, &body).what
    }

    fn said(&self, line: &Line, body: &Value) -> Said {
        let t = self.t;
        let text = |key: &str| body[key].as_str().unwrap_or_default().to_owned();
        let number = || text("number");
        let directory = self.show.directory();
        let say = |kind: EntryKind, what: String, text: String| Said { kind, what, body: text };
        let event = |what: String| say(EntryKind::Event, what, String::new());
        match line.kind.as_str() {
            "received" => {
                let first = t.with("line-received", &[("channel", channel_word(t, &text("channel")))]);
                self.happened(first, body)
            }
            "step" => {
                let mut first = t.with("line-step", &[("step", text("label"))]);
                if body["took"].as_bool() == Some(true) {
                    first = [first, t.say("line-took")].join(&t.say("line-and"));
                }
                self.happened(first, body)
            }
            "assigned" => {
                let to = body["to"].as_str().and_then(|id| id.parse::<PersonId>().ok());
                let what = match to {
                    None => t.say("line-unassigned"),
                    Some(to) if Some(to) == line.actor => t.say("line-took-it"),
                    Some(to) => t.with("line-assigned", &[("to", directory.person_name(to))]),
                };
                let (what, remark) = self.called(what, body);
                say(EntryKind::Event, what, remark)
            }
            "transferred" => {
                let department = department(directory, &text("to_department"));
                let person = text("to_person").parse::<PersonId>().ok().map(|id| directory.person_name(id));
                let to = person.map_or_else(|| department.clone(), |person| format!("{department} · {person}"));
                let (what, remark) = self.called(t.with("line-transferred", &[("to", to)]), body);
                let texts: Vec<String> = [text("reason"), remark].into_iter().filter(|text| !text.is_empty()).collect();
                say(EntryKind::Event, what, texts.join("\n"))
            }
            "amended" => {
                let names = particulars::names(t, body).join(&t.say("list-comma"));
                event(t.with("line-amended", &[("names", names)]))
            }
            "copied" => event(t.with("line-copied", &[("department", department(directory, &text("department")))])),
            "told" => say(EntryKind::Event, t.say("line-told"), text("text")),
            "progress" => say(EntryKind::Event, t.with("line-progress", &[("label", text("label"))]), text("note")),
            "sheet-sent" => {
                let to = department(directory, &text("to"));
                let what = t.with("line-sheet-sent", &[("to", to), ("number", number())]);
                say(EntryKind::Sheet, what, text("question"))
            }
            "sheet-received" => {
                let due = text("due").parse::<jiff::Timestamp>().ok().map(|due| self.show.moment(due).text);
                let what = match due {
                    Some(due) => t.with("line-sheet-received-due", &[("number", number()), ("due", due)]),
                    None => t.with("line-sheet-received", &[("number", number())]),
                };
                say(EntryKind::Sheet, what, String::new())
            }
            "sheet-answered" => {
                say(EntryKind::Sheet, t.with("line-sheet-answered", &[("number", number())]), text("answer"))
            }
            "sheet-countersigned" => {
                say(EntryKind::Good, t.with("line-sheet-countersigned", &[("number", number())]), String::new())
            }
            "sheet-withdrawn" => {
                say(EntryKind::Sheet, t.with("line-sheet-withdrawn", &[("number", number())]), text("reason"))
            }
            "attached" => event(t.with("line-attached", &[("name", text("name"))])),
            "detached" => event(t.with("line-detached", &[("name", text("name"))])),
            "clocks-paused" | "clocks-resumed" => {
                let clocks = body["clocks"].as_array().into_iter().flatten().filter_map(Value::as_str);
                let clocks = clocks.collect::<Vec<_>>().join(&t.say("list-comma"));
                let key = format!("line-{}", line.kind);
                say(EntryKind::Event, t.with(&key, &[("reason", text("reason")), ("clocks", clocks)]), text("note"))
            }
            "limit-set" => {
                let due = text("due").parse::<jiff::Timestamp>().ok().map(|due| self.show.moment(due).text);
                let what = match due {
                    Some(due) => t.with("line-limit-set", &[("label", text("label")), ("due", due)]),
                    None => t.with("line-limit-set-none", &[("label", text("label"))]),
                };
                say(EntryKind::Event, what, text("reason"))
            }
            "notice" => self.notice(body),
            "notice-settled" => self.settled(body),
            "tracked" => {
                let what = match body["obstacle"].as_str().filter(|word| !word.is_empty()) {
                    None => t.say("line-tracked"),
                    Some(word) => t.with("line-tracked-obstacle", &[("obstacle", t.say(&format!("obstacle-{word}")))]),
                };
                say(EntryKind::Event, what, text("note"))
            }
            "archived" => event(t.say("line-archived")),
            "imported" => event(t.say("line-imported")),
            other => match overdue::lines::said(t, self.show, other, body)
                .or_else(|| duty::lines::said(t, self.show, other, body))
            {
                Some((kind, what, text)) => say(kind, what, text),
                None => event(t.with("line-other", &[("kind", other)])),
            },
        }
    }

    /// The telephone call that an assignment was recorded with: after its sentence, and what was said.
    fn called(&self, first: String, body: &Value) -> (String, String) {
        let call = &body["phone"];
        let Some(person) = call["person"].as_str().and_then(|id| id.parse::<PersonId>().ok()) else {
            return (first, String::new());
        };
        let at = call["at"].as_str().and_then(|at| at.parse().ok()).map(|at| self.show.moment(at).text);
        let name = self.show.directory().person_name(person);
        let called = self.t.with("line-called", &[("who", name), ("at", at.unwrap_or_default())]);
        let remark = call["remark"].as_str().unwrap_or_default().to_owned();
        ([first, called].join(&self.t.say("line-then")), remark)
    }

    /// Somebody was told something: a warning, an escalation.
    fn notice(&self, body: &Value) -> Said {
        let t = self.t;
        let text = |key: &str| body[key].as_str().unwrap_or_default();
        let people = body["people"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let names: Vec<String> =
            people.filter_map(|id| id.parse().ok()).map(|id| self.show.directory().person_name(id)).collect();
        let kind = notice_card::kind_of_line(text("kind"));
        let words = [
            ("kind", notice_card::kind_word(t, &kind)),
            ("label", notice_card::label(t, text("label"), text("trigger"))),
            ("people", names.join(&t.say("list-comma"))),
        ];
        let what = t.with(if names.is_empty() { "line-notice-nobody" } else { "line-notice" }, &words);
        let mut texts = vec![text("note").to_owned()];
        if !text("proposal").is_empty() {
            texts.push(t.with("line-notice-proposal", &[("text", text("proposal"))]));
        }
        texts.retain(|text| !text.is_empty());
        let kind = if kind.wants_outcome() { EntryKind::Bad } else { EntryKind::Event };
        Said { kind, what, body: texts.join("\n\n") }
    }

    /// What came of an escalation.
    fn settled(&self, body: &Value) -> Said {
        let t = self.t;
        let text = |key: &str| body[key].as_str().unwrap_or_default();
        let label = notice_card::label(t, text("label"), text("trigger"));
        let (key, text) = match text("how") {
            "stopped" => ("line-notice-stopped", ""),
            "ended" => ("line-notice-ended", ""),
            _ => ("line-notice-settled", text("text")),
        };
        Said { kind: EntryKind::Good, what: t.with(key, &[("label", label)]), body: text.to_owned() }
    }

    /// What an event of the process did, after the sentence that names it.
    fn happened(&self, first: String, body: &Value) -> Said {
        let t = self.t;
        let happened = &body["happened"];
        let list = |key: &str| {
            let items = happened[key].as_array().into_iter().flatten();
            items.filter_map(Value::as_str).collect::<Vec<_>>().join(&t.say("list-comma"))
        };
        let mut parts = vec![first];
        let mut kind = EntryKind::Event;
        if let Some(value) = happened["rated"].as_str() {
            parts.push(t.with("line-rated", &[("value", value)]));
        }
        if happened["reopened"].as_bool() == Some(true) {
            kind = EntryKind::Bad;
            parts.push(t.say("line-reopened"));
        }
        if let Some(label) = happened["progress"].as_str() {
            parts.push(t.with("line-progress-set", &[("label", label)]));
        }
        let sheets = list("sheets");
        if !sheets.is_empty() {
            parts.push(t.with("line-sheets", &[("numbers", sheets)]));
        }
        let entered = list("entered");
        if !entered.is_empty() {
            parts.push(t.with("line-entered", &[("steps", entered)]));
        }
        if let Some(label) = happened["ended"].as_str() {
            kind = EntryKind::Good;
            parts.push(t.with("line-ended", &[("label", label)]));
        }
        let reason = happened["rating_reason"].as_str().unwrap_or_default().to_owned();
        Said { kind, what: parts.join(&t.say("line-then")), body: reason }
    }

    /// The progress labels of the process in order, each with the time at which it was last set.
    #[must_use]
    pub fn progress(&self) -> Vec<Progress> {
        let current = &self.view.held.ticket.progress;
        let labels = &self.view.process.definition.progress;
        // A label that an older version of the page's process had is shown all the same.
        let stray = (!current.is_empty() && !labels.contains(current)).then_some(current);
        let set_at = |label: &str| {
            self.view.history.iter().rev().find(|line| {
                let body: Value = serde_json::from_str(&line.body).unwrap_or_default();
                let named = if line.kind == "progress" { &body["label"] } else { &body["happened"]["progress"] };
                named.as_str() == Some(label)
            })
        };
        labels
            .iter()
            .chain(stray)
            .map(|label| Progress {
                label: label.clone(),
                at: set_at(label).map(|line| self.show.moment(line.at)),
                here: label == current,
            })
            .collect()
    }

    /// The lines that others wrote after a moment: what a late saver has not seen. The last one where there is none.
    #[must_use]
    pub fn since(&self, seen: Option<jiff::Timestamp>) -> Vec<&'a Line> {
        let me = self.visit.actor().person;
        let after = |line: &&Line| seen.is_some_and(|seen| line.at > seen) && line.actor != Some(me);
        let news: Vec<&Line> = self.view.history.iter().filter(after).collect();
        if news.is_empty() { self.view.history.last().into_iter().collect() } else { news }
    }
}

struct Said {
    kind: EntryKind,
    what: String,
    body: String,
}

/// The fields that a line says were filled in: label, nothing before, what it is now.
#[must_use]
pub fn fields(body: &Value) -> Vec<(String, String, String)> {
    let pairs = body["fields"].as_array().into_iter().flatten();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    pairs.map(|pair| (text(&pair[0]), String::new(), text(&pair[1]))).collect()
}

fn department(directory: &Directory, id: &str) -> String {
    id.parse::<DepartmentId>().map_or_else(|_| id.to_owned(), |id| directory.department_name(id))
}
