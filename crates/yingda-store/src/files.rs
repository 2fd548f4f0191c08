//! Attachments: what is known of each; the bytes lie outside the database, under their digest.

use yingda_core::{AttachmentId, PersonId, SheetId, TicketId};

use crate::args::instant;
use crate::error::StoreResult;
use crate::read::Read;
use crate::write::Tx;

/// A file kept with a ticket or a contact sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its id.
    pub id: AttachmentId,
    /// The ticket it belongs to.
    pub ticket: Option<TicketId>,
    /// The contact sheet it belongs to.
    pub sheet: Option<SheetId>,
    /// Its name as it was uploaded.
    pub name: String,
    /// What it was found to be, by its content.
    pub media_type: String,
    /// In bytes.
    pub size: i64,
    /// SHA-256 of the content, in hexadecimal.
    pub digest: String,
    /// Who brought it.
    pub by: PersonId,
    /// When.
    pub at: jiff::Timestamp,
}

type Row = (i64, Option<i64>, Option<i64>, String, String, i64, String, i64, i64);
const COLUMNS: &str = "id, ticket_id, sheet_id, name, media_type, size, digest, uploaded_by, at";

fn attachment((id, ticket, sheet, name, media_type, size, digest, by, at): Row) -> StoreResult<Attachment> {
    Ok(Attachment {
        id: AttachmentId(id),
        ticket: ticket.map(TicketId),
        sheet: sheet.map(SheetId),
        name,
        media_type,
        size,
        digest,
        by: PersonId(by),
        at: instant(at, "attachments", "at", id)?,
    })
}

/// Writes a new attachment.
///
/// # Errors
/// As [`Read::all`].
pub async fn insert(tx: &mut Tx, a: &Attachment) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO attachments (id, ticket_id, sheet_id, name, media_type, size, digest, uploaded_by, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        crate::args![a.id, a.ticket, a.sheet, &a.name, &a.media_type, a.size, &a.digest, a.by, a.at],
    )
    .await
    .map(drop)
}

/// One attachment that has not been removed.
///
/// # Errors
/// As [`Read::all`].
pub async fn get(read: &mut Read, id: AttachmentId) -> StoreResult<Option<Attachment>> {
    let sql = format!("SELECT {COLUMNS} FROM attachments WHERE id = $1 AND removed_at IS NULL");
    read.opt::<Row>(&sql, crate::args![id]).await?.map(attachment).transpose()
}

/// The attachments of a ticket, oldest first.
///
/// # Errors
/// As [`Read::all`].
pub async fn of_ticket(read: &mut Read, ticket: TicketId) -> StoreResult<Vec<Attachment>> {
    let sql = format!("SELECT {COLUMNS} FROM attachments WHERE ticket_id = $1 AND removed_at IS NULL ORDER BY id");
    read.all::<Row>(&sql, crate::args![ticket]).await?.into_iter().map(attachment).collect()
}

/// Marks an attachment as removed; gives whether it was there.
///
/// # Errors
/// As [`Read::all`].
pub async fn remove(tx: &mut Tx, id: AttachmentId, at: jiff::Timestamp) -> StoreResult<bool> {
    Ok(tx
        .exec("UPDATE attachments SET removed_at = $2 WHERE id = $1 AND removed_at IS NULL", crate::args![id, at])
        .await?
        == 1)
}

/// Whether anything still refers to these bytes.
///
/// # Errors
/// As [`Read::all`].
pub async fn in_use(read: &mut Read, digest: &str) -> StoreResult<bool> {
    Ok(read
        .number(
            "SELECT count(*) FROM (SELECT 1 FROM attachments WHERE digest = $1 AND removed_at IS NULL LIMIT 1) x",
            crate::args![digest],
        )
        .await?
        > 0)
}
