//! Hand-overs (交接班): drawn up by themselves, signed by both sides, and then what is open follows (R-173, R-174, T51, T60, T70).
//!
//! The one thing to know: a draft's list of tickets follows the desk; the outgoing signature lays it down; the incoming signature
//! gives what is still as it was laid down to those who come on. Owners (首接负责) never change here.

use jiff::SignedDuration;
use jiff::civil::Date;
use serde_json::json;
use yingda_core::duty::handover::{Handover, HandoverState, HandoverTicket, Remarks, in_order};
use yingda_core::duty::{Shift, Span, Turn, TurnState};
use yingda_core::{
    Action, Actor, Context, DepartmentId, HandoverId, PersonId, Refusal, ShiftId, Subject, TicketId, can,
};
use yingda_store::duty::{handovers, setup, turns};
use yingda_store::{Read, Tx, tickets};

use super::leave::unchanged;
use super::notes::{About, inform, note};
use super::setup::Faults;
use crate::apply;
use crate::assignment::limited;
use crate::notices::{self, Kind};
use crate::{App, AppError, AppResult};

/// Most tickets on one hand-over.
const MOST: i64 = 500;
/// How long before its end a shift may be handed over.
pub(super) const AHEAD: SignedDuration = SignedDuration::from_hours(2);
/// How far back shifts that nobody handed over are still named.
const BACK: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Where nobody comes on at the very end of a shift, those who come on within this time take it over.
const NEXT: SignedDuration = SignedDuration::from_hours(36);

/// What the outgoing side says of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketMark {
    /// Which.
    pub ticket: TicketId,
    /// The customer has a special need.
    pub flagged: bool,
    /// It stays with whoever has it.
    pub stays: bool,
    /// A remark.
    pub note: String,
}

/// A hand-over as the outgoing side fills it in.
#[derive(Debug, Clone, Default)]
pub struct HandoverText {
    /// Key points, needs, what is unfinished, the night's log.
    pub remarks: Remarks,
    /// Marks on tickets; tickets that are not named have none.
    pub tickets: Vec<TicketMark>,
}

/// Everything on a hand-over's page.
#[derive(Debug, Clone)]
pub struct HandoverView {
    /// The record.
    pub handover: Handover,
    /// The shift that ends.
    pub shift: Shift,
    /// The tickets: as they are while it is a draft, as they were once it is signed. What is due first comes first.
    pub tickets: Vec<HandoverTicket>,
    /// Who comes on; empty where nobody is rostered (then anybody of the department may take over).
    pub incoming: Vec<PersonId>,
    /// What the actor may do now.
    pub may: MayHandover,
}

/// What somebody may do on a hand-over now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "one answer for each deed")]
pub struct MayHandover {
    /// Write on it.
    pub edit: bool,
    /// Sign for the outgoing side (a night's log may still be missing).
    pub hand: bool,
    /// Sign for the incoming side.
    pub take: bool,
    /// Mark the night's log as read.
    pub read: bool,
}

/// A shift that has ended, or ends within two hours, and has no hand-over that both signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverDue {
    /// The department.
    pub department: DepartmentId,
    /// The shift.
    pub shift: ShiftId,
    /// The day on which it began.
    pub day: Date,
    /// When it ends.
    pub ends: jiff::Timestamp,
    /// Whether a night's log is due with it (T60).
    pub night: bool,
    /// The record, where it is drawn up.
    pub handover: Option<HandoverId>,
}

impl App {
    /// Draws a hand-over up for a shift on a day; gives the one that is there where there is one already.
    ///
    /// # Errors
    /// A field for a shift that nobody had that day; not allowed for people who were not on it and do not make the roster.
    pub async fn draw_up_handover(
        &self,
        ctx: &Context,
        actor: &Actor,
        shift: ShiftId,
        day: Date,
    ) -> AppResult<HandoverId> {
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let shift = setup::shift(tx, shift).await?.ok_or(Refusal::NotFound)?;
                    can(&actor, Action::SeeHandovers, Subject::Duty(shift.department))?;
                    if let Some(there) = handovers::of_shift(tx, shift.id, day).await? {
                        return Ok(there.id);
                    }
                    let outgoing = outgoing(tx, shift.id, day).await?;
                    if outgoing.is_empty() {
                        return Err(Refusal::field("shift", "nobody-on-duty").into());
                    }
                    if !outgoing.contains(&actor.person) {
                        can(&actor, Action::ManageRoster, Subject::Duty(shift.department))?;
                    }
                    let span = shift.span(day, &app.zone()).ok_or_else(|| Refusal::field("day", "bad-date"))?;
                    if ctx.now < span.from {
                        return Err(Refusal::TooEarly.into());
                    }
                    let handover = Handover {
                        id: ctx.id(HandoverId),
                        department: shift.department,
                        shift: shift.id,
                        day,
                        span,
                        night: shift.night,
                        outgoing,
                        remarks: Remarks::default(),
                        state: HandoverState::Draft,
                        drawn: ctx.now,
                        handed_by: None,
                        handed: None,
                        taken_by: None,
                        taken: None,
                        read_by: None,
                        read: None,
                        version: 1,
                    };
                    handovers::insert(tx, &handover).await?;
                    Ok::<_, AppError>(handover.id)
                })
            })
            .await
    }

    /// A hand-over as it stands.
    ///
    /// # Errors
    /// Not found.
    pub async fn handover(&self, ctx: &Context, actor: &Actor, id: HandoverId) -> AppResult<HandoverView> {
        let mut read = self.store().read().await?;
        let handover = held(&mut read, actor, id).await?;
        let shift = setup::shift(&mut read, handover.shift).await?.ok_or(Refusal::NotFound)?;
        let tickets = listed(&mut read, &handover).await?;
        let incoming = match handover.state {
            HandoverState::Taken => took(&handover, &tickets),
            HandoverState::Draft | HandoverState::Handed => self.incoming(&mut read, &handover).await?,
        };
        let person = actor.person;
        let stands = can(actor, Action::StandDuty, Subject::Duty(handover.department)).is_ok();
        let reads = can(actor, Action::ReadNightLog, Subject::Duty(handover.department)).is_ok();
        let may = MayHandover {
            edit: handover.may_edit(person).is_ok(),
            hand: handover.may_edit(person).is_ok() && ctx.now + AHEAD >= handover.span.to,
            take: stands && handover.may_take(person, &incoming).is_ok(),
            read: reads && may_read(&handover, person).is_ok() && handover.read.is_none(),
        };
        Ok(HandoverView { handover, shift, tickets, incoming, may })
    }

    /// Keeps what the outgoing side writes.
    ///
    /// # Errors
    /// `HandoverSigned`, stale, fields too long, not allowed.
    pub async fn edit_handover(&self, actor: &Actor, id: HandoverId, text: HandoverText, seen: i64) -> AppResult<()> {
        let remarks = checked(&text.remarks)?;
        let mut faults = Faults::default();
        let marks: Vec<TicketMark> = text
            .tickets
            .iter()
            .map(|mark| TicketMark { note: faults.keep(limited("note", &mark.note)), ..mark.clone() })
            .collect();
        faults.none_or_refuse()?;
        let actor = actor.clone();
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let mut handover = held(tx, &actor, id).await?;
                    handover.may_edit(actor.person)?;
                    unchanged(handover.version, seen)?;
                    handover.remarks = remarks;
                    let mut tickets = listed(tx, &handover).await?;
                    for one in &mut tickets {
                        let mark = marks.iter().find(|mark| mark.ticket == one.ticket);
                        one.flagged = mark.is_some_and(|mark| mark.flagged);
                        one.stays = mark.is_some_and(|mark| mark.stays);
                        one.note = mark.map(|mark| mark.note.clone()).unwrap_or_default();
                    }
                    handovers::put_tickets(tx, id, &tickets).await?;
                    Ok(handovers::update(tx, &mut handover).await?)
                })
            })
            .await
    }

    /// The outgoing side signs: the list of tickets is laid down as it is now. From two hours before the shift ends.
    ///
    /// # Errors
    /// `HandoverSigned`; the field `summary` where a night's log is missing; `TooEarly`; stale; not allowed.
    pub async fn hand_over(&self, ctx: &Context, actor: &Actor, id: HandoverId, seen: i64) -> AppResult<()> {
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let mut handover = held(tx, &actor, id).await?;
                    handover.may_hand(actor.person)?;
                    unchanged(handover.version, seen)?;
                    if ctx.now + AHEAD < handover.span.to {
                        return Err(Refusal::TooEarly.into());
                    }
                    let tickets = listed(tx, &handover).await?;
                    handovers::put_tickets(tx, id, &tickets).await?;
                    handover.state = HandoverState::Handed;
                    (handover.handed_by, handover.handed) = (Some(actor.person), Some(ctx.now));
                    handovers::update(tx, &mut handover).await?;
                    let body = json!({
                        "handover": id, "shift": handover.shift, "day": handover.day, "tickets": tickets.len(),
                    });
                    let department = handover.department;
                    note(tx, &ctx, &actor, department, About::One(actor.person), ("handed-over", body)).await?;
                    let shift = setup::shift(tx, handover.shift).await?.map(|shift| shift.name).unwrap_or_default();
                    let named = (format!("handover:{id}"), id.to_string(), format!("{shift} {}", handover.day));
                    let incoming = app.incoming(tx, &handover).await?;
                    inform(&app, tx, &ctx, &actor, Kind::Handover, named, &incoming).await
                })
            })
            .await
    }

    /// The incoming side signs: what is open and named follows to those who come on; owners stay.
    ///
    /// # Errors
    /// `NotHandedOver`, `SameSigner`, `HandoverSigned`, stale, not allowed.
    pub async fn take_over(&self, ctx: &Context, actor: &Actor, id: HandoverId, seen: i64) -> AppResult<()> {
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let mut handover = held(tx, &actor, id).await?;
                    can(&actor, Action::StandDuty, Subject::Duty(handover.department))?;
                    let mut incoming = app.incoming(tx, &handover).await?;
                    handover.may_take(actor.person, &incoming)?;
                    unchanged(handover.version, seen)?;
                    if incoming.is_empty() {
                        incoming.push(actor.person);
                    }
                    let mut lines = listed(tx, &handover).await?;
                    follow(&app, tx, &ctx, &actor, &handover, &incoming, &mut lines).await?;
                    handovers::put_tickets(tx, id, &lines).await?;
                    handover.state = HandoverState::Taken;
                    (handover.taken_by, handover.taken) = (Some(actor.person), Some(ctx.now));
                    handovers::update(tx, &mut handover).await?;
                    let followed = lines.iter().filter(|line| line.to.is_some()).count();
                    let body = json!({
                        "handover": id, "shift": handover.shift, "day": handover.day, "from": handover.handed_by,
                        "followed": followed,
                    });
                    let about = match handover.handed_by {
                        Some(from) => About::Both(from, actor.person),
                        None => About::One(actor.person),
                    };
                    note(tx, &ctx, &actor, handover.department, about, ("taken-over", body)).await
                })
            })
            .await
    }

    /// The supervisor has read the night's log. A second time changes nothing.
    ///
    /// # Errors
    /// `NotHandedOver`, `SameSigner` for whoever wrote it, not allowed.
    pub async fn read_night_log(&self, ctx: &Context, actor: &Actor, id: HandoverId) -> AppResult<()> {
        let (ctx, actor) = (ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let handover = held(tx, &actor, id).await?;
                    can(&actor, Action::ReadNightLog, Subject::Duty(handover.department))?;
                    may_read(&handover, actor.person)?;
                    if handover.read.is_some() {
                        return Ok(());
                    }
                    handovers::mark_read(tx, id, actor.person, ctx.now).await?;
                    let body = json!({ "handover": id, "day": handover.day });
                    note(tx, &ctx, &actor, handover.department, About::Roster, ("night-log-read", body)).await
                })
            })
            .await
    }

    /// A department's hand-overs, newest first: those with ids below `before`, at most `limit`.
    ///
    /// # Errors
    /// Not found, not allowed.
    pub async fn handovers(
        &self,
        actor: &Actor,
        department: DepartmentId,
        before: Option<HandoverId>,
        limit: i64,
    ) -> AppResult<Vec<Handover>> {
        can(actor, Action::SeeHandovers, Subject::Duty(department))?;
        let mut read = self.store().read().await?;
        let before = before.map_or(i64::MAX, HandoverId::get);
        Ok(handovers::page(&mut read, department, before, limit.clamp(1, 200)).await?)
    }

    /// The shifts of the last seven days that are not handed over, the oldest first.
    ///
    /// # Errors
    /// Not found, not allowed.
    pub async fn handovers_due(
        &self,
        ctx: &Context,
        actor: &Actor,
        department: DepartmentId,
    ) -> AppResult<Vec<HandoverDue>> {
        can(actor, Action::SeeHandovers, Subject::Duty(department))?;
        let mut read = self.store().read().await?;
        Ok(self.due_in(&mut read, ctx, department).await?.into_iter().map(|(due, _, _)| due).collect())
    }

    /// What is not handed over, with who was on the shift and the record.
    pub(super) async fn due_in(
        &self,
        read: &mut Read,
        ctx: &Context,
        department: DepartmentId,
    ) -> AppResult<Vec<(HandoverDue, Vec<PersonId>, Option<Handover>)>> {
        let span = Span { from: ctx.now - BACK, to: ctx.now + AHEAD };
        let shifts = setup::shifts(read, department).await?;
        let mut grouped: Vec<(Turn, Vec<PersonId>)> = Vec::new();
        for turn in turns::ending(read, department, span).await? {
            match grouped.iter_mut().find(|(first, _)| first.shift == turn.shift && first.day == turn.day) {
                Some((_, people)) => people.push(turn.person),
                None => grouped.push((turn.clone(), vec![turn.person])),
            }
        }
        let mut due = Vec::new();
        for (turn, people) in grouped {
            let handover = handovers::of_shift(read, turn.shift, turn.day).await?;
            if handover.as_ref().is_some_and(|handover| handover.state == HandoverState::Taken) {
                continue;
            }
            let one = HandoverDue {
                department,
                shift: turn.shift,
                day: turn.day,
                ends: turn.span.to,
                night: shifts.iter().any(|shift| shift.id == turn.shift && shift.night),
                handover: handover.as_ref().map(|handover| handover.id),
            };
            due.push((one, people, handover));
        }
        Ok(due)
    }

    /// Who comes on when a shift ends: those on duty at that instant; where nobody is, those who come next.
    pub(super) async fn incoming(&self, read: &mut Read, handover: &Handover) -> AppResult<Vec<PersonId>> {
        let end = handover.span.to;
        let mut coming = turns::current(read, handover.department, end).await?;
        if coming.is_empty() {
            let next = turns::next(read, handover.department, end, 100).await?;
            let start = next.first().map(|turn| turn.span.from).filter(|start| *start <= end + NEXT);
            coming = next.into_iter().filter(|turn| Some(turn.span.from) == start).collect();
        }
        let directory = self.directory();
        let mut people: Vec<PersonId> = coming
            .into_iter()
            .filter(|turn| turn.signed_out.is_none() && directory.people.get(&turn.person).is_some_and(|p| p.active))
            .map(|turn| turn.person)
            .collect();
        people.sort_unstable();
        people.dedup();
        Ok(people)
    }
}

/// A hand-over for those who may read it; a draft's outgoing people follow the roster.
async fn held(read: &mut Read, actor: &Actor, id: HandoverId) -> AppResult<Handover> {
    let mut handover = handovers::get(read, id).await?.ok_or(Refusal::NotFound)?;
    can(actor, Action::SeeHandovers, Subject::Duty(handover.department)).map_err(|_| Refusal::NotFound)?;
    if handover.state == HandoverState::Draft {
        let now = outgoing(read, handover.shift, handover.day).await?;
        if !now.is_empty() {
            handover.outgoing = now;
        }
    }
    Ok(handover)
}

async fn outgoing(read: &mut Read, shift: ShiftId, day: Date) -> AppResult<Vec<PersonId>> {
    let there = turns::of_shift(read, shift, day).await?;
    let counts = |turn: &&Turn| turn.state == TurnState::Published && !turn.absent;
    Ok(there.iter().filter(counts).map(|turn| turn.person).collect())
}

/// The tickets on a hand-over: laid down, or, in a draft, as they are now with the marks that were made.
async fn listed(read: &mut Read, handover: &Handover) -> AppResult<Vec<HandoverTicket>> {
    let mut kept = handovers::tickets(read, handover.id).await?;
    if handover.state == HandoverState::Draft {
        let open = handovers::open_of(read, &handover.outgoing, MOST).await?;
        kept = open
            .into_iter()
            .filter_map(|ticket| {
                let mark = kept.iter().find(|mark| mark.ticket == ticket.id);
                Some(HandoverTicket {
                    ticket: ticket.id,
                    number: ticket.number,
                    subject: ticket.subject,
                    step: ticket.step,
                    priority: ticket.priority,
                    due: ticket.due,
                    from: ticket.assignee?,
                    flagged: mark.is_some_and(|mark| mark.flagged),
                    stays: mark.is_some_and(|mark| mark.stays),
                    note: mark.map(|mark| mark.note.clone()).unwrap_or_default(),
                    to: None,
                })
            })
            .collect();
    }
    in_order(&mut kept);
    Ok(kept)
}

/// What is open and named goes to those who come on, to the least loaded of them first. What ended, moved on or stays, or is in the
/// hands of somebody who comes on again, is left where it is.
async fn follow(
    app: &App,
    tx: &mut Tx,
    ctx: &Context,
    actor: &Actor,
    handover: &Handover,
    incoming: &[PersonId],
    lines: &mut [HandoverTicket],
) -> AppResult<()> {
    let mut loads: Vec<(PersonId, i64)> = incoming.iter().map(|person| (*person, 0)).collect();
    for (person, load) in turns::loads(tx, incoming).await? {
        if let Some(slot) = loads.iter_mut().find(|(who, _)| *who == person) {
            slot.1 = load;
        }
    }
    for line in lines.iter_mut().filter(|line| !line.stays && !incoming.contains(&line.from)) {
        let Some(mut ticket) = tickets::get(tx, line.ticket).await? else { continue };
        if !ticket.state.is_running() || ticket.assignee != Some(line.from) {
            continue;
        }
        let Some(next) = loads.iter_mut().min_by_key(|(person, load)| (*load, *person)) else { break };
        next.1 += 1;
        let to = next.0;
        ticket.assignee = Some(to);
        ticket.updated = ctx.now;
        apply::save(tx, &mut ticket).await?;
        line.to = Some(to);
        let body = json!({ "from": line.from, "to": to, "handover": handover.id, "day": handover.day });
        apply::record(tx, ctx, Some(actor), ticket.id, "handed-over", &body).await?;
        notices::assigned(app, tx, ctx, actor, &ticket).await?;
    }
    Ok(())
}

/// Who took a hand-over that both have signed.
fn took(handover: &Handover, tickets: &[HandoverTicket]) -> Vec<PersonId> {
    let mut people: Vec<PersonId> = tickets.iter().filter_map(|one| one.to).chain(handover.taken_by).collect();
    people.sort_unstable();
    people.dedup();
    people
}

fn may_read(handover: &Handover, person: PersonId) -> Result<(), Refusal> {
    if !handover.night {
        return Err(Refusal::NotFound);
    }
    match handover.state {
        HandoverState::Draft => Err(Refusal::NotHandedOver),
        _ if handover.handed_by == Some(person) => Err(Refusal::SameSigner),
        _ => Ok(()),
    }
}

fn checked(text: &Remarks) -> Result<Remarks, Refusal> {
    let mut faults = Faults::default();
    let remarks = Remarks {
        key_points: faults.keep(limited("key_points", &text.key_points)),
        needs: faults.keep(limited("needs", &text.needs)),
        unfinished: faults.keep(limited("unfinished", &text.unfinished)),
        summary: faults.keep(limited("summary", &text.summary)),
        experiences: faults.keep(limited("experiences", &text.experiences)),
        problems: faults.keep(limited("problems", &text.problems)),
    };
    faults.none_or_refuse()?;
    Ok(remarks)
}
