//! The outermost layer: gives a request its context, and every answer its headers; turns faults into pages or problem documents.
//!
//! The cause of a fault of the house is logged here, once, under the request id that the person sees.

use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use yingda_app::AppError;
use yingda_core::{Context, Refusal};

use crate::api::problem;
use crate::front::refusal::{field_sentence, refusal_sentence};
use crate::front::reply::Fault;
use crate::front::state::WebState;
use crate::front::visit::locale_of;
use crate::i18n::Tr;
use crate::shell::{Shell, Theme};
use crate::views::error::{ErrorKind, ErrorPage};

/// No inline script or style, nothing from elsewhere, no frames.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
    manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// See the module.
pub async fn dress(State(state): State<WebState>, mut request: Request, next: Next) -> Response {
    let ctx = (state.edge)();
    let api = request.uri().path().starts_with("/api/");
    let t = Tr::new(locale_of(request.headers()));
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    request.extensions_mut().insert(ctx.clone());
    let mut response = next.run(request).await;
    if let Some(Fault(error)) = response.extensions_mut().remove::<Fault>() {
        if !matches!(error, AppError::Refused(_)) {
            tracing::error!(request = ctx.request, %method, path, %error, "a request failed");
        }
        let status = response.status();
        response = if api { problem::response(t, &ctx, status, &error) } else { page(t, &ctx, status, &error) };
    } else if !api
        && response.status() == StatusCode::NOT_FOUND
        && !response.headers().contains_key(header::CONTENT_TYPE)
    {
        response = page(t, &ctx, StatusCode::NOT_FOUND, &Refusal::NotFound.into());
    } else if api && response.status().is_client_error() && !is_json(&response) {
        response = problem::plain(t, &ctx, response.status());
    }
    headers(&mut response, &ctx);
    response
}

fn is_json(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|value| value.as_bytes().ends_with(b"json"))
}

fn page(t: Tr, ctx: &Context, status: StatusCode, error: &AppError) -> Response {
    let kind = ErrorKind::ALL
        .into_iter()
        .find(|kind| kind.status() == status.as_u16())
        .unwrap_or(if status.is_server_error() { ErrorKind::Internal } else { ErrorKind::BadRequest });
    let detail = match error {
        AppError::Refused(Refusal::Fields(fields)) => fields.first().map(|field| field_sentence(t, field)),
        AppError::Refused(refusal) => Some(refusal_sentence(t, refusal)),
        AppError::Store(_) | AppError::House(_) => None,
    };
    let view =
        ErrorPage { shell: Shell::bare(t.locale(), Theme::Auto, ""), kind, detail, request_id: ctx.request.clone() };
    match view.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => status.into_response(),
    }
}

fn headers(response: &mut Response, ctx: &Context) {
    let headers = response.headers_mut();
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers
        .insert("permissions-policy", HeaderValue::from_static("camera=(), microphone=(), geolocation=(), payment=()"));
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(CSP));
    // Pages hold customers' data: no cache keeps them. Assets say otherwise for themselves.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if let Ok(id) = HeaderValue::from_str(&ctx.request) {
        headers.insert("x-request-id", id);
    }
}
