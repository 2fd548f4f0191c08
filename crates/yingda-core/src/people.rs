//! Departments, people and what they are: the roles that decide what somebody may do.
//!
//! Passwords, sessions and tokens are not here: who somebody *is* is settled before an `Actor` exists.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::id::{DepartmentId, PersonId};

/// A role at the desk. A person may have several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// 客服专员
    Agent,
    /// 主管
    Supervisor,
    /// 经理
    Manager,
    /// Member of a department that answers
    Member,
    /// Head of a department that answers
    Head,
    /// 管理员
    Administrator,
}

impl Role {
    /// All roles, in the order in which lists show them.
    pub const ALL: [Self; 6] =
        [Self::Agent, Self::Supervisor, Self::Manager, Self::Member, Self::Head, Self::Administrator];

    /// The word used in files, the database and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Supervisor => "supervisor",
            Self::Manager => "manager",
            Self::Member => "member",
            Self::Head => "head",
            Self::Administrator => "administrator",
        }
    }
}

impl FromStr for Role {
    type Err = UnknownRole;
    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or_else(|| UnknownRole(text.to_owned()))
    }
}

/// A word that names no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown role: {0}")]
pub struct UnknownRole(pub String);

/// The set of roles of one person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Roles(pub BTreeSet<Role>);

impl Roles {
    /// Whether `role` is among them.
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        self.0.contains(&role)
    }

    /// Works at the customer-service desk itself (专员, 主管 or 经理), and so sees every matter.
    #[must_use]
    pub fn at_desk(&self) -> bool {
        self.has(Role::Agent) || self.leads_desk()
    }

    /// Leads the desk (主管 or 经理).
    #[must_use]
    pub fn leads_desk(&self) -> bool {
        self.has(Role::Supervisor) || self.has(Role::Manager)
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(iter: I) -> Self {
        Self(iter.into_iter().collect())
    }
}

impl fmt::Display for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.0.iter().map(|role| role.as_str()).collect();
        f.write_str(&words.join(","))
    }
}

impl FromStr for Roles {
    type Err = UnknownRole;
    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        text.split(',').filter(|word| !word.is_empty()).map(str::parse).collect()
    }
}

/// A department of the company: the desk itself, or one that answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Department {
    /// Its id.
    pub id: DepartmentId,
    /// The word that process files use, e.g. `engineering`.
    pub code: String,
    /// The name that people see, e.g. 工程部.
    pub name: String,
    /// Whether new work may still be given to it.
    pub active: bool,
    /// Grows with every change; an edit names the version that it saw.
    pub version: i64,
}

/// Somebody who can sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// What they type to sign in.
    pub login: String,
    /// The name that others see.
    pub name: String,
    /// Their department; nobody is without one.
    pub department: DepartmentId,
    /// What they are.
    pub roles: Roles,
    /// Whether they may sign in.
    pub active: bool,
    /// `zh-CN` or `en`.
    pub locale: String,
    /// `auto`, `light` or `dark`.
    pub theme: String,
    /// Grows with every change.
    pub version: i64,
}

/// Who asks: the part of a person that decisions need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Their id.
    pub person: PersonId,
    /// Their name, for history lines.
    pub name: String,
    /// Their department.
    pub department: DepartmentId,
    /// What they are.
    pub roles: Roles,
}

impl From<&Person> for Actor {
    fn from(person: &Person) -> Self {
        Self {
            person: person.id,
            name: person.name.clone(),
            department: person.department,
            roles: person.roles.clone(),
        }
    }
}
