//! What is done to a ticket: its steps, who works on it, who sees it, where it stands, contact sheets beside the process.
//!
//! Each deed gives the ticket as it stands now, or nothing where the doer may no longer see it.

use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use yingda_app::AppError;
use yingda_app::amend::Amend;
use yingda_app::assignment::Transfer;
use yingda_app::sheets::SendSheet;
use yingda_app::steps::CompleteStep;
use yingda_core::{Refusal, TicketId};

use crate::api::bearer::{Bearer, Keyed};
use crate::api::sent::{At, Body};
use crate::api::shapes::form::{self, Filled};
use crate::api::shapes::sheet::{NewSheet, SheetDetail};
use crate::api::shapes::ticket::{Assignment, Copy, Correction, NewTransfer, Progress, StepDone, TicketDetail};
use crate::api::{ApiResult, created, done, json};
use crate::front::{Fault, WebState};

async fn as_it_stands(bearer: &Bearer, id: TicketId) -> ApiResult {
    match bearer.app.ticket(bearer.actor(), id).await {
        Ok(view) => json(StatusCode::OK, &TicketDetail::of(&view, &bearer.names())),
        Err(AppError::Refused(Refusal::NotFound)) => done(),
        Err(other) => Err(other.into()),
    }
}

/// Refuses fields of other forms than the step's own; where the step waits no more, the deed itself says so.
async fn only_own_fields(bearer: &Bearer, id: TicketId, token: i64, filled: &Filled) -> Result<(), Fault> {
    let view = bearer.app.ticket(bearer.actor(), id).await?;
    let active = view.process.definition.active(&view.instance);
    match active.iter().find(|place| i64::from(place.token) == token) {
        Some(place) => form::raw(filled, place.form).map(drop).map_err(Fault::from),
        None => Ok(()),
    }
}

/// Complete a step
///
/// `token` names one of the ticket's `steps`; fields are those of its form.
#[utoipa::path(post, path = "/tickets/{id}/steps/{token}", tag = "tickets",
    params(("id" = String, Path, description = "The ticket's id"), ("token" = i64, Path, description = "The step's token"), Keyed),
    request_body = StepDone,
    responses((status = 200, description = "The ticket as it stands now", body = TicketDetail), (status = 204, description = "Done; the ticket is no longer the doer's to see")))]
async fn step(
    bearer: Bearer,
    At((id, token)): At<(TicketId, i64)>,
    Body { it, canonical }: Body<StepDone>,
) -> ApiResult {
    let once = bearer.once(&canonical);
    only_own_fields(&bearer, id, token, &it.fields).await?;
    let fields = form::typed(&it.fields);
    let step = CompleteStep { token, fields, channel: it.channel, answer: it.answer, seen: it.version, once };
    bearer.app.complete_step(&bearer.ctx, bearer.actor(), id, step).await?;
    as_it_stands(&bearer, id).await
}

/// Take it, or give it to somebody
#[utoipa::path(post, path = "/tickets/{id}/assignment", tag = "tickets", params(("id" = String, Path, description = "The ticket's id")),
    request_body = Assignment,
    responses((status = 200, description = "The ticket as it stands now", body = TicketDetail), (status = 204, description = "Done; the ticket is no longer the doer's to see")))]
async fn assignment(bearer: Bearer, At(id): At<TicketId>, Body { it, .. }: Body<Assignment>) -> ApiResult {
    let phone = it.phone.map(Into::into);
    bearer.app.assign(&bearer.ctx, bearer.actor(), id, it.person, it.version, phone).await?;
    as_it_stands(&bearer, id).await
}

/// Give it to another department
///
/// The reason is kept; who answers for the ticket (首接负责) stays.
#[utoipa::path(post, path = "/tickets/{id}/transfer", tag = "tickets", params(("id" = String, Path, description = "The ticket's id"), Keyed),
    request_body = NewTransfer,
    responses((status = 200, description = "The ticket as it stands now", body = TicketDetail), (status = 204, description = "Done; the ticket is no longer the doer's to see")))]
async fn transfer(bearer: Bearer, At(id): At<TicketId>, Body { it, canonical }: Body<NewTransfer>) -> ApiResult {
    let once = bearer.once(&canonical);
    let NewTransfer { department, person, reason, tell, told, phone, version } = it;
    let phone = phone.map(Into::into);
    let transfer = Transfer { department, person, reason, tell, told: told.into(), phone, seen: version, once };
    bearer.app.transfer(&bearer.ctx, bearer.actor(), id, transfer).await?;
    as_it_stands(&bearer, id).await
}

/// Correct what was taken down
///
/// Only while the ticket runs. Before and after stay in its history (`amended`); another priority gives the waiting steps the limits
/// of that priority, counted from when they began.
#[utoipa::path(post, path = "/tickets/{id}/particulars", tag = "tickets", params(("id" = String, Path, description = "The ticket's id")),
    request_body = Correction,
    responses((status = 200, description = "The ticket as it stands now", body = TicketDetail), (status = 204, description = "Done; the ticket is no longer the doer's to see")))]
async fn particulars(bearer: Bearer, At(id): At<TicketId>, Body { it, .. }: Body<Correction>) -> ApiResult {
    let amend = Amend { particulars: it.particulars.into_iter().collect(), seen: it.version };
    bearer.app.amend(&bearer.ctx, bearer.actor(), id, amend).await?;
    as_it_stands(&bearer, id).await
}

/// Copy a department in
#[utoipa::path(post, path = "/tickets/{id}/copies", tag = "tickets", params(("id" = String, Path, description = "The ticket's id")),
    request_body = Copy,
    responses((status = 200, description = "The ticket as it stands now", body = TicketDetail), (status = 204, description = "Done; the ticket is no longer the doer's to see")))]
async fn copies(bearer: Bearer, At(id): At<TicketId>, Body { it, .. }: Body<Copy>) -> ApiResult {
    bearer.app.copy_in(&bearer.ctx, bearer.actor(), id, it.department).await?;
    as_it_stands(&bearer, id).await
}

/// Set the progress label
#[utoipa::path(post, path = "/tickets/{id}/progress", tag = "tickets", params(("id" = String, Path, description = "The ticket's id")),
    request_body = Progress,
    responses((status = 200, description = "The ticket as it stands now", body = TicketDetail), (status = 204, description = "Done; the ticket is no longer the doer's to see")))]
async fn progress(bearer: Bearer, At(id): At<TicketId>, Body { it, .. }: Body<Progress>) -> ApiResult {
    bearer.app.set_progress(&bearer.ctx, bearer.actor(), id, &it.label, &it.note).await?;
    as_it_stands(&bearer, id).await
}

/// File a closed ticket away
#[utoipa::path(post, path = "/tickets/{id}/archive", tag = "tickets", params(("id" = String, Path, description = "The ticket's id")),
    responses((status = 200, description = "The ticket as it stands now", body = TicketDetail), (status = 204, description = "Done; the ticket is no longer the doer's to see")))]
async fn archive(bearer: Bearer, At(id): At<TicketId>) -> ApiResult {
    bearer.app.archive(&bearer.ctx, bearer.actor(), id).await?;
    as_it_stands(&bearer, id).await
}

/// Send a contact sheet by hand
///
/// Beside the process, which does not wait for it. Sheets that the process wants are sent by completing its step.
#[utoipa::path(post, path = "/tickets/{id}/contact-sheets", tag = "sheets", params(("id" = String, Path, description = "The ticket's id"), Keyed),
    request_body = NewSheet, responses((status = 201, description = "The sheet", body = SheetDetail)))]
async fn contact_sheets(bearer: Bearer, At(id): At<TicketId>, Body { it, canonical }: Body<NewSheet>) -> ApiResult {
    let send = SendSheet {
        to: it.to,
        question: it.question,
        customer_matter: it.customer_matter,
        once: bearer.once(&canonical),
    };
    let sheet = bearer.app.send_sheet(&bearer.ctx, bearer.actor(), id, send).await?;
    let view = bearer.app.sheet(bearer.actor(), sheet).await?;
    created(&format!("/sheets/{sheet}"), &SheetDetail::of(&view, &bearer.names()))
}

pub(crate) fn routes() -> OpenApiRouter<WebState> {
    OpenApiRouter::default()
        .routes(routes!(step))
        .routes(routes!(assignment))
        .routes(routes!(transfer))
        .routes(routes!(particulars))
        .routes(routes!(copies))
        .routes(routes!(progress))
        .routes(routes!(archive))
        .routes(routes!(contact_sheets))
}
