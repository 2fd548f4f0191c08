//! What a policy changes, in words.

use yingda_app::App;
use yingda_app::clocks::policy::{ClockPolicy, Policy};
use yingda_app::clocks::table::{CellChange, changes};
use yingda_process::clock::ClockRule;
use yingda_process::{Channel, Definition, Limit, Priority};

use crate::i18n::Tr;
use crate::kit::Priority as Shown;
use crate::pages::clocks::words::{calendar_name, limit_words};
use crate::pages::show::channel_word;

/// A priority's word.
#[must_use]
pub fn priority_word(t: Tr, priority: Priority) -> String {
    let shown = match priority {
        Priority::Urgent => Shown::Urgent,
        Priority::High => Shown::High,
        Priority::Medium => Shown::Normal,
        Priority::Low => Shown::Low,
    };
    shown.word(&t)
}

/// A row's name: its channel, or all others.
#[must_use]
pub fn row_word(t: Tr, channel: Option<Channel>) -> String {
    channel.map_or_else(|| t.say("policy-others"), |channel| channel_word(t, channel.id()))
}

/// A limit, or that there is none.
#[must_use]
pub fn limit_or_none(t: Tr, limit: Option<Limit>) -> String {
    limit.map_or_else(|| t.say("policy-no-limit"), |limit| limit_words(t, limit))
}

/// What a cell is called: clock, channel where it is one, priority.
#[must_use]
pub fn cell_word(t: Tr, rule: &ClockRule, channel: Option<Channel>, priority: Priority, several: bool) -> String {
    let mut parts = vec![rule.label.clone()];
    if several {
        parts.push(row_word(t, channel));
    }
    parts.push(priority_word(t, priority));
    parts.join(" · ")
}

fn calendar_of(app: &App, t: Tr, rule: &ClockRule, policy: Option<&ClockPolicy>) -> String {
    let own = policy.and_then(|policy| policy.calendar.as_deref());
    let code = own.or(rule.calendar.as_deref()).unwrap_or(yingda_app::calendars::OFFICE);
    calendar_name(app, t, code)
}

/// What differs between two policies of a process, each a sentence; empty where they mean the same.
#[must_use]
pub fn difference(app: &App, t: Tr, definition: &Definition, before: &Policy, after: &Policy) -> Vec<String> {
    let mut lines = Vec::new();
    for rule in &definition.clocks {
        let (was, is) = (before.clocks.get(&rule.id), after.clocks.get(&rule.id));
        let (from, to) = (calendar_of(app, t, rule, was), calendar_of(app, t, rule, is));
        if was.and_then(|policy| policy.calendar.as_ref()) != is.and_then(|policy| policy.calendar.as_ref()) {
            let words = [("label", rule.label.clone()), ("before", from), ("after", to)];
            lines.push(t.with("policy-diff-calendar", &words));
        }
        let cells = changes(rule, was, is);
        let several = cells.iter().any(|cell| cell.channel.is_some());
        lines.extend(cells.iter().map(|cell: &CellChange| {
            t.with(
                "policy-diff-cell",
                &[
                    ("where", cell_word(t, rule, cell.channel, cell.priority, several)),
                    ("before", limit_or_none(t, cell.before)),
                    ("after", limit_or_none(t, cell.after)),
                ],
            )
        }));
    }
    lines
}
