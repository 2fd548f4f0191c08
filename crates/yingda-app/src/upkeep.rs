//! What the desk does by itself, as jobs: each reads afresh what there is to do, and may run twice, late, or after a crash.

use jiff::SignedDuration;
use serde::Deserialize;
use yingda_core::{Context, JobId};
use yingda_store::jobs::{self, Job};
use yingda_store::sessions;

use crate::clocks::adopt::{self, ADOPT};
use crate::clocks::recompute::RECOMPUTE;
use crate::duty::assign::OPENING;
use crate::routines::make::ROUTINES;
use crate::{App, AppError, AppResult};

/// Removes the bytes of a removed attachment.
pub const DROP_BYTES: &str = "drop-bytes";
/// Removes what has expired; runs every hour.
pub const SWEEP: &str = "sweep";
/// Looks at the clocks whose time has come; runs four times a minute.
pub const CLOCKS: &str = "clocks";
/// Times a job is tried before it is given up.
const TRIES: i64 = 8;
/// How long a worker may take before another takes the job over.
const LEASE: SignedDuration = SignedDuration::from_mins(5);

/// The jobs that come round.
const ROUND: [&str; 3] = [SWEEP, CLOCKS, ROUTINES];

/// How long after one round the next begins; `None` for what happens once.
fn period(kind: &str) -> Option<SignedDuration> {
    match kind {
        SWEEP => Some(SignedDuration::from_hours(1)),
        CLOCKS => Some(SignedDuration::from_secs(15)),
        ROUTINES => Some(crate::routines::make::EVERY),
        _ => None,
    }
}

#[derive(Deserialize)]
struct Digest {
    digest: String,
}

impl App {
    /// Claims the jobs that are due.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn claim_jobs(&self, ctx: &Context, worker: &str, limit: i64) -> AppResult<Vec<Job>> {
        let (worker, now) = (worker.to_owned(), ctx.now);
        self.store()
            .write(move |tx| Box::pin(async move { Ok(jobs::claim(tx, &worker, now, now + LEASE, limit).await?) }))
            .await
    }

    /// Does a claimed job and puts away what came of it: done, tried again later, or given up.
    ///
    /// # Errors
    /// [`AppError::Store`] where the outcome cannot be kept; the lease then ends by itself.
    pub async fn run_job(&self, ctx: &Context, worker: &str, job: &Job) -> AppResult<()> {
        let result = match job.kind.as_str() {
            // Claimed again and again without an outcome: its worker went down with it each time.
            _ if job.attempts > TRIES => Err(AppError::House("its worker went away each time".to_owned())),
            DROP_BYTES => self.run_drop_bytes(&job.payload).await,
            SWEEP => self.run_sweep(ctx).await,
            OPENING => self.run_opening(ctx, &job.payload).await,
            CLOCKS => self.sweep_clocks(ctx).await.map(drop),
            RECOMPUTE => self.run_recompute(ctx).await,
            ADOPT => self.run_adopt(ctx).await,
            ROUTINES => self.make_routine_work(ctx).await,
            other => Err(AppError::House(format!("no handler for jobs of kind {other}"))),
        };
        let (id, worker, attempts, ctx) = (job.id, worker.to_owned(), job.attempts, ctx.clone());
        let period = period(&job.kind);
        let error = result.err().map(|e| e.to_string());
        if let Some(error) = &error {
            tracing::warn!(job = %id, kind = job.kind, attempts, error, "a job failed");
        }
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    match (error, period) {
                        // What comes round is never given up: the next time may go well.
                        (error, Some(period)) => {
                            jobs::again(tx, id, &worker, ctx.now + period, &error.unwrap_or_default()).await?;
                        }
                        (None, None) => drop(jobs::done(tx, id, &worker).await?),
                        (Some(error), None) if attempts < TRIES => {
                            let wait = SignedDuration::from_secs(30 << attempts.clamp(0, 10));
                            jobs::retry(tx, id, &worker, ctx.now + wait, &error).await?;
                        }
                        (Some(error), None) => jobs::give_up(tx, id, &worker, ctx.now, &error).await?,
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await
    }

    /// Makes sure that what comes round is in the queue, also where an earlier version had given it up.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn schedule_upkeep(&self, ctx: &Context) -> AppResult<()> {
        let ctx = ctx.clone();
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    for kind in ROUND {
                        jobs::add(tx, ctx.id(JobId), kind, kind, "{}", ctx.now).await?;
                        jobs::revive(tx, kind).await?;
                    }
                    adopt::schedule(tx, &ctx).await
                })
            })
            .await
    }

    /// Jobs that wait and jobs that were given up.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn jobs_left(&self) -> AppResult<(i64, i64)> {
        let mut read = self.store().read().await?;
        Ok(jobs::left_over(&mut read).await?)
    }

    async fn run_drop_bytes(&self, payload: &str) -> AppResult<()> {
        let Digest { digest } =
            serde_json::from_str(payload).map_err(|e| AppError::House(format!("a job's payload: {e}")))?;
        self.drop_bytes_if_unused(&digest).await
    }

    async fn run_sweep(&self, ctx: &Context) -> AppResult<()> {
        let now = ctx.now;
        let keys_before = now - SignedDuration::from_hours(24 * 7);
        let swept = self
            .store()
            .write(move |tx| Box::pin(async move { Ok::<_, AppError>(sessions::sweep(tx, now, keys_before).await?) }))
            .await?;
        let tables = self.drop_old_tables(now).await?;
        tracing::debug!(swept, tables, "swept what had expired");
        Ok(())
    }
}
