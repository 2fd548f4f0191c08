//! Doing recurring work: submitting it with its record, leaving it out with a reason, reading what others submitted.

use yingda_core::refusal::FieldRefusal;
use yingda_core::routine::{Mark, Work, WorkState};
use yingda_core::{Action, Actor, Context, Refusal, WorkId};
use yingda_process::routine::Record;
use yingda_process::{Form, RawForm, Values};
use yingda_store::{routines, tracked};

use super::{Held, Task, hold};
use crate::apply;
use crate::assignment::{limited, required};
use crate::error::field_refusals;
use crate::once::Once;
use crate::receive::form_part;
use crate::{App, AppResult};

/// The label of a record that counts tickets.
pub const TICKETS: &str = "tickets";

/// Work that somebody has done.
#[derive(Debug, Clone, Default)]
pub struct Submission {
    /// What was typed, by `form.field`.
    pub fields: RawForm,
    /// The version that the actor saw.
    pub seen: Option<i64>,
    /// Against doing it twice.
    pub once: Once,
}

/// What a reader says to it.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What they found.
    pub mark: Mark,
    /// What they say; needed where it has to become better.
    pub remark: String,
    /// The version that the actor saw.
    pub seen: Option<i64>,
    /// Against doing it twice.
    pub once: Once,
}

impl App {
    /// An occurrence with its routine and form.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where there is none that this actor may see.
    pub async fn work(&self, actor: &Actor, id: WorkId) -> AppResult<Task> {
        let mut read = self.store().read().await?;
        let held = hold(&mut read, &self.directory(), actor, Action::SeeWork, id).await?;
        Ok(self.task(actor, held))
    }

    pub(super) fn task(&self, actor: &Actor, held: Held) -> Task {
        let exempt = held.routine.rule.exempt && held.work.may_exempt().is_ok() && held.may(actor, Action::ExemptWork);
        Task {
            may_do: held.may(actor, Action::DoWork),
            may_exempt: exempt,
            may_read: held.work.may_read().is_ok() && held.may(actor, Action::ReadWork),
            form: self.routine_form(&held.routine),
            work: held.work,
            routine: held.routine,
        }
    }

    /// Submits an occurrence with what was written down.
    ///
    /// # Errors
    /// [`Refusal::Fields`], [`Refusal::WorkNotOpen`], [`Refusal::WorkDone`], [`Refusal::Untracked`], [`Refusal::Stale`],
    /// [`Refusal::NotAllowed`].
    pub async fn submit_work(&self, ctx: &Context, actor: &Actor, id: WorkId, submission: Submission) -> AppResult<()> {
        let (app, ctx, actor, directory) = (self.clone(), ctx.clone(), actor.clone(), self.directory());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    if submission.once.before(tx, actor.person).await?.is_some() {
                        return Ok(());
                    }
                    let held = hold(tx, &directory, &actor, Action::DoWork, id).await?;
                    held.work.may_submit(ctx.now)?;
                    held.unchanged_since(submission.seen)?;
                    let mut work = held.work;
                    if held.routine.rule.record == Record::Tickets {
                        let day = app.day_of(ctx.now);
                        let left = tracked::untracked(tx, actor.person, day).await?;
                        if left > 0 {
                            return Err(Refusal::Untracked { left }.into());
                        }
                        let count = tracked::of_day(tx, actor.person, day).await?.len();
                        work.record = vec![(TICKETS.to_owned(), count.to_string())];
                    } else {
                        let form = app.routine_form(&held.routine);
                        work.record = app.record_of(&form, &submission.fields)?;
                    }
                    submitted(&ctx, &actor, &mut work);
                    routines::update_work(tx, &mut work).await?;
                    submission.once.remember(tx, &ctx, actor.person, "").await
                })
            })
            .await
    }

    fn record_of(&self, form: &Form, fields: &RawForm) -> AppResult<Vec<(String, String)>> {
        let values = form.parse(&form_part(fields, &form.id), &self.zone()).map_err(field_refusals)?;
        self.check_people(&values)?;
        let shown = |values: &Values| {
            let fields = form.fields.iter();
            let lines = fields.filter_map(|field| {
                values.get(&form.key(&field.id)).map(|value| (field.label.clone(), apply::shown(self, value)))
            });
            lines.collect::<Vec<_>>()
        };
        let record = shown(&values);
        let long: Vec<FieldRefusal> = form
            .fields
            .iter()
            .filter_map(|field| limited(&form.key(&field.id), &values.get(&form.key(&field.id))?.text()).err())
            .filter_map(|refusal| if let Refusal::Fields(fields) = refusal { Some(fields) } else { None })
            .flatten()
            .collect();
        if long.is_empty() { Ok(record) } else { Err(Refusal::Fields(long).into()) }
    }

    /// Leaves an occurrence out, with a reason (J23).
    ///
    /// # Errors
    /// A field for a missing reason, [`Refusal::NotAllowed`] where the rule knows no exception, [`Refusal::WorkDone`],
    /// [`Refusal::Stale`].
    pub async fn exempt_work(
        &self,
        ctx: &Context,
        actor: &Actor,
        id: WorkId,
        reason: &str,
        seen: Option<i64>,
        once: Once,
    ) -> AppResult<()> {
        let (ctx, actor, directory, reason) = (ctx.clone(), actor.clone(), self.directory(), reason.to_owned());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    if once.before(tx, actor.person).await?.is_some() {
                        return Ok(());
                    }
                    let held = hold(tx, &directory, &actor, Action::ExemptWork, id).await?;
                    if !held.routine.rule.exempt {
                        return Err(Refusal::NotAllowed.into());
                    }
                    held.work.may_exempt()?;
                    held.unchanged_since(seen)?;
                    let mut work = held.work;
                    work.reason = required("reason", &reason)?;
                    work.state = WorkState::Exempted;
                    work.done_by = Some(actor.person);
                    work.done = Some(ctx.now);
                    routines::update_work(tx, &mut work).await?;
                    once.remember(tx, &ctx, actor.person, "").await
                })
            })
            .await
    }

    /// Reads what somebody submitted (查阅), with a mark.
    ///
    /// # Errors
    /// A field for a missing remark, [`Refusal::WorkNotSubmitted`], [`Refusal::Stale`], [`Refusal::NotAllowed`].
    pub async fn read_work(&self, ctx: &Context, actor: &Actor, id: WorkId, reading: Reading) -> AppResult<()> {
        let (ctx, actor, directory) = (ctx.clone(), actor.clone(), self.directory());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    if reading.once.before(tx, actor.person).await?.is_some() {
                        return Ok(());
                    }
                    let held = hold(tx, &directory, &actor, Action::ReadWork, id).await?;
                    held.work.may_read()?;
                    held.unchanged_since(reading.seen)?;
                    let mut work = held.work;
                    work.remark = match reading.mark {
                        Mark::Good => limited("remark", &reading.remark)?,
                        Mark::Improve => required("remark", &reading.remark)?,
                    };
                    work.mark = Some(reading.mark);
                    work.state = WorkState::Read;
                    work.read_by = Some(actor.person);
                    work.read = Some(ctx.now);
                    routines::update_work(tx, &mut work).await?;
                    reading.once.remember(tx, &ctx, actor.person, "").await
                })
            })
            .await
    }
}

pub(super) fn submitted(ctx: &Context, actor: &Actor, work: &mut Work) {
    work.state = WorkState::Submitted;
    work.done_by = Some(actor.person);
    work.done = Some(ctx.now);
}
