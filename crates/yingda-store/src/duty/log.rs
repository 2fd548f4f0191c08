//! What happened to rosters, turns, leave and swaps: by whom and when. Lines are added, never changed.

use jiff::Timestamp;
use yingda_core::{DepartmentId, PersonId};

use crate::args::instant;
use crate::error::StoreResult;
use crate::read::Read;
use crate::write::Tx;

type Row = (i64, i64, Option<i64>, Option<i64>, i64, Option<i64>, String, String);

/// A line. `body` is JSON whose shape belongs to `kind`; sentences are made from it by whoever shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id; later lines have larger ones.
    pub id: i64,
    /// The roster.
    pub department: DepartmentId,
    /// Whom it is about, where it is about one person.
    pub person: Option<PersonId>,
    /// The other one, where it is about two.
    pub other: Option<PersonId>,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it; `None` is the desk itself.
    pub actor: Option<PersonId>,
    /// What happened.
    pub kind: String,
    /// The particulars.
    pub body: String,
}

/// Adds a line.
///
/// # Errors
/// As [`Read::all`].
pub async fn add(tx: &mut Tx, e: &Entry) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO duty_log (id, department_id, person_id, other_id, at, actor_id, kind, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        crate::args![e.id, e.department, e.person, e.other, e.at, e.actor, &e.kind, &e.body],
    )
    .await
    .map(drop)
}

/// A department's lines, or one person's of them, newest first: those with ids below `before`, at most `limit`.
///
/// # Errors
/// As [`Read::all`].
pub async fn page(
    read: &mut Read,
    department: DepartmentId,
    person: Option<PersonId>,
    before: i64,
    limit: i64,
) -> StoreResult<Vec<Entry>> {
    let about = if person.is_some() { "(person_id = $4 OR other_id = $4) AND " } else { "" };
    let sql = format!(
        "SELECT id, department_id, person_id, other_id, at, actor_id, kind, body FROM duty_log \
         WHERE {about}department_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3"
    );
    let mut args = crate::args![department, before, limit].to_vec();
    if let Some(person) = person {
        args.push(person.into());
    }
    let rows: Vec<Row> = read.all(&sql, &args).await?;
    rows.into_iter()
        .map(|(id, department, person, other, at, actor, kind, body)| {
            Ok(Entry {
                id,
                department: DepartmentId(department),
                person: person.map(PersonId),
                other: other.map(PersonId),
                at: instant(at, "duty_log", "at", id)?,
                actor: actor.map(PersonId),
                kind,
                body,
            })
        })
        .collect()
}
