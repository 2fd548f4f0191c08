//! 部门: whom a contact sheet can be sent to. A department's code stays, because process files refer to it.

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::get;
use yingda_app::AppError;
use yingda_core::{Action, Department, DepartmentId, Refusal, Role, Subject, can};

use crate::front::flash::Pending;
use crate::front::{Fault, PageResult, Posted, Visit, WebState};
use crate::kit::{Badge, FieldForm, FieldKind, FieldView, Stale, Tone};
use crate::pages::answers::fill_faults;
use crate::views::departments::{DepartmentPage, DepartmentRow, DepartmentsPage};

async fn list(visit: Visit) -> PageResult {
    can(visit.actor(), Action::Administer, Subject::Desk)?;
    let t = visit.t();
    let directory = visit.app.directory();
    let row = |department: &Department| {
        let heads: Vec<&str> =
            directory.members(department.id).filter(|p| p.roles.has(Role::Head)).map(|p| p.name.as_str()).collect();
        DepartmentRow {
            href: format!("/departments/{}", department.id),
            name: department.name.clone(),
            code: department.code.clone(),
            head: heads.join(&t.say("list-comma")),
            // The desk itself is led by its supervisors and managers.
            headless: heads.is_empty() && department.code != yingda_app::people::DESK,
            people: directory.members(department.id).count().to_string(),
            state: state(&visit, department.active),
        }
    };
    let rows = directory.departments.values().map(row).collect();
    let page = DepartmentsPage { shell: visit.shell().await?, rows };
    visit.page(StatusCode::OK, &page)
}

fn state(visit: &Visit, active: bool) -> Badge {
    let t = visit.t();
    if active {
        Badge::new(t.say("person-active"), Tone::Good)
    } else {
        Badge::new(t.say("person-locked"), Tone::Neutral)
    }
}

/// What is on the form.
#[derive(Debug, Default)]
struct Text {
    name: String,
    code: String,
    active: bool,
}

async fn page(
    visit: &Visit,
    department: Option<&Department>,
    text: &Text,
    refusal: Option<&Refusal>,
) -> Result<DepartmentPage, Fault> {
    let t = visit.t();
    let directory = visit.app.directory();
    let mut form = FieldForm::new([FieldView::new(FieldKind::Text, "name", t.say("department-name"))
        .required()
        .value(&text.name)]);
    match department {
        None => form.fields.push(
            FieldView::new(FieldKind::Text, "code", t.say("department-code"))
                .required()
                .hint(t.say("department-code-hint"))
                .example("engineering")
                .value(&text.code),
        ),
        Some(_) => form.fields.push(
            FieldView::new(FieldKind::YesNo, "active", t.say("department-open"))
                .required()
                .hint(t.say("department-open-hint"))
                .value(if text.active { "yes" } else { "no" }),
        ),
    }
    fill_faults(t, &mut form, refusal);
    let people = department.map(|department| {
        let link = |p: &yingda_core::Person| (p.name.clone(), format!("/people/{}", p.id));
        directory.members(department.id).map(link).collect()
    });
    Ok(DepartmentPage {
        shell: visit.shell().await?,
        id: department.map(|department| department.id.to_string()),
        code: department.map(|department| department.code.clone()).unwrap_or_default(),
        version: department.map(|department| department.version.to_string()).unwrap_or_default(),
        form,
        stale: None,
        people: people.unwrap_or_default(),
    })
}

async fn fresh(visit: Visit) -> PageResult {
    can(visit.actor(), Action::Administer, Subject::Desk)?;
    let page = page(&visit, None, &Text::default(), None).await?;
    visit.page(StatusCode::OK, &page)
}

async fn add(visit: Visit, Posted(fields): Posted) -> PageResult {
    let text = Text { name: fields.get("name").to_owned(), code: fields.get("code").to_owned(), active: true };
    match visit.app.add_department(&visit.ctx, visit.actor(), &text.code, &text.name).await {
        Ok(_) => Ok(visit.go("/departments", &Pending::done("department-added").with("name", text.name.trim()))),
        Err(AppError::Refused(refusal @ (Refusal::Fields(_) | Refusal::Taken { .. }))) => {
            let page = page(&visit, None, &text, Some(&refusal)).await?;
            visit.page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other.into()),
    }
}

fn find(visit: &Visit, id: &str) -> Result<Department, Refusal> {
    can(visit.actor(), Action::Administer, Subject::Desk)?;
    let id: DepartmentId = id.parse().map_err(|_| Refusal::NotFound)?;
    visit.app.directory().departments.get(&id).cloned().ok_or(Refusal::NotFound)
}

fn text_of(department: &Department) -> Text {
    Text { name: department.name.clone(), code: department.code.clone(), active: department.active }
}

async fn show(visit: Visit, Path(id): Path<String>) -> PageResult {
    let department = find(&visit, &id)?;
    let page = page(&visit, Some(&department), &text_of(&department), None).await?;
    visit.page(StatusCode::OK, &page)
}

async fn save(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let t = visit.t();
    let before = find(&visit, &id)?;
    let seen: i64 = fields.parse("version").unwrap_or_default();
    let text =
        Text { name: fields.get("name").to_owned(), code: before.code.clone(), active: fields.get("active") == "yes" };
    let refusal = match visit.app.edit_department(visit.actor(), before.id, &text.name, text.active, seen).await {
        Ok(()) => return Ok(visit.go("/departments", &Pending::done("department-saved"))),
        Err(AppError::Refused(refusal @ (Refusal::Fields(_) | Refusal::Stale { .. } | Refusal::InUse))) => refusal,
        Err(other) => return Err(other.into()),
    };
    let now = find(&visit, &id)?;
    if !matches!(refusal, Refusal::Stale { .. }) {
        let mut page = page(&visit, Some(&now), &text, Some(&refusal)).await?;
        page.version = seen.to_string();
        return visit.page(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let mut page = page(&visit, Some(&now), &text, None).await?;
    let word = |active: bool| t.say(if active { "yes" } else { "no" });
    page.stale = Some(Stale::of([
        [t.say("department-name"), now.name.clone(), text.name.clone()],
        [t.say("department-open"), word(now.active), word(text.active)],
    ]));
    visit.page(StatusCode::CONFLICT, &page)
}

/// Their routes.
pub fn routes() -> Router<WebState> {
    Router::new()
        .route("/departments", get(list).post(add))
        .route("/departments/new", get(fresh))
        .route("/departments/{id}", get(show).post(save))
}
