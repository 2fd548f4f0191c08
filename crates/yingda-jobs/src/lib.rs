//! The queue runner: claims what is due, has it done, sleeps until there is more.
//!
//! The one thing to know: what a job does and what comes of it (done, tried again, given up) is the application's to say;
//! here is only *when*. A job may run twice, late or after a crash, so the runner holds nothing that a restart could lose.

mod runner;

pub use runner::{Edge, Runner, Waker};

use yingda_app::{App, AppResult};
use yingda_core::Context;

/// Jobs that are claimed at once; a stop waits for these and no more.
const HANDFUL: i64 = 8;

/// Does everything that is due at the context's instant, and gives how many jobs that were. A job that fails is put off,
/// so this ends.
///
/// # Errors
/// [`yingda_app::AppError::Store`] where the queue itself cannot be reached.
pub async fn run_due(app: &App, ctx: &Context) -> AppResult<usize> {
    let worker = worker_name(ctx);
    let mut done = 0;
    loop {
        let jobs = app.claim_jobs(ctx, &worker, HANDFUL).await?;
        if jobs.is_empty() {
            return Ok(done);
        }
        for job in &jobs {
            app.run_job(ctx, &worker, job).await?;
        }
        done += jobs.len();
    }
}

/// A name for whoever holds the leases: the request's own, so that no two runners share one.
fn worker_name(ctx: &Context) -> String {
    format!("worker-{}", ctx.request)
}
