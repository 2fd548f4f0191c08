//! What a search or a caller's number finds.

use serde::Serialize;
use utoipa::ToSchema;
use yingda_app::Directory;
use yingda_app::caller::Caller;
use yingda_app::search::Found;
use yingda_core::{ContactId, CustomerId};

use crate::api::shapes::answer::AnswerShape;
use crate::api::shapes::sheet::SheetShape;
use crate::api::shapes::talk::MessageShape;
use crate::api::shapes::ticket::{CustomerShape, TicketLine};

/// Something that a search found.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "lowercase")]
#[expect(clippy::large_enum_variant, reason = "made once per line of a page and written out at once")]
pub enum FoundShape {
    /// A ticket by its own fields.
    Ticket {
        /// The ticket.
        ticket: TicketLine,
    },
    /// A message or note.
    Message {
        /// The message.
        message: MessageShape,
        /// Its ticket.
        ticket: TicketLine,
    },
    /// A contact sheet.
    Sheet {
        /// The sheet.
        sheet: SheetShape,
        /// Its ticket.
        ticket: TicketLine,
    },
    /// A standard answer that is in use.
    Answer {
        /// The answer.
        answer: AnswerShape,
    },
}

impl FoundShape {
    pub(crate) fn of(found: &Found, names: &Directory) -> Self {
        let line = |ticket| TicketLine::of(ticket, names);
        match found {
            Found::Ticket(ticket) => Self::Ticket { ticket: line(ticket) },
            Found::Message(message, ticket) => {
                Self::Message { message: MessageShape::of(message, names), ticket: line(ticket) }
            }
            Found::Sheet(sheet, ticket) => Self::Sheet { sheet: SheetShape::of(sheet, names), ticket: line(ticket) },
            Found::Answer(answer) => Self::Answer { answer: AnswerShape::of(answer, names) },
        }
    }
}

/// What is known of a telephone number.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CallerShape {
    /// The digits that were looked for; empty where what was sent is no number.
    #[schema(example = "13800138000")]
    pub digits: String,
    /// People who called from it, the latest first.
    pub contacts: Vec<ContactShape>,
    /// The customer that it belongs to.
    pub customer: Option<CustomerShape>,
    /// Tickets that still run, newest first.
    pub open: Vec<TicketLine>,
    /// The latest tickets that have ended, newest first.
    pub past: Vec<TicketLine>,
}

/// Somebody who calls.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ContactShape {
    /// Their id.
    #[schema(value_type = String, example = "con_0c8x4m2p00400")]
    pub id: ContactId,
    /// The customer, where there is one.
    #[schema(value_type = Option<String>, example = "cus_0c8x4m2p00400")]
    pub customer: Option<CustomerId>,
    /// 联系人
    pub name: String,
    /// As it was said.
    pub phone: String,
}

impl CallerShape {
    pub(crate) fn of(caller: &Caller, names: &Directory) -> Self {
        let contact = |contact: &yingda_app::Contact| ContactShape {
            id: contact.id,
            customer: contact.customer,
            name: contact.name.clone(),
            phone: contact.phone.clone(),
        };
        let lines = |tickets: &[yingda_core::ticket::Ticket]| {
            tickets.iter().map(|ticket| TicketLine::of(ticket, names)).collect()
        };
        Self {
            digits: caller.digits.clone(),
            contacts: caller.contacts.iter().map(contact).collect(),
            customer: caller.customer.as_ref().map(CustomerShape::from),
            open: lines(&caller.open),
            past: lines(&caller.past),
        }
    }
}
