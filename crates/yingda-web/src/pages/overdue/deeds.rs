//! What is done about limits and the first receiver from a ticket's page.

use axum::Router;
use axum::extract::Path;
use axum::routing::post;
use yingda_app::answerable::UrgeSource;
use yingda_app::answerable::extensions::AskExtension;
use yingda_app::answerable::owner::OfferTicket;
use yingda_app::answerable::statements::StatementText;
use yingda_app::answerable::urges::UrgeTicket;
use yingda_core::{ClockId, PersonId, Refusal, TicketId};

use crate::front::flash::Pending;
use crate::front::{Fields, PageResult, Posted, Visit, WebState};
use crate::pages::actions::{Place, done, once};

/// What a statement's form says.
pub(super) fn text(fields: &Fields, version: &str, place: &str) -> StatementText {
    StatementText {
        cause: fields.get("cause").to_owned(),
        account: fields.get("account").to_owned(),
        improvement: fields.get("improvement").to_owned(),
        seen: fields.parse(version),
        once: once(fields, "statement", place),
    }
}

async fn statement(visit: Visit, Path((id, clock)): Path<(String, String)>, Posted(fields): Posted) -> PageResult {
    let id: TicketId = id.parse().map_err(|_| Refusal::NotFound)?;
    let clock: ClockId = clock.parse().map_err(|_| Refusal::NotFound)?;
    let text = text(&fields, "statement_version", &clock.to_string());
    let result = visit.app.write_statement(&visit.ctx, visit.actor(), id, clock, text).await.map(drop);
    let said = Pending::done("overdue-done-written").forgetting(format!("statement-{id}-{clock}"));
    done(&visit, id, Place::Statement(clock.get()), fields, result, said).await
}

async fn extension(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id: TicketId = id.parse().map_err(|_| Refusal::NotFound)?;
    let result = match fields.get("clock").parse::<ClockId>() {
        Err(_) => Err(Refusal::field("clock", "missing").into()),
        Ok(clock) => {
            let ask = AskExtension {
                clock,
                kind: fields.some("kind").unwrap_or("normal").to_owned(),
                amount: fields.get("amount").to_owned(),
                unit: fields.get("unit").to_owned(),
                reason: fields.get("reason").to_owned(),
                once: once(&fields, "extension", &id.to_string()),
            };
            visit.app.ask_extension(&visit.ctx, visit.actor(), id, ask).await.map(drop)
        }
    };
    done(&visit, id, Place::Extension, fields, result, Pending::done("extension-done-asked")).await
}

async fn urge(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id: TicketId = id.parse().map_err(|_| Refusal::NotFound)?;
    let result = match UrgeSource::parse(fields.get("source")) {
        None => Err(Refusal::field("source", "missing").into()),
        Some(source) => {
            let asked = UrgeTicket {
                source,
                channel: fields.get("channel").to_owned(),
                words: fields.get("words").to_owned(),
                once: once(&fields, "urge", &id.to_string()),
            };
            visit.app.urge(&visit.ctx, visit.actor(), id, asked).await.map(drop)
        }
    };
    done(&visit, id, Place::Urge, fields, result, Pending::done("urge-done")).await
}

async fn offer(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id: TicketId = id.parse().map_err(|_| Refusal::NotFound)?;
    let result = match (fields.get("to"), fields.get("to").parse::<PersonId>()) {
        ("", _) => Err(Refusal::field("to", "missing").into()),
        (_, Err(_)) => Err(Refusal::field("to", "unknown-person").into()),
        (_, Ok(to)) => {
            let offer = OfferTicket {
                to,
                reason: fields.get("reason").to_owned(),
                seen: fields.parse("version"),
                once: once(&fields, "owner-offer", &id.to_string()),
            };
            visit.app.offer_ticket(&visit.ctx, visit.actor(), id, offer).await.map(drop)
        }
    };
    done(&visit, id, Place::Owner, fields, result, Pending::done("owner-done-offered")).await
}

pub(super) fn routes() -> Router<WebState> {
    Router::new()
        .route("/tickets/{id}/statements/{clock}", post(statement))
        .route("/tickets/{id}/extensions", post(extension))
        .route("/tickets/{id}/urges", post(urge))
        .route("/tickets/{id}/owner-offers", post(offer))
}
