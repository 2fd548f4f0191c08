//! Settings of the whole desk, in groups; and what this installation is, for whoever operates it.

use askama::Template;

use crate::kit::FieldForm;
use crate::shell::Shell;

/// The page at `/settings`.
#[derive(Template, Debug, Clone)]
#[template(path = "settings.html")]
pub struct SettingsPage {
    /// Surroundings.
    pub shell: Shell,
    /// Groups; each is saved by itself.
    pub groups: Vec<SettingsGroup>,
    /// Version, engine, data folder …: label and value.
    pub facts: Vec<(String, String)>,
}

/// Settings that are saved together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsGroup {
    /// Name in the address.
    pub name: String,
    /// Title.
    pub title: String,
    /// Version for the stale check.
    pub version: String,
    /// Fields.
    pub form: FieldForm,
}
