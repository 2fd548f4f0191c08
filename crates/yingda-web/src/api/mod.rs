//! The JSON API under `/api/v1`: the same intentions as the pages, by the same rules, with bearer tokens.
//!
//! One file per thing that a program asks for; what is given and taken is in `shapes`, what goes wrong in `problem`. Every
//! route is registered together with its description, so the OpenAPI document cannot know another API than this one.

#![expect(unused_qualifications, reason = "`utoipa::path` qualifies what it is given, under the giver's name")]

pub mod answerable;
pub mod answers;
pub mod attachments;
pub mod bearer;
pub mod calendars;
pub mod callers;
pub mod clocks;
pub mod deeds;
pub mod document;
pub mod duty;
pub mod figures;
pub mod handovers;
pub mod messages;
pub mod notices;
pub mod page;
pub mod people;
pub mod policies;
pub mod problem;
pub mod processes;
pub mod routines;
pub mod search;
pub mod sent;
pub mod shapes;
pub mod sheets;
pub mod tables;
pub mod tickets;
pub mod upload;
pub mod views;

use axum::Router;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Serialize;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::front::{Fault, WebState};

/// Where the API lies.
pub const ROOT: &str = "/api/v1";

/// What a handler gives.
pub type ApiResult = Result<Response, Fault>;

fn described() -> OpenApiRouter<WebState> {
    OpenApiRouter::with_openapi(document::base())
        .merge(tickets::routes())
        .merge(deeds::routes())
        .merge(messages::routes())
        .merge(notices::routes())
        .merge(answerable::routes())
        .merge(attachments::routes())
        .merge(sheets::routes())
        .merge(answers::routes())
        .merge(callers::routes())
        .merge(search::routes())
        .merge(figures::routes())
        .merge(processes::routes())
        .merge(calendars::routes())
        .merge(policies::routes())
        .merge(clocks::routes())
        .merge(people::routes())
        .merge(duty::routes())
        .merge(handovers::routes())
        .merge(views::routes())
        .merge(routines::routes())
        .merge(tables::routes())
        .merge(document::routes())
}

/// The API's routes, to be nested under [`ROOT`].
pub fn routes() -> Router<WebState> {
    let (router, openapi) = described().split_for_parts();
    let text = document::finished(openapi).to_json().unwrap_or_default();
    let document = bytes_of(text);
    router.route(document::PATH, get(move || std::future::ready(document.clone().into_response())))
}

/// The API in OpenAPI 3.1, as `GET /api/v1/openapi.json` gives it.
#[must_use]
pub fn openapi() -> OpenApi {
    document::finished(described().into_openapi())
}

type Document = ([(header::HeaderName, HeaderValue); 1], axum::body::Bytes);

fn bytes_of(text: String) -> Document {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], text.into())
}

/// JSON under a status.
pub(crate) fn json(status: StatusCode, shape: &impl Serialize) -> ApiResult {
    let house = |e: serde_json::Error| Fault(yingda_app::AppError::House(format!("an answer cannot be written: {e}")));
    let body = serde_json::to_vec(shape).map_err(house)?;
    Ok((status, [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], body).into_response())
}

/// Something new, and where it is.
pub(crate) fn created(path: &str, shape: &impl Serialize) -> ApiResult {
    let mut response = json(StatusCode::CREATED, shape)?;
    if let Ok(location) = HeaderValue::from_str(&format!("{ROOT}{path}")) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// Done, and nothing to say about it.
pub(crate) fn done() -> ApiResult {
    Ok(StatusCode::NO_CONTENT.into_response())
}
