//! Swaps: asked by one, agreed by the other, approved by a lead; both find it in the history.

use serde_json::json;
use yingda_core::duty::{Asked, Origin, Swap, Turn, TurnState};
use yingda_core::{Action, Actor, Context, DepartmentId, PersonId, Refusal, Subject, SwapId, TurnId, can};
use yingda_store::Read;
use yingda_store::duty::{swaps, turns};

use super::leave::{Verdict, may_decide, unchanged};
use super::notes::{About, inform, leads, name_of, note};
use super::now::staff;
use super::planning::no_overlap;
use crate::assignment::limited;
use crate::error::taken;
use crate::notices::Kind;
use crate::{App, AppResult, Once};

/// A swap as it is asked for.
#[derive(Debug, Clone)]
pub struct SwapText {
    /// The actor's own turn.
    pub turn: TurnId,
    /// Who shall take it.
    pub to: PersonId,
    /// The turn of theirs that the actor takes for it; without one they simply take the actor's over.
    pub other: Option<TurnId>,
    /// Why.
    pub reason: String,
    /// Against doing it twice.
    pub once: Once,
}

/// A swap with its turns.
#[derive(Debug, Clone)]
pub struct SwapView {
    /// The swap.
    pub swap: Swap,
    /// The turn that is given.
    pub turn: Option<Turn>,
    /// The turn that is taken for it.
    pub other: Option<Turn>,
    /// Whether the actor may agree or decline now.
    pub may_answer: bool,
    /// Whether the actor may approve or refuse now.
    pub may_decide: bool,
    /// Whether the actor may take it back now.
    pub may_withdraw: bool,
}

impl App {
    /// Asks a colleague for a swap.
    ///
    /// # Errors
    /// A field for a turn that is not theirs or not published or has begun; `TurnsOverlap` where it cannot be; `Taken` where
    /// another swap about that turn is not settled; not allowed.
    pub async fn ask_swap(&self, ctx: &Context, actor: &Actor, text: SwapText) -> AppResult<SwapId> {
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    if let Some(before) = text.once.before(tx, actor.person).await? {
                        return before.parse().map_err(|_| Refusal::KeyReused.into());
                    }
                    let turn = turns::get(tx, text.turn).await?.ok_or(Refusal::NotFound)?;
                    can(&actor, Action::StandDuty, Subject::Duty(turn.department))?;
                    let reason = limited("reason", &text.reason)?;
                    let swap = Swap {
                        id: ctx.id(SwapId),
                        department: turn.department,
                        turn: turn.id,
                        other: text.other,
                        from: actor.person,
                        to: text.to,
                        reason,
                        state: Asked::Open,
                        asked: ctx.now,
                        answered: None,
                        decided_by: None,
                        decided: None,
                        version: 1,
                    };
                    let there = staff(&app.directory(), turn.department).contains(&text.to);
                    if !there || text.to == actor.person {
                        return Err(Refusal::field("to", "not-an-option").into());
                    }
                    let pair = Pair::load(tx, &swap).await?;
                    pair.check(&ctx, &swap)?;
                    pair.no_overlap(&app, tx, &swap).await?;
                    swaps::insert(tx, &swap).await.map_err(taken("turn"))?;
                    let body = json!({ "swap": swap.id, "turn": swap.turn, "day": pair.turn.day, "other": swap.other });
                    let about = About::Both(swap.from, swap.to);
                    note(tx, &ctx, &actor, swap.department, about, ("swap-asked", body)).await?;
                    let named = (format!("swap:{}:open", swap.id), swap.id.to_string(), name_of(tx, &pair.turn).await?);
                    inform(&app, tx, &ctx, &actor, Kind::Swap, named, &[swap.to]).await?;
                    text.once.remember(tx, &ctx, actor.person, &swap.id.to_string()).await?;
                    Ok(swap.id)
                })
            })
            .await
    }

    /// The colleague agrees or declines.
    ///
    /// # Errors
    /// Not allowed, stale, `DutySettled`.
    pub async fn answer_swap(
        &self,
        ctx: &Context,
        actor: &Actor,
        id: SwapId,
        verdict: Verdict,
        seen: i64,
    ) -> AppResult<()> {
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let mut swap = visible(tx, &actor, id).await?;
                    if swap.to != actor.person {
                        return Err(Refusal::NotAllowed.into());
                    }
                    unchanged(swap.version, seen)?;
                    if swap.state != Asked::Open {
                        return Err(Refusal::DutySettled.into());
                    }
                    let kind = match verdict {
                        Verdict::Yes => {
                            Pair::load(tx, &swap).await?.check(&ctx, &swap).map_err(|_| Refusal::DutySettled)?;
                            swap.state = Asked::Agreed;
                            "swap-agreed"
                        }
                        Verdict::No => {
                            swap.state = Asked::Refused;
                            "swap-declined"
                        }
                    };
                    swap.answered = Some(ctx.now);
                    settle(&app, tx, &ctx, &actor, &mut swap, kind).await
                })
            })
            .await
    }

    /// A lead approves or refuses; approved turns change hands.
    ///
    /// # Errors
    /// Not allowed, stale, `DutySettled` where a turn has begun or moved on meanwhile, `TurnsOverlap`.
    pub async fn decide_swap(
        &self,
        ctx: &Context,
        actor: &Actor,
        id: SwapId,
        verdict: Verdict,
        seen: i64,
    ) -> AppResult<()> {
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let mut swap = visible(tx, &actor, id).await?;
                    may_decide(&app.directory(), &actor, swap.department, &[swap.from, swap.to])?;
                    unchanged(swap.version, seen)?;
                    let may = match verdict {
                        Verdict::Yes => swap.state == Asked::Agreed,
                        Verdict::No => matches!(swap.state, Asked::Open | Asked::Agreed),
                    };
                    if !may {
                        return Err(Refusal::DutySettled.into());
                    }
                    (swap.decided_by, swap.decided) = (Some(actor.person), Some(ctx.now));
                    let kind = match verdict {
                        Verdict::Yes => {
                            let pair = Pair::load(tx, &swap).await?;
                            pair.check(&ctx, &swap).map_err(|_| Refusal::DutySettled)?;
                            pair.no_overlap(&app, tx, &swap).await?;
                            let Pair { mut turn, other } = pair;
                            (turn.person, turn.origin) = (swap.to, Origin::Swap);
                            turns::update(tx, &mut turn).await.map_err(taken("turn"))?;
                            if let Some(mut other) = other {
                                (other.person, other.origin) = (swap.from, Origin::Swap);
                                turns::update(tx, &mut other).await.map_err(taken("turn"))?;
                            }
                            swap.state = Asked::Approved;
                            "swap-approved"
                        }
                        Verdict::No => {
                            swap.state = Asked::Refused;
                            "swap-refused"
                        }
                    };
                    settle(&app, tx, &ctx, &actor, &mut swap, kind).await
                })
            })
            .await
    }

    /// Whoever asked takes it back.
    ///
    /// # Errors
    /// Not allowed, stale, `DutySettled`.
    pub async fn withdraw_swap(&self, ctx: &Context, actor: &Actor, id: SwapId, seen: i64) -> AppResult<()> {
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let mut swap = visible(tx, &actor, id).await?;
                    if swap.from != actor.person {
                        return Err(Refusal::NotAllowed.into());
                    }
                    unchanged(swap.version, seen)?;
                    if !matches!(swap.state, Asked::Open | Asked::Agreed) {
                        return Err(Refusal::DutySettled.into());
                    }
                    swap.state = Asked::Withdrawn;
                    settle(&app, tx, &ctx, &actor, &mut swap, "swap-withdrawn").await
                })
            })
            .await
    }

    /// The department's swaps that are not settled, oldest first: all for those who make the roster, for others their own.
    ///
    /// # Errors
    /// Not found.
    pub async fn swaps(&self, ctx: &Context, actor: &Actor, department: DepartmentId) -> AppResult<Vec<SwapView>> {
        can(actor, Action::SeeRoster, Subject::Duty(department))?;
        let mut read = self.store().read().await?;
        self.swap_views(&mut read, ctx, actor, department).await
    }

    pub(super) async fn swap_views(
        &self,
        read: &mut Read,
        ctx: &Context,
        actor: &Actor,
        department: DepartmentId,
    ) -> AppResult<Vec<SwapView>> {
        let directory = self.directory();
        let manages = can(actor, Action::ManageRoster, Subject::Duty(department)).is_ok();
        let mut views = Vec::new();
        for swap in swaps::unsettled(read, department).await? {
            let mine = swap.from == actor.person || swap.to == actor.person;
            if !(mine || manages) {
                continue;
            }
            let turn = turns::get(read, swap.turn).await?;
            let other = match swap.other {
                Some(other) => turns::get(read, other).await?,
                None => None,
            };
            let ahead = turn.as_ref().is_some_and(|turn| turn.span.from > ctx.now);
            views.push(SwapView {
                may_answer: ahead && swap.state == Asked::Open && swap.to == actor.person,
                may_decide: may_decide(&directory, actor, department, &[swap.from, swap.to]).is_ok(),
                may_withdraw: swap.from == actor.person,
                turn,
                other,
                swap,
            });
        }
        Ok(views)
    }
}

/// The turns of a swap.
struct Pair {
    turn: Turn,
    other: Option<Turn>,
}

impl Pair {
    async fn load(read: &mut Read, swap: &Swap) -> AppResult<Self> {
        let turn = turns::get(read, swap.turn).await?.ok_or(Refusal::DutySettled)?;
        let other = match swap.other {
            Some(other) => {
                Some(turns::get(read, other).await?.ok_or_else(|| Refusal::field("other", "not-an-option"))?)
            }
            None => None,
        };
        Ok(Self { turn, other })
    }

    /// Whether both can still be given: published, to come, and in the hands of those who swap them.
    fn check(&self, ctx: &Context, swap: &Swap) -> Result<(), Refusal> {
        let free = |turn: &Turn, person: PersonId| {
            turn.person == person
                && turn.state == TurnState::Published
                && turn.department == swap.department
                && !turn.absent
                && turn.signed_in.is_none()
                && turn.span.from > ctx.now
        };
        if !free(&self.turn, swap.from) {
            return Err(Refusal::field("turn", "not-an-option"));
        }
        match &self.other {
            Some(other) if !free(other, swap.to) => Err(Refusal::field("other", "not-an-option")),
            // The same shift of the same day is no exchange.
            Some(other) if other.shift == self.turn.shift && other.day == self.turn.day => {
                Err(Refusal::field("other", "not-an-option"))
            }
            _ => Ok(()),
        }
    }

    async fn no_overlap(&self, app: &App, read: &mut Read, swap: &Swap) -> AppResult<()> {
        let given: Vec<TurnId> = std::iter::once(self.turn.id).chain(self.other.as_ref().map(|turn| turn.id)).collect();
        no_overlap(app, read, swap.to, self.turn.span, &given).await?;
        match &self.other {
            Some(other) => no_overlap(app, read, swap.from, other.span, &given).await,
            None => Ok(()),
        }
    }
}

/// A swap for those who have to do with it.
async fn visible(read: &mut Read, actor: &Actor, id: SwapId) -> AppResult<Swap> {
    let swap = swaps::get(read, id).await?.ok_or(Refusal::NotFound)?;
    let manages = can(actor, Action::ManageRoster, Subject::Duty(swap.department)).is_ok();
    if manages || swap.from == actor.person || swap.to == actor.person {
        Ok(swap)
    } else {
        Err(Refusal::NotFound.into())
    }
}

async fn settle(
    app: &App,
    tx: &mut yingda_store::Tx,
    ctx: &Context,
    actor: &Actor,
    swap: &mut Swap,
    kind: &'static str,
) -> AppResult<()> {
    swaps::update(tx, swap).await?;
    let body = json!({ "swap": swap.id, "turn": swap.turn, "other": swap.other, "from": swap.from, "to": swap.to });
    note(tx, ctx, actor, swap.department, About::Both(swap.from, swap.to), (kind, body)).await?;
    let mut people = vec![swap.from, swap.to];
    if swap.state == Asked::Agreed {
        people.extend(leads(app, swap.department));
    }
    let label = match turns::get(tx, swap.turn).await? {
        Some(turn) => name_of(tx, &turn).await?,
        None => String::new(),
    };
    let key = format!("swap:{}:{}", swap.id, swap.state.as_str());
    inform(app, tx, ctx, actor, Kind::Swap, (key, swap.id.to_string(), label), &people).await
}
