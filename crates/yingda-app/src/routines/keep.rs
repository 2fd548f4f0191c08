//! What the company itself says about recurring work: making, changing, resting, taking over from the catalogue.

use yingda_core::{Action, Actor, Context, Refusal, RoutineId, Subject, can};
use yingda_process::routine::Share;
use yingda_store::routines;

use super::rule::Rule;
use super::text::RoutineText;
use super::{CATALOGUE, Routine, catalogue, make, routine};
use crate::error::taken;
use crate::once::Once;
use crate::{App, AppError, AppResult};

impl App {
    /// Makes a routine of the company's own; `from` is the entry of the catalogue that it was filled in from.
    ///
    /// # Errors
    /// [`Refusal::Fields`], [`Refusal::Taken`] where the entry was taken over before, [`Refusal::NotAllowed`].
    pub async fn add_routine(
        &self,
        ctx: &Context,
        actor: &Actor,
        text: &RoutineText,
        from: Option<&str>,
        once: Once,
    ) -> AppResult<RoutineId> {
        can(actor, Action::KeepRoutines, Subject::Desk)?;
        let mut rule = text.checked(self, ctx.now)?;
        if let Some(code) = from {
            let said = catalogue::rule(code)?;
            rule = Rule { source: said.source, quote: said.quote, requirements: said.requirements, ..rule };
        }
        self.put_routine(ctx, actor, rule, from, once).await
    }

    /// Takes an entry of the catalogue over as it stands.
    ///
    /// # Errors
    /// A field where nobody is there to do it, [`Refusal::Taken`], [`Refusal::NotFound`], [`Refusal::NotAllowed`].
    pub async fn adopt_routine(&self, ctx: &Context, actor: &Actor, code: &str, once: Once) -> AppResult<RoutineId> {
        can(actor, Action::KeepRoutines, Subject::Desk)?;
        let rule = catalogue::rule(code)?;
        if rule.who.people(&self.directory()).is_empty() {
            return Err(Refusal::field("role", "nobody-there").into());
        }
        self.put_routine(ctx, actor, rule, Some(code), once).await
    }

    async fn put_routine(
        &self,
        ctx: &Context,
        actor: &Actor,
        rule: Rule,
        from: Option<&str>,
        once: Once,
    ) -> AppResult<RoutineId> {
        let id = ctx.id(RoutineId);
        let new = Routine {
            id,
            process: from.map(|_| CATALOGUE.to_owned()).unwrap_or_default(),
            code: from.map_or_else(|| id.to_string(), str::to_owned),
            rule,
            active: true,
            listed: true,
            made_until: ctx.now,
            updated: ctx.now,
            updated_by: Some(actor.person),
            version: 1,
        };
        let (inner, person) = (ctx.clone(), actor.person);
        let id = self
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    if let Some(before) = once.before(tx, person).await? {
                        return before.parse().map_err(|_| Refusal::KeyReused.into());
                    }
                    routines::insert(tx, &new.stored()?).await.map_err(taken("routine"))?;
                    once.remember(tx, &inner, person, &new.id.to_string()).await?;
                    Ok::<_, AppError>(new.id)
                })
            })
            .await?;
        self.make_routine_work(ctx).await?;
        Ok(id)
    }

    /// Changes what a routine of the company's own says; occurrences that have opened stay.
    ///
    /// # Errors
    /// [`Refusal::Fields`], [`Refusal::Stale`], [`Refusal::NotAllowed`] also for what a process brought.
    pub async fn edit_routine(
        &self,
        ctx: &Context,
        actor: &Actor,
        id: RoutineId,
        text: &RoutineText,
        seen: i64,
    ) -> AppResult<()> {
        can(actor, Action::KeepRoutines, Subject::Desk)?;
        let checked = text.checked(self, ctx.now);
        self.change_routine(ctx, actor, id, seen, move |routine| {
            if !routine.is_ours() {
                return Err(Refusal::NotAllowed);
            }
            let before = &routine.rule;
            routine.rule = Rule {
                source: before.source.clone(),
                quote: before.quote.clone(),
                requirements: before.requirements.clone(),
                ..checked?
            };
            Ok(())
        })
        .await
    }

    /// Lets a routine rest, or takes it up again. While it rests nothing opens.
    ///
    /// # Errors
    /// [`Refusal::Stale`], [`Refusal::NotAllowed`].
    pub async fn switch_routine(
        &self,
        ctx: &Context,
        actor: &Actor,
        id: RoutineId,
        active: bool,
        seen: i64,
    ) -> AppResult<()> {
        can(actor, Action::KeepRoutines, Subject::Desk)?;
        self.change_routine(ctx, actor, id, seen, move |routine| {
            routine.active = active;
            Ok(())
        })
        .await
    }

    async fn change_routine(
        &self,
        ctx: &Context,
        actor: &Actor,
        id: RoutineId,
        seen: i64,
        change: impl FnOnce(&mut Routine) -> Result<(), Refusal> + Send + 'static,
    ) -> AppResult<()> {
        let (now, person) = (ctx.now, actor.person);
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let mut changed = routine(routines::get(tx, id).await?.ok_or(Refusal::NotFound)?)?;
                    if changed.version != seen {
                        return Err(Refusal::Stale { current: changed.version }.into());
                    }
                    let ran = changed.runs();
                    change(&mut changed)?;
                    if changed.runs() && !ran {
                        // Nothing is owed for the time of rest.
                        changed.made_until = now;
                    }
                    changed.updated = now;
                    changed.updated_by = Some(person);
                    Ok::<_, AppError>(routines::update(tx, &mut changed.stored()?).await?)
                })
            })
            .await?;
        self.make_routine_work(ctx).await
    }

    /// Opens an occurrence for today, whatever the rule says: for work that an event asks for (T46, before heavy rain). Where there
    /// is one for today already, nothing happens.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotAllowed`].
    pub async fn open_routine_now(&self, ctx: &Context, actor: &Actor, id: RoutineId) -> AppResult<usize> {
        can(actor, Action::KeepRoutines, Subject::Desk)?;
        let (app, ctx, directory) = (self.clone(), ctx.clone(), self.directory());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let routine = routine(routines::get(tx, id).await?.ok_or(Refusal::NotFound)?)?;
                    let people = match routine.rule.share {
                        Share::One => vec![None],
                        Share::Each => routine.rule.who.people(&directory).iter().map(|p| Some(p.id)).collect(),
                    };
                    let due = app.work_due(&routine.rule, ctx.now);
                    let mut made = 0;
                    for person in people {
                        let work = make::blank(&ctx, &routine, app.day_of(ctx.now), person, ctx.now, due);
                        made += usize::from(routines::add_work(tx, &work).await?);
                    }
                    Ok::<_, AppError>(made)
                })
            })
            .await
    }
}
