//! Who is on duty at an instant, and when somebody is back.

use jiff::Timestamp;
use yingda_core::duty::{Presence, Turn};
use yingda_core::{Actor, Context, DepartmentId, PersonId};
use yingda_store::Read;

use crate::{App, AppError, AppResult};

/// By what a department is on duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// By its published roster.
    Roster,
    /// It has none: by the office's working time, all of it.
    Office,
}

/// Somebody on duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnDuty {
    /// Who.
    pub person: PersonId,
    /// Their turn; `None` in the office's working time.
    pub turn: Option<Turn>,
}

/// A department's duty at an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyNow {
    /// By what.
    pub basis: Basis,
    /// Who is on duty.
    pub people: Vec<OnDuty>,
    /// When somebody is on duty next, where nobody is.
    pub opens: Option<Timestamp>,
}

/// The people of a department who are on duty at an instant, in the order of their ids.
///
/// # Errors
/// [`AppError::Store`].
pub async fn on_duty(
    app: &App,
    read: &mut Read,
    department: DepartmentId,
    at: Timestamp,
) -> AppResult<Vec<PersonId>> {
    Err(AppError::House("duty is being written".to_owned()))
}

/// Where somebody is at an instant, and when they are back.
///
/// # Errors
/// [`AppError::Store`].
pub async fn presence(app: &App, read: &mut Read, person: PersonId, at: Timestamp) -> AppResult<Presence> {
    Err(AppError::House("duty is being written".to_owned()))
}

impl App {
    /// Who of a department is on duty now.
    ///
    /// # Errors
    /// [`yingda_core::Refusal::NotFound`] for another department's people.
    pub async fn duty_now(&self, ctx: &Context, actor: &Actor, department: DepartmentId) -> AppResult<DutyNow> {
        Err(AppError::House("duty is being written".to_owned()))
    }
}
