//! Notices by program: raised, listed, read, settled; and the call without which no 紧急 ticket is given away.

use axum::http::StatusCode;
use serde_json::json;
use yingda_core::Role;

use crate::caller::{Api, Holder, on_both};

const OK: StatusCode = StatusCode::OK;

/// A 紧急 matter of S03.
async fn urgent(api: &Api, clerk: &Holder) -> String {
    let made = api
        .post(
            clerk,
            "/tickets",
            json!({ "process": "enterprise-support", "channel": "phone", "fields": {
                "accept.customer": "深圳市某某机械有限公司", "accept.contact": "李工", "accept.phone": "13912345678",
                "accept.industry": "制造业", "accept.judgement": "售后报修", "accept.subject": "一号线报错",
                "accept.description": "设备运行中频繁报错", "accept.occurred_at": "2026-11-02 08:30",
                "accept.impact": "一条生产线", "accept.wanted_by": "三天内", "accept.complex": false,
                "register.scenario": "售后保障", "register.class": "技术故障类", "register.priority": "紧急",
                "register.cross": false, "register.safety_risk": false, "register.to_superior": false,
            } }),
        )
        .await
        .is(StatusCode::CREATED);
    made["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_report_goes_its_way_by_program() {
    on_both(async |api| {
        let clerk = api.clerk().await;
        let manager = api.holder("陈经理", "service-center", [Role::Manager]).await;
        let stranger = api.holder("王建国", "legal", [Role::Member]).await;
        let ticket = urgent(&api, &clerk).await;
        let triggers = api.get(&clerk, &format!("/tickets/{ticket}/triggers")).await.is(OK);
        let trigger = triggers[0]["id"].as_str().unwrap().to_owned();
        let path = format!("/tickets/{ticket}/escalations");
        let body = json!({ "trigger": trigger, "note": "客户称要投诉", "proposal": "经理回电" });
        api.post(&stranger, &path, body.clone()).await.problem(404, "not-found");
        api.get(&stranger, &format!("/tickets/{ticket}/notices")).await.problem(404, "not-found");
        api.post(&clerk, &path, json!({ "trigger": "none", "note": "x" })).await.problem(422, "fields");
        let first = api.post_once(&clerk, "one", &path, body.clone()).await.is(StatusCode::CREATED);
        let again = api.post_once(&clerk, "one", &path, body).await.is(StatusCode::CREATED);
        assert_eq!(first["id"], again["id"]);
        assert_eq!((first["kind"].as_str(), first["awaits_outcome"].as_bool()), (Some("trigger"), Some(true)));
        let id = first["id"].as_str().unwrap().to_owned();
        assert_eq!(api.get(&clerk, &format!("/tickets/{ticket}/notices")).await.is(OK).as_array().unwrap().len(), 1);

        let unread = api.get(&manager, "/notices").await.is(OK);
        assert_eq!(unread["items"][0]["id"], json!(id));
        api.knock(&clerk, &format!("/notices/{id}/reading")).await.problem(404, "not-found");
        let read = api.knock(&manager, &format!("/notices/{id}/reading")).await.is(OK);
        assert!(read["recipients"][0]["read"].is_string());
        assert_eq!(api.get(&manager, "/notices").await.is(OK)["items"], json!([]));
        assert_eq!(api.get(&manager, "/notices?read=true").await.is(OK)["items"][0]["id"], json!(id));

        let outcome = format!("/notices/{id}/outcome");
        api.post(&clerk, &outcome, json!({ "outcome": "好" })).await.problem(403, "not-allowed");
        api.post(&stranger, &outcome, json!({ "outcome": "好" })).await.problem(404, "not-found");
        api.post(&manager, &outcome, json!({ "outcome": " " })).await.problem(422, "fields");
        let open = api.get(&manager, "/notices/desk?awaiting=true&kind=trigger").await.is(OK);
        assert_eq!(open["items"].as_array().unwrap().len(), 1);
        let settled = api.post(&manager, &outcome, json!({ "outcome": "已回电" })).await.is(OK);
        assert_eq!(
            (settled["outcome"]["how"].as_str(), settled["outcome"]["text"].as_str()),
            (Some("said"), Some("已回电"))
        );
        api.post(&manager, &outcome, json!({ "outcome": "又" })).await.problem(409, "stale");
        assert_eq!(api.get(&manager, "/notices/desk?awaiting=true").await.is(OK)["items"], json!([]));
        api.get(&clerk, "/notices/desk").await.problem(403, "not-allowed");
        api.get(&manager, "/notices/desk?kinds=trigger").await.problem(422, "fields");
    });
}

#[test]
fn no_urgent_ticket_is_given_away_without_the_call() {
    on_both(async |api| {
        let clerk = api.clerk().await;
        let colleague = api.holder("李晓梅", "service-center", [Role::Agent]).await;
        let developer = api.holder("王建国", "development", [Role::Member]).await;
        let ticket = urgent(&api, &clerk).await;
        let path = format!("/tickets/{ticket}/assignment");
        let person = colleague.actor.person;
        let refused = api.post(&clerk, &path, json!({ "person": person })).await.field();
        assert_eq!(refused, ("phone_at".to_owned(), "phone-notice-missing".to_owned()));
        let call = json!({ "person": person, "phone": { "at": "2026-11-02T01:00:00Z", "remark": "已接通" } });
        assert_eq!(api.post(&clerk, &path, call).await.is(OK)["assignee"]["name"], "李晓梅");

        let path = format!("/tickets/{ticket}/transfer");
        let department = developer.actor.department;
        let body = json!({ "department": department, "reason": "软件问题" });
        api.post(&clerk, &path, body).await.problem(422, "fields");
        let call =
            json!({ "department": department, "reason": "软件问题", "phone": { "person": developer.actor.person } });
        api.post(&clerk, &path, call).await.is(OK);
    });
}
