//! 工作日历: the desk's working calendars, a year at a glance, and changing them.

mod day;
mod rules;
mod send;
mod show;
mod words;
pub(crate) mod year;

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use yingda_app::AppError;
use yingda_app::calendars::year::CalendarLine;
use yingda_app::calendars::{OFFICE, StatutoryYear};
use yingda_core::{Action, Refusal, Subject, can};

use self::rules::RulesText;
use self::show::{Asked, Typed};
use crate::front::flash::Pending;
use crate::front::{Fault, PageResult, Posted, Visit, WebState};
use crate::views::calendars::{CalendarNewPage, CalendarRow, CalendarsPage};

pub(crate) use self::words::WEEK;

async fn list(visit: Visit) -> PageResult {
    let t = visit.t();
    let comma = t.say("list-comma");
    let row = |line: CalendarLine| {
        let calendar = &line.calendar;
        let missing = |year: &i16| t.with("calendar-missing", &[("year", year.to_string())]);
        CalendarRow {
            href: format!("/calendars/{}", calendar.code),
            name: words::name_of(t, calendar),
            code: calendar.code.clone(),
            zone: calendar.calendar.file().time_zone.clone(),
            hours: words::week(t, calendar.calendar.file()),
            years: year::years(t, &line.tables),
            warnings: line.tables.missing.iter().map(missing).collect(),
            processes: line.processes.join(&comma),
        }
    };
    let rows = visit.app.calendars(&visit.ctx, visit.actor()).await?.into_iter().map(row).collect();
    let may_add = visit.may(Action::EditCalendars);
    visit.page(StatusCode::OK, &CalendarsPage { shell: visit.shell().await?, rows, may_add })
}

async fn new_page(visit: &Visit, text: &RulesText, refusal: Option<&Refusal>) -> Result<CalendarNewPage, Fault> {
    Ok(CalendarNewPage { shell: visit.shell().await?, form: text.form(visit.t(), true, refusal) })
}

async fn fresh(visit: Visit) -> PageResult {
    can(visit.actor(), Action::EditCalendars, Subject::Desk)?;
    let office = visit.app.calendar(OFFICE);
    let page = new_page(&visit, &RulesText::fresh(&office.file().time_zone), None).await?;
    visit.page(StatusCode::OK, &page)
}

async fn add(visit: Visit, Posted(fields): Posted) -> PageResult {
    can(visit.actor(), Action::EditCalendars, Subject::Desk)?;
    let text = RulesText::sent(&fields);
    let made = match text.read(visit.t(), None) {
        Ok(whole) => visit.app.add_calendar(&visit.ctx, visit.actor(), &text.code, whole, "").await,
        Err(refusal) => Err(refusal.into()),
    };
    match made {
        Ok(()) => {
            let say = Pending::done("calendar-added").with("name", text.name.trim());
            Ok(visit.go(&format!("/calendars/{}", text.code.trim()), &say))
        }
        Err(AppError::Refused(refusal @ (Refusal::Fields(_) | Refusal::Taken { .. }))) => {
            let page = new_page(&visit, &text, Some(&refusal)).await?;
            visit.page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other.into()),
    }
}

async fn show(visit: Visit, Path(code): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    let (status, page) = show::page(&visit, &code, &asked, Typed::default()).await?;
    visit.page(status, &page)
}

fn download(name: &str, media_type: &'static str, text: String) -> PageResult {
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename={name}")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

async fn file(visit: Visit, Path(code): Path<String>) -> PageResult {
    let shown = visit.app.calendar_view(&visit.ctx, visit.actor(), &code, None).await?;
    let text = serde_json::to_string_pretty(shown.calendar.calendar.file())
        .map_err(|error| AppError::House(format!("a calendar cannot be written: {error}")))?;
    download(&format!("{code}.json"), "application/json", text)
}

async fn statutory(visit: Visit, Path((code, name)): Path<(String, String)>) -> PageResult {
    let (year, kind) = name.split_once('.').ok_or(Refusal::NotFound)?;
    let year: i16 = year.parse().map_err(|_| Refusal::NotFound)?;
    let table = visit.app.statutory_table(&visit.ctx, visit.actor(), &code, year).await?;
    match kind {
        "json" => download(&name, "application/json", table.to_json()),
        "ics" => download(&name, "text/calendar; charset=utf-8", StatutoryYear::to_icalendar(&[table])),
        _ => Err(Refusal::NotFound.into()),
    }
}

/// Their routes.
pub fn routes() -> Router<WebState> {
    Router::new()
        .route("/calendars", get(list).post(add))
        .route("/calendars/new", get(fresh))
        .route("/calendars/{code}", get(show))
        .route("/calendars/{code}/rules", post(send::rules))
        .route("/calendars/{code}/days", post(send::days))
        .route("/calendars/{code}/table", post(send::table))
        .route("/calendars/{code}/removal", post(send::removal))
        .route("/calendars/{code}/file", get(file))
        .route("/calendars/{code}/tables/{name}", get(statutory))
}
