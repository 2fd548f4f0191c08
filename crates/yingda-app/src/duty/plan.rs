//! A department's roster of some days as the check and the rotation want it.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use yingda_core::duty::check::{self, Finding, Plan, days};
use yingda_core::duty::{DayKind, DutyRule, Leave, Shift, Skill, Span, Turn, TurnState};
use yingda_core::{DepartmentId, PersonId, Refusal};
use yingda_store::Read;
use yingda_store::duty::{leaves, setup, turns};

use super::now::staff;
use crate::calendars::OFFICE;
use crate::{App, AppResult};

/// Days beside the asked ones whose turns still matter for rest and overlap.
const BESIDE: i64 = 8;
/// Days before the asked ones from which the rotation learns whose turn it is.
const BEFORE: i64 = 62;

/// The days from one to another, both with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Days {
    pub from: Date,
    pub until: Date,
}

impl Days {
    /// The month in which a day lies.
    pub(super) fn month(day: Date) -> Result<Self, Refusal> {
        if !(2000..2200).contains(&day.year()) {
            return Err(Refusal::field("month", "bad-date"));
        }
        Ok(Self { from: day.first_of_month(), until: day.last_of_month() })
    }

    /// From the first instant to the last.
    pub(super) fn span(self, zone: &TimeZone) -> Option<Span> {
        let start = |day: Date| Some(day.to_zoned(zone.clone()).ok()?.timestamp());
        Some(Span { from: start(self.from)?, to: start(self.until.tomorrow().ok()?)? })
    }

    fn wider(self, before: i64, after: i64) -> Self {
        let from = self.from.checked_sub(before.days()).unwrap_or(self.from);
        Self { from, until: self.until.checked_add(after.days()).unwrap_or(self.until) }
    }
}

/// Everything that a roster of some days is judged by.
pub(super) struct Loaded {
    pub days: Days,
    pub rule: DutyRule,
    pub shifts: Vec<Shift>,
    pub people: Vec<PersonId>,
    /// The roster's turns and its people's elsewhere, of the days and beside them.
    pub turns: Vec<Turn>,
    pub leaves: Vec<Leave>,
    pub skills: Vec<Skill>,
    pub off: BTreeSet<Date>,
    pub zone: TimeZone,
}

impl Loaded {
    pub(super) async fn of(app: &App, read: &mut Read, department: DepartmentId, days: Days) -> AppResult<Self> {
        let zone = app.zone();
        let wider = days.wider(BEFORE, BESIDE);
        let span = wider.span(&zone).ok_or_else(|| Refusal::field("month", "bad-date"))?;
        let people = staff(&app.directory(), department);
        let mut turns = turns::of_department(read, department, wider.from, wider.until).await?;
        for turn in turns::of_people(read, &people, span).await? {
            if turn.department != department {
                turns.push(turn);
            }
        }
        let mut all = people.clone();
        all.extend(turns.iter().map(|turn| turn.person));
        all.sort_unstable();
        all.dedup();
        let off = off_days(app, wider);
        Ok(Self {
            days,
            rule: setup::rule(read, department).await?,
            shifts: setup::shifts(read, department).await?,
            leaves: leaves::of_people(read, &all, span).await?,
            skills: setup::skills(read, &all).await?,
            people,
            turns,
            off,
            zone,
        })
    }

    /// What is wrong with it.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let people: BTreeSet<PersonId> = self.people.iter().copied().collect();
        check::findings(&Plan {
            from: self.days.from,
            until: self.days.until,
            shifts: &self.shifts,
            turns: &self.turns,
            leaves: &self.leaves,
            skills: &self.skills,
            people: &people,
            off: &self.off,
            cover: self.rule.cover,
            rest_minutes: self.rule.rest_minutes,
            zone: &self.zone,
        })
    }

    /// Without what nobody has published.
    pub(super) fn published(mut self) -> Self {
        self.turns.retain(|turn| turn.state == TurnState::Published);
        self
    }
}

/// The days that are off at the office.
fn off_days(app: &App, of: Days) -> BTreeSet<Date> {
    days(of.from, of.until).filter(|day| kind_of(app, *day) == DayKind::Off).collect()
}

/// What the office calendar says of a day.
pub(super) fn kind_of(app: &App, day: Date) -> DayKind {
    if app.calendar(OFFICE).day(day).shifts.is_empty() { DayKind::Off } else { DayKind::Working }
}
