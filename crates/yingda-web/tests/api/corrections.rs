//! What was misheard is corrected by a program as on the page: before and after in the history, late ones refused.

use axum::http::StatusCode;
use serde_json::{Value, json};
use yingda_core::Role;

use crate::caller::on_both;

#[test]
fn a_correction_tells_before_and_after() {
    on_both(async |api| {
        let clerk = api.clerk().await;
        let stranger = api.holder("赵强", "sales", [Role::Member]).await;
        let ticket = api.consultation(&clerk, "保修期").await;
        let path = format!("/tickets/{ticket}/particulars");
        let seen = api.get(&clerk, &format!("/tickets/{ticket}")).await.is(StatusCode::OK);
        assert_eq!((&seen["may"]["amend"], &seen["priority"]), (&json!(true), &json!("medium")));
        let words = json!({ "phone": "13900139000", "priority": "high", "contact_name": "李先生" });
        let body = json!({ "version": seen["version"], "particulars": words });
        let now = api.post(&clerk, &path, body.clone()).await.is(StatusCode::OK);
        assert_eq!((&now["phone"], &now["priority"]), (&json!("13900139000"), &json!("high")));
        let line = now["history"].as_array().unwrap().iter().find(|line| line["kind"] == "amended").unwrap();
        let changes = json!([["phone", "13800138000", "13900139000"], ["priority", "中", "高"]]);
        assert!(line.to_string().contains(&changes.to_string()), "{line}");
        assert_eq!(api.post(&clerk, &path, body).await.problem(409, "stale")["current_version"], now["version"]);
        let unseen = json!({ "particulars": { "remark": "回拨此号" } });
        assert_eq!(api.post(&clerk, &path, unseen.clone()).await.is(StatusCode::OK)["remark"], "回拨此号");
        api.post(&stranger, &path, unseen).await.problem(404, "not-found");
        let same = api.post(&clerk, &path, json!({ "particulars": {} })).await.is(StatusCode::OK);
        let kept = same["history"].as_array().unwrap().iter().filter(|line: &&Value| line["kind"] == "amended").count();
        assert_eq!(kept, 2);
    });
}
