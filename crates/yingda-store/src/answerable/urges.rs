//! Urgings (催单).

use jiff::Timestamp;
use yingda_core::answerable::{Urge, UrgeSource};
use yingda_core::{PersonId, TicketId, UrgeId};

use crate::args::{Arg, instant};
use crate::error::{StoreError, StoreResult};
use crate::read::Read;
use crate::write::Tx;

/// Adds one.
///
/// # Errors
/// As [`Read::all`].
pub async fn insert(tx: &mut Tx, u: &Urge) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO urges (id, ticket_id, source, channel, words, by_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        crate::args![u.id, u.ticket, u.source.as_str(), &u.channel, &u.words, u.by, u.at],
    )
    .await
    .map(drop)
}

type Row = (i64, i64, String, String, String, i64, i64);

/// Those of a ticket, newest first, at most `limit`.
///
/// # Errors
/// As [`Read::all`].
pub async fn of_ticket(read: &mut Read, ticket: TicketId, limit: i64) -> StoreResult<Vec<Urge>> {
    let rows: Vec<Row> = read
        .all(
            "SELECT id, ticket_id, source, channel, words, by_id, at FROM urges WHERE ticket_id = $1 ORDER BY id DESC LIMIT $2",
            crate::args![ticket, limit],
        )
        .await?;
    let urge = |(id, ticket, source, channel, words, by, at): Row| {
        Ok(Urge {
            id: UrgeId(id),
            ticket: TicketId(ticket),
            source: UrgeSource::parse(&source).ok_or(StoreError::Corrupt {
                table: "urges",
                column: "source",
                row: id,
            })?,
            channel,
            words,
            by: PersonId(by),
            at: instant(at, "urges", "at", id)?,
        })
    };
    rows.into_iter().map(urge).collect()
}

/// When somebody last urged a ticket.
///
/// # Errors
/// As [`Read::all`].
pub async fn last_by(read: &mut Read, ticket: TicketId, person: PersonId) -> StoreResult<Option<Timestamp>> {
    let row: Option<(i64, i64)> = read
        .opt(
            "SELECT id, at FROM urges WHERE ticket_id = $1 AND by_id = $2 ORDER BY id DESC LIMIT 1",
            crate::args![ticket, person],
        )
        .await?;
    row.map(|(id, at)| instant(at, "urges", "at", id)).transpose()
}

/// How often each of these tickets was urged; those that never were are not there.
///
/// # Errors
/// As [`Read::all`].
pub async fn counts(read: &mut Read, tickets: &[TicketId]) -> StoreResult<Vec<(TicketId, i64)>> {
    if tickets.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (1..=tickets.len()).map(|place| format!("${place}")).collect();
    let sql = format!(
        "SELECT ticket_id, count(*) FROM urges WHERE ticket_id IN ({}) GROUP BY ticket_id ORDER BY ticket_id",
        places.join(", ")
    );
    let args: Vec<Arg> = tickets.iter().map(|ticket| (*ticket).into()).collect();
    let rows: Vec<(i64, i64)> = read.all(&sql, &args).await?;
    Ok(rows.into_iter().map(|(ticket, n)| (TicketId(ticket), n)).collect())
}
