//! Urging (催单): a customer or a colleague asks where a matter stands, it is counted, and whoever has it is told at once.

use jiff::Timestamp;
use serde_json::json;
use yingda_core::answerable::{URGE_MINUTES, Urge, UrgeSource};
use yingda_core::notice::Kind;
use yingda_core::refusal::FieldRefusal;
use yingda_core::{Action, Actor, Context, Refusal, TicketId, UrgeId};
use yingda_process::Channel;
use yingda_process::clock::Recipient;
use yingda_store::answerable::urges as rows;

use super::statements::text;
use crate::assignment::limited;
use crate::notices::{self, Raise, Urgency};
use crate::once::Once;
use crate::ticket::hold;
use crate::{App, AppError, AppResult, apply};

/// Somebody urges.
#[derive(Debug, Clone)]
pub struct UrgeTicket {
    pub source: UrgeSource,
    /// How the customer did; not asked of a colleague.
    pub channel: String,
    /// In whose words.
    pub words: String,
    /// Against doing it twice.
    pub once: Once,
}

impl UrgeTicket {
    fn checked(&self) -> Result<(String, String), Refusal> {
        let mut faults = Vec::new();
        let customer = self.source == UrgeSource::Customer;
        if customer && self.channel.is_empty() {
            faults.push(FieldRefusal::new("channel", "missing"));
        } else if customer && Channel::from_id(&self.channel).is_none() {
            faults.push(FieldRefusal::new("channel", "not-an-option"));
        }
        let words = text(limited("words", &self.words), &mut faults)?;
        if customer && words.is_empty() && faults.iter().all(|fault| fault.field != "words") {
            faults.push(FieldRefusal::new("words", "missing"));
        }
        let channel = if customer { self.channel.clone() } else { String::new() };
        if faults.is_empty() { Ok((channel, words)) } else { Err(Refusal::Fields(faults)) }
    }
}

/// Minutes that somebody has to wait before they urge the same ticket again; `None`: they may.
fn wait(last: Option<Timestamp>, now: Timestamp) -> Option<i64> {
    let passed = now.as_second() - last?.as_second();
    let left = URGE_MINUTES * 60 - passed;
    (left > 0).then(|| (left + 59) / 60)
}

impl App {
    /// Urges whoever has a ticket. Gives how often it was urged by now.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::TicketEnded`], [`Refusal::UrgedJustNow`], fields for what the customer said and how.
    pub async fn urge(&self, ctx: &Context, actor: &Actor, id: TicketId, asked: UrgeTicket) -> AppResult<i64> {
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let held = hold(tx, &actor, Action::Urge, id).await?;
                    if let Some(before) = asked.once.before(tx, actor.person).await? {
                        return Ok(before.parse().unwrap_or_default());
                    }
                    let ticket = held.ticket;
                    if !ticket.state.is_running() {
                        return Err(Refusal::TicketEnded.into());
                    }
                    if let Some(minutes) = wait(rows::last_by(tx, id, actor.person).await?, ctx.now) {
                        return Err(Refusal::UrgedJustNow { minutes }.into());
                    }
                    let (channel, words) = asked.checked()?;
                    let urge = Urge {
                        id: ctx.id(UrgeId),
                        ticket: id,
                        source: asked.source,
                        channel,
                        words,
                        by: actor.person,
                        at: ctx.now,
                    };
                    rows::insert(tx, &urge).await?;
                    let count = rows::counts(tx, &[id]).await?.first().map_or(0, |(_, n)| *n);
                    let body = json!({
                        "source": urge.source.as_str(), "channel": urge.channel, "words": urge.words, "count": count,
                    });
                    apply::record(tx, &ctx, Some(&actor), id, "urged", &body).await?;
                    // Whoever has it is told in any case; where nobody does, the head.
                    let (to, also) = if ticket.assignee.is_some() {
                        (vec![Recipient::Handler, Recipient::Head, Recipient::Owner], vec![Recipient::Handler])
                    } else {
                        (vec![Recipient::Head, Recipient::Handler, Recipient::Owner], Vec::new())
                    };
                    let raise = Raise {
                        key: format!("urge:{}", urge.id),
                        kind: Kind::Urge,
                        ticket: &ticket,
                        clock: None,
                        trigger: "urge".to_owned(),
                        label: String::new(),
                        to,
                        also,
                        urgency: Urgency::Urgent,
                        proposal: None,
                        by: Some(actor.person),
                    };
                    notices::raise_with(&app, tx, &ctx, raise, urge.words.clone()).await?;
                    asked.once.remember(tx, &ctx, actor.person, &count.to_string()).await?;
                    Ok::<_, AppError>(count)
                })
            })
            .await
    }

    /// How often each of these tickets was urged; the caller has them from a list that the actor may see.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn urge_counts(&self, tickets: &[TicketId]) -> AppResult<Vec<(TicketId, i64)>> {
        if tickets.is_empty() {
            return Ok(Vec::new());
        }
        let mut read = self.store().read().await?;
        Ok(rows::counts(&mut read, tickets).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_minutes_are_counted_to_the_second() {
        let now = Timestamp::from_second(10_000).unwrap();
        let ago = |seconds: i64| Some(Timestamp::from_second(10_000 - seconds).unwrap());
        assert_eq!(wait(None, now), None);
        assert_eq!(wait(ago(0), now), Some(10));
        assert_eq!(wait(ago(1), now), Some(10));
        assert_eq!(wait(ago(599), now), Some(1));
        assert_eq!(wait(ago(600), now), None);
    }
}
