//! The demonstration: a company, its people, its standard answers, and three months of tickets.
//!
//! The one thing to know: nothing here writes past the rules. Every ticket came to be by the desk's own intentions, at an
//! instant of the past, in the order of time, and the same seed makes the same desk.

mod answers;
mod calendar;
mod callers;
mod company;
mod course;
mod deeds;
mod dice;
mod duty;
mod enterprise;
mod examples;
mod fill;
mod fill_enterprise;
mod fill_water;
mod matter;
mod notices;
mod overdue;
mod plan;
mod play;
mod property;
mod routines;
mod slots;
mod topic;
mod waits;
mod water;

use std::sync::Arc;

use jiff::SignedDuration;
use yingda_app::{App, AppResult};
use yingda_core::{Context, IdGenerator};

pub use answers::IN_USE as ANSWERS_IN_USE;
pub use company::{Face, faces};

/// How many tickets a demonstration has.
pub const TICKETS: usize = 360;
/// The seed of the demonstration that everybody sees.
pub const SEED: u64 = 20_261_101;

/// Fills an empty desk whose processes are installed; `ctx.now` is today. Gives how many tickets there are.
///
/// # Errors
/// The first refusal or fault.
pub async fn prepare(
    app: &App,
    ctx: &Context,
    seed: u64,
    tickets: usize,
    progress: &mut (dyn FnMut(usize, usize) + Send),
) -> AppResult<usize> {
    let now = ctx.now;
    // Ids grow with time, so those of the past need a generator that has not been to the present yet.
    let node = u16::try_from(ctx.ids.next(now) & 0x3ff).unwrap_or_default();
    let ctx = Context { ids: Arc::new(IdGenerator::new(node)), ..ctx.clone() };
    let opening = ctx.at(now - SignedDuration::from_hours(24 * (plan::DAYS_BACK + 14)));
    company::found(app, &opening).await?;
    let company = company::Company::of(app)?;
    answers::write(app, &opening, &company).await?;
    examples::take_in(app, &opening, &company.manager).await?;
    let days = calendar::Days::new(app.zone());
    let plans = plan::plans(&dice::Dice::new(seed), tickets, now, &days);
    let all = plans.len();
    let stage = play::Stage { app, ctx: &ctx, company: &company, days: &days, now };
    let received = stage.play(plans, &mut |done| progress(done, all)).await?;
    duty::prepare(app, &ctx, &company).await?;
    routines::prepare(app, &ctx, &company, seed).await?;
    notices::read(app, &ctx).await?;
    app.analyse().await?;
    Ok(received)
}
