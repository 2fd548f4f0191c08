//! What must not happen twice, and what must not happen on an old page.

use yingda_app::assignment::Told;
use yingda_app::receive::Receive;
use yingda_app::steps::CompleteStep;
use yingda_app::talk::Say;
use yingda_app::{MessageKind, Once};
use yingda_core::{Refusal, Role};
use yingda_testkit::desk::on_both;

use crate::cast::{agent, assign_to, assigned, fault, member, refusal, respond};

fn matter(key: &str, body: &str) -> Receive {
    Receive {
        process: "enterprise-support".into(),
        channel: "phone".into(),
        fields: fault("中"),
        once: Once::keyed(Some(key), &[body]),
        ..Receive::default()
    }
}

#[test]
fn a_matter_sent_twice_is_one_ticket_and_another_under_its_key_is_refused() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let agent = agent(&desk).await;
        let colleague = desk.person("李静", "service-center", [Role::Agent]).await;
        let ctx = || desk.ctx();
        let (first, second) = (ctx(), ctx());
        // Both at once: a double click.
        let (first, second) = tokio::join!(
            desk.app.receive(&first, &agent, matter("k", "a")),
            desk.app.receive(&second, &agent, matter("k", "a"))
        );
        let first = first.unwrap();
        assert_eq!(second.unwrap(), first);
        assert_eq!(refusal(desk.app.receive(&ctx(), &agent, matter("k", "b")).await), Refusal::KeyReused);
        // A key belongs to whoever used it, and after a week it is forgotten.
        assert_ne!(desk.app.receive(&ctx(), &colleague, matter("k", "b")).await.unwrap().id, first.id);
        desk.schedule_upkeep(&ctx()).await.unwrap();
        desk.clock.hours(24 * 8);
        desk.run_jobs().await;
        assert_ne!(desk.app.receive(&ctx(), &agent, matter("k", "a")).await.unwrap().id, first.id);
        // No key: as often as it is asked.
        let unkeyed = || Receive { once: Once::keyed(Some(""), &["a"]), ..matter("", "a") };
        let (one, two) = (
            desk.app.receive(&ctx(), &agent, unkeyed()).await.unwrap(),
            desk.app.receive(&ctx(), &agent, unkeyed()).await.unwrap(),
        );
        assert_ne!(one.id, two.id);
    });
}

#[test]
fn a_step_is_done_once() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let agent = agent(&desk).await;
        let id = desk.receive(&agent, "enterprise-support", "phone", fault("中")).await.unwrap().id;
        let token = desk.token(&agent, id, "assign").await.unwrap();
        let done =
            |once: Once| CompleteStep { token, fields: assign_to("after_sales"), once, ..CompleteStep::default() };
        let keyed = || Once::keyed(Some("k"), &["assign"]);
        let (first, second) = (desk.ctx(), desk.ctx());
        let (first, second) = tokio::join!(
            desk.complete_step(&first, &agent, id, done(Once::unkeyed())),
            desk.complete_step(&second, &agent, id, done(Once::unkeyed()))
        );
        first.unwrap();
        assert_eq!(refusal(second), Refusal::StepNotOpen);
        // Under a key the repetition succeeds and does nothing.
        let id = desk.receive(&agent, "enterprise-support", "phone", fault("中")).await.unwrap().id;
        desk.complete_step(&desk.ctx(), &agent, id, done(keyed())).await.unwrap();
        desk.complete_step(&desk.ctx(), &agent, id, done(keyed())).await.unwrap();
        let view = desk.ticket(&agent, id).await.unwrap();
        assert_eq!(view.history.iter().filter(|line| line.kind == "step").count(), 1);
    });
}

#[test]
fn an_edit_on_an_old_page_is_stale_and_writes_nothing() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let agent = agent(&desk).await;
        let engineer = member(&desk, "张伟", "after_sales").await;
        let id = assigned(&desk, &agent, "中").await;
        let token = desk.token(&engineer, id, "respond").await.unwrap();
        let seen = desk.ticket(&engineer, id).await.unwrap().held.ticket.version;
        let note = Say {
            kind: MessageKind::Note,
            text: "看一下".into(),
            channel: String::new(),
            told: Told::Later,
            answer: None,
            once: Once::unkeyed(),
        };
        // A colleague's note leaves the form that somebody is filling in alone; a change of the ticket does not.
        desk.say(&desk.ctx(), &agent, id, note).await.unwrap();
        assert_eq!(desk.ticket(&engineer, id).await.unwrap().held.ticket.version, seen);
        desk.set_progress(&desk.ctx(), &agent, id, "方案制定中", "").await.unwrap();
        let before = desk.ticket(&agent, id).await.unwrap();
        let fields = yingda_testkit::form! { "response.plan" => "更换主板", "response.on_site" => "false" };
        let late = CompleteStep { token, fields, seen: Some(seen), ..CompleteStep::default() };
        assert_eq!(
            refusal(desk.complete_step(&desk.ctx(), &engineer, id, late).await),
            Refusal::Stale { current: seen + 1 }
        );
        let after = desk.ticket(&agent, id).await.unwrap();
        assert_eq!(after.held.ticket, before.held.ticket);
        assert_eq!(
            (after.history.len(), after.messages.len(), after.instance),
            (before.history.len(), before.messages.len(), before.instance)
        );
        respond(&desk, &engineer, id).await.unwrap();
    });
}

#[test]
fn who_watches_learns_ids_and_versions_of_what_was_committed() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let agent = agent(&desk).await;
        let mut watch = desk.watch();
        let _ = desk.receive(&agent, "enterprise-support", "phone", yingda_testkit::form! {}).await.unwrap_err();
        assert!(watch.try_recv().is_err());
        let id = desk.receive(&agent, "enterprise-support", "phone", fault("中")).await.unwrap().id;
        let change = watch.recv().await.unwrap();
        assert_eq!((change.topic, change.id, change.version), (yingda_app::Topic::Ticket, id.get(), 1));
    });
}

#[test]
fn how_the_customer_was_told_is_a_channel_or_the_tickets_own() {
    on_both(async |desk| {
        desk.install("S01-consultation").await;
        let agent = agent(&desk).await;
        for (channel, kept) in [(None, "phone"), (Some(""), "phone"), (Some("wecom"), "wecom")] {
            let call = crate::cast::question("true");
            let id = desk.receive(&agent, "customer-consultation", "phone", call).await.unwrap().id;
            let token = desk.token(&agent, id, "answer_at_once").await.unwrap();
            let tell = |channel: Option<&str>| CompleteStep {
                token,
                fields: yingda_testkit::form! { "instant_answer.answer" => "一年。" },
                channel: channel.map(str::to_owned),
                ..CompleteStep::default()
            };
            let smoke = desk.complete_step(&desk.ctx(), &agent, id, tell(Some("smoke"))).await;
            assert_eq!(crate::cast::faults(smoke), ["channel: not-an-option"]);
            desk.complete_step(&desk.ctx(), &agent, id, tell(channel)).await.unwrap();
            assert_eq!(desk.ticket(&agent, id).await.unwrap().messages[0].channel, kept);
        }
    });
}
