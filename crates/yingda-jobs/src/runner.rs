//! The runner as a task beside the desk: wakes by a timer and on request, and stops between two handfuls.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use yingda_app::{App, AppResult};
use yingda_core::Context;

use crate::{HANDFUL, worker_name};

/// Builds the surroundings of one piece of work; the binary's edge, or a test's fake clock.
pub type Edge = Arc<dyn Fn() -> Context + Send + Sync>;

/// How long it sleeps where nobody wakes it.
const NAP: Duration = Duration::from_secs(15);

/// Wakes the runner before its time; cheap to clone and to call.
#[derive(Debug, Clone, Default)]
pub struct Waker(Arc<Notify>);

impl Waker {
    /// There may be something to do.
    pub fn wake(&self) {
        self.0.notify_one();
    }
}

/// A runner at work. Dropped without [`Runner::stop`], it ends where it stands; leases see to the rest.
#[derive(Debug)]
pub struct Runner {
    waker: Waker,
    stop: watch::Sender<Stop>,
    task: JoinHandle<()>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    No,
    Soon,
}

impl Runner {
    /// Starts a runner; the first look into the queue is at once.
    #[must_use]
    pub fn start(app: App, edge: Edge) -> Self {
        let waker = Waker::default();
        let (stop, stopping) = watch::channel(Stop::No);
        let task = tokio::spawn(work(app, edge, waker.clone(), stopping));
        Self { waker, stop, task }
    }

    /// Something to wake it with.
    #[must_use]
    pub fn waker(&self) -> Waker {
        self.waker.clone()
    }

    /// Lets it finish the jobs that it has claimed, and ends it.
    pub async fn stop(mut self) {
        let _ = self.stop.send(Stop::Soon);
        if let Err(error) = (&mut self.task).await {
            tracing::error!(%error, "the job runner did not end well");
        }
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn work(app: App, edge: Edge, waker: Waker, mut stopping: watch::Receiver<Stop>) {
    let worker = worker_name(&edge());
    while *stopping.borrow() == Stop::No {
        match handful(&app, &edge, &worker).await {
            Ok(0) => {}
            Ok(_) => continue,
            // The database is away; the desk says so to its visitors, and this tries again after its nap.
            Err(error) => tracing::warn!(%error, "the job queue cannot be reached"),
        }
        tokio::select! {
            () = waker.0.notified() => {}
            () = tokio::time::sleep(NAP) => {}
            _ = stopping.changed() => {}
        }
    }
}

async fn handful(app: &App, edge: &Edge, worker: &str) -> AppResult<usize> {
    let jobs = app.claim_jobs(&edge(), worker, HANDFUL).await?;
    let count = jobs.len();
    for job in jobs {
        let (app, ctx, worker) = (app.clone(), edge(), worker.to_owned());
        let id = job.id;
        // A task of its own: a handler that panics loses its lease, not the runner.
        match tokio::spawn(async move { app.run_job(&ctx, &worker, &job).await }).await {
            Ok(outcome) => outcome?,
            Err(error) => tracing::error!(job = %id, %error, "a job broke off"),
        }
    }
    Ok(count)
}
