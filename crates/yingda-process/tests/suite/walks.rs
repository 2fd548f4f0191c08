//! Random tickets: whatever people type, a sound definition never meets a missing value or a type error.
//!
//! The one thing to know: the last property makes up expressions; those that the checker lets in must evaluate.

use crate::clocks::Clocks;
use crate::desk::{Desk, SHIPPED, facts, shipped, zone};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use yingda_process::clock::{Moment, moments};
use yingda_process::{
    Channel, Column, Definition, Event, FieldType, Form, Instance, Intake, Priority, RawForm, Refusal, TokenKind,
    Values, WrongValue, load,
};

/// Dice whose throws come from proptest, so that a failing walk shrinks.
struct Dice {
    throws: Vec<u32>,
    next: usize,
}

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        let throw = self.throws.get(self.next).copied().unwrap_or(0);
        self.next += 1;
        throw as usize % sides.max(1)
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

fn typed(field: &yingda_process::Field, dice: &mut Dice) -> String {
    let text = match field.kind {
        FieldType::Text | FieldType::Person => dice.pick(&["甲", "a", "甲乙丙", "{x}", "'"]),
        FieldType::Integer => dice.pick(&["1", "149", "150", "151", "4000"]),
        FieldType::Decimal => dice.pick(&["0", "0.1", "-3.5", "99999"]),
        FieldType::Money => dice.pick(&["0", "1.5", "99.99"]),
        FieldType::Date => dice.pick(&["2026-01-01", "2026-11-21"]),
        FieldType::DateTime => dice.pick(&["2026-01-01 00:00", "2026-11-21T09:30"]),
        FieldType::Phone => dice.pick(&["139", "+86 13800001111", "020-88886666转8"]),
        FieldType::YesNo => dice.pick(&["是", "否"]),
        FieldType::Attachment => "fil_1",
        FieldType::Choice | FieldType::Department => {
            return field.options[dice.below(field.options.len())].value.clone();
        }
    };
    text.to_owned()
}

/// A complete filling: random, then mended where the form asks for more or shows less.
fn filled(form: &Form, dice: &mut Dice) -> Values {
    let mut raw = RawForm::new();
    for field in &form.fields {
        if field.required || dice.below(2) == 0 {
            raw.insert(field.id.clone(), vec![typed(field, dice)]);
        }
    }
    for _ in 0..20 {
        let faults = match form.parse(&raw, &zone()) {
            Ok(values) => {
                assert_eq!(form.accept(&values), Ok(()), "what was read is accepted");
                return values;
            }
            Err(faults) => faults,
        };
        for fault in faults {
            let id = fault.field.split_once('.').unwrap().1.to_owned();
            match fault.fault {
                WrongValue::Missing => {
                    let typed = typed(form.field(&id).unwrap(), dice);
                    raw.insert(id, vec![typed]);
                }
                WrongValue::NotVisible => {
                    raw.insert(id, Vec::new());
                }
                other => panic!("{}: {other:?}", fault.field),
            }
        }
    }
    panic!("{} cannot be filled", form.id);
}

/// Lets the event happen, and the clocks follow it.
fn happen(desk: &mut Desk, clocks: &mut Clocks, event: Event) -> Result<(), Refusal> {
    let before = desk.instance.clone();
    desk.event(event)?;
    let passed = moments(&before, &desk.instance, &desk.effects);
    clocks.pass(&desk.definition, &desk.instance, &passed);
    Ok(())
}

/// What people do without the engine: a sheet is received, the customer is told, somebody is given the ticket.
fn by_hand(desk: &Desk, clocks: &mut Clocks, dice: &mut Dice) {
    let moment = match desk.instance.tokens.first() {
        Some(token) if token.kind == TokenKind::Sheet => Moment::Received(token.step.clone()),
        _ if dice.below(2) == 0 => Moment::ToldCustomer,
        _ => Moment::Assigned,
    };
    clocks.pass(&desk.definition, &desk.instance, &[moment]);
}

/// Does something that a person could do, and says whether the ticket has ended.
fn act(desk: &mut Desk, clocks: &mut Clocks, dice: &mut Dice) -> bool {
    let stored = serde_json::to_string(&desk.instance).unwrap();
    assert_eq!(serde_json::from_str::<Instance>(&stored).unwrap(), desk.instance);
    let odd = dice.below(12);
    if odd == 0 {
        let priority = Priority::ALL[dice.below(4)];
        let mut facts = desk.instance.facts.clone().unwrap();
        facts.priority = priority;
        facts.department = None;
        if desk.instance.ended.is_none() {
            happen(desk, clocks, Event::FactsChanged { facts }).unwrap();
        }
    }
    if dice.below(3) == 0 {
        by_hand(desk, clocks, dice);
        for trigger in &desk.definition.triggers {
            assert!(trigger.when.is_some() || !trigger.holds(&desk.definition, &desk.instance));
        }
    }
    if odd == 1 {
        let step = desk.definition.steps[dice.below(desk.definition.steps.len())].id.clone();
        match happen(desk, clocks, Event::Restart { step }) {
            Ok(()) | Err(Refusal::NeverThere { .. } | Refusal::Lacks { .. }) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    let Some(token) = desk.instance.tokens.first().cloned() else {
        return true;
    };
    let event = match token.kind {
        TokenKind::Sheet => Event::SheetAnswered { token: token.id, answer: "答复".to_owned() },
        TokenKind::Person => {
            let form = desk.definition.active(&desk.instance)[0].form;
            Event::Complete { token: token.id, values: form.map(|form| filled(form, dice)).unwrap_or_default() }
        }
    };
    happen(desk, clocks, event).unwrap_or_else(|refusal| panic!("{}: {refusal:?}", token.step));
    desk.instance.ended.is_some()
}

fn walk(definition: Definition, throws: Vec<u32>) {
    let mut dice = Dice { throws, next: 0 };
    let mut desk = Desk::with(definition);
    let mut clocks = Clocks::default();
    let mut values = Values::default();
    for form in desk.definition.intake_forms() {
        values.extend(filled(form, &mut dice));
    }
    let facts = facts(desk.definition.channels[0]);
    happen(&mut desk, &mut clocks, Event::Start { values, facts, intake: Intake::Complete }).unwrap();
    for _ in 0..40 {
        // Now and then an ended ticket is taken up again.
        if act(&mut desk, &mut clocks, &mut dice) && dice.below(3) > 0 {
            break;
        }
    }
}

fn settings(cases: u32) -> ProptestConfig {
    ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..ProptestConfig::with_cases(cases)
    }
}

/// An expression over `small.yaml`, sound or not.
fn expression() -> impl Strategy<Value = String> {
    let atom = prop::sample::select(vec![
        "call.done",
        "call.pipe",
        "call.paid",
        "call.kind",
        "call.phone",
        "call.grade",
        "call.note",
        "call.seen_at",
        "call.day",
        "has(call.phone)",
        "has(call.grade)",
        "has(call.note)",
        "has(call.files)",
        "has(route.question)",
        "has(ticket.department)",
        "ticket.priority",
        "ticket.channel",
        "ticket.department",
        "which.passes",
        "route.question",
        "sheet.answer",
        "'报漏'",
        "'低'",
        "'紧急'",
        "'139'",
        "150",
        "-1",
        "0",
        "1.5",
        "true",
        "false",
        "size(call.kind)",
        "date('2026-01-01')",
        "timestamp('2026-01-01T00:00:00Z')",
        "call.kind.startsWith('报')",
    ])
    .prop_map(str::to_owned);
    atom.prop_recursive(3, 20, 3, |inner| {
        let pair = (inner.clone(), inner.clone());
        let operator =
            prop::sample::select(vec!["==", "!=", "<", "<=", ">", ">=", "&&", "||", "+", "-", "*", "/", "%"]);
        prop_oneof![
            (pair, operator).prop_map(|((left, right), operator)| format!("({left} {operator} {right})")),
            inner.clone().prop_map(|inner| format!("!({inner})")),
            inner.clone().prop_map(|inner| format!("-({inner})")),
            (inner.clone(), inner.clone(), inner.clone()).prop_map(|(a, b, c)| format!("({a} ? {b} : {c})")),
            (inner.clone(), inner.clone(), inner).prop_map(|(a, b, c)| format!("({a} in [{b}, {c}])")),
        ]
    })
}

/// An expression whose parts mostly fit together: the checker decides about presence and range.
fn fitting() -> impl Strategy<Value = String> {
    let pick = |texts: &'static [&'static str]| prop::sample::select(texts).prop_map(str::to_owned);
    let int = pick(&[
        "call.pipe",
        "150",
        "-1",
        "which.passes",
        "size(call.kind)",
        "call.pipe + 1",
        "call.pipe * 2",
        "call.pipe / 7",
        "call.pipe % 3",
        "-call.pipe",
        "(call.done ? 1 : call.pipe)",
    ]);
    let double =
        pick(&["call.paid", "1.5", "call.paid * 2.0", "call.paid / 4.0", "-call.paid", "call.paid + call.paid"]);
    let day = pick(&["call.day", "date('2026-01-01')"]);
    let instant = pick(&["call.seen_at", "timestamp('2026-01-01T00:00:00Z')"]);
    let order = || prop::sample::select(vec!["==", "!=", "<", "<=", ">", ">="]);
    let compare = |left: BoxedStrategy<String>, right: BoxedStrategy<String>| {
        (left, order(), right).prop_map(|(left, operator, right)| format!("{left} {operator} {right}")).boxed()
    };
    let of = |strategy: BoxedStrategy<String>| compare(strategy.clone(), strategy);
    let atom = prop_oneof![
        of(int.boxed()),
        of(double.boxed()),
        of(day.boxed()),
        of(instant.boxed()),
        pick(&[
            "call.done",
            "has(call.phone)",
            "has(call.grade)",
            "has(call.files)",
            "has(ticket.department)",
            "call.kind == '报漏'",
            "call.kind in ['报漏', '咨询']",
            "call.grade == '低'",
            "call.phone == '139'",
            "call.phone.endsWith('9')",
            "true",
            "ticket.priority in ['紧急', '高']",
            "ticket.channel != 'mail'",
            "ticket.department == 'repair'",
            "call.kind.size() > 1",
            "call.kind + 'x' == '报漏x'",
            "!has(call.note) || call.note.contains('甲')",
            "has(route.question)"
        ]),
    ];
    atom.prop_recursive(3, 14, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("({left} && {right})")),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("({left} || {right})")),
            (inner.clone(), inner.clone(), inner.clone()).prop_map(|(a, b, c)| format!("({a} ? {b} : {c})")),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("(({left}) == ({right}))")),
            inner.prop_map(|inner| format!("!({inner})")),
        ]
    })
}

const SMALL: &str = include_str!("cases/small.yaml");

fn with_expression(expression: &str) -> String {
    SMALL.replacen("when: call.pipe <= 150", &format!("when: \"{expression}\""), 1)
}

proptest! {
    #![proptest_config(settings(96))]

    #[test]
    fn shipped_procedures_never_meet_a_value_they_cannot_read(
        which in 0..SHIPPED.len(),
        throws in prop::collection::vec(any::<u32>(), 600),
    ) {
        walk(shipped(&SHIPPED[which].0[..3]), throws);
    }
}

proptest! {
    #![proptest_config(settings(1_500))]

    #[test]
    fn an_expression_that_is_let_in_can_always_be_evaluated(
        expression in prop_oneof![expression().boxed(), fitting().boxed()],
        throws in prop::collection::vec(any::<u32>(), 120),
    ) {
        if let Ok(definition) = load(&with_expression(&expression), "f") {
            walk(definition, throws);
        }
    }
}

/// A clock over `small.yaml`, sound or not.
fn clock() -> impl Strategy<Value = String> {
    let moment = || {
        prop::sample::select(vec![
            "opened",
            "ended",
            "responded",
            "solved",
            "reopened",
            "told_customer",
            "assigned",
            "entered.call",
            "entered.ask",
            "entered.sheet",
            "completed.ask",
            "completed.rate",
            "left.sheet",
            "left.call",
            "received.sheet",
            "answered.sheet",
            "entered.which",
        ])
    };
    let several = move |most| prop::collection::vec(moment(), 1..=most).prop_map(|moments| moments.join(", "));
    let start = prop_oneof![
        4 => several(3).prop_map(|moments| format!("starts: [{moments}]")),
        2 => several(2).prop_map(|moments| format!("starts_all: [{moments}]")),
        1 => prop::sample::select(vec!["planned: call.day", "planned: call.seen_at"]).prop_map(str::to_owned),
    ];
    let steps = prop::sample::subsequence(vec!["call", "ask", "sheet", "rate"], 0..=2);
    let optional = |strategy: BoxedStrategy<String>| prop::option::weighted(0.5, strategy);
    let stops = optional(several(2).prop_map(|moments| format!(", stops: [{moments}]")).boxed());
    let renews = optional(several(1).prop_map(|moments| format!(", renews: [{moments}]")).boxed());
    let paused = optional(steps.prop_map(|steps| format!(", paused_in: [{}]", steps.join(", "))).boxed());
    let target = optional(Just(", target: { hours: 4 }".to_owned()).boxed());
    (start, stops, renews, paused, target).prop_map(|(start, stops, renews, paused, target)| {
        let rest: String = [stops, renews, paused, target].into_iter().flatten().collect();
        format!("{{ label: 时限, {start}{rest} }}")
    })
}

fn with_clocks(clocks: &[String]) -> String {
    let lines: String = clocks.iter().enumerate().map(|(at, clock)| format!("  made_up_{at}: {clock}\n")).collect();
    SMALL.replacen("clocks:\n", &format!("clocks:\n{lines}"), 1)
}

proptest! {
    #![proptest_config(settings(250))]

    #[test]
    fn clocks_that_are_let_in_never_contradict_themselves(
        clocks in prop::collection::vec(clock(), 1..8),
        throws in prop::collection::vec(any::<u32>(), 300),
    ) {
        // Each alone is let in or not; those that are walk together.
        let sound: Vec<String> =
            clocks.into_iter().filter(|clock| load(&with_clocks(std::slice::from_ref(clock)), "f").is_ok()).collect();
        let definition = load(&with_clocks(&sound), "f").unwrap_or_else(|faults| panic!("{}", faults[0]));
        walk(definition, throws);
    }
}

#[test]
fn the_made_up_clocks_are_let_in_often_enough_to_prove_something() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let strategy = clock();
    let mut let_in = 0;
    for _ in 0..300 {
        let made_up = strategy.new_tree(&mut runner).unwrap().current();
        let_in += usize::from(load(&with_clocks(&[made_up]), "f").is_ok());
    }
    assert!((60..260).contains(&let_in), "{let_in} of 300");
}

#[test]
fn the_made_up_expressions_are_let_in_often_enough_to_prove_something() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let strategy = fitting();
    let mut let_in = 0;
    for _ in 0..300 {
        let made_up = strategy.new_tree(&mut runner).unwrap().current();
        let_in += usize::from(load(&with_expression(&made_up), "f").is_ok());
    }
    assert!((100..280).contains(&let_in), "{let_in} of 300");
}

#[test]
fn every_column_and_channel_word_survives_a_round_trip() {
    for column in Column::ALL {
        assert_eq!(Column::from_id(column.id()), Some(*column));
    }
    for channel in Channel::ALL {
        let text = serde_json::to_string(channel).unwrap();
        assert_eq!(text, format!("\"{}\"", channel.id()));
    }
}
