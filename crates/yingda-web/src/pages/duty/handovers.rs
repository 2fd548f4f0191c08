//! 交接班: drawn up, written on, signed by both sides, read by the supervisor, printed.

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::routing::{get, post};
use serde::Deserialize;
use yingda_app::AppError;
use yingda_app::duty::handovers::{HandoverText, HandoverView, TicketMark};
use yingda_core::duty::handover::{Handover, HandoverState, HandoverTicket, Remarks};
use yingda_core::{Action, HandoverId, PersonId, Refusal, Subject, can};

use super::board::{due_line, title};
use super::{Signs, department, head, hours_words};
use crate::front::flash::Pending;
use crate::front::{Fault, Fields, PageResult, Posted, Visit, WebState};
use crate::i18n::Tr;
use crate::kit::{Badge, Due, FieldForm, FieldKind, FieldView, Moment, Stale, Tone};
use crate::pages::answers::fill_faults;
use crate::pages::forms::refill;
use crate::pages::show::{Show, failed, priority, sentence};
use crate::views::duty::handovers::{HandoverPage, HandoverPrintPage, HandoverRow, HandoversPage, OpenLine, Record};

/// Records on a page.
const LINES: i64 = 30;
/// A limit warns on a hand-over when less than this is left, in milliseconds.
const WARNS: i64 = 60 * 60 * 1000;

#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    department: String,
    #[serde(default)]
    before: String,
}

async fn list(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let t = visit.t();
    let id = department(&visit, &asked.department)?;
    can(visit.actor(), Action::SeeHandovers, Subject::Duty(id))?;
    let show = Show::new(&visit);
    let signs = Signs::of(&visit.app.duty_setup(visit.actor(), id).await?.shifts);
    let before = if asked.before.is_empty() { None } else { asked.before.parse().ok() };
    let records = visit.app.handovers(visit.actor(), id, before, LINES + 1).await?;
    let due = if before.is_none() { visit.app.handovers_due(&visit.ctx, visit.actor(), id).await? } else { Vec::new() };
    let shown = records.get(..LINES as usize).unwrap_or(&records);
    let older = (records.len() > shown.len()).then(|| shown.last()).flatten();
    let row = |record: &Handover| HandoverRow {
        href: format!("/duty/handovers/{}", record.id),
        title: title(t, &signs, record.shift, record.day),
        outgoing: names(&show, t, &record.outgoing),
        state: state(t, record.state),
        handed: signed(&show, record.handed_by, record.handed),
        taken: signed(&show, record.taken_by, record.taken),
        log: record.night.then(|| match record.read {
            Some(_) => Badge::new(t.say("duty-log-read"), Tone::Good),
            None => Badge::new(t.say("duty-log-unread"), Tone::Warn),
        }),
    };
    let page = HandoversPage {
        shell: visit.shell().await?,
        head: head(&visit, id, "/duty/handovers"),
        due: due.iter().map(|due| due_line(&visit, &show, &signs, due)).collect(),
        rows: shown.iter().map(row).collect(),
        older: older.map(|last| format!("/duty/handovers?department={id}&before={}", last.id)),
    };
    visit.page(StatusCode::OK, &page)
}

fn state(t: Tr, state: HandoverState) -> Badge {
    let tone = match state {
        HandoverState::Draft => Tone::Warn,
        HandoverState::Handed => Tone::Active,
        HandoverState::Taken => Tone::Good,
    };
    Badge::new(t.say(&format!("duty-handover-{}", state.as_str())), tone)
}

fn names(show: &Show, t: Tr, people: &[PersonId]) -> String {
    let names: Vec<String> = people.iter().map(|id| show.directory().person_name(*id)).collect();
    names.join(&t.say("list-comma"))
}

fn signed(show: &Show, who: Option<PersonId>, at: Option<jiff::Timestamp>) -> Option<(String, Moment)> {
    Some((show.directory().person_name(who?), show.moment(at?)))
}

async fn draw(visit: Visit, Posted(fields): Posted) -> PageResult {
    let shift = fields.parse("shift").ok_or(Refusal::NotFound)?;
    let day = fields.parse("day").ok_or(Refusal::NotFound)?;
    match visit.app.draw_up_handover(&visit.ctx, visit.actor(), shift, day).await {
        Ok(id) => Ok(crate::front::see_other(&format!("/duty/handovers/{id}"))),
        Err(AppError::Refused(refusal @ (Refusal::Fields(_) | Refusal::TooEarly))) => {
            Ok(visit.go("/duty/handovers", &Pending::failed("say").with("text", words(visit.t(), &refusal))))
        }
        Err(other) => Err(other.into()),
    }
}

async fn load(visit: &Visit, id: &str) -> Result<HandoverView, Fault> {
    let id: HandoverId = id.parse().map_err(|_| Refusal::NotFound)?;
    Ok(visit.app.handover(&visit.ctx, visit.actor(), id).await?)
}

/// The parts of what is written: the field's name, the key of its label, and the text.
fn parts(night: bool, remarks: &Remarks) -> Vec<(&'static str, &'static str, String)> {
    let mut parts = vec![
        ("key_points", "duty-key-points", remarks.key_points.clone()),
        ("unfinished", "duty-unfinished", remarks.unfinished.clone()),
        ("needs", "duty-needs-of", remarks.needs.clone()),
    ];
    if night {
        parts.extend([
            ("summary", "duty-summary", remarks.summary.clone()),
            ("experiences", "duty-experiences", remarks.experiences.clone()),
            ("problems", "duty-problems", remarks.problems.clone()),
        ]);
    }
    parts
}

fn record(visit: &Visit, show: &Show, view: &HandoverView) -> Record {
    let t = visit.t();
    let one = &view.handover;
    let shift = view.shift.name.as_str();
    let line = |ticket: &HandoverTicket| OpenLine {
        id: ticket.ticket.to_string(),
        number: ticket.number.clone(),
        subject: ticket.subject.clone(),
        step: ticket.step.clone(),
        priority: Some(priority(ticket.priority)),
        due: ticket.due.map(|due| Due::running("", due, visit.now(), WARNS, &visit.zone(), t)),
        from: show.directory().person_name(ticket.from),
        flagged: ticket.flagged,
        stays: ticket.stays,
        note: ticket.note.clone(),
        to: ticket.to.map(|id| show.directory().person_name(id)),
    };
    let mut signatures = vec![
        (t.say("duty-sign-out-side"), signed(show, one.handed_by, one.handed)),
        (t.say("duty-sign-in-side"), signed(show, one.taken_by, one.taken)),
    ];
    if one.night {
        signatures.push((t.say("duty-sign-reader"), signed(show, one.read_by, one.read)));
    }
    let incoming = names(show, t, &view.incoming);
    Record {
        id: one.id.to_string(),
        version: one.version.to_string(),
        department: show.directory().department_name(one.department),
        title: t.with("duty-shift-of", &[("day", super::day_words(t, one.day)), ("shift", shift.to_owned())]),
        hours: hours_words(t, view.shift.from, view.shift.to),
        state: state(t, one.state),
        outgoing: names(show, t, &one.outgoing),
        incoming: if incoming.is_empty() { t.say("duty-incoming-anybody") } else { incoming },
        night: one.night,
        remarks: parts(one.night, &one.remarks).into_iter().map(|(_, key, text)| (t.say(key), text)).collect(),
        tickets: view.tickets.iter().map(line).collect(),
        signatures,
    }
}

fn form(t: Tr, view: &HandoverView) -> FieldForm {
    let field = |(name, key, text): (&'static str, &'static str, String)| {
        let mut field = FieldView::new(FieldKind::Multiline, name, t.say(key)).tall(3).value(text);
        field.required = false;
        if name == "summary" {
            field = field.hint(t.say("duty-summary-hint"));
        }
        field
    };
    FieldForm::new(parts(view.handover.night, &view.handover.remarks).into_iter().map(field))
}

async fn page(visit: &Visit, view: &HandoverView) -> Result<HandoverPage, Fault> {
    let show = Show::new(visit);
    Ok(HandoverPage {
        shell: visit.shell().await?,
        head: head(visit, view.handover.department, "/duty/handovers"),
        record: record(visit, &show, view),
        form: view.may.edit.then(|| form(visit.t(), view)),
        // A night's log that is still missing is asked for when it is signed, not before.
        hand: view.may.edit,
        take: view.may.take,
        read: view.may.read,
        stale: None,
        error: None,
        kept: false,
    })
}

async fn show(visit: Visit, Path(id): Path<String>) -> PageResult {
    let view = load(&visit, &id).await?;
    let page = page(&visit, &view).await?;
    visit.page(StatusCode::OK, &page)
}

async fn print(visit: Visit, Path(id): Path<String>) -> PageResult {
    let view = load(&visit, &id).await?;
    let show = Show::new(&visit);
    let page = HandoverPrintPage {
        record: record(&visit, &show, &view),
        printed: show.moment(visit.now()),
        shell: visit.shell().await?,
    };
    visit.page(StatusCode::OK, &page)
}

/// What the form says.
fn typed(fields: &Fields, view: &HandoverView) -> HandoverText {
    let get = |name: &str| fields.get(name).to_owned();
    let mark = |ticket: &HandoverTicket| TicketMark {
        ticket: ticket.ticket,
        flagged: fields.get(&format!("flag-{}", ticket.ticket)) == "yes",
        stays: fields.get(&format!("stays-{}", ticket.ticket)) == "yes",
        note: get(&format!("note-{}", ticket.ticket)),
    };
    HandoverText {
        remarks: Remarks {
            key_points: get("key_points"),
            needs: get("needs"),
            unfinished: get("unfinished"),
            summary: get("summary"),
            experiences: get("experiences"),
            problems: get("problems"),
        },
        tickets: view.tickets.iter().map(mark).collect(),
    }
}

/// Keeps what is written, and signs where the second button was pressed.
async fn save(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let before = load(&visit, &id).await?;
    let id = before.handover.id;
    let seen: i64 = fields.parse("version").unwrap_or_default();
    let text = typed(&fields, &before);
    let draft = format!("handover-{id}");
    let kept = visit.app.edit_handover(visit.actor(), id, text.clone(), seen).await;
    let refusal = match kept {
        Ok(()) if fields.get("do") != "sign" => {
            let said = Pending::done("duty-kept").forgetting(draft);
            return Ok(visit.go(&format!("/duty/handovers/{id}"), &said));
        }
        Ok(()) => {
            // What was kept just now is what is signed: its version is the one that stands.
            let now = visit.app.handover(&visit.ctx, visit.actor(), id).await?.handover.version;
            match visit.app.hand_over(&visit.ctx, visit.actor(), id, now).await {
                Ok(()) => {
                    let said = Pending::done("duty-handed-over").forgetting(draft);
                    return Ok(visit.go(&format!("/duty/handovers/{id}"), &said));
                }
                Err(AppError::Refused(refusal)) => refusal,
                Err(other) => return Err(other.into()),
            }
        }
        Err(AppError::Refused(refusal)) => refusal,
        Err(other) => return Err(other.into()),
    };
    again(&visit, &fields, &text, id, refusal).await
}

/// The page again, with what was typed and why it was not taken.
async fn again(visit: &Visit, fields: &Fields, text: &HandoverText, id: HandoverId, refusal: Refusal) -> PageResult {
    if matches!(refusal, Refusal::NotFound | Refusal::NotAllowed) {
        return Err(refusal.into());
    }
    let t = visit.t();
    let mut view = visit.app.handover(&visit.ctx, visit.actor(), id).await?;
    let stands = view.handover.remarks.clone();
    let night = view.handover.night;
    if view.may.edit {
        for ticket in &mut view.tickets {
            if let Some(mark) = text.tickets.iter().find(|mark| mark.ticket == ticket.ticket) {
                (ticket.flagged, ticket.stays) = (mark.flagged, mark.stays);
                mark.note.clone_into(&mut ticket.note);
            }
        }
    }
    let mut page = page(visit, &view).await?;
    page.kept = true;
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if let Some(form) = page.form.take() {
        let mut form = refill(t, form, fields, &[]);
        if matches!(refusal, Refusal::Fields(_)) {
            fill_faults(t, &mut form, Some(&refusal));
        }
        page.form = Some(form);
    }
    match &refusal {
        Refusal::Fields(_) => {}
        Refusal::Stale { .. } => {
            status = StatusCode::CONFLICT;
            page.stale = Some(changed(t, night, &stands, &text.remarks));
        }
        other => {
            status = StatusCode::CONFLICT;
            page.error = Some(words(t, other));
            // It is signed by now: what was typed is shown once more, to be copied.
            if page.form.is_none() {
                page.stale = Some(changed(t, night, &stands, &text.remarks));
            }
        }
    }
    visit.page(status, &page)
}

/// What stands beside what was typed.
fn changed(t: Tr, night: bool, stands: &Remarks, typed: &Remarks) -> Stale {
    let now = parts(night, stands);
    let mine = parts(night, typed);
    Stale::of(now.into_iter().zip(mine).map(|((_, key, now), (_, _, mine))| [t.say(key), now, mine]))
}

async fn take(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id: HandoverId = id.parse().map_err(|_| Refusal::NotFound)?;
    let seen = fields.parse("version").unwrap_or_default();
    let done = visit.app.take_over(&visit.ctx, visit.actor(), id, seen).await;
    settle(&visit, id, "duty-taken-over", done)
}

async fn read(visit: Visit, Path(id): Path<String>, Posted(_): Posted) -> PageResult {
    let id: HandoverId = id.parse().map_err(|_| Refusal::NotFound)?;
    let done = visit.app.read_night_log(&visit.ctx, visit.actor(), id).await;
    settle(&visit, id, "duty-log-was-read", done)
}

/// A refusal in words; too early means something else here than for signing in.
fn words(t: Tr, refusal: &Refusal) -> String {
    if *refusal == Refusal::TooEarly { t.say("duty-handover-early") } else { sentence(t, refusal) }
}

fn settle(visit: &Visit, id: HandoverId, said: &str, done: yingda_app::AppResult<()>) -> PageResult {
    let back = format!("/duty/handovers/{id}");
    match done {
        Ok(()) => Ok(visit.go(&back, &Pending::done(said))),
        Err(AppError::Refused(refusal)) if !matches!(refusal, Refusal::NotFound | Refusal::NotAllowed) => {
            Ok(visit.go(&back, &failed(visit.t(), &refusal)))
        }
        Err(other) => Err(other.into()),
    }
}

/// Its routes.
pub fn routes() -> Router<WebState> {
    Router::new()
        .route("/duty/handovers", get(list).post(draw))
        .route("/duty/handovers/{id}", get(show).post(save))
        .route("/duty/handovers/{id}/print", get(print))
        .route("/duty/handovers/{id}/takeover", post(take))
        .route("/duty/handovers/{id}/reading", post(read))
}
