//! Working calendars by code, and every version that one ever had.
//!
//! The one thing to know: versions are only ever added, so their number tells any process whether what it keeps in memory is
//! still what holds ([`stamp`]). What a body means, and the calendars that are there without a row, is not here.

use jiff::Timestamp;
use yingda_core::PersonId;

use crate::args::instant;
use crate::error::{StoreError, StoreResult};
use crate::read::Read;
use crate::write::Tx;

/// A calendar as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCalendar {
    /// The word that processes name it by.
    pub code: String,
    /// The name that people see.
    pub name: String,
    /// A `worktime::CalendarFile` as JSON.
    pub body: String,
    /// Its version; grows with every change, over a removal too.
    pub version: i64,
    /// When it was changed last.
    pub updated: Timestamp,
    /// Who changed it; nobody for what the house itself wrote.
    pub updated_by: Option<PersonId>,
}

/// A calendar as it was at some time, and why it became so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarVersion {
    /// What stood in it.
    pub calendar: StoredCalendar,
    /// Why, in the words of whoever changed it.
    pub reason: String,
    /// Whether this is the end of it: the body is what stood there last.
    pub removed: bool,
}

type Row = (String, String, String, i64, i64, Option<i64>);
const COLUMNS: &str = "code, name, body, version, updated_at, updated_by";

fn calendar((code, name, body, version, updated, by): Row) -> StoreResult<StoredCalendar> {
    let updated = instant(updated, "calendars", "updated_at", version)?;
    Ok(StoredCalendar { code, name, body, version, updated, updated_by: by.map(PersonId) })
}

/// All of them, by code.
///
/// # Errors
/// As [`Read::all`].
pub async fn all(read: &mut Read) -> StoreResult<Vec<StoredCalendar>> {
    let sql = format!("SELECT {COLUMNS} FROM calendars ORDER BY code");
    read.all::<Row>(&sql, &[]).await?.into_iter().map(calendar).collect()
}

/// One of them.
///
/// # Errors
/// As [`Read::all`].
pub async fn get(read: &mut Read, code: &str) -> StoreResult<Option<StoredCalendar>> {
    let sql = format!("SELECT {COLUMNS} FROM calendars WHERE code = $1");
    read.opt::<Row>(&sql, crate::args![code]).await?.map(calendar).transpose()
}

/// Writes a calendar that has no row yet.
///
/// # Errors
/// [`StoreError::Conflict`] where the code or the name is taken.
pub async fn insert(tx: &mut Tx, c: &StoredCalendar) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO calendars (code, name, body, version, updated_at, updated_by) VALUES ($1, $2, $3, $4, $5, $6)",
        crate::args![&c.code, &c.name, &c.body, c.version, c.updated, c.updated_by],
    )
    .await
    .map(drop)
}

/// Writes a calendar back as its next version, which is `c.version`.
///
/// # Errors
/// [`StoreError::Stale`] where the version before is not the one that stands there; [`StoreError::Conflict`] for a taken name.
pub async fn update(tx: &mut Tx, c: &StoredCalendar) -> StoreResult<()> {
    let changed = tx
        .exec(
            "UPDATE calendars SET name = $2, body = $3, version = $4, updated_at = $5, updated_by = $6 WHERE code = $1 AND version = $4 - 1",
            crate::args![&c.code, &c.name, &c.body, c.version, c.updated, c.updated_by],
        )
        .await?;
    if changed == 0 { Err(StoreError::Stale) } else { Ok(()) }
}

/// Takes a calendar away; its versions stay.
///
/// # Errors
/// [`StoreError::Stale`] where another version stands there.
pub async fn remove(tx: &mut Tx, code: &str, version: i64) -> StoreResult<()> {
    let gone = tx.exec("DELETE FROM calendars WHERE code = $1 AND version = $2", crate::args![code, version]).await?;
    if gone == 0 { Err(StoreError::Stale) } else { Ok(()) }
}

/// Adds a version to what is kept of a calendar.
///
/// # Errors
/// [`StoreError::Conflict`] where that version is kept already.
pub async fn record(tx: &mut Tx, v: &CalendarVersion) -> StoreResult<()> {
    let c = &v.calendar;
    tx.exec(
        "INSERT INTO calendar_versions (code, version, name, body, reason, removed, at, by_person) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        crate::args![&c.code, c.version, &c.name, &c.body, &v.reason, v.removed, c.updated, c.updated_by],
    )
    .await
    .map(drop)
}

/// What a calendar was, newest first, at most `limit` versions; of a removed one too.
///
/// # Errors
/// As [`Read::all`].
pub async fn versions(read: &mut Read, code: &str, limit: i64) -> StoreResult<Vec<CalendarVersion>> {
    type Row = (String, String, String, i64, i64, Option<i64>, String, i64);
    let sql = "SELECT code, name, body, version, at, by_person, reason, removed FROM calendar_versions WHERE code = $1 \
               ORDER BY version DESC LIMIT $2";
    let rows = read.all::<Row>(sql, crate::args![code, limit]).await?;
    rows.into_iter()
        .map(|(code, name, body, version, at, by, reason, removed)| {
            let calendar = calendar((code, name, body, version, at, by))?;
            Ok(CalendarVersion { calendar, reason, removed: removed != 0 })
        })
        .collect()
}

/// The number of the last version that was kept under a code; 0 for none.
///
/// # Errors
/// As [`Read::all`].
pub async fn last_version(read: &mut Read, code: &str) -> StoreResult<i64> {
    read.number("SELECT max(version) FROM calendar_versions WHERE code = $1", crate::args![code]).await
}

/// Whether a limit of an open ticket runs by a calendar.
///
/// # Errors
/// As [`Read::all`].
pub async fn has_running_clock(read: &mut Read, code: &str) -> StoreResult<bool> {
    let sql = "SELECT id FROM clocks WHERE stopped_at IS NULL AND calendar = $1 LIMIT 1";
    Ok(read.opt::<(i64,)>(sql, crate::args![code]).await?.is_some())
}

/// Grows with every change of any calendar: what is kept in memory holds as long as this stays.
///
/// # Errors
/// As [`Read::all`].
pub async fn stamp(read: &mut Read) -> StoreResult<i64> {
    read.number("SELECT count(*) FROM calendar_versions", &[]).await
}
