//! `ladder:`, `triggers:` and `pauses:`: who is told when, what is brought before somebody at once, and what clocks may wait for.
//!
//! The one thing to know: a rung, and a trigger, that tells nobody is a fault; and rungs stand in the order in which they are
//! reached, as far as that can be said without a calendar.

use std::collections::BTreeSet;

use crate::clock::{PauseReason, Recipient, Rung, RungAt, Trigger};
use crate::fault::{FaultKind, NameKind, WordKind};
use crate::hint::nearest;
use crate::limit::{Limit, LimitUnit};
use crate::yaml::{Body, Node};

use super::faults::{Faults, IdUse, View};
use super::limits::amount_of;
use super::scope::{TicketScope, expression};
use super::{Names, check_id};

const WHEN: &[&str] = &["before_percent", "before", "at_limit", "after"];

/// One node, or each of a list.
pub(super) fn each<'n>(node: &'n Node, faults: &mut Faults) -> &'n [Node] {
    match &node.body {
        Body::Scalar(scalar) if !scalar.is_nothing() => std::slice::from_ref(node),
        _ => faults.items(node).unwrap_or_default(),
    }
}

pub(super) fn ladder(node: &Node, names: &Names, faults: &mut Faults) -> Vec<Rung> {
    let items = faults.items(node).unwrap_or_default();
    if items.is_empty() {
        faults.add(node.place, FaultKind::NobodyTold);
    }
    let mut rungs: Vec<Rung> = Vec::new();
    for item in items {
        let Some(rung) = rung(item, names, faults) else {
            continue;
        };
        if rungs.iter().any(|before| !may_follow(before.when, rung.when)) {
            faults.add(item.place, FaultKind::RungOrder);
        }
        rungs.push(rung);
    }
    rungs
}

fn rung(node: &Node, names: &Names, faults: &mut Faults) -> Option<Rung> {
    let rung = faults.view(node, &["before_percent", "before", "at_limit", "after", "to", "also"])?;
    let trace = faults.trace(&rung);
    let (to, also) = told(&rung, names, faults);
    let found: Vec<String> = WHEN.iter().filter(|key| rung.get(key).is_some()).map(|key| (*key).to_owned()).collect();
    if found.len() != 1 {
        faults.add(node.place, FaultKind::OneOf { keys: WHEN, found });
        return None;
    }
    let when = if let Some(node) = rung.get("before_percent") {
        RungAt::PercentLeft(u32::try_from(faults.number(node, 1, 99)?).ok()?)
    } else if let Some(node) = rung.get("before") {
        RungAt::Before(amount_of(node, faults)?)
    } else if let Some(node) = rung.get("after") {
        RungAt::After(amount_of(node, faults)?)
    } else {
        if !faults.flag(&rung, "at_limit") {
            // `at_limit: false` says nothing about when it is instead.
            faults.add(rung.key_place("at_limit"), FaultKind::OneOf { keys: WHEN, found: Vec::new() });
            return None;
        }
        RungAt::AtLimit
    };
    Some(Rung { when, to, also, trace })
}

/// Whether the second can be reached after the first.
fn may_follow(first: RungAt, second: RungAt) -> bool {
    let phase = |at| match at {
        RungAt::PercentLeft(_) | RungAt::Before(_) => 0,
        RungAt::AtLimit => 1,
        RungAt::After(_) => 2,
    };
    match (first, second) {
        (RungAt::PercentLeft(first), RungAt::PercentLeft(second)) => first > second,
        (RungAt::Before(first), RungAt::Before(second)) => shorter(second, first),
        (RungAt::After(first), RungAt::After(second)) => shorter(first, second),
        (RungAt::PercentLeft(_), RungAt::Before(_)) | (RungAt::Before(_), RungAt::PercentLeft(_)) => true,
        _ => phase(first) < phase(second),
    }
}

/// Whether the first is shorter, or only a calendar could say.
fn shorter(first: Limit, second: Limit) -> bool {
    let measure = |limit: Limit| {
        let (kind, each) = match limit.unit {
            LimitUnit::WorkingMinutes => (0, 1),
            LimitUnit::WorkingHours => (0, 60),
            LimitUnit::WorkingDays => (1, 1),
            LimitUnit::Minutes => (2, 1),
            LimitUnit::Hours => (2, 60),
            LimitUnit::Days => (2, 24 * 60),
            LimitUnit::Weeks => (2, 7 * 24 * 60),
            LimitUnit::Months => (3, 1),
        };
        (kind, u64::from(limit.amount) * each)
    };
    let ((kind, first), (other, second)) = (measure(first), measure(second));
    kind != other || first < second
}

/// Those under `to` and `also`; at least one of them is needed.
fn told(view: &View<'_>, names: &Names, faults: &mut Faults) -> (Vec<Recipient>, Vec<Recipient>) {
    let mut of = |key: &str| -> Option<Vec<Recipient>> {
        let nodes = each(view.get(key)?, faults);
        Some(nodes.iter().filter_map(|node| recipient(node, names, faults)).collect())
    };
    let (to, also) = (of("to"), of("also"));
    let said =
        |key: &str| view.get(key).is_some_and(|node| !matches!(&node.body, Body::List(items) if items.is_empty()));
    if !said("to") && !said("also") {
        faults.add(view.place, FaultKind::NobodyTold);
    }
    (to.unwrap_or_default(), also.unwrap_or_default())
}

fn recipient(node: &Node, names: &Names, faults: &mut Faults) -> Option<Recipient> {
    let word = faults.text(node)?;
    let found = Recipient::read(&word);
    match &found {
        Some(Recipient::HeadOf(id)) if !names.departments.contains(id) => {
            let hint = nearest(id, names.departments.iter().map(String::as_str)).map(|near| format!("head.{near}"));
            faults.add(node.place, FaultKind::UnknownName { kind: NameKind::Department, name: id.clone(), hint });
            return None;
        }
        Some(_) => {}
        None => {
            let hint = nearest(&word, Recipient::WORDS.iter().copied());
            let allowed = Recipient::WORDS;
            faults.add(node.place, FaultKind::UnknownWord { kind: WordKind::Recipient, word, allowed, hint });
        }
    }
    found
}

pub(super) fn triggers(view: &View<'_>, names: &Names, scope: &TicketScope<'_>, faults: &mut Faults) -> Vec<Trigger> {
    let mut triggers = Vec::new();
    for (id, node) in view.get("triggers").and_then(|node| faults.entries(node)).unwrap_or_default() {
        check_id(&id.text, id.place, IdUse::Key, faults);
        let Some(trigger) = faults.view(node, &["label", "when", "to", "also", "proposal"]) else {
            continue;
        };
        let label = faults.required_text(&trigger, "label").unwrap_or_default();
        let (to, also) = told(&trigger, names, faults);
        // It is asked at any time, so nothing surely has a value.
        let when = trigger.get("when").and_then(|node| expression(node, faults));
        let when = when.and_then(|when| when.condition(scope, &BTreeSet::new(), faults));
        let proposal = faults.flag(&trigger, "proposal");
        triggers.push(Trigger { id: id.text.clone(), label, when, to, also, proposal, trace: faults.trace(&trigger) });
    }
    triggers
}

/// `known` are the ids of all clocks.
pub(super) fn pauses(view: &View<'_>, known: &[String], faults: &mut Faults) -> Vec<PauseReason> {
    let mut pauses = Vec::new();
    for (id, node) in view.get("pauses").and_then(|node| faults.entries(node)).unwrap_or_default() {
        check_id(&id.text, id.place, IdUse::Key, faults);
        let Some(pause) = faults.view(node, &["label", "clocks"]) else {
            continue;
        };
        let label = faults.required_text(&pause, "label").unwrap_or_default();
        let nodes = pause.get("clocks").map(|node| each(node, faults)).unwrap_or_default();
        let known = known.iter().map(String::as_str);
        let clocks = nodes.iter().filter_map(|node| faults.name(node, NameKind::Clock, known.clone())).collect();
        pauses.push(PauseReason { id: id.text.clone(), label, clocks, trace: faults.trace(&pause) });
    }
    pauses
}
