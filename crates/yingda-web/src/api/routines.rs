//! Recurring work (周期性工作) and my day: the same intentions as their pages.

use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use yingda_app::routines::{Reading, Submission, Task};
use yingda_core::{Refusal, RoutineId, TicketId, WorkId};

use crate::api::bearer::{Bearer, Keyed};
use crate::api::page::{self, Page};
use crate::api::sent::{Asked, At, Body};
use crate::api::shapes::form;
use crate::api::shapes::routine::{
    CatalogueShape, DayShape, NewExemption, NewReading, NewSubmission, NewWord, RoutineBody, RoutineShape,
    RoutineState, TeamShape, WorkShape,
};
use crate::api::{ApiResult, created, done, json};
use crate::front::{Fault, WebState};

/// Which page.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Listed {
    /// Items of a page, 1 to 100; 50 if not given.
    limit: Option<u32>,
    /// What the page before gave as `next`.
    cursor: Option<String>,
}

async fn shape(bearer: &Bearer, id: RoutineId) -> Result<RoutineShape, Fault> {
    let routine = bearer.app.routine(bearer.actor(), id).await?;
    Ok(RoutineShape::of(&routine, &bearer.app, &bearer.names(), bearer.ctx.now))
}

async fn work_now(bearer: &Bearer, id: WorkId) -> Result<WorkShape, Fault> {
    Ok(WorkShape::of(&bearer.app.work(bearer.actor(), id).await?, &bearer.names()))
}

/// My day
#[utoipa::path(get, path = "/day", tag = "routines", responses((status = 200, description = "My day", body = DayShape)))]
async fn day(bearer: Bearer) -> ApiResult {
    let day = bearer.app.my_day(&bearer.ctx, bearer.actor()).await?;
    json(StatusCode::OK, &DayShape::of(&day, &bearer.names()))
}

/// The team's day; for leads of the desk
#[utoipa::path(get, path = "/day/team", tag = "routines",
    responses((status = 200, description = "Everybody's day", body = TeamShape)))]
async fn team(bearer: Bearer) -> ApiResult {
    let team = bearer.app.team_day(&bearer.ctx, bearer.actor()).await?;
    json(StatusCode::OK, &TeamShape::of(&team, &bearer.names()))
}

/// Say today's word on a ticket of one's own
///
/// A later word of the same day takes its place. The daily tracking is done with the last ticket.
#[utoipa::path(put, path = "/tickets/{id}/tracking", tag = "routines", params(("id" = String, Path, description = "The ticket's id")),
    request_body = NewWord, responses((status = 204, description = "It is kept")))]
async fn track(bearer: Bearer, At(id): At<TicketId>, Body { it, .. }: Body<NewWord>) -> ApiResult {
    bearer.app.track(&bearer.ctx, bearer.actor(), id, &it.note, &it.obstacle).await?;
    done()
}

/// What recurs; for leads of the desk
#[utoipa::path(get, path = "/routines", tag = "routines",
    responses((status = 200, description = "All of them, what runs first", body = Page<RoutineShape>)))]
async fn list(bearer: Bearer) -> ApiResult {
    let (names, now) = (bearer.names(), bearer.ctx.now);
    let all = bearer.app.routines(bearer.actor()).await?;
    let items = all.iter().map(|routine| RoutineShape::of(routine, &bearer.app, &names, now)).collect();
    json(StatusCode::OK, &Page { items, next: None })
}

/// Make a routine of the company's own
#[utoipa::path(post, path = "/routines", tag = "routines", params(Keyed), request_body = RoutineBody,
    responses((status = 201, description = "The routine", body = RoutineShape)))]
async fn add(bearer: Bearer, Body { it, canonical }: Body<RoutineBody>) -> ApiResult {
    let once = bearer.once(&canonical);
    let id = bearer.app.add_routine(&bearer.ctx, bearer.actor(), &it.text(), None, once).await?;
    created(&format!("/routines/{id}"), &shape(&bearer, id).await?)
}

/// One routine
#[utoipa::path(get, path = "/routines/{id}", tag = "routines", params(("id" = String, Path, description = "The routine's id")),
    responses((status = 200, description = "The routine", body = RoutineShape)))]
async fn show(bearer: Bearer, At(id): At<RoutineId>) -> ApiResult {
    json(StatusCode::OK, &shape(&bearer, id).await?)
}

/// Change a routine of the company's own
///
/// Occurrences that have opened stay as they are. `version` must be given.
#[utoipa::path(put, path = "/routines/{id}", tag = "routines", params(("id" = String, Path, description = "The routine's id")),
    request_body = RoutineBody, responses((status = 200, description = "The routine", body = RoutineShape)))]
async fn edit(bearer: Bearer, At(id): At<RoutineId>, Body { it, .. }: Body<RoutineBody>) -> ApiResult {
    let seen = it.version.ok_or_else(|| Refusal::field("version", "missing"))?;
    bearer.app.edit_routine(&bearer.ctx, bearer.actor(), id, &it.text(), seen).await?;
    json(StatusCode::OK, &shape(&bearer, id).await?)
}

/// Let a routine rest, or take it up again
#[utoipa::path(put, path = "/routines/{id}/state", tag = "routines", params(("id" = String, Path, description = "The routine's id")),
    request_body = RoutineState, responses((status = 200, description = "The routine", body = RoutineShape)))]
async fn switch(bearer: Bearer, At(id): At<RoutineId>, Body { it, .. }: Body<RoutineState>) -> ApiResult {
    bearer.app.switch_routine(&bearer.ctx, bearer.actor(), id, it.active, it.version).await?;
    json(StatusCode::OK, &shape(&bearer, id).await?)
}

/// What came of a routine, newest first
#[utoipa::path(get, path = "/routines/{id}/work", tag = "routines",
    params(("id" = String, Path, description = "The routine's id"), Listed),
    responses((status = 200, description = "A page", body = Page<WorkShape>)))]
async fn history(bearer: Bearer, At(id): At<RoutineId>, Asked(listed): Asked<Listed>) -> ApiResult {
    let size = page::size(listed.limit)?;
    let routine = bearer.app.routine(bearer.actor(), id).await?;
    let before = match page::read("work", listed.cursor.as_deref())? {
        None => None,
        Some([at, work]) => {
            let at = jiff::Timestamp::from_microsecond(at).map_err(|_| Refusal::field("cursor", "malformed"))?;
            Some((at, WorkId(work)))
        }
    };
    let more = i64::try_from(size + 1).unwrap_or(i64::MAX);
    let works = bearer.app.routine_history(bearer.actor(), id, bearer.ctx.now, before, more).await?;
    let names = bearer.names();
    let form = bearer.app.routine_form(&routine);
    let task = |work| {
        let (may_do, may_exempt, may_read) = (false, false, false);
        Task { work, routine: routine.clone(), form: form.clone(), may_do, may_exempt, may_read }
    };
    let key = |work: &yingda_core::routine::Work| page::cursor("work", [work.opens.as_microsecond(), work.id.get()]);
    json(StatusCode::OK, &Page::of(works, size, key, |work| WorkShape::of(&task(work), &names)))
}

/// Open an occurrence for today, for work that an event asks for
#[utoipa::path(post, path = "/routines/{id}/work", tag = "routines", params(("id" = String, Path, description = "The routine's id")),
    responses((status = 204, description = "It is there, if it was not")))]
async fn open_now(bearer: Bearer, At(id): At<RoutineId>) -> ApiResult {
    bearer.app.open_routine_now(&bearer.ctx, bearer.actor(), id).await?;
    done()
}

/// Ready-made routines of the documents
#[utoipa::path(get, path = "/routine-catalogue", tag = "routines",
    responses((status = 200, description = "The whole catalogue", body = Page<CatalogueShape>)))]
async fn catalogue(bearer: Bearer) -> ApiResult {
    let names = bearer.names();
    let all = bearer.app.routine_catalogue(bearer.actor()).await?;
    let items = all.iter().map(|entry| CatalogueShape::of(entry, &bearer.app, &names)).collect();
    json(StatusCode::OK, &Page { items, next: None })
}

/// Take an entry of the catalogue over as it stands
#[utoipa::path(post, path = "/routine-catalogue/{name}", tag = "routines",
    params(("name" = String, Path, description = "The entry's code"), Keyed),
    responses((status = 201, description = "The routine", body = RoutineShape)))]
async fn adopt(bearer: Bearer, At(code): At<String>) -> ApiResult {
    let once = bearer.once(&code);
    let id = bearer.app.adopt_routine(&bearer.ctx, bearer.actor(), &code, once).await?;
    created(&format!("/routines/{id}"), &shape(&bearer, id).await?)
}

/// One occurrence of recurring work
#[utoipa::path(get, path = "/work/{id}", tag = "routines", params(("id" = String, Path, description = "The occurrence's id")),
    responses((status = 200, description = "The occurrence", body = WorkShape)))]
async fn work(bearer: Bearer, At(id): At<WorkId>) -> ApiResult {
    json(StatusCode::OK, &work_now(&bearer, id).await?)
}

/// Submit it
///
/// What was missed can still be submitted; it is late then.
#[utoipa::path(post, path = "/work/{id}/submission", tag = "routines",
    params(("id" = String, Path, description = "The occurrence's id"), Keyed), request_body = NewSubmission,
    responses((status = 200, description = "The occurrence", body = WorkShape)))]
async fn submit(bearer: Bearer, At(id): At<WorkId>, Body { it, canonical }: Body<NewSubmission>) -> ApiResult {
    let task = bearer.app.work(bearer.actor(), id).await?;
    let fields = form::raw(&it.fields, [&task.form])?;
    let submission = Submission { fields, seen: it.version, once: bearer.once(&canonical) };
    bearer.app.submit_work(&bearer.ctx, bearer.actor(), id, submission).await?;
    json(StatusCode::OK, &work_now(&bearer, id).await?)
}

/// Leave it out, with a reason
#[utoipa::path(post, path = "/work/{id}/exemption", tag = "routines",
    params(("id" = String, Path, description = "The occurrence's id"), Keyed), request_body = NewExemption,
    responses((status = 200, description = "The occurrence", body = WorkShape)))]
async fn exempt(bearer: Bearer, At(id): At<WorkId>, Body { it, canonical }: Body<NewExemption>) -> ApiResult {
    let once = bearer.once(&canonical);
    bearer.app.exempt_work(&bearer.ctx, bearer.actor(), id, &it.reason, it.version, once).await?;
    json(StatusCode::OK, &work_now(&bearer, id).await?)
}

/// Read what was submitted, with a mark
#[utoipa::path(post, path = "/work/{id}/reading", tag = "routines",
    params(("id" = String, Path, description = "The occurrence's id"), Keyed), request_body = NewReading,
    responses((status = 200, description = "The occurrence", body = WorkShape)))]
async fn read(bearer: Bearer, At(id): At<WorkId>, Body { it, canonical }: Body<NewReading>) -> ApiResult {
    let mark = it.mark().ok_or_else(|| Refusal::field("mark", "not-an-option"))?;
    let reading = Reading { mark, remark: it.remark, seen: it.version, once: bearer.once(&canonical) };
    bearer.app.read_work(&bearer.ctx, bearer.actor(), id, reading).await?;
    json(StatusCode::OK, &work_now(&bearer, id).await?)
}

pub(crate) fn routes() -> OpenApiRouter<WebState> {
    OpenApiRouter::default()
        .routes(routes!(day))
        .routes(routes!(team))
        .routes(routes!(track))
        .routes(routes!(list, add))
        .routes(routes!(show, edit))
        .routes(routes!(switch))
        .routes(routes!(history, open_now))
        .routes(routes!(catalogue))
        .routes(routes!(adopt))
        .routes(routes!(work))
        .routes(routes!(submit))
        .routes(routes!(exempt))
        .routes(routes!(read))
}
