//! Pieces of pages that scripts ask for while somebody types: who is calling, and the standard answers to a question. The page
//! itself shows the same pieces from the same functions.

use axum::Router;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::routing::get;
use serde::Deserialize;
use yingda_app::caller::Caller;
use yingda_app::{Contact, Customer};
use yingda_process::{Column, Definition};

use crate::front::visit::encode;
use crate::front::{Fault, PageResult, Visit, WebState};
use crate::kit::{Highlight, Markup};
use crate::pages::forms::control_id;
use crate::pages::show::Show;
use crate::views::intake::{AnswerHit, AnswerPanel, CallerPanel, ContactChoice, CustomerCard, Give};

/// Answers in the panel.
const ANSWERS: usize = 6;
/// Characters of an answer before it is unfolded.
const SNIPPET: usize = 60;
/// Characters of a question that are searched for.
const QUESTION: usize = 500;

/// Everything known of a number.
///
/// # Errors
/// As [`yingda_app::App::caller`].
pub async fn caller_panel(
    visit: &Visit,
    phone: &str,
    definition: Option<&Definition>,
) -> Result<(CallerPanel, Caller), Fault> {
    let caller = visit.app.caller(visit.actor(), phone).await?;
    let show = Show::new(visit);
    let rows = |tickets: &[yingda_core::ticket::Ticket]| tickets.iter().map(|ticket| show.ticket(ticket)).collect();
    let several = caller.customers.len() > 1;
    let contacts: Vec<ContactChoice> =
        caller.contacts.iter().map(|contact| choice(contact, &caller.customers, definition, several)).collect();
    let card = |customer: &Customer| CustomerCard {
        id: customer.id.to_string(),
        name: customer.name.clone(),
        contact: names(&caller.contacts, customer),
        phone: phone.trim().to_owned(),
        industry: customer.industry.clone(),
        remark: String::new(),
        lines: Some(customer.address.clone())
            .filter(|address| !address.is_empty())
            .map(|address| (visit.t().say("customer-address"), address))
            .into_iter()
            .collect(),
        tickets_href: format!("/search?q={}", encode(&customer.name)),
    };
    let panel = match caller.customers.as_slice() {
        _ if caller.digits.is_empty() => CallerPanel::Waiting,
        [] => CallerPanel::Stranger {
            phone: phone.trim().to_owned(),
            contacts,
            open: rows(&caller.open),
            past: rows(&caller.past),
        },
        [customer] => CallerPanel::Known {
            customer: card(customer),
            contacts,
            open: rows(&caller.open),
            past: rows(&caller.past),
        },
        customers => {
            CallerPanel::Several { customers: customers.iter().map(card).collect(), contacts, open: rows(&caller.open) }
        }
    };
    Ok((panel, caller))
}

fn names(contacts: &[Contact], customer: &Customer) -> String {
    let own = contacts.iter().filter(|contact| contact.customer == Some(customer.id) && !contact.name.is_empty());
    own.map(|contact| contact.name.as_str()).collect::<Vec<_>>().join("、")
}

/// A contact with what it puts into the intake forms.
fn choice(contact: &Contact, customers: &[Customer], definition: Option<&Definition>, several: bool) -> ContactChoice {
    let customer = customers.iter().find(|customer| contact.customer == Some(customer.id));
    let puts: serde_json::Map<String, serde_json::Value> =
        filled(contact, customer, definition).into_iter().map(|(key, text)| (control_id(&key), text.into())).collect();
    let label = match customer.filter(|_| several || contact.name.is_empty()) {
        Some(customer) => {
            [contact.name.as_str(), customer.name.as_str()].join(" · ").trim_start_matches(" · ").to_owned()
        }
        None if contact.name.is_empty() => contact.phone.clone(),
        None => contact.name.clone(),
    };
    ContactChoice {
        intent: format!("contact:{}", contact.id),
        label,
        puts: serde_json::Value::Object(puts).to_string(),
    }
}

/// What a contact fills in, by `form.field`.
#[must_use]
pub fn filled(
    contact: &Contact,
    customer: Option<&Customer>,
    definition: Option<&Definition>,
) -> Vec<(String, String)> {
    let mut filled = Vec::new();
    for form in definition.map(Definition::intake_forms).unwrap_or_default() {
        for field in &form.fields {
            let text = match (field.fills, customer) {
                (Some(Column::ContactName), _) => &contact.name,
                (Some(Column::CustomerName), Some(customer)) => &customer.name,
                (Some(Column::Industry), Some(customer)) => &customer.industry,
                _ => continue,
            };
            if !text.is_empty() {
                filled.push((form.key(&field.id), text.clone()));
            }
        }
    }
    filled
}

/// Standard answers to a question.
///
/// # Errors
/// As [`yingda_app::App::similar_answers`].
pub async fn answer_panel(visit: &Visit, question: &str, give: Give) -> Result<AnswerPanel, Fault> {
    let query: String = question.trim().chars().take(QUESTION).collect();
    if query.is_empty() {
        return Ok(AnswerPanel { give, ..AnswerPanel::default() });
    }
    let show = Show::new(visit);
    let found = visit.app.similar_answers(visit.actor(), &query, ANSWERS).await?;
    let hits = found
        .into_iter()
        .map(|answer| {
            let mut source: Vec<String> =
                answer.department.map(|id| show.directory().department_name(id)).into_iter().collect();
            source.push(show.moment(answer.updated).text);
            let short: String = answer.answer.chars().take(SNIPPET).collect();
            AnswerHit {
                id: answer.id.to_string(),
                href: format!("/answers/{}", answer.id),
                question: Markup::highlighted([(answer.question.as_str(), Highlight::Plain)]),
                snippet: Markup::highlighted([(short.as_str(), Highlight::Plain)]),
                source: source.join(" · "),
                text: answer.answer,
            }
        })
        .collect();
    // The panel says what was looked for in one line.
    let query =
        if query.chars().count() > SNIPPET { query.chars().take(SNIPPET).chain(['…']).collect() } else { query };
    Ok(AnswerPanel { query, hits, give })
}

#[derive(Debug, Default, Deserialize)]
struct Number {
    #[serde(default)]
    phone: String,
    /// The process whose form is being filled in.
    #[serde(default)]
    process: String,
}

async fn caller(visit: Visit, Query(number): Query<Number>) -> PageResult {
    let process = visit.app.processes().current(&number.process);
    let definition = process.as_ref().map(|process| &process.definition);
    let (panel, _) = caller_panel(&visit, &number.phone, definition).await?;
    visit.page(StatusCode::OK, &panel.show(&visit.t()))
}

#[derive(Debug, Default, Deserialize)]
struct Question {
    #[serde(default)]
    q: String,
    /// Id of the control that an answer is put into.
    #[serde(default)]
    fill: String,
    /// The page that comes back with it, for readers without scripts.
    #[serde(default)]
    page: String,
    /// Name of the choice that an answer is picked by.
    #[serde(default)]
    pick: String,
}

async fn answers(visit: Visit, Query(question): Query<Question>) -> PageResult {
    let give = if !question.fill.is_empty() {
        // Only ever a ticket's page: nobody is sent elsewhere by a link they followed.
        let page = if question.page.starts_with("/tickets/") { question.page } else { String::new() };
        Give::Fill { control: question.fill, page }
    } else if !question.pick.is_empty() {
        Give::Pick { name: question.pick, picked: String::new() }
    } else {
        Give::Read
    };
    let panel = answer_panel(&visit, &question.q, give).await?;
    visit.page(StatusCode::OK, &panel.show(&visit.t()))
}

/// Their routes.
pub fn routes() -> Router<WebState> {
    Router::new().route("/fragments/caller", get(caller)).route("/fragments/answers", get(answers))
}
