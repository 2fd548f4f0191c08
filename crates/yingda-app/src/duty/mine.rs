//! My duty (我的值班): my turns, what I am asked, what I have to sign.

use jiff::SignedDuration;
use yingda_core::duty::handover::{Handover, HandoverState};
use yingda_core::duty::{Presence, Turn};
use yingda_core::{Action, Actor, Context, Subject, can};
use yingda_store::duty::{handovers, turns};

use super::handovers::HandoverDue;
use super::leave::LeaveView;
use super::now::presence;
use super::signing::EARLIEST;
use super::swaps::SwapView;
use crate::{App, AppResult};

/// How long a turn that is over is still shown, to be signed out of.
const AFTER: SignedDuration = SignedDuration::from_hours(12);
/// How far ahead one's turns are shown.
const AHEAD: SignedDuration = SignedDuration::from_hours(31 * 24);
/// Lines of each list.
const LINES: i64 = 100;

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
    /// [`crate::AppError::Store`].
    pub async fn my_duty(&self, ctx: &Context, actor: &Actor) -> AppResult<MyDuty> {
        let duty = Subject::Duty(actor.department);
        let mut read = self.store().read().await?;
        let presence = presence(self, &mut read, actor.person, ctx.now).await?;
        let mut now = turns::of_person(&mut read, actor.person, ctx.now - AFTER, LINES).await?;
        let mut coming = now.split_off(now.partition_point(|turn| turn.span.to <= ctx.now));
        // In order of their ends: what is over comes first; of the rest, what may be signed is now.
        let (soon, later): (Vec<Turn>, Vec<Turn>) =
            coming.drain(..).partition(|turn| turn.span.from <= ctx.now + EARLIEST);
        now.extend(soon);
        coming = later.into_iter().filter(|turn| turn.span.from <= ctx.now + AHEAD).collect();
        let swaps = self.swap_views(&mut read, ctx, actor, actor.department).await?;
        let leaves = self.leave_views(&mut read, ctx, actor, &[actor.person]).await?;
        let mut waiting = Vec::new();
        if can(actor, Action::StandDuty, duty).is_ok() {
            for (due, people, record) in self.due_in(&mut read, ctx, actor.department).await? {
                let mine = match &record {
                    Some(record) if record.state == HandoverState::Handed => {
                        let incoming = self.incoming(&mut read, record).await?;
                        incoming.contains(&actor.person) && record.may_take(actor.person, &incoming).is_ok()
                    }
                    _ => people.contains(&actor.person),
                };
                if mine {
                    waiting.push(due);
                }
            }
        }
        let logs = if can(actor, Action::ReadNightLog, duty).is_ok() {
            let mut logs = handovers::unread(&mut read, actor.department, LINES).await?;
            logs.retain(|log| log.handed_by != Some(actor.person));
            logs
        } else {
            Vec::new()
        };
        Ok(MyDuty { presence, now, coming, swaps, leaves, handovers: waiting, logs })
    }
}
