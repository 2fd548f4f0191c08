//! Problem documents (RFC 9457): what went wrong, in words for people and a code for programs.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use yingda_app::AppError;
use yingda_core::{Context, Refusal};

use crate::front::refusal::{field_sentence, refusal_sentence};
use crate::i18n::Tr;

/// A problem document.
#[derive(Debug, Serialize)]
pub struct Problem {
    /// Names the kind of problem: `urn:yingda:problem:<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The status in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What went wrong, in the reader's language.
    pub detail: String,
    /// Quote it when asking for help.
    pub request_id: String,
    /// Fields at fault, all of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
}

/// A field at fault.
#[derive(Debug, Serialize)]
pub struct FieldProblem {
    /// The field's name.
    pub field: String,
    /// What is wrong with it.
    pub code: String,
    /// The same in words.
    pub detail: String,
}

/// The answer to a request that ended in `error`.
pub(crate) fn response(t: Tr, ctx: &Context, status: StatusCode, error: &AppError) -> Response {
    let (code, detail, fields) = match error {
        AppError::Refused(Refusal::Fields(fields)) => {
            let fields: Vec<FieldProblem> = fields
                .iter()
                .map(|f| FieldProblem { field: f.field.clone(), code: f.code.clone(), detail: field_sentence(t, f) })
                .collect();
            ("fields", t.say("refusal-fields"), fields)
        }
        AppError::Refused(refusal) => (refusal.code(), refusal_sentence(t, refusal), Vec::new()),
        AppError::Store(_) | AppError::House(_) => {
            ("house", t.say(&format!("error-{}-advice", status.as_u16())), Vec::new())
        }
    };
    document(Problem {
        kind: format!("urn:yingda:problem:{code}"),
        title: status.canonical_reason().unwrap_or_default().to_owned(),
        status: status.as_u16(),
        detail,
        request_id: ctx.request.clone(),
        fields,
    })
}

/// The answer to a request that the router itself turned away.
pub(crate) fn plain(t: Tr, ctx: &Context, status: StatusCode) -> Response {
    let title = status.canonical_reason().unwrap_or_default().to_owned();
    let detail = match status.as_u16() {
        code @ (400 | 403 | 404 | 409 | 413 | 422 | 429) => t.say(&format!("error-{code}-advice")),
        _ => title.clone(),
    };
    document(Problem {
        kind: "about:blank".to_owned(),
        title,
        status: status.as_u16(),
        detail,
        request_id: ctx.request.clone(),
        fields: Vec::new(),
    })
}

fn document(problem: Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    let mut response = (status, body).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}
