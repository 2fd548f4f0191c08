//! S03: the whole way, with a customer who is not satisfied once; what is solved is not confirmed, closed or archived.

use yingda_app::MessageKind;
use yingda_core::ticket::{Milestones, RatingSource, State};
use yingda_core::{Refusal, Role};
use yingda_testkit::desk::on_both;
use yingda_testkit::form;

use crate::cast::{
    agent, assign_to, assigned, at, close, confirm, fault, faults, handle, member, rate, refusal, respond,
};

const PROCESS: &str = "enterprise-support";

#[test]
fn the_whole_way_with_a_customer_who_is_not_satisfied_once() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let agent = agent(&desk).await;
        let engineer = member(&desk, "张伟", "after_sales").await;
        let ticket = async |id| desk.ticket(&agent, id).await.unwrap().held.ticket;

        let received = desk.receive(&agent, PROCESS, "phone", fault("高")).await.unwrap();
        let id = received.id;
        let t = ticket(id).await;
        assert_eq!(
            (t.number.as_str(), t.subject.as_str(), t.kind.as_str()),
            ("CS2026110001", "一号线报错", "技术故障类")
        );
        assert_eq!((t.occurred_at.as_str(), t.wanted_by.as_str()), ("2026-11-02 08:30", "需3天内提供方案"));
        assert_eq!((t.step.as_str(), t.due), ("工单分派", Some(at("02 10:00"))), "one working hour (R-065)");
        assert_eq!((t.owner, t.assignee, t.department), (agent.person, Some(agent.person), Some(agent.department)));

        desk.clock.set("2026-11-02T09:20:00+08:00");
        desk.complete(&agent, id, "assign", assign_to("after_sales")).await.unwrap();
        let t = ticket(id).await;
        assert_eq!((t.due, t.assignee, t.department), (Some(at("02 11:20")), None, Some(engineer.department)), "R-066");

        desk.clock.set("2026-11-02T09:40:00+08:00");
        respond(&desk, &engineer, id).await.unwrap();
        let t = ticket(id).await;
        assert_eq!((t.times.responded, t.progress.as_str()), (Some(at("02 09:40")), "方案制定中"));
        assert_eq!(
            (t.due, t.assignee),
            (Some(at("04 09:00")), Some(engineer.person)),
            "feedback after two days (R-068)"
        );

        desk.clock.set("2026-11-02T11:00:00+08:00");
        handle(&desk, &engineer, id, "已更换主板").await.unwrap();
        let t = ticket(id).await;
        assert_eq!((t.state, t.times.solved, t.times.confirmed), (State::Solved, Some(at("02 11:00")), None));
        assert_eq!((t.assignee, t.due, t.progress.as_str()), (Some(agent.person), Some(at("02 12:00")), "已完成处理"));

        desk.clock.set("2026-11-02T11:30:00+08:00");
        confirm(&desk, &agent, id, "false").await.unwrap();
        desk.complete(
            &agent,
            id,
            "opinion",
            form! { "opinion.opinion" => "噪音还是很大", "opinion.escalate" => "false" },
        )
        .await
        .unwrap();
        let t = ticket(id).await;
        assert_eq!(
            (t.state, t.rounds, t.times.solved, t.times.responded),
            (State::Open, 1, None, Some(at("02 09:40")))
        );
        assert_eq!((t.step.as_str(), t.department, t.owner), ("处理", Some(engineer.department), agent.person));

        desk.clock.set("2026-11-02T14:00:00+08:00");
        handle(&desk, &engineer, id, "已更换风扇").await.unwrap();
        desk.clock.set("2026-11-02T14:10:00+08:00");
        confirm(&desk, &agent, id, "true").await.unwrap();
        assert_eq!(refusal(desk.archive(&desk.ctx(), &agent, id).await), Refusal::NotClosed);
        desk.clock.set("2026-11-02T14:30:00+08:00");
        assert_eq!(faults(rate(&desk, &agent, id, "一般", "").await), ["evaluation.reason: missing"]);
        rate(&desk, &agent, id, "一般", "处理偏慢").await.unwrap();
        let t = ticket(id).await;
        assert_eq!((t.state, t.times.closed), (State::Confirmed, None));
        let rating = t.rating.unwrap();
        assert_eq!((rating.value.as_str(), rating.satisfied), ("一般", false));
        assert_eq!((rating.reason.as_str(), rating.source), ("处理偏慢", RatingSource::Staff));
        assert_eq!(refusal(desk.archive(&desk.ctx(), &agent, id).await), Refusal::NotClosed);

        desk.clock.set("2026-11-02T15:00:00+08:00");
        close(&desk, &agent, id).await.unwrap();
        let t = ticket(id).await;
        assert_eq!((t.state, t.outcome.as_str(), t.event_record), (State::Closed, "已解决-客户确认", true));
        desk.clock.set("2026-11-30T17:00:00+08:00");
        desk.archive(&desk.ctx(), &agent, id).await.unwrap();
        desk.archive(&desk.ctx(), &agent, id).await.unwrap();
        let view = desk.ticket(&agent, id).await.unwrap();
        let t = &view.held.ticket;
        let times = Milestones {
            responded: Some(at("02 09:40")),
            solved: Some(at("02 14:00")),
            confirmed: Some(at("02 14:30")),
            closed: Some(at("02 15:00")),
            archived: Some(at("30 17:00")),
        };
        assert_eq!((t.state, t.times, t.result.as_str(), t.due), (State::Archived, times, "已更换风扇", None));

        // What the customer said in the first round is not lost, and neither is what was done then.
        let history: String = view.history.iter().map(|line| line.body.as_str()).collect();
        assert!(history.contains("噪音还是很大") && history.contains("已更换主板"), "{history}");
        assert_eq!(view.history.iter().filter(|line| line.kind == "archived").count(), 1);
        assert!(view.history.iter().all(|line| line.actor.is_some()));
        let told = view.messages.iter().filter(|m| m.kind == MessageKind::ToCustomer && m.told.is_some()).count();
        assert_eq!(told, 2);
    });
}

#[test]
fn a_rating_of_not_satisfied_begins_a_second_round() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let agent = agent(&desk).await;
        let manager = desk.person("周敏", "service-center", [Role::Manager]).await;
        let engineer = member(&desk, "张伟", "after_sales").await;
        let id = assigned(&desk, &agent, "中").await;
        respond(&desk, &engineer, id).await.unwrap();
        handle(&desk, &engineer, id, "重启").await.unwrap();
        confirm(&desk, &agent, id, "true").await.unwrap();
        rate(&desk, &agent, id, "不满意", "又坏了").await.unwrap();
        // Up to the manager, and back to the department (J05).
        desk.complete(&agent, id, "opinion", form! { "opinion.opinion" => "要求换机", "opinion.escalate" => "true" })
            .await
            .unwrap();
        let coordinate = form! { "coordination.decision" => "同意换机" };
        assert_eq!(refusal(desk.complete(&agent, id, "coordinate", coordinate.clone()).await), Refusal::NotAllowed);
        desk.complete(&manager, id, "coordinate", coordinate).await.unwrap();
        let t = desk.ticket(&agent, id).await.unwrap().held.ticket;
        assert_eq!((t.state, t.rounds), (State::Open, 1));
        assert_eq!((t.times.solved, t.times.confirmed), (None, None));
        handle(&desk, &engineer, id, "已换机").await.unwrap();
        confirm(&desk, &agent, id, "true").await.unwrap();
        rate(&desk, &agent, id, "非常满意", "").await.unwrap();
        close(&desk, &agent, id).await.unwrap();
        let t = desk.ticket(&agent, id).await.unwrap().held.ticket;
        let rating = t.rating.unwrap();
        assert_eq!((rating.value.as_str(), rating.satisfied, rating.reason.as_str()), ("非常满意", true, ""));
    });
}

#[test]
fn an_urgent_matter_is_told_by_telephone_and_a_visit_is_agreed_within_a_day() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let agent = agent(&desk).await;
        let engineer = member(&desk, "张伟", "after_sales").await;
        let named = form! { ..assign_to("after_sales"), "assign.handler" => "张伟" };
        let id = desk.receive(&agent, PROCESS, "phone", fault("紧急")).await.unwrap().id;
        desk.complete(&agent, id, "assign", named).await.unwrap();
        let call =
            form! { "notice.person" => "张伟", "notice.called_at" => "2026-11-02 09:05", "notice.confirmed" => "true" };
        let unknown = form! { ..call, "notice.person" => "无此人" };
        assert_eq!(faults(desk.complete(&agent, id, "notify", unknown).await), ["notice.person: unknown-person"]);
        desk.complete(&agent, id, "notify", call).await.unwrap();
        // Whom the form named has it, after a step of the desk's in between.
        let t = desk.ticket(&agent, id).await.unwrap().held.ticket;
        assert_eq!(t.assignee, Some(engineer.person));
        desk.complete(&engineer, id, "respond", form! { "response.plan" => "上门", "response.on_site" => "true" })
            .await
            .unwrap();
        assert_eq!(desk.ticket(&agent, id).await.unwrap().held.ticket.due, Some(at("03 09:00")), "24 hours (R-067)");
        let visit = form! {
            "appointment.visit_at" => "2026-11-03 10:00", "appointment.engineer" => "张伟", "appointment.remote" => "false",
            "appointment.record" => "企业微信"
        };
        desk.complete(&engineer, id, "appoint", visit).await.unwrap();
        assert_eq!(desk.waits_at(&agent, id).await.unwrap(), ["handle"]);
    });
}

#[test]
fn an_incomplete_matter_is_refused_with_every_field_and_leaves_nothing() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let agent = agent(&desk).await;
        let mut missing = faults(desk.receive(&agent, PROCESS, "phone", form! {}).await);
        missing.retain(|fault| fault.ends_with(": missing"));
        for field in [
            "accept.customer",
            "accept.contact",
            "accept.phone",
            "accept.judgement",
            "accept.subject",
            "accept.description",
            "register.scenario",
            "register.class",
            "register.priority",
        ] {
            assert!(missing.contains(&format!("{field}: missing")), "{field} is not in {missing:?}");
        }
        // What a repair must have, a question need not.
        let bare = form! { ..fault("高"), "accept.occurred_at" => "", "accept.impact" => "" };
        assert_eq!(
            faults(desk.receive(&agent, PROCESS, "phone", bare.clone()).await),
            ["accept.occurred_at: missing", "accept.impact: missing"]
        );
        let asked = form! { ..bare, "accept.judgement" => "技术咨询" };
        let wrong = form! { ..fault("最高"), "accept.phone" => "12", "accept.occurred_at" => "昨天" };
        assert_eq!(
            faults(desk.receive(&agent, PROCESS, "phone", wrong).await),
            ["accept.phone: bad-phone", "accept.occurred_at: bad-datetime", "register.priority: not-an-option"]
        );
        // None of these left anything: the first that is taken has the first number.
        assert_eq!(desk.receive(&agent, PROCESS, "phone", asked).await.unwrap().number, "CS2026110001");
    });
}

#[test]
fn the_next_call_from_a_number_is_known() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let agent = agent(&desk).await;
        let engineer = member(&desk, "张伟", "after_sales").await;
        let closed = crate::cast::through(&desk, &agent, &engineer).await;
        desk.clock.hours(1);
        let open = assigned(&desk, &agent, "低").await;
        let caller = desk.caller(&agent, "+86 139-1234-5678").await.unwrap();
        assert_eq!(caller.customer.as_ref().map(|c| c.name.as_str()), Some("深圳市某某机械有限公司"));
        assert_eq!(caller.contacts.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(), ["李工"]);
        assert_eq!((caller.open[0].id, caller.past[0].id), (open, closed));
        let others = desk.ticket(&agent, open).await.unwrap().others;
        assert_eq!(others.iter().map(|t| t.id).collect::<Vec<_>>(), [closed]);
        assert!(desk.caller(&agent, "10000000000").await.unwrap().contacts.is_empty());
        assert_eq!(refusal(desk.caller(&engineer, "13912345678").await), Refusal::NotAllowed);
    });
}

#[test]
fn a_step_takes_only_files_of_its_own_ticket_and_only_its_department_does_it() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let agent = agent(&desk).await;
        let engineer = member(&desk, "张伟", "after_sales").await;
        let id = assigned(&desk, &agent, "中").await;
        // Taking it does not give the desk the department's voice.
        desk.assign(&desk.ctx(), &agent, id, Some(agent.person), None, None).await.unwrap();
        let voice = refusal(respond(&desk, &agent, id).await);
        assert_eq!(voice, Refusal::NotAllowed);
        respond(&desk, &engineer, id).await.unwrap();
        let strange = form! { "handling.result" => "已换", "handling.documents" => "anything" };
        let refused = faults(desk.complete(&engineer, id, "handle", strange).await);
        assert_eq!(refused, ["handling.documents: unknown-file"]);
        handle(&desk, &engineer, id, "已换").await.unwrap();
    });
}
