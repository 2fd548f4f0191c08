//! `limit:` and `target:`: one amount, or one for each priority, or either of them for each channel.
//!
//! The one thing to know: exactly one unit is written, so `{hours: 1, minutes: 30}` is a fault and not ninety minutes.

use crate::definition::Trace;
use crate::fault::{FaultKind, WordKind};
use crate::limit::{Limit, LimitCell, LimitRow, LimitRule, LimitUnit};
use crate::vocabulary::{Channel, Priority};
use crate::yaml::{Key, Node};

use super::faults::{Faults, TRACE_KEYS, View};

const UNITS: &[&str] = LimitUnit::IDS;
/// What a row may say.
const ROW: &[&str] =
    &["working_minutes", "working_hours", "working_days", "minutes", "hours", "days", "weeks", "months", "by_priority"];
/// What a limit may say.
const LIMIT_KEYS: &[&str] = &[
    "working_minutes",
    "working_hours",
    "working_days",
    "minutes",
    "hours",
    "days",
    "weeks",
    "months",
    "by_priority",
    "by_channel",
];
/// What else may stand beside the limit of a step.
const CLOCK_KEYS: &[&str] = &["calendar", "paused_in", "answerable", "ladder"];
/// The row for every channel that has none of its own.
const OTHER: &str = "other";
const CHANNELS: &[&str] = &[
    "phone", "chat", "mail", "wecom", "wechat", "sms", "social", "fax", "letter", "visit", "onsite", "api", "import",
    OTHER,
];

/// `target:` of a clock.
pub(super) fn limit(node: &Node, faults: &mut Faults) -> Option<LimitRule> {
    let view = faults.view(node, LIMIT_KEYS)?;
    of_view(&view, faults)
}

/// `limit:` of a step, beside which stand keys that `clocks` reads.
pub(super) fn limit_of_step(node: &Node, faults: &mut Faults) -> Option<LimitRule> {
    let keys: Vec<&str> = LIMIT_KEYS.iter().chain(CLOCK_KEYS).copied().collect();
    let view = faults.view(node, &keys)?;
    of_view(&view, faults)
}

fn of_view(view: &View<'_>, faults: &mut Faults) -> Option<LimitRule> {
    let trace = faults.trace(view);
    one_of(view, LIMIT_KEYS, faults)?;
    let Some(by_channel) = view.get("by_channel") else {
        let cells = cells(view, &trace, faults)?;
        return Some(LimitRule { rows: vec![LimitRow { channel: None, cells }], trace });
    };
    let mut rows = Vec::new();
    for (key, node) in faults.entries(by_channel)? {
        let Some(channel) = channel(key, faults) else {
            continue;
        };
        let Some(view) = faults.view(node, ROW) else {
            continue;
        };
        let trace = inherited(&view, &trace, faults);
        if one_of(&view, ROW, faults).is_some()
            && let Some(cells) = cells(&view, &trace, faults)
        {
            rows.push(LimitRow { channel, cells });
        }
    }
    rows.sort_by_key(|row| row.channel.is_none());
    Some(LimitRule { rows, trace })
}

/// A channel, or all others.
fn channel(key: &Key, faults: &mut Faults) -> Option<Option<Channel>> {
    if key.text == OTHER {
        return Some(None);
    }
    let found = Channel::from_id(&key.text);
    if found.is_none() {
        let hint = crate::hint::nearest(&key.text, CHANNELS.iter().copied());
        let word = key.text.clone();
        faults.add(key.place, FaultKind::UnknownWord { kind: WordKind::Channel, word, allowed: CHANNELS, hint });
    }
    found.map(Some)
}

/// One cell for every priority, or those under `by_priority`.
fn cells(view: &View<'_>, trace: &Trace, faults: &mut Faults) -> Option<Vec<LimitCell>> {
    let Some(by_priority) = view.get("by_priority") else {
        return Some(vec![LimitCell { priority: None, limit: amount(view, faults)?, trace: trace.clone() }]);
    };
    let mut cells = Vec::new();
    for (key, node) in faults.entries(by_priority)? {
        let Some(priority) = Priority::from_id(&key.text) else {
            let hint = crate::hint::nearest(&key.text, Priority::IDS.iter().copied());
            let word = key.text.clone();
            faults.add(
                key.place,
                FaultKind::UnknownWord { kind: WordKind::Priority, word, allowed: Priority::IDS, hint },
            );
            continue;
        };
        if let Some((limit, trace)) = plain(node, trace, faults) {
            cells.push(LimitCell { priority: Some(priority), limit, trace });
        }
    }
    cells.sort_by_key(|cell| cell.priority);
    Some(cells)
}

/// Exactly one unit.
fn plain(node: &Node, outer: &Trace, faults: &mut Faults) -> Option<(Limit, Trace)> {
    let view = faults.view(node, UNITS)?;
    let trace = inherited(&view, outer, faults);
    one_of(&view, UNITS, faults)?;
    Some((amount(&view, faults)?, trace))
}

/// `{working_minutes: 30}`: a limit that is the same for every ticket.
pub(super) fn amount_of(node: &Node, faults: &mut Faults) -> Option<Limit> {
    plain(node, &Trace::default(), faults).map(|(limit, _)| limit)
}

/// The item's own trace where it has one, else that of what it stands in.
fn inherited(view: &View<'_>, outer: &Trace, faults: &mut Faults) -> Trace {
    let own = TRACE_KEYS.iter().any(|key| view.get(key).is_some());
    if own { faults.trace(view) } else { outer.clone() }
}

fn one_of(view: &View<'_>, keys: &'static [&'static str], faults: &mut Faults) -> Option<()> {
    let found: Vec<String> = keys.iter().filter(|key| view.get(key).is_some()).map(|key| (*key).to_owned()).collect();
    if found.len() == 1 {
        return Some(());
    }
    faults.add(view.place, FaultKind::OneOf { keys, found });
    None
}

fn amount(view: &View<'_>, faults: &mut Faults) -> Option<Limit> {
    let unit = LimitUnit::ALL.iter().copied().find(|unit| view.get(unit.id()).is_some())?;
    let amount = faults.number(view.get(unit.id())?, 1, 100_000)?;
    Some(Limit { amount: u32::try_from(amount).ok()?, unit })
}
