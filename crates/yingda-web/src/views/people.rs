//! People: who may do what, and in which department.

use askama::Template;

use crate::kit::{Badge, FieldForm, FieldView, Paging, Stale};
use crate::shell::Shell;

/// The list at `/people`.
#[derive(Template, Debug, Clone)]
#[template(path = "people.html")]
pub struct PeoplePage {
    /// Surroundings.
    pub shell: Shell,
    /// Name searched for.
    pub query: FieldView,
    /// People.
    pub rows: Vec<PersonRow>,
    /// Where the list goes on.
    pub paging: Paging,
}

/// A person in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// Address.
    pub href: String,
    /// Name.
    pub name: String,
    /// Sign-in name.
    pub login: String,
    /// Department.
    pub department: String,
    /// Roles in words.
    pub roles: Vec<String>,
    /// Active or locked.
    pub state: Badge,
}

/// The form at `/people/{id}` and `/people/new`.
#[derive(Template, Debug, Clone)]
#[template(path = "person.html")]
pub struct PersonPage {
    /// Surroundings.
    pub shell: Shell,
    /// Public id; none for a new one.
    pub id: Option<String>,
    /// Version for the stale check; empty for a new one.
    pub version: String,
    /// Name, sign-in name, department, phone.
    pub form: FieldForm,
    /// Roles: value, word, what it may do, whether the person has it.
    pub roles: Vec<RoleTick>,
    /// What is wrong with the roles.
    pub roles_error: Option<String>,
    /// Whether the person is active; only an existing one can be locked.
    pub active: bool,
    /// A new first password to hand over, shown once.
    pub first_password: Option<String>,
    /// What somebody else saved meanwhile.
    pub stale: Option<Stale>,
}

/// A role to tick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleTick {
    /// As sent.
    pub value: String,
    /// Word.
    pub label: String,
    /// What it may do.
    pub hint: String,
    /// Ticked.
    pub ticked: bool,
}
