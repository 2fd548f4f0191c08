//! Requests for more time (延期申请): asked before the limit, decided by a lead who did not ask.
//!
//! The one thing to know: what is granted becomes one more piece of the clock's limit, and the due time is derived afresh. A
//! decision that comes after the limit takes the breach back, because it was asked for in time.

use serde_json::json;
use yingda_core::answerable::{AnswerFacts, Extension, ExtensionKind, ExtensionState};
use yingda_core::notice::Kind;
use yingda_core::refusal::FieldRefusal;
use yingda_core::ticket::Ticket;
use yingda_core::{Action, Actor, ClockId, Context, ExtensionId, Refusal, Subject, TicketId, can};
use yingda_process::{Definition, Limit, LimitUnit};
use yingda_store::answerable::extensions as rows;
use yingda_store::clocks::{self, Outcome};
use yingda_store::{Tx, tickets};

use super::statements::{announce, text};
use super::{departments, leads, taken_back, ticket_facts};
use crate::assignment::{limited, required};
use crate::clocks::derive::Target;
use crate::clocks::drive::{Age, Drive, of_ticket};
use crate::clocks::{TicketClock, ladder, written};
use crate::notices::{self, Raise, Urgency};
use crate::once::Once;
use crate::ticket::{Held, hold};
use crate::{App, AppError, AppResult, apply};

/// The most of a unit that anybody asks for: what is longer is another limit, not an extension.
pub const MOST: i64 = 999;
/// The document's sentence that lets a limit be extended for a remote area; a clock or step that carries it may be.
const REMOTE: &str = "R-067";

/// More time is asked for.
#[derive(Debug, Clone)]
pub struct AskExtension {
    pub clock: ClockId,
    /// `normal` or `remote`.
    pub kind: String,
    /// How much, as typed.
    pub amount: String,
    /// A unit of limits.
    pub unit: String,
    pub reason: String,
    /// Against doing it twice.
    pub once: Once,
}

/// What a lead says to it.
#[derive(Debug, Clone)]
pub struct DecideExtension {
    pub decision: Decision,
    /// Why; needed to refuse.
    pub note: String,
    /// The version of the request that the actor saw.
    pub seen: Option<i64>,
    /// Against doing it twice.
    pub once: Once,
}

/// Granted or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// As typed; empty: all that was asked for.
    Grant(String),
    Refuse,
}

/// Whether a limit may be extended because the place is remote.
#[must_use]
pub fn may_be_remote(definition: &Definition, rule: &str) -> bool {
    let carries = |numbers: &[String]| numbers.iter().any(|number| number == REMOTE);
    let Some(clock) = definition.clock(rule) else { return false };
    let step = rule.strip_prefix("step.").and_then(|step| definition.step(step));
    carries(&clock.trace.requirements)
        || clock.target.as_ref().is_some_and(|target| carries(&target.trace.requirements))
        || step.is_some_and(|step| carries(&step.trace.requirements))
}

/// Whether more time can be asked for now, and why not.
///
/// # Errors
/// [`Refusal::ClockStopped`], [`Refusal::NoLimit`], [`Refusal::LimitOver`].
pub(super) fn in_time(clock: &TicketClock, now: jiff::Timestamp) -> AppResult<()> {
    if !clock.is_going() {
        return Err(Refusal::ClockStopped.into());
    }
    if clock.target()? == Target::Empty {
        return Err(Refusal::NoLimit.into());
    }
    if clock.clock.breached.is_some() || clock.clock.due.is_some_and(|due| due <= now) {
        return Err(Refusal::LimitOver.into());
    }
    Ok(())
}

fn number(field: &str, typed: &str, most: i64) -> Result<i64, FieldRefusal> {
    match typed.trim() {
        "" => Err(FieldRefusal::new(field, "missing")),
        typed => match typed.parse::<i64>() {
            Ok(n) if (1..=most).contains(&n) => Ok(n),
            Ok(_) => Err(FieldRefusal::new(field, "out-of-range").with("min", 1).with("max", most)),
            Err(_) => Err(FieldRefusal::new(field, "not-a-number")),
        },
    }
}

impl AskExtension {
    fn checked(&self, definition: &Definition, rule: &str) -> Result<(ExtensionKind, i64, LimitUnit, String), Refusal> {
        let mut faults = Vec::new();
        let kind = ExtensionKind::parse(&self.kind)
            .filter(|kind| *kind == ExtensionKind::Normal || may_be_remote(definition, rule));
        if kind.is_none() {
            faults.push(FieldRefusal::new("kind", "not-an-option"));
        }
        let unit = LimitUnit::from_id(&self.unit);
        if unit.is_none() {
            faults.push(FieldRefusal::new("unit", if self.unit.is_empty() { "missing" } else { "not-an-option" }));
        }
        let amount = number("amount", &self.amount, MOST).map_err(|fault| faults.push(fault));
        let reason = text(required("reason", &self.reason), &mut faults)?;
        match (kind, amount, unit) {
            (Some(kind), Ok(amount), Some(unit)) if faults.is_empty() => Ok((kind, amount, unit, reason)),
            _ => Err(Refusal::Fields(faults)),
        }
    }
}

impl App {
    /// Asks for more time for one of a ticket's limits, before it is over.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotAllowed`] for whoever does not answer for the clock, [`Refusal::ClockStopped`],
    /// [`Refusal::NoLimit`], [`Refusal::LimitOver`], [`Refusal::ExtensionOpen`], fields for what is missing or impossible.
    pub async fn ask_extension(
        &self,
        ctx: &Context,
        actor: &Actor,
        id: TicketId,
        ask: AskExtension,
    ) -> AppResult<ExtensionId> {
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    if let Some(before) = ask.once.before(tx, actor.person).await? {
                        return before.parse().map_err(|_| Refusal::KeyReused.into());
                    }
                    let held = hold(tx, &actor, Action::SeeTicket, id).await?;
                    let process = app.definition(held.ticket.definition)?;
                    let all = of_ticket(tx, &held.ticket).await?;
                    let found = all.iter().find(|one| one.clock.id == ask.clock).ok_or(Refusal::NotFound)?;
                    let departments = departments(&held);
                    let facts = facts(&held, &departments, found, None);
                    can(&actor, Action::AskExtension, Subject::Answerable(facts))?;
                    in_time(found, ctx.now)?;
                    if rows::open_of_clock(tx, ask.clock).await?.is_some() {
                        return Err(Refusal::ExtensionOpen.into());
                    }
                    let (kind, amount, unit, reason) = ask.checked(&process.definition, &found.clock.rule)?;
                    let asked = Extension {
                        id: ctx.id(ExtensionId),
                        ticket: id,
                        clock: ask.clock,
                        label: found.clock.label.clone(),
                        kind,
                        amount,
                        unit: unit.id().to_owned(),
                        reason,
                        by: actor.person,
                        at: ctx.now,
                        due: found.clock.due,
                        state: ExtensionState::Open,
                        granted: None,
                        note: String::new(),
                        decided_by: None,
                        decided: None,
                        due_after: None,
                        version: 1,
                    };
                    rows::insert(tx, &asked).await?;
                    let body = json!({
                        "extension": asked.id, "label": asked.label, "amount": amount, "unit": asked.unit, "reason": asked.reason,
                        "kind": asked.kind.as_str(), "due": asked.due,
                    });
                    apply::record(tx, &ctx, Some(&actor), id, "extension-asked", &body).await?;
                    let raise = Raise {
                        key: format!("extension:{}", asked.id),
                        kind: Kind::Review,
                        ticket: &held.ticket,
                        clock: None,
                        trigger: "extension".to_owned(),
                        label: asked.label.clone(),
                        to: leads(),
                        also: Vec::new(),
                        urgency: Urgency::Normal,
                        proposal: None,
                        by: Some(actor.person),
                    };
                    notices::raise(&app, tx, &ctx, raise).await?;
                    announce(tx, &held.ticket);
                    ask.once.remember(tx, &ctx, actor.person, &asked.id.to_string()).await?;
                    Ok::<_, AppError>(asked.id)
                })
            })
            .await
    }

    /// Grants a request, in whole or in part, or refuses it. Gives its ticket.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotAllowed`] for the asker and whoever leads nothing, [`Refusal::ExtensionSettled`],
    /// [`Refusal::TicketEnded`], [`Refusal::Stale`], fields for an impossible amount or a missing reason.
    pub async fn decide_extension(
        &self,
        ctx: &Context,
        actor: &Actor,
        id: ExtensionId,
        decide: DecideExtension,
    ) -> AppResult<TicketId> {
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let mut asked = rows::get(tx, id).await?.ok_or(Refusal::NotFound)?;
                    let held = hold(tx, &actor, Action::SeeTicket, asked.ticket).await?;
                    if decide.once.before(tx, actor.person).await?.is_some() {
                        return Ok(asked.ticket);
                    }
                    let departments = departments(&held);
                    let mut ticket = held.ticket;
                    let facts = AnswerFacts {
                        ticket: ticket_facts(&ticket, &departments),
                        person: None,
                        department: None,
                        by: Some(asked.by),
                    };
                    can(&actor, Action::DecideExtension, Subject::Answerable(facts))?;
                    if decide.seen.is_some_and(|seen| seen != asked.version) {
                        return Err(Refusal::Stale { current: asked.version }.into());
                    }
                    asked.may_settle()?;
                    if !ticket.state.is_running() {
                        return Err(Refusal::TicketEnded.into());
                    }
                    let kind = match &decide.decision {
                        Decision::Refuse => {
                            asked.note = required("note", &decide.note)?;
                            asked.state = ExtensionState::Refused;
                            "extension-refused"
                        }
                        Decision::Grant(typed) => {
                            asked.note = limited("note", &decide.note)?;
                            let granted = match typed.trim() {
                                "" => asked.amount,
                                typed => number("granted", typed, asked.amount)
                                    .map_err(|fault| Refusal::Fields(vec![fault]))?,
                            };
                            asked.granted = Some(granted);
                            asked.state = ExtensionState::Granted;
                            asked.due_after = app.extend(tx, &ctx, &actor, &mut ticket, &asked, granted).await?;
                            "extension-granted"
                        }
                    };
                    asked.decided_by = Some(actor.person);
                    asked.decided = Some(ctx.now);
                    rows::update(tx, &mut asked).await?;
                    let body = json!({
                        "extension": asked.id, "label": asked.label, "granted": asked.granted, "unit": asked.unit, "note": asked.note,
                        "before": asked.due, "due": asked.due_after,
                    });
                    apply::record(tx, &ctx, Some(&actor), asked.ticket, kind, &body).await?;
                    let key = format!("extension:{}:decided", asked.id);
                    super::tell(&app, tx, &ctx, &ticket, (key, kind, &asked.label), (asked.by, Some(actor.person))).await?;
                    announce(tx, &ticket);
                    decide.once.remember(tx, &ctx, actor.person, "").await?;
                    Ok::<_, AppError>(asked.ticket)
                })
            })
            .await
    }

    /// Lengthens a clock's limit and derives what follows. Gives when it is due now.
    async fn extend(
        &self,
        tx: &mut Tx,
        ctx: &Context,
        actor: &Actor,
        ticket: &mut Ticket,
        asked: &Extension,
        granted: i64,
    ) -> AppResult<Option<jiff::Timestamp>> {
        let process = self.definition(ticket.definition)?;
        let drive = Drive { app: self, ctx, actor: Some(actor), process: &process, age: Age::Fresh };
        let mut all = of_ticket(tx, ticket).await?;
        let clock = all.iter_mut().find(|one| one.clock.id == asked.clock).ok_or(Refusal::NotFound)?;
        let unit = LimitUnit::from_id(&asked.unit)
            .ok_or_else(|| AppError::House(format!("the unit {} of an extension is unknown", asked.unit)))?;
        let mut extra = clock.extra()?;
        extra.push(Limit { amount: u32::try_from(granted).unwrap_or(u32::MAX), unit });
        clock.clock.extra = written(&extra)?;
        if clock.is_going() {
            ladder::reach(&drive, tx, ticket, clock).await?;
        } else {
            self.settle_stopped(tx, &drive, ticket, clock).await?;
        }
        clocks::update(tx, &clock.clock).await?;
        let due = clock.clock.due;
        let before = ticket.due;
        drive.in_step(tx, ticket, &all).await?;
        if ticket.due != before {
            tickets::set_due(tx, ticket).await?;
        }
        Ok(due)
    }

    /// A clock that stopped while its request waited: it was within its limit if the longer limit lies behind its end.
    async fn settle_stopped(
        &self,
        tx: &mut Tx,
        drive: &Drive<'_>,
        ticket: &Ticket,
        clock: &mut TicketClock,
    ) -> AppResult<()> {
        let due = clock.due_by(&self.calendar(&clock.clock.calendar))?;
        clock.clock.due = due;
        let (Some(due), Some(stopped)) = (due, clock.clock.stopped) else { return Ok(()) };
        if clock.clock.breached.is_some() && due > stopped {
            taken_back(tx, &clock.clock).await?;
            clock.clock.breached = None;
            clock.clock.chain += 1;
            clock.clock.outcome = Outcome::Met;
            let body = json!({ "clock": clock.clock.id, "label": clock.clock.label, "due": due });
            apply::record(tx, drive.ctx, drive.actor, ticket.id, "breach-taken-back", &body).await?;
        }
        Ok(())
    }

    /// Takes one's own request back. Gives its ticket.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotAllowed`], [`Refusal::ExtensionSettled`].
    pub async fn withdraw_extension(&self, ctx: &Context, actor: &Actor, id: ExtensionId) -> AppResult<TicketId> {
        let (ctx, actor) = (ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let mut asked = rows::get(tx, id).await?.ok_or(Refusal::NotFound)?;
                    let held = hold(tx, &actor, Action::SeeTicket, asked.ticket).await?;
                    let departments = departments(&held);
                    let facts = AnswerFacts {
                        ticket: ticket_facts(&held.ticket, &departments),
                        person: None,
                        department: None,
                        by: Some(asked.by),
                    };
                    can(&actor, Action::WithdrawExtension, Subject::Answerable(facts))?;
                    if asked.state == ExtensionState::Withdrawn {
                        return Ok(asked.ticket);
                    }
                    asked.may_settle()?;
                    asked.state = ExtensionState::Withdrawn;
                    asked.decided_by = Some(actor.person);
                    asked.decided = Some(ctx.now);
                    rows::update(tx, &mut asked).await?;
                    let body = json!({ "extension": asked.id, "label": asked.label });
                    apply::record(tx, &ctx, Some(&actor), asked.ticket, "extension-withdrawn", &body).await?;
                    announce(tx, &held.ticket);
                    Ok::<_, AppError>(asked.ticket)
                })
            })
            .await
    }
}

/// What a decision about a clock depends on.
pub(super) fn facts<'a>(
    held: &Held,
    departments: &'a [yingda_core::DepartmentId],
    clock: &TicketClock,
    by: Option<yingda_core::PersonId>,
) -> AnswerFacts<'a> {
    AnswerFacts {
        ticket: ticket_facts(&held.ticket, departments),
        person: clock.clock.person,
        department: clock.clock.department,
        by,
    }
}
