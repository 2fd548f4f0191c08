//! Three months played: every ticket's next deed in one line, by time, each through the desk's own intentions.
//!
//! The one thing to know: nothing is written past the rules. What comes next is read from the ticket after each deed, the
//! way a clerk would see it, and the deed is done by somebody who may. What lies after today does not happen, which is why
//! the youngest tickets are still open.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use jiff::Timestamp;
use yingda_app::receive::Receive;
use yingda_app::ticket::TicketView;
use yingda_app::{App, AppError, AppResult, Once};
use yingda_core::sheet::{Sheet, SheetState};
use yingda_core::{Actor, Context, TicketId};
use yingda_process::Priority;
use yingda_store::messages::Kind;

use super::calendar::Days;
use super::company::Company;
use super::course::{Extra, Halt};
use super::deeds::Deed;
use super::matter::Moment;
use super::plan::Plan;
use super::waits;

/// The stage on which tickets are played.
pub struct Stage<'a> {
    /// The desk.
    pub app: &'a App,
    /// Whose ids and entropy are used; its instant is replaced by each deed's.
    pub ctx: &'a Context,
    /// The people.
    pub company: &'a Company,
    /// When they work.
    pub days: &'a Days,
    /// Today: nothing happens after it.
    pub now: Timestamp,
}

/// A ticket while it is played.
pub(super) struct Play {
    pub plan: Plan,
    pub owner: Actor,
    pub id: Option<TicketId>,
    /// What is about to be done.
    pub next: Deed,
    /// How often each step was done.
    pub passes: BTreeMap<String, u32>,
    /// How much was done.
    pub deeds: u32,
    /// Whether somebody of the department has taken it on purpose.
    pub taken: bool,
}

impl Stage<'_> {
    /// Plays all plans to today; tells `progress` how many tickets have come in.
    ///
    /// # Errors
    /// The first refusal or fault: a demonstration that does not follow the rules is a defect.
    pub async fn play(&self, plans: Vec<Plan>, progress: &mut (dyn FnMut(usize) + Send)) -> AppResult<usize> {
        let mut plays: Vec<Play> = plans.into_iter().map(|plan| self.begin(plan)).collect();
        let mut line: BinaryHeap<Reverse<(Timestamp, usize)>> =
            plays.iter().enumerate().map(|(place, play)| Reverse((play.plan.course.accepted, place))).collect();
        let mut months = self.months();
        let mut received = 0;
        while let Some(Reverse((at, place))) = line.pop() {
            if at > self.now {
                continue;
            }
            self.file_away(&mut months, at).await?;
            let play = &mut plays[place];
            if play.next == Deed::Receive {
                received += 1;
                progress(received);
            }
            self.act(play, at).await.map_err(|error| unruly(play, at, &error))?;
            if let Some(next) = self.after(play, at).await? {
                line.push(Reverse((next, place)));
            }
        }
        self.file_away(&mut months, self.now).await?;
        Ok(received)
    }

    fn begin(&self, mut plan: Plan) -> Play {
        let owner = match plan.dice.weighted(&[38, 32, 25, 5]) {
            place @ 0..3 => self.company.agents[place % self.company.agents.len()].clone(),
            _ => self.company.supervisor.clone(),
        };
        Play { plan, owner, id: None, next: Deed::Receive, passes: BTreeMap::new(), deeds: 0, taken: false }
    }

    /// Takes the matter in, as the owner's hand at the keyboard.
    pub(super) async fn receive(&self, play: &mut Play, at: Timestamp) -> AppResult<()> {
        let ctx = self.ctx.at(at);
        let moment = self.moment(at, 0, "");
        let fields = play.plan.matter.intake(&play.plan.course, &moment);
        let answer = if play.plan.course.at_once { self.known_answer(play).await? } else { None };
        let matter = Receive {
            process: play.plan.matter.process().to_owned(),
            channel: play.plan.matter.channel.to_owned(),
            fields,
            answer,
            once: Once::unkeyed(),
        };
        play.id = Some(self.app.receive(&ctx, &play.owner, matter).await?.id);
        Ok(())
    }

    /// The standard answer that the panel would show first.
    async fn known_answer(&self, play: &mut Play) -> AppResult<Option<yingda_core::AnswerId>> {
        let Some(topic) = play.plan.matter.topic() else { return Ok(None) };
        let question = play.plan.matter.words.fill(topic.subject);
        let found = self.app.similar_answers(&play.owner, &question, 1).await?;
        Ok(found.first().map(|answer| answer.id))
    }

    pub(super) fn moment<'m>(&'m self, at: Timestamp, pass: u32, hand: &'m str) -> Moment<'m> {
        Moment { at, zone: self.days.zone(), pass, hand }
    }

    /// Decides what comes next on a ticket, and when.
    async fn after(&self, play: &mut Play, at: Timestamp) -> AppResult<Option<Timestamp>> {
        play.deeds += 1;
        let Some(id) = play.id else { return Ok(None) };
        let view = self.app.ticket(&self.company.manager, id).await?;
        let Some(next) = self.choose(play, &view) else { return Ok(None) };
        let priority = Priority::from_id(view.held.ticket.priority.label()).unwrap_or_default();
        let wait = waits::before(&next, priority, play.plan.course.pace, &mut play.plan.dice);
        play.next = next;
        let mut at = self.days.after(at, wait);
        // Clerks do not act within the same second.
        at += jiff::SignedDuration::from_secs(play.plan.dice.between(3, 55));
        Ok(Some(at))
    }

    fn choose(&self, play: &mut Play, view: &TicketView) -> Option<Deed> {
        let countersigned = play.plan.course.countersigned;
        if let Some(sheet) = view.sheets.iter().find(|s| s.state == SheetState::Answered && countersigned) {
            return Some(Deed::Countersign(sheet.id));
        }
        if !view.held.ticket.state.is_running() {
            return None;
        }
        if let Some(extra) = self.due_extra(play, view) {
            return Some(Deed::Extra(extra));
        }
        let halt = play.plan.course.halt;
        if let Some(item) = view.held.work.iter().find(|w| w.kind == "sheet") {
            let sheet = view.sheets.iter().find(|s| s.token == Some(item.token) && s.state.is_open())?;
            return next_of(sheet, halt);
        }
        if halt.is_none() {
            if let Some(message) = view.messages.iter().find(|m| m.kind == Kind::ToCustomer && m.told.is_none()) {
                return Some(Deed::Told(message.id));
            }
            if let Some(sheet) = view.sheets.iter().find(|s| s.token.is_none() && s.state.is_open()) {
                return next_of(sheet, None);
            }
        }
        let item = view.held.work.iter().find(|w| w.kind == "person")?;
        let pass = play.passes.get(&item.step).copied().unwrap_or_default();
        if item.department.is_some() && view.held.ticket.assignee.is_none() && !play.taken && play.plan.dice.chance(55)
        {
            play.taken = true;
            return Some(Deed::Take { token: item.token });
        }
        let stopped = match halt {
            Some(Halt::Step(step, times)) => step == item.step && pass + 1 >= times,
            Some(Halt::SheetAnswered) => item.step == "reply",
            Some(Halt::SheetSent | Halt::SheetReceived) | None => false,
        };
        if stopped {
            return None;
        }
        play.taken = false;
        Some(Deed::Complete { token: item.token, step: item.step.clone(), pass })
    }

    fn due_extra(&self, play: &mut Play, view: &TicketView) -> Option<Extra> {
        let place = play.plan.course.extras.iter().position(|(deed, _)| *deed <= play.deeds)?;
        let (_, extra) = play.plan.course.extras[place];
        // Only a department can be the wrong one.
        if extra == Extra::Transfer && !view.held.work.iter().any(|w| w.step == "handle" && w.department.is_some()) {
            return None;
        }
        play.plan.course.extras.remove(place);
        Some(extra)
    }

    /// Starts of months inside the demonstration, the latest first.
    fn months(&self) -> Vec<Timestamp> {
        let zone = self.days.zone();
        let today = self.now.to_zoned(zone.clone()).date();
        let mut first = today.first_of_month();
        let mut months = Vec::new();
        for _ in 0..4 {
            if let Ok(start) = first.to_zoned(zone.clone()) {
                months.push(start.timestamp());
            }
            first = first.yesterday().map_or(first, |day| day.first_of_month());
        }
        months
    }

    /// On the third of each month the manager files away what was closed in the months before.
    async fn file_away(&self, months: &mut Vec<Timestamp>, at: Timestamp) -> AppResult<()> {
        const MORNING_OF_THE_THIRD: jiff::SignedDuration = jiff::SignedDuration::from_hours(24 * 2 + 10);
        while let Some(month) = months.last().copied().filter(|month| *month + MORNING_OF_THE_THIRD <= at) {
            months.pop();
            let ctx = self.ctx.at(month + MORNING_OF_THE_THIRD);
            while self.app.archive_closed_before(&ctx, &self.company.manager, month).await? > 0 {}
        }
        Ok(())
    }
}

/// A deed that the desk refused: says which, because it is this file that must be mended.
fn unruly(play: &Play, at: Timestamp, error: &AppError) -> AppError {
    let why = match error {
        AppError::Refused(refusal) => format!("{refusal:?}"),
        AppError::Store(_) | AppError::House(_) => error.to_string(),
    };
    AppError::House(format!("{:?} in {} at {at}: {why}", play.next, play.plan.matter.process()))
}

fn next_of(sheet: &Sheet, halt: Option<Halt>) -> Option<Deed> {
    match (sheet.state, halt) {
        (SheetState::Sent, Some(Halt::SheetSent)) | (SheetState::Received, Some(Halt::SheetReceived)) => None,
        (SheetState::Sent, _) => Some(Deed::Sign(sheet.id)),
        _ => Some(Deed::Answer(sheet.id)),
    }
}
