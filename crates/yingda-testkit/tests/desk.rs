//! The harness itself: it runs both engines, names the one that failed, and does not let jobs be forgotten.

use yingda_core::Role;
use yingda_testkit::{Desk, Engine, desk, engines, form};

#[test]
fn a_body_runs_on_both_engines() {
    let seen = std::sync::Mutex::new(Vec::new());
    engines::on_both(async |store| seen.lock().unwrap().push((store.engine, store.engine_name())));
    assert_eq!(seen.into_inner().unwrap(), [(Engine::Sqlite, "SQLite"), (Engine::Postgres, "PostgreSQL")]);
}

#[test]
fn a_matter_comes_in_under_the_fake_clock() {
    desk::on_both(async |desk| {
        desk.install("S01-consultation").await;
        let clerk = desk.person("王芳", "service-center", [Role::Agent]).await;
        let call = form! {
            "record.contact" => "李先生", "record.phone" => "13800138000", "record.customer_kind" => "已购客户",
            "record.subject" => "保修期", "record.question" => "保修期多长?", "record.on_site" => "false",
            "record.has_answer" => "true",
        };
        let ticket = desk.receive(&clerk, "customer-consultation", "phone", call).await.unwrap();
        assert_eq!(ticket.number, "ZX2026110001");
        desk.clock.minutes(3);
        desk.complete(&clerk, ticket.id, "answer_at_once", form! { "instant_answer.answer" => "一年。" })
            .await
            .unwrap();
        let view = desk.ticket(&clerk, ticket.id).await.unwrap();
        assert_eq!(view.held.ticket.times.closed, Some(desk.clock.now()));
    });
}

#[test]
#[should_panic(expected = "left with jobs undone")]
fn a_desk_that_leaves_a_job_fails_its_test() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let desk = Desk::open(Engine::Sqlite).await;
        let ctx = desk.ctx();
        let (id, now) = (ctx.id(yingda_core::JobId), ctx.now);
        desk.store()
            .write(move |tx| {
                Box::pin(async move { yingda_store::jobs::add(tx, id, "drop-bytes", "k", "{}", now).await })
            })
            .await
            .unwrap();
    });
}

#[test]
fn what_comes_round_may_stay() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let desk = Desk::open(Engine::Sqlite).await;
        desk.schedule_upkeep(&desk.ctx()).await.unwrap();
        assert!(desk.run_jobs().await > 1);
    });
}
