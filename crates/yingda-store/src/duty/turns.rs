//! Turns: one person's shift on one day.

use jiff::Timestamp;
use jiff::civil::Date;
use yingda_core::duty::{Origin, Span, Turn, TurnState};
use yingda_core::{DepartmentId, PersonId, ShiftId, TurnId};

use super::{date, list, span, word};
use crate::args::instant_or_none;
use crate::error::{StoreError, StoreResult};
use crate::read::Read;
use crate::write::Tx;

#[derive(sqlx::FromRow)]
struct TurnRow {
    id: i64,
    department_id: i64,
    shift_id: i64,
    person_id: i64,
    day: String,
    from_at: i64,
    to_at: i64,
    state: String,
    origin: String,
    replaces_id: Option<i64>,
    signed_in_at: Option<i64>,
    signed_out_at: Option<i64>,
    absent: i64,
    note: String,
    version: i64,
}

impl TryFrom<TurnRow> for Turn {
    type Error = StoreError;
    fn try_from(row: TurnRow) -> StoreResult<Self> {
        let at = |value, column| instant_or_none(value, "duty_turns", column, row.id);
        Ok(Self {
            id: TurnId(row.id),
            department: DepartmentId(row.department_id),
            shift: ShiftId(row.shift_id),
            person: PersonId(row.person_id),
            day: date(&row.day, "duty_turns", row.id)?,
            span: span(row.from_at, row.to_at, "duty_turns", row.id)?,
            state: word(TurnState::parse, &row.state, "duty_turns", row.id)?,
            origin: word(Origin::parse, &row.origin, "duty_turns", row.id)?,
            replaces: row.replaces_id.map(TurnId),
            signed_in: at(row.signed_in_at, "signed_in_at")?,
            signed_out: at(row.signed_out_at, "signed_out_at")?,
            absent: row.absent == 1,
            note: row.note,
            version: row.version,
        })
    }
}

const TURN: &str = "id, department_id, shift_id, person_id, day, from_at, to_at, state, origin, replaces_id, signed_in_at, signed_out_at, \
    absent, note, version";

fn many(rows: Vec<TurnRow>) -> StoreResult<Vec<Turn>> {
    rows.into_iter().map(Turn::try_from).collect()
}

/// One turn.
///
/// # Errors
/// As [`Read::all`].
pub async fn get(read: &mut Read, id: TurnId) -> StoreResult<Option<Turn>> {
    let sql = format!("SELECT {TURN} FROM duty_turns WHERE id = $1");
    read.opt::<TurnRow>(&sql, crate::args![id]).await?.map(Turn::try_from).transpose()
}

/// A roster's turns of some days, by beginning and person.
///
/// # Errors
/// As [`Read::all`].
pub async fn of_department(
    read: &mut Read,
    department: DepartmentId,
    from: Date,
    until: Date,
) -> StoreResult<Vec<Turn>> {
    let sql = format!(
        "SELECT {TURN} FROM duty_turns WHERE department_id = $1 AND day >= $2 AND day <= $3 ORDER BY day, from_at, shift_id, person_id"
    );
    many(read.all(&sql, crate::args![department, from.to_string(), until.to_string()]).await?)
}

/// The turns of some people that touch a span, on any roster, by beginning.
///
/// # Errors
/// As [`Read::all`].
pub async fn of_people(read: &mut Read, people: &[PersonId], span: Span) -> StoreResult<Vec<Turn>> {
    let sql = format!(
        "SELECT {TURN} FROM duty_turns WHERE person_id IN ({}) AND to_at > $1 AND from_at < $2 ORDER BY from_at, id",
        list(people, PersonId::get)
    );
    many(read.all(&sql, crate::args![span.from, span.to]).await?)
}

/// The turns of a shift on a day, by person.
///
/// # Errors
/// As [`Read::all`].
pub async fn of_shift(read: &mut Read, shift: ShiftId, day: Date) -> StoreResult<Vec<Turn>> {
    let sql = format!("SELECT {TURN} FROM duty_turns WHERE shift_id = $1 AND day = $2 ORDER BY person_id");
    many(read.all(&sql, crate::args![shift, day.to_string()]).await?)
}

/// The published turns of a department in which an instant lies, by person.
///
/// # Errors
/// As [`Read::all`].
pub async fn current(read: &mut Read, department: DepartmentId, at: Timestamp) -> StoreResult<Vec<Turn>> {
    let sql = format!(
        "SELECT {TURN} FROM duty_turns WHERE department_id = $1 AND state = 'published' AND absent = 0 AND to_at > $2 AND from_at <= $2 \
         ORDER BY person_id, id"
    );
    many(read.all(&sql, crate::args![department, at]).await?)
}

/// The published turns of a department that begin at an instant or after it, the next first, at most `limit`.
///
/// # Errors
/// As [`Read::all`].
pub async fn next(read: &mut Read, department: DepartmentId, at: Timestamp, limit: i64) -> StoreResult<Vec<Turn>> {
    let sql = format!(
        "SELECT {TURN} FROM duty_turns WHERE department_id = $1 AND state = 'published' AND absent = 0 AND to_at > $2 AND from_at >= $2 \
         ORDER BY from_at, person_id LIMIT $3"
    );
    many(read.all(&sql, crate::args![department, at, limit]).await?)
}

/// The published turns of a department that end within a span, the earliest end first.
///
/// # Errors
/// As [`Read::all`].
pub async fn ending(read: &mut Read, department: DepartmentId, span: Span) -> StoreResult<Vec<Turn>> {
    let sql = format!(
        "SELECT {TURN} FROM duty_turns WHERE department_id = $1 AND state = 'published' AND absent = 0 AND to_at > $2 AND to_at <= $3 \
         ORDER BY to_at, shift_id, person_id"
    );
    many(read.all(&sql, crate::args![department, span.from, span.to]).await?)
}

/// Somebody's published turns that end after an instant, the earliest first, at most `limit`; on any roster.
///
/// # Errors
/// As [`Read::all`].
pub async fn of_person(read: &mut Read, person: PersonId, after: Timestamp, limit: i64) -> StoreResult<Vec<Turn>> {
    let sql = format!(
        "SELECT {TURN} FROM duty_turns WHERE person_id = $1 AND to_at > $2 AND state = 'published' AND absent = 0 ORDER BY to_at, id LIMIT $3"
    );
    many(read.all(&sql, crate::args![person, after, limit]).await?)
}

/// Whether a department is on duty by a roster: one was published for a shift that may still be planned.
///
/// # Errors
/// As [`Read::all`].
pub async fn has_roster(read: &mut Read, department: DepartmentId) -> StoreResult<bool> {
    let found = read
        .number(
            "SELECT count(*) FROM (SELECT 1 FROM duty_shifts s WHERE s.department_id = $1 AND s.active = 1 \
             AND EXISTS (SELECT 1 FROM duty_turns t WHERE t.shift_id = s.id AND t.state = 'published') LIMIT 1) x",
            crate::args![department],
        )
        .await?;
    Ok(found == 1)
}

/// Writes a new turn.
///
/// # Errors
/// [`StoreError::Conflict`] where the person is on that shift that day already.
pub async fn insert(tx: &mut Tx, t: &Turn) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO duty_turns (id, department_id, shift_id, person_id, day, from_at, to_at, state, origin, replaces_id, signed_in_at, \
         signed_out_at, absent, note, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        args(t).as_slice(),
    )
    .await
    .map(drop)
}

/// Writes a changed turn back; its version grows by one.
///
/// # Errors
/// [`StoreError::Stale`], [`StoreError::Conflict`].
pub async fn update(tx: &mut Tx, t: &mut Turn) -> StoreResult<()> {
    let changed = tx
        .exec(
            "UPDATE duty_turns SET department_id = $2, shift_id = $3, person_id = $4, day = $5, from_at = $6, to_at = $7, state = $8, \
             origin = $9, replaces_id = $10, signed_in_at = $11, signed_out_at = $12, absent = $13, note = $14, version = $15 + 1 \
             WHERE id = $1 AND version = $15",
            args(t).as_slice(),
        )
        .await?;
    if changed == 0 {
        return Err(StoreError::Stale);
    }
    t.version += 1;
    Ok(())
}

fn args(t: &Turn) -> Vec<crate::Arg> {
    crate::args![
        t.id,
        t.department,
        t.shift,
        t.person,
        t.day.to_string(),
        t.span.from,
        t.span.to,
        t.state.as_str(),
        t.origin.as_str(),
        t.replaces,
        t.signed_in,
        t.signed_out,
        t.absent,
        &t.note,
        t.version
    ]
    .to_vec()
}

/// Takes a turn off the roster.
///
/// # Errors
/// As [`Read::all`].
pub async fn remove(tx: &mut Tx, id: TurnId) -> StoreResult<()> {
    tx.exec("DELETE FROM duty_turns WHERE id = $1", crate::args![id]).await.map(drop)
}

/// Publishes what is planned in some days; says how many turns.
///
/// # Errors
/// As [`Read::all`].
pub async fn publish(tx: &mut Tx, department: DepartmentId, from: Date, until: Date) -> StoreResult<u64> {
    tx.exec(
        "UPDATE duty_turns SET state = 'published', version = version + 1 \
         WHERE department_id = $1 AND day >= $2 AND day <= $3 AND state = 'planned'",
        crate::args![department, from.to_string(), until.to_string()],
    )
    .await
}

/// Throws planned turns of some days away, all of them or those of one origin; says how many.
///
/// # Errors
/// As [`Read::all`].
pub async fn clear(
    tx: &mut Tx,
    department: DepartmentId,
    from: Date,
    until: Date,
    only: Option<Origin>,
) -> StoreResult<u64> {
    tx.exec(
        "DELETE FROM duty_turns WHERE department_id = $1 AND day >= $2 AND day <= $3 AND state = 'planned' AND (origin = $4 OR $4 = '')",
        crate::args![department, from.to_string(), until.to_string(), only.map_or("", Origin::as_str)],
    )
    .await
}

/// How many turns of some days are published.
///
/// # Errors
/// As [`Read::all`].
pub async fn published(read: &mut Read, department: DepartmentId, from: Date, until: Date) -> StoreResult<i64> {
    read.number(
        "SELECT count(*) FROM duty_turns WHERE department_id = $1 AND day >= $2 AND day <= $3 AND state = 'published'",
        crate::args![department, from.to_string(), until.to_string()],
    )
    .await
}

/// How many open tickets each of some people has; those without any are left out.
///
/// # Errors
/// As [`Read::all`].
pub async fn loads(read: &mut Read, people: &[PersonId]) -> StoreResult<Vec<(PersonId, i64)>> {
    let sql = format!(
        "SELECT assignee_id, count(*) FROM tickets WHERE closed_at IS NULL AND assignee_id IN ({}) GROUP BY assignee_id",
        list(people, PersonId::get)
    );
    let rows: Vec<(i64, i64)> = read.all(&sql, &[]).await?;
    Ok(rows.into_iter().map(|(person, load)| (PersonId(person), load)).collect())
}
