//! Search over tickets, messages, contact sheets and answers, with the reader's own rights.

use yingda_core::answer::Answer;
use yingda_core::sheet::Sheet;
use yingda_core::ticket::Ticket;
use yingda_core::{Action, Actor, AnswerId, MessageId, Refusal, SheetId, Subject, TicketId, can};
use yingda_store::messages::Message;
use yingda_store::queue::Scope;
use yingda_store::{answers, messages, search, sheets, tickets};

pub use yingda_store::search::Kind;
pub use yingda_store::segment::{fold, query};

use crate::{App, AppResult};

/// Something found, with what a line of the result shows.
#[derive(Debug, Clone)]
pub enum Found {
    /// A ticket by its own fields.
    Ticket(Box<Ticket>),
    /// A message or note, with its ticket.
    Message(Message, Box<Ticket>),
    /// A contact sheet, with its ticket.
    Sheet(Box<Sheet>, Box<Ticket>),
    /// A standard answer.
    Answer(Box<Answer>),
}

/// A page of results.
#[derive(Debug, Clone, Default)]
pub struct Results {
    /// Newest first.
    pub found: Vec<Found>,
    /// Where the next page begins, if there is one.
    pub next: Option<i64>,
}

/// Whose tickets somebody's lists and searches may hold.
///
/// # Errors
/// [`Refusal::NotAllowed`] for somebody who is neither at the desk nor in a department that answers.
pub(crate) fn scope(actor: &Actor) -> Result<Scope, Refusal> {
    if can(actor, Action::SeeQueue, Subject::Desk).is_ok() {
        return Ok(Scope::All);
    }
    let roles = &actor.roles;
    if roles.has(yingda_core::Role::Member) || roles.has(yingda_core::Role::Head) {
        return Ok(Scope::Department(actor.department));
    }
    Err(Refusal::NotAllowed)
}

impl App {
    /// What matches, newest first.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn search(
        &self,
        actor: &Actor,
        text: &str,
        kind: Option<Kind>,
        before: Option<i64>,
        size: usize,
    ) -> AppResult<Results> {
        let scope = scope(actor)?;
        let mut read = self.store().read().await?;
        let mut hits =
            search::find(&mut read, scope, text, kind, before, i64::try_from(size + 1).unwrap_or(i64::MAX)).await?;
        let next = if hits.len() > size {
            hits.truncate(size);
            hits.last().map(|hit| hit.id)
        } else {
            None
        };
        let mut found = Vec::with_capacity(hits.len());
        for hit in hits {
            let ticket = match hit.ticket {
                Some(id) => tickets::get(&mut read, TicketId(id)).await?.map(Box::new),
                None => None,
            };
            let one = match (hit.kind, ticket) {
                (Kind::Ticket, Some(ticket)) => Some(Found::Ticket(ticket)),
                (Kind::Message, Some(ticket)) => {
                    messages::get(&mut read, MessageId(hit.id)).await?.map(|message| Found::Message(message, ticket))
                }
                (Kind::Sheet, Some(ticket)) => {
                    let sheet = sheets::get(&mut read, SheetId(hit.id)).await?;
                    // A sheet to another department is not this reader's matter, though the ticket is.
                    let own = sheet.filter(|sheet| can(actor, Action::SeeSheet, crate::sheets::subject(sheet)).is_ok());
                    own.map(|sheet| Found::Sheet(Box::new(sheet), ticket))
                }
                (Kind::Answer, _) => {
                    answers::get(&mut read, AnswerId(hit.id)).await?.map(|answer| Found::Answer(Box::new(answer)))
                }
                (_, None) => None,
            };
            found.extend(one);
        }
        Ok(Results { found, next })
    }
}
