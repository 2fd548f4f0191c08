//! kill -9 in mid-write: whatever was acknowledged is there after the restart, and numbers go on where they were.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot set its stage has failed")]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::channel;

use yingda::edge::edge;
use yingda::house::{House, install_shipped};
use yingda::settings::Data;
use yingda_app::people::PersonText;
use yingda_core::{Actor, Role};
use yingda_testkit::desk_process::DeskCommand;
use yingda_testkit::postgres::fresh_database;

const BINARY: &str = env!("CARGO_BIN_EXE_yingda");
/// Clients that write at the same time.
const CLIENTS: usize = 6;
/// Acknowledged creations after which the desk is killed.
const ENOUGH: usize = 40;

/// A desk with one agent; gives their token.
async fn desk_with_a_token(data: &Data) -> String {
    let house = House::enter(data).await.unwrap();
    let ctx = edge()();
    install_shipped(&house.app, &ctx).await.unwrap();
    let department = house.app.add_department_unasked(&ctx, "service-center", "客户服务中心").await.unwrap();
    let text = PersonText {
        login: "agent".to_owned(),
        name: "专员".to_owned(),
        department: Some(department),
        roles: [Role::Agent].into_iter().collect(),
        active: true,
        password: "correct horse".to_owned(),
    };
    house.app.add_person_unasked(&ctx, text).await.unwrap();
    let actor = Actor::from(house.app.directory().person("agent").unwrap());
    house.app.make_token(&ctx, &actor, "crash").await.unwrap()
}

/// One request on a connection of its own; `None` where the desk is gone.
fn ask(address: &str, method: &str, path: &str, token: &str, body: &str) -> Option<(u16, String)> {
    let host = address.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).ok()?;
    let length = body.len();
    write!(
        stream,
        "{method} /api/v1{path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let status = answer.split_whitespace().nth(1)?.parse().ok()?;
    let (_, body) = answer.split_once("\r\n\r\n")?;
    Some((status, body.to_owned()))
}

fn matter(client: usize, turn: usize) -> String {
    format!(
        r#"{{"process":"water-hotline","channel":"phone","fields":{{"call.kind":"报漏处理","call.caller_kind":"群众",
        "call.contact":"来电人{client}","call.phone":"138 0013 {turn:04}","call.subject":"路面冒水","call.content":"第{turn}次来电"}}}}"#
    )
}

/// The ticket's number in an answer.
fn number(body: &str) -> Option<String> {
    let (_, rest) = body.split_once("\"number\":\"")?;
    Some(rest.split('"').next()?.to_owned())
}

fn kill_and_look(folder: &Path, database: Option<&str>) {
    let data = Data { data: folder.join("data"), database: database.map(str::to_owned) };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let token = runtime.block_on(desk_with_a_token(&data));
    drop(runtime);
    let mut command = DeskCommand::new(BINARY, "serve").data(&data.data);
    if let Some(url) = database {
        command = command.database(url);
    }
    let desk = command.start().unwrap();
    let address = desk.address().to_owned();
    let acknowledged = Mutex::new(Vec::new());
    let (tell, told) = channel();
    std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (tell, acknowledged, address, token) = (tell.clone(), &acknowledged, &address, &token);
            scope.spawn(move || {
                for turn in 0.. {
                    match ask(address, "POST", "/tickets", token, &matter(client, turn)) {
                        Some((201, body)) => {
                            acknowledged.lock().unwrap().push(number(&body).unwrap());
                            let _ = tell.send(());
                        }
                        Some((status, body)) => panic!("{status}: {body}"),
                        None => return,
                    }
                }
            });
        }
        drop(tell);
        // A client that panics drops its sender; then there are fewer than enough, and the kill ends the others.
        let heard = told.iter().take(ENOUGH).count();
        desk.kill().unwrap();
        assert_eq!(heard, ENOUGH);
    });
    let acknowledged = acknowledged.into_inner().unwrap();
    let desk = command.start().unwrap();
    for number in &acknowledged {
        let (status, body) = ask(desk.address(), "GET", &format!("/tickets/by-number/{number}"), &token, "").unwrap();
        assert_eq!(status, 200, "{number} was acknowledged and is gone: {body}");
    }
    let (status, body) = ask(desk.address(), "POST", "/tickets", &token, &matter(0, 9_999)).unwrap();
    assert_eq!(status, 201, "{body}");
    assert!(!acknowledged.contains(&number(&body).unwrap()));
    assert_eq!(desk.stop().unwrap().code(), Some(0));
}

#[test]
fn a_killed_desk_has_lost_nothing_that_it_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    kill_and_look(folder.path(), None);
}

#[test]
fn a_killed_desk_has_lost_nothing_on_a_server_either() {
    let folder = tempfile::tempdir().unwrap();
    let database = fresh_database().unwrap();
    kill_and_look(folder.path(), Some(database.url()));
}
