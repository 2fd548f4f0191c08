//! The month's figures.

use axum::http::StatusCode;
use jiff::civil::Date;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use yingda_core::Refusal;

use crate::api::bearer::Bearer;
use crate::api::sent::At;
use crate::api::shapes::figures::FiguresShape;
use crate::api::{ApiResult, json};
use crate::front::WebState;

fn month(text: &str) -> Result<Date, Refusal> {
    let date = if text.len() == 7 { format!("{text}-01").parse().ok() } else { None };
    date.ok_or_else(|| Refusal::field("month", "bad-date"))
}

/// The figures of a month
#[utoipa::path(get, path = "/figures/{month}", tag = "lookups", params(("month" = String, Path, description = "YYYY-MM", example = "2026-11")),
    responses((status = 200, description = "The figures", body = FiguresShape)))]
async fn figures(bearer: Bearer, At(text): At<String>) -> ApiResult {
    let figures = bearer.app.figures(&bearer.ctx, bearer.actor(), month(&text)?).await?;
    json(StatusCode::OK, &FiguresShape::of(&figures, &bearer.names()))
}

pub(crate) fn routes() -> OpenApiRouter<WebState> {
    OpenApiRouter::default().routes(routes!(figures))
}
