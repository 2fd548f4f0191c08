//! The database goes away and comes back: who waits is told, and the writer and the readers recover by themselves.

use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use yingda_scaffold::Cluster;
use yingda_scaffold::postgres::Durability;
use yingda_store::{Store, StoreError, StoreUrl, settings};
use yingda_testkit::{Engine, TestStore};

use crate::seed::{set, setting};

#[tokio::test]
async fn sqlite_locked_by_somebody_else_is_unavailable_and_then_works() {
    let store = TestStore::open(Engine::Sqlite).await;
    set(&store, "before").await.unwrap();
    let mut holder = SqliteConnection::connect(&store.address()).await.unwrap();
    sqlx::raw_sql("BEGIN EXCLUSIVE").execute(&mut holder).await.unwrap();
    // Given up after the store's own patience.
    let refused = set(&store, "during").await;
    assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
    assert_eq!(setting(&store, "before").await.as_deref(), Some("1"), "readers go on");
    sqlx::raw_sql("ROLLBACK").execute(&mut holder).await.unwrap();
    set(&store, "after").await.unwrap();
    assert_eq!(setting(&store, "during").await, None);
    assert_eq!(setting(&store, "after").await.as_deref(), Some("1"));
}

/// Ends every connection to the database but ours, and waits until they are gone.
async fn terminate(store: &TestStore) {
    let mut admin = PgConnection::connect(&store.address()).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    ))
    .execute(&mut admin)
    .await
    .unwrap();
}

#[tokio::test]
async fn connections_that_postgres_ended_while_nobody_used_them_are_replaced_unnoticed() {
    let store = TestStore::open(Engine::Postgres).await;
    set(&store, "before").await.unwrap();
    assert_eq!(setting(&store, "before").await.as_deref(), Some("1"));
    for round in ["first", "second"] {
        terminate(&store).await;
        set(&store, round).await.unwrap();
        assert_eq!(setting(&store, round).await.as_deref(), Some("1"));
    }
}

#[tokio::test]
async fn a_connection_that_dies_in_the_middle_of_a_write_undoes_it() {
    let store = TestStore::open(Engine::Postgres).await;
    let other = PgConnection::connect(&store.address()).await.unwrap();
    let other = std::sync::Arc::new(tokio::sync::Mutex::new(other));
    let killer = std::sync::Arc::clone(&other);
    let lost = store
        .write(move |tx| {
            Box::pin(async move {
                settings::put(tx, "half", "1").await?;
                let pid = tx.number("SELECT CAST(pg_backend_pid() AS BIGINT)", &[]).await?;
                sqlx::raw_sql(AssertSqlSafe(format!("SELECT pg_terminate_backend({pid}, 10000)")))
                    .execute(&mut *killer.lock().await)
                    .await
                    .unwrap();
                settings::put(tx, "other half", "1").await
            })
        })
        .await;
    assert!(matches!(lost, Err(StoreError::Unavailable(_))), "{lost:?}");
    set(&store, "after").await.unwrap();
    assert_eq!(setting(&store, "half").await, None);
}

#[tokio::test]
async fn a_server_that_halts_is_unavailable_until_it_resumes() {
    // One that keeps what it has committed: the others of the tests do not care.
    let mut cluster = Cluster::start_with(Durability::Full).unwrap();
    let store = Store::open(&StoreUrl::Postgres(cluster.url())).await.unwrap();
    set(&store, "before").await.unwrap();
    cluster.halt().unwrap();
    let (refused, asked) = tokio::join!(set(&store, "during"), store.ping());
    assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
    assert!(matches!(asked, Err(StoreError::Unavailable(_))), "{asked:?}");
    cluster.resume().unwrap();
    set(&store, "after").await.unwrap();
    assert_eq!(setting(&store, "before").await.as_deref(), Some("1"));
    assert_eq!(setting(&store, "during").await, None);
    assert_eq!(setting(&store, "after").await.as_deref(), Some("1"));
}
