//! What proves who somebody is: sessions, API tokens, sign-in links. Only digests of the secrets are kept.

use yingda_core::{PersonId, SessionId, TokenId};

use crate::args::{instant, instant_or_none};
use crate::error::StoreResult;
use crate::read::Read;
use crate::write::Tx;

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Whose.
    pub person: PersonId,
    /// When it began.
    pub created: jiff::Timestamp,
    /// When it was last used, to within some minutes.
    pub seen: jiff::Timestamp,
    /// When it ends by itself.
    pub expires: jiff::Timestamp,
    /// What the browser calls itself.
    pub agent: String,
    /// The network address that it came from.
    pub address: String,
}

type Row = (i64, i64, i64, i64, i64, String, String);
const COLUMNS: &str = "id, person_id, created_at, seen_at, expires_at, agent, address";

fn session((id, person, created, seen, expires, agent, address): Row) -> StoreResult<Session> {
    Ok(Session {
        id: SessionId(id),
        person: PersonId(person),
        created: instant(created, "sessions", "created_at", id)?,
        seen: instant(seen, "sessions", "seen_at", id)?,
        expires: instant(expires, "sessions", "expires_at", id)?,
        agent,
        address,
    })
}

/// Writes a new session under the digest of its secret.
///
/// # Errors
/// As [`Read::all`].
pub async fn insert(tx: &mut Tx, s: &Session, secret_digest: &str) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO sessions (id, secret, person_id, created_at, seen_at, expires_at, agent, address) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        crate::args![s.id, secret_digest, s.person, s.created, s.seen, s.expires, &s.agent, &s.address],
    )
    .await
    .map(drop)
}

/// The session of a secret, unless it has ended.
///
/// # Errors
/// As [`Read::all`].
pub async fn by_secret(read: &mut Read, digest: &str, now: jiff::Timestamp) -> StoreResult<Option<Session>> {
    let sql = format!("SELECT {COLUMNS} FROM sessions WHERE secret = $1 AND expires_at > $2");
    read.opt::<Row>(&sql, crate::args![digest, now]).await?.map(session).transpose()
}

/// Somebody's sessions that have not ended, newest first.
///
/// # Errors
/// As [`Read::all`].
pub async fn of_person(read: &mut Read, person: PersonId, now: jiff::Timestamp) -> StoreResult<Vec<Session>> {
    let sql = format!("SELECT {COLUMNS} FROM sessions WHERE person_id = $1 AND expires_at > $2 ORDER BY id DESC");
    read.all::<Row>(&sql, crate::args![person, now]).await?.into_iter().map(session).collect()
}

/// Notes that a session is in use and lives on.
///
/// # Errors
/// As [`Read::all`].
pub async fn touch(tx: &mut Tx, id: SessionId, seen: jiff::Timestamp, expires: jiff::Timestamp) -> StoreResult<()> {
    tx.exec("UPDATE sessions SET seen_at = $2, expires_at = $3 WHERE id = $1", crate::args![id, seen, expires])
        .await
        .map(drop)
}

/// Ends one of somebody's sessions; gives whether there was such a one.
///
/// # Errors
/// As [`Read::all`].
pub async fn revoke(tx: &mut Tx, person: PersonId, id: SessionId) -> StoreResult<bool> {
    Ok(tx.exec("DELETE FROM sessions WHERE id = $1 AND person_id = $2", crate::args![id, person]).await? == 1)
}

/// Ends all of somebody's sessions but one (or none).
///
/// # Errors
/// As [`Read::all`].
pub async fn revoke_others(tx: &mut Tx, person: PersonId, but: Option<SessionId>) -> StoreResult<u64> {
    let but = but.map_or(0, SessionId::get);
    tx.exec("DELETE FROM sessions WHERE person_id = $1 AND id <> $2", crate::args![person, but]).await
}

/// A bearer token for the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its id.
    pub id: TokenId,
    /// Whose rights it carries.
    pub person: PersonId,
    /// What it is for.
    pub name: String,
    /// When it was made.
    pub created: jiff::Timestamp,
    /// When it was last used, to within some minutes.
    pub used: Option<jiff::Timestamp>,
}

type TokenRow = (i64, i64, String, i64, Option<i64>);

fn token((id, person, name, created, used): TokenRow) -> StoreResult<Token> {
    Ok(Token {
        id: TokenId(id),
        person: PersonId(person),
        name,
        created: instant(created, "api_tokens", "created_at", id)?,
        used: instant_or_none(used, "api_tokens", "used_at", id)?,
    })
}

/// Writes a new token under the digest of its secret.
///
/// # Errors
/// As [`Read::all`].
pub async fn insert_token(tx: &mut Tx, t: &Token, secret_digest: &str) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO api_tokens (id, secret, person_id, name, created_at, used_at) VALUES ($1, $2, $3, $4, $5, $6)",
        crate::args![t.id, secret_digest, t.person, &t.name, t.created, t.used],
    )
    .await
    .map(drop)
}

/// The token of a secret.
///
/// # Errors
/// As [`Read::all`].
pub async fn token_by_secret(read: &mut Read, digest: &str) -> StoreResult<Option<Token>> {
    read.opt::<TokenRow>(
        "SELECT id, person_id, name, created_at, used_at FROM api_tokens WHERE secret = $1",
        crate::args![digest],
    )
    .await?
    .map(token)
    .transpose()
}

/// Somebody's tokens, newest first.
///
/// # Errors
/// As [`Read::all`].
pub async fn tokens_of(read: &mut Read, person: PersonId) -> StoreResult<Vec<Token>> {
    read.all::<TokenRow>(
        "SELECT id, person_id, name, created_at, used_at FROM api_tokens WHERE person_id = $1 ORDER BY id DESC",
        crate::args![person],
    )
    .await?
    .into_iter()
    .map(token)
    .collect()
}

/// Notes that a token was used.
///
/// # Errors
/// As [`Read::all`].
pub async fn token_used(tx: &mut Tx, id: TokenId, at: jiff::Timestamp) -> StoreResult<()> {
    tx.exec("UPDATE api_tokens SET used_at = $2 WHERE id = $1", crate::args![id, at]).await.map(drop)
}

/// Takes one of somebody's tokens away; gives whether there was such a one.
///
/// # Errors
/// As [`Read::all`].
pub async fn revoke_token(tx: &mut Tx, person: PersonId, id: TokenId) -> StoreResult<bool> {
    Ok(tx.exec("DELETE FROM api_tokens WHERE id = $1 AND person_id = $2", crate::args![id, person]).await? == 1)
}

/// Takes every way in from somebody: sessions, tokens, links. For people who leave.
///
/// # Errors
/// As [`Read::all`].
pub async fn lock_out(tx: &mut Tx, person: PersonId) -> StoreResult<()> {
    for table in ["sessions", "api_tokens", "sign_in_links"] {
        tx.exec(&format!("DELETE FROM {table} WHERE person_id = $1"), crate::args![person]).await?;
    }
    Ok(())
}

/// Writes a sign-in link under the digest of its secret.
///
/// # Errors
/// As [`Read::all`].
pub async fn insert_link(tx: &mut Tx, person: PersonId, digest: &str, expires: jiff::Timestamp) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO sign_in_links (secret, person_id, expires_at) VALUES ($1, $2, $3)",
        crate::args![digest, person, expires],
    )
    .await
    .map(drop)
}

/// Whose link this is, unless it has expired.
///
/// # Errors
/// As [`Read::all`].
pub async fn link(read: &mut Read, digest: &str, now: jiff::Timestamp) -> StoreResult<Option<PersonId>> {
    Ok(read
        .opt::<(i64,)>(
            "SELECT person_id FROM sign_in_links WHERE secret = $1 AND expires_at > $2",
            crate::args![digest, now],
        )
        .await?
        .map(|(id,)| PersonId(id)))
}

/// Forgets every link, so that only those of this start are good.
///
/// # Errors
/// As [`Read::all`].
pub async fn forget_links(tx: &mut Tx) -> StoreResult<()> {
    tx.exec("DELETE FROM sign_in_links", &[]).await.map(drop)
}

/// Removes what has expired, and idempotency keys from before `keys_before`; gives how many rows went.
///
/// # Errors
/// As [`Read::all`].
pub async fn sweep(tx: &mut Tx, now: jiff::Timestamp, keys_before: jiff::Timestamp) -> StoreResult<u64> {
    let sessions = tx.exec("DELETE FROM sessions WHERE expires_at <= $1", crate::args![now]).await?;
    let links = tx.exec("DELETE FROM sign_in_links WHERE expires_at <= $1", crate::args![now]).await?;
    let keys = tx.exec("DELETE FROM idempotency_keys WHERE at < $1", crate::args![keys_before]).await?;
    Ok(sessions + links + keys)
}
