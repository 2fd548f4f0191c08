//! Whatever stands in a file, the check answers with a definition or with faults; it never panics or hangs.

use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use yingda_process::{FaultKind, Locale, load};

const SMALL: &str = include_str!("cases/small.yaml");

fn judged(text: &str) {
    if let Err(faults) = load(text, "f") {
        assert!(!faults.is_empty());
        for fault in faults {
            assert!(fault.line >= 1 && fault.column >= 1, "{fault:?}");
            assert!(!fault.sentence(Locale::ZhCn).is_empty());
        }
    }
}

fn settings(cases: u32) -> ProptestConfig {
    ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..ProptestConfig::with_cases(cases)
    }
}

proptest! {
    #![proptest_config(settings(400))]

    #[test]
    fn any_text_is_judged(text in "\\PC{0,300}") {
        judged(&text);
    }

    #[test]
    fn any_text_made_of_yaml_signs_is_judged(text in "[-:{}\\[\\]?&*!|>'\"#,% \na-c0-1]{0,200}") {
        judged(&text);
    }

    #[test]
    fn a_sound_file_with_a_hole_or_a_graft_is_judged(
        from in 0usize..3_000,
        length in 0usize..40,
        graft in "[-:{}\\[\\]'\" \na-z.()!&|=<>0-9甲]{0,12}",
    ) {
        let kept: Vec<char> = SMALL.chars().collect();
        let from = from.min(kept.len());
        let to = (from + length).min(kept.len());
        let text: String = kept[..from].iter().copied().chain(graft.chars()).chain(kept[to..].iter().copied()).collect();
        judged(&text);
    }

    #[test]
    fn any_expression_is_judged(expression in "[-+*/%!&|=<>()\\[\\]{}.,?:a-d0-9' 甲]{0,80}") {
        let quoted = expression.replace('\'', "''");
        judged(&SMALL.replacen("when: call.pipe <= 150", &format!("when: '{quoted}'"), 1));
    }

    #[test]
    fn any_message_is_judged(message in "[{}a-e. 甲]{0,40}") {
        judged(&SMALL.replacen("'答复 {sheet.answer}'", &format!("'{message}'"), 1));
    }
}

#[test]
fn what_is_nested_without_end_is_refused() {
    let deep = [
        "[".repeat(100_000),
        "{a: ".repeat(50_000),
        "- ".repeat(100_000),
        (0..2_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect(),
        format!("a: {}", "'".repeat(99_999)),
    ];
    for text in deep {
        judged(&text);
        assert!(load(&text, "f").is_err());
    }
    for expression in [
        "(".repeat(900),
        "!".repeat(900),
        "-".repeat(900),
        "[".repeat(900),
        "a.".repeat(450),
        "a?b:".repeat(240),
        "call.done && ".repeat(70) + "call.done",
        "call.done || ".repeat(5_000) + "call.done",
        "call.done == ".repeat(70) + "true",
        "1+".repeat(480) + "1 == 1",
        "f(".repeat(450),
        "a[".repeat(450),
        "true in ".repeat(120) + "true",
        "(1+".repeat(300),
        "(true && 1+1+1+1+1+1+".repeat(40),
        "a.b() + ".repeat(100),
        "[1] + ".repeat(150) + "[1]",
    ] {
        judged(&SMALL.replacen("when: call.pipe <= 150", &format!("when: '{expression}'"), 1));
    }
    // The deepest that is let in still fits an ordinary thread.
    for expression in [
        "(".repeat(6) + "call.done" + &")".repeat(6),
        "!".repeat(40) + "call.done",
        "call.pipe + ".repeat(20) + "1 > 0",
    ] {
        load(&SMALL.replacen("when: call.pipe <= 150", &format!("when: '{expression}'"), 1), "f").unwrap();
    }
    let long = SMALL.replacen("call.pipe <= 150", &format!("'{}'", "call.done || ".repeat(200)), 1);
    let faults = load(&long, "f").unwrap_err();
    assert!(matches!(faults[0].kind, FaultKind::CelTooDeep { .. }), "{faults:?}");
}
