//! Who asks: somebody signed in (`Visit`), or a visitor before that (`Guest`). Builds the shell that surrounds a page.

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::header::SET_COOKIE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use yingda_app::accounts::{Origin, SignedIn};
use yingda_app::{App, secret};
use yingda_core::{Action, Actor, Context, Subject, can};

use crate::front::cookies;
use crate::front::flash::Pending;
use crate::front::reply::{Fault, render, see_other};
use crate::front::state::WebState;
use crate::i18n::{Locale, Tr};
use crate::shell::{Door, Me, NavItem, Shell, Theme, capped};

/// Somebody signed in, and their request.
#[derive(Debug, Clone)]
pub struct Visit {
    /// The desk.
    pub app: App,
    /// The request's time, ids and entropy.
    pub ctx: Context,
    /// Who.
    pub me: SignedIn,
    /// The session's secret.
    pub secret: String,
    /// Path and query.
    pub path: String,
    /// The request's headers.
    pub headers: HeaderMap,
}

impl FromRequestParts<WebState> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Response> {
        let ctx = request_context(parts, state);
        let path = parts.uri.path_and_query().map_or("/", |pq| pq.as_str()).to_owned();
        if let Some(secret) = cookies::read(&parts.headers, cookies::SESSION) {
            let me = state.app.by_session(&ctx, &secret).await.map_err(|e| Fault(e).into_response())?;
            if let Some(me) = me {
                return Ok(Self { app: state.app.clone(), ctx, me, secret, path, headers: parts.headers.clone() });
            }
        }
        // A script that asks for a piece of a page cannot follow to a sign-in page; it reloads the page instead.
        if parts.uri.path().starts_with("/fragments") || parts.uri.path() == "/live" {
            return Err(StatusCode::UNAUTHORIZED.into_response());
        }
        if state.app.is_empty().await.unwrap_or(false) {
            return Err(see_other("/first-run"));
        }
        let back = if parts.method == axum::http::Method::GET { path } else { "/".to_owned() };
        Err(see_other(&format!("/session?next={}", encode(&back))))
    }
}

/// Percent-encodes a path for a query value.
#[must_use]
pub fn encode(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// The context that the outermost layer gave this request.
pub(crate) fn request_context(parts: &Parts, state: &WebState) -> Context {
    parts.extensions.get::<Context>().cloned().unwrap_or_else(|| (state.edge)())
}

/// Where a sign-in comes from.
#[must_use]
pub fn origin(headers: &HeaderMap, parts_address: Option<std::net::SocketAddr>) -> Origin {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    Origin { agent: text("user-agent"), address: parts_address.map(|a| a.ip().to_string()).unwrap_or_default() }
}

impl Visit {
    /// What decisions need of whoever asks.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.me.actor
    }

    /// Their language.
    #[must_use]
    pub fn locale(&self) -> Locale {
        Locale::from_tag(&self.me.person.locale).unwrap_or_default()
    }

    /// The handle that speaks it.
    #[must_use]
    pub fn t(&self) -> Tr {
        Tr::new(self.locale())
    }

    /// The request's instant.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.ctx.now
    }

    /// The desk's time zone.
    #[must_use]
    pub fn zone(&self) -> TimeZone {
        self.app.zone()
    }

    /// The token that this person's forms carry.
    #[must_use]
    pub fn csrf(&self) -> String {
        secret::csrf(&self.secret)
    }

    /// Whether they may do something that concerns no single ticket.
    #[must_use]
    pub fn may(&self, action: Action) -> bool {
        can(self.actor(), action, Subject::Desk).is_ok()
    }

    fn doors(&self) -> Vec<Door> {
        let answers =
            self.me.actor.roles.has(yingda_core::Role::Member) || self.me.actor.roles.has(yingda_core::Role::Head);
        Door::ALL
            .into_iter()
            .filter(|door| match door {
                Door::Desk => self.may(Action::SeeQueue) || answers,
                Door::Queue => self.may(Action::SeeQueue) || answers,
                Door::Day => true,
                Door::Routines => self.may(Action::KeepRoutines),
                Door::Intake => self.may(Action::Receive),
                Door::Overdue => self.may(Action::SeeQueue) || answers,
                Door::Inbox => answers,
                Door::Duty => true,
                Door::Answers => self.may(Action::SeeAnswers),
                Door::Processes => true,
                Door::Figures => self.may(Action::SeeFigures),
                Door::Imports => self.may(Action::Import),
                Door::Calendars | Door::Policies => self.may(Action::SeeCalendars),
                Door::People | Door::Departments | Door::Settings => self.may(Action::Administer),
            })
            .collect()
    }

    /// What surrounds the page.
    ///
    /// # Errors
    /// Where the counts cannot be read.
    pub async fn shell(&self) -> Result<Shell, Fault> {
        let t = self.t();
        let counts = self.app.counts(self.actor()).await?;
        let unread = self.app.unread_notices(&self.ctx, self.actor()).await?;
        let answerable = self.app.answer_counts(self.actor()).await?;
        let count = |door| match door {
            Door::Overdue => capped(answerable.sum().unsigned_abs()),
            Door::Desk => capped(counts.mine.unsigned_abs()),
            Door::Queue => capped(counts.untaken.unsigned_abs()),
            Door::Inbox => capped(counts.inbox.unsigned_abs()),
            _ => None,
        };
        let pending = Pending::read(&self.headers);
        Ok(Shell {
            t,
            theme: Theme::from_name(&self.me.person.theme),
            me: Some(Me {
                id: self.me.person.id.to_string(),
                name: self.me.person.name.clone(),
                department: self.app.directory().department_name(self.me.person.department),
                roles: self.me.person.roles.0.iter().map(|role| t.say(&format!("role-{}", role.as_str()))).collect(),
            }),
            nav: self.doors().into_iter().map(|door| NavItem { door, count: count(door) }).collect(),
            notices: capped(unread.unsigned_abs()),
            csrf: self.csrf(),
            flash: pending.as_ref().and_then(|pending| pending.show(t)),
            path: self.path.clone(),
            now_ms: self.ctx.now.as_millisecond(),
            company: String::new(),
            draft_done: pending.and_then(|pending| pending.draft),
        })
    }

    /// A page as an answer; the flash message that it shows is used up.
    ///
    /// # Errors
    /// As [`render`].
    pub fn page(&self, status: StatusCode, view: &impl Template) -> Result<Response, Fault> {
        let mut response = (status, render(view)?).into_response();
        if Pending::read(&self.headers).is_some()
            && let Ok(cookie) = HeaderValue::from_str(&cookies::gone(cookies::FLASH).to_string())
        {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
        // Pages that are made before anybody is looked up (errors, sign-in) speak this person's language too.
        let tag = self.locale().tag();
        if cookies::read(&self.headers, cookies::LOCALE).as_deref() != Some(tag)
            && let Ok(cookie) =
                HeaderValue::from_str(&cookies::ours(cookies::LOCALE, tag.to_owned(), &self.headers).to_string())
        {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
        Ok(response)
    }

    /// Goes on to a page of ours that says something.
    #[must_use]
    pub fn go(&self, path: &str, say: &Pending) -> Response {
        let mut response = see_other(path);
        let cookie = cookies::ours(cookies::FLASH, say.encode(), &self.headers);
        if let Ok(cookie) = HeaderValue::from_str(&cookie.to_string()) {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
        response
    }
}

/// A visitor who has not signed in.
#[derive(Debug, Clone)]
pub struct Guest {
    /// The desk.
    pub app: App,
    /// The request's time, ids and entropy.
    pub ctx: Context,
    /// What the tokens of this visitor's forms follow from.
    pub visitor: String,
    /// Whether the visitor came without one, so that it has to be set.
    pub fresh: bool,
    /// The request's headers.
    pub headers: HeaderMap,
    /// Where from.
    pub origin: Origin,
}

impl FromRequestParts<WebState> for Guest {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Response> {
        let ctx = request_context(parts, state);
        let known = cookies::read(&parts.headers, cookies::VISITOR).filter(|value| value.len() == 43);
        let fresh = known.is_none();
        let visitor = known.unwrap_or_else(|| secret::fresh(&ctx, "visitor"));
        let address = parts.extensions.get::<axum::extract::ConnectInfo<std::net::SocketAddr>>().map(|info| info.0);
        let origin = origin(&parts.headers, address);
        Ok(Self { app: state.app.clone(), ctx, visitor, fresh, headers: parts.headers.clone(), origin })
    }
}

impl Guest {
    /// The language that the browser asks for.
    #[must_use]
    pub fn locale(&self) -> Locale {
        locale_of(&self.headers)
    }

    /// The handle that speaks it.
    #[must_use]
    pub fn t(&self) -> Tr {
        Tr::new(self.locale())
    }

    /// The token that the visitor's forms carry.
    #[must_use]
    pub fn csrf(&self) -> String {
        secret::csrf(&self.visitor)
    }

    /// What surrounds the page.
    #[must_use]
    pub fn shell(&self) -> Shell {
        let theme = Theme::from_name(&cookies::read(&self.headers, cookies::THEME).unwrap_or_default());
        let mut shell = Shell::bare(self.locale(), theme, self.csrf());
        shell.now_ms = self.ctx.now.as_millisecond();
        shell
    }

    /// A page as an answer, and the visitor's cookie with it.
    ///
    /// # Errors
    /// As [`render`].
    pub fn page(&self, status: StatusCode, view: &impl Template) -> Result<Response, Fault> {
        let mut response = (status, render(view)?).into_response();
        if self.fresh {
            let cookie = cookies::ours(cookies::VISITOR, self.visitor.clone(), &self.headers);
            if let Ok(cookie) = HeaderValue::from_str(&cookie.to_string()) {
                response.headers_mut().append(SET_COOKIE, cookie);
            }
        }
        Ok(response)
    }

    /// Goes on to `next` as somebody signed in.
    #[must_use]
    pub fn signed_in(&self, secret: String, next: &str) -> Response {
        let mut response = see_other(local(next));
        for cookie in [cookies::ours(cookies::SESSION, secret, &self.headers), cookies::gone(cookies::VISITOR)] {
            if let Ok(cookie) = HeaderValue::from_str(&cookie.to_string()) {
                response.headers_mut().append(SET_COOKIE, cookie);
            }
        }
        response
    }
}

/// A path of ours, or the desk: nobody is sent elsewhere by a link they followed.
#[must_use]
pub fn local(next: &str) -> &str {
    let ours =
        next.starts_with('/') && !next.starts_with("//") && !next.contains(|c: char| c == '\\' || c.is_control());
    if ours { next } else { "/" }
}

/// The language of a request without a person.
#[must_use]
pub fn locale_of(headers: &HeaderMap) -> Locale {
    cookies::read(headers, cookies::LOCALE).and_then(|tag| Locale::from_tag(&tag)).unwrap_or_else(|| {
        let accepted = headers.get("accept-language").and_then(|v| v.to_str().ok()).unwrap_or_default();
        Locale::from_accept_language(accepted)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site_after_signing_in() {
        for ours in ["/", "/tickets/tkt_1?tab=history", "/search?q=%E6%BC%8F%E6%B0%B4"] {
            assert_eq!(local(ours), ours);
        }
        // Browsers strip tabs and line ends, and read a backslash as a slash.
        for elsewhere in
            ["//evil.example", "/\t/evil.example", "/\\evil.example", "/\n/evil.example", "https://evil.example", ""]
        {
            assert_eq!(local(elsewhere), "/");
        }
    }
}
