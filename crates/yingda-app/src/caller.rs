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
    /// The customer that it belongs to: that of the latest call.
    pub customer: Option<Customer>,
    /// Every customer whose people called from it, the latest first.
    pub customers: Vec<Customer>,
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
        for id in caller.contacts.iter().filter_map(|contact| contact.customer) {
            if caller.customers.iter().all(|customer| customer.id != id) {
                caller.customers.extend(customers::get(&mut read, id).await?);
            }
        }
        caller.customer = caller.customers.first().cloned();
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
