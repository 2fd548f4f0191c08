//! Who somebody is: signing in and out, sessions, API tokens, the first administrator.

use jiff::{SignedDuration, Timestamp};
use yingda_core::{Actor, Context, Department, DepartmentId, Person, PersonId, Refusal, Role, SessionId, TokenId};
use yingda_store::sessions;
pub use yingda_store::sessions::{Session, Token};
use yingda_store::{people, settings};

use crate::assignment::required;
use crate::error::taken;
use crate::{App, AppError, AppResult, passwords, secret};

/// A session ends when it was not used for so long.
const IDLE: SignedDuration = SignedDuration::from_hours(12);
/// How often use is noted: not on every request, which would make every page a write.
const NOTED: SignedDuration = SignedDuration::from_mins(5);
const SETUP_CODE: &str = "setup_code";

/// Somebody who has proved who they are.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The person.
    pub person: Person,
    /// What decisions need of them.
    pub actor: Actor,
    /// The session; `None` for API tokens.
    pub session: Option<SessionId>,
}

/// Where a sign-in comes from.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// The browser's name for itself.
    pub agent: String,
    /// The network address.
    pub address: String,
}

impl App {
    /// Signs somebody in. Gives the secret that their browser keeps.
    ///
    /// # Errors
    /// [`Refusal::BadCredentials`] whichever of the two is wrong, [`Refusal::TooMany`].
    pub async fn sign_in(&self, ctx: &Context, login: &str, password: &str, origin: Origin) -> AppResult<String> {
        let login = login.trim().to_lowercase();
        self.inner.throttle.try_once(ctx.now, &login, &origin.address)?;
        let mut read = self.store().read().await?;
        let found = people::by_login(&mut read, &login).await?;
        drop(read);
        let (person, hash) = found.unzip();
        let right = passwords::verify(password, hash).await?;
        match person.filter(|person| right && person.active) {
            Some(person) => self.begin_session(ctx, person.id, origin).await,
            None => Err(Refusal::BadCredentials.into()),
        }
    }

    async fn begin_session(&self, ctx: &Context, person: PersonId, origin: Origin) -> AppResult<String> {
        let secret = secret::fresh(ctx, "session");
        let digest = secret::digest(&secret);
        let session = Session {
            id: ctx.id(SessionId),
            person,
            created: ctx.now,
            seen: ctx.now,
            expires: ctx.now + IDLE,
            agent: origin.agent.chars().take(200).collect(),
            address: origin.address,
        };
        self.store()
            .write(move |tx| Box::pin(async move { Ok::<_, AppError>(sessions::insert(tx, &session, &digest).await?) }))
            .await?;
        Ok(secret)
    }

    /// Who a browser's secret belongs to; `None` where it is none, or has ended.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn by_session(&self, ctx: &Context, secret: &str) -> AppResult<Option<SignedIn>> {
        let mut read = self.store().read().await?;
        let Some(session) = sessions::by_secret(&mut read, &secret::digest(secret), ctx.now).await? else {
            return Ok(None);
        };
        let Some(person) = people::get(&mut read, session.person).await?.filter(|p| p.active) else {
            return Ok(None);
        };
        drop(read);
        if ctx.now.duration_since(session.seen) > NOTED {
            let (id, now) = (session.id, ctx.now);
            self.store()
                .write(move |tx| {
                    Box::pin(async move { Ok::<_, AppError>(sessions::touch(tx, id, now, now + IDLE).await?) })
                })
                .await?;
        }
        Ok(Some(SignedIn { actor: Actor::from(&person), person, session: Some(session.id) }))
    }

    /// Whether a browser's session still stands. Asking is no use of it: a page that only listens keeps nobody signed in.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn session_stands(&self, ctx: &Context, secret: &str) -> AppResult<bool> {
        let mut read = self.store().read().await?;
        let Some(session) = sessions::by_secret(&mut read, &secret::digest(secret), ctx.now).await? else {
            return Ok(false);
        };
        Ok(people::get(&mut read, session.person).await?.is_some_and(|person| person.active))
    }

    /// Who a bearer token belongs to.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn by_token(&self, ctx: &Context, secret: &str) -> AppResult<Option<SignedIn>> {
        let mut read = self.store().read().await?;
        let Some(token) = sessions::token_by_secret(&mut read, &secret::digest(secret)).await? else {
            return Ok(None);
        };
        let Some(person) = people::get(&mut read, token.person).await?.filter(|p| p.active) else {
            return Ok(None);
        };
        drop(read);
        if token.used.is_none_or(|used| ctx.now.duration_since(used) > NOTED) {
            let (id, now) = (token.id, ctx.now);
            self.store()
                .write(move |tx| Box::pin(async move { Ok::<_, AppError>(sessions::token_used(tx, id, now).await?) }))
                .await?;
        }
        Ok(Some(SignedIn { actor: Actor::from(&person), person, session: None }))
    }

    /// Makes a link that signs somebody in without a password until `expires`: for demonstrations.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn sign_in_link(&self, ctx: &Context, person: PersonId, expires: Timestamp) -> AppResult<String> {
        let secret = secret::fresh(ctx, "link");
        let digest = secret::digest(&secret);
        self.store()
            .write(move |tx| {
                Box::pin(async move { Ok::<_, AppError>(sessions::insert_link(tx, person, &digest, expires).await?) })
            })
            .await?;
        Ok(secret)
    }

    /// Forgets all links that were made before.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn forget_links(&self) -> AppResult<()> {
        self.store().write(|tx| Box::pin(async move { Ok::<_, AppError>(sessions::forget_links(tx).await?) })).await
    }

    /// Signs somebody in by a link.
    ///
    /// # Errors
    /// [`Refusal::BadCode`], [`Refusal::TooMany`].
    pub async fn sign_in_by_link(&self, ctx: &Context, link: &str, origin: Origin) -> AppResult<String> {
        // Links carry 256 bits: there is no name to be tried out, only a machine to be slowed down.
        self.inner.throttle.try_address(ctx.now, &origin.address)?;
        let mut read = self.store().read().await?;
        let person = sessions::link(&mut read, &secret::digest(link), ctx.now).await?.ok_or(Refusal::BadCode)?;
        drop(read);
        self.begin_session(ctx, person, origin).await
    }

    /// Ends one of the actor's sessions.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub async fn end_session(&self, actor: &Actor, id: SessionId) -> AppResult<()> {
        let person = actor.person;
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    if sessions::revoke(tx, person, id).await? {
                        Ok(())
                    } else {
                        Err(AppError::from(Refusal::NotFound))
                    }
                })
            })
            .await
    }

    /// Ends all of the actor's sessions but this one; gives how many.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn end_other_sessions(&self, actor: &Actor, but: Option<SessionId>) -> AppResult<u64> {
        let person = actor.person;
        self.store()
            .write(move |tx| {
                Box::pin(async move { Ok::<_, AppError>(sessions::revoke_others(tx, person, but).await?) })
            })
            .await
    }

    /// The actor's sessions and API tokens, newest first.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn ways_in(&self, ctx: &Context, actor: &Actor) -> AppResult<(Vec<Session>, Vec<Token>)> {
        let mut read = self.store().read().await?;
        Ok((
            sessions::of_person(&mut read, actor.person, ctx.now).await?,
            sessions::tokens_of(&mut read, actor.person).await?,
        ))
    }

    /// Makes an API token with the actor's rights; its secret is given once.
    ///
    /// # Errors
    /// A field where the name is missing.
    pub async fn make_token(&self, ctx: &Context, actor: &Actor, name: &str) -> AppResult<String> {
        let name: String = required("name", name)?.chars().take(100).collect();
        let secret = format!("yd_{}", secret::fresh(ctx, "token"));
        let digest = secret::digest(&secret);
        let token = Token { id: ctx.id(TokenId), person: actor.person, name, created: ctx.now, used: None };
        self.store()
            .write(move |tx| {
                Box::pin(async move { Ok::<_, AppError>(sessions::insert_token(tx, &token, &digest).await?) })
            })
            .await?;
        Ok(secret)
    }

    /// Takes one of the actor's API tokens away.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub async fn revoke_token(&self, actor: &Actor, id: TokenId) -> AppResult<()> {
        let person = actor.person;
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    if sessions::revoke_token(tx, person, id).await? {
                        Ok(())
                    } else {
                        Err(AppError::from(Refusal::NotFound))
                    }
                })
            })
            .await
    }

    /// Changes the actor's own password; their other sessions end.
    ///
    /// # Errors
    /// A field for a wrong old or a too short new password.
    pub async fn change_password(&self, ctx: &Context, me: &SignedIn, old: &str, new: &str) -> AppResult<()> {
        self.inner.throttle.try_once(ctx.now, &me.person.login, "")?;
        let mut read = self.store().read().await?;
        let hash = people::password_hash(&mut read, me.person.id).await?;
        drop(read);
        if !passwords::verify(old, hash).await? {
            return Err(Refusal::field("old_password", "bad-credentials").into());
        }
        passwords::check("new_password", new)?;
        let hash = passwords::hash(ctx, new).await?;
        let (person, session) = (me.person.id, me.session);
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    people::set_password(tx, person, &hash).await?;
                    sessions::revoke_others(tx, person, session).await?;
                    Ok::<_, AppError>(())
                })
            })
            .await
    }

    /// Whether nobody is there yet: the first visitor with the one-time code becomes the administrator.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn is_empty(&self) -> AppResult<bool> {
        let mut read = self.store().read().await?;
        Ok(people::count(&mut read).await? == 0)
    }

    /// Makes a new one-time code for the first visitor; earlier ones are void.
    ///
    /// # Errors
    /// [`Refusal::AlreadySetUp`].
    pub async fn make_setup_code(&self, ctx: &Context) -> AppResult<String> {
        let code: String = secret::digest(&secret::fresh(ctx, "setup")).chars().take(12).collect();
        let digest = secret::digest(&code);
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    if people::count(tx).await? > 0 {
                        return Err(AppError::from(Refusal::AlreadySetUp));
                    }
                    Ok(settings::put(tx, SETUP_CODE, &digest).await?)
                })
            })
            .await?;
        Ok(code)
    }

    /// Creates the first administrator, who also leads the desk until there are others.
    ///
    /// # Errors
    /// [`Refusal::BadCode`], [`Refusal::AlreadySetUp`], fields.
    #[expect(clippy::too_many_arguments, reason = "the six fields of one form, each told apart by its name")]
    pub async fn set_up(
        &self,
        ctx: &Context,
        code: &str,
        login: &str,
        name: &str,
        password: &str,
        desk: &str,
        origin: Origin,
    ) -> AppResult<String> {
        self.inner.throttle.try_once(ctx.now, "setup", &origin.address)?;
        let login = crate::people::checked_login(login)?;
        let name = required("name", name)?;
        let desk = required("desk", desk)?;
        passwords::check("password", password)?;
        let hash = passwords::hash(ctx, password).await?;
        let digest = secret::digest(code.trim());
        let ctx2 = ctx.clone();
        let person = self
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    if people::count(tx).await? > 0 {
                        return Err(AppError::from(Refusal::AlreadySetUp));
                    }
                    match settings::get(tx, SETUP_CODE).await? {
                        Some(kept) if secret::same(&kept, &digest) => {}
                        _ => return Err(Refusal::BadCode.into()),
                    }
                    settings::remove(tx, SETUP_CODE).await?;
                    let department = match people::department_by_code(tx, crate::people::DESK).await? {
                        Some(department) => department.id,
                        None => {
                            let made = Department {
                                id: ctx2.id(DepartmentId),
                                code: crate::people::DESK.to_owned(),
                                name: desk,
                                active: true,
                                version: 1,
                            };
                            people::insert_department(tx, &made).await?;
                            made.id
                        }
                    };
                    let person = Person {
                        id: ctx2.id(PersonId),
                        login,
                        name,
                        department,
                        roles: [Role::Administrator, Role::Manager, Role::Agent].into_iter().collect(),
                        active: true,
                        locale: "zh-CN".to_owned(),
                        theme: "auto".to_owned(),
                        version: 1,
                    };
                    people::insert(tx, &person, &hash, ctx2.now).await.map_err(taken("login"))?;
                    Ok(person.id)
                })
            })
            .await?;
        self.refresh_directory().await?;
        self.begin_session(ctx, person, origin).await
    }
}
