//! Search over tickets, messages, contact sheets and answers, with the holder's own rights.

use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use yingda_app::search::Kind;

use crate::api::bearer::Bearer;
use crate::api::page::{self, Page};
use crate::api::sent::Asked;
use crate::api::shapes::found::FoundShape;
use crate::api::{ApiResult, json};
use crate::front::WebState;

/// What kind of thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum KindWanted {
    Ticket,
    Message,
    Sheet,
    Answer,
}

impl From<KindWanted> for Kind {
    fn from(wanted: KindWanted) -> Self {
        match wanted {
            KindWanted::Ticket => Self::Ticket,
            KindWanted::Message => Self::Message,
            KindWanted::Sheet => Self::Sheet,
            KindWanted::Answer => Self::Answer,
        }
    }
}

/// A search.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Sought {
    /// Words; all of them must be found.
    q: String,
    /// Only things of one kind.
    #[param(inline)]
    kind: Option<KindWanted>,
    /// Items of a page, 1 to 100; 50 if not given.
    limit: Option<u32>,
    /// What the page before gave as `next`.
    cursor: Option<String>,
}

/// Search
///
/// Newest first.
#[utoipa::path(get, path = "/search", tag = "lookups", params(Sought), responses((status = 200, description = "A page", body = Page<FoundShape>)))]
async fn search(bearer: Bearer, Asked(sought): Asked<Sought>) -> ApiResult {
    let size = page::size(sought.limit)?;
    let before = page::read("search", sought.cursor.as_deref())?.map(|[id]| id);
    let results = bearer.app.search(bearer.actor(), &sought.q, sought.kind.map(Kind::from), before, size).await?;
    let names = bearer.names();
    let items = results.found.iter().map(|found| FoundShape::of(found, &names)).collect();
    json(StatusCode::OK, &Page { items, next: results.next.map(|id| page::cursor("search", [id])) })
}

pub(crate) fn routes() -> OpenApiRouter<WebState> {
    OpenApiRouter::default().routes(routes!(search))
}
