//! Both engines, and a store of one's own on either.
//!
//! The one thing to know: [`each`] runs a body on SQLite and then on PostgreSQL, each in a runtime of its own that ends with it,
//! and says on which of them it failed. There is no way to skip one.

use std::fmt;
use std::ops::Deref;

use tempfile::TempDir;
use yingda_store::{Store, StoreUrl};

use crate::postgres::{FreshDatabase, fresh_database};

/// The name of an embedded database.
const FILE: &str = "desk.db";

/// A database engine that the desk runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The embedded file.
    Sqlite,
    /// A server.
    Postgres,
}

impl Engine {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

/// Says which engine it was, when the body unwinds.
struct Named(Engine);

impl Drop for Named {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("--- this failed on {} ---", self.0);
        }
    }
}

/// Runs a body on each engine.
///
/// # Panics
/// As the body does; the engine's name stands in the test's output.
pub fn each(test: impl AsyncFn(Engine)) {
    for engine in Engine::ALL {
        on(engine, &test);
    }
}

/// Runs a body on one engine: for tests so long that each engine has one of its own, beside the other's.
///
/// # Panics
/// As [`each`].
#[expect(clippy::expect_used, reason = "a harness that cannot start is a failed test")]
pub fn on(engine: Engine, test: impl AsyncFn(Engine)) {
    let _named = Named(engine);
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    runtime.block_on(test(engine));
}

/// Runs a body on each engine with an empty store: `#[test] fn x() { on_both(async |store| { … }) }`.
///
/// # Panics
/// As [`each`].
pub fn on_both(test: impl AsyncFn(TestStore)) {
    each(async |engine| test(TestStore::open(engine).await).await);
}

/// A store of one's own, gone with everything in it when this is dropped.
#[derive(Debug)]
pub struct TestStore {
    store: Store,
    /// The engine that it is on.
    pub engine: Engine,
    url: StoreUrl,
    // After the store, whose connections it ends.
    home: Home,
}

#[derive(Debug)]
enum Home {
    Folder(TempDir),
    Database(FreshDatabase),
}

impl TestStore {
    /// Opens an empty store.
    ///
    /// # Panics
    /// Where there is no such engine: tests fail on it, they do not skip.
    #[expect(clippy::panic, reason = "a harness that cannot start is a failed test")]
    pub async fn open(engine: Engine) -> Self {
        let (url, home) = match engine {
            Engine::Sqlite => match TempDir::new() {
                Ok(folder) => (StoreUrl::Scratch(folder.path().join(FILE)), Home::Folder(folder)),
                Err(error) => panic!("no folder for a test: {error}"),
            },
            Engine::Postgres => match fresh_database() {
                Ok(database) => (StoreUrl::Postgres(database.url().to_owned()), Home::Database(database)),
                Err(error) => panic!("{error}"),
            },
        };
        match Store::open(&url).await {
            Ok(store) => Self { store, engine, url, home },
            Err(error) => panic!("no store on {engine}: {error}"),
        }
    }

    /// Opens the same database once more, as another process would.
    ///
    /// # Panics
    /// Where it cannot be opened.
    #[expect(clippy::panic, reason = "a harness that cannot start is a failed test")]
    pub async fn another(&self) -> Store {
        match Store::open(&self.url).await {
            Ok(store) => store,
            Err(error) => panic!("no second store on {}: {error}", self.engine),
        }
    }

    /// Where it is.
    #[must_use]
    pub fn url(&self) -> &StoreUrl {
        &self.url
    }

    /// The database's address for other clients: a path or a `postgres://`.
    #[must_use]
    pub fn address(&self) -> String {
        match &self.home {
            Home::Folder(folder) => folder.path().join(FILE).display().to_string(),
            Home::Database(database) => database.url().to_owned(),
        }
    }
}

impl Deref for TestStore {
    type Target = Store;
    fn deref(&self) -> &Store {
        &self.store
    }
}
