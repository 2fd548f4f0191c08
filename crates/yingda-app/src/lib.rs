//! One function per intention, whatever the entrance: page, API, bulk, import, timer, command line.
//!
//! Every function has the same five parts: access, load, decide (pure, in `yingda-process` and `yingda-core`), write in
//! one transaction, and what leaves the house as a job written in that transaction. It knows no HTTP, HTML or SQL.

pub mod accounts;
pub mod amend;
pub mod answerable;
pub mod answers;
pub mod apply;
pub mod archive;
pub mod assignment;
pub mod attachments;
pub mod calendars;
pub mod caller;
pub mod clocks;
pub mod desk;
pub mod directory;
pub mod duty;
pub mod error;
pub mod export;
pub mod figures;
pub mod import;
pub mod kept;
pub mod notices;
pub mod once;
pub mod passwords;
pub mod people;
pub mod processes;
pub mod queue;
pub mod receive;
pub mod routines;
pub mod search;
pub mod secret;
pub mod sheets;
pub mod steps;
pub mod talk;
pub mod throttle;
pub mod ticket;
pub mod upkeep;

use std::path::PathBuf;
use std::sync::Arc;

use jiff::tz::TimeZone;
use yingda_store::Store;

pub use directory::Directory;
pub use error::{AppError, AppResult};
pub use once::Once;
pub use processes::{Process, Processes};
pub use yingda_store::answers::AnswerVersion;
pub use yingda_store::customers::{Contact, Customer};
pub use yingda_store::files::Attachment;
pub use yingda_store::history::Line;
pub use yingda_store::messages::{Kind as MessageKind, Message};
pub use yingda_store::tickets::{Involvement, WorkItem};
pub use yingda_store::views::View;
pub use yingda_store::{Change, StoreError, Topic};
pub use yingda_tables::FormFields;

/// The desk: everything that intentions need, cheap to clone.
#[derive(Debug, Clone)]
pub struct App {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    store: Store,
    files: PathBuf,
    processes: Processes,
    directory: directory::Cached,
    calendars: calendars::Cached,
    policies: clocks::policy::Cached,
    throttle: throttle::Throttle,
}

impl App {
    /// Opens the desk on a database; `files` is the folder where attachments lie.
    ///
    /// # Errors
    /// [`AppError::Store`] where the database cannot be read.
    pub async fn open(store: Store, files: PathBuf) -> AppResult<Self> {
        let mut read = store.read().await?;
        let processes = Processes::load(&mut read).await?;
        let directory = directory::Cached::load(&mut read).await?;
        let calendars = calendars::Cached::load(&mut read).await?;
        let policies = clocks::policy::Cached::load(&mut read).await?;
        drop(read);
        let throttle = throttle::Throttle::default();
        Ok(Self { inner: Arc::new(Inner { store, files, processes, directory, calendars, policies, throttle }) })
    }

    pub(crate) fn store(&self) -> &Store {
        &self.inner.store
    }

    pub(crate) fn files(&self) -> &std::path::Path {
        &self.inner.files
    }

    /// The processes that are installed.
    #[must_use]
    pub fn processes(&self) -> &Processes {
        &self.inner.processes
    }

    /// People and departments by id, for showing names.
    #[must_use]
    pub fn directory(&self) -> Arc<Directory> {
        self.inner.directory.get()
    }

    /// The desk's time zone: that of the office's calendar.
    #[must_use]
    pub fn zone(&self) -> TimeZone {
        self.calendar(calendars::OFFICE).time_zone().clone()
    }

    /// What changes from now on, for live updates: ids and versions only.
    #[must_use]
    pub fn watch(&self) -> tokio::sync::broadcast::Receiver<Change> {
        self.inner.store.watch()
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn health(&self) -> AppResult<&'static str> {
        self.inner.store.ping().await?;
        Ok(self.inner.store.engine_name())
    }

    /// Lets the database plan afresh; after a large load.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn analyse(&self) -> AppResult<()> {
        Ok(self.inner.store.analyse().await?)
    }
}
