//! 我的账户: password, language and colours, signed-in browsers, API tokens. A token's secret is on one answer only.

use axum::Router;
use axum::extract::Path;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use yingda_app::AppError;
use yingda_core::{Refusal, SessionId, TokenId};

use crate::front::flash::Pending;
use crate::front::{Fault, PageResult, Posted, Visit, WebState, cookies, field_sentence};
use crate::i18n::Locale;
use crate::kit::{FieldForm, FieldKind, FieldView};
use crate::pages::answers::fill_faults;
use crate::pages::show::{Show, failed};
use crate::shell::Theme;
use crate::views::account::{AccountPage, SessionRow, TokenRow};

async fn account_page(visit: &Visit) -> Result<AccountPage, Fault> {
    let t = visit.t();
    let show = Show::new(visit);
    let (mut sessions, tokens) = visit.app.ways_in(&visit.ctx, visit.actor()).await?;
    // This browser first; the rest as they came, newest first.
    sessions.sort_by_key(|session| Some(session.id) != visit.me.session);
    let session = |session: &yingda_app::accounts::Session| SessionRow {
        id: session.id.to_string(),
        device: device(&session.agent).unwrap_or_else(|| t.say("session-unknown")),
        address: session.address.clone(),
        seen: show.moment(session.seen),
        current: Some(session.id) == visit.me.session,
    };
    let token = |token: &yingda_app::accounts::Token| TokenRow {
        id: token.id.to_string(),
        name: token.name.clone(),
        made: show.moment(token.created),
        used: token.used.map(|used| show.moment(used)),
    };
    Ok(AccountPage {
        shell: visit.shell().await?,
        password: FieldForm::new([
            FieldView::new(FieldKind::Password, "old_password", t.say("account-password-old"))
                .required()
                .autocomplete("current-password"),
            FieldView::new(FieldKind::Password, "new_password", t.say("account-password-new"))
                .required()
                .hint(t.say("first-run-password-hint"))
                .autocomplete("new-password"),
            FieldView::new(FieldKind::Password, "again", t.say("first-run-again"))
                .required()
                .autocomplete("new-password"),
        ]),
        sessions: sessions.iter().map(session).collect(),
        tokens: tokens.iter().map(token).collect(),
        token_name: FieldView::new(FieldKind::Text, "name", t.say("token-name")).required(),
        new_token: None,
    })
}

/// Browser and system as their names for themselves tell; nothing where they do not.
fn device(agent: &str) -> Option<String> {
    // The order matters: many browsers also call themselves by the names further down.
    let first =
        |names: &[(&str, &'static str)]| names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    let browser = first(&[
        ("MicroMessenger", "WeChat"),
        ("wxwork", "WeCom"),
        ("DingTalk", "DingTalk"),
        ("Lark", "Feishu"),
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Macintosh", "macOS"),
        ("Linux", "Linux"),
    ]);
    let known: Vec<&str> = [browser, system].into_iter().flatten().collect();
    (!known.is_empty()).then(|| known.join(" · "))
}

async fn show(visit: Visit) -> PageResult {
    let page = account_page(&visit).await?;
    visit.page(StatusCode::OK, &page)
}

async fn change_password(visit: Visit, Posted(fields): Posted) -> PageResult {
    let t = visit.t();
    let new = fields.get("new_password");
    let result = if new == fields.get("again") {
        visit.app.change_password(&visit.ctx, &visit.me, fields.get("old_password"), new).await
    } else {
        Err(Refusal::field("again", "password-differs").into())
    };
    let refusal = match result {
        Ok(()) => return Ok(visit.go("/account", &Pending::done("account-password-changed"))),
        Err(AppError::Refused(refusal @ (Refusal::Fields(_) | Refusal::TooMany { .. }))) => refusal,
        Err(other) => return Err(other.into()),
    };
    let mut page = account_page(&visit).await?;
    fill_faults(t, &mut page.password, Some(&refusal));
    visit.page(crate::front::reply::status(&AppError::Refused(refusal)), &page)
}

/// A cookie more on an answer.
pub(super) fn with_cookie(response: &mut Response, name: &'static str, value: &str, headers: &axum::http::HeaderMap) {
    if let Ok(cookie) = HeaderValue::from_str(&cookies::ours(name, value.to_owned(), headers).to_string()) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
}

async fn set_preferences(visit: Visit, Posted(fields): Posted) -> PageResult {
    let locale = Locale::from_tag(fields.get("locale"));
    let (tag, theme) = (locale.map_or(fields.get("locale"), |locale| locale.tag()), fields.get("theme"));
    match visit.app.set_preferences(visit.actor(), tag, theme).await {
        Ok(()) => {
            // The sign-in page and error pages know nobody: they follow the browser's cookies.
            let mut response = visit.go("/account", &Pending::done("account-look-saved"));
            with_cookie(&mut response, cookies::LOCALE, tag, &visit.headers);
            with_cookie(&mut response, cookies::THEME, Theme::from_name(theme).name(), &visit.headers);
            Ok(response)
        }
        Err(AppError::Refused(refusal @ Refusal::Fields(_))) => Ok(visit.go("/account", &failed(visit.t(), &refusal))),
        Err(other) => Err(other.into()),
    }
}

async fn end_session(visit: Visit, Path(id): Path<String>, Posted(_): Posted) -> PageResult {
    let id: SessionId = id.parse().map_err(|_| Refusal::NotFound)?;
    visit.app.end_session(visit.actor(), id).await?;
    Ok(visit.go("/account", &Pending::done("session-ended")))
}

async fn end_others(visit: Visit, Posted(_): Posted) -> PageResult {
    let ended = visit.app.end_other_sessions(visit.actor(), visit.me.session).await?;
    Ok(visit.go("/account", &Pending::done("sessions-ended").with("n", ended)))
}

async fn make_token(visit: Visit, Posted(fields): Posted) -> PageResult {
    let name = fields.get("name");
    match visit.app.make_token(&visit.ctx, visit.actor(), name).await {
        Ok(secret) => {
            let mut page = account_page(&visit).await?;
            page.new_token = Some(secret);
            visit.page(StatusCode::OK, &page)
        }
        Err(AppError::Refused(Refusal::Fields(wrong))) => {
            let mut page = account_page(&visit).await?;
            page.token_name.value = name.to_owned();
            page.token_name.error = wrong.first().map(|fault| field_sentence(visit.t(), fault));
            visit.page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other.into()),
    }
}

async fn revoke_token(visit: Visit, Path(id): Path<String>, Posted(_): Posted) -> PageResult {
    let id: TokenId = id.parse().map_err(|_| Refusal::NotFound)?;
    visit.app.revoke_token(visit.actor(), id).await?;
    Ok(visit.go("/account", &Pending::done("token-revoked")))
}

/// Their routes.
pub fn routes() -> Router<WebState> {
    Router::new()
        .route("/account", get(show))
        .route("/account/password", post(change_password))
        .route("/account/preferences", post(set_preferences))
        .route("/sessions/revocation", post(end_others))
        .route("/sessions/{id}/revocation", post(end_session))
        .route("/tokens", post(make_token))
        .route("/tokens/{id}/revocation", post(revoke_token))
}

#[cfg(test)]
mod tests {
    use super::device;

    #[test]
    fn browsers_are_told_by_what_only_they_say() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0";
        assert_eq!(device(edge).as_deref(), Some("Edge · Windows"));
        assert_eq!(
            device("Mozilla/5.0 (iPhone) AppleWebKit Mobile MicroMessenger/8.0").as_deref(),
            Some("WeChat · iPhone")
        );
        assert_eq!(device("curl/8.5.0").as_deref(), Some("curl"));
        assert_eq!(device(""), None);
    }
}
