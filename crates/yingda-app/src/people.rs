//! Looking after people and departments: an administrator's work.

use yingda_core::refusal::FieldRefusal;
use yingda_core::{Action, Actor, Context, Department, DepartmentId, Person, PersonId, Refusal, Roles, Subject, can};
use yingda_store::{people, sessions};

use crate::assignment::required;
use crate::error::taken;
use crate::{App, AppError, AppResult, passwords};

/// The code of the department that the desk itself is.
pub const DESK: &str = "service-center";

/// A person as an administrator enters them.
#[derive(Debug, Clone, Default)]
pub struct PersonText {
    /// What they type to sign in.
    pub login: String,
    /// The name that others see.
    pub name: String,
    /// Their department.
    pub department: Option<DepartmentId>,
    /// What they are.
    pub roles: Roles,
    /// Whether they may sign in.
    pub active: bool,
    /// A new password; empty leaves it as it is.
    pub password: String,
}

/// A login: letters, digits and `. _ - @`, 2 to 60 of them, in lower case.
pub(crate) fn checked_login(login: &str) -> Result<String, Refusal> {
    let login = login.trim().to_lowercase();
    let allowed = |c: char| c.is_alphanumeric() || "._-@".contains(c);
    let length = login.chars().count();
    if login.is_empty() {
        return Err(Refusal::field("login", "missing"));
    }
    if !(2..=60).contains(&length) || !login.chars().all(allowed) {
        return Err(Refusal::field("login", "bad-login"));
    }
    Ok(login)
}

impl App {
    /// Adds a person.
    ///
    /// # Errors
    /// [`Refusal::Fields`], [`Refusal::Taken`], [`Refusal::NotAllowed`].
    pub async fn add_person(&self, ctx: &Context, actor: &Actor, text: PersonText) -> AppResult<PersonId> {
        can(actor, Action::Administer, Subject::Desk)?;
        self.add_person_unasked(ctx, text).await
    }

    /// The same for the house itself: setting up a demonstration.
    ///
    /// # Errors
    /// As [`App::add_person`].
    pub async fn add_person_unasked(&self, ctx: &Context, text: PersonText) -> AppResult<PersonId> {
        passwords::check("password", &text.password)?;
        let person = self.checked_person(ctx.id(PersonId), &text, 1)?;
        let hash = passwords::hash(ctx, &text.password).await?;
        let (id, now) = (person.id, ctx.now);
        self.store()
            .write(move |tx| {
                Box::pin(async move { people::insert(tx, &person, &hash, now).await.map_err(taken("login")) })
            })
            .await?;
        self.refresh_directory().await?;
        Ok(id)
    }

    /// Changes a person. Somebody who may no longer sign in loses every way in at once.
    ///
    /// # Errors
    /// [`Refusal::Stale`], [`Refusal::Fields`], [`Refusal::Taken`], [`Refusal::NotAllowed`]; nobody can lock themself out.
    pub async fn edit_person(
        &self,
        ctx: &Context,
        actor: &Actor,
        id: PersonId,
        text: PersonText,
        seen: i64,
    ) -> AppResult<()> {
        can(actor, Action::Administer, Subject::Desk)?;
        let mut person = self.checked_person(id, &text, seen)?;
        if id == actor.person && !(person.active && person.roles.has(yingda_core::Role::Administrator)) {
            return Err(Refusal::field("active", "yourself").into());
        }
        let hash = if text.password.is_empty() {
            None
        } else {
            passwords::check("password", &text.password)?;
            Some(passwords::hash(ctx, &text.password).await?)
        };
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let before = people::get(tx, id).await?.ok_or(Refusal::NotFound)?;
                    if before.version != seen {
                        return Err(Refusal::Stale { current: before.version }.into());
                    }
                    person.locale = before.locale;
                    person.theme = before.theme;
                    people::update(tx, &mut person).await.map_err(taken("login"))?;
                    if let Some(hash) = &hash {
                        people::set_password(tx, id, hash).await?;
                    }
                    if !person.active || hash.is_some() {
                        sessions::lock_out(tx, id).await?;
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await?;
        self.refresh_directory().await
    }

    fn checked_person(&self, id: PersonId, text: &PersonText, version: i64) -> AppResult<Person> {
        let mut faults = Vec::new();
        let mut keep = |result: Result<String, Refusal>| match result {
            Ok(value) => value,
            Err(Refusal::Fields(fields)) => {
                faults.extend(fields);
                String::new()
            }
            Err(_) => String::new(),
        };
        let login = keep(checked_login(&text.login));
        let name = keep(required("name", &text.name));
        let directory = self.directory();
        let department = text.department.filter(|d| directory.departments.contains_key(d));
        if department.is_none() {
            faults.push(FieldRefusal::new("department", "missing"));
        }
        if text.roles.0.is_empty() {
            faults.push(FieldRefusal::new("roles", "missing"));
        }
        match department {
            Some(department) if faults.is_empty() => Ok(Person {
                id,
                login,
                name,
                department,
                roles: text.roles.clone(),
                active: text.active,
                locale: "zh-CN".to_owned(),
                theme: "auto".to_owned(),
                version,
            }),
            _ => Err(Refusal::Fields(faults).into()),
        }
    }

    /// Adds a department.
    ///
    /// # Errors
    /// [`Refusal::Fields`], [`Refusal::Taken`], [`Refusal::NotAllowed`].
    pub async fn add_department(
        &self,
        ctx: &Context,
        actor: &Actor,
        code: &str,
        name: &str,
    ) -> AppResult<DepartmentId> {
        can(actor, Action::Administer, Subject::Desk)?;
        self.add_department_unasked(ctx, code, name).await
    }

    /// The same for the house itself: setting up a demonstration.
    ///
    /// # Errors
    /// As [`App::add_department`].
    pub async fn add_department_unasked(&self, ctx: &Context, code: &str, name: &str) -> AppResult<DepartmentId> {
        let code = checked_code(code)?;
        let name = required("name", name)?;
        let department = Department { id: ctx.id(DepartmentId), code, name, active: true, version: 1 };
        let id = department.id;
        self.store()
            .write(move |tx| {
                Box::pin(async move { people::insert_department(tx, &department).await.map_err(taken("code")) })
            })
            .await?;
        self.refresh_directory().await?;
        Ok(id)
    }

    /// Renames a department, or closes it for new work. Its code stays: process files refer to it.
    ///
    /// # Errors
    /// [`Refusal::Stale`], [`Refusal::NotAllowed`], [`Refusal::NotFound`].
    pub async fn edit_department(
        &self,
        actor: &Actor,
        id: DepartmentId,
        name: &str,
        active: bool,
        seen: i64,
    ) -> AppResult<()> {
        can(actor, Action::Administer, Subject::Desk)?;
        let name = required("name", name)?;
        let mut department = self.directory().departments.get(&id).cloned().ok_or(Refusal::NotFound)?;
        department.name = name;
        department.active = active;
        department.version = seen;
        self.store()
            .write(move |tx| {
                Box::pin(async move { Ok::<_, AppError>(people::update_department(tx, &mut department).await?) })
            })
            .await?;
        self.refresh_directory().await
    }

    /// Keeps the actor's choice of language and colours.
    ///
    /// # Errors
    /// A field for an unknown word.
    pub async fn set_preferences(&self, actor: &Actor, locale: &str, theme: &str) -> AppResult<()> {
        if !["zh-CN", "en"].contains(&locale) {
            return Err(Refusal::field("locale", "not-an-option").into());
        }
        if !["auto", "light", "dark"].contains(&theme) {
            return Err(Refusal::field("theme", "not-an-option").into());
        }
        let (id, locale, theme) = (actor.person, locale.to_owned(), theme.to_owned());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let mut person = people::get(tx, id).await?.ok_or(Refusal::NotFound)?;
                    person.locale = locale;
                    person.theme = theme;
                    Ok::<_, AppError>(people::update(tx, &mut person).await?)
                })
            })
            .await?;
        self.refresh_directory().await
    }
}

/// A department's code: small letters, digits and `-`, as process files write it.
fn checked_code(code: &str) -> Result<String, Refusal> {
    let code = code.trim().to_lowercase();
    if code.is_empty() {
        return Err(Refusal::field("code", "missing"));
    }
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    if code.len() > 60 || !code.chars().all(plain) {
        return Err(Refusal::field("code", "bad-code-word"));
    }
    Ok(code)
}
