//! The history of a ticket: every change, by whom and when. Lines are added, never changed.

use yingda_core::{EventId, PersonId, TicketId};

use crate::args::instant;
use crate::error::StoreResult;
use crate::read::Read;
use crate::write::Tx;

/// A line of history. `body` is JSON whose shape belongs to `kind`; sentences are made from it by whoever shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its id; later lines have larger ones.
    pub id: EventId,
    /// The ticket.
    pub ticket: TicketId,
    /// When it happened.
    pub at: jiff::Timestamp,
    /// Who did it; `None` is the desk itself.
    pub actor: Option<PersonId>,
    /// What happened.
    pub kind: String,
    /// The particulars.
    pub body: String,
}

/// Adds a line.
///
/// # Errors
/// As [`Read::all`].
pub async fn add(tx: &mut Tx, line: &Line) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO events (id, ticket_id, at, actor_id, kind, body) VALUES ($1, $2, $3, $4, $5, $6)",
        crate::args![line.id, line.ticket, line.at, line.actor, &line.kind, &line.body],
    )
    .await
    .map(drop)
}

/// All lines of a ticket, oldest first.
///
/// # Errors
/// As [`Read::all`].
pub async fn of_ticket(read: &mut Read, ticket: TicketId) -> StoreResult<Vec<Line>> {
    let rows: Vec<(i64, i64, i64, Option<i64>, String, String)> = read
        .all(
            "SELECT id, ticket_id, at, actor_id, kind, body FROM events WHERE ticket_id = $1 ORDER BY id",
            crate::args![ticket],
        )
        .await?;
    rows.into_iter()
        .map(|(id, ticket, at, actor, kind, body)| {
            Ok(Line {
                id: EventId(id),
                ticket: TicketId(ticket),
                at: instant(at, "events", "at", id)?,
                actor: actor.map(PersonId),
                kind,
                body,
            })
        })
        .collect()
}
