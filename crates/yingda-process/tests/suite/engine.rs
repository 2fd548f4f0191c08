//! What the engine refuses, repeats and keeps readable, on the small file.

use crate::desk::{Desk, facts};
use yingda_process::{
    Channel, Column, Effect, Event, FieldFault, GraphKind, Instance, Intake, Milestone, Refusal, Value, Values,
    WrongValue, load,
};

const SMALL: &str = include_str!("cases/small.yaml");

const CALL: &[(&str, &str)] =
    &[("kind", "咨询"), ("paid", "1.5"), ("seen_at", "2026-11-21 09:00"), ("day", "2026-11-21"), ("done", "否")];

fn desk() -> Desk {
    Desk::with(load(SMALL, "small.yaml").unwrap())
}

fn call(pipe: &'static str) -> Vec<(&'static str, &'static str)> {
    CALL.iter().copied().chain([("pipe", pipe)]).collect()
}

/// At the contact sheet.
fn asked() -> Desk {
    let mut desk = desk();
    desk.receive(&call("150"));
    desk.complete("ask", &[("department", "维修部"), ("question", "何时能修")]);
    desk
}

#[test]
fn a_definition_can_be_shared_between_threads() {
    fn shared<T: Send + Sync + Clone + 'static>() {}
    shared::<yingda_process::Definition>();
    shared::<Instance>();
}

#[test]
fn a_sheet_is_sent_answered_and_told() {
    let mut desk = asked();
    assert_eq!(desk.at(), "sheet");
    let active = &desk.definition.active(&desk.instance)[0];
    assert_eq!((active.label, active.form.is_none()), ("工作联系单", true));
    assert_eq!(active.lane.department(&desk.definition, &desk.instance).as_deref(), Some("repair"));
    desk.answer("sheet", "明天上午");
    assert_eq!(desk.effects[0], Effect::Left { token: 3, step: "sheet".to_owned() });
    assert!(desk.effects.contains(&Effect::MessageCustomer { text: "答复 明天上午".to_owned() }));
    desk.complete("rate", &[("score", "不满意")]);
    assert!(desk.effects.contains(&Effect::Progressed { label: "已评价".to_owned() }));
    assert_eq!(desk.at(), "ask");
    assert!(desk.effects.contains(&Effect::Reopened));
    assert!(desk.instance.marks.is_empty());
}

#[test]
fn what_does_not_fit_is_refused_and_changes_nothing() {
    let mut desk = desk();
    let complete = |token| Event::Complete { token, values: Values::default() };
    assert_eq!(desk.event(complete(1)), Err(Refusal::NotStarted));
    assert_eq!(desk.event(Event::Restart { step: "call".to_owned() }), Err(Refusal::NotStarted));

    let mut desk = asked();
    let before = desk.instance.clone();
    let start = Event::Start { values: Values::default(), facts: facts(Channel::Phone), intake: Intake::Waiting };
    assert_eq!(desk.event(start), Err(Refusal::AlreadyStarted));
    assert_eq!(desk.event(complete(99)), Err(Refusal::NoSuchToken { token: 99 }));
    assert_eq!(desk.event(complete(3)), Err(Refusal::WrongKind { token: 3 }));
    let answer = |answer: &str| Event::SheetAnswered { token: 3, answer: answer.to_owned() };
    assert_eq!(desk.event(answer(" \n")), Err(Refusal::EmptyAnswer));
    let never = Event::Restart { step: "rate".to_owned() };
    assert_eq!(desk.event(never), Err(Refusal::NeverThere { step: "rate".to_owned() }));
    assert_eq!(desk.instance, before);

    desk.answer("sheet", "明天");
    let mut strange = Values::default();
    strange.insert("rate.score", Value::Choice("很好".to_owned()));
    strange.insert("call.pipe", Value::Integer(1));
    let Err(Refusal::Fields { faults }) = desk.event(Event::Complete { token: 4, values: strange }) else {
        panic!("taken");
    };
    let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!(fields, ["call.pipe", "rate.score"]);

    desk.complete("rate", &[("score", "满意")]);
    assert_eq!(desk.event(complete(4)), Err(Refusal::AlreadyEnded));
}

#[test]
fn an_ended_ticket_can_be_taken_up_where_it_has_been() {
    let mut desk = asked();
    desk.answer("sheet", "明天");
    desk.complete("rate", &[("score", "满意")]);
    assert!(desk.instance.ended.is_some());
    desk.event(Event::Restart { step: "ask".to_owned() }).unwrap();
    assert_eq!(desk.at(), "ask");
    assert!(desk.effects.contains(&Effect::Reopened));
    desk.complete("ask", &[("department", "sales"), ("question", "谁负责")]);
    let sent = desk.effects.iter().any(|effect| matches!(effect, Effect::SheetRequested { to, .. } if to == "sales"));
    assert!(sent);
}

#[test]
fn a_restart_is_refused_where_a_value_it_relies_on_was_emptied() {
    // `note` asks for the phone, which a later round leaves empty.
    let text = SMALL.replace(
        "      - { when: call.pipe <= 150, to: ask, label: 小 }",
        "      - { when: has(call.phone), to: tell_phone }\n      - { when: call.pipe <= 150, to: ask, label: 小 }",
    );
    let text = text.replace(
        "  again:",
        "  tell_phone: { message: '回电 {call.phone}', next: note }\n  note: { task: 回电, lane: desk, next: call }\n  again:",
    );
    let mut desk = Desk::with(load(&text, "f").unwrap_or_else(|faults| panic!("{faults:?}")));
    let with_phone: Vec<(&str, &str)> = call("10").into_iter().chain([("phone", "139")]).collect();
    desk.receive(&with_phone);
    assert!(desk.effects.contains(&Effect::MessageCustomer { text: "回电 139".to_owned() }));
    desk.complete("note", &[]);
    desk.complete("call", &call("10"));
    assert!(desk.effects.contains(&Effect::Filled { column: Column::Phone, value: None }));
    assert_eq!(desk.at(), "ask");
    let lacks = Refusal::Lacks { step: "note".to_owned(), missing: vec!["call.phone".to_owned()] };
    assert_eq!(desk.event(Event::Restart { step: "note".to_owned() }), Err(lacks));
    assert_eq!(desk.instance.rounds[0].values.get("call.phone").unwrap().text(), "139");
}

#[test]
fn a_payload_of_the_first_format_stays_readable() {
    let stored = r#"{
        "format": 1,
        "tokens": [{"id": 4, "step": "rate", "since": "2026-11-21T01:00:00Z", "lane": "desk", "kind": "person"}],
        "values": {"call.pipe": {"integer": 150}, "call.phone": {"phone": {"shown": "139", "digits": "139"}},
            "call.seen_at": {"datetime": "2026-11-21T01:00:00Z"}, "call.day": {"date": "2026-11-21"},
            "call.done": {"yes_no": false}, "call.paid": {"decimal": "1.5"}, "route.department": {"department": "repair"}},
        "answers": {"sheet": "明天"},
        "passes": {"call": 1},
        "entered": {"rate": 1},
        "facts": {"channel": "phone", "priority": "中", "department": null},
        "ended": null,
        "next_token": 5
    }"#;
    let instance: Instance = serde_json::from_str(stored).unwrap();
    let mut desk = Desk { instance, ..desk() };
    desk.complete("rate", &[("score", "满意")]);
    assert_eq!(desk.at(), "done");

    let newer = Instance { format: 2, ..Instance::new() };
    let mut desk = Desk { instance: newer, ..desk };
    let refused = desk.event(Event::Restart { step: "ask".to_owned() });
    assert_eq!(refused, Err(Refusal::Unfit { what: "format 2".to_owned() }));
}

#[test]
fn a_position_of_another_definition_is_refused_and_not_guessed() {
    let mut desk = asked();
    desk.instance.tokens[0].step = "elsewhere".to_owned();
    let answer = Event::SheetAnswered { token: 3, answer: "甲".to_owned() };
    assert!(matches!(desk.event(answer), Err(Refusal::Unfit { .. })));
}

#[test]
fn a_draft_is_kept_but_not_taken_for_complete() {
    let mut desk = desk();
    let mut values = Values::default();
    values.insert("call.pipe", Value::Integer(9_999));
    let start = |values| Event::Start { values, facts: facts(Channel::Mail), intake: Intake::Waiting };
    let fault = FieldFault { field: "call.pipe".to_owned(), fault: WrongValue::TooLarge { max: "4000".to_owned() } };
    assert_eq!(desk.event(start(values.clone())), Err(Refusal::Fields { faults: vec![fault] }));
    values.insert("call.pipe", Value::Integer(40));
    desk.event(start(values)).unwrap();
    assert_eq!(desk.at(), "call");
    assert_eq!(desk.instance.values.get("call.pipe"), Some(&Value::Integer(40)));
    let Err(Refusal::Fields { faults }) = desk.event(Event::Complete { token: 1, values: Values::default() }) else {
        panic!("taken");
    };
    assert_eq!(faults[0], FieldFault { field: "call.kind".to_owned(), fault: WrongValue::Missing });
}

#[test]
fn marks_are_set_once_and_facts_can_change_outside() {
    let mut desk = asked();
    let mut facts = facts(Channel::Phone);
    facts.priority = yingda_process::Priority::Urgent;
    desk.event(Event::FactsChanged { facts: facts.clone() }).unwrap();
    assert_eq!(desk.instance.facts, Some(facts));
    desk.answer("sheet", "明天");
    desk.complete("rate", &[("score", "满意")]);
    let marked =
        desk.effects.iter().filter(|effect| **effect == Effect::Marked { milestone: Milestone::Solved }).count();
    assert_eq!(marked, 1);
}

#[test]
fn the_graph_has_every_lane_step_and_arrow_in_order() {
    let graph = desk().definition.graph();
    let lanes: Vec<&str> = graph.lanes.iter().map(|lane| lane.id.as_str()).collect();
    assert_eq!(lanes, ["customer", "desk", "handler"]);
    let nodes: Vec<(&str, &str, GraphKind)> =
        graph.nodes.iter().map(|node| (node.id.as_str(), node.lane.as_str(), node.kind)).collect();
    assert_eq!(
        nodes,
        [
            ("^start", "customer", GraphKind::Start),
            ("call", "desk", GraphKind::Task),
            ("which", "desk", GraphKind::Gateway),
            ("ask", "desk", GraphKind::Task),
            ("sheet", "handler", GraphKind::ContactSheet),
            ("tell", "handler", GraphKind::Message),
            ("rate", "desk", GraphKind::Task),
            ("again", "desk", GraphKind::Gateway),
            ("done", "desk", GraphKind::End),
        ]
    );
    assert_eq!(graph.nodes[4].limit.as_deref(), Some("2工作日"));
    let edges: Vec<(&str, &str, Option<&str>)> =
        graph.edges.iter().map(|edge| (edge.from.as_str(), edge.to.as_str(), edge.label.as_deref())).collect();
    assert_eq!(
        edges[..4],
        [("^start", "call", None), ("call", "which", None), ("which", "ask", Some("小")), ("which", "done", None)]
    );
    assert_eq!(edges.len(), 10);
}
