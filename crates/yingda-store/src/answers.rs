//! Standard answers (标准答案) and their earlier versions.

use yingda_core::answer::{Answer, AnswerState};
use yingda_core::{AnswerId, DepartmentId, PersonId, SheetId};

use crate::args::instant;
use crate::error::{StoreError, StoreResult};
use crate::read::Read;
use crate::write::{Change, Topic, Tx};

type Row = (i64, String, String, String, Option<i64>, String, Option<i64>, i64, i64, i64, i64);
const COLUMNS: &str =
    "id, question, answer, keywords, department_id, state, source_id, uses, updated_at, updated_by, version";

fn answer(row: Row) -> StoreResult<Answer> {
    let (id, question, answer, keywords, department, state, source, uses, updated, updated_by, version) = row;
    Ok(Answer {
        id: AnswerId(id),
        question,
        answer,
        keywords,
        department: department.map(DepartmentId),
        state: AnswerState::parse(&state).ok_or(StoreError::Corrupt { table: "answers", column: "state", row: id })?,
        source: source.map(SheetId),
        uses,
        updated: instant(updated, "answers", "updated_at", id)?,
        updated_by: PersonId(updated_by),
        version,
    })
}

async fn keep_version(tx: &mut Tx, a: &Answer) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO answer_versions (answer_id, version, question, answer, keywords, state, at, by_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        crate::args![a.id, a.version, &a.question, &a.answer, &a.keywords, a.state.as_str(), a.updated, a.updated_by],
    )
    .await?;
    tx.announce(Change { topic: Topic::Answer, id: a.id.get(), version: a.version });
    Ok(())
}

/// Writes a new answer.
///
/// # Errors
/// [`StoreError::Conflict`] where the sheet it comes from has given an answer already.
pub async fn insert(tx: &mut Tx, a: &Answer) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO answers (id, question, answer, keywords, department_id, state, source_id, uses, updated_at, updated_by, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        crate::args![
            a.id, &a.question, &a.answer, &a.keywords, a.department, a.state.as_str(), a.source, a.uses, a.updated, a.updated_by, a.version
        ],
    )
    .await?;
    keep_version(tx, a).await
}

/// Writes a changed answer back; its version grows by one and the earlier text is kept.
///
/// # Errors
/// [`StoreError::Stale`] where somebody else has changed it since.
pub async fn update(tx: &mut Tx, a: &mut Answer) -> StoreResult<()> {
    let changed = tx
        .exec(
            "UPDATE answers SET question = $2, answer = $3, keywords = $4, department_id = $5, state = $6, updated_at = $7, updated_by = $8, \
             version = $9 + 1 WHERE id = $1 AND version = $9",
            crate::args![a.id, &a.question, &a.answer, &a.keywords, a.department, a.state.as_str(), a.updated, a.updated_by, a.version],
        )
        .await?;
    if changed == 0 {
        return Err(StoreError::Stale);
    }
    a.version += 1;
    keep_version(tx, a).await
}

/// Counts that an answer was given to a customer.
///
/// # Errors
/// As [`Read::all`].
pub async fn used(tx: &mut Tx, id: AnswerId) -> StoreResult<()> {
    tx.exec("UPDATE answers SET uses = uses + 1 WHERE id = $1", crate::args![id]).await.map(drop)
}

/// One answer.
///
/// # Errors
/// As [`Read::all`].
pub async fn get(read: &mut Read, id: AnswerId) -> StoreResult<Option<Answer>> {
    let sql = format!("SELECT {COLUMNS} FROM answers WHERE id = $1");
    read.opt::<Row>(&sql, crate::args![id]).await?.map(answer).transpose()
}

/// The answer that came from a contact sheet, if there is one.
///
/// # Errors
/// As [`Read::all`].
pub async fn from_sheet(read: &mut Read, sheet: SheetId) -> StoreResult<Option<Answer>> {
    let sql = format!("SELECT {COLUMNS} FROM answers WHERE source_id = $1");
    read.opt::<Row>(&sql, crate::args![sheet]).await?.map(answer).transpose()
}

/// Answers in one state, newest first, those with ids below `before`, at most `limit`.
///
/// # Errors
/// As [`Read::all`].
pub async fn list(
    read: &mut Read,
    state: AnswerState,
    before: Option<AnswerId>,
    limit: i64,
) -> StoreResult<Vec<Answer>> {
    let sql = format!("SELECT {COLUMNS} FROM answers WHERE state = $1 AND id < $2 ORDER BY id DESC LIMIT $3");
    let before = before.map_or(i64::MAX, AnswerId::get);
    read.all::<Row>(&sql, crate::args![state.as_str(), before, limit]).await?.into_iter().map(answer).collect()
}

/// An earlier text of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerVersion {
    /// Which.
    pub version: i64,
    /// The question then.
    pub question: String,
    /// The text then.
    pub answer: String,
    /// The keywords then.
    pub keywords: String,
    /// The state then.
    pub state: String,
    /// When it was written.
    pub at: jiff::Timestamp,
    /// By whom.
    pub by: PersonId,
}

/// The texts of an answer, newest first.
///
/// # Errors
/// As [`Read::all`].
pub async fn versions(read: &mut Read, id: AnswerId) -> StoreResult<Vec<AnswerVersion>> {
    let rows: Vec<(i64, String, String, String, String, i64, i64)> = read
        .all(
            "SELECT version, question, answer, keywords, state, at, by_id FROM answer_versions WHERE answer_id = $1 ORDER BY version DESC",
            crate::args![id],
        )
        .await?;
    rows.into_iter()
        .map(|(version, question, answer, keywords, state, at, by)| {
            let at = instant(at, "answer_versions", "at", id.get())?;
            Ok(AnswerVersion { version, question, answer, keywords, state, at, by: PersonId(by) })
        })
        .collect()
}
