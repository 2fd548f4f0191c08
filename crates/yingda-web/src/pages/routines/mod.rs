//! 周期性工作: the list, one routine with its history, the catalogue; the form is in `edit`.

pub mod edit;
pub mod words;

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::routing::{get, post};
use jiff::Timestamp;
use serde::Deserialize;
use yingda_app::routines::{CATALOGUE, Routine, Task};
use yingda_app::{AppError, Once, secret};
use yingda_core::{Refusal, RoutineId, WorkId};

use crate::front::flash::Pending;
use crate::front::{PageResult, Posted, Visit, WebState};
use crate::kit::{Badge, Paging, Tone};
use crate::pages::show::{Show, failed, sentence};
use crate::views::routines::{CataloguePage, Entry, RoutinePage, RoutineRow, RoutinesPage};

/// Occurrences of a page of history.
const SIZE: usize = 30;

fn row(visit: &Visit, show: &Show, routine: &Routine) -> RoutineRow {
    let (t, directory, rule) = (visit.t(), show.directory(), &routine.rule);
    let state = match (routine.active, routine.listed) {
        (true, true) => Badge::new(t.say("routine-runs"), Tone::Good),
        (false, true) => Badge::new(t.say("routine-rests"), Tone::Neutral),
        (_, false) => Badge::new(t.say("routine-gone"), Tone::Neutral),
    };
    let from = match routine.process.as_str() {
        "" => t.say("routine-from-company"),
        CATALOGUE => t.with("routine-from-catalogue", &[("source", rule.source.as_str())]),
        process => t.with("routine-from-process", &[("process", show.process(process))]),
    };
    let next = routine.runs().then(|| visit.app.routine_next(rule, visit.now())).flatten();
    RoutineRow {
        href: format!("/routines/{}", routine.id),
        label: rule.label.clone(),
        who: words::who(t, directory, rule),
        nobody: routine.runs() && rule.who.people(directory).is_empty(),
        recurs: words::recurs(t, rule),
        reader: rule.read_by.as_ref().map(|whom| words::whom(t, directory, whom)).unwrap_or_default(),
        from,
        state,
        next: next.map(|at| show.moment(at)),
    }
}

async fn list(visit: Visit) -> PageResult {
    let show = Show::new(&visit);
    let routines = visit.app.routines(visit.actor()).await?;
    let catalogue = visit.app.routine_catalogue(visit.actor()).await?;
    let page = RoutinesPage {
        rows: routines.iter().map(|routine| row(&visit, &show, routine)).collect(),
        offered: catalogue.iter().filter(|entry| entry.taken.is_none()).count(),
        shell: visit.shell().await?,
    };
    visit.page(StatusCode::OK, &page)
}

#[derive(Debug, Deserialize, Default)]
struct Asked {
    #[serde(default)]
    before: String,
}

/// Where a page of history begins: microseconds and id.
fn before(text: &str) -> Option<(Timestamp, WorkId)> {
    let (at, id) = text.split_once('.')?;
    Some((Timestamp::from_microsecond(at.parse().ok()?).ok()?, id.parse().ok()?))
}

async fn one(visit: Visit, Path(id): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    let (t, show) = (visit.t(), Show::new(&visit));
    let id: RoutineId = id.parse().map_err(|_| Refusal::NotFound)?;
    let routine = visit.app.routine(visit.actor(), id).await?;
    let size = i64::try_from(SIZE + 1).unwrap_or(i64::MAX);
    let mut works = visit.app.routine_history(visit.actor(), id, visit.now(), before(&asked.before), size).await?;
    let more = works.len() > SIZE;
    works.truncate(SIZE);
    let next = works
        .last()
        .filter(|_| more)
        .map(|last| format!("/routines/{id}?before={}.{}", last.opens.as_microsecond(), last.id));
    let labels: Vec<String> = visit.app.routine_form(&routine).fields.into_iter().map(|field| field.label).collect();
    let rule = &routine.rule;
    let directory = show.directory();
    let mut rules = vec![
        (t.say("routine-who"), words::who(t, directory, rule)),
        (t.say("routine-when"), words::recurs(t, rule)),
        (t.say("routine-free-day"), t.say(&format!("routine-free-{}", rule.when.free_day.id()))),
        (t.say("routine-record"), words::record(t, rule, &labels)),
        (t.say("routine-exempt"), t.say(if rule.exempt { "routine-exempt-yes" } else { "routine-exempt-no" })),
    ];
    if let Some(reader) = &rule.read_by {
        rules.push((t.say("routine-reader"), words::whom(t, directory, reader)));
    }
    if !rule.requirements.is_empty() {
        rules.push((t.say("routine-requirements"), rule.requirements.join(" ")));
    }
    let paging =
        Paging { prev: (!asked.before.is_empty()).then(|| format!("/routines/{id}")), next, shown: works.len() };
    let form = visit.app.routine_form(&routine);
    let tasks = works.into_iter().map(|work| {
        let (may_do, may_exempt, may_read) = (false, false, false);
        let task = Task { work, routine: routine.clone(), form: form.clone(), may_do, may_exempt, may_read };
        words::row(&show, t, visit.now(), &task, &visit.zone())
    });
    let page = RoutinePage {
        id: id.to_string(),
        row: row(&visit, &show, &routine),
        rules,
        quote: rule.quote.clone(),
        ours: rule.ours && !routine.process.is_empty(),
        note: rule.note.clone(),
        history: tasks.collect(),
        paging,
        version: routine.version.to_string(),
        editable: routine.is_ours(),
        active: routine.active,
        listed: routine.listed,
        shell: visit.shell().await?,
    };
    visit.page(StatusCode::OK, &page)
}

async fn switch(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id: RoutineId = id.parse().map_err(|_| Refusal::NotFound)?;
    let active = fields.get("active") == "yes";
    let seen = fields.parse("version").unwrap_or_default();
    let path = format!("/routines/{id}");
    match visit.app.switch_routine(&visit.ctx, visit.actor(), id, active, seen).await {
        Ok(()) => Ok(visit.go(&path, &Pending::done(if active { "routine-resumed" } else { "routine-rested" }))),
        Err(AppError::Refused(refusal @ Refusal::Stale { .. })) => Ok(visit.go(&path, &failed(visit.t(), &refusal))),
        Err(other) => Err(other.into()),
    }
}

async fn open_now(visit: Visit, Path(id): Path<String>, Posted(_): Posted) -> PageResult {
    let id: RoutineId = id.parse().map_err(|_| Refusal::NotFound)?;
    let made = visit.app.open_routine_now(&visit.ctx, visit.actor(), id).await?;
    let say = match made {
        0 => Pending::notice("routine-open-already"),
        n => Pending::done("routine-opened").with("n", n),
    };
    Ok(visit.go(&format!("/routines/{id}"), &say))
}

async fn catalogue(visit: Visit) -> PageResult {
    let (t, show) = (visit.t(), Show::new(&visit));
    let entries = visit.app.routine_catalogue(visit.actor()).await?;
    let entry = |entry: &yingda_app::routines::CatalogueEntry| Entry {
        code: entry.code.clone(),
        key: secret::fresh(&visit.ctx, &format!("adopt-{}", entry.code)),
        number: entry.rule.requirements.join(" "),
        label: entry.rule.label.clone(),
        source: entry.rule.source.clone(),
        quote: entry.rule.quote.clone(),
        who: words::who(t, show.directory(), &entry.rule),
        recurs: words::recurs(t, &entry.rule),
        ours: entry.rule.ours,
        note: entry.rule.note.clone(),
        taken: entry.taken.map(|id| format!("/routines/{id}")),
        somebody: entry.somebody,
    };
    let page = CataloguePage { entries: entries.iter().map(entry).collect(), shell: visit.shell().await? };
    visit.page(StatusCode::OK, &page)
}

async fn adopt(visit: Visit, Path(code): Path<String>, Posted(fields): Posted) -> PageResult {
    let once = Once::keyed(Some(fields.get("key")), &["adopt", &code]);
    match visit.app.adopt_routine(&visit.ctx, visit.actor(), &code, once).await {
        Ok(id) => Ok(visit.go(&format!("/routines/{id}"), &Pending::done("routine-adopted"))),
        Err(AppError::Refused(refusal @ (Refusal::Fields(_) | Refusal::Taken { .. }))) => {
            let say = Pending::failed("say").with("text", sentence(visit.t(), &refusal));
            Ok(visit.go("/routines/catalogue", &say))
        }
        Err(other) => Err(other.into()),
    }
}

/// Its routes.
pub fn routes() -> Router<WebState> {
    Router::new()
        .route("/routines", get(list).post(edit::add))
        .route("/routines/new", get(edit::fresh))
        .route("/routines/catalogue", get(catalogue))
        .route("/routines/catalogue/{code}", post(adopt))
        .route("/routines/{id}", get(one).post(edit::save))
        .route("/routines/{id}/edit", get(edit::edit))
        .route("/routines/{id}/state", post(switch))
        .route("/routines/{id}/occurrences", post(open_now))
}
