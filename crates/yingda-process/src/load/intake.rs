//! `start` and `intake`: where a ticket begins, and which steps one screen shows.
//!
//! The one thing to know: the intake is a chain; each step's `next` is the following, so that completing the screen is
//! completing its steps in turn.

use crate::fault::{FaultKind, NameKind};

use super::Names;
use super::faults::{Faults, View};
use super::steps::{Draft, DraftKind};

/// The start and the steps that the intake screen shows together.
pub(super) struct Chain {
    pub start: String,
    pub intake: Vec<String>,
}

pub(super) fn chain(view: &View<'_>, names: &Names, drafts: &[Draft<'_>], faults: &mut Faults) -> Chain {
    let steps = || names.steps.iter().map(String::as_str);
    let start = faults.required(view, "start").and_then(|node| faults.name(node, NameKind::Step, steps()));
    let mut intake: Vec<String> = Vec::new();
    let mut expected = start.clone();
    let Some(node) = faults.required(view, "intake") else {
        return Chain { start: start.unwrap_or_default(), intake };
    };
    let items = faults.items(node).unwrap_or_default();
    if items.is_empty() {
        faults.add(node.place, FaultKind::Empty);
    }
    for item in items {
        let Some(id) = faults.name(item, NameKind::IntakeStep, steps()) else {
            expected = None;
            continue;
        };
        if expected.as_deref().is_some_and(|expected| expected != id) {
            let fault = match intake.last() {
                None => FaultKind::IntakeNotAtStart { start: start.clone().unwrap_or_default() },
                Some(step) => FaultKind::IntakeChain { step: step.clone(), next: expected.clone().unwrap_or_default() },
            };
            faults.add(item.place, fault);
        }
        expected = match drafts.iter().find(|draft| draft.id == id).map(|draft| &draft.kind) {
            Some(DraftKind::Task(task)) if !intake.contains(&id) => {
                Some(task.next.clone()).filter(|next| !next.is_empty())
            }
            Some(DraftKind::Broken) | None => None,
            Some(_) => {
                faults.add(item.place, FaultKind::IntakeNotTask { step: id.clone() });
                None
            }
        };
        intake.push(id);
    }
    Chain { start: start.unwrap_or_default(), intake }
}
