//! 人员: who may do what. A password that an administrator sets is shown once and never kept.

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::routing::{get, post};
use serde::Deserialize;
use yingda_app::people::PersonText;
use yingda_app::{AppError, secret};
use yingda_core::{Action, Person, PersonId, Refusal, Role, Roles, Subject, can};

use crate::front::flash::Pending;
use crate::front::visit::encode;
use crate::front::{Fault, Fields, PageResult, Posted, Visit, WebState, field_sentence};
use crate::kit::{Badge, Choice, FieldForm, FieldKind, FieldView, Paging, Stale, Tone};
use crate::pages::answers::fill_faults;
use crate::pages::show::{Show, failed};
use crate::views::people::{PeoplePage, PersonPage, PersonRow, RoleTick};

/// People on a page.
const SIZE: usize = 50;
/// Characters of a password that the desk makes up.
const PASSWORD: usize = 16;

#[derive(Debug, Deserialize, Default)]
struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    after: String,
}

async fn list(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    can(visit.actor(), Action::Administer, Subject::Desk)?;
    let t = visit.t();
    let show = Show::new(&visit);
    let words = asked.q.trim().to_lowercase();
    let fits = |p: &&Person| words.is_empty() || p.login.contains(&words) || p.name.to_lowercase().contains(&words);
    let mut found: Vec<&Person> = show.directory().people.values().filter(fits).collect();
    found.sort_by(|a, b| a.login.cmp(&b.login));
    let begin = found.partition_point(|p| !asked.after.is_empty() && p.login <= asked.after);
    let page: Vec<&Person> = found.iter().skip(begin).take(SIZE).copied().collect();
    let more = begin + page.len() < found.len();
    let query = if words.is_empty() { String::new() } else { format!("q={}&", encode(&asked.q)) };
    let next = page.last().filter(|_| more).map(|last| format!("/people?{query}after={}", encode(&last.login)));
    let prev = (begin > 0).then(|| match begin.checked_sub(SIZE + 1).and_then(|before| found.get(before)) {
        Some(before) => format!("/people?{query}after={}", encode(&before.login)),
        None => format!("/people?{}", query.trim_end_matches('&')),
    });
    let rows: Vec<PersonRow> = page
        .iter()
        .map(|person| PersonRow {
            href: format!("/people/{}", person.id),
            name: person.name.clone(),
            login: person.login.clone(),
            department: show.directory().department_name(person.department),
            roles: person.roles.0.iter().map(|role| t.say(&format!("role-{}", role.as_str()))).collect(),
            state: if person.active {
                Badge::new(t.say("person-active"), Tone::Good)
            } else {
                Badge::new(t.say("person-locked"), Tone::Neutral)
            },
        })
        .collect();
    let page = PeoplePage {
        shell: visit.shell().await?,
        query: FieldView::new(FieldKind::Search, "q", t.say("people-query")).value(&asked.q),
        paging: Paging { prev, next, shown: rows.len() },
        rows,
    };
    visit.page(StatusCode::OK, &page)
}

/// What an administrator typed; whether somebody is active is not on this form.
fn text_of(fields: &Fields, active: bool) -> PersonText {
    PersonText {
        login: fields.get("login").to_owned(),
        name: fields.get("name").to_owned(),
        department: fields.parse("department"),
        roles: fields.all("role").filter_map(|role| role.parse::<Role>().ok()).collect::<Roles>(),
        active,
        password: fields.get("password").to_owned(),
    }
}

fn text_of_person(person: &Person) -> PersonText {
    PersonText {
        login: person.login.clone(),
        name: person.name.clone(),
        department: Some(person.department),
        roles: person.roles.clone(),
        active: person.active,
        password: String::new(),
    }
}

async fn person_page(
    visit: &Visit,
    person: Option<&Person>,
    text: &PersonText,
    refusal: Option<&Refusal>,
) -> Result<PersonPage, Fault> {
    let t = visit.t();
    let directory = visit.app.directory();
    let departments = directory.departments.values().filter(|d| d.active || text.department == Some(d.id));
    let mut form = FieldForm::new([
        FieldView::new(FieldKind::Text, "name", t.say("person-name")).required().value(&text.name),
        FieldView::new(FieldKind::Text, "login", t.say("person-login"))
            .required()
            .value(&text.login)
            .autocomplete("off"),
        FieldView::new(FieldKind::Department, "department", t.say("person-department"))
            .options(departments.map(|d| Choice::new(d.id.to_string(), &d.name)))
            .required()
            .value(text.department.map(|id| id.to_string()).unwrap_or_default()),
    ]);
    if person.is_none() {
        let hint = t.say("person-password-hint");
        let password = FieldView::new(FieldKind::Password, "password", t.say("person-password"));
        form.fields.push(password.hint(hint).autocomplete("new-password"));
    }
    let mut roles_error = None;
    if let Some(Refusal::Fields(wrong)) = refusal {
        roles_error = wrong.iter().find(|fault| fault.field == "roles").map(|fault| field_sentence(t, fault));
        let others: Vec<_> = wrong.iter().filter(|fault| fault.field != "roles").cloned().collect();
        fill_faults(t, &mut form, Some(&Refusal::Fields(others)));
    } else {
        fill_faults(t, &mut form, refusal);
    }
    let tick = |role: &Role| RoleTick {
        value: role.as_str().to_owned(),
        label: t.say(&format!("role-{}", role.as_str())),
        hint: t.say(&format!("role-{}-hint", role.as_str())),
        ticked: text.roles.has(*role),
    };
    Ok(PersonPage {
        shell: visit.shell().await?,
        id: person.map(|person| person.id.to_string()),
        version: person.map(|person| person.version.to_string()).unwrap_or_default(),
        form,
        roles: Role::ALL.iter().map(tick).collect(),
        roles_error,
        active: text.active,
        first_password: None,
        stale: None,
    })
}

async fn fresh(visit: Visit) -> PageResult {
    can(visit.actor(), Action::Administer, Subject::Desk)?;
    let page = person_page(&visit, None, &PersonText { active: true, ..PersonText::default() }, None).await?;
    visit.page(StatusCode::OK, &page)
}

/// A password to hand over: as good as a session's secret, short enough to be typed once.
fn made_up(visit: &Visit) -> String {
    secret::fresh(&visit.ctx, "password").chars().filter(char::is_ascii_alphanumeric).take(PASSWORD).collect()
}

async fn add(visit: Visit, Posted(fields): Posted) -> PageResult {
    let mut text = text_of(&fields, true);
    let given = fields.some("password").is_some();
    if !given {
        text.password = made_up(&visit);
    }
    match visit.app.add_person(&visit.ctx, visit.actor(), text.clone()).await {
        Ok(id) if given => {
            Ok(visit.go(&format!("/people/{id}"), &Pending::done("person-added").with("name", text.name.trim())))
        }
        // The password is on this answer only: it can be carried over no redirect.
        Ok(id) => with_password(&visit, id, text.password).await,
        Err(AppError::Refused(refusal @ (Refusal::Fields(_) | Refusal::Taken { .. }))) => {
            let page = person_page(&visit, None, &text, Some(&refusal)).await?;
            visit.page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other.into()),
    }
}

async fn with_password(visit: &Visit, id: PersonId, password: String) -> PageResult {
    let person = find(visit, id)?;
    let mut page = person_page(visit, Some(&person), &text_of_person(&person), None).await?;
    page.first_password = Some(password);
    visit.page(StatusCode::OK, &page)
}

fn find(visit: &Visit, id: PersonId) -> Result<Person, Refusal> {
    can(visit.actor(), Action::Administer, Subject::Desk)?;
    visit.app.directory().people.get(&id).cloned().ok_or(Refusal::NotFound)
}

fn id_of(id: &str) -> Result<PersonId, Refusal> {
    id.parse().map_err(|_| Refusal::NotFound)
}

async fn show(visit: Visit, Path(id): Path<String>) -> PageResult {
    let person = find(&visit, id_of(&id)?)?;
    let page = person_page(&visit, Some(&person), &text_of_person(&person), None).await?;
    visit.page(StatusCode::OK, &page)
}

async fn save(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let t = visit.t();
    let id = id_of(&id)?;
    let before = find(&visit, id)?;
    let mut text = text_of(&fields, before.active);
    text.password = String::new();
    let seen = fields.parse("version").unwrap_or_default();
    let refusal = match visit.app.edit_person(&visit.ctx, visit.actor(), id, text.clone(), seen).await {
        Ok(()) => return Ok(visit.go(&format!("/people/{id}"), &Pending::done("person-saved"))),
        Err(AppError::Refused(refusal @ (Refusal::Fields(_) | Refusal::Taken { .. } | Refusal::Stale { .. }))) => {
            refusal
        }
        Err(other) => return Err(other.into()),
    };
    let now = find(&visit, id)?;
    if !matches!(refusal, Refusal::Stale { .. }) {
        let mut page = person_page(&visit, Some(&now), &text, Some(&refusal)).await?;
        page.version = seen.to_string();
        return visit.page(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let mut page = person_page(&visit, Some(&now), &text, None).await?;
    let directory = visit.app.directory();
    let roles = |roles: &Roles| {
        roles.0.iter().map(|role| t.say(&format!("role-{}", role.as_str()))).collect::<Vec<_>>().join(" ")
    };
    page.stale = Some(Stale::of([
        [t.say("person-name"), now.name.clone(), text.name.clone()],
        [t.say("person-login"), now.login.clone(), text.login.clone()],
        [
            t.say("person-department"),
            directory.department_name(now.department),
            text.department.map(|id| directory.department_name(id)).unwrap_or_default(),
        ],
        [t.say("person-roles"), roles(&now.roles), roles(&text.roles)],
    ]));
    visit.page(StatusCode::CONFLICT, &page)
}

/// Changes somebody's way in, and nothing else about them.
async fn change(
    visit: &Visit,
    id: &str,
    fields: &Fields,
    how: impl FnOnce(&mut PersonText),
) -> Result<Result<PersonId, Refusal>, Fault> {
    let id = id_of(id)?;
    let person = find(visit, id)?;
    let mut text = text_of_person(&person);
    how(&mut text);
    let seen = fields.parse("version").unwrap_or_default();
    match visit.app.edit_person(&visit.ctx, visit.actor(), id, text, seen).await {
        Ok(()) => Ok(Ok(id)),
        Err(AppError::Refused(refusal @ (Refusal::Fields(_) | Refusal::Stale { .. }))) => Ok(Err(refusal)),
        Err(other) => Err(other.into()),
    }
}

async fn set_active(visit: Visit, id: String, fields: Fields, active: bool) -> PageResult {
    let say = match change(&visit, &id, &fields, |text| text.active = active).await? {
        Ok(_) => Pending::done(if active { "person-unlocked" } else { "person-now-locked" }),
        Err(refusal) => failed(visit.t(), &refusal),
    };
    Ok(visit.go(&format!("/people/{id}"), &say))
}

async fn lock(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    set_active(visit, id, fields, false).await
}

async fn unlock(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    set_active(visit, id, fields, true).await
}

async fn reset(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let password = made_up(&visit);
    match change(&visit, &id, &fields, |text| text.password.clone_from(&password)).await? {
        Ok(id) => with_password(&visit, id, password).await,
        Err(refusal) => Ok(visit.go(&format!("/people/{id}"), &failed(visit.t(), &refusal))),
    }
}

/// Their routes.
pub fn routes() -> Router<WebState> {
    Router::new()
        .route("/people", get(list).post(add))
        .route("/people/new", get(fresh))
        .route("/people/{id}", get(show).post(save))
        .route("/people/{id}/password", post(reset))
        .route("/people/{id}/lock", post(lock))
        .route("/people/{id}/unlock", post(unlock))
}
