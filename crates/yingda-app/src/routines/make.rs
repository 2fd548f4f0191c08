//! Occurrences are made ahead of time, by a job that may run late, twice, or after a crash.
//!
//! The one thing to know: the days ahead are compared with what the rules, the calendar and the people give now, and only the
//! difference is written; what has opened stays as it was made. A desk that was down makes what was due meanwhile, and what is
//! past its limit is missed.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use yingda_core::routine::{Work, WorkState};
use yingda_core::{Context, PersonId, RoutineId, WorkId};
use yingda_process::routine::{Record, Share};
use yingda_store::{Tx, routines, tracked};

use super::rule::Rule;
use super::{Routine, all, dates};
use crate::calendars::OFFICE;
use crate::{App, AppError, AppResult, Directory};

/// The kind and the key of the job.
pub const ROUTINES: &str = "routines";
/// How often it runs.
pub const EVERY: SignedDuration = SignedDuration::from_mins(10);
/// How far ahead occurrences stand there, for whoever looks at the coming week.
pub const AHEAD: SignedDuration = SignedDuration::from_hours(24 * 8);
/// How far back a desk that was down makes up for; what is older was nobody's to do any more.
pub const BACK: SignedDuration = SignedDuration::from_hours(24 * 62);
/// Missed occurrences marked in one go.
const HANDFUL: i64 = 1000;

type Key = (RoutineId, Date, Option<PersonId>);

impl App {
    /// Brings the occurrences of all routines up to date.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn make_routine_work(&self, ctx: &Context) -> AppResult<()> {
        self.refresh_calendars().await?;
        let (app, ctx, directory) = (self.clone(), ctx.clone(), self.directory());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    follow_processes(&app, tx, &ctx).await?;
                    reconcile(&app, tx, &ctx, &directory).await?;
                    pass(&app, tx, &ctx).await
                })
            })
            .await
    }

    /// By when an occurrence that opens then is due.
    pub(super) fn work_due(&self, rule: &Rule, opens: Timestamp) -> Timestamp {
        dates::due(&self.calendar(OFFICE), rule.until, opens, |start, limit| self.due(start, limit))
    }
}

/// Takes over what the processes bring now; what none brings any more rests.
async fn follow_processes(app: &App, tx: &mut Tx, ctx: &Context) -> AppResult<()> {
    let mut known: BTreeMap<(String, String), Routine> =
        all(tx).await?.into_iter().map(|r| ((r.process.clone(), r.code.clone()), r)).collect();
    for process in app.processes().all_current() {
        for routine in &process.definition.routines {
            let rule = Rule::of(routine, process.definition.source.as_deref());
            match known.remove(&(process.definition.id.clone(), routine.id.clone())) {
                Some(before) if before.rule == rule && before.listed => {}
                Some(before) => {
                    let stored = Routine { rule, listed: true, ..before }.stored()?;
                    routines::follow(tx, stored.id, &stored.label, &stored.body, true).await?;
                }
                None => {
                    let new = Routine {
                        id: ctx.id(RoutineId),
                        process: process.definition.id.clone(),
                        code: routine.id.clone(),
                        rule,
                        active: true,
                        listed: true,
                        made_until: ctx.now,
                        updated: ctx.now,
                        updated_by: None,
                        version: 1,
                    };
                    routines::insert(tx, &new.stored()?).await?;
                }
            }
        }
    }
    for gone in known.into_values().filter(|routine| !routine.is_ours() && routine.listed) {
        let stored = gone.stored()?;
        routines::follow(tx, stored.id, &stored.label, &stored.body, false).await?;
    }
    Ok(())
}

/// What there should be from now on against what there is.
async fn reconcile(app: &App, tx: &mut Tx, ctx: &Context, directory: &Directory) -> AppResult<()> {
    let now = ctx.now;
    let all = all(tx).await?;
    let earliest = now - BACK;
    let running = || all.iter().filter(|routine| routine.runs());
    let from = running().map(|routine| routine.made_until.max(earliest)).min().unwrap_or(now).min(now);
    let mut there: BTreeMap<Key, Work> = routines::opening(tx, from, now + AHEAD + BACK)
        .await?
        .into_iter()
        .map(|work| ((work.routine, work.day, work.person), work))
        .collect();
    for routine in running() {
        let after = routine.made_until.max(earliest).min(now);
        for work in wanted(app, ctx, directory, routine, after) {
            match there.remove(&(work.routine, work.day, work.person)) {
                None => drop(routines::add_work(tx, &work).await?),
                Some(before) => {
                    let moved = (before.opens, before.due, &before.label) != (work.opens, work.due, &work.label);
                    if moved && before.opens > now && before.state == WorkState::Open {
                        routines::move_work(tx, &Work { id: before.id, ..work }).await?;
                    }
                }
            }
        }
        routines::made(tx, routine.id, now).await?;
    }
    // A rest that does not run starts afresh when it runs again.
    for routine in all.iter().filter(|routine| !routine.runs()) {
        routines::made(tx, routine.id, now).await?;
    }
    for left in there.into_values().filter(|work| work.opens > now && work.state == WorkState::Open) {
        routines::drop_work(tx, left.id).await?;
    }
    Ok(())
}

/// The occurrences that a routine should have from an instant to the horizon.
fn wanted(app: &App, ctx: &Context, directory: &Directory, routine: &Routine, after: Timestamp) -> Vec<Work> {
    let people: Vec<Option<PersonId>> = match routine.rule.share {
        Share::One => vec![None],
        Share::Each => routine.rule.who.people(directory).iter().map(|person| Some(person.id)).collect(),
    };
    let calendar = app.calendar(OFFICE);
    let mut works = Vec::new();
    for occurrence in dates::between(&calendar, &routine.rule.when, after, ctx.now + AHEAD) {
        let due = app.work_due(&routine.rule, occurrence.opens);
        works.extend(people.iter().map(|person| blank(ctx, routine, occurrence.day, *person, occurrence.opens, due)));
    }
    works
}

/// An occurrence that nobody has touched.
pub(super) fn blank(
    ctx: &Context,
    routine: &Routine,
    day: Date,
    person: Option<PersonId>,
    opens: Timestamp,
    due: Timestamp,
) -> Work {
    Work {
        id: ctx.id(WorkId),
        routine: routine.id,
        label: routine.rule.label.clone(),
        day,
        person,
        opens,
        due,
        state: WorkState::Open,
        record: Vec::new(),
        reason: String::new(),
        done_by: None,
        done: None,
        read_by: None,
        read: None,
        mark: None,
        remark: String::new(),
        version: 1,
    }
}

/// Marks what is past its limit. Whoever had no ticket to say a word on has said it.
async fn pass(app: &App, tx: &mut Tx, ctx: &Context) -> AppResult<()> {
    let tracking: Vec<RoutineId> =
        all(tx).await?.iter().filter(|r| r.rule.record == Record::Tickets).map(|r| r.id).collect();
    loop {
        let passed = routines::passed(tx, ctx.now, HANDFUL).await?;
        let count = passed.len();
        for mut work in passed {
            let idle = match work.person.filter(|_| tracking.contains(&work.routine)) {
                Some(person) => tracked::untracked(tx, person, app.day_of(work.opens)).await? == 0,
                None => false,
            };
            if idle {
                work.state = WorkState::Submitted;
                work.done = Some(work.due);
                work.done_by = work.person;
            } else {
                work.state = WorkState::Missed;
            }
            routines::update_work(tx, &mut work).await?;
        }
        if i64::try_from(count).unwrap_or_default() < HANDFUL {
            return Ok::<_, AppError>(());
        }
    }
}
