//! The rotation (轮值): proposes who has which shift on the days of a span, for a lead to edit.
//!
//! The one thing to know: each place goes to whoever has had fewest turns, then to whoever has waited longest, then by the order
//! of the people. Nobody on leave, without the training, or with another turn at that time is ever put anywhere; too
//! little rest is only taken where a shift would otherwise have too few (R-170 comes before comfort).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::check::{days, is_on_leave, is_trained};
use super::{DayKind, Leave, Shift, Skill, Span, Turn, words};
use crate::id::{PersonId, ShiftId};

/// How long somebody keeps a shift.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    /// Others every day (S22: 每日轮换).
    #[default]
    Daily,
    /// The same people from Monday to Sunday.
    Weekly,
}
words!(Rhythm { Daily = "daily", Weekly = "weekly" });

/// What is to be filled, and with whom.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The first day.
    pub from: Date,
    /// The last.
    pub until: Date,
    /// The shifts to fill, each with its least number.
    pub shifts: &'a [Shift],
    /// The people, in their order.
    pub people: &'a [PersonId],
    /// Daily or weekly.
    pub rhythm: Rhythm,
    /// Turns that stand already, in those days and before: they count, and nobody gets another at their time.
    pub turns: &'a [Turn],
    /// The people's leave.
    pub leaves: &'a [Leave],
    /// Their training.
    pub skills: &'a [Skill],
    /// The days that are off.
    pub off: &'a BTreeSet<Date>,
    /// Least minutes between two turns.
    pub rest_minutes: i64,
    /// The office's zone.
    pub zone: &'a TimeZone,
}

/// A place that the rotation fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Proposed {
    /// The day.
    pub day: Date,
    /// The shift.
    pub shift: ShiftId,
    /// Who.
    pub person: PersonId,
    /// The instants.
    pub span: Span,
}

/// What the rotation knows of a person.
#[derive(Debug, Default)]
struct Tally {
    turns: i64,
    off_days: i64,
    last: Option<Timestamp>,
    busy: Vec<Span>,
}

struct Rotation<'a> {
    wanted: &'a Wanted<'a>,
    tallies: BTreeMap<PersonId, Tally>,
    /// The people of a shift in the week that begins on a Monday.
    crews: BTreeMap<(Date, ShiftId), Vec<PersonId>>,
}

/// Proposes turns, by day and shift. Places that cannot be filled stay empty; the check names them.
#[must_use]
pub fn propose(wanted: &Wanted<'_>) -> Vec<Proposed> {
    let mut rotation = Rotation::new(wanted);
    let mut proposed = Vec::new();
    for day in days(wanted.from, wanted.until) {
        let kind = if wanted.off.contains(&day) { DayKind::Off } else { DayKind::Working };
        let held = wanted.shifts.iter().filter(|shift| shift.active && shift.held.on(kind));
        // The shift that fewest could do is filled first, so that nobody is used up elsewhere who alone could do it.
        let mut places: Vec<(usize, &Shift, Span)> = held
            .filter_map(|shift| {
                let span = shift.span(day, wanted.zone)?;
                Some((wanted.people.iter().filter(|p| rotation.can(**p, shift, day, span)).count(), shift, span))
            })
            .collect();
        places.sort_by_key(|(able, _, span)| (*able, *span));
        for (_, shift, span) in places {
            // Whoever was put there without the training, or has gone on leave since, does not count (as in the check).
            let stands = |turn: &&Turn| {
                turn.shift == shift.id
                    && turn.day == day
                    && !turn.absent
                    && is_trained(wanted.skills, turn.person, shift, day)
                    && !is_on_leave(wanted.leaves, turn.person, turn.span)
            };
            let there = wanted.turns.iter().filter(stands).count();
            for _ in there..usize::try_from(shift.least).unwrap_or_default() {
                let Some(person) = rotation.next(shift, day, kind, span) else { break };
                proposed.push(Proposed { day, shift: shift.id, person, span });
            }
        }
    }
    proposed.sort_unstable();
    proposed
}

impl<'a> Rotation<'a> {
    fn new(wanted: &'a Wanted<'a>) -> Self {
        let mut tallies: BTreeMap<PersonId, Tally> = wanted.people.iter().map(|p| (*p, Tally::default())).collect();
        for turn in wanted.turns.iter().filter(|turn| !turn.absent) {
            if let Some(tally) = tallies.get_mut(&turn.person) {
                tally.busy.push(turn.span);
                tally.last = tally.last.max(Some(turn.span.from));
                // Earlier months say only whose turn it is next: they do not burden whoever was here longer.
                if turn.day >= wanted.from {
                    tally.turns += 1;
                }
            }
        }
        Self { wanted, tallies, crews: BTreeMap::new() }
    }

    /// Whether somebody may have a place at all.
    fn can(&self, person: PersonId, shift: &Shift, day: Date, span: Span) -> bool {
        is_trained(self.wanted.skills, person, shift, day)
            && !is_on_leave(self.wanted.leaves, person, span)
            && self.tallies.get(&person).is_some_and(|tally| !tally.busy.iter().any(|busy| busy.meets(span)))
    }

    /// Whether they have rested enough before it, and will have after it.
    fn rested(&self, person: PersonId, span: Span) -> bool {
        let rest = SignedDuration::from_mins(self.wanted.rest_minutes.max(0));
        self.tallies.get(&person).is_some_and(|tally| tally.busy.iter().all(|busy| busy.apart(span) >= rest))
    }

    /// Who comes next for a place; takes them.
    fn next(&mut self, shift: &Shift, day: Date, kind: DayKind, span: Span) -> Option<PersonId> {
        let week = (monday(day), shift.id);
        let crew = match self.wanted.rhythm {
            Rhythm::Daily => None,
            Rhythm::Weekly => self.crews.get(&week),
        };
        let from_crew = crew.and_then(|crew| crew.iter().copied().find(|person| self.can(*person, shift, day, span)));
        let person = match from_crew {
            Some(person) => person,
            None => {
                let people = self.wanted.people.iter().copied().enumerate();
                let able: Vec<(usize, PersonId)> =
                    people.filter(|(_, person)| self.can(*person, shift, day, span)).collect();
                let sooner = |(at, person): &&(usize, PersonId)| self.rank(*person, kind, *at);
                let rested = able.iter().filter(|(_, person)| self.rested(*person, span)).min_by_key(sooner);
                let (_, person) = *rested.or_else(|| able.iter().min_by_key(sooner))?;
                let crew = self.crews.entry(week).or_default();
                if self.wanted.rhythm == Rhythm::Weekly && crew.len() < usize::try_from(shift.least).unwrap_or_default()
                {
                    crew.push(person);
                }
                person
            }
        };
        let tally = self.tallies.entry(person).or_default();
        tally.turns += 1;
        tally.off_days += i64::from(kind == DayKind::Off);
        tally.last = tally.last.max(Some(span.from));
        tally.busy.push(span);
        Some(person)
    }

    /// The smaller, the sooner: fewest turns, on days off fewest of those, the longest wait, the order of the people.
    fn rank(&self, person: PersonId, kind: DayKind, at: usize) -> (i64, i64, Option<Timestamp>, usize) {
        let Some(tally) = self.tallies.get(&person) else { return (0, 0, None, at) };
        let off_days = if kind == DayKind::Off { tally.off_days } else { 0 };
        (tally.turns, off_days, tally.last, at)
    }
}

fn monday(day: Date) -> Date {
    let back = i64::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(jiff::Span::new().days(back)).unwrap_or(day)
}
