//! Filing closed tickets away (S03 step 6). Closed and archived are different things.

use serde_json::json;
use yingda_core::ticket::State;
use yingda_core::{Action, Actor, Context, Refusal, Subject, TicketId, can};
use yingda_store::queue;
use yingda_store::queue::{Filter, Order, Page, Scope, StateFilter};

use crate::apply;
use crate::ticket::hold;
use crate::{App, AppError, AppResult};

/// Tickets filed at once by one request; the page says how many are left.
const BATCH: usize = 500;

impl App {
    /// Files a closed ticket away.
    ///
    /// # Errors
    /// [`Refusal::NotClosed`], [`Refusal::NotAllowed`].
    pub async fn archive(&self, ctx: &Context, actor: &Actor, id: TicketId) -> AppResult<()> {
        let (ctx, actor) = (ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let held = hold(tx, &actor, Action::Archive, id).await?;
                    let mut ticket = held.ticket;
                    match ticket.state {
                        State::Archived => return Ok(()),
                        State::Closed => {}
                        State::Open | State::Solved | State::Confirmed => {
                            return Err(Refusal::NotClosed.into());
                        }
                    }
                    crate::answerable::before_archive(tx, id).await?;
                    ticket.times.archived = Some(ctx.now);
                    ticket.state = ticket.times.state();
                    ticket.updated = ctx.now;
                    apply::save(tx, &mut ticket).await?;
                    apply::record(tx, &ctx, Some(&actor), id, "archived", &json!({})).await
                })
            })
            .await
    }

    /// Files away what was closed before an instant, at most 500 at a time; gives how many.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn archive_closed_before(
        &self,
        ctx: &Context,
        actor: &Actor,
        before: jiff::Timestamp,
    ) -> AppResult<usize> {
        can(actor, Action::SeeQueue, Subject::Desk)?;
        let mut read = self.store().read().await?;
        let filter = Filter { state: StateFilter::Is(State::Closed), closed_until: Some(before), ..Filter::default() };
        let page = queue::page(&mut read, Scope::All, &filter, Order::Newest, Page::First, BATCH).await?;
        drop(read);
        let mut filed = 0;
        for ticket in &page.rows {
            match self.archive(ctx, actor, ticket.id).await {
                Ok(()) => filed += 1,
                // One that still owes an account of itself keeps no other from being filed away.
                Err(AppError::Refused(Refusal::NeedsStatement { .. })) => {}
                Err(other) => return Err(other),
            }
        }
        Ok(filed)
    }
}
