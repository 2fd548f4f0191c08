//! Tickets: the row, the position in its process, who is involved, and the work that waits.

use yingda_core::ticket::{Milestones, Priority, Rating, RatingSource, State, Ticket};
use yingda_core::{ContactId, CustomerId, DefinitionId, DepartmentId, PersonId, Role, TicketId, people::UnknownRole};

use crate::args::{instant, instant_or_none};
use crate::error::{StoreError, StoreResult};
use crate::read::Read;
use crate::write::{Change, Topic, Tx};

/// The columns of [`TicketRow`], in order, for queries that give whole tickets.
pub(crate) const COLUMNS: &str = "t.id, t.number, t.process, t.definition_id, t.state, t.step, t.priority, t.channel, t.customer_id, \
    t.contact_id, t.customer_name, t.contact_name, t.phone, t.industry, t.address, t.kind, t.subject, t.description, t.occurred_at, \
    t.impact, t.wanted_by, t.lead_department_id, t.department_id, t.owner_id, t.assignee_id, t.progress, t.result, t.remark, t.rating, \
    t.rating_satisfied, t.rating_reason, t.rating_source, t.rounds, t.event_record, t.outcome, t.accepted_at, t.responded_at, \
    t.solved_at, t.confirmed_at, t.closed_at, t.archived_at, t.due_at, t.updated_at, t.version";

#[derive(Debug, sqlx::FromRow)]
pub(crate) struct TicketRow {
    id: i64,
    number: String,
    process: String,
    definition_id: i64,
    state: String,
    step: String,
    priority: i64,
    channel: String,
    customer_id: Option<i64>,
    contact_id: Option<i64>,
    customer_name: String,
    contact_name: String,
    phone: String,
    industry: String,
    address: String,
    kind: String,
    subject: String,
    description: String,
    occurred_at: String,
    impact: String,
    wanted_by: String,
    lead_department_id: Option<i64>,
    department_id: Option<i64>,
    owner_id: i64,
    assignee_id: Option<i64>,
    progress: String,
    result: String,
    remark: String,
    rating: String,
    rating_satisfied: Option<i64>,
    rating_reason: String,
    rating_source: String,
    rounds: i64,
    event_record: i64,
    outcome: String,
    accepted_at: i64,
    responded_at: Option<i64>,
    solved_at: Option<i64>,
    confirmed_at: Option<i64>,
    closed_at: Option<i64>,
    archived_at: Option<i64>,
    due_at: Option<i64>,
    updated_at: i64,
    version: i64,
}

impl TryFrom<TicketRow> for Ticket {
    type Error = StoreError;

    fn try_from(row: TicketRow) -> StoreResult<Self> {
        let corrupt = |column| StoreError::Corrupt { table: "tickets", column, row: row.id };
        let at = |value, column| instant_or_none(value, "tickets", column, row.id);
        let rating = if row.rating.is_empty() {
            None
        } else {
            Some(Rating {
                value: row.rating,
                satisfied: row.rating_satisfied == Some(1),
                reason: row.rating_reason,
                source: RatingSource::parse(&row.rating_source).ok_or_else(|| corrupt("rating_source"))?,
            })
        };
        Ok(Self {
            id: TicketId(row.id),
            number: row.number,
            process: row.process,
            definition: DefinitionId(row.definition_id),
            state: State::parse(&row.state).ok_or_else(|| corrupt("state"))?,
            step: row.step,
            priority: Priority::from_rank(row.priority).ok_or_else(|| corrupt("priority"))?,
            channel: row.channel,
            customer: row.customer_id.map(CustomerId),
            contact: row.contact_id.map(ContactId),
            customer_name: row.customer_name,
            contact_name: row.contact_name,
            phone: row.phone,
            industry: row.industry,
            address: row.address,
            kind: row.kind,
            subject: row.subject,
            description: row.description,
            occurred_at: row.occurred_at,
            impact: row.impact,
            wanted_by: row.wanted_by,
            lead_department: row.lead_department_id.map(DepartmentId),
            department: row.department_id.map(DepartmentId),
            owner: PersonId(row.owner_id),
            assignee: row.assignee_id.map(PersonId),
            progress: row.progress,
            result: row.result,
            remark: row.remark,
            rating,
            rounds: row.rounds,
            event_record: row.event_record != 0,
            outcome: row.outcome,
            accepted: instant(row.accepted_at, "tickets", "accepted_at", row.id)?,
            times: Milestones {
                responded: at(row.responded_at, "responded_at")?,
                solved: at(row.solved_at, "solved_at")?,
                confirmed: at(row.confirmed_at, "confirmed_at")?,
                closed: at(row.closed_at, "closed_at")?,
                archived: at(row.archived_at, "archived_at")?,
            },
            due: at(row.due_at, "due_at")?,
            updated: instant(row.updated_at, "tickets", "updated_at", row.id)?,
            version: row.version,
        })
    }
}

/// Work that waits at a ticket: one row for each place where its process waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkItem {
    /// Its own id.
    pub id: i64,
    /// The ticket.
    pub ticket: TicketId,
    /// The process token.
    pub token: i64,
    /// The step's id in the process.
    pub step: String,
    /// The step's label.
    pub label: String,
    /// `person` or `sheet`: what it waits for.
    pub kind: String,
    /// The role whose lane it is in.
    pub role: Option<Role>,
    /// The department whose lane it is in.
    pub department: Option<DepartmentId>,
    /// Since when.
    pub since: jiff::Timestamp,
    /// Until when.
    pub due: Option<jiff::Timestamp>,
}

/// A ticket's whole row as bound values, in the order of `SET` below.
macro_rules! row_args {
    ($t:expr, $phone:expr) => {
        $crate::args![
            $t.id,
            &$t.number,
            &$t.process,
            $t.definition,
            $t.state.as_str(),
            &$t.step,
            $t.priority.rank(),
            &$t.channel,
            $t.customer,
            $t.contact,
            &$t.customer_name,
            &$t.contact_name,
            &$t.phone,
            $phone,
            &$t.industry,
            &$t.address,
            &$t.kind,
            &$t.subject,
            &$t.description,
            &$t.occurred_at,
            &$t.impact,
            &$t.wanted_by,
            $t.lead_department,
            $t.department,
            $t.owner,
            $t.assignee,
            &$t.progress,
            &$t.result,
            &$t.remark,
            $t.rating.as_ref().map_or("", |r| r.value.as_str()),
            $t.rating.as_ref().map(|r| i64::from(r.satisfied)),
            $t.rating.as_ref().map_or("", |r| r.reason.as_str()),
            $t.rating.as_ref().map_or("", |r| r.source.as_str()),
            $t.rounds,
            $t.event_record,
            &$t.outcome,
            $t.accepted,
            $t.times.responded,
            $t.times.solved,
            $t.times.confirmed,
            $t.times.closed,
            $t.times.archived,
            $t.due,
            $t.updated,
            $t.version
        ]
    };
}

/// Writes a new ticket. `phone_norm` is the number's normal form, by which callers are found.
///
/// # Errors
/// [`StoreError::Conflict`] where the number is taken.
pub async fn insert(tx: &mut Tx, ticket: &Ticket, phone_norm: &str) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO tickets (id, number, process, definition_id, state, step, priority, channel, customer_id, contact_id, customer_name, \
         contact_name, phone, phone_norm, industry, address, kind, subject, description, occurred_at, impact, wanted_by, lead_department_id, \
         department_id, owner_id, assignee_id, progress, result, remark, rating, rating_satisfied, rating_reason, rating_source, rounds, \
         event_record, outcome, accepted_at, responded_at, solved_at, confirmed_at, closed_at, archived_at, due_at, updated_at, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, \
         $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45)",
        row_args!(ticket, phone_norm),
    )
    .await?;
    tx.announce(Change { topic: Topic::Ticket, id: ticket.id.get(), version: ticket.version });
    Ok(())
}

/// Writes a changed ticket back. `ticket.version` is the version that was read; it grows by one.
///
/// # Errors
/// [`StoreError::Stale`] where somebody else has changed it since.
pub async fn update(tx: &mut Tx, ticket: &mut Ticket, phone_norm: &str) -> StoreResult<()> {
    let changed = tx
        .exec(
            "UPDATE tickets SET number = $2, process = $3, definition_id = $4, state = $5, step = $6, priority = $7, channel = $8, \
             customer_id = $9, contact_id = $10, customer_name = $11, contact_name = $12, phone = $13, phone_norm = $14, industry = $15, \
             address = $16, kind = $17, subject = $18, description = $19, occurred_at = $20, impact = $21, wanted_by = $22, \
             lead_department_id = $23, department_id = $24, owner_id = $25, assignee_id = $26, progress = $27, result = $28, remark = $29, \
             rating = $30, rating_satisfied = $31, rating_reason = $32, rating_source = $33, rounds = $34, event_record = $35, \
             outcome = $36, accepted_at = $37, responded_at = $38, solved_at = $39, confirmed_at = $40, closed_at = $41, \
             archived_at = $42, due_at = $43, updated_at = $44, version = $45 + 1 WHERE id = $1 AND version = $45",
            row_args!(ticket, phone_norm),
        )
        .await?;
    if changed == 0 {
        return Err(StoreError::Stale);
    }
    ticket.version += 1;
    tx.announce(Change { topic: Topic::Ticket, id: ticket.id.get(), version: ticket.version });
    Ok(())
}

/// Notes that something was said on a ticket. Nothing of the ticket itself changes, so its version stays and nobody who is filling
/// in a step is told that it did.
///
/// # Errors
/// As [`Read::all`].
pub async fn touch(tx: &mut Tx, ticket: &Ticket, at: jiff::Timestamp) -> StoreResult<()> {
    tx.exec("UPDATE tickets SET updated_at = $2 WHERE id = $1", crate::args![ticket.id, at]).await?;
    tx.announce(Change { topic: Topic::Ticket, id: ticket.id.get(), version: ticket.version });
    Ok(())
}

/// Sets the due time that its clocks give. As with [`touch`], nobody who is filling in a step is told that it changed.
///
/// # Errors
/// As [`Read::all`].
pub async fn set_due(tx: &mut Tx, ticket: &Ticket) -> StoreResult<()> {
    tx.exec("UPDATE tickets SET due_at = $2 WHERE id = $1", crate::args![ticket.id, ticket.due]).await?;
    tx.announce(Change { topic: Topic::Ticket, id: ticket.id.get(), version: ticket.version });
    Ok(())
}

/// A ticket by id. Who may see it, `yingda-app` decides before anybody gets it.
///
/// # Errors
/// [`StoreError::Corrupt`] where a stored value cannot be read.
pub async fn get(read: &mut Read, id: TicketId) -> StoreResult<Option<Ticket>> {
    let sql = format!("SELECT {COLUMNS} FROM tickets t WHERE t.id = $1");
    read.opt::<TicketRow>(&sql, crate::args![id]).await?.map(Ticket::try_from).transpose()
}

/// Ids of running tickets above one, in order, for work in batches.
///
/// # Errors
/// As [`Read::all`].
pub async fn running_after(read: &mut Read, after: TicketId, limit: i64) -> StoreResult<Vec<TicketId>> {
    let rows: Vec<(i64,)> = read
        .all(
            "SELECT id FROM tickets WHERE closed_at IS NULL AND id > $1 ORDER BY id LIMIT $2",
            crate::args![after, limit],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| TicketId(id)).collect())
}

/// A ticket's id by its number.
///
/// # Errors
/// As [`Read::all`].
pub async fn by_number(read: &mut Read, number: &str) -> StoreResult<Option<TicketId>> {
    Ok(read
        .opt::<(i64,)>("SELECT id FROM tickets WHERE number = $1", crate::args![number])
        .await?
        .map(|(id,)| TicketId(id)))
}

/// The next value of a counter, taken inside the write: two writers never get the same.
///
/// # Errors
/// As [`Read::all`].
pub async fn next_in_series(tx: &mut Tx, series: &str) -> StoreResult<i64> {
    tx.number(
        "INSERT INTO counters (name, value) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value",
        crate::args![series],
    )
    .await
}

/// Lifts a counter to at least `value`: after an import that brought numbers of its own.
///
/// # Errors
/// As [`Read::all`].
pub async fn lift_series(tx: &mut Tx, series: &str, value: i64) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO counters (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2 WHERE counters.value < $2",
        crate::args![series, value],
    )
    .await
    .map(drop)
}

/// Where the ticket stands in its process, as the engine's JSON.
///
/// # Errors
/// [`StoreError::Corrupt`] where a ticket has none.
pub async fn instance(read: &mut Read, id: TicketId) -> StoreResult<String> {
    read.opt::<(String,)>("SELECT body FROM instances WHERE ticket_id = $1", crate::args![id])
        .await?
        .map(|(body,)| body)
        .ok_or(StoreError::Corrupt { table: "instances", column: "body", row: id.get() })
}

/// The same for several tickets, such as a batch of an export; tickets without one are left out.
///
/// # Errors
/// As [`Read::all`].
pub async fn instances(read: &mut Read, ids: &[TicketId]) -> StoreResult<Vec<(TicketId, String)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    // Numbers only: nothing that anybody wrote comes into the statement.
    let list = ids.iter().map(|id| id.get().to_string()).collect::<Vec<_>>().join(", ");
    let sql = format!("SELECT ticket_id, body FROM instances WHERE ticket_id IN ({list})");
    let rows: Vec<(i64, String)> = read.all(&sql, &[]).await?;
    Ok(rows.into_iter().map(|(id, body)| (TicketId(id), body)).collect())
}

/// Keeps where the ticket stands in its process.
///
/// # Errors
/// As [`Read::all`].
pub async fn put_instance(tx: &mut Tx, id: TicketId, body: &str) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO instances (ticket_id, body) VALUES ($1, $2) ON CONFLICT (ticket_id) DO UPDATE SET body = excluded.body",
        crate::args![id, body],
    )
    .await
    .map(drop)
}

/// Says that a department has to do with a ticket: it may see it from now on. `copied` is 抄送.
///
/// # Errors
/// As [`Read::all`].
pub async fn involve(tx: &mut Tx, id: TicketId, department: DepartmentId, involvement: Involvement) -> StoreResult<()> {
    let copied = involvement == Involvement::Copied;
    let sql = match involvement {
        Involvement::Copied => {
            "INSERT INTO ticket_departments (ticket_id, department_id, copied) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
        }
        Involvement::Working => {
            "INSERT INTO ticket_departments (ticket_id, department_id, copied) VALUES ($1, $2, $3) \
             ON CONFLICT (ticket_id, department_id) DO UPDATE SET copied = 0"
        }
    };
    tx.exec(sql, crate::args![id, department, copied]).await.map(drop)
}

/// Why a department may see a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Involvement {
    /// It works, or worked, on it.
    Working,
    /// 抄送
    Copied,
}

/// The departments that have to do with a ticket.
///
/// # Errors
/// As [`Read::all`].
pub async fn involved(read: &mut Read, id: TicketId) -> StoreResult<Vec<(DepartmentId, Involvement)>> {
    let rows: Vec<(i64, i64)> = read
        .all(
            "SELECT department_id, copied FROM ticket_departments WHERE ticket_id = $1 ORDER BY department_id",
            crate::args![id],
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|(d, copied)| (DepartmentId(d), if copied == 1 { Involvement::Copied } else { Involvement::Working }))
        .collect())
}

type WorkRow = (i64, i64, i64, String, String, String, String, Option<i64>, i64, Option<i64>);

fn work_item(row: WorkRow) -> StoreResult<WorkItem> {
    let (id, ticket, token, step, label, kind, role, department, since, due) = row;
    let role = match role.as_str() {
        "" => None,
        word => Some(word.parse().map_err(|UnknownRole(_)| StoreError::Corrupt {
            table: "work_items",
            column: "role",
            row: id,
        })?),
    };
    Ok(WorkItem {
        id,
        ticket: TicketId(ticket),
        token,
        step,
        label,
        kind,
        role,
        department: department.map(DepartmentId),
        since: instant(since, "work_items", "since", id)?,
        due: instant_or_none(due, "work_items", "due_at", id)?,
    })
}

/// The work that waits at a ticket.
///
/// # Errors
/// As [`Read::all`].
pub async fn work(read: &mut Read, id: TicketId) -> StoreResult<Vec<WorkItem>> {
    read.all::<WorkRow>(
        "SELECT id, ticket_id, token, step, label, kind, role, department_id, since, due_at FROM work_items WHERE ticket_id = $1 ORDER BY id",
        crate::args![id],
    )
    .await?
    .into_iter()
    .map(work_item)
    .collect()
}

/// Adds a place where the ticket's process waits.
///
/// # Errors
/// As [`Read::all`].
pub async fn add_work(tx: &mut Tx, item: &WorkItem) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO work_items (id, ticket_id, token, step, label, kind, role, department_id, since, due_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        crate::args![
            item.id,
            item.ticket,
            item.token,
            &item.step,
            &item.label,
            &item.kind,
            item.role.map_or("", Role::as_str),
            item.department,
            item.since,
            item.due
        ],
    )
    .await
    .map(drop)
}

/// Writes the changed department, since and due time of a waiting place back.
///
/// # Errors
/// As [`Read::all`].
pub async fn update_work(tx: &mut Tx, item: &WorkItem) -> StoreResult<()> {
    tx.exec(
        "UPDATE work_items SET department_id = $2, since = $3, due_at = $4 WHERE id = $1",
        crate::args![item.id, item.department, item.since, item.due],
    )
    .await
    .map(drop)
}

/// Removes a place where the ticket's process waited.
///
/// # Errors
/// As [`Read::all`].
pub async fn remove_work(tx: &mut Tx, id: TicketId, token: i64) -> StoreResult<()> {
    tx.exec("DELETE FROM work_items WHERE ticket_id = $1 AND token = $2", crate::args![id, token]).await.map(drop)
}
