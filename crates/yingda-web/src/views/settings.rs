//! What this installation is, for whoever operates it.

use askama::Template;

use crate::shell::Shell;

/// The page at `/settings`.
#[derive(Template, Debug, Clone)]
#[template(path = "settings.html")]
pub struct SettingsPage {
    /// Surroundings.
    pub shell: Shell,
    /// Version, engine, counts.
    pub facts: Vec<Fact>,
    /// Whether some job was given up and somebody has to look.
    pub jobs_failed: bool,
    /// Languages of the sign-in page: name and address.
    pub sign_in: Vec<(String, String)>,
}

/// Something about the installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What.
    pub label: String,
    /// Its value.
    pub value: String,
    /// Where it is looked after.
    pub href: Option<String>,
}
