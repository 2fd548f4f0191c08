//! Problem documents (RFC 9457): what went wrong, in words for people and a code for programs.
//!
//! Refusals and faults of the house come here from the outermost layer; what cannot even be read as a request is turned away
//! by [`Reader`], where the request is still at hand.

use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;
use yingda_app::AppError;
use yingda_core::{Context, Refusal};

use crate::front::WebState;
use crate::front::refusal::{field_sentence, refusal_sentence};
use crate::front::visit::{locale_of, request_context};
use crate::i18n::Tr;

/// A problem document.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Names the kind of problem: `urn:yingda:problem:<code>`.
    #[serde(rename = "type")]
    #[schema(example = "urn:yingda:problem:stale")]
    pub kind: String,
    /// The last part of `type`.
    #[schema(example = "stale")]
    pub code: String,
    /// The status in words.
    #[schema(example = "Conflict")]
    pub title: String,
    /// The HTTP status.
    #[schema(example = 409)]
    pub status: u16,
    /// What went wrong, in the language that `Accept-Language` asks for.
    pub detail: String,
    /// Quote it when asking for help.
    pub request_id: String,
    /// Fields at fault, all of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
    /// With `stale`: the version that holds now, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current_version: Option<i64>,
}

/// A field at fault.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldProblem {
    /// The field's name; `form.field` for fields of a process's form.
    #[schema(example = "record.phone")]
    pub field: String,
    /// What is wrong with it.
    #[schema(example = "missing")]
    pub code: String,
    /// The same in words.
    pub detail: String,
}

impl Problem {
    fn new(ctx: &Context, status: StatusCode, code: &str, detail: String) -> Self {
        Self {
            kind: format!("urn:yingda:problem:{code}"),
            code: code.to_owned(),
            title: status.canonical_reason().unwrap_or_default().to_owned(),
            status: status.as_u16(),
            detail,
            request_id: ctx.request.clone(),
            fields: Vec::new(),
            current_version: None,
        }
    }
}

/// The answer to a request that ended in `error`.
pub(crate) fn response(t: Tr, ctx: &Context, status: StatusCode, error: &AppError) -> Response {
    let problem = match error {
        AppError::Refused(refusal) => {
            let mut problem = Problem::new(ctx, status, refusal.code(), refusal_sentence(t, refusal));
            match refusal {
                Refusal::Fields(fields) => {
                    problem.fields = fields
                        .iter()
                        .map(|f| FieldProblem {
                            field: f.field.clone(),
                            code: f.code.clone(),
                            detail: field_sentence(t, f),
                        })
                        .collect();
                }
                Refusal::Stale { current } => problem.current_version = Some(*current).filter(|current| *current > 0),
                _ => {}
            }
            problem
        }
        AppError::Store(_) | AppError::House(_) => {
            Problem::new(ctx, status, "house", t.say(&format!("error-{}-advice", status.as_u16())))
        }
    };
    document(&problem)
}

/// The answer to a request that the router itself turned away.
pub(crate) fn plain(t: Tr, ctx: &Context, status: StatusCode) -> Response {
    let code = match status {
        StatusCode::NOT_FOUND => "not-found",
        StatusCode::METHOD_NOT_ALLOWED => "method-not-allowed",
        StatusCode::PAYLOAD_TOO_LARGE => "body-too-large",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "unsupported-media-type",
        _ => "malformed",
    };
    document(&Problem::new(ctx, status, code, t.say(&format!("api-{code}"))))
}

fn document(problem: &Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = serde_json::to_vec(problem).unwrap_or_default();
    let mut response = (status, body).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

/// Whoever reads a request, and must turn it away before any intention sees it.
pub(crate) struct Reader {
    t: Tr,
    ctx: Context,
}

impl Reader {
    pub(crate) fn of(parts: &Parts, state: &WebState) -> Self {
        Self::new(&parts.headers, request_context(parts, state))
    }

    pub(crate) fn new(headers: &HeaderMap, ctx: Context) -> Self {
        Self { t: Tr::new(locale_of(headers)), ctx }
    }

    /// A request that cannot be taken as it is: `api-<code>` is its sentence.
    pub(crate) fn turn_away(&self, status: StatusCode, code: &str) -> Response {
        document(&Problem::new(&self.ctx, status, code, self.t.say(&format!("api-{code}"))))
    }

    /// A request that is no JSON, or no query; `why` says where.
    pub(crate) fn malformed(&self, why: &str) -> Response {
        let detail = self.t.with("api-malformed-json", &[("why", why)]);
        document(&Problem::new(&self.ctx, StatusCode::BAD_REQUEST, "malformed", detail))
    }

    /// A request whose fields do not fit; `why` is what the reader of the text said, `path` where it stood.
    pub(crate) fn misfit(&self, path: &str, why: &str) -> Response {
        let (field, code) = place(path, why);
        let words = [("field", field.as_str()), ("why", why)];
        let fields = vec![FieldProblem {
            detail: self.t.with(&format!("api-field-{code}"), &words),
            code: code.to_owned(),
            field,
        }];
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        let mut problem = Problem::new(&self.ctx, status, "fields", self.t.say("api-fields"));
        problem.fields = fields;
        document(&problem)
    }
}

/// Which field it was and what was wrong, from the words of serde: `unknown field `x`, expected …`.
fn place(path: &str, why: &str) -> (String, &'static str) {
    let parent = path.trim_matches('.');
    let quoted = |start: &str| why.strip_prefix(start).and_then(|rest| rest.split('`').next());
    let under = |name: &str| {
        if parent.is_empty() || parent.ends_with(name) { name.to_owned() } else { format!("{parent}.{name}") }
    };
    if let Some(name) = quoted("unknown field `") {
        return (under(name), "unknown-field");
    }
    if let Some(name) = quoted("missing field `") {
        return (under(name), "missing");
    }
    if let Some(name) = quoted("duplicate field `") {
        return (under(name), "twice");
    }
    let field = if parent.is_empty() { "body".to_owned() } else { parent.to_owned() };
    if why.starts_with("unknown variant") { (field, "not-an-option") } else { (field, "wrong-type") }
}
