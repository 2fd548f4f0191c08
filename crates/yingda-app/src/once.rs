//! Requests that must not happen twice: a double click, a retry after a lost answer.
//!
//! The key's memory is written in the same transaction as the effect, so either both happened or neither.

use sha2::{Digest, Sha256};
use yingda_core::{Context, PersonId, Refusal};
use yingda_store::{Tx, settings};

use crate::AppResult;
use crate::secret::hex;

/// The longest key that is taken, in bytes.
pub const LONGEST_KEY: usize = 200;

/// A request's key and what it asked for.
#[derive(Debug, Clone, Default)]
pub struct Once {
    key: Option<String>,
    fingerprint: String,
}

impl Once {
    /// A request without a key: happens as often as it is made.
    #[must_use]
    pub fn unkeyed() -> Self {
        Self::default()
    }

    /// A request under a key; `parts` are what it asks for. An empty key is none.
    #[must_use]
    pub fn keyed(key: Option<&str>, parts: &[&str]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        let key = key.filter(|key| !key.is_empty()).map(|key| key.chars().take(LONGEST_KEY).collect());
        Self { key, fingerprint: hex(&hash.finalize()) }
    }

    /// What the same request gave before, if it was made before.
    pub(crate) async fn before(&self, tx: &mut Tx, person: PersonId) -> AppResult<Option<String>> {
        let Some(key) = &self.key else {
            return Ok(None);
        };
        match settings::key(tx, person, key).await? {
            None => Ok(None),
            Some((fingerprint, result)) if fingerprint == self.fingerprint => Ok(Some(result)),
            Some(_) => Err(Refusal::KeyReused.into()),
        }
    }

    /// Remembers what it gave.
    pub(crate) async fn remember(&self, tx: &mut Tx, ctx: &Context, person: PersonId, result: &str) -> AppResult<()> {
        if let Some(key) = &self.key {
            settings::remember_key(tx, person, key, &self.fingerprint, result, ctx.now).await?;
        }
        Ok(())
    }
}
