//! Another calendar or policy: what would move, and the moving of it, batch by batch.
//!
//! The one thing to know: only clocks that go on are touched, by the same derivation as everywhere; what has stopped keeps the due
//! time and the outcome that it had, so closed figures never move. The preview computes what the job will do, and writes nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use worktime::Calendar;
use yingda_core::{Actor, ClockId, Context, JobId, Refusal, TicketId};
use yingda_store::clocks::{self, Policy as Stored};
use yingda_store::{Tx, jobs, settings, tickets};

use super::derive::Target;
use super::drive::{Age, Drive, of_ticket};
use super::policy::{Policies, Policy};
use super::{TicketClock, ladder, with_pauses};
use crate::assignment::required;
use crate::{App, AppError, AppResult};

/// The job's kind.
pub const RECOMPUTE: &str = "recompute-clocks";
/// Where its progress is kept.
const PROGRESS: &str = "recompute-progress";
/// Clocks in one transaction.
const BATCH: i64 = 200;
/// Clocks that a preview looks at before it says "at least".
const LOOKED_AT: usize = 100_000;
/// Moves that a preview shows.
const SHOWN: usize = 50;

/// What somebody thinks of changing.
#[derive(Debug, Clone)]
pub enum Proposal {
    /// A calendar, by its code.
    Calendar(String, Arc<Calendar>),
    /// A process's policy.
    Policy(String, Policy),
}

/// One due time that would move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The ticket.
    pub ticket: TicketId,
    /// Its number.
    pub number: String,
    /// Its subject.
    pub subject: String,
    /// Which limit.
    pub limit: String,
    /// Due now.
    pub before: Option<Timestamp>,
    /// Due then.
    pub after: Option<Timestamp>,
}

/// What a change would move.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moves {
    /// Clocks that go on and were looked at.
    pub looked: usize,
    /// Whether there are more than were looked at.
    pub more: bool,
    /// Of those looked at, how many would be due at another time.
    pub total: usize,
    /// Of these, how many would be over at once.
    pub over: usize,
    /// Of these, how many would be over no longer.
    pub saved: usize,
    /// The first of them.
    pub sample: Vec<Moved>,
}

impl Moves {
    /// Which matters would move is for those who may see matters: an administrator gets the counts alone.
    #[must_use]
    pub(crate) fn seen_by(mut self, actor: &Actor) -> Self {
        if !actor.roles.at_desk() {
            self.sample.clear();
        }
        self
    }
}

/// How far the job is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Clocks looked at.
    pub looked: usize,
    /// Clocks that moved.
    pub moved: usize,
    /// Whether it has ended.
    pub ended: bool,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Payload {
    after: i64,
    progress: Progress,
}

/// Puts the recomputing of all open clocks into the queue, inside the write that makes it necessary.
///
/// # Errors
/// [`AppError::Store`].
pub(crate) async fn schedule(tx: &mut Tx, ctx: &Context) -> AppResult<()> {
    let key = format!("{RECOMPUTE}:{}", ctx.ids.next(ctx.now));
    let payload = super::written(&Payload::default())?;
    settings::put(tx, PROGRESS, &super::written(&Progress::default())?).await?;
    Ok(jobs::add(tx, ctx.id(JobId), RECOMPUTE, &key, &payload, ctx.now).await?)
}

impl App {
    /// What a change would move. Nothing is written.
    ///
    /// # Errors
    /// [`AppError::Store`]; who may ask is decided by whoever may change it.
    pub async fn preview_recompute(&self, ctx: &Context, proposal: &Proposal) -> AppResult<Moves> {
        let mut moves = Moves::default();
        let mut read = self.store().read().await?;
        let mut after = ClockId(0);
        let policies = self.policies();
        let proposed = match proposal {
            Proposal::Policy(process, policy) => Policies::clone(&policies).with(process, policy.clone()),
            Proposal::Calendar(..) => Policies::clone(&policies),
        };
        loop {
            let batch = clocks::going_after(&mut read, after, 2_000).await?;
            let (Some(first), Some(last)) = (batch.first().map(|c| c.id), batch.last().map(|c| c.id)) else { break };
            after = last;
            let pauses = clocks::pauses_between(&mut read, first, last).await?;
            let tickets: BTreeMap<TicketId, _> = {
                let mut ids: Vec<TicketId> = batch.iter().map(|clock| clock.ticket).collect();
                ids.dedup();
                let mut found = BTreeMap::new();
                for id in ids {
                    if let Some(ticket) = tickets::get(&mut read, id).await? {
                        found.insert(id, ticket);
                    }
                }
                found
            };
            for clock in with_pauses(batch, pauses) {
                moves.looked += 1;
                let Some(ticket) = tickets.get(&clock.clock.ticket) else { continue };
                let before = clock.clock.due;
                let due = self.proposed_due(ticket, &clock, proposal, &proposed)?;
                if due == before {
                    continue;
                }
                moves.total += 1;
                let over = |at: Option<Timestamp>| at.is_some_and(|at| at <= ctx.now);
                moves.over += usize::from(over(due) && !over(before));
                moves.saved += usize::from(over(before) && !over(due));
                if moves.sample.len() < SHOWN {
                    moves.sample.push(Moved {
                        ticket: ticket.id,
                        number: ticket.number.clone(),
                        subject: ticket.subject.clone(),
                        limit: clock.clock.label.clone(),
                        before,
                        after: due,
                    });
                }
            }
            if moves.looked >= LOOKED_AT {
                moves.more = true;
                break;
            }
        }
        Ok(moves)
    }

    fn proposed_due(
        &self,
        ticket: &yingda_core::ticket::Ticket,
        clock: &TicketClock,
        proposal: &Proposal,
        policies: &Policies,
    ) -> AppResult<Option<Timestamp>> {
        let process = self.definition(ticket.definition)?;
        let mut clock = clock.clone();
        let rule = process.definition.clock(&clock.clock.rule);
        if let (Some(rule), Proposal::Policy(..)) = (rule, proposal) {
            clock.clock.calendar = policies.calendar(&clock.clock.process, rule);
            if clock.clock.set_by.is_none() && !matches!(clock.target()?, Target::Planned { .. }) {
                let (priority, channel) = super::drive::facts(ticket);
                let target = policies.target(&clock.clock.process, rule, priority, channel);
                clock.clock.target = super::written(&target)?;
            }
        }
        let calendar = match proposal {
            Proposal::Calendar(code, calendar) if *code == clock.clock.calendar => Arc::clone(calendar),
            _ => self.calendar(&clock.clock.calendar),
        };
        clock.due_by(&calendar)
    }

    /// Sets the company's own limits for a process; open tickets follow, batch by batch.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::Stale`] where another version is there, fields for an unknown clock, calendar or a missing
    /// reason.
    pub async fn save_policy(
        &self,
        ctx: &Context,
        actor: &Actor,
        process: &str,
        policy: Policy,
        reason: &str,
        seen: Option<i64>,
    ) -> AppResult<()> {
        yingda_core::can(actor, yingda_core::Action::EditPolicies, yingda_core::Subject::Desk)?;
        let reason = required("reason", reason)?;
        let Some(current) = self.processes().current(process) else { return Err(Refusal::NotFound.into()) };
        let mut faults = Vec::new();
        let calendars = self.calendar_names();
        for (id, clock) in &policy.clocks {
            let fault = |code: &str| yingda_core::refusal::FieldRefusal::new(&format!("clock.{id}"), code);
            if current.definition.clock(id).is_none() {
                faults.push(fault("unknown-clock"));
            }
            if clock.calendar.as_ref().is_some_and(|code| calendars.iter().all(|(known, _)| known != code)) {
                faults.push(fault("unknown-calendar"));
            }
        }
        if !faults.is_empty() {
            return Err(Refusal::Fields(faults).into());
        }
        let body = super::written(&policy)?;
        let (process, ctx, by) = (process.to_owned(), ctx.clone(), actor.person);
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let known = clocks::policy_versions(tx, &process).await?.first().map_or(0, |version| version.id);
                    if seen.is_some_and(|seen| seen != known) {
                        return Err(Refusal::Stale { current: known }.into());
                    }
                    let stored = Stored { id: ctx.ids.next(ctx.now), process, body, reason, at: ctx.now, by };
                    clocks::add_policy(tx, &stored).await?;
                    schedule(tx, &ctx).await
                })
            })
            .await?;
        self.refresh_policies().await
    }

    /// The versions of a process's policy, newest first.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn policy_history(&self, actor: &Actor, process: &str) -> AppResult<Vec<Stored>> {
        yingda_core::can(actor, yingda_core::Action::SeeCalendars, yingda_core::Subject::Desk)?;
        let mut read = self.store().read().await?;
        Ok(clocks::policy_versions(&mut read, process).await?)
    }

    /// Reads policies afresh, after a change here or elsewhere.
    pub(crate) async fn refresh_policies(&self) -> AppResult<()> {
        let mut read = self.store().read().await?;
        self.inner.policies.reload(&mut read).await
    }

    /// How far the recomputing is; `None` where none was ever needed.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn recompute_progress(&self) -> AppResult<Option<Progress>> {
        let mut read = self.store().read().await?;
        Ok(settings::get(&mut read, PROGRESS).await?.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// The job: one batch after another, each in a transaction of its own that also says how far it is. Run twice, or from the
    /// start after a crash, it finds nothing left to move.
    pub(crate) async fn run_recompute(&self, ctx: &Context) -> AppResult<()> {
        self.refresh_calendars().await?;
        self.refresh_policies().await?;
        let mut at = Payload::default();
        loop {
            let (app, ctx) = (self.clone(), ctx.clone());
            let after = ClockId(at.after);
            let so_far = at.progress;
            let next = self
                .store()
                .write(move |tx| {
                    Box::pin(async move {
                        let batch = clocks::going_after(tx, after, BATCH).await?;
                        let Some(last) = batch.last().map(|clock| clock.id) else {
                            let done = Progress { ended: true, ..so_far };
                            settings::put(tx, PROGRESS, &super::written(&done)?).await?;
                            return Ok::<_, AppError>(None);
                        };
                        let mut ids: Vec<TicketId> = batch.iter().map(|clock| clock.ticket).collect();
                        ids.sort_unstable();
                        ids.dedup();
                        let mut progress = so_far;
                        progress.looked += batch.len();
                        for id in ids {
                            progress.moved += app.recompute_ticket(tx, &ctx, id).await?;
                        }
                        settings::put(tx, PROGRESS, &super::written(&progress)?).await?;
                        Ok(Some(Payload { after: last.get(), progress }))
                    })
                })
                .await?;
            match next {
                Some(next) => at = next,
                None => return Ok(()),
            }
        }
    }

    async fn recompute_ticket(&self, tx: &mut Tx, ctx: &Context, id: TicketId) -> AppResult<usize> {
        let Some(mut ticket) = tickets::get(tx, id).await? else { return Ok(0) };
        let process = self.definition(ticket.definition)?;
        let drive = Drive { app: self, ctx, actor: None, process: &process, age: Age::Fresh };
        let mut all = of_ticket(tx, &ticket).await?;
        let mut moved = 0;
        for clock in all.iter_mut().filter(|clock| clock.is_going()) {
            let before = clock.clock.clone();
            drive.look_up(&ticket, clock)?;
            ladder::reach(&drive, tx, &ticket, clock).await?;
            if clock.clock != before {
                clocks::update(tx, &clock.clock).await?;
            }
            moved += usize::from(clock.clock.due != before.due);
        }
        if moved > 0 {
            drive.in_step(tx, &mut ticket, &all).await?;
            tickets::set_due(tx, &ticket).await?;
        }
        Ok(moved)
    }
}
