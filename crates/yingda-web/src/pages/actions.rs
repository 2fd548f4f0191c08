//! What is done on a ticket: completing a step, words, progress, assignment, transfer, copies, sheets by hand, archiving.
//!
//! The one thing to know: a refusal brings the ticket's page back with the form as it was sent; only what the actor may not do,
//! or may not see, becomes an error page.

use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::post;
use yingda_app::assignment::{Told, Transfer};
use yingda_app::sheets::SendSheet;
use yingda_app::steps::CompleteStep;
use yingda_app::talk::Say;
use yingda_app::ticket::TicketView;
use yingda_app::{AppError, AppResult, MessageKind, Once};
use yingda_core::refusal::FieldRefusal;
use yingda_core::{AttachmentId, DepartmentId, MessageId, PersonId, Refusal, TicketId};
use yingda_process::{FieldType, RawForm};

use crate::front::flash::Pending;
use crate::front::{Fault, Fields, PageResult, Posted, Visit, WebState, reply};
use crate::pages::attachments::{Brought, bring};
use crate::pages::phone;
use crate::pages::show::failed;
use crate::pages::ticket::{self, Asked};

/// Which form of a ticket's page was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The form of a step, by its token.
    Step(i64),
    /// Words to or from the customer.
    Message,
    /// Words among colleagues.
    Note,
    /// Giving it to somebody.
    Assignment,
    /// Giving it to another department.
    Transfer,
    /// Correcting what was taken down.
    Particulars,
    /// Copying a department in.
    Copies,
    /// A contact sheet.
    Sheet,
    /// Files.
    Files,
    /// Bringing it before whoever leads.
    Escalation,
    /// The overdue statement of a clock, by its number.
    Statement(i64),
    /// Asking for more time.
    Extension,
    /// Urging whoever has it.
    Urge,
    /// Offering the first receiver's place.
    Owner,
    /// Letting clocks stand still.
    Pause,
    /// Letting them go on.
    Resumption,
    /// A limit of the ticket's own.
    Limit,
}

/// A form that was sent and refused.
#[derive(Debug, Clone)]
pub struct Returned {
    /// Which.
    pub place: Place,
    /// What was typed.
    pub typed: Fields,
    /// Why it was refused.
    pub refusal: Refusal,
}

impl Returned {
    /// The fields at fault.
    #[must_use]
    pub fn wrong(&self) -> &[FieldRefusal] {
        match &self.refusal {
            Refusal::Fields(fields) => fields,
            _ => &[],
        }
    }
}

/// Goes on after a deed, or brings the page back with what was typed.
///
/// # Errors
/// What is no refusal that the page can say: no access, no such ticket, a house that fails.
pub async fn done(
    visit: &Visit,
    id: TicketId,
    place: Place,
    typed: Fields,
    result: AppResult<()>,
    say: Pending,
) -> PageResult {
    match result {
        Ok(()) => Ok(visit.go(&format!("/tickets/{id}"), &say)),
        Err(AppError::Refused(refusal @ (Refusal::NotFound | Refusal::NotAllowed))) => Err(refusal.into()),
        Err(AppError::Refused(refusal)) => again(visit, id, Returned { place, typed, refusal }).await,
        Err(other) => Err(Fault(other)),
    }
}

async fn again(visit: &Visit, id: TicketId, returned: Returned) -> Result<Response, Fault> {
    let view = visit.app.ticket(visit.actor(), id).await?;
    let status = reply::status(&AppError::Refused(returned.refusal.clone()));
    let page = ticket::page(visit, &view, &Asked::default(), Some(&returned)).await?;
    visit.page(status, &page)
}

fn ticket_id(text: &str) -> Result<TicketId, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound)
}

/// The version that the page showed.
fn seen(fields: &Fields) -> Option<i64> {
    fields.parse("version")
}

/// The request's key, with everything it asks for: the same form sent twice is one deed.
#[must_use]
pub fn once(fields: &Fields, deed: &str, id: &str) -> Once {
    let own = ["csrf", "key"];
    let mut parts = vec![deed.to_owned(), id.to_owned()];
    for (name, value) in fields.pairs.iter().filter(|(name, _)| !own.contains(&name.as_str())) {
        parts.extend([name.clone(), value.clone()]);
    }
    for file in &fields.files {
        parts.extend([file.field.clone(), file.name.clone(), file.bytes.len().to_string()]);
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let key = fields.some("key").map(|key| format!("{deed}:{key}"));
    Once::keyed(key.as_deref(), &parts)
}

async fn step(visit: Visit, Path((id, token)): Path<(String, i64)>, Posted(fields): Posted) -> PageResult {
    let id = ticket_id(&id)?;
    let view = visit.app.ticket(visit.actor(), id).await?;
    let once = once(&fields, "step", &format!("{id}/{token}"));
    // Files are kept first, so that the form can name them; for a step that is gone they are not.
    let Brought { kept, mut wrong } = if view.mine.contains(&token) {
        bring(&visit, id, &fields.files, fields.get("key")).await?
    } else {
        Brought::default()
    };
    let mut typed = Fields { pairs: fields.pairs, files: Vec::new() };
    let fresh: Vec<AttachmentId> = kept.iter().map(|(_, id)| *id).collect();
    typed.pairs.extend(kept.into_iter().map(|(field, id)| (field, id.to_string())));
    let filled = own_files(&view, typed.of_process(), &fresh);
    let done_with = view.held.work.iter().find(|item| item.token == token).map(|item| item.label.clone());
    let result = if wrong.is_empty() {
        let complete = CompleteStep {
            token,
            fields: filled,
            channel: None,
            answer: typed.parse("answer"),
            seen: seen(&typed),
            once,
        };
        visit.app.complete_step(&visit.ctx, visit.actor(), id, complete).await
    } else {
        wrong.truncate(20);
        Err(Refusal::Fields(wrong).into())
    };
    let say = match done_with {
        Some(label) => Pending::done("ticket-done-step").with("step", label),
        None => Pending::done("ticket-done-said"),
    };
    done(&visit, id, Place::Step(token), typed, result, say.forgetting(format!("step-{id}-{token}"))).await
}

/// What was typed, with only those files that are on this ticket.
fn own_files(view: &TicketView, mut raw: RawForm, fresh: &[AttachmentId]) -> RawForm {
    let known: Vec<String> =
        view.attachments.iter().map(|file| file.id).chain(fresh.iter().copied()).map(|id| id.to_string()).collect();
    for form in &view.process.definition.forms {
        for field in form.fields.iter().filter(|field| field.kind == FieldType::Attachment) {
            if let Some(ids) = raw.get_mut(&form.key(&field.id)) {
                ids.retain(|id| known.contains(id));
            }
        }
    }
    raw
}

/// Files of a box first; then its words. A file that is refused keeps the words back.
async fn say(visit: Visit, id: String, fields: Fields, place: Place) -> PageResult {
    let id = ticket_id(&id)?;
    let (deed, kind, told) = match (place, fields.get("how")) {
        (Place::Message, "from") => ("message", MessageKind::FromCustomer, Told::Now),
        (Place::Message, "later") => ("message", MessageKind::ToCustomer, Told::Later),
        (Place::Message, _) => ("message", MessageKind::ToCustomer, Told::Now),
        _ => ("note", MessageKind::Note, Told::Now),
    };
    let once = once(&fields, deed, &id.to_string());
    let text = fields.get("text").to_owned();
    let result = if text.trim().is_empty() {
        Err(Refusal::field("text", "missing").into())
    } else {
        let brought = bring(&visit, id, &fields.files, fields.get("key")).await?;
        if brought.wrong.is_empty() {
            let say = Say { kind, text, channel: fields.get("channel").to_owned(), told, answer: None, once };
            visit.app.say(&visit.ctx, visit.actor(), id, say).await.map(drop)
        } else {
            Err(Refusal::Fields(brought.wrong).into())
        }
    };
    let said = Pending::done(if place == Place::Note { "ticket-done-noted" } else { "ticket-done-said" });
    let typed = Fields { pairs: fields.pairs, files: Vec::new() };
    done(&visit, id, place, typed, result, said.forgetting(format!("{deed}-{id}"))).await
}

async fn message(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    say(visit, id, fields, Place::Message).await
}

async fn note(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    say(visit, id, fields, Place::Note).await
}

async fn told(visit: Visit, Path(id): Path<String>, Posted(_): Posted) -> PageResult {
    let message: MessageId = id.parse().map_err(|_| Refusal::NotFound)?;
    let ticket = visit.app.mark_told(&visit.ctx, visit.actor(), message).await?;
    Ok(visit.go(&format!("/tickets/{ticket}"), &Pending::done("ticket-done-told")))
}

async fn progress(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id = ticket_id(&id)?;
    let result = visit.app.set_progress(&visit.ctx, visit.actor(), id, fields.get("label"), fields.get("note")).await;
    button(&visit, id, result, Pending::done("ticket-done-progress"))
}

/// After a single button: the page once more, with a word about it.
fn button(visit: &Visit, id: TicketId, result: AppResult<()>, say: Pending) -> PageResult {
    let page = format!("/tickets/{id}");
    match result {
        Ok(()) => Ok(visit.go(&page, &say)),
        Err(AppError::Refused(refusal @ (Refusal::NotFound | Refusal::NotAllowed))) => Err(refusal.into()),
        Err(AppError::Refused(refusal)) => Ok(visit.go(&page, &failed(visit.t(), &refusal))),
        Err(other) => Err(Fault(other)),
    }
}

async fn assignment(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id = ticket_id(&id)?;
    let to = match (fields.get("to"), fields.get("person")) {
        ("me", _) => Ok(Some(visit.actor().person)),
        (_, "nobody") => Ok(None),
        (_, "") => Err(Refusal::field("person", "missing")),
        (_, person) => person.parse::<PersonId>().map(Some).map_err(|_| Refusal::field("person", "unknown-person")),
    };
    let result = match (to, phone::read(&visit, &fields)) {
        (Ok(to), Ok(phone)) => visit.app.assign(&visit.ctx, visit.actor(), id, to, seen(&fields), phone).await,
        (Err(refusal), _) | (_, Err(refusal)) => Err(refusal.into()),
    };
    done(&visit, id, Place::Assignment, fields, result, Pending::done("ticket-done-assigned")).await
}

async fn transfer(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id = ticket_id(&id)?;
    let mut wrong = Vec::new();
    let department = department(&fields, &mut wrong);
    let person = fields.some("person").map(str::parse::<PersonId>).transpose();
    if person.is_err() {
        wrong.push(FieldRefusal::new("person", "unknown-person"));
    }
    if fields.some("reason").is_none() {
        wrong.push(FieldRefusal::new("reason", "missing"));
    }
    let phone = match phone::read(&visit, &fields) {
        Ok(phone) => phone,
        Err(Refusal::Fields(fields)) => {
            wrong.extend(fields);
            None
        }
        Err(other) => return Err(other.into()),
    };
    let result = match (department, person) {
        (Some(department), Ok(person)) if wrong.is_empty() => {
            let transfer = Transfer {
                department,
                person,
                reason: fields.get("reason").to_owned(),
                tell: fields.get("tell").to_owned(),
                told: if fields.get("told") == "now" { Told::Now } else { Told::Later },
                phone,
                seen: seen(&fields),
                once: once(&fields, "transfer", &id.to_string()),
            };
            visit.app.transfer(&visit.ctx, visit.actor(), id, transfer).await
        }
        _ => Err(Refusal::Fields(wrong).into()),
    };
    done(&visit, id, Place::Transfer, fields, result, Pending::done("ticket-done-transferred")).await
}

/// The department that a form names; what is wrong with it otherwise.
fn department(fields: &Fields, wrong: &mut Vec<FieldRefusal>) -> Option<DepartmentId> {
    let code = match fields.some("department").map(str::parse) {
        Some(Ok(id)) => return Some(id),
        Some(Err(_)) => "unknown-department",
        None => "missing",
    };
    wrong.push(FieldRefusal::new("department", code));
    None
}

async fn copies(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id = ticket_id(&id)?;
    let mut wrong = Vec::new();
    let result = match department(&fields, &mut wrong) {
        Some(department) => visit.app.copy_in(&visit.ctx, visit.actor(), id, department).await,
        None => Err(Refusal::Fields(wrong).into()),
    };
    done(&visit, id, Place::Copies, fields, result, Pending::done("ticket-done-copied")).await
}

async fn contact_sheet(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id = ticket_id(&id)?;
    let mut wrong = Vec::new();
    let to = department(&fields, &mut wrong);
    if fields.some("question").is_none() {
        wrong.push(FieldRefusal::new("question", "missing"));
    }
    let result = match to {
        Some(to) if wrong.is_empty() => {
            let send = SendSheet {
                to,
                question: fields.get("question").to_owned(),
                customer_matter: fields.get("customer_matter").to_owned(),
                once: once(&fields, "sheet", &id.to_string()),
            };
            visit.app.send_sheet(&visit.ctx, visit.actor(), id, send).await.map(drop)
        }
        _ => Err(Refusal::Fields(wrong).into()),
    };
    done(&visit, id, Place::Sheet, fields, result, Pending::done("ticket-done-sheet")).await
}

async fn archive(visit: Visit, Path(id): Path<String>, Posted(_): Posted) -> PageResult {
    let id = ticket_id(&id)?;
    let result = visit.app.archive(&visit.ctx, visit.actor(), id).await;
    button(&visit, id, result, Pending::done("ticket-done-archived"))
}

/// Their routes.
pub fn routes() -> Router<WebState> {
    Router::new()
        .route("/tickets/{id}/steps/{token}", post(step))
        .route("/tickets/{id}/messages", post(message))
        .route("/tickets/{id}/notes", post(note))
        .route("/tickets/{id}/progress", post(progress))
        .route("/tickets/{id}/assignment", post(assignment))
        .route("/tickets/{id}/transfer", post(transfer))
        .route("/tickets/{id}/copies", post(copies))
        .route("/tickets/{id}/contact-sheets", post(contact_sheet))
        .route("/tickets/{id}/archive", post(archive))
        .route("/messages/{id}/told", post(told))
}
