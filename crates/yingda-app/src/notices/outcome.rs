//! What came of an escalation: said by somebody, or settled because its clock stopped or its ticket ended.
//!
//! A trigger is never settled by itself: that a ticket ended says nothing about what came of a complaint to a higher department.

use serde_json::json;
use yingda_core::notice::{Kind, Notice, Outcome, Settled};
use yingda_core::ticket::Ticket;
use yingda_core::{Action, Actor, Context, NoticeId, Refusal, Subject, TicketId, can};
use yingda_store::{Change, Topic, Tx, notices};

use crate::assignment::required;
use crate::once::Once;
use crate::ticket::hold;
use crate::{App, AppError, AppResult, apply};

/// Settles the escalations about a clock that has stopped.
///
/// # Errors
/// [`AppError::Store`].
pub async fn settle_clock(
    tx: &mut Tx,
    ctx: &Context,
    actor: Option<&Actor>,
    ticket: TicketId,
    clock: i64,
) -> AppResult<()> {
    for notice in notices::awaiting(tx, ticket, Some(clock)).await? {
        settle(tx, ctx, actor, notice, Settled::Stopped, String::new()).await?;
    }
    Ok(())
}

/// Settles the escalations about limits of a ticket that has ended.
///
/// # Errors
/// [`AppError::Store`].
pub async fn settle_ended(tx: &mut Tx, ctx: &Context, actor: Option<&Actor>, ticket: &Ticket) -> AppResult<()> {
    for notice in notices::awaiting(tx, ticket.id, None).await? {
        if matches!(notice.kind, Kind::Breach | Kind::Level(_)) {
            settle(tx, ctx, actor, notice, Settled::Ended, ticket.outcome.clone()).await?;
        }
    }
    Ok(())
}

async fn settle(
    tx: &mut Tx,
    ctx: &Context,
    actor: Option<&Actor>,
    mut notice: Notice,
    how: Settled,
    text: String,
) -> AppResult<()> {
    let by = if how == Settled::Said { actor.map(|a| a.person) } else { None };
    notices::settle(tx, &mut notice, Outcome { how, text: text.clone(), by, at: ctx.now }).await?;
    if let Some(ticket) = notice.ticket {
        let body = json!({
            "notice": notice.id, "kind": notice.kind.to_string(), "label": notice.label, "trigger": notice.trigger,
            "how": how.as_str(), "text": text,
        });
        apply::record(tx, ctx, actor, ticket, "notice-settled", &body).await?;
    }
    Ok(())
}

impl App {
    /// Writes down what came of an escalation: its recipients may, and the desk's leads. Gives its ticket.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotAllowed`], a field where nothing is said, [`Refusal::Stale`] where an outcome is
    /// there already.
    pub async fn settle_notice(
        &self,
        ctx: &Context,
        actor: &Actor,
        id: NoticeId,
        text: &str,
        once: Once,
    ) -> AppResult<Option<TicketId>> {
        let (ctx, actor, text) = (ctx.clone(), actor.clone(), text.to_owned());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let found = notices::get(tx, id).await?.ok_or(Refusal::NotFound)?;
                    let told = found.deliveries.iter().any(|d| d.person == actor.person);
                    can(&actor, Action::SettleNotice, Subject::Notice { told })?;
                    if let Some(ticket) = found.notice.ticket {
                        hold(tx, &actor, Action::SeeTicket, ticket).await?;
                    }
                    let ticket = found.notice.ticket;
                    if once.before(tx, actor.person).await?.is_some() {
                        return Ok(ticket);
                    }
                    let text = required("outcome", &text)?;
                    if !found.notice.awaits_outcome() {
                        return Err(Refusal::Stale { current: found.notice.version }.into());
                    }
                    let version = found.notice.version;
                    settle(tx, &ctx, Some(&actor), found.notice, Settled::Said, text).await?;
                    notices::mark_read(tx, id, actor.person, ctx.now).await?;
                    if let Some(ticket) = ticket {
                        // The ticket itself is as it was; who looks at it sees the new line.
                        tx.announce(Change { topic: Topic::Ticket, id: ticket.get(), version });
                    }
                    once.remember(tx, &ctx, actor.person, "").await?;
                    Ok::<_, AppError>(ticket)
                })
            })
            .await
    }
}
