//! Overdue statements (超时说明) and every version of them.

use jiff::Timestamp;
use yingda_core::answerable::{Statement, StatementState, StatementVersion, Verdict};
use yingda_core::{ClockId, DepartmentId, PersonId, StatementId, TicketId};

use crate::args::{Arg, instant, instant_or_none};
use crate::error::{StoreError, StoreResult};
use crate::read::Read;
use crate::write::Tx;

const TABLE: &str = "overdue_statements";
const COLUMNS: &str = "s.id, s.ticket_id, s.clock_id, s.chain, s.label, s.breached_at, s.person_id, s.department_id, s.state, s.cause, \
    s.account, s.improvement, s.written_by, s.written_at, s.note, s.reviewed_by, s.reviewed_at, s.rounds, s.version";

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    ticket_id: i64,
    clock_id: i64,
    chain: i64,
    label: String,
    breached_at: i64,
    person_id: Option<i64>,
    department_id: Option<i64>,
    state: String,
    cause: String,
    account: String,
    improvement: String,
    written_by: Option<i64>,
    written_at: Option<i64>,
    note: String,
    reviewed_by: Option<i64>,
    reviewed_at: Option<i64>,
    rounds: i64,
    version: i64,
}

impl TryFrom<Row> for Statement {
    type Error = StoreError;
    fn try_from(row: Row) -> StoreResult<Self> {
        let corrupt = StoreError::Corrupt { table: TABLE, column: "state", row: row.id };
        Ok(Self {
            id: StatementId(row.id),
            ticket: TicketId(row.ticket_id),
            clock: ClockId(row.clock_id),
            chain: row.chain,
            label: row.label,
            breached: instant(row.breached_at, TABLE, "breached_at", row.id)?,
            person: row.person_id.map(PersonId),
            department: row.department_id.map(DepartmentId),
            state: StatementState::parse(&row.state).ok_or(corrupt)?,
            cause: row.cause,
            account: row.account,
            improvement: row.improvement,
            written_by: row.written_by.map(PersonId),
            written: instant_or_none(row.written_at, TABLE, "written_at", row.id)?,
            note: row.note,
            reviewed_by: row.reviewed_by.map(PersonId),
            reviewed: instant_or_none(row.reviewed_at, TABLE, "reviewed_at", row.id)?,
            rounds: row.rounds,
            version: row.version,
        })
    }
}

fn read_all(rows: Vec<Row>) -> StoreResult<Vec<Statement>> {
    rows.into_iter().map(Statement::try_from).collect()
}

/// Writes a new statement.
///
/// # Errors
/// As [`Read::all`].
pub async fn insert(tx: &mut Tx, s: &Statement) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO overdue_statements (id, ticket_id, clock_id, chain, label, breached_at, person_id, department_id, state, cause, account, \
         improvement, written_by, written_at, note, reviewed_by, reviewed_at, rounds, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
        &args(s),
    )
    .await
    .map(drop)
}

/// Writes a changed statement back; its version grows by one.
///
/// # Errors
/// [`StoreError::Stale`] where somebody else has changed it since.
pub async fn update(tx: &mut Tx, s: &mut Statement) -> StoreResult<()> {
    let changed = tx
        .exec(
            "UPDATE overdue_statements SET ticket_id = $2, clock_id = $3, chain = $4, label = $5, breached_at = $6, person_id = $7, \
             department_id = $8, state = $9, cause = $10, account = $11, improvement = $12, written_by = $13, written_at = $14, note = $15, \
             reviewed_by = $16, reviewed_at = $17, rounds = $18, version = $19 + 1 WHERE id = $1 AND version = $19",
            &args(s),
        )
        .await?;
    if changed == 0 {
        return Err(StoreError::Stale);
    }
    s.version += 1;
    Ok(())
}

fn args(s: &Statement) -> [Arg; 19] {
    [
        s.id.into(),
        s.ticket.into(),
        s.clock.into(),
        s.chain.into(),
        (&s.label).into(),
        s.breached.into(),
        s.person.into(),
        s.department.into(),
        s.state.as_str().into(),
        (&s.cause).into(),
        (&s.account).into(),
        (&s.improvement).into(),
        s.written_by.into(),
        s.written.into(),
        (&s.note).into(),
        s.reviewed_by.into(),
        s.reviewed.into(),
        s.rounds.into(),
        s.version.into(),
    ]
}

/// A statement.
///
/// # Errors
/// As [`Read::all`].
pub async fn get(read: &mut Read, id: StatementId) -> StoreResult<Option<Statement>> {
    let sql = format!("SELECT {COLUMNS} FROM overdue_statements s WHERE s.id = $1");
    read.opt::<Row>(&sql, crate::args![id]).await?.map(Statement::try_from).transpose()
}

/// The statement about one breach of a clock.
///
/// # Errors
/// As [`Read::all`].
pub async fn of_breach(read: &mut Read, clock: ClockId, chain: i64) -> StoreResult<Option<Statement>> {
    let sql = format!("SELECT {COLUMNS} FROM overdue_statements s WHERE s.clock_id = $1 AND s.chain = $2");
    read.opt::<Row>(&sql, crate::args![clock, chain]).await?.map(Statement::try_from).transpose()
}

/// The statements of a ticket, oldest first.
///
/// # Errors
/// As [`Read::all`].
pub async fn of_ticket(read: &mut Read, ticket: TicketId) -> StoreResult<Vec<Statement>> {
    let sql = format!("SELECT {COLUMNS} FROM overdue_statements s WHERE s.ticket_id = $1 ORDER BY s.id");
    read_all(read.all(&sql, crate::args![ticket]).await?)
}

/// Statements that somebody has to write, or that this department or first receiver has to, oldest first.
///
/// # Errors
/// As [`Read::all`].
pub async fn to_write(
    read: &mut Read,
    person: PersonId,
    department: DepartmentId,
    limit: i64,
) -> StoreResult<Vec<Statement>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM overdue_statements s JOIN tickets t ON t.id = s.ticket_id \
         WHERE s.state IN ('due', 'returned') AND (s.person_id = $1 OR s.department_id = $2 OR t.owner_id = $1) ORDER BY s.id LIMIT $3"
    );
    read_all(read.all(&sql, crate::args![person, department, limit]).await?)
}

/// What a lead asks for; everything that is `None` is not asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub state: Option<StatementState>,
    /// Who answered for the clock.
    pub person: Option<PersonId>,
    pub department: Option<DepartmentId>,
    /// Missed at or after.
    pub from: Option<Timestamp>,
    /// Missed before.
    pub until: Option<Timestamp>,
}

/// Statements of the whole desk, newest first, those with ids below `before`, at most `limit`.
///
/// # Errors
/// As [`Read::all`].
pub async fn list(
    read: &mut Read,
    filter: &Filter,
    before: Option<StatementId>,
    limit: i64,
) -> StoreResult<Vec<Statement>> {
    let mut args = crate::args![before.map_or(i64::MAX, StatementId::get), limit].to_vec();
    let mut met = String::new();
    let mut ask = |text: &str, arg: Arg| {
        args.push(arg);
        met.push_str(&text.replace('?', &format!("${}", args.len())));
    };
    if let Some(state) = filter.state {
        ask(" AND s.state = ?", state.as_str().into());
    }
    if let Some(person) = filter.person {
        ask(" AND s.person_id = ?", person.into());
    }
    if let Some(department) = filter.department {
        ask(" AND s.department_id = ?", department.into());
    }
    if let Some(from) = filter.from {
        ask(" AND s.breached_at >= ?", from.into());
    }
    if let Some(until) = filter.until {
        ask(" AND s.breached_at < ?", until.into());
    }
    let sql = format!("SELECT {COLUMNS} FROM overdue_statements s WHERE s.id < $1{met} ORDER BY s.id DESC LIMIT $2");
    read_all(read.all(&sql, &args).await?)
}

/// How many somebody has to write who answered for the clock, counted up to `cap`.
///
/// # Errors
/// As [`Read::all`].
pub async fn count_of(read: &mut Read, person: PersonId, cap: i64) -> StoreResult<i64> {
    read.number(
        "SELECT count(*) FROM (SELECT 1 FROM overdue_statements WHERE person_id = $1 AND state IN ('due', 'returned') LIMIT $2) x",
        crate::args![person, cap],
    )
    .await
}

/// How many are in a state that waits for somebody, counted up to `cap`.
///
/// # Errors
/// As [`Read::all`].
pub async fn count(read: &mut Read, state: StatementState, cap: i64) -> StoreResult<i64> {
    read.number(
        "SELECT count(*) FROM (SELECT 1 FROM overdue_statements WHERE state = $1 AND state IN ('due', 'submitted', 'returned') LIMIT $2) x",
        crate::args![state.as_str(), cap],
    )
    .await
}

/// Adds a version.
///
/// # Errors
/// As [`Read::all`].
pub async fn add_version(tx: &mut Tx, v: &StatementVersion) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO overdue_versions (statement_id, round, cause, account, improvement, by_id, at, verdict, note, reviewed_by, reviewed_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        crate::args![
            v.statement,
            v.round,
            &v.cause,
            &v.account,
            &v.improvement,
            v.by,
            v.at,
            v.verdict.map_or("", Verdict::as_str),
            &v.note,
            v.reviewed_by,
            v.reviewed
        ],
    )
    .await
    .map(drop)
}

/// Notes what a lead said about the latest version.
///
/// # Errors
/// As [`Read::all`].
pub async fn judge_version(tx: &mut Tx, s: &Statement, verdict: Verdict) -> StoreResult<()> {
    tx.exec(
        "UPDATE overdue_versions SET verdict = $3, note = $4, reviewed_by = $5, reviewed_at = $6 WHERE statement_id = $1 AND round = $2",
        crate::args![s.id, s.rounds, verdict.as_str(), &s.note, s.reviewed_by, s.reviewed],
    )
    .await
    .map(drop)
}

#[derive(sqlx::FromRow)]
struct VersionRow {
    statement_id: i64,
    round: i64,
    cause: String,
    account: String,
    improvement: String,
    by_id: i64,
    at: i64,
    verdict: String,
    note: String,
    reviewed_by: Option<i64>,
    reviewed_at: Option<i64>,
}

/// Every version of a statement, oldest first.
///
/// # Errors
/// As [`Read::all`].
pub async fn versions(read: &mut Read, id: StatementId) -> StoreResult<Vec<StatementVersion>> {
    let rows: Vec<VersionRow> = read
        .all(
            "SELECT statement_id, round, cause, account, improvement, by_id, at, verdict, note, reviewed_by, reviewed_at \
             FROM overdue_versions WHERE statement_id = $1 ORDER BY round",
            crate::args![id],
        )
        .await?;
    let version = |row: VersionRow| {
        Ok(StatementVersion {
            statement: StatementId(row.statement_id),
            round: row.round,
            cause: row.cause,
            account: row.account,
            improvement: row.improvement,
            by: PersonId(row.by_id),
            at: instant(row.at, "overdue_versions", "at", row.statement_id)?,
            verdict: Verdict::parse(&row.verdict),
            note: row.note,
            reviewed_by: row.reviewed_by.map(PersonId),
            reviewed: instant_or_none(row.reviewed_at, "overdue_versions", "reviewed_at", row.statement_id)?,
        })
    };
    rows.into_iter().map(version).collect()
}
