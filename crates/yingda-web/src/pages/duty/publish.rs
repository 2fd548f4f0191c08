//! A month proposed by rotation, published, or thrown away as far as it is only planned.

use axum::Router;
use axum::http::StatusCode;
use axum::routing::post;
use yingda_app::AppError;
use yingda_app::duty::planning::Propose;
use yingda_core::Refusal;
use yingda_core::duty::rotate::Rhythm;

use super::department;
use super::roster::{Asked, Refused, after, page};
use crate::front::flash::Pending;
use crate::front::{PageResult, Posted, Visit, WebState};
use crate::pages::show::failed;

async fn propose(visit: Visit, Posted(fields): Posted) -> PageResult {
    let asked = Asked::of(&fields);
    let id = department(&visit, &asked.department)?;
    let month = asked.month(&visit)?;
    let shifts: Vec<_> = fields.all("shift").filter_map(|id| id.parse().ok()).collect();
    let people: Vec<_> = fields.all("person").filter_map(|id| id.parse().ok()).collect();
    let result = if shifts.is_empty() {
        Err(Refusal::field("shift", "no-shift-ticked").into())
    } else if people.is_empty() {
        Err(Refusal::field("person", "nobody-ticked").into())
    } else {
        let rhythm = Rhythm::parse(fields.get("rhythm")).unwrap_or_default();
        let wish = Propose { month, shifts, people, rhythm };
        visit.app.propose_roster(&visit.ctx, visit.actor(), id, wish).await
    };
    match result {
        Ok(n) => Ok(after(&visit, &fields, "", &Pending::done("duty-proposed").with("n", n))),
        Err(AppError::Refused(refusal @ Refusal::Fields(_))) => {
            let page = page(&visit, &asked, Refused::Propose(&fields, &refusal)).await?;
            visit.page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other.into()),
    }
}

async fn publish(visit: Visit, Posted(fields): Posted) -> PageResult {
    let asked = Asked::of(&fields);
    let id = department(&visit, &asked.department)?;
    let month = asked.month(&visit)?;
    match visit.app.publish_roster(&visit.ctx, visit.actor(), id, month).await {
        Ok(n) => Ok(after(&visit, &fields, "", &Pending::done("duty-published").with("n", n))),
        Err(AppError::Refused(refusal @ (Refusal::Fields(_) | Refusal::TurnsOverlap { .. }))) => {
            Ok(after(&visit, &fields, "", &failed(visit.t(), &refusal)))
        }
        Err(other) => Err(other.into()),
    }
}

async fn clear(visit: Visit, Posted(fields): Posted) -> PageResult {
    let asked = Asked::of(&fields);
    let id = department(&visit, &asked.department)?;
    let month = asked.month(&visit)?;
    let n = visit.app.clear_plan(&visit.ctx, visit.actor(), id, month).await?;
    Ok(after(&visit, &fields, "", &Pending::done("duty-cleared").with("n", n)))
}

/// Its routes.
pub fn routes() -> Router<WebState> {
    Router::new()
        .route("/duty/roster/proposal", post(propose))
        .route("/duty/roster/publication", post(publish))
        .route("/duty/roster/clearance", post(clear))
}
