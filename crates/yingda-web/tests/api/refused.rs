//! Everything malformed: a status, a code, and the field by its name.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::caller::{consultation, on_both, request};

#[test]
fn what_cannot_be_read_is_told_apart() {
    on_both(async |api| {
        let clerk = api.clerk().await;
        let json = "application/json";
        let large = format!("{{\"process\": \"{}\"}}", "x".repeat(2 * 1024 * 1024));
        for (method, path, kind, body, status, code) in [
            (Method::POST, "/tickets", json, "", 400, "malformed"),
            (Method::POST, "/tickets", json, "{", 400, "malformed"),
            (Method::POST, "/tickets", json, "{\"process\": \"\u{0}\"}", 400, "malformed"),
            (Method::POST, "/tickets", json, "[]", 422, "fields"),
            (Method::POST, "/tickets", json, "null", 422, "fields"),
            (Method::POST, "/tickets", json, "{} {}", 400, "malformed"),
            (Method::POST, "/tickets", json, &large, 413, "body-too-large"),
            (Method::POST, "/tickets", "text/plain", "{}", 415, "unsupported-media-type"),
            (Method::POST, "/tickets", "application/x-www-form-urlencoded", "process=a", 415, "unsupported-media-type"),
            (Method::POST, "/imports", "multipart/form-data", "x", 400, "malformed"),
            (Method::PATCH, "/tickets", json, "{}", 405, "method-not-allowed"),
            (Method::DELETE, "/me", json, "", 405, "method-not-allowed"),
            (Method::GET, "/nonsense", json, "", 404, "not-found"),
            (Method::GET, "", json, "", 404, "not-found"),
            (Method::GET, "/tickets/", json, "", 404, "not-found"),
            (Method::GET, "/tickets/nonsense", json, "", 404, "not-found"),
            (Method::GET, "/tickets/usr_0000000000001", json, "", 404, "not-found"),
            (Method::GET, "/tickets/tkt_0000000000001", json, "", 404, "not-found"),
            (Method::GET, "/tickets/%ff", json, "", 404, "not-found"),
            (Method::GET, "/processes/nonsense", json, "", 404, "not-found"),
            (Method::POST, "/tickets/tkt_0000000000001/steps/x", json, "{}", 404, "not-found"),
        ] {
            let sent = request(method.clone(), path, &clerk)
                .header("content-type", kind)
                .body(Body::from(body.to_owned()))
                .unwrap();
            let answer = api.send(sent).await;
            assert_eq!(
                answer.status.as_u16(),
                status,
                "{method} {path} {} → {}",
                &body[..body.len().min(40)],
                String::from_utf8_lossy(&answer.bytes)
            );
            answer.problem(status, code);
        }
    });
}

#[test]
fn a_field_at_fault_is_named() {
    on_both(async |api| {
        let clerk = api.clerk().await;
        let ticket = api.consultation(&clerk, "保修期").await;
        let with = |name: &str, value: Value| {
            let mut body = consultation("保修期", true);
            body[name] = value;
            body
        };
        let filled = |name: &str, value: Value| {
            let mut body = consultation("保修期", true);
            body["fields"][name] = value;
            body
        };
        let at = |path: &str| format!("/tickets/{ticket}{path}");
        let id = |prefix: &str| format!("{prefix}_0000000000001");
        for (path, body, field, code) in [
            ("/tickets".to_owned(), with("chanel", json!("phone")), "chanel", "unknown-field"),
            ("/tickets".to_owned(), with("process", json!(7)), "process", "wrong-type"),
            ("/tickets".to_owned(), with("channel", json!("telepathy")), "channel", "missing"),
            ("/tickets".to_owned(), with("channel", json!("social")), "channel", "channel-closed"),
            ("/tickets".to_owned(), with("answer", json!("tkt_0000000000001")), "answer", "wrong-type"),
            ("/tickets".to_owned(), json!({ "process": "x", "channel": "phone" }), "fields", "missing"),
            ("/tickets".to_owned(), filled("recrod.phone", json!("1")), "recrod.phone", "unknown-field"),
            ("/tickets".to_owned(), filled("phone", json!("1")), "phone", "unknown-field"),
            ("/tickets".to_owned(), filled("reply.answer", json!("1")), "reply.answer", "unknown-field"),
            ("/tickets".to_owned(), filled("record.fax", json!("1")), "record.fax", "unknown-field"),
            ("/tickets".to_owned(), filled("record.phone", Value::Null), "record.phone", "missing"),
            ("/tickets".to_owned(), filled("record.phone", json!("无")), "record.phone", "bad-phone"),
            ("/tickets".to_owned(), filled("record.on_site", json!("maybe")), "record.on_site", "bad-yes-no"),
            ("/tickets".to_owned(), filled("record.phone", json!({ "a": 1 })), "fields.record.phone", "wrong-type"),
            ("/tickets".to_owned(), filled("record.priority", json!("urgent")), "record.priority", "not-an-option"),
            (at("/steps/2"), json!({ "fields": { "record.phone": "1" } }), "record.phone", "unknown-field"),
            (at("/assignment"), json!({}), "person", "missing"),
            (at("/assignment"), json!({ "person": id("usr") }), "person", "unknown-person"),
            (at("/assignment"), json!({ "person": null, "version": "1" }), "version", "wrong-type"),
            (at("/transfer"), json!({ "department": id("dep"), "reason": "x" }), "department", "unknown-department"),
            (at("/transfer"), json!({ "department": clerk.actor.department, "reason": " " }), "reason", "missing"),
            (
                at("/transfer"),
                json!({ "department": clerk.actor.department, "reason": "x", "told": "maybe" }),
                "told",
                "not-an-option",
            ),
            (at("/messages"), json!({ "kind": "note", "text": "" }), "text", "missing"),
            (at("/messages"), json!({ "kind": "shout", "text": "x" }), "kind", "not-an-option"),
            (
                at("/messages"),
                json!({ "kind": "to_customer", "text": "x", "channel": "drum" }),
                "channel",
                "not-an-option",
            ),
            (at("/progress"), json!({ "label": "没有这个" }), "progress", "not-an-option"),
            (at("/particulars"), json!({ "particulars": { "phone": "无" } }), "phone", "bad-phone"),
            (at("/particulars"), json!({ "particulars": { "number": "1" } }), "number", "unknown-field"),
            (at("/particulars"), json!({ "particulars": { "priority": "soon" } }), "priority", "not-an-option"),
            (at("/particulars"), json!({ "version": 1 }), "particulars", "missing"),
            (at("/contact-sheets"), json!({ "to": id("dep"), "question": "?" }), "to", "unknown-department"),
            (at("/copies"), json!({ "department": "工程部" }), "department", "wrong-type"),
            ("/views".to_owned(), json!({ "name": "", "query": "" }), "name", "missing"),
        ] {
            let answer = api.post(&clerk, &path, body.clone()).await;
            assert_eq!(
                answer.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{path} {body}: {}",
                String::from_utf8_lossy(&answer.bytes)
            );
            let (found, why) = answer.field();
            // A field of the desk's own naming may differ from the body's; the form's and the body's may not.
            assert_eq!(
                (found.as_str(), why.as_str()),
                (if field == "to" { "department" } else { field }, code),
                "{path} {body}"
            );
        }
        let twice = request(Method::POST, &at("/progress"), &clerk).header("content-type", "application/json");
        let twice = api.send(twice.body(Body::from("{\"label\":\"a\",\"label\":\"b\"}")).unwrap()).await;
        assert_eq!(twice.field(), ("label".to_owned(), "twice".to_owned()));

        for (path, field, code) in [
            ("/tickets?stat=any", "stat", "unknown-field"),
            ("/tickets?state=lost", "state", "not-an-option"),
            ("/tickets?limit=0", "limit", "too-small"),
            ("/tickets?limit=101", "limit", "too-large-number"),
            ("/tickets?limit=x", "limit", "wrong-type"),
            ("/tickets?from=yesterday", "from", "wrong-type"),
            ("/tickets?cursor=x", "cursor", "malformed"),
            ("/tickets?assignee=nobody", "assignee", "unknown-person"),
            ("/tickets?department=project", "department", "wrong-type"),
            ("/tickets?order=due&state=any", "order", "not-an-option"),
            ("/callers", "phone", "missing"),
            ("/search?kind=ticket", "q", "missing"),
            ("/figures/2026-13", "month", "bad-date"),
            ("/figures/2026", "month", "bad-date"),
            ("/answers?similar=x&state=draft", "similar", "not-visible"),
        ] {
            assert_eq!(api.get(&clerk, path).await.field(), (field.to_owned(), code.to_owned()), "{path}");
        }
        api.post(&clerk, "/tickets", with("process", json!("nonsense"))).await.problem(422, "process");
    });
}

#[test]
fn a_stale_edit_says_which_version_holds() {
    on_both(async |api| {
        let clerk = api.clerk().await;
        let ticket = api.consultation(&clerk, "保修期").await;
        let path = format!("/tickets/{ticket}");
        let seen = api.get(&clerk, &path).await.is(StatusCode::OK)["version"].clone();
        let urgent = json!({ "particulars": { "remark": "急" } });
        api.post(&clerk, &format!("{path}/particulars"), urgent).await.is(StatusCode::OK);
        let now = api.get(&clerk, &path).await.is(StatusCode::OK)["version"].clone();
        let body = json!({ "person": null, "version": seen });
        assert_eq!(
            api.post(&clerk, &format!("{path}/assignment"), body).await.problem(409, "stale")["current_version"],
            now
        );
        let free = api
            .post(&clerk, &format!("{path}/assignment"), json!({ "person": null, "version": now }))
            .await
            .is(StatusCode::OK);
        assert_eq!(free["assignee"], Value::Null);
        let mine = json!({ "person": clerk.actor.person });
        assert_eq!(
            api.post(&clerk, &format!("{path}/assignment"), mine).await.is(StatusCode::OK)["assignee"]["name"],
            "王芳"
        );
    });
}

#[test]
fn sentences_come_in_the_language_that_was_asked_for() {
    on_both(async |api| {
        let clerk = api.clerk().await;
        let mut sent = request(Method::GET, "/tickets?stat=1", &clerk).body(Body::empty()).unwrap();
        sent.headers_mut().insert("accept-language", "zh-CN".parse().unwrap());
        let problem = api.send(sent).await.problem(422, "fields");
        assert_eq!(problem["fields"][0]["detail"], "这里没有名为 stat 的字段。");
    });
}
