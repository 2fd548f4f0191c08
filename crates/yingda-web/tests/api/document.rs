//! The OpenAPI document: it and the router name the same routes, everything it refers to is in it, and its list of paths is pinned.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use serde_json::Value;

use crate::caller::{Api, on_both};

const METHODS: [&str; 5] = ["get", "post", "put", "delete", "patch"];

fn document() -> Value {
    serde_json::to_value(yingda_web::api::openapi()).unwrap()
}

/// `GET /tickets` …, in the order of the document.
fn operations(document: &Value) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        all.extend(
            METHODS.iter().filter(|method| item.get(**method).is_some()).map(|m| (m.to_uppercase(), path.clone())),
        );
    }
    all
}

async fn call(api: &Api, method: &str, path: &str) -> crate::caller::Answer {
    let path = path
        .replace("{token}", "1")
        .replace("{month}", "2026-11")
        .replace("{number}", "x")
        .replace("{clock}", "x")
        .replace("{id}", "x")
        .replace("{name}", "x")
        .replace("{code}", "x")
        .replace("{year}", "2026")
        .replace("{date}", "2026-02-14");
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    api.send(Request::builder().method(method).uri(format!("/api/v1{path}")).body(Body::empty()).unwrap()).await
}

#[test]
fn the_document_names_the_routers_routes_and_no_others() {
    let document = document();
    let described: BTreeSet<String> = document["paths"].as_object().unwrap().keys().cloned().collect();
    // The router tells its paths only to those who print it; "/" is its place for what it does not know.
    let printed = format!("{:?}", yingda_web::api::routes());
    let routed: BTreeSet<String> = printed
        .split('"')
        .filter(|piece| piece.starts_with('/') && *piece != "/" && !piece.contains('*'))
        .map(str::to_owned)
        .collect();
    assert_eq!(described, routed);

    on_both(async |api| {
        let operations = operations(&document);
        for (method, path) in &operations {
            let answer = call(&api, method, path).await;
            if path == "/openapi.json" {
                assert_eq!(answer.is(StatusCode::OK)["openapi"], "3.1.0");
            } else {
                answer.problem(401, "no-token");
            }
        }
        // What a path takes is what its refusal of another method says.
        for path in &described {
            let answer = call(&api, "ODD", path).await;
            answer.problem(405, "method-not-allowed");
            let allow = answer.headers["allow"].to_str().unwrap();
            let allowed: BTreeSet<&str> = allow.split(',').map(str::trim).filter(|method| *method != "HEAD").collect();
            let named: BTreeSet<&str> =
                operations.iter().filter(|(_, p)| p == path).map(|(method, _)| method.as_str()).collect();
            assert_eq!(allowed, named, "{path}");
        }
    });
}

#[test]
fn everything_that_is_referred_to_is_there() {
    fn references<'v>(value: &'v Value, found: &mut BTreeSet<&'v str>) {
        match value {
            Value::Object(fields) => {
                found.extend(fields.get("$ref").and_then(Value::as_str));
                fields.values().for_each(|field| references(field, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let document = document();
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(found.len() > 30, "{found:?}");
    for reference in found {
        let pointer = reference.strip_prefix('#').unwrap_or_else(|| panic!("{reference} leads elsewhere"));
        assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
}

#[test]
fn every_operation_says_what_goes_wrong_and_who_may_ask() {
    let document = document();
    assert_eq!(document["components"]["securitySchemes"]["token"]["scheme"], "bearer");
    assert_eq!(document["security"][0]["token"], serde_json::json!([]));
    let mut ids = BTreeSet::new();
    for (method, path) in operations(&document) {
        let operation = &document["paths"][&path][method.to_lowercase()];
        let id = operation["operationId"].as_str().unwrap();
        assert!(ids.insert(id.to_owned()), "{id} stands twice");
        assert!(operation["summary"].as_str().is_some_and(|summary| !summary.is_empty()), "{method} {path}");
        assert!(
            operation["tags"].as_array().is_some_and(|tags| tags.len() == 1),
            "{method} {path}: {}",
            operation["tags"]
        );
        assert_eq!(operation["responses"]["default"]["$ref"], "#/components/responses/Problem", "{method} {path}");
        assert_eq!(path == "/openapi.json", operation["security"].is_array(), "{method} {path}");
    }
}

#[test]
fn the_list_of_paths() {
    let list: Vec<String> =
        operations(&document()).into_iter().map(|(method, path)| format!("{method} {path}")).collect();
    insta::assert_snapshot!(list.join("\n"));
}
