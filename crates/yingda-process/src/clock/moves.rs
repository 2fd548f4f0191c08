//! What the clocks of a ticket have to do when moments pass.
//!
//! The one thing to know: [`moves`] is pure and total; it sees the rules, where the ticket stands afterwards and the latest round
//! of each clock, and never starts a going clock nor stops, renews or resumes one that does not go. A round begins without
//! pauses: where the ticket stands at a step that pauses it, a [`Move::Pause`] follows. Instants are deliberately not here.

use std::collections::BTreeSet;

use super::moment::Moment;
use super::rule::{ClockRule, Start};
use crate::definition::{Definition, StepKind};
use crate::form::FieldRef;
use crate::instance::Instance;
use crate::value::Value;

/// A clock that a ticket has, or had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub rule: String,
    pub state: KnownState,
    /// The planned date that it counts towards, as text.
    pub planned: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnownState {
    Going,
    Stopped,
}

/// What a clock has to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Move<'d> {
    /// A round begins; it does not stand still until a pause says so.
    Start(&'d str),
    /// Starts towards a planned date, or turns to another while it goes.
    Plan(&'d str, Value),
    /// The round is over, and with it whatever pause there is.
    Stop(&'d str),
    /// The round is over and the next begins, without pauses.
    Renew(&'d str),
    /// Stands still while the ticket is at this step.
    Pause(&'d str, String),
    Resume(&'d str, String),
}

/// What the clocks of a ticket have to do when these moments pass. `after` is the ticket after all of them; `known` holds the
/// latest round of each clock.
pub fn moves<'d>(definition: &'d Definition, after: &Instance, moments: &[Moment], known: &[Known]) -> Vec<Move<'d>> {
    let mut moves = Vec::new();
    for rule in &definition.clocks {
        let known = known.iter().find(|known| known.rule == rule.id);
        let mut course = Course {
            rule,
            going: known.is_some_and(|known| known.state == KnownState::Going),
            planned: known.and_then(|known| known.planned.clone()),
            standing: standing_before(rule, after, moments),
            moves: Vec::new(),
        };
        course.run(definition, after, moments);
        moves.append(&mut course.moves);
    }
    moves
}

/// One clock's way through the moments.
struct Course<'d> {
    rule: &'d ClockRule,
    going: bool,
    planned: Option<String>,
    /// The pausing steps at which the ticket is.
    standing: BTreeSet<String>,
    moves: Vec<Move<'d>>,
}

impl<'d> Course<'d> {
    fn run(&mut self, definition: &Definition, after: &Instance, moments: &[Moment]) {
        for (at, moment) in moments.iter().enumerate() {
            if self.going && (*moment == Moment::Ended || self.rule.stops.contains(moment)) {
                self.moves.push(Move::Stop(&self.rule.id));
                self.going = false;
            } else if self.going && self.rule.renews.contains(moment) {
                self.begin(Move::Renew(&self.rule.id));
            }
            self.walk(moment);
            if after.ended.is_some() || self.is_over(after, &moments[at + 1..]) {
                continue;
            }
            // One moment may end a round and begin the next: a step that is left for itself.
            match &self.rule.start {
                _ if self.going => {}
                Start::AnyOf(any) if any.contains(moment) => self.begin(Move::Start(&self.rule.id)),
                Start::AllOf(all) if is_last_of(all, moment, after) => self.begin(Move::Start(&self.rule.id)),
                // The date was said again: it counts again, even if it is the same.
                Start::Planned(field) if says(definition, moment, field) => {
                    if let Some(value) = after.values.get(&field.to_string()) {
                        self.plan(value);
                    }
                }
                _ => {}
            }
        }
        if let Start::Planned(field) = &self.rule.start
            && after.ended.is_none()
        {
            self.follow(after.values.get(&field.to_string()), self.is_over(after, &[]));
        }
    }

    /// Turns to another date, and stops where there is none any more.
    fn follow(&mut self, value: Option<&Value>, over: bool) {
        match value {
            Some(value) if self.planned.as_deref() != Some(&value.text()) && (self.going || !over) => self.plan(value),
            None if self.going => {
                self.moves.push(Move::Stop(&self.rule.id));
                self.going = false;
            }
            _ => {}
        }
    }

    fn plan(&mut self, value: &Value) {
        let step = Move::Plan(&self.rule.id, value.clone());
        self.planned = Some(value.text());
        if self.going { self.moves.push(step) } else { self.begin(step) }
    }

    /// Begins a round; it stands still from the start where the ticket is at a step that pauses it.
    fn begin(&mut self, how: Move<'d>) {
        self.going = true;
        self.moves.push(how);
        self.moves.extend(self.standing.iter().map(|step| Move::Pause(&self.rule.id, step.clone())));
    }

    /// Keeps account of the pausing steps.
    fn walk(&mut self, moment: &Moment) {
        match moment {
            Moment::Entered(step) if self.comes_to_stand(step) && self.going => {
                self.moves.push(Move::Pause(&self.rule.id, step.clone()));
            }
            Moment::Left(step) if self.standing.remove(step) && self.going => {
                let pause = Move::Pause(&self.rule.id, step.clone());
                match self.moves.iter().rposition(|done| *done == pause) {
                    // A step that is passed within one event (the intake) pauses nothing.
                    Some(at) => drop(self.moves.remove(at)),
                    None => self.moves.push(Move::Resume(&self.rule.id, step.clone())),
                }
            }
            _ => {}
        }
    }

    /// Notes that the ticket came to a step; gives whether it pauses the clock and did not before.
    fn comes_to_stand(&mut self, step: &str) -> bool {
        self.rule.paused_in.iter().any(|pausing| pausing == step) && self.standing.insert(step.to_owned())
    }

    /// Whether a milestone that stops the clock is reached already, so that it would never stop: it comes once until it is taken
    /// back. `rest` are the moments still to pass.
    fn is_over(&self, after: &Instance, rest: &[Moment]) -> bool {
        self.rule.stops.iter().any(|stop| {
            let holds = stop.milestone().is_some_and(|milestone| after.marks.contains(&milestone));
            holds && !rest.contains(stop)
        })
    }
}

/// Whether with this moment all have happened.
fn is_last_of(all: &[Moment], moment: &Moment, after: &Instance) -> bool {
    all.contains(moment) && all.iter().all(|one| one == moment || one.has_happened(after))
}

/// The pausing steps at which the ticket was before the moments: the first that tells of a step tells where it was.
fn standing_before(rule: &ClockRule, after: &Instance, moments: &[Moment]) -> BTreeSet<String> {
    let was_there = |step: &&String| {
        let first = moments.iter().find(|moment| match moment {
            Moment::Entered(other) | Moment::Left(other) => other == *step,
            _ => false,
        });
        match first {
            Some(first) => matches!(first, Moment::Left(_)),
            None => after.tokens.iter().any(|token| token.step == **step),
        }
    };
    rule.paused_in.iter().filter(was_there).cloned().collect()
}

/// Whether the moment is the filling in of the field's form.
fn says(definition: &Definition, moment: &Moment, field: &FieldRef) -> bool {
    let Moment::Completed(step) = moment else {
        return false;
    };
    match definition.step(step).map(|step| &step.kind) {
        Some(StepKind::Task(task)) => task.form.as_ref() == Some(&field.form),
        _ => false,
    }
}
