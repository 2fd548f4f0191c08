//! `/healthz`: whether the desk answers, for whoever watches over it.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::front::WebState;

async fn health(State(state): State<WebState>) -> Response {
    match state.app.health().await {
        Ok(engine) => (StatusCode::OK, format!("ok {engine}\n")).into_response(),
        Err(error) => {
            tracing::warn!(%error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "database unavailable\n").into_response()
        }
    }
}

/// Its route.
pub fn routes() -> Router<WebState> {
    Router::new().route("/healthz", get(health))
}
