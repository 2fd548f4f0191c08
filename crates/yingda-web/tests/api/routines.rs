//! Recurring work and my day for programs.

use axum::http::StatusCode;
use serde_json::json;
use yingda_core::Role;

use crate::caller::on_both;

const OK: StatusCode = StatusCode::OK;
const CREATED: StatusCode = StatusCode::CREATED;

#[test]
fn a_routine_is_made_done_and_read() {
    on_both(async |api| {
        let clerk = api.clerk().await;
        let lead = api.holder("刘主管", "service-center", [Role::Supervisor]).await;
        let body = json!({
            "label": "日报", "role": "agent", "share": "each", "every": "day", "at": "16:00", "fields": ["今日工作"], "exempt": true,
            "reader_role": "supervisor",
        });
        api.post(&clerk, "/routines", body.clone()).await.problem(403, "not-allowed");
        let wrong = json!({ "label": " ", "every": "year", "year_day": "02-30" });
        let problem = api.post(&lead, "/routines", wrong).await;
        let problem = problem.problem(422, "fields");
        let codes: Vec<&str> =
            problem["fields"].as_array().unwrap().iter().filter_map(|f| f["code"].as_str()).collect();
        assert_eq!(codes, ["missing", "nobody-named", "never-comes"]);
        let made = api.post(&lead, "/routines", body.clone()).await.is(CREATED);
        assert_eq!((&made["every"], &made["next"]), (&json!("day"), &json!("2026-11-02T08:00:00Z")));
        let path = format!("/routines/{}", made["id"].as_str().unwrap());
        let mut edit = body;
        edit["label"] = json!("每日小结");
        api.put(&lead, &path, edit.clone()).await.problem(422, "fields");
        edit["version"] = json!(1);
        assert_eq!(api.put(&lead, &path, edit.clone()).await.is(OK)["label"], "每日小结");
        api.put(&lead, &path, edit).await.problem(409, "stale");
        let day = api.get(&clerk, "/day").await.is(OK);
        let ours = day["coming"].as_array().unwrap().iter().find(|work| work["label"] == "每日小结").unwrap();
        let work = format!("/work/{}", ours["id"].as_str().unwrap());
        let said = json!({ "fields": { "record.f1": "处理工单九张" } });
        api.post(&clerk, &format!("{work}/submission"), said.clone()).await.problem(409, "work-not-open");
        api.desk.clock.set("2026-11-02T16:30:00+08:00");
        let odd = json!({ "fields": { "other.f1": "x" } });
        api.post(&clerk, &format!("{work}/submission"), odd).await.problem(422, "fields");
        let done = api.post(&clerk, &format!("{work}/submission"), said.clone()).await.is(OK);
        assert_eq!((&done["state"], &done["record"][0]["text"]), (&json!("submitted"), &json!("处理工单九张")));
        api.post(&clerk, &format!("{work}/submission"), said).await.problem(409, "work-done");
        let team = api.get(&lead, "/day/team").await.is(OK);
        assert_eq!(team["to_read"][0]["may_read"], true);
        let reading = json!({ "mark": "good", "version": 1 });
        api.post(&lead, &format!("{work}/reading"), reading).await.problem(409, "stale");
        let read = api.post(&lead, &format!("{work}/reading"), json!({ "mark": "good" })).await.is(OK);
        assert_eq!((&read["state"], &read["mark"]), (&json!("read"), &json!("good")));
        api.get(&clerk, "/day/team").await.problem(403, "not-allowed");
        let history = api.get(&lead, &format!("{path}/work?limit=1")).await.is(OK);
        assert_eq!((history["items"].as_array().unwrap().len(), &history["next"]), (1, &json!(null)));
        let rest = json!({ "active": false, "version": 2 });
        assert_eq!(api.put(&lead, &format!("{path}/state"), rest).await.is(OK)["active"], false);
        let catalogue = api.get(&lead, "/routine-catalogue").await.is(OK);
        assert!(catalogue["items"].as_array().unwrap().iter().any(|e| e["code"] == "t57" && e["source"] == "S27"));
        let taken = api.post(&lead, "/routine-catalogue/t57", json!({})).await.is(CREATED);
        assert_eq!(taken["process"], "catalogue");
        api.post(&lead, "/routine-catalogue/t57", json!({})).await.problem(409, "taken");
    });
}
