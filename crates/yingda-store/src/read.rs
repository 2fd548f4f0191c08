//! A connection that reads: the facade over both drivers.
//!
//! One SQL text with `$1` placeholders runs on either engine; rows implement `FromRow` for both by one trait bound.

use futures_util::TryStreamExt;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgArguments, PgRow, Postgres};
use sqlx::sqlite::{Sqlite, SqliteArguments, SqliteRow};
use sqlx::{Arguments, AssertSqlSafe, FromRow};

use crate::args::Arg;
use crate::error::{StoreError, StoreResult};

/// A row type that can be read from either engine.
pub trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T> Row for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

/// A connection of either engine.
#[derive(Debug)]
pub(crate) enum Conn {
    /// The embedded database.
    Lite(PoolConnection<Sqlite>),
    /// A PostgreSQL server.
    Pg(PoolConnection<Postgres>),
}

/// A connection that can be asked.
#[derive(Debug)]
pub struct Read {
    pub(crate) conn: Conn,
}

fn lite_args(args: &[Arg]) -> StoreResult<SqliteArguments> {
    let mut bound = SqliteArguments::default();
    for arg in args {
        match arg {
            Arg::Int(v) => bound.add(*v),
            Arg::Text(v) => bound.add(v.clone()),
            Arg::Real(v) => bound.add(*v),
            Arg::Bytes(v) => bound.add(v.clone()),
        }
        .map_err(|e| StoreError::Statement(e.to_string()))?;
    }
    Ok(bound)
}

fn pg_args(args: &[Arg]) -> StoreResult<PgArguments> {
    let mut bound = PgArguments::default();
    for arg in args {
        match arg {
            Arg::Int(v) => bound.add(*v),
            // PostgreSQL's text holds every character but NUL; SQLite's holds that too.
            Arg::Text(v) => bound.add(v.as_ref().map(|text| text.replace('\0', "\u{fffd}"))),
            Arg::Real(v) => bound.add(*v),
            Arg::Bytes(v) => bound.add(v.clone()),
        }
        .map_err(|e| StoreError::Statement(e.to_string()))?;
    }
    Ok(bound)
}

impl Read {
    /// All rows of a query.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], or [`StoreError::Statement`] where the text is wrong.
    pub async fn all<T: Row>(&mut self, sql: &str, args: &[Arg]) -> StoreResult<Vec<T>> {
        match &mut self.conn {
            Conn::Lite(c) => Ok(sqlx::query_as_with::<Sqlite, T, _>(AssertSqlSafe(sql), lite_args(args)?)
                .fetch(&mut **c)
                .try_collect()
                .await?),
            Conn::Pg(c) => Ok(sqlx::query_as_with::<Postgres, T, _>(AssertSqlSafe(sql), pg_args(args)?)
                .fetch(&mut **c)
                .try_collect()
                .await?),
        }
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// As [`Read::all`].
    pub async fn opt<T: Row>(&mut self, sql: &str, args: &[Arg]) -> StoreResult<Option<T>> {
        match &mut self.conn {
            Conn::Lite(c) => Ok(sqlx::query_as_with::<Sqlite, T, _>(AssertSqlSafe(sql), lite_args(args)?)
                .fetch_optional(&mut **c)
                .await?),
            Conn::Pg(c) => Ok(sqlx::query_as_with::<Postgres, T, _>(AssertSqlSafe(sql), pg_args(args)?)
                .fetch_optional(&mut **c)
                .await?),
        }
    }

    /// A single number, such as a count.
    ///
    /// # Errors
    /// As [`Read::all`].
    pub async fn number(&mut self, sql: &str, args: &[Arg]) -> StoreResult<i64> {
        Ok(self.opt::<(Option<i64>,)>(sql, args).await?.and_then(|(value,)| value).unwrap_or_default())
    }

    pub(crate) async fn execute(&mut self, sql: &str, args: &[Arg]) -> StoreResult<u64> {
        match &mut self.conn {
            Conn::Lite(c) => Ok(sqlx::query_with::<Sqlite, _>(AssertSqlSafe(sql), lite_args(args)?)
                .execute(&mut **c)
                .await?
                .rows_affected()),
            Conn::Pg(c) => Ok(sqlx::query_with::<Postgres, _>(AssertSqlSafe(sql), pg_args(args)?)
                .execute(&mut **c)
                .await?
                .rows_affected()),
        }
    }

    /// Runs text without arguments that may hold several statements (schema, `BEGIN`, `COMMIT`).
    pub(crate) async fn script(&mut self, sql: &str) -> StoreResult<()> {
        match &mut self.conn {
            Conn::Lite(c) => {
                sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut **c).await?;
            }
            Conn::Pg(c) => {
                sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut **c).await?;
            }
        }
        Ok(())
    }
}

/// Whether an error says that the database is away (and not that the statement is wrong).
pub(crate) fn is_unavailable(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(db) => db.code().is_some_and(|code| {
            // PostgreSQL: connection 08, resources 53, operator intervention 57, deadlock/serialisation 40. SQLite: busy 5, locked 6,
            // read-only 8, I/O 10, full 13, cannot open 14 (extended codes carry them in the low byte).
            ["08", "53", "57", "40"].iter().any(|class| code.len() == 5 && code.starts_with(class))
                || code.parse::<i32>().is_ok_and(|n| code.len() < 5 && matches!(n & 0xff, 5 | 6 | 8 | 10 | 13 | 14))
        }),
        _ => false,
    }
}
