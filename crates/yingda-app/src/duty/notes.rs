//! Lines of the roster's own history.

use serde_json::Value;
use yingda_core::{Actor, Context, DepartmentId, PersonId};
use yingda_store::Tx;
use yingda_store::duty::log::{self, Entry};

use crate::AppResult;

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
