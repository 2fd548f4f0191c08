//! Calls the API as a program would: a token, a body, and what came back.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use serde_json::{Value, json};
use tower::ServiceExt;
use yingda_core::{Actor, Role};
use yingda_testkit::{Desk, desk};
use yingda_web::WebState;

/// A desk, its people's tokens, and its router.
pub struct Api {
    pub desk: Desk,
    pub router: Router,
}

/// Somebody with a token.
#[derive(Debug, Clone)]
pub struct Holder {
    pub actor: Actor,
    pub token: String,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

/// A desk with all processes on each engine.
pub fn on_both(test: impl AsyncFn(Api)) {
    desk::on_both(async |desk| {
        desk.install_all().await;
        let edge = desk.edge.clone();
        let router = yingda_web::router(WebState::new(desk.app.clone(), Arc::new(move || edge.ctx())));
        test(Api { desk, router }).await;
    });
}

impl Api {
    /// Adds somebody and gives them a token.
    pub async fn holder(&self, name: &str, department: &str, roles: impl IntoIterator<Item = Role>) -> Holder {
        let actor = self.desk.person(name, department, roles).await;
        let token = self.desk.make_token(&self.desk.ctx(), &actor, "tests").await.unwrap();
        Holder { actor, token }
    }

    /// A clerk of the desk.
    pub async fn clerk(&self) -> Holder {
        self.holder("王芳", "service-center", [Role::Agent]).await
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }

    pub async fn get(&self, holder: &Holder, path: &str) -> Answer {
        self.send(request(Method::GET, path, holder).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, holder: &Holder, path: &str, body: Value) -> Answer {
        self.send_json(Method::POST, holder, path, None, body).await
    }

    /// A post without a body.
    pub async fn knock(&self, holder: &Holder, path: &str) -> Answer {
        self.send(request(Method::POST, path, holder).body(Body::empty()).unwrap()).await
    }

    pub async fn put(&self, holder: &Holder, path: &str, body: Value) -> Answer {
        self.send_json(Method::PUT, holder, path, None, body).await
    }

    pub async fn delete(&self, holder: &Holder, path: &str) -> Answer {
        self.send(request(Method::DELETE, path, holder).body(Body::empty()).unwrap()).await
    }

    /// A post that must not happen twice.
    pub async fn post_once(&self, holder: &Holder, key: &str, path: &str, body: Value) -> Answer {
        self.send_json(Method::POST, holder, path, Some(key), body).await
    }

    pub async fn send_json(
        &self,
        method: Method,
        holder: &Holder,
        path: &str,
        key: Option<&str>,
        body: Value,
    ) -> Answer {
        let mut request = request(method, path, holder).header(header::CONTENT_TYPE, "application/json");
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// A consultation that is taken in: its id.
    pub async fn consultation(&self, holder: &Holder, subject: &str) -> String {
        let made = self.post(holder, "/tickets", consultation(subject, false)).await.is(StatusCode::CREATED);
        made["id"].as_str().unwrap().to_owned()
    }
}

pub fn request(method: Method, path: &str, holder: &Holder) -> axum::http::request::Builder {
    Request::builder()
        .method(method)
        .uri(format!("/api/v1{path}"))
        .header(header::AUTHORIZATION, format!("Bearer {}", holder.token))
        .header(header::ACCEPT_LANGUAGE, "en")
}

/// A call about a consultation (S01).
pub fn consultation(subject: &str, has_answer: bool) -> Value {
    json!({
        "process": "customer-consultation",
        "channel": "phone",
        "fields": {
            "record.contact": "李先生",
            "record.phone": "13800138000",
            "record.customer_kind": "已购客户",
            "record.subject": subject,
            "record.question": format!("{subject}怎么算？"),
            "record.on_site": false,
            "record.has_answer": has_answer,
        },
    })
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|_| panic!("no JSON: {}", String::from_utf8_lossy(&self.bytes)))
    }

    /// The body of an answer of this status.
    #[track_caller]
    pub fn is(&self, status: StatusCode) -> Value {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.bytes));
        if self.bytes.is_empty() { Value::Null } else { self.json() }
    }

    /// The body of a problem of this status and code.
    #[track_caller]
    pub fn problem(&self, status: u16, code: &str) -> Value {
        let text = String::from_utf8_lossy(&self.bytes).into_owned();
        assert_eq!(self.status.as_u16(), status, "{text}");
        let kind = self.headers.get(header::CONTENT_TYPE).map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(kind.as_deref(), Some("application/problem+json"), "{text}");
        let problem = self.json();
        assert_eq!(problem["code"], code, "{text}");
        assert_eq!(problem["type"], format!("urn:yingda:problem:{code}"));
        assert_eq!(problem["status"], status);
        assert!(!problem["request_id"].as_str().unwrap().is_empty());
        assert!(!text.contains('⟦'), "a sentence is missing: {text}");
        assert!(!problem["detail"].as_str().unwrap().is_empty());
        problem
    }

    /// The one field at fault, and what is wrong with it.
    #[track_caller]
    pub fn field(&self) -> (String, String) {
        let problem = self.problem(422, "fields");
        let fields = problem["fields"].as_array().unwrap();
        assert_eq!(fields.len(), 1, "{problem}");
        (fields[0]["field"].as_str().unwrap().to_owned(), fields[0]["code"].as_str().unwrap().to_owned())
    }
}
