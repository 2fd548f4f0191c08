//! Saved views of the queue: a name for a set of filters.

use yingda_core::{PersonId, ViewId};

use crate::error::StoreResult;
use crate::read::Read;
use crate::write::Tx;

/// A saved view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Its id.
    pub id: ViewId,
    /// What its owner calls it.
    pub name: String,
    /// The filters, as the queue page's query string.
    pub query: String,
}

/// Somebody's views, oldest first.
///
/// # Errors
/// As [`Read::all`].
pub async fn of_person(read: &mut Read, person: PersonId) -> StoreResult<Vec<View>> {
    let rows: Vec<(i64, String, String)> = read
        .all("SELECT id, name, query FROM saved_views WHERE person_id = $1 ORDER BY id", crate::args![person])
        .await?;
    Ok(rows.into_iter().map(|(id, name, query)| View { id: ViewId(id), name, query }).collect())
}

/// Saves a view; one of the same name is replaced.
///
/// # Errors
/// As [`Read::all`].
pub async fn put(tx: &mut Tx, person: PersonId, view: &View) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO saved_views (id, person_id, name, query) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (person_id, name) DO UPDATE SET query = excluded.query",
        crate::args![view.id, person, &view.name, &view.query],
    )
    .await
    .map(drop)
}

/// Renames one of somebody's views.
///
/// # Errors
/// [`crate::StoreError::Conflict`] where they have another of that name.
pub async fn rename(tx: &mut Tx, person: PersonId, id: ViewId, name: &str) -> StoreResult<bool> {
    Ok(tx
        .exec("UPDATE saved_views SET name = $3 WHERE id = $1 AND person_id = $2", crate::args![id, person, name])
        .await?
        == 1)
}

/// Removes one of somebody's views.
///
/// # Errors
/// As [`Read::all`].
pub async fn remove(tx: &mut Tx, person: PersonId, id: ViewId) -> StoreResult<bool> {
    Ok(tx.exec("DELETE FROM saved_views WHERE id = $1 AND person_id = $2", crate::args![id, person]).await? == 1)
}
