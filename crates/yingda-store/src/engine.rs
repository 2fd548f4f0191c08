//! Which engine this is: the only file that asks.
//!
//! Everything that differs between SQLite and PostgreSQL is a named seam here: opening, `BEGIN`, column types in the
//! schema, the search index. A query that seems to need a branch elsewhere is rewritten until it does not.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use futures_util::future::BoxFuture;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, SqlitePool};
use tokio::sync::broadcast;

use crate::error::{StoreError, StoreResult};
use crate::read::{Conn, Read};
use crate::schema;
use crate::write::{Change, MayBeLost, Tx, Writer};

/// How long a request waits for a connection before it is told that the database is away.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// Where the data is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreUrl {
    /// An embedded database in this file; created if missing.
    File(PathBuf),
    /// The same, but a commit does not wait for the disk: for what may be lost with the machine, as tests may.
    Scratch(PathBuf),
    /// A PostgreSQL server, as `postgres://user@host/database`.
    Postgres(String),
}

impl FromStr for StoreUrl {
    type Err = StoreError;
    fn from_str(text: &str) -> StoreResult<Self> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Ok(Self::Postgres(text.to_owned()))
        } else {
            Ok(Self::File(PathBuf::from(text.strip_prefix("sqlite://").unwrap_or(text))))
        }
    }
}

/// How the search index is asked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SearchSource {
    pub tables: &'static str,
    pub matches: &'static str,
    pub newest: &'static str,
}

/// A document of the search index.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Document<'a> {
    pub id: i64,
    pub kind: &'a str,
    pub ticket: Option<i64>,
    pub internal: bool,
}

#[derive(Debug, Clone)]
pub(crate) enum Pools {
    Lite { write: SqlitePool, read: SqlitePool },
    Pg { write: PgPool, read: PgPool },
}

impl Pools {
    async fn open(url: &StoreUrl) -> StoreResult<Self> {
        Ok(match url {
            StoreUrl::File(path) | StoreUrl::Scratch(path) => {
                let durable = matches!(url, StoreUrl::File(_));
                let options = SqliteConnectOptions::new()
                    .filename(path)
                    .create_if_missing(true)
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(if durable { SqliteSynchronous::Full } else { SqliteSynchronous::Off })
                    .foreign_keys(true)
                    .busy_timeout(PATIENCE)
                    .statement_cache_capacity(256)
                    .pragma("cache_size", "-16000")
                    .pragma("temp_store", "MEMORY");
                let write = SqlitePoolOptions::new()
                    .max_connections(1)
                    .acquire_timeout(PATIENCE)
                    .connect_with(options.clone())
                    .await?;
                let read = SqlitePoolOptions::new()
                    .max_connections(4)
                    .acquire_timeout(PATIENCE)
                    .connect_lazy_with(options.pragma("query_only", "ON"));
                Self::Lite { write, read }
            }
            StoreUrl::Postgres(url) => {
                let options = PgConnectOptions::from_str(url)?.application_name("yingda").statement_cache_capacity(256);
                let write = PgPoolOptions::new()
                    .max_connections(1)
                    .acquire_timeout(PATIENCE)
                    .connect_with(options.clone())
                    .await?;
                let read = PgPoolOptions::new().max_connections(8).acquire_timeout(PATIENCE).connect_lazy_with(options);
                Self::Pg { write, read }
            }
        })
    }

    pub(crate) async fn writer(&self) -> StoreResult<Read> {
        let conn = match self {
            Self::Lite { write, .. } => Conn::Lite(write.acquire().await?),
            Self::Pg { write, .. } => Conn::Pg(write.acquire().await?),
        };
        Ok(Read { conn })
    }

    async fn reader(&self) -> StoreResult<Read> {
        let conn = match self {
            Self::Lite { read, .. } => Conn::Lite(read.acquire().await?),
            Self::Pg { read, .. } => Conn::Pg(read.acquire().await?),
        };
        Ok(Read { conn })
    }
}

impl Read {
    /// Gives the connection up for good: whatever transaction it holds ends with it.
    pub(crate) async fn discard(self) {
        match self.conn {
            Conn::Lite(conn) => drop(conn.close().await),
            Conn::Pg(conn) => drop(conn.close().await),
        }
    }

    /// How the search index is asked: tables, condition on `$1`, and the column that gives newest first.
    pub(crate) fn search_source(&self) -> SearchSource {
        match self.conn {
            Conn::Lite(_) => SearchSource {
                tables: "search_index s JOIN search_docs d ON d.id = s.rowid",
                matches: "s.search_index MATCH $1",
                newest: "s.rowid",
            },
            Conn::Pg(_) => {
                SearchSource { tables: "search_docs d", matches: "d.tokens @@ CAST($1 AS tsquery)", newest: "d.id" }
            }
        }
    }

    /// Joins groups of alternative words (each already free of operators) into the engine's query language.
    pub(crate) fn search_expression(&self, groups: &[Vec<Vec<String>>]) -> String {
        let (and, or) = match self.conn {
            Conn::Lite(_) => (" AND ", " OR "),
            Conn::Pg(_) => (" & ", " | "),
        };
        let quote = |word: &String| match self.conn {
            Conn::Lite(_) => format!("\"{word}\""),
            Conn::Pg(_) => format!("'{word}'"),
        };
        let alternative = |words: &Vec<String>| format!("({})", words.iter().map(quote).collect::<Vec<_>>().join(and));
        groups
            .iter()
            .map(|alternatives| format!("({})", alternatives.iter().map(alternative).collect::<Vec<_>>().join(or)))
            .collect::<Vec<_>>()
            .join(and)
    }
}

impl Tx {
    /// SQLite takes its write lock at once, so that a writer never fails in the middle for want of it.
    pub(crate) fn begin_statement(&self) -> &'static str {
        match self.conn {
            Conn::Lite(_) => "BEGIN IMMEDIATE",
            Conn::Pg(_) => "BEGIN",
        }
    }

    /// Begins a change of the schema. Several processes may start on one server at once: the first makes it, the others wait.
    pub(crate) fn begin_migration_statement(&self) -> &'static str {
        match self.conn {
            Conn::Lite(_) => "BEGIN IMMEDIATE",
            // The number is "yingda" in ASCII; any other that everybody agrees on would do.
            Conn::Pg(_) => "BEGIN; SELECT pg_advisory_xact_lock(133493730796641)",
        }
    }

    /// Puts a document into the index, replacing what was there under its id; `tokens` are words parted by blanks.
    pub(crate) async fn index_document(&mut self, doc: &Document<'_>, tokens: &str) -> StoreResult<()> {
        match self.conn {
            Conn::Lite(_) => {
                self.exec(
                    "INSERT INTO search_docs (id, kind, ticket_id, internal) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING",
                    crate::args![doc.id, doc.kind, doc.ticket, doc.internal],
                )
                .await?;
                self.exec(
                    "INSERT OR REPLACE INTO search_index (rowid, tokens) VALUES ($1, $2)",
                    crate::args![doc.id, tokens],
                )
                .await?;
            }
            Conn::Pg(_) => {
                self.exec(
                    "INSERT INTO search_docs (id, kind, ticket_id, internal, tokens) \
                     VALUES ($1, $2, $3, $4, array_to_tsvector(array_remove(string_to_array($5, ' '), ''))) \
                     ON CONFLICT (id) DO UPDATE SET tokens = excluded.tokens",
                    crate::args![doc.id, doc.kind, doc.ticket, doc.internal, tokens],
                )
                .await?;
            }
        }
        Ok(())
    }

    /// The schema's own words for this engine.
    pub(crate) fn ddl(&self, text: &str) -> String {
        match self.conn {
            Conn::Lite(_) => text
                .replace("{id}", "INTEGER PRIMARY KEY")
                .replace("{tokens}", "")
                .replace("{bytes}", "BLOB")
                .replace("{search}", "CREATE VIRTUAL TABLE search_index USING fts5 (tokens, content='', contentless_delete=1, detail=none, tokenize='ascii')"),
            Conn::Pg(_) => text
                .replace("{id}", "BIGINT PRIMARY KEY")
                .replace("{tokens}", ", tokens TSVECTOR NOT NULL DEFAULT ''")
                .replace("{bytes}", "BYTEA")
                .replace("{search}", "CREATE INDEX search_docs_tokens ON search_docs USING gin (tokens)"),
        }
    }

    /// Lets the planner see what is in the tables; after large loads.
    pub(crate) fn analyse_statement(&self) -> &'static str {
        match self.conn {
            Conn::Lite(_) => "PRAGMA optimize",
            Conn::Pg(_) => "ANALYZE",
        }
    }
}

/// The database, opened and up to date.
#[derive(Debug, Clone)]
pub struct Store {
    pools: Pools,
    writer: Writer,
}

impl Store {
    /// Opens the database, creating and migrating it as needed.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where it cannot be reached or is newer than this program.
    pub async fn open(url: &StoreUrl) -> StoreResult<Self> {
        let pools = Pools::open(url).await?;
        schema::migrate(&pools).await?;
        Ok(Self { writer: Writer::start(pools.clone()), pools })
    }

    /// A connection of its own for the benchmark.
    pub(crate) async fn connect(url: &StoreUrl) -> StoreResult<Read> {
        Pools::open(url).await?.writer().await
    }

    /// A connection to ask.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn read(&self) -> StoreResult<Read> {
        self.pools.reader().await
    }

    /// Runs `job` in a transaction; its `Err` undoes what it did. Returns after the commit.
    ///
    /// # Errors
    /// What the job returns, or [`StoreError::Unavailable`] where the commit did not happen.
    pub async fn write<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + MayBeLost + Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
    {
        self.writer.write(job).await
    }

    /// What changes, from now on.
    #[must_use]
    pub fn watch(&self) -> broadcast::Receiver<Change> {
        self.writer.watch()
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn ping(&self) -> StoreResult<()> {
        self.read().await?.number("SELECT CAST(1 AS BIGINT)", &[]).await.map(drop)
    }

    /// Lets the planner see what is in the tables; after a large load.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn analyse(&self) -> StoreResult<()> {
        self.write(|tx| {
            Box::pin(async move {
                let statement = tx.analyse_statement();
                tx.script(statement).await
            })
        })
        .await
    }

    /// The engine's name, for the settings page and the log.
    #[must_use]
    pub fn engine_name(&self) -> &'static str {
        match self.pools {
            Pools::Lite { .. } => "SQLite",
            Pools::Pg { .. } => "PostgreSQL",
        }
    }
}
