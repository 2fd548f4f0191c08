//! Reading what was typed: one row for every way a field takes or refuses it.

use jiff::tz::TimeZone;
use yingda_process::{Form, RawForm, Value, WrongValue, load};

const FIELDS: &str = "
      text: { label: 甲, type: text, max_length: 5 }
      long: { label: 甲, type: text, multiline: true }
      choice: { label: 甲, type: choice, options: [好, 坏] }
      integer: { label: 甲, type: integer, min: 1, max: 10 }
      decimal: { label: 甲, type: decimal, min: 0.5 }
      money: { label: 甲, type: money, max: 100 }
      date: { label: 甲, type: date }
      at: { label: 甲, type: datetime }
      phone: { label: 甲, type: phone }
      person: { label: 甲, type: person }
      department: { label: 甲, type: department }
      files: { label: 甲, type: attachment }
      yes: { label: 甲, type: yes_no, default: 'false' }
      why: { label: 甲, type: text, visible_when: has(f.choice) && f.choice == '坏', required_when: has(f.choice) && f.choice == '坏' }
      since: { label: 甲, type: date, required_when: has(f.integer) && f.integer > 5 }
";

fn form() -> Form {
    let text = format!(
        "process: p\nname: 流程\nchannels: [phone]\nnumber: {{ prefix: P }}\ndepartments: {{ repair: 维修部 }}\nlanes: {{ desk: {{ name: 客服, role: agent }} }}
forms:\n  f:\n    title: 表\n    fields:{FIELDS}intake: [a]\nstart: a\nsteps:\n  a: {{ task: 甲, lane: desk, form: f, next: z }}\n  z: {{ end: 完, outcome: resolved, event_record: false }}\n"
    );
    load(&text, "f").unwrap_or_else(|faults| panic!("{}", faults[0])).forms.remove(0)
}

fn raw(pairs: &[(&str, &str)]) -> RawForm {
    let mut raw = RawForm::new();
    for (key, value) in pairs {
        raw.entry((*key).to_owned()).or_default().push((*value).to_owned());
    }
    raw
}

/// The value or the fault of one field, as text.
fn read(field: &str, typed: &str) -> String {
    let zone = TimeZone::get("Asia/Shanghai").unwrap();
    match form().parse(&raw(&[(field, typed)]), &zone) {
        Ok(values) => values.get(&format!("f.{field}")).map_or("empty".to_owned(), |value| format!("{value:?}")),
        Err(faults) => {
            faults.iter().map(|fault| format!("{} {:?}", fault.field, fault.fault)).collect::<Vec<_>>().join("; ")
        }
    }
}

#[test]
fn every_type_reads_and_refuses() {
    let rows = [
        ("text", " 甲乙 ", r#"Text("甲乙")"#),
        ("text", "", "empty"),
        ("text", "一二三四五六", "f.text TooLong { max: 5, actual: 6 }"),
        ("text", "甲\n乙", "f.text BadCharacter"),
        ("long", "甲\r\n乙", r#"Text("甲\n乙")"#),
        ("long", "\u{7}", "f.long BadCharacter"),
        ("choice", "好", r#"Choice("好")"#),
        ("choice", "中", r#"f.choice NotAnOption { given: "中", options: ["好", "坏"] }"#),
        ("integer", "\u{ff15}", "Integer(5)"),
        ("integer", "0", r#"f.integer TooSmall { min: "1" }"#),
        ("integer", "11", r#"f.integer TooLarge { max: "10" }"#),
        ("integer", "1.5", "f.integer TooPrecise { places: 0 }"),
        ("integer", "abc", "f.integer NotANumber"),
        ("integer", "99999999999999999999", "f.integer NotANumber"),
        ("decimal", "0.50", r#"Decimal("0.5")"#),
        ("decimal", "0.4999", r#"f.decimal TooSmall { min: "0.5" }"#),
        ("decimal", "1e3", "f.decimal NotANumber"),
        ("money", "¥12.5元", "Money(1250)"),
        ("money", "12.345", "f.money TooPrecise { places: 2 }"),
        ("money", "100.01", r#"f.money TooLarge { max: "100" }"#),
        ("date", "2026年11月21日", "Date(2026-11-21)"),
        ("date", "2026-02-30", "f.date BadDate"),
        ("at", "2026-11-21T09:30", "DateTime(2026-11-21T01:30:00Z)"),
        ("at", "2026-11-21", "f.at BadDateTime"),
        ("phone", "+86 138-0000-1111", r#"Phone(Phone { shown: "+86 138-0000-1111", digits: "13800001111" })"#),
        ("phone", "没有", "f.phone BadPhone"),
        ("person", "李*", r#"Person("李*")"#),
        ("department", "维修部", r#"Department("repair")"#),
        ("department", "repair", r#"Department("repair")"#),
        ("department", "财务部", r#"f.department NotAnOption { given: "财务部", options: ["repair"] }"#),
        ("files", "fil_1", r#"Attachment(["fil_1"])"#),
        ("yes", "是", "YesNo(true)"),
        ("yes", "maybe", "f.yes BadYesNo"),
        ("yes", "", "empty"),
        ("why", "甲", "f.why NotVisible"),
        ("f.nothing", "甲", "f.nothing UnknownField"),
        ("csrf", "甲", "empty"),
    ];
    for (field, typed, expected) in rows {
        assert_eq!(read(field, typed), expected, "{field}: {typed:?}");
    }
}

#[test]
fn conditions_ask_only_for_what_they_can_know() {
    let zone = TimeZone::UTC;
    let faults = |pairs: &[(&str, &str)]| -> Vec<(String, WrongValue)> {
        form()
            .parse(&raw(pairs), &zone)
            .err()
            .unwrap_or_default()
            .into_iter()
            .map(|fault| (fault.field, fault.fault))
            .collect()
    };
    assert_eq!(faults(&[("choice", "坏")]), [("f.why".to_owned(), WrongValue::Missing)]);
    assert_eq!(faults(&[("choice", "坏"), ("why", "甲")]), []);
    assert_eq!(faults(&[("choice", "好")]), []);
    assert_eq!(faults(&[("integer", "6")]), [("f.since".to_owned(), WrongValue::Missing)]);
    // One slip, one message: nothing is said of fields that depend on it.
    assert_eq!(faults(&[("integer", "x")]), [("f.integer".to_owned(), WrongValue::NotANumber)]);
    assert_eq!(faults(&[("text", "甲"), ("text", "乙")]), [("f.text".to_owned(), WrongValue::TooMany)]);
}

#[test]
fn a_default_is_taken_only_where_nothing_was_sent() {
    let zone = TimeZone::UTC;
    let read = |pairs: &[(&str, &str)]| form().parse(&raw(pairs), &zone).unwrap().get("f.yes").cloned();
    assert_eq!(read(&[]), Some(Value::YesNo(false)));
    assert_eq!(read(&[("yes", "")]), None);
    assert_eq!(read(&[("f.yes", "是")]), Some(Value::YesNo(true)));
}
