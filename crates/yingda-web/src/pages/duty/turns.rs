//! A turn moved, taken off, or its person recorded as absent.

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::post;
use yingda_app::AppError;
use yingda_app::duty::signing::AbsenceText;
use yingda_core::duty::Turn;
use yingda_core::{PersonId, Refusal, TurnId};

use super::roster::{Asked, Refused, after, page, place, standing};
use crate::front::flash::Pending;
use crate::front::{Fields, PageResult, Posted, Visit, WebState};
use crate::pages::show::failed;

fn id(text: &str) -> Result<TurnId, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound)
}

/// Whether a refusal is told on the roster; what somebody may not see or do is a page of its own.
fn is_told(refusal: &Refusal) -> bool {
    !matches!(refusal, Refusal::NotFound | Refusal::NotAllowed)
}

fn place_words(turn: &Turn) -> String {
    format!("{}.{}.{}", turn.shift, turn.day, turn.person)
}

async fn find(visit: &Visit, fields: &Fields, id: TurnId) -> Result<Option<Turn>, crate::front::Fault> {
    Ok(standing(visit, fields).await?.turns.into_iter().find(|turn| turn.id == id))
}

async fn put(visit: Visit, Path(turn): Path<String>, Posted(fields): Posted) -> PageResult {
    let id = id(&turn)?;
    let before = find(&visit, &fields, id).await?;
    let seen = fields.parse("version").unwrap_or_default();
    let result = match place(&fields) {
        Ok(place) => visit.app.move_turn(&visit.ctx, visit.actor(), id, place, seen).await,
        Err(refusal) => Err(refusal.into()),
    };
    match result {
        Ok(()) => {
            let undo = before.map(|turn| format!("move.{id}.{}", place_words(&turn))).unwrap_or_default();
            Ok(after(&visit, &fields, &undo, &Pending::done("duty-moved")))
        }
        Err(AppError::Refused(refusal)) if is_told(&refusal) => {
            Ok(after(&visit, &fields, "", &failed(visit.t(), &refusal)))
        }
        Err(other) => Err(other.into()),
    }
}

async fn remove(visit: Visit, Path(turn): Path<String>, Posted(fields): Posted) -> PageResult {
    let id = id(&turn)?;
    let before = find(&visit, &fields, id).await?;
    let seen = fields.parse("version").unwrap_or_default();
    match visit.app.remove_turn(&visit.ctx, visit.actor(), id, seen).await {
        Ok(()) => {
            let undo = before.map(|turn| format!("put.{}", place_words(&turn))).unwrap_or_default();
            Ok(after(&visit, &fields, &undo, &Pending::done("duty-removed")))
        }
        Err(AppError::Refused(refusal)) if is_told(&refusal) => {
            Ok(after(&visit, &fields, "", &failed(visit.t(), &refusal)))
        }
        Err(other) => Err(other.into()),
    }
}

async fn absent(visit: Visit, Path(turn): Path<String>, Posted(fields): Posted) -> PageResult {
    let id = id(&turn)?;
    let seen = fields.parse("version").unwrap_or_default();
    let replacement: Option<PersonId> = fields.parse("replacement");
    let result = if fields.some("replacement").is_some() && replacement.is_none() {
        Err(Refusal::field("replacement", "not-an-option").into())
    } else {
        let text = AbsenceText { replacement, reason: fields.get("reason").to_owned() };
        visit.app.mark_absent(&visit.ctx, visit.actor(), id, text, seen).await
    };
    match result {
        Ok(_) => Ok(after(&visit, &fields, "", &Pending::done("duty-absent-done"))),
        Err(AppError::Refused(refusal)) if is_told(&refusal) => {
            let mut asked = Asked::of(&fields);
            if let Some(turn) = find(&visit, &fields, id).await? {
                (asked.person, asked.day) = (turn.person.to_string(), turn.day.to_string());
            }
            let page = page(&visit, &asked, Refused::Absence(id, &fields, &refusal)).await?;
            let stale = matches!(refusal, Refusal::Stale { .. });
            visit.page(if stale { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY }, &page)
        }
        Err(other) => Err(other.into()),
    }
}

/// Its routes.
pub fn routes() -> Router<WebState> {
    Router::new()
        .route("/duty/turns/{id}/place", post(put))
        .route("/duty/turns/{id}/removal", post(remove))
        .route("/duty/turns/{id}/absence", post(absent))
}
