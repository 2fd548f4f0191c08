//! S01: a question answered at once, and one that a department answers by contact sheet.

use yingda_app::answers::AnswerText;
use yingda_app::sheets::SendSheet;
use yingda_app::{MessageKind, Once};
use yingda_core::answer::AnswerState;
use yingda_core::sheet::SheetState;
use yingda_core::ticket::State;
use yingda_core::{Refusal, SheetId};
use yingda_testkit::desk::on_both;
use yingda_testkit::{Desk, form};

use crate::cast::{agent, at, faults, head, member, question, refusal, supervisor};

const PROCESS: &str = "customer-consultation";

#[test]
fn a_question_with_a_standard_answer_ends_on_the_call() {
    on_both(async |desk| {
        desk.install("S01-consultation").await;
        let agent = agent(&desk).await;
        let received = desk.receive(&agent, PROCESS, "phone", question("true")).await.unwrap();
        assert!(!received.ended);
        desk.clock.set("2026-11-02T09:03:00+08:00");
        desk.complete(&agent, received.id, "answer_at_once", form! { "instant_answer.answer" => "保修一年。" })
            .await
            .unwrap();
        let view = desk.ticket(&agent, received.id).await.unwrap();
        let ticket = &view.held.ticket;
        assert_eq!((ticket.state, ticket.outcome.as_str()), (State::Closed, "已当场解答"));
        assert_eq!(ticket.times.responded, Some(at("02 09:03")));
        assert_eq!((ticket.times.solved, ticket.times.closed), (Some(at("02 09:03")), Some(at("02 09:03"))));
        assert!(!ticket.event_record);
        assert_eq!((ticket.result.as_str(), ticket.step.as_str(), ticket.due), ("保修一年。", "", None));
        assert!(view.held.work.is_empty());
        let told: Vec<_> =
            view.messages.iter().map(|m| (m.kind, m.body.as_str(), m.channel.as_str(), m.told)).collect();
        assert_eq!(told, [(MessageKind::ToCustomer, "保修一年。", "phone", Some(at("02 09:03")))]);
    });
}

/// A question that 项目部 has to answer, and the sheet that went there.
async fn asked(desk: &Desk, agent: &yingda_core::Actor) -> (yingda_core::TicketId, SheetId) {
    let id = desk.receive(agent, PROCESS, "phone", question("false")).await.unwrap().id;
    let inquiry = form! { "inquiry.department" => "项目部", "inquiry.question" => "洗衣机整机保修几年?" };
    desk.complete(agent, id, "inquire", inquiry).await.unwrap();
    let sheet = desk.ticket(agent, id).await.unwrap().sheets[0].id;
    (id, sheet)
}

#[test]
fn a_question_without_one_goes_by_contact_sheet_whose_clock_starts_at_receipt() {
    on_both(async |desk| {
        desk.install("S01-consultation").await;
        let agent = agent(&desk).await;
        let (clerk, chief) = (member(&desk, "赵磊", "project").await, head(&desk, "刘洋", "project").await);
        let (id, sheet) = asked(&desk, &agent).await;

        // Sent, not received: nothing is due, and nobody can answer yet.
        let view = desk.ticket(&agent, id).await.unwrap();
        assert_eq!((view.held.ticket.due, view.held.ticket.progress.as_str()), (None, "已转部门"));
        let inbox = desk.inbox(&clerk, SheetState::Sent, None, 10).await.unwrap();
        assert_eq!(inbox.iter().map(|s| (s.id, s.number.as_str())).collect::<Vec<_>>(), [(sheet, "GL2026110001")]);
        assert_eq!(inbox[0].customer_matter, "你们的洗衣机保修期有多长?");
        let early = desk.answer_sheet(&desk.ctx(), &clerk, sheet, "三年", None).await;
        assert_eq!(refusal(early), Refusal::SheetNotOpen);

        // Friday 16:00 and two working days: Tuesday 16:00.
        desk.clock.set("2026-11-06T16:00:00+08:00");
        desk.receive_sheet(&desk.ctx(), &clerk, sheet).await.unwrap();
        let view = desk.ticket(&agent, id).await.unwrap();
        let received = &view.sheets[0];
        assert_eq!((received.received, received.received_by), (Some(at("06 16:00")), Some(clerk.person)));
        assert_eq!((received.due, view.held.ticket.due), (Some(at("10 16:00")), Some(at("10 16:00"))));
        assert_eq!(refusal(desk.receive_sheet(&desk.ctx(), &chief, sheet).await), Refusal::SheetNotOpen);

        desk.clock.set("2026-11-09T10:00:00+08:00");
        assert_eq!(faults(desk.answer_sheet(&desk.ctx(), &clerk, sheet, "  ", None).await), ["answer: missing"]);
        let stale = desk.answer_sheet(&desk.ctx(), &clerk, sheet, "三年", Some(1)).await;
        assert_eq!(refusal(stale), Refusal::Stale { current: 2 });
        assert_eq!(refusal(desk.answer_sheet(&desk.ctx(), &agent, sheet, "三年", None).await), Refusal::NotAllowed);
        desk.answer_sheet(&desk.ctx(), &clerk, sheet, "整机三年,电机十年。", Some(2)).await.unwrap();

        // The process goes on without the countersignature, the standard answer does not.
        assert_eq!(desk.waits_at(&agent, id).await.unwrap(), ["reply"]);
        let text = || AnswerText {
            question: "洗衣机保修几年".into(),
            answer: "整机三年,电机十年。".into(),
            ..AnswerText::default()
        };
        let lead = supervisor(&desk).await;
        let hasty = desk.answer_from_sheet(&desk.ctx(), &lead, sheet, text(), AnswerState::Published).await;
        assert_eq!(refusal(hasty), Refusal::NotCountersigned);
        assert_eq!(refusal(desk.countersign_sheet(&desk.ctx(), &clerk, sheet).await), Refusal::NotAllowed);
        desk.countersign_sheet(&desk.ctx(), &chief, sheet).await.unwrap();
        let agents = desk.answer_from_sheet(&desk.ctx(), &agent, sheet, text(), AnswerState::Published).await;
        assert_eq!(refusal(agents), Refusal::NotAllowed);
        let answer = desk.answer_from_sheet(&desk.ctx(), &lead, sheet, text(), AnswerState::Published).await.unwrap();
        let again = desk.answer_from_sheet(&desk.ctx(), &lead, sheet, text(), AnswerState::Draft).await;
        assert_eq!(refusal(again), Refusal::Taken { field: "sheet".into() });
        let project = desk.department("project").await;
        let similar = desk.similar_answers(&agent, "请问洗衣机能保修多久呀", 5).await.unwrap();
        assert_eq!(similar.iter().map(|a| (a.id, a.department)).collect::<Vec<_>>(), [(answer, Some(project))]);
        assert_eq!(desk.sheet(&agent, sheet).await.unwrap().published, Some(answer));

        // The customer is told by the desk, within four working hours of the answer, and confirms.
        assert_eq!(desk.ticket(&agent, id).await.unwrap().held.ticket.due, Some(at("09 15:30")));
        desk.clock.set("2026-11-09T10:30:00+08:00");
        let reply = form! { "reply.answer" => "整机三年,电机十年。", "reply.publish" => "true" };
        desk.complete(&agent, id, "reply", reply).await.unwrap();
        let ticket = desk.ticket(&agent, id).await.unwrap().held.ticket;
        assert_eq!((ticket.state, ticket.progress.as_str()), (State::Solved, "已回复客户"));
        let confirmed = form! { "confirmation.understood" => "true", "confirmation.satisfaction" => "满意" };
        desk.complete(&agent, id, "confirm", confirmed).await.unwrap();
        let ticket = desk.ticket(&agent, id).await.unwrap().held.ticket;
        assert_eq!((ticket.state, ticket.outcome.as_str()), (State::Closed, "已回复-客户确认"));
        assert_eq!(ticket.rating.map(|r| (r.value, r.satisfied)), Some(("满意".to_owned(), true)));
    });
}

#[test]
fn a_customer_who_has_not_understood_is_answered_again() {
    on_both(async |desk| {
        desk.install("S01-consultation").await;
        let agent = agent(&desk).await;
        let chief = head(&desk, "刘洋", "project").await;
        let (id, first) = asked(&desk, &agent).await;
        desk.receive_sheet(&desk.ctx(), &chief, first).await.unwrap();
        // A head's own answer is countersigned with it.
        desk.answer_sheet(&desk.ctx(), &chief, first, "三年", None).await.unwrap();
        assert_eq!(desk.sheet(&chief, first).await.unwrap().sheet.state, SheetState::Countersigned);
        desk.complete(&agent, id, "reply", form! { "reply.answer" => "三年", "reply.publish" => "false" })
            .await
            .unwrap();
        let no = form! { "confirmation.understood" => "false", "confirmation.follow_up_question" => "电机呢?" };
        desk.complete(&agent, id, "confirm", no).await.unwrap();
        assert_eq!(desk.waits_at(&agent, id).await.unwrap(), ["inquire"]);
        let ticket = desk.ticket(&agent, id).await.unwrap().held.ticket;
        assert_eq!((ticket.state, ticket.rounds, ticket.times.solved), (State::Open, 1, None));
        let inquiry = form! { "inquiry.department" => "项目部", "inquiry.question" => "电机保修几年?" };
        desk.complete(&agent, id, "inquire", inquiry).await.unwrap();
        let sheets = desk.ticket(&agent, id).await.unwrap().sheets;
        assert_eq!(sheets.iter().map(|s| s.number.as_str()).collect::<Vec<_>>(), ["GL2026110001", "GL2026110002"]);
        // The first sheet is answered for good: it cannot move the process a second time.
        assert_eq!(refusal(desk.answer_sheet(&desk.ctx(), &chief, first, "四年", None).await), Refusal::SheetNotOpen);
        assert_eq!(desk.waits_at(&agent, id).await.unwrap(), ["project_answer"]);
    });
}

#[test]
fn a_sheet_sent_by_hand_stands_beside_the_process_and_can_be_taken_back() {
    on_both(async |desk| {
        desk.install("S01-consultation").await;
        let agent = agent(&desk).await;
        let clerk = member(&desk, "赵磊", "sales").await;
        let (id, process_sheet) = asked(&desk, &agent).await;
        let send = |question: &str| SendSheet {
            to: clerk.department,
            question: question.into(),
            customer_matter: String::new(),
            once: Once::unkeyed(),
        };
        assert_eq!(faults(desk.send_sheet(&desk.ctx(), &agent, id, send(" ")).await), ["question: missing"]);
        let sheet = desk.send_sheet(&desk.ctx(), &agent, id, send("去年卖的是哪一型?")).await.unwrap();
        assert_eq!(desk.waits_at(&agent, id).await.unwrap(), ["project_answer"]);
        let kept = desk.sheet(&clerk, sheet).await.unwrap().sheet;
        assert_eq!((kept.customer_matter.as_str(), kept.due), ("保修期", None));
        assert_eq!(desk.counts(&clerk).await.unwrap().inbox, 1);
        assert_eq!(refusal(desk.withdraw_sheet(&desk.ctx(), &clerk, sheet, "误发").await), Refusal::NotAllowed);
        assert_eq!(
            refusal(desk.withdraw_sheet(&desk.ctx(), &agent, process_sheet, "误发").await),
            Refusal::SheetNotOpen
        );
        assert_eq!(faults(desk.withdraw_sheet(&desk.ctx(), &agent, sheet, "").await), ["reason: missing"]);
        desk.withdraw_sheet(&desk.ctx(), &agent, sheet, "误发").await.unwrap();
        assert_eq!(refusal(desk.receive_sheet(&desk.ctx(), &clerk, sheet).await), Refusal::SheetNotOpen);
        assert_eq!(desk.counts(&clerk).await.unwrap().inbox, 0);
    });
}

#[test]
fn answers_are_drafted_by_the_desk_and_published_and_retired_by_its_leads() {
    on_both(async |desk| {
        desk.install("S01-consultation").await;
        let (agent, lead) = (agent(&desk).await, supervisor(&desk).await);
        let outside = member(&desk, "赵磊", "sales").await;
        let text =
            |answer: &str| AnswerText {
                question: "怎样开发票".into(), answer: answer.into(), ..AnswerText::default()
            };
        let write = async |who, text, state| desk.write_answer(&desk.ctx(), who, text, state, Once::unkeyed()).await;
        assert_eq!(
            faults(write(&agent, AnswerText::default(), AnswerState::Draft).await),
            ["question: missing", "answer: missing"]
        );
        assert_eq!(refusal(write(&outside, text("a"), AnswerState::Draft).await), Refusal::NotAllowed);
        assert_eq!(refusal(write(&agent, text("a"), AnswerState::Published).await), Refusal::NotAllowed);
        let id = write(&agent, text("到前台开。"), AnswerState::Draft).await.unwrap();
        // A draft is offered to nobody, and outside the desk it does not exist.
        assert!(desk.similar_answers(&agent, "发票怎么开", 5).await.unwrap().is_empty());
        assert_eq!(refusal(desk.answer(&outside, id).await), Refusal::NotFound);
        let publish = desk.edit_answer(&desk.ctx(), &agent, id, text("到前台开。"), AnswerState::Published, 1).await;
        assert_eq!(refusal(publish), Refusal::NotAllowed);
        desk.edit_answer(&desk.ctx(), &lead, id, text("到前台或网上开。"), AnswerState::Published, 1).await.unwrap();
        let stale = desk.edit_answer(&desk.ctx(), &lead, id, text("x"), AnswerState::Published, 1).await;
        assert_eq!(refusal(stale), Refusal::Stale { current: 2 });
        assert_eq!(desk.similar_answers(&outside, "发票怎么开", 5).await.unwrap().len(), 1);
        let (_, versions) = desk.answer(&outside, id).await.unwrap();
        assert_eq!(versions.iter().map(|v| v.answer.as_str()).collect::<Vec<_>>(), ["到前台或网上开。", "到前台开。"]);
        desk.edit_answer(&desk.ctx(), &lead, id, text("到前台或网上开。"), AnswerState::Retired, 2).await.unwrap();
        assert!(desk.similar_answers(&agent, "发票怎么开", 5).await.unwrap().is_empty());
        assert!(desk.search(&agent, "发票", None, None, 10).await.unwrap().found.is_empty());
    });
}
