//! 时限 of a ticket: letting clocks stand still and go on, a limit of its own, and how a due time comes, line by line.
//!
//! The one thing to know: a form that is sent twice is one deed: where the ticket has moved on since the page was made, and what is
//! asked for holds already by the same person, the page goes on as after the first.

pub mod section;
pub mod words;

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::{get, post};
use jiff::civil::DateTime;
use yingda_app::clocks::pages::ClockPause;
use yingda_app::clocks::pause::{OwnLimit, PauseClocks, SetLimit};
use yingda_app::clocks::table::amount_fault;
use yingda_app::clocks::view::ClockView;
use yingda_app::ticket::TicketView;
use yingda_app::{AppError, AppResult};
use yingda_core::refusal::FieldRefusal;
use yingda_core::{ClockId, Refusal, TicketId};
use yingda_process::{Limit, LimitUnit};

use self::words::{account, limit_words, span, stored_moment};
use crate::front::flash::Pending;
use crate::front::{Fault, Fields, PageResult, Posted, Visit, WebState};
use crate::pages::actions::{Place, done};
use crate::pages::show::Show;
use crate::views::clocks::{ClockPage, PauseRow, SegmentRow};

fn ticket_id(text: &str) -> Result<TicketId, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound)
}

/// Takes a refusal back where what was asked for holds already by the same person.
async fn once(
    visit: &Visit,
    id: TicketId,
    result: AppResult<()>,
    holds: impl Fn(&ClockView) -> bool,
) -> Result<AppResult<()>, Fault> {
    if let Err(AppError::Refused(Refusal::Stale { .. } | Refusal::NothingToPause)) = &result {
        let clocks = visit.app.ticket_clocks(&visit.ctx, visit.actor(), id).await?;
        if clocks.iter().any(holds) {
            return Ok(Ok(()));
        }
    }
    Ok(result)
}

async fn pause(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id = ticket_id(&id)?;
    let (reason, note) = (fields.get("reason").to_owned(), fields.get("note").to_owned());
    let mut wrong = Vec::new();
    if reason.is_empty() {
        wrong.push(FieldRefusal::new("reason", "missing"));
    }
    if note.trim().is_empty() {
        wrong.push(FieldRefusal::new("note", "missing"));
    }
    let result = if wrong.is_empty() {
        let pause = PauseClocks { reason: reason.clone(), note: note.clone(), seen: fields.parse("version") };
        let result = visit.app.pause_clocks(&visit.ctx, visit.actor(), id, pause).await;
        once(&visit, id, result, |view| view.is_paused_by(visit.actor(), &reason, &note)).await?
    } else {
        Err(Refusal::Fields(wrong).into())
    };
    done(&visit, id, Place::Pause, fields, result, Pending::done("clock-done-paused")).await
}

async fn resumption(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id = ticket_id(&id)?;
    let seen = fields.parse("version");
    let result = visit.app.resume_clocks(&visit.ctx, visit.actor(), id, fields.get("note"), seen).await;
    let me = Some(visit.actor().person);
    let by_hand = |pause: &ClockPause| !pause.reason.starts_with("step.");
    let ended = |view: &ClockView| {
        let open = view.clock.pauses.iter().any(|pause| pause.to.is_none() && by_hand(pause));
        !open && view.clock.pauses.last().is_some_and(|pause| by_hand(pause) && pause.ended_by == me)
    };
    let result = once(&visit, id, result, ended).await?;
    done(&visit, id, Place::Resumption, fields, result, Pending::done("clock-done-resumed")).await
}

/// The clock and the limit that a form names.
///
/// # Errors
/// Every field at fault.
fn own_limit(visit: &Visit, fields: &Fields) -> Result<(ClockId, OwnLimit), Refusal> {
    let mut wrong = Vec::new();
    let clock: Option<ClockId> = fields.parse("clock");
    if clock.is_none() {
        wrong.push(FieldRefusal::new("clock", "missing"));
    }
    let to = match fields.get("how") {
        "amount" => amount(fields, &mut wrong).map(OwnLimit::From),
        "until" => match fields.some("until") {
            None => {
                wrong.push(FieldRefusal::new("until", "missing"));
                None
            }
            Some(text) => {
                // Browsers send `T` between day and time; people type a blank.
                let at = text.trim().replace(' ', "T").parse::<DateTime>().ok();
                let at = at.and_then(|at| at.to_zoned(visit.zone()).ok());
                if at.is_none() {
                    wrong.push(FieldRefusal::new("until", "bad-datetime"));
                }
                at.map(|at| OwnLimit::Until(at.timestamp()))
            }
        },
        "usual" => Some(OwnLimit::AsUsual),
        _ => {
            wrong.push(FieldRefusal::new("how", "missing"));
            None
        }
    };
    if fields.some("reason").is_none() {
        wrong.push(FieldRefusal::new("reason", "missing"));
    }
    match (clock, to) {
        (Some(clock), Some(to)) if wrong.is_empty() => Ok((clock, to)),
        _ => Err(Refusal::Fields(wrong)),
    }
}

fn amount(fields: &Fields, wrong: &mut Vec<FieldRefusal>) -> Option<Limit> {
    let unit = LimitUnit::from_id(fields.get("unit"));
    if unit.is_none() {
        wrong.push(FieldRefusal::new("unit", "missing"));
    }
    let Some(text) = fields.some("amount") else {
        wrong.push(FieldRefusal::new("amount", "missing"));
        return None;
    };
    let Ok(amount) = text.trim().parse::<u32>() else {
        wrong.push(FieldRefusal::new("amount", "limit-whole"));
        return None;
    };
    let limit = Limit { amount, unit: unit? };
    let fault = amount_fault("amount", limit);
    let sound = fault.is_none();
    wrong.extend(fault);
    sound.then_some(limit)
}

async fn limit(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id = ticket_id(&id)?;
    let result = match own_limit(&visit, &fields) {
        Ok((clock, to)) => {
            let reason = fields.get("reason").to_owned();
            let set = SetLimit { clock, to, reason: reason.clone(), seen: fields.parse("version") };
            let result = visit.app.set_limit(&visit.ctx, visit.actor(), id, set).await;
            let holds = |view: &ClockView| view.clock.clock.id == clock && view.is_set_by(visit.actor(), to, &reason);
            once(&visit, id, result, holds).await?
        }
        Err(refusal) => Err(refusal.into()),
    };
    done(&visit, id, Place::Limit, fields, result, Pending::done("clock-done-limit")).await
}

/// What is known of a clock, as pairs.
fn facts(visit: &Visit, show: &Show, ticket: &TicketView, view: &ClockView) -> Vec<(String, String)> {
    let t = visit.t();
    let clock = &view.clock.clock;
    let directory = show.directory();
    let mut all = vec![
        (t.say("clock-limit"), words::target_words(t, &view.target)),
        (t.say("clock-calendar"), words::calendar_name(&visit.app, t, &view.calendar)),
        (t.say("clock-started"), show.moment(clock.started).full),
    ];
    if let Some(due) = clock.due {
        all.push((t.say("clock-due"), show.moment(due).full));
    }
    if let Some(stopped) = clock.stopped {
        all.push((t.say("clock-stopped"), show.moment(stopped).full));
        let by = stored_moment(t, &ticket.process.definition, &clock.stopped_by);
        all.push((t.say("clock-stopped-by"), by));
    }
    if let Some(breached) = clock.breached {
        all.push((t.say("clock-breached"), show.moment(breached).full));
    }
    let who = match (clock.person, clock.department) {
        (Some(person), _) => directory.person_name(person),
        (None, Some(department)) => directory.department_name(department),
        (None, None) => String::new(),
    };
    if !who.is_empty() {
        all.push((t.say("clock-answerable"), who));
    }
    all
}

async fn show(visit: Visit, Path((id, clock)): Path<(String, String)>) -> PageResult {
    let id = ticket_id(&id)?;
    let clock: ClockId = clock.parse().map_err(|_| Refusal::NotFound)?;
    let t = visit.t();
    let ticket = visit.app.ticket(visit.actor(), id).await?;
    let view = visit.app.ticket_clock(&visit.ctx, visit.actor(), id, clock).await?;
    let eyes = Show::new(&visit);
    let working = view.target.is_working();
    let row = eyes.ticket(&ticket.held.ticket);
    let calendar = visit.app.calendar(&view.calendar);
    // Without a limit that counts forward there is no account of one; the extensions stand alone.
    let counted = usize::from(view.account.len() > view.extra.len());
    let heading = |n: usize| match n.checked_sub(counted).and_then(|n| view.extra.get(n)) {
        Some(extra) => t.with("clock-extra", &[("limit", limit_words(t, *extra))]),
        None => t.with("clock-account-of", &[("limit", words::target_words(t, &view.target))]),
    };
    let page = ClockPage {
        ticket: format!("/tickets/{id}"),
        number: row.number,
        subject: row.title,
        line: section::line(&visit, &eyes, &format!("/tickets/{id}"), &view),
        facts: facts(&visit, &eyes, &ticket, &view),
        accounts: view.account.iter().enumerate().map(|(n, one)| (heading(n), account(t, one))).collect(),
        pauses: view
            .clock
            .pauses
            .iter()
            .map(|pause| PauseRow {
                reason: pause.label.clone(),
                note: pause.note.clone(),
                from: eyes.moment(pause.from),
                to: pause.to.or(view.clock.clock.stopped).map(|to| eyes.moment(to)),
                by: eyes.person(pause.by),
                ended_by: pause.to.map(|_| eyes.person(pause.ended_by)).unwrap_or_default(),
            })
            .collect(),
        segments: view
            .segments(&calendar, visit.now())
            .into_iter()
            .map(|segment| SegmentRow {
                from: eyes.moment(segment.from),
                to: segment.to.map(|to| eyes.moment(to)),
                long: span(t, segment.seconds, working),
            })
            .collect(),
        shell: visit.shell().await?,
    };
    visit.page(StatusCode::OK, &page)
}

/// The server's time in milliseconds since 1970: a page that slept asks again before it goes on counting.
async fn now(visit: Visit) -> String {
    visit.now().as_millisecond().to_string()
}

/// Their routes.
pub fn routes() -> Router<WebState> {
    Router::new()
        .route("/fragments/now", get(now))
        .route("/tickets/{id}/pause", post(pause))
        .route("/tickets/{id}/resumption", post(resumption))
        .route("/tickets/{id}/limit", post(limit))
        .route("/tickets/{id}/clocks/{clock}", get(show))
}
