//! Files and tables: up in both ways, down as they were; a table looked at, refused whole, taken in whole, given out again.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use yingda_core::Role;

use crate::caller::{Answer, Api, Holder, on_both, request};

const BOUNDARY: &str = "----yingda";

async fn form(api: &Api, holder: &Holder, path: &str, file: Option<(&str, &[u8])>, fields: &[(&str, &str)]) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(
            format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").as_bytes(),
        );
    }
    if let Some((name, bytes)) = file {
        body.extend(
            format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n")
                .as_bytes(),
        );
        body.extend(bytes);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").as_bytes());
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    api.send(request(Method::POST, path, holder).header("content-type", kind).body(Body::from(body)).unwrap()).await
}

#[test]
fn an_attachment_goes_up_down_and_off() {
    on_both(async |api| {
        let clerk = api.clerk().await;
        let ticket = api.consultation(&clerk, "保修期").await;
        let path = format!("/tickets/{ticket}/attachments");
        let bytes = "现场记录\n".repeat(20_000).into_bytes();
        let raw = request(Method::POST, &format!("{path}?name=%E8%AE%B0%E5%BD%95.txt"), &clerk)
            .body(Body::from(bytes.clone()))
            .unwrap();
        let raw = api.send(raw).await.is(StatusCode::CREATED);
        assert_eq!(
            (&raw["name"], &raw["media_type"], &raw["size"]),
            (&json!("记录.txt"), &json!("text/plain"), &json!(bytes.len()))
        );
        let by_form = form(&api, &clerk, &path, Some(("b.log", &bytes)), &[]).await.is(StatusCode::CREATED);
        assert_eq!(by_form["sha256"], raw["sha256"]);

        let file = format!("/attachments/{}", raw["id"].as_str().unwrap());
        let down = api.get(&clerk, &file).await;
        assert_eq!((down.status, &down.bytes), (StatusCode::OK, &bytes));
        assert_eq!(down.headers["content-disposition"], "attachment; filename*=UTF-8''%E8%AE%B0%E5%BD%95.txt");
        assert_eq!(down.headers["content-type"], "text/plain");

        let wrong = |name: &str, bytes: &'static [u8]| {
            request(Method::POST, &format!("{path}?name={name}"), &clerk).body(Body::from(bytes)).unwrap()
        };
        api.send(wrong("a.exe", b"MZ")).await.problem(415, "file-type");
        api.send(wrong("a.png", b"GIF89a\x01\x00\x01\x00\x00")).await;
        let unnamed = request(Method::POST, &path, &clerk).body(Body::from("x")).unwrap();
        assert_eq!(api.send(unnamed).await.field().0, "name");
        assert_eq!(form(&api, &clerk, &format!("{path}?name=a.txt"), None, &[]).await.field().0, "file");
        let large = request(Method::POST, &format!("{path}?name=a.txt"), &clerk)
            .body(Body::from(vec![b'a'; 21 * 1024 * 1024]))
            .unwrap();
        api.send(large).await.problem(413, "too-large");

        let other = api.holder("李娜", "service-center", [Role::Agent]).await;
        api.delete(&other, &file).await.problem(403, "not-allowed");
        api.delete(&clerk, &file).await.is(StatusCode::NO_CONTENT);
        api.get(&clerk, &file).await.problem(404, "not-found");
        api.desk.run_jobs().await;
        let left = format!("/attachments/{}", by_form["id"].as_str().unwrap());
        assert_eq!(api.get(&clerk, &left).await.bytes, bytes);
    });
}

/// S03's form with two rows, or with an unknown department in the second.
fn table(second: &str) -> String {
    let header = "工单编号,客户名称,联系人,联系方式,问题类型,问题描述,优先级,处理部门,责任人,受理时间,响应时间,解决时间,处理结果摘要,客户评价,备注";
    let row = |number: &str, department: &str| {
        format!(
            "{number},某机械公司,李先生,13800138000,技术故障,设备报错E01,高,{department},,2026-10-08 09:00,2026-10-08 09:20,,,,"
        )
    };
    format!("{header}\n{}\n{}\n", row("CS2026100001", "技术部"), row("CS2026100002", second))
}

#[test]
fn a_table_comes_in_whole_or_not_at_all() {
    on_both(async |api| {
        let clerk = api.clerk().await;
        let lead = api.holder("刘主管", "service-center", [Role::Supervisor]).await;
        let process = api.get(&lead, "/processes").await.is(StatusCode::OK);
        let process =
            process["items"].as_array().unwrap().iter().find(|p| p["source"] == "S03").unwrap()["process"].clone();
        let process = process.as_str().unwrap();
        let send = async |holder: &Holder, table: &str, fields: &[(&str, &str)]| {
            form(&api, holder, "/imports", Some(("表.csv", table.as_bytes())), fields).await
        };
        let bad = table("没有这个部");
        send(&clerk, &bad, &[("process", process)]).await.problem(403, "not-allowed");
        let report = send(&lead, &bad, &[("process", process)]).await.is(StatusCode::OK);
        assert_eq!((&report["rows"], &report["imported"]), (&json!(2), &Value::Null));
        assert_eq!(report["faults"][0]["row"], 3, "{report}");
        assert_eq!(report["faults"][0]["value"], "没有这个部", "{report}");
        send(&lead, &bad, &[("process", process), ("apply", "true")]).await.problem(422, "import");
        let good = table("技术部");
        let report = send(&lead, &good, &[("process", process)]).await.is(StatusCode::OK);
        assert_eq!((&report["faults"], &report["imported"]), (&json!([]), &Value::Null));
        let mapping = report["mapping"].to_string();
        let fields = [("process", process), ("mapping", mapping.as_str()), ("apply", "true")];
        assert_eq!(send(&lead, &good, &fields).await.is(StatusCode::OK)["imported"], 2);
        send(&lead, &good, &fields).await.problem(422, "import");

        let file = api.get(&lead, "/tickets/export?format=csv&state=any").await;
        assert_eq!(file.headers["x-rows"], "2");
        let text = String::from_utf8(file.bytes).unwrap();
        assert!(text.contains("CS2026100001") && text.contains("设备报错E01"), "{text}");

        assert_eq!(send(&lead, &good, &[]).await.field().0, "process");
        assert_eq!(
            send(&lead, &good, &[("process", process), ("aply", "true")]).await.field(),
            ("aply".to_owned(), "unknown-field".to_owned())
        );
        assert_eq!(send(&lead, &good, &[("process", process), ("mapping", "{")]).await.field().0, "mapping");
        assert_eq!(form(&api, &lead, "/imports", None, &[("process", process)]).await.field().0, "file");
        send(&lead, &good, &[("process", "nonsense")]).await.problem(422, "process");
    });
}
