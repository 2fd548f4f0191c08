//! Duty through the API: a roster made, published, checked and lived by; leave, a swap, and a hand-over that both sign.

use axum::http::StatusCode;
use serde_json::{Value, json};
use yingda_core::Role;

use crate::caller::on_both;

const OK: StatusCode = StatusCode::OK;
const CREATED: StatusCode = StatusCode::CREATED;
const DONE: StatusCode = StatusCode::NO_CONTENT;

fn id(value: &Value) -> String {
    value["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_roster_is_made_checked_published_and_lived_by() {
    on_both(async |api| {
        let head = api.holder("刘洋", "project", [Role::Member, Role::Head]).await;
        let one = api.holder("张伟", "project", [Role::Member]).await;
        let stranger = api.holder("赵磊", "technology", [Role::Member, Role::Head]).await;
        let department = api.desk.department("project").await;
        let path = |rest: &str| format!("/departments/{department}/{rest}");
        let day = json!({ "code": "day", "name": "白班", "from": "08:00", "to": "22:00", "least": 1 });
        api.post(&one, &path("duty/shifts"), day.clone()).await.problem(403, "not-allowed");
        api.post(&stranger, &path("duty/shifts"), day.clone()).await.problem(404, "not-found");
        let wrong = json!({ "code": "x", "name": "x", "from": "8", "to": "25:00" });
        let problem = api.post(&head, &path("duty/shifts"), wrong).await.problem(422, "fields");
        assert_eq!(problem["fields"].as_array().unwrap().len(), 2);
        let shift = id(&api.post(&head, &path("duty/shifts"), day.clone()).await.is(CREATED));
        api.post(&head, &path("duty/shifts"), day).await.problem(409, "taken");
        let rule = json!({ "assigning": "round_robin", "after_hours": "wait", "cover_from": "08:00", "cover_to": "22:00", "version": 0 });
        api.put(&head, &path("duty/rule"), rule.clone()).await.is(DONE);
        api.put(&head, &path("duty/rule"), rule).await.problem(409, "stale");

        let me = api.get(&one, "/me").await.is(OK);
        let place = json!({ "shift": shift, "day": "2026-11-02", "person": me["id"] });
        let turn = id(&api.post(&head, "/turns", place.clone()).await.is(CREATED));
        let again = api.post(&head, "/turns", place).await.problem(409, "turns-overlap");
        assert!(again["detail"].as_str().unwrap().contains("张伟"), "{again}");
        let proposed = api.post(&head, &path("roster/2026-11/proposal"), json!({ "rhythm": "weekly" })).await.is(OK);
        assert_eq!(proposed["turns"].as_array().unwrap().len(), 29);
        assert_eq!(api.get(&one, &path("roster/2026-11")).await.is(OK)["turns"], json!([]));
        api.knock(&head, &path("roster/2026-11/publication")).await.is(OK);
        assert_eq!(api.get(&one, &path("roster/2026-11")).await.is(OK)["turns"].as_array().unwrap().len(), 29);
        assert_eq!(api.get(&head, &path("duty/ahead?days=7")).await.is(OK)["items"], json!([]));
        let beyond = api.get(&head, &path("duty/ahead?days=29")).await.is(OK);
        assert_eq!(beyond["items"][0]["code"], "gap");
        assert_eq!(api.get(&one, &path("duty")).await.is(OK)["people"][0]["name"], "张伟");

        api.knock(&head, &format!("/turns/{turn}/sign-in")).await.problem(404, "not-found");
        api.knock(&one, &format!("/turns/{turn}/sign-in")).await.is(DONE);
        let mine = api.get(&one, "/me/duty").await.is(OK);
        assert_eq!((&mine["presence"], &mine["now"][0]["late_seconds"]), (&json!("on_duty"), &json!(3600)));

        let leave = json!({ "from": "2026-11-20", "to": "2026-11-21", "kind": "sick" });
        let leave = id(&api.post(&one, "/leaves", leave).await.is(CREATED));
        let yes = json!({ "verdict": "yes", "version": 1 });
        api.post(&one, &format!("/leaves/{leave}/decision"), yes.clone()).await.problem(403, "not-allowed");
        api.post(&head, &format!("/leaves/{leave}/decision"), yes.clone()).await.is(DONE);
        api.post(&head, &format!("/leaves/{leave}/decision"), yes).await.problem(409, "stale");
        let listed = api.get(&head, &path("leaves")).await.is(OK);
        assert_eq!(listed["items"][0]["state"], "approved");
    });
}

#[test]
fn a_swap_and_a_hand_over_take_two() {
    on_both(async |api| {
        let head = api.holder("刘洋", "project", [Role::Member, Role::Head]).await;
        let one = api.holder("张伟", "project", [Role::Member]).await;
        let two = api.holder("孙丽", "project", [Role::Member]).await;
        let department = api.desk.department("project").await;
        let day = json!({ "code": "day", "name": "白班", "from": "08:00", "to": "18:00", "least": 1 });
        let night =
            json!({ "code": "night", "name": "夜班", "from": "18:00", "to": "08:00", "least": 1, "night": true });
        let shifts = format!("/departments/{department}/duty/shifts");
        let day = id(&api.post(&head, &shifts, day).await.is(CREATED));
        let night = id(&api.post(&head, &shifts, night).await.is(CREATED));
        let (me, you) = (api.get(&one, "/me").await.is(OK), api.get(&two, "/me").await.is(OK));
        let put = async |shift: &str, day: &str, person: &Value| {
            let place = json!({ "shift": shift, "day": day, "person": person["id"] });
            id(&api.post(&head, "/turns", place).await.is(CREATED))
        };
        put(&day, "2026-11-02", &me).await;
        put(&night, "2026-11-02", &you).await;
        let turn = put(&day, "2026-11-05", &me).await;
        api.knock(&head, &format!("/departments/{department}/roster/2026-11/publication")).await.is(OK);

        let swap = id(&api.post(&one, "/swaps", json!({ "turn": turn, "to": you["id"] })).await.is(CREATED));
        let yes = |version: i64| json!({ "verdict": "yes", "version": version });
        api.post(&head, &format!("/swaps/{swap}/decision"), yes(1)).await.problem(409, "duty-settled");
        api.post(&two, &format!("/swaps/{swap}/answer"), yes(1)).await.is(DONE);
        api.post(&head, &format!("/swaps/{swap}/decision"), yes(2)).await.is(DONE);
        let roster = api.get(&one, &format!("/departments/{department}/roster/2026-11")).await.is(OK);
        let moved = roster["turns"].as_array().unwrap().iter().find(|one| one["id"] == json!(turn)).unwrap();
        assert_eq!((&moved["person"]["name"], &moved["origin"]), (&json!("孙丽"), &json!("swap")));

        let new = json!({ "shift": day, "day": "2026-11-02" });
        let drawn = api.post(&one, "/handovers", new).await.is(CREATED);
        assert_eq!((&drawn["state"], &drawn["incoming"][0]["name"]), (&json!("draft"), &json!("孙丽")));
        let path = format!("/handovers/{}", id(&drawn));
        let text = json!({ "remarks": { "needs": "只接电话" }, "version": 1 });
        api.put(&two, &path, text.clone()).await.problem(403, "not-allowed");
        assert_eq!(api.put(&one, &path, text).await.is(OK)["remarks"]["needs"], "只接电话");
        let sign = |version: i64| json!({ "version": version });
        api.post(&one, &format!("{path}/outgoing-signature"), sign(2)).await.problem(409, "too-early");
        api.desk.clock.set("2026-11-02T17:30:00+08:00");
        let due = api.get(&one, &format!("/departments/{department}/handovers/due")).await.is(OK);
        assert_eq!(due["items"][0]["handover"], drawn["id"]);
        api.post(&two, &format!("{path}/incoming-signature"), sign(2)).await.problem(409, "not-handed-over");
        api.post(&one, &format!("{path}/outgoing-signature"), sign(2)).await.is(OK);
        api.post(&one, &format!("{path}/incoming-signature"), sign(3)).await.problem(409, "same-signer");
        let taken = api.post(&two, &format!("{path}/incoming-signature"), sign(3)).await.is(OK);
        assert_eq!((&taken["state"], &taken["taken_by"]["name"]), (&json!("taken"), &json!("孙丽")));
        api.put(&one, &path, json!({ "version": 4 })).await.problem(409, "handover-signed");
        let list = api.get(&head, &format!("/departments/{department}/handovers")).await.is(OK);
        assert_eq!((list["items"].as_array().unwrap().len(), &list["next"]), (1, &Value::Null));
    });
}
