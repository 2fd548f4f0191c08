//! The clocks of tickets: one row for each round of each limit, its pauses beside it.
//!
//! The one thing to know: start, stop and pauses are facts; `due_at` and `next_at` are derived from them by `yingda-app` and kept
//! only so that lists and the sweep can ask an index. What a clock's target means is deliberately not here.

use jiff::Timestamp;
use yingda_core::{ClockId, DepartmentId, PersonId, SheetId, TicketId};

use crate::args::{Arg, instant, instant_or_none};
use crate::error::{StoreError, StoreResult};
use crate::read::Read;
use crate::write::Tx;

/// How a clock ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Outcome {
    /// It has not.
    #[default]
    Going,
    /// Stopped within its limit, or without one.
    Met,
    /// Stopped after its limit.
    Broken,
    /// Does not count: its step was taken back, or its limit was over before it came here.
    Void,
}

impl Outcome {
    /// As stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Going => "",
            Self::Met => "met",
            Self::Broken => "broken",
            Self::Void => "void",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::Going, Self::Met, Self::Broken, Self::Void].into_iter().find(|outcome| outcome.as_str() == text)
    }
}

/// One round of one limit of one ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// Its id.
    pub id: ClockId,
    /// The ticket.
    pub ticket: TicketId,
    /// The contact sheet that it measures, where it measures one.
    pub sheet: Option<SheetId>,
    /// The process, for policies.
    pub process: String,
    /// The rule in the process file; `sheet` for a sheet that was sent by hand.
    pub rule: String,
    /// What a reader sees.
    pub label: String,
    /// 1 for the first.
    pub round: i64,
    /// Code of the calendar.
    pub calendar: String,
    /// The limit, as JSON of `yingda-app`.
    pub target: String,
    /// Extensions that were granted, as a JSON list of limits in their order.
    pub extra: String,
    /// The planned date that it counts towards, as text; empty for none.
    pub planned: String,
    /// The department that has the matter.
    pub department: Option<DepartmentId>,
    /// Whoever answers for it.
    pub person: Option<PersonId>,
    /// Since when.
    pub started: Timestamp,
    /// Until when it ran.
    pub stopped: Option<Timestamp>,
    /// The moment that stopped it.
    pub stopped_by: String,
    /// Derived: until when; `None` without a limit or while a pause holds it.
    pub due: Option<Timestamp>,
    /// Derived: when the sweep has to look at it next.
    pub next: Option<Timestamp>,
    /// Rungs of the ladder that are behind it.
    pub rung: i64,
    /// Grows when a breach is taken back, so that a later one has notices of its own.
    pub chain: i64,
    /// The limit that was missed.
    pub breached: Option<Timestamp>,
    /// How it ended.
    pub outcome: Outcome,
    /// Who set this ticket's own limit.
    pub set_by: Option<PersonId>,
    /// Why.
    pub set_reason: String,
}

const COLUMNS: &str = "id, ticket_id, sheet_id, process, rule, label, round, calendar, target, extra, planned, department_id, person_id, \
    started_at, stopped_at, stopped_by, due_at, next_at, rung, chain, breached_at, outcome, set_by, set_reason";

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    ticket_id: i64,
    sheet_id: Option<i64>,
    process: String,
    rule: String,
    label: String,
    round: i64,
    calendar: String,
    target: String,
    extra: String,
    planned: String,
    department_id: Option<i64>,
    person_id: Option<i64>,
    started_at: i64,
    stopped_at: Option<i64>,
    stopped_by: String,
    due_at: Option<i64>,
    next_at: Option<i64>,
    rung: i64,
    chain: i64,
    breached_at: Option<i64>,
    outcome: String,
    set_by: Option<i64>,
    set_reason: String,
}

impl TryFrom<Row> for Clock {
    type Error = StoreError;

    fn try_from(row: Row) -> StoreResult<Self> {
        let at = |value, column| instant_or_none(value, "clocks", column, row.id);
        Ok(Self {
            id: ClockId(row.id),
            ticket: TicketId(row.ticket_id),
            sheet: row.sheet_id.map(SheetId),
            started: instant(row.started_at, "clocks", "started_at", row.id)?,
            stopped: at(row.stopped_at, "stopped_at")?,
            due: at(row.due_at, "due_at")?,
            next: at(row.next_at, "next_at")?,
            breached: at(row.breached_at, "breached_at")?,
            outcome: Outcome::parse(&row.outcome).ok_or(StoreError::Corrupt {
                table: "clocks",
                column: "outcome",
                row: row.id,
            })?,
            process: row.process,
            rule: row.rule,
            label: row.label,
            round: row.round,
            calendar: row.calendar,
            target: row.target,
            extra: row.extra,
            planned: row.planned,
            department: row.department_id.map(DepartmentId),
            person: row.person_id.map(PersonId),
            stopped_by: row.stopped_by,
            rung: row.rung,
            chain: row.chain,
            set_by: row.set_by.map(PersonId),
            set_reason: row.set_reason,
        })
    }
}

fn clocks(rows: Vec<Row>) -> StoreResult<Vec<Clock>> {
    rows.into_iter().map(Clock::try_from).collect()
}

/// A time in which a clock stood still.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockPause {
    /// Its own id.
    pub id: i64,
    /// The clock.
    pub clock: ClockId,
    /// Its ticket.
    pub ticket: TicketId,
    /// Since when.
    pub from: Timestamp,
    /// Until when; `None` while it lasts.
    pub to: Option<Timestamp>,
    /// `step.ID` where the procedure stopped it, else the id of a reason.
    pub reason: String,
    /// What a reader sees.
    pub label: String,
    /// What was said about it.
    pub note: String,
    /// Who; `None`: the procedure.
    pub by: Option<PersonId>,
    /// Who let it go on; `None`: the procedure, or nobody yet.
    pub ended_by: Option<PersonId>,
}

type PauseRow = (i64, i64, i64, i64, Option<i64>, String, String, String, Option<i64>, Option<i64>);

fn pause(row: PauseRow) -> StoreResult<ClockPause> {
    let (id, clock, ticket, from, to, reason, label, note, by, ended_by) = row;
    Ok(ClockPause {
        id,
        clock: ClockId(clock),
        ticket: TicketId(ticket),
        from: instant(from, "clock_pauses", "from_at", id)?,
        to: instant_or_none(to, "clock_pauses", "to_at", id)?,
        reason,
        label,
        note,
        by: by.map(PersonId),
        ended_by: ended_by.map(PersonId),
    })
}

/// Columns of a row.
const WIDTH: usize = 24;

/// Adds clocks, all in one statement.
///
/// # Errors
/// As [`Read::all`].
pub async fn add_all(tx: &mut Tx, clocks: &[&Clock]) -> StoreResult<()> {
    if clocks.is_empty() {
        return Ok(());
    }
    let row = |index: usize| {
        let places: Vec<String> = (1..=WIDTH).map(|place| format!("${}", index * WIDTH + place)).collect();
        format!("({})", places.join(", "))
    };
    let rows: Vec<String> = (0..clocks.len()).map(row).collect();
    let sql = format!("INSERT INTO clocks ({COLUMNS}) VALUES {}", rows.join(", "));
    let args: Vec<Arg> = clocks.iter().flat_map(|clock| values(clock)).collect();
    tx.exec(&sql, &args).await.map(drop)
}

fn values(clock: &Clock) -> [Arg; WIDTH] {
    [
        clock.id.into(),
        clock.ticket.into(),
        clock.sheet.into(),
        (&clock.process).into(),
        (&clock.rule).into(),
        (&clock.label).into(),
        clock.round.into(),
        (&clock.calendar).into(),
        (&clock.target).into(),
        (&clock.extra).into(),
        (&clock.planned).into(),
        clock.department.into(),
        clock.person.into(),
        clock.started.into(),
        clock.stopped.into(),
        (&clock.stopped_by).into(),
        clock.due.into(),
        clock.next.into(),
        clock.rung.into(),
        clock.chain.into(),
        clock.breached.into(),
        clock.outcome.as_str().into(),
        clock.set_by.into(),
        (&clock.set_reason).into(),
    ]
}

/// Writes what may change of a clock back.
///
/// # Errors
/// As [`Read::all`].
pub async fn update(tx: &mut Tx, clock: &Clock) -> StoreResult<()> {
    tx.exec(
        "UPDATE clocks SET calendar = $2, target = $3, extra = $4, planned = $5, department_id = $6, person_id = $7, stopped_at = $8, \
         stopped_by = $9, due_at = $10, next_at = $11, rung = $12, chain = $13, breached_at = $14, outcome = $15, set_by = $16, \
         set_reason = $17 WHERE id = $1",
        crate::args![
            clock.id,
            &clock.calendar,
            &clock.target,
            &clock.extra,
            &clock.planned,
            clock.department,
            clock.person,
            clock.stopped,
            &clock.stopped_by,
            clock.due,
            clock.next,
            clock.rung,
            clock.chain,
            clock.breached,
            clock.outcome.as_str(),
            clock.set_by,
            &clock.set_reason
        ],
    )
    .await
    .map(drop)
}

/// Leaves a clock alone until later, as it stands.
///
/// # Errors
/// As [`Read::all`].
pub async fn put_off(tx: &mut Tx, id: ClockId, until: Timestamp) -> StoreResult<()> {
    tx.exec("UPDATE clocks SET next_at = $2 WHERE id = $1", crate::args![id, until]).await.map(drop)
}

/// Every clock of a ticket, oldest first.
///
/// # Errors
/// As [`Read::all`].
pub async fn of_ticket(read: &mut Read, ticket: TicketId) -> StoreResult<Vec<Clock>> {
    let sql = format!("SELECT {COLUMNS} FROM clocks WHERE ticket_id = $1 ORDER BY id");
    clocks(read.all(&sql, crate::args![ticket]).await?)
}

/// A clock.
///
/// # Errors
/// As [`Read::all`].
pub async fn get(read: &mut Read, id: ClockId) -> StoreResult<Option<Clock>> {
    let sql = format!("SELECT {COLUMNS} FROM clocks WHERE id = $1");
    read.opt::<Row>(&sql, crate::args![id]).await?.map(Clock::try_from).transpose()
}

/// Ids of the clocks that the sweep has to look at, the longest waiting first. Costs what is due, not what is open.
///
/// # Errors
/// As [`Read::all`].
pub async fn due(read: &mut Read, now: Timestamp, limit: i64) -> StoreResult<Vec<(ClockId, TicketId)>> {
    let rows: Vec<(i64, i64)> = read
        .all(
            "SELECT id, ticket_id FROM clocks WHERE next_at IS NOT NULL AND next_at <= $1 ORDER BY next_at, id LIMIT $2",
            crate::args![now, limit],
        )
        .await?;
    Ok(rows.into_iter().map(|(id, ticket)| (ClockId(id), TicketId(ticket))).collect())
}

/// Clocks that go on, by id, for work in batches.
///
/// # Errors
/// As [`Read::all`].
pub async fn going_after(read: &mut Read, after: ClockId, limit: i64) -> StoreResult<Vec<Clock>> {
    let sql = format!("SELECT {COLUMNS} FROM clocks WHERE stopped_at IS NULL AND id > $1 ORDER BY id LIMIT $2");
    clocks(read.all(&sql, crate::args![after, limit]).await?)
}

/// The pauses of a ticket's clocks, in order.
///
/// # Errors
/// As [`Read::all`].
pub async fn pauses_of_ticket(read: &mut Read, ticket: TicketId) -> StoreResult<Vec<ClockPause>> {
    let rows: Vec<PauseRow> = read
        .all(
            "SELECT id, clock_id, ticket_id, from_at, to_at, reason, label, note, by_id, ended_by FROM clock_pauses WHERE ticket_id = $1 \
             ORDER BY id",
            crate::args![ticket],
        )
        .await?;
    rows.into_iter().map(pause).collect()
}

/// The pauses of clocks that go on and whose id lies in a span, for work in batches.
///
/// # Errors
/// As [`Read::all`].
pub async fn pauses_between(read: &mut Read, first: ClockId, last: ClockId) -> StoreResult<Vec<ClockPause>> {
    let rows: Vec<PauseRow> = read
        .all(
            "SELECT id, clock_id, ticket_id, from_at, to_at, reason, label, note, by_id, ended_by FROM clock_pauses \
             WHERE clock_id >= $1 AND clock_id <= $2 ORDER BY id",
            crate::args![first, last],
        )
        .await?;
    rows.into_iter().map(pause).collect()
}

/// Adds a pause.
///
/// # Errors
/// As [`Read::all`].
pub async fn add_pause(tx: &mut Tx, pause: &ClockPause) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO clock_pauses (id, clock_id, ticket_id, from_at, to_at, reason, label, note, by_id, ended_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        crate::args![
            pause.id,
            pause.clock,
            pause.ticket,
            pause.from,
            pause.to,
            &pause.reason,
            &pause.label,
            &pause.note,
            pause.by,
            pause.ended_by
        ],
    )
    .await
    .map(drop)
}

/// Ends a pause.
///
/// # Errors
/// As [`Read::all`].
pub async fn end_pause(tx: &mut Tx, id: i64, at: Timestamp, by: Option<PersonId>) -> StoreResult<()> {
    tx.exec(
        "UPDATE clock_pauses SET to_at = $2, ended_by = $3 WHERE id = $1 AND to_at IS NULL",
        crate::args![id, at, by],
    )
    .await
    .map(drop)
}

/// A company's own limits for a process: the latest version's text.
///
/// # Errors
/// As [`Read::all`].
pub async fn policies(read: &mut Read) -> StoreResult<Vec<Policy>> {
    let rows: Vec<(i64, String, String, String, i64, i64)> = read
        .all(
            "SELECT id, process, body, reason, at, by_id FROM policies p WHERE id = (SELECT max(id) FROM policies q WHERE q.process = p.process) \
             ORDER BY process",
            &[],
        )
        .await?;
    rows.into_iter().map(policy).collect()
}

/// Every version of a process's policy, newest first.
///
/// # Errors
/// As [`Read::all`].
pub async fn policy_versions(read: &mut Read, process: &str) -> StoreResult<Vec<Policy>> {
    let rows: Vec<(i64, String, String, String, i64, i64)> = read
        .all(
            "SELECT id, process, body, reason, at, by_id FROM policies WHERE process = $1 ORDER BY id DESC LIMIT 50",
            crate::args![process],
        )
        .await?;
    rows.into_iter().map(policy).collect()
}

/// Adds a version of a policy.
///
/// # Errors
/// As [`Read::all`].
pub async fn add_policy(tx: &mut Tx, policy: &Policy) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO policies (id, process, body, reason, at, by_id) VALUES ($1, $2, $3, $4, $5, $6)",
        crate::args![policy.id, &policy.process, &policy.body, &policy.reason, policy.at, policy.by],
    )
    .await
    .map(drop)
}

/// A version of a company's own limits for a process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Grows with every version.
    pub id: i64,
    /// The process.
    pub process: String,
    /// JSON of `yingda-app`.
    pub body: String,
    /// Why it was changed.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
}

fn policy((id, process, body, reason, at, by): (i64, String, String, String, i64, i64)) -> StoreResult<Policy> {
    Ok(Policy { id, process, body, reason, at: instant(at, "policies", "at", id)?, by: PersonId(by) })
}
