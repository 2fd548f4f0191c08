//! Taking a matter in: a call, a letter, a row of a table. The one way in which a ticket comes to be.

use jiff::Timestamp;
use serde_json::json;
use yingda_core::refusal::FieldRefusal;
use yingda_core::ticket::{Milestones, Priority, RatingSource, State, Ticket};
use yingda_core::{Action, Actor, AnswerId, ContactId, Context, CustomerId, Refusal, Subject, TicketId, can, number};
use yingda_process::{Channel, Column, Effect, Event, Facts, Instance, Intake, RawForm, Value, Values, advance};
use yingda_store::customers::{Contact, Customer};
use yingda_store::tickets::Involvement;
use yingda_store::{Tx, answers, customers, tickets};

use crate::apply::{self, Stage};
use crate::clocks::drive::Age;
use crate::duty::assign::tell;
use crate::error::{engine_refusal, field_refusals};
use crate::once::Once;
use crate::ticket::instance_text;
use crate::{App, AppResult, Process};

/// A matter that came in.
#[derive(Debug, Clone, Default)]
pub struct Receive {
    /// The process's id.
    pub process: String,
    /// How it came in: one of the process's channels.
    pub channel: String,
    /// What was typed, by `form.field`.
    pub fields: RawForm,
    /// The standard answer that was given at once, if one was.
    pub answer: Option<AnswerId>,
    /// Against doing it twice.
    pub once: Once,
}

/// A ticket that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Its id.
    pub id: TicketId,
    /// 工单编号
    pub number: String,
    /// Whether it ended at once (answered while the caller was on the line).
    pub ended: bool,
}

/// A received matter after the engine's first move: what the write needs.
pub(crate) struct Started {
    pub process: std::sync::Arc<Process>,
    pub channel: Channel,
    pub instance: Instance,
    pub effects: Vec<Effect>,
    pub fields: Vec<(String, String)>,
}

impl App {
    /// Registers a matter: checks that it is complete, gives it a number and starts its process.
    ///
    /// # Errors
    /// [`Refusal::Fields`] with every field at fault, [`Refusal::NotAllowed`], [`Refusal::Process`].
    pub async fn receive(&self, ctx: &Context, actor: &Actor, matter: Receive) -> AppResult<Received> {
        can(actor, Action::Receive, Subject::Desk)?;
        let Receive { process, channel, fields, answer, once } = matter;
        let started = self.start(ctx, &process, &channel, &fields)?;
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    if let Some(before) = once.before(tx, actor.person).await? {
                        return app.received_before(tx, &before).await;
                    }
                    let ticket = app.open_ticket(tx, &ctx, &actor, started, None).await?;
                    if let Some(answer) = answer {
                        answers::used(tx, answer).await?;
                    }
                    once.remember(tx, &ctx, actor.person, &ticket.id.to_string()).await?;
                    Ok(Received { id: ticket.id, ended: !ticket.state.is_running(), number: ticket.number })
                })
            })
            .await
    }

    async fn received_before(&self, tx: &mut Tx, before: &str) -> AppResult<Received> {
        let id: TicketId = before.parse().map_err(|_| Refusal::KeyReused)?;
        let ticket = tickets::get(tx, id).await?.ok_or(Refusal::NotFound)?;
        Ok(Received { id, ended: !ticket.state.is_running(), number: ticket.number })
    }

    /// Reads the intake forms and lets the engine make its first move: pure.
    pub(crate) fn start(&self, ctx: &Context, process: &str, channel: &str, fields: &RawForm) -> AppResult<Started> {
        let process = self.current_process(process)?;
        let definition = &process.definition;
        let zone = self.zone();
        let mut values = Values::default();
        let mut faults = Vec::new();
        for form in definition.intake_forms() {
            let own = form_part(fields, &form.id);
            match form.parse(&own, &zone) {
                Ok(read) => values.extend(read),
                Err(wrong) => faults.extend(wrong),
            }
        }
        let channel = Channel::from_id(channel);
        if !faults.is_empty() || channel.is_none() {
            let mut refusals = match field_refusals(faults) {
                Refusal::Fields(refusals) => refusals,
                _ => Vec::new(),
            };
            if channel.is_none() {
                refusals.push(FieldRefusal::new("channel", "missing"));
            }
            return Err(Refusal::Fields(refusals).into());
        }
        let channel = channel.unwrap_or(Channel::Phone);
        self.check_people(&values)?;
        // A ticket that is not there yet has no files.
        let files: Vec<FieldRefusal> = values
            .iter()
            .filter(|(_, value)| matches!(value, Value::Attachment(ids) if !ids.is_empty()))
            .map(|(key, _)| FieldRefusal::new(key, "unknown-file"))
            .collect();
        if !files.is_empty() {
            return Err(Refusal::Fields(files).into());
        }
        let shown = crate::steps::shown_fields(self, definition, &values);
        let facts = facts_of(&process, &values, channel);
        let event = Event::Start { values, facts, intake: Intake::Complete };
        let (instance, effects) = advance(definition, &Instance::new(), event, ctx.now).map_err(engine_refusal)?;
        Ok(Started { process, channel, instance, effects, fields: shown })
    }

    /// Every person and department that a form names must be one of ours.
    pub(crate) fn check_people(&self, values: &Values) -> AppResult<()> {
        let directory = self.directory();
        let mut wrong = Vec::new();
        for (key, value) in values.iter() {
            match value {
                Value::Person(word) if directory.person(word).is_none() => {
                    wrong.push(FieldRefusal::new(key, "unknown-person").with("given", word));
                }
                Value::Department(code) if !directory.department(code).is_some_and(|d| d.active) => {
                    wrong.push(FieldRefusal::new(key, "unknown-department").with("given", code));
                }
                _ => {}
            }
        }
        if wrong.is_empty() { Ok(()) } else { Err(Refusal::Fields(wrong).into()) }
    }

    /// Writes the ticket of a started process. `number` is its own where it brings one (imports).
    pub(crate) async fn open_ticket(
        &self,
        tx: &mut Tx,
        ctx: &Context,
        actor: &Actor,
        started: Started,
        own_number: Option<String>,
    ) -> AppResult<Ticket> {
        let Started { process, channel, instance, effects, fields } = started;
        let number = match own_number {
            Some(number) => number,
            None => self.next_number(tx, ctx, &process.definition.number.prefix).await?,
        };
        let mut ticket = blank(ctx, actor, &process, channel, number);
        tickets::involve(tx, ticket.id, actor.department, Involvement::Working).await?;
        let stage = Stage {
            app: self,
            ctx,
            actor,
            process: &process,
            source: RatingSource::Staff,
            channel: ticket.channel.clone(),
            age: Age::Fresh,
        };
        let happened = stage.carry_out(tx, &mut ticket, (&Instance::new(), &instance), effects).await?;
        self.attach_caller(tx, ctx, &mut ticket).await?;
        tickets::insert(tx, &ticket, &apply::phone_norm(&ticket.phone)).await?;
        tickets::put_instance(tx, ticket.id, &instance_text(&instance)?).await?;
        let body = json!({ "channel": ticket.channel, "fields": fields, "happened": happened });
        apply::record(tx, ctx, Some(actor), ticket.id, "received", &body).await?;
        tell(self, tx, ctx, &ticket, &happened.chosen).await?;
        apply::index_ticket(tx, &ticket).await?;
        Ok(ticket)
    }

    /// The next number of a series. Numbers that an import brings along lift the series past them, so it never meets one.
    pub(crate) async fn next_number(&self, tx: &mut Tx, ctx: &Context, prefix: &str) -> AppResult<String> {
        let series = number::series(prefix, ctx.now, &self.zone());
        let sequence = tickets::next_in_series(tx, &series).await?;
        Ok(number::number(&series, sequence))
    }

    /// Finds the caller's customer file and contact, and makes them where there are none: a customer where a customer
    /// was named, a contact where there is a number.
    pub(crate) async fn attach_caller(&self, tx: &mut Tx, ctx: &Context, ticket: &mut Ticket) -> AppResult<()> {
        let norm = apply::phone_norm(&ticket.phone);
        let known = if norm.is_empty() { Vec::new() } else { customers::contacts_by_phone(tx, &norm).await? };
        if !ticket.customer_name.is_empty() {
            ticket.customer = Some(match customers::by_name(tx, &ticket.customer_name).await? {
                Some(customer) => customer.id,
                None => {
                    let customer = Customer {
                        id: ctx.id(CustomerId),
                        name: ticket.customer_name.clone(),
                        industry: ticket.industry.clone(),
                        address: ticket.address.clone(),
                        version: 1,
                    };
                    customers::insert(tx, &customer, ctx.now).await?;
                    customer.id
                }
            });
        } else {
            // A caller who names no company belongs to the one that this number is known under.
            ticket.customer = known.iter().find_map(|contact| contact.customer);
        }
        if norm.is_empty() {
            ticket.contact = None;
            return Ok(());
        }
        let same = known.iter().find(|c| c.customer == ticket.customer && c.name == ticket.contact_name);
        ticket.contact = Some(match same {
            Some(contact) => contact.id,
            None => {
                let contact = Contact {
                    id: ctx.id(ContactId),
                    customer: ticket.customer,
                    name: ticket.contact_name.clone(),
                    phone: ticket.phone.clone(),
                };
                customers::insert_contact(tx, &contact, &norm, ctx.now).await?;
                contact.id
            }
        });
        Ok(())
    }
}

/// The part of what was typed that belongs to one form, whether keyed `field` or `form.field`.
pub(crate) fn form_part(fields: &RawForm, form: &str) -> RawForm {
    fields
        .iter()
        .filter(|(key, _)| key.split_once('.').is_some_and(|(owner, _)| owner == form))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

/// What expressions see as `ticket.…`, from the fields that fill those columns.
fn facts_of(process: &Process, values: &Values, channel: Channel) -> Facts {
    let definition = &process.definition;
    let filling = |column: Column| {
        definition.intake_forms().into_iter().find_map(|form| {
            form.fields
                .iter()
                .filter(|field| field.fills == Some(column))
                .find_map(|field| values.get(&form.key(&field.id)))
        })
    };
    Facts {
        channel,
        priority: filling(Column::Priority)
            .and_then(|value| yingda_process::Priority::from_id(&value.text()))
            .unwrap_or_default(),
        department: filling(Column::Department).map(Value::text),
    }
}

pub(crate) fn blank(ctx: &Context, actor: &Actor, process: &Process, channel: Channel, number: String) -> Ticket {
    let empty = String::new;
    let accepted: Timestamp = ctx.now;
    Ticket {
        id: ctx.id(TicketId),
        number,
        process: process.definition.id.clone(),
        definition: process.id,
        state: State::Open,
        step: empty(),
        priority: Priority::Medium,
        channel: channel.id().to_owned(),
        customer: None,
        contact: None,
        customer_name: empty(),
        contact_name: empty(),
        phone: empty(),
        industry: empty(),
        address: empty(),
        kind: empty(),
        subject: empty(),
        description: empty(),
        occurred_at: empty(),
        impact: empty(),
        wanted_by: empty(),
        lead_department: None,
        department: Some(actor.department),
        owner: actor.person,
        assignee: Some(actor.person),
        progress: empty(),
        result: empty(),
        remark: empty(),
        rating: None,
        rounds: 0,
        event_record: true,
        outcome: empty(),
        accepted,
        times: Milestones::default(),
        due: None,
        updated: accepted,
        version: 1,
    }
}
