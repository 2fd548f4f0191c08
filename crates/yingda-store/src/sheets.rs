//! Work contact sheets (工作联系单).

use yingda_core::sheet::{Sheet, SheetState};
use yingda_core::{DepartmentId, PersonId, SheetId, TicketId};

use crate::args::{instant, instant_or_none};
use crate::error::{StoreError, StoreResult};
use crate::read::Read;
use crate::write::{Change, Topic, Tx};

const COLUMNS: &str = "id, number, ticket_id, token, from_person_id, from_department_id, to_department_id, question, customer_matter, \
    sent_at, received_at, received_by, due_at, limit_rule, answer, answered_by, answered_at, countersign_required, countersigned_by, \
    countersigned_at, state, version";

#[derive(sqlx::FromRow)]
struct SheetRow {
    id: i64,
    number: String,
    ticket_id: i64,
    token: Option<i64>,
    from_person_id: i64,
    from_department_id: i64,
    to_department_id: i64,
    question: String,
    customer_matter: String,
    sent_at: i64,
    received_at: Option<i64>,
    received_by: Option<i64>,
    due_at: Option<i64>,
    limit_rule: String,
    answer: String,
    answered_by: Option<i64>,
    answered_at: Option<i64>,
    countersign_required: i64,
    countersigned_by: Option<i64>,
    countersigned_at: Option<i64>,
    state: String,
    version: i64,
}

impl TryFrom<SheetRow> for Sheet {
    type Error = StoreError;
    fn try_from(row: SheetRow) -> StoreResult<Self> {
        let at = |value, column| instant_or_none(value, "sheets", column, row.id);
        Ok(Self {
            id: SheetId(row.id),
            number: row.number,
            ticket: TicketId(row.ticket_id),
            token: row.token,
            from_person: PersonId(row.from_person_id),
            from_department: DepartmentId(row.from_department_id),
            to_department: DepartmentId(row.to_department_id),
            question: row.question,
            customer_matter: row.customer_matter,
            sent: instant(row.sent_at, "sheets", "sent_at", row.id)?,
            received: at(row.received_at, "received_at")?,
            received_by: row.received_by.map(PersonId),
            due: at(row.due_at, "due_at")?,
            limit: row.limit_rule,
            answer: row.answer,
            answered_by: row.answered_by.map(PersonId),
            answered: at(row.answered_at, "answered_at")?,
            countersign_required: row.countersign_required != 0,
            countersigned_by: row.countersigned_by.map(PersonId),
            countersigned: at(row.countersigned_at, "countersigned_at")?,
            state: SheetState::parse(&row.state).ok_or(StoreError::Corrupt {
                table: "sheets",
                column: "state",
                row: row.id,
            })?,
            version: row.version,
        })
    }
}

/// Writes a new sheet.
///
/// # Errors
/// As [`Read::all`].
pub async fn insert(tx: &mut Tx, s: &Sheet) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO sheets (id, number, ticket_id, token, from_person_id, from_department_id, to_department_id, question, customer_matter, \
         sent_at, received_at, received_by, due_at, limit_rule, answer, answered_by, answered_at, countersign_required, countersigned_by, \
         countersigned_at, state, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)",
        args(s).as_slice(),
    )
    .await?;
    tx.announce(Change { topic: Topic::Sheet, id: s.id.get(), version: s.version });
    Ok(())
}

/// Writes a changed sheet back; its version grows by one.
///
/// # Errors
/// [`StoreError::Stale`] where somebody else has changed it since.
pub async fn update(tx: &mut Tx, s: &mut Sheet) -> StoreResult<()> {
    let changed = tx
        .exec(
            "UPDATE sheets SET number = $2, ticket_id = $3, token = $4, from_person_id = $5, from_department_id = $6, to_department_id = $7, \
             question = $8, customer_matter = $9, sent_at = $10, received_at = $11, received_by = $12, due_at = $13, limit_rule = $14, \
             answer = $15, answered_by = $16, answered_at = $17, countersign_required = $18, countersigned_by = $19, \
             countersigned_at = $20, state = $21, version = $22 + 1 WHERE id = $1 AND version = $22",
            args(s).as_slice(),
        )
        .await?;
    if changed == 0 {
        return Err(StoreError::Stale);
    }
    s.version += 1;
    tx.announce(Change { topic: Topic::Sheet, id: s.id.get(), version: s.version });
    Ok(())
}

fn args(s: &Sheet) -> Vec<crate::Arg> {
    crate::args![
        s.id,
        &s.number,
        s.ticket,
        s.token,
        s.from_person,
        s.from_department,
        s.to_department,
        &s.question,
        &s.customer_matter,
        s.sent,
        s.received,
        s.received_by,
        s.due,
        &s.limit,
        &s.answer,
        s.answered_by,
        s.answered,
        s.countersign_required,
        s.countersigned_by,
        s.countersigned,
        s.state.as_str(),
        s.version
    ]
    .to_vec()
}

/// One sheet.
///
/// # Errors
/// As [`Read::all`].
pub async fn get(read: &mut Read, id: SheetId) -> StoreResult<Option<Sheet>> {
    let sql = format!("SELECT {COLUMNS} FROM sheets WHERE id = $1");
    read.opt::<SheetRow>(&sql, crate::args![id]).await?.map(Sheet::try_from).transpose()
}

/// The sheets of a ticket, oldest first.
///
/// # Errors
/// As [`Read::all`].
pub async fn of_ticket(read: &mut Read, ticket: TicketId) -> StoreResult<Vec<Sheet>> {
    let sql = format!("SELECT {COLUMNS} FROM sheets WHERE ticket_id = $1 ORDER BY id");
    many(read.all(&sql, crate::args![ticket]).await?)
}

/// A department's sheets in one state, newest first, those with ids below `before`, at most `limit`.
///
/// # Errors
/// As [`Read::all`].
pub async fn inbox(
    read: &mut Read,
    department: DepartmentId,
    state: SheetState,
    before: Option<SheetId>,
    limit: i64,
) -> StoreResult<Vec<Sheet>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM sheets WHERE to_department_id = $1 AND state = $2 AND id < $3 ORDER BY id DESC LIMIT $4"
    );
    let before = before.map_or(i64::MAX, SheetId::get);
    many(read.all(&sql, crate::args![department, state.as_str(), before, limit]).await?)
}

/// The open sheets that somebody sent, oldest first, at most `limit`.
///
/// # Errors
/// As [`Read::all`].
pub async fn open_from(read: &mut Read, person: PersonId, limit: i64) -> StoreResult<Vec<Sheet>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM sheets WHERE from_person_id = $1 AND state IN ('sent', 'received') ORDER BY id LIMIT $2"
    );
    many(read.all(&sql, crate::args![person, limit]).await?)
}

/// How many sheets wait for a department, counted up to `cap`.
///
/// # Errors
/// As [`Read::all`].
pub async fn waiting(read: &mut Read, department: DepartmentId, cap: i64) -> StoreResult<i64> {
    read.number(
        "SELECT count(*) FROM (SELECT 1 FROM sheets WHERE to_department_id = $1 AND state IN ('sent', 'received') LIMIT $2) x",
        crate::args![department, cap],
    )
    .await
}

fn many(rows: Vec<SheetRow>) -> StoreResult<Vec<Sheet>> {
    rows.into_iter().map(Sheet::try_from).collect()
}

/// Sets the due time that the sheet's clock has.
///
/// # Errors
/// As [`Read::all`].
pub async fn set_due(tx: &mut Tx, id: SheetId, due: Option<jiff::Timestamp>) -> StoreResult<()> {
    tx.exec("UPDATE sheets SET due_at = $2 WHERE id = $1", crate::args![id, due]).await.map(drop)
}
