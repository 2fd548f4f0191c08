//! Notices and escalations: one's own, the whole desk's, a ticket's; reading them, raising one, saying what came of it.

use axum::http::StatusCode;
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use yingda_app::notices::triggers::{self, RaiseTrigger};
use yingda_app::notices::{Filter, Lines, Show};
use yingda_core::{NoticeId, PersonId, TicketId};

use crate::api::bearer::{Bearer, Keyed};
use crate::api::page::{self, Page};
use crate::api::sent::{Asked, At, Body};
use crate::api::shapes::notice::{NewEscalation, NewOutcome, NoticeShape, TriggerShape};
use crate::api::{ApiResult, created, json};
use crate::front::{Fault, WebState};

/// Which of one's own notices.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Mine {
    /// Read ones too; only unread ones if not given.
    #[serde(default)]
    read: bool,
    /// Items of a page, 1 to 100; 50 if not given.
    limit: Option<u32>,
    /// What the page before gave as `next`.
    cursor: Option<String>,
}

/// Which notices of the whole desk.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct OfDesk {
    /// Only those whose outcome nobody has said yet.
    #[serde(default)]
    awaiting: bool,
    /// Only this kind.
    kind: Option<String>,
    /// Only those brought before this person.
    #[param(value_type = Option<String>)]
    person: Option<PersonId>,
    /// Raised at this instant or later.
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Timestamp>,
    /// Raised before this instant.
    #[param(value_type = Option<String>, format = DateTime)]
    until: Option<Timestamp>,
    /// Items of a page, 1 to 100; 50 if not given.
    limit: Option<u32>,
    /// What the page before gave as `next`.
    cursor: Option<String>,
}

fn page_of(bearer: &Bearer, lines: &Lines) -> Page<NoticeShape> {
    let names = bearer.names();
    Page {
        items: lines.lines.iter().map(|line| NoticeShape::of(&line.told, &names)).collect(),
        next: lines.next.map(|id| page::cursor("notices", [id.get()])),
    }
}

fn before(cursor: Option<&str>) -> Result<Option<NoticeId>, Fault> {
    Ok(page::read("notices", cursor)?.map(|[id]| NoticeId(id)))
}

async fn notice_now(bearer: &Bearer, id: NoticeId) -> Result<NoticeShape, Fault> {
    Ok(NoticeShape::of(&bearer.app.notice(bearer.actor(), id).await?.told, &bearer.names()))
}

/// One's own notices
///
/// Newest first. What waits for one's next duty is not in it yet.
#[utoipa::path(get, path = "/notices", tag = "notices", params(Mine), responses((status = 200, description = "A page", body = Page<NoticeShape>)))]
async fn mine(bearer: Bearer, Asked(asked): Asked<Mine>) -> ApiResult {
    let size = page::size(asked.limit)?;
    let show = if asked.read { Show::All } else { Show::Unread };
    let before = before(asked.cursor.as_deref())?;
    let lines = bearer.app.my_notices(&bearer.ctx, bearer.actor(), show, before, size).await?;
    json(StatusCode::OK, &page_of(&bearer, &lines))
}

/// Notices of the whole desk
///
/// For those who lead it; newest first.
#[utoipa::path(get, path = "/notices/desk", tag = "notices", params(OfDesk), responses((status = 200, description = "A page", body = Page<NoticeShape>)))]
async fn of_desk(bearer: Bearer, Asked(asked): Asked<OfDesk>) -> ApiResult {
    let size = page::size(asked.limit)?;
    let before = before(asked.cursor.as_deref())?;
    let OfDesk { awaiting, kind, person, from, until, .. } = asked;
    let filter = Filter { awaiting, kind, person, from, until };
    let lines = bearer.app.all_notices(bearer.actor(), &filter, before, size).await?;
    json(StatusCode::OK, &page_of(&bearer, &lines))
}

/// One notice
#[utoipa::path(get, path = "/notices/{id}", tag = "notices", params(("id" = String, Path, description = "The notice's id")),
    responses((status = 200, description = "The notice", body = NoticeShape)))]
async fn show(bearer: Bearer, At(id): At<NoticeId>) -> ApiResult {
    json(StatusCode::OK, &notice_now(&bearer, id).await?)
}

/// Note that one has read a notice
#[utoipa::path(post, path = "/notices/{id}/reading", tag = "notices", params(("id" = String, Path, description = "The notice's id")),
    responses((status = 200, description = "The notice", body = NoticeShape)))]
async fn read(bearer: Bearer, At(id): At<NoticeId>) -> ApiResult {
    bearer.app.read_notice(&bearer.ctx, bearer.actor(), id).await?;
    json(StatusCode::OK, &notice_now(&bearer, id).await?)
}

/// Say what came of an escalation
///
/// Its recipients may, and those who lead the desk; once.
#[utoipa::path(post, path = "/notices/{id}/outcome", tag = "notices", params(("id" = String, Path, description = "The notice's id"), Keyed),
    request_body = NewOutcome, responses((status = 200, description = "The notice", body = NoticeShape)))]
async fn settle(bearer: Bearer, At(id): At<NoticeId>, Body { it, canonical }: Body<NewOutcome>) -> ApiResult {
    let once = bearer.once(&canonical);
    bearer.app.settle_notice(&bearer.ctx, bearer.actor(), id, &it.outcome, once).await?;
    json(StatusCode::OK, &notice_now(&bearer, id).await?)
}

/// A ticket's notices
///
/// Oldest first.
#[utoipa::path(get, path = "/tickets/{id}/notices", tag = "notices", params(("id" = String, Path, description = "The ticket's id")),
    responses((status = 200, description = "The notices", body = Vec<NoticeShape>)))]
async fn of_ticket(bearer: Bearer, At(id): At<TicketId>) -> ApiResult {
    let names = bearer.names();
    let told = bearer.app.ticket_notices(bearer.actor(), id).await?;
    json(StatusCode::OK, &told.iter().map(|told| NoticeShape::of(told, &names)).collect::<Vec<_>>())
}

/// What a ticket can be reported for
///
/// The triggers of its process, or the desk's own where the process has none.
#[utoipa::path(get, path = "/tickets/{id}/triggers", tag = "notices", params(("id" = String, Path, description = "The ticket's id")),
    responses((status = 200, description = "The triggers", body = Vec<TriggerShape>)))]
async fn offered(bearer: Bearer, At(id): At<TicketId>) -> ApiResult {
    let view = bearer.app.ticket(bearer.actor(), id).await?;
    let offered = triggers::offered(&view.process.definition).into_iter().map(TriggerShape::from);
    json(StatusCode::OK, &offered.collect::<Vec<_>>())
}

/// Bring a ticket before those who lead
///
/// They are told at once, whatever the hour, and the escalation waits for its outcome.
#[utoipa::path(post, path = "/tickets/{id}/escalations", tag = "notices", params(("id" = String, Path, description = "The ticket's id"), Keyed),
    request_body = NewEscalation, responses((status = 201, description = "The notice", body = NoticeShape)))]
async fn raise(bearer: Bearer, At(id): At<TicketId>, Body { it, canonical }: Body<NewEscalation>) -> ApiResult {
    let once = bearer.once(&canonical);
    let NewEscalation { trigger, note, proposal } = it;
    let asked = RaiseTrigger { trigger, note, proposal, once };
    let notice = bearer.app.raise_trigger(&bearer.ctx, bearer.actor(), id, asked).await?;
    created(&format!("/notices/{notice}"), &notice_now(&bearer, notice).await?)
}

pub(crate) fn routes() -> OpenApiRouter<WebState> {
    OpenApiRouter::default()
        .routes(routes!(mine))
        .routes(routes!(of_desk))
        .routes(routes!(show))
        .routes(routes!(read))
        .routes(routes!(settle))
        .routes(routes!(of_ticket))
        .routes(routes!(offered))
        .routes(routes!(raise))
}
