//! What a month's figures are made of: light rows, bounded by the month, from which `yingda-app` computes.

use yingda_core::{DepartmentId, TicketId};

use crate::args::{instant, instant_or_none};
use crate::error::StoreResult;
use crate::read::Read;

/// A ticket as figures see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketFigures {
    /// Its id.
    pub id: TicketId,
    /// Its process.
    pub process: String,
    /// 问题类型
    pub kind: String,
    /// How it came in.
    pub channel: String,
    /// The stored rank.
    pub priority: i64,
    /// Who has it.
    pub department: Option<DepartmentId>,
    /// 受理时间
    pub accepted: jiff::Timestamp,
    /// 响应时间
    pub responded: Option<jiff::Timestamp>,
    /// 解决时间
    pub solved: Option<jiff::Timestamp>,
    /// The end.
    pub closed: Option<jiff::Timestamp>,
    /// The rating's word; empty for none.
    pub rating: String,
    /// Whether it counts as satisfied.
    pub satisfied: Option<bool>,
    /// Rounds after "not satisfied".
    pub rounds: i64,
}

type Row = (
    i64,
    String,
    String,
    String,
    i64,
    Option<i64>,
    i64,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    String,
    Option<i64>,
    i64,
);

/// Tickets accepted in a span.
///
/// # Errors
/// As [`Read::all`].
pub async fn accepted(
    read: &mut Read,
    from: jiff::Timestamp,
    until: jiff::Timestamp,
) -> StoreResult<Vec<TicketFigures>> {
    let rows: Vec<Row> = read
        .all(
            "SELECT id, process, kind, channel, priority, department_id, accepted_at, responded_at, solved_at, closed_at, rating, \
             rating_satisfied, rounds FROM tickets WHERE accepted_at >= $1 AND accepted_at < $2 ORDER BY accepted_at, id",
            crate::args![from, until],
        )
        .await?;
    rows.into_iter()
        .map(
            |(
                id,
                process,
                kind,
                channel,
                priority,
                department,
                accepted,
                responded,
                solved,
                closed,
                rating,
                satisfied,
                rounds,
            )| {
                let at = |value, column| instant_or_none(value, "tickets", column, id);
                Ok(TicketFigures {
                    id: TicketId(id),
                    process,
                    kind,
                    channel,
                    priority,
                    department: department.map(DepartmentId),
                    accepted: instant(accepted, "tickets", "accepted_at", id)?,
                    responded: at(responded, "responded_at")?,
                    solved: at(solved, "solved_at")?,
                    closed: at(closed, "closed_at")?,
                    rating,
                    satisfied: satisfied.map(|value| value == 1),
                    rounds,
                })
            },
        )
        .collect()
}

/// A contact sheet as figures see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetFigures {
    /// Who had to answer.
    pub department: DepartmentId,
    /// Receipt.
    pub received: Option<jiff::Timestamp>,
    /// Limit.
    pub due: Option<jiff::Timestamp>,
    /// Answer.
    pub answered: Option<jiff::Timestamp>,
}

type SheetRow = (i64, i64, Option<i64>, Option<i64>, Option<i64>);

/// Contact sheets sent in a span: they count in the answering department's figures.
///
/// # Errors
/// As [`Read::all`].
pub async fn sheets(read: &mut Read, from: jiff::Timestamp, until: jiff::Timestamp) -> StoreResult<Vec<SheetFigures>> {
    let rows: Vec<SheetRow> = read
        .all(
            "SELECT id, to_department_id, received_at, due_at, answered_at FROM sheets WHERE sent_at >= $1 AND sent_at < $2 ORDER BY id",
            crate::args![from, until],
        )
        .await?;
    rows.into_iter()
        .map(|(id, department, received, due, answered)| {
            let at = |value, column| instant_or_none(value, "sheets", column, id);
            Ok(SheetFigures {
                department: DepartmentId(department),
                received: at(received, "received_at")?,
                due: at(due, "due_at")?,
                answered: at(answered, "answered_at")?,
            })
        })
        .collect()
}

/// When the first and the last ticket were accepted, for the list of months.
///
/// # Errors
/// As [`Read::all`].
pub async fn span(read: &mut Read) -> StoreResult<Option<(jiff::Timestamp, jiff::Timestamp)>> {
    let first: Option<(i64, i64)> =
        read.opt("SELECT accepted_at, id FROM tickets ORDER BY accepted_at, id LIMIT 1", &[]).await?;
    let last: Option<(i64, i64)> =
        read.opt("SELECT accepted_at, id FROM tickets ORDER BY accepted_at DESC, id DESC LIMIT 1", &[]).await?;
    match (first, last) {
        (Some((a, a_id)), Some((b, b_id))) => {
            Ok(Some((instant(a, "tickets", "accepted_at", a_id)?, instant(b, "tickets", "accepted_at", b_id)?)))
        }
        _ => Ok(None),
    }
}
