//! The queue: filtered lists of tickets, saved views, and bulk actions that obey the same rules as single ones.

use yingda_core::{Actor, Context, Refusal, TicketId, ViewId};
use yingda_store::queue::Scope;
use yingda_store::views::View;
use yingda_store::{queue, views};

pub use yingda_store::queue::{AssigneeFilter, Filter, Key, Order, Page, SheetsTo, StateFilter, Tickets, key_of};

use crate::assignment::required;
use crate::error::taken;
use crate::search::scope;
use crate::{App, AppError, AppResult};

/// Most tickets that one bulk action takes.
pub const BULK: usize = 100;

/// What came of one ticket of a bulk action.
#[derive(Debug, Clone)]
pub struct BulkResult {
    /// The ticket.
    pub ticket: TicketId,
    /// Why it was refused, if it was.
    pub refused: Option<Refusal>,
}

impl App {
    /// A page of the tickets that this actor may see.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn queue(
        &self,
        actor: &Actor,
        filter: &Filter,
        order: Order,
        page: Page,
        size: usize,
    ) -> AppResult<Tickets> {
        let scope = scope(actor)?;
        let mut read = self.store().read().await?;
        // Order by due time holds only for what runs: what has ended is due no more.
        let order = if filter.state == StateFilter::Running { order } else { Order::Newest };
        Ok(queue::page(&mut read, scope, filter, order, page, size).await?)
    }

    /// How many there are, counted up to `cap`.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn queue_count(&self, actor: &Actor, filter: &Filter, cap: i64) -> AppResult<i64> {
        let scope = scope(actor)?;
        let mut read = self.store().read().await?;
        Ok(queue::count(&mut read, scope, filter, cap).await?)
    }

    /// The kinds that running tickets have, for the desk's filter; a department filters without.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn queue_kinds(&self, actor: &Actor) -> AppResult<Vec<String>> {
        if scope(actor)? != Scope::All {
            return Ok(Vec::new());
        }
        let mut read = self.store().read().await?;
        Ok(queue::kinds(&mut read).await?)
    }

    /// Takes several tickets; each by the same rule as one alone, and each told apart.
    ///
    /// # Errors
    /// [`AppError::Store`]; refusals are in the result.
    pub async fn take_all(&self, ctx: &Context, actor: &Actor, ids: &[TicketId]) -> AppResult<Vec<BulkResult>> {
        let mut results = Vec::new();
        for &ticket in ids.iter().take(BULK) {
            let refused = match self.assign(ctx, actor, ticket, Some(actor.person), None, None).await {
                Ok(()) => None,
                Err(AppError::Refused(refusal)) => Some(refusal),
                Err(other) => return Err(other),
            };
            results.push(BulkResult { ticket, refused });
        }
        Ok(results)
    }

    /// Files several closed tickets away, likewise.
    ///
    /// # Errors
    /// As [`App::take_all`].
    pub async fn archive_all(&self, ctx: &Context, actor: &Actor, ids: &[TicketId]) -> AppResult<Vec<BulkResult>> {
        let mut results = Vec::new();
        for &ticket in ids.iter().take(BULK) {
            let refused = match self.archive(ctx, actor, ticket).await {
                Ok(()) => None,
                Err(AppError::Refused(refusal)) => Some(refusal),
                Err(other) => return Err(other),
            };
            results.push(BulkResult { ticket, refused });
        }
        Ok(results)
    }

    /// The actor's saved views.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn saved_views(&self, actor: &Actor) -> AppResult<Vec<View>> {
        let mut read = self.store().read().await?;
        Ok(views::of_person(&mut read, actor.person).await?)
    }

    /// Saves a view under a name; one of the same name is replaced.
    ///
    /// # Errors
    /// A field where the name is missing.
    pub async fn save_view(&self, ctx: &Context, actor: &Actor, name: &str, query: &str) -> AppResult<()> {
        let name: String = required("name", name)?.chars().take(60).collect();
        let view = View { id: ctx.id(ViewId), name, query: query.chars().take(2_000).collect() };
        let person = actor.person;
        self.store()
            .write(move |tx| Box::pin(async move { Ok::<_, AppError>(views::put(tx, person, &view).await?) }))
            .await
    }

    /// Renames one of the actor's views.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Taken`], a field where the name is missing.
    pub async fn rename_view(&self, actor: &Actor, id: ViewId, name: &str) -> AppResult<()> {
        let name: String = required("name", name)?.chars().take(60).collect();
        let person = actor.person;
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    if views::rename(tx, person, id, &name).await.map_err(taken("name"))? {
                        Ok(())
                    } else {
                        Err(Refusal::NotFound.into())
                    }
                })
            })
            .await
    }

    /// Removes one of the actor's views.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub async fn remove_view(&self, actor: &Actor, id: ViewId) -> AppResult<()> {
        let person = actor.person;
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    if views::remove(tx, person, id).await? { Ok(()) } else { Err(AppError::from(Refusal::NotFound)) }
                })
            })
            .await
    }
}
