//! `limit:` of a step: one amount, or one for each priority.
//!
//! The one thing to know: exactly one unit is written, so `{hours: 1, minutes: 30}` is a fault and not ninety minutes.

use std::collections::BTreeMap;

use crate::fault::{FaultKind, WordKind};
use crate::limit::{Limit, LimitCells, LimitRule, LimitUnit};
use crate::vocabulary::Priority;
use crate::yaml::Node;

use super::faults::{Faults, View};

const UNITS: &[&str] = &["working_minutes", "working_hours", "working_days", "minutes", "hours", "days"];
const LIMIT_KEYS: &[&str] =
    &["working_minutes", "working_hours", "working_days", "minutes", "hours", "days", "by_priority"];

pub(super) fn limit(node: &Node, faults: &mut Faults) -> Option<LimitRule> {
    let view = faults.view(node, LIMIT_KEYS)?;
    let trace = faults.trace(&view);
    let found: Vec<String> =
        LIMIT_KEYS.iter().filter(|key| view.get(key).is_some()).map(|key| (*key).to_owned()).collect();
    if found.len() != 1 {
        faults.add(node.place, FaultKind::OneOf { keys: LIMIT_KEYS, found });
        return None;
    }
    let Some(by_priority) = view.get("by_priority") else {
        return Some(LimitRule { cells: LimitCells::Fixed(amount(&view, faults)?), trace });
    };
    let mut cells = BTreeMap::new();
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
        let Some(view) = faults.view(node, UNITS) else {
            continue;
        };
        let found: Vec<String> =
            UNITS.iter().filter(|key| view.get(key).is_some()).map(|key| (*key).to_owned()).collect();
        if found.len() != 1 {
            faults.add(node.place, FaultKind::OneOf { keys: UNITS, found });
        } else if let Some(limit) = amount(&view, faults) {
            cells.insert(priority, limit);
        }
    }
    Some(LimitRule { cells: LimitCells::ByPriority(cells), trace })
}

fn amount(view: &View<'_>, faults: &mut Faults) -> Option<Limit> {
    let unit = LimitUnit::ALL.iter().copied().find(|unit| view.get(unit.id()).is_some())?;
    let amount = faults.number(view.get(unit.id())?, 1, 100_000)?;
    Some(Limit { amount: u32::try_from(amount).ok()?, unit })
}
