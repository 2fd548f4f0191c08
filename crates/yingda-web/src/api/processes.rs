//! The processes, and the forms that bring a matter in.

use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use yingda_core::Refusal;

use crate::api::bearer::Bearer;
use crate::api::page::Page;
use crate::api::sent::At;
use crate::api::shapes::process::{ProcessLine, ProcessShape};
use crate::api::{ApiResult, json};
use crate::front::WebState;

/// The processes of this desk
#[utoipa::path(get, path = "/processes", tag = "lookups", responses((status = 200, description = "All of them, on one page", body = Page<ProcessLine>)))]
async fn list(bearer: Bearer) -> ApiResult {
    let items =
        bearer.app.processes().all_current().iter().map(|process| ProcessLine::from(process.as_ref())).collect();
    json(StatusCode::OK, &Page { items, next: None })
}

/// One process
///
/// With its forms: `intake` says what `POST /tickets` takes.
#[utoipa::path(get, path = "/processes/{name}", tag = "lookups",
    params(("name" = String, Path, description = "The process's id", example = "customer-consultation")),
    responses((status = 200, description = "The process", body = ProcessShape)))]
async fn show(bearer: Bearer, At(name): At<String>) -> ApiResult {
    let process = bearer.app.processes().current(&name).ok_or(Refusal::NotFound)?;
    json(StatusCode::OK, &ProcessShape::from(process.as_ref()))
}

pub(crate) fn routes() -> OpenApiRouter<WebState> {
    OpenApiRouter::default().routes(routes!(list)).routes(routes!(show))
}
