//! Who answers for limits, by program: no end without an account, more time, urging, the first receiver's place.

use axum::http::StatusCode;
use serde_json::json;
use yingda_core::Role;

use crate::caller::{Api, Holder, on_both};

const OK: StatusCode = StatusCode::OK;
const MADE: StatusCode = StatusCode::CREATED;

const REPAIR: &str = "
process: repair
name: 维修
channels: [phone]
number: { prefix: BX }
departments: { shop: 维修部 }
lanes:
  desk: { name: 客服, role: agent }
  shop: { name: 维修部, department: shop }
forms:
  call:
    title: 来电
    fields:
      subject: { label: 主题, type: text, required: true, fills: subject }
start: call
intake: [call]
steps:
  call: { task: 来电, lane: desk, form: call, next: repair }
  repair: { task: 维修, lane: shop, next: closed, limit: { working_hours: 4 } }
  closed: { end: 已解决, outcome: resolved, event_record: true, marks: [solved, confirmed] }
";

#[test]
fn a_missed_limit_is_explained_before_the_ticket_ends() {
    on_both(async |api| {
        api.desk.install_text(REPAIR, "repair").await;
        let clerk = api.clerk().await;
        let lead = api.holder("陈主管", "service-center", [Role::Supervisor]).await;
        let member = api.holder("李强", "shop", [Role::Member]).await;
        let new = json!({ "process": "repair", "channel": "phone", "fields": { "call.subject": "洗衣机" } });
        let made = api.post(&clerk, "/tickets", new).await.is(MADE);
        let ticket = made["id"].as_str().unwrap().to_owned();
        let path = format!("/tickets/{ticket}");
        let id = ticket.parse().unwrap();
        let clock = api.desk.ticket_answers(&api.desk.ctx(), &member.actor, id).await.unwrap().extendable[0].clock;
        let ask = json!({ "clock": clock, "amount": 1, "unit": "working_hours", "reason": "等配件" });
        let asked = api.post(&member, &format!("{path}/extensions"), ask).await.is(MADE);
        let decision = format!("/extensions/{}/decision", asked["id"].as_str().unwrap());
        let granted = api.post(&lead, &decision, json!({ "granted": true })).await.is(OK);
        assert_eq!((granted["state"].clone(), granted["granted"].clone()), (json!("granted"), json!(1)));

        api.desk.clock.set("2026-11-03T09:00:00+08:00");
        let token = api.desk.token(&member.actor, id, "repair").await.unwrap();
        let end = format!("{path}/steps/{token}");
        let refused = api.post(&member, &end, json!({ "fields": {} })).await.is(StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused["code"], "needs-statement");
        assert!(refused["detail"].as_str().unwrap().contains("维修"));
        let text = json!({ "cause": "parts", "account": "缺货", "improvement": "备货" });
        let written = api.post(&member, &format!("{path}/clocks/{clock}/statement"), text).await.is(MADE);
        assert_eq!(written["state"], "submitted");
        let review = format!("/statements/{}/review", written["id"].as_str().unwrap());
        let verdict = json!({ "verdict": "accepted" });
        api.post(&member, &review, verdict.clone()).await.is(StatusCode::FORBIDDEN);
        let accepted = api.post(&lead, &review, verdict).await.is(OK);
        assert_eq!(
            (accepted["state"].clone(), accepted["versions"][0]["verdict"].clone()),
            (json!("accepted"), json!("accepted"))
        );
        let ended = api.post(&member, &end, json!({ "fields": {} })).await;
        assert!(ended.status.is_success(), "{ended:?}");
    });
}

async fn question(api: &Api, clerk: &Holder) -> serde_json::Value {
    api.post(
        clerk,
        "/tickets",
        json!({ "process": "customer-consultation", "channel": "phone", "fields": {
            "record.contact": "李先生", "record.phone": "13800138000", "record.customer_kind": "已购客户",
            "record.subject": "保修期", "record.question": "保修期有多长？", "record.on_site": false, "record.has_answer": false,
        } }),
    )
    .await
    .is(MADE)
}

#[test]
fn a_statement_more_time_urging_and_an_offer_go_their_way() {
    on_both(async |api| {
        let clerk = api.clerk().await;
        let lead = api.holder("陈主管", "service-center", [Role::Supervisor]).await;
        let other = api.holder("赵敏", "service-center", [Role::Agent]).await;
        let made = question(&api, &clerk).await;
        let ticket = made["id"].as_str().unwrap().to_owned();
        let path = format!("/tickets/{ticket}");

        let urge = json!({ "source": "customer", "channel": "phone", "words": "还没有消息？" });
        let urged = api.post(&clerk, &format!("{path}/urges"), urge.clone()).await.is(OK);
        assert_eq!(urged["urged"], 1);
        let soon = api.post(&clerk, &format!("{path}/urges"), urge).await.is(StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(soon["code"], "urged-just-now");

        let offer = json!({ "to": other.actor.person, "reason": "休年假" });
        let offer = api.post(&clerk, &format!("{path}/owner-offers"), offer).await.is(MADE);
        let id = offer["id"].as_str().unwrap();
        let mine = api.get(&other, "/answerability").await.is(OK);
        assert_eq!(mine["offered"][0]["id"], id);
        let agreed = api.post(&other, &format!("/owner-offers/{id}/answer"), json!({ "accepted": true })).await.is(OK);
        assert_eq!(agreed["state"], "accepted");
        let again = api.post(&other, &format!("/owner-offers/{id}/answer"), json!({ "accepted": true })).await;
        again.is(StatusCode::CONFLICT);
        let all = api.get(&clerk, &format!("{path}/answerability")).await.is(OK);
        assert_eq!((all["urged"].clone(), all["offer"].clone()), (json!(1), json!(null)));

        let refused = api.get(&clerk, "/statements").await.is(StatusCode::FORBIDDEN);
        assert_eq!(refused["code"], "not-allowed");
        let none = api.get(&lead, "/statements?state=submitted").await.is(OK);
        assert_eq!(none["items"], json!([]));
        assert_eq!(api.get(&lead, "/extensions").await.is(OK), json!([]));
    });
}
