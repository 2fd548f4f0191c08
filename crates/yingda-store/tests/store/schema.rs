//! Opening: from nothing, again, at once from several processes, and after a newer program.

use yingda_core::TicketId;
use yingda_store::{Store, StoreError, StoreUrl, settings, tickets};
use yingda_testkit::engines::{each, on_both};
use yingda_testkit::{Engine, postgres};

use crate::seed::{definition, put, set, setting, ticket};

#[test]
fn opening_again_changes_nothing() {
    on_both(async |store| {
        set(&store, "kept").await.unwrap();
        let again = store.another().await;
        assert_eq!(setting(&again, "kept").await.as_deref(), Some("1"));
        let steps = again.read().await.unwrap().number("SELECT count(*) FROM schema_steps", &[]).await.unwrap();
        let last = again.read().await.unwrap().number("SELECT max(step) FROM schema_steps", &[]).await.unwrap();
        assert_eq!(steps, last, "each step was applied once");
    });
}

#[test]
fn several_processes_may_open_an_empty_database_at_once() {
    each(async |engine| {
        let folder = tempfile::TempDir::new().unwrap();
        let database = (engine == Engine::Postgres).then(|| postgres::fresh_database().unwrap());
        let url = match &database {
            Some(database) => StoreUrl::Postgres(database.url().to_owned()),
            None => StoreUrl::File(folder.path().join("desk.db")),
        };
        let starts: Vec<_> = (0..4)
            .map(|_| {
                let url = url.clone();
                tokio::spawn(async move { Store::open(&url).await.map(drop) })
            })
            .collect();
        for start in starts {
            start.await.unwrap().unwrap();
        }
    });
}

#[test]
fn a_database_of_a_newer_program_is_left_alone() {
    on_both(async |store| {
        store
            .write(|tx| Box::pin(async move { tx.exec("INSERT INTO schema_steps (step) VALUES (9999)", &[]).await }))
            .await
            .unwrap();
        let refused = Store::open(store.url()).await.unwrap_err();
        assert!(matches!(&refused, StoreError::Unavailable(why) if why.contains("newer")), "{refused}");
    });
}

#[test]
fn a_value_that_cannot_be_read_names_its_place() {
    on_both(async |store| {
        definition(&store).await;
        put(&store, ticket(7), &[]).await;
        store
            .write(|tx| Box::pin(async move { tx.exec("UPDATE tickets SET state = 'nonsense'", &[]).await }))
            .await
            .unwrap();
        let error = tickets::get(&mut store.read().await.unwrap(), TicketId(7)).await.unwrap_err();
        assert!(matches!(error, StoreError::Corrupt { table: "tickets", column: "state", row: 7 }), "{error}");
    });
}

#[test]
fn any_text_comes_back_but_for_the_character_that_no_text_has() {
    on_both(async |store| {
        for (number, text) in
            ["漏水 \u{1f4a7} 𠮷野家", "'; DROP TABLE tickets; --", "line\r\nline\t\u{7f}", ""].into_iter().enumerate()
        {
            let name = format!("n{number}");
            let key = name.clone();
            store.write(move |tx| Box::pin(async move { settings::put(tx, &key, text).await })).await.unwrap();
            assert_eq!(setting(&store, &name).await.as_deref(), Some(text));
        }
        store.write(|tx| Box::pin(async move { settings::put(tx, "nul", "a\0b").await })).await.unwrap();
        let nul = setting(&store, "nul").await.unwrap();
        assert!(nul.starts_with('a') && nul.ends_with('b'), "{nul:?}");
    });
}
