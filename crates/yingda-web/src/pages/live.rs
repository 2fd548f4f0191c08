//! `/live`: what changed, as server-sent events. An id and a version, never content: the reader asks again with their own rights.
//!
//! The stream belongs to a session and ends with it: before each event, and while nothing happens every half minute, it asks
//! whether the session still stands.

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::stream::{self, Stream};
use serde_json::json;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use yingda_app::{App, Change, Topic};
use yingda_core::{AnswerId, PersonId, SheetId, TicketId};

use crate::front::state::Edge;
use crate::front::{Visit, WebState};

/// How long nothing may happen before a line is sent, so that proxies keep the connection and an ended session is noticed.
const QUIET: Duration = Duration::from_secs(30);

/// One reader.
struct Reader {
    app: App,
    edge: Edge,
    secret: String,
    me: PersonId,
    changes: Receiver<Change>,
    /// Whether the first line was sent: browsers see at once that they are connected.
    greeted: bool,
}

impl Reader {
    async fn signed_in(&self) -> bool {
        matches!(self.app.session_stands(&(self.edge)(), &self.secret).await, Ok(true))
    }

    /// The next thing to send; `None` ends the stream.
    async fn next(&mut self) -> Option<Event> {
        if !self.greeted {
            self.greeted = true;
            return Some(Event::default().comment("yingda"));
        }
        let event = match tokio::time::timeout(QUIET, self.changes.recv()).await {
            Err(_quiet) => Event::default().comment("quiet"),
            // What somebody else is told is none of this reader's news.
            Ok(Ok(change)) if change.topic == Topic::Notice && change.id != self.me.get() => {
                Event::default().comment("quiet")
            }
            Ok(Ok(change)) => told(change),
            Ok(Err(RecvError::Lagged(_))) => Event::default().event("lost").data("{}"),
            Ok(Err(RecvError::Closed)) => return None,
        };
        self.signed_in().await.then_some(event)
    }
}

/// A change in the public form of its id.
fn told(change: Change) -> Event {
    let (name, id) = match change.topic {
        Topic::Ticket => ("ticket", TicketId(change.id).to_string()),
        Topic::Sheet => ("sheet", SheetId(change.id).to_string()),
        Topic::Answer => ("answer", AnswerId(change.id).to_string()),
        Topic::Notice => ("notice", PersonId(change.id).to_string()),
    };
    Event::default().event(name).data(json!({ "id": id, "version": change.version }).to_string())
}

fn events(reader: Reader) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(reader, async |mut reader| {
        let event = reader.next().await?;
        Some((Ok(event), reader))
    })
}

async fn live(State(state): State<WebState>, visit: Visit) -> Response {
    let changes = state.app.watch();
    let me = visit.actor().person;
    let reader = Reader { app: state.app, edge: state.edge, secret: visit.secret, me, changes, greeted: false };
    let mut response = Sse::new(events(reader)).into_response();
    // A proxy that gathers lines would hold the news back.
    response.headers_mut().insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    response
}

/// Its route.
pub fn routes() -> Router<WebState> {
    Router::new().route("/live", get(live))
}
