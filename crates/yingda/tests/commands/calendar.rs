//! `yingda calendar` as somebody at a shell uses it.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use jiff::Timestamp;

use super::{BINARY, text, yingda};

const OFFICE: &str = r#"{"time_zone":"Asia/Shanghai","statutory":"cn","hours":{
  "mon":[["09:00","12:00"],["13:30","18:00"]],"tue":[["09:00","12:00"],["13:30","18:00"]],
  "wed":[["09:00","12:00"],["13:30","18:00"]],"thu":[["09:00","12:00"],["13:30","18:00"]],
  "fri":[["09:00","12:00"],["13:30","18:00"]]}}"#;

const NIGHT: &str = "
# A night desk.
time_zone: Europe/Berlin
hours:
  sat: [['22:00', '06:00']]
  mon: [[09:00, 24:00]]
holidays: [2024-04-01]
statutory: null
";

/// Invented: the notice of 2027 is not out.
const NEXT: &str = r#"{"year": 2027, "papers": [], "days": [
  {"name": "元旦", "date": "2027-01-01", "isOffDay": true},
  {"name": "元旦", "date": "2027-01-03", "isOffDay": false}
]}"#;

fn stage() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("office.json"), OFFICE).unwrap();
    std::fs::write(folder.path().join("night.yaml"), NIGHT).unwrap();
    std::fs::write(folder.path().join("next.json"), NEXT).unwrap();
    folder
}

/// A question as one line; blanks part its words.
fn ask(folder: &Path, question: &str) -> Output {
    let words: Vec<&str> = ["calendar"].into_iter().chain(question.split_whitespace()).collect();
    yingda(folder, &words)
}

/// The answer of a question that succeeds.
fn answer(folder: &Path, question: &str) -> String {
    let output = ask(folder, question);
    assert_eq!(output.status.code(), Some(0), "{question}: {}", text(&output.stderr));
    text(&output.stdout).trim_end().to_owned()
}

#[test]
fn due_and_elapsed_answer_in_one_json_object() {
    let folder = stage();
    let due = |rest: &str| answer(folder.path(), &format!("due --json --calendar {rest}"));
    assert_eq!(
        due("office.json --from 2026-02-13T16:30:00+08:00 --seconds 10800"),
        r#"{"due":"2026-02-14T10:30:00+08:00"}"#
    );
    // The same instant in another offset; seconds stay, fractions do not.
    assert_eq!(
        due("office.json --from 2026-02-13T08:30:07.9Z --seconds 10800"),
        r#"{"due":"2026-02-14T10:30:07+08:00"}"#
    );
    assert_eq!(
        due("office.json --from 2026-03-06T16:00:00+08:00 --seconds 7200"),
        r#"{"due":"2026-03-06T18:00:00+08:00"}"#,
        "used up at closing is due at closing"
    );
    assert_eq!(
        due("office.json --from 2026-02-13T16:30:00+08:00 --seconds 10800 \
             --pause 2026-02-13T17:00:00+08:00..2026-02-14T10:00:00+08:00 --pause 2026-02-14T09:00:00+08:00..2026-02-14T11:00:00+08:00"),
        r#"{"due":"2026-02-14T15:00:00+08:00"}"#
    );
    assert_eq!(
        due("night.yaml --from 2024-03-30T20:00:00+01:00 --seconds 25200"),
        r#"{"due":"2024-03-31T06:00:00+02:00"}"#,
        "the night on which the clocks change has seven hours"
    );
    let elapsed = |rest: &str| answer(folder.path(), &format!("elapsed --json --calendar {rest}"));
    assert_eq!(
        elapsed("office.json --from 2026-02-13T16:30:00+08:00 --to 2026-02-14T10:30:00+08:00"),
        r#"{"seconds":10800}"#
    );
    assert_eq!(
        elapsed("office.json --to 2026-02-13T16:30:00+08:00 --from 2026-02-14T10:30:00+08:00"),
        r#"{"seconds":-10800}"#
    );
    assert_eq!(
        elapsed("night.yaml --from 2024-04-01T00:00:00Z --to 2024-04-09T00:00:00Z --pause 2024-04-08T18:00:00Z.."),
        format!(r#"{{"seconds":{}}}"#, 8 * 3_600 + 11 * 3_600),
        "Easter Monday is off, Saturday's night counts, and Monday until the pause that lasts"
    );
}

#[test]
fn what_was_answered_is_what_elapsed_says() {
    let folder = stage();
    for (file, seconds) in [("office.json", 1_u64), ("office.json", 27_000_000), ("night.yaml", 987_654)] {
        let start = "2026-03-07T11:11:11+08:00";
        let pause = "--pause 2026-03-09T10:00:00+08:00..2026-03-16T10:00:00+08:00";
        let due = answer(folder.path(), &format!("due --calendar {file} --from {start} --seconds {seconds} {pause}"));
        assert!(due.parse::<Timestamp>().is_ok(), "{due}");
        let worked = answer(folder.path(), &format!("elapsed --calendar {file} --from {start} --to {due} {pause}"));
        assert_eq!(worked, seconds.to_string());
    }
}

#[test]
fn the_account_stands_beside_the_answer() {
    let folder = stage();
    let question = "due --calendar office.json --from 2026-02-13T16:30:00+08:00 --seconds 10800 --explain";
    assert_eq!(
        answer(folder.path(), question).lines().collect::<Vec<_>>(),
        [
            "2026年2月13日 周五 16:30 起，时限工作时间 3 小时",
            "2月13日 周五：16:30 至 18:00 计 1 小时 30 分，累计 1 小时 30 分",
            "2月14日 周六 春节调休上班：09:00 至 10:30 计 1 小时 30 分，累计 3 小时",
            "2026年2月14日 周六 10:30 到期",
            "2026-02-14T10:30:00+08:00",
        ]
    );
    let json = answer(
        folder.path(),
        "elapsed --calendar office.json --from 2026-12-31T17:00:00+08:00 --to 2027-01-04T10:00:00+08:00 --explain --json --lang en",
    );
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["seconds"], 3_600 + 27_000 + 3_600);
    assert_eq!(json["explanation"][1], "Thu 31 Dec: 17:00 to 18:00 counts 1 h, so far 1 h");
    assert_eq!(json["warnings"][0], "Note: no statutory table for 2027, counted by the calendar's own hours");
}

#[test]
fn a_year_without_table_is_said_on_standard_error() {
    let folder = stage();
    let next = ask(folder.path(), "due --calendar office.json --from 2027-02-01T09:00:00+08:00 --seconds 60 --json");
    assert_eq!(
        (next.status.code(), text(&next.stdout)),
        (Some(0), "{\"due\":\"2027-02-01T09:01:00+08:00\"}\n".to_owned())
    );
    assert_eq!(text(&next.stderr), "注意：2027年没有法定节假日安排，按日历自身的工时推算\n");
    let known = ask(folder.path(), "due --calendar office.json --from 2026-03-02T09:00:00+08:00 --seconds 60 --json");
    assert_eq!(text(&known.stderr), "");
    let held = ask(
        folder.path(),
        "due --calendar office.json --from 2026-03-02T09:00:00+08:00 --seconds 60 --json --pause 2026-03-02T09:00:30+08:00..",
    );
    assert_eq!((held.status.code(), text(&held.stdout)), (Some(0), "{\"due\":null}\n".to_owned()));
    assert!(text(&held.stderr).contains("尚未恢复") && text(&held.stderr).contains("not resumed"));
}

#[test]
fn other_amounts() {
    let folder = stage();
    let due = |amount: &str| {
        answer(folder.path(), &format!("due --calendar office.json --from 2026-03-05T16:30:00+08:00 {amount}"))
    };
    assert_eq!(due("--working-days 2"), "2026-03-09T16:30:00+08:00");
    assert_eq!(due("--working-days-to-close 2"), "2026-03-09T18:00:00+08:00");
    assert_eq!(due("--calendar-seconds 86400"), "2026-03-06T16:30:00+08:00");
    assert_eq!(due("--calendar-days 3"), "2026-03-08T16:30:00+08:00");
    assert_eq!(due("--calendar-months 1"), "2026-04-05T16:30:00+08:00");
}

#[test]
fn bad_input_ends_with_code_2_and_a_sentence_for_each_fault() {
    let folder = stage();
    let broken = r#"{"time_zone":"Asia/Beijing","hours":{"mon":[["9:00","12:00"],["13:00","15:00"],["14:00","16:00"]]},"holidays":["2026-02-30"]}"#;
    std::fs::write(folder.path().join("broken.json"), broken).unwrap();
    std::fs::write(folder.path().join("empty.yaml"), "time_zone: UTC\nhours: {}\n").unwrap();
    std::fs::write(folder.path().join("typo.yaml"), "time_zone: UTC\nhours: 24x7\nholiday: []\n").unwrap();
    std::fs::write(folder.path().join("half.json"), r#"{"time_zone":"UTC","hours""#).unwrap();
    let asked = "--from 2026-02-13T16:30:00+08:00 --seconds 60 --json";
    for (file, faults, zh, en) in [
        ("broken.json", 4, "重叠", "overlap"),
        ("empty.yaml", 1, "没有任何工作时间", "no working minute"),
        ("typo.yaml", 1, "line 3", "unknown field `holiday`"),
        ("half.json", 1, "不是 JSON 日历文件", "not a calendar in JSON"),
        ("nowhere.json", 1, "不能读文件", "cannot be read"),
    ] {
        let output = ask(folder.path(), &format!("due --calendar {file} {asked}"));
        let said = text(&output.stderr);
        assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(2), ""), "{file}");
        assert_eq!(said.lines().count(), 2 * faults, "one line in each language for each fault: {said}");
        assert!(said.contains(zh) && said.contains(en), "{said}");
    }
    for question in [
        "due --calendar office.json --from 2026-02-13T16:30:00 --seconds 60",
        "due --calendar office.json --from 2026-02-13T16:30:00Z",
        "due --calendar office.json --from 2026-02-13T16:30:00Z --seconds -5",
        "due --calendar office.json --from 2026-02-13T16:30:00Z --seconds 5 --working-days 2",
        "due --calendar office.json --from 2026-02-13T16:30:00Z --seconds 99999999999",
        "due --calendar office.json --from 1800-02-13T16:30:00Z --seconds 5",
        "elapsed --calendar office.json --from 2026-02-13T16:30:00Z",
        "elapsed --calendar office.json --from 2026-02-13T16:30:00Z --to 2026-02-14T16:30:00Z --pause 2026-02-13",
        "elapsed --calendar office.json --from 2026-02-13T16:30:00Z --to 2026-02-14T16:30:00Z --pause 2026-02-14T00:00:00Z..2026-02-13T00:00:00Z",
        "year office.json 99",
        "statutory export --year 2027",
        "statutory export --year 2025 --year 2026",
        "statutory import office.json",
    ] {
        let output = ask(folder.path(), question);
        assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(2), ""), "{question}");
        assert!(!output.stderr.is_empty(), "{question}");
    }
}

#[test]
fn files_are_checked_whole_in_either_language() {
    let folder = stage();
    let clean = answer(folder.path(), "check office.json night.yaml --lang en");
    assert_eq!(
        clean,
        "office.json: no faults (Asia/Shanghai, statutory days known up to 2026).\nnight.yaml: no faults (Europe/Berlin, no statutory days)."
    );
    std::fs::write(folder.path().join("bad.json"), OFFICE.replace("cn", "us").replacen("09:00", "9", 1)).unwrap();
    let bad = ask(folder.path(), "check bad.json office.json");
    assert_eq!(bad.status.code(), Some(2));
    assert_eq!(
        text(&bad.stdout),
        "bad.json：周一的工时：“9”不是 00:00 到 24:00 之间的时刻\n\
         bad.json：没有名为“us”的法定节假日表，目前只有 \"cn\"\n\
         office.json：没有问题（Asia/Shanghai，法定节假日已知至 2026 年）。\n"
    );
}

#[test]
fn a_calendar_comes_from_standard_input_too() {
    let folder = stage();
    let question = "calendar due --calendar - --from 2026-02-13T16:30:00+08:00 --seconds 10800";
    for (file, due) in
        [(OFFICE, "2026-02-14T10:30:00+08:00\n"), ("{time_zone: UTC, hours: 24x7}", "2026-02-13T11:30:00+00:00\n")]
    {
        let mut child = Command::new(BINARY)
            .args(question.split_whitespace())
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(file.as_bytes()).unwrap();
        assert_eq!(text(&child.wait_with_output().unwrap().stdout), due);
    }
}

#[test]
fn a_year_at_a_glance() {
    let folder = stage();
    insta::assert_snapshot!("calendar_year_zh", answer(folder.path(), "year office.json 2026"));
    let next = ask(folder.path(), "year office.json 2027 --lang en");
    assert!(text(&next.stdout).starts_with("2027: 261 working days, 1957 h 30 min\n"), "{}", text(&next.stdout));
    assert!(text(&next.stderr).contains("no statutory table for 2027"), "{}", text(&next.stderr));
}

#[test]
fn a_later_year_goes_in_and_comes_out_in_both_formats() {
    let folder = stage();
    let plain = answer(folder.path(), "statutory import next.json");
    answer(folder.path(), "statutory import next.json --calendar office.json --output with.json");
    assert_eq!(
        std::fs::read_to_string(folder.path().join("office.json")).unwrap(),
        OFFICE,
        "the file itself is left alone"
    );
    let due = ask(folder.path(), "due --calendar with.json --from 2026-12-31T17:00:00+08:00 --seconds 7200");
    assert_eq!(text(&due.stdout), "2027-01-03T10:00:00+08:00\n", "the first is free, and Sunday the third is worked");
    assert_eq!(text(&due.stderr), "", "2027 is known now");

    answer(
        folder.path(),
        "statutory export --year 2027 --year 2026 --calendar with.json --format ics --output years.ics",
    );
    let from_calendar = answer(folder.path(), "statutory import years.ics --year 2027");
    assert_eq!(from_calendar, plain);
    // A calendar that follows no statutory table has no place for one, and says so.
    let nowhere = ask(folder.path(), "statutory import next.json --calendar night.yaml");
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(text(&nowhere.stderr).contains("statutory_tables"), "{}", text(&nowhere.stderr));
    // YAML stays YAML; years that are built in are not carried twice.
    std::fs::write(folder.path().join("cn.yaml"), NIGHT.replace("null", "cn")).unwrap();
    let yaml = answer(folder.path(), "statutory import years.ics --calendar cn.yaml");
    assert!(yaml.starts_with("time_zone: Europe/Berlin\n"), "{yaml}");
    assert_eq!(yaml.matches("year: ").count(), 1, "{yaml}");
}

#[test]
fn an_icalendar_with_faults_names_its_lines() {
    let folder = stage();
    let file = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20270101T090000Z\nSUMMARY:元旦 休\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:春节 休\nEND:VEVENT\nEND:VCALENDAR\n";
    std::fs::write(folder.path().join("bad.ics"), file).unwrap();
    let bad = ask(folder.path(), "statutory import bad.ics --calendar office.json");
    assert_eq!(bad.status.code(), Some(2));
    assert_eq!(
        text(&bad.stderr),
        "bad.ics：第 3 行：“20270101T090000Z”不是 YYYYMMDD 形式的整天日期\n\
         bad.ics: line 3: \"20270101T090000Z\" is not a whole day YYYYMMDD\n\
         bad.ics：第 6 行：日程缺少 DTSTART\n\
         bad.ics: line 6: the event has no DTSTART\n"
    );
    std::fs::write(
        folder.path().join("good.ics"),
        file.replace("T090000Z", "").replace("SUMMARY:春节 休", "SUMMARY:立春\nDTSTART:20270204"),
    )
    .unwrap();
    let good = ask(folder.path(), "statutory import good.ics");
    assert_eq!(good.status.code(), Some(0));
    assert!(text(&good.stderr).contains("第 6 行的「立春」"), "{}", text(&good.stderr));
    assert!(text(&good.stdout).contains("\"date\": \"2027-01-01\""), "{}", text(&good.stdout));
}
