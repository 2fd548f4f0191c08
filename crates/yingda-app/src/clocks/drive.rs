//! What happens to a ticket, carried to its clocks: the rules say which start, stop and stand still, and here they do.
//!
//! The one thing to know: it is called with every moment of a ticket, inside the transaction of that moment; it leaves the ticket's
//! own due time, its work's and its sheets' in step with the clocks. Nothing here decides who is told (`ladder`).

use jiff::Timestamp;
use yingda_core::sheet::Sheet;
use yingda_core::ticket::Ticket;
use yingda_core::{Actor, ClockId, Context, SheetId};
use yingda_process::clock::{Answerable, Known, KnownState, Moment, Move, Start, moves};
use yingda_process::{Channel, Instance, Limit, Priority, Value};
use yingda_store::clocks::{self, Clock, ClockPause, Outcome};
use yingda_store::{Tx, sheets, tickets};

use super::derive::{self, Target, Timing};
use super::{TicketClock, ladder, with_pauses, written};
use crate::{App, AppResult, Process, notices};

/// The rule's name of a sheet that was sent by hand.
pub(crate) const SHEET: &str = "sheet";

/// Whether a matter happens now, or is told of an earlier time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Age {
    /// Now.
    Fresh,
    /// Taken in from a table at this instant: what was over by then is not counted, and nobody is told of it.
    TakenIn(Timestamp),
}

/// The surroundings of one ticket's clocks.
pub(crate) struct Drive<'a> {
    pub app: &'a App,
    pub ctx: &'a Context,
    pub actor: Option<&'a Actor>,
    pub process: &'a Process,
    pub age: Age,
}

/// The clocks of a ticket with their pauses.
pub(crate) async fn of_ticket(tx: &mut Tx, ticket: &Ticket) -> AppResult<Vec<TicketClock>> {
    let clocks = clocks::of_ticket(tx, ticket.id).await?;
    let pauses = if clocks.is_empty() { Vec::new() } else { clocks::pauses_of_ticket(tx, ticket.id).await? };
    Ok(with_pauses(clocks, pauses))
}

/// The channel and the priority that limits are looked up by.
pub(crate) fn facts(ticket: &Ticket) -> (Priority, Channel) {
    let priority = Priority::from_id(ticket.priority.label()).unwrap_or_default();
    (priority, Channel::from_id(&ticket.channel).unwrap_or(Channel::Phone))
}

impl Drive<'_> {
    /// Lets moments pass; `sheet` is the contact sheet that they are about, where they are about one.
    pub(crate) async fn moments(
        &self,
        tx: &mut Tx,
        ticket: &mut Ticket,
        instance: &Instance,
        passed: &[Moment],
        sheet: Option<&Sheet>,
    ) -> AppResult<()> {
        let fresh = passed.first() == Some(&Moment::Opened);
        let mut all = if fresh { Vec::new() } else { of_ticket(tx, ticket).await? };
        let known = known(&all);
        let mut new = Vec::new();
        for step in moves(&self.process.definition, instance, passed, &known) {
            match step {
                Move::Start(rule) => new.extend(self.start(ticket, instance, rule, &all, sheet)?),
                Move::Plan(rule, value) => self.plan(ticket, rule, &value, &mut all, &mut new)?,
                Move::Stop(rule) => {
                    let by = passed.iter().find(|moment| self.stops(rule, moment)).unwrap_or(&Moment::Ended);
                    self.stop(tx, ticket, going(&mut all, rule), by).await?;
                    // Started and stopped within one event: it never ran.
                    new.retain(|clock: &TicketClock| clock.clock.rule != rule);
                }
                Move::Renew(rule) => {
                    if let Some(old) = going(&mut all, rule) {
                        let by = passed.last().unwrap_or(&Moment::Ended);
                        self.stop(tx, ticket, Some(old), by).await?;
                        new.extend(self.start(ticket, instance, rule, &all, None)?);
                    }
                }
                Move::Pause(rule, step) => {
                    if let Some(clock) = going(&mut all, rule).or_else(|| going(&mut new, rule)) {
                        let label = self.process.definition.step(&step).map(|s| s.label().to_owned());
                        clock.pauses.push(self.pause(clock, format!("step.{step}"), label.unwrap_or_default(), ""));
                        if let (Some(pause), false) = (clock.pauses.last(), fresh) {
                            clocks::add_pause(tx, pause).await?;
                        }
                    }
                }
                Move::Resume(rule, step) => {
                    if let Some(clock) = going(&mut all, rule) {
                        self.resume(tx, clock, &format!("step.{step}")).await?;
                    }
                }
            }
        }
        if passed.contains(&Moment::Ended) {
            // Nobody waits for a sheet beside the process any more.
            for sheet in all.iter_mut().filter(|one| one.clock.rule == SHEET && one.is_going()) {
                self.stop(tx, ticket, Some(sheet), &Moment::Ended).await?;
            }
        }
        // The matter has moved: what somebody waited for is over.
        if passed.iter().any(|moment| matches!(moment, Moment::Left(_))) {
            for clock in all.iter_mut().filter(|clock| clock.is_going()) {
                let by_hand = clock.pauses.iter().filter(|p| p.to.is_none() && !p.reason.starts_with("step."));
                for reason in by_hand.map(|pause| pause.reason.clone()).collect::<Vec<_>>() {
                    self.resume(tx, clock, &reason).await?;
                }
            }
        }
        let handed = passed.iter().any(|moment| matches!(moment, Moment::Assigned | Moment::Entered(_)));
        for clock in all.iter_mut().filter(|clock| clock.is_going()) {
            let before = clock.clock.clone();
            if handed {
                self.answer_for(&mut clock.clock, ticket);
            }
            ladder::reach(self, tx, ticket, clock).await?;
            if clock.clock != before {
                clocks::update(tx, &clock.clock).await?;
            }
        }
        for clock in &mut new {
            if !self.settle_taken_in(clock)? {
                ladder::reach(self, tx, ticket, clock).await?;
            }
            if fresh {
                for pause in &clock.pauses {
                    clocks::add_pause(tx, pause).await?;
                }
            }
        }
        let rows: Vec<&Clock> = new.iter().map(|clock| &clock.clock).collect();
        clocks::add_all(tx, &rows).await?;
        all.extend(new);
        if fresh {
            // Its work was written with these due times.
            ticket.due = all.iter().filter(|clock| clock.is_going()).filter_map(|clock| clock.clock.due).min();
            return Ok(());
        }
        self.in_step(tx, ticket, &all).await
    }

    /// When the limit of a step that begins now is over, before it has a clock.
    pub(crate) fn first_due(&self, ticket: &Ticket, step: &str) -> AppResult<Option<Timestamp>> {
        let id = format!("step.{step}");
        let Some(rule) = self.process.definition.clock(&id) else { return Ok(None) };
        if !matches!(&rule.start, Start::AnyOf(any) if any.contains(&Moment::Entered(step.to_owned()))) {
            return Ok(None);
        }
        let (priority, channel) = facts(ticket);
        let policies = self.app.policies();
        let target = policies.target(&ticket.process, rule, priority, channel);
        let calendar = self.app.calendar(&policies.calendar(&ticket.process, rule));
        let due = derive::due(&calendar, &Timing { start: self.ctx.now, target: &target, extra: &[], pauses: &[] });
        let Age::TakenIn(now) = self.age else { return Ok(due) };
        Ok(due.filter(|due| *due > now))
    }

    /// Looks every limit of the ticket up again: its priority or channel is another, or the policy is.
    pub(crate) async fn retarget(&self, tx: &mut Tx, ticket: &mut Ticket) -> AppResult<()> {
        let mut all = of_ticket(tx, ticket).await?;
        // What was missed stays missed when a clerk corrects the priority; a lead's correction may take it back.
        let lead = self.actor.is_none_or(|actor| actor.roles.leads_desk());
        let open = |clock: &TicketClock| clock.is_going() && (lead || clock.clock.breached.is_none());
        for clock in all.iter_mut().filter(|clock| open(clock)) {
            let before = clock.clock.clone();
            self.look_up(ticket, clock)?;
            ladder::reach(self, tx, ticket, clock).await?;
            if clock.clock != before {
                clocks::update(tx, &clock.clock).await?;
            }
        }
        self.in_step(tx, ticket, &all).await
    }

    /// The limit and calendar as file and policy have them now; one that was set for this ticket stays.
    pub(crate) fn look_up(&self, ticket: &Ticket, clock: &mut TicketClock) -> AppResult<()> {
        let Some(rule) = self.process.definition.clock(&clock.clock.rule) else { return Ok(()) };
        let policies = self.app.policies();
        clock.clock.calendar = policies.calendar(&clock.clock.process, rule);
        if clock.clock.set_by.is_none() && !matches!(rule.start, Start::Planned(_)) {
            let (priority, channel) = facts(ticket);
            clock.clock.target = written(&policies.target(&clock.clock.process, rule, priority, channel))?;
        }
        Ok(())
    }

    /// A clock for a contact sheet that was sent by hand, from its receipt.
    pub(crate) async fn start_sheet(
        &self,
        tx: &mut Tx,
        ticket: &mut Ticket,
        sheet: &Sheet,
        limit: Limit,
    ) -> AppResult<()> {
        let mut clock = self.blank(ticket, SHEET, &sheet.number, &Target::Limit(limit))?;
        clock.clock.sheet = Some(sheet.id);
        clock.clock.department = Some(sheet.to_department);
        clock.clock.person = None;
        ladder::reach(self, tx, ticket, &mut clock).await?;
        clocks::add_all(tx, &[&clock.clock]).await?;
        let all = of_ticket(tx, ticket).await?;
        self.in_step(tx, ticket, &all).await
    }

    /// Stops the clock of a sheet that was sent by hand.
    pub(crate) async fn stop_sheet(&self, tx: &mut Tx, ticket: &mut Ticket, sheet: SheetId) -> AppResult<()> {
        let mut all = of_ticket(tx, ticket).await?;
        let clock = all.iter_mut().find(|one| one.clock.sheet == Some(sheet) && one.is_going());
        self.stop(tx, ticket, clock, &Moment::Answered(SHEET.to_owned())).await?;
        self.in_step(tx, ticket, &all).await
    }

    fn stops(&self, rule: &str, moment: &Moment) -> bool {
        self.process.definition.clock(rule).is_some_and(|rule| rule.stops.contains(moment))
    }

    fn blank(&self, ticket: &Ticket, rule: &str, label: &str, target: &Target) -> AppResult<TicketClock> {
        let clock = Clock {
            id: self.ctx.id(ClockId),
            ticket: ticket.id,
            sheet: None,
            process: ticket.process.clone(),
            rule: rule.to_owned(),
            label: label.to_owned(),
            round: 1,
            calendar: super::policy::OFFICE.to_owned(),
            target: written(target)?,
            extra: String::new(),
            planned: String::new(),
            department: ticket.department,
            person: ticket.assignee,
            started: self.ctx.now,
            stopped: None,
            stopped_by: String::new(),
            due: None,
            next: None,
            rung: 0,
            chain: 1,
            breached: None,
            outcome: Outcome::Going,
            set_by: None,
            set_reason: String::new(),
        };
        Ok(TicketClock { clock, pauses: Vec::new() })
    }

    fn start(
        &self,
        ticket: &Ticket,
        instance: &Instance,
        rule: &str,
        all: &[TicketClock],
        sheet: Option<&Sheet>,
    ) -> AppResult<Option<TicketClock>> {
        let Some(rule) = self.process.definition.clock(rule) else { return Ok(None) };
        // What a table brings may have its milestones behind it already.
        if self.age != Age::Fresh && rule.stops.iter().any(|moment| moment.has_happened(instance)) {
            return Ok(None);
        }
        let (priority, channel) = facts(ticket);
        let policies = self.app.policies();
        let target = policies.target(&ticket.process, rule, priority, channel);
        let mut clock = self.blank(ticket, &rule.id, &rule.label, &target)?;
        clock.clock.calendar = policies.calendar(&ticket.process, rule);
        clock.clock.round =
            1 + all.iter().filter(|one| one.clock.rule == rule.id).map(|one| one.clock.round).max().unwrap_or(0);
        if let Some(sheet) = sheet {
            clock.clock.sheet = Some(sheet.id);
            clock.clock.department = Some(sheet.to_department);
            clock.clock.person = None;
        }
        self.answer_for(&mut clock.clock, ticket);
        Ok(Some(clock))
    }

    fn plan(
        &self,
        ticket: &Ticket,
        rule: &str,
        value: &Value,
        all: &mut [TicketClock],
        new: &mut Vec<TicketClock>,
    ) -> AppResult<()> {
        let Some(rule) = self.process.definition.clock(rule) else { return Ok(()) };
        let (priority, channel) = facts(ticket);
        let lead = self.app.policies().limit(&ticket.process, rule, priority, channel);
        let target = match value {
            Value::Date(date) => Target::Planned { date: *date, at: None, lead },
            Value::DateTime(at) => Target::Planned { date: at.to_zoned(self.app.zone()).date(), at: Some(*at), lead },
            _ => return Ok(()),
        };
        if let Some(clock) = going(all, &rule.id) {
            clock.clock.target = written(&target)?;
            clock.clock.planned = value.text();
            return Ok(());
        }
        let mut clock = self.blank(ticket, &rule.id, &rule.label, &target)?;
        clock.clock.calendar = self.app.policies().calendar(&ticket.process, rule);
        clock.clock.planned = value.text();
        clock.clock.round =
            1 + all.iter().filter(|one| one.clock.rule == rule.id).map(|one| one.clock.round).max().unwrap_or(0);
        self.answer_for(&mut clock.clock, ticket);
        new.push(clock);
        Ok(())
    }

    /// Who answers for it now: the first receiver, or whoever has the ticket.
    pub(super) fn answer_for(&self, clock: &mut Clock, ticket: &Ticket) {
        let owner = self.process.definition.clock(&clock.rule).is_some_and(|rule| rule.answerable == Answerable::Owner);
        if clock.sheet.is_some() {
            return;
        }
        clock.department = ticket.department;
        clock.person = if owner { Some(ticket.owner) } else { ticket.assignee };
    }

    async fn stop(&self, tx: &mut Tx, ticket: &Ticket, clock: Option<&mut TicketClock>, by: &Moment) -> AppResult<()> {
        let Some(clock) = clock else { return Ok(()) };
        // Whatever its limit brought until now happens first: a late sweep and a late answer end alike.
        ladder::reach(self, tx, ticket, clock).await?;
        let now = self.ctx.now;
        for pause in clock.pauses.iter_mut().filter(|pause| pause.to.is_none()) {
            pause.to = Some(now);
            clocks::end_pause(tx, pause.id, now, None).await?;
        }
        // Its limit, with what it stood still until now.
        let calendar = self.app.calendar(&clock.clock.calendar);
        clock.clock.due = clock.due_by(&calendar)?;
        clock.clock.stopped = Some(now);
        clock.clock.stopped_by = by.to_string();
        clock.clock.next = None;
        clock.clock.outcome = if clock.clock.breached.is_some() { Outcome::Broken } else { Outcome::Met };
        if clock.clock.rung > 0 {
            notices::settle_clock(tx, self.ctx, self.actor, ticket.id, clock.clock.id.get()).await?;
        }
        Ok(clocks::update(tx, &clock.clock).await?)
    }

    pub(crate) fn pause(&self, clock: &TicketClock, reason: String, label: String, note: &str) -> ClockPause {
        ClockPause {
            id: self.ctx.ids.next(self.ctx.now),
            clock: clock.clock.id,
            ticket: clock.clock.ticket,
            from: self.ctx.now,
            to: None,
            reason,
            label,
            note: note.to_owned(),
            by: self.actor.map(|actor| actor.person),
            ended_by: None,
        }
    }

    pub(crate) async fn resume(&self, tx: &mut Tx, clock: &mut TicketClock, reason: &str) -> AppResult<()> {
        let by = self.actor.map(|actor| actor.person);
        for pause in clock.pauses.iter_mut().filter(|pause| pause.to.is_none() && pause.reason == reason) {
            pause.to = Some(self.ctx.now);
            pause.ended_by = by;
            clocks::end_pause(tx, pause.id, self.ctx.now, by).await?;
        }
        Ok(())
    }

    /// A limit that was over before the matter came here counts for nobody. Gives whether it was.
    fn settle_taken_in(&self, clock: &mut TicketClock) -> AppResult<bool> {
        let Age::TakenIn(now) = self.age else { return Ok(false) };
        let calendar = self.app.calendar(&clock.clock.calendar);
        let due = clock.due_by(&calendar)?;
        if due.is_none_or(|due| due > now) {
            return Ok(false);
        }
        clock.clock.due = due;
        clock.clock.stopped = Some(now);
        clock.clock.stopped_by = "taken-in".to_owned();
        clock.clock.outcome = Outcome::Void;
        Ok(true)
    }

    /// Brings the due times of the ticket, its work and its sheets in step with its clocks.
    pub(crate) async fn in_step(&self, tx: &mut Tx, ticket: &mut Ticket, all: &[TicketClock]) -> AppResult<()> {
        let going = || all.iter().filter(|clock| clock.is_going());
        ticket.due = going().filter_map(|clock| clock.clock.due).min();
        for mut item in tickets::work(tx, ticket.id).await? {
            let rule = format!("step.{}", item.step);
            let due = going().find(|clock| clock.clock.rule == rule).and_then(|clock| clock.clock.due);
            if item.due != due {
                item.due = due;
                tickets::update_work(tx, &item).await?;
            }
        }
        for clock in going() {
            if let Some(sheet) = clock.clock.sheet {
                sheets::set_due(tx, sheet, clock.clock.due).await?;
            }
        }
        Ok(())
    }
}

fn known(all: &[TicketClock]) -> Vec<Known> {
    let mut known: Vec<Known> = Vec::new();
    for one in all.iter().filter(|one| one.clock.rule != SHEET) {
        let state = if one.is_going() { KnownState::Going } else { KnownState::Stopped };
        let planned = Some(one.clock.planned.clone()).filter(|text| !text.is_empty());
        known.retain(|before| before.rule != one.clock.rule);
        known.push(Known { rule: one.clock.rule.clone(), state, planned });
    }
    known
}

fn going<'c>(all: &'c mut [TicketClock], rule: &str) -> Option<&'c mut TicketClock> {
    all.iter_mut().find(|one| one.clock.rule == rule && one.is_going())
}
