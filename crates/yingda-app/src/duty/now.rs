//! Who is on duty at an instant, and when somebody is back.
//!
//! The one thing to know: a department with a published roster is on duty by it and by nothing else; one without is on duty, all
//! of it, in the office's working time. Whoever is on approved leave, did not come or has signed out is not on duty.

use jiff::Timestamp;
use jiff::civil::Date;
use yingda_core::duty::check::is_on_leave;
use yingda_core::duty::{Asked, Leave, Presence, Span, Turn};
use yingda_core::{Action, Actor, Context, DepartmentId, Person, PersonId, Role, Subject, can};
use yingda_store::Read;
use yingda_store::duty::{leaves, turns};

use crate::calendars::OFFICE;
use crate::{App, AppResult, Directory};

/// Leaves and turns looked at for the next time somebody is there; beyond them nobody knows.
const STEPS: usize = 100;

/// By what a department is on duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// By its published roster.
    Roster,
    /// It has none: by the office's working time, all of it.
    Office,
}

/// Somebody on duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnDuty {
    /// Who.
    pub person: PersonId,
    /// Their turn; `None` in the office's working time.
    pub turn: Option<Turn>,
}

/// A department's duty at an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyNow {
    /// By what.
    pub basis: Basis,
    /// Who is on duty.
    pub people: Vec<OnDuty>,
    /// When somebody is on duty next, where nobody is.
    pub opens: Option<Timestamp>,
}

/// The people of a department who are on duty at an instant, in the order of their ids.
///
/// # Errors
/// [`crate::AppError::Store`].
pub async fn on_duty(app: &App, read: &mut Read, department: DepartmentId, at: Timestamp) -> AppResult<Vec<PersonId>> {
    let mut people: Vec<PersonId> =
        there(app, read, department, at).await?.1.into_iter().map(|one| one.person).collect();
    people.dedup();
    Ok(people)
}

/// Where somebody is at an instant, and when they are back.
///
/// # Errors
/// [`crate::AppError::Store`].
pub async fn presence(app: &App, read: &mut Read, person: PersonId, at: Timestamp) -> AppResult<Presence> {
    let directory = app.directory();
    let Some(who) = directory.people.get(&person).filter(|who| who.active) else {
        return Ok(Presence::OffDuty { back: None });
    };
    let leave = leaves_from(read, &[person], at).await?;
    if let Some(until) = leave_until(&leave, person, at) {
        let back = back(app, read, who, until, &leave).await?;
        return Ok(Presence::OnLeave { back });
    }
    let here = there(app, read, who.department, at).await?.1;
    if here.iter().any(|one| one.person == person) {
        return Ok(Presence::OnDuty);
    }
    Ok(Presence::OffDuty { back: back(app, read, who, at, &leave).await? })
}

/// When somebody of a department is on duty next, at an instant or after it.
pub(crate) async fn opens(
    app: &App,
    read: &mut Read,
    department: DepartmentId,
    at: Timestamp,
) -> AppResult<Option<Timestamp>> {
    let staff = staff(&app.directory(), department);
    let leave = leaves_from(read, &staff, at).await?;
    if turns::has_roster(read, department).await? {
        let next = turns::next(read, department, at, STEPS as i64).await?;
        let manned = |turn: &&Turn| staff.contains(&turn.person) && !is_on_leave(&leave, turn.person, turn.span);
        return Ok(next.iter().find(manned).map(|turn| turn.span.from));
    }
    let calendar = app.calendar(OFFICE);
    let mut at = at;
    for _ in 0..STEPS {
        let Ok(next) = calendar.next_working(at) else { return Ok(None) };
        let gone: Vec<Timestamp> = staff.iter().filter_map(|person| leave_until(&leave, *person, next)).collect();
        match gone.into_iter().min().filter(|_| staff.iter().all(|p| leave_until(&leave, *p, next).is_some())) {
            None if staff.is_empty() => return Ok(None),
            None => return Ok(Some(next)),
            Some(first_back) => at = first_back,
        }
    }
    Ok(None)
}

/// The people of a department who can be rostered: they still work here, and not only as administrators.
pub(crate) fn staff(directory: &Directory, department: DepartmentId) -> Vec<PersonId> {
    directory.members(department).filter(|person| works(person)).map(|person| person.id).collect()
}

fn works(person: &Person) -> bool {
    person.roles.0.iter().any(|role| *role != Role::Administrator)
}

async fn there(app: &App, read: &mut Read, department: DepartmentId, at: Timestamp) -> AppResult<(Basis, Vec<OnDuty>)> {
    let staff = staff(&app.directory(), department);
    let (basis, mut people) = if turns::has_roster(read, department).await? {
        let mut current = turns::current(read, department, at).await?;
        current.retain(|turn| staff.contains(&turn.person) && turn.signed_out.is_none_or(|out| at < out));
        let people = current.into_iter().map(|turn| OnDuty { person: turn.person, turn: Some(turn) }).collect();
        (Basis::Roster, people)
    } else if app.calendar(OFFICE).is_working(at).unwrap_or(false) {
        (Basis::Office, staff.into_iter().map(|person| OnDuty { person, turn: None }).collect())
    } else {
        (Basis::Office, Vec::new())
    };
    let ids: Vec<PersonId> = people.iter().map(|one| one.person).collect();
    let leave = leaves::of_people(read, &ids, instant_span(at)).await?;
    people.retain(|one| leave_until(&leave, one.person, at).is_none());
    Ok((basis, people))
}

/// The next instant at or after another at which somebody is on duty.
async fn back(
    app: &App,
    read: &mut Read,
    who: &Person,
    at: Timestamp,
    leave: &[Leave],
) -> AppResult<Option<Timestamp>> {
    if turns::has_roster(read, who.department).await? {
        let coming = turns::of_person(read, who.id, at, STEPS as i64).await?;
        // A turn under way counts from now on, unless it was signed out of.
        let starts = coming.into_iter().filter(|turn| turn.signed_out.is_none()).map(|turn| turn.span.from.max(at));
        let mut starts: Vec<Timestamp> = starts.collect();
        starts.sort_unstable();
        return Ok(starts.into_iter().find(|start| leave_until(leave, who.id, *start).is_none()));
    }
    if !works(who) {
        return Ok(None);
    }
    let calendar = app.calendar(OFFICE);
    let mut at = at;
    for _ in 0..STEPS {
        let Ok(next) = calendar.next_working(at) else { return Ok(None) };
        match leave_until(leave, who.id, next) {
            None => return Ok(Some(next)),
            Some(until) => at = until,
        }
    }
    Ok(None)
}

/// The end of the approved leave in which an instant lies.
fn leave_until(leave: &[Leave], person: PersonId, at: Timestamp) -> Option<Timestamp> {
    let holds = |one: &&Leave| one.person == person && one.state == Asked::Approved && one.span.holds(at);
    leave.iter().filter(holds).map(|one| one.span.to).max()
}

async fn leaves_from(read: &mut Read, people: &[PersonId], at: Timestamp) -> AppResult<Vec<Leave>> {
    Ok(leaves::of_people(read, people, Span { from: at, to: Timestamp::MAX }).await?)
}

fn instant_span(at: Timestamp) -> Span {
    Span { from: at, to: at.checked_add(jiff::SignedDuration::from_micros(1)).unwrap_or(at) }
}

impl App {
    /// Who of a department is on duty now.
    ///
    /// # Errors
    /// [`yingda_core::Refusal::NotFound`] for another department's people.
    pub async fn duty_now(&self, ctx: &Context, actor: &Actor, department: DepartmentId) -> AppResult<DutyNow> {
        can(actor, Action::SeeRoster, Subject::Duty(department))?;
        let mut read = self.store().read().await?;
        let (basis, people) = there(self, &mut read, department, ctx.now).await?;
        let opens = if people.is_empty() { opens(self, &mut read, department, ctx.now).await? } else { None };
        Ok(DutyNow { basis, people, opens })
    }

    /// The date at the desk, by the office's zone.
    pub(crate) fn today(&self, now: Timestamp) -> Date {
        now.to_zoned(self.zone()).date()
    }
}
