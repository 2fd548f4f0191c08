//! The demonstration: the same for the same seed, everything to be found in it, on both engines.

#![expect(clippy::unwrap_used, reason = "a test that cannot set its stage has failed")]

use std::collections::BTreeSet;

use yingda::demo::{self, SEED};
use yingda_core::TicketId;
use yingda_core::answer::AnswerState;
use yingda_core::sheet::SheetState;
use yingda_core::ticket::{Priority, State, Ticket};
use yingda_store::messages::Kind;
use yingda_store::queue::{self, Filter, Scope, StateFilter};
use yingda_testkit::desk::on_both;
use yingda_testkit::{Desk, Engine};

/// Enough for every state, and quick.
const SOME: usize = 90;

async fn tickets(desk: &Desk) -> Vec<Ticket> {
    let filter = Filter { state: StateFilter::Any, ..Filter::default() };
    let mut read = desk.store().read().await.unwrap();
    queue::batch(&mut read, Scope::All, &filter, TicketId(0), 2_000).await.unwrap()
}

async fn demonstration(desk: &Desk, seed: u64) -> usize {
    desk.install_all().await;
    let mut said = Vec::new();
    let made =
        demo::prepare(&desk.app, &desk.ctx(), seed, SOME, &mut |done, all| said.push((done, all))).await.unwrap();
    assert_eq!(said.last().map(|last| last.0), Some(made));
    assert!(said.iter().all(|(done, all)| done <= all && *all == SOME));
    made
}

#[test]
fn every_state_can_be_found() {
    on_both(async |desk| {
        let made = demonstration(&desk, SEED).await;
        let tickets = tickets(&desk).await;
        assert_eq!(tickets.len(), made + 2, "and the two rows of the document");
        let now = desk.ctx().now;

        let states: BTreeSet<State> = tickets.iter().map(|t| t.state).collect();
        assert_eq!(states, State::ALL.into_iter().collect());
        let processes: BTreeSet<&str> = tickets.iter().map(|t| t.process.as_str()).collect();
        assert_eq!(processes.len(), 3);
        let priorities: BTreeSet<Priority> = tickets.iter().map(|t| t.priority).collect();
        assert_eq!(priorities.len(), 4);
        let ratings: BTreeSet<&str> =
            tickets.iter().filter_map(|t| t.rating.as_ref()).map(|r| r.value.as_str()).collect();
        assert_eq!(ratings, ["一般", "不满意", "满意", "非常满意"].into());
        assert!(tickets.iter().any(|t| t.rounds == 1 && t.state >= State::Closed), "reopened once, and closed");
        assert!(tickets.iter().any(|t| t.rounds == 1 && t.state.is_running()), "reopened, and being handled again");
        assert!(tickets.iter().any(|t| t.state.is_running() && t.due.is_some_and(|due| due < now)), "overdue");
        assert!(tickets.iter().any(|t| t.state.is_running() && t.due.is_some_and(|due| due > now)), "in time");
        assert!(tickets.iter().any(|t| t.state == State::Open && t.priority == Priority::Urgent), "urgent");
        assert!(tickets.iter().any(|t| t.state.is_running() && t.assignee.is_none()), "nobody has taken it");
        assert!(tickets.iter().all(|t| t.accepted <= now && t.updated <= now), "nothing lies in the future");
        let waiting: BTreeSet<&str> =
            tickets.iter().filter(|t| t.state.is_running()).map(|t| t.step.as_str()).collect();
        for step in [
            "填写工作联系单",
            "解答",
            "回复",
            "客户确认与评价",
            "营业所跟进",
            "工程部跟进",
            "事件记录与跟踪",
            "工单分派",
            "电话通知处理人",
            "请客户评价",
            "工单关闭与归档",
            "部门经理协调",
        ] {
            assert!(waiting.contains(step), "no ticket waits at {step}: {waiting:?}");
        }

        let manager = yingda_core::Actor::from(desk.directory().person("liang.bo").unwrap());
        let (mut sheets, mut messages, mut lines) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut untold = 0;
        for ticket in &tickets {
            let view = desk.ticket(&manager, ticket.id).await.unwrap();
            sheets.extend(view.sheets.iter().map(|sheet| sheet.state.as_str()));
            messages.extend(view.messages.iter().map(|m| m.kind.as_str()));
            untold += view.messages.iter().filter(|m| m.kind == Kind::ToCustomer && m.told.is_none()).count();
            lines.extend(view.history.iter().map(|line| line.kind.clone()));
        }
        for state in [SheetState::Sent, SheetState::Received, SheetState::Answered, SheetState::Countersigned] {
            assert!(sheets.contains(state.as_str()), "{sheets:?}");
        }
        assert_eq!(messages, ["note", "to_customer", "from_customer"].into());
        assert!(untold > 0, "nobody has still to be told anything");
        assert!(lines.contains("transferred") && lines.contains("archived") && lines.contains("imported"), "{lines:?}");
        let answers = desk.answers(&manager, AnswerState::Published, None, 100).await.unwrap();
        assert_eq!(answers.len(), demo::ANSWERS_IN_USE);
        assert!(answers.iter().any(|answer| answer.uses > 0), "no answer was ever given");
    });
}

#[test]
fn the_documents_rows_stand_as_it_prints_them() {
    on_both(async |desk| {
        demonstration(&desk, SEED).await;
        let rows: Vec<Ticket> = tickets(&desk).await.into_iter().filter(|t| t.number.starts_with("CS20249")).collect();
        let local =
            |at: Option<jiff::Timestamp>| at.map(|at| at.to_zoned(desk.zone()).strftime("%Y-%m-%d %H:%M").to_string());
        let shown: Vec<_> = rows
            .iter()
            .map(|t| {
                let department = t.lead_department.map(|id| desk.directory().department_name(id));
                let rating = t.rating.as_ref().map(|r| r.value.as_str());
                (
                    t.number.as_str(),
                    t.contact_name.as_str(),
                    t.phone.as_str(),
                    department,
                    local(t.times.solved),
                    rating,
                    t.state,
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                (
                    "CS2024901",
                    "张*",
                    "5678",
                    Some("售后部".to_owned()),
                    Some("2024-10-01 15:00".to_owned()),
                    Some("满意"),
                    State::Archived
                ),
                (
                    "CS2024902",
                    "王*",
                    "139",
                    Some("销售部".to_owned()),
                    Some("2024-10-02 10:00".to_owned()),
                    Some("一般"),
                    State::Solved
                ),
            ]
        );
        let names: Vec<String> =
            rows.iter().filter_map(|t| t.assignee).map(|id| desk.directory().person_name(id)).collect();
        assert!(names.contains(&"李*".to_owned()), "{names:?}");
    });
}

#[tokio::test]
async fn the_same_seed_makes_the_same_desk() {
    let mut seen = Vec::new();
    for seed in [7, 7, 8] {
        let desk = Desk::open(Engine::Sqlite).await;
        demonstration(&desk, seed).await;
        let lines: Vec<String> = tickets(&desk)
            .await
            .iter()
            .map(|t| {
                format!(
                    "{} {} {} {:?} {:?} {:?} {} {}",
                    t.number, t.subject, t.phone, t.state, t.times, t.due, t.step, t.result
                )
            })
            .collect();
        seen.push(lines);
    }
    assert_eq!(seen[0], seen[1]);
    assert_ne!(seen[0], seen[2]);
}

#[tokio::test]
async fn texts_vary_and_numbers_belong_to_nobody() {
    let desk = Desk::open(Engine::Sqlite).await;
    demonstration(&desk, SEED).await;
    let tickets = tickets(&desk).await;
    let texts: BTreeSet<&str> = tickets.iter().map(|t| t.description.as_str()).collect();
    assert!(texts.len() * 100 > tickets.len() * 95, "{} texts for {} tickets", texts.len(), tickets.len());
    for ticket in tickets.iter().filter(|t| !t.number.starts_with("CS20249")) {
        assert!(ticket.phone.starts_with("138 0013 ") || ticket.phone.starts_with("020-5550-"), "{}", ticket.phone);
        assert!(!ticket.description.contains('{') && !ticket.subject.contains('{'), "{}", ticket.description);
    }
    let mut by_time: Vec<_> = tickets.iter().map(|t| (t.accepted, t.id)).collect();
    by_time.sort_unstable();
    assert!(by_time.is_sorted_by_key(|(_, id)| *id), "a later ticket has a larger id");
}
