//! When a page cannot be given: what happened, that nothing is lost, what to do next, and the number to quote.

use askama::Template;

use crate::shell::Shell;

/// What kind of refusal or failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// 400
    BadRequest,
    /// 403
    Forbidden,
    /// 404
    NotFound,
    /// 409
    Conflict,
    /// 413
    TooLarge,
    /// 422
    Unprocessable,
    /// 429
    TooMany,
    /// 500
    Internal,
    /// 503
    Unavailable,
}

impl ErrorKind {
    /// All.
    pub const ALL: [Self; 9] = [
        Self::BadRequest,
        Self::Forbidden,
        Self::NotFound,
        Self::Conflict,
        Self::TooLarge,
        Self::Unprocessable,
        Self::TooMany,
        Self::Internal,
        Self::Unavailable,
    ];

    /// HTTP status.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Conflict => 409,
            Self::TooLarge => 413,
            Self::Unprocessable => 422,
            Self::TooMany => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }

    /// The heading.
    #[must_use]
    pub fn title(&self, t: &crate::i18n::Tr) -> String {
        t.say(&format!("error-{}", self.status()))
    }

    /// What it means and what to do.
    #[must_use]
    pub fn advice(&self, t: &crate::i18n::Tr) -> String {
        t.say(&format!("error-{}-advice", self.status()))
    }
}

/// A page in place of the one asked for.
#[derive(Template, Debug, Clone)]
#[template(path = "error.html")]
pub struct ErrorPage {
    /// Surroundings; without anybody, because who it was may not be known.
    pub shell: Shell,
    /// What happened.
    pub kind: ErrorKind,
    /// The sentence of the refusal itself, where there is one that a person may read.
    pub detail: Option<String>,
    /// The number under which the cause is logged.
    pub request_id: String,
}
