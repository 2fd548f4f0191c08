//! Who is calling: customer, contact, open and past tickets by the number on the display.

use yingda_core::ticket::Ticket;
use yingda_core::{Action, Actor, Subject, can};
use yingda_store::customers::{Contact, Customer};
use yingda_store::{customers, tickets};

use crate::{App, AppResult};

/// What is known of a number.
#[derive(Debug, Clone, Default)]
pub struct Caller {
    /// The digits that were looked for; empty where what was typed is no number.
    pub digits: String,
    /// People who called from it, the latest first.
    pub contacts: Vec<Contact>,
    /// The customer that it belongs to.
    pub customer: Option<Customer>,
    /// Their tickets that still run, newest first.
    pub open: Vec<Ticket>,
    /// Their tickets that have ended, newest first.
    pub past: Vec<Ticket>,
}

impl App {
    /// Looks a number up.
    ///
    /// # Errors
    /// [`yingda_core::Refusal::NotAllowed`] outside the desk.
    pub async fn caller(&self, actor: &Actor, phone: &str) -> AppResult<Caller> {
        can(actor, Action::Receive, Subject::Desk)?;
        let digits = crate::apply::phone_norm(phone);
        let mut caller = Caller { digits: digits.clone(), ..Caller::default() };
        if digits.is_empty() {
            return Ok(caller);
        }
        let mut read = self.store().read().await?;
        caller.contacts = customers::contacts_by_phone(&mut read, &digits).await?;
        if let Some(id) = caller.contacts.iter().find_map(|contact| contact.customer) {
            caller.customer = customers::get(&mut read, id).await?;
        }
        let customer = caller.customer.as_ref().map(|customer| customer.id);
        for id in customers::tickets_of(&mut read, &digits, customer, 30).await? {
            if let Some(ticket) = tickets::get(&mut read, id).await? {
                if ticket.state.is_running() { caller.open.push(ticket) } else { caller.past.push(ticket) }
            }
        }
        caller.past.truncate(10);
        Ok(caller)
    }
}
