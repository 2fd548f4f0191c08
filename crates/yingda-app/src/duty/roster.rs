//! A department's roster of a month: planned by rotation and by hand, checked, published.

use jiff::civil::Date;
use yingda_core::duty::check::Finding;
use yingda_core::duty::rotate::Rhythm;
use yingda_core::duty::{DayKind, Leave, Shift, Turn};
use yingda_core::{Actor, Context, DepartmentId, PersonId, ShiftId, TurnId};

use crate::{App, AppError, AppResult};

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

/// Where a turn is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// On which shift.
    pub shift: ShiftId,
    /// On which day.
    pub day: Date,
    /// Whom.
    pub person: PersonId,
}

/// What the rotation shall fill.
#[derive(Debug, Clone, Default)]
pub struct Propose {
    /// Any day of the month.
    pub month: Date,
    /// The shifts; none for all that may be planned.
    pub shifts: Vec<ShiftId>,
    /// The people in their order; none for all of the department.
    pub people: Vec<PersonId>,
    /// Daily or weekly.
    pub rhythm: Rhythm,
}

impl App {
    /// The roster of the month in which `month` lies.
    ///
    /// # Errors
    /// Not found for a department whose roster the actor may not see.
    pub async fn roster(&self, actor: &Actor, department: DepartmentId, month: Date) -> AppResult<Roster> {
        Err(AppError::House("duty is being written".to_owned()))
    }

    /// Puts somebody on a shift. A turn in a month that is published already is published with it.
    ///
    /// # Errors
    /// `TurnsOverlap`; `Taken { field: "turn" }`; a field for an unknown shift, person or day; not allowed.
    pub async fn plan_turn(&self, ctx: &Context, actor: &Actor, place: Place) -> AppResult<TurnId> {
        Err(AppError::House("duty is being written".to_owned()))
    }

    /// Moves a turn to another day, shift or person (dragging it).
    ///
    /// # Errors
    /// As [`App::plan_turn`]; stale; `DutySettled` once somebody has signed in or did not come.
    pub async fn move_turn(&self, ctx: &Context, actor: &Actor, id: TurnId, to: Place, seen: i64) -> AppResult<()> {
        Err(AppError::House("duty is being written".to_owned()))
    }

    /// Takes a turn off the roster.
    ///
    /// # Errors
    /// Stale, not found, not allowed; `DutySettled` once somebody has signed in.
    pub async fn remove_turn(&self, ctx: &Context, actor: &Actor, id: TurnId, seen: i64) -> AppResult<()> {
        Err(AppError::House("duty is being written".to_owned()))
    }

    /// Plans a month by rotation. Earlier proposals that nobody has published give way; what is published or was put by hand
    /// stays and counts. Gives how many turns it planned.
    ///
    /// # Errors
    /// A field for shifts or people that are not the department's; not allowed.
    pub async fn propose_roster(
        &self,
        ctx: &Context,
        actor: &Actor,
        department: DepartmentId,
        wish: Propose,
    ) -> AppResult<usize> {
        Err(AppError::House("duty is being written".to_owned()))
    }

    /// Publishes what is planned in the month; gives how many turns. Everybody counts on it from now on.
    ///
    /// # Errors
    /// Not allowed.
    pub async fn publish_roster(
        &self,
        ctx: &Context,
        actor: &Actor,
        department: DepartmentId,
        month: Date,
    ) -> AppResult<usize> {
        Err(AppError::House("duty is being written".to_owned()))
    }

    /// Throws away what is planned and not published in the month; gives how many turns.
    ///
    /// # Errors
    /// Not allowed.
    pub async fn clear_plan(
        &self,
        ctx: &Context,
        actor: &Actor,
        department: DepartmentId,
        month: Date,
    ) -> AppResult<usize> {
        Err(AppError::House("duty is being written".to_owned()))
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
        Err(AppError::House("duty is being written".to_owned()))
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
        Err(AppError::House("duty is being written".to_owned()))
    }
}
