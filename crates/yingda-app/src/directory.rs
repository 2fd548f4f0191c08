//! People and departments by id and code, kept in memory: names are shown on every line of every list.
//!
//! Only for names and for resolving codes. Whether somebody may do something is decided from the actor of the request,
//! which is read from the database each time.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use yingda_core::{Department, DepartmentId, Person, PersonId};
use yingda_store::{Read, people};

use crate::{App, AppResult};

/// A snapshot of who there is.
#[derive(Debug, Default)]
pub struct Directory {
    /// Everybody, by id.
    pub people: BTreeMap<PersonId, Person>,
    /// Every department, by id.
    pub departments: BTreeMap<DepartmentId, Department>,
}

impl Directory {
    /// A department by its code or its name.
    #[must_use]
    pub fn department(&self, word: &str) -> Option<&Department> {
        self.departments
            .values()
            .find(|d| d.code == word)
            .or_else(|| self.departments.values().find(|d| d.name == word))
    }

    /// A department's name; its id where it is unknown.
    #[must_use]
    pub fn department_name(&self, id: DepartmentId) -> String {
        self.departments.get(&id).map_or_else(|| id.to_string(), |d| d.name.clone())
    }

    /// A person's name; their id where they are unknown.
    #[must_use]
    pub fn person_name(&self, id: PersonId) -> String {
        self.people.get(&id).map_or_else(|| id.to_string(), |p| p.name.clone())
    }

    /// An active person by id, login or name; a name only where it is nobody else's.
    #[must_use]
    pub fn person(&self, word: &str) -> Option<&Person> {
        if let Some(person) = word.parse::<PersonId>().ok().and_then(|id| self.people.get(&id)) {
            return Some(person).filter(|p| p.active);
        }
        let mut named = self.people.values().filter(|p| p.active && (p.login == word || p.name == word));
        let first = named.next()?;
        if named.next().is_some() { None } else { Some(first) }
    }

    /// The people of a department who may still sign in.
    pub fn members(&self, department: DepartmentId) -> impl Iterator<Item = &Person> {
        self.people.values().filter(move |p| p.active && p.department == department)
    }
}

/// The snapshot and its replacement.
#[derive(Debug, Default)]
pub(crate) struct Cached(RwLock<Arc<Directory>>);

impl Cached {
    pub(crate) async fn load(read: &mut Read) -> AppResult<Self> {
        let cached = Self::default();
        cached.reload(read).await?;
        Ok(cached)
    }

    async fn reload(&self, read: &mut Read) -> AppResult<()> {
        let people = people::all(read).await?.into_iter().map(|p| (p.id, p)).collect();
        let departments = people::departments(read).await?.into_iter().map(|d| (d.id, d)).collect();
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(Directory { people, departments });
        Ok(())
    }

    pub(crate) fn get(&self) -> Arc<Directory> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl App {
    /// Reads people and departments afresh, after a change.
    pub(crate) async fn refresh_directory(&self) -> AppResult<()> {
        let mut read = self.store().read().await?;
        self.inner.directory.reload(&mut read).await
    }
}
