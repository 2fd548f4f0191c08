//! Recurring work: what recurs, and its occurrences.
//!
//! An occurrence is unique by routine, day and person (0: one of the holders for all), so making it twice makes it once. What a
//! routine says is text here; the word of the day on tickets is in `tracked`.

use jiff::Timestamp;
use jiff::civil::Date;
use yingda_core::routine::{Mark, Work, WorkState};
use yingda_core::{PersonId, RoutineId, WorkId};

use crate::args::{instant, instant_or_none};
use crate::error::{StoreError, StoreResult};
use crate::read::Read;
use crate::write::Tx;

/// What recurs, as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRoutine {
    /// Its id.
    pub id: RoutineId,
    /// The process that brought it, `catalogue`, or empty for one that the company made.
    pub process: String,
    /// Its key there; its own id as text for one that the company made.
    pub code: String,
    /// Its name.
    pub label: String,
    /// What it says, as JSON.
    pub body: String,
    /// Whether the company does it.
    pub active: bool,
    /// Whether its process still brings it.
    pub listed: bool,
    /// What opened until then has been made for good.
    pub made_until: Timestamp,
    /// Last change.
    pub updated: Timestamp,
    /// By whom; nobody for what a process brought.
    pub updated_by: Option<PersonId>,
    /// Grows with every change by a person.
    pub version: i64,
}

const ROUTINE_COLUMNS: &str =
    "id, process, code, label, body, active, listed, made_until, updated_at, updated_by, version";

type RoutineRow = (i64, String, String, String, String, i64, i64, i64, i64, Option<i64>, i64);

fn routine(
    (id, process, code, label, body, active, listed, made_until, updated, updated_by, version): RoutineRow,
) -> StoreResult<StoredRoutine> {
    Ok(StoredRoutine {
        id: RoutineId(id),
        process,
        code,
        label,
        body,
        active: active == 1,
        listed: listed == 1,
        made_until: instant(made_until, "routines", "made_until", id)?,
        updated: instant(updated, "routines", "updated_at", id)?,
        updated_by: updated_by.map(PersonId),
        version,
    })
}

/// Everything that recurs, or ever did, in order of arrival.
///
/// # Errors
/// As [`Read::all`].
pub async fn all(read: &mut Read) -> StoreResult<Vec<StoredRoutine>> {
    let sql = format!("SELECT {ROUTINE_COLUMNS} FROM routines ORDER BY id");
    read.all::<RoutineRow>(&sql, &[]).await?.into_iter().map(routine).collect()
}

/// One routine.
///
/// # Errors
/// As [`Read::all`].
pub async fn get(read: &mut Read, id: RoutineId) -> StoreResult<Option<StoredRoutine>> {
    let sql = format!("SELECT {ROUTINE_COLUMNS} FROM routines WHERE id = $1");
    read.opt::<RoutineRow>(&sql, crate::args![id]).await?.map(routine).transpose()
}

/// Writes a new routine.
///
/// # Errors
/// [`StoreError::Conflict`] where its process has one of that key.
pub async fn insert(tx: &mut Tx, r: &StoredRoutine) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO routines (id, process, code, label, body, active, listed, made_until, created_at, updated_at, updated_by, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, $11)",
        crate::args![
            r.id,
            &r.process,
            &r.code,
            &r.label,
            &r.body,
            r.active,
            r.listed,
            r.made_until,
            r.updated,
            r.updated_by,
            r.version
        ],
    )
    .await
    .map(drop)
}

/// Writes a changed routine back; its version grows by one.
///
/// # Errors
/// [`StoreError::Stale`].
pub async fn update(tx: &mut Tx, r: &mut StoredRoutine) -> StoreResult<()> {
    let changed = tx
        .exec(
            "UPDATE routines SET label = $2, body = $3, active = $4, listed = $5, made_until = $6, updated_at = $7, updated_by = $8, \
             version = $9 + 1 WHERE id = $1 AND version = $9",
            crate::args![
                r.id,
                &r.label,
                &r.body,
                r.active,
                r.listed,
                r.made_until,
                r.updated,
                r.updated_by,
                r.version
            ],
        )
        .await?;
    if changed == 0 {
        return Err(StoreError::Stale);
    }
    r.version += 1;
    Ok(())
}

/// Takes over what its process says now; nobody's edit goes stale by it.
///
/// # Errors
/// As [`Read::all`].
pub async fn follow(tx: &mut Tx, id: RoutineId, label: &str, body: &str, listed: bool) -> StoreResult<()> {
    tx.exec(
        "UPDATE routines SET label = $2, body = $3, listed = $4 WHERE id = $1",
        crate::args![id, label, body, listed],
    )
    .await
    .map(drop)
}

/// Notes until when a routine's occurrences have been made for good.
///
/// # Errors
/// As [`Read::all`].
pub async fn made(tx: &mut Tx, id: RoutineId, until: Timestamp) -> StoreResult<()> {
    tx.exec("UPDATE routines SET made_until = $2 WHERE id = $1 AND made_until < $2", crate::args![id, until])
        .await
        .map(drop)
}

const COLUMNS: &str = "w.id, w.routine_id, w.label, w.day, w.person_id, w.opens_at, w.due_at, w.state, w.record, w.reason, \
    w.done_by, w.done_at, w.read_by, w.read_at, w.mark, w.remark, w.version";

#[derive(sqlx::FromRow)]
struct WorkRow {
    id: i64,
    routine_id: i64,
    label: String,
    day: String,
    person_id: i64,
    opens_at: i64,
    due_at: i64,
    state: String,
    record: String,
    reason: String,
    done_by: Option<i64>,
    done_at: Option<i64>,
    read_by: Option<i64>,
    read_at: Option<i64>,
    mark: String,
    remark: String,
    version: i64,
}

impl TryFrom<WorkRow> for Work {
    type Error = StoreError;
    fn try_from(row: WorkRow) -> StoreResult<Self> {
        let corrupt = |column| StoreError::Corrupt { table: "routine_work", column, row: row.id };
        let at = |value, column| instant_or_none(value, "routine_work", column, row.id);
        Ok(Self {
            id: WorkId(row.id),
            routine: RoutineId(row.routine_id),
            day: row.day.parse::<Date>().map_err(|_| corrupt("day"))?,
            person: Some(row.person_id).filter(|id| *id != 0).map(PersonId),
            opens: instant(row.opens_at, "routine_work", "opens_at", row.id)?,
            due: instant(row.due_at, "routine_work", "due_at", row.id)?,
            state: WorkState::parse(&row.state).ok_or_else(|| corrupt("state"))?,
            record: serde_json::from_str(&row.record).map_err(|_| corrupt("record"))?,
            done: at(row.done_at, "done_at")?,
            read: at(row.read_at, "read_at")?,
            mark: Mark::parse(&row.mark),
            label: row.label,
            reason: row.reason,
            done_by: row.done_by.map(PersonId),
            read_by: row.read_by.map(PersonId),
            remark: row.remark,
            version: row.version,
        })
    }
}

fn works(rows: Vec<WorkRow>) -> StoreResult<Vec<Work>> {
    rows.into_iter().map(Work::try_from).collect()
}

fn record_text(record: &[(String, String)]) -> String {
    serde_json::to_string(record).unwrap_or_else(|_| "[]".to_owned())
}

/// Whose an occurrence is, as the database has it.
fn of(person: Option<PersonId>) -> i64 {
    person.map_or(0, PersonId::get)
}

/// Makes an occurrence, unless it is there.
///
/// # Errors
/// As [`Read::all`].
pub async fn add_work(tx: &mut Tx, w: &Work) -> StoreResult<bool> {
    let made = tx
        .exec(
            "INSERT INTO routine_work (id, routine_id, day, person_id, label, opens_at, due_at, state, record, reason, mark, remark, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '[]', '', '', '', 1) ON CONFLICT (routine_id, day, person_id) DO NOTHING",
            crate::args![w.id, w.routine, w.day.to_string(), of(w.person), &w.label, w.opens, w.due, w.state.as_str()],
        )
        .await?;
    Ok(made == 1)
}

/// Moves an occurrence that has not opened to other times.
///
/// # Errors
/// As [`Read::all`].
pub async fn move_work(tx: &mut Tx, w: &Work) -> StoreResult<()> {
    tx.exec(
        "UPDATE routine_work SET label = $2, opens_at = $3, due_at = $4 WHERE id = $1 AND state = 'open'",
        crate::args![w.id, &w.label, w.opens, w.due],
    )
    .await
    .map(drop)
}

/// Takes back an occurrence that nobody has touched.
///
/// # Errors
/// As [`Read::all`].
pub async fn drop_work(tx: &mut Tx, id: WorkId) -> StoreResult<()> {
    tx.exec("DELETE FROM routine_work WHERE id = $1 AND state = 'open'", crate::args![id]).await.map(drop)
}

/// Writes a changed occurrence back; its version grows by one.
///
/// # Errors
/// [`StoreError::Stale`].
pub async fn update_work(tx: &mut Tx, w: &mut Work) -> StoreResult<()> {
    let changed = tx
        .exec(
            "UPDATE routine_work SET state = $2, record = $3, reason = $4, done_by = $5, done_at = $6, read_by = $7, read_at = $8, \
             mark = $9, remark = $10, version = $11 + 1 WHERE id = $1 AND version = $11",
            crate::args![
                w.id,
                w.state.as_str(),
                record_text(&w.record),
                &w.reason,
                w.done_by,
                w.done,
                w.read_by,
                w.read,
                w.mark.map_or("", Mark::as_str),
                &w.remark,
                w.version
            ],
        )
        .await?;
    if changed == 0 {
        return Err(StoreError::Stale);
    }
    w.version += 1;
    Ok(())
}

/// One occurrence.
///
/// # Errors
/// As [`Read::all`].
pub async fn work(read: &mut Read, id: WorkId) -> StoreResult<Option<Work>> {
    let sql = format!("SELECT {COLUMNS} FROM routine_work w WHERE w.id = $1");
    read.opt::<WorkRow>(&sql, crate::args![id]).await?.map(Work::try_from).transpose()
}

/// What opens after one instant and until another, of everybody, in order of opening.
///
/// # Errors
/// As [`Read::all`].
pub async fn opening(read: &mut Read, after: Timestamp, until: Timestamp) -> StoreResult<Vec<Work>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM routine_work w WHERE w.opens_at > $1 AND w.opens_at <= $2 ORDER BY w.opens_at, w.id"
    );
    works(read.all(&sql, crate::args![after, until]).await?)
}

/// What opens in a span and is a person's own, or anybody's; in order of being due.
///
/// # Errors
/// As [`Read::all`].
pub async fn of_person(
    read: &mut Read,
    person: PersonId,
    after: Timestamp,
    until: Timestamp,
) -> StoreResult<Vec<Work>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM routine_work w WHERE w.person_id IN ($1, 0) AND w.opens_at > $2 AND w.opens_at <= $3 ORDER BY w.due_at, w.id"
    );
    works(read.all(&sql, crate::args![person, after, until]).await?)
}

/// What is open although its limit has passed at an instant.
///
/// # Errors
/// As [`Read::all`].
pub async fn passed(read: &mut Read, now: Timestamp, limit: i64) -> StoreResult<Vec<Work>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM routine_work w WHERE w.state = 'open' AND w.due_at < $1 ORDER BY w.due_at LIMIT $2"
    );
    works(read.all(&sql, crate::args![now, limit]).await?)
}

/// What was submitted and waits for its reader, oldest first.
///
/// # Errors
/// As [`Read::all`].
pub async fn unread(read: &mut Read, routine: RoutineId, limit: i64) -> StoreResult<Vec<Work>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM routine_work w WHERE w.state = 'submitted' AND w.routine_id = $1 ORDER BY w.id LIMIT $2"
    );
    works(read.all(&sql, crate::args![routine, limit]).await?)
}

/// The occurrences of a routine that have opened, newest first, those with ids below `before`.
///
/// # Errors
/// As [`Read::all`].
pub async fn history(
    read: &mut Read,
    routine: RoutineId,
    now: Timestamp,
    before: Option<(Timestamp, WorkId)>,
    limit: i64,
) -> StoreResult<Vec<Work>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM routine_work w WHERE w.routine_id = $1 AND w.opens_at <= $2 AND (w.opens_at < $3 OR (w.opens_at = $3 AND w.id < $4)) \
         ORDER BY w.opens_at DESC, w.id DESC LIMIT $5"
    );
    let (at, id) = before.map_or((i64::MAX, i64::MAX), |(at, id)| (at.as_microsecond(), id.get()));
    works(read.all(&sql, crate::args![routine, now, at, id, limit]).await?)
}
