//! Notices and escalations, and whom they were brought before.
//!
//! What is not yet delivered (`deliver_at` in the future) is in no list of its reader and in no count; the ticket's own list and
//! the leads' show it with its hour. Other channels than the desk's bell will send from `notice_recipients` too.

use jiff::Timestamp;
use yingda_core::notice::{Chosen, Delivery, Kind, Notice, Outcome, Settled, Urgency};
use yingda_core::{NoticeId, PersonId, TicketId};

use crate::args::{instant, instant_or_none};
use crate::error::{StoreError, StoreResult};
use crate::read::Read;
use crate::write::{Change, Topic, Tx};

const COLUMNS: &str = "n.id, n.key, n.ticket_id, n.clock_id, n.kind, n.level, n.trigger_id, n.label, n.about, n.note, n.proposal, n.urgent, \
    n.at, n.raised_by, n.tried, n.outcome_how, n.outcome, n.outcome_by, n.outcome_at, n.version";

#[derive(sqlx::FromRow)]
struct NoticeRow {
    id: i64,
    key: String,
    ticket_id: Option<i64>,
    clock_id: Option<i64>,
    kind: String,
    level: i64,
    trigger_id: String,
    label: String,
    about: String,
    note: String,
    proposal: String,
    urgent: i64,
    at: i64,
    raised_by: Option<i64>,
    tried: String,
    outcome_how: String,
    outcome: String,
    outcome_by: Option<i64>,
    outcome_at: Option<i64>,
    version: i64,
}

impl TryFrom<NoticeRow> for Notice {
    type Error = StoreError;
    fn try_from(row: NoticeRow) -> StoreResult<Self> {
        let corrupt = |column| StoreError::Corrupt { table: "notices", column, row: row.id };
        let outcome = match instant_or_none(row.outcome_at, "notices", "outcome_at", row.id)? {
            None => None,
            Some(at) => Some(Outcome {
                how: Settled::parse(&row.outcome_how).ok_or_else(|| corrupt("outcome_how"))?,
                text: row.outcome,
                by: row.outcome_by.map(PersonId),
                at,
            }),
        };
        Ok(Self {
            id: NoticeId(row.id),
            key: row.key,
            ticket: row.ticket_id.map(TicketId),
            clock: row.clock_id,
            kind: Kind::read(&row.kind, row.level),
            trigger: row.trigger_id,
            label: row.label,
            about: row.about,
            note: row.note,
            proposal: row.proposal,
            urgency: if row.urgent == 1 { Urgency::Urgent } else { Urgency::Normal },
            at: instant(row.at, "notices", "at", row.id)?,
            by: row.raised_by.map(PersonId),
            tried: serde_json::from_str(&row.tried).map_err(|_| corrupt("tried"))?,
            outcome,
            version: row.version,
        })
    }
}

#[derive(sqlx::FromRow)]
struct DeliveryRow {
    notice_id: i64,
    person_id: i64,
    chosen: String,
    deliver_at: i64,
    sent_at: Option<i64>,
    read_at: Option<i64>,
}

impl TryFrom<DeliveryRow> for Delivery {
    type Error = StoreError;
    fn try_from(row: DeliveryRow) -> StoreResult<Self> {
        const TABLE: &str = "notice_recipients";
        let notice = row.notice_id;
        Ok(Self {
            notice: NoticeId(notice),
            person: PersonId(row.person_id),
            chosen: Chosen::parse(&row.chosen).ok_or(StoreError::Corrupt {
                table: TABLE,
                column: "chosen",
                row: notice,
            })?,
            deliver: instant(row.deliver_at, TABLE, "deliver_at", notice)?,
            sent: instant_or_none(row.sent_at, TABLE, "sent_at", notice)?,
            read: instant_or_none(row.read_at, TABLE, "read_at", notice)?,
        })
    }
}

/// A notice with everybody whom it was brought before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub notice: Notice,
    /// In the order of their ids.
    pub deliveries: Vec<Delivery>,
}

/// Tells a person's pages that their notices have changed.
fn ping(tx: &mut Tx, person: PersonId, version: i64) {
    tx.announce(Change { topic: Topic::Notice, id: person.get(), version });
}

/// Writes a notice with its recipients, unless there is one under its key: then `false`, and nothing is written.
///
/// # Errors
/// As [`Read::all`]; [`StoreError::Statement`] where the chain cannot be written as text.
pub async fn insert(tx: &mut Tx, n: &Notice, deliveries: &[Delivery]) -> StoreResult<bool> {
    let tried = serde_json::to_string(&n.tried).map_err(|e| StoreError::Statement(e.to_string()))?;
    let written = tx
        .exec(
            "INSERT INTO notices (id, key, ticket_id, clock_id, kind, level, trigger_id, label, about, note, proposal, urgent, at, raised_by, \
             tried, awaits, outcome_how, outcome, outcome_by, outcome_at, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, '', '', NULL, NULL, $17) \
             ON CONFLICT (key) DO NOTHING",
            crate::args![
                n.id,
                &n.key,
                n.ticket,
                n.clock,
                n.kind.as_str(),
                n.kind.level(),
                &n.trigger,
                &n.label,
                &n.about,
                &n.note,
                &n.proposal,
                n.urgency == Urgency::Urgent,
                n.at,
                n.by,
                tried,
                n.awaits_outcome(),
                n.version
            ],
        )
        .await?;
    if written == 0 {
        return Ok(false);
    }
    for d in deliveries {
        tx.exec(
            "INSERT INTO notice_recipients (notice_id, person_id, chosen, deliver_at, sent_at, read_at) VALUES ($1, $2, $3, $4, $5, $6)",
            crate::args![d.notice, d.person, d.chosen.as_str(), d.deliver, d.sent, d.read],
        )
        .await?;
        if d.sent.is_some() {
            ping(tx, d.person, n.version);
        }
    }
    Ok(true)
}

/// The notice under a key.
///
/// # Errors
/// As [`Read::all`].
pub async fn id_of_key(read: &mut Read, key: &str) -> StoreResult<Option<NoticeId>> {
    let row = read.opt::<(i64,)>("SELECT id FROM notices WHERE key = $1", crate::args![key]).await?;
    Ok(row.map(|(id,)| NoticeId(id)))
}

/// One notice.
///
/// # Errors
/// As [`Read::all`].
pub async fn get(read: &mut Read, id: NoticeId) -> StoreResult<Option<Told>> {
    let sql = format!("SELECT {COLUMNS} FROM notices n WHERE n.id = $1");
    Ok(told(read, &sql, crate::args![id]).await?.pop())
}

/// All notices about a ticket, oldest first.
///
/// # Errors
/// As [`Read::all`].
pub async fn of_ticket(read: &mut Read, ticket: TicketId) -> StoreResult<Vec<Told>> {
    let sql = format!("SELECT {COLUMNS} FROM notices n WHERE n.ticket_id = $1 ORDER BY n.id");
    told(read, &sql, crate::args![ticket]).await
}

/// Which of somebody's notices.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Show {
    #[default]
    Unread,
    All,
}

/// What was delivered to somebody by now, newest first, those with ids below `before`, at most `limit`.
///
/// # Errors
/// As [`Read::all`].
pub async fn of_person(
    read: &mut Read,
    person: PersonId,
    now: Timestamp,
    show: Show,
    before: Option<NoticeId>,
    limit: i64,
) -> StoreResult<Vec<Told>> {
    let unread = match show {
        Show::Unread => "AND r.read_at IS NULL",
        Show::All => "",
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM notice_recipients r JOIN notices n ON n.id = r.notice_id \
         WHERE r.person_id = $1 AND r.deliver_at <= $2 AND r.notice_id < $3 {unread} ORDER BY r.notice_id DESC LIMIT $4"
    );
    let before = before.map_or(i64::MAX, NoticeId::get);
    told(read, &sql, crate::args![person, now, before, limit]).await
}

/// How many delivered notices somebody has not read, counted up to `cap`.
///
/// # Errors
/// As [`Read::all`].
pub async fn unread(read: &mut Read, person: PersonId, now: Timestamp, cap: i64) -> StoreResult<i64> {
    read.number(
        "SELECT count(*) FROM (SELECT 1 FROM notice_recipients WHERE person_id = $1 AND deliver_at <= $2 AND read_at IS NULL LIMIT $3) x",
        crate::args![person, now, cap],
    )
    .await
}

/// What the leads' page asks for; everything that is `None` is not asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those whose outcome nobody has said yet.
    pub awaiting: bool,
    /// A kind's word.
    pub kind: Option<String>,
    /// Somebody whom it was brought before.
    pub person: Option<PersonId>,
    /// Raised from then on.
    pub from: Option<Timestamp>,
    /// Raised before then.
    pub until: Option<Timestamp>,
}

/// Notices of the whole desk, newest first, those with ids below `before`, at most `limit`.
///
/// # Errors
/// As [`Read::all`].
pub async fn list(read: &mut Read, filter: &Filter, before: Option<NoticeId>, limit: i64) -> StoreResult<Vec<Told>> {
    let mut args = crate::args![before.map_or(i64::MAX, NoticeId::get), limit].to_vec();
    let mut met = String::new();
    if filter.awaiting {
        met.push_str(" AND n.awaits = 1");
    }
    if let Some(kind) = &filter.kind {
        args.push(kind.into());
        met.push_str(&format!(" AND n.kind = ${}", args.len()));
    }
    if let Some(person) = filter.person {
        args.push(person.into());
        met.push_str(&format!(
            " AND EXISTS (SELECT 1 FROM notice_recipients r WHERE r.notice_id = n.id AND r.person_id = ${})",
            args.len()
        ));
    }
    if let Some(from) = filter.from {
        args.push(from.into());
        met.push_str(&format!(" AND n.at >= ${}", args.len()));
    }
    if let Some(until) = filter.until {
        args.push(until.into());
        met.push_str(&format!(" AND n.at < ${}", args.len()));
    }
    let sql = format!("SELECT {COLUMNS} FROM notices n WHERE n.id < $1{met} ORDER BY n.id DESC LIMIT $2");
    told(read, &sql, &args).await
}

/// Notes that somebody has read a notice; `false` where it was not brought before them, or read already.
///
/// # Errors
/// As [`Read::all`].
pub async fn mark_read(tx: &mut Tx, id: NoticeId, person: PersonId, now: Timestamp) -> StoreResult<bool> {
    let sql = "UPDATE notice_recipients SET read_at = $3 WHERE notice_id = $1 AND person_id = $2 AND read_at IS NULL AND deliver_at <= $3";
    let marked = tx.exec(sql, crate::args![id, person, now]).await? == 1;
    if marked {
        ping(tx, person, 0);
    }
    Ok(marked)
}

/// Notes that somebody has read everything that was delivered, up to the notice `newest`; gives how many that were.
///
/// # Errors
/// As [`Read::all`].
pub async fn mark_all_read(tx: &mut Tx, person: PersonId, newest: NoticeId, now: Timestamp) -> StoreResult<u64> {
    let sql = "UPDATE notice_recipients SET read_at = $3 WHERE person_id = $1 AND notice_id <= $2 AND read_at IS NULL AND deliver_at <= $3";
    let marked = tx.exec(sql, crate::args![person, newest, now]).await?;
    if marked > 0 {
        ping(tx, person, 0);
    }
    Ok(marked)
}

/// Lets what is due go out, at most `limit` at once; gives how many.
///
/// # Errors
/// As [`Read::all`].
pub async fn send_due(tx: &mut Tx, now: Timestamp, limit: i64) -> StoreResult<usize> {
    let due: Vec<(i64, i64)> = tx
        .all(
            "SELECT notice_id, person_id FROM notice_recipients WHERE sent_at IS NULL AND deliver_at <= $1 ORDER BY deliver_at LIMIT $2",
            crate::args![now, limit],
        )
        .await?;
    for (notice, person) in &due {
        tx.exec(
            "UPDATE notice_recipients SET sent_at = $3 WHERE notice_id = $1 AND person_id = $2",
            crate::args![*notice, *person, now],
        )
        .await?;
        ping(tx, PersonId(*person), 0);
    }
    Ok(due.len())
}

/// Writes the outcome of a notice that waits for one; its version grows by one.
///
/// # Errors
/// [`StoreError::Stale`] where it has one, or has changed since.
pub async fn settle(tx: &mut Tx, n: &mut Notice, outcome: Outcome) -> StoreResult<()> {
    let changed = tx
        .exec(
            "UPDATE notices SET outcome_how = $3, outcome = $4, outcome_by = $5, outcome_at = $6, awaits = 0, version = $2 + 1 \
             WHERE id = $1 AND version = $2 AND awaits = 1",
            crate::args![n.id, n.version, outcome.how.as_str(), &outcome.text, outcome.by, outcome.at],
        )
        .await?;
    if changed == 0 {
        return Err(StoreError::Stale);
    }
    n.version += 1;
    n.outcome = Some(outcome);
    Ok(())
}

/// The notices about a ticket that wait for an outcome, oldest first; with a clock, only those about it.
///
/// # Errors
/// As [`Read::all`].
pub async fn awaiting(read: &mut Read, ticket: TicketId, clock: Option<i64>) -> StoreResult<Vec<Notice>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM notices n WHERE n.ticket_id = $1 AND n.awaits = 1 \
         AND ($2 = 0 OR n.clock_id = $3) ORDER BY n.id"
    );
    let rows: Vec<NoticeRow> = read.all(&sql, crate::args![ticket, clock.is_some(), clock.unwrap_or_default()]).await?;
    rows.into_iter().map(Notice::try_from).collect()
}

/// The notices of a query, each with its recipients; these are asked for in one go.
async fn told(read: &mut Read, sql: &str, args: &[crate::Arg]) -> StoreResult<Vec<Told>> {
    let rows: Vec<NoticeRow> = read.all(sql, args).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (1..=rows.len()).map(|n| format!("${n}")).collect();
    let ids: Vec<crate::Arg> = rows.iter().map(|row| row.id.into()).collect();
    let sql = format!(
        "SELECT notice_id, person_id, chosen, deliver_at, sent_at, read_at FROM notice_recipients WHERE notice_id IN ({}) \
         ORDER BY person_id",
        places.join(", ")
    );
    let mut deliveries = Vec::new();
    for row in read.all::<DeliveryRow>(&sql, &ids).await? {
        deliveries.push(Delivery::try_from(row)?);
    }
    rows.into_iter()
        .map(|row| {
            let notice = Notice::try_from(row)?;
            let deliveries = deliveries.iter().filter(|d| d.notice == notice.id).cloned().collect();
            Ok(Told { notice, deliveries })
        })
        .collect()
}
