//! 班次: a shift added or changed.

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::routing::{get, post};
use yingda_app::AppError;
use yingda_app::duty::setup::ShiftText;
use yingda_core::duty::{Held, LEAST, Shift};
use yingda_core::{DepartmentId, Refusal, ShiftId};

use super::{Asked, department, head, manages};
use crate::front::flash::Pending;
use crate::front::{Fault, Fields, PageResult, Posted, Visit, WebState};
use crate::i18n::Tr;
use crate::kit::{Choice, FieldForm, FieldKind, FieldView, Stale};
use crate::pages::answers::fill_faults;
use crate::pages::forms::refill;
use crate::views::duty::setup::ShiftPage;

/// The form, filled with a shift.
fn form(t: Tr, shift: Option<&Shift>) -> FieldForm {
    let yes_no = |yes: bool| if yes { "yes" } else { "no" };
    let clock = |time: jiff::civil::Time| time.strftime("%H:%M").to_string();
    let held = Held::ALL
        .iter()
        .map(|one| Choice::new(one.as_str(), t.say(&format!("duty-held-{}", one.as_str().replace('_', "-")))));
    let text = |pick: &dyn Fn(&Shift) -> String, otherwise: &str| shift.map_or_else(|| otherwise.to_owned(), pick);
    let mut fields = vec![
        FieldView::new(FieldKind::Text, "name", t.say("duty-shift-name"))
            .required()
            .value(text(&|s| s.name.clone(), "")),
        FieldView::new(FieldKind::Text, "code", t.say("duty-shift-code"))
            .required()
            .example("day")
            .hint(t.say("duty-shift-code-hint"))
            .value(text(&|s| s.code.clone(), "")),
        FieldView::new(FieldKind::Text, "from", t.say("duty-shift-from"))
            .required()
            .example("08:00")
            .value(text(&|s| clock(s.from), "")),
        FieldView::new(FieldKind::Text, "to", t.say("duty-shift-to"))
            .required()
            .example("22:00")
            .hint(t.say("duty-shift-to-hint"))
            .value(text(&|s| clock(s.to), "")),
        FieldView::new(FieldKind::Integer, "least", t.say("duty-shift-least"))
            .unit(t.say("duty-people-unit"))
            .hint(t.say("duty-shift-least-hint"))
            .value(text(&|s| s.least.to_string(), &LEAST.to_string())),
        FieldView::new(FieldKind::Text, "skill", t.say("duty-shift-skill"))
            .hint(t.say("duty-shift-skill-hint"))
            .value(text(&|s| s.skill.clone(), "")),
        FieldView::new(FieldKind::Choice, "held", t.say("duty-shift-held"))
            .required()
            .options(held)
            .value(text(&|s| s.held.as_str().to_owned(), "daily")),
        FieldView::new(FieldKind::YesNo, "night", t.say("duty-shift-night"))
            .required()
            .hint(t.say("duty-shift-night-hint"))
            .value(text(&|s| yes_no(s.night).to_owned(), "no")),
    ];
    if let Some(shift) = shift {
        fields.push(
            FieldView::new(FieldKind::YesNo, "active", t.say("duty-shift-plannable"))
                .required()
                .value(yes_no(shift.active)),
        );
    }
    FieldForm::new(fields)
}

fn text_of(fields: &Fields, active: bool) -> Result<ShiftText, Refusal> {
    let get = |name: &str| fields.get(name).to_owned();
    let held = Held::parse(fields.get("held")).ok_or_else(|| Refusal::field("held", "not-an-option"))?;
    Ok(ShiftText {
        code: get("code"),
        name: get("name"),
        from: get("from"),
        to: get("to"),
        least: get("least"),
        skill: get("skill"),
        night: fields.get("night") == "yes",
        held,
        active,
    })
}

async fn page(visit: &Visit, id: DepartmentId, shift: Option<&Shift>) -> Result<ShiftPage, Fault> {
    Ok(ShiftPage {
        shell: visit.shell().await?,
        head: head(visit, id, "/duty/setup"),
        id: shift.map(|shift| shift.id.to_string()),
        version: shift.map(|shift| shift.version.to_string()).unwrap_or_default(),
        form: form(visit.t(), shift),
        stale: None,
    })
}

/// What was refused goes beside the fields.
fn refuse(visit: &Visit, page: &mut ShiftPage, fields: &Fields, refusal: &Refusal) {
    page.form = refill(visit.t(), std::mem::take(&mut page.form), fields, &[]);
    // The code is the field, whatever the refusal calls it.
    let refusal = match refusal {
        Refusal::Taken { .. } => &Refusal::field("code", "shift-code-taken"),
        other => other,
    };
    fill_faults(visit.t(), &mut page.form, Some(refusal));
}

async fn fresh(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let id = department(&visit, &asked.department)?;
    if !manages(&visit, id) {
        return Err(Refusal::NotAllowed.into());
    }
    let page = page(&visit, id, None).await?;
    visit.page(StatusCode::OK, &page)
}

async fn add(visit: Visit, Posted(fields): Posted) -> PageResult {
    let id = department(&visit, fields.get("department"))?;
    let result = match text_of(&fields, true) {
        Ok(text) => visit.app.add_shift(&visit.ctx, visit.actor(), id, text).await,
        Err(refusal) => Err(refusal.into()),
    };
    match result {
        Ok(_) => {
            let said = Pending::done("duty-shift-added").with("name", fields.get("name").trim());
            Ok(visit.go(&format!("/duty/setup?department={id}"), &said))
        }
        Err(AppError::Refused(refusal @ (Refusal::Fields(_) | Refusal::Taken { .. }))) => {
            let mut page = page(&visit, id, None).await?;
            refuse(&visit, &mut page, &fields, &refusal);
            visit.page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other.into()),
    }
}

async fn find(visit: &Visit, department: DepartmentId, id: &str) -> Result<Shift, Fault> {
    let id: ShiftId = id.parse().map_err(|_| Refusal::NotFound)?;
    let setup = visit.app.duty_setup(visit.actor(), department).await?;
    if !setup.may_manage {
        return Err(Refusal::NotAllowed.into());
    }
    Ok(setup.shifts.into_iter().find(|shift| shift.id == id).ok_or(Refusal::NotFound)?)
}

async fn show(visit: Visit, Path(shift): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    let id = department(&visit, &asked.department)?;
    let shift = find(&visit, id, &shift).await?;
    let page = page(&visit, id, Some(&shift)).await?;
    visit.page(StatusCode::OK, &page)
}

async fn save(visit: Visit, Path(shift): Path<String>, Posted(fields): Posted) -> PageResult {
    let id = department(&visit, fields.get("department"))?;
    let before = find(&visit, id, &shift).await?;
    let seen = fields.parse("version").unwrap_or_default();
    let result = match text_of(&fields, fields.get("active") == "yes") {
        Ok(text) => visit.app.edit_shift(&visit.ctx, visit.actor(), before.id, text, seen).await,
        Err(refusal) => Err(refusal.into()),
    };
    let refusal = match result {
        Ok(()) => {
            let said = Pending::done("duty-shift-saved").with("name", fields.get("name").trim());
            return Ok(visit.go(&format!("/duty/setup?department={id}"), &said));
        }
        Err(AppError::Refused(refusal @ (Refusal::Fields(_) | Refusal::Taken { .. } | Refusal::Stale { .. }))) => {
            refusal
        }
        Err(other) => return Err(other.into()),
    };
    let now = find(&visit, id, &shift).await?;
    let mut page = page(&visit, id, Some(&now)).await?;
    if matches!(refusal, Refusal::Stale { .. }) {
        let lines = page.form.fields.iter().map(|field| {
            [
                field.label.clone(),
                words(visit.t(), field, &field.value),
                words(visit.t(), field, fields.get(&field.name)),
            ]
        });
        page.stale = Some(Stale::of(lines.collect::<Vec<_>>()));
        page.form = refill(visit.t(), std::mem::take(&mut page.form), &fields, &[]);
        return visit.page(StatusCode::CONFLICT, &page);
    }
    page.version = seen.to_string();
    refuse(&visit, &mut page, &fields, &refusal);
    visit.page(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// A value as its option reads.
fn words(t: Tr, field: &FieldView, value: &str) -> String {
    match (field.kind, value) {
        (FieldKind::YesNo, "yes" | "no") => t.say(value),
        _ => field.options.iter().find(|o| o.value == value).map_or_else(|| value.to_owned(), |o| o.label.clone()),
    }
}

/// Its routes.
pub fn routes() -> Router<WebState> {
    Router::new()
        .route("/duty/shifts", post(add))
        .route("/duty/shifts/new", get(fresh))
        .route("/duty/shifts/{id}", get(show).post(save))
}
