//! 超时与延期: on a ticket's page (`card`, `deeds`), one by one (`items`), and as lists (`lists`).
//!
//! The one thing to know: what is typed on a ticket's page comes back on that page when it is refused; a statement, a request and
//! an offer each have a page of their own, where leads and colleagues answer.

pub mod card;
mod deeds;
mod items;
pub mod lines;
mod lists;
pub mod words;

use axum::Router;

use crate::front::WebState;

/// Their routes.
pub fn routes() -> Router<WebState> {
    deeds::routes().merge(items::routes()).merge(lists::routes())
}
