//! People, departments, answers and views: edits name the version that they saw; accounts are an administrator's.

use axum::http::StatusCode;
use serde_json::{Value, json};
use yingda_core::Role;

use crate::caller::on_both;

const OK: StatusCode = StatusCode::OK;
const CREATED: StatusCode = StatusCode::CREATED;

#[test]
fn an_administrator_looks_after_people() {
    on_both(async |api| {
        let clerk = api.clerk().await;
        let admin = api.holder("管理员", "service-center", [Role::Administrator]).await;
        let department = json!({ "code": "legal", "name": "法务部" });
        api.post(&clerk, "/departments", department.clone()).await.problem(403, "not-allowed");
        let legal = api.post(&admin, "/departments", department.clone()).await.is(CREATED);
        api.post(&admin, "/departments", department).await.problem(409, "taken");
        let path = format!("/departments/{}", legal["id"].as_str().unwrap());
        let edit = json!({ "name": "法律事务部", "active": true, "version": legal["version"] });
        assert_eq!(api.put(&admin, &path, edit.clone()).await.is(OK)["name"], "法律事务部");
        api.put(&admin, &path, edit).await.problem(409, "stale");

        let person = json!({ "login": "zhou", "name": "周律师", "department": legal["id"], "roles": ["member"], "password": "long enough" });
        let made = api.post(&admin, "/people", person.clone()).await.is(CREATED);
        assert_eq!(made["account"]["roles"], json!(["member"]));
        api.post(&admin, "/people", person).await.problem(409, "taken");
        let path = format!("/people/{}", made["id"].as_str().unwrap());
        assert_eq!(api.get(&clerk, &path).await.is(OK).get("account"), None);
        let edit = json!({
            "login": "zhou", "name": "周律师", "department": legal["id"], "roles": ["member", "head"], "active": false,
            "version": made["account"]["version"],
        });
        api.put(&clerk, &path, edit.clone()).await.problem(403, "not-allowed");
        assert_eq!(api.put(&admin, &path, edit.clone()).await.is(OK)["active"], false);
        api.put(&admin, &path, edit).await.problem(409, "stale");
    });
}

#[test]
fn answers_keep_their_earlier_texts() {
    on_both(async |api| {
        let clerk = api.clerk().await;
        let lead = api.holder("刘主管", "service-center", [Role::Supervisor]).await;
        let engineer = api.holder("陈工", "project", [Role::Member]).await;
        let text = json!({ "question": "保修多久", "answer": "一年" });
        api.post(&engineer, "/answers", text.clone()).await.problem(403, "not-allowed");
        let draft = api.post(&clerk, "/answers", text).await.is(CREATED);
        assert_eq!(draft["state"], "draft");
        let path = format!("/answers/{}", draft["id"].as_str().unwrap());
        api.get(&engineer, &path).await.problem(404, "not-found");
        let publish =
            json!({ "question": "保修多久", "answer": "两年", "state": "published", "version": draft["version"] });
        api.put(&clerk, &path, publish.clone()).await.problem(403, "not-allowed");
        api.put(&lead, &path, publish.clone()).await.is(OK);
        api.put(&lead, &path, publish).await.problem(409, "stale");
        let seen = api.get(&engineer, &path).await.is(OK);
        assert_eq!(seen["answer"], "两年");
        let texts: Vec<&Value> =
            seen["versions"].as_array().unwrap().iter().map(|version| &version["answer"]).collect();
        assert!(texts.contains(&&json!("一年")), "{seen}");
    });
}

#[test]
fn views_are_ones_own() {
    on_both(async |api| {
        let clerk = api.clerk().await;
        let other = api.holder("李娜", "service-center", [Role::Agent]).await;
        let saved =
            api.post(&clerk, "/views", json!({ "name": "紧急的", "query": "priority=urgent" })).await.is(CREATED);
        let path = format!("/views/{}", saved["id"].as_str().unwrap());
        assert_eq!(api.get(&other, "/views").await.is(OK)["items"], json!([]));
        api.put(&other, &path, json!({ "name": "我的" })).await.problem(404, "not-found");
        api.delete(&other, &path).await.problem(404, "not-found");
        assert_eq!(api.put(&clerk, &path, json!({ "name": "急" })).await.is(OK)["name"], "急");
        api.delete(&clerk, &path).await.is(StatusCode::NO_CONTENT);
        assert_eq!(api.get(&clerk, "/views").await.is(OK)["items"], json!([]));
    });
}

#[test]
fn the_customer_is_told_later_and_then_has_been() {
    on_both(async |api| {
        let clerk = api.clerk().await;
        let ticket = api.consultation(&clerk, "保修期").await;
        let to = api.desk.department("project").await;
        let transfer = json!({ "department": to, "reason": "属项目部", "tell": "已转项目部，明天回复您。" });
        let moved = api.post(&clerk, &format!("/tickets/{ticket}/transfer"), transfer).await.is(OK);
        assert_eq!((&moved["owner"]["name"], &moved["assignee"]), (&json!("王芳"), &Value::Null));
        let message = &moved["messages"][0];
        assert_eq!(message["told"], Value::Null);
        api.desk.clock.minutes(5);
        let told = api.knock(&clerk, &format!("/messages/{}/told", message["id"].as_str().unwrap())).await.is(OK);
        assert_eq!((&told["told"], &told["told_by"]["name"]), (&json!("2026-11-02T01:05:00Z"), &json!("王芳")));
        let sales = api.desk.department("sales").await;
        let copied =
            api.post(&clerk, &format!("/tickets/{ticket}/copies"), json!({ "department": sales })).await.is(OK);
        let involved = copied["departments"].as_array().unwrap();
        assert!(involved.iter().any(|d| d["id"] == json!(sales) && d["copied"] == true), "{involved:?}");
        let label =
            api.post(&clerk, &format!("/tickets/{ticket}/progress"), json!({ "label": "已转部门" })).await.is(OK);
        assert_eq!(label["progress"], "已转部门");
    });
}
