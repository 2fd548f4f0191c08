//! The clocks of a ticket as somebody may see them, each with its account.
//!
//! The one thing to know: what is shown is derived here and now, so a page can never show another due time than the sweep acts on.
//! Sentences are not here, but in worktime (accounts) and the web's language files.

use jiff::Timestamp;
use worktime::Explanation;
use yingda_core::{Action, Actor, ClockId, Context, Refusal, TicketId};
use yingda_store::clocks;

use super::derive::{self, Target};
use super::{TicketClock, with_pauses};
use crate::ticket::hold;
use crate::{App, AppResult};

/// A clock with what follows from it.
#[derive(Debug, Clone)]
pub struct ClockView {
    /// The facts.
    pub clock: TicketClock,
    /// Against what it counts.
    pub target: Target,
    /// Extensions that were granted.
    pub extra: Vec<yingda_process::Limit>,
    /// Seconds of its own measure that it has run by now, or until it stopped; pauses left out.
    pub passed: i64,
    /// Seconds of its own measure from start to limit; `None` without a limit.
    pub whole: Option<i64>,
    /// The name of its calendar's code.
    pub calendar: String,
    /// The account of its due time: one for the limit, one for each extension.
    pub account: Vec<Explanation>,
}

impl App {
    /// Every clock of a ticket, those that go on first, each group oldest first.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where there is no such ticket for this actor.
    pub async fn ticket_clocks(&self, ctx: &Context, actor: &Actor, id: TicketId) -> AppResult<Vec<ClockView>> {
        let mut read = self.store().read().await?;
        hold(&mut read, actor, Action::SeeTicket, id).await?;
        let rows = clocks::of_ticket(&mut read, id).await?;
        let pauses = clocks::pauses_of_ticket(&mut read, id).await?;
        let mut all = with_pauses(rows, pauses);
        all.sort_by_key(|one| (!one.is_going(), one.clock.id));
        all.into_iter().map(|clock| self.clock_view(clock, ctx.now)).collect()
    }

    /// One clock of a ticket.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where there is none that this actor may see.
    pub async fn ticket_clock(
        &self,
        ctx: &Context,
        actor: &Actor,
        id: TicketId,
        clock: ClockId,
    ) -> AppResult<ClockView> {
        let all = self.ticket_clocks(ctx, actor, id).await?;
        all.into_iter().find(|view| view.clock.clock.id == clock).ok_or_else(|| Refusal::NotFound.into())
    }

    fn clock_view(&self, clock: TicketClock, now: Timestamp) -> AppResult<ClockView> {
        let calendar = self.calendar(&clock.clock.calendar);
        let until = clock.clock.stopped.unwrap_or(now);
        let (passed, whole, account) = clock.timed(|timing| {
            let due = derive::due(&calendar, timing);
            let whole = due.map(|due| derive::passed(&calendar, timing, due));
            (derive::passed(&calendar, timing, until), whole, derive::explain(&calendar, timing))
        })?;
        let (target, extra, code) = (clock.target()?, clock.extra()?, clock.clock.calendar.clone());
        Ok(ClockView { clock, target, extra, passed, whole, calendar: code, account })
    }
}
