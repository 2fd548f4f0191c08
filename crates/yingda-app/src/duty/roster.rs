//! A department's roster of a month: planned by rotation and by hand, checked, published.

use jiff::ToSpan as _;
use jiff::civil::Date;
use yingda_core::duty::check::{Finding, days};
use yingda_core::duty::{DayKind, Leave, Shift, Turn, TurnState};
use yingda_core::{Action, Actor, Context, DepartmentId, PersonId, Refusal, Subject, can};
use yingda_store::duty::log;

use super::plan::{Days, Loaded, kind_of};
use crate::{App, AppResult};

/// Farthest that one looks ahead, in days.
const FARTHEST: u16 = 366;

/// A day of a roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterDay {
    /// The date.
    pub date: Date,
    /// What the office calendar says of it.
    pub kind: DayKind,
}

/// A month's roster as somebody may see it.
#[derive(Debug, Clone)]
pub struct Roster {
    /// Whose.
    pub department: DepartmentId,
    /// Its days, in order.
    pub days: Vec<RosterDay>,
    /// Its shifts, in order of their beginning; the ones no longer planned only where turns have them.
    pub shifts: Vec<Shift>,
    /// Who may be rostered, in the order of their ids.
    pub people: Vec<PersonId>,
    /// The turns of those days by day, shift and person. Planned ones only for those who make the roster.
    pub turns: Vec<Turn>,
    /// Approved and open leave of these people that touches the days.
    pub leaves: Vec<Leave>,
    /// What is wrong with it; empty for those who do not make it.
    pub findings: Vec<Finding>,
    /// Whether the actor makes it.
    pub may_manage: bool,
}

impl App {
    /// The roster of the month in which `month` lies.
    ///
    /// # Errors
    /// Not found for a department whose roster the actor may not see.
    pub async fn roster(&self, actor: &Actor, department: DepartmentId, month: Date) -> AppResult<Roster> {
        can(actor, Action::SeeRoster, Subject::Duty(department))?;
        if !self.directory().departments.contains_key(&department) {
            return Err(Refusal::NotFound.into());
        }
        let may_manage = can(actor, Action::ManageRoster, Subject::Duty(department)).is_ok();
        let month = Days::month(month)?;
        let mut read = self.store().read().await?;
        let mut loaded = Loaded::of(self, &mut read, department, month).await?;
        drop(read);
        let findings = if may_manage { loaded.findings() } else { Vec::new() };
        let shown = |turn: &Turn| {
            turn.department == department
                && (month.from..=month.until).contains(&turn.day)
                && (may_manage || turn.state == TurnState::Published)
        };
        loaded.turns.retain(shown);
        let used = |shift: &Shift| shift.active || loaded.turns.iter().any(|turn| turn.shift == shift.id);
        loaded.shifts.retain(used);
        if let Some(span) = month.span(&loaded.zone) {
            // Why somebody is away is between them and those who make the roster.
            let own = |leave: &Leave| may_manage || leave.person == actor.person;
            loaded.leaves.retain(|leave| leave.span.meets(span) && own(leave));
        }
        Ok(Roster {
            department,
            days: days(month.from, month.until).map(|date| RosterDay { date, kind: kind_of(self, date) }).collect(),
            shifts: loaded.shifts,
            people: loaded.people,
            turns: loaded.turns,
            leaves: loaded.leaves,
            findings,
            may_manage,
        })
    }

    /// What is wrong with the published roster of the coming days, today with them: coverage gaps, too few, untrained, on leave.
    ///
    /// # Errors
    /// Not allowed.
    pub async fn duty_ahead(
        &self,
        ctx: &Context,
        actor: &Actor,
        department: DepartmentId,
        days: u16,
    ) -> AppResult<Vec<Finding>> {
        can(actor, Action::ManageRoster, Subject::Duty(department))?;
        let from = self.today(ctx.now);
        let until = from.checked_add(i64::from(days.min(FARTHEST)).days()).unwrap_or(from);
        let mut read = self.store().read().await?;
        let loaded = Loaded::of(self, &mut read, department, Days { from, until }).await?;
        Ok(loaded.published().findings())
    }

    /// What happened to a department's roster, newest first: lines before `before`, at most `limit`. For those who make it; others
    /// get what is about themselves.
    ///
    /// # Errors
    /// Not found.
    pub async fn duty_history(
        &self,
        actor: &Actor,
        department: DepartmentId,
        before: Option<i64>,
        limit: i64,
    ) -> AppResult<Vec<super::Entry>> {
        can(actor, Action::SeeRoster, Subject::Duty(department))?;
        let all = can(actor, Action::ManageRoster, Subject::Duty(department)).is_ok();
        let person = if all { None } else { Some(actor.person) };
        let mut read = self.store().read().await?;
        Ok(log::page(&mut read, department, person, before.unwrap_or(i64::MAX), limit.clamp(1, 200)).await?)
    }
}
