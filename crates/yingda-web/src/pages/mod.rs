//! The pages: one file per place, each with its routes; the table below is the site map.

pub mod health;
pub mod session;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use tower_http::compression::CompressionLayer;

use crate::assets;
use crate::front::{Fault, WebState, dress};

/// Everything that is served.
pub fn router(state: WebState) -> Router {
    Router::new()
        .merge(health::routes())
        .merge(session::routes())
        .fallback(async || Fault::from(yingda_core::Refusal::NotFound).into_response())
        .merge(assets::router())
        .layer(DefaultBodyLimit::max(52 * 1024 * 1024))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(state.clone(), dress::dress))
        .with_state(state)
}
