//! Correcting what was taken down: what follows from it, what is kept of it, and who may not.

use serde_json::json;
use yingda_app::AppResult;
use yingda_app::amend::Amend;
use yingda_core::ticket::Priority;
use yingda_core::{Actor, Refusal, TicketId};
use yingda_testkit::Desk;
use yingda_testkit::desk::on_both;

use crate::cast::{agent, assign_to, at, call, close, confirm, fault, faults, handle, member, rate, refusal, respond};

async fn amend(
    desk: &Desk,
    by: &Actor,
    id: TicketId,
    particulars: &[(&str, &str)],
    seen: Option<i64>,
) -> AppResult<()> {
    let particulars = particulars.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    desk.amend(&desk.ctx(), by, id, Amend { particulars, seen }).await
}

#[test]
fn another_priority_brings_its_limit_and_everything_keeps_its_before() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let agent = agent(&desk).await;
        member(&desk, "张伟", "after_sales").await;
        let id = desk.receive(&agent, "enterprise-support", "phone", fault("中")).await.unwrap().id;
        desk.clock.set("2026-11-02T09:20:00+08:00");
        desk.complete(&agent, id, "assign", assign_to("after_sales")).await.unwrap();
        let before = desk.ticket(&agent, id).await.unwrap();
        assert_eq!(before.held.work[0].due, None, "no limit for a response of this priority");
        assert!(before.may.amend);

        desk.clock.set("2026-11-02T09:50:00+08:00");
        let words = [("phone", "13700137000"), ("priority", "high"), ("remark", ""), ("description", "停机\r\n两次")];
        amend(&desk, &agent, id, &words, Some(before.held.ticket.version)).await.unwrap();
        let view = desk.ticket(&agent, id).await.unwrap();
        let ticket = &view.held.ticket;
        assert_eq!((ticket.phone.as_str(), ticket.priority), ("13700137000", Priority::High));
        assert_eq!(ticket.description, "停机\n两次");
        assert_eq!(ticket.subject, "一号线报错", "it has a subject of its own");
        // Two hours from when the step began, not from now.
        assert_eq!((ticket.due, view.held.work[0].due), (Some(at("02 11:20")), Some(at("02 11:20"))));
        let line = view.history.last().unwrap();
        assert_eq!((line.kind.as_str(), line.actor, line.at), ("amended", Some(agent.person), at("02 09:50")));
        let body: serde_json::Value = serde_json::from_str(&line.body).unwrap();
        let changes = json!([
            ["phone", "13912345678", "13700137000"],
            ["priority", "中", "高"],
            ["description", "设备运行中频繁报错,影响生产", "停机\n两次"],
        ]);
        assert_eq!(body, json!({ "changes": changes }));
        // The new number finds the ticket.
        let caller = desk.caller(&agent, "13700137000").await.unwrap();
        assert!(format!("{caller:?}").contains(&ticket.number), "{caller:?}");

        // The same once more is no change, and leaves no line.
        let lines = view.history.len();
        amend(&desk, &agent, id, &[("priority", "高"), ("description", " 停机\n两次 ")], None).await.unwrap();
        let again = desk.ticket(&agent, id).await.unwrap();
        assert_eq!((again.history.len(), again.held.ticket.version), (lines, ticket.version));
        // And back: the limit goes with it.
        amend(&desk, &agent, id, &[("priority", "低")], None).await.unwrap();
        assert_eq!(desk.ticket(&agent, id).await.unwrap().held.work[0].due, None);
    });
}

#[test]
fn what_cannot_stand_is_refused_and_nothing_of_it_is_kept() {
    on_both(async |desk| {
        desk.install_all().await;
        let agent = agent(&desk).await;
        let id = desk.receive(&agent, "enterprise-support", "phone", fault("中")).await.unwrap().id;
        let before = desk.ticket(&agent, id).await.unwrap();
        let wrong = [
            ("kind", "没有这类"),
            ("phone", "一三八"),
            ("priority", "马上"),
            ("description", " "),
            ("industry", "农业"),
        ];
        let refused = amend(&desk, &agent, id, &wrong, None).await;
        let codes = ["kind: not-an-option", "phone: bad-phone", "priority: not-an-option", "description: missing"];
        assert_eq!(faults(refused), codes);
        assert_eq!(faults(amend(&desk, &agent, id, &[("number", "1")], None).await), ["number: unknown-field"]);
        let long = "长".repeat(100_000);
        let refused = faults(amend(&desk, &agent, id, &[("remark", &long)], None).await);
        assert_eq!(refused, ["remark: too-long"]);
        let after = desk.ticket(&agent, id).await.unwrap();
        assert_eq!((&after.held.ticket, after.history.len()), (&before.held.ticket, before.history.len()));
        amend(&desk, &agent, id, &[("kind", "物流类")], None).await.unwrap();
        assert_eq!(desk.ticket(&agent, id).await.unwrap().held.ticket.kind, "物流类");
        // Each process has its own kinds.
        let leak = desk.receive(&agent, "water-hotline", "phone", call("报漏处理")).await.unwrap().id;
        assert_eq!(faults(amend(&desk, &agent, leak, &[("kind", "物流类")], None).await), ["kind: not-an-option"]);
        amend(&desk, &agent, leak, &[("kind", "投诉处理")], None).await.unwrap();
    });
}

#[test]
fn only_whoever_works_on_a_running_ticket_corrects_it_as_it_stands() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let agent = agent(&desk).await;
        let engineer = member(&desk, "张伟", "after_sales").await;
        let other = member(&desk, "孙丽", "after_sales").await;
        let stranger = member(&desk, "赵磊", "technology").await;
        let id = crate::cast::assigned(&desk, &agent, "中").await;
        let words = [("contact_name", "李工程师")];
        desk.assign(&desk.ctx(), &engineer, id, Some(engineer.person), None, None).await.unwrap();
        assert_eq!(refusal(amend(&desk, &stranger, id, &words, None).await), Refusal::NotFound);
        assert_eq!(refusal(amend(&desk, &other, id, &words, None).await), Refusal::NotAllowed);
        assert!(!desk.ticket(&other, id).await.unwrap().may.amend);
        let seen = desk.ticket(&engineer, id).await.unwrap();
        assert!(seen.may.amend);
        let version = seen.held.ticket.version;
        amend(&desk, &engineer, id, &words, Some(version)).await.unwrap();
        let late = amend(&desk, &agent, id, &[("contact_name", "黎工")], Some(version)).await;
        assert_eq!(refusal(late), Refusal::Stale { current: version + 1 });
        assert_eq!(desk.ticket(&agent, id).await.unwrap().held.ticket.contact_name, "李工程师");

        respond(&desk, &engineer, id).await.unwrap();
        handle(&desk, &engineer, id, "好了").await.unwrap();
        confirm(&desk, &agent, id, "true").await.unwrap();
        rate(&desk, &agent, id, "满意", "").await.unwrap();
        close(&desk, &agent, id).await.unwrap();
        assert_eq!(refusal(amend(&desk, &agent, id, &[("phone", "13700137000")], None).await), Refusal::TicketEnded);
        assert!(!desk.ticket(&agent, id).await.unwrap().may.amend);
    });
}
