//! The words of a chain (`handler`, `head`, a role) as people, each with whether they are there.

use jiff::Timestamp;
use yingda_core::duty::Presence;
use yingda_core::ticket::Ticket;
use yingda_core::{Context, Person, PersonId, Role};
use yingda_process::clock::Recipient;
use yingda_store::Read;

use super::chain::{Place, There};
use crate::{App, AppResult, Directory, duty};

/// Who gets what a chain of nobody would lose.
pub(crate) const LEADS: [Recipient; 2] =
    [Recipient::Role(yingda_process::Role::Manager), Recipient::Role(yingda_process::Role::Supervisor)];

/// The places of a chain with their people; `by` says it and need not be told.
pub(crate) async fn places(
    app: &App,
    read: &mut Read,
    ctx: &Context,
    ticket: &Ticket,
    recipients: &[Recipient],
    by: Option<PersonId>,
) -> AppResult<Vec<Place>> {
    let directory = app.directory();
    let mut places = Vec::new();
    for recipient in recipients {
        let mut people = Vec::new();
        for person in stands(&directory, ticket, recipient) {
            let there = if by == Some(person) { There::Speaks } else { there(app, read, person, ctx.now).await? };
            people.push((person, there));
        }
        places.push(Place { word: recipient.to_string(), people });
    }
    Ok(places)
}

/// Who stands in a place of the chain of this ticket.
fn stands(directory: &Directory, ticket: &Ticket, recipient: &Recipient) -> Vec<PersonId> {
    let active = |of: &dyn Fn(&Person) -> bool| -> Vec<PersonId> {
        directory.people.values().filter(|p| p.active && of(p)).map(|p| p.id).collect()
    };
    let head_of = |department| active(&|p| p.department == department && p.roles.has(Role::Head));
    match recipient {
        Recipient::Handler => match (ticket.assignee, ticket.department) {
            (Some(person), _) => vec![person],
            (None, Some(department)) => active(&|p| p.department == department),
            (None, None) => Vec::new(),
        },
        Recipient::Owner => vec![ticket.owner],
        Recipient::Head => ticket.department.map(head_of).unwrap_or_default(),
        Recipient::HeadOf(code) => directory.department(code).map(|d| head_of(d.id)).unwrap_or_default(),
        Recipient::Role(role) => {
            let Ok(role) = role.id().parse::<Role>() else { return Vec::new() };
            active(&|p| p.roles.has(role))
        }
    }
}

/// Whether somebody can be told at an instant.
pub(crate) async fn there(app: &App, read: &mut Read, person: PersonId, at: Timestamp) -> AppResult<There> {
    if app.directory().people.get(&person).is_none_or(|person| !person.active) {
        return Ok(There::Inactive);
    }
    Ok(match duty::presence(app, read, person, at).await? {
        Presence::OnDuty => There::OnDuty,
        Presence::OffDuty { back } => There::OffDuty(back),
        Presence::OnLeave { back } => There::OnLeave(back),
    })
}
