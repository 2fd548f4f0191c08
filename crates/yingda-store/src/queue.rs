//! Lists of tickets: filters, order, and paging by key, so that page 1,000 costs what page 1 costs.

use yingda_core::ticket::{State, Ticket};
use yingda_core::{DepartmentId, PersonId, TicketId};

use crate::args::Arg;
use crate::error::StoreResult;
use crate::read::Read;
use crate::tickets::{COLUMNS, TicketRow};

/// Whose tickets a list may hold: decided by access, never by the reader's filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Every ticket (the desk).
    All,
    /// Those that involve a department.
    Department(DepartmentId),
}

/// A filter; empty parts let everything through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only tickets that still run, or only those in one state.
    pub state: StateFilter,
    /// The process's id.
    pub process: Option<String>,
    /// 问题类型
    pub kind: Option<String>,
    /// The stored rank.
    pub priority: Option<i64>,
    /// 处理部门
    pub department: Option<DepartmentId>,
    /// 处理人
    pub assignee: Option<AssigneeFilter>,
    /// 首接负责人
    pub owner: Option<PersonId>,
    /// How it came in.
    pub channel: Option<String>,
    /// Accepted at or after.
    pub from: Option<jiff::Timestamp>,
    /// Accepted before.
    pub until: Option<jiff::Timestamp>,
    /// Only tickets whose limit has passed at this instant.
    pub overdue_at: Option<jiff::Timestamp>,
    /// Only tickets that were ended (closed or archived) in this span.
    pub closed_from: Option<jiff::Timestamp>,
    /// See `closed_from`.
    pub closed_until: Option<jiff::Timestamp>,
    /// Only tickets with a rating that counts as satisfied (or not).
    pub satisfied: Option<bool>,
    /// Only tickets that are rated (or not).
    pub rated: Option<bool>,
    /// Only tickets with this rating.
    pub rating: Option<String>,
    /// Only tickets that were responded to (or not).
    pub responded: Option<bool>,
    /// Only tickets that are solved (or not).
    pub solved: Option<bool>,
    /// Only tickets that needed a second round (or did not).
    pub again: Option<bool>,
    /// Only tickets about which a contact sheet was sent to a department in a span.
    pub sheets: Option<SheetsTo>,
}

/// Contact sheets to a department, sent at or after `from` and before `until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SheetsTo {
    /// The department.
    pub department: DepartmentId,
    /// Sent at or after.
    pub from: jiff::Timestamp,
    /// Sent before.
    pub until: jiff::Timestamp,
    /// Only answered ones.
    pub answered: bool,
}

/// Which states a list shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum StateFilter {
    /// Open, solved or confirmed.
    #[default]
    Running,
    /// All.
    Any,
    /// One.
    Is(State),
    /// Closed or archived.
    Ended,
}

/// Whose work a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AssigneeFilter {
    /// Nobody has taken it.
    Nobody,
    /// Somebody has.
    Person(PersonId),
}

/// The order of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The latest first.
    #[default]
    Newest,
    /// What is due first comes first; without a limit last. Only for tickets that run.
    Due,
}

/// Where a page begins: after this row in the list's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// The row's due time in microseconds; `i64::MAX` for none. Only for [`Order::Due`].
    pub due: i64,
    /// The row's id.
    pub id: TicketId,
}

/// Which way to page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Page {
    /// From the top.
    #[default]
    First,
    /// What follows a row.
    After(Key),
    /// What stands before a row.
    Before(Key),
}

/// A page of a list.
#[derive(Debug, Clone, Default)]
pub struct Tickets {
    /// In the list's order.
    pub rows: Vec<Ticket>,
    /// Whether something stands before the first row.
    pub earlier: bool,
    /// Whether something follows the last.
    pub later: bool,
}

/// The key of a row, from which a neighbouring page begins.
#[must_use]
pub fn key_of(ticket: &Ticket) -> Key {
    Key { due: ticket.due.map_or(i64::MAX, jiff::Timestamp::as_microsecond), id: ticket.id }
}

struct Clauses {
    text: Vec<String>,
    args: Vec<Arg>,
}

impl Clauses {
    /// Adds a condition; `?` in it becomes the next placeholder.
    fn add(&mut self, condition: &str, arg: impl Into<Arg>) {
        self.args.push(arg.into());
        self.text.push(condition.replace('?', &format!("${}", self.args.len())));
    }
}

const DUE: &str = "COALESCE(t.due_at, 9223372036854775807)";

fn clauses(filter: &Filter) -> Clauses {
    let mut c = Clauses { text: Vec::new(), args: Vec::new() };
    match filter.state {
        StateFilter::Running => c.text.push("t.closed_at IS NULL".to_owned()),
        StateFilter::Any => {}
        StateFilter::Is(state) => {
            c.add("t.state = ?", state.as_str());
            if state.is_running() {
                c.text.push("t.closed_at IS NULL".to_owned());
            }
        }
        StateFilter::Ended => c.text.push("t.closed_at IS NOT NULL".to_owned()),
    }
    if let Some(process) = &filter.process {
        c.add("t.process = ?", process);
    }
    if let Some(kind) = &filter.kind {
        c.add("t.kind = ?", kind);
    }
    if let Some(priority) = filter.priority {
        c.add("t.priority = ?", priority);
    }
    if let Some(department) = filter.department {
        c.add("t.department_id = ?", department);
    }
    match filter.assignee {
        Some(AssigneeFilter::Nobody) => c.text.push("t.assignee_id IS NULL".to_owned()),
        Some(AssigneeFilter::Person(person)) => c.add("t.assignee_id = ?", person),
        None => {}
    }
    if let Some(owner) = filter.owner {
        c.add("t.owner_id = ?", owner);
    }
    if let Some(channel) = &filter.channel {
        c.add("t.channel = ?", channel);
    }
    if let Some(from) = filter.from {
        c.add("t.accepted_at >= ?", from);
    }
    if let Some(until) = filter.until {
        c.add("t.accepted_at < ?", until);
    }
    if let Some(now) = filter.overdue_at {
        c.add("t.due_at < ?", now);
    }
    if let Some(from) = filter.closed_from {
        c.add("t.closed_at >= ?", from);
    }
    if let Some(until) = filter.closed_until {
        c.add("t.closed_at < ?", until);
    }
    if let Some(satisfied) = filter.satisfied {
        c.add("t.rating_satisfied = ?", satisfied);
    }
    let mut is_there = |column: &str, there: Option<bool>| {
        if let Some(there) = there {
            c.text.push(format!("{column} IS {}NULL", if there { "NOT " } else { "" }));
        }
    };
    is_there("t.rating_satisfied", filter.rated);
    is_there("t.responded_at", filter.responded);
    is_there("t.solved_at", filter.solved);
    if let Some(rating) = &filter.rating {
        c.add("t.rating = ?", rating);
    }
    if let Some(again) = filter.again {
        c.text.push(if again { "t.rounds > 0" } else { "t.rounds = 0" }.to_owned());
    }
    if let Some(sheets) = filter.sheets {
        c.args.extend([sheets.department.into(), sheets.from.into(), sheets.until.into()]);
        let n = c.args.len();
        let answered = if sheets.answered { " AND s.answered_at IS NOT NULL" } else { "" };
        c.text.push(format!(
            "EXISTS (SELECT 1 FROM sheets s WHERE s.ticket_id = t.id AND s.to_department_id = ${} AND s.sent_at >= ${} \
             AND s.sent_at < ${n}{answered})",
            n - 2,
            n - 1
        ));
    }
    c
}

/// A page of tickets.
///
/// # Errors
/// As [`Read::all`].
pub async fn page(
    read: &mut Read,
    scope: Scope,
    filter: &Filter,
    order: Order,
    page: Page,
    size: usize,
) -> StoreResult<Tickets> {
    let mut c = clauses(filter);
    let mut from = "tickets t";
    if let Scope::Department(department) = scope {
        from = "ticket_departments x JOIN tickets t ON t.id = x.ticket_id";
        c.add("x.department_id = ?", department);
    }
    let id = if matches!(scope, Scope::All) { "t.id" } else { "x.ticket_id" };
    let backwards = matches!(page, Page::Before(_));
    if let Page::After(key) | Page::Before(key) = page {
        match order {
            Order::Newest => c.add(&format!("{id} {} ?", if backwards { ">" } else { "<" }), key.id),
            Order::Due => {
                let compare = if backwards { "<" } else { ">" };
                c.args.push(key.due.into());
                c.args.push(key.id.into());
                c.text.push(format!("({DUE}, t.id) {compare} (${}, ${})", c.args.len() - 1, c.args.len()));
            }
        }
    }
    let ordering = match (order, backwards) {
        (Order::Newest, false) => format!("{id} DESC"),
        (Order::Newest, true) => format!("{id} ASC"),
        (Order::Due, false) => format!("{DUE} ASC, t.id ASC"),
        (Order::Due, true) => format!("{DUE} DESC, t.id DESC"),
    };
    let condition = if c.text.is_empty() { String::new() } else { format!("WHERE {}", c.text.join(" AND ")) };
    c.args.push(i64::try_from(size + 1).unwrap_or(i64::MAX).into());
    let sql = format!("SELECT {COLUMNS} FROM {from} {condition} ORDER BY {ordering} LIMIT ${}", c.args.len());
    let mut rows = read
        .all::<TicketRow>(&sql, &c.args)
        .await?
        .into_iter()
        .map(Ticket::try_from)
        .collect::<StoreResult<Vec<_>>>()?;
    let more = rows.len() > size;
    rows.truncate(size);
    if backwards {
        rows.reverse();
    }
    Ok(Tickets {
        rows,
        earlier: if backwards { more } else { !matches!(page, Page::First) },
        later: if backwards { true } else { more },
    })
}

/// How many tickets a filter finds, counted up to `cap`: the cost is bounded by the cap, not by the desk's age.
///
/// # Errors
/// As [`Read::all`].
pub async fn count(read: &mut Read, scope: Scope, filter: &Filter, cap: i64) -> StoreResult<i64> {
    let mut c = clauses(filter);
    let mut from = "tickets t";
    if let Scope::Department(department) = scope {
        from = "ticket_departments x JOIN tickets t ON t.id = x.ticket_id";
        c.add("x.department_id = ?", department);
    }
    let condition = if c.text.is_empty() { String::new() } else { format!("WHERE {}", c.text.join(" AND ")) };
    c.args.push(cap.into());
    let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {from} {condition} LIMIT ${}) y", c.args.len());
    read.number(&sql, &c.args).await
}

/// Every ticket that a filter finds, in batches of `size` by id, for exports; begin with `after = 0`.
///
/// # Errors
/// As [`Read::all`].
pub async fn batch(
    read: &mut Read,
    scope: Scope,
    filter: &Filter,
    after: TicketId,
    size: i64,
) -> StoreResult<Vec<Ticket>> {
    let mut c = clauses(filter);
    let mut from = "tickets t";
    if let Scope::Department(department) = scope {
        from = "ticket_departments x JOIN tickets t ON t.id = x.ticket_id";
        c.add("x.department_id = ?", department);
    }
    c.add("t.id > ?", after);
    c.args.push(size.into());
    let sql =
        format!("SELECT {COLUMNS} FROM {from} WHERE {} ORDER BY t.id LIMIT ${}", c.text.join(" AND "), c.args.len());
    read.all::<TicketRow>(&sql, &c.args).await?.into_iter().map(Ticket::try_from).collect()
}

/// The kinds that running tickets have, for the filter's list; at most fifty.
///
/// # Errors
/// As [`Read::all`].
pub async fn kinds(read: &mut Read) -> StoreResult<Vec<String>> {
    let rows: Vec<(String,)> = read
        .all(
            "SELECT DISTINCT t.kind FROM tickets t WHERE t.closed_at IS NULL AND t.kind <> '' ORDER BY t.kind LIMIT 50",
            &[],
        )
        .await?;
    Ok(rows.into_iter().map(|(kind,)| kind).collect())
}
