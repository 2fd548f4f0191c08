//! Recurring work (周期性工作): what recurs, its occurrences, my day, and how everybody does.
//!
//! The one thing to know: an occurrence is a row that `make` writes ahead of time, as often as it is asked, and always the same
//! one. Whose it is follows from who has which role today.

pub mod catalogue;
pub mod dates;
pub mod day;
pub mod keep;
pub mod make;
pub mod rule;
pub mod team;
pub mod text;
pub mod track;
pub mod work;

use jiff::Timestamp;
use yingda_core::routine::{Holder, Work, WorkFacts};
use yingda_core::{Action, Actor, PersonId, Refusal, RoutineId, Subject, WorkId, can};
use yingda_process::routine::Record;
use yingda_process::{FieldType, Form};
use yingda_store::routines::StoredRoutine;
use yingda_store::{Read, routines};

use crate::calendars::OFFICE;
use crate::{App, AppError, AppResult, Directory};

pub use catalogue::{CATALOGUE, CatalogueEntry};
pub use day::{Day, Task};
pub use rule::{Rule, Whom};
pub use team::{Team, TeamLine};
pub use text::RoutineText;
pub use track::OBSTACLES;
pub use work::{Reading, Submission};
pub use yingda_store::tracked::Tracked;

/// Something that recurs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routine {
    /// Its id.
    pub id: RoutineId,
    /// The process that brought it, [`CATALOGUE`], or empty for one that the company made.
    pub process: String,
    /// Its key there.
    pub code: String,
    /// What it says.
    pub rule: Rule,
    /// Whether the company does it.
    pub active: bool,
    /// Whether its process still brings it.
    pub listed: bool,
    /// What opened until then has been made for good.
    pub made_until: Timestamp,
    /// Last change.
    pub updated: Timestamp,
    /// By whom; nobody for what a process brought.
    pub updated_by: Option<PersonId>,
    /// Grows with every change by a person.
    pub version: i64,
}

impl Routine {
    /// Whether occurrences of it are made.
    #[must_use]
    pub fn runs(&self) -> bool {
        self.active && self.listed
    }

    /// Whether the company may change what it says; what a process brought changes with the process.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        self.process.is_empty() || self.process == CATALOGUE
    }

    fn stored(&self) -> AppResult<StoredRoutine> {
        let body = serde_json::to_string(&self.rule)
            .map_err(|error| AppError::House(format!("a routine cannot be written: {error}")))?;
        Ok(StoredRoutine {
            id: self.id,
            process: self.process.clone(),
            code: self.code.clone(),
            label: self.rule.label.clone(),
            body,
            active: self.active,
            listed: self.listed,
            made_until: self.made_until,
            updated: self.updated,
            updated_by: self.updated_by,
            version: self.version,
        })
    }
}

fn routine(stored: StoredRoutine) -> AppResult<Routine> {
    let rule: Rule = serde_json::from_str(&stored.body)
        .map_err(|error| AppError::House(format!("the routine {} cannot be read: {error}", stored.id)))?;
    Ok(Routine {
        id: stored.id,
        process: stored.process,
        code: stored.code,
        rule,
        active: stored.active,
        listed: stored.listed,
        made_until: stored.made_until,
        updated: stored.updated,
        updated_by: stored.updated_by,
        version: stored.version,
    })
}

/// Everything that recurs, or ever did.
pub(crate) async fn all(read: &mut Read) -> AppResult<Vec<Routine>> {
    routines::all(read).await?.into_iter().map(routine).collect()
}

/// An occurrence with what decisions about it need.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub work: Work,
    pub routine: Routine,
    holder: Holder,
    reader: Option<Holder>,
}

impl Held {
    pub(crate) fn new(work: Work, routine: Routine, directory: &Directory) -> Self {
        let holder = routine.rule.who.holder(directory);
        let reader = routine.rule.read_by.as_ref().map(|whom| whom.holder(directory));
        Self { work, routine, holder, reader }
    }

    pub(crate) fn allow(&self, actor: &Actor, action: Action) -> Result<(), Refusal> {
        let facts = WorkFacts {
            holder: &self.holder,
            person: self.work.person,
            reader: self.reader.as_ref(),
            done_by: self.work.done_by,
        };
        can(actor, action, Subject::Work(facts))
    }

    pub(crate) fn may(&self, actor: &Actor, action: Action) -> bool {
        self.allow(actor, action).is_ok()
    }

    pub(crate) fn unchanged_since(&self, seen: Option<i64>) -> Result<(), Refusal> {
        match seen {
            Some(version) if version != self.work.version => Err(Refusal::Stale { current: self.work.version }),
            _ => Ok(()),
        }
    }
}

/// The only way to an occurrence for an actor: loads it and decides.
pub(crate) async fn hold(
    read: &mut Read,
    directory: &Directory,
    actor: &Actor,
    action: Action,
    id: WorkId,
) -> AppResult<Held> {
    let work = routines::work(read, id).await?.ok_or(Refusal::NotFound)?;
    let stored = routines::get(read, work.routine).await?.ok_or(Refusal::NotFound)?;
    let held = Held::new(work, routine(stored)?, directory);
    held.allow(actor, action)?;
    Ok(held)
}

impl App {
    /// What has to be written down for a routine: a form of its process, or its own labels. Files have no place in it.
    #[must_use]
    pub fn routine_form(&self, routine: &Routine) -> Form {
        let of_process = match &routine.rule.record {
            Record::Form(id) => {
                self.processes().current(&routine.process).and_then(|process| process.definition.form(id).cloned())
            }
            Record::Fields(_) | Record::Tickets => None,
        };
        let mut form = of_process.unwrap_or_else(|| routine.rule.own_form());
        form.fields.retain(|field| field.kind != FieldType::Attachment);
        form
    }

    /// Everything that recurs, what runs first; for leads of the desk.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn routines(&self, actor: &Actor) -> AppResult<Vec<Routine>> {
        can(actor, Action::KeepRoutines, Subject::Desk)?;
        let mut read = self.store().read().await?;
        let mut all = all(&mut read).await?;
        all.sort_by_key(|routine| (!routine.runs(), routine.id));
        Ok(all)
    }

    /// One routine, for leads of the desk.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::NotFound`].
    pub async fn routine(&self, actor: &Actor, id: RoutineId) -> AppResult<Routine> {
        can(actor, Action::KeepRoutines, Subject::Desk)?;
        let mut read = self.store().read().await?;
        routine(routines::get(&mut read, id).await?.ok_or(Refusal::NotFound)?)
    }

    /// The occurrences of a routine that have opened, newest first, at most `size`; for leads of the desk.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn routine_history(
        &self,
        actor: &Actor,
        id: RoutineId,
        now: Timestamp,
        before: Option<(Timestamp, WorkId)>,
        size: i64,
    ) -> AppResult<Vec<Work>> {
        can(actor, Action::KeepRoutines, Subject::Desk)?;
        let mut read = self.store().read().await?;
        Ok(routines::history(&mut read, id, now, before, size).await?)
    }

    /// When a routine opens next, by the office's calendar.
    #[must_use]
    pub fn routine_next(&self, rule: &Rule, after: Timestamp) -> Option<Timestamp> {
        dates::next(&self.calendar(OFFICE), &rule.when, after).map(|occurrence| occurrence.opens)
    }
}
