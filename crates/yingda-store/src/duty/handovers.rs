//! Hand-overs and the tickets on them.

use jiff::Timestamp;
use jiff::civil::Date;
use yingda_core::duty::handover::{Handover, HandoverState, HandoverTicket, Remarks};
use yingda_core::ticket::{Priority, Ticket};
use yingda_core::{DepartmentId, HandoverId, PersonId, ShiftId, TicketId};

use super::{date, list, span, word};
use crate::args::{instant, instant_or_none};
use crate::error::{StoreError, StoreResult};
use crate::read::Read;
use crate::tickets::{COLUMNS, TicketRow};
use crate::write::Tx;

#[derive(sqlx::FromRow)]
struct HandoverRow {
    id: i64,
    department_id: i64,
    shift_id: i64,
    day: String,
    from_at: i64,
    to_at: i64,
    night: i64,
    outgoing: String,
    key_points: String,
    needs: String,
    unfinished: String,
    summary: String,
    experiences: String,
    problems: String,
    state: String,
    drawn_at: i64,
    handed_by: Option<i64>,
    handed_at: Option<i64>,
    taken_by: Option<i64>,
    taken_at: Option<i64>,
    read_by: Option<i64>,
    read_at: Option<i64>,
    version: i64,
}

impl TryFrom<HandoverRow> for Handover {
    type Error = StoreError;
    fn try_from(row: HandoverRow) -> StoreResult<Self> {
        let at = |value, column| instant_or_none(value, "handovers", column, row.id);
        let outgoing = row.outgoing.split_whitespace().map(|id| id.parse().map(PersonId)).collect::<Result<_, _>>();
        Ok(Self {
            id: HandoverId(row.id),
            department: DepartmentId(row.department_id),
            shift: ShiftId(row.shift_id),
            day: date(&row.day, "handovers", row.id)?,
            span: span(row.from_at, row.to_at, "handovers", row.id)?,
            night: row.night == 1,
            outgoing: outgoing.map_err(|_| StoreError::Corrupt {
                table: "handovers",
                column: "outgoing",
                row: row.id,
            })?,
            state: word(HandoverState::parse, &row.state, "handovers", row.id)?,
            drawn: instant(row.drawn_at, "handovers", "drawn_at", row.id)?,
            handed_by: row.handed_by.map(PersonId),
            handed: at(row.handed_at, "handed_at")?,
            taken_by: row.taken_by.map(PersonId),
            taken: at(row.taken_at, "taken_at")?,
            read_by: row.read_by.map(PersonId),
            read: at(row.read_at, "read_at")?,
            remarks: Remarks {
                key_points: row.key_points,
                needs: row.needs,
                unfinished: row.unfinished,
                summary: row.summary,
                experiences: row.experiences,
                problems: row.problems,
            },
            version: row.version,
        })
    }
}

const HANDOVER: &str = "id, department_id, shift_id, day, from_at, to_at, night, outgoing, key_points, needs, unfinished, summary, \
    experiences, problems, state, drawn_at, handed_by, handed_at, taken_by, taken_at, read_by, read_at, version";

fn many(rows: Vec<HandoverRow>) -> StoreResult<Vec<Handover>> {
    rows.into_iter().map(Handover::try_from).collect()
}

/// One hand-over.
///
/// # Errors
/// As [`Read::all`].
pub async fn get(read: &mut Read, id: HandoverId) -> StoreResult<Option<Handover>> {
    let sql = format!("SELECT {HANDOVER} FROM handovers WHERE id = $1");
    read.opt::<HandoverRow>(&sql, crate::args![id]).await?.map(Handover::try_from).transpose()
}

/// The hand-over of a shift on a day.
///
/// # Errors
/// As [`Read::all`].
pub async fn of_shift(read: &mut Read, shift: ShiftId, day: Date) -> StoreResult<Option<Handover>> {
    let sql = format!("SELECT {HANDOVER} FROM handovers WHERE shift_id = $1 AND day = $2");
    read.opt::<HandoverRow>(&sql, crate::args![shift, day.to_string()]).await?.map(Handover::try_from).transpose()
}

/// A department's hand-overs, newest first: those with ids below `before`, at most `limit`.
///
/// # Errors
/// As [`Read::all`].
pub async fn page(read: &mut Read, department: DepartmentId, before: i64, limit: i64) -> StoreResult<Vec<Handover>> {
    let sql =
        format!("SELECT {HANDOVER} FROM handovers WHERE department_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3");
    many(read.all(&sql, crate::args![department, before, limit]).await?)
}

/// A department's night logs that no supervisor has read, oldest first, at most `limit`.
///
/// # Errors
/// As [`Read::all`].
pub async fn unread(read: &mut Read, department: DepartmentId, limit: i64) -> StoreResult<Vec<Handover>> {
    let sql = format!(
        "SELECT {HANDOVER} FROM handovers WHERE department_id = $1 AND night = 1 AND read_at IS NULL AND handed_at IS NOT NULL \
         ORDER BY id LIMIT $2"
    );
    many(read.all(&sql, crate::args![department, limit]).await?)
}

/// Writes a new hand-over.
///
/// # Errors
/// [`StoreError::Conflict`] where the shift has one for that day.
pub async fn insert(tx: &mut Tx, h: &Handover) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO handovers (id, department_id, shift_id, day, from_at, to_at, night, outgoing, key_points, needs, unfinished, summary, \
         experiences, problems, state, drawn_at, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        crate::args![
            h.id,
            h.department,
            h.shift,
            h.day.to_string(),
            h.span.from,
            h.span.to,
            h.night,
            ids(&h.outgoing),
            &h.remarks.key_points,
            &h.remarks.needs,
            &h.remarks.unfinished,
            &h.remarks.summary,
            &h.remarks.experiences,
            &h.remarks.problems,
            h.state.as_str(),
            h.drawn,
            h.version
        ],
    )
    .await
    .map(drop)
}

/// Writes a changed hand-over back; its version grows by one. One that both have signed is never written again.
///
/// # Errors
/// [`StoreError::Stale`].
pub async fn update(tx: &mut Tx, h: &mut Handover) -> StoreResult<()> {
    let changed = tx
        .exec(
            "UPDATE handovers SET key_points = $2, needs = $3, unfinished = $4, summary = $5, experiences = $6, problems = $7, state = $8, \
             handed_by = $9, handed_at = $10, taken_by = $11, taken_at = $12, outgoing = $13, version = $14 + 1 \
             WHERE id = $1 AND version = $14 AND taken_at IS NULL",
            crate::args![
                h.id,
                &h.remarks.key_points,
                &h.remarks.needs,
                &h.remarks.unfinished,
                &h.remarks.summary,
                &h.remarks.experiences,
                &h.remarks.problems,
                h.state.as_str(),
                h.handed_by,
                h.handed,
                h.taken_by,
                h.taken,
                ids(&h.outgoing),
                h.version
            ],
        )
        .await?;
    if changed == 0 {
        return Err(StoreError::Stale);
    }
    h.version += 1;
    Ok(())
}

fn ids(people: &[PersonId]) -> String {
    people.iter().map(|person| person.get().to_string()).collect::<Vec<_>>().join(" ")
}

/// Notes that a supervisor has read the night's log; the first reading stays. The record itself does not change, nor its version.
///
/// # Errors
/// As [`Read::all`].
pub async fn mark_read(tx: &mut Tx, id: HandoverId, by: PersonId, at: Timestamp) -> StoreResult<()> {
    tx.exec(
        "UPDATE handovers SET read_by = $2, read_at = $3 WHERE id = $1 AND read_at IS NULL",
        crate::args![id, by, at],
    )
    .await
    .map(drop)
}

#[derive(sqlx::FromRow)]
struct LineRow {
    ticket_id: i64,
    number: String,
    subject: String,
    step: String,
    priority: i64,
    due_at: Option<i64>,
    from_person_id: i64,
    flagged: i64,
    stays: i64,
    note: String,
    to_person_id: Option<i64>,
}

/// The tickets on a hand-over.
///
/// # Errors
/// As [`Read::all`].
pub async fn tickets(read: &mut Read, id: HandoverId) -> StoreResult<Vec<HandoverTicket>> {
    let rows: Vec<LineRow> = read
        .all(
            "SELECT ticket_id, number, subject, step, priority, due_at, from_person_id, flagged, stays, note, to_person_id \
             FROM handover_tickets WHERE handover_id = $1 ORDER BY ticket_id",
            crate::args![id],
        )
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(HandoverTicket {
                ticket: TicketId(row.ticket_id),
                number: row.number,
                subject: row.subject,
                step: row.step,
                priority: Priority::from_rank(row.priority).ok_or(StoreError::Corrupt {
                    table: "handover_tickets",
                    column: "priority",
                    row: row.ticket_id,
                })?,
                due: instant_or_none(row.due_at, "handover_tickets", "due_at", row.ticket_id)?,
                from: PersonId(row.from_person_id),
                flagged: row.flagged == 1,
                stays: row.stays == 1,
                note: row.note,
                to: row.to_person_id.map(PersonId),
            })
        })
        .collect()
}

/// Lays the tickets on a hand-over down afresh.
///
/// # Errors
/// As [`Read::all`].
pub async fn put_tickets(tx: &mut Tx, id: HandoverId, tickets: &[HandoverTicket]) -> StoreResult<()> {
    tx.exec("DELETE FROM handover_tickets WHERE handover_id = $1", crate::args![id]).await?;
    for one in tickets {
        tx.exec(
            "INSERT INTO handover_tickets (handover_id, ticket_id, number, subject, step, priority, due_at, from_person_id, flagged, stays, \
             note, to_person_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            crate::args![
                id,
                one.ticket,
                &one.number,
                &one.subject,
                &one.step,
                one.priority.rank(),
                one.due,
                one.from,
                one.flagged,
                one.stays,
                &one.note,
                one.to
            ],
        )
        .await?;
    }
    Ok(())
}

/// The running tickets that some people have, what is due first comes first, at most `limit`.
///
/// # Errors
/// As [`Read::all`].
pub async fn open_of(read: &mut Read, people: &[PersonId], limit: i64) -> StoreResult<Vec<Ticket>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM tickets t WHERE t.closed_at IS NULL AND t.assignee_id IN ({}) \
         ORDER BY COALESCE(t.due_at, 9223372036854775807), t.priority, t.id LIMIT $1",
        list(people, PersonId::get)
    );
    read.all::<TicketRow>(&sql, crate::args![limit]).await?.into_iter().map(Ticket::try_from).collect()
}

/// The running tickets of a department that nobody has and whose work waits in it, oldest first, at most `limit`.
///
/// # Errors
/// As [`Read::all`].
pub async fn waiting(
    read: &mut Read,
    department: DepartmentId,
    after: TicketId,
    limit: i64,
) -> StoreResult<Vec<TicketId>> {
    let rows: Vec<(i64,)> = read
        .all(
            "SELECT t.id FROM tickets t WHERE t.closed_at IS NULL AND t.department_id = $1 AND t.assignee_id IS NULL \
             AND t.id > $2 ORDER BY t.id LIMIT $3",
            crate::args![department, after, limit],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| TicketId(id)).collect())
}
