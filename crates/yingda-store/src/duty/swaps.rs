//! Swaps of turns.

use yingda_core::duty::{Asked, Swap};
use yingda_core::{DepartmentId, PersonId, SwapId, TurnId};

use super::word;
use crate::args::{instant, instant_or_none};
use crate::error::{StoreError, StoreResult};
use crate::read::Read;
use crate::write::Tx;

#[derive(sqlx::FromRow)]
struct SwapRow {
    id: i64,
    department_id: i64,
    turn_id: i64,
    other_turn_id: Option<i64>,
    from_person_id: i64,
    to_person_id: i64,
    reason: String,
    state: String,
    asked_at: i64,
    answered_at: Option<i64>,
    decided_by: Option<i64>,
    decided_at: Option<i64>,
    version: i64,
}

impl TryFrom<SwapRow> for Swap {
    type Error = StoreError;
    fn try_from(row: SwapRow) -> StoreResult<Self> {
        Ok(Self {
            id: SwapId(row.id),
            department: DepartmentId(row.department_id),
            turn: TurnId(row.turn_id),
            other: row.other_turn_id.map(TurnId),
            from: PersonId(row.from_person_id),
            to: PersonId(row.to_person_id),
            reason: row.reason,
            state: word(Asked::parse, &row.state, "duty_swaps", row.id)?,
            asked: instant(row.asked_at, "duty_swaps", "asked_at", row.id)?,
            answered: instant_or_none(row.answered_at, "duty_swaps", "answered_at", row.id)?,
            decided_by: row.decided_by.map(PersonId),
            decided: instant_or_none(row.decided_at, "duty_swaps", "decided_at", row.id)?,
            version: row.version,
        })
    }
}

const SWAP: &str = "id, department_id, turn_id, other_turn_id, from_person_id, to_person_id, reason, state, asked_at, answered_at, \
    decided_by, decided_at, version";

/// One swap.
///
/// # Errors
/// As [`Read::all`].
pub async fn get(read: &mut Read, id: SwapId) -> StoreResult<Option<Swap>> {
    let sql = format!("SELECT {SWAP} FROM duty_swaps WHERE id = $1");
    read.opt::<SwapRow>(&sql, crate::args![id]).await?.map(Swap::try_from).transpose()
}

/// A department's swaps that are not settled, oldest first.
///
/// # Errors
/// As [`Read::all`].
pub async fn unsettled(read: &mut Read, department: DepartmentId) -> StoreResult<Vec<Swap>> {
    let sql = format!(
        "SELECT {SWAP} FROM duty_swaps WHERE department_id = $1 AND state IN ('open', 'agreed') ORDER BY id LIMIT 200"
    );
    read.all::<SwapRow>(&sql, crate::args![department]).await?.into_iter().map(Swap::try_from).collect()
}

/// Writes a new swap.
///
/// # Errors
/// [`StoreError::Conflict`] where another about that turn is not settled.
pub async fn insert(tx: &mut Tx, s: &Swap) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO duty_swaps (id, department_id, turn_id, other_turn_id, from_person_id, to_person_id, reason, state, asked_at, \
         answered_at, decided_by, decided_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        crate::args![
            s.id,
            s.department,
            s.turn,
            s.other,
            s.from,
            s.to,
            &s.reason,
            s.state.as_str(),
            s.asked,
            s.answered,
            s.decided_by,
            s.decided,
            s.version
        ],
    )
    .await
    .map(drop)
}

/// Writes what became of a swap; its version grows by one.
///
/// # Errors
/// [`StoreError::Stale`].
pub async fn update(tx: &mut Tx, s: &mut Swap) -> StoreResult<()> {
    let changed = tx
        .exec(
            "UPDATE duty_swaps SET state = $2, answered_at = $3, decided_by = $4, decided_at = $5, version = $6 + 1 \
             WHERE id = $1 AND version = $6",
            crate::args![s.id, s.state.as_str(), s.answered, s.decided_by, s.decided, s.version],
        )
        .await?;
    if changed == 0 {
        return Err(StoreError::Stale);
    }
    s.version += 1;
    Ok(())
}

/// Withdraws what is not settled about a turn that is taken off or given to somebody else.
///
/// # Errors
/// As [`Read::all`].
pub async fn drop_about(tx: &mut Tx, turn: TurnId) -> StoreResult<()> {
    tx.exec(
        "UPDATE duty_swaps SET state = 'withdrawn', version = version + 1 \
         WHERE (turn_id = $1 OR other_turn_id = $1) AND state IN ('open', 'agreed')",
        crate::args![turn],
    )
    .await
    .map(drop)
}
