//! Notes, and words to and from the customer.

use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use yingda_app::talk::Say;
use yingda_core::{MessageId, Refusal, TicketId};

use crate::api::bearer::{Bearer, Keyed};
use crate::api::sent::{At, Body};
use crate::api::shapes::talk::{MessageShape, NewMessage};
use crate::api::{ApiResult, created, json};
use crate::front::{Fault, WebState};

async fn message(bearer: &Bearer, ticket: TicketId, id: MessageId) -> Result<MessageShape, Fault> {
    let view = bearer.app.ticket(bearer.actor(), ticket).await?;
    let found = view.messages.iter().find(|message| message.id == id).ok_or(Refusal::NotFound)?;
    Ok(MessageShape::of(found, &bearer.names()))
}

/// Put a note or message on a ticket
///
/// Also on a closed one, because customers call again.
#[utoipa::path(post, path = "/tickets/{id}/messages", tag = "tickets", params(("id" = String, Path, description = "The ticket's id"), Keyed),
    request_body = NewMessage, responses((status = 201, description = "The message", body = MessageShape)))]
async fn say(bearer: Bearer, At(ticket): At<TicketId>, Body { it, canonical }: Body<NewMessage>) -> ApiResult {
    let once = bearer.once(&canonical);
    let NewMessage { kind, text, channel, told, answer } = it;
    let say = Say { kind: kind.into(), text, channel, told: told.into(), answer, once };
    let id = bearer.app.say(&bearer.ctx, bearer.actor(), ticket, say).await?;
    created(&format!("/tickets/{ticket}"), &message(&bearer, ticket, id).await?)
}

/// The customer has been told
///
/// Of a message that was still to be told.
#[utoipa::path(post, path = "/messages/{id}/told", tag = "tickets", params(("id" = String, Path, description = "The message's id")),
    responses((status = 200, description = "The message", body = MessageShape)))]
async fn told(bearer: Bearer, At(id): At<MessageId>) -> ApiResult {
    let ticket = bearer.app.mark_told(&bearer.ctx, bearer.actor(), id).await?;
    json(StatusCode::OK, &message(&bearer, ticket, id).await?)
}

pub(crate) fn routes() -> OpenApiRouter<WebState> {
    OpenApiRouter::default().routes(routes!(say)).routes(routes!(told))
}
