//! The queue runner on both engines: what is due is done, what fails is put off, and a stop leaves nothing half done.

#![expect(clippy::unwrap_used, reason = "a test that cannot set its stage has failed")]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use yingda_app::{App, AppError};
use yingda_core::{Context, IdGenerator, JobId};
use yingda_jobs::{Edge, Runner, run_due};
use yingda_store::{Store, StoreUrl, jobs};
use yingda_testkit::postgres::{FreshDatabase, fresh_database};

/// A desk on one engine, with its store for looking behind it.
struct Desk {
    app: App,
    store: Store,
    _folder: tempfile::TempDir,
    _database: Option<FreshDatabase>,
}

async fn desks() -> Vec<Desk> {
    let mut desks = Vec::new();
    for database in [None, Some(fresh_database().unwrap())] {
        let folder = tempfile::tempdir().unwrap();
        let url = match &database {
            Some(database) => StoreUrl::Postgres(database.url().to_owned()),
            None => StoreUrl::File(folder.path().join("desk.sqlite")),
        };
        let store = Store::open(&url).await.unwrap();
        let app = App::open(store.clone(), folder.path().join("files")).await.unwrap();
        desks.push(Desk { app, store, _folder: folder, _database: database });
    }
    desks
}

const START: i64 = 1_800_000_000;

fn ctx(second: i64) -> Context {
    Context {
        now: Timestamp::from_second(second).unwrap(),
        ids: Arc::new(IdGenerator::new(1)),
        entropy: [7; 32],
        request: "test".to_owned(),
    }
}

async fn add(desk: &Desk, kind: &'static str, key: &'static str, payload: &'static str) {
    let ctx = ctx(START);
    // Ids come from one generator per context; the key's length keeps them apart here.
    let id = JobId(ctx.ids.next(ctx.now) + key.len() as i64);
    let now = ctx.now;
    desk.store
        .write(move |tx| Box::pin(async move { Ok::<_, AppError>(jobs::add(tx, id, kind, key, payload, now).await?) }))
        .await
        .unwrap();
}

#[tokio::test]
async fn what_is_due_is_done_and_what_comes_round_comes_again_however_often() {
    for desk in desks().await {
        desk.app.schedule_upkeep(&ctx(START)).await.unwrap();
        desk.app.schedule_upkeep(&ctx(START)).await.unwrap();
        assert_eq!(run_due(&desk.app, &ctx(START - 1)).await.unwrap(), 0);
        let first = run_due(&desk.app, &ctx(START)).await.unwrap();
        assert_eq!(run_due(&desk.app, &ctx(START + 1)).await.unwrap(), 0);
        let (rounds, _) = desk.app.jobs_left().await.unwrap();
        assert!(first as i64 >= rounds && rounds >= 2, "{first} at first, {rounds} that come round");
        // A day of hours: far more often than a job that fails would be tried.
        for hour in 1..=24 {
            assert_eq!(run_due(&desk.app, &ctx(START + hour * 3600)).await.unwrap() as i64, rounds, "hour {hour}");
        }
        assert_eq!(desk.app.jobs_left().await.unwrap(), (rounds, 0));
    }
}

#[tokio::test]
async fn a_job_that_fails_is_put_off_and_in_the_end_given_up() {
    for desk in desks().await {
        add(&desk, "nobody-knows-this", "one", "{}").await;
        let mut tried = 0;
        // Waits double from one minute; the eighth try is the last.
        for hour in 0..12 {
            tried += run_due(&desk.app, &ctx(START + hour * 3600 * 3)).await.unwrap();
        }
        assert_eq!(tried, 8);
        assert_eq!(desk.app.jobs_left().await.unwrap(), (0, 1));
    }
}

#[tokio::test]
async fn more_than_a_handful_is_done_in_one_go_and_one_failure_stops_nothing() {
    for desk in desks().await {
        const NOBODYS: &str = r#"{"digest":"00"}"#;
        const KEYS: [&str; 20] = [
            "1",
            "22",
            "333",
            "4444",
            "55555",
            "666666",
            "7777777",
            "88888888",
            "999999999",
            "aaaaaaaaaa",
            "bbbbbbbbbbb",
            "cccccccccccc",
            "ddddddddddddd",
            "eeeeeeeeeeeeee",
            "fffffffffffffff",
            "gggggggggggggggg",
            "hhhhhhhhhhhhhhhhh",
            "iiiiiiiiiiiiiiiiii",
            "jjjjjjjjjjjjjjjjjjj",
            "kkkkkkkkkkkkkkkkkkkk",
        ];
        for (index, key) in KEYS.into_iter().enumerate() {
            let kind = if index == 3 { "nobody-knows-this" } else { yingda_app::upkeep::DROP_BYTES };
            add(&desk, kind, key, NOBODYS).await;
        }
        assert_eq!(run_due(&desk.app, &ctx(START)).await.unwrap(), 20);
        assert_eq!(desk.app.jobs_left().await.unwrap(), (1, 0));
    }
}

#[tokio::test]
async fn the_runner_works_at_once_wakes_on_request_and_stops() {
    for desk in desks().await {
        let clock = Arc::new(AtomicI64::new(START));
        let shown = Arc::clone(&clock);
        let (asked, mut asks) = tokio::sync::mpsc::unbounded_channel();
        let edge: Edge = Arc::new(move || {
            let _ = asked.send(());
            ctx(shown.load(Ordering::SeqCst))
        });
        add(&desk, yingda_app::upkeep::DROP_BYTES, "first", r#"{"digest":"00"}"#).await;
        let runner = Runner::start(desk.app.clone(), edge);
        // The worker's name, a claim, the job, and the claim that finds nothing more.
        for _ in 0..4 {
            asks.recv().await.unwrap();
        }
        clock.store(START + 3600, Ordering::SeqCst);
        add(&desk, yingda_app::upkeep::DROP_BYTES, "second", r#"{"digest":"00"}"#).await;
        runner.waker().wake();
        for _ in 0..3 {
            asks.recv().await.unwrap();
        }
        runner.stop().await;
        assert!(asks.recv().await.is_none(), "a stopped runner asks for nothing");
        assert_eq!(desk.app.jobs_left().await.unwrap(), (0, 0), "both were done");
    }
}
