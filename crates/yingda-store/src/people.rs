//! Departments and people.

use yingda_core::{Department, DepartmentId, Person, PersonId, Roles};

use crate::error::{StoreError, StoreResult};
use crate::read::Read;
use crate::write::Tx;

type DepartmentRow = (i64, String, String, i64, i64);

fn department((id, code, name, active, version): DepartmentRow) -> Department {
    Department { id: DepartmentId(id), code, name, active: active == 1, version }
}

/// All departments, by name.
///
/// # Errors
/// As [`Read::all`].
pub async fn departments(read: &mut Read) -> StoreResult<Vec<Department>> {
    let rows: Vec<DepartmentRow> =
        read.all("SELECT id, code, name, active, version FROM departments ORDER BY id", &[]).await?;
    Ok(rows.into_iter().map(department).collect())
}

/// A department by the word that process files use.
///
/// # Errors
/// As [`Read::all`].
pub async fn department_by_code(read: &mut Read, code: &str) -> StoreResult<Option<Department>> {
    Ok(read
        .opt::<DepartmentRow>(
            "SELECT id, code, name, active, version FROM departments WHERE code = $1",
            crate::args![code],
        )
        .await?
        .map(department))
}

/// Writes a new department.
///
/// # Errors
/// [`StoreError::Conflict`] where the code is taken.
pub async fn insert_department(tx: &mut Tx, d: &Department) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO departments (id, code, name, active, version) VALUES ($1, $2, $3, $4, $5)",
        crate::args![d.id, &d.code, &d.name, d.active, d.version],
    )
    .await
    .map(drop)
}

/// Writes a changed department back; its version grows by one.
///
/// # Errors
/// [`StoreError::Stale`], [`StoreError::Conflict`].
pub async fn update_department(tx: &mut Tx, d: &mut Department) -> StoreResult<()> {
    let changed = tx
        .exec(
            "UPDATE departments SET code = $2, name = $3, active = $4, version = $5 + 1 WHERE id = $1 AND version = $5",
            crate::args![d.id, &d.code, &d.name, d.active, d.version],
        )
        .await?;
    if changed == 0 {
        return Err(StoreError::Stale);
    }
    d.version += 1;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct PersonRow {
    id: i64,
    login: String,
    name: String,
    department_id: i64,
    roles: String,
    active: i64,
    locale: String,
    theme: String,
    version: i64,
}

impl TryFrom<PersonRow> for Person {
    type Error = StoreError;
    fn try_from(row: PersonRow) -> StoreResult<Self> {
        let roles: Roles =
            row.roles.parse().map_err(|_| StoreError::Corrupt { table: "people", column: "roles", row: row.id })?;
        Ok(Self {
            id: PersonId(row.id),
            login: row.login,
            name: row.name,
            department: DepartmentId(row.department_id),
            roles,
            active: row.active == 1,
            locale: row.locale,
            theme: row.theme,
            version: row.version,
        })
    }
}

const COLUMNS: &str = "p.id, p.login, p.name, p.department_id, p.roles, p.active, p.locale, p.theme, p.version";

/// Everybody, in order of arrival.
///
/// # Errors
/// As [`Read::all`].
pub async fn all(read: &mut Read) -> StoreResult<Vec<Person>> {
    let sql = format!("SELECT {COLUMNS} FROM people p ORDER BY p.id");
    read.all::<PersonRow>(&sql, &[]).await?.into_iter().map(Person::try_from).collect()
}

/// One person.
///
/// # Errors
/// As [`Read::all`].
pub async fn get(read: &mut Read, id: PersonId) -> StoreResult<Option<Person>> {
    let sql = format!("SELECT {COLUMNS} FROM people p WHERE p.id = $1");
    read.opt::<PersonRow>(&sql, crate::args![id]).await?.map(Person::try_from).transpose()
}

/// A person and the hash of their password, by what they type to sign in.
///
/// # Errors
/// As [`Read::all`].
pub async fn by_login(read: &mut Read, login: &str) -> StoreResult<Option<(Person, String)>> {
    let found =
        read.opt::<(i64, String)>("SELECT id, password_hash FROM people WHERE login = $1", crate::args![login]).await?;
    let Some((id, hash)) = found else {
        return Ok(None);
    };
    Ok(get(read, PersonId(id)).await?.map(|person| (person, hash)))
}

/// The hash of a person's password.
///
/// # Errors
/// As [`Read::all`].
pub async fn password_hash(read: &mut Read, id: PersonId) -> StoreResult<Option<String>> {
    Ok(read
        .opt::<(String,)>("SELECT password_hash FROM people WHERE id = $1", crate::args![id])
        .await?
        .map(|(hash,)| hash))
}

/// Writes a new person.
///
/// # Errors
/// [`StoreError::Conflict`] where the login is taken.
pub async fn insert(tx: &mut Tx, p: &Person, password_hash: &str, at: jiff::Timestamp) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO people (id, login, name, department_id, roles, active, locale, theme, password_hash, created_at, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        crate::args![
            p.id, &p.login, &p.name, p.department, p.roles.to_string(), p.active, &p.locale, &p.theme, password_hash, at, p.version
        ],
    )
    .await
    .map(drop)
}

/// Writes a changed person back; their version grows by one.
///
/// # Errors
/// [`StoreError::Stale`], [`StoreError::Conflict`].
pub async fn update(tx: &mut Tx, p: &mut Person) -> StoreResult<()> {
    let changed = tx
        .exec(
            "UPDATE people SET login = $2, name = $3, department_id = $4, roles = $5, active = $6, locale = $7, theme = $8, version = $9 + 1 \
             WHERE id = $1 AND version = $9",
            crate::args![p.id, &p.login, &p.name, p.department, p.roles.to_string(), p.active, &p.locale, &p.theme, p.version],
        )
        .await?;
    if changed == 0 {
        return Err(StoreError::Stale);
    }
    p.version += 1;
    Ok(())
}

/// Sets somebody's password.
///
/// # Errors
/// As [`Read::all`].
pub async fn set_password(tx: &mut Tx, id: PersonId, hash: &str) -> StoreResult<()> {
    tx.exec("UPDATE people SET password_hash = $2 WHERE id = $1", crate::args![id, hash]).await.map(drop)
}

/// How many people there are.
///
/// # Errors
/// As [`Read::all`].
pub async fn count(read: &mut Read) -> StoreResult<i64> {
    read.number("SELECT count(*) FROM people", &[]).await
}
