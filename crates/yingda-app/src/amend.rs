//! Correcting what was taken down: a misheard name, a wrong number, another urgency. Before and after stay in the history.

use serde_json::json;
use yingda_core::refusal::FieldRefusal;
use yingda_core::ticket::{Priority, Ticket, subject_of};
use yingda_core::{Action, Actor, Context, Refusal, TicketId};
use yingda_process::{Column, Event, FieldOption, advance};
use yingda_store::{Tx, tickets};

use crate::apply;
use crate::assignment::limited;
use crate::clocks::drive::{Age, Drive};
use crate::ticket::{Held, hold, instance, instance_text};
use crate::{App, AppResult, Process};

/// The particulars that can be corrected, as the page and the API name them.
pub const PARTICULARS: [&str; 12] = [
    "customer_name",
    "contact_name",
    "phone",
    "industry",
    "address",
    "kind",
    "description",
    "occurred_at",
    "impact",
    "wanted_by",
    "priority",
    "remark",
];

/// A correction: names of [`PARTICULARS`] with their new text; what is not named stays.
#[derive(Debug, Clone, Default)]
pub struct Amend {
    /// Name and new text.
    pub particulars: Vec<(String, String)>,
    /// The version of the ticket that the actor saw.
    pub seen: Option<i64>,
}

/// A particular's text as it stands.
#[must_use]
pub fn particular(ticket: &Ticket, name: &str) -> Option<String> {
    Some(match name {
        "priority" => ticket.priority.label().to_owned(),
        other => text_of(&mut ticket.clone(), other)?.clone(),
    })
}

/// The kinds that a process knows, from its fields that fill a ticket's kind; empty where any word will do.
///
/// A field without options (the column of a table that is read in) narrows nothing and widens nothing.
#[must_use]
pub fn kinds(process: &Process) -> Vec<&FieldOption> {
    let fields = process.definition.forms.iter().flat_map(|form| &form.fields);
    let mut kinds: Vec<&FieldOption> = Vec::new();
    for option in fields.filter(|field| field.fills == Some(Column::Kind)).flat_map(|field| &field.options) {
        if kinds.iter().all(|known| known.value != option.value) {
            kinds.push(option);
        }
    }
    kinds
}

fn text_of<'t>(ticket: &'t mut Ticket, name: &str) -> Option<&'t mut String> {
    Some(match name {
        "customer_name" => &mut ticket.customer_name,
        "contact_name" => &mut ticket.contact_name,
        "phone" => &mut ticket.phone,
        "industry" => &mut ticket.industry,
        "address" => &mut ticket.address,
        "kind" => &mut ticket.kind,
        "description" => &mut ticket.description,
        "occurred_at" => &mut ticket.occurred_at,
        "impact" => &mut ticket.impact,
        "wanted_by" => &mut ticket.wanted_by,
        "remark" => &mut ticket.remark,
        _ => return None,
    })
}

impl App {
    /// Corrects a running ticket's particulars. Another priority gives the waiting steps the limits of that priority, counted
    /// from when they began.
    ///
    /// # Errors
    /// [`Refusal::Stale`], [`Refusal::TicketEnded`], [`Refusal::Fields`], [`Refusal::NotAllowed`].
    pub async fn amend(&self, ctx: &Context, actor: &Actor, id: TicketId, amend: Amend) -> AppResult<()> {
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let held = hold(tx, &actor, Action::Reply, id).await?;
                    held.unchanged_since(amend.seen)?;
                    if !held.ticket.state.is_running() {
                        return Err(Refusal::TicketEnded.into());
                    }
                    let process = app.definition(held.ticket.definition)?;
                    let before = held.ticket.clone();
                    let Held { mut ticket, .. } = held;
                    let changes = correct(&process, &mut ticket, &amend.particulars)?;
                    if changes.is_empty() {
                        return Ok(());
                    }
                    if ticket.priority != before.priority {
                        app.follow_priority(tx, &ctx, &actor, &process, &mut ticket).await?;
                    }
                    if ticket.customer_name != before.customer_name
                        || ticket.contact_name != before.contact_name
                        || ticket.phone != before.phone
                    {
                        app.attach_caller(tx, &ctx, &mut ticket).await?;
                    }
                    ticket.updated = ctx.now;
                    apply::save(tx, &mut ticket).await?;
                    apply::index_ticket(tx, &ticket).await?;
                    apply::record(tx, &ctx, Some(&actor), id, "amended", &json!({ "changes": changes })).await
                })
            })
            .await
    }

    async fn follow_priority(
        &self,
        tx: &mut Tx,
        ctx: &Context,
        actor: &Actor,
        process: &Process,
        ticket: &mut Ticket,
    ) -> AppResult<()> {
        let before = instance(tx, ticket.id).await?;
        let priority = yingda_process::Priority::from_id(ticket.priority.label()).unwrap_or_default();
        let Some(facts) = before.facts.clone().map(|facts| yingda_process::Facts { priority, ..facts }) else {
            return Ok(());
        };
        let (after, _) = advance(&process.definition, &before, Event::FactsChanged { facts }, ctx.now)
            .map_err(crate::error::engine_refusal)?;
        tickets::put_instance(tx, ticket.id, &instance_text(&after)?).await?;
        Drive { app: self, ctx, actor: Some(actor), process, age: Age::Fresh }.retarget(tx, ticket).await
    }
}

/// Changes the ticket in memory; gives name, before and after of what really changed.
fn correct(
    process: &Process,
    ticket: &mut Ticket,
    particulars: &[(String, String)],
) -> Result<Vec<(String, String, String)>, Refusal> {
    let mut faults = Vec::new();
    let mut changes = Vec::new();
    for (name, text) in particulars {
        let before = particular(ticket, name).ok_or_else(|| Refusal::field(name, "unknown-field"))?;
        let after = match limited(name, text) {
            Ok(after) => written(name, &after),
            Err(Refusal::Fields(wrong)) => {
                faults.extend(wrong);
                continue;
            }
            Err(other) => return Err(other),
        };
        if plain(&before) == after {
            continue;
        }
        if let Some(code) = wrong(process, name, &after) {
            faults.push(FieldRefusal::new(name, code));
            continue;
        }
        match (name.as_str(), Priority::parse(&after)) {
            ("priority", Some(priority)) => ticket.priority = priority,
            (other, _) => {
                if let Some(slot) = text_of(ticket, other) {
                    slot.clone_from(&after);
                }
            }
        }
        if name == "description" && ticket.subject == subject_of(&before) {
            ticket.subject = subject_of(&after);
        }
        changes.push((name.clone(), before, after));
    }
    if faults.is_empty() { Ok(changes) } else { Err(Refusal::Fields(faults)) }
}

/// A text as it is kept: line ends are one character, a priority is the document's word however it was named.
fn written(name: &str, text: &str) -> String {
    match (name, Priority::parse(text)) {
        ("priority", Some(priority)) => priority.label().to_owned(),
        _ => plain(text),
    }
}

fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Why a text cannot stand, if it cannot: the process's own words for kinds, the four priorities, a number that is one.
fn wrong(process: &Process, name: &str, text: &str) -> Option<&'static str> {
    // What the intake asks for cannot be corrected away.
    let column = Column::from_id(name);
    let asked = process.definition.intake_forms().into_iter().flat_map(|form| &form.fields).find(|f| f.fills == column);
    if column.is_some() && asked.is_some_and(|field| field.required) && text.is_empty() {
        return Some("missing");
    }
    match name {
        "priority" if Priority::parse(text).is_none() => Some("not-an-option"),
        "phone" if !text.is_empty() && yingda_process::phone(text).is_none() => Some("bad-phone"),
        "description" if text.is_empty() => Some("missing"),
        "kind" => {
            let kinds = kinds(process);
            (!kinds.is_empty() && kinds.iter().all(|kind| kind.value != text)).then_some("not-an-option")
        }
        _ => None,
    }
}
