//! Standard answers: listed, found by likeness, written and changed.

use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use yingda_core::{AnswerId, Refusal};

use crate::api::bearer::{Bearer, Keyed};
use crate::api::page::{self, Page};
use crate::api::sent::{Asked, At, Body};
use crate::api::shapes::answer::{AnswerDetail, AnswerShape, EditAnswer, NewAnswer};
use crate::api::shapes::words::AnswerStateWord;
use crate::api::{ApiResult, created, json};
use crate::front::{Fault, WebState};

/// Which answers.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Listed {
    /// In which state; `published` if not given.
    #[param(inline)]
    state: Option<AnswerStateWord>,
    /// A customer's question: gives the published answers to questions like it, best first, on one page. Takes no `state` or `cursor`.
    similar: Option<String>,
    /// Items of a page, 1 to 100; 50 if not given.
    limit: Option<u32>,
    /// What the page before gave as `next`.
    cursor: Option<String>,
}

pub(crate) async fn answer_now(bearer: &Bearer, id: AnswerId) -> Result<AnswerDetail, Fault> {
    let (answer, versions) = bearer.app.answer(bearer.actor(), id).await?;
    Ok(AnswerDetail::of(&answer, versions, &bearer.names()))
}

/// Standard answers
#[utoipa::path(get, path = "/answers", tag = "answers", params(Listed), responses((status = 200, description = "A page", body = Page<AnswerShape>)))]
async fn list(bearer: Bearer, Asked(listed): Asked<Listed>) -> ApiResult {
    let size = page::size(listed.limit)?;
    let names = bearer.names();
    if let Some(question) = listed.similar {
        if listed.state.is_some() || listed.cursor.is_some() {
            return Err(Refusal::field("similar", "not-visible").into());
        }
        let found = bearer.app.similar_answers(bearer.actor(), &question, size).await?;
        let items = found.iter().map(|answer| AnswerShape::of(answer, &names)).collect();
        return json(StatusCode::OK, &Page { items, next: None });
    }
    let before = page::read("answers", listed.cursor.as_deref())?.map(|[id]| AnswerId(id));
    let state = listed.state.unwrap_or(AnswerStateWord::Published).into();
    let rows = bearer.app.answers(bearer.actor(), state, before, i64::try_from(size + 1).unwrap_or(i64::MAX)).await?;
    json(
        StatusCode::OK,
        &Page::of(rows, size, |row| page::cursor("answers", [row.id.get()]), |row| AnswerShape::of(&row, &names)),
    )
}

/// Write a standard answer
#[utoipa::path(post, path = "/answers", tag = "answers", params(Keyed), request_body = NewAnswer,
    responses((status = 201, description = "The answer", body = AnswerDetail)))]
async fn write(bearer: Bearer, Body { it, canonical }: Body<NewAnswer>) -> ApiResult {
    let (state, once) = (it.state.into(), bearer.once(&canonical));
    let id = bearer.app.write_answer(&bearer.ctx, bearer.actor(), it.text(), state, once).await?;
    created(&format!("/answers/{id}"), &answer_now(&bearer, id).await?)
}

/// One standard answer, with its earlier texts
#[utoipa::path(get, path = "/answers/{id}", tag = "answers", params(("id" = String, Path, description = "The answer's id")),
    responses((status = 200, description = "The answer", body = AnswerDetail)))]
async fn show(bearer: Bearer, At(id): At<AnswerId>) -> ApiResult {
    json(StatusCode::OK, &answer_now(&bearer, id).await?)
}

/// Change a standard answer
///
/// The earlier text is kept. Drafts by whoever drafts, the rest by leads of the desk.
#[utoipa::path(put, path = "/answers/{id}", tag = "answers", params(("id" = String, Path, description = "The answer's id")),
    request_body = EditAnswer, responses((status = 200, description = "The answer", body = AnswerDetail)))]
async fn edit(bearer: Bearer, At(id): At<AnswerId>, Body { it, .. }: Body<EditAnswer>) -> ApiResult {
    let (state, version) = (it.state.into(), it.version);
    bearer.app.edit_answer(&bearer.ctx, bearer.actor(), id, it.text(), state, version).await?;
    json(StatusCode::OK, &answer_now(&bearer, id).await?)
}

pub(crate) fn routes() -> OpenApiRouter<WebState> {
    OpenApiRouter::default().routes(routes!(list, write)).routes(routes!(show, edit))
}
