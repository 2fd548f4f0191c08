//! A consultation that the desk cannot answer at once, by API alone: four people, one contact sheet, one standard answer.

use axum::http::StatusCode;
use serde_json::{Value, json};
use yingda_core::Role;

use crate::caller::{Api, Holder, consultation, on_both};

const OK: StatusCode = StatusCode::OK;
const CREATED: StatusCode = StatusCode::CREATED;

fn open_step<'t>(ticket: &'t Value, id: &str) -> &'t Value {
    let steps = ticket["steps"].as_array().unwrap();
    steps.iter().find(|step| step["step"] == id).unwrap_or_else(|| panic!("does not wait at {id}: {}", ticket["steps"]))
}

async fn complete(api: &Api, holder: &Holder, ticket: &Value, step: &str, fields: Value) -> Value {
    let step = open_step(ticket, step);
    assert_eq!(step["may_complete"], true);
    let path = format!("/tickets/{}/steps/{}", ticket["id"].as_str().unwrap(), step["token"]);
    api.post(holder, &path, json!({ "fields": fields, "version": ticket["version"] })).await.is(OK)
}

#[test]
fn from_call_to_standard_answer() {
    on_both(async |api| {
        let clerk = api.clerk().await;
        let lead = api.holder("刘主管", "service-center", [Role::Supervisor]).await;
        let engineer = api.holder("陈工", "project", [Role::Member]).await;
        let head = api.holder("赵部长", "project", [Role::Head, Role::Member]).await;

        let form = api.get(&clerk, "/processes/customer-consultation").await.is(OK);
        let record = &form["intake"][0]["fields"];
        let required: Vec<&str> = record
            .as_array()
            .unwrap()
            .iter()
            .filter(|f| f["required"] == true)
            .map(|f| f["name"].as_str().unwrap())
            .collect();
        assert!(required.contains(&"record.phone") && !required.contains(&"record.customer"), "{required:?}");

        let answer = api.post(&clerk, "/tickets", consultation("延保", false)).await;
        let ticket = answer.is(CREATED);
        assert_eq!(
            answer.headers["location"].to_str().unwrap(),
            format!("/api/v1/tickets/{}", ticket["id"].as_str().unwrap())
        );
        assert_eq!(ticket["number"], "ZX2026110001");
        assert_eq!(ticket["values"]["record.has_answer"], false);
        assert_eq!(ticket["accepted"], "2026-11-02T01:00:00Z");
        let inquiry = &open_step(&ticket, "inquire")["form"]["fields"];
        assert_eq!(inquiry[0]["options"][0]["value"], "项目部");

        let ticket = complete(
            &api,
            &clerk,
            &ticket,
            "inquire",
            json!({
                "inquiry.department": "项目部", "inquiry.question": "延保从哪天起算？",
            }),
        )
        .await;
        assert_eq!(open_step(&ticket, "project_answer")["waits_for"], "sheet");
        assert_eq!(open_step(&ticket, "project_answer")["may_complete"], false);

        let inbox = api.get(&engineer, "/sheets").await.is(OK);
        let sheet = inbox["items"][0]["id"].as_str().unwrap().to_owned();
        assert_eq!(inbox["items"].as_array().unwrap().len(), 1);
        assert_eq!(inbox["items"][0]["due"], Value::Null);
        api.post(&engineer, &format!("/sheets/{sheet}/answer"), json!({ "answer": "先答" }))
            .await
            .problem(409, "sheet-not-open");
        api.knock(&clerk, &format!("/sheets/{sheet}/receipt")).await.problem(403, "not-allowed");
        let received = api.knock(&engineer, &format!("/sheets/{sheet}/receipt")).await.is(OK);
        assert_eq!(received["state"], "received");
        // Two working days from receipt on Monday 09:00.
        assert!(received["due"].as_str().unwrap().starts_with("2026-11-0"), "{}", received["due"]);
        assert_eq!(received["may"]["answer"], true);
        let body = json!({ "answer": "自开机验收之日起算。", "version": received["version"] });
        api.desk.clock.minutes(30);
        let answered = api.post(&engineer, &format!("/sheets/{sheet}/answer"), body.clone()).await.is(OK);
        assert_eq!(answered["answered_by"]["name"], "陈工");
        api.post(&engineer, &format!("/sheets/{sheet}/answer"), body).await.problem(409, "sheet-not-open");

        let id = ticket["id"].as_str().unwrap();
        let ticket = api.get(&clerk, &format!("/tickets/{id}")).await.is(OK);
        let ticket = complete(
            &api,
            &clerk,
            &ticket,
            "reply",
            json!({ "reply.answer": "自验收之日起算。", "reply.publish": true }),
        )
        .await;
        assert_eq!(ticket["state"], "solved");
        assert_eq!(ticket["messages"][0]["kind"], "to_customer");
        api.knock(&clerk, &format!("/tickets/{id}/archive")).await.problem(409, "not-closed");
        let ticket = complete(
            &api,
            &clerk,
            &ticket,
            "confirm",
            json!({
                "confirmation.understood": true, "confirmation.satisfaction": "满意",
            }),
        )
        .await;
        assert_eq!((&ticket["state"], &ticket["rating"]["satisfied"]), (&json!("closed"), &json!(true)));
        assert_eq!(ticket["steps"], json!([]));
        let kinds: Vec<&str> =
            ticket["history"].as_array().unwrap().iter().map(|line| line["kind"].as_str().unwrap()).collect();
        assert!(kinds.contains(&"sheet-answered"), "{kinds:?}");

        let publish = format!("/sheets/{sheet}/publication");
        api.post(&clerk, &publish, json!({})).await.problem(409, "not-countersigned");
        api.knock(&engineer, &format!("/sheets/{sheet}/countersignature")).await.problem(403, "not-allowed");
        api.knock(&head, &format!("/sheets/{sheet}/countersignature")).await.is(OK);
        api.post(&clerk, &publish, json!({ "state": "published" })).await.problem(403, "not-allowed");
        let standard =
            api.post(&lead, &publish, json!({ "question": "延保起算日", "state": "published" })).await.is(CREATED);
        assert_eq!(standard["source"], json!(sheet));
        api.post(&lead, &publish, json!({})).await.problem(409, "taken");
        let similar = api.get(&engineer, "/answers?similar=%E5%BB%B6%E4%BF%9D%E8%B5%B7%E7%AE%97%E6%97%A5").await.is(OK);
        assert_eq!(similar["items"][0]["answer"], "自开机验收之日起算。");

        let archived = api.knock(&clerk, &format!("/tickets/{id}/archive")).await.is(OK);
        assert_eq!(archived["state"], "archived");
        let figures = api.get(&clerk, "/figures/2026-11").await.is(OK);
        assert_eq!((&figures["accepted"], &figures["satisfied"]["per_mille"]), (&json!(1), &json!(1000)));
        let caller = api.get(&clerk, "/callers?phone=138%200013%208000").await.is(OK);
        assert_eq!(caller["past"][0]["id"].as_str(), Some(id));
        api.get(&clerk, "/tickets/by-number/ZX2026110001").await.is(OK);
    });
}
