//! What a department may not see does not exist for it, whatever door it tries; without a token nothing does.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use serde_json::json;
use yingda_core::Role;

use crate::caller::{on_both, request};

#[test]
fn a_foreign_department_finds_nothing() {
    on_both(async |api| {
        let clerk = api.clerk().await;
        let stranger = api.holder("孙工", "sales", [Role::Member, Role::Head]).await;
        let ticket = api.consultation(&clerk, "保修期").await;
        let note = json!({ "kind": "note", "text": "客户着急" });
        let message =
            api.post(&clerk, &format!("/tickets/{ticket}/messages"), note.clone()).await.is(StatusCode::CREATED);
        let to = api.desk.department("project").await;
        let sheet = json!({ "to": to, "question": "能否延保？" });
        let sheet = api.post(&clerk, &format!("/tickets/{ticket}/contact-sheets"), sheet).await.is(StatusCode::CREATED);
        let file = request(Method::POST, &format!("/tickets/{ticket}/attachments?name=a.txt"), &clerk)
            .body(Body::from("甲"))
            .unwrap();
        let file = api.send(file).await.is(StatusCode::CREATED);
        let (message, sheet, file) = (&message["id"], &sheet["id"], &file["id"]);
        let plain = |id: &serde_json::Value| id.as_str().unwrap().to_owned();
        let (message, sheet, file) = (plain(message), plain(sheet), plain(file));

        for path in [
            format!("/tickets/{ticket}"),
            "/tickets/by-number/ZX2026110001".to_owned(),
            format!("/sheets/{sheet}"),
            format!("/attachments/{file}"),
        ] {
            api.get(&stranger, &path).await.problem(404, "not-found");
        }
        let department = stranger.actor.department;
        for (path, body) in [
            (format!("/tickets/{ticket}/messages"), note),
            (format!("/tickets/{ticket}/steps/1"), json!({})),
            (format!("/tickets/{ticket}/assignment"), json!({ "person": null })),
            (format!("/tickets/{ticket}/transfer"), json!({ "department": department, "reason": "给我们" })),
            (format!("/tickets/{ticket}/copies"), json!({ "department": department })),
            (format!("/tickets/{ticket}/progress"), json!({ "label": "已转部门" })),
            (format!("/tickets/{ticket}/contact-sheets"), json!({ "to": department, "question": "?" })),
            (format!("/sheets/{sheet}/answer"), json!({ "answer": "是" })),
            (format!("/sheets/{sheet}/withdrawal"), json!({ "reason": "错" })),
            (format!("/sheets/{sheet}/publication"), json!({})),
        ] {
            api.post(&stranger, &path, body).await.problem(404, "not-found");
        }
        for path in [
            format!("/tickets/{ticket}/archive"),
            format!("/messages/{message}/told"),
            format!("/sheets/{sheet}/receipt"),
            format!("/sheets/{sheet}/countersignature"),
        ] {
            api.knock(&stranger, &path).await.problem(404, "not-found");
        }
        api.delete(&stranger, &format!("/attachments/{file}")).await.problem(404, "not-found");
        for path in ["/tickets?state=any", "/sheets", "/search?q=%E4%BF%9D%E4%BF%AE%E6%9C%9F"] {
            assert_eq!(api.get(&stranger, path).await.is(StatusCode::OK)["items"], json!([]), "{path}");
        }
        for path in ["/callers?phone=13800138000", "/figures/2026-11", "/tickets/export"] {
            api.get(&stranger, path).await.problem(403, "not-allowed");
        }

        let engineer = api.holder("陈工", "project", [Role::Member]).await;
        assert_eq!(api.get(&engineer, &format!("/tickets/{ticket}")).await.is(StatusCode::OK)["may"]["archive"], false);
        assert_eq!(api.get(&engineer, &format!("/attachments/{file}")).await.bytes, "甲".as_bytes());
        api.knock(&engineer, &format!("/tickets/{ticket}/archive")).await.problem(403, "not-allowed");

        let admin = api.holder("管理员", "service-center", [Role::Administrator]).await;
        api.get(&admin, &format!("/tickets/{ticket}")).await.problem(404, "not-found");
        api.get(&admin, "/tickets").await.problem(403, "not-allowed");
    });
}

#[test]
fn only_a_token_opens_the_door() {
    on_both(async |api| {
        let clerk = api.clerk().await;
        let bare = |value: Option<&str>, cookie: Option<&str>| {
            let mut request = Request::builder().uri("/api/v1/me").header("accept-language", "en");
            if let Some(value) = value {
                request = request.header("authorization", value);
            }
            if let Some(cookie) = cookie {
                request = request.header("cookie", cookie);
            }
            request.body(Body::empty()).unwrap()
        };
        let session = api
            .desk
            .sign_in(&api.desk.ctx(), "王芳", yingda_testkit::desk::PASSWORD, Default::default())
            .await
            .unwrap();
        let cookie = format!("yd_session={session}");
        for (value, code) in [
            (None, "no-token"),
            (Some("Basic d2FuZzpmYW5n"), "no-token"),
            (Some("Bearer "), "no-token"),
            (Some("Bearer yd_nonsense"), "bad-token"),
        ] {
            let answer = api.send(bare(value, Some(&cookie))).await;
            answer.problem(401, code);
            assert_eq!(answer.headers["www-authenticate"], "Bearer");
        }
        let mine = format!("bearer {}", clerk.token);
        assert_eq!(api.send(bare(Some(&mine), None)).await.is(StatusCode::OK)["login"], "王芳");

        let (_, tokens) = api.desk.ways_in(&api.desk.ctx(), &clerk.actor).await.unwrap();
        api.desk.revoke_token(&clerk.actor, tokens[0].id).await.unwrap();
        api.send(bare(Some(&mine), None)).await.problem(401, "bad-token");
    });
}
