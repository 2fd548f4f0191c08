//! The clocks of a ticket: read with their account, paused, resumed, given a limit of their own.

use axum::http::StatusCode;
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use yingda_app::clocks::pages::Outcome;
use yingda_app::clocks::pause::{OwnLimit, PauseClocks, SetLimit};
use yingda_app::clocks::table::amount_fault;
use yingda_core::refusal::FieldRefusal;
use yingda_core::{ClockId, Refusal, TicketId};

use crate::api::bearer::Bearer;
use crate::api::sent::{At, Body};
use crate::api::shapes::clock::{ClockShape, LimitShape};
use crate::api::{ApiResult, json};
use crate::front::{Fault, WebState};

/// Why clocks are to stand still.
#[derive(Debug, Clone, Deserialize, serde::Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPause {
    /// Id of one of the process's reasons.
    #[schema(example = "waiting_customer")]
    reason: String,
    /// What exactly is waited for.
    note: String,
    /// The version of the ticket that was read; not asked about if not given.
    version: Option<i64>,
}

/// They go on.
#[derive(Debug, Clone, Deserialize, serde::Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Resumption {
    /// A remark.
    #[serde(default)]
    note: String,
    /// The version of the ticket that was read; not asked about if not given.
    version: Option<i64>,
}

/// A ticket's own limit: `limit`, or `until`, or neither for the usual one again.
#[derive(Debug, Clone, Deserialize, serde::Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewLimit {
    /// So long from the clock's start.
    limit: Option<LimitShape>,
    /// Until this instant, with the pauses there have been; later pauses move it.
    #[schema(value_type = Option<String>, format = DateTime)]
    until: Option<Timestamp>,
    /// Why.
    reason: String,
    /// The version of the ticket that was read; not asked about if not given.
    version: Option<i64>,
}

async fn all_of(bearer: &Bearer, id: TicketId) -> Result<Vec<ClockShape>, Fault> {
    let names = bearer.names();
    let clocks = bearer.app.ticket_clocks(&bearer.ctx, bearer.actor(), id).await?;
    Ok(clocks.iter().map(|view| ClockShape::of(view, &names, bearer.locale)).collect())
}

/// A ticket's clocks
///
/// Those that go on first, each group oldest first. Due times are counted at the moment of asking.
#[utoipa::path(get, path = "/tickets/{id}/clocks", tag = "clocks", params(("id" = String, Path, description = "The ticket's id")),
    responses((status = 200, description = "The clocks", body = Vec<ClockShape>)))]
async fn list(bearer: Bearer, At(id): At<TicketId>) -> ApiResult {
    json(StatusCode::OK, &all_of(&bearer, id).await?)
}

async fn clock_now(bearer: &Bearer, id: TicketId, clock: ClockId) -> Result<ClockShape, Fault> {
    let view = bearer.app.ticket_clock(&bearer.ctx, bearer.actor(), id, clock).await?;
    Ok(ClockShape::of(&view, &bearer.names(), bearer.locale))
}

/// One clock of a ticket
#[utoipa::path(get, path = "/tickets/{id}/clocks/{clock}", tag = "clocks",
    params(("id" = String, Path, description = "The ticket's id"), ("clock" = String, Path, description = "The clock's id")),
    responses((status = 200, description = "The clock", body = ClockShape)))]
async fn show(bearer: Bearer, At((id, clock)): At<(TicketId, ClockId)>) -> ApiResult {
    json(StatusCode::OK, &clock_now(&bearer, id, clock).await?)
}

/// Let a ticket's clocks stand still
///
/// Those that the reason stops, until somebody lets them go on. `422 nothing-to-pause` where none runs that it stops.
#[utoipa::path(post, path = "/tickets/{id}/clocks/pause", tag = "clocks", params(("id" = String, Path, description = "The ticket's id")),
    request_body = NewPause, responses((status = 200, description = "The clocks", body = Vec<ClockShape>)))]
async fn pause(bearer: Bearer, At(id): At<TicketId>, Body { it, .. }: Body<NewPause>) -> ApiResult {
    let NewPause { reason, note, version } = it;
    let pause = PauseClocks { reason, note, seen: version };
    bearer.app.pause_clocks(&bearer.ctx, bearer.actor(), id, pause).await?;
    json(StatusCode::OK, &all_of(&bearer, id).await?)
}

/// Let a ticket's clocks go on
///
/// Those that somebody has stopped; what the procedure itself holds stays held.
#[utoipa::path(post, path = "/tickets/{id}/clocks/resume", tag = "clocks", params(("id" = String, Path, description = "The ticket's id")),
    request_body = Resumption, responses((status = 200, description = "The clocks", body = Vec<ClockShape>)))]
async fn resume(bearer: Bearer, At(id): At<TicketId>, Body { it, .. }: Body<Resumption>) -> ApiResult {
    bearer.app.resume_clocks(&bearer.ctx, bearer.actor(), id, &it.note, it.version).await?;
    json(StatusCode::OK, &all_of(&bearer, id).await?)
}

/// Give a clock of a ticket a limit of its own
#[utoipa::path(post, path = "/tickets/{id}/clocks/{clock}/limit", tag = "clocks",
    params(("id" = String, Path, description = "The ticket's id"), ("clock" = String, Path, description = "The clock's id")),
    request_body = NewLimit, responses((status = 200, description = "The clock", body = ClockShape)))]
async fn limit(bearer: Bearer, At((id, clock)): At<(TicketId, ClockId)>, Body { it, .. }: Body<NewLimit>) -> ApiResult {
    let to = match (it.limit, it.until) {
        (Some(_), Some(_)) => return Err(Refusal::Fields(vec![FieldRefusal::new("until", "limit-twice")]).into()),
        (Some(limit), None) => {
            let limit = limit.limit();
            if let Some(fault) = amount_fault("limit.amount", limit) {
                return Err(Refusal::Fields(vec![fault]).into());
            }
            OwnLimit::From(limit)
        }
        (None, Some(until)) => OwnLimit::Until(until),
        (None, None) => OwnLimit::AsUsual,
    };
    let set = SetLimit { clock, to, reason: it.reason, seen: it.version };
    bearer.app.set_limit(&bearer.ctx, bearer.actor(), id, set).await?;
    json(StatusCode::OK, &clock_now(&bearer, id, clock).await?)
}

/// How a clock stands, in the API's words.
pub(crate) const fn state_word(outcome: Outcome, held: bool) -> &'static str {
    match outcome {
        Outcome::Going if held => "paused",
        Outcome::Going => "running",
        _ => "stopped",
    }
}

pub(crate) fn routes() -> OpenApiRouter<WebState> {
    OpenApiRouter::default()
        .routes(routes!(list))
        .routes(routes!(pause))
        .routes(routes!(resume))
        .routes(routes!(show))
        .routes(routes!(limit))
}
