//! The writer: requests that arrive together share one commit, and each is answered after it.
//!
//! All writes of a process go through one connection, one job after another, so a job sees every earlier one and never
//! waits for a lock of its own process. A job that fails is undone alone (savepoint); a lost connection undoes the
//! whole batch, and everybody in it is told. Nothing is acknowledged before the commit that holds it.

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::sync::{broadcast, mpsc, oneshot};

use crate::args::Arg;
use crate::engine::{PATIENCE, Pools};
use crate::error::{StoreError, StoreResult};
use crate::read::Read;

/// How long a connection that failed may take to close politely.
const FAREWELL: Duration = Duration::from_secs(1);
/// Jobs that may share one commit; bounds the wait of the first.
const BATCH: usize = 64;

/// What changed, for live updates: an id and a version, never content (invariant 11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// What kind of thing.
    pub topic: Topic,
    /// Its id.
    pub id: i64,
    /// Its version after the change.
    pub version: i64,
}

/// Kinds of things that pages watch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// A ticket.
    Ticket,
    /// A contact sheet.
    Sheet,
    /// A standard answer.
    Answer,
    /// A person's notices; the id is the person's, and nobody else is told.
    Notice,
}

/// A write under way; dereferences to [`Read`], so that it can also be asked.
#[derive(Debug)]
pub struct Tx {
    read: Read,
    changes: Vec<Change>,
}

impl std::ops::Deref for Tx {
    type Target = Read;
    fn deref(&self) -> &Read {
        &self.read
    }
}

impl std::ops::DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Read {
        &mut self.read
    }
}

impl Tx {
    /// Runs a statement that changes rows; gives how many.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] on a broken uniqueness or reference rule, else as [`Read::all`].
    pub async fn exec(&mut self, sql: &str, args: &[Arg]) -> StoreResult<u64> {
        self.read.execute(sql, args).await
    }

    /// Announces a change to whoever watches; sent only after the commit.
    pub fn announce(&mut self, change: Change) {
        self.changes.push(change);
    }

    pub(crate) fn new(read: Read) -> Self {
        Self { read, changes: Vec::new() }
    }

    pub(crate) async fn script(&mut self, sql: &str) -> StoreResult<()> {
        self.read.script(sql).await
    }
}

/// What a job did: keep its changes, undo them, or give up the connection.
enum Verdict {
    Keep,
    Undo,
    Lost(String),
}

type Work = Box<dyn for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Verdict> + Send>;

struct Job {
    work: Work,
    done: oneshot::Sender<StoreResult<()>>,
}

/// Hands jobs to the writer task.
#[derive(Clone)]
pub(crate) struct Writer {
    queue: mpsc::Sender<Job>,
    changes: broadcast::Sender<Change>,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Writer")
    }
}

impl Writer {
    pub(crate) fn start(pools: Pools) -> Self {
        let (queue, jobs) = mpsc::channel(1024);
        let (changes, _) = broadcast::channel(1024);
        tokio::spawn(run(pools, jobs, changes.clone()));
        Self { queue, changes }
    }

    pub(crate) fn watch(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }

    /// Runs `job` inside a transaction; its `Err` undoes what it did.
    pub(crate) async fn write<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + MayBeLost + Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
    {
        let slot: Arc<Mutex<Option<Result<T, E>>>> = Arc::new(Mutex::new(None));
        let fill = Arc::clone(&slot);
        let work: Work = Box::new(move |tx| {
            Box::pin(async move {
                // A defect in one job must not end the writer, and with it every later write of this process. What the
                // job had under way is unknown, so its connection goes.
                let Ok(result) = AssertUnwindSafe(job(tx)).catch_unwind().await else {
                    return Verdict::Lost("a write stopped in the middle: a defect of this program".to_owned());
                };
                let verdict = match &result {
                    Ok(_) => Verdict::Keep,
                    Err(error) => error.lost().map_or(Verdict::Undo, Verdict::Lost),
                };
                *fill.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
                verdict
            })
        });
        let (done, told) = oneshot::channel();
        if self.queue.send(Job { work, done }).await.is_err() {
            return Err(StoreError::Unavailable("the writer has stopped".to_owned()).into());
        }
        match told.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return Err(error.into()),
            Err(_) => {
                return Err(StoreError::Unavailable("the writer has stopped".to_owned()).into());
            }
        }
        let filled = slot.lock().unwrap_or_else(PoisonError::into_inner).take();
        filled.unwrap_or_else(|| Err(StoreError::Unavailable("the write gave no answer".to_owned()).into()))
    }
}

/// An error that can say whether the connection went away under it.
pub trait MayBeLost {
    /// The cause, if the database is away.
    fn lost(&self) -> Option<String>;
}

impl MayBeLost for StoreError {
    fn lost(&self) -> Option<String> {
        match self {
            Self::Unavailable(why) => Some(why.clone()),
            _ => None,
        }
    }
}

async fn run(pools: Pools, mut jobs: mpsc::Receiver<Job>, changes: broadcast::Sender<Change>) {
    let mut held: Option<Tx> = None;
    while let Some(first) = jobs.recv().await {
        let mut tx = match begun(&pools, held.take()).await {
            Ok(tx) => tx,
            Err(error) => {
                let _ = first.done.send(Err(error));
                continue;
            }
        };
        let mut finished = Vec::new();
        match batch(&mut tx, first, &mut jobs, &mut finished).await {
            Ok(()) => {
                for done in finished {
                    let _ = done.send(Ok(()));
                }
                for change in tx.changes.drain(..) {
                    let _ = changes.send(change);
                }
                held = Some(tx);
            }
            Err(error) => {
                // The connection is dropped with the transaction in it: the server undoes what it held.
                tracing::warn!(%error, "a batch of writes was undone");
                for done in finished {
                    let _ = done.send(Err(error.clone()));
                }
                drop(tokio::time::timeout(FAREWELL, tx.read.discard()).await);
            }
        }
    }
}

/// A transaction on the connection at hand; on a new one where that has gone away while nobody wrote.
async fn begun(pools: &Pools, held: Option<Tx>) -> StoreResult<Tx> {
    if let Some(mut tx) = held {
        let begin = tx.begin_statement();
        // A server that vanished without a word answers nothing: not waited for longer than for a new connection.
        match tokio::time::timeout(PATIENCE, tx.script(begin)).await {
            Ok(Ok(())) => return Ok(tx),
            Ok(Err(_)) | Err(_) => drop(tokio::time::timeout(FAREWELL, tx.read.discard()).await),
        }
    }
    let mut tx = Tx::new(pools.writer().await?);
    let begin = tx.begin_statement();
    tx.script(begin).await?;
    Ok(tx)
}

/// Runs the first job and what has arrived meanwhile in the transaction that was begun, and commits.
async fn batch(
    tx: &mut Tx,
    first: Job,
    jobs: &mut mpsc::Receiver<Job>,
    finished: &mut Vec<oneshot::Sender<StoreResult<()>>>,
) -> StoreResult<()> {
    finished.push(first.done);
    match (first.work)(tx).await {
        Verdict::Keep => {}
        Verdict::Undo => {
            tx.changes.clear();
            let begin = tx.begin_statement();
            tx.script("ROLLBACK").await?;
            tx.script(begin).await?;
        }
        Verdict::Lost(why) => return Err(StoreError::Unavailable(why)),
    }
    let mut guarded = false;
    while finished.len() < BATCH {
        let Ok(job) = jobs.try_recv() else { break };
        finished.push(job.done);
        let announced = tx.changes.len();
        // One round trip: what the job before kept is settled by the same statement that guards the next.
        tx.script(if guarded { "RELEASE SAVEPOINT job; SAVEPOINT job" } else { "SAVEPOINT job" }).await?;
        guarded = true;
        match (job.work)(tx).await {
            Verdict::Keep => {}
            Verdict::Undo => {
                tx.changes.truncate(announced);
                tx.script("ROLLBACK TO SAVEPOINT job").await?;
            }
            Verdict::Lost(why) => return Err(StoreError::Unavailable(why)),
        }
    }
    tx.script("COMMIT").await
}
