//! One piece of recurring work: doing it, leaving it out, reading it.
//!
//! The one thing to know: a form that is refused comes back on the work's own page with everything that was typed, also where it
//! was sent from the day's.

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::{get, post};
use yingda_app::routines::{Reading, Submission, Task};
use yingda_app::{AppError, AppResult, Once, secret};
use yingda_core::refusal::FieldRefusal;
use yingda_core::routine::Mark;
use yingda_core::{Action, Refusal, WorkId};
use yingda_process::RawForm;
use yingda_process::routine::Record;

use crate::front::flash::Pending;
use crate::front::{Fields, PageResult, Posted, Visit, WebState};
use crate::i18n::Tr;
use crate::kit::{Choice, FieldForm, FieldKind, FieldView};
use crate::pages::answers::fill_faults;
use crate::pages::forms::Filling;
use crate::pages::routines::words;
use crate::pages::show::{Show, failed};
use crate::views::day::{ReadingDoc, TaskCard, WorkPage};

/// Which form of the page was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// What was written down.
    Record,
    /// Leaving it out.
    Exemption,
    /// The reader's mark.
    Reading,
}

/// A form that was sent and refused.
#[derive(Debug, Clone, Copy)]
pub struct Returned<'a> {
    place: Place,
    typed: &'a Fields,
    refusal: &'a Refusal,
}

impl Returned<'_> {
    fn at<'a>(returned: Option<&'a Returned<'a>>, place: Place) -> Option<&'a Returned<'a>> {
        returned.filter(|returned| returned.place == place)
    }
}

/// An occurrence with its forms; `untracked` is how many tickets still lack today's word.
#[must_use]
pub fn card(
    visit: &Visit,
    show: &Show,
    task: &Task,
    untracked: Option<usize>,
    returned: Option<&Returned<'_>>,
) -> TaskCard {
    let t = visit.t();
    let rule = &task.routine.rule;
    let tracks = rule.record == Record::Tickets;
    let left = untracked.filter(|_| tracks && task.may_do && task.work.may_exempt().is_ok());
    let doable = task.may_do && task.work.may_submit(visit.now()).is_ok();
    let form = (doable && left.is_none_or(|left| left == 0))
        .then(|| record_form(visit, show, task, Returned::at(returned, Place::Record)));
    let reason = Returned::at(returned, Place::Exemption);
    let exempt = task.may_exempt.then(|| {
        let typed = reason.map_or("", |returned| returned.typed.get("reason"));
        let mut form = FieldForm::new([FieldView::new(FieldKind::Multiline, "reason", t.say("work-reason"))
            .required()
            .tall(2)
            .hint(t.say("work-reason-hint"))
            .value(typed)
            .within(&task.work.id.to_string())]);
        fill_faults(t, &mut form, reason.map(|returned| returned.refusal));
        form
    });
    TaskCard {
        row: words::row(show, t, visit.now(), task, &visit.zone()),
        quote: rule.quote.clone(),
        form,
        left,
        folded: task.work.is_overdue(visit.now()),
        exempting: exempt.as_ref().is_some_and(FieldForm::has_faults),
        exempt,
        version: task.work.version.to_string(),
        key: secret::fresh(&visit.ctx, &format!("work-{}", task.work.id)),
    }
}

fn record_form(visit: &Visit, show: &Show, task: &Task, returned: Option<&Returned<'_>>) -> FieldForm {
    let t = visit.t();
    let raw: RawForm = returned.map(|returned| returned.typed.of_process()).unwrap_or_default();
    let wrong: &[FieldRefusal] = match returned.map(|returned| returned.refusal) {
        Some(Refusal::Fields(wrong)) => wrong,
        _ => &[],
    };
    let filling = Filling { t, directory: show.directory(), raw: &raw, wrong, caller: None, answers: None };
    let mut form = filling.form(&task.form);
    for field in &mut form.fields {
        if field.label.is_empty() {
            field.label = t.say("work-account");
        }
        *field = field.clone().within(&task.work.id.to_string());
    }
    if let Some(refusal) = returned.map(|returned| returned.refusal).filter(|r| !matches!(r, Refusal::Fields(_))) {
        fill_faults(t, &mut form, Some(refusal));
    }
    form
}

fn read_form(t: Tr, returned: Option<&Returned<'_>>) -> FieldForm {
    let typed = |name: &str, usual: &str| match returned {
        Some(returned) => returned.typed.get(name).to_owned(),
        None => usual.to_owned(),
    };
    let mut form = FieldForm::new([
        FieldView::new(FieldKind::Choice, "mark", t.say("work-mark"))
            .required()
            .options(Mark::ALL.map(|mark| Choice::new(mark.as_str(), t.say(&format!("work-mark-{}", mark.as_str())))))
            .value(typed("mark", Mark::Good.as_str())),
        FieldView::new(FieldKind::Multiline, "remark", t.say("work-remark"))
            .tall(3)
            .hint(t.say("work-remark-hint"))
            .value(typed("remark", "")),
    ]);
    fill_faults(t, &mut form, returned.map(|returned| returned.refusal));
    form
}

async fn show(visit: Visit, Path(id): Path<String>) -> PageResult {
    answer(&visit, id.parse().map_err(|_| Refusal::NotFound)?, None, StatusCode::OK).await
}

async fn answer(visit: &Visit, id: WorkId, returned: Option<&Returned<'_>>, status: StatusCode) -> PageResult {
    let (t, show) = (visit.t(), Show::new(visit));
    let task = visit.app.work(visit.actor(), id).await?;
    let untracked = if task.routine.rule.record == Record::Tickets && task.may_do {
        let day = visit.app.my_day(&visit.ctx, visit.actor()).await?;
        Some(usize::try_from(day.untracked).unwrap_or_default())
    } else {
        None
    };
    let label = |label: &String| match label.as_str() {
        "" => t.say("work-account"),
        "tickets" => t.say("work-tickets-said"),
        _ => label.clone(),
    };
    let reading = task.work.mark.map(|mark| ReadingDoc {
        mark: words::mark(t, mark),
        remark: task.work.remark.clone(),
        who: show.person(task.work.read_by),
        at: show.moment(task.work.read.unwrap_or(task.work.due)),
    });
    let page = WorkPage {
        card: card(visit, &show, &task, untracked, returned),
        record: task.work.record.iter().map(|(name, text)| (label(name), text.clone())).collect(),
        reading,
        read: task.may_read.then(|| read_form(t, Returned::at(returned, Place::Reading))),
        stale: status == StatusCode::CONFLICT,
        routine: visit.may(Action::KeepRoutines).then(|| format!("/routines/{}", task.routine.id)),
        shell: visit.shell().await?,
    };
    visit.page(status, &page)
}

/// Goes on, or brings the form back.
async fn after(
    visit: &Visit,
    id: WorkId,
    (place, typed): (Place, &Fields),
    done: AppResult<()>,
    say: Pending,
) -> PageResult {
    let refusal = match done {
        Ok(()) => {
            let draft = match place {
                Place::Record => format!("work-{id}-{}", typed.get("version")),
                Place::Exemption => format!("exempt-{id}-{}", typed.get("version")),
                Place::Reading => format!("read-{id}"),
            };
            let path = if place == Place::Reading { format!("/work/{id}") } else { "/day".to_owned() };
            return Ok(visit.go(&path, &say.forgetting(draft)));
        }
        Err(AppError::Refused(refusal)) => refusal,
        Err(other) => return Err(other.into()),
    };
    let status = match refusal {
        Refusal::Fields(_) | Refusal::Untracked { .. } | Refusal::WorkNotOpen | Refusal::KeyReused => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Refusal::Stale { .. } => StatusCode::CONFLICT,
        Refusal::WorkDone | Refusal::WorkNotSubmitted => {
            return Ok(visit.go(&format!("/work/{id}"), &failed(visit.t(), &refusal)));
        }
        _ => return Err(refusal.into()),
    };
    answer(visit, id, Some(&Returned { place, typed, refusal: &refusal }), status).await
}

async fn submit(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id: WorkId = id.parse().map_err(|_| Refusal::NotFound)?;
    let raw = fields.of_process();
    let parts: Vec<String> = raw.iter().map(|(key, values)| format!("{key}={}", values.join("\n"))).collect();
    let mut asked: Vec<&str> = parts.iter().map(String::as_str).collect();
    let (name, version) = (id.to_string(), fields.get("version"));
    asked.extend(["submission", name.as_str(), version]);
    let submission = Submission {
        seen: fields.parse("version"),
        once: Once::keyed(Some(fields.get("key")), &asked),
        fields: raw.clone(),
    };
    let done = visit.app.submit_work(&visit.ctx, visit.actor(), id, submission).await;
    after(&visit, id, (Place::Record, &fields), done, Pending::done("work-submitted")).await
}

async fn exempt(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id: WorkId = id.parse().map_err(|_| Refusal::NotFound)?;
    let reason = fields.get("reason");
    let once = Once::keyed(Some(fields.get("key")), &["exemption", &id.to_string(), reason]);
    let done = visit.app.exempt_work(&visit.ctx, visit.actor(), id, reason, fields.parse("version"), once).await;
    after(&visit, id, (Place::Exemption, &fields), done, Pending::done("work-exempted")).await
}

async fn read(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id: WorkId = id.parse().map_err(|_| Refusal::NotFound)?;
    let done = match Mark::parse(fields.get("mark")) {
        None => Err(Refusal::field("mark", "missing").into()),
        Some(mark) => {
            let remark = fields.get("remark").to_owned();
            let once =
                Once::keyed(Some(fields.get("key")), &["reading", &id.to_string(), mark.as_str(), remark.as_str()]);
            let reading = Reading { mark, remark, seen: fields.parse("version"), once };
            visit.app.read_work(&visit.ctx, visit.actor(), id, reading).await
        }
    };
    after(&visit, id, (Place::Reading, &fields), done, Pending::done("work-was-read")).await
}

/// Its routes.
pub fn routes() -> Router<WebState> {
    Router::new()
        .route("/work/{id}", get(show))
        .route("/work/{id}/submission", post(submit))
        .route("/work/{id}/exemption", post(exempt))
        .route("/work/{id}/reading", post(read))
}
