//! Overdue statements (超时说明): written by whoever answers for the clock, reviewed by a lead who does not.

use serde_json::json;
use yingda_core::answerable::{CAUSES, Statement, StatementState, StatementVersion, Verdict};
use yingda_core::notice::Kind;
use yingda_core::refusal::FieldRefusal;
use yingda_core::ticket::Ticket;
use yingda_core::{Action, Actor, ClockId, Context, Refusal, StatementId, Subject, TicketId, can};
use yingda_store::answerable::statements as rows;
use yingda_store::{Change, Topic, Tx, clocks, tickets};

use super::{breached, departments, leads, ticket_facts};
use crate::assignment::{limited, required};
use crate::clocks::drive::{Age, Drive, of_ticket};
use crate::clocks::ladder;
use crate::notices::{self, Raise, Urgency};
use crate::once::Once;
use crate::ticket::hold;
use crate::{App, AppError, AppResult, apply};

/// What somebody explains.
#[derive(Debug, Clone, Default)]
pub struct StatementText {
    /// One of [`CAUSES`].
    pub cause: String,
    /// 原因说明
    pub account: String,
    /// 改进措施
    pub improvement: String,
    /// The version of the statement that the actor saw.
    pub seen: Option<i64>,
    /// Against doing it twice.
    pub once: Once,
}

/// What a lead says about a statement.
#[derive(Debug, Clone)]
pub struct Review {
    pub verdict: Verdict,
    /// Why; needed for everything but acceptance.
    pub note: String,
    /// The version of the statement that the actor saw.
    pub seen: Option<i64>,
    /// Against doing it twice.
    pub once: Once,
}

/// A field's text, or what is wrong with it beside what else is wrong.
pub(super) fn text(result: Result<String, Refusal>, faults: &mut Vec<FieldRefusal>) -> Result<String, Refusal> {
    match result {
        Ok(text) => Ok(text),
        Err(Refusal::Fields(fields)) => {
            faults.extend(fields);
            Ok(String::new())
        }
        Err(other) => Err(other),
    }
}

impl StatementText {
    fn checked(&self) -> Result<(String, String, String), Refusal> {
        let mut faults = Vec::new();
        if self.cause.is_empty() {
            faults.push(FieldRefusal::new("cause", "missing"));
        } else if CAUSES.iter().all(|cause| cause.id != self.cause) {
            faults.push(FieldRefusal::new("cause", "not-an-option"));
        }
        let account = text(required("account", &self.account), &mut faults)?;
        let improvement = text(required("improvement", &self.improvement), &mut faults)?;
        if faults.is_empty() { Ok((self.cause.clone(), account, improvement)) } else { Err(Refusal::Fields(faults)) }
    }
}

impl App {
    /// Explains why a limit of a ticket was missed, and what will be different. Gives the statement.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotAllowed`] for whoever does not answer for the clock, [`Refusal::NotOverdue`],
    /// [`Refusal::StatementSettled`], [`Refusal::Stale`], fields for what is missing.
    pub async fn write_statement(
        &self,
        ctx: &Context,
        actor: &Actor,
        id: TicketId,
        clock: ClockId,
        written: StatementText,
    ) -> AppResult<StatementId> {
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    if let Some(before) = written.once.before(tx, actor.person).await? {
                        return before.parse().map_err(|_| Refusal::KeyReused.into());
                    }
                    let held = hold(tx, &actor, Action::SeeTicket, id).await?;
                    let mut ticket = held.ticket.clone();
                    let mut statement = app.owed(tx, &ctx, &actor, &mut ticket, clock).await?;
                    let departments = departments(&held);
                    let facts = statement.facts(ticket_facts(&ticket, &departments));
                    can(&actor, Action::WriteStatement, Subject::Answerable(facts))?;
                    unchanged(&statement, written.seen)?;
                    statement.may_write()?;
                    let (cause, account, improvement) = written.checked()?;
                    statement.state = StatementState::Submitted;
                    statement.cause.clone_from(&cause);
                    statement.account.clone_from(&account);
                    statement.improvement.clone_from(&improvement);
                    statement.written_by = Some(actor.person);
                    statement.written = Some(ctx.now);
                    statement.note = String::new();
                    statement.reviewed_by = None;
                    statement.reviewed = None;
                    statement.rounds += 1;
                    rows::update(tx, &mut statement).await?;
                    let version = StatementVersion {
                        statement: statement.id,
                        round: statement.rounds,
                        cause,
                        account,
                        improvement,
                        by: actor.person,
                        at: ctx.now,
                        verdict: None,
                        note: String::new(),
                        reviewed_by: None,
                        reviewed: None,
                    };
                    rows::add_version(tx, &version).await?;
                    let body = json!({
                        "statement": statement.id, "label": statement.label, "cause": statement.cause,
                        "account": statement.account, "improvement": statement.improvement,
                    });
                    apply::record(tx, &ctx, Some(&actor), id, "statement-submitted", &body).await?;
                    let raise = Raise {
                        key: format!("statement:{}:submitted:{}", statement.id, statement.rounds),
                        kind: Kind::Review,
                        ticket: &ticket,
                        clock: None,
                        trigger: "statement".to_owned(),
                        label: statement.label.clone(),
                        to: leads(),
                        also: Vec::new(),
                        urgency: Urgency::Normal,
                        proposal: None,
                        by: Some(actor.person),
                    };
                    notices::raise(&app, tx, &ctx, raise).await?;
                    announce(tx, &ticket);
                    written.once.remember(tx, &ctx, actor.person, &statement.id.to_string()).await?;
                    Ok::<_, AppError>(statement.id)
                })
            })
            .await
    }

    /// The statement that a clock's breach asks for, as of now: a limit that is over and that nobody has noticed yet is noticed.
    async fn owed(
        &self,
        tx: &mut Tx,
        ctx: &Context,
        actor: &Actor,
        ticket: &mut Ticket,
        clock: ClockId,
    ) -> AppResult<Statement> {
        let process = self.definition(ticket.definition)?;
        let drive = Drive { app: self, ctx, actor: Some(actor), process: &process, age: Age::Fresh };
        let mut all = of_ticket(tx, ticket).await?;
        let found = all.iter_mut().find(|one| one.clock.id == clock).ok_or(Refusal::NotFound)?;
        if found.is_going() && found.clock.breached.is_none() {
            ladder::reach(&drive, tx, ticket, found).await?;
            clocks::update(tx, &found.clock).await?;
        }
        let found = found.clock.clone();
        if found.breached.is_none() || found.outcome == clocks::Outcome::Void {
            return Err(Refusal::NotOverdue.into());
        }
        let before = ticket.due;
        drive.in_step(tx, ticket, &all).await?;
        if ticket.due != before {
            tickets::set_due(tx, ticket).await?;
        }
        breached(&drive, tx, ticket, &found).await?;
        Ok(rows::of_breach(tx, found.id, found.chain).await?.ok_or(Refusal::NotOverdue)?)
    }

    /// Accepts a statement, sends it back, or exempts the breach with or without one.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotAllowed`] for whoever leads nothing and for their own, [`Refusal::StatementSettled`],
    /// [`Refusal::Stale`], a field where the reason is missing.
    pub async fn review_statement(
        &self,
        ctx: &Context,
        actor: &Actor,
        id: StatementId,
        review: Review,
    ) -> AppResult<TicketId> {
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let mut statement = rows::get(tx, id).await?.ok_or(Refusal::NotFound)?;
                    let held = hold(tx, &actor, Action::SeeTicket, statement.ticket).await?;
                    if review.once.before(tx, actor.person).await?.is_some() {
                        return Ok(statement.ticket);
                    }
                    let departments = departments(&held);
                    let facts = statement.facts(ticket_facts(&held.ticket, &departments));
                    can(&actor, Action::ReviewStatement, Subject::Answerable(facts))?;
                    unchanged(&statement, review.seen)?;
                    statement.may_review(review.verdict)?;
                    let note = if review.verdict.needs_note() {
                        required("note", &review.note)?
                    } else {
                        limited("note", &review.note)?
                    };
                    statement.state = review.verdict.state();
                    statement.note.clone_from(&note);
                    statement.reviewed_by = Some(actor.person);
                    statement.reviewed = Some(ctx.now);
                    rows::update(tx, &mut statement).await?;
                    rows::judge_version(tx, &statement, review.verdict).await?;
                    let body = json!({ "statement": statement.id, "label": statement.label, "note": note });
                    let kind = format!("statement-{}", review.verdict.as_str());
                    apply::record(tx, &ctx, Some(&actor), statement.ticket, &kind, &body).await?;
                    if let (Verdict::Returned, Some(writer)) = (review.verdict, statement.written_by) {
                        let key = format!("statement:{}:returned:{}", statement.id, statement.rounds);
                        let people = (writer, Some(actor.person));
                        let what = (key, "statement-returned", statement.label.as_str());
                        super::tell(&app, tx, &ctx, &held.ticket, what, people).await?;
                    }
                    announce(tx, &held.ticket);
                    review.once.remember(tx, &ctx, actor.person, "").await?;
                    Ok::<_, AppError>(statement.ticket)
                })
            })
            .await
    }
}

fn unchanged(statement: &Statement, seen: Option<i64>) -> Result<(), Refusal> {
    match seen {
        Some(version) if version != statement.version => Err(Refusal::Stale { current: statement.version }),
        _ => Ok(()),
    }
}

/// The ticket itself is as it was; who looks at it sees what is new.
pub(super) fn announce(tx: &mut Tx, ticket: &Ticket) {
    tx.announce(Change { topic: Topic::Ticket, id: ticket.id.get(), version: ticket.version });
}
