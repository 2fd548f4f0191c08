//! People and departments: names for everybody, logins and roles for administrators.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use yingda_app::Directory;
use yingda_core::{Department, DepartmentId, Person, PersonId};

use crate::api::shapes::words::RoleWord;

/// Somebody, by id and name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PersonRef {
    /// Their id.
    #[schema(value_type = String, example = "usr_0c8x4m2p00400")]
    pub id: PersonId,
    /// Their name.
    #[schema(example = "王芳")]
    pub name: String,
}

/// A department, by id and name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DepartmentRef {
    /// Its id.
    #[schema(value_type = String, example = "dep_0c8x4m2p00400")]
    pub id: DepartmentId,
    /// Its name.
    #[schema(example = "工程部")]
    pub name: String,
}

impl PersonRef {
    pub(crate) fn of(id: PersonId, names: &Directory) -> Self {
        Self { id, name: names.person_name(id) }
    }
}

impl DepartmentRef {
    pub(crate) fn of(id: DepartmentId, names: &Directory) -> Self {
        Self { id, name: names.department_name(id) }
    }
}

/// A person.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PersonShape {
    /// Their id.
    #[schema(value_type = String, example = "usr_0c8x4m2p00400")]
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Their department.
    pub department: DepartmentRef,
    /// Whether they may sign in.
    pub active: bool,
    /// What only administrators are told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<Account>,
}

/// A person's account.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Account {
    /// What they type to sign in.
    pub login: String,
    /// What they are.
    pub roles: Vec<RoleWord>,
    /// Grows with every change; an edit names the version that it saw.
    pub version: i64,
}

impl PersonShape {
    pub(crate) fn of(person: &Person, names: &Directory, with_account: bool) -> Self {
        let account = || Account {
            login: person.login.clone(),
            roles: person.roles.0.iter().map(|role| RoleWord::from(*role)).collect(),
            version: person.version,
        };
        Self {
            id: person.id,
            name: person.name.clone(),
            department: DepartmentRef::of(person.department, names),
            active: person.active,
            account: with_account.then(account),
        }
    }
}

/// A department.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DepartmentShape {
    /// Its id.
    #[schema(value_type = String, example = "dep_0c8x4m2p00400")]
    pub id: DepartmentId,
    /// The word that process files and forms use.
    #[schema(example = "engineering")]
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether new work may still be given to it.
    pub active: bool,
    /// Grows with every change; an edit names the version that it saw.
    pub version: i64,
}

impl From<&Department> for DepartmentShape {
    fn from(department: &Department) -> Self {
        Self {
            id: department.id,
            code: department.code.clone(),
            name: department.name.clone(),
            active: department.active,
            version: department.version,
        }
    }
}

/// Whose token this is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Me {
    /// Their id.
    #[schema(value_type = String, example = "usr_0c8x4m2p00400")]
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// What they type to sign in.
    pub login: String,
    /// Their department.
    pub department: DepartmentRef,
    /// What they are.
    pub roles: Vec<RoleWord>,
    /// `zh-CN` or `en`.
    pub locale: String,
}

/// A new person.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPerson {
    /// 2 to 60 letters, digits or `. _ - @`.
    pub login: String,
    /// Their name.
    pub name: String,
    /// Their department.
    #[schema(value_type = String, example = "dep_0c8x4m2p00400")]
    pub department: DepartmentId,
    /// What they are; at least one.
    pub roles: Vec<RoleWord>,
    /// Their first password.
    #[schema(format = Password)]
    pub password: String,
}

/// A person as they shall be.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditPerson {
    /// What they type to sign in.
    pub login: String,
    /// Their name.
    pub name: String,
    /// Their department.
    #[schema(value_type = String, example = "dep_0c8x4m2p00400")]
    pub department: DepartmentId,
    /// What they are.
    pub roles: Vec<RoleWord>,
    /// Whether they may sign in.
    pub active: bool,
    /// A new password; left as it is where it is not given.
    #[schema(format = Password)]
    pub password: Option<String>,
    /// The version that was seen.
    pub version: i64,
}

/// A new department.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDepartment {
    /// Small letters, digits, `-` and `_`.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// A department as it shall be; its code stays.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditDepartment {
    /// Its name.
    pub name: String,
    /// Whether new work may be given to it.
    pub active: bool,
    /// The version that was seen.
    pub version: i64,
}
