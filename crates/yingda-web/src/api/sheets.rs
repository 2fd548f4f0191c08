//! Work contact sheets: the department's inbox, and what each side does to a sheet.

use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use yingda_app::answers::AnswerText;
use yingda_core::SheetId;

use crate::api::answers::answer_now;
use crate::api::bearer::Bearer;
use crate::api::page::{self, Page};
use crate::api::sent::{Asked, At, Body};
use crate::api::shapes::answer::AnswerDetail;
use crate::api::shapes::sheet::{Publication, SheetAnswer, SheetDetail, SheetShape, Withdrawal};
use crate::api::shapes::words::SheetStateWord;
use crate::api::{ApiResult, created, json};
use crate::front::WebState;

/// A page of the inbox.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Inbox {
    /// In which state; `sent` if not given.
    #[param(inline)]
    state: Option<SheetStateWord>,
    /// Items of a page, 1 to 100; 50 if not given.
    limit: Option<u32>,
    /// What the page before gave as `next`.
    cursor: Option<String>,
}

async fn as_it_stands(bearer: &Bearer, id: SheetId) -> ApiResult {
    let view = bearer.app.sheet(bearer.actor(), id).await?;
    json(StatusCode::OK, &SheetDetail::of(&view, &bearer.names()))
}

/// The inbox
///
/// The sheets that the holder's own department shall answer, newest first.
#[utoipa::path(get, path = "/sheets", tag = "sheets", params(Inbox), responses((status = 200, description = "A page", body = Page<SheetShape>)))]
async fn list(bearer: Bearer, Asked(inbox): Asked<Inbox>) -> ApiResult {
    let size = page::size(inbox.limit)?;
    let before = page::read("sheets", inbox.cursor.as_deref())?.map(|[id]| SheetId(id));
    let state = inbox.state.unwrap_or(SheetStateWord::Sent).into();
    let rows = bearer.app.inbox(bearer.actor(), state, before, i64::try_from(size + 1).unwrap_or(i64::MAX)).await?;
    let names = bearer.names();
    json(
        StatusCode::OK,
        &Page::of(rows, size, |row| page::cursor("sheets", [row.id.get()]), |row| SheetShape::of(&row, &names)),
    )
}

/// One sheet
#[utoipa::path(get, path = "/sheets/{id}", tag = "sheets", params(("id" = String, Path, description = "The sheet's id")),
    responses((status = 200, description = "The sheet", body = SheetDetail)))]
async fn show(bearer: Bearer, At(id): At<SheetId>) -> ApiResult {
    as_it_stands(&bearer, id).await
}

/// Sign for a sheet
///
/// From now on its limit runs.
#[utoipa::path(post, path = "/sheets/{id}/receipt", tag = "sheets", params(("id" = String, Path, description = "The sheet's id")),
    responses((status = 200, description = "The sheet", body = SheetDetail)))]
async fn receipt(bearer: Bearer, At(id): At<SheetId>) -> ApiResult {
    bearer.app.receive_sheet(&bearer.ctx, bearer.actor(), id).await?;
    as_it_stands(&bearer, id).await
}

/// Answer a sheet
///
/// Only after receipt. A head's own answer is countersigned with it.
#[utoipa::path(post, path = "/sheets/{id}/answer", tag = "sheets", params(("id" = String, Path, description = "The sheet's id")),
    request_body = SheetAnswer, responses((status = 200, description = "The sheet", body = SheetDetail)))]
async fn answer(bearer: Bearer, At(id): At<SheetId>, Body { it, .. }: Body<SheetAnswer>) -> ApiResult {
    bearer.app.answer_sheet(&bearer.ctx, bearer.actor(), id, &it.answer, it.version).await?;
    as_it_stands(&bearer, id).await
}

/// Countersign an answer
#[utoipa::path(post, path = "/sheets/{id}/countersignature", tag = "sheets", params(("id" = String, Path, description = "The sheet's id")),
    responses((status = 200, description = "The sheet", body = SheetDetail)))]
async fn countersignature(bearer: Bearer, At(id): At<SheetId>) -> ApiResult {
    bearer.app.countersign_sheet(&bearer.ctx, bearer.actor(), id).await?;
    as_it_stands(&bearer, id).await
}

/// Take a sheet back
///
/// One that was sent by hand and is not answered yet.
#[utoipa::path(post, path = "/sheets/{id}/withdrawal", tag = "sheets", params(("id" = String, Path, description = "The sheet's id")),
    request_body = Withdrawal, responses((status = 200, description = "The sheet", body = SheetDetail)))]
async fn withdrawal(bearer: Bearer, At(id): At<SheetId>, Body { it, .. }: Body<Withdrawal>) -> ApiResult {
    bearer.app.withdraw_sheet(&bearer.ctx, bearer.actor(), id, &it.reason).await?;
    as_it_stands(&bearer, id).await
}

/// Make its answer a standard answer
///
/// Only a countersigned one, and only once: a repeat is answered with `taken`.
#[utoipa::path(post, path = "/sheets/{id}/publication", tag = "sheets", params(("id" = String, Path, description = "The sheet's id")),
    request_body = Publication, responses((status = 201, description = "The standard answer", body = AnswerDetail)))]
async fn publication(bearer: Bearer, At(id): At<SheetId>, Body { it, .. }: Body<Publication>) -> ApiResult {
    let sheet = bearer.app.sheet(bearer.actor(), id).await?.sheet;
    let text = AnswerText {
        question: it.question.unwrap_or(sheet.question),
        answer: it.answer.unwrap_or(sheet.answer),
        keywords: it.keywords,
        department: None,
    };
    let answer = bearer.app.answer_from_sheet(&bearer.ctx, bearer.actor(), id, text, it.state.into()).await?;
    created(&format!("/answers/{answer}"), &answer_now(&bearer, answer).await?)
}

pub(crate) fn routes() -> OpenApiRouter<WebState> {
    OpenApiRouter::default()
        .routes(routes!(list))
        .routes(routes!(show))
        .routes(routes!(receipt))
        .routes(routes!(answer))
        .routes(routes!(countersignature))
        .routes(routes!(withdrawal))
        .routes(routes!(publication))
}
