//! Tables that wait between being looked at and being taken in: kept beside the attachments for an hour, for whoever brought them.
//!
//! The one thing to know: the name of a kept table holds its person, the moment and the digest, so that nobody else's name for it
//! opens it, its age is known without a row in the database, and what was checked is what is taken in.

use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use yingda_core::{Action, Actor, Context, PersonId, Subject, can};

use crate::secret::hex;
use crate::{App, AppError, AppResult};

/// How long a table is kept.
pub const KEPT: SignedDuration = SignedDuration::from_hours(1);

/// A kept table, as its page names it: `<microseconds>-<digest>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptTable {
    at: Timestamp,
    digest: String,
}

impl KeptTable {
    /// Reads the name; `None` for anything else.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let (micros, digest) = name.split_once('-')?;
        let at = Timestamp::from_microsecond(micros.parse().ok()?).ok()?;
        let is_digest = digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        is_digest.then(|| Self { at, digest: digest.to_owned() })
    }

    /// SHA-256 of the content, in hex.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }
}

impl std::fmt::Display for KeptTable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.at.as_microsecond(), self.digest)
    }
}

fn disk(error: &std::io::Error) -> AppError {
    AppError::House(format!("the folder of waiting tables: {error}"))
}

impl App {
    fn tables(&self) -> PathBuf {
        self.files().join("imports")
    }

    fn table_path(&self, person: PersonId, kept: &KeptTable) -> PathBuf {
        self.tables().join(format!("{kept}-{}", person.get()))
    }

    /// Keeps a table for [`KEPT`].
    ///
    /// # Errors
    /// [`yingda_core::Refusal::NotAllowed`]; [`AppError::House`] where the disk refuses.
    pub async fn keep_table(&self, ctx: &Context, actor: &Actor, bytes: &[u8]) -> AppResult<KeptTable> {
        can(actor, Action::Import, Subject::Desk)?;
        let kept = KeptTable { at: ctx.now, digest: hex(&Sha256::digest(bytes)) };
        tokio::fs::create_dir_all(self.tables()).await.map_err(|e| disk(&e))?;
        // Without a sync: a table that a crash loses is asked for again, and one cut short has another digest.
        tokio::fs::write(self.table_path(actor.person, &kept), bytes).await.map_err(|e| disk(&e))?;
        Ok(kept)
    }

    /// A kept table's content; `None` where its time has passed, or where somebody else brought it.
    ///
    /// # Errors
    /// [`yingda_core::Refusal::NotAllowed`]; [`AppError::House`] where the disk refuses.
    pub async fn kept_table(&self, ctx: &Context, actor: &Actor, kept: &KeptTable) -> AppResult<Option<Vec<u8>>> {
        can(actor, Action::Import, Subject::Desk)?;
        if kept.at + KEPT <= ctx.now {
            return Ok(None);
        }
        match tokio::fs::read(self.table_path(actor.person, kept)).await {
            Ok(bytes) => Ok(Some(bytes).filter(|bytes| hex(&Sha256::digest(bytes)) == kept.digest)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(disk(&error)),
        }
    }

    /// Removes the tables whose time has passed; gives how many. Safe to run twice or late.
    pub(crate) async fn drop_old_tables(&self, now: Timestamp) -> AppResult<usize> {
        let mut folder = match tokio::fs::read_dir(self.tables()).await {
            Ok(folder) => folder,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0),
            Err(error) => return Err(disk(&error)),
        };
        let mut dropped = 0;
        while let Some(entry) = folder.next_entry().await.map_err(|e| disk(&e))? {
            let name = entry.file_name();
            let kept =
                name.to_str().and_then(|name| name.rsplit_once('-')).and_then(|(kept, _)| KeptTable::parse(kept));
            if kept.is_some_and(|kept| kept.at + KEPT <= now) {
                match tokio::fs::remove_file(entry.path()).await {
                    Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(disk(&error)),
                    _ => dropped += 1,
                }
            }
        }
        Ok(dropped)
    }
}
