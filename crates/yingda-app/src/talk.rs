//! Words on a ticket: notes among colleagues, what the customer was told or said, the progress label.

use serde_json::json;
use yingda_core::ticket::Ticket;
use yingda_core::{Action, Actor, AnswerId, Context, MessageId, Refusal, TicketId};
use yingda_process::Channel;
use yingda_process::clock::Moment;
use yingda_store::messages::{self, Kind, Message};
use yingda_store::{Tx, answers, tickets};

use crate::apply;
use crate::assignment::{Told, limited, required};
use crate::clocks::drive::{Age, Drive};
use crate::once::Once;
use crate::ticket::hold;
use crate::{App, AppResult};

/// Something to put on a ticket.
#[derive(Debug, Clone)]
pub struct Say {
    /// A note, to the customer, or from the customer.
    pub kind: Kind,
    /// The text.
    pub text: String,
    /// How, for words to or from the customer; the ticket's own channel if empty.
    pub channel: String,
    /// For words to the customer: said already, or still to be said.
    pub told: Told,
    /// The standard answer that it is, if it is one.
    pub answer: Option<AnswerId>,
    /// Against doing it twice.
    pub once: Once,
}

impl App {
    /// Puts a note or a message on a ticket; also on a closed one, because customers call again.
    ///
    /// # Errors
    /// [`Refusal::Fields`] where there is no text, [`Refusal::NotAllowed`].
    pub async fn say(&self, ctx: &Context, actor: &Actor, id: TicketId, say: Say) -> AppResult<MessageId> {
        let action = if say.kind == Kind::Note { Action::Annotate } else { Action::Reply };
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    if let Some(before) = say.once.before(tx, actor.person).await? {
                        return before.parse().map_err(|_| Refusal::KeyReused.into());
                    }
                    let held = hold(tx, &actor, action, id).await?;
                    let body = required("text", &say.text)?;
                    if !say.channel.is_empty() && Channel::from_id(&say.channel).is_none() {
                        return Err(Refusal::field("channel", "not-an-option").into());
                    }
                    let ticket = held.ticket;
                    let channel = if say.channel.is_empty() { ticket.channel.clone() } else { say.channel };
                    let told = match (say.kind, say.told) {
                        (Kind::ToCustomer, Told::Now) => Some(ctx.now),
                        _ => None,
                    };
                    let message = Message {
                        id: ctx.id(MessageId),
                        ticket: id,
                        kind: say.kind,
                        body,
                        channel: if say.kind == Kind::Note { String::new() } else { channel },
                        author: Some(actor.person),
                        at: ctx.now,
                        told,
                        told_by: told.map(|_| actor.person),
                    };
                    messages::add(tx, &message).await?;
                    apply::index_message(tx, &message).await?;
                    if let Some(answer) = say.answer {
                        answers::used(tx, answer).await?;
                    }
                    let mut ticket = ticket;
                    if told.is_some() {
                        app.told(tx, &ctx, &actor, &mut ticket).await?;
                    }
                    tickets::touch(tx, &ticket, ctx.now).await?;
                    say.once.remember(tx, &ctx, actor.person, &message.id.to_string()).await?;
                    Ok(message.id)
                })
            })
            .await
    }

    /// The customer was told something: clocks of feedback begin their next round. Gives whether one did.
    async fn told(&self, tx: &mut Tx, ctx: &Context, actor: &Actor, ticket: &mut Ticket) -> AppResult<bool> {
        self.passed(tx, ctx, actor, ticket, Moment::ToldCustomer).await
    }

    /// A moment beside the process: carried to the ticket's clocks, if one of them waits for it.
    pub(crate) async fn passed(
        &self,
        tx: &mut Tx,
        ctx: &Context,
        actor: &Actor,
        ticket: &mut Ticket,
        moment: Moment,
    ) -> AppResult<bool> {
        if !ticket.state.is_running() {
            return Ok(false);
        }
        let process = self.definition(ticket.definition)?;
        let drive = Drive { app: self, ctx, actor: Some(actor), process: &process, age: Age::Fresh };
        let before = ticket.due;
        let position = crate::ticket::instance(tx, ticket.id).await?;
        drive.moments(tx, ticket, &position, &[moment], None).await?;
        let moved = ticket.due != before;
        if moved {
            tickets::set_due(tx, ticket).await?;
        }
        Ok(moved)
    }

    /// Notes that the customer has now been told what was still to be told.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotAllowed`].
    pub async fn mark_told(&self, ctx: &Context, actor: &Actor, message: MessageId) -> AppResult<TicketId> {
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let found = messages::get(tx, message).await?.ok_or(Refusal::NotFound)?;
                    let mut held = hold(tx, &actor, Action::Reply, found.ticket).await?;
                    if messages::mark_told(tx, message, ctx.now, actor.person).await? {
                        let body = json!({ "text": found.body });
                        apply::record(tx, &ctx, Some(&actor), found.ticket, "told", &body).await?;
                        app.told(tx, &ctx, &actor, &mut held.ticket).await?;
                    }
                    Ok(found.ticket)
                })
            })
            .await
    }

    /// Sets the progress label, with a word of explanation if one is given; the time is kept in the history.
    ///
    /// # Errors
    /// A field for a label that the process does not have, [`Refusal::NotAllowed`], [`Refusal::TicketEnded`].
    pub async fn set_progress(
        &self,
        ctx: &Context,
        actor: &Actor,
        id: TicketId,
        label: &str,
        note: &str,
    ) -> AppResult<()> {
        let (app, ctx, actor, label, note) =
            (self.clone(), ctx.clone(), actor.clone(), label.to_owned(), note.to_owned());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let held = hold(tx, &actor, Action::Annotate, id).await?;
                    let mut ticket = held.ticket;
                    if !ticket.state.is_running() {
                        return Err(Refusal::TicketEnded.into());
                    }
                    if !app.definition(ticket.definition)?.definition.progress.contains(&label) {
                        return Err(Refusal::field("progress", "not-an-option").into());
                    }
                    let note = limited("note", &note)?;
                    ticket.progress.clone_from(&label);
                    ticket.updated = ctx.now;
                    apply::save(tx, &mut ticket).await?;
                    apply::record(tx, &ctx, Some(&actor), id, "progress", &json!({ "label": label, "note": note }))
                        .await
                })
            })
            .await
    }
}
