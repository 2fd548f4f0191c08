//! What was said to the customer, by the customer, and among colleagues: kept apart by kind.

use yingda_core::{MessageId, PersonId, TicketId};

use crate::args::{instant, instant_or_none};
use crate::error::StoreResult;
use crate::read::Read;
use crate::write::Tx;

/// What kind of message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Among colleagues; a customer never sees it.
    Note,
    /// To the customer.
    ToCustomer,
    /// From the customer.
    FromCustomer,
}

impl Kind {
    /// The stored word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::ToCustomer => "to_customer",
            Self::FromCustomer => "from_customer",
        }
    }
}

/// A message as stored.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// The ticket.
    pub ticket: TicketId,
    /// What kind.
    pub kind: Kind,
    /// Its text.
    pub body: String,
    /// How: `phone`, `mail` …; empty for notes.
    pub channel: String,
    /// Who wrote it; `None` is the desk itself.
    pub author: Option<PersonId>,
    /// When it was written.
    pub at: jiff::Timestamp,
    /// When the customer was told; `None` on a message to the customer means "still to be told" (J09).
    pub told: Option<jiff::Timestamp>,
    /// Who told the customer.
    pub told_by: Option<PersonId>,
}

type Row = (i64, i64, String, String, String, Option<i64>, i64, Option<i64>, Option<i64>);
const COLUMNS: &str = "id, ticket_id, kind, body, channel, author_id, at, told_at, told_by";

fn message(row: Row) -> StoreResult<Message> {
    let (id, ticket, kind, body, channel, author, at, told, told_by) = row;
    let kind = [Kind::Note, Kind::ToCustomer, Kind::FromCustomer]
        .into_iter()
        .find(|k| k.as_str() == kind)
        .ok_or(crate::StoreError::Corrupt { table: "messages", column: "kind", row: id })?;
    Ok(Message {
        id: MessageId(id),
        ticket: TicketId(ticket),
        kind,
        body,
        channel,
        author: author.map(PersonId),
        at: instant(at, "messages", "at", id)?,
        told: instant_or_none(told, "messages", "told_at", id)?,
        told_by: told_by.map(PersonId),
    })
}

/// Adds a message.
///
/// # Errors
/// As [`Read::all`].
pub async fn add(tx: &mut Tx, m: &Message) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO messages (id, ticket_id, kind, body, channel, author_id, at, told_at, told_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        crate::args![m.id, m.ticket, m.kind.as_str(), &m.body, &m.channel, m.author, m.at, m.told, m.told_by],
    )
    .await
    .map(drop)
}

/// All messages of a ticket, oldest first.
///
/// # Errors
/// As [`Read::all`].
pub async fn of_ticket(read: &mut Read, ticket: TicketId) -> StoreResult<Vec<Message>> {
    let sql = format!("SELECT {COLUMNS} FROM messages WHERE ticket_id = $1 ORDER BY id");
    read.all::<Row>(&sql, crate::args![ticket]).await?.into_iter().map(message).collect()
}

/// One message.
///
/// # Errors
/// As [`Read::all`].
pub async fn get(read: &mut Read, id: MessageId) -> StoreResult<Option<Message>> {
    let sql = format!("SELECT {COLUMNS} FROM messages WHERE id = $1");
    read.opt::<Row>(&sql, crate::args![id]).await?.map(message).transpose()
}

/// Messages that customers of this owner's tickets still have to be told, oldest first, at most `limit`.
///
/// # Errors
/// As [`Read::all`].
pub async fn untold(read: &mut Read, owner: PersonId, limit: i64) -> StoreResult<Vec<Message>> {
    read.all::<Row>(
        "SELECT m.id, m.ticket_id, m.kind, m.body, m.channel, m.author_id, m.at, m.told_at, m.told_by \
         FROM messages m JOIN tickets t ON t.id = m.ticket_id \
         WHERE m.kind = 'to_customer' AND m.told_at IS NULL AND t.owner_id = $1 ORDER BY m.id LIMIT $2",
        crate::args![owner, limit],
    )
    .await?
    .into_iter()
    .map(message)
    .collect()
}

/// Notes that the customer has been told; gives whether it was still open.
///
/// # Errors
/// As [`Read::all`].
pub async fn mark_told(tx: &mut Tx, id: MessageId, at: jiff::Timestamp, by: PersonId) -> StoreResult<bool> {
    let changed = tx
        .exec(
            "UPDATE messages SET told_at = $2, told_by = $3 WHERE id = $1 AND kind = 'to_customer' AND told_at IS NULL",
            crate::args![id, at, by],
        )
        .await?;
    Ok(changed == 1)
}
