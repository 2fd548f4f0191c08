//! Cookies: their names, and how they are set. None is readable by scripts, none leaves this site.

use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

/// The session's secret.
pub const SESSION: &str = "yd_session";
/// A visitor who has not signed in: what their forms' tokens follow from.
pub const VISITOR: &str = "yd_visitor";
/// The language, for pages before sign-in and error pages.
pub const LOCALE: &str = "yd_locale";
/// The colours, likewise.
pub const THEME: &str = "yd_theme";
/// What to say on the next page.
pub const FLASH: &str = "yd_flash";

/// A cookie of ours, to the end of the browser's session.
#[must_use]
pub fn ours(name: &'static str, value: String, headers: &HeaderMap) -> Cookie<'static> {
    let https = headers.get("x-forwarded-proto").is_some_and(|proto| proto.as_bytes() == b"https");
    Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Lax).secure(https).build()
}

/// Takes a cookie of ours away.
#[must_use]
pub fn gone(name: &'static str) -> Cookie<'static> {
    let mut cookie = Cookie::build((name, "")).path("/").http_only(true).same_site(SameSite::Lax).build();
    cookie.make_removal();
    cookie
}

/// The value of a cookie of the request.
#[must_use]
pub fn read(headers: &HeaderMap, name: &str) -> Option<String> {
    CookieJar::from_headers(headers).get(name).map(|cookie| cookie.value().to_owned())
}
