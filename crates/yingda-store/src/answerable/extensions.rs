//! Requests for more time (延期申请).

use yingda_core::answerable::{Extension, ExtensionKind, ExtensionState};
use yingda_core::{ClockId, ExtensionId, PersonId, TicketId};

use crate::args::{Arg, instant, instant_or_none};
use crate::error::{StoreError, StoreResult};
use crate::read::Read;
use crate::write::Tx;

const TABLE: &str = "extension_requests";
const COLUMNS: &str = "id, ticket_id, clock_id, label, kind, amount, unit, reason, by_id, at, due_at, state, granted, note, decided_by, \
    decided_at, due_after, version";

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    ticket_id: i64,
    clock_id: i64,
    label: String,
    kind: String,
    amount: i64,
    unit: String,
    reason: String,
    by_id: i64,
    at: i64,
    due_at: Option<i64>,
    state: String,
    granted: Option<i64>,
    note: String,
    decided_by: Option<i64>,
    decided_at: Option<i64>,
    due_after: Option<i64>,
    version: i64,
}

impl TryFrom<Row> for Extension {
    type Error = StoreError;
    fn try_from(row: Row) -> StoreResult<Self> {
        let corrupt = |column| StoreError::Corrupt { table: TABLE, column, row: row.id };
        let at = |value, column| instant_or_none(value, TABLE, column, row.id);
        Ok(Self {
            id: ExtensionId(row.id),
            ticket: TicketId(row.ticket_id),
            clock: ClockId(row.clock_id),
            kind: ExtensionKind::parse(&row.kind).ok_or_else(|| corrupt("kind"))?,
            state: ExtensionState::parse(&row.state).ok_or_else(|| corrupt("state"))?,
            at: instant(row.at, TABLE, "at", row.id)?,
            due: at(row.due_at, "due_at")?,
            decided: at(row.decided_at, "decided_at")?,
            due_after: at(row.due_after, "due_after")?,
            label: row.label,
            amount: row.amount,
            unit: row.unit,
            reason: row.reason,
            by: PersonId(row.by_id),
            granted: row.granted,
            note: row.note,
            decided_by: row.decided_by.map(PersonId),
            version: row.version,
        })
    }
}

fn read_all(rows: Vec<Row>) -> StoreResult<Vec<Extension>> {
    rows.into_iter().map(Extension::try_from).collect()
}

fn args(e: &Extension) -> [Arg; 18] {
    [
        e.id.into(),
        e.ticket.into(),
        e.clock.into(),
        (&e.label).into(),
        e.kind.as_str().into(),
        e.amount.into(),
        (&e.unit).into(),
        (&e.reason).into(),
        e.by.into(),
        e.at.into(),
        e.due.into(),
        e.state.as_str().into(),
        e.granted.into(),
        (&e.note).into(),
        e.decided_by.into(),
        e.decided.into(),
        e.due_after.into(),
        e.version.into(),
    ]
}

/// Writes a new request.
///
/// # Errors
/// As [`Read::all`].
pub async fn insert(tx: &mut Tx, e: &Extension) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO extension_requests (id, ticket_id, clock_id, label, kind, amount, unit, reason, by_id, at, due_at, state, granted, note, \
         decided_by, decided_at, due_after, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        &args(e),
    )
    .await
    .map(drop)
}

/// Writes a changed request back; its version grows by one.
///
/// # Errors
/// [`StoreError::Stale`] where somebody else has changed it since.
pub async fn update(tx: &mut Tx, e: &mut Extension) -> StoreResult<()> {
    let changed = tx
        .exec(
            "UPDATE extension_requests SET ticket_id = $2, clock_id = $3, label = $4, kind = $5, amount = $6, unit = $7, reason = $8, \
             by_id = $9, at = $10, due_at = $11, state = $12, granted = $13, note = $14, decided_by = $15, decided_at = $16, \
             due_after = $17, version = $18 + 1 WHERE id = $1 AND version = $18",
            &args(e),
        )
        .await?;
    if changed == 0 {
        return Err(StoreError::Stale);
    }
    e.version += 1;
    Ok(())
}

/// A request.
///
/// # Errors
/// As [`Read::all`].
pub async fn get(read: &mut Read, id: ExtensionId) -> StoreResult<Option<Extension>> {
    let sql = format!("SELECT {COLUMNS} FROM extension_requests WHERE id = $1");
    read.opt::<Row>(&sql, crate::args![id]).await?.map(Extension::try_from).transpose()
}

/// The open request about a clock.
///
/// # Errors
/// As [`Read::all`].
pub async fn open_of_clock(read: &mut Read, clock: ClockId) -> StoreResult<Option<Extension>> {
    let sql = format!("SELECT {COLUMNS} FROM extension_requests WHERE clock_id = $1 AND state = 'open'");
    read.opt::<Row>(&sql, crate::args![clock]).await?.map(Extension::try_from).transpose()
}

/// The requests about a ticket, oldest first.
///
/// # Errors
/// As [`Read::all`].
pub async fn of_ticket(read: &mut Read, ticket: TicketId) -> StoreResult<Vec<Extension>> {
    let sql = format!("SELECT {COLUMNS} FROM extension_requests WHERE ticket_id = $1 ORDER BY id");
    read_all(read.all(&sql, crate::args![ticket]).await?)
}

/// Every open request, the longest waiting first.
///
/// # Errors
/// As [`Read::all`].
pub async fn open(read: &mut Read, limit: i64) -> StoreResult<Vec<Extension>> {
    let sql = format!("SELECT {COLUMNS} FROM extension_requests WHERE state = 'open' ORDER BY id LIMIT $1");
    read_all(read.all(&sql, crate::args![limit]).await?)
}

/// What somebody asked for, newest first.
///
/// # Errors
/// As [`Read::all`].
pub async fn of_person(read: &mut Read, person: PersonId, limit: i64) -> StoreResult<Vec<Extension>> {
    let sql = format!("SELECT {COLUMNS} FROM extension_requests WHERE by_id = $1 ORDER BY id DESC LIMIT $2");
    read_all(read.all(&sql, crate::args![person, limit]).await?)
}

/// How many are open, counted up to `cap`.
///
/// # Errors
/// As [`Read::all`].
pub async fn count_open(read: &mut Read, cap: i64) -> StoreResult<i64> {
    read.number(
        "SELECT count(*) FROM (SELECT 1 FROM extension_requests WHERE state = 'open' LIMIT $1) x",
        crate::args![cap],
    )
    .await
}

/// The open requests about a ticket that has ended.
///
/// # Errors
/// As [`Read::all`].
pub async fn lapse(tx: &mut Tx, ticket: TicketId) -> StoreResult<()> {
    tx.exec(
        "UPDATE extension_requests SET state = 'lapsed', version = version + 1 WHERE ticket_id = $1 AND state = 'open'",
        crate::args![ticket],
    )
    .await
    .map(drop)
}
