//! Messages, lines of history and attachments: what stands on a ticket beside its fields.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use utoipa::ToSchema;
use yingda_app::{Attachment, Directory, Line, Message};
use yingda_core::{AnswerId, AttachmentId, EventId, MessageId, TicketId};

use crate::api::shapes::people::PersonRef;
use crate::api::shapes::words::{MessageWord, ToldWord};

/// A note, or something said to or by the customer.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MessageShape {
    /// Its id.
    #[schema(value_type = String, example = "msg_0c8x4m2p00400")]
    pub id: MessageId,
    /// The ticket.
    #[schema(value_type = String, example = "tkt_0c8x4m2p00400")]
    pub ticket: TicketId,
    /// What kind.
    pub kind: MessageWord,
    /// Its text.
    pub text: String,
    /// How; empty for notes.
    #[schema(example = "phone")]
    pub channel: String,
    /// Who wrote it; `null` is the desk itself.
    pub author: Option<PersonRef>,
    /// When it was written.
    pub at: Timestamp,
    /// When the customer was told; `null` on a message to the customer means "still to be told".
    pub told: Option<Timestamp>,
    /// Who told the customer.
    pub told_by: Option<PersonRef>,
}

impl MessageShape {
    pub(crate) fn of(message: &Message, names: &Directory) -> Self {
        Self {
            id: message.id,
            ticket: message.ticket,
            kind: message.kind.into(),
            text: message.body.clone(),
            channel: message.channel.clone(),
            author: message.author.map(|id| PersonRef::of(id, names)),
            at: message.at,
            told: message.told,
            told_by: message.told_by.map(|id| PersonRef::of(id, names)),
        }
    }
}

/// A note or message to put on a ticket.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMessage {
    /// What kind.
    pub kind: MessageWord,
    /// The text.
    pub text: String,
    /// How, for words to or from the customer; the ticket's own channel if not given.
    #[serde(default)]
    pub channel: String,
    /// For words to the customer: said already, or still to be said.
    #[serde(default)]
    pub told: ToldWord,
    /// The standard answer that it is, if it is one.
    #[schema(value_type = Option<String>, example = "ans_0c8x4m2p00400")]
    pub answer: Option<AnswerId>,
}

/// A line of a ticket's history.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HistoryShape {
    /// Its id; later lines have larger ones.
    #[schema(value_type = String, example = "evt_0c8x4m2p00400")]
    pub id: EventId,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it; `null` is the desk itself.
    pub by: Option<PersonRef>,
    /// What happened.
    #[schema(example = "received")]
    pub kind: String,
    /// The particulars; their shape belongs to `kind`.
    #[schema(value_type = Object)]
    pub particulars: Json,
}

impl HistoryShape {
    pub(crate) fn of(line: &Line, names: &Directory) -> Self {
        Self {
            id: line.id,
            at: line.at,
            by: line.actor.map(|id| PersonRef::of(id, names)),
            kind: line.kind.clone(),
            particulars: serde_json::from_str(&line.body).unwrap_or_default(),
        }
    }
}

/// A file kept with a ticket.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AttachmentShape {
    /// Its id; `GET /attachments/{id}` gives its bytes.
    #[schema(value_type = String, example = "att_0c8x4m2p00400")]
    pub id: AttachmentId,
    /// Its name as it was uploaded.
    pub name: String,
    /// What it was found to be, by its content.
    #[schema(example = "image/png")]
    pub media_type: String,
    /// In bytes.
    pub size: i64,
    /// Of the content, in hexadecimal.
    pub sha256: String,
    /// Who brought it.
    pub by: PersonRef,
    /// When.
    pub at: Timestamp,
}

impl AttachmentShape {
    pub(crate) fn of(attachment: &Attachment, names: &Directory) -> Self {
        Self {
            id: attachment.id,
            name: attachment.name.clone(),
            media_type: attachment.media_type.clone(),
            size: attachment.size,
            sha256: attachment.digest.clone(),
            by: PersonRef::of(attachment.by, names),
            at: attachment.at,
        }
    }
}
