//! The hand-over of a first receiver's place (首接负责交接, R-054, J18): offered with a reason, and only the other's consent changes
//! who answers for a ticket.

use serde_json::json;
use yingda_core::answerable::{Offer, OfferState};
use yingda_core::{Action, Actor, Context, OfferId, PersonId, Refusal, TicketId};
use yingda_store::Tx;
use yingda_store::answerable::offers as rows;
use yingda_store::{clocks, tickets};

use super::statements::announce;
use crate::assignment::{limited, required};
use crate::clocks::drive::of_ticket;
use crate::once::Once;
use crate::ticket::hold;
use crate::{App, AppError, AppResult, apply};

/// The most tickets that are offered by one act.
pub const MOST: i64 = 500;

/// A first receiver's place is offered.
#[derive(Debug, Clone)]
pub struct OfferTicket {
    pub to: PersonId,
    pub reason: String,
    /// The version of the ticket that the actor saw.
    pub seen: Option<i64>,
    /// Against doing it twice.
    pub once: Once,
}

/// What the other says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Accept,
    Decline,
}

/// One ticket of several that were offered at once.
#[derive(Debug, Clone)]
pub struct Offered {
    pub ticket: TicketId,
    pub number: String,
    pub result: Result<OfferId, Refusal>,
}

impl App {
    /// Offers the place of a ticket's first receiver to somebody else at the desk.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotAllowed`], [`Refusal::TicketEnded`], [`Refusal::OfferOpen`], [`Refusal::Stale`],
    /// fields for a missing reason or somebody who cannot have it.
    pub async fn offer_ticket(
        &self,
        ctx: &Context,
        actor: &Actor,
        id: TicketId,
        offer: OfferTicket,
    ) -> AppResult<OfferId> {
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store().write(move |tx| Box::pin(async move { app.offer(tx, &ctx, &actor, id, &offer).await })).await
    }

    async fn offer(
        &self,
        tx: &mut Tx,
        ctx: &Context,
        actor: &Actor,
        id: TicketId,
        offer: &OfferTicket,
    ) -> AppResult<OfferId> {
        if let Some(before) = offer.once.before(tx, actor.person).await? {
            return before.parse().map_err(|_| Refusal::KeyReused.into());
        }
        let held = hold(tx, actor, Action::OfferTicket, id).await?;
        held.unchanged_since(offer.seen)?;
        let ticket = held.ticket;
        if !ticket.state.is_running() {
            return Err(Refusal::TicketEnded.into());
        }
        if rows::open_of(tx, id).await?.is_some() {
            return Err(Refusal::OfferOpen.into());
        }
        let mut faults = Vec::new();
        let reason = super::statements::text(required("reason", &offer.reason), &mut faults)?;
        if let Err(Refusal::Fields(fields)) = self.may_receive(offer.to, ticket.owner) {
            faults.extend(fields);
        }
        if !faults.is_empty() {
            return Err(Refusal::Fields(faults).into());
        }
        let made = Offer {
            id: ctx.id(OfferId),
            ticket: id,
            from: ticket.owner,
            to: offer.to,
            by: actor.person,
            reason,
            at: ctx.now,
            state: OfferState::Open,
            note: String::new(),
            answered: None,
            version: 1,
        };
        rows::insert(tx, &made).await?;
        let body = json!({ "offer": made.id, "from": made.from, "to": made.to, "reason": made.reason });
        apply::record(tx, ctx, Some(actor), id, "owner-offered", &body).await?;
        let key = format!("owner-offer:{}", made.id);
        super::tell(self, tx, ctx, &ticket, (key, "owner-offer", &made.reason), (made.to, Some(actor.person))).await?;
        announce(tx, &ticket);
        offer.once.remember(tx, ctx, actor.person, &made.id.to_string()).await?;
        Ok(made.id)
    }

    /// Whether somebody can become the first receiver instead of `owner`.
    fn may_receive(&self, to: PersonId, owner: PersonId) -> Result<(), Refusal> {
        let directory = self.directory();
        let Some(person) = directory.people.get(&to).filter(|person| person.active) else {
            return Err(Refusal::field("to", "unknown-person"));
        };
        if to == owner {
            return Err(Refusal::field("to", "is-owner"));
        }
        if person.roles.at_desk() { Ok(()) } else { Err(Refusal::field("to", "not-at-desk")) }
    }

    /// Offers every running ticket of a first receiver to one person: before a leave, or for somebody who is gone. Each ticket has
    /// an outcome of its own.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] for another's tickets unless one leads, fields as in [`App::offer_ticket`].
    pub async fn offer_all(
        &self,
        ctx: &Context,
        actor: &Actor,
        from: PersonId,
        to: PersonId,
        reason: &str,
        once: Once,
    ) -> AppResult<Vec<Offered>> {
        if from != actor.person && !actor.roles.leads_desk() {
            return Err(Refusal::NotAllowed.into());
        }
        let mut faults = Vec::new();
        let reason = super::statements::text(required("reason", reason), &mut faults)?;
        if let Err(Refusal::Fields(fields)) = self.may_receive(to, from) {
            faults.extend(fields);
        }
        if !faults.is_empty() {
            return Err(Refusal::Fields(faults).into());
        }
        let person = actor.person;
        let (held, asked) = (once.clone(), ctx.clone());
        // Sent twice it would refuse each ticket as offered already; the second time does nothing.
        let done = self
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    if held.before(tx, person).await?.is_some() {
                        return Ok(true);
                    }
                    held.remember(tx, &asked, person, "").await?;
                    Ok::<_, AppError>(false)
                })
            })
            .await?;
        if done {
            return Ok(Vec::new());
        }
        let running = {
            let mut read = self.store().read().await?;
            let mut running = Vec::new();
            for id in rows::running_of(&mut read, from, MOST).await? {
                running.extend(tickets::get(&mut read, id).await?);
            }
            running
        };
        let mut results = Vec::new();
        for ticket in running {
            let offer = OfferTicket { to, reason: reason.clone(), seen: None, once: Once::unkeyed() };
            let result = match self.offer_ticket(ctx, actor, ticket.id, offer).await {
                Ok(id) => Ok(id),
                Err(AppError::Refused(refusal)) => Err(refusal),
                Err(other) => return Err(other),
            };
            results.push(Offered { ticket: ticket.id, number: ticket.number, result });
        }
        Ok(results)
    }

    /// Answers an offer that was made to the actor. With consent they answer for the ticket from now on, and have it in hand where
    /// the first receiver before them had. Gives the ticket.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotAllowed`] for an offer to somebody else, [`Refusal::OfferSettled`], a field where
    /// somebody declines without a word.
    pub async fn answer_offer(
        &self,
        ctx: &Context,
        actor: &Actor,
        id: OfferId,
        answer: Answer,
        note: &str,
        once: Once,
    ) -> AppResult<TicketId> {
        let (app, ctx, actor, note) = (self.clone(), ctx.clone(), actor.clone(), note.to_owned());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let mut offer = rows::get(tx, id).await?.ok_or(Refusal::NotFound)?;
                    let held = hold(tx, &actor, Action::SeeTicket, offer.ticket).await?;
                    if offer.to != actor.person {
                        return Err(Refusal::NotAllowed.into());
                    }
                    if once.before(tx, actor.person).await?.is_some() {
                        return Ok(offer.ticket);
                    }
                    offer.may_settle()?;
                    let mut ticket = held.ticket;
                    if !ticket.state.is_running() {
                        return Err(Refusal::TicketEnded.into());
                    }
                    offer.answered = Some(ctx.now);
                    let kind = match answer {
                        Answer::Accept => {
                            app.may_receive(actor.person, ticket.owner)?;
                            offer.note = limited("note", &note)?;
                            offer.state = OfferState::Accepted;
                            let in_hand = ticket.assignee == Some(ticket.owner);
                            if in_hand {
                                ticket.assignee = Some(actor.person);
                                ticket.department = Some(actor.department);
                            }
                            let before = ticket.owner;
                            ticket.owner = actor.person;
                            ticket.updated = ctx.now;
                            for mut clock in of_ticket(tx, &ticket).await? {
                                if clock.is_going() && clock.clock.person == Some(before) {
                                    clock.clock.person = Some(actor.person);
                                    clocks::update(tx, &clock.clock).await?;
                                }
                            }
                            apply::save(tx, &mut ticket).await?;
                            "owner-accepted"
                        }
                        Answer::Decline => {
                            offer.note = required("note", &note)?;
                            offer.state = OfferState::Declined;
                            "owner-declined"
                        }
                    };
                    rows::update(tx, &mut offer).await?;
                    let body = json!({ "offer": offer.id, "from": offer.from, "to": offer.to, "note": offer.note });
                    apply::record(tx, &ctx, Some(&actor), offer.ticket, kind, &body).await?;
                    let key = format!("owner-offer:{}:answered", offer.id);
                    super::tell(&app, tx, &ctx, &ticket, (key, kind, &offer.note), (offer.by, Some(actor.person)))
                        .await?;
                    announce(tx, &ticket);
                    once.remember(tx, &ctx, actor.person, "").await?;
                    Ok::<_, AppError>(offer.ticket)
                })
            })
            .await
    }

    /// Takes an offer back: whoever made it, the first receiver, or a lead. Gives the ticket.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotAllowed`], [`Refusal::OfferSettled`].
    pub async fn withdraw_offer(&self, ctx: &Context, actor: &Actor, id: OfferId) -> AppResult<TicketId> {
        let (ctx, actor) = (ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let mut offer = rows::get(tx, id).await?.ok_or(Refusal::NotFound)?;
                    let held = hold(tx, &actor, Action::OfferTicket, offer.ticket).await?;
                    if offer.state == OfferState::Withdrawn {
                        return Ok(offer.ticket);
                    }
                    offer.may_settle()?;
                    offer.state = OfferState::Withdrawn;
                    offer.answered = Some(ctx.now);
                    rows::update(tx, &mut offer).await?;
                    let body = json!({ "offer": offer.id, "from": offer.from, "to": offer.to });
                    apply::record(tx, &ctx, Some(&actor), offer.ticket, "owner-withdrawn", &body).await?;
                    announce(tx, &held.ticket);
                    Ok::<_, AppError>(offer.ticket)
                })
            })
            .await
    }
}
