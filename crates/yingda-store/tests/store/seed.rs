//! Rows for tests: a ticket of no particular content, and the few writes that several modules need.

use jiff::Timestamp;
use yingda_core::ticket::{Milestones, Priority, State, Ticket};
use yingda_core::{DefinitionId, DepartmentId, PersonId, TicketId};
use yingda_store::definitions::{self, StoredDefinition};
use yingda_store::{Store, StoreError, settings, tickets};

pub const T0: i64 = 1_793_581_200;

/// So many seconds after the beginning.
pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(T0 + seconds).unwrap()
}

/// A running ticket; its number is its id.
pub fn ticket(id: i64) -> Ticket {
    let empty = String::new;
    Ticket {
        id: TicketId(id),
        number: format!("T{id}"),
        process: "p".to_owned(),
        definition: DefinitionId(1),
        state: State::Open,
        step: empty(),
        priority: Priority::Medium,
        channel: "phone".to_owned(),
        customer: None,
        contact: None,
        customer_name: empty(),
        contact_name: empty(),
        phone: empty(),
        industry: empty(),
        address: empty(),
        kind: empty(),
        subject: empty(),
        description: empty(),
        occurred_at: empty(),
        impact: empty(),
        wanted_by: empty(),
        lead_department: None,
        department: None,
        owner: PersonId(1),
        assignee: None,
        progress: empty(),
        result: empty(),
        remark: empty(),
        rating: None,
        rounds: 0,
        event_record: true,
        outcome: empty(),
        accepted: at(id),
        times: Milestones::default(),
        due: None,
        updated: at(id),
        version: 1,
    }
}

/// The process version that [`ticket`] refers to.
pub async fn definition(store: &Store) {
    let one = StoredDefinition {
        id: DefinitionId(1),
        process: "p".to_owned(),
        name: "流程".to_owned(),
        number: "1".to_owned(),
        digest: "d".to_owned(),
        source: String::new(),
        current: true,
        created: at(0),
    };
    store.write(move |tx| Box::pin(async move { definitions::insert_current(tx, &one).await })).await.unwrap();
}

/// Writes a ticket with the departments that it involves.
pub async fn put(store: &Store, ticket: Ticket, departments: &[i64]) {
    let departments: Vec<DepartmentId> = departments.iter().copied().map(DepartmentId).collect();
    store
        .write(move |tx| {
            Box::pin(async move {
                tickets::insert(tx, &ticket, "").await?;
                for department in departments {
                    tickets::involve(tx, ticket.id, department, tickets::Involvement::Working).await?;
                }
                Ok::<_, StoreError>(())
            })
        })
        .await
        .unwrap();
}

/// A setting as everybody sees it.
pub async fn setting(store: &Store, name: &str) -> Option<String> {
    settings::get(&mut store.read().await.unwrap(), name).await.unwrap()
}

/// Writes a setting.
pub async fn set(store: &Store, name: &'static str) -> Result<(), StoreError> {
    store.write(move |tx| Box::pin(async move { settings::put(tx, name, "1").await })).await
}
