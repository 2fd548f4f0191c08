//! A desk for tests: the app on a store of its own, a clock that tests set, people, processes, and the jobs that it must not leave.
//!
//! The one thing to know: a [`Desk`] that is dropped with a job undone fails its test, because whatever leaves the house is a job
//! (only the hourly sweep may stay). Everything goes through the intentions; what they refuse is given back, not unwrapped.

use std::ops::Deref;

use tempfile::TempDir;
use yingda_app::people::PersonText;
use yingda_app::processes::Installed;
use yingda_app::receive::{Receive, Received};
use yingda_app::steps::CompleteStep;
use yingda_app::ticket::TicketView;
use yingda_app::{App, AppResult};
use yingda_core::{Actor, Context, DepartmentId, PersonId, Refusal, Role, TicketId};
use yingda_process::RawForm;
use yingda_store::Store;

use crate::clock::{Clock, Edge};
use crate::engines::{Engine, TestStore, each};

/// The password of everybody whom [`Desk::person`] adds.
pub const PASSWORD: &str = "correct horse";

/// The name under which the harness claims jobs.
const WORKER: &str = "testkit";

/// Runs a body on each engine with an empty desk: `#[test] fn x() { on_both(async |desk| { … }) }`.
///
/// # Panics
/// As the body does, or where it leaves jobs.
pub fn on_both(test: impl AsyncFn(Desk)) {
    each(async |engine| test(Desk::open(engine).await).await);
}

/// An empty desk. Derefs to its [`App`].
#[derive(Debug)]
pub struct Desk {
    /// The desk itself; cheap to clone.
    pub app: App,
    /// What time it is.
    pub clock: Clock,
    /// Where contexts come from; a router under test takes a clone.
    pub edge: Edge,
    /// The engine that it runs on.
    pub engine: Engine,
    files: TempDir,
    store: TestStore,
}

impl Deref for Desk {
    type Target = App;
    fn deref(&self) -> &App {
        &self.app
    }
}

#[expect(clippy::panic, reason = "a harness that cannot do its own part is a failed test")]
impl Desk {
    /// Opens an empty desk on an engine.
    ///
    /// # Panics
    /// Where it does not open.
    pub async fn open(engine: Engine) -> Self {
        let store = TestStore::open(engine).await;
        let files = TempDir::new().unwrap_or_else(|error| panic!("no folder for files: {error}"));
        let app = match App::open(Store::clone(&store), files.path().to_owned()).await {
            Ok(app) => app,
            Err(error) => panic!("the desk does not open on {engine}: {error}"),
        };
        let clock = Clock::new();
        Self { app, edge: Edge::new(clock.clone()), clock, engine, files, store }
    }

    /// The same desk as another process sees it, or this one after a restart: nothing kept in memory.
    ///
    /// # Panics
    /// Where it does not open.
    pub async fn another(&self) -> App {
        match App::open(self.store.another().await, self.files.path().to_owned()).await {
            Ok(app) => app,
            Err(error) => panic!("the desk does not open once more: {error}"),
        }
    }

    /// The store under it, for looking at what no intention shows.
    #[must_use]
    pub fn store(&self) -> &TestStore {
        &self.store
    }

    /// The folder of its attachments.
    #[must_use]
    pub fn files(&self) -> &std::path::Path {
        self.files.path()
    }

    /// The surroundings of a request at the clock's time.
    #[must_use]
    pub fn ctx(&self) -> Context {
        self.edge.ctx()
    }

    /// Lets a shipped process in, by the name of its file: `S03-enterprise-support`.
    ///
    /// # Panics
    /// Where there is no such file, or it has faults.
    pub async fn install(&self, name: &str) {
        self.install_text(&shipped(name), name).await;
    }

    /// Lets all three shipped processes in.
    ///
    /// # Panics
    /// As [`Desk::install`].
    pub async fn install_all(&self) {
        for name in SHIPPED {
            self.install(name).await;
        }
    }

    /// Lets a process in.
    ///
    /// # Panics
    /// Where it has faults.
    pub async fn install_text(&self, source: &str, name: &str) {
        match self.app.install_process(&self.ctx(), None, source, &format!("{name}.yaml")).await {
            Ok(Installed::In(_)) => {}
            Ok(Installed::Faulty(faults)) => {
                panic!("{name}: {}", faults.iter().map(|f| format!("{f}\n")).collect::<String>())
            }
            Err(error) => panic!("{name}: {error}"),
        }
    }

    /// A department by its code; made, under that code for a name, where there is none.
    ///
    /// # Panics
    /// Where the code cannot be one.
    pub async fn department(&self, code: &str) -> DepartmentId {
        if let Some(department) = self.app.directory().department(code) {
            return department.id;
        }
        match self.app.add_department_unasked(&self.ctx(), code, code).await {
            Ok(id) => id,
            Err(error) => panic!("department {code}: {error}"),
        }
    }

    /// Adds somebody who signs in by their name and [`PASSWORD`].
    ///
    /// # Panics
    /// Where the name is taken, or has only one letter.
    pub async fn person(&self, name: &str, department: &str, roles: impl IntoIterator<Item = Role>) -> Actor {
        let text = PersonText {
            login: name.to_owned(),
            name: name.to_owned(),
            department: Some(self.department(department).await),
            roles: roles.into_iter().collect(),
            active: true,
            password: PASSWORD.to_owned(),
        };
        match self.app.add_person_unasked(&self.ctx(), text).await {
            Ok(id) => self.actor(id),
            Err(error) => panic!("{name}: {error:?}"),
        }
    }

    /// What decisions need of a person.
    ///
    /// # Panics
    /// Where there is none.
    #[must_use]
    pub fn actor(&self, person: PersonId) -> Actor {
        self.app.directory().people.get(&person).map_or_else(|| panic!("nobody is {person}"), Actor::from)
    }

    /// Takes a matter in.
    ///
    /// # Errors
    /// As [`App::receive`].
    pub async fn receive(&self, actor: &Actor, process: &str, channel: &str, fields: RawForm) -> AppResult<Received> {
        let matter = Receive { process: process.to_owned(), channel: channel.to_owned(), fields, ..Receive::default() };
        self.app.receive(&self.ctx(), actor, matter).await
    }

    /// Completes the step of that id; where it does not wait, `StepNotOpen`.
    ///
    /// # Errors
    /// As [`App::complete_step`] and [`App::ticket`].
    pub async fn complete(&self, actor: &Actor, ticket: TicketId, step: &str, fields: RawForm) -> AppResult<()> {
        let token = self.token(actor, ticket, step).await?;
        self.app
            .complete_step(&self.ctx(), actor, ticket, CompleteStep { token, fields, ..CompleteStep::default() })
            .await
    }

    /// Where a ticket waits at a step.
    ///
    /// # Errors
    /// `StepNotOpen` where it does not; as [`App::ticket`].
    pub async fn token(&self, actor: &Actor, ticket: TicketId, step: &str) -> AppResult<i64> {
        let view = self.app.ticket(actor, ticket).await?;
        let item = view.held.work.iter().find(|item| item.step == step).ok_or(Refusal::StepNotOpen)?;
        Ok(item.token)
    }

    /// The ids of the steps that a ticket waits at.
    ///
    /// # Errors
    /// As [`App::ticket`].
    pub async fn waits_at(&self, actor: &Actor, ticket: TicketId) -> AppResult<Vec<String>> {
        Ok(self.app.ticket(actor, ticket).await?.held.work.into_iter().map(|item| item.step).collect())
    }

    /// A ticket as somebody may see it.
    ///
    /// # Errors
    /// As [`App::ticket`].
    pub async fn ticket(&self, actor: &Actor, ticket: TicketId) -> AppResult<TicketView> {
        self.app.ticket(actor, ticket).await
    }

    /// Does every job that is due at the clock's time, and those that they make; gives how many runs that were.
    ///
    /// # Panics
    /// Where the store refuses.
    pub async fn run_jobs(&self) -> usize {
        let mut runs = 0;
        loop {
            let jobs = match self.app.claim_jobs(&self.ctx(), WORKER, 50).await {
                Ok(jobs) => jobs,
                Err(error) => panic!("jobs cannot be claimed: {error}"),
            };
            if jobs.is_empty() {
                return runs;
            }
            for job in jobs {
                runs += 1;
                if let Err(error) = self.app.run_job(&self.ctx(), WORKER, &job).await {
                    panic!("the outcome of job {} cannot be kept: {error}", job.kind);
                }
            }
        }
    }

    /// Takes every clock away, as a desk has none that an earlier version made.
    ///
    /// # Panics
    /// Where the store refuses.
    pub async fn forget_clocks(&self) {
        let forgotten: Result<(), yingda_store::StoreError> = self
            .store
            .write(|tx| {
                Box::pin(async move {
                    tx.exec("DELETE FROM clocks", &[]).await?;
                    tx.exec("UPDATE tickets SET due_at = NULL", &[]).await.map(drop)
                })
            })
            .await;
        if let Err(error) = forgotten {
            panic!("the clocks cannot be taken away: {error}");
        }
    }

    /// The jobs that are left, those that come round aside: kind and last error. Asked over a connection of its own, on a thread of its own,
    /// because destructors ask it.
    fn jobs_left_over(&self) -> Vec<(String, String)> {
        let url = self.store.url().clone();
        let ask = move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .map_err(|error| error.to_string())?;
            runtime.block_on(async {
                let store = Store::open(&url).await.map_err(|error| error.to_string())?;
                let mut read = store.read().await.map_err(|error| error.to_string())?;
                read.all::<(String, String)>(
                    "SELECT kind, last_error FROM jobs WHERE kind NOT IN ('sweep', 'clocks', 'routines') ORDER BY id",
                    &[],
                )
                .await
                .map_err(|error| error.to_string())
            })
        };
        match std::thread::spawn(ask).join() {
            Ok(Ok(jobs)) => jobs,
            Ok(Err(error)) => vec![("?".to_owned(), error)],
            Err(_) => vec![("?".to_owned(), "asking for the jobs panicked".to_owned())],
        }
    }
}

impl Drop for Desk {
    #[expect(clippy::panic, reason = "a desk that leaves work undone is a failed test")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let left = self.jobs_left_over();
        if !left.is_empty() {
            panic!("the desk was left with jobs undone: {left:?}");
        }
    }
}

/// The files of the shipped processes, without their ending.
pub const SHIPPED: [&str; 3] = ["S01-consultation", "S02-hotline", "S03-enterprise-support"];

/// The text of a shipped process.
///
/// # Panics
/// Where there is no such file.
#[must_use]
#[expect(clippy::panic, reason = "a test that misspells a process has failed")]
pub fn shipped(name: &str) -> String {
    let path = format!("{}/../../processes/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}
