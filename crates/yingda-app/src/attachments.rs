//! Files kept with a ticket: checked by size and by what they really are, stored under their digest outside the database.
//!
//! The bytes are on disk, synced, before the row that names them is written; bytes that no row names are removed by a job.

use std::path::PathBuf;

use serde_json::json;
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;
use tokio::sync::RwLock;
use yingda_core::{Action, Actor, AttachmentId, Context, JobId, Refusal, TicketId};
use yingda_store::files::{self, Attachment};
use yingda_store::jobs;

use crate::once::Once;
use crate::secret::hex;
use crate::ticket::hold;
use crate::{App, AppError, AppResult};

/// Largest file that any process may allow, in bytes.
pub const LARGEST: u64 = 50 * 1024 * 1024;

/// What is taken where a process does not say otherwise.
const TYPES: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "webp", "bmp", "heic", "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "wps",
    "et", "txt", "csv", "log", "md", "zip", "rar", "7z", "mp3", "wav", "m4a", "amr", "ogg", "mp4", "mov", "avi", "eml",
];

/// Uploads share it from the moment they rely on bytes until a row names them; removing bytes takes it alone, so that nothing
/// goes that somebody is bringing again.
static BYTES: RwLock<()> = RwLock::const_new(());

/// A file as it was uploaded.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Its name, as the browser says it.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// An attachment to serve.
#[derive(Debug, Clone)]
pub struct Served {
    /// What is known of it.
    pub attachment: Attachment,
    /// Where its bytes lie.
    pub path: PathBuf,
}

impl App {
    /// Keeps a file with a ticket.
    ///
    /// # Errors
    /// [`Refusal::TooLarge`], [`Refusal::FileType`], [`Refusal::NotAllowed`]; [`AppError::House`] where the disk refuses.
    pub async fn attach(&self, ctx: &Context, actor: &Actor, id: TicketId, upload: Upload) -> AppResult<AttachmentId> {
        self.attach_once(ctx, actor, id, upload, Once::unkeyed()).await
    }

    /// The same for a program that may repeat itself.
    ///
    /// # Errors
    /// As [`App::attach`].
    pub async fn attach_once(
        &self,
        ctx: &Context,
        actor: &Actor,
        id: TicketId,
        upload: Upload,
        once: Once,
    ) -> AppResult<AttachmentId> {
        let mut read = self.store().read().await?;
        let held = hold(&mut read, actor, Action::Annotate, id).await?;
        drop(read);
        let rules = &self.definition(held.ticket.definition)?.definition.attachments;
        let limit = (u64::from(rules.max_mb) * 1024 * 1024).min(LARGEST);
        if upload.bytes.len() as u64 > limit {
            return Err(Refusal::TooLarge { limit }.into());
        }
        let name = clean_name(&upload.name);
        let media_type = check_type(&name, &upload.bytes, &rules.types)?;
        let digest = hex(&Sha256::digest(&upload.bytes));
        let relied_on = BYTES.read().await;
        let id_of_file = ctx.id(AttachmentId);
        self.keep_bytes(&digest, id_of_file, &upload.bytes).await?;
        let attachment = Attachment {
            id: id_of_file,
            ticket: Some(id),
            sheet: None,
            name,
            media_type,
            size: i64::try_from(upload.bytes.len()).unwrap_or(i64::MAX),
            digest: digest.clone(),
            by: actor.person,
            at: ctx.now,
        };
        let (ctx, actor) = (ctx.clone(), actor.clone());
        let written = self
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    if let Some(before) = once.before(tx, actor.person).await? {
                        return before.parse().map_err(|_| Refusal::KeyReused.into());
                    }
                    hold(tx, &actor, Action::Annotate, id).await?;
                    files::insert(tx, &attachment).await?;
                    let body = json!({ "attachment": attachment.id, "name": attachment.name, "size": attachment.size });
                    crate::apply::record(tx, &ctx, Some(&actor), id, "attached", &body).await?;
                    once.remember(tx, &ctx, actor.person, &attachment.id.to_string()).await?;
                    Ok(attachment.id)
                })
            })
            .await;
        drop(relied_on);
        if written.is_err() {
            // Nothing names the bytes now; a failure to remove them costs disk, never data.
            if let Err(left) = self.drop_bytes_if_unused(&digest).await {
                tracing::warn!(%left, digest, "the bytes of a refused upload stay on disk");
            }
        }
        written
    }

    /// Takes a file off a ticket. Its line of history stays; its bytes go by a job.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotAllowed`], [`Refusal::TicketEnded`].
    pub async fn detach(&self, ctx: &Context, actor: &Actor, attachment: AttachmentId) -> AppResult<TicketId> {
        let (ctx, actor) = (ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let found = files::get(tx, attachment).await?.ok_or(Refusal::NotFound)?;
                    let ticket = found.ticket.ok_or(Refusal::NotFound)?;
                    let held = hold(tx, &actor, Action::Annotate, ticket).await?;
                    if !held.ticket.state.is_running() {
                        return Err(Refusal::TicketEnded.into());
                    }
                    if found.by != actor.person && !actor.roles.leads_desk() {
                        return Err(Refusal::NotAllowed.into());
                    }
                    if files::remove(tx, attachment, ctx.now).await? {
                        let payload = json!({ "digest": found.digest }).to_string();
                        let key = format!("drop-bytes:{attachment}");
                        jobs::add(tx, ctx.id(JobId), crate::upkeep::DROP_BYTES, &key, &payload, ctx.now).await?;
                        let body = json!({ "attachment": attachment, "name": found.name });
                        crate::apply::record(tx, &ctx, Some(&actor), ticket, "detached", &body).await?;
                    }
                    Ok(ticket)
                })
            })
            .await
    }

    /// An attachment for whoever may see its ticket.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub async fn attachment(&self, actor: &Actor, id: AttachmentId) -> AppResult<Served> {
        let mut read = self.store().read().await?;
        let attachment = files::get(&mut read, id).await?.ok_or(Refusal::NotFound)?;
        let ticket = attachment.ticket.ok_or(Refusal::NotFound)?;
        hold(&mut read, actor, Action::SeeTicket, ticket).await?;
        let path = self.bytes_path(&attachment.digest);
        Ok(Served { attachment, path })
    }

    fn bytes_path(&self, digest: &str) -> PathBuf {
        self.files().join(digest.get(..2).unwrap_or("00")).join(digest)
    }

    async fn keep_bytes(&self, digest: &str, id: AttachmentId, bytes: &[u8]) -> AppResult<()> {
        let disk = |e: std::io::Error| AppError::House(format!("the attachment cannot be written: {e}"));
        let path = self.bytes_path(digest);
        if tokio::fs::try_exists(&path).await.map_err(disk)? {
            return Ok(());
        }
        let folder = path.parent().map(PathBuf::from).unwrap_or_default();
        tokio::fs::create_dir_all(&folder).await.map_err(disk)?;
        // Whole under its name or not there at all: a crash in mid-write leaves only a part file. Each upload has its own, because
        // several may bring the same bytes at once.
        let part = folder.join(format!("{digest}.{id}.part"));
        let mut file = tokio::fs::File::create(&part).await.map_err(disk)?;
        file.write_all(bytes).await.map_err(disk)?;
        file.sync_all().await.map_err(disk)?;
        drop(file);
        tokio::fs::rename(&part, &path).await.map_err(disk)?;
        // The name is as durable as the bytes only once its folder is written too.
        tokio::fs::File::open(&folder).await.map_err(disk)?.sync_all().await.map_err(disk)
    }

    /// Removes bytes that no attachment names any more; safe to run twice or late.
    ///
    /// # Errors
    /// [`AppError::Store`], [`AppError::House`].
    pub(crate) async fn drop_bytes_if_unused(&self, digest: &str) -> AppResult<()> {
        let _alone = BYTES.write().await;
        let mut read = self.store().read().await?;
        if files::in_use(&mut read, digest).await? {
            return Ok(());
        }
        drop(read);
        match tokio::fs::remove_file(self.bytes_path(digest)).await {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(AppError::House(format!("the attachment cannot be removed: {error}")))
            }
            _ => Ok(()),
        }
    }
}

/// The last part of the name, without what file systems and headers stumble over.
fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String =
        last.chars().filter(|c| !c.is_control() && !"<>:\"|?*\u{202e}\u{202d}".contains(*c)).take(120).collect();
    let clean = clean.trim_matches(['.', ' ']).to_owned();
    if clean.is_empty() { "file".to_owned() } else { clean }
}

/// What the content is; refuses what the process does not take, and what is not what its name says.
fn check_type(name: &str, bytes: &[u8], allowed: &[String]) -> Result<String, Refusal> {
    let extension = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
    let taken = if allowed.is_empty() { TYPES.contains(&extension.as_str()) } else { allowed.contains(&extension) };
    if !taken {
        return Err(Refusal::FileType { found: if extension.is_empty() { "?".to_owned() } else { extension } });
    }
    let found = infer::get(bytes);
    let wrong = |found: &str| Err(Refusal::FileType { found: found.to_owned() });
    match found.map(|kind| (kind.matcher_type(), kind.mime_type())) {
        Some((infer::MatcherType::App, mime)) if mime != "application/wasm" || extension != "wasm" => wrong(mime),
        Some((infer::MatcherType::Text, mime)) => wrong(mime),
        Some((infer::MatcherType::Image, mime)) => {
            if ["png", "jpg", "jpeg", "gif", "webp", "bmp", "heic"].contains(&extension.as_str()) {
                Ok(mime.to_owned())
            } else {
                wrong(mime)
            }
        }
        Some((_, mime)) => {
            if ["png", "jpg", "jpeg", "gif", "webp", "bmp", "txt", "csv", "log", "md"].contains(&extension.as_str()) {
                wrong(mime)
            } else {
                Ok(mime.to_owned())
            }
        }
        None => match extension.as_str() {
            "txt" | "csv" | "log" | "md" | "eml" if !bytes.contains(&0) => Ok("text/plain".to_owned()),
            "png" | "jpg" | "jpeg" | "gif" | "webp" | "bmp" | "pdf" | "docx" | "xlsx" | "pptx" | "zip" => {
                wrong("unknown")
            }
            _ => Ok("application/octet-stream".to_owned()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

    #[test]
    fn a_file_must_be_what_its_name_says() {
        assert_eq!(check_type("图.png", PNG, &[]), Ok("image/png".to_owned()));
        assert!(check_type("图.pdf", PNG, &[]).is_err());
        assert!(check_type("报告.exe", b"MZ\x90\0", &[]).is_err());
        assert!(
            check_type("报告.pdf", b"MZ\x90\0aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", &[])
                .is_err()
        );
        assert!(check_type("页.txt", b"<!DOCTYPE html><script>", &[]).is_err());
        assert_eq!(check_type("记录.txt", "你好".as_bytes(), &[]), Ok("text/plain".to_owned()));
        assert!(check_type("图.png", PNG, &["pdf".to_owned()]).is_err());
    }

    #[test]
    fn names_lose_their_paths_and_tricks() {
        assert_eq!(clean_name("C:\\fakepath\\照片.png"), "照片.png");
        assert_eq!(clean_name("../../etc/passwd"), "passwd");
        assert_eq!(clean_name("  ..  "), "file");
    }
}
