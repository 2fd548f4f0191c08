//! The bare database doing the same inserts as one creation, one commit for each ticket.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use yingda_core::ticket::Ticket;
use yingda_core::{ContactId, EventId, IdGenerator, TicketId};
use yingda_store::bare::Bare;
use yingda_store::customers::{self, Contact};
use yingda_store::history::{self, Line};
use yingda_store::tickets::{self, Involvement, WorkItem};
use yingda_store::{StoreUrl, search};

use crate::measure::{Sample, context, repeat};

/// What a creation writes, taken from a real one.
#[derive(Debug, Clone)]
pub struct Model {
    /// The ticket's row.
    pub ticket: Ticket,
    /// Its position.
    pub instance: String,
    /// The work that waits.
    pub work: Vec<WorkItem>,
    /// The line of history.
    pub line: String,
    /// What is searched.
    pub text: String,
}

static NEXT: AtomicI64 = AtomicI64::new(0);

/// Commits one ticket after another on `clients` connections.
pub async fn run(url: &StoreUrl, model: Model, clients: usize, span: Duration) -> Result<Sample, String> {
    let ids = Arc::new(IdGenerator::new(999));
    let mut connections = Vec::new();
    for _ in 0..clients {
        connections.push(tokio::sync::Mutex::new(Bare::open(url).await.map_err(|e| e.to_string())?));
    }
    let connections = Arc::new(connections);
    let sample = repeat(clients, span, move |turn| {
        let (model, ids, connections) = (model.clone(), Arc::clone(&ids), Arc::clone(&connections));
        async move {
            let mut bare = connections[turn % connections.len()].lock().await;
            let ctx = context(&ids, turn as u64);
            bare.commit(move |tx| {
                Box::pin(async move {
                    let mut ticket = model.ticket;
                    ticket.id = ctx.id(TicketId);
                    let number = tickets::next_in_series(tx, "BARE").await?;
                    ticket.number = format!("BARE{number}-{}", NEXT.fetch_add(1, Ordering::Relaxed));
                    tickets::involve(
                        tx,
                        ticket.id,
                        ticket.department.unwrap_or(yingda_core::DepartmentId(1)),
                        Involvement::Working,
                    )
                    .await?;
                    for item in model.work {
                        let item = WorkItem { id: ctx.ids.next(ctx.now), ticket: ticket.id, ..item };
                        tickets::add_work(tx, &item).await?;
                    }
                    let contact = Contact {
                        id: ctx.id(ContactId),
                        customer: None,
                        name: ticket.contact_name.clone(),
                        phone: ticket.phone.clone(),
                    };
                    customers::insert_contact(tx, &contact, &ticket.phone, ctx.now).await?;
                    tickets::insert(tx, &ticket, &ticket.phone.clone()).await?;
                    tickets::put_instance(tx, ticket.id, &model.instance).await?;
                    let line = Line {
                        id: ctx.id(EventId),
                        ticket: ticket.id,
                        at: ctx.now,
                        actor: Some(ticket.owner),
                        kind: "received".to_owned(),
                        body: model.line,
                    };
                    history::add(tx, &line).await?;
                    search::put(
                        tx,
                        search::Kind::Ticket,
                        ticket.id.get(),
                        Some(ticket.id.get()),
                        search::Audience::Readers,
                        &model.text,
                    )
                    .await
                })
            })
            .await
            .map_err(|e| e.to_string())
        }
    })
    .await?;
    Ok(sample)
}
