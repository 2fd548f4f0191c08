//! What changed reaches whoever watches: an id and a version, nothing else, and only while they are signed in.

use axum::body::BodyDataStream;
use axum::http::StatusCode;
use futures_util::StreamExt;
use yingda_core::Role;
use yingda_testkit::{desk, form};

use crate::site::Site;

async fn line(stream: &mut BodyDataStream) -> Option<String> {
    let piece = stream.next().await?.unwrap();
    Some(String::from_utf8(piece.to_vec()).unwrap())
}

#[test]
fn a_change_is_told_until_the_session_ends() {
    desk::on_both(async |desk| {
        desk.install("S01-consultation").await;
        let site = Site::new(desk);
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        let watcher = site.person("张敏", "service-center", Role::Agent).await;
        let response = watcher.open("/live").await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let mut stream = response.into_body().into_data_stream();
        assert_eq!(line(&mut stream).await.unwrap(), ": yingda\n\n");

        let call = form! {
            "record.contact" => "李先生", "record.phone" => "13800138000", "record.customer_kind" => "已购客户",
            "record.subject" => "保修期", "record.question" => "秘密的问题", "record.on_site" => "no", "record.has_answer" => "no",
        };
        let id = site.desk.receive(&clerk.actor, "customer-consultation", "phone", call.clone()).await.unwrap().id;
        let told = line(&mut stream).await.unwrap();
        assert_eq!(told, format!("event: ticket\ndata: {{\"id\":\"{id}\",\"version\":1}}\n\n"));

        let out = watcher.post("/session/closure", &[]).await;
        assert_eq!(out.status, StatusCode::SEE_OTHER);
        site.desk.receive(&clerk.actor, "customer-consultation", "phone", call).await.unwrap();
        assert_eq!(line(&mut stream).await, None);
        assert_eq!(watcher.get("/live").await.status, StatusCode::UNAUTHORIZED);
    });
}
