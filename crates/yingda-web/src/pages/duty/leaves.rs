//! 请假: asked for, recorded, decided, taken back.

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::routing::{get, post};
use yingda_app::duty::leave::{LeaveText, LeaveView, Verdict};
use yingda_app::{AppError, Once, secret};
use yingda_core::duty::{Asked as State, LeaveKind};
use yingda_core::{DepartmentId, LeaveId, Refusal};

use super::{Asked, Signs, department, head, manages};
use crate::front::flash::Pending;
use crate::front::visit::local;
use crate::front::{Fault, Fields, PageResult, Posted, Visit, WebState};
use crate::i18n::Tr;
use crate::kit::{Badge, Choice, FieldForm, FieldKind, FieldView, Tone};
use crate::pages::answers::fill_faults;
use crate::pages::forms::refill;
use crate::pages::show::{Show, failed};
use crate::views::duty::requests::{LeaveLine, LeavesPage};

/// Where something that was asked for stands.
pub(super) fn state(t: Tr, state: State) -> Badge {
    let tone = match state {
        State::Open => Tone::Warn,
        State::Agreed => Tone::Active,
        State::Approved => Tone::Good,
        State::Refused => Tone::Bad,
        State::Withdrawn => Tone::Neutral,
    };
    Badge::new(t.say(&format!("duty-asked-{}", state.as_str())), tone)
}

/// Yes or no, as it is sent.
pub(super) fn verdict(fields: &Fields) -> Result<Verdict, Refusal> {
    match fields.get("verdict") {
        "yes" => Ok(Verdict::Yes),
        "no" => Ok(Verdict::No),
        _ => Err(Refusal::field("verdict", "missing")),
    }
}

/// A leave as a line.
pub(super) fn line(visit: &Visit, show: &Show, signs: &Signs, view: &LeaveView) -> LeaveLine {
    let t = visit.t();
    let leave = &view.leave;
    let ends = [("from", show.moment(leave.span.from).text), ("to", show.moment(leave.span.to).text)];
    LeaveLine {
        id: leave.id.to_string(),
        version: leave.version.to_string(),
        who: show.directory().person_name(leave.person),
        when: t.with("duty-from-to", &ends),
        kind: t.say(&format!("duty-leave-{}", leave.kind.as_str().replace('_', "-"))),
        reason: leave.reason.clone(),
        state: state(t, leave.state),
        turns: view.turns.iter().map(|turn| super::board::turn_line(visit, signs, turn)).collect(),
        decide: view.may_decide,
        withdraw: view.may_withdraw,
    }
}

fn form(visit: &Visit, id: DepartmentId, manage: bool) -> FieldForm {
    let t = visit.t();
    let mut form = FieldForm::default();
    if manage {
        let directory = visit.app.directory();
        let people = directory.members(id).map(|p| Choice::new(p.id.to_string(), &p.name));
        let own = id == visit.actor().department;
        let mut field = FieldView::new(FieldKind::Person, "person", t.say("duty-person")).options(people);
        if own {
            field = field.value(visit.actor().person.to_string());
        }
        form.fields.push(field.required());
    }
    let kinds = LeaveKind::ALL
        .iter()
        .map(|kind| Choice::new(kind.as_str(), t.say(&format!("duty-leave-{}", kind.as_str().replace('_', "-")))));
    form.fields.extend([
        FieldView::new(FieldKind::Choice, "kind", t.say("duty-leave-kind")).required().options(kinds).value("annual"),
        FieldView::new(FieldKind::Text, "from", t.say("duty-leave-from"))
            .required()
            .example("2026-12-03")
            .hint(t.say("duty-leave-from-hint")),
        FieldView::new(FieldKind::Text, "to", t.say("duty-leave-to"))
            .required()
            .example("2026-12-04")
            .hint(t.say("duty-leave-to-hint")),
        FieldView::new(FieldKind::Multiline, "reason", t.say("duty-reason")).tall(2),
    ]);
    form
}

async fn page(visit: &Visit, id: DepartmentId, typed: Option<(&Fields, &Refusal)>) -> Result<LeavesPage, Fault> {
    let show = Show::new(visit);
    let manage = manages(visit, id);
    let mine = id == visit.actor().department;
    let mut asked = form(visit, id, manage);
    let mut key = secret::fresh(&visit.ctx, "leave");
    if let Some((fields, refusal)) = typed {
        asked = refill(visit.t(), asked, fields, &[]);
        fill_faults(visit.t(), &mut asked, Some(refusal));
        fields.get("key").clone_into(&mut key);
    }
    let signs = Signs::of(&visit.app.duty_setup(visit.actor(), id).await?.shifts);
    let views = visit.app.leaves(&visit.ctx, visit.actor(), id).await?;
    Ok(LeavesPage {
        shell: visit.shell().await?,
        head: head(visit, id, "/duty/leaves"),
        form: (mine || manage).then_some(asked),
        manage,
        key,
        lines: views.iter().map(|view| line(visit, &show, &signs, view)).collect(),
    })
}

async fn list(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let id = department(&visit, &asked.department)?;
    let page = page(&visit, id, None).await?;
    visit.page(StatusCode::OK, &page)
}

async fn ask(visit: Visit, Posted(fields): Posted) -> PageResult {
    let id = department(&visit, fields.get("department"))?;
    let manage = manages(&visit, id);
    let mut wrong = Vec::new();
    let person = match fields.some("person").map(str::parse) {
        Some(Ok(person)) => Some(person),
        Some(Err(_)) => {
            wrong.push(yingda_core::refusal::FieldRefusal::new("person", "unknown-person"));
            None
        }
        None if manage => {
            wrong.push(yingda_core::refusal::FieldRefusal::new("person", "missing"));
            None
        }
        None => None,
    };
    let kind = LeaveKind::parse(fields.get("kind"));
    if kind.is_none() {
        wrong.push(yingda_core::refusal::FieldRefusal::new("kind", "not-an-option"));
    }
    let parts = ["person", "kind", "from", "to", "reason"].map(|name| fields.get(name));
    let text = LeaveText {
        person: person.filter(|person| *person != visit.actor().person),
        from: fields.get("from").to_owned(),
        to: fields.get("to").to_owned(),
        kind: kind.unwrap_or_default(),
        reason: fields.get("reason").to_owned(),
        once: Once::keyed(fields.some("key"), &parts),
    };
    let result = if wrong.is_empty() {
        visit.app.ask_leave(&visit.ctx, visit.actor(), text).await
    } else {
        Err(Refusal::Fields(wrong).into())
    };
    match result {
        Ok(_) => {
            let said = if person.is_some_and(|person| person != visit.actor().person) {
                "duty-leave-recorded"
            } else {
                "duty-leave-asked"
            };
            Ok(visit.go(&format!("/duty/leaves?department={id}"), &Pending::done(said)))
        }
        Err(AppError::Refused(
            refusal @ (Refusal::Fields(_) | Refusal::DutySettled | Refusal::TurnsOverlap { .. }),
        )) => {
            let page = page(&visit, id, Some((&fields, &refusal))).await?;
            visit.page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other.into()),
    }
}

/// Where a decision goes back to: the page it was made on.
pub(super) fn back(fields: &Fields, otherwise: &str) -> String {
    fields.some("back").map_or_else(|| otherwise.to_owned(), |path| local(path).to_owned())
}

async fn decide(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id: LeaveId = id.parse().map_err(|_| Refusal::NotFound)?;
    let verdict = verdict(&fields)?;
    let seen = fields.parse("version").unwrap_or_default();
    let done = visit.app.decide_leave(&visit.ctx, visit.actor(), id, verdict, seen).await;
    let said = if verdict == Verdict::Yes { "duty-leave-approved" } else { "duty-leave-refused" };
    answer(&visit, &fields, "/duty/leaves", said, done)
}

async fn withdraw(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id: LeaveId = id.parse().map_err(|_| Refusal::NotFound)?;
    let seen = fields.parse("version").unwrap_or_default();
    let done = visit.app.withdraw_leave(&visit.ctx, visit.actor(), id, seen).await;
    answer(&visit, &fields, "/duty/leaves", "duty-leave-withdrawn", done)
}

/// Goes back and says what became of it. What somebody may not see or do is a page of its own.
pub(super) fn answer(
    visit: &Visit,
    fields: &Fields,
    otherwise: &str,
    said: &str,
    done: yingda_app::AppResult<()>,
) -> PageResult {
    match done {
        Ok(()) => Ok(visit.go(&back(fields, otherwise), &Pending::done(said))),
        Err(AppError::Refused(refusal)) if !matches!(refusal, Refusal::NotFound | Refusal::NotAllowed) => {
            Ok(visit.go(&back(fields, otherwise), &failed(visit.t(), &refusal)))
        }
        Err(other) => Err(other.into()),
    }
}

/// Its routes.
pub fn routes() -> Router<WebState> {
    Router::new()
        .route("/duty/leaves", get(list).post(ask))
        .route("/duty/leaves/{id}/decision", post(decide))
        .route("/duty/leaves/{id}/withdrawal", post(withdraw))
}
