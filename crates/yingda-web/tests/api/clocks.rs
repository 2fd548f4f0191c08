//! Clocks and policies by the API: the same facts and the same rules as on the pages.

use axum::http::StatusCode;
use serde_json::{Value, json};
use yingda_core::Role;
use yingda_testkit::form;

use crate::caller::{Api, Holder, on_both};

async fn urgent(api: &Api, clerk: &Holder) -> String {
    let fault = form! {
        "accept.customer" => "深圳市某某机械有限公司", "accept.contact" => "李工", "accept.phone" => "13912345678",
        "accept.industry" => "制造业", "accept.judgement" => "售后报修", "accept.subject" => "一号线报错",
        "accept.description" => "设备运行中频繁报错,影响生产", "accept.occurred_at" => "2026-11-02 08:30",
        "accept.impact" => "一条生产线", "accept.wanted_by" => "需3天内提供方案", "accept.complex" => "false",
        "register.scenario" => "售后保障", "register.class" => "技术故障类", "register.priority" => "紧急",
        "register.cross" => "false", "register.safety_risk" => "false", "register.to_superior" => "false",
    };
    api.desk.receive(&clerk.actor, "enterprise-support", "phone", fault).await.unwrap().id.to_string()
}

fn find<'a>(clocks: &'a Value, rule: &str) -> &'a Value {
    clocks.as_array().unwrap().iter().find(|clock| clock["rule"] == rule).unwrap()
}

#[test]
fn a_program_reads_pauses_and_sets_clocks() {
    on_both(async |api| {
        let clerk = api.clerk().await;
        let stranger = api.holder("孙工", "sales", [Role::Member]).await;
        let id = urgent(&api, &clerk).await;
        let path = format!("/tickets/{id}/clocks");
        api.get(&stranger, &path).await.problem(404, "not-found");
        let all = api.get(&clerk, &path).await.is(StatusCode::OK);
        let solution = find(&all, "solution");
        assert_eq!(solution["target"], json!({ "kind": "limit", "limit": { "amount": 2, "unit": "working_days" } }));
        assert_eq!((&solution["state"], &solution["calendar"]), (&json!("running"), &json!("office")));
        assert_eq!(solution["due"], "2026-11-03T10:00:00Z");
        let account = &solution["accounts"][0];
        assert!(account["lines"][0].as_str().unwrap().is_ascii(), "in the language that is asked for");
        assert!(account["account"]["lines"].as_array().unwrap().len() > 2);
        let one = format!("{path}/{}", solution["id"].as_str().unwrap());
        assert_eq!(api.get(&clerk, &one).await.is(StatusCode::OK)["label"], "解决");
        api.get(&clerk, &format!("{path}/clk_0")).await.problem(404, "not-found");

        let pause = |reason: &str, note: &str| json!({ "reason": reason, "note": note });
        let wrong = api.post(&clerk, &format!("{path}/pause"), pause("lunch", "x")).await.problem(422, "fields");
        assert_eq!(wrong["fields"][0]["field"], "reason");
        api.post(&stranger, &format!("{path}/pause"), pause("waiting_customer", "x")).await.problem(404, "not-found");
        let stale = json!({ "reason": "waiting_customer", "note": "x", "version": 0 });
        api.post(&clerk, &format!("{path}/pause"), stale).await.problem(409, "stale");
        let held =
            api.post(&clerk, &format!("{path}/pause"), pause("waiting_customer", "编号")).await.is(StatusCode::OK);
        let held = find(&held, "solution");
        assert_eq!((&held["state"], &held["due"]), (&json!("paused"), &Value::Null));
        assert_eq!(held["pauses"][0]["note"], "编号");
        let going = api.post(&clerk, &format!("{path}/resume"), json!({})).await.is(StatusCode::OK);
        assert_eq!(find(&going, "solution")["state"], "running");

        let limit = format!("{one}/limit");
        let zero = json!({ "limit": { "amount": 0, "unit": "days" }, "reason": "x" });
        let wrong = api.post(&clerk, &limit, zero).await.problem(422, "fields");
        assert_eq!(wrong["fields"][0]["code"], "limit-zero");
        let both = json!({ "limit": { "amount": 1, "unit": "days" }, "until": "2026-11-09T01:00:00Z", "reason": "x" });
        assert_eq!(api.post(&clerk, &limit, both).await.problem(422, "fields")["fields"][0]["code"], "limit-twice");
        let set = json!({ "limit": { "amount": 4, "unit": "working_hours" }, "reason": "客户要求" });
        let set = api.post(&clerk, &limit, set).await.is(StatusCode::OK);
        assert_eq!((&set["own"]["reason"], &set["whole_seconds"]), (&json!("客户要求"), &json!(4 * 3600)));
        let usual = api.post(&clerk, &limit, json!({ "reason": "不急了" })).await.is(StatusCode::OK);
        assert_eq!(usual["own"], Value::Null);
    });
}

#[test]
fn a_program_looks_at_a_policy_before_it_changes_it() {
    on_both(async |api| {
        let clerk = api.clerk().await;
        let lead = api.holder("陈强", "service-center", [Role::Supervisor]).await;
        let stranger = api.holder("孙工", "sales", [Role::Member]).await;
        let id = urgent(&api, &clerk).await;
        let path = "/policies/enterprise-support";
        api.get(&stranger, path).await.problem(403, "not-allowed");
        api.get(&clerk, "/policies/nowhere").await.problem(404, "not-found");
        let now = api.get(&clerk, path).await.is(StatusCode::OK);
        assert_eq!(now["version"], "0");
        let solution = now["clocks"].as_array().unwrap().iter().find(|clock| clock["id"] == "solution").unwrap();
        assert_eq!(solution["cells"][0]["from"], "default");
        let cells = |amount: u32| json!([{ "channel": null, "priority": "紧急", "limit": { "amount": amount, "unit": "working_days" } }]);
        let clocks = |amount: u32| json!({ "solution": { "calendar": null, "cells": cells(amount) } });
        let preview = format!("{path}/preview");
        api.post(&clerk, &preview, json!({ "clocks": clocks(1) })).await.problem(403, "not-allowed");
        let seen = api.post(&lead, &preview, json!({ "clocks": clocks(1) })).await.is(StatusCode::OK);
        assert_eq!((&seen["moved"], &seen["first"][0]["after"]), (&json!(1), &json!("2026-11-02T10:00:00Z")));
        let put =
            |amount: u32, version: &str| json!({ "clocks": clocks(amount), "version": version, "reason": "协议" });
        let wrong = api.put(&lead, path, put(0, "0")).await.problem(422, "fields");
        assert_eq!(wrong["fields"][0]["field"], "clock.solution.other.urgent");
        let kept = api.put(&lead, path, put(1, "0")).await.is(StatusCode::OK);
        assert_eq!(api.put(&lead, path, put(1, "0")).await.is(StatusCode::OK)["version"], kept["version"], "once");
        api.put(&lead, path, put(3, "0")).await.problem(409, "stale");
        api.desk.run_jobs().await;
        let due = api.get(&clerk, &format!("/tickets/{id}/clocks")).await.is(StatusCode::OK);
        assert_eq!(find(&due, "solution")["due"], "2026-11-02T10:00:00Z");
        let history = api.get(&clerk, &format!("{path}/history")).await.is(StatusCode::OK);
        assert_eq!((&history[0]["reason"], &history[0]["clocks"]), (&json!("协议"), &clocks(1)));
        api.get(&stranger, &format!("{path}/history")).await.problem(403, "not-allowed");
    });
}
