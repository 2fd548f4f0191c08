//! My desk, the queue, saved views, and bulk actions that obey the rules of single ones.

use yingda_app::desk::Counts;
use yingda_app::queue::{Filter, Order, Page, StateFilter};
use yingda_core::ticket::{State, Ticket};
use yingda_core::{Refusal, Role, TicketId};
use yingda_testkit::desk::on_both;

use crate::cast::{agent, assigned, at, fault, faults, member, question, refusal, respond, through};

fn ids(rows: &[Ticket]) -> Vec<TicketId> {
    rows.iter().map(|t| t.id).collect()
}

#[test]
fn each_ticket_stands_on_the_right_desks() {
    on_both(async |desk| {
        desk.install_all().await;
        let agent = agent(&desk).await;
        let colleague = desk.person("李静", "service-center", [Role::Agent]).await;
        let engineer = member(&desk, "张伟", "after_sales").await;
        let mine = desk.receive(&agent, "enterprise-support", "phone", fault("中")).await.unwrap().id;
        desk.clock.minutes(1);
        let away = assigned(&desk, &agent, "高").await;
        let asked = desk.receive(&colleague, "customer-consultation", "phone", question("false")).await.unwrap().id;
        desk.complete(
            &colleague,
            asked,
            "inquire",
            yingda_testkit::form! {
                "inquiry.department" => "项目部", "inquiry.question" => "几年?"
            },
        )
        .await
        .unwrap();
        let ended = through(&desk, &agent, &engineer).await;

        let d = desk.desk(&agent).await.unwrap();
        assert_eq!((ids(&d.mine), ids(&d.owned)), (vec![mine], vec![away]));
        assert_eq!(ids(&d.due), [mine, away], "due at 10:00 and 11:01; the sheet is not received");
        assert_eq!(ids(&d.untaken), [away]);
        assert!(d.sheets.is_empty());
        let d = desk.desk(&colleague).await.unwrap();
        assert_eq!((d.sheets.len(), ids(&d.mine)), (1, vec![asked]));
        assert_eq!(desk.counts(&agent).await.unwrap(), Counts { mine: 1, untaken: 1, inbox: 0 });

        let d = desk.desk(&engineer).await.unwrap();
        assert_eq!((ids(&d.untaken), ids(&d.mine)), (vec![away], vec![]));
        respond(&desk, &engineer, away).await.unwrap();
        let d = desk.desk(&engineer).await.unwrap();
        assert_eq!((ids(&d.untaken), ids(&d.mine)), (vec![], vec![away]));

        let count = async |filter: Filter| desk.queue_count(&agent, &filter, 100).await.unwrap();
        assert_eq!(count(Filter::default()).await, 3);
        assert_eq!(count(Filter { state: StateFilter::Ended, ..Filter::default() }).await, 1);
        assert_eq!(count(Filter { overdue_at: Some(at("02 10:30")), ..Filter::default() }).await, 1);
        let all = Filter { state: StateFilter::Any, ..Filter::default() };
        assert_eq!(ids(&desk.queue(&agent, &all, Order::Newest, Page::First, 2).await.unwrap().rows), [ended, asked]);
        // What has ended is due no more: such a list is never by due time.
        assert_eq!(ids(&desk.queue(&agent, &all, Order::Due, Page::First, 1).await.unwrap().rows), [ended]);
    });
}

#[test]
fn bulk_actions_tell_each_ticket_apart() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let agent = agent(&desk).await;
        let engineer = member(&desk, "张伟", "after_sales").await;
        let (open, closed) = (assigned(&desk, &agent, "中").await, through(&desk, &agent, &engineer).await);
        let taken = desk.take_all(&desk.ctx(), &engineer, &[open, closed, TicketId(1)]).await.unwrap();
        let told: Vec<_> = taken.iter().map(|one| one.refused.clone()).collect();
        assert_eq!(told, [None, Some(Refusal::NotAllowed), Some(Refusal::NotFound)]);
        let filed = desk.archive_all(&desk.ctx(), &agent, &[open, closed]).await.unwrap();
        assert_eq!(filed.iter().map(|one| one.refused.clone()).collect::<Vec<_>>(), [Some(Refusal::NotClosed), None]);
        assert_eq!(desk.ticket(&agent, closed).await.unwrap().held.ticket.state, State::Archived);
    });
}

#[test]
fn a_months_closed_tickets_are_filed_together() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let agent = agent(&desk).await;
        let engineer = member(&desk, "张伟", "after_sales").await;
        let (early, open) = (through(&desk, &agent, &engineer).await, assigned(&desk, &agent, "中").await);
        desk.clock.hours(24);
        let late = through(&desk, &agent, &engineer).await;
        assert_eq!(
            refusal(desk.archive_closed_before(&desk.ctx(), &engineer, at("03 00:00")).await),
            Refusal::NotAllowed
        );
        assert_eq!(desk.archive_closed_before(&desk.ctx(), &agent, at("03 00:00")).await.unwrap(), 1);
        assert_eq!(desk.archive_closed_before(&desk.ctx(), &agent, at("03 00:00")).await.unwrap(), 0);
        for (id, state) in [(early, State::Archived), (open, State::Open), (late, State::Closed)] {
            assert_eq!(desk.ticket(&agent, id).await.unwrap().held.ticket.state, state);
        }
        // Filed is not forgotten.
        assert!(!desk.search(&agent, "报错", None, None, 10).await.unwrap().found.is_empty());
    });
}

#[test]
fn a_saved_view_is_its_owners() {
    on_both(async |desk| {
        let (agent, other) = (agent(&desk).await, desk.person("李静", "service-center", [Role::Agent]).await);
        assert_eq!(faults(desk.save_view(&desk.ctx(), &agent, " ", "state=open").await), ["name: missing"]);
        desk.save_view(&desk.ctx(), &agent, "紧急", "priority=1").await.unwrap();
        desk.save_view(&desk.ctx(), &agent, "紧急", "priority=1&state=open").await.unwrap();
        desk.save_view(&desk.ctx(), &agent, "我的", "mine=1").await.unwrap();
        let views = desk.saved_views(&agent).await.unwrap();
        let urgent = views.iter().find(|view| view.name == "紧急").unwrap();
        assert_eq!((views.len(), urgent.query.as_str()), (2, "priority=1&state=open"));
        assert!(desk.saved_views(&other).await.unwrap().is_empty());
        assert_eq!(refusal(desk.remove_view(&other, urgent.id).await), Refusal::NotFound);
        assert_eq!(refusal(desk.rename_view(&other, urgent.id, "x").await), Refusal::NotFound);
        assert_eq!(refusal(desk.rename_view(&agent, urgent.id, "我的").await), Refusal::Taken { field: "name".into() });
        desk.rename_view(&agent, urgent.id, "最急").await.unwrap();
        desk.remove_view(&agent, urgent.id).await.unwrap();
        assert_eq!(desk.saved_views(&agent).await.unwrap().len(), 1);
    });
}

#[test]
fn search_pages_through_what_was_found_with_the_readers_rights() {
    on_both(async |desk| {
        desk.install_all().await;
        let agent = agent(&desk).await;
        let engineer = member(&desk, "张伟", "after_sales").await;
        for _ in 0..5 {
            assigned(&desk, &agent, "中").await;
        }
        desk.receive(&agent, "customer-consultation", "phone", question("true")).await.unwrap();
        let mut seen = 0;
        let mut before = None;
        loop {
            let page = desk.search(&engineer, "频繁報錯", None, before, 2).await.unwrap();
            seen += page.found.len();
            before = page.next;
            if before.is_none() {
                break;
            }
        }
        assert_eq!(seen, 5);
        assert!(desk.search(&engineer, "洗衣机", None, None, 10).await.unwrap().found.is_empty());
        assert_eq!(desk.search(&agent, "CS2026110003", None, None, 10).await.unwrap().found.len(), 1);
        assert_eq!(desk.search(&agent, "13912345678", None, None, 10).await.unwrap().found.len(), 5);
    });
}
