//! The ladder of notices: what a clock brings about when its limit comes near, is reached, and lies behind.
//!
//! The one thing to know: `reach` may be called late, twice, or by whoever touches the clock first; it brings each rung about once,
//! in order, because the clock keeps how far it has climbed and every notice has a key of its own. Who is present to be told is
//! decided in `crate::notices`.

use serde_json::json;
use yingda_core::notice::Kind;
use yingda_core::ticket::{Priority, Ticket};
use yingda_process::clock::{Recipient, Rung, RungAt};
use yingda_process::definition::Trace;
use yingda_process::vocabulary::Role as LaneRole;
use yingda_process::{Limit, LimitUnit};
use yingda_store::Tx;

use super::drive::Drive;
use super::{TicketClock, derive};
use crate::notices::{self, Raise, Urgency};
use crate::{AppResult, answerable, apply};

/// The ladder of whatever has none of its own (R-088, R-061, J05; the documents give no times).
pub(crate) fn desk_ladder() -> Vec<Rung> {
    let rung = |when, to: &[Recipient], also: &[Recipient]| Rung {
        when,
        to: to.to_vec(),
        also: also.to_vec(),
        trace: Trace::default(),
    };
    let (handler, owner, head) = (Recipient::Handler, Recipient::Owner, Recipient::Head);
    let (supervisor, manager) = (Recipient::Role(LaneRole::Supervisor), Recipient::Role(LaneRole::Manager));
    let hours = |amount| RungAt::After(Limit { amount, unit: LimitUnit::WorkingHours });
    vec![
        rung(RungAt::PercentLeft(25), &[handler.clone(), head.clone(), owner.clone()], &[]),
        rung(RungAt::AtLimit, &[handler, head.clone()], &[owner]),
        rung(hours(4), &[supervisor.clone(), manager.clone()], &[head]),
        rung(hours(8), &[manager, supervisor], &[]),
    ]
}

/// Derives the clock's due time afresh and brings about whatever that time has brought. The caller writes the clock.
pub(crate) async fn reach(drive: &Drive<'_>, tx: &mut Tx, ticket: &Ticket, clock: &mut TicketClock) -> AppResult<()> {
    let now = drive.ctx.now;
    let calendar = drive.app.calendar(&clock.clock.calendar);
    let due = clock.due_by(&calendar)?;
    let later = matches!((clock.clock.due, due), (Some(before), Some(due)) if due > before);
    clock.clock.due = due;
    if later && clock.clock.breached.is_none() && clock.clock.rung > 0 {
        // More time was given: the new limit has a warning of its own.
        clock.clock.chain += 1;
        clock.clock.rung = 0;
    }
    let moved = clock.clock.breached.is_some_and(|at| due != Some(at));
    if moved && due.is_none_or(|due| due > now) {
        // Moved behind now again: an extension, another calendar or policy. That the machine's clock was set back moves nothing.
        answerable::taken_back(tx, &clock.clock).await?;
        clock.clock.breached = None;
        clock.clock.chain += 1;
        clock.clock.rung = 0;
        let body = json!({ "clock": clock.clock.id, "label": clock.clock.label, "due": due });
        apply::record(tx, drive.ctx, drive.actor, ticket.id, "breach-taken-back", &body).await?;
    }
    let Some(due) = due else {
        clock.clock.next = None;
        return Ok(());
    };
    let over = due <= now;
    if over && clock.clock.breached != Some(due) {
        // Whoever has it when the limit is missed answers for that; where this very event hands it on, those who had it before.
        if clock.clock.department == ticket.department {
            drive.answer_for(&mut clock.clock, ticket);
        }
        clock.clock.breached = Some(due);
        answerable::breached(drive, tx, ticket, &clock.clock).await?;
    }
    let definition = &drive.process.definition;
    let ladder = definition.clock(&clock.clock.rule).and_then(|rule| rule.ladder.clone());
    let ladder = ladder.or_else(|| definition.ladder.clone()).unwrap_or_else(desk_ladder);
    let times = clock.timed(|timing| derive::rungs(&calendar, timing, due, &ladder))?;
    let behind = usize::try_from(clock.clock.rung).unwrap_or(0);
    let mut next = None;
    let mut level = 0;
    for (index, (rung, at)) in ladder.iter().zip(times).enumerate() {
        level += i64::from(matches!(rung.when, RungAt::After(_)));
        if index < behind {
            continue;
        }
        match at {
            Some(at) if at <= now => {
                let warns = matches!(rung.when, RungAt::PercentLeft(_) | RungAt::Before(_));
                // A warning of what is over already warns nobody.
                if !(warns && over) {
                    raise(drive, tx, ticket, clock, rung, (index, level)).await?;
                }
                clock.clock.rung = i64::try_from(index + 1).unwrap_or(i64::MAX);
            }
            Some(at) => {
                next = Some(at);
                break;
            }
            None => clock.clock.rung = i64::try_from(index + 1).unwrap_or(i64::MAX),
        }
    }
    clock.clock.next = if over { next } else { Some(next.map_or(due, |next| next.min(due))) };
    Ok(())
}

async fn raise(
    drive: &Drive<'_>,
    tx: &mut Tx,
    ticket: &Ticket,
    clock: &TicketClock,
    rung: &Rung,
    (index, level): (usize, i64),
) -> AppResult<()> {
    let clock = &clock.clock;
    let kind = match rung.when {
        RungAt::PercentLeft(_) | RungAt::Before(_) => Kind::Warning,
        RungAt::AtLimit => Kind::Breach,
        RungAt::After(_) => Kind::Level(u32::try_from(level).unwrap_or(u32::MAX)),
    };
    let (mut to, mut also) = (rung.to.clone(), rung.also.clone());
    if clock.sheet.is_some() {
        // The department that was asked answers for its sheet, whoever has the ticket.
        if let Some(code) =
            clock.department.and_then(|id| drive.app.directory().departments.get(&id).map(|d| d.code.clone()))
        {
            let theirs = |one: &mut Recipient| {
                if matches!(one, Recipient::Handler | Recipient::Head) {
                    *one = Recipient::HeadOf(code.clone());
                }
            };
            to.iter_mut().for_each(theirs);
            also.iter_mut().for_each(theirs);
        }
    }
    let raise = Raise {
        key: format!("clock:{}:{}:{index}", clock.id, clock.chain),
        kind,
        ticket,
        clock: Some(clock.id.get()),
        trigger: clock.rule.clone(),
        label: clock.label.clone(),
        to,
        also,
        urgency: if ticket.priority == Priority::Urgent { Urgency::Urgent } else { Urgency::Normal },
        proposal: None,
        by: None,
    };
    notices::raise(drive.app, tx, drive.ctx, raise).await?;
    Ok(())
}
