//! A request under a key happens once: repeated, at the same time, and never for another body.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use yingda_core::Role;

use crate::caller::{consultation, on_both, request};

const CREATED: StatusCode = StatusCode::CREATED;

async fn tickets(api: &crate::caller::Api, clerk: &crate::caller::Holder) -> usize {
    api.get(clerk, "/tickets?state=any&limit=100").await.is(StatusCode::OK)["items"].as_array().unwrap().len()
}

#[test]
fn eight_at_once_make_one_ticket() {
    on_both(async |api| {
        let clerk = api.clerk().await;
        let calls = (0..8).map(|_| api.post_once(&clerk, "call-1", "/tickets", consultation("保修期", true)));
        let answers = futures_util::future::join_all(calls).await;
        let ids: Vec<Value> = answers.iter().map(|answer| answer.is(CREATED)["id"].clone()).collect();
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
        assert_eq!(tickets(&api, &clerk).await, 1);
    });
}

#[test]
fn a_key_belongs_to_one_body_one_address_and_one_person() {
    on_both(async |api| {
        let clerk = api.clerk().await;
        let first = api.post_once(&clerk, "k", "/tickets", consultation("保修期", true)).await.is(CREATED);
        // The same in another order of fields and with other spaces is the same.
        let shuffled = format!(
            "{{ \"fields\": {},\n \"channel\":\"phone\", \"process\": \"customer-consultation\" }}",
            consultation("保修期", true)["fields"]
        );
        let again = request(Method::POST, "/tickets", &clerk)
            .header("content-type", "application/json")
            .header("idempotency-key", "k");
        assert_eq!(api.send(again.body(Body::from(shuffled)).unwrap()).await.is(CREATED)["id"], first["id"]);
        api.post_once(&clerk, "k", "/tickets", consultation("延保", true)).await.problem(422, "key-reused");
        let path = format!("/tickets/{}/messages", first["id"].as_str().unwrap());
        api.post_once(&clerk, "k", &path, json!({ "kind": "note", "text": "急" })).await.problem(422, "key-reused");
        let other = api.holder("李娜", "service-center", [Role::Agent]).await;
        api.post_once(&other, "k", "/tickets", consultation("延保", true)).await.is(CREATED);
        assert_eq!(tickets(&api, &clerk).await, 2);
        let long = "k".repeat(201);
        api.post_once(&clerk, &long, "/tickets", consultation("延保", true)).await.problem(400, "bad-key");
        // What was refused leaves its key free.
        api.post_once(
            &clerk,
            "k2",
            "/tickets",
            json!({ "process": "customer-consultation", "channel": "phone", "fields": {} }),
        )
        .await
        .problem(422, "fields");
        api.post_once(&clerk, "k2", "/tickets", consultation("延保", true)).await.is(CREATED);
    });
}

#[test]
fn every_creation_and_step_can_be_repeated() {
    on_both(async |api| {
        let clerk = api.clerk().await;
        let ticket = api.post(&clerk, "/tickets", consultation("保修期", true)).await.is(CREATED);
        let id = ticket["id"].as_str().unwrap();
        let department = api.desk.department("project").await;
        for (key, path, body) in [
            ("m", format!("/tickets/{id}/messages"), json!({ "kind": "note", "text": "客户急" })),
            ("s", format!("/tickets/{id}/contact-sheets"), json!({ "to": department, "question": "能否延保？" })),
            ("a", "/answers".to_owned(), json!({ "question": "保修多久", "answer": "一年" })),
        ] {
            let first = api.post_once(&clerk, key, &path, body.clone()).await.is(CREATED);
            let second = api.post_once(&clerk, key, &path, body).await.is(CREATED);
            assert_eq!(first["id"], second["id"], "{path}");
        }
        let upload = |bytes: &'static str| {
            let path = format!("/tickets/{id}/attachments?name=a.txt");
            request(Method::POST, &path, &clerk).header("idempotency-key", "f").body(Body::from(bytes)).unwrap()
        };
        let first = api.send(upload("甲")).await.is(CREATED);
        assert_eq!(api.send(upload("甲")).await.is(CREATED)["id"], first["id"]);
        api.send(upload("乙")).await.problem(422, "key-reused");

        let done = json!({ "fields": { "instant_answer.answer": "一年。" } });
        let path = format!("/tickets/{id}/steps/{}", ticket["steps"][0]["token"]);
        for _ in 0..2 {
            let ended = api.post_once(&clerk, "step", &path, done.clone()).await.is(StatusCode::OK);
            assert_eq!(ended["state"], "closed");
        }
        api.post(&clerk, &path, done).await.problem(409, "step-not-open");
        let ticket = api.get(&clerk, &format!("/tickets/{id}")).await.is(StatusCode::OK);
        let count = |list: &str| ticket[list].as_array().unwrap().len();
        assert_eq!((count("sheets"), count("attachments")), (1, 1));
    });
}
