//! The process check: every fault is found, at its line and column, and every fault of a file at once.
//!
//! The one thing to know: the cases are in `cases/slips.txt`, each one slip in the sound file `cases/small.yaml`.

use std::collections::BTreeSet;
use yingda_process::{FaultKind, Locale, load};

const SMALL: &str = include_str!("cases/small.yaml");
const CASES: &str = include_str!("cases/slips.txt");

/// The faults of a text, one a line: `line:column: sentence`.
fn faults_of(text: &str) -> Vec<String> {
    match load(text, "f") {
        Ok(_) => vec!["sound".to_owned()],
        Err(faults) => faults.iter().map(|fault| fault.to_string().trim_start_matches("f:").to_owned()).collect(),
    }
}

struct Slip {
    from: String,
    to: String,
    expected: Vec<String>,
}

fn slips() -> Vec<Slip> {
    let mut slips: Vec<Slip> = Vec::new();
    for line in CASES.lines().filter(|line| !line.starts_with('#')) {
        if let Some(expected) = line.strip_prefix("    ") {
            slips.last_mut().unwrap().expected.push(expected.to_owned());
        } else {
            let (from, to) = line.split_once(" ||| ").unwrap();
            let (from, to) = (from.replace("\\n", "\n"), to.replace("\\n", "\n"));
            slips.push(Slip { from, to, expected: Vec::new() });
        }
    }
    slips
}

fn slipped(slip: &Slip) -> String {
    assert!(SMALL.contains(&slip.from), "{} is not in small.yaml", slip.from);
    SMALL.replacen(&slip.from, &slip.to, 1)
}

#[test]
fn the_small_file_is_sound() {
    assert_eq!(faults_of(SMALL), ["sound"]);
}

#[test]
fn every_slip_is_found_at_its_place() {
    let slips = slips();
    assert!(slips.len() > 100);
    let mut wrong = String::new();
    for slip in &slips {
        let found = faults_of(&slipped(slip));
        if found != slip.expected {
            wrong.push_str(&format!("{} ||| {}\n    {}\n", slip.from, slip.to, found.join("\n    ")));
        }
    }
    assert!(wrong.is_empty(), "found instead:\n{wrong}");
}

#[test]
fn every_kind_of_fault_has_a_case_and_two_sentences() {
    let name = |kind: &FaultKind| {
        let text = format!("{kind:?}");
        text.split([' ', '{']).next().unwrap().to_owned()
    };
    let mut seen = BTreeSet::new();
    for slip in slips() {
        for fault in load(&slipped(&slip), "f").err().unwrap_or_default() {
            let (chinese, english) = (fault.sentence(Locale::ZhCn), fault.sentence(Locale::En));
            assert!(chinese.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{chinese}");
            assert!(english.is_ascii() || english.chars().any(|c| c.is_ascii_lowercase()), "{english}");
            seen.insert(name(&fault.kind));
        }
    }
    let all = [
        "BadDefault",
        "BadId",
        "BadNumber",
        "BadPlaceholder",
        "BadReference",
        "BadRequirement",
        "BoundsCrossed",
        "CaseAfterOtherwise",
        "CelMayFail",
        "CelNotAnOption",
        "CelOperands",
        "CelSyntax",
        "CelTooDeep",
        "CelType",
        "CelUnknown",
        "CelUnsupported",
        "ColumnType",
        "DuplicateColumn",
        "DuplicateKey",
        "DuplicateOption",
        "Empty",
        "FieldOfWrongType",
        "IntakeChain",
        "IntakeNotAtStart",
        "IntakeNotTask",
        "KeyNotForType",
        "LooksAhead",
        "LoopWithoutWork",
        "MayBeAbsent",
        "MissingKey",
        "NeverComes",
        "NoLane",
        "NoOtherwise",
        "NoWayToEnd",
        "NobodyTold",
        "NotInLanguage",
        "NotRemembered",
        "NotWithPlanned",
        "NotYaml",
        "OneOf",
        "OptionWithoutDepartment",
        "OtherForm",
        "PriorityOption",
        "RatingScale",
        "ReservedId",
        "RungOrder",
        "SaidTwice",
        "TooDeep",
        "UnknownKey",
        "UnknownName",
        "UnknownWord",
        "Unreachable",
        "WrongShape",
    ];
    let missing: Vec<&str> = all.iter().copied().filter(|kind| !seen.contains(*kind)).collect();
    assert_eq!(missing, Vec::<&str>::new());
    assert_eq!(faults_of(&"x".repeat(600_000)), ["1:1: Larger than the limit of 524288."]);
}

#[test]
fn all_faults_of_a_file_come_together_in_the_order_of_its_lines() {
    let text = SMALL
        .replace("form: route, next", "form: rout, next")
        .replace("role: agent", "role: agnet")
        .replace("call.pipe <= 150", "call.pip <= 150")
        .replace("outcome: resolved", "outcome: solved");
    let places: Vec<String> =
        faults_of(&text).iter().map(|fault| fault.splitn(3, ':').take(2).collect::<Vec<_>>().join(":")).collect();
    assert_eq!(places, ["10:27", "44:17", "46:38", "54:29"]);
}

#[test]
fn a_hint_is_given_in_both_languages() {
    let faults = load(&SMALL.replace("form: route, next", "form: rout, next"), "f").unwrap_err();
    assert_eq!(faults[0].sentence(Locale::ZhCn), "没有名为「rout」的表单。您是否想写「route」\u{ff1f}");
    assert_eq!(faults[0].sentence(Locale::En), "There is no form 'rout'. Did you mean 'route'?");
    assert_eq!(faults[0].to_string(), "f:46:38: There is no form 'rout'. Did you mean 'route'?");
}
