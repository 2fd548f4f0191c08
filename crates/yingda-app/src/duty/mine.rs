//! My duty (我的值班): my turns, what I am asked, what I have to sign.

use yingda_core::duty::handover::Handover;
use yingda_core::duty::{Presence, Turn};
use yingda_core::{Actor, Context};

use super::handovers::HandoverDue;
use super::leave::LeaveView;
use super::swaps::SwapView;
use crate::{App, AppError, AppResult};

/// Everything on the page.
#[derive(Debug, Clone)]
pub struct MyDuty {
    /// Where I am now.
    pub presence: Presence,
    /// My published turns from two hours ahead back to the last that ended within twelve hours: those that can be signed.
    pub now: Vec<Turn>,
    /// My turns of the coming 31 days.
    pub coming: Vec<Turn>,
    /// Swaps that I have a part in and that are not settled; for those who make the roster also those that wait for them.
    pub swaps: Vec<SwapView>,
    /// My leave that is not over.
    pub leaves: Vec<LeaveView>,
    /// Hand-overs that wait for my side.
    pub handovers: Vec<HandoverDue>,
    /// Night logs that I have not read, for those who lead the department.
    pub logs: Vec<Handover>,
}

impl App {
    /// The actor's own duty.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn my_duty(&self, ctx: &Context, actor: &Actor) -> AppResult<MyDuty> {
        Err(AppError::House("duty is being written".to_owned()))
    }
}
