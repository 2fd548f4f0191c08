//! 设置: what this installation is and how its work stands, for whoever operates it.

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use yingda_core::{Action, Subject, can};

use crate::front::{PageResult, Visit, WebState};
use crate::i18n::Locale;
use crate::views::settings::{Fact, SettingsPage};

async fn show(visit: Visit) -> PageResult {
    can(visit.actor(), Action::Administer, Subject::Desk)?;
    let t = visit.t();
    let engine = visit.app.health().await?;
    let (waiting, failed) = visit.app.jobs_left().await?;
    let directory = visit.app.directory();
    let fact = |key: &str, value: String| Fact { label: t.say(key), value, href: None };
    let to = |key: &str, value: usize, href: &str| Fact {
        label: t.say(key),
        value: value.to_string(),
        href: Some(href.to_owned()),
    };
    let facts = vec![
        fact("settings-version", env!("CARGO_PKG_VERSION").to_owned()),
        fact("settings-engine", engine.to_owned()),
        fact("settings-zone", visit.zone().iana_name().unwrap_or("UTC").to_owned()),
        to("nav-people", directory.people.values().filter(|p| p.active).count(), "/people"),
        to("nav-departments", directory.departments.values().filter(|d| d.active).count(), "/departments"),
        to("nav-processes", visit.app.processes().all_current().len(), "/processes"),
        fact("settings-jobs-waiting", waiting.to_string()),
        fact("settings-jobs-failed", failed.to_string()),
    ];
    let sign_in = Locale::ALL
        .iter()
        .map(|locale| (locale.own_name().to_owned(), format!("/session?lang={}", locale.tag())))
        .collect();
    let page = SettingsPage { shell: visit.shell().await?, facts, jobs_failed: failed > 0, sign_in };
    visit.page(StatusCode::OK, &page)
}

/// Its route.
pub fn routes() -> Router<WebState> {
    Router::new().route("/settings", get(show))
}
