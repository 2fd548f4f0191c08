//! `demo` as a process: made once, begun anew after an interruption, used again, and never put into a real desk; and the
//! other commands on the desk that it leaves.

#![expect(clippy::unwrap_used, reason = "a test that cannot set its stage has failed")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use yingda_testkit::desk_process::{DeskCommand, DeskProcess};

const BINARY: &str = env!("CARGO_BIN_EXE_yingda");

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The head of an answer to a plain GET.
fn head(address: &str) -> String {
    let (host, path) = address.trim_start_matches("http://").split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    text(&answer).split("\r\n\r\n").next().unwrap_or_default().to_owned()
}

fn link(desk: &mut DeskProcess, role: &str) -> String {
    let line = desk.line_with(&format!("  {role} ")).unwrap();
    line[line.find("http://").unwrap()..].to_owned()
}

fn on(data: &Path, arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(BINARY);
    command.args(arguments).arg("--data").arg(data).current_dir(data).stdin(Stdio::piped());
    let mut running = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    running.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    running.wait_with_output().unwrap()
}

/// Starts `demo` and kills it while it makes its tickets.
fn interrupted(data: &Path) {
    let mut command = Command::new(BINARY);
    command.args(["demo", "--listen", "127.0.0.1:0", "--data"]).arg(data).stdout(Stdio::piped());
    let mut running = command.spawn().unwrap();
    let said = BufReader::new(running.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok)
        .find(|line| line.contains("40/360"));
    assert!(said.is_some());
    running.kill().unwrap();
    running.wait().unwrap();
}

#[test]
fn a_demonstration_from_an_interrupted_start_to_the_shell() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    interrupted(&data);

    let mut first = DeskCommand::new(BINARY, "demo").data(&data).start().unwrap();
    let links: Vec<String> = ["客服专员", "主管", "经理", "部门成员", "部门负责人", "管理员"]
        .iter()
        .map(|role| link(&mut first, role))
        .collect();
    for link in &links {
        let head = head(link);
        assert!(head.starts_with("HTTP/1.1 303") && head.to_lowercase().contains("set-cookie"), "{link}\n{head}");
    }
    assert_eq!(first.stop().unwrap().code(), Some(0));

    let mut second = DeskCommand::new(BINARY, "demo").data(&data).start().unwrap();
    let fresh = link(&mut second, "客服专员");
    let secret = links[0].rsplit('/').next().unwrap();
    assert!(
        !head(&format!("{}/link/{secret}", second.address())).starts_with("HTTP/1.1 303"),
        "an old link still signs in"
    );
    assert!(head(&fresh).starts_with("HTTP/1.1 303"));
    assert_eq!(second.stop().unwrap().code(), Some(0));

    from_the_shell(&data);
}

/// What can be done with the desk while it is stopped.
fn from_the_shell(data: &Path) {
    let short = on(data, &["person", "set-password", "admin"], "short\n");
    assert_eq!(short.status.code(), Some(1), "{}", text(&short.stderr));
    let set = on(data, &["person", "set-password", "admin"], "a long enough password\n");
    assert_eq!(set.status.code(), Some(0), "{}", text(&set.stderr));
    let nobody = on(data, &["person", "set-password", "nobody"], "a long enough password\n");
    assert!(nobody.status.code() == Some(1) && text(&nobody.stderr).contains("「nobody」"));

    let file = data.join("all.csv");
    let export = ["export", file.to_str().unwrap(), "--as", "liang.bo", "--process", "enterprise-support"];
    let exported = on(data, &export, "");
    assert_eq!(exported.status.code(), Some(0), "{}", text(&exported.stderr));
    let table = std::fs::read_to_string(&file).unwrap();
    let row = table.lines().find(|line| line.starts_with("CS2024901")).unwrap();
    assert!(row.contains("张*,5678,技术故障,") && row.contains("紧急,售后部,李*,2024-10-01 09:30"), "{row}");

    let again = on(data, &["import", file.to_str().unwrap(), "--as", "liang.bo"], "");
    assert_eq!(again.status.code(), Some(1), "numbers that are there already are faults");
    assert!(text(&again.stdout).contains("第 2 行"), "{}", text(&again.stdout));

    let header = table.lines().next().unwrap().trim_start_matches('\u{feff}');
    let new = format!("{header}\n,云屿试验厂,丁女士,020-5550-0001,技术故障,停机,高,售后部,,2026-11-20 10:00,,,,,\n");
    std::fs::write(data.join("new.csv"), &new).unwrap();
    let new = data.join("new.csv");
    let dry = on(data, &["import", new.to_str().unwrap(), "--as", "liang.bo"], "");
    assert_eq!(dry.status.code(), Some(0), "{}{}", text(&dry.stdout), text(&dry.stderr));
    assert!(text(&dry.stdout).contains("--apply"));
    let applied = on(data, &["import", new.to_str().unwrap(), "--as", "liang.bo", "--apply"], "");
    assert!(text(&applied.stdout).contains("已导入 1 张工单"), "{}", text(&applied.stdout));
    let agent = on(data, &["import", new.to_str().unwrap(), "--as", "chen.jing"], "");
    assert_eq!(agent.status.code(), Some(1), "an agent may not import");
}

#[tokio::test]
async fn a_real_desk_takes_no_demonstration() {
    let folder = tempfile::tempdir().unwrap();
    let data = yingda::settings::Data { data: folder.path().to_owned(), database: None };
    let house = yingda::house::House::enter(&data).await.unwrap();
    let ctx = yingda::edge::edge()();
    let code = house.app.make_setup_code(&ctx).await.unwrap();
    let origin = yingda_app::accounts::Origin::default();
    house.app.set_up(&ctx, &code, "boss", "老板", "correct horse", "客服中心", origin).await.unwrap();
    drop(house);
    let demo = on(folder.path(), &["demo", "--listen", "127.0.0.1:0"], "");
    assert_eq!(demo.status.code(), Some(1));
    assert!(text(&demo.stderr).contains("正式的客服台"), "{}", text(&demo.stderr));
}
