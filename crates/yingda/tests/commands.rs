//! The commands as somebody at a shell sees them: what they print, and with which code they end.

#![expect(clippy::unwrap_used, reason = "a test that cannot set its stage has failed")]

use std::path::Path;
use std::process::{Command, Output};

use yingda_testkit::desk_process::DeskCommand;
use yingda_testkit::postgres::fresh_database;

#[path = "commands/calendar.rs"]
mod calendar;

const BINARY: &str = env!("CARGO_BIN_EXE_yingda");

fn yingda(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(BINARY).args(arguments).current_dir(folder).env_remove("RUST_LOG").output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

const BROKEN: &str = "\
process: small
name: 小流程
source: X01
trigger: 来电
channels: [phone]
number: { prefix: XX }
lanes:
  desk: { name: 客服, role: agent }
forms:
  call:
    title: 来电
    fields:
      subject: { label: 事由, type: text, required: true, fills: subject }
      urgent: { label: 加急, type: yes_no, requierd: true }
intake: [call]
start: call
steps:
  call: { task: 接听, lane: dsek, form: call, next: judge }
  judge:
    choose:
      - { when: call.urgnet, to: hurry }
      - { otherwise: done }
  hurry: { task: 加急处理, lane: desk, next: hurry }
  done: { end: 完成, outcome: answered, event_record: false }
";

#[test]
fn a_broken_process_file_is_listed_whole_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("small.yaml"), BROKEN).unwrap();
    let chinese = yingda(folder.path(), &["process", "check", "small.yaml"]);
    assert_eq!(chinese.status.code(), Some(1));
    insta::assert_snapshot!("check_zh", text(&chinese.stdout));
    let english = yingda(folder.path(), &["process", "check", "small.yaml", "--lang", "en"]);
    assert_eq!(english.status.code(), Some(1));
    insta::assert_snapshot!("check_en", text(&english.stdout));
    assert_eq!(text(&chinese.stdout).lines().count(), text(&english.stdout).lines().count());
}

#[test]
fn the_shipped_files_are_clean_and_can_be_drawn() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../processes");
    let mut arguments = vec!["process", "check"];
    arguments.extend(yingda::house::SHIPPED.map(|(name, _)| name));
    let checked = yingda(&folder, &arguments);
    assert_eq!(
        (checked.status.code(), text(&checked.stdout).lines().count()),
        (Some(0), 3),
        "{}",
        text(&checked.stdout)
    );
    let out = tempfile::tempdir().unwrap();
    let to = out.path().join("chart.svg");
    let drawn = yingda(&folder, &["process", "draw", "S01-consultation.yaml", "--output", to.to_str().unwrap()]);
    assert_eq!(drawn.status.code(), Some(0));
    let piped = yingda(&folder, &["process", "draw", "S01-consultation.yaml"]);
    let chart = std::fs::read(&to).unwrap();
    assert!(text(&chart).starts_with("<svg") && chart == piped.stdout);
}

#[test]
fn what_is_missing_or_misspelt_is_said_and_ends_with_a_code() {
    let folder = tempfile::tempdir().unwrap();
    let missing = yingda(folder.path(), &["process", "check", "nowhere.yaml"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(text(&missing.stderr).contains("nowhere.yaml"), "{}", text(&missing.stderr));
    assert_eq!(yingda(folder.path(), &["sevre"]).status.code(), Some(2));
    let address = yingda(folder.path(), &["serve", "--listen", "127.0.0.1:0", "--database", "mysql://x/y"]);
    assert_eq!(address.status.code(), Some(1));
    assert!(text(&address.stderr).contains("postgres://"), "{}", text(&address.stderr));
    let away = yingda(
        folder.path(),
        &["serve", "--listen", "127.0.0.1:0", "--database", "postgres://nobody@127.0.0.1:1/none"],
    );
    assert_eq!(away.status.code(), Some(1));
    assert!(text(&away.stderr).contains("连接不上数据库"), "{}", text(&away.stderr));
    std::fs::write(folder.path().join("file"), "").unwrap();
    let no_folder = yingda(folder.path(), &["serve", "--listen", "127.0.0.1:0", "--data", "file"]);
    assert_eq!(no_folder.status.code(), Some(1));
    assert!(text(&no_folder.stderr).contains("不能使用数据目录"), "{}", text(&no_folder.stderr));
}

#[test]
fn help_is_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    for (name, arguments) in [
        ("help", &["--help"][..]),
        ("help_serve", &["serve", "--help"]),
        ("help_import", &["import", "--help"]),
        ("help_calendar", &["calendar", "--help"]),
        ("help_calendar_due", &["calendar", "due", "--help"]),
    ] {
        let help = yingda(folder.path(), arguments);
        assert_eq!(help.status.code(), Some(0));
        insta::assert_snapshot!(name, text(&help.stdout));
    }
}

#[test]
fn a_second_desk_on_the_same_folder_or_address_is_turned_away() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut first = DeskCommand::new(BINARY, "serve").data(&data).start().unwrap();
    first.line_with("/first-run").unwrap();
    let same_folder = yingda(folder.path(), &["serve", "--listen", "127.0.0.1:0", "--data", data.to_str().unwrap()]);
    assert_eq!(same_folder.status.code(), Some(1));
    assert!(text(&same_folder.stderr).contains("正在被另一个应答进程使用"), "{}", text(&same_folder.stderr));
    let port = first.address().trim_start_matches("http://").to_owned();
    let same_port = yingda(folder.path(), &["serve", "--listen", &port, "--data", "other"]);
    assert_eq!(same_port.status.code(), Some(1));
    assert!(text(&same_port.stderr).contains("已被占用"), "{}", text(&same_port.stderr));
    assert_eq!(first.stop().unwrap().code(), Some(0));
}

#[tokio::test]
async fn a_newer_database_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("desk.sqlite");
    let store = yingda_store::Store::open(&yingda_store::StoreUrl::File(file)).await.unwrap();
    store
        .write(|tx| {
            Box::pin(async move {
                tx.exec("INSERT INTO schema_steps (step) VALUES (9999)", &[]).await?;
                Ok::<_, yingda_store::StoreError>(())
            })
        })
        .await
        .unwrap();
    let newer = yingda(folder.path(), &["serve", "--listen", "127.0.0.1:0", "--data", "."]);
    assert_eq!(newer.status.code(), Some(1));
    assert!(text(&newer.stderr).contains("数据库由更新的版本建立"), "{}", text(&newer.stderr));
}

#[test]
fn an_empty_desk_offers_a_code_and_nodes_may_share_a_server() {
    let database = fresh_database().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let command = DeskCommand::new(BINARY, "serve").database(database.url()).data(&folder.path().join("shared"));
    let mut one = command.start().unwrap();
    let other = command.start().unwrap();
    assert!(one.line_with("一次性代码").unwrap().contains("/first-run"));
    assert_ne!(one.address(), other.address());
    other.stop().unwrap();
    one.stop().unwrap();
}
