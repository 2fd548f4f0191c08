//! Clocks for tickets that were under way before tickets had clocks: each waiting step gets its own, from when it began.
//!
//! The one thing to know: this runs once on a desk that was made by an earlier version, as a job, ticket by ticket; a step that
//! has its clock is left alone, so running it again does nothing. Limits that are no step's begin with the ticket's next event.

use yingda_core::sheet::SheetState;
use yingda_core::{Context, JobId, TicketId};
use yingda_process::TokenKind;
use yingda_process::clock::Moment;
use yingda_store::{Tx, clocks, jobs, settings, sheets, tickets};

use super::drive::{Age, Drive, SHEET};
use crate::ticket::instance;
use crate::{App, AppError, AppResult};

/// The job's kind, its key, and the setting that says it is done.
pub const ADOPT: &str = "adopt-clocks";
/// Tickets in one transaction.
const BATCH: i64 = 100;

/// Puts the job into the queue where the desk has not had it.
pub(crate) async fn schedule(tx: &mut Tx, ctx: &Context) -> AppResult<()> {
    if settings::get(tx, ADOPT).await?.is_none() {
        jobs::add(tx, ctx.id(JobId), ADOPT, ADOPT, "{}", ctx.now).await?;
    }
    Ok(())
}

impl App {
    /// Gives every running ticket that has no clock those of the steps at which it waits.
    pub(crate) async fn run_adopt(&self, ctx: &Context) -> AppResult<()> {
        let mut after = TicketId(0);
        loop {
            let (app, ctx) = (self.clone(), ctx.clone());
            let next = self
                .store()
                .write(move |tx| {
                    Box::pin(async move {
                        let batch = tickets::running_after(tx, after, BATCH).await?;
                        for id in &batch {
                            app.adopt(tx, &ctx, *id).await?;
                        }
                        if batch.is_empty() {
                            settings::put(tx, ADOPT, "done").await?;
                        }
                        Ok::<_, AppError>(batch.last().copied())
                    })
                })
                .await?;
            match next {
                Some(last) => after = last,
                None => return Ok(()),
            }
        }
    }

    async fn adopt(&self, tx: &mut Tx, ctx: &Context, id: TicketId) -> AppResult<()> {
        let known = clocks::of_ticket(tx, id).await?;
        let has = |rule: &str, sheet| {
            known.iter().any(|clock| clock.rule == rule && clock.sheet == sheet && clock.stopped.is_none())
        };
        let Some(mut ticket) = tickets::get(tx, id).await? else { return Ok(()) };
        let process = self.definition(ticket.definition)?;
        let position = instance(tx, id).await?;
        let sheets = sheets::of_ticket(tx, id).await?;
        for token in &position.tokens {
            let (since, moment, sheet) = match token.kind {
                TokenKind::Person => (token.since, Moment::Entered(token.step.clone()), None),
                TokenKind::Sheet => {
                    let own = |sheet: &&yingda_core::sheet::Sheet| sheet.token == Some(i64::from(token.id));
                    let Some(sheet) = sheets.iter().find(own).filter(|sheet| sheet.state == SheetState::Received)
                    else {
                        continue;
                    };
                    (sheet.received.unwrap_or(ctx.now), Moment::Received(token.step.clone()), Some(sheet))
                }
            };
            if has(&format!("step.{}", token.step), sheet.map(|sheet| sheet.id)) {
                continue;
            }
            let then = ctx.at(since);
            let drive = Drive { app: self, ctx: &then, actor: None, process: &process, age: Age::Fresh };
            drive.moments(tx, &mut ticket, &position, &[moment], sheet).await?;
        }
        // Sheets that were sent by hand and signed for have a limit of their own.
        let by_hand = |sheet: &&yingda_core::sheet::Sheet| {
            sheet.token.is_none() && sheet.state == SheetState::Received && !has(SHEET, Some(sheet.id))
        };
        for sheet in sheets.iter().filter(by_hand) {
            let Some(limit) = crate::sheets::limit_of(sheet)? else { continue };
            let then = ctx.at(sheet.received.unwrap_or(ctx.now));
            let drive = Drive { app: self, ctx: &then, actor: None, process: &process, age: Age::Fresh };
            drive.start_sheet(tx, &mut ticket, sheet, limit).await?;
        }
        Ok(tickets::set_due(tx, &ticket).await?)
    }
}
