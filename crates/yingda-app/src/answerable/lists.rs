//! Reading: what a ticket's readers see of its limits, what somebody owes and asked for, what leads have to look at.

use yingda_core::answerable::{Extension, Offer, Statement, StatementVersion, Urge, Verdict};
use yingda_core::ticket::Ticket;
use yingda_core::{
    Action, Actor, ClockId, Context, ExtensionId, OfferId, PersonId, Refusal, StatementId, Subject, TicketId, can,
};
use yingda_process::LimitUnit;
use yingda_store::answerable::statements::Filter;
use yingda_store::answerable::{extensions, offers, statements, urges};
use yingda_store::clocks::Outcome;
use yingda_store::{Read, tickets};

use super::extensions::{facts, in_time, may_be_remote};
use super::{departments, ticket_facts};
use crate::clocks::TicketClock;
use crate::clocks::derive::Target;
use crate::desk::CAP;
use crate::ticket::hold;
use crate::{App, AppResult};

/// Lines of a page.
pub const PAGE: i64 = 30;
/// Lines of a list without pages.
const LINES: i64 = 100;
/// Urgings that a ticket shows.
const URGES: i64 = 20;

/// A missed limit of a ticket, with its statement as far as there is one.
#[derive(Debug, Clone)]
pub struct Overdue {
    pub clock: ClockId,
    pub label: String,
    pub round: i64,
    /// The limit that was missed.
    pub breached: jiff::Timestamp,
    /// `None` where the limit is over and nobody has noticed yet.
    pub statement: Option<Statement>,
    pub versions: Vec<StatementVersion>,
    /// Whether the reader may write it now.
    pub may_write: bool,
    /// What the reader may say about it now.
    pub verdicts: Vec<Verdict>,
}

/// A limit for which more time may be asked.
#[derive(Debug, Clone)]
pub struct Extendable {
    pub clock: ClockId,
    pub label: String,
    pub due: Option<jiff::Timestamp>,
    /// The unit in which its limit is said.
    pub unit: Option<LimitUnit>,
    /// Whether it may be because the place is remote.
    pub remote: bool,
}

/// A request with what the reader may do.
#[derive(Debug, Clone)]
pub struct ExtensionLine {
    pub asked: Extension,
    pub ticket: Ticket,
    pub may_decide: bool,
    pub may_withdraw: bool,
}

/// A statement with its ticket and what the reader may do.
#[derive(Debug, Clone)]
pub struct StatementLine {
    pub statement: Statement,
    pub ticket: Ticket,
    pub may_write: bool,
    pub verdicts: Vec<Verdict>,
}

/// An offer with its ticket.
#[derive(Debug, Clone)]
pub struct OfferLine {
    pub offer: Offer,
    pub ticket: Ticket,
    pub may_answer: bool,
    pub may_withdraw: bool,
}

/// Everything about a ticket that somebody answers for.
#[derive(Debug, Clone)]
pub struct TicketAnswers {
    /// Missed limits, oldest first.
    pub overdue: Vec<Overdue>,
    /// Requests for more time, oldest first.
    pub extensions: Vec<ExtensionLine>,
    /// Limits for which the reader may ask for more.
    pub extendable: Vec<Extendable>,
    /// The latest urgings, newest first.
    pub urges: Vec<Urge>,
    pub urge_count: i64,
    pub may_urge: bool,
    /// The open offer of the first receiver's place.
    pub offer: Option<OfferLine>,
    pub may_offer: bool,
}

/// A page of statements, newest first.
#[derive(Debug, Clone, Default)]
pub struct Statements {
    pub lines: Vec<StatementLine>,
    /// Where the next page begins, if there is one.
    pub next: Option<StatementId>,
}

/// What concerns the actor alone.
#[derive(Debug, Clone, Default)]
pub struct Mine {
    /// Statements that the actor has to write, or may for their department; their own first.
    pub to_write: Vec<StatementLine>,
    /// What the actor asked for, newest first.
    pub extensions: Vec<ExtensionLine>,
    /// Offers that the actor has to answer.
    pub offered: Vec<OfferLine>,
    /// Offers that others have to answer the actor.
    pub offers: Vec<OfferLine>,
    /// How many running tickets the actor is first receiver of, at most [`CAP`].
    pub running: i64,
}

/// What leads have to look at.
#[derive(Debug, Clone, Default)]
pub struct ToDecide {
    /// Requests for more time, the longest waiting first.
    pub extensions: Vec<ExtensionLine>,
    /// People who can sign in no longer and are first receivers of running tickets, with how many.
    pub left_behind: Vec<(PersonId, i64)>,
    /// Statements that wait for a review, at most [`CAP`].
    pub to_review: i64,
}

/// Counts for the menu, each at most [`CAP`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AnswerCounts {
    pub to_write: i64,
    pub offered: i64,
    pub to_review: i64,
    pub to_decide: i64,
}

impl AnswerCounts {
    /// All of them.
    #[must_use]
    pub fn sum(&self) -> i64 {
        self.to_write + self.offered + self.to_review + self.to_decide
    }
}

/// What the actor may do about a statement.
fn may(
    actor: &Actor,
    statement: &Statement,
    ticket: &Ticket,
    of: &[yingda_core::DepartmentId],
) -> (bool, Vec<Verdict>) {
    let subject = Subject::Answerable(statement.facts(ticket_facts(ticket, of)));
    let write = statement.may_write().is_ok() && can(actor, Action::WriteStatement, subject).is_ok();
    let review = can(actor, Action::ReviewStatement, subject).is_ok();
    // Also on a ticket that has ended: it cannot be filed away before.
    let all = if review { Verdict::ALL } else { &[] };
    (write, all.iter().copied().filter(|verdict| statement.may_review(*verdict).is_ok()).collect())
}

impl App {
    /// What a ticket's readers see of who answers for its limits.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where there is no such ticket for this actor.
    pub async fn ticket_answers(&self, ctx: &Context, actor: &Actor, id: TicketId) -> AppResult<TicketAnswers> {
        let mut read = self.store().read().await?;
        let held = hold(&mut read, actor, Action::SeeTicket, id).await?;
        let of = departments(&held);
        let running = held.ticket.state.is_running();
        let process = self.definition(held.ticket.definition)?;
        let clocks = crate::clocks::with_pauses(
            yingda_store::clocks::of_ticket(&mut read, id).await?,
            yingda_store::clocks::pauses_of_ticket(&mut read, id).await?,
        );
        let rows = statements::of_ticket(&mut read, id).await?;
        let mut overdue = Vec::new();
        let mut extendable = Vec::new();
        let asked = extensions::of_ticket(&mut read, id).await?;
        for one in &clocks {
            if let Some(mut line) = missed(one, ctx, &rows) {
                if let Some(statement) = &line.statement {
                    line.versions = statements::versions(&mut read, statement.id).await?;
                    (line.may_write, line.verdicts) = may(actor, statement, &held.ticket, &of);
                } else {
                    let subject = Subject::Answerable(facts(&held, &of, one, None));
                    line.may_write = can(actor, Action::WriteStatement, subject).is_ok();
                }
                overdue.push(line);
            }
            let open = asked.iter().any(|e| e.clock == one.clock.id && e.may_settle().is_ok());
            let subject = Subject::Answerable(facts(&held, &of, one, None));
            if running && !open && in_time(one, ctx.now).is_ok() && can(actor, Action::AskExtension, subject).is_ok() {
                extendable.push(Extendable {
                    clock: one.clock.id,
                    label: one.clock.label.clone(),
                    due: one.clock.due,
                    unit: match one.target()? {
                        Target::Limit(limit) => Some(limit.unit),
                        Target::Planned { lead, .. } => lead.map(|limit| limit.unit),
                        Target::Empty | Target::Seconds { .. } => None,
                    },
                    remote: may_be_remote(&process.definition, &one.clock.rule),
                });
            }
        }
        let extensions = asked.into_iter().map(|e| extension_line(actor, e, held.ticket.clone(), &of)).collect();
        let count = urges::counts(&mut read, &[id]).await?.first().map_or(0, |(_, n)| *n);
        let offer = offers::open_of(&mut read, id).await?;
        Ok(TicketAnswers {
            overdue,
            extensions,
            extendable,
            urges: urges::of_ticket(&mut read, id, URGES).await?,
            urge_count: count,
            may_urge: running && held.allow(actor, Action::Urge).is_ok(),
            may_offer: running && offer.is_none() && held.allow(actor, Action::OfferTicket).is_ok(),
            offer: offer.map(|offer| offer_line(actor, offer, held.ticket.clone())),
        })
    }

    /// One statement with every version.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub async fn statement(&self, actor: &Actor, id: StatementId) -> AppResult<(StatementLine, Vec<StatementVersion>)> {
        let mut read = self.store().read().await?;
        let statement = statements::get(&mut read, id).await?.ok_or(Refusal::NotFound)?;
        let held = hold(&mut read, actor, Action::SeeTicket, statement.ticket).await?;
        let of = departments(&held);
        let (may_write, verdicts) = may(actor, &statement, &held.ticket, &of);
        let versions = statements::versions(&mut read, id).await?;
        Ok((StatementLine { statement, ticket: held.ticket, may_write, verdicts }, versions))
    }

    /// The statements of the whole desk, for those who lead it, at most `size`.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn statements(
        &self,
        actor: &Actor,
        filter: &Filter,
        before: Option<StatementId>,
        size: i64,
    ) -> AppResult<Statements> {
        can(actor, Action::SeeOverdue, Subject::Desk)?;
        let mut read = self.store().read().await?;
        let mut rows = statements::list(&mut read, filter, before, size + 1).await?;
        let more = rows.len() > usize::try_from(size).unwrap_or(usize::MAX);
        if more {
            rows.pop();
        }
        let next = if more { rows.last().map(|statement| statement.id) } else { None };
        Ok(Statements { lines: lines(&mut read, actor, rows).await?, next })
    }

    /// One request for more time.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub async fn extension(&self, actor: &Actor, id: ExtensionId) -> AppResult<ExtensionLine> {
        let mut read = self.store().read().await?;
        let asked = extensions::get(&mut read, id).await?.ok_or(Refusal::NotFound)?;
        let held = hold(&mut read, actor, Action::SeeTicket, asked.ticket).await?;
        let of = departments(&held);
        Ok(extension_line(actor, asked, held.ticket, &of))
    }

    /// One offer of a first receiver's place.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub async fn owner_offer(&self, actor: &Actor, id: OfferId) -> AppResult<OfferLine> {
        let mut read = self.store().read().await?;
        let offer = offers::get(&mut read, id).await?.ok_or(Refusal::NotFound)?;
        let held = hold(&mut read, actor, Action::SeeTicket, offer.ticket).await?;
        Ok(offer_line(actor, offer, held.ticket))
    }

    /// What the actor owes, asked for, offered and was offered.
    ///
    /// # Errors
    /// [`crate::AppError::Store`].
    pub async fn my_answers(&self, actor: &Actor) -> AppResult<Mine> {
        let mut read = self.store().read().await?;
        let rows = statements::to_write(&mut read, actor.person, actor.department, LINES).await?;
        let mut to_write = lines(&mut read, actor, rows).await?;
        to_write.retain(|line| line.may_write);
        to_write.sort_by_key(|line| line.statement.person != Some(actor.person));
        let asked = extensions::of_person(&mut read, actor.person, LINES).await?;
        let offered = offers::open_to(&mut read, actor.person, LINES).await?;
        let made = offers::open_from(&mut read, actor.person, LINES).await?;
        Ok(Mine {
            to_write,
            extensions: extension_lines(&mut read, actor, asked).await?,
            offered: offer_lines(&mut read, actor, offered).await?,
            offers: offer_lines(&mut read, actor, made).await?,
            running: offers::count_running(&mut read, actor.person, CAP).await?,
        })
    }

    /// What leads have to decide beside the statements.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn answers_to_decide(&self, actor: &Actor) -> AppResult<ToDecide> {
        can(actor, Action::SeeOverdue, Subject::Desk)?;
        let mut read = self.store().read().await?;
        let open = extensions::open(&mut read, LINES).await?;
        let mut left_behind = Vec::new();
        for person in self.directory().people.values().filter(|person| !person.active) {
            let running = offers::count_running(&mut read, person.id, CAP).await?;
            if running > 0 {
                left_behind.push((person.id, running));
            }
        }
        Ok(ToDecide {
            extensions: extension_lines(&mut read, actor, open).await?,
            left_behind,
            to_review: statements::count(&mut read, yingda_core::answerable::StatementState::Submitted, CAP).await?,
        })
    }

    /// The running tickets of a first receiver who can sign in no longer.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn left_behind(&self, actor: &Actor, person: PersonId) -> AppResult<Vec<Ticket>> {
        can(actor, Action::SeeOverdue, Subject::Desk)?;
        let mut read = self.store().read().await?;
        let mut all = Vec::new();
        for id in offers::running_of(&mut read, person, LINES).await? {
            all.extend(tickets::get(&mut read, id).await?);
        }
        Ok(all)
    }

    /// What waits for the actor, for the menu.
    ///
    /// # Errors
    /// [`crate::AppError::Store`].
    pub async fn answer_counts(&self, actor: &Actor) -> AppResult<AnswerCounts> {
        let mut read = self.store().read().await?;
        let mut counts = AnswerCounts {
            to_write: statements::count_of(&mut read, actor.person, CAP).await?,
            offered: offers::count_to(&mut read, actor.person, CAP).await?,
            ..AnswerCounts::default()
        };
        if can(actor, Action::SeeOverdue, Subject::Desk).is_ok() {
            let submitted = yingda_core::answerable::StatementState::Submitted;
            counts.to_review = statements::count(&mut read, submitted, CAP).await?;
            counts.to_decide = extensions::count_open(&mut read, CAP).await?;
        }
        Ok(counts)
    }
}

/// The missed limit of a clock, as of now.
fn missed(one: &TicketClock, ctx: &Context, rows: &[Statement]) -> Option<Overdue> {
    let unnoticed = one.clock.due.filter(|due| one.is_going() && *due <= ctx.now);
    let breached = one.clock.breached.or(unnoticed)?;
    if one.clock.outcome == Outcome::Void {
        return None;
    }
    let statement = rows.iter().find(|s| s.clock == one.clock.id && s.chain == one.clock.chain).cloned();
    Some(Overdue {
        clock: one.clock.id,
        label: one.clock.label.clone(),
        round: one.clock.round,
        breached,
        statement,
        versions: Vec::new(),
        may_write: false,
        verdicts: Vec::new(),
    })
}

async fn lines(read: &mut Read, actor: &Actor, rows: Vec<Statement>) -> AppResult<Vec<StatementLine>> {
    let mut lines = Vec::new();
    for statement in rows {
        let Some((ticket, of)) = seen(read, actor, statement.ticket).await? else { continue };
        let (may_write, verdicts) = may(actor, &statement, &ticket, &of);
        lines.push(StatementLine { statement, ticket, may_write, verdicts });
    }
    Ok(lines)
}

async fn extension_lines(read: &mut Read, actor: &Actor, rows: Vec<Extension>) -> AppResult<Vec<ExtensionLine>> {
    let mut lines = Vec::new();
    for asked in rows {
        if let Some((ticket, of)) = seen(read, actor, asked.ticket).await? {
            lines.push(extension_line(actor, asked, ticket, &of));
        }
    }
    Ok(lines)
}

async fn offer_lines(read: &mut Read, actor: &Actor, rows: Vec<Offer>) -> AppResult<Vec<OfferLine>> {
    let mut lines = Vec::new();
    for offer in rows {
        if let Some((ticket, _)) = seen(read, actor, offer.ticket).await? {
            lines.push(offer_line(actor, offer, ticket));
        }
    }
    Ok(lines)
}

/// A ticket with its departments, where the actor may see it.
async fn seen(
    read: &mut Read,
    actor: &Actor,
    id: TicketId,
) -> AppResult<Option<(Ticket, Vec<yingda_core::DepartmentId>)>> {
    match hold(read, actor, Action::SeeTicket, id).await {
        Ok(held) => {
            let of = departments(&held);
            Ok(Some((held.ticket, of)))
        }
        Err(crate::AppError::Refused(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

fn extension_line(actor: &Actor, asked: Extension, ticket: Ticket, of: &[yingda_core::DepartmentId]) -> ExtensionLine {
    let facts = yingda_core::answerable::AnswerFacts {
        ticket: ticket_facts(&ticket, of),
        person: None,
        department: None,
        by: Some(asked.by),
    };
    let open = asked.may_settle().is_ok() && ticket.state.is_running();
    let allowed = |action| open && can(actor, action, Subject::Answerable(facts)).is_ok();
    let (may_decide, may_withdraw) = (allowed(Action::DecideExtension), allowed(Action::WithdrawExtension));
    ExtensionLine { may_decide, may_withdraw, asked, ticket }
}

fn offer_line(actor: &Actor, offer: Offer, ticket: Ticket) -> OfferLine {
    let open = offer.may_settle().is_ok() && ticket.state.is_running();
    let takes_back = offer.by == actor.person || offer.from == actor.person || actor.roles.leads_desk();
    OfferLine {
        may_answer: open && offer.to == actor.person,
        may_withdraw: open && takes_back && offer.to != actor.person,
        offer,
        ticket,
    }
}
