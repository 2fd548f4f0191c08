//! The processes of this desk: checked definitions by id, and which one new tickets start under.
//!
//! Every version that was ever let in stays, because a running ticket keeps the version it started under (invariant 9).

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use sha2::{Digest, Sha256};
use yingda_core::{Action, Actor, Context, DefinitionId, Department, DepartmentId, Refusal, Subject, can};
use yingda_process::{Definition, Fault};
use yingda_store::definitions::{self, StoredDefinition};
use yingda_store::{Read, people};

use crate::secret::hex;
use crate::{App, AppError, AppResult};

/// A checked version of a process.
#[derive(Debug)]
pub struct Process {
    /// Its id.
    pub id: DefinitionId,
    /// The definition.
    pub definition: Definition,
    /// What is stored of it besides.
    pub stored: StoredDefinition,
}

/// All of them.
#[derive(Debug, Default)]
pub struct Processes {
    known: RwLock<Known>,
}

#[derive(Debug, Default, Clone)]
struct Known {
    by_id: BTreeMap<DefinitionId, Arc<Process>>,
    current: BTreeMap<String, DefinitionId>,
}

impl Processes {
    pub(crate) async fn load(read: &mut Read) -> AppResult<Self> {
        let processes = Self::default();
        processes.reload(read).await?;
        Ok(processes)
    }

    async fn reload(&self, read: &mut Read) -> AppResult<()> {
        let mut known = Known::default();
        for stored in definitions::all(read).await? {
            let definition = yingda_process::load(&stored.source, &stored.process).map_err(|faults| {
                let first = faults.first().map(ToString::to_string).unwrap_or_default();
                AppError::House(format!("the stored process {} can no longer be read: {first}", stored.process))
            })?;
            if stored.current {
                known.current.insert(stored.process.clone(), stored.id);
            }
            known.by_id.insert(stored.id, Arc::new(Process { id: stored.id, definition, stored }));
        }
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = known;
        Ok(())
    }

    /// The version that new tickets of a process start under.
    #[must_use]
    pub fn current(&self, process: &str) -> Option<Arc<Process>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.current.get(process).and_then(|id| known.by_id.get(id)).cloned()
    }

    /// A version by its id.
    #[must_use]
    pub fn get(&self, id: DefinitionId) -> Option<Arc<Process>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).by_id.get(&id).cloned()
    }

    /// The current version of every process, by source document and name.
    #[must_use]
    pub fn all_current(&self) -> Vec<Arc<Process>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let mut all: Vec<Arc<Process>> = known.current.values().filter_map(|id| known.by_id.get(id)).cloned().collect();
        all.sort_by(|a, b| {
            let key =
                |p: &Process| (p.definition.source.is_none(), p.definition.source.clone(), p.definition.name.clone());
            key(a).cmp(&key(b))
        });
        all
    }

    /// All versions of a process, newest first.
    #[must_use]
    pub fn versions(&self, process: &str) -> Vec<Arc<Process>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.by_id.values().rev().filter(|p| p.stored.process == process).cloned().collect()
    }
}

/// What came of a process file.
#[derive(Debug)]
pub enum Installed {
    /// It is in; new tickets start under it.
    In(DefinitionId),
    /// It has faults, all of them listed; nothing was changed.
    Faulty(Vec<Fault>),
}

impl App {
    /// Lets a process file in, if it has no fault: new tickets start under it, running ones stay where they are. The
    /// departments that it names are made where the company has none of that code.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], or [`AppError::Store`].
    pub async fn install_process(
        &self,
        ctx: &Context,
        actor: Option<&Actor>,
        source: &str,
        file: &str,
    ) -> AppResult<Installed> {
        if let Some(actor) = actor {
            can(actor, Action::Administer, Subject::Desk)?;
        }
        let definition = match yingda_process::load(source, file) {
            Ok(definition) => definition,
            Err(faults) => return Ok(Installed::Faulty(faults)),
        };
        let digest = hex(&Sha256::digest(source.as_bytes()));
        let same = self.processes().versions(&definition.id).into_iter().find(|p| p.stored.digest == digest);
        let number = definition.document.versions.last().map(|v| v.number.clone()).unwrap_or_default();
        let stored = StoredDefinition {
            id: same.as_ref().map_or_else(|| ctx.id(DefinitionId), |p| p.id),
            process: definition.id.clone(),
            name: definition.name.clone(),
            number,
            digest,
            source: source.to_owned(),
            current: true,
            created: ctx.now,
        };
        let id = stored.id;
        let ctx2 = ctx.clone();
        let departments = definition.departments.clone();
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    for department in departments {
                        if people::department_by_code(tx, &department.id).await?.is_none() {
                            let made = Department {
                                id: ctx2.id(DepartmentId),
                                code: department.id,
                                name: department.name,
                                active: true,
                                version: 1,
                            };
                            people::insert_department(tx, &made).await?;
                        }
                    }
                    if same.is_some() {
                        definitions::make_current(tx, &stored.process, id).await?;
                    } else {
                        definitions::insert_current(tx, &stored).await?;
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await?;
        let mut read = self.store().read().await?;
        self.processes().reload(&mut read).await?;
        drop(read);
        self.refresh_directory().await?;
        Ok(Installed::In(id))
    }

    /// The version a stored thing refers to.
    pub(crate) fn definition(&self, id: DefinitionId) -> AppResult<Arc<Process>> {
        self.processes().get(id).ok_or_else(|| AppError::House(format!("process version {id} is missing")))
    }

    /// The version that new tickets of a process start under.
    pub(crate) fn current_process(&self, process: &str) -> AppResult<Arc<Process>> {
        self.processes().current(process).ok_or_else(|| Refusal::Process { why: process.to_owned() }.into())
    }
}
