//! 我的一天: the tickets that I look after today, my recurring work, what waits for my reading, and what comes this week.

use jiff::SignedDuration;
use jiff::civil::Date;
use yingda_core::routine::Work;
use yingda_core::ticket::Ticket;
use yingda_core::{Action, Actor, Context};
use yingda_process::Form;
use yingda_store::tracked::Tracked;
use yingda_store::{routines, tracked};

use super::{Held, Routine, all};
use crate::{App, AppResult};

/// Tickets on the list; a longer one is a queue.
pub const MOST: i64 = 200;
/// How long what was missed stands on its owner's day, to be made up for.
pub const CATCH_UP: SignedDuration = SignedDuration::from_hours(24 * 14);
/// How far the coming days reach.
pub const COMING: SignedDuration = SignedDuration::from_hours(24 * 7);
/// Submissions that one reader's day shows.
const UNREAD: i64 = 50;

/// An occurrence with everything that a page needs of it.
#[derive(Debug, Clone)]
pub struct Task {
    /// The occurrence.
    pub work: Work,
    /// What recurs.
    pub routine: Routine,
    /// What has to be written down.
    pub form: Form,
    /// Whether this actor does it.
    pub may_do: bool,
    /// Whether this actor may leave it out now.
    pub may_exempt: bool,
    /// Whether this actor may read it now.
    pub may_read: bool,
}

/// Somebody's day.
#[derive(Debug, Clone)]
pub struct Day {
    /// Which, where the desk is.
    pub date: Date,
    /// My running tickets, what is due first comes first, with today's word.
    pub tickets: Vec<(Ticket, Option<Tracked>)>,
    /// How many of all my running tickets have no word of today.
    pub untracked: i64,
    /// What I have to do, overdue first.
    pub to_do: Vec<Task>,
    /// What was done or left out and was for today.
    pub done: Vec<Task>,
    /// What waits for my reading.
    pub to_read: Vec<Task>,
    /// What opens within the coming days.
    pub coming: Vec<Task>,
}

impl App {
    /// The actor's day.
    ///
    /// # Errors
    /// [`crate::AppError::Store`].
    pub async fn my_day(&self, ctx: &Context, actor: &Actor) -> AppResult<Day> {
        let directory = self.directory();
        let mut read = self.store().read().await?;
        let date = self.day_of(ctx.now);
        let words = tracked::of_day(&mut read, actor.person, date).await?;
        let tickets = tracked::open_tickets(&mut read, actor.person, MOST).await?;
        let tickets = tickets
            .into_iter()
            .map(|ticket| {
                let word = words.iter().find(|word| word.ticket == ticket.id).cloned();
                (ticket, word)
            })
            .collect();
        let untracked = tracked::untracked(&mut read, actor.person, date).await?;
        let all = all(&mut read).await?;
        let routine = |work: &Work| all.iter().find(|routine| routine.id == work.routine).cloned();
        let mut day = Day {
            date,
            tickets,
            untracked,
            to_do: Vec::new(),
            done: Vec::new(),
            to_read: Vec::new(),
            coming: Vec::new(),
        };
        let works = routines::of_person(&mut read, actor.person, ctx.now - CATCH_UP, ctx.now + COMING).await?;
        for work in works {
            let Some(routine) = routine(&work) else { continue };
            let held = Held::new(work, routine, &directory);
            if !held.may(actor, Action::DoWork) {
                continue;
            }
            let (open, today) = (held.work.may_exempt().is_ok(), self.day_of(held.work.due) >= date);
            let list = match (held.work.opens <= ctx.now, open) {
                (true, true) => &mut day.to_do,
                (true, false) if today => &mut day.done,
                (true, false) => continue,
                (false, _) => &mut day.coming,
            };
            list.push(self.task(actor, held));
        }
        day.coming.sort_by_key(|task| task.work.opens);
        for routine in all.iter().filter(|routine| routine.rule.read_by.is_some()) {
            let reader = routine.rule.read_by.as_ref().map(|whom| whom.holder(&directory));
            if !reader.is_some_and(|reader| reader.covers_actor(actor)) {
                continue;
            }
            for work in routines::unread(&mut read, routine.id, UNREAD).await? {
                let held = Held::new(work, routine.clone(), &directory);
                if held.may(actor, Action::ReadWork) {
                    day.to_read.push(self.task(actor, held));
                }
            }
        }
        Ok(day)
    }
}
