//! Completing a step: the form is read, the engine moves, the effects happen, all or nothing.

use serde_json::json;
use yingda_core::refusal::FieldRefusal;
use yingda_core::ticket::RatingSource;
use yingda_core::{Action, Actor, AnswerId, Context, Refusal, TicketId};
use yingda_process::{Channel, Definition, Event, RawForm, Value, Values, advance};
use yingda_store::tickets::{Involvement, WorkItem};
use yingda_store::{Tx, answers, files, tickets};

use crate::apply::{self, Stage};
use crate::clocks::drive::Age;
use crate::duty::assign::tell;
use crate::error::{engine_refusal, field_refusals};
use crate::once::Once;
use crate::receive::form_part;
use crate::ticket::{Held, hold, instance, instance_text};
use crate::{App, AppError, AppResult};

/// A step that somebody has done.
#[derive(Debug, Clone, Default)]
pub struct CompleteStep {
    /// Which of the places where the process waits.
    pub token: i64,
    /// What was typed, by `form.field`.
    pub fields: RawForm,
    /// How the customer was told, where the step tells them; the ticket's own channel if not said.
    pub channel: Option<String>,
    /// The standard answer that was given, if one was.
    pub answer: Option<AnswerId>,
    /// The version of the ticket that the actor saw.
    pub seen: Option<i64>,
    /// Against doing it twice.
    pub once: Once,
}

impl App {
    /// Completes a step of a ticket.
    ///
    /// # Errors
    /// [`Refusal::StepNotOpen`] where somebody was faster, [`Refusal::Stale`], [`Refusal::Fields`], [`Refusal::NotAllowed`].
    pub async fn complete_step(&self, ctx: &Context, actor: &Actor, id: TicketId, done: CompleteStep) -> AppResult<()> {
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    if done.once.before(tx, actor.person).await?.is_some() {
                        return Ok(());
                    }
                    let held = hold(tx, &actor, Action::SeeTicket, id).await?;
                    let item = held.work.iter().find(|w| w.token == done.token).ok_or(Refusal::StepNotOpen)?.clone();
                    held.allow_step(&actor, &item)?;
                    held.unchanged_since(done.seen)?;
                    app.step(tx, &ctx, &actor, held, &item, done.fields, done.channel, RatingSource::Staff).await?;
                    if let Some(answer) = done.answer {
                        answers::used(tx, answer).await?;
                    }
                    done.once.remember(tx, &ctx, actor.person, "").await
                })
            })
            .await
    }

    /// The step itself, for those who have decided that it may happen.
    #[expect(clippy::too_many_arguments, reason = "page, API and import bring the same eight things")]
    pub(crate) async fn step(
        &self,
        tx: &mut Tx,
        ctx: &Context,
        actor: &Actor,
        held: Held,
        item: &WorkItem,
        fields: RawForm,
        channel: Option<String>,
        source: RatingSource,
    ) -> AppResult<()> {
        let channel = channel.filter(|channel| !channel.is_empty());
        if channel.as_deref().is_some_and(|channel| Channel::from_id(channel).is_none()) {
            return Err(Refusal::field("channel", "not-an-option").into());
        }
        let process = self.definition(held.ticket.definition)?;
        let definition = &process.definition;
        let before = instance(tx, held.ticket.id).await?;
        let token = u32::try_from(item.token).map_err(|_| Refusal::StepNotOpen)?;
        if !apply::waits_for_person(&before, token) {
            return Err(Refusal::StepNotOpen.into());
        }
        let form = definition.active(&before).into_iter().find(|a| a.token == token).and_then(|a| a.form);
        let values = match form {
            Some(form) => form.parse(&form_part(&fields, &form.id), &self.zone()).map_err(field_refusals)?,
            None => Values::default(),
        };
        self.check_people(&values)?;
        own_files(tx, held.ticket.id, &values).await?;
        let shown = shown_fields(self, definition, &values);
        let (after, effects) =
            advance(definition, &before, Event::Complete { token, values }, ctx.now).map_err(engine_refusal)?;
        let mut ticket = held.ticket;
        let took = ticket.assignee.is_none();
        if took {
            // Whoever does a step that nobody had taken has taken it.
            ticket.assignee = Some(actor.person);
        }
        let stage = Stage {
            app: self,
            ctx,
            actor,
            process: &process,
            source,
            channel: channel.unwrap_or_else(|| ticket.channel.clone()),
            age: Age::Fresh,
        };
        let happened = stage.carry_out(tx, &mut ticket, (&before, &after), effects).await?;
        tickets::involve(tx, ticket.id, actor.department, Involvement::Working).await?;
        apply::save(tx, &mut ticket).await?;
        tickets::put_instance(tx, ticket.id, &instance_text(&after)?).await?;
        let body =
            json!({ "step": item.step, "label": item.label, "fields": shown, "took": took, "happened": happened });
        apply::record(tx, ctx, Some(actor), ticket.id, "step", &body).await?;
        tell(self, tx, ctx, &ticket, &happened.chosen).await?;
        apply::index_ticket(tx, &ticket).await
    }

    /// A contact sheet's answer reaches the process that waits for it.
    pub(crate) async fn step_answered(
        &self,
        tx: &mut Tx,
        ctx: &Context,
        actor: &Actor,
        held: Held,
        token: i64,
        answer: String,
    ) -> AppResult<()> {
        let process = self.definition(held.ticket.definition)?;
        let before = instance(tx, held.ticket.id).await?;
        let token = u32::try_from(token).map_err(|_| AppError::House("a sheet's token is out of range".to_owned()))?;
        let event = Event::SheetAnswered { token, answer };
        let (after, effects) = advance(&process.definition, &before, event, ctx.now).map_err(engine_refusal)?;
        let mut ticket = held.ticket;
        let channel = ticket.channel.clone();
        let stage =
            Stage { app: self, ctx, actor, process: &process, source: RatingSource::Staff, channel, age: Age::Fresh };
        let happened = stage.carry_out(tx, &mut ticket, (&before, &after), effects).await?;
        apply::save(tx, &mut ticket).await?;
        tickets::put_instance(tx, ticket.id, &instance_text(&after)?).await?;
        if let Some(label) = happened.progress {
            let body = json!({ "label": label, "note": "" });
            apply::record(tx, ctx, Some(actor), ticket.id, "progress", &body).await?;
        }
        tell(self, tx, ctx, &ticket, &happened.chosen).await?;
        apply::index_ticket(tx, &ticket).await
    }
}

/// Files that a form names must be files of this ticket, whatever door the form came through.
async fn own_files(tx: &mut Tx, ticket: TicketId, values: &Values) -> AppResult<()> {
    let named: Vec<(&str, &String)> = values
        .iter()
        .filter_map(|(key, value)| if let Value::Attachment(ids) = value { Some((key, ids)) } else { None })
        .flat_map(|(key, ids)| ids.iter().map(move |id| (key, id)))
        .collect();
    if named.is_empty() {
        return Ok(());
    }
    let own: Vec<String> = files::of_ticket(tx, ticket).await?.iter().map(|file| file.id.to_string()).collect();
    let strange: Vec<FieldRefusal> = named
        .into_iter()
        .filter(|(_, id)| !own.contains(id))
        .map(|(key, _)| FieldRefusal::new(key, "unknown-file"))
        .collect();
    if strange.is_empty() { Ok(()) } else { Err(Refusal::Fields(strange).into()) }
}

/// What was filled in, as label and text, for the line of history.
pub(crate) fn shown_fields(app: &App, definition: &Definition, values: &Values) -> Vec<(String, String)> {
    definition
        .forms
        .iter()
        .flat_map(|form| form.fields.iter().map(move |field| (form.key(&field.id), &field.label)))
        .filter_map(|(key, label)| values.get(&key).map(|value| (label.clone(), apply::shown(app, value))))
        .collect()
}
