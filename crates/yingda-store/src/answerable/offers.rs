//! Offers of a first receiver's place (首接负责交接).

use yingda_core::answerable::{Offer, OfferState};
use yingda_core::{OfferId, PersonId, TicketId};

use crate::args::{Arg, instant, instant_or_none};
use crate::error::{StoreError, StoreResult};
use crate::read::Read;
use crate::write::Tx;

const TABLE: &str = "owner_offers";
const COLUMNS: &str = "id, ticket_id, from_id, to_id, by_id, reason, at, state, note, answered_at, version";

type Row = (i64, i64, i64, i64, i64, String, i64, String, String, Option<i64>, i64);

fn offer((id, ticket, from, to, by, reason, at, state, note, answered, version): Row) -> StoreResult<Offer> {
    Ok(Offer {
        id: OfferId(id),
        ticket: TicketId(ticket),
        from: PersonId(from),
        to: PersonId(to),
        by: PersonId(by),
        reason,
        at: instant(at, TABLE, "at", id)?,
        state: OfferState::parse(&state).ok_or(StoreError::Corrupt { table: TABLE, column: "state", row: id })?,
        note,
        answered: instant_or_none(answered, TABLE, "answered_at", id)?,
        version,
    })
}

async fn read_all(read: &mut Read, sql: &str, args: &[Arg]) -> StoreResult<Vec<Offer>> {
    read.all::<Row>(sql, args).await?.into_iter().map(offer).collect()
}

/// Writes a new offer.
///
/// # Errors
/// As [`Read::all`].
pub async fn insert(tx: &mut Tx, o: &Offer) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO owner_offers (id, ticket_id, from_id, to_id, by_id, reason, at, state, note, answered_at, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        crate::args![
            o.id,
            o.ticket,
            o.from,
            o.to,
            o.by,
            &o.reason,
            o.at,
            o.state.as_str(),
            &o.note,
            o.answered,
            o.version
        ],
    )
    .await
    .map(drop)
}

/// Writes what was said to an offer; its version grows by one.
///
/// # Errors
/// [`StoreError::Stale`] where somebody else has changed it since.
pub async fn update(tx: &mut Tx, o: &mut Offer) -> StoreResult<()> {
    let changed = tx
        .exec(
            "UPDATE owner_offers SET state = $2, note = $3, answered_at = $4, version = $5 + 1 WHERE id = $1 AND version = $5",
            crate::args![o.id, o.state.as_str(), &o.note, o.answered, o.version],
        )
        .await?;
    if changed == 0 {
        return Err(StoreError::Stale);
    }
    o.version += 1;
    Ok(())
}

/// An offer.
///
/// # Errors
/// As [`Read::all`].
pub async fn get(read: &mut Read, id: OfferId) -> StoreResult<Option<Offer>> {
    let sql = format!("SELECT {COLUMNS} FROM owner_offers WHERE id = $1");
    Ok(read_all(read, &sql, crate::args![id]).await?.pop())
}

/// The offers of a ticket, oldest first.
///
/// # Errors
/// As [`Read::all`].
pub async fn of_ticket(read: &mut Read, ticket: TicketId) -> StoreResult<Vec<Offer>> {
    let sql = format!("SELECT {COLUMNS} FROM owner_offers WHERE ticket_id = $1 ORDER BY id");
    read_all(read, &sql, crate::args![ticket]).await
}

/// The open offer of a ticket.
///
/// # Errors
/// As [`Read::all`].
pub async fn open_of(read: &mut Read, ticket: TicketId) -> StoreResult<Option<Offer>> {
    let sql = format!("SELECT {COLUMNS} FROM owner_offers WHERE ticket_id = $1 AND state = 'open'");
    Ok(read_all(read, &sql, crate::args![ticket]).await?.pop())
}

/// The open offers to somebody, oldest first.
///
/// # Errors
/// As [`Read::all`].
pub async fn open_to(read: &mut Read, person: PersonId, limit: i64) -> StoreResult<Vec<Offer>> {
    let sql = format!("SELECT {COLUMNS} FROM owner_offers WHERE to_id = $1 AND state = 'open' ORDER BY id LIMIT $2");
    read_all(read, &sql, crate::args![person, limit]).await
}

/// The open offers that somebody made, or that were made for them, oldest first.
///
/// # Errors
/// As [`Read::all`].
pub async fn open_from(read: &mut Read, person: PersonId, limit: i64) -> StoreResult<Vec<Offer>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM owner_offers WHERE (from_id = $1 OR by_id = $1) AND state = 'open' ORDER BY id LIMIT $2"
    );
    read_all(read, &sql, crate::args![person, limit]).await
}

/// How many open offers somebody has to answer, counted up to `cap`.
///
/// # Errors
/// As [`Read::all`].
pub async fn count_to(read: &mut Read, person: PersonId, cap: i64) -> StoreResult<i64> {
    read.number(
        "SELECT count(*) FROM (SELECT 1 FROM owner_offers WHERE to_id = $1 AND state = 'open' LIMIT $2) x",
        crate::args![person, cap],
    )
    .await
}

/// Lets the open offers of a ticket lapse that has ended.
///
/// # Errors
/// As [`Read::all`].
pub async fn lapse(tx: &mut Tx, ticket: TicketId) -> StoreResult<()> {
    tx.exec(
        "UPDATE owner_offers SET state = 'lapsed', version = version + 1 WHERE ticket_id = $1 AND state = 'open'",
        crate::args![ticket],
    )
    .await
    .map(drop)
}

/// Ids of the running tickets of a first receiver, oldest first.
///
/// # Errors
/// As [`Read::all`].
pub async fn running_of(read: &mut Read, owner: PersonId, limit: i64) -> StoreResult<Vec<TicketId>> {
    let rows: Vec<(i64,)> = read
        .all(
            "SELECT id FROM tickets WHERE owner_id = $1 AND closed_at IS NULL ORDER BY id LIMIT $2",
            crate::args![owner, limit],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| TicketId(id)).collect())
}

/// How many running tickets a first receiver has, counted up to `cap`.
///
/// # Errors
/// As [`Read::all`].
pub async fn count_running(read: &mut Read, owner: PersonId, cap: i64) -> StoreResult<i64> {
    read.number(
        "SELECT count(*) FROM (SELECT 1 FROM tickets WHERE owner_id = $1 AND closed_at IS NULL LIMIT $2) x",
        crate::args![owner, cap],
    )
    .await
}
