//! Calendars by the API: the same rules as on the pages.

use axum::http::{Method, StatusCode};
use serde_json::json;
use yingda_core::Role;

use crate::caller::on_both;

#[test]
fn a_program_reads_and_changes_calendars() {
    on_both(async |api| {
        let clerk = api.clerk().await;
        let lead = api.holder("陈强", "service-center", [Role::Supervisor]).await;
        let stranger = api.holder("孙工", "sales", [Role::Member]).await;
        api.get(&stranger, "/calendars").await.problem(403, "not-allowed");
        let all = api.get(&clerk, "/calendars").await.is(StatusCode::OK);
        assert_eq!(all["items"][0]["code"], "office");
        assert_eq!(all["items"][0]["file"]["statutory"], "cn");
        let year = api.get(&clerk, "/calendars/office/years/2026").await.is(StatusCode::OK);
        assert_eq!((year["known"].clone(), year["days"][44]["reason"].clone()), (json!(true), json!("make_up")));
        api.get(&clerk, "/calendars/office/years/next").await.problem(404, "not-found");
        let due = "/calendars/office/due?from=2026-11-27T08:30:00Z&amount=28800&unit=working_seconds";
        let due = api.get(&clerk, due).await.is(StatusCode::OK);
        assert_eq!(due["due"], "2026-11-30T09:00:00Z");
        assert!(due["lines"].as_array().unwrap().len() > 2 && due["account"]["lines"].is_array());

        // Wrong hours are named by their field, a version that is past by its problem.
        let mut file = all["items"][0]["file"].clone();
        file["hours"]["fri"] = json!([["09:00", "12:00"], ["11:00", "18:00"]]);
        let put = |file: &serde_json::Value, version: i64| json!({ "name": "办公", "file": file, "version": version, "reason": "冬季" });
        let wrong = api.send_json(Method::PUT, &lead, "/calendars/office", None, put(&file, 0)).await;
        let problem = wrong.problem(422, "fields");
        assert_eq!(problem["fields"][0]["field"], "hours.fri");
        assert_eq!(problem["fields"][0]["code"], "calendar-overlap");
        file["hours"]["fri"] = json!([["09:00", "12:00"]]);
        let proposal = json!({ "name": "办公", "file": file });
        let seen = api.post(&lead, "/calendars/office/proposals", proposal).await.is(StatusCode::OK);
        assert!(seen["days"].as_array().unwrap().len() > 100 && seen["moves"]["total"] == 0);
        api.send_json(Method::PUT, &clerk, "/calendars/office", None, put(&file, 0)).await.problem(403, "not-allowed");
        let kept = api.send_json(Method::PUT, &lead, "/calendars/office", None, put(&file, 0)).await.is(StatusCode::OK);
        assert_eq!(kept["version"], 1);
        let day = json!({ "change": "free", "version": 0, "reason": "年会" });
        let stale = api.send_json(Method::PUT, &lead, "/calendars/office/days/2026-12-31", None, day).await;
        assert_eq!(stale.problem(409, "stale")["current_version"], 1);
        let day = json!({ "change": "as", "weekday": 1, "version": 1, "reason": "年会" });
        let set = api.send_json(Method::PUT, &lead, "/calendars/office/days/2026-12-27", None, day).await;
        assert!(set.is(StatusCode::OK)["file"]["overrides"]["2026-12-27"].is_array());

        // A later year's table in, and out again.
        let table =
            json!({ "year": 2027, "papers": [], "days": [{ "name": "元旦", "date": "2027-01-01", "isOffDay": true }] });
        let take = |table: &serde_json::Value| json!({ "table": table, "version": 2, "reason": "公布" });
        let mut empty = table.clone();
        empty["days"] = json!([]);
        api.post(&lead, "/calendars/office/tables", take(&empty)).await.problem(422, "fields");
        api.post(&lead, "/calendars/office/tables", take(&table)).await.is(StatusCode::OK);
        assert_eq!(api.get(&clerk, "/calendars/office/tables/2027").await.is(StatusCode::OK)["days"], table["days"]);

        let new =
            json!({ "code": "hotline", "name": "热线", "file": { "time_zone": "Asia/Shanghai", "hours": "24x7" } });
        api.post(&lead, "/calendars", new).await.is(StatusCode::CREATED);
        let gone = api.send_json(Method::DELETE, &lead, "/calendars/hotline?version=1&reason=x", None, json!({})).await;
        assert_eq!(gone.status, StatusCode::NO_CONTENT);
        api.get(&clerk, "/calendars/hotline").await.problem(404, "not-found");
        api.desk.run_jobs().await;
    });
}
