//! Settings by name, and the memory of requests that must not happen twice.

use yingda_core::PersonId;

use crate::error::StoreResult;
use crate::read::Read;
use crate::write::Tx;

/// A setting's value.
///
/// # Errors
/// As [`Read::all`].
pub async fn get(read: &mut Read, name: &str) -> StoreResult<Option<String>> {
    Ok(read
        .opt::<(String,)>("SELECT value FROM settings WHERE name = $1", crate::args![name])
        .await?
        .map(|(value,)| value))
}

/// Sets a value.
///
/// # Errors
/// As [`Read::all`].
pub async fn put(tx: &mut Tx, name: &str, value: &str) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        crate::args![name, value],
    )
    .await
    .map(drop)
}

/// Removes a setting.
///
/// # Errors
/// As [`Read::all`].
pub async fn remove(tx: &mut Tx, name: &str) -> StoreResult<()> {
    tx.exec("DELETE FROM settings WHERE name = $1", crate::args![name]).await.map(drop)
}

/// What an idempotency key was used for before: the request's fingerprint and its result.
///
/// # Errors
/// As [`Read::all`].
pub async fn key(read: &mut Read, person: PersonId, key: &str) -> StoreResult<Option<(String, String)>> {
    read.opt(
        "SELECT fingerprint, result FROM idempotency_keys WHERE person_id = $1 AND key = $2",
        crate::args![person, key],
    )
    .await
}

/// Remembers what a key was used for, in the same transaction as its effect.
///
/// # Errors
/// [`crate::StoreError::Conflict`] where the key was used before.
pub async fn remember_key(
    tx: &mut Tx,
    person: PersonId,
    key: &str,
    fingerprint: &str,
    result: &str,
    at: jiff::Timestamp,
) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO idempotency_keys (person_id, key, fingerprint, result, at) VALUES ($1, $2, $3, $4, $5)",
        crate::args![person, key, fingerprint, result, at],
    )
    .await
    .map(drop)
}
