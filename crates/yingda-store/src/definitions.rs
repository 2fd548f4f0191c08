//! Process files that were let in: every version is kept, because running tickets stay on theirs.

use yingda_core::DefinitionId;

use crate::args::instant;
use crate::error::StoreResult;
use crate::read::Read;
use crate::write::Tx;

/// A stored version of a process file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDefinition {
    /// Its id.
    pub id: DefinitionId,
    /// The process's id, the same for all its versions.
    pub process: String,
    /// The process's name.
    pub name: String,
    /// The document's version number.
    pub number: String,
    /// SHA-256 of the text, in hexadecimal.
    pub digest: String,
    /// The text of the file.
    pub source: String,
    /// Whether new tickets start under it.
    pub current: bool,
    /// When it was let in.
    pub created: jiff::Timestamp,
}

type Row = (i64, String, String, String, String, String, i64, i64);
const COLUMNS: &str = "id, process, name, number, digest, source, current, created_at";

fn definition((id, process, name, number, digest, source, current, created): Row) -> StoreResult<StoredDefinition> {
    Ok(StoredDefinition {
        id: DefinitionId(id),
        process,
        name,
        number,
        digest,
        source,
        current: current == 1,
        created: instant(created, "definitions", "created_at", id)?,
    })
}

/// All versions of all processes, oldest first.
///
/// # Errors
/// As [`Read::all`].
pub async fn all(read: &mut Read) -> StoreResult<Vec<StoredDefinition>> {
    let sql = format!("SELECT {COLUMNS} FROM definitions ORDER BY id");
    read.all::<Row>(&sql, &[]).await?.into_iter().map(definition).collect()
}

/// Writes a version and makes it the one that new tickets start under.
///
/// # Errors
/// [`crate::StoreError::Conflict`] where the same text is there already.
pub async fn insert_current(tx: &mut Tx, d: &StoredDefinition) -> StoreResult<()> {
    tx.exec("UPDATE definitions SET current = 0 WHERE process = $1", crate::args![&d.process]).await?;
    tx.exec(
        "INSERT INTO definitions (id, process, name, number, digest, source, current, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        crate::args![d.id, &d.process, &d.name, &d.number, &d.digest, &d.source, d.current, d.created],
    )
    .await
    .map(drop)
}

/// Makes an earlier version the current one again.
///
/// # Errors
/// As [`Read::all`].
pub async fn make_current(tx: &mut Tx, process: &str, id: DefinitionId) -> StoreResult<()> {
    tx.exec("UPDATE definitions SET current = 0 WHERE process = $1", crate::args![process]).await?;
    tx.exec("UPDATE definitions SET current = 1 WHERE id = $1", crate::args![id]).await.map(drop)
}
