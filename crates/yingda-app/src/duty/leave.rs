//! Leave: asked for by whoever takes it, approved by those who make the roster; or recorded by them, and then approved at once.

use yingda_core::duty::{Leave, LeaveKind, Turn};
use yingda_core::{Actor, Context, DepartmentId, LeaveId, PersonId};

use crate::{App, AppError, AppResult, Once};

/// A leave as it is typed.
#[derive(Debug, Clone, Default)]
pub struct LeaveText {
    /// Whose; `None` for the actor's own.
    pub person: Option<PersonId>,
    /// The first day, `2026-11-02`, or with a time, `2026-11-02 13:30`.
    pub from: String,
    /// The last day, with it; or with a time, the instant at which they are back.
    pub to: String,
    /// What for.
    pub kind: LeaveKind,
    /// In their words.
    pub reason: String,
    /// Against doing it twice.
    pub once: Once,
}

/// What somebody says to what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Yes.
    Yes,
    /// No.
    No,
}

/// A leave and the published turns that it would leave empty.
#[derive(Debug, Clone)]
pub struct LeaveView {
    /// The leave.
    pub leave: Leave,
    /// Turns of the same person in that time.
    pub turns: Vec<Turn>,
    /// Whether the actor may decide about it now.
    pub may_decide: bool,
    /// Whether the actor may take it back now.
    pub may_withdraw: bool,
}

impl App {
    /// Asks for leave; approved at once where whoever makes the roster records it for somebody else.
    ///
    /// # Errors
    /// Fields at fault; not allowed for other people's leave.
    pub async fn ask_leave(&self, ctx: &Context, actor: &Actor, text: LeaveText) -> AppResult<LeaveId> {
        Err(AppError::House("duty is being written".to_owned()))
    }

    /// Approves or refuses leave; nobody decides about their own, unless nobody else could.
    ///
    /// # Errors
    /// Not allowed, stale, `DutySettled`.
    pub async fn decide_leave(
        &self,
        ctx: &Context,
        actor: &Actor,
        id: LeaveId,
        verdict: Verdict,
        seen: i64,
    ) -> AppResult<()> {
        Err(AppError::House("duty is being written".to_owned()))
    }

    /// Takes leave back: one's own, or anybody's of the department for those who make the roster.
    ///
    /// # Errors
    /// Not allowed, stale, `DutySettled` where it is over.
    pub async fn withdraw_leave(&self, ctx: &Context, actor: &Actor, id: LeaveId, seen: i64) -> AppResult<()> {
        Err(AppError::House("duty is being written".to_owned()))
    }

    /// The leave of a department's people that is not over, by its beginning: all of it for those who make the roster, for others
    /// their own.
    ///
    /// # Errors
    /// Not found.
    pub async fn leaves(&self, ctx: &Context, actor: &Actor, department: DepartmentId) -> AppResult<Vec<LeaveView>> {
        Err(AppError::House("duty is being written".to_owned()))
    }
}
