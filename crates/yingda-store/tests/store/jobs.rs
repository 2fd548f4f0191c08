//! The job table: nobody's work is done twice at once, and nobody's death loses it.

use std::collections::BTreeSet;

use yingda_core::JobId;
use yingda_store::jobs::{self, Job};
use yingda_store::{Store, StoreError};
use yingda_testkit::engines::on_both;

use crate::seed::at;

async fn add(store: &Store, id: i64, key: &str, run_at: i64) {
    let key = key.to_owned();
    store
        .write(move |tx| Box::pin(async move { jobs::add(tx, JobId(id), "kind", &key, "{}", at(run_at)).await }))
        .await
        .unwrap();
}

/// Claims for 300 seconds.
async fn claim(store: &Store, worker: &'static str, now: i64, limit: i64) -> Vec<Job> {
    store
        .write(move |tx| Box::pin(async move { jobs::claim(tx, worker, at(now), at(now + 300), limit).await }))
        .await
        .unwrap()
}

async fn done(store: &Store, id: i64, worker: &'static str) -> bool {
    store.write(move |tx| Box::pin(async move { jobs::done(tx, JobId(id), worker).await })).await.unwrap()
}

async fn left(store: &Store) -> (i64, i64) {
    jobs::left_over(&mut store.read().await.unwrap()).await.unwrap()
}

#[test]
fn two_workers_never_get_the_same_job() {
    on_both(async |store| {
        for id in 1..=40 {
            add(&store, id, &format!("k{id}"), 0).await;
        }
        let other = store.another().await;
        let work = |store: Store, worker: &'static str| {
            tokio::spawn(async move {
                let mut mine = Vec::new();
                loop {
                    let claimed = claim(&store, worker, 10, 3).await;
                    if claimed.is_empty() {
                        return mine;
                    }
                    mine.extend(claimed.iter().map(|job| job.id.get()));
                }
            })
        };
        let (a, b) = tokio::join!(work(Store::clone(&store), "a"), work(other, "b"));
        let (a, b) = (a.unwrap(), b.unwrap());
        let all: BTreeSet<i64> = a.iter().chain(&b).copied().collect();
        assert_eq!((a.len() + b.len(), all.len()), (40, 40));
        assert_eq!(left(&store).await, (40, 0), "claimed is not done");
    });
}

#[test]
fn jobs_come_when_they_are_due_the_oldest_first() {
    on_both(async |store| {
        for (id, run_at) in [(1, 30), (2, 10), (3, 20), (4, 99)] {
            add(&store, id, &format!("k{id}"), run_at).await;
        }
        assert!(claim(&store, "a", 9, 10).await.is_empty());
        let first: Vec<i64> = claim(&store, "a", 40, 2).await.iter().map(|job| job.id.get()).collect();
        assert_eq!(first, [2, 3]);
        let then: Vec<i64> = claim(&store, "a", 40, 2).await.iter().map(|job| job.id.get()).collect();
        assert_eq!(then, [1]);
    });
}

#[test]
fn a_lease_that_has_ended_is_taken_over_and_the_first_holder_can_do_no_harm() {
    on_both(async |store| {
        add(&store, 1, "k", 0).await;
        assert_eq!(claim(&store, "a", 0, 9).await[0].attempts, 1);
        assert!(claim(&store, "b", 299, 9).await.is_empty());
        assert_eq!(claim(&store, "b", 300, 9).await[0].attempts, 2);
        assert!(!done(&store, 1, "a").await);
        store.write(|tx| Box::pin(async move { jobs::retry(tx, JobId(1), "a", at(0), "late").await })).await.unwrap();
        store.write(|tx| Box::pin(async move { jobs::give_up(tx, JobId(1), "a", at(0), "late").await })).await.unwrap();
        assert!(claim(&store, "c", 301, 9).await.is_empty(), "b still holds it");
        assert!(done(&store, 1, "b").await);
        assert_eq!(left(&store).await, (0, 0));
    });
}

#[test]
fn a_job_that_fails_waits_and_one_that_is_given_up_is_kept_but_not_tried() {
    on_both(async |store| {
        add(&store, 1, "k", 0).await;
        claim(&store, "a", 0, 9).await;
        store
            .write(|tx| Box::pin(async move { jobs::retry(tx, JobId(1), "a", at(60), "no disk").await }))
            .await
            .unwrap();
        assert!(claim(&store, "a", 59, 9).await.is_empty());
        assert_eq!(claim(&store, "a", 60, 9).await[0].attempts, 2);
        store
            .write(|tx| Box::pin(async move { jobs::give_up(tx, JobId(1), "a", at(61), "no disk").await }))
            .await
            .unwrap();
        assert!(claim(&store, "a", 9999, 9).await.is_empty());
        assert_eq!(left(&store).await, (0, 1));
    });
}

#[test]
fn one_key_waits_once_and_a_job_is_part_of_the_write_that_made_it() {
    on_both(async |store| {
        add(&store, 1, "same", 0).await;
        add(&store, 2, "same", 0).await;
        assert_eq!(left(&store).await, (1, 0));
        let undone = store
            .write(|tx| {
                Box::pin(async move {
                    jobs::add(tx, JobId(3), "kind", "other", "{}", at(0)).await?;
                    Err::<(), _>(StoreError::Stale)
                })
            })
            .await;
        assert!(undone.is_err());
        assert_eq!(left(&store).await, (1, 0));
    });
}
