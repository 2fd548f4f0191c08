//! 接听来电: one matter taken in while the caller talks.
//!
//! The one thing to know: every button of the page posts the whole page. 查询 and a contact's name bring it back with the number
//! looked up and everything typed kept; scripts only make that quicker.

use std::sync::Arc;

use axum::Router;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;
use yingda_app::receive::Receive;
use yingda_app::{AppError, Once, Process, secret};
use yingda_core::refusal::FieldRefusal;
use yingda_core::{ContactId, Refusal, TicketId};
use yingda_process::{Column, Field, Form, RawForm};

use crate::front::flash::Pending;
use crate::front::{Fault, Fields, PageResult, Posted, Visit, WebState, field_sentence, refusal_sentence, reply};
use crate::kit::{Choice, FieldForm, FieldKind, FieldView, Markup};
use crate::pages::attachments::bring;
use crate::pages::forms::{Filling, control_id};
use crate::pages::fragments::{answer_panel, caller_panel, filled};
use crate::pages::show::{Show, channel_word};
use crate::shell::{Flash, FlashKind};
use crate::views::intake::{CallerPanel, Give, IntakePage, ProcessOption};

/// How most matters come in.
const USUAL: &str = "phone";

/// A page on its way back to the clerk.
#[derive(Debug, Default)]
struct Sent {
    raw: RawForm,
    channel: String,
    answer: String,
    wrong: Vec<FieldRefusal>,
    /// What was refused without a field being at fault.
    refusal: Option<Refusal>,
    /// Whether it was sent at all.
    sent: bool,
}

#[derive(Debug, Default, Deserialize)]
struct Chosen {
    #[serde(default)]
    process: String,
}

/// The process asked for; the first of the desk otherwise.
fn process(visit: &Visit, name: &str) -> Option<Arc<Process>> {
    visit.app.processes().current(name).or_else(|| visit.app.processes().all_current().into_iter().next())
}

async fn show(visit: Visit, Query(chosen): Query<Chosen>) -> PageResult {
    let page = page(&visit, &chosen.process, Sent::default()).await?;
    visit.page(StatusCode::OK, &page)
}

/// The first field of the intake forms that answers to something.
fn find<'d>(forms: &[&'d Form], wanted: impl Fn(&Field) -> bool) -> Option<(&'d Form, &'d Field)> {
    forms.iter().find_map(|form| form.fields.iter().find(|field| wanted(field)).map(|field| (*form, field)))
}

async fn page(visit: &Visit, name: &str, sent: Sent) -> Result<IntakePage, Fault> {
    let t = visit.t();
    let chosen = process(visit, name);
    let definition = chosen.as_ref().map(|process| &process.definition);
    let forms: Vec<&Form> = definition.map(|definition| definition.intake_forms()).unwrap_or_default();
    let number = find(&forms, |field| field.fills == Some(Column::Phone));
    let asked = find(&forms, |field| field.searches_answers)
        .or_else(|| find(&forms, |field| field.fills == Some(Column::Description)));
    let typed = |place: Option<(&Form, &Field)>| {
        place.and_then(|(form, field)| sent.raw.get(&form.key(&field.id))?.first().cloned()).unwrap_or_default()
    };
    // Looking the number up is also what decides whether this reader takes calls.
    let (caller, _) = caller_panel(visit, &typed(number), definition).await?;
    let tells = find(&forms, |field| field.tells_customer);
    let (give, address) = match tells {
        Some((form, field)) => {
            let control = control_id(&form.key(&field.id));
            let address = format!("/fragments/answers?fill={control}");
            (Give::Fill { control, page: String::new() }, address)
        }
        None => {
            let pick = Give::Pick { name: "answer".to_owned(), picked: sent.answer.clone() };
            (pick, "/fragments/answers?pick=answer".to_owned())
        }
    };
    let answers = answer_panel(visit, &typed(asked), give).await?;
    let id = definition.map(|definition| definition.id.clone()).unwrap_or_default();
    let caller_address = format!("/fragments/caller?process={id}");
    let show = Show::new(visit);
    let filling = Filling {
        t,
        directory: show.directory(),
        raw: &sent.raw,
        wrong: &sent.wrong,
        caller: Some(&caller_address),
        answers: Some((&address, "answers")),
    };
    let mut fields: Vec<FieldView> =
        forms.iter().flat_map(|form| form.fields.iter().map(|field| filling.field(form, field))).collect();
    let mut take = |place: Option<(&Form, &Field)>| {
        let key = place.map(|(form, field)| form.key(&field.id))?;
        let at = fields.iter().position(|field| field.name == key)?;
        Some(fields.remove(at))
    };
    // A process without a field for the number still lets the clerk look one up.
    let phone = take(number).unwrap_or_else(|| {
        FieldView::new(FieldKind::Phone, "phone", t.say("intake-phone")).asks(&caller_address, "phone", "caller", 4)
    });
    let question = take(asked).map(|field| field.tall(5));
    let channel = channel(visit, chosen.as_deref(), &sent);
    let all: Vec<FieldView> = fields.iter().chain([&phone, &channel]).chain(&question).cloned().collect();
    let mut shell = visit.shell().await?;
    if let Some(refusal) = &sent.refusal {
        shell.flash = Some(Flash { kind: FlashKind::Failed, text: refusal_sentence(t, refusal) });
    }
    let bad_number = matches!(caller, CallerPanel::Waiting) && !phone.value.trim().is_empty() && phone.error.is_none();
    let phone = if bad_number { phone.hint(t.say("caller-bad-number")) } else { phone };
    let greeting = definition.and_then(|definition| definition.script(definition.greeting.as_deref()?));
    Ok(IntakePage {
        shell,
        processes: visit
            .app
            .processes()
            .all_current()
            .iter()
            .map(|process| ProcessOption {
                name: process.definition.id.clone(),
                title: process.definition.name.clone(),
                current: process.definition.id == id,
            })
            .collect(),
        process: id,
        script: greeting.map(|script| Markup::prose(&script.text)),
        channel,
        phone,
        caller,
        question,
        answers,
        form: FieldForm { error: filling.elsewhere(&all), fields },
        key: secret::fresh(&visit.ctx, "form"),
        kept: sent.sent,
    })
}

/// How the matter came in.
fn channel(visit: &Visit, process: Option<&Process>, sent: &Sent) -> FieldView {
    let t = visit.t();
    let channels = process.map(|process| process.definition.channels.as_slice()).unwrap_or_default();
    let usual = channels.iter().find(|channel| channel.id() == USUAL).or_else(|| channels.first());
    let chosen =
        if sent.sent { sent.channel.clone() } else { usual.map(|channel| channel.id().to_owned()).unwrap_or_default() };
    let mut field = FieldView::new(FieldKind::Choice, "channel", t.say("ticket-channel"))
        .options(channels.iter().map(|channel| Choice::new(channel.id(), channel_word(t, channel.id()))))
        .as_list(t.say("choice-pick"))
        .required()
        .value(chosen);
    field.error = sent.wrong.iter().find(|wrong| wrong.field == "channel").map(|wrong| field_sentence(t, wrong));
    field
}

/// The key of one call, with everything that was typed: two clicks are one ticket.
fn once(fields: &Fields) -> Once {
    let own = ["csrf", "key", "intent"];
    let typed = fields.pairs.iter().filter(|(name, _)| !own.contains(&name.as_str()));
    let parts: Vec<&str> = typed.flat_map(|(name, value)| [name.as_str(), value.as_str()]).collect();
    Once::keyed(fields.some("key"), &parts)
}

async fn post(visit: Visit, Posted(fields): Posted) -> PageResult {
    let name = fields.get("process").to_owned();
    let sent = Sent {
        raw: fields.of_process(),
        channel: fields.get("channel").to_owned(),
        answer: fields.get("answer").to_owned(),
        sent: true,
        ..Sent::default()
    };
    let intent = fields.get("intent");
    if let Some(contact) = intent.strip_prefix("contact:") {
        return with_contact(&visit, &name, contact, sent).await;
    }
    if intent == "lookup" {
        let page = page(&visit, &name, sent).await?;
        return visit.page(StatusCode::OK, &page);
    }
    register(&visit, &name, &fields, sent).await
}

/// Brings the page back with a contact's name and customer filled in.
async fn with_contact(visit: &Visit, name: &str, contact: &str, mut sent: Sent) -> PageResult {
    let chosen = process(visit, name);
    let definition = chosen.as_ref().map(|process| &process.definition);
    let forms: Vec<&Form> = definition.map(|definition| definition.intake_forms()).unwrap_or_default();
    let number = find(&forms, |field| field.fills == Some(Column::Phone)).map(|(form, field)| form.key(&field.id));
    let typed = number.and_then(|key| sent.raw.get(&key)?.first().cloned()).unwrap_or_default();
    let caller = visit.app.caller(visit.actor(), &typed).await?;
    let wanted: Option<ContactId> = contact.parse().ok();
    if let Some(contact) = caller.contacts.iter().find(|contact| Some(contact.id) == wanted) {
        let customer = caller.customers.iter().find(|customer| contact.customer == Some(customer.id));
        for (key, text) in filled(contact, customer, definition) {
            sent.raw.insert(key, vec![text]);
        }
    }
    let page = page(visit, name, sent).await?;
    visit.page(StatusCode::OK, &page)
}

async fn register(visit: &Visit, name: &str, fields: &Fields, mut sent: Sent) -> PageResult {
    let tells = process(visit, name).is_some_and(|process| {
        process.definition.intake_forms().iter().any(|form| form.fields.iter().any(|field| field.tells_customer))
    });
    let picked = sent.answer.parse().ok();
    let matter = Receive {
        process: name.to_owned(),
        channel: sent.channel.clone(),
        fields: sent.raw.clone(),
        // Counted where it is given: here, or with the step that gives it.
        answer: picked.filter(|_| tells),
        once: once(fields),
    };
    match visit.app.receive(&visit.ctx, visit.actor(), matter).await {
        Ok(received) => {
            let refused = match bring(visit, received.id, &fields.files, fields.get("key")).await {
                Ok(brought) => !brought.wrong.is_empty(),
                // The ticket is made; that its files are not is said, never passed over.
                Err(error) => {
                    tracing::error!(request = visit.ctx.request, %error, "files of a new ticket were not kept");
                    true
                }
            };
            let say = match (refused, received.ended) {
                (true, _) => Pending::notice("intake-files-refused"),
                (false, true) => Pending::done("intake-done-ended"),
                (false, false) => Pending::done("intake-done"),
            };
            let say = say.with("number", &received.number).forgetting(format!("intake-{name}"));
            on(visit, received.id, picked.filter(|_| !tells), &say)
        }
        Err(AppError::Refused(refusal @ (Refusal::NotAllowed | Refusal::NotFound))) => Err(refusal.into()),
        Err(AppError::Refused(refusal)) => {
            let status = reply::status(&AppError::Refused(refusal.clone()));
            match refusal {
                Refusal::Fields(wrong) => sent.wrong = wrong,
                other => sent.refusal = Some(other),
            }
            let page = page(visit, name, sent).await?;
            visit.page(status, &page)
        }
        Err(other) => Err(Fault(other)),
    }
}

/// On to the ticket, from its top: its number, which the caller is told, and then the next step.
fn on(visit: &Visit, id: TicketId, answer: Option<yingda_core::AnswerId>, say: &Pending) -> Result<Response, Fault> {
    let answer = answer.map(|answer| format!("?answer={answer}")).unwrap_or_default();
    Ok(visit.go(&format!("/tickets/{id}{answer}"), say))
}

/// Its route.
pub fn routes() -> Router<WebState> {
    Router::new().route("/intake", get(show).post(post))
}
