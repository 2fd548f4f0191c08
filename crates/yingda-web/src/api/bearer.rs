//! Who asks: the holder of a bearer token, and the key under which a request must not happen twice.
//!
//! No cookie opens this door, so no other site can make a browser knock at it: there are no form tokens here.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use utoipa::IntoParams;
use yingda_app::accounts::SignedIn;
use yingda_app::once::LONGEST_KEY;
use yingda_app::{App, Directory, Once};
use yingda_core::{Actor, Context};

use crate::api::problem::Reader;
use crate::front::visit::{locale_of, request_context};
use crate::front::{Fault, WebState};
use crate::i18n::Locale;

/// The header that makes a request happen once.
pub const KEY_HEADER: &str = "idempotency-key";

/// For the document: the header that creations take.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "describes a header that `Bearer` reads")]
pub struct Keyed {
    /// Any text of at most 200 visible ASCII characters. The same key with the same body gives what the first request gave; with
    /// another body it is refused with `key-reused`. Kept for seven days.
    #[param(rename = "Idempotency-Key", example = "call-20261102-0001")]
    key: Option<String>,
}

/// The holder of a token, and their request.
#[derive(Debug, Clone)]
pub struct Bearer {
    /// The desk.
    pub app: App,
    /// The request's time, ids and entropy.
    pub ctx: Context,
    /// Who.
    pub me: SignedIn,
    /// The language that the request asks for.
    pub locale: Locale,
    key: Option<String>,
    target: String,
}

impl FromRequestParts<WebState> for Bearer {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Response> {
        let ctx = request_context(parts, state);
        let turn_away = |status, code: &str| Reader::of(parts, state).turn_away(status, code);
        let secret = token(parts).ok_or_else(|| turn_away(StatusCode::UNAUTHORIZED, "no-token"))?;
        let me = state.app.by_token(&ctx, secret).await.map_err(|error| Fault(error).into_response())?;
        let me = me.ok_or_else(|| turn_away(StatusCode::UNAUTHORIZED, "bad-token"))?;
        let key = match parts.headers.get(KEY_HEADER).map(|value| value.to_str().map(str::trim)) {
            None => None,
            Some(Ok(key)) if !key.is_empty() && key.len() <= LONGEST_KEY => Some(key.to_owned()),
            Some(_) => return Err(turn_away(StatusCode::BAD_REQUEST, "bad-key")),
        };
        let target = format!("{} {}", parts.method, parts.uri.path());
        Ok(Self { app: state.app.clone(), ctx, me, locale: locale_of(&parts.headers), key, target })
    }
}

/// The token of `Authorization: Bearer yd_…`.
fn token(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim()).filter(|secret| !secret.is_empty())
}

impl Bearer {
    /// What decisions need of whoever asks.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.me.actor
    }

    /// Names of people and departments.
    #[must_use]
    pub fn names(&self) -> std::sync::Arc<Directory> {
        self.app.directory()
    }

    /// This request as something that must not happen twice; `asked` is its body in one spelling.
    #[must_use]
    pub fn once(&self, asked: &str) -> Once {
        Once::keyed(self.key.as_deref(), &["api", &self.target, asked])
    }
}
