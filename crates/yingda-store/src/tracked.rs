//! The word of the day on a ticket (每日跟踪, R-090): who looked after it on which day, and what stood in the way.

use jiff::Timestamp;
use jiff::civil::Date;
use yingda_core::ticket::Ticket;
use yingda_core::{PersonId, TicketId};

use crate::args::instant;
use crate::error::StoreResult;
use crate::read::Read;
use crate::tickets::{COLUMNS, TicketRow};
use crate::write::Tx;

/// What somebody said about a ticket on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tracked {
    /// Who.
    pub person: PersonId,
    /// On which day, in the desk's zone.
    pub day: Date,
    /// About which ticket.
    pub ticket: TicketId,
    /// When, last.
    pub at: Timestamp,
    /// What; may be empty.
    pub note: String,
    /// What stands in the way, as a word; empty for nothing.
    pub obstacle: String,
}

/// Keeps the word of the day, in place of an earlier one of the same person and day.
///
/// # Errors
/// As [`Read::all`].
pub async fn put(tx: &mut Tx, t: &Tracked) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO tracked (person_id, day, ticket_id, at, note, obstacle) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (person_id, day, ticket_id) DO UPDATE SET at = excluded.at, note = excluded.note, obstacle = excluded.obstacle",
        crate::args![t.person, t.day.to_string(), t.ticket, t.at, &t.note, &t.obstacle],
    )
    .await
    .map(drop)
}

/// What a person said on a day, by ticket.
///
/// # Errors
/// As [`Read::all`].
pub async fn of_day(read: &mut Read, person: PersonId, day: Date) -> StoreResult<Vec<Tracked>> {
    let rows: Vec<(i64, i64, String, String)> = read
        .all(
            "SELECT ticket_id, at, note, obstacle FROM tracked WHERE person_id = $1 AND day = $2",
            crate::args![person, day.to_string()],
        )
        .await?;
    rows.into_iter()
        .map(|(ticket, at, note, obstacle)| {
            let at = instant(at, "tracked", "at", ticket)?;
            Ok(Tracked { person, day, ticket: TicketId(ticket), at, note, obstacle })
        })
        .collect()
}

/// The running tickets that somebody answers for or works on, what is due first comes first, at most `limit`.
///
/// # Errors
/// As [`Read::all`].
pub async fn open_tickets(read: &mut Read, person: PersonId, limit: i64) -> StoreResult<Vec<Ticket>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM tickets t WHERE t.closed_at IS NULL AND (t.owner_id = $1 OR t.assignee_id = $1) \
         ORDER BY COALESCE(t.due_at, 9223372036854775807), t.id LIMIT $2"
    );
    read.all::<TicketRow>(&sql, crate::args![person, limit]).await?.into_iter().map(Ticket::try_from).collect()
}

/// How many running tickets of a person have no word of a day yet.
///
/// # Errors
/// As [`Read::all`].
pub async fn untracked(read: &mut Read, person: PersonId, day: Date) -> StoreResult<i64> {
    read.number(
        "SELECT count(*) FROM tickets t WHERE t.closed_at IS NULL AND (t.owner_id = $1 OR t.assignee_id = $1) \
         AND NOT EXISTS (SELECT 1 FROM tracked k WHERE k.person_id = $1 AND k.day = $2 AND k.ticket_id = t.id)",
        crate::args![person, day.to_string()],
    )
    .await
}

/// For everybody with running tickets: how many, and how many of them have a word of the day.
///
/// # Errors
/// As [`Read::all`].
pub async fn by_person(read: &mut Read, day: Date) -> StoreResult<Vec<(PersonId, i64, i64)>> {
    let rows: Vec<(i64, i64, i64)> = read
        .all(
            "SELECT x.person_id, count(*), count(k.ticket_id) FROM ( \
               SELECT owner_id AS person_id, id FROM tickets WHERE closed_at IS NULL \
               UNION SELECT assignee_id AS person_id, id FROM tickets WHERE closed_at IS NULL AND assignee_id IS NOT NULL) x \
             LEFT JOIN tracked k ON k.person_id = x.person_id AND k.day = $1 AND k.ticket_id = x.id \
             GROUP BY x.person_id ORDER BY x.person_id",
            crate::args![day.to_string()],
        )
        .await?;
    Ok(rows.into_iter().map(|(person, open, tracked)| (PersonId(person), open, tracked)).collect())
}

/// What stood in the way on a day, of everybody, newest first, at most `limit`.
///
/// # Errors
/// As [`Read::all`].
pub async fn obstacles(read: &mut Read, day: Date, people: &[PersonId], limit: i64) -> StoreResult<Vec<Tracked>> {
    let mut found = Vec::new();
    for person in people {
        found.extend(of_day(read, *person, day).await?.into_iter().filter(|t| !t.obstacle.is_empty()));
    }
    found.sort_by_key(|t| std::cmp::Reverse(t.at));
    found.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(found)
}
