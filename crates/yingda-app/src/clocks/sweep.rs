//! The sweep: looks at the clocks whose time has come, and at no others.
//!
//! The one thing to know: the index on `next_at` says which those are, so a sweep costs what is due and not what is open. It reads
//! every clock afresh inside the write, so two sweeps, a late one, or one after a crash do nothing twice.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use yingda_core::{ClockId, Context, TicketId};
use yingda_store::clocks;
use yingda_store::{Tx, tickets};

use super::drive::{Age, Drive, of_ticket};
use super::ladder;
use crate::{App, AppError, AppResult};

/// How long a ticket whose limits cannot be reckoned is left alone.
const PUT_OFF: SignedDuration = SignedDuration::from_mins(15);
/// Clocks looked at in one transaction.
const HANDFUL: i64 = 100;

impl App {
    /// Brings about what clocks have reached by now. Gives how many were looked at.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn sweep_clocks(&self, ctx: &Context) -> AppResult<usize> {
        self.refresh_calendars().await?;
        self.refresh_policies().await?;
        let mut looked = 0;
        loop {
            let found = {
                let mut read = self.store().read().await?;
                clocks::due(&mut read, ctx.now, HANDFUL).await?
            };
            if found.is_empty() {
                self.deliver_due(ctx).await?;
                return Ok(looked);
            }
            looked += found.len();
            let mut tickets: BTreeMap<TicketId, Vec<ClockId>> = BTreeMap::new();
            for (clock, ticket) in found {
                tickets.entry(ticket).or_default().push(clock);
            }
            match self.sweep_all(ctx, tickets.clone()).await {
                Err(AppError::House(_) | AppError::Refused(_)) => self.sweep_each(ctx, tickets).await?,
                other => other?,
            }
        }
    }

    async fn sweep_all(&self, ctx: &Context, tickets: BTreeMap<TicketId, Vec<ClockId>>) -> AppResult<()> {
        let (app, ctx) = (self.clone(), ctx.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    for (ticket, due) in tickets {
                        app.sweep_ticket(tx, &ctx, ticket, &due).await?;
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await
    }

    /// One ticket whose limits cannot be reckoned stops nobody else's: it is logged, and looked at again later.
    async fn sweep_each(&self, ctx: &Context, tickets: BTreeMap<TicketId, Vec<ClockId>>) -> AppResult<()> {
        for (ticket, due) in tickets {
            let Err(error) = self.sweep_all(ctx, BTreeMap::from([(ticket, due.clone())])).await else { continue };
            if matches!(error, AppError::Store(_)) {
                return Err(error);
            }
            tracing::error!(%ticket, %error, "the limits of a ticket cannot be reckoned");
            let later = ctx.now + PUT_OFF;
            self.store()
                .write(move |tx| {
                    Box::pin(async move {
                        for clock in due {
                            clocks::put_off(tx, clock, later).await?;
                        }
                        Ok::<_, AppError>(())
                    })
                })
                .await?;
        }
        Ok(())
    }

    async fn sweep_ticket(&self, tx: &mut Tx, ctx: &Context, id: TicketId, due: &[ClockId]) -> AppResult<()> {
        let Some(mut ticket) = tickets::get(tx, id).await? else {
            return Err(AppError::House(format!("a clock runs for {id}, which is not there")));
        };
        let process = self.definition(ticket.definition)?;
        let drive = Drive { app: self, ctx, actor: None, process: &process, age: Age::Fresh };
        let mut all = of_ticket(tx, &ticket).await?;
        let before = ticket.due;
        for clock in all.iter_mut().filter(|one| due.contains(&one.clock.id)) {
            if !clock.is_going() || clock.clock.next.is_none_or(|next: Timestamp| next > ctx.now) {
                continue;
            }
            ladder::reach(&drive, tx, &ticket, clock).await?;
            clocks::update(tx, &clock.clock).await?;
        }
        drive.in_step(tx, &mut ticket, &all).await?;
        if ticket.due != before {
            tickets::set_due(tx, &ticket).await?;
        }
        Ok(())
    }
}
