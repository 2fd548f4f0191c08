//! A virtual year of twenty thousand tickets, half of them on each engine: pauses, transfers, limits of their own, policies and
//! calendars that change, crashes and clocks that jump. At its end every stored due time is what the facts give, and every
//! breach has one chain of notices.
//!
//! One test for each engine, so that both run at once; the dice are seeded, so a failure happens again.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use worktime::Calendar;
use yingda_app::amend::Amend;
use yingda_app::answerable::Verdict;
use yingda_app::answerable::statements::Review;
use yingda_app::assignment::{Told, Transfer};
use yingda_app::calendars::change::DayChange;
use yingda_app::clocks::pause::{OwnLimit, PauseClocks, SetLimit};
use yingda_app::clocks::policy::{ClockPolicy, Policy, PolicyCell};
use yingda_app::clocks::with_pauses;
use yingda_app::receive::Receive;
use yingda_app::steps::CompleteStep;
use yingda_app::talk::Say;
use yingda_app::{App, AppError, AppResult, MessageKind, Once};
use yingda_core::answerable::StatementState;
use yingda_core::notice::Kind;
use yingda_core::{Actor, Context, DepartmentId, Refusal, TicketId};
use yingda_process::{Limit, LimitUnit, Priority};
use yingda_store::answerable::statements;
use yingda_store::clocks::{self, Outcome};
use yingda_store::notices;
use yingda_store::tickets::{self, WorkItem};
use yingda_testkit::engines::{Engine, on};
use yingda_testkit::{Desk, Dice, form};

use crate::cast::{agent, member, supervisor};
use crate::clocks::REPAIR;

/// Tickets of the year on one engine.
const TICKETS: usize = 10_000;
/// So many are under way at once.
const AT_ONCE: usize = 60;
/// Mean seconds between two deeds: about five for each ticket, in a year.
const PACE: usize = 630;

#[test]
fn a_year_on_sqlite() {
    on(Engine::Sqlite, async |engine| year(Desk::open(engine).await).await);
}

#[test]
fn a_year_on_postgresql() {
    on(Engine::Postgres, async |engine| year(Desk::open(engine).await).await);
}

struct World {
    desk: Desk,
    /// The desk as the process that runs now sees it; another after every crash.
    app: App,
    dice: Dice,
    agent: Actor,
    lead: Actor,
    workers: Vec<Actor>,
    departments: Vec<DepartmentId>,
    /// Tickets under way, with the step that each waits at.
    open: Vec<TicketId>,
    all: Vec<TicketId>,
    /// The office's calendars, each with the time from which it held.
    calendars: Vec<(Timestamp, Arc<Calendar>)>,
    done: BTreeMap<&'static str, usize>,
}

async fn year(desk: Desk) {
    desk.install_text(REPAIR, "repair").await;
    let (agent, lead) = (agent(&desk).await, supervisor(&desk).await);
    let workers = vec![member(&desk, "Fan", "shop").await, member(&desk, "Gu", "annex").await];
    let departments = workers.iter().map(|worker| worker.department).collect();
    let calendars = vec![(Timestamp::MIN, desk.calendar("office"))];
    let app = desk.app.clone();
    app.schedule_upkeep(&desk.ctx()).await.unwrap();
    let (open, all) = (Vec::new(), Vec::new());
    let mut world = World {
        desk,
        app,
        dice: Dice::new(20_261_122),
        agent,
        lead,
        workers,
        departments,
        open,
        all,
        calendars,
        done: BTreeMap::new(),
    };
    while world.all.len() < TICKETS {
        world.deed().await;
    }
    world.round().await;
    assert!(world.done.len() == 13 && world.done.values().all(|times| *times > 10), "{:?}", world.done);
    world.judge().await;
}

impl World {
    fn ctx(&self) -> Context {
        self.desk.ctx()
    }

    /// Done or refused; anything else is a defect.
    fn count<T: std::fmt::Debug>(&mut self, what: &'static str, result: AppResult<T>) {
        match result {
            Ok(_) => *self.done.entry(what).or_default() += 1,
            Err(AppError::Refused(_)) => {}
            Err(other) => panic!("{what}: {other}"),
        }
    }

    async fn deed(&mut self) {
        self.desk.clock.advance(SignedDuration::from_secs(self.dice.below(2 * PACE) as i64));
        let quiet = self
            .calendars
            .last()
            .is_some_and(|(since, _)| self.desk.clock.now() - SignedDuration::from_hours(2) > *since);
        if quiet && self.dice.once_in(500) {
            // The machine's clock is set right: back a little, or on by hours.
            let minutes = if self.dice.once_in(2) { -15 } else { 300 };
            self.desk.clock.minutes(minutes);
        }
        if self.dice.once_in(60) {
            self.round().await;
        }
        match self.dice.below(1_500) {
            0 => self.crash().await,
            1 => self.policy().await,
            2 => self.day().await,
            _ => {}
        }
        if self.open.len() < AT_ONCE {
            return self.receive().await;
        }
        let index = self.dice.below(self.open.len());
        let id = self.open[index];
        match self.dice.below(20) {
            0 => self.pause(id).await,
            1 => {
                let result = self.app.resume_clocks(&self.ctx(), &self.agent, id, "", None).await;
                self.count("resume", result);
            }
            2 => self.transfer(id).await,
            3 if self.dice.once_in(3) => self.own_limit(id).await,
            4 if self.dice.once_in(3) => self.priority(id).await,
            5 => self.tell(id).await,
            _ => self.step(index, id).await,
        }
    }

    async fn receive(&mut self) {
        let mut fields = form! { "call.subject" => "Washer", "call.priority" => *self.dice.pick(&["高", "中", "低"]) };
        if self.dice.once_in(10) {
            let planned = self.desk.clock.now().to_zoned(self.app.zone()).date() + jiff::Span::new().days(95);
            fields.insert("call.handover".to_owned(), vec![planned.to_string()]);
        }
        let channel = if self.dice.once_in(5) { "mail" } else { "phone" };
        let matter =
            Receive { process: "repair".to_owned(), channel: channel.to_owned(), fields, ..Receive::default() };
        let received = self.app.receive(&self.ctx(), &self.agent, matter).await;
        if let Ok(received) = &received {
            self.open.push(received.id);
            self.all.push(received.id);
        }
        self.count("receive", received);
    }

    async fn step(&mut self, index: usize, id: TicketId) {
        let Some(item) = self.work(id).await else { return };
        let of_department = |worker: &&Actor| Some(worker.department) == item.department;
        let who = self.workers.iter().find(of_department).unwrap_or(&self.agent).clone();
        let fields = form! { "work.done" => if self.dice.once_in(8) { "false" } else { "true" } };
        let step = CompleteStep { token: item.token, fields, ..CompleteStep::default() };
        let mut result = self.app.complete_step(&self.ctx(), &who, id, step.clone()).await;
        if let Err(AppError::Refused(Refusal::NeedsStatement { .. })) = &result {
            // Its limits were missed: excused, so that the year goes on.
            self.excuse(id).await;
            result = self.app.complete_step(&self.ctx(), &who, id, step).await;
        }
        self.count("step", result);
        if self.work(id).await.is_none() {
            self.open.swap_remove(index);
        }
    }

    async fn work(&self, id: TicketId) -> Option<WorkItem> {
        let mut read = self.desk.store().read().await.unwrap();
        tickets::work(&mut read, id).await.unwrap().pop()
    }

    /// What was missed is exempted by the lead.
    async fn excuse(&mut self, id: TicketId) {
        let owed = {
            let mut read = self.desk.store().read().await.unwrap();
            statements::of_ticket(&mut read, id).await.unwrap()
        };
        for statement in owed.into_iter().filter(|statement| statement.state == StatementState::Due) {
            let review =
                Review { verdict: Verdict::Exempted, note: "a bad week".to_owned(), seen: None, once: Once::default() };
            let result = self.app.review_statement(&self.ctx(), &self.lead, statement.id, review).await;
            self.count("excuse", result);
        }
    }

    async fn pause(&mut self, id: TicketId) {
        let pause = PauseClocks { reason: "customer".to_owned(), note: "serial number".to_owned(), seen: None };
        let result = self.app.pause_clocks(&self.ctx(), &self.agent, id, pause).await;
        self.count("pause", result);
    }

    async fn transfer(&mut self, id: TicketId) {
        let transfer = Transfer {
            department: *self.dice.pick(&self.departments),
            person: None,
            reason: "nearer".to_owned(),
            tell: String::new(),
            told: Told::Later,
            phone: None,
            seen: None,
            once: Once::default(),
        };
        let result = self.app.transfer(&self.ctx(), &self.agent, id, transfer).await;
        self.count("transfer", result);
    }

    async fn own_limit(&mut self, id: TicketId) {
        let known = {
            let mut read = self.desk.store().read().await.unwrap();
            clocks::of_ticket(&mut read, id).await.unwrap()
        };
        let clock = self.dice.pick(&known).id;
        let hours = 1 + self.dice.below(200);
        let to = match self.dice.below(3) {
            0 => OwnLimit::AsUsual,
            1 => OwnLimit::Until(self.desk.clock.now() + SignedDuration::from_hours(hours as i64)),
            _ => OwnLimit::From(Limit { amount: hours as u32, unit: *self.dice.pick(LimitUnit::ALL) }),
        };
        let set = SetLimit { clock, to, reason: "agreed".to_owned(), seen: None };
        let result = self.app.set_limit(&self.ctx(), &self.agent, id, set).await;
        self.count("own limit", result);
    }

    async fn priority(&mut self, id: TicketId) {
        let word = *self.dice.pick(&["高", "中", "低"]);
        let amend = Amend { particulars: vec![("priority".to_owned(), word.to_owned())], seen: None };
        let result = self.app.amend(&self.ctx(), &self.agent, id, amend).await;
        self.count("priority", result);
    }

    async fn tell(&mut self, id: TicketId) {
        let say = Say {
            kind: MessageKind::ToCustomer,
            text: "Parts are ordered".to_owned(),
            channel: String::new(),
            told: Told::Now,
            answer: None,
            once: Once::default(),
        };
        let result = self.app.say(&self.ctx(), &self.agent, id, say).await;
        self.count("tell", result);
    }

    /// The company's own limits change; the job that follows is done at once, later, or after a crash.
    async fn policy(&mut self) {
        let mut cell = |priority| PolicyCell {
            channel: None,
            priority,
            limit: Limit { amount: 1 + self.dice.below(30) as u32, unit: *self.dice.pick(LimitUnit::ALL) },
        };
        let cells = vec![cell(Some(Priority::High)), cell(None)];
        let rule = ["step.repair", "whole", "feedback"][self.dice.below(3)].to_owned();
        let policy = Policy { clocks: [(rule, ClockPolicy { calendar: None, cells: Some(cells) })].into() };
        let result = self.app.save_policy(&self.ctx(), &self.lead, "repair", policy, "tried out", None).await;
        self.count("policy", result);
    }

    /// A date of the office's calendar becomes free or a working day.
    async fn day(&mut self) {
        let today: Date = self.desk.clock.now().to_zoned(self.app.zone()).date();
        let date = today + jiff::Span::new().days(self.dice.below(20) as i64 - 5);
        let change = if self.dice.once_in(2) {
            DayChange::Free
        } else {
            DayChange::Hours(vec![["08:00".to_owned(), "20:00".to_owned()]])
        };
        let result = self.app.set_day(&self.ctx(), &self.lead, "office", date, change, "stocktaking").await;
        let office = self.app.calendar("office");
        self.calendars.push((self.desk.clock.now(), office));
        self.count("day", result);
    }

    /// A process dies with jobs claimed and not done; another takes over with nothing but the database.
    async fn crash(&mut self) {
        let claimed = self.app.claim_jobs(&self.ctx(), "gone", 50).await.unwrap();
        self.app = self.desk.another().await;
        self.count("crash", Ok(claimed.len()));
    }

    /// Whatever comes round, and the jobs that wait.
    async fn round(&mut self) {
        let jobs = self.app.claim_jobs(&self.ctx(), "runner", 50).await.unwrap();
        for job in &jobs {
            self.app.run_job(&self.ctx(), "runner", job).await.unwrap();
        }
        let result = self.app.sweep_clocks(&self.ctx()).await;
        self.count("sweep", result);
    }

    /// The calendar that held at an instant.
    fn office(&self, at: Timestamp) -> &Calendar {
        self.calendars.iter().rev().find(|(since, _)| *since <= at).map(|(_, calendar)| calendar.as_ref()).unwrap()
    }

    async fn judge(&mut self) {
        // What still waits for its lease or its turn.
        self.desk.clock.hours(1);
        self.round().await;
        self.round().await;
        let (mut going, mut broken, mut moved) = (0, 0, 0);
        let mut read = self.desk.store().read().await.unwrap();
        for &id in &self.all {
            let told = notices::of_ticket(&mut read, id).await.unwrap();
            let rows = clocks::of_ticket(&mut read, id).await.unwrap();
            let pauses = clocks::pauses_of_ticket(&mut read, id).await.unwrap();
            let mut open = Vec::new();
            for one in with_pauses(rows, pauses) {
                let clock = &one.clock;
                let office = self.office(clock.stopped.unwrap_or(Timestamp::MAX));
                assert_eq!(clock.due, one.due_by(office).unwrap(), "{} {} of {id}", clock.rule, clock.round);
                if clock.stopped.is_none() {
                    going += 1;
                    open.extend(clock.due);
                }
                let breaches = |chain: i64| {
                    let prefix = format!("clock:{}:{chain}:", clock.id);
                    let is = |told: &&yingda_app::notices::Told| {
                        told.notice.kind == Kind::Breach && told.notice.key.starts_with(&prefix)
                    };
                    told.iter().filter(is).count()
                };
                let now = usize::from(clock.breached.is_some());
                assert_eq!(breaches(clock.chain), now, "{} {} of {id}: {clock:?}", clock.rule, clock.round);
                for earlier in 1..clock.chain {
                    assert!(breaches(earlier) <= 1, "chain {earlier} of {} of {id}", clock.rule);
                    moved += breaches(earlier);
                }
                broken += now;
                if clock.stopped.is_some() {
                    assert_eq!(clock.outcome, if now == 1 { Outcome::Broken } else { Outcome::Met });
                    assert_eq!(clock.next, None);
                }
            }
            let ticket = tickets::get(&mut read, id).await.unwrap().unwrap();
            assert_eq!(ticket.due, open.into_iter().min(), "{id}");
        }
        assert!(going > 60 && broken > 1_000 && moved > 10, "{going} going, {broken} broken, {moved} taken back");
    }
}
