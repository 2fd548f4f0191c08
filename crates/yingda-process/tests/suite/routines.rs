//! Recurring work in process files: what is read, and every slip at its place.

use yingda_process::limit::LimitUnit;
use yingda_process::routine::{At, Every, FreeDay, Holder, Record, Share, Until, When, catalogue};
use yingda_process::vocabulary::Role;
use yingda_process::{Limit, load};

const SMALL: &str = include_str!("cases/small.yaml");

fn with(routine: &str) -> String {
    format!("{SMALL}\nroutines:\n  weekly:\n{routine}")
}

/// The faults of a routine: column and sentence.
fn faults(routine: &str) -> Vec<String> {
    let said = |fault: &yingda_process::Fault| fault.sentence(yingda_process::Locale::En);
    load(&with(routine), "f").err().unwrap_or_default().iter().map(said).collect()
}

#[test]
fn a_routine_is_read_whole() {
    let text = "    { label: 周报, who: { role: head, department: repair }, share: each, every: { week: [friday, monday, friday] },\n      \
                at: \"17:00\", free_day: before, limit: { working_hours: 2 }, form: rate, exempt: true, read_by: { lane: desk },\n      \
                quote: 每周五提交, origin: default, requirements: [T16] }\n";
    let definition = load(&with(text), "f").unwrap();
    let routine = definition.routine("weekly").unwrap();
    assert_eq!(routine.who, Holder { role: Some(Role::Head), department: Some("repair".to_owned()) });
    assert_eq!(routine.share, Share::Each);
    assert_eq!(routine.when, When { every: Every::Week(vec![1, 5]), at: At::Clock(17, 0), free_day: FreeDay::Before });
    assert_eq!(routine.until, Until::Limit(Limit { amount: 2, unit: LimitUnit::WorkingHours }));
    assert_eq!(routine.record, Record::Form("rate".to_owned()));
    assert_eq!(routine.read_by, Some(Holder { role: Some(Role::Agent), department: None }));
    assert!(routine.exempt && routine.trace.requirements == ["T16"]);
}

#[test]
fn what_is_not_said_has_its_usual_meaning() {
    let definition = load(&with("    { label: 小结, who: { role: agent }, every: day }\n"), "f").unwrap();
    let routine = definition.routine("weekly").unwrap();
    assert_eq!((routine.share, routine.when.at, routine.until), (Share::One, At::Opening, Until::Closing));
    assert_eq!(routine.record, Record::Fields(Vec::new()));
    let tracking = "    { label: 跟踪, who: { role: agent }, every: day, share: one, tickets: true }\n";
    assert_eq!(load(&with(tracking), "f").unwrap().routines[0].share, Share::Each, "everybody tracks their own");
}

#[test]
fn every_slip_has_its_sentence() {
    let base = |change: &str| format!("    {{ label: 周报, who: {{ role: agent }}, every: day{change} }}\n");
    assert_eq!(faults(&base("")), Vec::<String>::new());
    for (routine, sentence) in [
        (base(", at: '25:00'"), "'25:00' never comes: write a day as 11-30, a time as 17:00, 'opening' or 'closing'."),
        (base(", at: noon"), "'noon' never comes: write a day as 11-30, a time as 17:00, 'opening' or 'closing'."),
        (base(", form: rat"), "There is no form 'rat'. Did you mean 'rate'?"),
        (
            base(", form: rate, tickets: true"),
            "Only one of form, fields, tickets may stand here, not form and tickets.",
        ),
        (base(", shar: one"), "There is no key 'shar' here. Did you mean 'share'?"),
        (base(", limit: { hours: 0 }"), "'0' is not a number from 1 to 100000."),
        (
            base(", read_by: { lane: customer }"),
            "Nobody certain holds the lane 'customer', so nobody would do its recurring work.",
        ),
        (
            base(", read_by: { lane: handler }"),
            "Nobody certain holds the lane 'handler', so nobody would do its recurring work.",
        ),
        (
            base(", read_by: { lane: desk, role: agent }"),
            "Only one of role, department, lane may stand here, not role and lane.",
        ),
        ("    { label: 报, who: {}, every: day }\n".to_owned(), "One of these is needed: role, department, lane."),
        (
            "    { label: 报, who: { role: agent }, every: { year: 02-30 } }\n".to_owned(),
            "'02-30' never comes: write a day as 11-30, a time as 17:00, 'opening' or 'closing'.",
        ),
        (
            "    { label: 报, who: { role: agent }, every: { month: 32 } }\n".to_owned(),
            "'32' is not a number from 1 to 31.",
        ),
        (
            "    { label: 报, who: { role: agent }, every: { week: [fryday] } }\n".to_owned(),
            "'fryday' is no day of the week; use one of monday, tuesday, wednesday, thursday, friday, saturday, sunday. Did you mean 'friday'?",
        ),
        (
            "    { label: 报, who: { role: agent }, every: hourly }\n".to_owned(),
            "Only one of day, week, month, year may stand here, not hourly.",
        ),
        ("    { label: 报, who: { role: agent } }\n".to_owned(), "'every' is missing."),
        ("    { label: ' ', who: { role: agent }, every: day }\n".to_owned(), "This must not be empty."),
    ] {
        assert_eq!(faults(&routine), [sentence], "{routine}");
    }
}

#[test]
fn a_catalogue_is_routines_alone() {
    let found = catalogue("T21: { label: 考核, who: { role: manager }, every: { year: 12-25 }, source: S04 }\n", "c");
    assert!(found.is_err(), "ids are small");
    let found =
        catalogue("t21: { label: 考核, who: { role: manager }, every: { year: 12-25 }, source: S04 }\n", "c").unwrap();
    assert_eq!((found[0].id.as_str(), &found[0].when.every), ("t21", &Every::Year(12, 25)));
    let wrong = catalogue("t1: { label: 考核, who: { department: repair }, every: day, form: x }\n", "c").unwrap_err();
    assert_eq!(wrong.len(), 2, "it knows neither departments nor forms");
}
