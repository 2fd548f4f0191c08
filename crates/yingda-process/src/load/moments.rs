//! Moments in a file, and whether they ever come.
//!
//! The one thing to know: a clock whose start never comes, or that is stopped by what never happens, is a fault when the file is
//! saved, not a surprise a year later. What people do by hand (`told_customer`, `assigned`) can always come.

use std::collections::BTreeSet;

use crate::clock::Moment;
use crate::fault::{FaultKind, NameKind, Never, WordKind};
use crate::hint::nearest;
use crate::vocabulary::Milestone;
use crate::yaml::Node;

use super::faults::Faults;
use super::flow::targets;
use super::steps::{Draft, DraftKind};

/// What a moment is to a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    Start,
    Stop,
    Renew,
}

/// The steps, as far as moments care.
pub(super) struct Happenings<'a, 'n> {
    pub drafts: &'a [Draft<'n>],
    /// Whether tables are taken in: they bring milestones that no step marks.
    pub imports: bool,
}

impl Happenings<'_, '_> {
    /// Reads a moment that comes in this use.
    pub fn read(&self, node: &Node, wanted: Use, faults: &mut Faults) -> Option<Moment> {
        let word = faults.text(node)?;
        let Some(moment) = Moment::read(&word) else {
            let hint = match word.split_once('.') {
                Some((of, step)) => nearest(of, Moment::OF_STEPS.iter().copied()).map(|near| format!("{near}.{step}")),
                None => nearest(&word, Moment::WORDS.iter().copied()),
            };
            let allowed = Moment::ALL_WORDS;
            faults.add(node.place, FaultKind::UnknownWord { kind: WordKind::Moment, word, allowed, hint });
            return None;
        };
        if let (Some(step), Some((of, _))) = (moment.step(), word.split_once('.'))
            && !self.drafts.iter().any(|draft| draft.id == step)
        {
            let near = nearest(step, self.drafts.iter().map(|draft| draft.id.as_str()));
            let hint = near.map(|near| format!("{of}.{near}"));
            faults.add(node.place, FaultKind::UnknownName { kind: NameKind::Step, name: step.to_owned(), hint });
            return None;
        }
        let in_doubt = |why| matches!(why, Never::NoStepMarksIt | Never::NotSolved) && faults.misspelt_a_milestone();
        if let Some(why) = self.never(&moment, wanted).filter(|why| !in_doubt(*why)) {
            faults.add(node.place, FaultKind::NeverComes { what: word, why });
            return None;
        }
        Some(moment)
    }

    /// Why it never comes in this use.
    fn never(&self, moment: &Moment, wanted: Use) -> Option<Never> {
        match moment {
            Moment::Opened => (wanted != Use::Start).then_some(Never::OnlyAtTheStart),
            Moment::Ended => (wanted != Use::Stop).then_some(Never::OnlyAtTheEnd),
            Moment::Responded => self.marked(Milestone::Responded, wanted),
            Moment::Solved => self.marked(Milestone::Solved, wanted),
            Moment::Confirmed => self.marked(Milestone::Confirmed, wanted),
            Moment::Reopened => {
                let solved = self.drafts.iter().any(|draft| marks(draft).contains(&Milestone::Solved));
                (!solved && !self.imports).then_some(Never::NotSolved)
            }
            Moment::ToldCustomer | Moment::Assigned => None,
            Moment::Entered(step) | Moment::Received(step) => self.at(step, moment, |_| true),
            Moment::Completed(step) | Moment::Left(step) | Moment::Answered(step) => {
                self.at(step, moment, |draft| wanted == Use::Stop || self.goes_on(draft))
            }
        }
    }

    fn marked(&self, milestone: Milestone, wanted: Use) -> Option<Never> {
        let mut marking = self.drafts.iter().filter(|draft| marks(draft).contains(&milestone)).peekable();
        if marking.peek().is_none() {
            return Some(Never::NoStepMarksIt);
        }
        let comes = wanted == Use::Stop || marking.any(|draft| self.goes_on(draft));
        (!comes).then_some(Never::OnlyAtTheEnd)
    }

    fn at(&self, step: &str, moment: &Moment, comes: impl Fn(&Draft<'_>) -> bool) -> Option<Never> {
        let draft = self.drafts.iter().find(|draft| draft.id == step)?;
        let of_sheets = matches!(moment, Moment::Received(_) | Moment::Answered(_));
        match &draft.kind {
            DraftKind::Broken => None,
            DraftKind::Task(_) if of_sheets => Some(Never::NoSheet),
            DraftKind::Task(_) | DraftKind::Sheet(..) => (!comes(draft)).then_some(Never::OnlyAtTheEnd),
            DraftKind::Message { .. } | DraftKind::End(_) | DraftKind::Gateway { .. } => Some(Never::NobodyWaits),
        }
    }

    /// Whether the ticket can still wait somewhere when the step is done: otherwise nothing starts then.
    fn goes_on(&self, draft: &Draft<'_>) -> bool {
        let mut seen = BTreeSet::new();
        let mut ends = matches!(draft.kind, DraftKind::End(_));
        let mut queue = targets(&draft.kind);
        while let Some((next, _)) = queue.pop() {
            match self.drafts.iter().find(|other| other.id == next).map(|other| &other.kind) {
                Some(DraftKind::End(_)) => ends = true,
                Some(idle @ (DraftKind::Gateway { .. } | DraftKind::Message { .. })) => {
                    if seen.insert(next) {
                        queue.extend(targets(idle));
                    }
                }
                // A misspelt target is reported where it stands.
                Some(DraftKind::Task(_) | DraftKind::Sheet(..) | DraftKind::Broken) | None => return true,
            }
        }
        // What leads nowhere at all is reported as such.
        !ends
    }
}

fn marks<'d>(draft: &'d Draft<'_>) -> &'d [Milestone] {
    match &draft.kind {
        DraftKind::Task(task) => &task.marks,
        DraftKind::Sheet(sheet, _) => &sheet.marks,
        DraftKind::End(end) => &end.marks,
        DraftKind::Message { .. } | DraftKind::Gateway { .. } | DraftKind::Broken => &[],
    }
}
