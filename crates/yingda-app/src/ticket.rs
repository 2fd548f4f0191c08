//! A ticket as somebody may see it, and the one way to get at it for changing it.

use std::sync::Arc;

use yingda_core::access::{StepFacts, TicketFacts};
use yingda_core::ticket::Ticket;
use yingda_core::{Action, Actor, DepartmentId, Refusal, Subject, TicketId, can};
use yingda_process::Instance;
use yingda_store::customers::Customer;
use yingda_store::files::Attachment;
use yingda_store::history::Line;
use yingda_store::messages::Message;
use yingda_store::notices::Told;
use yingda_store::tickets::{Involvement, WorkItem};
use yingda_store::{Read, customers, files, history, messages, notices, sheets, tickets};

use crate::{App, AppError, AppResult, Process};

/// A ticket with what decisions about it need.
#[derive(Debug, Clone)]
pub struct Held {
    /// The ticket.
    pub ticket: Ticket,
    /// The departments that have to do with it.
    pub departments: Vec<(DepartmentId, Involvement)>,
    /// The work that waits at it.
    pub work: Vec<WorkItem>,
}

impl Held {
    /// Decides about an action on the ticket. A department that was only copied in (抄送) sees it and may write notes; to give it
    /// away or to transfer it is for those who work on it.
    pub(crate) fn allow(&self, actor: &Actor, action: Action) -> Result<(), Refusal> {
        let all: Vec<DepartmentId> = self.departments.iter().map(|(id, _)| *id).collect();
        can(actor, action, Subject::Ticket(self.facts(&all)))?;
        if matches!(action, Action::SeeTicket | Action::Annotate | Action::Escalate | Action::Urge) {
            return Ok(());
        }
        let working: Vec<DepartmentId> =
            self.departments.iter().filter(|(_, how)| *how == Involvement::Working).map(|(id, _)| *id).collect();
        can(actor, action, Subject::Ticket(self.facts(&working))).map_err(|_| Refusal::NotAllowed)
    }

    /// Decides whether somebody may complete a step.
    pub fn allow_step(&self, actor: &Actor, item: &WorkItem) -> Result<(), Refusal> {
        let departments: Vec<DepartmentId> = self.departments.iter().map(|(id, _)| *id).collect();
        let step = StepFacts { role: item.role, department: item.department };
        can(actor, Action::Complete, Subject::Step(self.facts(&departments), step))
    }

    fn facts<'a>(&self, departments: &'a [DepartmentId]) -> TicketFacts<'a> {
        TicketFacts { owner: self.ticket.owner, assignee: self.ticket.assignee, departments }
    }

    /// Refuses where the ticket was changed since the actor read it.
    pub(crate) fn unchanged_since(&self, seen: Option<i64>) -> Result<(), Refusal> {
        match seen {
            Some(version) if version != self.ticket.version => Err(Refusal::Stale { current: self.ticket.version }),
            _ => Ok(()),
        }
    }
}

/// The only way to a ticket for an actor: loads it and decides (invariant 5).
pub(crate) async fn hold(read: &mut Read, actor: &Actor, action: Action, id: TicketId) -> AppResult<Held> {
    let ticket = tickets::get(read, id).await?.ok_or(Refusal::NotFound)?;
    let departments = tickets::involved(read, id).await?;
    let work = tickets::work(read, id).await?;
    let held = Held { ticket, departments, work };
    held.allow(actor, action)?;
    Ok(held)
}

/// Where a ticket stands in its process.
pub(crate) async fn instance(read: &mut Read, id: TicketId) -> AppResult<Instance> {
    let body = tickets::instance(read, id).await?;
    serde_json::from_str(&body).map_err(|e| AppError::House(format!("the position of {id} cannot be read: {e}")))
}

pub(crate) fn instance_text(instance: &Instance) -> AppResult<String> {
    serde_json::to_string(instance).map_err(|e| AppError::House(format!("a position cannot be written: {e}")))
}

/// What somebody may do on a ticket now: for pages to offer, decided by the same function that decides the deed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "one answer for each deed")]
pub struct May {
    /// Write notes, attach files, set the progress label.
    pub annotate: bool,
    /// Bring it before whoever leads.
    pub escalate: bool,
    /// Tell the customer.
    pub reply: bool,
    /// Correct what was taken down.
    pub amend: bool,
    /// Take it or give it to somebody.
    pub assign: bool,
    /// Give it to another department.
    pub transfer: bool,
    /// Send a contact sheet.
    pub send_sheet: bool,
    /// File it away.
    pub archive: bool,
}

/// Everything on a ticket's page.
#[derive(Debug, Clone)]
pub struct TicketView {
    /// The ticket, its departments and its work.
    pub held: Held,
    /// The process version that it runs under.
    pub process: Arc<Process>,
    /// Where it stands.
    pub instance: Instance,
    /// Tokens that this actor may complete.
    pub mine: Vec<i64>,
    /// What this actor may do.
    pub may: May,
    /// Its history, oldest first.
    pub history: Vec<Line>,
    /// Its messages and notes, oldest first.
    pub messages: Vec<Message>,
    /// Its contact sheets, oldest first.
    pub sheets: Vec<yingda_core::sheet::Sheet>,
    /// Its attachments, oldest first.
    pub attachments: Vec<Attachment>,
    /// Its notices and escalations, oldest first.
    pub notices: Vec<Told>,
    /// The customer file, where there is one.
    pub customer: Option<Customer>,
    /// Other tickets of the same caller or customer, newest first.
    pub others: Vec<Ticket>,
}

impl App {
    /// A ticket with everything on it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where there is none that this actor may see.
    pub async fn ticket(&self, actor: &Actor, id: TicketId) -> AppResult<TicketView> {
        let mut read = self.store().read().await?;
        let held = hold(&mut read, actor, Action::SeeTicket, id).await?;
        let process = self.definition(held.ticket.definition)?;
        let instance = instance(&mut read, id).await?;
        let mut history = history::of_ticket(&mut read, id).await?;
        let messages = messages::of_ticket(&mut read, id).await?;
        let mut sheets = sheets::of_ticket(&mut read, id).await?;
        let all = sheets.len();
        sheets.retain(|sheet| can(actor, Action::SeeSheet, crate::sheets::subject(sheet)).is_ok());
        if sheets.len() < all {
            // Sheets to other departments are not this reader's matter, nor what was answered on them.
            let own: Vec<String> = sheets.iter().map(|sheet| sheet.id.to_string()).collect();
            history.retain(|line| {
                !line.kind.starts_with("sheet-") || own.iter().any(|id| line.body.contains(id.as_str()))
            });
        }
        let attachments = files::of_ticket(&mut read, id).await?;
        let notices = notices::of_ticket(&mut read, id).await?;
        let customer = match held.ticket.customer {
            Some(customer) => customers::get(&mut read, customer).await?,
            None => None,
        };
        let others = self.others_of(&mut read, actor, &held.ticket).await?;
        let mine = held
            .work
            .iter()
            .filter(|w| w.kind == "person" && held.allow_step(actor, w).is_ok())
            .map(|w| w.token)
            .collect();
        let allowed = |action| held.allow(actor, action).is_ok();
        let may = May {
            annotate: allowed(Action::Annotate),
            escalate: held.ticket.state.is_running() && allowed(Action::Escalate),
            reply: allowed(Action::Reply),
            amend: held.ticket.state.is_running() && allowed(Action::Reply),
            assign: allowed(Action::Assign),
            transfer: allowed(Action::Transfer),
            send_sheet: allowed(Action::SendSheet),
            archive: allowed(Action::Archive),
        };
        Ok(TicketView {
            mine,
            may,
            held,
            process,
            instance,
            history,
            messages,
            sheets,
            attachments,
            notices,
            customer,
            others,
        })
    }

    /// A ticket's id by its number, for whoever may see it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub async fn ticket_by_number(&self, actor: &Actor, number: &str) -> AppResult<TicketId> {
        let mut read = self.store().read().await?;
        let id = tickets::by_number(&mut read, number).await?.ok_or(Refusal::NotFound)?;
        hold(&mut read, actor, Action::SeeTicket, id).await?;
        Ok(id)
    }

    async fn others_of(&self, read: &mut Read, actor: &Actor, ticket: &Ticket) -> AppResult<Vec<Ticket>> {
        let norm = crate::apply::phone_norm(&ticket.phone);
        let mut others = Vec::new();
        for id in customers::tickets_of(read, &norm, ticket.customer, 11).await? {
            if id != ticket.id
                && let Ok(held) = hold(read, actor, Action::SeeTicket, id).await
            {
                others.push(held.ticket);
            }
        }
        others.truncate(10);
        Ok(others)
    }
}
