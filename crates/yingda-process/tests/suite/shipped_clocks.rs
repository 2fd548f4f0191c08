//! The limits of the shipped procedures: each number of the documents is a clock, and what is ours says so.

use std::collections::BTreeSet;

use crate::clocks::Clocks;
use crate::desk::{Desk, facts, shipped};
use yingda_process::clock::{Moment, Recipient, RungAt, Start, moments};
use yingda_process::vocabulary::Origin;
use yingda_process::{Channel, Definition, Event, Intake, Limit, LimitUnit, Priority, Role, TokenKind, Values};

/// The limits of the documents that are clocks of a ticket, with their clocks (section B of the requirements).
const LIMITS: &[(&str, &str, &[&str])] = &[
    ("S01", "T01", &["step.project_answer", "step.sales_answer", "step.head_office_answer"]),
    ("S03", "T02", &["step.assign"]),
    ("S03", "T03", &["step.respond"]),
    ("S03", "T04", &["step.notify"]),
    ("S03", "T05", &["step.appoint"]),
    ("S03", "T07", &["feedback"]),
    ("S03", "T08", &["step.confirm"]),
    ("S03", "T11", &["solution"]),
    ("S03", "T12", &["step.handle"]),
    ("S03", "T13", &["wanted"]),
    ("S02", "T17", &["at_once"]),
    ("S02", "T18", &["estimated_finish"]),
    (
        "S02",
        "T19",
        &[
            "step.handle",
            "step.repair_office",
            "step.finish_office",
            "step.repair_engineering",
            "step.finish_engineering",
            "step.reply",
        ],
    ),
];

#[test]
fn every_limit_of_the_documents_is_a_clock_with_its_number() {
    for (source, number, clocks) in LIMITS {
        let definition = shipped(source);
        let found: Vec<&str> = definition
            .clocks
            .iter()
            .filter(|clock| clock.trace.requirements.iter().any(|found| found == number))
            .map(|clock| clock.id.as_str())
            .collect();
        assert_eq!(&found, clocks, "{source} {number}");
    }
}

#[test]
fn a_limit_without_a_number_in_the_document_says_that_it_is_ours_and_why() {
    let mut numbered = 0;
    for source in ["S01", "S02", "S03"] {
        for clock in shipped(source).clocks {
            let target = clock.target.as_ref();
            for (_, cell) in target.iter().flat_map(|rule| rule.cells()) {
                match cell.trace.origin {
                    Origin::Default => assert!(cell.trace.note.is_some(), "{source} {}: no word of why", clock.id),
                    Origin::Document => {
                        assert!(!clock.trace.requirements.is_empty(), "{source} {}: of no requirement", clock.id);
                        numbered += 1;
                    }
                }
            }
        }
    }
    // T01 thrice; T02, T03 (two cells), T05, T07, T08.
    assert_eq!(numbered, 9);
}

#[test]
fn limits_are_as_the_documents_say() {
    let definition = shipped("S03");
    let of = |clock: &str, priority| {
        definition.clock(clock).unwrap().target.as_ref().unwrap().resolve(priority, Channel::Phone)
    };
    let limit = |amount, unit| Some(Limit { amount, unit });
    assert_eq!(of("step.assign", Priority::Low), limit(1, LimitUnit::WorkingHours));
    assert_eq!(of("step.respond", Priority::High), limit(2, LimitUnit::Hours));
    assert_eq!(of("step.respond", Priority::Medium), None, "J03: empty");
    assert_eq!(of("step.appoint", Priority::Low), limit(24, LimitUnit::Hours));
    assert_eq!(of("feedback", Priority::Low), limit(2, LimitUnit::Days));
    assert_eq!(of("step.confirm", Priority::Low), limit(1, LimitUnit::WorkingHours));
    assert_eq!(
        shipped("S01").clock("step.sales_answer").unwrap().start,
        Start::AnyOf(vec![Moment::Received("sales_answer".to_owned())])
    );
}

#[test]
fn everybody_is_told_in_an_order_that_ends_with_somebody_who_is_always_there() {
    for source in ["S01", "S02", "S03"] {
        let definition = shipped(source);
        let general = definition.ladder.clone().unwrap();
        for clock in &definition.clocks {
            let ladder = clock.ladder.as_ref().unwrap_or(&general);
            let phases: BTreeSet<u8> = ladder
                .iter()
                .map(|rung| match rung.when {
                    RungAt::PercentLeft(_) | RungAt::Before(_) => 0,
                    RungAt::AtLimit => 1,
                    RungAt::After(_) => 2,
                })
                .collect();
            assert_eq!(phases.len(), 3, "{source} {}: before, at and after", clock.id);
            assert!(ladder.iter().all(|rung| rung.to.len() >= 2 || rung.to == [Recipient::Role(Role::Administrator)]));
        }
    }
}

#[test]
fn handling_that_takes_too_long_goes_to_the_manager_at_once() {
    let definition = shipped("S03");
    let ladder = definition.clock("step.handle").unwrap().ladder.clone().unwrap();
    let at = ladder.iter().find(|rung| rung.when == RungAt::AtLimit).unwrap();
    assert_eq!(at.to, [Recipient::Role(Role::Manager), Recipient::Role(Role::Supervisor)]);
    assert!(at.trace.requirements.contains(&"R-132".to_owned()));
}

/// An enterprise matter that is registered like this.
fn registered(superior: &str, safety: &str) -> Desk {
    let mut desk = Desk::open("S03");
    desk.receive(&[
        ("customer", "A科技"),
        ("contact", "张*"),
        ("phone", "13800000000"),
        ("judgement", "技术咨询"),
        ("subject", "无法登录"),
        ("description", "无法登录"),
        ("wanted_on", "2026-12-01"),
        ("scenario", "售后保障"),
        ("class", "技术故障类"),
        ("priority", "高"),
        ("to_superior", superior),
        ("safety_risk", safety),
    ]);
    desk
}

#[test]
fn complaints_to_a_higher_department_and_safety_risks_raise_themselves() {
    for (superior, safety, wanted) in [
        ("否", "否", vec![]),
        ("是", "否", vec!["to_superior"]),
        ("否", "是", vec!["safety_risk"]),
        ("是", "是", vec!["to_superior", "safety_risk"]),
    ] {
        let desk = registered(superior, safety);
        let raised: Vec<&str> = desk
            .definition
            .triggers
            .iter()
            .filter(|trigger| trigger.holds(&desk.definition, &desk.instance))
            .map(|trigger| trigger.id.as_str())
            .collect();
        assert_eq!(raised, wanted);
    }
    let numbers: Vec<String> =
        shipped("S03").triggers.iter().filter_map(|trigger| trigger.trace.requirements.first().cloned()).collect();
    assert_eq!(numbers, ["R-130", "R-131", "R-117"]);
}

/// Lets an event happen and gives what the clocks did.
fn event(desk: &mut Desk, clocks: &mut Clocks, event: Event) -> Vec<String> {
    let before = desk.instance.clone();
    desk.event(event).unwrap();
    let passed = moments(&before, &desk.instance, &desk.effects);
    clocks.pass(&desk.definition, &desk.instance, &passed);
    std::mem::take(&mut clocks.log)
}

fn fill(desk: &mut Desk, clocks: &mut Clocks, typed: &[(&str, &str)]) -> Vec<String> {
    let token = desk.instance.tokens[0].id;
    let form = desk.definition.active(&desk.instance)[0].form;
    let values = form.map(|form| Desk::parse(form, typed)).unwrap_or_default();
    event(desk, clocks, Event::Complete { token, values })
}

#[test]
fn the_clocks_of_an_enterprise_matter_follow_it_through_a_second_round() {
    let mut desk = registered("否", "否");
    let mut clocks = Clocks::default();
    let passed = moments(&yingda_process::Instance::new(), &desk.instance, &desk.effects);
    clocks.pass(&desk.definition, &desk.instance, &passed);
    let started = ["start step.assign", "start solution", "plan wanted 2026-12-01", "start feedback"];
    assert_eq!(std::mem::take(&mut clocks.log), started);
    let (desk, clocks) = (&mut desk, &mut clocks);
    assert_eq!(fill(desk, clocks, &[("department", "after_sales")]), ["stop step.assign", "start step.respond"]);
    assert_eq!(fill(desk, clocks, &[("plan", "换模块")]), ["stop step.respond", "start step.handle"]);
    clocks.pass(&desk.definition, &desk.instance, &[Moment::ToldCustomer]);
    assert_eq!(std::mem::take(&mut clocks.log), ["renew feedback"]);
    assert_eq!(
        fill(desk, clocks, &[("result", "已更换")]),
        ["stop step.handle", "start step.confirm", "stop solution", "stop wanted", "stop feedback"]
    );
    // Solved: what the customer is told now renews nothing.
    let told = fill(desk, clocks, &[("solved", "否"), ("fits", "否"), ("told", "请再说明")]);
    assert_eq!(told, ["stop step.confirm"]);
    let again = fill(desk, clocks, &[("opinion", "仍然无法登录"), ("escalate", "否")]);
    assert_eq!(again, ["start step.handle", "start solution", "start feedback"]);
    let solved = fill(desk, clocks, &[("result", "已修复")]);
    assert_eq!(solved, ["stop step.handle", "start step.confirm", "stop solution", "stop feedback"]);
}

#[test]
fn the_clocks_of_a_leak_follow_the_time_that_the_crew_gives() {
    let mut desk = Desk::open("S02");
    let mut clocks = Clocks::default();
    let (desk, clocks) = (&mut desk, &mut clocks);
    let form = desk.definition.form("call").unwrap().clone();
    let typed = [
        ("kind", "报漏处理"),
        ("phone", "02012345678"),
        ("subject", "漏水"),
        ("content", "路口漏水"),
        ("priority", "高"),
    ];
    let values: Values = Desk::parse(&form, &typed);
    let start = Event::Start { values, facts: facts(Channel::Phone), intake: Intake::Complete };
    assert!(event(desk, clocks, start).is_empty());
    assert_eq!(fill(desk, clocks, &[("place", "大涌路口"), ("pipe_dn", "150")]), ["start step.repair_office"]);
    let progress = [("affected_area", "大涌一带"), ("estimated_finish", "2026-11-21 18:00")];
    assert_eq!(
        fill(desk, clocks, &progress),
        ["stop step.repair_office", "start step.finish_office", "plan estimated_finish 2026-11-21T10:00:00Z"]
    );
    let result = [("result", "已修复"), ("finished_at", "2026-11-21 17:00")];
    assert_eq!(fill(desk, clocks, &result), ["stop step.finish_office", "start step.reply", "stop estimated_finish"]);
}

#[test]
fn the_limit_of_a_department_runs_from_its_receipt() {
    let mut desk = Desk::open("S01");
    desk.receive(&[
        ("contact", "王*"),
        ("phone", "13800000000"),
        ("customer_kind", "已购客户"),
        ("subject", "保修"),
        ("question", "保修几年"),
        ("has_answer", "否"),
    ]);
    let mut clocks = Clocks::default();
    let (desk, clocks) = (&mut desk, &mut clocks);
    assert!(fill(desk, clocks, &[("department", "项目部"), ("question", "请答复")]).is_empty());
    assert_eq!(desk.instance.tokens[0].kind, TokenKind::Sheet);
    let received = Moment::Received("project_answer".to_owned());
    clocks.pass(&desk.definition, &desk.instance, &[received]);
    assert_eq!(std::mem::take(&mut clocks.log), ["start step.project_answer"]);
    let answered = Event::SheetAnswered { token: desk.instance.tokens[0].id, answer: "三年".to_owned() };
    assert_eq!(event(desk, clocks, answered), ["stop step.project_answer", "start step.reply"]);
}

#[test]
fn waiting_for_the_customer_stops_the_solution_and_not_the_feedback() {
    let definition: Definition = shipped("S03");
    let waiting = definition.pauses.iter().find(|pause| pause.id == "waiting_customer").unwrap();
    assert!(waiting.trace.requirements.contains(&"R-086".to_owned()));
    let stopped: Vec<&str> =
        definition.clocks.iter().filter(|clock| waiting.stops(&clock.id)).map(|clock| clock.id.as_str()).collect();
    assert_eq!(stopped, ["step.appoint", "step.handle", "solution"]);
}
