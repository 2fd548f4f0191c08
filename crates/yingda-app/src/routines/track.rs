//! The word of the day on a ticket (每日跟踪, R-090), with what stands in the way.
//!
//! The one thing to know: whoever has said a word on every open ticket of theirs has done the daily tracking; nothing more has to
//! be submitted.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;
use yingda_core::{Action, Actor, Context, Refusal, TicketId};
use yingda_process::routine::Record;
use yingda_store::tracked::Tracked;
use yingda_store::{Tx, routines, tickets, tracked};

use super::{all, work};
use crate::apply;
use crate::assignment::{limited, required};
use crate::calendars::OFFICE;
use crate::ticket::hold;
use crate::{App, AppResult};

/// What can stand in the way: another department, something that the customer has to give, anything else.
pub const OBSTACLES: [&str; 3] = ["department", "customer", "other"];

impl App {
    /// The day of an instant, where the desk is.
    #[must_use]
    pub fn day_of(&self, at: Timestamp) -> Date {
        at.to_zoned(self.calendar(OFFICE).time_zone().clone()).date()
    }

    /// Says today's word on a ticket of one's own; a later one of the same day takes its place.
    ///
    /// # Errors
    /// A field for an obstacle without a word on it, [`Refusal::NotAllowed`] for a ticket of others, [`Refusal::TicketEnded`].
    pub async fn track(&self, ctx: &Context, actor: &Actor, id: TicketId, note: &str, obstacle: &str) -> AppResult<()> {
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        let (note, obstacle) = (note.to_owned(), obstacle.trim().to_owned());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let ticket = hold(tx, &actor, Action::Annotate, id).await?.ticket;
                    if !ticket.state.is_running() {
                        return Err(Refusal::TicketEnded.into());
                    }
                    if ticket.owner != actor.person && ticket.assignee != Some(actor.person) {
                        return Err(Refusal::NotAllowed.into());
                    }
                    if !obstacle.is_empty() && !OBSTACLES.contains(&obstacle.as_str()) {
                        return Err(Refusal::field("obstacle", "not-an-option").into());
                    }
                    let note = if obstacle.is_empty() { limited("note", &note)? } else { required("note", &note)? };
                    let day = app.day_of(ctx.now);
                    let before = tracked::of_day(tx, actor.person, day).await?.into_iter().find(|t| t.ticket == id);
                    if before.is_some_and(|before| before.note == note && before.obstacle == obstacle) {
                        return Ok(());
                    }
                    let body = json!({ "note": note, "obstacle": obstacle });
                    let word = Tracked { person: actor.person, day, ticket: id, at: ctx.now, note, obstacle };
                    tracked::put(tx, &word).await?;
                    tickets::touch(tx, &ticket, ctx.now).await?;
                    apply::record(tx, &ctx, Some(&actor), id, "tracked", &body).await?;
                    app.finish_tracking(tx, &ctx, &actor, day).await
                })
            })
            .await
    }

    /// The daily tracking is done with the last ticket.
    async fn finish_tracking(&self, tx: &mut Tx, ctx: &Context, actor: &Actor, day: Date) -> AppResult<()> {
        if tracked::untracked(tx, actor.person, day).await? > 0 {
            return Ok(());
        }
        let tracking: Vec<_> =
            all(tx).await?.into_iter().filter(|r| r.rule.record == Record::Tickets).map(|r| r.id).collect();
        if tracking.is_empty() {
            return Ok(());
        }
        let count = tracked::of_day(tx, actor.person, day).await?.len();
        let works = routines::of_person(tx, actor.person, ctx.now - super::day::CATCH_UP, ctx.now).await?;
        for mut open in works.into_iter().filter(|w| w.person.is_some() && tracking.contains(&w.routine)) {
            if self.day_of(open.opens) == day && open.may_submit(ctx.now).is_ok() {
                open.record = vec![(work::TICKETS.to_owned(), count.to_string())];
                work::submitted(ctx, actor, &mut open);
                routines::update_work(tx, &mut open).await?;
            }
        }
        Ok(())
    }
}
