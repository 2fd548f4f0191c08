//! The holder's saved views of the queue.

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use yingda_app::View;
use yingda_core::{Refusal, ViewId};

use crate::api::bearer::Bearer;
use crate::api::page::Page;
use crate::api::sent::{At, Body};
use crate::api::{ApiResult, created, done, json};
use crate::front::{Fault, WebState};

/// A saved view.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct ViewShape {
    /// Its id.
    #[schema(value_type = String, example = "view_0c8x4m2p00400")]
    id: ViewId,
    /// What its owner calls it.
    name: String,
    /// The filters, as the queue page's query string.
    #[schema(example = "state=running&priority=urgent")]
    query: String,
}

impl From<View> for ViewShape {
    fn from(view: View) -> Self {
        Self { id: view.id, name: view.name, query: view.query }
    }
}

/// A view to save.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewView {
    /// What to call it; a view of the same name is replaced.
    name: String,
    /// The filters, as the queue page's query string.
    #[schema(example = "state=running&priority=urgent")]
    query: String,
}

/// A view's new name.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Rename {
    /// What to call it.
    name: String,
}

async fn view(bearer: &Bearer, which: impl Fn(&View) -> bool) -> Result<ViewShape, Fault> {
    let views = bearer.app.saved_views(bearer.actor()).await?;
    Ok(views.into_iter().find(which).map(ViewShape::from).ok_or(Refusal::NotFound)?)
}

/// Saved views
#[utoipa::path(get, path = "/views", tag = "tickets", responses((status = 200, description = "All of the holder's, on one page", body = Page<ViewShape>)))]
async fn list(bearer: Bearer) -> ApiResult {
    let items = bearer.app.saved_views(bearer.actor()).await?.into_iter().map(ViewShape::from).collect();
    json(StatusCode::OK, &Page { items, next: None })
}

/// Save a view
#[utoipa::path(post, path = "/views", tag = "tickets", request_body = NewView, responses((status = 201, description = "The view", body = ViewShape)))]
async fn save(bearer: Bearer, Body { it, .. }: Body<NewView>) -> ApiResult {
    bearer.app.save_view(&bearer.ctx, bearer.actor(), &it.name, &it.query).await?;
    let name: String = it.name.trim().chars().take(60).collect();
    let saved = view(&bearer, |view| view.name == name).await?;
    created(&format!("/views/{}", saved.id), &saved)
}

/// Rename a view
#[utoipa::path(put, path = "/views/{id}", tag = "tickets", params(("id" = String, Path, description = "The view's id")),
    request_body = Rename, responses((status = 200, description = "The view", body = ViewShape)))]
async fn rename(bearer: Bearer, At(id): At<ViewId>, Body { it, .. }: Body<Rename>) -> ApiResult {
    bearer.app.rename_view(bearer.actor(), id, &it.name).await?;
    json(StatusCode::OK, &view(&bearer, |view| view.id == id).await?)
}

/// Remove a view
#[utoipa::path(delete, path = "/views/{id}", tag = "tickets", params(("id" = String, Path, description = "The view's id")),
    responses((status = 204, description = "It is gone")))]
async fn remove(bearer: Bearer, At(id): At<ViewId>) -> ApiResult {
    bearer.app.remove_view(bearer.actor(), id).await?;
    done()
}

pub(crate) fn routes() -> OpenApiRouter<WebState> {
    OpenApiRouter::default().routes(routes!(list, save)).routes(routes!(rename, remove))
}
