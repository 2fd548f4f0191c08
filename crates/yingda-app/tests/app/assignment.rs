//! Taking, giving, transferring, copying in: who may, whom it may go to, and that the owner stays.

use yingda_app::Once;
use yingda_app::assignment::{Told, Transfer};
use yingda_app::talk::Say;
use yingda_app::{Involvement, MessageKind};
use yingda_core::{Actor, Refusal, Role};
use yingda_testkit::desk::on_both;
use yingda_testkit::{Desk, form};

use crate::cast::{
    agent, assigned, close, confirm, fault, faults, handle, head, member, rate, refusal, respond, supervisor,
};

fn transfer(to: &Actor, reason: &str, tell: &str, told: Told) -> Transfer {
    Transfer {
        department: to.department,
        person: None,
        reason: reason.to_owned(),
        tell: tell.to_owned(),
        told,
        phone: None,
        seen: None,
        once: Once::unkeyed(),
    }
}

async fn assignee(desk: &Desk, by: &Actor, id: yingda_core::TicketId) -> Option<yingda_core::PersonId> {
    desk.ticket(by, id).await.unwrap().held.ticket.assignee
}

#[test]
fn a_department_takes_and_gives_among_its_own() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let agent = agent(&desk).await;
        let (one, two) = (member(&desk, "张伟", "after_sales").await, member(&desk, "孙丽", "after_sales").await);
        let chief = head(&desk, "刘洋", "after_sales").await;
        let stranger = member(&desk, "赵磊", "logistics").await;
        let id = assigned(&desk, &agent, "中").await;
        let give = async |by: &Actor, to: &Actor| desk.assign(&desk.ctx(), by, id, Some(to.person), None, None).await;

        assert_eq!(refusal(give(&stranger, &stranger).await), Refusal::NotFound);
        assert_eq!(faults(give(&agent, &stranger).await), ["person: other-department"]);
        give(&one, &one).await.unwrap();
        assert_eq!(refusal(give(&two, &two).await), Refusal::NotAllowed, "it is taken");
        give(&one, &two).await.unwrap();
        assert_eq!(assignee(&desk, &agent, id).await, Some(two.person));
        give(&chief, &one).await.unwrap();
        desk.assign(&desk.ctx(), &chief, id, None, None, None).await.unwrap();
        assert_eq!(assignee(&desk, &agent, id).await, None);

        // Two take it at once: the second has read an old version.
        let version = desk.ticket(&one, id).await.unwrap().held.ticket.version;
        desk.assign(&desk.ctx(), &one, id, Some(one.person), Some(version), None).await.unwrap();
        let late = desk.assign(&desk.ctx(), &chief, id, Some(two.person), Some(version), None).await;
        assert_eq!(refusal(late), Refusal::Stale { current: version + 1 });
        assert_eq!(assignee(&desk, &agent, id).await, Some(one.person));
        let nobody = desk.assign(&desk.ctx(), &chief, id, Some(yingda_core::PersonId(1)), None, None).await;
        assert_eq!(faults(nobody), ["person: unknown-person"]);
        assert_eq!(desk.ticket(&agent, id).await.unwrap().held.ticket.owner, agent.person);
    });
}

#[test]
fn a_transfer_has_a_reason_tells_the_customer_and_leaves_the_owner() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let agent = agent(&desk).await;
        let engineer = member(&desk, "张伟", "after_sales").await;
        let developer = member(&desk, "赵磊", "technology").await;
        let id = assigned(&desk, &agent, "中").await;
        let go = async |by: &Actor, what: Transfer| desk.transfer(&desk.ctx(), by, id, what).await;
        let to_developers = |reason: &str| transfer(&developer, reason, "已转技术部,今天回复您。", Told::Later);

        assert_eq!(refusal(go(&engineer, to_developers("软件问题")).await), Refusal::NotAllowed, "not theirs yet");
        desk.assign(&desk.ctx(), &engineer, id, Some(engineer.person), None, None).await.unwrap();
        assert_eq!(faults(go(&engineer, to_developers("  ")).await), ["reason: missing"]);
        let elsewhere = Transfer { person: Some(agent.person), ..to_developers("软件问题") };
        assert_eq!(faults(go(&engineer, elsewhere).await), ["person: other-department"]);
        assert_eq!(refusal(desk.ticket(&developer, id).await), Refusal::NotFound);
        go(&engineer, to_developers("软件问题")).await.unwrap();

        let view = desk.ticket(&developer, id).await.unwrap();
        let ticket = &view.held.ticket;
        assert_eq!(
            (ticket.department, ticket.assignee, ticket.owner),
            (Some(developer.department), None, agent.person)
        );
        let line = view.history.iter().find(|line| line.kind == "transferred").unwrap();
        assert!(line.body.contains("软件问题") && line.actor == Some(engineer.person));
        // The step went along: the new department does it, the old one sees the ticket still.
        assert_eq!(refusal(respond(&desk, &engineer, id).await), Refusal::NotAllowed);
        respond(&desk, &developer, id).await.unwrap();

        // On the owner's list until the customer has been told (R-046).
        let untold = desk.desk(&agent).await.unwrap().untold;
        assert_eq!(
            untold.iter().map(|(m, t)| (m.body.as_str(), t.id)).collect::<Vec<_>>(),
            [("已转技术部,今天回复您。", id)]
        );
        let message = untold[0].0.id;
        assert_eq!(refusal(desk.mark_told(&desk.ctx(), &engineer, message).await), Refusal::NotAllowed);
        desk.mark_told(&desk.ctx(), &agent, message).await.unwrap();
        desk.mark_told(&desk.ctx(), &agent, message).await.unwrap();
        assert!(desk.desk(&agent).await.unwrap().untold.is_empty());
        let told = desk.ticket(&agent, id).await.unwrap();
        assert_eq!(told.history.iter().filter(|line| line.kind == "told").count(), 1);
    });
}

#[test]
fn told_on_the_call_is_told() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let agent = agent(&desk).await;
        let developer = member(&desk, "赵磊", "technology").await;
        let id = assigned(&desk, &agent, "中").await;
        let now = transfer(&developer, "软件问题", "马上转技术部。", Told::Now);
        desk.transfer(&desk.ctx(), &agent, id, now).await.unwrap();
        assert!(desk.desk(&agent).await.unwrap().untold.is_empty());
        let message = desk.ticket(&agent, id).await.unwrap().messages.pop().unwrap();
        assert_eq!((message.told, message.told_by), (Some(desk.clock.now()), Some(agent.person)));
    });
}

#[test]
fn a_copied_department_sees_and_does_not_work() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let agent = agent(&desk).await;
        let store = member(&desk, "钱库", "logistics").await;
        let sales = member(&desk, "吴销", "sales").await;
        member(&desk, "张伟", "after_sales").await;
        // By the form's own field, in the words that people use…
        let crossing = form! { ..fault("中"), "register.cross" => "true", "register.cc" => "物流部、客户服务部" };
        let id = desk.receive(&agent, "enterprise-support", "phone", crossing).await.unwrap().id;
        desk.complete(&agent, id, "assign", crate::cast::assign_to("after_sales")).await.unwrap();
        let view = desk.ticket(&store, id).await.unwrap();
        assert!(view.held.departments.contains(&(store.department, Involvement::Copied)));
        assert!(view.mine.is_empty());
        assert_eq!(refusal(respond(&desk, &store, id).await), Refusal::NotAllowed);
        // Not even their head takes it, gives it, or carries it off.
        let chief = head(&desk, "周库", "logistics").await;
        let carry = desk.transfer(&desk.ctx(), &chief, id, transfer(&chief, "归我", "", Told::Later)).await;
        assert_eq!(refusal(carry), Refusal::NotAllowed);
        for who in [&store, &chief] {
            let engineer = desk.directory().members(desk.department("after_sales").await).next().map(|p| p.id);
            assert_eq!(refusal(desk.assign(&desk.ctx(), who, id, engineer, None, None).await), Refusal::NotAllowed);
            let may = desk.ticket(who, id).await.unwrap().may;
            assert!(may.annotate && !may.assign && !may.transfer);
        }
        // …and later, by hand.
        assert_eq!(refusal(desk.ticket(&sales, id).await), Refusal::NotFound);
        assert_eq!(refusal(desk.copy_in(&desk.ctx(), &store, id, sales.department).await), Refusal::NotAllowed);
        desk.copy_in(&desk.ctx(), &agent, id, sales.department).await.unwrap();
        desk.copy_in(&desk.ctx(), &agent, id, sales.department).await.unwrap();
        let view = desk.ticket(&sales, id).await.unwrap();
        assert_eq!(view.history.iter().filter(|line| line.kind == "copied").count(), 1);
        assert_eq!(
            refusal(desk.transfer(&desk.ctx(), &sales, id, transfer(&sales, "r", "", Told::Later)).await),
            Refusal::NotAllowed
        );
    });
}

#[test]
fn the_owner_stays_to_the_end_whoever_works_on_it() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let (agent, lead) = (agent(&desk).await, supervisor(&desk).await);
        let colleague = desk.person("李静", "service-center", [Role::Agent]).await;
        let engineer = member(&desk, "张伟", "after_sales").await;
        let id = assigned(&desk, &agent, "中").await;
        desk.transfer(&desk.ctx(), &lead, id, transfer(&engineer, "改派", "", Told::Later)).await.unwrap();
        respond(&desk, &engineer, id).await.unwrap();
        handle(&desk, &engineer, id, "好了").await.unwrap();
        assert_eq!(assignee(&desk, &agent, id).await, Some(agent.person), "back to the first receiver");
        desk.assign(&desk.ctx(), &lead, id, Some(colleague.person), None, None).await.unwrap();
        confirm(&desk, &colleague, id, "true").await.unwrap();
        rate(&desk, &colleague, id, "满意", "").await.unwrap();
        close(&desk, &colleague, id).await.unwrap();
        assert_eq!(desk.ticket(&agent, id).await.unwrap().held.ticket.owner, agent.person);
        let ended = desk.assign(&desk.ctx(), &agent, id, None, None, None).await;
        assert_eq!(refusal(ended), Refusal::TicketEnded);
        let ended = desk.transfer(&desk.ctx(), &agent, id, transfer(&engineer, "r", "", Told::Later)).await;
        assert_eq!(refusal(ended), Refusal::TicketEnded);
    });
}

#[test]
fn progress_labels_are_the_processs_own_and_words_are_kept_apart() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let agent = agent(&desk).await;
        let engineer = member(&desk, "张伟", "after_sales").await;
        let id = assigned(&desk, &agent, "中").await;
        let set = async |label: &str| desk.set_progress(&desk.ctx(), &engineer, id, label, "等配件").await;
        assert_eq!(faults(set("差不多了").await), ["progress: not-an-option"]);
        set("方案制定中").await.unwrap();
        let view = desk.ticket(&agent, id).await.unwrap();
        assert_eq!(view.held.ticket.progress, "方案制定中");
        assert!(view.history.iter().any(|line| line.kind == "progress" && line.body.contains("等配件")));

        let say = |kind, text: &str, channel: &str| Say {
            kind,
            text: text.to_owned(),
            channel: channel.to_owned(),
            told: Told::Now,
            answer: None,
            once: Once::unkeyed(),
        };
        let speak = async |by: &Actor, what: Say| desk.say(&desk.ctx(), by, id, what).await;
        speak(&engineer, say(MessageKind::Note, "主板缺货", "")).await.unwrap();
        assert_eq!(refusal(speak(&engineer, say(MessageKind::ToCustomer, "请稍候", "")).await), Refusal::NotAllowed);
        assert_eq!(faults(speak(&agent, say(MessageKind::ToCustomer, " ", "")).await), ["text: missing"]);
        assert_eq!(
            faults(speak(&agent, say(MessageKind::ToCustomer, "请稍候", "smoke")).await),
            ["channel: not-an-option"]
        );
        speak(&agent, say(MessageKind::ToCustomer, "请稍候", "wecom")).await.unwrap();
        speak(&agent, say(MessageKind::FromCustomer, "好的", "")).await.unwrap();
        let messages = desk.ticket(&agent, id).await.unwrap().messages;
        let kept: Vec<_> = messages.iter().map(|m| (m.kind, m.channel.as_str(), m.told.is_some())).collect();
        assert_eq!(
            kept,
            [
                (MessageKind::Note, "", false),
                (MessageKind::ToCustomer, "wecom", true),
                (MessageKind::FromCustomer, "phone", false),
            ]
        );
    });
}

#[test]
fn a_department_that_is_closed_for_new_work_gets_none() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let agent = agent(&desk).await;
        let admin = desk.person("管理员", "service-center", [Role::Administrator]).await;
        let gone = desk.department("logistics").await;
        desk.edit_department(&admin, gone, "物流部", false, 1).await.unwrap();
        let id = desk.receive(&agent, "enterprise-support", "phone", fault("中")).await.unwrap().id;
        let by_form = desk.complete(&agent, id, "assign", crate::cast::assign_to("logistics")).await;
        assert_eq!(faults(by_form), ["assign.department: unknown-department"]);
        let there = Actor { department: gone, ..agent.clone() };
        let by_hand = desk.transfer(&desk.ctx(), &agent, id, transfer(&there, "改派", "", Told::Later)).await;
        assert_eq!(faults(by_hand), ["department: unknown-department"]);
        assert_eq!(faults(desk.copy_in(&desk.ctx(), &agent, id, gone).await), ["department: unknown-department"]);
    });
}
