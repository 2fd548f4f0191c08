//! Swaps: asked by one, agreed by the other, approved by a lead; both find it in the history.

use yingda_core::duty::{Swap, Turn};
use yingda_core::{Actor, Context, DepartmentId, PersonId, SwapId, TurnId};

use super::leave::Verdict;
use crate::{App, AppError, AppResult, Once};

/// A swap as it is asked for.
#[derive(Debug, Clone)]
pub struct SwapText {
    /// The actor's own turn.
    pub turn: TurnId,
    /// Who shall take it.
    pub to: PersonId,
    /// The turn of theirs that the actor takes for it; without one they simply take the actor's over.
    pub other: Option<TurnId>,
    /// Why.
    pub reason: String,
    /// Against doing it twice.
    pub once: Once,
}

/// A swap with its turns.
#[derive(Debug, Clone)]
pub struct SwapView {
    /// The swap.
    pub swap: Swap,
    /// The turn that is given.
    pub turn: Option<Turn>,
    /// The turn that is taken for it.
    pub other: Option<Turn>,
    /// Whether the actor may agree or decline now.
    pub may_answer: bool,
    /// Whether the actor may approve or refuse now.
    pub may_decide: bool,
    /// Whether the actor may take it back now.
    pub may_withdraw: bool,
}

impl App {
    /// Asks a colleague for a swap.
    ///
    /// # Errors
    /// A field for a turn that is not theirs or not published or has begun; `TurnsOverlap` where it cannot be; not allowed.
    pub async fn ask_swap(&self, ctx: &Context, actor: &Actor, text: SwapText) -> AppResult<SwapId> {
        Err(AppError::House("duty is being written".to_owned()))
    }

    /// The colleague agrees or declines.
    ///
    /// # Errors
    /// Not allowed, stale, `DutySettled`.
    pub async fn answer_swap(
        &self,
        ctx: &Context,
        actor: &Actor,
        id: SwapId,
        verdict: Verdict,
        seen: i64,
    ) -> AppResult<()> {
        Err(AppError::House("duty is being written".to_owned()))
    }

    /// A lead approves or refuses; approved turns change hands.
    ///
    /// # Errors
    /// Not allowed, stale, `DutySettled` where a turn has begun or moved on meanwhile, `TurnsOverlap`.
    pub async fn decide_swap(
        &self,
        ctx: &Context,
        actor: &Actor,
        id: SwapId,
        verdict: Verdict,
        seen: i64,
    ) -> AppResult<()> {
        Err(AppError::House("duty is being written".to_owned()))
    }

    /// Whoever asked takes it back.
    ///
    /// # Errors
    /// Not allowed, stale, `DutySettled`.
    pub async fn withdraw_swap(&self, ctx: &Context, actor: &Actor, id: SwapId, seen: i64) -> AppResult<()> {
        Err(AppError::House("duty is being written".to_owned()))
    }

    /// The department's swaps that are not settled, oldest first: all for those who make the roster, for others their own.
    ///
    /// # Errors
    /// Not found.
    pub async fn swaps(&self, ctx: &Context, actor: &Actor, department: DepartmentId) -> AppResult<Vec<SwapView>> {
        Err(AppError::House("duty is being written".to_owned()))
    }
}
