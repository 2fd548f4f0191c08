//! Saved views of the queue: a name for an address, kept for one person.

use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::post;
use yingda_app::{AppError, AppResult};
use yingda_core::Refusal;
use yingda_core::ViewId;

use crate::front::flash::Pending;
use crate::front::{PageResult, Posted, Visit, WebState};
use crate::pages::filters::{Reader, address};
use crate::pages::show::{Show, failed};

/// Goes back to the list and says what came of it.
fn back(visit: &Visit, query: &str, result: AppResult<()>, done: &str) -> PageResult {
    let go = |say: &Pending| -> Response { visit.go(&address(query), say) };
    match result {
        Ok(()) => Ok(go(&Pending::done(done))),
        Err(AppError::Refused(refusal @ (Refusal::Fields(_) | Refusal::Taken { .. }))) => {
            Ok(go(&failed(visit.t(), &refusal)))
        }
        Err(other) => Err(other.into()),
    }
}

/// The list that was sent along, in the words in which lists are compared.
fn list(visit: &Visit, query: &str) -> String {
    Reader::new(visit, Show::new(visit).directory()).read(query).query()
}

async fn save(visit: Visit, Posted(fields): Posted) -> PageResult {
    let query = list(&visit, fields.get("query"));
    let saved = visit.app.save_view(&visit.ctx, visit.actor(), fields.get("name"), &query).await;
    back(&visit, &query, saved, "view-saved")
}

async fn rename(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id: ViewId = id.parse().map_err(|_| Refusal::NotFound)?;
    let renamed = visit.app.rename_view(visit.actor(), id, fields.get("name")).await;
    back(&visit, &list(&visit, fields.get("query")), renamed, "view-renamed")
}

async fn remove(visit: Visit, Path(id): Path<String>, Posted(_): Posted) -> PageResult {
    let id: ViewId = id.parse().map_err(|_| Refusal::NotFound)?;
    visit.app.remove_view(visit.actor(), id).await?;
    Ok(visit.go("/tickets", &Pending::done("view-removed")))
}

/// Their routes.
pub fn routes() -> Router<WebState> {
    Router::new()
        .route("/views", post(save))
        .route("/views/{id}", post(rename))
        .route("/views/{id}/removal", post(remove))
}
