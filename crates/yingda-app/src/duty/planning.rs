//! Making a roster: by hand, by rotation, and publishing it.
//!
//! The one thing to know: somebody in two places at once is refused here; everything else that is wrong is told by the roster's
//! findings and decided by people.

use jiff::civil::Date;
use serde_json::json;
use yingda_core::duty::check;
use yingda_core::duty::rotate::{Rhythm, Wanted, propose};
use yingda_core::duty::{Origin, Shift, Span, Turn, TurnState};
use yingda_core::refusal::FieldRefusal;
use yingda_core::{Action, Actor, Context, DepartmentId, PersonId, Refusal, ShiftId, Subject, TurnId, can};
use yingda_store::Read;
use yingda_store::duty::{setup, swaps, turns};

use super::assign;
use super::notes::{About, note};
use super::now::staff;
use super::plan::{Days, Loaded};
use crate::error::taken;
use crate::{App, AppError, AppResult};

/// Where a turn is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// On which shift.
    pub shift: ShiftId,
    /// On which day.
    pub day: Date,
    /// Whom.
    pub person: PersonId,
}

/// What the rotation shall fill.
#[derive(Debug, Clone, Default)]
pub struct Propose {
    /// Any day of the month.
    pub month: Date,
    /// The shifts; none for all that may be planned.
    pub shifts: Vec<ShiftId>,
    /// The people in their order; none for all of the department.
    pub people: Vec<PersonId>,
    /// Daily or weekly.
    pub rhythm: Rhythm,
}

/// Refuses where somebody would be in two places; `but` are turns that they give away at the same time.
pub(super) async fn no_overlap(
    app: &App,
    read: &mut Read,
    person: PersonId,
    span: Span,
    but: &[TurnId],
) -> AppResult<()> {
    let mut there = turns::of_people(read, &[person], span).await?;
    there.retain(|turn| !but.contains(&turn.id));
    let Some(other) = check::overlap(&there, person, span) else { return Ok(()) };
    let shift = setup::shift(read, other.shift).await?.map(|shift| shift.name).unwrap_or_default();
    let person = app.directory().person_name(person);
    Err(Refusal::TurnsOverlap { person, day: other.day.to_string(), shift }.into())
}

impl App {
    /// Whether a place is one: the shift, if it may be planned, and its instants on that day.
    async fn checked_place(&self, read: &mut Read, actor: &Actor, place: Place) -> AppResult<(Shift, Span)> {
        let shift = setup::shift(read, place.shift).await?.ok_or_else(|| Refusal::field("shift", "not-an-option"))?;
        can(actor, Action::ManageRoster, Subject::Duty(shift.department))?;
        let mut faults = Vec::new();
        if !shift.active {
            faults.push(FieldRefusal::new("shift", "not-an-option"));
        }
        if !staff(&self.directory(), shift.department).contains(&place.person) {
            faults.push(FieldRefusal::new("person", "other-department"));
        }
        let in_range = (2000..2200).contains(&place.day.year());
        match shift.span(place.day, &self.zone()).filter(|_| in_range) {
            Some(span) if faults.is_empty() => Ok((shift, span)),
            Some(_) => Err(Refusal::Fields(faults).into()),
            None => {
                faults.push(FieldRefusal::new("day", "bad-date"));
                Err(Refusal::Fields(faults).into())
            }
        }
    }

    /// Puts somebody on a shift. A turn in a month that is published already is published with it.
    ///
    /// # Errors
    /// `TurnsOverlap`; `Taken { field: "turn" }`; a field for an unknown shift, person or day; not allowed.
    pub async fn plan_turn(&self, ctx: &Context, actor: &Actor, place: Place) -> AppResult<TurnId> {
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let (shift, span) = app.checked_place(tx, &actor, place).await?;
                    no_overlap(&app, tx, place.person, span, &[]).await?;
                    let month = Days::month(place.day)?;
                    let published = turns::published(tx, shift.department, month.from, month.until).await? > 0;
                    let turn = Turn {
                        state: if published { TurnState::Published } else { TurnState::Planned },
                        ..new_turn(&ctx, &shift, place, span, Origin::Hand)
                    };
                    turns::insert(tx, &turn).await.map_err(taken("turn"))?;
                    let body = json!({ "turn": turn.id, "shift": shift.name, "day": turn.day, "published": published });
                    note(tx, &ctx, &actor, shift.department, About::One(turn.person), ("turn-planned", body)).await?;
                    Ok(turn.id)
                })
            })
            .await
    }

    /// Moves a turn to another day, shift or person (dragging it).
    ///
    /// # Errors
    /// As [`App::plan_turn`]; stale; `DutySettled` once somebody has signed in or did not come.
    pub async fn move_turn(&self, ctx: &Context, actor: &Actor, id: TurnId, to: Place, seen: i64) -> AppResult<()> {
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let mut turn = changeable(tx, &actor, id, seen).await?;
                    let (shift, span) = app.checked_place(tx, &actor, to).await?;
                    if shift.department != turn.department {
                        return Err(Refusal::field("shift", "not-an-option").into());
                    }
                    no_overlap(&app, tx, to.person, span, &[id]).await?;
                    let was = json!({ "person": turn.person, "shift": turn.shift, "day": turn.day });
                    let before = turn.person;
                    (turn.shift, turn.day, turn.person, turn.span) = (to.shift, to.day, to.person, span);
                    turn.origin = Origin::Hand;
                    turns::update(tx, &mut turn).await.map_err(taken("turn"))?;
                    swaps::drop_about(tx, id).await?;
                    let about = if before == to.person { About::One(before) } else { About::Both(before, to.person) };
                    let body = json!({
                        "turn": id, "was": was, "person": to.person, "shift": shift.name, "day": to.day,
                    });
                    note(tx, &ctx, &actor, turn.department, about, ("turn-moved", body)).await
                })
            })
            .await
    }

    /// Takes a turn off the roster.
    ///
    /// # Errors
    /// Stale, not found, not allowed; `DutySettled` once somebody has signed in.
    pub async fn remove_turn(&self, ctx: &Context, actor: &Actor, id: TurnId, seen: i64) -> AppResult<()> {
        let (ctx, actor) = (ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let turn = changeable(tx, &actor, id, seen).await?;
                    turns::remove(tx, id).await?;
                    swaps::drop_about(tx, id).await?;
                    let body = json!({ "turn": id, "shift": turn.shift, "day": turn.day });
                    note(tx, &ctx, &actor, turn.department, About::One(turn.person), ("turn-removed", body)).await
                })
            })
            .await
    }

    /// Plans a month by rotation, from today on. Earlier proposals that nobody has published give way; what is published or was
    /// put by hand stays and counts. Gives how many turns it planned.
    ///
    /// # Errors
    /// A field for shifts or people that are not the department's; not allowed.
    pub async fn propose_roster(
        &self,
        ctx: &Context,
        actor: &Actor,
        department: DepartmentId,
        wish: Propose,
    ) -> AppResult<usize> {
        can(actor, Action::ManageRoster, Subject::Duty(department))?;
        let month = Days::month(wish.month)?;
        let days = Days { from: month.from.max(self.today(ctx.now)), until: month.until };
        if days.from > days.until {
            return Err(Refusal::field("month", "over").into());
        }
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    turns::clear(tx, department, days.from, days.until, Some(Origin::Rotation)).await?;
                    let loaded = Loaded::of(&app, tx, department, days).await?;
                    let (shifts, people) = wish.of(&loaded)?;
                    let proposed = propose(&Wanted {
                        from: days.from,
                        until: days.until,
                        shifts: &shifts,
                        people: &people,
                        rhythm: wish.rhythm,
                        turns: &loaded.turns,
                        leaves: &loaded.leaves,
                        skills: &loaded.skills,
                        off: &loaded.off,
                        rest_minutes: loaded.rule.rest_minutes,
                        zone: &loaded.zone,
                    });
                    for one in &proposed {
                        let Some(shift) = shifts.iter().find(|shift| shift.id == one.shift) else { continue };
                        let place = Place { shift: one.shift, day: one.day, person: one.person };
                        let turn = new_turn(&ctx, shift, place, one.span, Origin::Rotation);
                        turns::insert(tx, &turn).await.map_err(taken("turn"))?;
                    }
                    let body = json!({ "from": days.from, "until": days.until, "turns": proposed.len() });
                    note(tx, &ctx, &actor, department, About::Roster, ("proposed", body)).await?;
                    Ok::<_, AppError>(proposed.len())
                })
            })
            .await
    }

    /// Publishes what is planned in the month; gives how many turns. Everybody counts on it from now on.
    ///
    /// # Errors
    /// Not allowed.
    pub async fn publish_roster(
        &self,
        ctx: &Context,
        actor: &Actor,
        department: DepartmentId,
        month: Date,
    ) -> AppResult<usize> {
        can(actor, Action::ManageRoster, Subject::Duty(department))?;
        let month = Days::month(month)?;
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let published = turns::publish(tx, department, month.from, month.until).await?;
                    let body = json!({ "from": month.from, "until": month.until, "turns": published });
                    note(tx, &ctx, &actor, department, About::Roster, ("published", body)).await?;
                    assign::hand_out(&app, tx, &ctx, department).await?;
                    Ok::<_, AppError>(usize::try_from(published).unwrap_or(usize::MAX))
                })
            })
            .await
    }

    /// Throws away what is planned and not published in the month; gives how many turns.
    ///
    /// # Errors
    /// Not allowed.
    pub async fn clear_plan(
        &self,
        ctx: &Context,
        actor: &Actor,
        department: DepartmentId,
        month: Date,
    ) -> AppResult<usize> {
        can(actor, Action::ManageRoster, Subject::Duty(department))?;
        let month = Days::month(month)?;
        let (ctx, actor) = (ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let cleared = turns::clear(tx, department, month.from, month.until, None).await?;
                    let body = json!({ "from": month.from, "until": month.until, "turns": cleared });
                    note(tx, &ctx, &actor, department, About::Roster, ("cleared", body)).await?;
                    Ok::<_, AppError>(usize::try_from(cleared).unwrap_or(usize::MAX))
                })
            })
            .await
    }
}

impl Propose {
    /// The shifts and people that are meant, if they are the department's.
    fn of(&self, loaded: &Loaded) -> Result<(Vec<Shift>, Vec<PersonId>), Refusal> {
        let mut shifts: Vec<Shift> = loaded.shifts.iter().filter(|shift| shift.active).cloned().collect();
        if !self.shifts.is_empty() {
            shifts.retain(|shift| self.shifts.contains(&shift.id));
            if shifts.len() < self.shifts.len() {
                return Err(Refusal::field("shifts", "not-an-option"));
            }
        }
        if shifts.is_empty() {
            return Err(Refusal::field("shifts", "missing"));
        }
        if self.people.is_empty() {
            return Ok((shifts, loaded.people.clone()));
        }
        if self.people.iter().any(|person| !loaded.people.contains(person)) {
            return Err(Refusal::field("people", "other-department"));
        }
        let mut people = Vec::new();
        for person in &self.people {
            if !people.contains(person) {
                people.push(*person);
            }
        }
        Ok((shifts, people))
    }
}

/// A turn that may still be changed by those who make the roster.
async fn changeable(read: &mut Read, actor: &Actor, id: TurnId, seen: i64) -> AppResult<Turn> {
    let turn = turns::get(read, id).await?.ok_or(Refusal::NotFound)?;
    can(actor, Action::ManageRoster, Subject::Duty(turn.department))?;
    if turn.version != seen {
        return Err(Refusal::Stale { current: turn.version }.into());
    }
    if turn.signed_in.is_some() || turn.absent {
        return Err(Refusal::DutySettled.into());
    }
    Ok(turn)
}

pub(super) fn new_turn(ctx: &Context, shift: &Shift, place: Place, span: Span, origin: Origin) -> Turn {
    Turn {
        id: ctx.id(TurnId),
        department: shift.department,
        shift: shift.id,
        person: place.person,
        day: place.day,
        span,
        state: TurnState::Planned,
        origin,
        replaces: None,
        signed_in: None,
        signed_out: None,
        absent: false,
        note: String::new(),
        version: 1,
    }
}
