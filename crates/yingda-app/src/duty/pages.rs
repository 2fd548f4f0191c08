//! What pages of duty ask besides: how a date is marked on a roster, and who is on duty in every department that the actor sees.

use jiff::civil::Date;
use worktime::Reason;
use yingda_core::{Action, Actor, Context, DepartmentId, Subject, can};

use super::now::DutyNow;
use crate::calendars::OFFICE;
use crate::{App, AppResult};

/// What the office calendar says of a date, as a roster marks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayMark {
    /// An ordinary working day.
    Working,
    /// An ordinary day off.
    Weekend,
    /// A holiday, statutory or the company's own (休).
    Holiday,
    /// A make-up workday (调休上班, 班).
    MakeUp,
}

impl App {
    /// What the office calendar says of a date.
    #[must_use]
    pub fn day_mark(&self, date: Date) -> DayMark {
        let day = self.calendar(OFFICE).day(date);
        match day.reason {
            Reason::Holiday { .. } => DayMark::Holiday,
            Reason::MakeUp { .. } => DayMark::MakeUp,
            Reason::Weekly if day.shifts.is_empty() => DayMark::Weekend,
            Reason::Override if day.shifts.is_empty() => DayMark::Holiday,
            Reason::Weekly | Reason::Override => DayMark::Working,
        }
    }

    /// Who is on duty now in every department whose roster the actor sees; their own first.
    ///
    /// # Errors
    /// As [`App::duty_now`].
    pub async fn duty_board(&self, ctx: &Context, actor: &Actor) -> AppResult<Vec<(DepartmentId, DutyNow)>> {
        let directory = self.directory();
        let seen = |id: DepartmentId| can(actor, Action::SeeRoster, Subject::Duty(id)).is_ok();
        let open = directory.departments.values().filter(|department| department.active && seen(department.id));
        let mut ids: Vec<DepartmentId> = open.map(|department| department.id).collect();
        ids.sort_by_key(|id| (*id != actor.department, *id));
        let mut board = Vec::with_capacity(ids.len());
        for id in ids {
            board.push((id, self.duty_now(ctx, actor, id).await?));
        }
        Ok(board)
    }
}
