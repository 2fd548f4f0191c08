//! Who sees what, at every door: ticket, list, search, attachment, sheet, inbox.

use yingda_app::attachments::Upload;
use yingda_app::queue::{Filter, Order, Page, StateFilter};
use yingda_app::search::Found;
use yingda_core::sheet::SheetState;
use yingda_core::{Actor, AttachmentId, Refusal, Role, SheetId, TicketId};
use yingda_testkit::desk::on_both;
use yingda_testkit::{Desk, form};

use crate::cast::{agent, head, member, question, refusal};

/// A matter with a sheet and an attachment that only 项目部 has to do with.
async fn matter(desk: &Desk, agent: &Actor) -> (TicketId, SheetId, AttachmentId) {
    let id = desk.receive(agent, "customer-consultation", "phone", question("false")).await.unwrap().id;
    let inquiry = form! { "inquiry.department" => "项目部", "inquiry.question" => "洗衣机保修几年?" };
    desk.complete(agent, id, "inquire", inquiry).await.unwrap();
    let upload = Upload { name: "来电.txt".into(), bytes: "通话记录".into() };
    let file = desk.attach(&desk.ctx(), agent, id, upload).await.unwrap();
    let sheet = desk.ticket(agent, id).await.unwrap().sheets[0].id;
    (id, sheet, file)
}

/// What somebody finds of it: doors that open, in words.
async fn doors(desk: &Desk, who: &Actor, (id, sheet, file): (TicketId, SheetId, AttachmentId)) -> Vec<&'static str> {
    let mut open = Vec::new();
    let mut note = |door, result: Result<bool, Refusal>| match result {
        Ok(true) => open.push(door),
        Ok(false) | Err(Refusal::NotFound | Refusal::NotAllowed) => {}
        Err(other) => panic!("{door}: {other:?}"),
    };
    let told = |result: yingda_app::AppResult<bool>| result.map_err(|error| error.refusal().cloned().unwrap());
    note("ticket", told(desk.ticket(who, id).await.map(|_| true)));
    note("number", told(desk.ticket_by_number(who, "ZX2026110001").await.map(|_| true)));
    let any = Filter { state: StateFilter::Any, ..Filter::default() };
    note("queue", told(desk.queue(who, &any, Order::Newest, Page::First, 50).await.map(|page| !page.rows.is_empty())));
    note("count", told(desk.queue_count(who, &any, 50).await.map(|count| count > 0)));
    let found = desk.search(who, "洗衣机", None, None, 50).await;
    note("search", told(found.map(|results| results.found.iter().any(|one| !matches!(one, Found::Answer(_))))));
    note("attachment", told(desk.attachment(who, file).await.map(|_| true)));
    note("sheet", told(desk.sheet(who, sheet).await.map(|_| true)));
    note("inbox", told(desk.inbox(who, SheetState::Sent, None, 50).await.map(|sheets| !sheets.is_empty())));
    let lists = desk.desk(who).await.unwrap();
    let listed = !(lists.mine.is_empty() && lists.due.is_empty() && lists.untaken.is_empty() && lists.owned.is_empty());
    note("desk", Ok(listed || !lists.sheets.is_empty()));
    note("figures", told(desk.figures(&desk.ctx(), who, "2026-11-01".parse().unwrap()).await.map(|f| f.accepted > 0)));
    open
}

#[test]
fn every_door_opens_for_the_desk_and_the_department_and_for_nobody_else() {
    on_both(async |desk| {
        desk.install("S01-consultation").await;
        let agent = agent(&desk).await;
        let matter = matter(&desk, &agent).await;
        let all = ["ticket", "number", "queue", "count", "search", "attachment", "sheet", "desk", "figures"];
        assert_eq!(doors(&desk, &agent, matter).await, all);
        let manager = desk.person("周敏", "service-center", [Role::Manager]).await;
        assert_eq!(
            doors(&desk, &manager, matter).await,
            ["ticket", "number", "queue", "count", "search", "attachment", "sheet", "figures"]
        );
        let ours = member(&desk, "赵磊", "project").await;
        assert_eq!(
            doors(&desk, &ours, matter).await,
            ["ticket", "number", "queue", "count", "search", "attachment", "sheet", "inbox"]
        );
        for (name, department, roles) in [
            ("吴销", "sales", vec![Role::Member, Role::Head]),
            ("管理员", "service-center", vec![Role::Administrator]),
            // An administrator who sits in the very department is no member of it either.
            ("郑管", "project", vec![Role::Administrator]),
        ] {
            let nobody = desk.person(name, department, roles).await;
            assert!(doors(&desk, &nobody, matter).await.is_empty(), "{name}");
        }
    });
}

#[test]
fn what_may_not_be_seen_cannot_be_changed_either_and_does_not_exist() {
    on_both(async |desk| {
        desk.install("S01-consultation").await;
        let agent = agent(&desk).await;
        let (id, sheet, file) = matter(&desk, &agent).await;
        let before = desk.ticket(&agent, id).await.unwrap();
        let stranger = head(&desk, "吴销", "sales").await;
        let admin = desk.person("管理员", "service-center", [Role::Administrator]).await;
        for who in [&stranger, &admin] {
            let ctx = || desk.ctx();
            assert_eq!(refusal(desk.assign(&ctx(), who, id, Some(who.person), None, None).await), Refusal::NotFound);
            assert_eq!(refusal(desk.copy_in(&ctx(), who, id, who.department).await), Refusal::NotFound);
            assert_eq!(refusal(desk.archive(&ctx(), who, id).await), Refusal::NotFound);
            assert_eq!(refusal(desk.set_progress(&ctx(), who, id, "已转部门", "").await), Refusal::NotFound);
            assert_eq!(refusal(desk.receive_sheet(&ctx(), who, sheet).await), Refusal::NotFound);
            assert_eq!(refusal(desk.answer_sheet(&ctx(), who, sheet, "x", None).await), Refusal::NotFound);
            assert_eq!(refusal(desk.detach(&ctx(), who, file).await), Refusal::NotFound);
            let upload = Upload { name: "a.txt".into(), bytes: b"x".to_vec() };
            assert_eq!(refusal(desk.attach(&ctx(), who, id, upload).await), Refusal::NotFound);
            let step = yingda_app::steps::CompleteStep { token: before.held.work[0].token, ..Default::default() };
            assert_eq!(refusal(desk.complete_step(&ctx(), who, id, step).await), Refusal::NotFound);
        }
        let after = desk.ticket(&agent, id).await.unwrap();
        assert_eq!((after.held.ticket, after.history.len()), (before.held.ticket, before.history.len()));
    });
}

#[test]
fn pages_offer_exactly_what_the_deed_allows() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let agent = agent(&desk).await;
        let engineer = member(&desk, "张伟", "after_sales").await;
        let id = crate::cast::assigned(&desk, &agent, "中").await;
        let view = desk.ticket(&agent, id).await.unwrap();
        assert!(view.may.reply && view.may.transfer && view.may.send_sheet && view.mine.is_empty());
        let view = desk.ticket(&engineer, id).await.unwrap();
        assert!(view.may.assign && view.may.annotate && !view.may.reply && !view.may.transfer && !view.may.send_sheet);
        assert_eq!(view.mine, [view.held.work[0].token]);
    });
}
