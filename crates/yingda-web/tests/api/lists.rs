//! Lists: every row once, in order, whatever the size of a page; filters that hold.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use serde_json::{Value, json};
use yingda_core::Role;

use crate::caller::{Api, Holder, consultation, on_both};

async fn walk(api: &Api, holder: &Holder, path: &str, limit: usize) -> Vec<Value> {
    let mut all = Vec::new();
    let mut cursor = String::new();
    loop {
        let join = if path.contains('?') { '&' } else { '?' };
        let page = api.get(holder, &format!("{path}{join}limit={limit}{cursor}")).await.is(StatusCode::OK);
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= limit);
        all.extend(items.iter().cloned());
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
        assert!(all.len() < 1_000, "{path} never ends");
    }
}

#[test]
fn paging_meets_everything_once() {
    on_both(async |api| {
        let clerk = api.clerk().await;
        let lead = api.holder("刘主管", "service-center", [Role::Supervisor]).await;
        let engineer = api.holder("陈工", "project", [Role::Member]).await;
        let project = engineer.actor.department;
        for n in 0..11 {
            let ticket = api.consultation(&clerk, &format!("保修期{n}")).await;
            api.post(
                &clerk,
                &format!("/tickets/{ticket}/contact-sheets"),
                json!({ "to": project, "question": format!("问题{n}") }),
            )
            .await
            .is(StatusCode::CREATED);
            let answer = json!({ "question": format!("问{n}"), "answer": "答", "state": "published" });
            api.post(&lead, "/answers", answer).await.is(StatusCode::CREATED);
            api.desk.clock.minutes(1);
        }
        for (holder, path, whole) in [
            (&clerk, "/tickets", 11),
            (&clerk, "/tickets?order=due", 11),
            (&engineer, "/tickets?state=any", 11),
            (&engineer, "/sheets", 11),
            (&engineer, "/answers", 11),
            (&clerk, "/people", 3),
            (&clerk, "/search?q=%E4%BF%9D%E4%BF%AE%E6%9C%9F", 0),
            (&clerk, "/departments", 0),
        ] {
            let at_once = walk(&api, holder, path, 100).await;
            assert!(at_once.len() >= whole.max(3), "{path}: {}", at_once.len());
            assert!(whole == 0 || at_once.len() == whole, "{path}: {}", at_once.len());
            let texts = |rows: &[Value]| rows.iter().map(Value::to_string).collect::<Vec<_>>();
            for limit in [1, 4, 11] {
                let rows = walk(&api, holder, path, limit).await;
                assert_eq!(texts(&rows), texts(&at_once), "{path} by {limit}");
                assert_eq!(texts(&rows).iter().collect::<BTreeSet<_>>().len(), rows.len(), "{path} by {limit}");
            }
        }
    });
}

#[test]
fn filters_hold() {
    on_both(async |api| {
        let clerk = api.clerk().await;
        let mut urgent = consultation("漏水", true);
        urgent["fields"]["record.priority"] = json!("紧急");
        let urgent = api.post(&clerk, "/tickets", urgent).await.is(StatusCode::CREATED);
        api.desk.clock.hours(1);
        let other = api.consultation(&clerk, "保修期").await;
        api.post(&clerk, &format!("/tickets/{other}/assignment"), json!({ "person": null })).await.is(StatusCode::OK);
        let me = clerk.actor.person;
        let department = clerk.actor.department;
        for (query, found) in [
            ("".to_owned(), 2),
            ("?priority=urgent".to_owned(), 1),
            ("?priority=low".to_owned(), 0),
            ("?assignee=me".to_owned(), 1),
            (format!("?assignee={me}"), 1),
            ("?assignee=none".to_owned(), 1),
            (format!("?department={department}"), 2),
            ("?channel=phone&process=customer-consultation".to_owned(), 2),
            ("?channel=mail".to_owned(), 0),
            ("?process=nonsense".to_owned(), 0),
            ("?from=2026-11-02T01:30:00Z".to_owned(), 1),
            ("?until=2026-11-02T01:30:00Z".to_owned(), 1),
            ("?from=2026-11-02T09:00:00%2B08:00&until=2026-11-02T09:00:01%2B08:00".to_owned(), 1),
            ("?state=closed".to_owned(), 0),
            ("?state=open".to_owned(), 2),
        ] {
            let page = api.get(&clerk, &format!("/tickets{query}")).await.is(StatusCode::OK);
            assert_eq!(page["items"].as_array().unwrap().len(), found, "{query}");
        }
        assert_eq!(urgent["priority"], "urgent");
        let cursor = api.get(&clerk, "/tickets?limit=1").await.is(StatusCode::OK)["next"].as_str().unwrap().to_owned();
        let wrong = api.get(&clerk, &format!("/tickets?order=due&cursor={cursor}")).await.field();
        assert_eq!(wrong, ("cursor".to_owned(), "malformed".to_owned()));
    });
}
