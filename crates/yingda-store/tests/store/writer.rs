//! The group-commit writer: who shares a commit, whose failure undoes what, and what is announced.

use tokio::sync::oneshot;
use yingda_core::{Department, DepartmentId, TicketId};
use yingda_store::{Change, Store, StoreError, Topic, people, settings, tickets};
use yingda_testkit::engines::on_both;

use crate::seed::{definition, put, set, setting, ticket};

/// A write that sets `name` and then gives `result`; begins only when the gate opens, if it has one.
async fn write(
    store: &Store,
    gate: Option<oneshot::Receiver<()>>,
    name: &'static str,
    result: Result<(), StoreError>,
) -> Result<(), StoreError> {
    store
        .write(move |tx| {
            Box::pin(async move {
                if let Some(gate) = gate {
                    gate.await.unwrap();
                }
                settings::put(tx, name, "1").await?;
                tx.announce(Change { topic: Topic::Ticket, id: i64::from(name.as_bytes()[0]), version: 1 });
                result
            })
        })
        .await
}

/// Three writes that are queued behind a gate, so that they are one batch. What each gave.
async fn batch(store: &Store, results: [Result<(), StoreError>; 3]) -> [Result<(), StoreError>; 3] {
    let (open, gate) = oneshot::channel();
    let [a, b, c] = results;
    // Polled in this order: each puts its job into the queue before the gate opens.
    let (a, b, c, ()) =
        tokio::join!(write(store, Some(gate), "a", a), write(store, None, "b", b), write(store, None, "c", c), async {
            open.send(()).unwrap();
        });
    [a, b, c]
}

async fn kept(store: &Store) -> String {
    let mut kept = String::new();
    for name in ["a", "b", "c"] {
        if setting(store, name).await.is_some() {
            kept.push_str(name);
        }
    }
    kept
}

#[test]
fn writes_that_arrive_together_share_a_commit() {
    on_both(async |store| {
        let (open, gate) = oneshot::channel();
        let reader = Store::clone(&store);
        let second = store.write(move |tx| {
            Box::pin(async move {
                let inside = settings::get(tx, "a").await?;
                let outside = setting(&reader, "a").await;
                settings::put(tx, "b", "1").await?;
                Ok::<_, StoreError>((inside, outside))
            })
        });
        let (first, second, ()) = tokio::join!(write(&store, Some(gate), "a", Ok(())), second, async {
            open.send(()).unwrap();
        });
        first.unwrap();
        // The second saw the first's work, while nobody else did: they were in one transaction.
        assert_eq!(second.unwrap(), (Some("1".to_owned()), None));
        assert_eq!(kept(&store).await, "ab");
    });
}

#[test]
fn a_write_that_fails_undoes_only_itself_wherever_it_stands() {
    let stale = || Err(StoreError::Stale);
    for (results, left) in [
        ([stale(), Ok(()), Ok(())], "bc"),
        ([Ok(()), stale(), Ok(())], "ac"),
        ([Ok(()), Ok(()), stale()], "ab"),
        ([stale(), Ok(()), stale()], "b"),
        ([stale(), stale(), stale()], ""),
    ] {
        on_both(async |store| {
            let gave = batch(&store, results.clone()).await;
            for (gave, wanted) in gave.iter().zip(&results) {
                assert_eq!(gave.is_ok(), wanted.is_ok());
            }
            assert_eq!(kept(&store).await, left);
        });
    }
}

#[test]
fn a_statement_that_fails_does_not_fail_its_neighbours() {
    on_both(async |store| {
        let department = |id| Department {
            id: DepartmentId(id),
            code: "sales".into(),
            name: "销售部".into(),
            active: true,
            version: 1,
        };
        let insert = |id| {
            let department = department(id);
            store.write(move |tx| Box::pin(async move { people::insert_department(tx, &department).await }))
        };
        let (open, gate) = oneshot::channel();
        let (a, one, same, c, ()) = tokio::join!(
            write(&store, Some(gate), "a", Ok(())),
            insert(1),
            insert(2),
            write(&store, None, "c", Ok(())),
            async {
                open.send(()).unwrap();
            }
        );
        a.unwrap();
        one.unwrap();
        c.unwrap();
        assert!(matches!(same, Err(StoreError::Conflict(_))), "{same:?}");
        assert_eq!(kept(&store).await, "ac");
        assert_eq!(people::departments(&mut store.read().await.unwrap()).await.unwrap().len(), 1);
    });
}

#[test]
fn a_lost_connection_undoes_the_batch_tells_everybody_and_is_replaced() {
    on_both(async |store| {
        let gave = batch(&store, [Ok(()), Err(StoreError::Unavailable("pulled".to_owned())), Ok(())]).await;
        assert!(gave.iter().take(2).all(|one| matches!(one, Err(StoreError::Unavailable(_)))), "{gave:?}");
        // The third was queued behind the loss: it is done on the new connection, or refused; never half.
        assert_eq!(kept(&store).await, if gave[2].is_ok() { "c" } else { "" });
        set(&store, "b").await.unwrap();
        assert!(kept(&store).await.contains('b'));
    });
}

#[test]
fn a_write_that_panics_takes_nobody_with_it() {
    on_both(async |store| {
        let wild = store.write(|tx| {
            Box::pin(async move {
                settings::put(tx, "a", "1").await?;
                assert_eq!(settings::get(tx, "a").await?, None, "a defect, as it were");
                Ok::<(), StoreError>(())
            })
        });
        assert!(matches!(wild.await, Err(StoreError::Unavailable(_))));
        set(&store, "b").await.unwrap();
        assert_eq!(kept(&store).await, "b");
    });
}

#[test]
fn only_what_was_kept_is_announced_and_only_after_the_commit() {
    on_both(async |store| {
        let mut changes = store.watch();
        let _ = batch(&store, [Err(StoreError::Stale), Ok(()), Err(StoreError::Stale)]).await;
        set(&store, "d").await.unwrap();
        let change = changes.recv().await.unwrap();
        assert_eq!(change.id, i64::from(b'b'));
        assert!(changes.try_recv().is_err(), "the others undid what they announced");
        assert_eq!(kept(&store).await, "b");
    });
}

#[test]
fn the_second_of_two_edits_of_one_version_is_stale() {
    on_both(async |store| {
        definition(&store).await;
        put(&store, ticket(1), &[]).await;
        let edit = |subject: &'static str| {
            let mut edited = ticket(1);
            edited.subject = subject.to_owned();
            store.write(move |tx| Box::pin(async move { tickets::update(tx, &mut edited, "").await }))
        };
        let (first, second) = tokio::join!(edit("first"), edit("second"));
        first.unwrap();
        assert!(matches!(second, Err(StoreError::Stale)));
        let now = tickets::get(&mut store.read().await.unwrap(), TicketId(1)).await.unwrap().unwrap();
        assert_eq!((now.subject.as_str(), now.version), ("first", 2));
    });
}

#[test]
fn a_conflict_says_which_rule_was_broken() {
    on_both(async |store| {
        definition(&store).await;
        put(&store, ticket(1), &[]).await;
        let mut same_number = ticket(2);
        same_number.number = "T1".to_owned();
        let taken = store.write(move |tx| Box::pin(async move { tickets::insert(tx, &same_number, "").await })).await;
        assert!(
            matches!(&taken, Err(StoreError::Conflict(rule)) if rule.contains("tickets") && rule.contains("number")),
            "{taken:?}"
        );
        let mut orphan = ticket(3);
        orphan.definition = yingda_core::DefinitionId(99);
        let orphan = store.write(move |tx| Box::pin(async move { tickets::insert(tx, &orphan, "").await })).await;
        assert!(matches!(orphan, Err(StoreError::Conflict(_))), "{orphan:?}");
    });
}

#[test]
fn counters_give_each_number_once_to_eight_writers_in_two_processes() {
    on_both(async |store| {
        let other = store.another().await;
        let mut writers = Vec::new();
        for writer in 0..8 {
            let store = if writer % 2 == 0 { Store::clone(&store) } else { other.clone() };
            writers.push(tokio::spawn(async move {
                let mut numbers = Vec::new();
                for _ in 0..12 {
                    let next =
                        store.write(|tx| Box::pin(async move { tickets::next_in_series(tx, "CS202611").await })).await;
                    numbers.push(next.unwrap());
                }
                numbers
            }));
        }
        let mut all = Vec::new();
        for writer in writers {
            all.extend(writer.await.unwrap());
        }
        all.sort_unstable();
        assert_eq!(all, (1..=96).collect::<Vec<i64>>());
    });
}

#[test]
fn a_lifted_counter_never_goes_down() {
    on_both(async |store| {
        let lift = |value| store.write(move |tx| Box::pin(async move { tickets::lift_series(tx, "CS", value).await }));
        let next = || store.write(|tx| Box::pin(async move { tickets::next_in_series(tx, "CS").await }));
        lift(7).await.unwrap();
        assert_eq!(next().await.unwrap(), 8);
        lift(3).await.unwrap();
        assert_eq!(next().await.unwrap(), 9);
    });
}
