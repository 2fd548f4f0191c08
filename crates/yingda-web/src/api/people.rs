//! People and departments, and whose token this is.

use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use yingda_app::people::PersonText;
use yingda_core::{Action, DepartmentId, PersonId, Refusal, Role, Subject, can};

use crate::api::bearer::Bearer;
use crate::api::page::{self, Page};
use crate::api::sent::{Asked, At, Body};
use crate::api::shapes::people::{
    DepartmentRef, DepartmentShape, EditDepartment, EditPerson, Me, NewDepartment, NewPerson, PersonShape,
};
use crate::api::shapes::words::RoleWord;
use crate::api::{ApiResult, created, json};
use crate::front::{Fault, WebState};

/// A page.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Paged {
    /// Items of a page, 1 to 100; 50 if not given.
    limit: Option<u32>,
    /// What the page before gave as `next`.
    cursor: Option<String>,
}

/// Whose token this is
#[utoipa::path(get, path = "/me", tag = "people", responses((status = 200, description = "The holder", body = Me)))]
async fn me(bearer: Bearer) -> ApiResult {
    let person = &bearer.me.person;
    let me = Me {
        id: person.id,
        name: person.name.clone(),
        login: person.login.clone(),
        department: DepartmentRef::of(person.department, &bearer.names()),
        roles: person.roles.0.iter().map(|role| RoleWord::from(*role)).collect(),
        locale: person.locale.clone(),
    };
    json(StatusCode::OK, &me)
}

fn person_now(bearer: &Bearer, id: PersonId) -> Result<PersonShape, Fault> {
    let names = bearer.names();
    let person = names.people.get(&id).ok_or(Refusal::NotFound)?;
    let administers = can(bearer.actor(), Action::Administer, Subject::Desk).is_ok();
    Ok(PersonShape::of(person, &names, administers))
}

/// People
///
/// In order of arrival; `account` is for administrators.
#[utoipa::path(get, path = "/people", tag = "people", params(Paged), responses((status = 200, description = "A page", body = Page<PersonShape>)))]
async fn people(bearer: Bearer, Asked(paged): Asked<Paged>) -> ApiResult {
    let size = page::size(paged.limit)?;
    let [after] = page::read("people", paged.cursor.as_deref())?.unwrap_or([i64::MIN]);
    let administers = can(bearer.actor(), Action::Administer, Subject::Desk).is_ok();
    let names = bearer.names();
    let rows: Vec<_> = names.people.values().filter(|person| person.id.get() > after).take(size + 1).collect();
    let shape = |person| PersonShape::of(person, &names, administers);
    json(StatusCode::OK, &Page::of(rows, size, |row| page::cursor("people", [row.id.get()]), shape))
}

/// Add a person
///
/// Administrators only. Logins are unique: a repeat is answered with `taken`.
#[utoipa::path(post, path = "/people", tag = "people", request_body = NewPerson, responses((status = 201, description = "The person", body = PersonShape)))]
async fn add_person(bearer: Bearer, Body { it, .. }: Body<NewPerson>) -> ApiResult {
    let NewPerson { login, name, department, roles, password } = it;
    let roles = roles.into_iter().map(Role::from).collect();
    let text = PersonText { login, name, department: Some(department), roles, active: true, password };
    let id = bearer.app.add_person(&bearer.ctx, bearer.actor(), text).await?;
    created(&format!("/people/{id}"), &person_now(&bearer, id)?)
}

/// One person
#[utoipa::path(get, path = "/people/{id}", tag = "people", params(("id" = String, Path, description = "The person's id")),
    responses((status = 200, description = "The person", body = PersonShape)))]
async fn person(bearer: Bearer, At(id): At<PersonId>) -> ApiResult {
    json(StatusCode::OK, &person_now(&bearer, id)?)
}

/// Change a person
///
/// Administrators only. Somebody who may no longer sign in loses every way in at once, tokens too.
#[utoipa::path(put, path = "/people/{id}", tag = "people", params(("id" = String, Path, description = "The person's id")),
    request_body = EditPerson, responses((status = 200, description = "The person", body = PersonShape)))]
async fn edit_person(bearer: Bearer, At(id): At<PersonId>, Body { it, .. }: Body<EditPerson>) -> ApiResult {
    let EditPerson { login, name, department, roles, active, password, version } = it;
    let roles = roles.into_iter().map(Role::from).collect();
    let text =
        PersonText { login, name, department: Some(department), roles, active, password: password.unwrap_or_default() };
    bearer.app.edit_person(&bearer.ctx, bearer.actor(), id, text, version).await?;
    json(StatusCode::OK, &person_now(&bearer, id)?)
}

fn department_now(bearer: &Bearer, id: DepartmentId) -> Result<DepartmentShape, Fault> {
    let names = bearer.names();
    Ok(names.departments.get(&id).map(DepartmentShape::from).ok_or(Refusal::NotFound)?)
}

/// Departments
#[utoipa::path(get, path = "/departments", tag = "people", params(Paged),
    responses((status = 200, description = "A page", body = Page<DepartmentShape>)))]
async fn departments(bearer: Bearer, Asked(paged): Asked<Paged>) -> ApiResult {
    let size = page::size(paged.limit)?;
    let [after] = page::read("departments", paged.cursor.as_deref())?.unwrap_or([i64::MIN]);
    let names = bearer.names();
    let rows: Vec<_> =
        names.departments.values().filter(|department| department.id.get() > after).take(size + 1).collect();
    json(
        StatusCode::OK,
        &Page::of(rows, size, |row| page::cursor("departments", [row.id.get()]), DepartmentShape::from),
    )
}

/// Add a department
///
/// Administrators only. Codes are unique: a repeat is answered with `taken`.
#[utoipa::path(post, path = "/departments", tag = "people", request_body = NewDepartment,
    responses((status = 201, description = "The department", body = DepartmentShape)))]
async fn add_department(bearer: Bearer, Body { it, .. }: Body<NewDepartment>) -> ApiResult {
    let id = bearer.app.add_department(&bearer.ctx, bearer.actor(), &it.code, &it.name).await?;
    created(&format!("/departments/{id}"), &department_now(&bearer, id)?)
}

/// One department
#[utoipa::path(get, path = "/departments/{id}", tag = "people", params(("id" = String, Path, description = "The department's id")),
    responses((status = 200, description = "The department", body = DepartmentShape)))]
async fn department(bearer: Bearer, At(id): At<DepartmentId>) -> ApiResult {
    json(StatusCode::OK, &department_now(&bearer, id)?)
}

/// Rename a department, or close it for new work
///
/// Administrators only.
#[utoipa::path(put, path = "/departments/{id}", tag = "people", params(("id" = String, Path, description = "The department's id")),
    request_body = EditDepartment, responses((status = 200, description = "The department", body = DepartmentShape)))]
async fn edit_department(bearer: Bearer, At(id): At<DepartmentId>, Body { it, .. }: Body<EditDepartment>) -> ApiResult {
    bearer.app.edit_department(bearer.actor(), id, &it.name, it.active, it.version).await?;
    json(StatusCode::OK, &department_now(&bearer, id)?)
}

pub(crate) fn routes() -> OpenApiRouter<WebState> {
    OpenApiRouter::default()
        .routes(routes!(me))
        .routes(routes!(people, add_person))
        .routes(routes!(person, edit_person))
        .routes(routes!(departments, add_department))
        .routes(routes!(department, edit_department))
}
