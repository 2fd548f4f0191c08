//! Notices and escalations: who is told, when, and what came of it.
//!
//! The one thing to know: everything that tells somebody something comes through [`raise`] (about a ticket) or [`tell`] (about
//! anything else), under a key, and is written once however often it is asked for. Whom a rung of a ladder reaches is decided in
//! `chain`, from who is there. The bell shows what is delivered; other channels can follow the same rows, each as a job.

mod chain;
mod list;
mod outcome;
mod people;
mod phone;
pub mod triggers;

use serde_json::json;
use yingda_core::access::TicketFacts;
use yingda_core::notice::{Chosen, Delivery, Notice};
use yingda_core::ticket::{Priority, Ticket};
use yingda_core::{Action, Actor, Context, DepartmentId, NoticeId, PersonId, Refusal, Subject, TicketId, can};
use yingda_process::clock::Recipient;
use yingda_store::tickets::Involvement;
use yingda_store::{Change, Topic, Tx, notices, tickets};

pub use list::{Line, Lines, PAGE, may_settle};
pub use outcome::{settle_clock, settle_ended};
pub use phone::{PhoneNotice, asks_for_call};
pub(crate) use phone::{Receiver, needs_call};
pub use yingda_core::notice::{Kind, Urgency};
pub use yingda_store::notices::{Filter, Show, Told};

use crate::{App, AppError, AppResult, apply};
use chain::Choice;

/// What is due to go out at once when the desk was away for long; the rest follows half a minute later.
const BATCH: i64 = 500;

/// Something that people have to be told about a ticket.
#[derive(Debug, Clone)]
pub struct Raise<'a> {
    /// Raised once under this key: `clock:ID:CHAIN:RUNG`, `trigger:TICKET:ID:ROUND`.
    pub key: String,
    pub kind: Kind,
    pub ticket: &'a Ticket,
    /// The clock that it is about.
    pub clock: Option<i64>,
    /// Id of the clock's rule, of the trigger, or of whatever else sets it off.
    pub trigger: String,
    /// What the document calls it.
    pub label: String,
    /// In order: the first who is there is told.
    pub to: Vec<Recipient>,
    /// Told in any case.
    pub also: Vec<Recipient>,
    /// On a ticket of priority 紧急 everything is urgent.
    pub urgency: Urgency,
    /// The solution that is proposed with it.
    pub proposal: Option<String>,
    /// Who raises it; `None`: the desk itself. They are not told what they say themselves, unless nobody else is there.
    pub by: Option<PersonId>,
}

/// Something that named people have to be told and that is about no ticket: a hand-over, a swap.
#[derive(Debug, Clone)]
pub struct Tell {
    /// As in [`Raise`].
    pub key: String,
    pub kind: Kind,
    /// What it is about, as lists show it.
    pub label: String,
    /// The public id of what it is about; pages find their way by it.
    pub about: String,
    pub people: Vec<PersonId>,
    pub urgency: Urgency,
    pub by: Option<PersonId>,
}

/// What came of raising.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Raised {
    /// It is written, and goes to these people.
    New(NoticeId, Vec<PersonId>),
    /// It was raised under this key before; nothing was written.
    Before(NoticeId),
}

impl Raised {
    /// The notice, now or before.
    #[must_use]
    pub fn id(&self) -> NoticeId {
        match self {
            Self::New(id, _) | Self::Before(id) => *id,
        }
    }
}

/// Raises a notice about a ticket, once under its key: chooses the recipients, writes it with them and a line of history.
/// Raising it again does nothing. A recipient's department that could not see the ticket is copied in, or the notice would
/// lead nowhere.
///
/// # Errors
/// [`AppError::Store`].
pub async fn raise(app: &App, tx: &mut Tx, ctx: &Context, raise: Raise<'_>) -> AppResult<Raised> {
    raise_with(app, tx, ctx, raise, String::new()).await
}

/// The same with words of whoever raises it.
pub(crate) async fn raise_with(
    app: &App,
    tx: &mut Tx,
    ctx: &Context,
    raise: Raise<'_>,
    note: String,
) -> AppResult<Raised> {
    if let Some(id) = notices::id_of_key(tx, &raise.key).await? {
        return Ok(Raised::Before(id));
    }
    let ticket = raise.ticket;
    let urgency = if ticket.priority == Priority::Urgent { Urgency::Urgent } else { raise.urgency };
    let to = people::places(app, tx, ctx, ticket, &raise.to, raise.by).await?;
    let also = people::places(app, tx, ctx, ticket, &raise.also, raise.by).await?;
    let leads = people::places(app, tx, ctx, ticket, &people::LEADS, None).await?;
    let Choice { told, tried } = chain::choose(ctx.now, urgency, &to, &also, &leads);
    let notice = Notice {
        id: ctx.id(NoticeId),
        key: raise.key,
        ticket: Some(ticket.id),
        clock: raise.clock,
        kind: raise.kind,
        trigger: raise.trigger,
        label: raise.label,
        about: String::new(),
        note,
        proposal: raise.proposal.unwrap_or_default(),
        urgency,
        at: ctx.now,
        by: raise.by,
        tried,
        outcome: None,
        version: 1,
    };
    let people: Vec<PersonId> = told.iter().map(|t| t.person).collect();
    write(tx, &notice, told).await?;
    let_them_see(app, tx, ticket, &people).await?;
    // Being given a ticket has a line of its own.
    if notice.kind != Kind::Assignment {
        let body = json!({
            "notice": notice.id, "kind": notice.kind.to_string(), "label": notice.label, "trigger": notice.trigger,
            "people": people, "note": notice.note, "proposal": notice.proposal,
        });
        let by = raise.by.and_then(|by| app.directory().people.get(&by).map(Actor::from));
        apply::record(tx, ctx, by.as_ref(), ticket.id, "notice", &body).await?;
        tx.announce(Change { topic: Topic::Ticket, id: ticket.id.get(), version: ticket.version });
    }
    Ok(Raised::New(notice.id, people))
}

/// Tells named people something that is about no ticket, once under its key.
///
/// # Errors
/// [`AppError::Store`].
pub async fn tell(app: &App, tx: &mut Tx, ctx: &Context, tell: Tell) -> AppResult<Raised> {
    tell_about(app, tx, ctx, tell, None).await
}

/// The same about a ticket that the named people may see, whose lines of history say it already.
pub(crate) async fn tell_about(
    app: &App,
    tx: &mut Tx,
    ctx: &Context,
    tell: Tell,
    ticket: Option<TicketId>,
) -> AppResult<Raised> {
    if let Some(id) = notices::id_of_key(tx, &tell.key).await? {
        return Ok(Raised::Before(id));
    }
    let mut told = Vec::new();
    for person in &tell.people {
        let there = people::there(app, tx, *person, ctx.now).await?;
        let deliver = chain::delivery(ctx.now, tell.urgency, there);
        told.push(chain::Reached { person: *person, chosen: Chosen::Named, deliver });
    }
    let notice = Notice {
        id: ctx.id(NoticeId),
        key: tell.key,
        ticket,
        clock: None,
        kind: tell.kind,
        trigger: String::new(),
        label: tell.label,
        about: tell.about,
        note: String::new(),
        proposal: String::new(),
        urgency: tell.urgency,
        at: ctx.now,
        by: tell.by,
        tried: Vec::new(),
        outcome: None,
        version: 1,
    };
    write(tx, &notice, told).await?;
    Ok(Raised::New(notice.id, tell.people))
}

/// Tells whoever was given a ticket by somebody else. The line of history is the assignment's own.
pub(crate) async fn assigned(
    app: &App,
    tx: &mut Tx,
    ctx: &Context,
    actor: &Actor,
    ticket: &Ticket,
) -> AppResult<Option<Raised>> {
    if ticket.assignee == Some(actor.person) {
        return Ok(None);
    }
    let raise = Raise {
        // The version grows with every assignment, so each tells once.
        key: format!("assignment:{}:{}", ticket.id, ticket.version),
        kind: Kind::Assignment,
        ticket,
        clock: None,
        trigger: String::new(),
        label: String::new(),
        to: vec![Recipient::Handler],
        also: Vec::new(),
        urgency: Urgency::Normal,
        proposal: None,
        by: Some(actor.person),
    };
    self::raise(app, tx, ctx, raise).await.map(Some)
}

async fn write(tx: &mut Tx, notice: &Notice, told: Vec<chain::Reached>) -> AppResult<()> {
    let deliveries: Vec<Delivery> = told
        .into_iter()
        .map(|t| Delivery {
            notice: notice.id,
            person: t.person,
            chosen: t.chosen,
            deliver: t.deliver,
            sent: (t.deliver <= notice.at).then_some(notice.at),
            read: None,
        })
        .collect();
    if notices::insert(tx, notice, &deliveries).await? {
        Ok(())
    } else {
        Err(AppError::House(format!("the notice {} was raised twice within one write", notice.key)))
    }
}

/// Copies the departments of those in who could not see the ticket otherwise.
async fn let_them_see(app: &App, tx: &mut Tx, ticket: &Ticket, people: &[PersonId]) -> AppResult<()> {
    let directory = app.directory();
    let involved: Vec<DepartmentId> = tickets::involved(tx, ticket.id).await?.into_iter().map(|(d, _)| d).collect();
    let facts = TicketFacts { owner: ticket.owner, assignee: ticket.assignee, departments: &involved };
    for person in people {
        let Some(person) = directory.people.get(person) else {
            continue;
        };
        if can(&Actor::from(person), Action::SeeTicket, Subject::Ticket(facts)) == Err(Refusal::NotFound) {
            tickets::involve(tx, ticket.id, person.department, Involvement::Copied).await?;
        }
    }
    Ok(())
}

impl App {
    /// Lets go out what is due by now: whoever was off duty is pinged when their duty begins. Their lists show it without this.
    /// Gives how many; safe to run twice or late.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn deliver_due(&self, ctx: &Context) -> AppResult<usize> {
        let now = ctx.now;
        self.store()
            .write(move |tx| Box::pin(async move { Ok::<_, AppError>(notices::send_due(tx, now, BATCH).await?) }))
            .await
    }
}
