//! What people do to the clocks of a ticket: let them stand still with a reason, let them go on, set this ticket's own limit.
//!
//! The one thing to know: each keeps who and why, and each goes through the same derivation as everything else, so a due time after
//! it can be explained line by line. Extensions that need somebody's consent are in `crate::extensions`.

use jiff::Timestamp;
use serde_json::json;
use yingda_core::ticket::Ticket;
use yingda_core::{Action, Actor, ClockId, Context, Refusal, TicketId};
use yingda_process::Limit;
use yingda_store::{Tx, clocks, sheets};

use super::derive::Target;
use super::drive::{Age, Drive, SHEET, facts, of_ticket};
use super::{TicketClock, derive, ladder, written};
use crate::assignment::{limited, required};
use crate::ticket::hold;
use crate::{App, AppResult, Process, apply};

/// The clocks of a ticket are to stand still.
#[derive(Debug, Clone)]
pub struct PauseClocks {
    /// Id of one of the process's reasons.
    pub reason: String,
    /// What exactly is waited for.
    pub note: String,
    /// The version of the ticket that the actor saw.
    pub seen: Option<i64>,
}

/// One ticket's own limit (R-062, J54).
#[derive(Debug, Clone)]
pub struct SetLimit {
    /// The clock.
    pub clock: ClockId,
    /// How long, or until when.
    pub to: OwnLimit,
    /// Why.
    pub reason: String,
    /// The version of the ticket that the actor saw.
    pub seen: Option<i64>,
}

/// How a ticket's own limit is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnLimit {
    /// So long from the clock's start.
    From(Limit),
    /// Until this instant, with the pauses there have been; later pauses move it.
    Until(Timestamp),
    /// As file and policy have it again.
    AsUsual,
}

impl App {
    /// Lets the clocks of a ticket stand still until somebody lets them go on, or the ticket's step is done.
    ///
    /// # Errors
    /// [`Refusal::Fields`] for an unknown reason or a missing note, [`Refusal::NotAllowed`], [`Refusal::Stale`],
    /// [`Refusal::TicketEnded`], [`Refusal::NothingToPause`] where no clock runs that the reason stops.
    pub async fn pause_clocks(&self, ctx: &Context, actor: &Actor, id: TicketId, pause: PauseClocks) -> AppResult<()> {
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let held = hold(tx, &actor, Action::PauseClocks, id).await?;
                    held.unchanged_since(pause.seen)?;
                    let mut ticket = held.ticket;
                    if !ticket.state.is_running() {
                        return Err(Refusal::TicketEnded.into());
                    }
                    let process = app.definition(ticket.definition)?;
                    let reasons = &process.definition.pauses;
                    let Some(reason) = reasons.iter().find(|reason| reason.id == pause.reason) else {
                        return Err(Refusal::field("reason", "not-an-option").into());
                    };
                    let note = required("note", &pause.note)?;
                    let drive = Drive { app: &app, ctx: &ctx, actor: Some(&actor), process: &process, age: Age::Fresh };
                    let mut all = of_ticket(tx, &ticket).await?;
                    let mut stopped = Vec::new();
                    for clock in all.iter_mut().filter(|clock| clock.is_going() && reason.stops(&clock.clock.rule)) {
                        if clock.pauses.iter().any(|p| p.to.is_none() && p.reason == reason.id) {
                            continue;
                        }
                        ladder::reach(&drive, tx, &ticket, clock).await?;
                        let row = drive.pause(clock, reason.id.clone(), reason.label.clone(), &note);
                        clocks::add_pause(tx, &row).await?;
                        clock.pauses.push(row);
                        ladder::reach(&drive, tx, &ticket, clock).await?;
                        clocks::update(tx, &clock.clock).await?;
                        stopped.push(clock.clock.label.clone());
                    }
                    if stopped.is_empty() {
                        return Err(Refusal::NothingToPause.into());
                    }
                    drive.in_step(tx, &mut ticket, &all).await?;
                    ticket.updated = ctx.now;
                    apply::save(tx, &mut ticket).await?;
                    let body = json!({ "reason": reason.label, "note": note, "clocks": stopped });
                    apply::record(tx, &ctx, Some(&actor), id, "clocks-paused", &body).await
                })
            })
            .await
    }

    /// Lets the clocks that somebody has stopped go on. What the procedure itself holds stays held.
    ///
    /// # Errors
    /// As [`App::pause_clocks`].
    pub async fn resume_clocks(
        &self,
        ctx: &Context,
        actor: &Actor,
        id: TicketId,
        note: &str,
        seen: Option<i64>,
    ) -> AppResult<()> {
        let (app, ctx, actor, note) = (self.clone(), ctx.clone(), actor.clone(), note.to_owned());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let held = hold(tx, &actor, Action::PauseClocks, id).await?;
                    held.unchanged_since(seen)?;
                    let note = limited("note", &note)?;
                    let mut ticket = held.ticket;
                    let process = app.definition(ticket.definition)?;
                    let drive = Drive { app: &app, ctx: &ctx, actor: Some(&actor), process: &process, age: Age::Fresh };
                    let mut all = of_ticket(tx, &ticket).await?;
                    let mut gone_on = Vec::new();
                    for clock in all.iter_mut().filter(|clock| clock.is_going()) {
                        let by_hand = |reason: &str| !reason.starts_with("step.");
                        let open: Vec<String> = clock
                            .pauses
                            .iter()
                            .filter(|pause| pause.to.is_none() && by_hand(&pause.reason))
                            .map(|pause| pause.reason.clone())
                            .collect();
                        for reason in &open {
                            drive.resume(tx, clock, reason).await?;
                        }
                        if !open.is_empty() {
                            ladder::reach(&drive, tx, &ticket, clock).await?;
                            clocks::update(tx, &clock.clock).await?;
                            gone_on.push(clock.clock.label.clone());
                        }
                    }
                    if gone_on.is_empty() {
                        return Err(Refusal::NothingToPause.into());
                    }
                    drive.in_step(tx, &mut ticket, &all).await?;
                    ticket.updated = ctx.now;
                    apply::save(tx, &mut ticket).await?;
                    let body = json!({ "note": note, "clocks": gone_on });
                    apply::record(tx, &ctx, Some(&actor), id, "clocks-resumed", &body).await
                })
            })
            .await
    }

    /// What a clock counts against by itself, where file and policy alone do not say: its planned date, or its sheet's limit.
    async fn usual(
        &self,
        tx: &mut Tx,
        process: &Process,
        ticket: &Ticket,
        clock: &TicketClock,
    ) -> AppResult<Option<Target>> {
        let planned = &clock.clock.planned;
        if let (Some(rule), false) = (process.definition.clock(&clock.clock.rule), planned.is_empty()) {
            let (priority, channel) = facts(ticket);
            let lead = self.policies().limit(&ticket.process, rule, priority, channel);
            let at: Option<Timestamp> = planned.parse().ok();
            let date = at.map(|at| at.to_zoned(self.zone()).date()).or_else(|| planned.parse().ok());
            return Ok(date.map(|date| Target::Planned { date, at, lead }));
        }
        let Some(sheet) = clock.clock.sheet.filter(|_| clock.clock.rule == SHEET) else { return Ok(None) };
        let Some(sheet) = sheets::get(tx, sheet).await? else { return Ok(None) };
        Ok(crate::sheets::limit_of(&sheet)?.map(Target::Limit))
    }

    /// Gives a clock of a ticket a limit of its own, with a reason.
    ///
    /// # Errors
    /// [`Refusal::Fields`] for a missing reason or a time before the start, [`Refusal::NotAllowed`], [`Refusal::Stale`],
    /// [`Refusal::ClockStopped`].
    pub async fn set_limit(&self, ctx: &Context, actor: &Actor, id: TicketId, set: SetLimit) -> AppResult<()> {
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let held = hold(tx, &actor, Action::SetLimit, id).await?;
                    held.unchanged_since(set.seen)?;
                    let reason = required("reason", &set.reason)?;
                    let mut ticket = held.ticket;
                    let process = app.definition(ticket.definition)?;
                    let drive = Drive { app: &app, ctx: &ctx, actor: Some(&actor), process: &process, age: Age::Fresh };
                    let mut all = of_ticket(tx, &ticket).await?;
                    let Some(clock) = all.iter_mut().find(|one| one.clock.id == set.clock) else {
                        return Err(Refusal::NotFound.into());
                    };
                    if !clock.is_going() {
                        return Err(Refusal::ClockStopped.into());
                    }
                    // What is missed already is a lead's to take back, as an extension is.
                    let over = clock.clock.breached.is_some() || clock.clock.due.is_some_and(|due| due <= ctx.now);
                    if over && !actor.roles.leads_desk() {
                        return Err(Refusal::NotAllowed.into());
                    }
                    let before = clock.clock.due;
                    clock.clock.set_by = Some(actor.person);
                    clock.clock.set_reason.clone_from(&reason);
                    let target = match set.to {
                        OwnLimit::From(limit) => Some(Target::Limit(limit)),
                        OwnLimit::Until(until) => {
                            if until <= clock.clock.started {
                                return Err(Refusal::field("until", "before-start").into());
                            }
                            let calendar = app.calendar(&clock.clock.calendar);
                            let working = clock.target()?.is_working();
                            // What still holds it counts until now: the rest begins when it goes on.
                            let mut pauses = clock.gaps();
                            for pause in pauses.iter_mut().filter(|pause| pause.to.is_none()) {
                                pause.to = Some(ctx.now);
                            }
                            let target = Target::Seconds { seconds: 0, working };
                            let start = clock.clock.started;
                            let timing = derive::Timing { start, target: &target, extra: &[], pauses: &pauses };
                            let seconds = derive::passed(&calendar, &timing, until);
                            Some(Target::Seconds { seconds: u64::try_from(seconds).unwrap_or(0), working })
                        }
                        OwnLimit::AsUsual => {
                            clock.clock.set_by = None;
                            app.usual(tx, &process, &ticket, clock).await?
                        }
                    };
                    match target {
                        Some(target) => {
                            clock.clock.target = written(&target)?;
                            clock.clock.extra = String::new();
                        }
                        None => drive.look_up(&ticket, clock)?,
                    }
                    ladder::reach(&drive, tx, &ticket, clock).await?;
                    clocks::update(tx, &clock.clock).await?;
                    let body = json!({
                        "clock": clock.clock.id, "label": clock.clock.label, "before": before, "due": clock.clock.due, "reason": reason,
                    });
                    drive.in_step(tx, &mut ticket, &all).await?;
                    ticket.updated = ctx.now;
                    apply::save(tx, &mut ticket).await?;
                    apply::record(tx, &ctx, Some(&actor), id, "limit-set", &body).await
                })
            })
            .await
    }
}
