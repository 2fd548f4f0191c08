//! Working calendars: read, changed, looked at before a change, and asked when a limit is due.

use axum::http::StatusCode;
use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use yingda_app::calendars::change::{CalendarChange, CalendarText, DayChange};
use yingda_app::calendars::edit::Moved;
use yingda_app::calendars::{
    Amount, CalendarFile, Coverage, Day, DeskCalendar, Explanation, IntervalFile, StatutoryFile, StatutoryYear,
};
use yingda_core::refusal::FieldRefusal;
use yingda_core::{PersonId, Refusal};

use crate::api::bearer::Bearer;
use crate::api::page::Page;
use crate::api::sent::{Asked, At, Body};
use crate::api::{ApiResult, created, done, json};
use crate::front::{Fault, WebState};
use crate::i18n::Locale;

/// A calendar.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct CalendarShape {
    /// The word that processes name it by.
    #[schema(example = "office")]
    code: String,
    /// The name that people see; empty while it is as shipped.
    name: String,
    /// Its version; 0 while it is as shipped.
    version: i64,
    /// Whether it is there in every desk: it cannot be removed.
    built_in: bool,
    /// When it was changed last.
    #[schema(value_type = Option<String>, format = DateTime)]
    updated: Option<Timestamp>,
    /// Who changed it last.
    #[schema(value_type = Option<String>)]
    updated_by: Option<PersonId>,
    /// The calendar file: `time_zone`, `hours`, `holidays`, `workdays`, `workday_hours`, `overrides`, `statutory`, `statutory_tables`.
    #[schema(value_type = Object)]
    file: CalendarFile,
}

impl From<&DeskCalendar> for CalendarShape {
    fn from(row: &DeskCalendar) -> Self {
        Self {
            code: row.code.clone(),
            name: row.name.clone(),
            version: row.version,
            built_in: row.is_built_in(),
            updated: row.updated.map(|(at, _)| at),
            updated_by: row.updated.and_then(|(_, by)| by),
            file: row.calendar.file().clone(),
        }
    }
}

/// A calendar to add.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewCalendar {
    /// The word that processes will name it by: small letters, digits and `-`.
    #[schema(example = "hotline")]
    code: String,
    /// The name that people see.
    name: String,
    /// The calendar file.
    #[schema(value_type = Object)]
    file: CalendarFile,
    /// Why.
    #[serde(default)]
    reason: String,
}

/// A calendar as it shall be.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EditCalendar {
    /// The name that people see.
    name: String,
    /// The calendar file.
    #[schema(value_type = Object)]
    file: CalendarFile,
    /// The version that was read.
    version: i64,
    /// Why.
    reason: String,
}

/// A calendar as it might be.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ProposedCalendar {
    /// The name that people see.
    name: String,
    /// The calendar file.
    #[schema(value_type = Object)]
    file: CalendarFile,
}

/// What a date shall be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ChangeWord {
    /// Nobody works.
    Free,
    /// The hours of the weekday that `weekday` names.
    As,
    /// The hours that `hours` holds.
    Hours,
    /// What the rules say: no exception any more.
    Rule,
}

/// A date as it shall be.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SetDay {
    /// What it shall be.
    change: ChangeWord,
    /// With `as`: 1 is Monday, 7 Sunday.
    weekday: Option<i8>,
    /// With `hours`: intervals such as `["09:00", "12:00"]`.
    #[schema(value_type = Option<Vec<Vec<String>>>, example = json!([["09:00", "12:00"]]))]
    hours: Option<Vec<IntervalFile>>,
    /// The last date, where several in a row shall be the same.
    #[schema(value_type = Option<String>, format = Date)]
    until: Option<Date>,
    /// The version that was read.
    version: i64,
    /// Why.
    reason: String,
}

/// Statutory days to take in.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TakeTable {
    /// A year's table in the layout of the holiday-cn data set: `year`, `papers`, `days` of `name`, `date`, `isOffDay`.
    #[schema(value_type = Object)]
    table: StatutoryFile,
    /// The version that was read.
    version: i64,
    /// Why.
    reason: String,
}

/// A year of a calendar.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct YearShape {
    /// The year.
    year: i16,
    /// Whether its statutory days are known, if the calendar follows any.
    known: bool,
    /// Its dates: `date`, `reason` (`weekly`, `holiday`, `make_up`, `override`), `festival`, `shifts` in minutes after midnight.
    #[schema(value_type = Vec<Object>)]
    days: Vec<Day>,
}

/// What a change would do.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct ProposalShape {
    /// Dates whose hours would change, from this year to the next but one.
    days: Vec<ChangedDayShape>,
    /// Limits of open tickets that would move; missing where nobody has counted them.
    moves: Option<MovesShape>,
}

/// A date whose hours would change.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct ChangedDayShape {
    /// As it is.
    #[schema(value_type = Object)]
    before: Day,
    /// As it would be.
    #[schema(value_type = Object)]
    after: Day,
}

/// Limits that would move.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct MovesShape {
    /// How many.
    total: usize,
    /// The first of them.
    first: Vec<MoveShape>,
}

/// A limit that would move.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct MoveShape {
    /// The ticket.
    #[schema(value_type = String)]
    ticket: yingda_core::TicketId,
    /// Its number.
    number: String,
    /// Which limit.
    limit: String,
    /// When it is due.
    #[schema(value_type = Option<String>, format = DateTime)]
    before: Option<Timestamp>,
    /// When it would be.
    #[schema(value_type = Option<String>, format = DateTime)]
    after: Option<Timestamp>,
}

impl From<Moved> for MoveShape {
    fn from(moved: Moved) -> Self {
        let Moved { ticket, number, limit, before, after, .. } = moved;
        Self { ticket, number, limit, before, after }
    }
}

/// Units of an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum UnitWord {
    /// Seconds of working time.
    WorkingSeconds,
    /// Working days, to the same time of day.
    WorkingDays,
    /// Seconds, day and night.
    Seconds,
    /// Days by the calendar, to the same time of day.
    Days,
}

/// Which limit.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DueAsked {
    /// When it begins.
    #[param(value_type = String, format = DateTime)]
    from: Timestamp,
    /// How long it is.
    amount: u32,
    /// In which unit.
    #[param(inline)]
    unit: UnitWord,
}

/// When a limit is due, and how that comes.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct DueShape {
    /// When.
    #[schema(value_type = Option<String>, format = DateTime)]
    due: Option<Timestamp>,
    /// What the statutory tables could not say: `missing_years`, `unsettled_year_end`.
    #[schema(value_type = Object)]
    coverage: Coverage,
    /// Line by line, for programs.
    #[schema(value_type = Object)]
    account: Explanation,
    /// Line by line, for people.
    lines: Vec<String>,
}

/// Who removes what.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Removal {
    /// The version that was read.
    version: i64,
    /// Why.
    reason: String,
}

async fn now(bearer: &Bearer, code: &str) -> Result<CalendarShape, Fault> {
    let shown = bearer.app.calendar_view(&bearer.ctx, bearer.actor(), code, None).await?;
    Ok(CalendarShape::from(&shown.calendar))
}

/// Working calendars
#[utoipa::path(get, path = "/calendars", tag = "calendars", responses((status = 200, description = "All of them, on one page", body = Page<CalendarShape>)))]
async fn list(bearer: Bearer) -> ApiResult {
    let lines = bearer.app.calendars(&bearer.ctx, bearer.actor()).await?;
    let items = lines.iter().map(|line| CalendarShape::from(&line.calendar)).collect();
    json(StatusCode::OK, &Page { items, next: None })
}

/// Add a calendar
///
/// Leads of the desk and administrators.
#[utoipa::path(post, path = "/calendars", tag = "calendars", request_body = NewCalendar,
    responses((status = 201, description = "The calendar", body = CalendarShape)))]
async fn add(bearer: Bearer, Body { it, .. }: Body<NewCalendar>) -> ApiResult {
    let NewCalendar { code, name, file, reason } = it;
    let text = CalendarText { name, file };
    bearer.app.add_calendar(&bearer.ctx, bearer.actor(), &code, text, &reason).await?;
    let code = code.trim();
    created(&format!("/calendars/{code}"), &now(&bearer, code).await?)
}

/// One calendar
#[utoipa::path(get, path = "/calendars/{code}", tag = "calendars", params(("code" = String, Path, description = "The calendar's code")),
    responses((status = 200, description = "The calendar", body = CalendarShape)))]
async fn show(bearer: Bearer, At(code): At<String>) -> ApiResult {
    json(StatusCode::OK, &now(&bearer, &code).await?)
}

/// Change a calendar
///
/// Leads of the desk and administrators. Due times of open tickets follow.
#[utoipa::path(put, path = "/calendars/{code}", tag = "calendars", params(("code" = String, Path, description = "The calendar's code")),
    request_body = EditCalendar, responses((status = 200, description = "The calendar", body = CalendarShape)))]
async fn edit(bearer: Bearer, At(code): At<String>, Body { it, .. }: Body<EditCalendar>) -> ApiResult {
    let EditCalendar { name, file, version, reason } = it;
    let text = CalendarText { name, file };
    bearer.app.save_calendar(&bearer.ctx, bearer.actor(), &code, text, version, &reason).await?;
    json(StatusCode::OK, &now(&bearer, &code).await?)
}

/// Remove a calendar
///
/// Refused while a process or a running limit goes by it.
#[utoipa::path(delete, path = "/calendars/{code}", tag = "calendars", params(("code" = String, Path, description = "The calendar's code"), Removal),
    responses((status = 204, description = "It is gone")))]
async fn remove(bearer: Bearer, At(code): At<String>, Asked(asked): Asked<Removal>) -> ApiResult {
    bearer.app.remove_calendar(&bearer.ctx, bearer.actor(), &code, asked.version, &asked.reason).await?;
    done()
}

/// What a change would do
///
/// Nothing is changed.
#[utoipa::path(post, path = "/calendars/{code}/proposals", tag = "calendars", params(("code" = String, Path, description = "The calendar's code")),
    request_body = ProposedCalendar, responses((status = 200, description = "What would change", body = ProposalShape)))]
async fn propose(bearer: Bearer, At(code): At<String>, Body { it, .. }: Body<ProposedCalendar>) -> ApiResult {
    let change = CalendarChange::Whole(CalendarText { name: it.name, file: it.file });
    let proposal = bearer.app.propose_calendar(&bearer.ctx, bearer.actor(), &code, change).await?;
    let days = proposal.days.into_iter().map(|day| ChangedDayShape { before: day.before, after: day.after });
    let moves = proposal
        .moves
        .map(|moves| MovesShape { total: moves.total, first: moves.sample.into_iter().map(MoveShape::from).collect() });
    json(StatusCode::OK, &ProposalShape { days: days.collect(), moves })
}

/// A year, date by date
#[utoipa::path(get, path = "/calendars/{code}/years/{year}", tag = "calendars",
    params(("code" = String, Path, description = "The calendar's code"), ("year" = i16, Path, description = "The year", example = 2026)),
    responses((status = 200, description = "The year", body = YearShape)))]
async fn year(bearer: Bearer, At((code, year)): At<(String, i16)>) -> ApiResult {
    let shown = bearer.app.calendar_view(&bearer.ctx, bearer.actor(), &code, Some(year)).await?;
    json(StatusCode::OK, &YearShape { year, known: !shown.without_table, days: shown.days })
}

/// Set a date, or several in a row
#[utoipa::path(put, path = "/calendars/{code}/days/{date}", tag = "calendars",
    params(("code" = String, Path, description = "The calendar's code"), ("date" = String, Path, description = "The date", example = "2026-02-14")),
    request_body = SetDay, responses((status = 200, description = "The calendar", body = CalendarShape)))]
async fn set_day(bearer: Bearer, At((code, date)): At<(String, Date)>, Body { it, .. }: Body<SetDay>) -> ApiResult {
    let missing = |field: &str| Refusal::Fields(vec![FieldRefusal::new(field, "missing")]);
    let change = match it.change {
        ChangeWord::Free => DayChange::Free,
        ChangeWord::Rule => DayChange::ByRule,
        ChangeWord::Hours => DayChange::Hours(it.hours.ok_or_else(|| missing("hours"))?),
        ChangeWord::As => {
            let day = it.weekday.ok_or_else(|| missing("weekday"))?;
            DayChange::WorkAs(
                Weekday::from_monday_one_offset(day).map_err(|_| Refusal::field("weekday", "not-an-option"))?,
            )
        }
    };
    let change = CalendarChange::Days { from: date, to: it.until.unwrap_or(date), change };
    bearer.app.change_calendar(&bearer.ctx, bearer.actor(), &code, change, it.version, &it.reason).await?;
    json(StatusCode::OK, &now(&bearer, &code).await?)
}

/// Take a table of statutory days in
#[utoipa::path(post, path = "/calendars/{code}/tables", tag = "calendars", params(("code" = String, Path, description = "The calendar's code")),
    request_body = TakeTable, responses((status = 200, description = "The calendar", body = CalendarShape)))]
async fn take_table(bearer: Bearer, At(code): At<String>, Body { it, .. }: Body<TakeTable>) -> ApiResult {
    let english = bearer.me.person.locale == Locale::En.tag();
    let table = StatutoryYear::new(it.table).map_err(|faults| {
        let fault = |(index, problem): (Option<usize>, _)| {
            let field = index.map_or_else(|| "table".to_owned(), |index| format!("table.days[{index}]"));
            FieldRefusal::new(&field, "calendar-table-day").with("what", said(english, &problem))
        };
        Refusal::Fields(faults.into_iter().map(fault).collect())
    })?;
    let change = CalendarChange::Tables(vec![table]);
    bearer.app.change_calendar(&bearer.ctx, bearer.actor(), &code, change, it.version, &it.reason).await?;
    json(StatusCode::OK, &now(&bearer, &code).await?)
}

fn said(english: bool, problem: &yingda_app::calendars::TableProblem) -> String {
    if english { problem.to_string() } else { problem.chinese() }
}

/// A year's statutory days
#[utoipa::path(get, path = "/calendars/{code}/tables/{year}", tag = "calendars",
    params(("code" = String, Path, description = "The calendar's code"), ("year" = i16, Path, description = "The year", example = 2026)),
    responses((status = 200, description = "The table, in the layout of the holiday-cn data set", body = Object)))]
async fn table(bearer: Bearer, At((code, year)): At<(String, i16)>) -> ApiResult {
    let table = bearer.app.statutory_table(&bearer.ctx, bearer.actor(), &code, year).await?;
    json(StatusCode::OK, &table.to_file())
}

/// When a limit is due
#[utoipa::path(get, path = "/calendars/{code}/due", tag = "calendars", params(("code" = String, Path, description = "The calendar's code"), DueAsked),
    responses((status = 200, description = "When, and how that comes", body = DueShape)))]
async fn due(bearer: Bearer, At(code): At<String>, Asked(asked): Asked<DueAsked>) -> ApiResult {
    let n = asked.amount;
    let amount = match asked.unit {
        UnitWord::WorkingSeconds => Amount::WorkingSeconds(u64::from(n)),
        UnitWord::WorkingDays => Amount::WorkingDays(n),
        UnitWord::Seconds => Amount::CalendarSeconds(u64::from(n)),
        UnitWord::Days => Amount::CalendarDays(n),
    };
    let found = bearer.app.reckon(bearer.actor(), &code, asked.from, amount)?;
    let english = bearer.me.person.locale == Locale::En.tag();
    let lines = if english { found.account.english() } else { found.account.chinese() };
    let (due, coverage) = (found.due.at(), found.due.coverage);
    json(StatusCode::OK, &DueShape { due, coverage, account: found.account, lines })
}

pub(crate) fn routes() -> OpenApiRouter<WebState> {
    OpenApiRouter::default()
        .routes(routes!(list, add))
        .routes(routes!(show, edit, remove))
        .routes(routes!(propose))
        .routes(routes!(year))
        .routes(routes!(set_day))
        .routes(routes!(take_table))
        .routes(routes!(table))
        .routes(routes!(due))
}
