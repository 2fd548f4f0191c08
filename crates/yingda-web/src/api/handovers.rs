//! Hand-overs (交接班) and my duty.

use axum::http::StatusCode;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use yingda_app::duty::handovers::{HandoverText, TicketMark};
use yingda_core::duty::Presence;
use yingda_core::{DepartmentId, HandoverId, ShiftId, TicketId};

use crate::api::bearer::Bearer;
use crate::api::page::{self, Page};
use crate::api::sent::{Asked, At, Body};
use crate::api::shapes::duty::TurnShape;
use crate::api::shapes::handover::{HandoverDetail, HandoverDueShape, HandoverShape, RemarksShape};
use crate::api::shapes::requests::{LeaveShape, SwapShape};
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

/// A shift that ends.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewHandover {
    /// Which shift.
    #[schema(value_type = String)]
    shift: ShiftId,
    /// The day on which it began.
    #[schema(value_type = String, format = Date)]
    day: Date,
}

/// What the outgoing side says of a ticket.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MarkBody {
    /// Which.
    #[schema(value_type = String)]
    ticket: TicketId,
    /// The customer has a special need.
    #[serde(default)]
    flagged: bool,
    /// It stays with whoever has it.
    #[serde(default)]
    stays: bool,
    /// A remark.
    #[serde(default)]
    note: String,
}

/// A hand-over as the outgoing side fills it in.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct HandoverBody {
    /// What they write.
    #[serde(default)]
    remarks: RemarksShape,
    /// Marks on tickets; tickets that are not named have none.
    #[serde(default)]
    tickets: Vec<MarkBody>,
    /// The version that was seen.
    version: i64,
}

/// A signature.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Signature {
    /// The version that was seen.
    version: i64,
}

/// My duty.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct MyDutyShape {
    /// `on_duty`, `off_duty` or `on_leave`.
    #[schema(example = "on_duty")]
    presence: &'static str,
    /// When I am back, where I am not on duty and that is known.
    #[schema(value_type = Option<String>, format = DateTime)]
    back: Option<jiff::Timestamp>,
    /// My turns that can be signed.
    now: Vec<TurnShape>,
    /// My turns of the coming 31 days.
    coming: Vec<TurnShape>,
    /// Swaps that are not settled and that I have a part in.
    swaps: Vec<SwapShape>,
    /// My leave that is not over.
    leaves: Vec<LeaveShape>,
    /// Hand-overs that wait for my side.
    handovers: Vec<HandoverDueShape>,
    /// Night logs that I have not read.
    logs: Vec<HandoverShape>,
}

/// My duty
#[utoipa::path(get, path = "/me/duty", tag = "duty", responses((status = 200, description = "My duty", body = MyDutyShape)))]
async fn mine(bearer: Bearer) -> ApiResult {
    let mine = bearer.app.my_duty(&bearer.ctx, bearer.actor()).await?;
    let names = bearer.names();
    let (presence, back) = match mine.presence {
        Presence::OnDuty => ("on_duty", None),
        Presence::OffDuty { back } => ("off_duty", back),
        Presence::OnLeave { back } => ("on_leave", back),
    };
    let shape = MyDutyShape {
        presence,
        back,
        now: mine.now.iter().map(|turn| TurnShape::of(turn, &names)).collect(),
        coming: mine.coming.iter().map(|turn| TurnShape::of(turn, &names)).collect(),
        swaps: mine.swaps.iter().map(|view| SwapShape::of(view, &names)).collect(),
        leaves: mine.leaves.iter().map(|view| LeaveShape::of(view, &names)).collect(),
        handovers: mine.handovers.iter().map(HandoverDueShape::from).collect(),
        logs: mine.logs.iter().map(|log| HandoverShape::of(log, &names)).collect(),
    };
    json(StatusCode::OK, &shape)
}

async fn detail(bearer: &Bearer, id: HandoverId) -> Result<HandoverDetail, Fault> {
    let view = bearer.app.handover(&bearer.ctx, bearer.actor(), id).await?;
    Ok(HandoverDetail::of(&view, &bearer.names()))
}

/// A department's hand-overs, newest first
#[utoipa::path(get, path = "/departments/{id}/handovers", tag = "duty",
    params(("id" = String, Path, description = "The department's id"), Paged),
    responses((status = 200, description = "A page", body = Page<HandoverShape>)))]
async fn list(bearer: Bearer, At(id): At<DepartmentId>, Asked(paged): Asked<Paged>) -> ApiResult {
    let size = page::size(paged.limit)?;
    let before = page::read("handovers", paged.cursor.as_deref())?.map(|[id]| HandoverId(id));
    let limit = i64::try_from(size + 1).unwrap_or(i64::MAX);
    let rows = bearer.app.handovers(bearer.actor(), id, before, limit).await?;
    let names = bearer.names();
    json(
        StatusCode::OK,
        &Page::of(rows, size, |row| page::cursor("handovers", [row.id.get()]), |row| HandoverShape::of(&row, &names)),
    )
}

/// Shifts of the last seven days that are not handed over
#[utoipa::path(get, path = "/departments/{id}/handovers/due", tag = "duty",
    params(("id" = String, Path, description = "The department's id")),
    responses((status = 200, description = "Shifts", body = Page<HandoverDueShape>)))]
async fn due(bearer: Bearer, At(id): At<DepartmentId>) -> ApiResult {
    let due = bearer.app.handovers_due(&bearer.ctx, bearer.actor(), id).await?;
    json(StatusCode::OK, &Page { items: due.iter().map(HandoverDueShape::from).collect(), next: None })
}

/// Draw a hand-over up
///
/// There is one for each shift and day: a repeat gives the one that is there.
#[utoipa::path(post, path = "/handovers", tag = "duty", request_body = NewHandover,
    responses((status = 201, description = "The hand-over", body = HandoverDetail)))]
async fn draw_up(bearer: Bearer, Body { it, .. }: Body<NewHandover>) -> ApiResult {
    let id = bearer.app.draw_up_handover(&bearer.ctx, bearer.actor(), it.shift, it.day).await?;
    created(&format!("/handovers/{id}"), &detail(&bearer, id).await?)
}

/// One hand-over
#[utoipa::path(get, path = "/handovers/{id}", tag = "duty", params(("id" = String, Path, description = "The hand-over's id")),
    responses((status = 200, description = "The hand-over", body = HandoverDetail)))]
async fn show(bearer: Bearer, At(id): At<HandoverId>) -> ApiResult {
    json(StatusCode::OK, &detail(&bearer, id).await?)
}

/// Write on a hand-over, for the outgoing side
#[utoipa::path(put, path = "/handovers/{id}", tag = "duty", params(("id" = String, Path, description = "The hand-over's id")),
    request_body = HandoverBody, responses((status = 200, description = "The hand-over", body = HandoverDetail)))]
async fn edit(bearer: Bearer, At(id): At<HandoverId>, Body { it, .. }: Body<HandoverBody>) -> ApiResult {
    let mark =
        |mark: MarkBody| TicketMark { ticket: mark.ticket, flagged: mark.flagged, stays: mark.stays, note: mark.note };
    let text = HandoverText { remarks: it.remarks.into(), tickets: it.tickets.into_iter().map(mark).collect() };
    bearer.app.edit_handover(bearer.actor(), id, text, it.version).await?;
    json(StatusCode::OK, &detail(&bearer, id).await?)
}

/// Sign for the outgoing side
///
/// From two hours before the shift ends; a night shift needs its log's `summary` first. The list of tickets is laid down.
#[utoipa::path(post, path = "/handovers/{id}/outgoing-signature", tag = "duty",
    params(("id" = String, Path, description = "The hand-over's id")), request_body = Signature,
    responses((status = 200, description = "The hand-over", body = HandoverDetail)))]
async fn hand(bearer: Bearer, At(id): At<HandoverId>, Body { it, .. }: Body<Signature>) -> ApiResult {
    bearer.app.hand_over(&bearer.ctx, bearer.actor(), id, it.version).await?;
    json(StatusCode::OK, &detail(&bearer, id).await?)
}

/// Sign for the incoming side
///
/// What is open and named follows to those who come on; owners stay.
#[utoipa::path(post, path = "/handovers/{id}/incoming-signature", tag = "duty",
    params(("id" = String, Path, description = "The hand-over's id")), request_body = Signature,
    responses((status = 200, description = "The hand-over", body = HandoverDetail)))]
async fn take(bearer: Bearer, At(id): At<HandoverId>, Body { it, .. }: Body<Signature>) -> ApiResult {
    bearer.app.take_over(&bearer.ctx, bearer.actor(), id, it.version).await?;
    json(StatusCode::OK, &detail(&bearer, id).await?)
}

/// Mark the night's log as read, for those who lead the department
#[utoipa::path(post, path = "/handovers/{id}/reading", tag = "duty", params(("id" = String, Path, description = "The hand-over's id")),
    responses((status = 200, description = "The hand-over", body = HandoverDetail)))]
async fn read(bearer: Bearer, At(id): At<HandoverId>) -> ApiResult {
    bearer.app.read_night_log(&bearer.ctx, bearer.actor(), id).await?;
    json(StatusCode::OK, &detail(&bearer, id).await?)
}

pub(crate) fn routes() -> OpenApiRouter<WebState> {
    OpenApiRouter::default()
        .routes(routes!(mine))
        .routes(routes!(list))
        .routes(routes!(due))
        .routes(routes!(draw_up))
        .routes(routes!(show, edit))
        .routes(routes!(hand))
        .routes(routes!(take))
        .routes(routes!(read))
}
