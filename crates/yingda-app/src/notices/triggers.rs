//! Triggers: what brings a matter before somebody at once, whatever its clocks say.
//!
//! Raised by hand by anybody who sees the ticket, and by itself when the condition in the procedure's file comes to hold: once
//! in each round of the ticket. Where a file has no triggers there is one of the desk's own (上报), to whoever leads.

use yingda_core::notice::{Kind, Urgency};
use yingda_core::ticket::Ticket;
use yingda_core::{Action, Actor, Context, NoticeId, Refusal, TicketId};
use yingda_process::clock::{Recipient, Trigger};
use yingda_process::{Definition, Instance, Role};
use yingda_store::Tx;

use super::{Raise, Raised, raise, raise_with, settle_ended};
use crate::assignment::{limited, required};
use crate::once::Once;
use crate::secret;
use crate::ticket::hold;
use crate::{App, AppResult, Process};

/// Id of the desk's own trigger, for procedures that name none.
pub const REPORT: &str = "report";

/// A trigger as a person may raise it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    pub id: String,
    /// The document's words; empty for [`REPORT`].
    pub label: String,
    /// Whether a solution has to be proposed with it.
    pub proposal: bool,
}

/// What can be raised by hand on a ticket of this procedure.
#[must_use]
pub fn offered(definition: &Definition) -> Vec<Offered> {
    if definition.triggers.is_empty() {
        return vec![Offered { id: REPORT.to_owned(), label: String::new(), proposal: false }];
    }
    let offered = |t: &Trigger| Offered { id: t.id.clone(), label: t.label.clone(), proposal: t.proposal };
    definition.triggers.iter().map(offered).collect()
}

/// Something that somebody brings before others.
#[derive(Debug, Clone, Default)]
pub struct RaiseTrigger {
    /// Id of a trigger of the procedure, or [`REPORT`].
    pub trigger: String,
    /// What the matter is.
    pub note: String,
    /// The solution that is proposed; needed where the trigger says so.
    pub proposal: String,
    /// Against doing it twice.
    pub once: Once,
}

/// Raises every trigger of the procedure that holds now, each once in a round of the ticket; and settles the escalations about
/// limits where the ticket has ended. Belongs at the end of every event of the engine.
///
/// # Errors
/// [`crate::AppError::Store`].
pub async fn raise_holding(
    app: &App,
    tx: &mut Tx,
    ctx: &Context,
    actor: &Actor,
    process: &Process,
    ticket: &Ticket,
    instance: &Instance,
) -> AppResult<Vec<Raised>> {
    if instance.ended.is_some() {
        settle_ended(tx, ctx, Some(actor), ticket).await?;
    }
    let mut all = Vec::new();
    let definition = &process.definition;
    for trigger in definition.triggers.iter().filter(|trigger| trigger.holds(definition, instance)) {
        let it = Raise {
            key: format!("trigger:{}:{}:{}", ticket.id, trigger.id, ticket.rounds),
            kind: Kind::Trigger,
            ticket,
            clock: None,
            trigger: trigger.id.clone(),
            label: trigger.label.clone(),
            to: trigger.to.clone(),
            also: trigger.also.clone(),
            urgency: Urgency::Urgent,
            proposal: None,
            by: None,
        };
        all.push(raise(app, tx, ctx, it).await?);
    }
    Ok(all)
}

impl App {
    /// Brings a ticket before somebody by hand.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::TicketEnded`], fields where the trigger is unknown, nothing is said, or the solution that
    /// it asks for is missing.
    pub async fn raise_trigger(
        &self,
        ctx: &Context,
        actor: &Actor,
        id: TicketId,
        asked: RaiseTrigger,
    ) -> AppResult<NoticeId> {
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    if let Some(before) = asked.once.before(tx, actor.person).await? {
                        return before.parse().map_err(|_| Refusal::KeyReused.into());
                    }
                    let held = hold(tx, &actor, Action::Escalate, id).await?;
                    let ticket = held.ticket;
                    if !ticket.state.is_running() {
                        return Err(Refusal::TicketEnded.into());
                    }
                    let process = app.definition(ticket.definition)?;
                    let it = by_hand(&process.definition, &actor, &ticket, &asked, &ctx)?;
                    let note = required("note", &asked.note)?;
                    let raised = raise_with(&app, tx, &ctx, it, note).await?.id();
                    asked.once.remember(tx, &ctx, actor.person, &raised.to_string()).await?;
                    Ok(raised)
                })
            })
            .await
    }
}

fn by_hand<'t>(
    definition: &Definition,
    actor: &Actor,
    ticket: &'t Ticket,
    asked: &RaiseTrigger,
    ctx: &Context,
) -> Result<Raise<'t>, Refusal> {
    let found = definition.triggers.iter().find(|t| t.id == asked.trigger);
    let (label, to, also) = match found {
        Some(trigger) => (trigger.label.clone(), trigger.to.clone(), trigger.also.clone()),
        None if definition.triggers.is_empty() && asked.trigger == REPORT => (String::new(), leads_of(actor), vec![]),
        None => return Err(Refusal::field("trigger", "not-an-option")),
    };
    let proposal = match found {
        Some(trigger) if trigger.proposal => required("proposal", &asked.proposal)?,
        _ => limited("proposal", &asked.proposal)?,
    };
    Ok(Raise {
        // By hand it may be said again when it has got worse; what is typed once is guarded by the form's own key.
        key: format!("trigger:{}:{}:hand:{}", ticket.id, asked.trigger, secret::fresh(ctx, "by hand")),
        kind: Kind::Trigger,
        ticket,
        clock: None,
        trigger: asked.trigger.clone(),
        label,
        to,
        also,
        urgency: Urgency::Urgent,
        proposal: Some(proposal).filter(|text| !text.is_empty()),
        by: Some(actor.person),
    })
}

/// Whom 上报 reaches: who leads those who raise it, and the desk's leads.
fn leads_of(actor: &Actor) -> Vec<Recipient> {
    let desk = [Recipient::Role(Role::Supervisor), Recipient::Role(Role::Manager)];
    if actor.roles.at_desk() { desk.to_vec() } else { [vec![Recipient::Head], desk.to_vec()].concat() }
}
