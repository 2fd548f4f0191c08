//! Leave: asked for by whoever takes it, approved by those who make the roster; or recorded by them, and then approved at once.

use jiff::Timestamp;
use serde_json::json;
use yingda_core::duty::{Asked, Leave, LeaveKind, Span, Turn, TurnState};
use yingda_core::{Action, Actor, Context, DepartmentId, LeaveId, PersonId, Refusal, Role, Subject, can};
use yingda_store::Read;
use yingda_store::duty::{leaves, turns};

use super::notes::{About, inform, leads, note};
use super::now::staff;
use super::setup::{Faults, day};
use crate::assignment::limited;
use crate::notices::Kind;
use crate::{App, AppError, AppResult, Directory, Once};

/// Longest leave, in days.
const LONGEST: i64 = 366;

/// A leave as it is typed.
#[derive(Debug, Clone, Default)]
pub struct LeaveText {
    /// Whose; `None` for the actor's own.
    pub person: Option<PersonId>,
    /// The first day, `2026-11-02`, or with a time, `2026-11-02 13:30`.
    pub from: String,
    /// The last day, with it; or with a time, the instant at which they are back.
    pub to: String,
    /// What for.
    pub kind: LeaveKind,
    /// In their words.
    pub reason: String,
    /// Against doing it twice.
    pub once: Once,
}

/// What somebody says to what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Yes.
    Yes,
    /// No.
    No,
}

/// A leave and the published turns that it would leave empty.
#[derive(Debug, Clone)]
pub struct LeaveView {
    /// The leave.
    pub leave: Leave,
    /// Turns of the same person in that time.
    pub turns: Vec<Turn>,
    /// Whether the actor may decide about it now.
    pub may_decide: bool,
    /// Whether the actor may take it back now.
    pub may_withdraw: bool,
}

/// Which end of a leave a text names: a day without a time counts whole.
#[derive(Clone, Copy)]
enum End {
    First,
    Last,
}

impl App {
    fn leave_end(&self, field: &str, text: &str, end: End) -> Result<Timestamp, Refusal> {
        let zone = self.zone();
        if let Some(at) = yingda_process::instant(text.trim(), &zone) {
            return Ok(at);
        }
        let day = day(field, text)?;
        let day = match end {
            End::First => Some(day),
            End::Last => day.tomorrow().ok(),
        };
        let start = day.and_then(|day| day.to_zoned(zone).ok());
        start.map(|start| start.timestamp()).ok_or_else(|| Refusal::field(field, "bad-date"))
    }

    /// Asks for leave; approved at once where whoever makes the roster records it for somebody else.
    ///
    /// # Errors
    /// Fields at fault; not allowed for other people's leave.
    pub async fn ask_leave(&self, ctx: &Context, actor: &Actor, text: LeaveText) -> AppResult<LeaveId> {
        let person = text.person.unwrap_or(actor.person);
        let department = self.department_of(person)?;
        let own = person == actor.person;
        if !own {
            can(actor, Action::ManageRoster, Subject::Duty(department))?;
        }
        let mut faults = Faults::default();
        let from = faults.keep(self.leave_end("from", &text.from, End::First));
        let to = faults.keep(self.leave_end("to", &text.to, End::Last));
        let reason = faults.keep(limited("reason", &text.reason));
        faults.none_or_refuse()?;
        let days = (to.as_second() - from.as_second()) / 86_400;
        if to <= from {
            return Err(Refusal::field("to", "ends-before-it-begins").into());
        }
        if days > LONGEST {
            return Err(Refusal::field("to", "too-far").into());
        }
        let leave = Leave {
            id: ctx.id(LeaveId),
            person,
            span: Span { from, to },
            kind: text.kind,
            reason,
            state: if own { Asked::Open } else { Asked::Approved },
            asked_by: actor.person,
            asked: ctx.now,
            decided_by: if own { None } else { Some(actor.person) },
            decided: if own { None } else { Some(ctx.now) },
            version: 1,
        };
        let (app, ctx, actor, once) = (self.clone(), ctx.clone(), actor.clone(), text.once);
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    if let Some(before) = once.before(tx, actor.person).await? {
                        return before.parse().map_err(|_| Refusal::KeyReused.into());
                    }
                    leaves::insert(tx, &leave).await?;
                    let kind = if own { "leave-asked" } else { "leave-recorded" };
                    let body = json!({ "leave": leave.id, "from": from, "to": to, "kind": leave.kind });
                    note(tx, &ctx, &actor, department, About::One(person), (kind, body)).await?;
                    let (word, people) = if own {
                        (Kind::Review, leads(&app, department))
                    } else {
                        (Kind::Other("leave".to_owned()), vec![person])
                    };
                    inform(&app, tx, &ctx, &actor, word, named(&app, &leave), &people).await?;
                    once.remember(tx, &ctx, actor.person, &leave.id.to_string()).await?;
                    Ok(leave.id)
                })
            })
            .await
    }

    /// Approves or refuses leave; nobody decides about their own, unless nobody else leads the department.
    ///
    /// # Errors
    /// Not allowed, stale, `DutySettled`.
    pub async fn decide_leave(
        &self,
        ctx: &Context,
        actor: &Actor,
        id: LeaveId,
        verdict: Verdict,
        seen: i64,
    ) -> AppResult<()> {
        let directory = self.directory();
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let mut leave = leaves::get(tx, id).await?.ok_or(Refusal::NotFound)?;
                    let department = app.department_of(leave.person)?;
                    may_decide(&directory, &actor, department, &[leave.person])?;
                    unchanged(leave.version, seen)?;
                    if leave.state != Asked::Open {
                        return Err(Refusal::DutySettled.into());
                    }
                    let (state, kind) = match verdict {
                        Verdict::Yes => (Asked::Approved, "leave-approved"),
                        Verdict::No => (Asked::Refused, "leave-refused"),
                    };
                    (leave.state, leave.decided_by, leave.decided) = (state, Some(actor.person), Some(ctx.now));
                    leaves::update(tx, &mut leave).await?;
                    let body = json!({ "leave": id, "from": leave.span.from, "to": leave.span.to, "kind": leave.kind });
                    note(tx, &ctx, &actor, department, About::One(leave.person), (kind, body)).await?;
                    let kind = Kind::Other("leave".to_owned());
                    inform(&app, tx, &ctx, &actor, kind, named(&app, &leave), &[leave.person]).await
                })
            })
            .await
    }

    /// Takes leave back: one's own, or anybody's of the department for those who make the roster. One that has begun ends now.
    ///
    /// # Errors
    /// Not allowed, stale, `DutySettled` where it is over.
    pub async fn withdraw_leave(&self, ctx: &Context, actor: &Actor, id: LeaveId, seen: i64) -> AppResult<()> {
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let mut leave = leaves::get(tx, id).await?.ok_or(Refusal::NotFound)?;
                    let department = app.department_of(leave.person)?;
                    if leave.person != actor.person {
                        can(&actor, Action::ManageRoster, Subject::Duty(department))?;
                    }
                    unchanged(leave.version, seen)?;
                    if !matches!(leave.state, Asked::Open | Asked::Approved) || leave.span.to <= ctx.now {
                        return Err(Refusal::DutySettled.into());
                    }
                    if leave.state == Asked::Approved && leave.span.from < ctx.now {
                        // What was taken of it was taken.
                        leave.span.to = ctx.now;
                    } else {
                        leave.state = Asked::Withdrawn;
                    }
                    leaves::update(tx, &mut leave).await?;
                    let body = json!({ "leave": id, "from": leave.span.from, "to": leave.span.to, "kind": leave.kind });
                    note(tx, &ctx, &actor, department, About::One(leave.person), ("leave-withdrawn", body)).await
                })
            })
            .await
    }

    /// The leave of a department's people that is not over, by its beginning: all of it for those who make the roster, for others
    /// their own.
    ///
    /// # Errors
    /// Not found.
    pub async fn leaves(&self, ctx: &Context, actor: &Actor, department: DepartmentId) -> AppResult<Vec<LeaveView>> {
        can(actor, Action::SeeRoster, Subject::Duty(department))?;
        let all = can(actor, Action::ManageRoster, Subject::Duty(department)).is_ok();
        let mut people = staff(&self.directory(), department);
        people.retain(|person| all || *person == actor.person);
        let mut read = self.store().read().await?;
        self.leave_views(&mut read, ctx, actor, &people).await
    }

    pub(super) async fn leave_views(
        &self,
        read: &mut Read,
        ctx: &Context,
        actor: &Actor,
        people: &[PersonId],
    ) -> AppResult<Vec<LeaveView>> {
        let directory = self.directory();
        let found = leaves::of_people(read, people, Span { from: ctx.now, to: Timestamp::MAX }).await?;
        let mut views = Vec::new();
        for leave in found {
            let mut turns = turns::of_people(read, &[leave.person], leave.span).await?;
            turns.retain(|turn| turn.state == TurnState::Published && !turn.absent);
            let department = self.department_of(leave.person)?;
            let manages = can(actor, Action::ManageRoster, Subject::Duty(department)).is_ok();
            views.push(LeaveView {
                turns,
                may_decide: leave.state == Asked::Open
                    && may_decide(&directory, actor, department, &[leave.person]).is_ok(),
                may_withdraw: manages || leave.person == actor.person,
                leave,
            });
        }
        Ok(views)
    }
}

/// A leave as lists of notices name it.
fn named(app: &App, leave: &Leave) -> (String, String, String) {
    let day = leave.span.from.to_zoned(app.zone()).date();
    let label = format!("{} {day}", app.directory().person_name(leave.person));
    (format!("leave:{}:{}", leave.id, leave.state.as_str()), leave.id.to_string(), label)
}

/// Whether somebody may decide about what others ask: those who make the roster. About what they ask themselves only where nobody
/// else leads the department.
pub(super) fn may_decide(
    directory: &Directory,
    actor: &Actor,
    department: DepartmentId,
    involved: &[PersonId],
) -> Result<(), Refusal> {
    can(actor, Action::ManageRoster, Subject::Duty(department))?;
    if !involved.contains(&actor.person) {
        return Ok(());
    }
    let leads = |person: &&yingda_core::Person| {
        !involved.contains(&person.id)
            && !person.roles.has(Role::Administrator)
            && can(&Actor::from(*person), Action::ManageRoster, Subject::Duty(department)).is_ok()
    };
    if directory.members(department).any(|person| leads(&person)) { Err(Refusal::NotAllowed) } else { Ok(()) }
}

pub(super) fn unchanged(version: i64, seen: i64) -> Result<(), AppError> {
    if version == seen { Ok(()) } else { Err(Refusal::Stale { current: version }.into()) }
}
