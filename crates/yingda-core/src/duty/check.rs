//! Whether a roster holds: everything that is wrong with it, by day, shift and person, before it happens.
//!
//! The one thing to know: one person in two places is impossible and refused when it is saved ([`overlap`]); all the rest is
//! told ahead and decided by people. Whoever is on leave, not trained or absent does not count towards the least number
//! nor towards the hours that somebody has to be there (T14, T49).

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use serde::Serialize;

use super::{Asked, DayKind, Leave, Shift, Skill, Span, Turn, span};
use crate::id::{PersonId, ShiftId};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It cannot be: refused when it is saved.
    Impossible,
    /// A rule of the documents is broken.
    Serious,
    /// Worth a thought.
    Notice,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum What {
    /// The person has another turn at the same time.
    Overlap {
        /// On that shift.
        with: ShiftId,
    },
    /// Fewer people than the shift needs.
    TooFew {
        /// Who counts.
        have: i64,
        /// How many it needs.
        need: i64,
    },
    /// The person lacks the training that the shift asks for.
    Untrained,
    /// The person is on approved leave.
    OnLeave,
    /// The person no longer works here, or in another department.
    Gone,
    /// Less rest than the department wants since the turn before.
    ShortRest {
        /// Minutes between the two.
        minutes: i64,
    },
    /// The shift is not held on such a day.
    NotHeld,
    /// Nobody is there although somebody has to be (T14, T49).
    Gap {
        /// From when until when.
        span: Span,
    },
}

impl What {
    /// How bad it is.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::Overlap { .. } => Severity::Impossible,
            Self::TooFew { .. } | Self::Untrained | Self::OnLeave | Self::Gone | Self::Gap { .. } => Severity::Serious,
            Self::ShortRest { .. } | Self::NotHeld => Severity::Notice,
        }
    }

    /// The word under which sentences are found.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Overlap { .. } => "overlap",
            Self::TooFew { .. } => "too_few",
            Self::Untrained => "untrained",
            Self::OnLeave => "on_leave",
            Self::Gone => "gone",
            Self::ShortRest { .. } => "short_rest",
            Self::NotHeld => "not_held",
            Self::Gap { .. } => "gap",
        }
    }
}

/// One thing that is wrong with a roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// The day that it belongs to.
    pub day: Date,
    /// The shift, where it is about one.
    pub shift: Option<ShiftId>,
    /// The person, where it is about one.
    pub person: Option<PersonId>,
    /// What is wrong.
    pub what: What,
}

/// A roster as it is checked. Days outside `from..=until` only lend their turns to rest and overlap.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// The first day that is judged.
    pub from: Date,
    /// The last.
    pub until: Date,
    /// The department's shifts, the ones no longer planned too.
    pub shifts: &'a [Shift],
    /// Every turn of its people in those days and next to them, of other rosters too.
    pub turns: &'a [Turn],
    /// Their leave.
    pub leaves: &'a [Leave],
    /// Their training.
    pub skills: &'a [Skill],
    /// Who may be rostered: the department's people who still work here.
    pub people: &'a BTreeSet<PersonId>,
    /// The days that are off.
    pub off: &'a BTreeSet<Date>,
    /// The hours of every day in which somebody has to be there.
    pub cover: Option<(Time, Time)>,
    /// Least minutes between two turns of a person.
    pub rest_minutes: i64,
    /// The office's zone.
    pub zone: &'a TimeZone,
}

impl Plan<'_> {
    fn day_kind(&self, day: Date) -> DayKind {
        if self.off.contains(&day) { DayKind::Off } else { DayKind::Working }
    }

    fn judges(&self, day: Date) -> bool {
        (self.from..=self.until).contains(&day)
    }

    fn shift(&self, id: ShiftId) -> Option<&Shift> {
        self.shifts.iter().find(|shift| shift.id == id)
    }

    /// Whether the person of a turn can stand for it: here, trained, not on leave.
    fn stands(&self, turn: &Turn, shift: &Shift) -> bool {
        !turn.absent
            && self.people.contains(&turn.person)
            && is_trained(self.skills, turn.person, shift, turn.day)
            && !is_on_leave(self.leaves, turn.person, turn.span)
    }
}

/// Whether somebody has the training that a shift asks for, on a day.
#[must_use]
pub fn is_trained(skills: &[Skill], person: PersonId, shift: &Shift, day: Date) -> bool {
    shift.skill.is_empty() || skills.iter().any(|s| s.person == person && s.word == shift.skill && s.counts_on(day))
}

/// Whether somebody has approved leave within a span.
#[must_use]
pub fn is_on_leave(leaves: &[Leave], person: PersonId, span: Span) -> bool {
    leaves.iter().any(|l| l.person == person && l.state == Asked::Approved && l.span.meets(span))
}

/// The turn of the same person that a new one would overlap, if there is one: nobody is in two places.
#[must_use]
pub fn overlap(turns: &[Turn], person: PersonId, span: Span) -> Option<&Turn> {
    turns.iter().find(|turn| turn.person == person && !turn.absent && turn.span.meets(span))
}

/// Everything that is wrong with a roster, by day.
#[must_use]
pub fn findings(plan: &Plan<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    of_people(plan, &mut found);
    of_turns(plan, &mut found);
    of_shifts(plan, &mut found);
    of_cover(plan, &mut found);
    found.sort_unstable();
    found
}

/// Overlaps and short rests, person by person.
fn of_people(plan: &Plan<'_>, found: &mut Vec<Finding>) {
    let mut by_person: BTreeMap<PersonId, Vec<&Turn>> = BTreeMap::new();
    for turn in plan.turns.iter().filter(|turn| !turn.absent) {
        by_person.entry(turn.person).or_default().push(turn);
    }
    let rest = SignedDuration::from_mins(plan.rest_minutes.max(0));
    for (person, mut turns) in by_person {
        turns.sort_by_key(|turn| (turn.span, turn.id));
        let mut note = |turn: &Turn, what| {
            if plan.judges(turn.day) {
                found.push(Finding { day: turn.day, shift: Some(turn.shift), person: Some(person), what });
            }
        };
        for (i, turn) in turns.iter().enumerate() {
            let later = turns.get(i + 1..).unwrap_or_default();
            for other in later.iter().take_while(|other| other.span.from < turn.span.to) {
                note(turn, What::Overlap { with: other.shift });
                note(other, What::Overlap { with: turn.shift });
            }
            let before = turns.get(..i).unwrap_or_default().iter().max_by_key(|before| before.span.to);
            if let Some(before) = before.filter(|before| !before.span.meets(turn.span)) {
                let apart = before.span.apart(turn.span);
                if apart < rest {
                    note(turn, What::ShortRest { minutes: apart.as_mins() });
                }
            }
        }
    }
}

/// What is wrong with a turn by itself.
fn of_turns(plan: &Plan<'_>, found: &mut Vec<Finding>) {
    for turn in plan.turns.iter().filter(|turn| plan.judges(turn.day) && !turn.absent) {
        // Turns of the same people on other departments' rosters are judged there.
        let Some(shift) = plan.shift(turn.shift) else { continue };
        let mut note = |what| {
            found.push(Finding { day: turn.day, shift: Some(turn.shift), person: Some(turn.person), what });
        };
        if !plan.people.contains(&turn.person) {
            note(What::Gone);
        }
        if !is_trained(plan.skills, turn.person, shift, turn.day) {
            note(What::Untrained);
        }
        if is_on_leave(plan.leaves, turn.person, turn.span) {
            note(What::OnLeave);
        }
        if !shift.held.on(plan.day_kind(turn.day)) {
            note(What::NotHeld);
        }
    }
}

/// Shifts with too few people who can stand for them.
fn of_shifts(plan: &Plan<'_>, found: &mut Vec<Finding>) {
    for day in days(plan.from, plan.until) {
        for shift in plan.shifts.iter().filter(|shift| shift.active && shift.held.on(plan.day_kind(day))) {
            let on_it = plan.turns.iter().filter(|turn| turn.shift == shift.id && turn.day == day);
            let stand: BTreeSet<PersonId> =
                on_it.filter(|turn| plan.stands(turn, shift)).map(|turn| turn.person).collect();
            let have = stand.len() as i64;
            if have < shift.least {
                let what = What::TooFew { have, need: shift.least };
                found.push(Finding { day, shift: Some(shift.id), person: None, what });
            }
        }
    }
}

/// Stretches of the required hours in which nobody is there.
fn of_cover(plan: &Plan<'_>, found: &mut Vec<Finding>) {
    let Some((from, to)) = plan.cover else { return };
    let mut there: Vec<Span> = plan
        .turns
        .iter()
        .filter(|turn| plan.shift(turn.shift).is_some_and(|shift| plan.stands(turn, shift)))
        .map(|turn| turn.span)
        .collect();
    there.sort_unstable();
    for day in days(plan.from, plan.until) {
        let Some(wanted) = span(day, from, to, plan.zone) else { continue };
        for gap in uncovered(wanted, &there) {
            found.push(Finding { day, shift: None, person: None, what: What::Gap { span: gap } });
        }
    }
}

/// The parts of a span that no other covers; `there` is in order of beginning.
#[must_use]
pub fn uncovered(wanted: Span, there: &[Span]) -> Vec<Span> {
    let mut gaps = Vec::new();
    let mut at = wanted.from;
    for span in there.iter().filter(|span| span.meets(wanted)) {
        if span.from > at {
            gaps.push(Span { from: at, to: span.from });
        }
        at = at.max(span.to);
    }
    if at < wanted.to {
        gaps.push(Span { from: at, to: wanted.to });
    }
    gaps
}

/// The days from one to another, both with it.
pub fn days(from: Date, until: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(from), |day| day.tomorrow().ok()).take_while(move |day| *day <= until)
}
