//! What the next page says about what was just done, carried over the redirect in a cookie: a key and its words, no sentence.

use axum::http::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::front::cookies;
use crate::i18n::Tr;
use crate::shell::{Flash, FlashKind};

/// A flash message on its way.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Pending {
    /// `done`, `notice` or `failed`.
    pub kind: String,
    /// The sentence's key; empty for none.
    pub key: String,
    /// Its words.
    pub words: Vec<(String, String)>,
    /// The name of a draft in the browser that may be forgotten now.
    pub draft: Option<String>,
}

impl Pending {
    /// It worked.
    #[must_use]
    pub fn done(key: &str) -> Self {
        Self { kind: "done".to_owned(), key: key.to_owned(), ..Self::default() }
    }

    /// It worked, but look.
    #[must_use]
    pub fn notice(key: &str) -> Self {
        Self { kind: "notice".to_owned(), key: key.to_owned(), ..Self::default() }
    }

    /// It did not work.
    #[must_use]
    pub fn failed(key: &str) -> Self {
        Self { kind: "failed".to_owned(), key: key.to_owned(), ..Self::default() }
    }

    /// With a word for its sentence.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.words.push((name.to_owned(), value.to_string()));
        self
    }

    /// With a draft that is saved for good.
    #[must_use]
    pub fn forgetting(mut self, draft: impl Into<String>) -> Self {
        self.draft = Some(draft.into());
        self
    }

    /// The cookie's value.
    #[must_use]
    pub fn encode(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }

    /// The message that came with a request.
    #[must_use]
    pub fn read(headers: &HeaderMap) -> Option<Self> {
        let value = cookies::read(headers, cookies::FLASH)?;
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(value).ok()?).ok()
    }

    /// As the shell shows it.
    #[must_use]
    pub fn show(&self, t: Tr) -> Option<Flash> {
        if self.key.is_empty() {
            return None;
        }
        let kind = match self.kind.as_str() {
            "done" => FlashKind::Done,
            "failed" => FlashKind::Failed,
            _ => FlashKind::Notice,
        };
        Some(Flash { kind, text: t.with_words(&self.key, &self.words) })
    }
}
