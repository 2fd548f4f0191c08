//! Leave.

use yingda_core::duty::{Asked, Leave, LeaveKind, Span};
use yingda_core::{LeaveId, PersonId};

use super::{list, span, word};
use crate::args::{instant, instant_or_none};
use crate::error::{StoreError, StoreResult};
use crate::read::Read;
use crate::write::Tx;

#[derive(sqlx::FromRow)]
struct LeaveRow {
    id: i64,
    person_id: i64,
    from_at: i64,
    to_at: i64,
    kind: String,
    reason: String,
    state: String,
    asked_by: i64,
    asked_at: i64,
    decided_by: Option<i64>,
    decided_at: Option<i64>,
    version: i64,
}

impl TryFrom<LeaveRow> for Leave {
    type Error = StoreError;
    fn try_from(row: LeaveRow) -> StoreResult<Self> {
        Ok(Self {
            id: LeaveId(row.id),
            person: PersonId(row.person_id),
            span: span(row.from_at, row.to_at, "duty_leaves", row.id)?,
            kind: word(LeaveKind::parse, &row.kind, "duty_leaves", row.id)?,
            reason: row.reason,
            state: word(Asked::parse, &row.state, "duty_leaves", row.id)?,
            asked_by: PersonId(row.asked_by),
            asked: instant(row.asked_at, "duty_leaves", "asked_at", row.id)?,
            decided_by: row.decided_by.map(PersonId),
            decided: instant_or_none(row.decided_at, "duty_leaves", "decided_at", row.id)?,
            version: row.version,
        })
    }
}

const LEAVE: &str =
    "id, person_id, from_at, to_at, kind, reason, state, asked_by, asked_at, decided_by, decided_at, version";

/// One leave.
///
/// # Errors
/// As [`Read::all`].
pub async fn get(read: &mut Read, id: LeaveId) -> StoreResult<Option<Leave>> {
    let sql = format!("SELECT {LEAVE} FROM duty_leaves WHERE id = $1");
    read.opt::<LeaveRow>(&sql, crate::args![id]).await?.map(Leave::try_from).transpose()
}

/// Open and approved leave of some people that touches a span, by beginning.
///
/// # Errors
/// As [`Read::all`].
pub async fn of_people(read: &mut Read, people: &[PersonId], span: Span) -> StoreResult<Vec<Leave>> {
    let sql = format!(
        "SELECT {LEAVE} FROM duty_leaves WHERE person_id IN ({}) AND state IN ('open', 'approved') AND to_at > $1 AND from_at < $2 \
         ORDER BY from_at, id",
        list(people, PersonId::get)
    );
    read.all::<LeaveRow>(&sql, crate::args![span.from, span.to]).await?.into_iter().map(Leave::try_from).collect()
}

/// Writes a new leave.
///
/// # Errors
/// As [`Read::all`].
pub async fn insert(tx: &mut Tx, l: &Leave) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO duty_leaves (id, person_id, from_at, to_at, kind, reason, state, asked_by, asked_at, decided_by, decided_at, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        crate::args![
            l.id,
            l.person,
            l.span.from,
            l.span.to,
            l.kind.as_str(),
            &l.reason,
            l.state.as_str(),
            l.asked_by,
            l.asked,
            l.decided_by,
            l.decided,
            l.version
        ],
    )
    .await
    .map(drop)
}

/// Writes what became of a leave; its version grows by one.
///
/// # Errors
/// [`StoreError::Stale`].
pub async fn update(tx: &mut Tx, l: &mut Leave) -> StoreResult<()> {
    let changed = tx
        .exec(
            "UPDATE duty_leaves SET to_at = $2, state = $3, decided_by = $4, decided_at = $5, version = $6 + 1 \
             WHERE id = $1 AND version = $6",
            crate::args![l.id, l.span.to, l.state.as_str(), l.decided_by, l.decided, l.version],
        )
        .await?;
    if changed == 0 {
        return Err(StoreError::Stale);
    }
    l.version += 1;
    Ok(())
}
