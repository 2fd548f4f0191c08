//! What pages and programs need of clocks beside the facts: what may be done, when a clock ran, and a policy before it is saved.
//!
//! The one thing to know: a policy comes in through [`App::change_policy`], which looks at every cell first, so that each fault has
//! its field; `save_policy` writes what has passed. Sending the same change twice is one change.

use jiff::Timestamp;
use worktime::Calendar;
use yingda_core::refusal::FieldRefusal;
use yingda_core::{Action, Actor, Context, Refusal, Subject, TicketId, can};
use yingda_process::clock::PauseReason;

use super::derive::{self, Timing};
use super::pause::OwnLimit;
use super::policy::Policy;
use super::recompute::{Moves, Proposal};
use super::table::{differs, faults};
use super::view::ClockView;
use crate::assignment::required;
use crate::ticket::Held;
use crate::{App, AppResult};

pub use yingda_store::clocks::{ClockPause, Outcome, Policy as PolicyVersion};

/// What somebody may do to the clocks of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockDeeds {
    /// Let them stand still, and go on.
    pub pause: bool,
    /// Give one a limit of its own.
    pub set_limit: bool,
}

/// A time in which a clock ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// Since when.
    pub from: Timestamp,
    /// Until when; `None` while it goes on.
    pub to: Option<Timestamp>,
    /// Seconds of the clock's own measure.
    pub seconds: i64,
}

impl ClockView {
    /// The times in which it ran: what lies between its start and its stop, or now, and in no pause.
    #[must_use]
    pub fn segments(&self, calendar: &Calendar, now: Timestamp) -> Vec<Segment> {
        let clock = &self.clock.clock;
        let end = clock.stopped.unwrap_or(now);
        let mut gaps = self.clock.gaps();
        gaps.sort_by_key(|gap| gap.from);
        let mut spans = Vec::new();
        let mut at = clock.started;
        for gap in gaps {
            if gap.from > at {
                spans.push((at, Some(gap.from)));
            }
            at = at.max(gap.to.unwrap_or(end));
        }
        if self.clock.is_going() {
            if self.clock.held().is_none() {
                spans.push((at, None));
            }
        } else if at < end {
            spans.push((at, Some(end)));
        }
        let seconds = |from: Timestamp, to: Timestamp| {
            let timing = Timing { start: from, target: &self.target, extra: &[], pauses: &[] };
            derive::passed(calendar, &timing, to.max(from))
        };
        spans.into_iter().map(|(from, to)| Segment { from, to, seconds: seconds(from, to.unwrap_or(end)) }).collect()
    }

    /// Years of which its account had no statutory table.
    #[must_use]
    pub fn missing_years(&self) -> Vec<i16> {
        let mut years: Vec<i16> =
            self.account.iter().flat_map(|account| account.coverage.missing_years.iter().copied()).collect();
        years.sort_unstable();
        years.dedup();
        years
    }

    /// Whether somebody holds it with this reason and this note.
    #[must_use]
    pub fn is_paused_by(&self, actor: &Actor, reason: &str, note: &str) -> bool {
        let same = |pause: &ClockPause| {
            pause.to.is_none() && pause.by == Some(actor.person) && pause.reason == reason && pause.note == note.trim()
        };
        self.clock.is_going() && self.clock.pauses.iter().any(same)
    }

    /// Whether somebody gave it this very limit for this reason already.
    #[must_use]
    pub fn is_set_by(&self, actor: &Actor, to: OwnLimit, reason: &str) -> bool {
        let clock = &self.clock.clock;
        clock.set_by == Some(actor.person)
            && clock.set_reason == reason.trim()
            && match to {
                OwnLimit::From(limit) => self.target == derive::Target::Limit(limit),
                OwnLimit::Until(until) => clock.due == Some(until),
                OwnLimit::AsUsual => false,
            }
    }
}

impl App {
    /// What an actor may do to the clocks of a ticket: for pages to offer.
    #[must_use]
    pub fn clock_deeds(&self, actor: &Actor, held: &Held) -> ClockDeeds {
        let running = held.ticket.state.is_running();
        ClockDeeds {
            pause: running && held.allow(actor, Action::PauseClocks).is_ok(),
            set_limit: running && held.allow(actor, Action::SetLimit).is_ok(),
        }
    }

    /// The reasons for which clocks of a ticket may stand still.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where there is no such ticket for this actor.
    pub async fn pause_reasons(&self, actor: &Actor, id: TicketId) -> AppResult<Vec<PauseReason>> {
        let view = self.ticket(actor, id).await?;
        Ok(view.process.definition.pauses.clone())
    }

    /// What a policy would move. Nothing is written.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::NotFound`] for an unknown process, [`Refusal::Fields`].
    pub async fn propose_policy(
        &self,
        ctx: &Context,
        actor: &Actor,
        process: &str,
        policy: Policy,
    ) -> AppResult<Moves> {
        can(actor, Action::EditPolicies, Subject::Desk)?;
        self.sound(process, &policy)?;
        let moves = self.preview_recompute(ctx, &Proposal::Policy(process.to_owned(), policy)).await?;
        Ok(moves.seen_by(actor))
    }

    /// Puts a policy in the place of the one there is, and has all open limits recomputed.
    ///
    /// # Errors
    /// As [`App::propose_policy`]; [`Refusal::Stale`] where somebody changed it since `seen`, which is 0 before the first version.
    pub async fn change_policy(
        &self,
        ctx: &Context,
        actor: &Actor,
        process: &str,
        policy: Policy,
        reason: &str,
        seen: i64,
    ) -> AppResult<()> {
        can(actor, Action::EditPolicies, Subject::Desk)?;
        self.sound(process, &policy)?;
        let reason = required("reason", reason)?;
        let versions = self.policy_history(actor, process).await?;
        if let Some(latest) = versions.first().filter(|latest| latest.id != seen)
            && latest.by == actor.person
            && latest.reason == reason
            && policy_of(latest)? == policy
        {
            return Ok(());
        }
        self.save_policy(ctx, actor, process, policy, &reason, Some(seen)).await
    }

    /// Every fault of a policy at once, and whether it changes anything.
    fn sound(&self, process: &str, policy: &Policy) -> AppResult<()> {
        let current = self.processes().current(process).ok_or(Refusal::NotFound)?;
        let codes: Vec<String> = self.calendar_names().into_iter().map(|(code, _)| code).collect();
        let faults = faults(&current.definition, &codes, policy);
        if faults.is_empty() { Ok(()) } else { Err(Refusal::Fields(faults).into()) }
    }

    /// Refuses a policy that says what already holds.
    ///
    /// # Errors
    /// [`Refusal::Fields`] with `policy-nothing`.
    pub fn policy_changes(&self, process: &str, policy: &Policy) -> AppResult<()> {
        let current = self.processes().current(process).ok_or(Refusal::NotFound)?;
        if differs(&current.definition, &self.policies().of(process), policy) {
            Ok(())
        } else {
            Err(Refusal::Fields(vec![FieldRefusal::new("form", "policy-nothing")]).into())
        }
    }
}

/// The policy that a stored version holds.
///
/// # Errors
/// [`crate::AppError::House`] where the stored text cannot be read.
pub fn policy_of(version: &PolicyVersion) -> AppResult<Policy> {
    super::read(&version.body, "policy")
}
