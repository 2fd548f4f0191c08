//! 我的账户: password, sessions, API tokens, language and colours.

use askama::Template;

use crate::kit::{FieldForm, FieldView, Moment};
use crate::shell::Shell;

/// The page at `/account`.
#[derive(Template, Debug, Clone)]
#[template(path = "account.html")]
pub struct AccountPage {
    /// Surroundings.
    pub shell: Shell,
    /// Old password, new one twice.
    pub password: FieldForm,
    /// Open sessions, this one first.
    pub sessions: Vec<SessionRow>,
    /// API tokens.
    pub tokens: Vec<TokenRow>,
    /// Name of a new token.
    pub token_name: FieldView,
    /// A token just made, shown once.
    pub new_token: Option<String>,
}

/// An open session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// Public id.
    pub id: String,
    /// Browser and system in words.
    pub device: String,
    /// Address it came from.
    pub address: String,
    /// Last seen.
    pub seen: Moment,
    /// Whether it is this one.
    pub current: bool,
}

/// An API token; its value is never shown again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRow {
    /// Public id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Made.
    pub made: Moment,
    /// Last used.
    pub used: Option<Moment>,
}
