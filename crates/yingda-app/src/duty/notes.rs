//! Lines of the roster's own history, and who is told of what happens to it.

use serde_json::Value;
use yingda_core::duty::Turn;
use yingda_core::{Action, Actor, Context, DepartmentId, PersonId, Role, Subject, can};
use yingda_store::Tx;
use yingda_store::duty::log::{self, Entry};
use yingda_store::duty::setup;

use crate::notices::{self, Kind, Tell, Urgency};
use crate::{App, AppResult};

/// Whom a line is about.
#[derive(Debug, Clone, Copy)]
pub(super) enum About {
    /// The roster as a whole.
    Roster,
    /// One person.
    One(PersonId),
    /// Two, such as those who swap: both find it.
    Both(PersonId, PersonId),
}

/// Adds a line.
pub(super) async fn note(
    tx: &mut Tx,
    ctx: &Context,
    actor: &Actor,
    department: DepartmentId,
    about: About,
    (kind, body): (&str, Value),
) -> AppResult<()> {
    let (person, other) = match about {
        About::Roster => (None, None),
        About::One(person) => (Some(person), None),
        About::Both(one, two) => (Some(one), Some(two)),
    };
    let entry = Entry {
        id: ctx.ids.next(ctx.now),
        department,
        person,
        other,
        at: ctx.now,
        actor: Some(actor.person),
        kind: kind.to_owned(),
        body: body.to_string(),
    };
    Ok(log::add(tx, &entry).await?)
}

/// Tells people, once under a key, what happened to them; nobody is told what they did themselves.
pub(super) async fn inform(
    app: &App,
    tx: &mut Tx,
    ctx: &Context,
    actor: &Actor,
    kind: Kind,
    (key, about, label): (String, String, String),
    people: &[PersonId],
) -> AppResult<()> {
    let mut people: Vec<PersonId> = people.iter().copied().filter(|person| *person != actor.person).collect();
    people.sort_unstable();
    people.dedup();
    if people.is_empty() {
        return Ok(());
    }
    let tell = Tell { key, kind, label, about, people, urgency: Urgency::Normal, by: Some(actor.person) };
    notices::tell(app, tx, ctx, tell).await.map(drop)
}

/// Those who decide what a department's people ask.
pub(super) fn leads(app: &App, department: DepartmentId) -> Vec<PersonId> {
    let directory = app.directory();
    let decides = |person: &&yingda_core::Person| {
        !person.roles.has(Role::Administrator)
            && can(&Actor::from(*person), Action::ManageRoster, Subject::Duty(department)).is_ok()
    };
    directory.members(department).filter(decides).map(|person| person.id).collect()
}

/// A turn as lists name it: its shift and its day.
pub(super) async fn name_of(tx: &mut Tx, turn: &Turn) -> AppResult<String> {
    let shift = setup::shift(tx, turn.shift).await?.map(|shift| shift.name).unwrap_or_default();
    Ok(format!("{shift} {}", turn.day))
}
