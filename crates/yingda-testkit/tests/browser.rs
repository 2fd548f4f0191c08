//! The browser driver against a tiny page of its own: if this fails, no story can be believed.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

use yingda_testkit::browser::{Browser, Screen};

const PAGE: &str = include_str!("page.html");

/// Serves the page at every address, on a thread that ends with the process.
fn serve() -> std::io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = format!("http://{}", listener.local_addr()?);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || answer(stream));
        }
    });
    Ok(address)
}

fn answer(mut stream: TcpStream) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut line = String::new();
    while line != "\r\n" {
        line.clear();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
    }
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        PAGE.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(PAGE.as_bytes()).ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn browser_people_see_fill_choose_press_and_keep_their_own_windows() {
    let address = serve().unwrap();
    let browser = Browser::start().unwrap();
    let (clerk, head) = tokio::join!(
        browser.person("客服专员", &address, Screen::Desktop),
        browser.person("部门主管", &address, Screen::Phone),
    );
    let (clerk, head) = (clerk.unwrap(), head.unwrap());

    clerk.goto("/tickets?mine").await.unwrap();
    assert_eq!(clerk.place().await.unwrap(), "/tickets?mine");
    clerk.see("客户 来电登记").await.unwrap();
    clerk.fill("客户姓名", "旧").await.unwrap();
    clerk.fill("客户姓名", "张先生").await.unwrap();
    clerk.fill("phone", "13800000000").await.unwrap();
    clerk.fill("发生时间", "2026-11-21T09:30").await.unwrap();
    clerk.select("优先级", "紧急").await.unwrap();
    clerk.select("来电渠道", "来访").await.unwrap();
    assert_eq!(clerk.value("客户姓名").await.unwrap(), "张先生");
    clerk.click("提交").await.unwrap();
    // The page takes a moment, and the button moves: both are waited for.
    clerk.see("已登记:张先生,13800000000,2026-11-21T09:30,紧急,来访").await.unwrap();
    clerk.see_no_more("正在提交").await.unwrap();
    clerk.see_element("output.done").await.unwrap();

    head.goto("/").await.unwrap();
    head.see("窗口宽度:390").await.unwrap();
    assert!(!head.text().await.unwrap().contains("张先生"));

    let folder = tempfile::tempdir().unwrap();
    for (person, width) in [(&clerk, 1366_u32), (&head, 780)] {
        let file = folder.path().join(format!("{}.png", person.name()));
        person.screenshot(&file).await.unwrap();
        let picture = std::fs::read(&file).unwrap();
        assert_eq!(&picture[..8], b"\x89PNG\r\n\x1a\n");
        assert_eq!(picture[16..20], width.to_be_bytes(), "{}", person.name());
        assert!(picture.len() > 2_000, "{} bytes", picture.len());
    }
    clerk.leave().await.unwrap();
    // The other is merely dropped, and takes the driver along.
}
