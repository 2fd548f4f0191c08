//! What rosters are made of: shifts, training, and a department's rules. Made by those who lead the department.

use yingda_core::duty::{DutyRule, Held, Shift, Skill};
use yingda_core::{Actor, Context, DepartmentId, PersonId, ShiftId};

use crate::{App, AppError, AppResult};

/// A shift as it is typed.
#[derive(Debug, Clone, Default)]
pub struct ShiftText {
    /// A short word, unique in the department: small letters, digits, `-`, `_`.
    pub code: String,
    /// The name that people see.
    pub name: String,
    /// `08:00`
    pub from: String,
    /// `22:00`; `24:00` is the end of the day; not after `from` means the next day, the same means 24 hours.
    pub to: String,
    /// Least people; empty for two.
    pub least: String,
    /// The training that it asks for; empty for none.
    pub skill: String,
    /// A night shift: a log is due at its end.
    pub night: bool,
    /// On which days it is held.
    pub held: Held,
    /// Whether it may still be planned.
    pub active: bool,
}

/// A department's rules as they are typed.
#[derive(Debug, Clone, Default)]
pub struct RuleText {
    /// `manual`, `round_robin`, `least_loaded`, `skill`.
    pub assigning: String,
    /// `wait`, `department`, `head`.
    pub after_hours: String,
    /// With `department`: which.
    pub after_department: Option<DepartmentId>,
    /// The hours of every day in which somebody has to be there, `08:00` and `22:00`; both empty for none, both `00:00` for 24 hours.
    pub cover_from: String,
    /// See `cover_from`.
    pub cover_to: String,
    /// Least hours between two turns of a person, `8` or `11.5`; empty for eight.
    pub rest_hours: String,
}

/// A training as it is typed.
#[derive(Debug, Clone, Default)]
pub struct SkillText {
    /// The word by which shifts and kinds of tickets ask for it.
    pub word: String,
    /// Since when, `2026-11-02`; empty for today.
    pub since: String,
    /// The last day on which it counts; empty for ever.
    pub until: String,
    /// Who trained them, what the proof is.
    pub note: String,
}

/// What a department's duty is made of.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Its rules; version 0 where it has set none.
    pub rule: DutyRule,
    /// Its shifts, the ones no longer planned too, in order of their beginning.
    pub shifts: Vec<Shift>,
    /// Its people's training, by person and word.
    pub skills: Vec<Skill>,
    /// Whether the actor may change it.
    pub may_manage: bool,
}

impl App {
    /// What a department's duty is made of.
    ///
    /// # Errors
    /// [`yingda_core::Refusal::NotFound`] for a department whose roster the actor may not see.
    pub async fn duty_setup(&self, actor: &Actor, department: DepartmentId) -> AppResult<Setup> {
        Err(AppError::House("duty is being written".to_owned()))
    }

    /// Adds a shift.
    ///
    /// # Errors
    /// Fields at fault; `Taken { field: "shift" }` for its code; not allowed.
    pub async fn add_shift(
        &self,
        ctx: &Context,
        actor: &Actor,
        department: DepartmentId,
        text: ShiftText,
    ) -> AppResult<ShiftId> {
        Err(AppError::House("duty is being written".to_owned()))
    }

    /// Changes a shift. Turns that stand keep their instants.
    ///
    /// # Errors
    /// As [`App::add_shift`]; stale.
    pub async fn edit_shift(&self, actor: &Actor, id: ShiftId, text: ShiftText, seen: i64) -> AppResult<()> {
        Err(AppError::House("duty is being written".to_owned()))
    }

    /// Sets a department's rules; `seen` is 0 where it had none.
    ///
    /// # Errors
    /// Fields at fault, stale, not allowed.
    pub async fn set_duty_rule(
        &self,
        ctx: &Context,
        actor: &Actor,
        department: DepartmentId,
        text: RuleText,
        seen: i64,
    ) -> AppResult<()> {
        Err(AppError::House("duty is being written".to_owned()))
    }

    /// Records somebody's training; the same word again replaces what was there.
    ///
    /// # Errors
    /// Fields at fault, not allowed.
    pub async fn record_skill(&self, ctx: &Context, actor: &Actor, person: PersonId, text: SkillText) -> AppResult<()> {
        Err(AppError::House("duty is being written".to_owned()))
    }

    /// Takes a training back.
    ///
    /// # Errors
    /// Not found, not allowed.
    pub async fn remove_skill(&self, ctx: &Context, actor: &Actor, person: PersonId, word: &str) -> AppResult<()> {
        Err(AppError::House("duty is being written".to_owned()))
    }
}
