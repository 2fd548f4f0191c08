//! S02: leaks by the pipe's diameter, complaints, and what needs no event record.

use yingda_core::ticket::State;
use yingda_core::{Refusal, Role};
use yingda_testkit::desk::on_both;
use yingda_testkit::form;

use crate::cast::{agent, at, call, faults, member, refusal};

const PROCESS: &str = "water-hotline";

#[test]
fn a_pipe_of_150_goes_to_the_office_and_one_of_151_to_engineering() {
    on_both(async |desk| {
        desk.install("S02-hotline").await;
        let agent = agent(&desk).await;
        let office = member(&desk, "孙所长", "business_office").await;
        let engineering = member(&desk, "钱工", "engineering").await;
        // A passer-by without any file reports it.
        let leak = form! {
            ..call("报漏处理"), "call.caller_kind" => "群众", "call.customer" => "", "call.contact" => "",
            "call.content" => "路边水管爆了"
        };
        for (dn, step, theirs, others) in
            [("150", "repair_office", &office, &engineering), ("151", "repair_engineering", &engineering, &office)]
        {
            let id = desk.receive(&agent, PROCESS, "phone", leak.clone()).await.unwrap().id;
            desk.complete(&agent, id, "leak", form! { "leak.place" => "环市路12号", "leak.pipe_dn" => dn })
                .await
                .unwrap();
            assert_eq!(desk.waits_at(theirs, id).await.unwrap(), [step], "DN{dn}");
            assert_eq!(refusal(desk.ticket(others, id).await), Refusal::NotFound, "DN{dn}");
            let ticket = desk.ticket(theirs, id).await.unwrap().held.ticket;
            assert_eq!(
                (ticket.department, ticket.assignee, ticket.owner),
                (Some(theirs.department), None, agent.person)
            );
            assert_eq!(
                (ticket.due, ticket.address.as_str(), ticket.customer),
                (Some(at("02 11:00")), "环市路12号", None)
            );
            // The desk does not do the department's step.
            let progress = form! { "leak_progress.affected_area" => "两条街", "leak_progress.estimated_finish" => "2026-11-02 18:00" };
            assert_eq!(refusal(desk.complete(&agent, id, step, progress.clone()).await), Refusal::NotAllowed);
            desk.complete(theirs, id, step, progress).await.unwrap();
            let ticket = desk.ticket(theirs, id).await.unwrap().held.ticket;
            assert_eq!((ticket.assignee, ticket.impact.as_str()), (Some(theirs.person), "两条街"));
            assert_eq!(ticket.due, Some(at("02 18:00")), "the time that the department itself has named (T18)");
        }
    });
}

#[test]
fn a_leak_without_a_number_to_call_back_or_a_diameter_is_not_complete() {
    on_both(async |desk| {
        desk.install("S02-hotline").await;
        let agent = agent(&desk).await;
        let nameless = form! { ..call("报漏处理"), "call.phone" => "" };
        assert_eq!(faults(desk.receive(&agent, PROCESS, "phone", nameless).await), ["call.phone: missing"]);
        let id = desk.receive(&agent, PROCESS, "phone", call("报漏处理")).await.unwrap().id;
        let missing = faults(desk.complete(&agent, id, "leak", form! { "leak.pipe_dn" => "半米" }).await);
        assert_eq!(missing, ["leak.place: missing", "leak.pipe_dn: not-a-number"]);
        assert_eq!(desk.waits_at(&agent, id).await.unwrap(), ["leak"]);
    });
}

#[test]
fn an_instant_answer_ends_without_an_event_record() {
    on_both(async |desk| {
        desk.install("S02-hotline").await;
        let agent = agent(&desk).await;
        for (kind, judge, tell, label) in [
            ("咨询业务", "judge_question", "reply_at_once", "已即时回复"),
            ("投诉处理", "judge_complaint", "explain", "已当即解释"),
        ] {
            let id = desk.receive(&agent, PROCESS, "phone", call(kind)).await.unwrap().id;
            desk.complete(&agent, id, judge, form! { "triage.at_once" => "true" }).await.unwrap();
            desk.complete(&agent, id, tell, form! { "instant.answer" => "按阶梯水价计算。" }).await.unwrap();
            let ticket = desk.ticket(&agent, id).await.unwrap().held.ticket;
            assert_eq!(
                (ticket.state, ticket.event_record, ticket.outcome.as_str()),
                (State::Closed, false, label),
                "R-242"
            );
        }
    });
}

#[test]
fn a_valid_complaint_goes_to_its_department_and_ends_with_an_event_record() {
    on_both(async |desk| {
        desk.install("S02-hotline").await;
        let agent = agent(&desk).await;
        let works = member(&desk, "吴工", "waterworks").await;
        let id = desk.receive(&agent, PROCESS, "letter", call("投诉处理")).await.unwrap().id;
        desk.complete(&agent, id, "judge_complaint", form! { "triage.at_once" => "false" }).await.unwrap();
        let complaint = form! { "complaint.facts" => "连续三天水压不足", "complaint.valid" => "true" };
        desk.complete(&agent, id, "record_complaint", complaint).await.unwrap();
        let pass = form! { "transfer.department" => "waterworks", "transfer.request" => "查水压" };
        desk.complete(&agent, id, "pass_on", pass).await.unwrap();
        desk.complete(&works, id, "handle", form! { "handling.result" => "已调整水泵" }).await.unwrap();
        // Nobody answers twice; the third time it goes into the record.
        for _ in 0..2 {
            let tried = form! { "reply.reached" => "false", "reply.attempt" => "无人接听" };
            desk.complete(&agent, id, "reply", tried).await.unwrap();
            assert_eq!(desk.waits_at(&agent, id).await.unwrap(), ["reply"]);
        }
        let reached = form! { "reply.reached" => "true", "reply.answer" => "水压已恢复。" };
        desk.complete(&agent, id, "reply", reached).await.unwrap();
        let record = form! {
            "event_record.course" => "来信、查压、调泵、回电", "event_record.call_back" => "false", "event_record.satisfaction" => "满意"
        };
        desk.complete(&agent, id, "event_record", record).await.unwrap();
        let ticket = desk.ticket(&agent, id).await.unwrap().held.ticket;
        assert_eq!((ticket.state, ticket.event_record, ticket.outcome.as_str()), (State::Closed, true, "已处理并回复"));
        assert_eq!((ticket.channel.as_str(), ticket.result.as_str()), ("letter", "已调整水泵"));
    });
}

#[test]
fn a_channel_that_the_process_does_not_have_is_a_field_at_fault() {
    on_both(async |desk| {
        desk.install("S02-hotline").await;
        let agent = agent(&desk).await;
        assert_eq!(faults(desk.receive(&agent, PROCESS, "wecom", call("咨询业务")).await), ["channel: channel-closed"]);
        assert_eq!(faults(desk.receive(&agent, PROCESS, "smoke", call("咨询业务")).await), ["channel: missing"]);
        let outsider = desk.person("郑工", "engineering", [Role::Member]).await;
        assert_eq!(refusal(desk.receive(&outsider, PROCESS, "phone", call("咨询业务")).await), Refusal::NotAllowed);
    });
}
