//! The pages: one file per place, each with its routes; the table below is the site map.

pub mod account;
pub mod actions;
pub mod answers;
pub mod attachments;
pub mod calendars;
pub mod clocks;
pub mod day;
pub mod departments;
pub mod desk;
pub mod duty;
pub mod export;
pub mod figures;
pub mod filters;
pub mod forms;
pub mod fragments;
pub mod health;
pub mod imports;
pub mod intake;
pub mod live;
pub mod notice_card;
pub mod notices;
pub mod overdue;
pub mod particulars;
pub mod people;
pub mod phone;
pub mod policies;
pub mod process_doc;
pub mod processes;
pub mod queue;
pub mod routines;
pub mod search;
pub mod session;
pub mod settings;
pub mod sheets;
pub mod show;
pub mod step;
pub mod ticket;
pub mod timeline;
pub mod views;
pub mod work;

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
        .merge(imports::routes())
        .merge(session::routes())
        .merge(desk::routes())
        .merge(day::routes())
        .merge(work::routes())
        .merge(routines::routes())
        .merge(duty::routes())
        .merge(queue::routes())
        .merge(export::routes())
        .merge(views::routes())
        .merge(search::routes())
        .merge(answers::routes())
        .merge(processes::routes())
        .merge(figures::routes())
        .merge(people::routes())
        .merge(departments::routes())
        .merge(calendars::routes())
        .merge(policies::routes())
        .merge(clocks::routes())
        .merge(account::routes())
        .merge(settings::routes())
        .merge(intake::routes())
        .merge(fragments::routes())
        .merge(particulars::routes())
        .merge(ticket::routes())
        .merge(actions::routes())
        .merge(overdue::routes())
        .merge(attachments::routes())
        .merge(sheets::routes())
        .merge(live::routes())
        .merge(notices::routes())
        .nest(crate::api::ROOT, crate::api::routes())
        .fallback(async || Fault::from(yingda_core::Refusal::NotFound).into_response())
        .merge(assets::router())
        .layer(DefaultBodyLimit::max(52 * 1024 * 1024))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(state.clone(), dress::dress))
        .with_state(state)
}
