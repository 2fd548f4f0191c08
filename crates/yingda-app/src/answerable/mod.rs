//! Who answers for a limit: overdue statements (超时说明), requests for more time (延期申请), urging (催单), and the hand-over of a
//! first receiver's place (首接负责交接).
//!
//! The one thing to know: a statement is owed from the moment in which a clock's limit is missed (`breached` is called by the
//! ladder), and no ticket ends or is filed away while one is owed (`close`, called where the engine's end is carried out). What a
//! granted extension does to a due time is derived in `crate::clocks`, like everything else.

mod close;
pub mod extensions;
pub mod lists;
pub mod owner;
pub mod statements;
pub mod urges;

use yingda_core::access::TicketFacts;
use yingda_core::answerable::{Statement, StatementState};
use yingda_core::notice::Kind;
use yingda_core::ticket::Ticket;
use yingda_core::{Context, DepartmentId, PersonId, StatementId};
use yingda_process::clock::Recipient;
use yingda_store::Tx;
use yingda_store::answerable::statements as rows;
use yingda_store::clocks::Clock;

pub(crate) use close::{before_archive, before_end};
pub use yingda_core::answerable::{
    CAUSES, Cause, Extension, ExtensionKind, ExtensionState, Offer, OfferState, StatementVersion, Urge, UrgeSource,
    Verdict,
};
pub use yingda_store::answerable::statements::Filter;

use crate::clocks::drive::Drive;
use crate::notices::{self, Raise, Tell, Urgency};
use crate::ticket::Held;
use crate::{App, AppResult};

/// A limit was missed: somebody owes an explanation, and is told. Once for each breach, however often it is called.
pub(crate) async fn breached(drive: &Drive<'_>, tx: &mut Tx, ticket: &Ticket, clock: &Clock) -> AppResult<()> {
    let Some(at) = clock.breached else { return Ok(()) };
    if let Some(mut statement) = rows::of_breach(tx, clock.id, clock.chain).await? {
        if statement.breached != at {
            // The limit was moved, and is over all the same.
            statement.breached = at;
            rows::update(tx, &mut statement).await?;
        }
        return Ok(());
    }
    let statement = Statement {
        id: drive.ctx.id(StatementId),
        ticket: ticket.id,
        clock: clock.id,
        chain: clock.chain,
        label: clock.label.clone(),
        breached: at,
        person: clock.person,
        department: clock.department,
        state: StatementState::Due,
        cause: String::new(),
        account: String::new(),
        improvement: String::new(),
        written_by: None,
        written: None,
        note: String::new(),
        reviewed_by: None,
        reviewed: None,
        rounds: 0,
        version: 1,
    };
    rows::insert(tx, &statement).await?;
    let raise = Raise {
        key: format!("statement:{}:due", statement.id),
        kind: Kind::Other("statement".to_owned()),
        ticket,
        clock: None,
        trigger: "statement".to_owned(),
        label: clock.label.clone(),
        to: writers(drive.app, ticket, clock.person, clock.department),
        also: Vec::new(),
        urgency: Urgency::Normal,
        proposal: None,
        by: None,
    };
    notices::raise(drive.app, tx, drive.ctx, raise).await?;
    Ok(())
}

/// The breach was taken back: whatever was owed for it is owed no longer.
pub(crate) async fn taken_back(tx: &mut Tx, clock: &Clock) -> AppResult<()> {
    if let Some(mut statement) = rows::of_breach(tx, clock.id, clock.chain).await? {
        statement.state = StatementState::Lapsed;
        rows::update(tx, &mut statement).await?;
    }
    Ok(())
}

/// Who is told that something has to be written: whoever answers for the clock, and at last the first receiver.
fn writers(app: &App, ticket: &Ticket, person: Option<PersonId>, department: Option<DepartmentId>) -> Vec<Recipient> {
    let mut to = Vec::new();
    if person.is_some() && person == ticket.assignee {
        to.push(Recipient::Handler);
    } else if person.is_some() && person != Some(ticket.owner) || person.is_none() {
        let directory = app.directory();
        to.extend(department.and_then(|id| directory.departments.get(&id)).map(|d| Recipient::HeadOf(d.code.clone())));
    }
    to.push(Recipient::Owner);
    to
}

/// Tells one person something about a ticket.
async fn tell(
    app: &App,
    tx: &mut Tx,
    ctx: &Context,
    ticket: &Ticket,
    (key, kind, label): (String, &str, &str),
    (to, by): (PersonId, Option<PersonId>),
) -> AppResult<()> {
    let tell = Tell {
        key,
        kind: Kind::Other(kind.to_owned()),
        label: label.to_owned(),
        about: String::new(),
        people: vec![to],
        urgency: Urgency::Normal,
        by,
    };
    notices::tell_about(app, tx, ctx, tell, Some(ticket.id)).await?;
    Ok(())
}

/// The chain of those who review and decide.
fn leads() -> Vec<Recipient> {
    use yingda_process::Role;
    vec![Recipient::Role(Role::Supervisor), Recipient::Role(Role::Manager)]
}

/// The departments of a ticket, for decisions about it.
fn departments(held: &Held) -> Vec<DepartmentId> {
    held.departments.iter().map(|(department, _)| *department).collect()
}

fn ticket_facts<'a>(ticket: &Ticket, departments: &'a [DepartmentId]) -> TicketFacts<'a> {
    TicketFacts { owner: ticket.owner, assignee: ticket.assignee, departments }
}
