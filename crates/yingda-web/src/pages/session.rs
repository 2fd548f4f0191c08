//! Signing in and out, demonstration links, and the first administrator.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Query};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;
use yingda_app::AppError;
use yingda_app::people::DESK;
use yingda_core::Refusal;

use crate::front::visit::{encode, local};
use crate::front::{Guest, PageResult, Posted, Visit, WebState, cookies, field_sentence, refusal_sentence, see_other};
use crate::i18n::Locale;
use crate::kit::{FieldForm, FieldKind, FieldView};
use crate::pages::account::with_cookie;
use crate::views::first_run::FirstRunPage;
use crate::views::sign_in::SignInPage;

#[derive(Debug, Deserialize, Default)]
struct Next {
    #[serde(default)]
    next: String,
    #[serde(default)]
    lang: String,
}

fn sign_in_page(guest: &Guest, login: &str, next: &str) -> SignInPage {
    let t = guest.t();
    SignInPage {
        shell: guest.shell(),
        login: FieldView::new(FieldKind::Text, "login", t.say("sign-in-login"))
            .required()
            .autocomplete("username")
            .value(login),
        password: FieldView::new(FieldKind::Password, "password", t.say("sign-in-password"))
            .required()
            .autocomplete("current-password"),
        next: local(next).to_owned(),
        error: None,
        throttled: None,
    }
}

async fn show(guest: Guest, Query(Next { next, lang }): Query<Next>) -> PageResult {
    if let Some(locale) = Locale::from_tag(&lang) {
        let target =
            if next.is_empty() { "/session".to_owned() } else { format!("/session?next={}", encode(local(&next))) };
        let mut response = see_other(&target);
        with_cookie(&mut response, cookies::LOCALE, locale.tag(), &guest.headers);
        return Ok(response);
    }
    if guest.app.is_empty().await? {
        return Ok(see_other("/first-run"));
    }
    guest.page(StatusCode::OK, &sign_in_page(&guest, "", &next))
}

async fn sign_in(guest: Guest, Posted(fields): Posted) -> PageResult {
    let (login, next) = (fields.get("login"), fields.get("next"));
    match guest.app.sign_in(&guest.ctx, login, fields.get("password"), guest.origin.clone()).await {
        Ok(secret) => Ok(guest.signed_in(secret, next)),
        Err(AppError::Refused(refusal @ (Refusal::BadCredentials | Refusal::TooMany { .. }))) => {
            let mut page = sign_in_page(&guest, login, next);
            let sentence = refusal_sentence(guest.t(), &refusal);
            if matches!(refusal, Refusal::TooMany { .. }) {
                page.throttled = Some(sentence);
            } else {
                page.error = Some(sentence);
            }
            let status = crate::front::reply::status(&AppError::Refused(refusal));
            guest.page(status, &page)
        }
        Err(other) => Err(other.into()),
    }
}

async fn by_link(guest: Guest, Path(link): Path<String>) -> PageResult {
    let secret = guest.app.sign_in_by_link(&guest.ctx, &link, guest.origin.clone()).await?;
    Ok(guest.signed_in(secret, "/"))
}

async fn sign_out(visit: Visit, Posted(_): Posted) -> PageResult {
    if let Some(session) = visit.me.session {
        visit.app.end_session(visit.actor(), session).await?;
    }
    let mut response: Response = see_other("/session");
    if let Ok(cookie) = HeaderValue::from_str(&cookies::gone(cookies::SESSION).to_string()) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}

const SETUP_FIELDS: [(&str, FieldKind, &str, &str); 6] = [
    ("code", FieldKind::Text, "first-run-code", "one-time-code"),
    ("desk", FieldKind::Text, "first-run-desk", "organization"),
    ("name", FieldKind::Text, "first-run-name", "name"),
    ("login", FieldKind::Text, "sign-in-login", "username"),
    ("password", FieldKind::Password, "first-run-password", "new-password"),
    ("password_again", FieldKind::Password, "first-run-again", "new-password"),
];

fn setup_page(guest: &Guest, typed: impl Fn(&str) -> String, error: impl Fn(&str) -> Option<String>) -> FirstRunPage {
    let t = guest.t();
    let fields: Vec<FieldView> = SETUP_FIELDS
        .into_iter()
        .map(|(name, kind, label, complete)| {
            let mut field = FieldView::new(kind, name, t.say(label)).required().autocomplete(complete);
            if !matches!(field.kind, FieldKind::Password) {
                field = field.value(typed(name));
            }
            if name == "password" {
                field = field.hint(t.say("first-run-password-hint"));
            }
            field.error = error(name);
            field
        })
        .collect();
    FirstRunPage { shell: guest.shell(), form: FieldForm::new(fields) }
}

async fn setup(guest: Guest) -> PageResult {
    if !guest.app.is_empty().await? {
        return Ok(see_other("/session"));
    }
    let desk = guest.t().say("first-run-desk-default");
    guest.page(
        StatusCode::OK,
        &setup_page(&guest, |name| if name == "desk" { desk.clone() } else { String::new() }, |_| None),
    )
}

async fn set_up(guest: Guest, Posted(fields): Posted) -> PageResult {
    let t = guest.t();
    let typed = |name: &str| fields.get(name).to_owned();
    if fields.get("password") != fields.get("password_again") {
        let wrong = t.say("field-password-differs");
        let page = setup_page(&guest, typed, |name| (name == "password_again").then(|| wrong.clone()));
        return guest.page(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let made = guest
        .app
        .set_up(
            &guest.ctx,
            fields.get("code"),
            fields.get("login"),
            fields.get("name"),
            fields.get("password"),
            fields.some("desk").unwrap_or(DESK),
            guest.origin.clone(),
        )
        .await;
    match made {
        Ok(secret) => Ok(guest.signed_in(secret, "/")),
        Err(AppError::Refused(Refusal::BadCode)) => {
            let wrong = t.say("first-run-code-wrong");
            let page = setup_page(&guest, typed, |name| (name == "code").then(|| wrong.clone()));
            guest.page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(AppError::Refused(Refusal::Fields(wrong))) => {
            let page =
                setup_page(&guest, typed, |name| wrong.iter().find(|w| w.field == name).map(|w| field_sentence(t, w)));
            guest.page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other.into()),
    }
}

/// Their routes.
pub fn routes() -> Router<WebState> {
    Router::new()
        .route("/session", get(show).post(sign_in))
        .route("/session/closure", post(sign_out))
        .route("/link/{secret}", get(by_link))
        .route("/first-run", get(setup).post(set_up))
        // Strangers send these: no more is read than such a form can hold.
        .layer(DefaultBodyLimit::max(64 * 1024))
}
