//! Who is calling.

use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::bearer::Bearer;
use crate::api::sent::Asked;
use crate::api::shapes::found::CallerShape;
use crate::api::{ApiResult, json};
use crate::front::WebState;

/// Whose number.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Number {
    /// The number as the display shows it.
    #[param(example = "13800138000")]
    phone: String,
}

/// Who is calling
///
/// Customer, contacts, open and past tickets by a telephone number.
#[utoipa::path(get, path = "/callers", tag = "lookups", params(Number), responses((status = 200, description = "What is known", body = CallerShape)))]
async fn caller(bearer: Bearer, Asked(number): Asked<Number>) -> ApiResult {
    let caller = bearer.app.caller(bearer.actor(), &number.phone).await?;
    json(StatusCode::OK, &CallerShape::of(&caller, &bearer.names()))
}

pub(crate) fn routes() -> OpenApiRouter<WebState> {
    OpenApiRouter::default().routes(routes!(caller))
}
