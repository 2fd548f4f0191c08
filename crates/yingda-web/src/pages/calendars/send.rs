//! What is sent to a calendar: its rules, a date, a table of statutory days, its removal.
//!
//! The one thing to know: each is sent twice. The first time gives the page that says what would change; that page sends the same
//! once more, with `do=confirm`. Whatever is refused comes back on the year's page with all that was typed.

use axum::extract::Path;
use axum::http::StatusCode;
use yingda_app::AppError;
use yingda_app::calendars::change::CalendarChange;
use yingda_app::calendars::edit::{CalendarProposal, Moves};
use yingda_app::calendars::{DeskCalendar, ImportedTables, StatutoryYear, TableFault};
use yingda_core::{Action, Refusal, Subject, can};

use super::day::DayText;
use super::rules::RulesText;
use super::show::{Asked, Typed, page};
use super::words::{date, name_of, shifts};
use crate::front::flash::Pending;
use crate::front::posted::Fields;
use crate::front::{Fault, PageResult, Posted, Visit};
use crate::i18n::{Locale, Tr};
use crate::kit::Moment;
use crate::views::calendars::{CalendarChangePage, MoveRow, MovesView};

/// The most dates that are listed before a change.
const LISTED: usize = 50;
/// The largest file with statutory days, in bytes.
const LARGEST_TABLE: usize = 1024 * 1024;

/// Something to be changed, as it came.
struct Wish {
    /// The last part of the address that it is sent to.
    to: &'static str,
    change: CalendarChange,
    reason: String,
    /// The version it was typed upon; nothing where it holds for any.
    seen: Option<i64>,
    hidden: Vec<(String, String)>,
    notes: Vec<String>,
}

enum Outcome {
    Saved,
    Look(Box<CalendarChangePage>),
}

fn asked(fields: &Fields) -> Asked {
    Asked { year: fields.get("year").to_owned(), ..Asked::default() }
}

/// The calendar that something is sent to, for whoever may change it.
async fn row(visit: &Visit, code: &str) -> Result<DeskCalendar, Fault> {
    can(visit.actor(), Action::EditCalendars, Subject::Desk)?;
    let shown = visit.app.calendar_view(&visit.ctx, visit.actor(), code, None).await?;
    if shown.editable { Ok(shown.calendar) } else { Err(Refusal::NotAllowed.into()) }
}

/// Makes the change, or the page that says what it would do.
async fn go(visit: &Visit, code: &str, fields: &Fields, wish: Wish) -> Result<Outcome, Fault> {
    let confirmed = fields.get("do") == "confirm";
    let (ctx, actor) = (&visit.ctx, visit.actor());
    if confirmed {
        let seen = fields.parse("version").unwrap_or_default();
        visit.app.change_calendar(ctx, actor, code, wish.change, seen, &wish.reason).await?;
        return Ok(Outcome::Saved);
    }
    let proposal = match visit.app.propose_calendar(ctx, actor, code, wish.change).await {
        Ok(proposal) => proposal,
        Err(AppError::Refused(Refusal::Fields(mut faults))) => {
            if let Err(Refusal::Fields(missing)) = with_reason(&wish.reason) {
                faults.extend(missing);
            }
            return Err(Refusal::Fields(faults).into());
        }
        Err(other) => return Err(other.into()),
    };
    with_reason(&wish.reason)?;
    let now = proposal.before.version;
    if wish.seen.is_some_and(|seen| seen != now) {
        return Err(Refusal::Stale { current: now }.into());
    }
    if proposal.after.file == *proposal.before.calendar.file() && proposal.after.name == proposal.before.name {
        return Err(Refusal::field("form", "calendar-nothing").into());
    }
    let mut hidden = wish.hidden;
    hidden.push(("version".to_owned(), now.to_string()));
    hidden.push(("year".to_owned(), fields.get("year").to_owned()));
    let page = look(visit, code, &proposal, wish.to, hidden, wish.notes, wish.reason).await?;
    Ok(Outcome::Look(Box::new(page)))
}

fn with_reason(reason: &str) -> Result<(), Refusal> {
    if reason.trim().is_empty() { Err(Refusal::field("reason", "missing")) } else { Ok(()) }
}

async fn look(
    visit: &Visit,
    code: &str,
    proposal: &CalendarProposal,
    to: &str,
    hidden: Vec<(String, String)>,
    notes: Vec<String>,
    reason: String,
) -> Result<CalendarChangePage, Fault> {
    let t = visit.t();
    let before = RulesText::of(t, &proposal.before);
    let after = after_in_words(t, proposal);
    let rules = before.lines(t, &after).into_iter().filter(|[_, before, after]| before != after).collect();
    let line = |day: &yingda_app::calendars::change::ChangedDay| {
        let date = date(t, day.before.date, "calendar-day-full");
        [date, shifts(t, &day.before.shifts), shifts(t, &day.after.shifts)]
    };
    Ok(CalendarChangePage {
        shell: visit.shell().await?,
        name: name_of(t, &proposal.before),
        back: format!("/calendars/{code}"),
        action: format!("/calendars/{code}/{to}"),
        hidden,
        notes,
        rules,
        days: proposal.days.iter().take(LISTED).map(line).collect(),
        day_count: proposal.days.len(),
        moves: proposal.moves.as_ref().map(|moves| moves_view(visit, t, moves)),
        reason,
    })
}

/// The rules of the calendar that would be, told like those of one that is.
fn after_in_words(t: Tr, proposal: &CalendarProposal) -> RulesText {
    let file = &proposal.after.file;
    let name = if proposal.after.name.is_empty() { name_of(t, &proposal.before) } else { proposal.after.name.clone() };
    RulesText::of_file(name, file)
}

fn moves_view(visit: &Visit, t: Tr, moves: &Moves) -> MovesView {
    let zone = visit.zone();
    let moment = |at: Option<jiff::Timestamp>| at.map(|at| Moment::at(at, visit.now(), &zone, t));
    let rows = moves.sample.iter().map(|moved| MoveRow {
        href: format!("/tickets/{}", moved.ticket),
        number: moved.number.clone(),
        subject: moved.subject.clone(),
        limit: moved.limit.clone(),
        before: moment(moved.before),
        after: moment(moved.after),
    });
    let Moves { total, over, saved, more, .. } = *moves;
    MovesView { total, over, saved, at_least: more, rows: rows.collect() }
}

/// Answers a change: on to the calendar, the page to look at, or `back` with what was typed and the status of the refusal.
async fn answer(
    visit: &Visit,
    code: &str,
    asked: &Asked,
    outcome: Result<Outcome, Fault>,
    back: impl FnOnce(Refusal) -> Typed,
) -> PageResult {
    let refusal = match outcome {
        Ok(Outcome::Saved) => {
            let to = if asked.year.is_empty() { String::new() } else { format!("?year={}", asked.year) };
            return Ok(visit.go(&format!("/calendars/{code}{to}"), &Pending::done("calendar-saved")));
        }
        Ok(Outcome::Look(page)) => return visit.page(StatusCode::OK, page.as_ref()),
        Err(Fault(AppError::Refused(
            refusal @ (Refusal::Fields(_) | Refusal::Taken { .. } | Refusal::Stale { .. } | Refusal::TooLarge { .. }),
        ))) => refusal,
        Err(other) => return Err(other),
    };
    let status = crate::front::reply::status(&AppError::Refused(refusal.clone()));
    let (_, page) = page(visit, code, asked, back(refusal)).await?;
    visit.page(status, &page)
}

/// All of a calendar.
pub async fn rules(visit: Visit, Path(code): Path<String>, Posted(fields): Posted) -> PageResult {
    let t = visit.t();
    let now = row(&visit, &code).await?;
    let text = RulesText::sent(&fields);
    let seen: i64 = fields.parse("version").unwrap_or_default();
    let asked = asked(&fields);
    if fields.get("do") == "edit" {
        let typed = Typed { rules: Some((text, seen, None)), ..Typed::default() };
        let (_, page) = page(&visit, &code, &asked, typed).await?;
        return visit.page(StatusCode::OK, &page);
    }
    let outcome = match text.read(t, Some(&now)) {
        Ok(whole) => {
            let change = CalendarChange::Whole(whole);
            let (reason, hidden) = (text.reason.clone(), text.hidden());
            let wish = Wish { to: "rules", change, reason, seen: Some(seen), hidden, notes: Vec::new() };
            go(&visit, &code, &fields, wish).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    answer(&visit, &code, &asked, outcome, |refusal| match refusal {
        Refusal::Stale { .. } => {
            let stale = text.beside(t, &RulesText { reason: text.reason.clone(), ..RulesText::of(t, &now) });
            Typed { rules: Some((text, now.version, None)), stale: Some(stale), ..Typed::default() }
        }
        other => Typed { rules: Some((text, seen, Some(other))), ..Typed::default() },
    })
    .await
}

/// A date, or several in a row.
pub async fn days(visit: Visit, Path(code): Path<String>, Posted(fields): Posted) -> PageResult {
    row(&visit, &code).await?;
    let text = DayText::sent(&fields);
    let asked = Asked { day: text.date.clone(), ..Asked::default() };
    let on_page = Asked { year: text.date.get(..4).unwrap_or_default().to_owned(), ..asked.clone() };
    if fields.get("do") == "edit" {
        let typed = Typed { day: Some((text, None)), ..Typed::default() };
        let (_, page) = page(&visit, &code, &on_page, typed).await?;
        return visit.page(StatusCode::OK, &page);
    }
    let outcome = match text.read() {
        Ok(change) => {
            let (reason, hidden) = (text.reason.clone(), text.hidden());
            let wish = Wish { to: "days", change, reason, seen: None, hidden, notes: Vec::new() };
            go(&visit, &code, &fields, wish).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    answer(&visit, &code, &on_page, outcome, |refusal| Typed { day: Some((text, Some(refusal))), ..Typed::default() })
        .await
}

/// The statutory days of a file, and what of it was left out.
fn read_table(t: Tr, text: &str) -> Result<(Vec<StatutoryYear>, Vec<String>), Vec<String>> {
    let told = |fault: &TableFault| {
        let problem = &fault.problem;
        let what = if t.locale() == Locale::En { problem.to_string() } else { problem.chinese() };
        match fault.line {
            Some(line) => t.with("calendar-table-line", &[("line", line.to_string()), ("what", what)]),
            None => what,
        }
    };
    let is_json = text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']);
    let read = if is_json {
        StatutoryYear::from_json(text).map(|year| ImportedTables { years: vec![year], left_out: Vec::new() })
    } else {
        ImportedTables::from_icalendar(text)
    };
    let tables = read.map_err(|faults| faults.faults().iter().map(told).collect::<Vec<_>>())?;
    let left_out = tables.left_out.iter().map(|event| {
        t.with("calendar-table-left-out", &[("line", event.line.to_string()), ("name", event.summary.clone())])
    });
    Ok((tables.years, left_out.collect()))
}

/// A table of statutory days.
pub async fn table(visit: Visit, Path(code): Path<String>, Posted(fields): Posted) -> PageResult {
    let t = visit.t();
    row(&visit, &code).await?;
    let asked = asked(&fields);
    let typed_reason = fields.get("reason").to_owned();
    let file = fields.files.iter().find(|file| file.field == "file");
    let mut faults = Vec::new();
    let mut read = None;
    let mut refusal = None;
    let text = match file {
        Some(file) if file.bytes.len() > LARGEST_TABLE => {
            refusal = Some(Refusal::TooLarge { limit: LARGEST_TABLE as u64 });
            None
        }
        Some(file) => match std::str::from_utf8(&file.bytes) {
            Ok(text) => Some(text.to_owned()),
            Err(_) => {
                faults.push(t.say("calendar-table-not-text"));
                None
            }
        },
        None => fields.some("text").map(str::to_owned),
    };
    match &text {
        Some(text) if fields.get("do") != "edit" => match read_table(t, text) {
            Ok(tables) => read = Some(tables),
            Err(wrong) => faults = wrong,
        },
        Some(_) => {}
        None if faults.is_empty() && refusal.is_none() => refusal = Some(Refusal::field("file", "missing")),
        None => {}
    }
    if fields.get("do") == "edit" {
        let typed = Typed { table: Some((typed_reason, Vec::new(), None)), ..Typed::default() };
        let (_, page) = page(&visit, &code, &asked, typed).await?;
        return visit.page(StatusCode::OK, &page);
    }
    let outcome = match (read, refusal) {
        (Some((years, notes)), None) => {
            let names: Vec<String> = years.iter().map(|year| year.year().to_string()).collect();
            let names = names.join(&t.say("list-comma"));
            let reason = match typed_reason.trim() {
                "" => t.with("calendar-table-reason", &[("years", names)]),
                typed => typed.to_owned(),
            };
            let hidden = vec![("text".to_owned(), text.unwrap_or_default()), ("reason".to_owned(), reason.clone())];
            let change = CalendarChange::Tables(years);
            go(&visit, &code, &fields, Wish { to: "table", change, reason, seen: None, hidden, notes }).await
        }
        (_, Some(refusal)) => Err(refusal.into()),
        (None, None) => Err(Refusal::Fields(Vec::new()).into()),
    };
    answer(&visit, &code, &asked, outcome, |refusal| {
        let refusal = Some(refusal).filter(|refusal| *refusal != Refusal::Fields(Vec::new()));
        Typed { table: Some((typed_reason, faults, refusal)), ..Typed::default() }
    })
    .await
}

/// Takes a calendar away.
pub async fn removal(visit: Visit, Path(code): Path<String>, Posted(fields): Posted) -> PageResult {
    let now = row(&visit, &code).await?;
    let reason = fields.get("reason").to_owned();
    let seen = fields.parse("version").unwrap_or_default();
    match visit.app.remove_calendar(&visit.ctx, visit.actor(), &code, seen, &reason).await {
        Ok(()) => Ok(visit.go("/calendars", &Pending::done("calendar-removed").with("name", name_of(visit.t(), &now)))),
        Err(error) => {
            let back = |refusal| Typed { removal: Some((reason, refusal)), ..Typed::default() };
            answer(&visit, &code, &Asked::default(), Err(error.into()), back).await
        }
    }
}
