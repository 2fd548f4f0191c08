//! 签到, 签退, and what happens when somebody does not come (R-177, T67).

use yingda_core::{Actor, Context, PersonId, TurnId};

use crate::{App, AppError, AppResult};

/// Somebody did not come.
#[derive(Debug, Clone, Default)]
pub struct AbsenceText {
    /// Who stands in, where somebody does.
    pub replacement: Option<PersonId>,
    /// Why, as far as it is known.
    pub reason: String,
}

impl App {
    /// Signs in for one's own turn; from two hours before it begins until it ends. A second time changes nothing.
    ///
    /// # Errors
    /// `TooEarly`, `DutySettled` when it is over or was given to somebody else, not found.
    pub async fn begin_turn(&self, ctx: &Context, actor: &Actor, turn: TurnId) -> AppResult<()> {
        Err(AppError::House("duty is being written".to_owned()))
    }

    /// Signs out of one's own turn. A second time changes nothing.
    ///
    /// # Errors
    /// `DutySettled` where they never signed in, not found.
    pub async fn end_turn(&self, ctx: &Context, actor: &Actor, turn: TurnId) -> AppResult<()> {
        Err(AppError::House("duty is being written".to_owned()))
    }

    /// Records that somebody did not come, and who stands in from now on. Gives the stand-in's turn.
    ///
    /// # Errors
    /// A field for an unknown stand-in; `TurnsOverlap`; `DutySettled` where they did come; stale; not allowed.
    pub async fn mark_absent(
        &self,
        ctx: &Context,
        actor: &Actor,
        turn: TurnId,
        text: AbsenceText,
        seen: i64,
    ) -> AppResult<Option<TurnId>> {
        Err(AppError::House("duty is being written".to_owned()))
    }
}
