//! Departments: whom a contact sheet can be sent to, and who heads them.

use askama::Template;

use crate::kit::FieldForm;
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
    /// Idempotency key for a new one; empty otherwise.
    pub key: String,
    /// Name, code, head.
    pub form: FieldForm,
    /// People in it: name and address.
    pub people: Vec<(String, String)>,
}
