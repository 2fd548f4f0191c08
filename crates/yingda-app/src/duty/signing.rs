//! 签到, 签退, and what happens when somebody does not come (R-177, T67).

use jiff::SignedDuration;
use serde_json::json;
use yingda_core::duty::{Origin, Span, Turn, TurnState};
use yingda_core::{Action, Actor, Context, PersonId, Refusal, Subject, TurnId, can};
use yingda_store::Read;
use yingda_store::duty::{setup, swaps, turns};

use super::assign;
use super::leave::unchanged;
use super::notes::{About, inform, name_of, note};
use super::now::staff;
use super::planning::{Place, new_turn, no_overlap};
use crate::assignment::limited;
use crate::error::taken;
use crate::notices::Kind;
use crate::{App, AppResult};

/// How long before a turn begins one may sign in for it.
pub const EARLIEST: SignedDuration = SignedDuration::from_hours(2);

/// Somebody did not come.
#[derive(Debug, Clone, Default)]
pub struct AbsenceText {
    /// Who stands in, where somebody does.
    pub replacement: Option<PersonId>,
    /// Why, as far as it is known.
    pub reason: String,
}

/// Somebody's own published turn.
async fn own(read: &mut Read, actor: &Actor, id: TurnId) -> AppResult<Turn> {
    let turn = turns::get(read, id).await?;
    let own = turn.filter(|turn| turn.person == actor.person && turn.state == TurnState::Published);
    let turn = own.ok_or(Refusal::NotFound)?;
    if turn.absent { Err(Refusal::DutySettled.into()) } else { Ok(turn) }
}

impl App {
    /// 签到: signs in for one's own turn; from two hours before it begins until it ends. A second time changes nothing. What waited
    /// for somebody to be there is given out.
    ///
    /// # Errors
    /// `TooEarly`, `DutySettled` when it is over or was given to somebody else, not found.
    pub async fn begin_turn(&self, ctx: &Context, actor: &Actor, turn: TurnId) -> AppResult<()> {
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let mut turn = own(tx, &actor, turn).await?;
                    if turn.signed_in.is_some() {
                        return Ok(());
                    }
                    if ctx.now + EARLIEST < turn.span.from {
                        return Err(Refusal::TooEarly.into());
                    }
                    if turn.span.to <= ctx.now {
                        return Err(Refusal::DutySettled.into());
                    }
                    turn.signed_in = Some(ctx.now);
                    turns::update(tx, &mut turn).await?;
                    let body = json!({ "turn": turn.id, "day": turn.day, "late_seconds": turn.late_seconds() });
                    note(tx, &ctx, &actor, turn.department, About::One(turn.person), ("signed-in", body)).await?;
                    assign::hand_out(&app, tx, &ctx, turn.department).await
                })
            })
            .await
    }

    /// 签退: signs out of one's own turn. A second time changes nothing.
    ///
    /// # Errors
    /// `DutySettled` where they never signed in, not found.
    pub async fn end_turn(&self, ctx: &Context, actor: &Actor, turn: TurnId) -> AppResult<()> {
        let (ctx, actor) = (ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let mut turn = own(tx, &actor, turn).await?;
                    if turn.signed_out.is_some() {
                        return Ok(());
                    }
                    if turn.signed_in.is_none() {
                        return Err(Refusal::DutySettled.into());
                    }
                    turn.signed_out = Some(ctx.now);
                    turns::update(tx, &mut turn).await?;
                    let body = json!({ "turn": turn.id, "day": turn.day, "early_seconds": turn.early_seconds() });
                    note(tx, &ctx, &actor, turn.department, About::One(turn.person), ("signed-out", body)).await
                })
            })
            .await
    }

    /// Records that somebody did not come, and who stands in from now on. Gives the stand-in's turn.
    ///
    /// # Errors
    /// A field for an unknown stand-in; `TurnsOverlap`; `DutySettled` where they did come; stale; not allowed.
    pub async fn mark_absent(
        &self,
        ctx: &Context,
        actor: &Actor,
        turn: TurnId,
        text: AbsenceText,
        seen: i64,
    ) -> AppResult<Option<TurnId>> {
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let mut turn = turns::get(tx, turn).await?.ok_or(Refusal::NotFound)?;
                    can(&actor, Action::ManageRoster, Subject::Duty(turn.department))?;
                    let reason = limited("reason", &text.reason)?;
                    unchanged(turn.version, seen)?;
                    if turn.absent || turn.signed_in.is_some() || turn.state != TurnState::Published {
                        return Err(Refusal::DutySettled.into());
                    }
                    (turn.absent, turn.note) = (true, reason.clone());
                    turns::update(tx, &mut turn).await?;
                    swaps::drop_about(tx, turn.id).await?;
                    let stand_in = match text.replacement {
                        Some(person) => Some(app.stand_in(tx, &ctx, &turn, person).await?),
                        None => None,
                    };
                    let about = match text.replacement {
                        Some(person) => About::Both(turn.person, person),
                        None => About::One(turn.person),
                    };
                    let body = json!({
                        "turn": turn.id, "day": turn.day, "person": turn.person, "replacement": text.replacement, "reason": reason,
                    });
                    note(tx, &ctx, &actor, turn.department, about, ("absent", body)).await?;
                    if let (Some(person), Some(id)) = (text.replacement, stand_in) {
                        let named = (format!("stand-in:{id}"), id.to_string(), name_of(tx, &turn).await?);
                        inform(&app, tx, &ctx, &actor, Kind::Other("stand-in".to_owned()), named, &[person]).await?;
                    }
                    assign::hand_out(&app, tx, &ctx, turn.department).await?;
                    Ok(stand_in)
                })
            })
            .await
    }

    async fn stand_in(
        &self,
        tx: &mut yingda_store::Tx,
        ctx: &Context,
        turn: &Turn,
        person: PersonId,
    ) -> AppResult<TurnId> {
        let here = staff(&self.directory(), turn.department).contains(&person);
        if !here || person == turn.person {
            return Err(Refusal::field("replacement", "other-department").into());
        }
        if turn.span.to <= ctx.now {
            return Err(Refusal::DutySettled.into());
        }
        // Nobody is late for a turn that they were only now given.
        let span = Span { from: turn.span.from.max(ctx.now), to: turn.span.to };
        no_overlap(self, tx, person, span, &[]).await?;
        let shift = setup::shift(tx, turn.shift).await?.ok_or(Refusal::NotFound)?;
        let place = Place { shift: turn.shift, day: turn.day, person };
        let stand_in = Turn {
            state: TurnState::Published,
            replaces: Some(turn.id),
            ..new_turn(ctx, &shift, place, span, Origin::Replacement)
        };
        turns::insert(tx, &stand_in).await.map_err(taken("turn"))?;
        Ok(stand_in.id)
    }
}
