//! A PostgreSQL database per test.
//!
//! Databases are made on the cluster that `cargo xtask test` names in `YINGDA_TEST_POSTGRES`; under a plain `cargo test` the process
//! starts a private cluster of its own, once, which goes when the process does. A test that must see the server itself go away takes
//! [`yingda_scaffold::Cluster`] for itself: halting the shared one would fell its neighbours.

use std::sync::OnceLock;

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use thiserror::Error;
use yingda_scaffold::{Cluster, POSTGRES_ENV, scratch};

/// A database of one's own, empty when made, dropped with everything in it when this is dropped.
#[derive(Debug)]
pub struct FreshDatabase {
    name: String,
    url: String,
    maintenance: String,
}

/// Why there is no database.
#[derive(Debug, Error)]
pub enum FreshDatabaseError {
    /// No server, and none could be started; says what is missing.
    #[error("{0}")]
    Cluster(String),
    /// The address of the server cannot be read.
    #[error("{POSTGRES_ENV} is not the address of a database: {0}")]
    Address(String),
    /// The server refused.
    #[error("cannot make a test database: {0}")]
    Server(#[from] sqlx::Error),
}

impl FreshDatabase {
    /// The address for `--database` and for a store.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The database's name on its server.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for FreshDatabase {
    #[expect(clippy::panic, reason = "a test that cannot be tidied up after has failed")]
    fn drop(&mut self) {
        // FORCE ends the connections that a pool of the test still holds.
        let dropped = run(&self.maintenance, format!(r#"DROP DATABASE IF EXISTS "{}" WITH (FORCE)"#, self.name));
        if let Err(error) = dropped
            && !std::thread::panicking()
        {
            panic!("cannot drop the test database {}: {error}", self.name);
        }
    }
}

/// Makes a database; blocks for some tens of milliseconds, in async tests too.
///
/// # Errors
/// See [`FreshDatabaseError`]. Tests fail on it, they do not skip: half of the product's promise is PostgreSQL.
pub fn fresh_database() -> Result<FreshDatabase, FreshDatabaseError> {
    let maintenance = maintenance_url()?;
    let name = scratch::unique_name("yingda_test");
    let url = with_database(&maintenance, &name).ok_or_else(|| FreshDatabaseError::Address(maintenance.clone()))?;
    run(&maintenance, format!(r#"CREATE DATABASE "{name}""#))?;
    Ok(FreshDatabase { name, url, maintenance })
}

fn maintenance_url() -> Result<String, FreshDatabaseError> {
    static OWN: OnceLock<Result<Cluster, String>> = OnceLock::new();
    if let Ok(url) = std::env::var(POSTGRES_ENV)
        && !url.is_empty()
    {
        return Ok(url);
    }
    match OWN.get_or_init(|| Cluster::start().map_err(|error| error.to_string())) {
        Ok(cluster) => Ok(cluster.url()),
        Err(error) => Err(FreshDatabaseError::Cluster(error.clone())),
    }
}

/// The same server, another database: what stands between the host and the options is replaced.
fn with_database(url: &str, name: &str) -> Option<String> {
    let host = url.find("://")? + 3;
    let (head, options) = url.split_once('?').map_or((url, None), |(head, options)| (head, Some(options)));
    let end = head.get(host..)?.find('/').map_or(head.len(), |slash| host + slash);
    let base = format!("{}/{name}", &head[..end]);
    Some(options.map_or_else(|| base.clone(), |options| format!("{base}?{options}")))
}

/// Runs one statement on a thread and a runtime of its own, so that destructors and async tests may call it too.
fn run(url: &str, statement: String) -> Result<(), sqlx::Error> {
    let work = || -> Result<(), sqlx::Error> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let mut connection = PgConnection::connect(url).await?;
            sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await?;
            connection.close().await
        })
    };
    std::thread::scope(|scope| scope.spawn(work).join()).unwrap_or(Err(sqlx::Error::WorkerCrashed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_database_in_an_address_is_replaced() {
        let url = |url| with_database(url, "x");
        assert_eq!(
            url("postgres://u:p@h:1/postgres?sslmode=disable").as_deref(),
            Some("postgres://u:p@h:1/x?sslmode=disable")
        );
        assert_eq!(url("postgres://h").as_deref(), Some("postgres://h/x"));
        assert_eq!(url("nothing"), None);
    }

    #[tokio::test]
    async fn each_test_has_its_own_and_it_goes_even_when_still_in_use() {
        let (one, other) = (fresh_database().unwrap(), fresh_database().unwrap());
        assert_ne!(one.url(), other.url());
        let mut connection = PgConnection::connect(one.url()).await.unwrap();
        sqlx::raw_sql("CREATE TABLE only_here (n int)").execute(&mut connection).await.unwrap();
        let url = one.url().to_owned();
        drop(one);
        assert!(PgConnection::connect(&url).await.is_err());
        assert!(PgConnection::connect(other.url()).await.is_ok());
    }
}
