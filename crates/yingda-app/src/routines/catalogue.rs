//! Ready-made routines: what the other documents ask for again and again, to be taken over with one click.
//!
//! The one thing to know: the file is in the process language (`routines/catalogue.yaml`), each entry under its number among the
//! time limits, with the document's words.

use std::sync::OnceLock;

use yingda_core::{Action, Actor, Refusal, Subject, can};
use yingda_process::routine::{Routine, catalogue};

use super::rule::Rule;
use crate::{App, AppError, AppResult};

/// Where a routine of the catalogue is said to come from.
pub const CATALOGUE: &str = "catalogue";
const FILE: &str = include_str!("../../../../routines/catalogue.yaml");

/// An entry.
#[derive(Debug, Clone)]
pub struct CatalogueEntry {
    /// Its number among the time limits, such as `t57`; several entries of one number have a letter behind it.
    pub code: String,
    /// What it says.
    pub rule: Rule,
    /// The routine that was made of it, if one was.
    pub taken: Option<yingda_core::RoutineId>,
    /// Whether somebody is there to do it.
    pub somebody: bool,
}

fn entries() -> AppResult<&'static [Routine]> {
    static READ: OnceLock<Result<Vec<Routine>, String>> = OnceLock::new();
    let read = READ.get_or_init(|| {
        catalogue(FILE, "catalogue.yaml").map_err(|faults| faults.first().map(ToString::to_string).unwrap_or_default())
    });
    read.as_deref().map_err(|fault| AppError::House(format!("the catalogue cannot be read: {fault}")))
}

/// What an entry says.
pub(super) fn rule(code: &str) -> AppResult<Rule> {
    let entry = entries()?.iter().find(|entry| entry.id == code).ok_or(Refusal::NotFound)?;
    Ok(Rule::of(entry, None))
}

impl App {
    /// The whole catalogue; for leads of the desk.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn routine_catalogue(&self, actor: &Actor) -> AppResult<Vec<CatalogueEntry>> {
        can(actor, Action::KeepRoutines, Subject::Desk)?;
        let mut read = self.store().read().await?;
        let all = super::all(&mut read).await?;
        let directory = self.directory();
        let entry = |routine: &Routine| {
            let rule = Rule::of(routine, None);
            CatalogueEntry {
                code: routine.id.clone(),
                taken: all.iter().find(|r| r.process == CATALOGUE && r.code == routine.id).map(|r| r.id),
                somebody: !rule.who.people(&directory).is_empty(),
                rule,
            }
        };
        Ok(entries()?.iter().map(entry).collect())
    }

    /// What an entry of the catalogue says, to be changed before it is taken over.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotAllowed`].
    pub fn catalogue_rule(&self, actor: &Actor, code: &str) -> AppResult<Rule> {
        can(actor, Action::KeepRoutines, Subject::Desk)?;
        rule(code)
    }
}
