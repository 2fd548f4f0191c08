//! Effects of the engine, carried out on a ticket and its tables inside one transaction.
//!
//! The engine says what has to happen; here it happens to the desk's nouns. Nothing is decided here that the engine or
//! the access rules could decide.

use jiff::Timestamp;
use serde::Serialize;
use yingda_core::ticket::{Priority, Rating, RatingSource, Ticket, subject_of};
use yingda_core::{Actor, Context, DepartmentId, EventId, MessageId, PersonId, Role, TicketId};
use yingda_process::clock::moments;
use yingda_process::{Column, Effect, Instance, LaneHolder, Milestone, StepKind, TokenKind, Value};
use yingda_store::history::Line;
use yingda_store::messages::{self, Message};
use yingda_store::tickets::{Involvement, WorkItem};
use yingda_store::{Tx, history, search, tickets};

use crate::clocks::drive::{Age, Drive};
use crate::duty::assign::{Chosen, choose};
use crate::notices::triggers;
use crate::sheets::Request;
use crate::{App, AppError, AppResult, Directory, Process};

/// What one event did, for the line of history that it leaves.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Happened {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rated: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating_reason: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub reopened: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<String>,
    /// Numbers of the sheets that were sent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sheets: Vec<String>,
    /// Labels of the steps that wait now.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub entered: Vec<String>,
    /// Whom the department's rule chose; told on lines of its own.
    #[serde(skip)]
    pub chosen: Vec<Chosen>,
}

/// The surroundings in which effects are carried out.
pub(crate) struct Stage<'a> {
    pub app: &'a App,
    pub ctx: &'a Context,
    pub actor: &'a Actor,
    pub process: &'a Process,
    pub source: RatingSource,
    /// The channel through which the customer was told what this event told them.
    pub channel: String,
    /// Whether it happens now.
    pub age: Age,
}

impl Stage<'_> {
    pub(crate) fn clocks(&self) -> Drive<'_> {
        Drive { app: self.app, ctx: self.ctx, actor: Some(self.actor), process: self.process, age: self.age }
    }

    /// Carries effects out, in their order; the ticket itself is changed in memory and written by the caller.
    pub(crate) async fn carry_out(
        &self,
        tx: &mut Tx,
        ticket: &mut Ticket,
        (before, instance): (&Instance, &Instance),
        effects: Vec<Effect>,
    ) -> AppResult<Happened> {
        let directory = self.app.directory();
        let mut happened = Happened::default();
        let passed = moments(before, instance, &effects);
        for effect in without_passing(effects) {
            self.effect(tx, ticket, instance, &directory, effect, &mut happened).await?;
        }
        let active = self.process.definition.active(instance);
        ticket.step = active.first().map(|step| step.label.to_owned()).unwrap_or_default();
        ticket.state = ticket.times.state();
        ticket.updated = self.ctx.now;
        self.clocks().moments(tx, ticket, instance, &passed, None).await?;
        if happened.ended.is_some() && self.age == Age::Fresh {
            crate::answerable::before_end(tx, ticket).await?;
        }
        if self.age == Age::Fresh {
            triggers::raise_holding(self.app, tx, self.ctx, self.actor, self.process, ticket, instance).await?;
        }
        Ok(happened)
    }

    async fn effect(
        &self,
        tx: &mut Tx,
        ticket: &mut Ticket,
        instance: &Instance,
        directory: &Directory,
        effect: Effect,
        happened: &mut Happened,
    ) -> AppResult<()> {
        let now = self.ctx.now;
        match effect {
            Effect::Filled { column, value } => self.fill(tx, ticket, directory, column, value.as_ref()).await?,
            Effect::Entered { token, step, lane, .. } => {
                self.enter(tx, ticket, instance, directory, (token, &step, &lane), happened).await?;
            }
            Effect::Left { token, .. } => tickets::remove_work(tx, ticket.id, i64::from(token)).await?,
            Effect::SheetRequested { token, to, question, customer_matter, limit, countersign, .. } => {
                let request = Request {
                    token: Some(i64::from(token)),
                    to: department_by_code(directory, &to)?,
                    question,
                    customer_matter: customer_matter.unwrap_or_else(|| ticket.subject.clone()),
                    limit,
                    countersign,
                };
                let number = self.app.write_sheet(tx, self.ctx, self.actor, ticket.id, request).await?.number;
                happened.sheets.push(number);
            }
            Effect::MessageCustomer { text } => self.tell(tx, ticket, text, None).await?,
            Effect::ToldCustomer { text } => self.tell(tx, ticket, text, Some(now)).await?,
            Effect::Marked { milestone } => {
                let (slot, word) = match milestone {
                    Milestone::Responded => (&mut ticket.times.responded, "responded"),
                    Milestone::Solved => (&mut ticket.times.solved, "solved"),
                    Milestone::Confirmed => (&mut ticket.times.confirmed, "confirmed"),
                };
                slot.get_or_insert(now);
                happened.marks.push(word);
            }
            Effect::Progressed { label } => {
                ticket.progress.clone_from(&label);
                happened.progress = Some(label);
            }
            Effect::Rated { value, satisfied, reason } => {
                happened.rated = Some(value.clone());
                happened.rating_reason.clone_from(&reason);
                ticket.rating =
                    Some(Rating { value, satisfied, reason: reason.unwrap_or_default(), source: self.source });
            }
            Effect::Reopened => {
                ticket.times.reopen();
                ticket.rounds += 1;
                happened.reopened = true;
            }
            Effect::Ended { label, event_record, .. } => {
                ticket.times.closed = Some(now);
                ticket.outcome.clone_from(&label);
                ticket.event_record = event_record;
                happened.ended = Some(label);
            }
        }
        Ok(())
    }

    async fn fill(
        &self,
        tx: &mut Tx,
        ticket: &mut Ticket,
        directory: &Directory,
        column: Column,
        value: Option<&Value>,
    ) -> AppResult<()> {
        let text = || value.map(Value::text).unwrap_or_default();
        match column {
            Column::CustomerName => ticket.customer_name = text(),
            Column::ContactName => ticket.contact_name = text(),
            Column::Phone => ticket.phone = text(),
            Column::Industry => ticket.industry = text(),
            Column::Kind => ticket.kind = text(),
            Column::Subject => ticket.subject = text(),
            Column::Description => {
                // A form without a subject gets one from the description; what was typed as the subject stays.
                let derived = ticket.subject.is_empty() || ticket.subject == subject_of(&ticket.description);
                ticket.description = text();
                if derived {
                    ticket.subject = subject_of(&ticket.description);
                }
            }
            Column::OccurredAt => ticket.occurred_at = value.map(|v| self.shown(v)).unwrap_or_default(),
            Column::Impact => ticket.impact = text(),
            Column::WantedBy => ticket.wanted_by = value.map(|v| self.shown(v)).unwrap_or_default(),
            Column::Priority => ticket.priority = Priority::parse(&text()).unwrap_or(Priority::Medium),
            Column::Department => {
                ticket.lead_department = value.and_then(|value| directory.department(&value.text())).map(|d| d.id);
                if let Some(department) = ticket.lead_department {
                    tickets::involve(tx, ticket.id, department, Involvement::Working).await?;
                }
            }
            Column::Assignee => {
                ticket.assignee = value.and_then(|value| directory.person(&value.text())).map(|person| person.id);
            }
            Column::Cc => {
                // Free text as S03 has it: every word that names a department lets that department see the ticket.
                for word in text().split(['、', ',', '\u{ff0c}', ';', '\u{ff1b}', ' ', '\n']).map(str::trim) {
                    if let Some(department) = directory.department(word) {
                        tickets::involve(tx, ticket.id, department.id, Involvement::Copied).await?;
                    }
                }
            }
            Column::Channel => ticket.channel = text(),
            Column::Result => ticket.result = text(),
            Column::Remark => ticket.remark = text(),
            Column::Address => ticket.address = text(),
        }
        Ok(())
    }

    /// A value as a person at this desk reads it.
    fn shown(&self, value: &Value) -> String {
        shown(self.app, value)
    }

    async fn enter(
        &self,
        tx: &mut Tx,
        ticket: &mut Ticket,
        instance: &Instance,
        directory: &Directory,
        (token, step, lane): (u32, &str, &str),
        happened: &mut Happened,
    ) -> AppResult<()> {
        let definition = &self.process.definition;
        let (Some(step), Some(lane)) = (definition.step(step), definition.lane(lane)) else {
            return Err(AppError::House(format!("the process {} has no step {step} in lane {lane}", definition.id)));
        };
        let sheet = matches!(step.kind, StepKind::ContactSheet(_));
        let department = match lane.department(definition, instance) {
            Some(code) => Some(department_by_code(directory, &code)?),
            None => None,
        };
        let role = match &lane.holder {
            LaneHolder::Role(role) => role.id().parse::<Role>().ok(),
            LaneHolder::External | LaneHolder::Department(_) | LaneHolder::DepartmentFrom(_) => None,
        };
        if !sheet {
            self.hand_to(ticket, instance, directory, role, department);
            if let Some(department) = department {
                tickets::involve(tx, ticket.id, department, Involvement::Working).await?;
            }
        }
        let item = WorkItem {
            id: self.ctx.ids.next(self.ctx.now),
            ticket: ticket.id,
            token: i64::from(token),
            step: step.id.clone(),
            label: step.label().to_owned(),
            kind: if sheet { "sheet" } else { "person" }.to_owned(),
            role,
            department: if sheet { None } else { department },
            since: self.ctx.now,
            due: self.clocks().first_due(ticket, &step.id)?,
        };
        tickets::add_work(tx, &item).await?;
        happened.entered.push(item.label);
        if !sheet && self.age == Age::Fresh {
            happened.chosen.extend(choose(self.app, tx, self.ctx, ticket, (role, department)).await?);
        }
        Ok(())
    }

    /// Who has the ticket when a step begins: the owner in the desk's own lanes; in a department's lane whoever of that
    /// department has it already or was named for it (责任人), else nobody until somebody takes it.
    fn hand_to(
        &self,
        ticket: &mut Ticket,
        instance: &Instance,
        directory: &Directory,
        role: Option<Role>,
        department: Option<DepartmentId>,
    ) {
        let department_of = |person: PersonId| directory.people.get(&person).map(|p| p.department);
        match (role, department) {
            (_, Some(department)) => {
                ticket.department = Some(department);
                let of_department = |person: &PersonId| department_of(*person) == Some(department);
                ticket.assignee = ticket
                    .assignee
                    .filter(of_department)
                    .or_else(|| self.named(instance, directory).filter(of_department));
            }
            (None | Some(Role::Agent), None) => {
                ticket.department = department_of(ticket.owner);
                ticket.assignee = Some(ticket.owner);
            }
            (Some(_), None) => {
                ticket.department = department_of(ticket.owner);
                ticket.assignee = None;
            }
        }
    }

    /// The person whom a form last named as the one to work on it.
    fn named(&self, instance: &Instance, directory: &Directory) -> Option<PersonId> {
        self.process.definition.forms.iter().find_map(|form| {
            let fields = form.fields.iter().filter(|field| field.fills == Some(Column::Assignee));
            fields
                .filter_map(|field| instance.values.get(&form.key(&field.id)))
                .find_map(|value| directory.person(&value.text()).map(|person| person.id))
        })
    }

    async fn tell(&self, tx: &mut Tx, ticket: &Ticket, text: String, told: Option<Timestamp>) -> AppResult<()> {
        let message = Message {
            id: self.ctx.id(MessageId),
            ticket: ticket.id,
            kind: messages::Kind::ToCustomer,
            body: text,
            channel: if told.is_some() { self.channel.clone() } else { String::new() },
            author: told.map(|_| self.actor.person),
            at: self.ctx.now,
            told,
            told_by: told.map(|_| self.actor.person),
        };
        messages::add(tx, &message).await?;
        index_message(tx, &message).await
    }
}

/// Without the steps that are entered and left within the same event (the intake's own): nobody ever waits there.
fn without_passing(effects: Vec<Effect>) -> Vec<Effect> {
    let left: Vec<u32> =
        effects.iter().filter_map(|e| if let Effect::Left { token, .. } = e { Some(*token) } else { None }).collect();
    let passing: Vec<u32> = effects
        .iter()
        .filter_map(|e| if let Effect::Entered { token, .. } = e { Some(*token) } else { None })
        .filter(|token| left.contains(token))
        .collect();
    effects
        .into_iter()
        .filter(|effect| match effect {
            Effect::Entered { token, .. } | Effect::Left { token, .. } => !passing.contains(token),
            _ => true,
        })
        .collect()
}

/// A value as a person at this desk reads it: names for codes, local time for instants.
pub(crate) fn shown(app: &App, value: &Value) -> String {
    let directory = app.directory();
    match value {
        Value::Department(code) => directory.department(code).map_or_else(|| code.clone(), |d| d.name.clone()),
        Value::Person(word) => directory.person(word).map_or_else(|| word.clone(), |p| p.name.clone()),
        Value::DateTime(at) => at.to_zoned(app.zone()).strftime("%Y-%m-%d %H:%M").to_string(),
        other => other.text(),
    }
}

pub(crate) fn department_by_code(directory: &Directory, code: &str) -> AppResult<DepartmentId> {
    directory
        .department(code)
        .map(|d| d.id)
        .ok_or_else(|| yingda_core::Refusal::Process { why: format!("department {code}") }.into())
}

/// Puts a message into the search index.
pub(crate) async fn index_message(tx: &mut Tx, message: &Message) -> AppResult<()> {
    let ticket = Some(message.ticket.get());
    search::put(tx, search::Kind::Message, message.id.get(), ticket, search::Audience::Readers, &message.body).await?;
    Ok(())
}

/// Puts a ticket's own fields into the search index.
pub(crate) async fn index_ticket(tx: &mut Tx, t: &Ticket) -> AppResult<()> {
    let text = [
        &t.number,
        &t.customer_name,
        &t.contact_name,
        &t.phone,
        &t.address,
        &t.kind,
        &t.subject,
        &t.description,
        &t.impact,
        &t.result,
        &t.remark,
    ]
    .map(String::as_str)
    .join("\n");
    search::put(tx, search::Kind::Ticket, t.id.get(), Some(t.id.get()), search::Audience::Readers, &text).await?;
    Ok(())
}

/// The digits under which a caller is found; empty for what is no number (a masked one).
pub(crate) fn phone_norm(phone: &str) -> String {
    yingda_process::phone(phone).map(|p| p.digits).unwrap_or_default()
}

/// Writes a changed ticket back under the version that was read.
pub(crate) async fn save(tx: &mut Tx, ticket: &mut Ticket) -> AppResult<()> {
    let phone_norm = phone_norm(&ticket.phone);
    Ok(tickets::update(tx, ticket, &phone_norm).await?)
}

/// Adds a line to a ticket's history.
pub(crate) async fn record(
    tx: &mut Tx,
    ctx: &Context,
    actor: Option<&Actor>,
    ticket: TicketId,
    kind: &str,
    body: &impl Serialize,
) -> AppResult<()> {
    let body = serde_json::to_string(body).map_err(|e| AppError::House(format!("a line of history: {e}")))?;
    let line =
        Line { id: ctx.id(EventId), ticket, at: ctx.now, actor: actor.map(|a| a.person), kind: kind.to_owned(), body };
    Ok(history::add(tx, &line).await?)
}

/// Whether a token of the engine waits for a person.
pub(crate) fn waits_for_person(instance: &Instance, token: u32) -> bool {
    instance.token(token).is_some_and(|t| t.kind == TokenKind::Person)
}
