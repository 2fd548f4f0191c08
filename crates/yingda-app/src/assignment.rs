//! Who works on a ticket: taking, giving, transferring, copying in. Who *answers* for it (首接负责) does not change here.

use serde_json::{Value, json};
use yingda_core::refusal::FieldRefusal;
use yingda_core::ticket::Ticket;
use yingda_core::{Action, Actor, Context, DepartmentId, MessageId, PersonId, Refusal, Role, TicketId};
use yingda_process::clock::Moment;
use yingda_store::messages::{self, Message};
use yingda_store::tickets::{self, Involvement, WorkItem};

use crate::apply;
use crate::duty::assign::{self, choose};
use crate::notices::{self, PhoneNotice, Receiver};
use crate::once::Once;
use crate::ticket::hold;
use crate::{App, AppResult};

/// A ticket goes to another department, or to another person.
#[derive(Debug, Clone)]
pub struct Transfer {
    /// The department that has it from now on.
    pub department: DepartmentId,
    /// The person in it, where one is named.
    pub person: Option<PersonId>,
    /// Why.
    pub reason: String,
    /// What the customer is told about it; empty where the customer need not know.
    pub tell: String,
    /// Whether the customer was told just now, or still has to be.
    pub told: Told,
    /// The call to whoever gets it; 紧急 matters are not given away without.
    pub phone: Option<PhoneNotice>,
    /// The version that the actor saw.
    pub seen: Option<i64>,
    /// Against doing it twice.
    pub once: Once,
}

/// Whether the customer knows already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Told {
    /// Said just now, on the call.
    Now,
    /// Still to be said: stands on the owner's desk until it is.
    #[default]
    Later,
}

/// Longest text that a person types into a reason or a message, in characters.
pub const LONGEST_TEXT: usize = 20_000;

/// A text that must say something.
pub(crate) fn required(field: &str, text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::field(field, "missing"));
    }
    limited(field, text)
}

/// A text that may be empty.
pub(crate) fn limited(field: &str, text: &str) -> Result<String, Refusal> {
    let actual = text.chars().count();
    if actual > LONGEST_TEXT {
        let refusal = FieldRefusal::new(field, "too-long").with("max", LONGEST_TEXT).with("actual", actual);
        return Err(Refusal::Fields(vec![refusal]));
    }
    Ok(text.trim().to_owned())
}

impl App {
    /// Gives a ticket to a person (or to nobody), inside the department or desk that has it; they are told. A 紧急 one is given to
    /// somebody else only with the call to them.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::Stale`], [`Refusal::TicketEnded`], a field for somebody who cannot have it or was not
    /// called.
    pub async fn assign(
        &self,
        ctx: &Context,
        actor: &Actor,
        id: TicketId,
        to: Option<PersonId>,
        seen: Option<i64>,
        phone: Option<PhoneNotice>,
    ) -> AppResult<()> {
        let directory = self.directory();
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let held = hold(tx, &actor, Action::Assign, id).await?;
                    held.unchanged_since(seen)?;
                    let mut ticket = held.ticket;
                    if !ticket.state.is_running() {
                        return Err(Refusal::TicketEnded.into());
                    }
                    if let Some(to) = to {
                        let person = directory
                            .people
                            .get(&to)
                            .filter(|p| p.active)
                            .ok_or_else(|| Refusal::field("person", "unknown-person"))?;
                        let in_place =
                            ticket.department.is_none_or(|d| d == person.department) || person.roles.at_desk();
                        if !in_place {
                            return Err(Refusal::field("person", "other-department").into());
                        }
                    }
                    if ticket.assignee == to {
                        return Ok(());
                    }
                    let from = ticket.assignee;
                    let call = match to {
                        Some(to) => app.call(&ctx, &actor, &ticket, &held.work, Receiver::Person(to), phone)?,
                        None => None,
                    };
                    ticket.assignee = to;
                    ticket.updated = ctx.now;
                    apply::save(tx, &mut ticket).await?;
                    app.passed(tx, &ctx, &actor, &mut ticket, Moment::Assigned).await?;
                    let body = json!({ "from": from, "to": to, "phone": call });
                    apply::record(tx, &ctx, Some(&actor), id, "assigned", &body).await?;
                    if to.is_some() {
                        notices::assigned(&app, tx, &ctx, &actor, &ticket).await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// The call that giving a ticket away is recorded with; `None` where there was none and none is needed.
    fn call(
        &self,
        ctx: &Context,
        actor: &Actor,
        ticket: &Ticket,
        work: &[WorkItem],
        to: Receiver,
        phone: Option<PhoneNotice>,
    ) -> AppResult<Option<Value>> {
        let process = self.definition(ticket.definition)?;
        if phone.is_none() && !notices::needs_call(actor, ticket, work, &process.definition, to) {
            return Ok(None);
        }
        Ok(Some(PhoneNotice::checked(phone, ctx, ticket, &self.directory(), to)?))
    }

    /// Gives a ticket to another department, with a reason; the customer is told, now or soon. The owner stays. A 紧急 one goes
    /// only with the call to whoever gets it.
    ///
    /// # Errors
    /// [`Refusal::Fields`] where the reason is missing, [`Refusal::NotAllowed`], [`Refusal::Stale`], [`Refusal::TicketEnded`].
    pub async fn transfer(&self, ctx: &Context, actor: &Actor, id: TicketId, transfer: Transfer) -> AppResult<()> {
        let directory = self.directory();
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    if transfer.once.before(tx, actor.person).await?.is_some() {
                        return Ok(());
                    }
                    let held = hold(tx, &actor, Action::Transfer, id).await?;
                    held.unchanged_since(transfer.seen)?;
                    let reason = required("reason", &transfer.reason)?;
                    let tell = limited("tell", &transfer.tell)?;
                    let mut ticket = held.ticket;
                    if !ticket.state.is_running() {
                        return Err(Refusal::TicketEnded.into());
                    }
                    let department = directory
                        .departments
                        .get(&transfer.department)
                        .filter(|d| d.active)
                        .ok_or_else(|| Refusal::field("department", "unknown-department"))?;
                    if let Some(person) = transfer.person
                        && directory.people.get(&person).filter(|p| p.active).map(|p| p.department)
                            != Some(department.id)
                    {
                        return Err(Refusal::field("person", "other-department").into());
                    }
                    let to = transfer.person.map_or(Receiver::Department(department.id), Receiver::Person);
                    let call = app.call(&ctx, &actor, &ticket, &held.work, to, transfer.phone)?;
                    let from = (ticket.department, ticket.assignee);
                    ticket.department = Some(department.id);
                    ticket.assignee = transfer.person;
                    ticket.updated = ctx.now;
                    // What a lead has to decide stays the lead's, wherever the ticket goes.
                    let leads = [Role::Supervisor, Role::Manager, Role::Head, Role::Administrator];
                    let goes =
                        |item: &WorkItem| item.kind == "person" && !item.role.is_some_and(|role| leads.contains(&role));
                    for mut item in held.work.into_iter().filter(goes) {
                        item.department = Some(department.id);
                        tickets::update_work(tx, &item).await?;
                    }
                    tickets::involve(tx, id, department.id, Involvement::Working).await?;
                    let chosen = choose(&app, tx, &ctx, &mut ticket, (None, Some(department.id))).await?;
                    if !tell.is_empty() {
                        let now = matches!(transfer.told, Told::Now).then_some(ctx.now);
                        let message = Message {
                            id: ctx.id(MessageId),
                            ticket: id,
                            kind: messages::Kind::ToCustomer,
                            body: tell,
                            channel: now.map(|_| ticket.channel.clone()).unwrap_or_default(),
                            author: Some(actor.person),
                            at: ctx.now,
                            told: now,
                            told_by: now.map(|_| actor.person),
                        };
                        messages::add(tx, &message).await?;
                        apply::index_message(tx, &message).await?;
                    }
                    apply::save(tx, &mut ticket).await?;
                    app.passed(tx, &ctx, &actor, &mut ticket, Moment::Assigned).await?;
                    let body = json!({
                        "from_department": from.0, "from_person": from.1,
                        "to_department": department.id, "to_person": transfer.person, "reason": reason,
                        "phone": call,
                    });
                    apply::record(tx, &ctx, Some(&actor), id, "transferred", &body).await?;
                    assign::tell(&app, tx, &ctx, &ticket, chosen.as_slice()).await?;
                    notices::assigned(&app, tx, &ctx, &actor, &ticket).await?;
                    transfer.once.remember(tx, &ctx, actor.person, "").await
                })
            })
            .await
    }

    /// Copies a department in (抄送): it may see the ticket from now on.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], a field for an unknown department.
    pub async fn copy_in(&self, ctx: &Context, actor: &Actor, id: TicketId, department: DepartmentId) -> AppResult<()> {
        let directory = self.directory();
        let (ctx, actor) = (ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let held = hold(tx, &actor, Action::Transfer, id).await?;
                    if !directory.departments.get(&department).is_some_and(|d| d.active) {
                        return Err(Refusal::field("department", "unknown-department").into());
                    }
                    if held.departments.iter().any(|(d, _)| *d == department) {
                        return Ok(());
                    }
                    tickets::involve(tx, id, department, Involvement::Copied).await?;
                    apply::record(tx, &ctx, Some(&actor), id, "copied", &json!({ "department": department })).await
                })
            })
            .await
    }
}
