//! Reading notices: somebody's own, all of the desk for its leads, those of a ticket; and noting that they were read.

use yingda_core::ticket::Ticket;
use yingda_core::{Action, Actor, Context, NoticeId, Refusal, Subject, TicketId, can};
use yingda_store::notices::{self, Filter, Show, Told};
use yingda_store::{Read, tickets};

use crate::desk::CAP;
use crate::ticket::hold;
use crate::{App, AppError, AppResult};

/// Lines of a page, where nobody says otherwise.
pub const PAGE: usize = 30;

/// A notice as a list shows it.
#[derive(Debug, Clone)]
pub struct Line {
    pub told: Told,
    /// Its ticket; `None` where it has none, or none that the reader may see.
    pub ticket: Option<Ticket>,
    /// Whether the reader may say what came of it.
    pub may_settle: bool,
}

/// A page of notices, newest first.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    pub lines: Vec<Line>,
    /// Where the next page begins, if there is one.
    pub next: Option<NoticeId>,
}

/// Whether somebody may say what came of a notice.
#[must_use]
pub fn may_settle(actor: &Actor, told: &Told) -> bool {
    let reached = told.deliveries.iter().any(|d| d.person == actor.person);
    told.notice.awaits_outcome() && can(actor, Action::SettleNotice, Subject::Notice { told: reached }).is_ok()
}

/// One more than a page holds says whether there is another.
fn one_more(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX - 1) + 1
}

async fn page(read: &mut Read, actor: &Actor, mut rows: Vec<Told>, size: usize) -> AppResult<Lines> {
    let more = rows.len() > size;
    rows.truncate(size);
    let next = if more { rows.last().map(|told| told.notice.id) } else { None };
    let mut lines = Vec::new();
    for told in rows {
        let ticket = match told.notice.ticket {
            Some(ticket) => seen(read, actor, ticket).await?,
            None => None,
        };
        let may_settle = may_settle(actor, &told) && (ticket.is_some() || told.notice.ticket.is_none());
        lines.push(Line { may_settle, told, ticket });
    }
    Ok(Lines { lines, next })
}

/// A ticket, where the reader may see it.
async fn seen(read: &mut Read, actor: &Actor, ticket: TicketId) -> AppResult<Option<Ticket>> {
    if can(actor, Action::SeeQueue, Subject::Desk).is_ok() {
        return Ok(tickets::get(read, ticket).await?);
    }
    match hold(read, actor, Action::SeeTicket, ticket).await {
        Ok(held) => Ok(Some(held.ticket)),
        Err(AppError::Refused(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

impl App {
    /// The actor's notices that are delivered by now.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn my_notices(
        &self,
        ctx: &Context,
        actor: &Actor,
        show: Show,
        before: Option<NoticeId>,
        size: usize,
    ) -> AppResult<Lines> {
        let mut read = self.store().read().await?;
        let rows = notices::of_person(&mut read, actor.person, ctx.now, show, before, one_more(size)).await?;
        page(&mut read, actor, rows, size).await
    }

    /// How many delivered notices the actor has not read, counted up to [`CAP`].
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn unread_notices(&self, ctx: &Context, actor: &Actor) -> AppResult<i64> {
        let mut read = self.store().read().await?;
        Ok(notices::unread(&mut read, actor.person, ctx.now, CAP).await?)
    }

    /// The notices of the whole desk, for those who lead it.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn all_notices(
        &self,
        actor: &Actor,
        filter: &Filter,
        before: Option<NoticeId>,
        size: usize,
    ) -> AppResult<Lines> {
        can(actor, Action::SeeNotices, Subject::Desk)?;
        let mut read = self.store().read().await?;
        let rows = notices::list(&mut read, filter, before, one_more(size)).await?;
        page(&mut read, actor, rows, size).await
    }

    /// One notice, for whoever may see its ticket or was told it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub async fn notice(&self, actor: &Actor, id: NoticeId) -> AppResult<Line> {
        let mut read = self.store().read().await?;
        let told = notices::get(&mut read, id).await?.ok_or(Refusal::NotFound)?;
        let reached = told.deliveries.iter().any(|d| d.person == actor.person);
        let line = page(&mut read, actor, vec![told], 1).await?.lines.pop().ok_or(Refusal::NotFound)?;
        if reached || line.ticket.is_some() { Ok(line) } else { Err(Refusal::NotFound.into()) }
    }

    /// The notices about a ticket, oldest first.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub async fn ticket_notices(&self, actor: &Actor, id: TicketId) -> AppResult<Vec<Told>> {
        let mut read = self.store().read().await?;
        hold(&mut read, actor, Action::SeeTicket, id).await?;
        Ok(notices::of_ticket(&mut read, id).await?)
    }

    /// Notes that the actor has read one of their notices; gives its ticket. Reading twice changes nothing.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where it was not brought before them.
    pub async fn read_notice(&self, ctx: &Context, actor: &Actor, id: NoticeId) -> AppResult<Option<TicketId>> {
        let (person, now) = (actor.person, ctx.now);
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let told = notices::get(tx, id).await?.ok_or(Refusal::NotFound)?;
                    let mine = told.deliveries.iter().any(|d| d.person == person && d.deliver <= now);
                    if !mine {
                        return Err(AppError::from(Refusal::NotFound));
                    }
                    notices::mark_read(tx, id, person, now).await?;
                    Ok(told.notice.ticket)
                })
            })
            .await
    }

    /// Notes that the actor has read everything up to `newest`, which is what they saw; gives how many that were.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn read_all_notices(&self, ctx: &Context, actor: &Actor, newest: NoticeId) -> AppResult<u64> {
        let (person, now) = (actor.person, ctx.now);
        self.store()
            .write(move |tx| {
                Box::pin(async move { Ok::<_, AppError>(notices::mark_all_read(tx, person, newest, now).await?) })
            })
            .await
    }
}
