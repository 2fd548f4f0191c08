//! Departments: whom a contact sheet can be sent to, and who heads them.

use askama::Template;

use crate::kit::{Badge, FieldForm, Stale};
use crate::shell::Shell;

/// The list at `/departments`.
#[derive(Template, Debug, Clone)]
#[template(path = "departments.html")]
pub struct DepartmentsPage {
    /// Surroundings.
    pub shell: Shell,
    /// Departments.
    pub rows: Vec<DepartmentRow>,
}

/// A department in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepartmentRow {
    /// Address.
    pub href: String,
    /// Name.
    pub name: String,
    /// Name that process files use, such as `engineering`.
    pub code: String,
    /// Its head; empty when it has none.
    pub head: String,
    /// Whether somebody ought to head it and nobody does.
    pub headless: bool,
    /// Open for new work, or not.
    pub state: Badge,
    /// People in it.
    pub people: String,
}

/// The form at `/departments/{id}` and `/departments/new`.
#[derive(Template, Debug, Clone)]
#[template(path = "department.html")]
pub struct DepartmentPage {
    /// Surroundings.
    pub shell: Shell,
    /// Public id; none for a new one.
    pub id: Option<String>,
    /// Version for the stale check; empty for a new one.
    pub version: String,
    /// Name that process files use, for an existing one: it stays.
    pub code: String,
    /// Name; code of a new one, whether an existing one is open for new work.
    pub form: FieldForm,
    /// What somebody else saved meanwhile.
    pub stale: Option<Stale>,
    /// People in it: name and address.
    pub people: Vec<(String, String)>,
}
