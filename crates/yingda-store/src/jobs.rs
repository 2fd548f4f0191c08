//! The job table: work that happens outside a transaction, and is safe to happen twice.
//!
//! A job is written in the transaction that makes it necessary (the outbox), claimed by a lease, and removed when done.
//! A worker that dies loses its lease and another takes the job; nothing holds a lock meanwhile.

use yingda_core::JobId;

use crate::error::StoreResult;
use crate::read::Read;
use crate::write::Tx;

/// A job as claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// Which handler it is for.
    pub kind: String,
    /// Its particulars, as JSON.
    pub payload: String,
    /// How often it was tried, this time included.
    pub attempts: i64,
}

/// Adds a job unless one with the same key waits already.
///
/// # Errors
/// As [`Read::all`].
pub async fn add(
    tx: &mut Tx,
    id: JobId,
    kind: &str,
    key: &str,
    payload: &str,
    run_at: jiff::Timestamp,
) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO jobs (id, kind, key, payload, run_at, attempts, leased_until, leased_by, last_error) \
         VALUES ($1, $2, $3, $4, $5, 0, NULL, '', '') ON CONFLICT (key) DO NOTHING",
        crate::args![id, kind, key, payload, run_at],
    )
    .await
    .map(drop)
}

/// Claims up to `limit` jobs that are due and that nobody holds, until `lease_end`.
///
/// # Errors
/// As [`Read::all`].
pub async fn claim(
    tx: &mut Tx,
    worker: &str,
    now: jiff::Timestamp,
    lease_end: jiff::Timestamp,
    limit: i64,
) -> StoreResult<Vec<Job>> {
    let mut rows: Vec<(i64, String, String, i64)> = tx
        .all(
            "UPDATE jobs SET leased_until = $2, leased_by = $3, attempts = attempts + 1 WHERE id IN \
             (SELECT id FROM jobs WHERE run_at <= $1 AND failed_at IS NULL AND (leased_until IS NULL OR leased_until <= $1) \
              ORDER BY run_at, id LIMIT $4) \
             AND (leased_until IS NULL OR leased_until <= $1) \
             RETURNING id, kind, payload, attempts",
            crate::args![now, lease_end, worker, limit],
        )
        .await?;
    rows.sort_unstable_by_key(|row| row.0);
    Ok(rows.into_iter().map(|(id, kind, payload, attempts)| Job { id: JobId(id), kind, payload, attempts }).collect())
}

/// Removes a job that is done; only its leaseholder may.
///
/// # Errors
/// As [`Read::all`].
pub async fn done(tx: &mut Tx, id: JobId, worker: &str) -> StoreResult<bool> {
    Ok(tx.exec("DELETE FROM jobs WHERE id = $1 AND leased_by = $2", crate::args![id, worker]).await? == 1)
}

/// Puts a job back for later, with the reason why it failed.
///
/// # Errors
/// As [`Read::all`].
pub async fn retry(tx: &mut Tx, id: JobId, worker: &str, at: jiff::Timestamp, error: &str) -> StoreResult<()> {
    tx.exec(
        "UPDATE jobs SET run_at = $3, leased_until = NULL, leased_by = '', last_error = $4 WHERE id = $1 AND leased_by = $2",
        crate::args![id, worker, at, error],
    )
    .await
    .map(drop)
}

/// Puts a job that comes round back for its next time, its tries forgotten.
///
/// # Errors
/// As [`Read::all`].
pub async fn again(tx: &mut Tx, id: JobId, worker: &str, at: jiff::Timestamp, error: &str) -> StoreResult<()> {
    tx.exec(
        "UPDATE jobs SET run_at = $3, attempts = 0, leased_until = NULL, leased_by = '', last_error = $4 \
         WHERE id = $1 AND leased_by = $2",
        crate::args![id, worker, at, error],
    )
    .await
    .map(drop)
}

/// Takes a job that was given up back into the queue.
///
/// # Errors
/// As [`Read::all`].
pub async fn revive(tx: &mut Tx, key: &str) -> StoreResult<()> {
    tx.exec(
        "UPDATE jobs SET failed_at = NULL, attempts = 0 WHERE key = $1 AND failed_at IS NOT NULL",
        crate::args![key],
    )
    .await
    .map(drop)
}

/// Gives a job up: it is kept for an administrator to see, and not tried again.
///
/// # Errors
/// As [`Read::all`].
pub async fn give_up(tx: &mut Tx, id: JobId, worker: &str, at: jiff::Timestamp, error: &str) -> StoreResult<()> {
    tx.exec(
        "UPDATE jobs SET failed_at = $3, leased_until = NULL, last_error = $4 WHERE id = $1 AND leased_by = $2",
        crate::args![id, worker, at, error],
    )
    .await
    .map(drop)
}

/// Jobs that wait (also for later), and jobs that were given up.
///
/// # Errors
/// As [`Read::all`].
pub async fn left_over(read: &mut Read) -> StoreResult<(i64, i64)> {
    let waiting = read.number("SELECT count(*) FROM jobs WHERE failed_at IS NULL", &[]).await?;
    let failed = read.number("SELECT count(*) FROM jobs WHERE failed_at IS NOT NULL", &[]).await?;
    Ok((waiting, failed))
}
