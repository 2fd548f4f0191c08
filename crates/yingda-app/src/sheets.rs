//! Work contact sheets (工作联系单): sent, signed for, answered, countersigned, taken back; each by whose turn it is.

use serde_json::json;
use yingda_core::sheet::{Sheet, SheetState};
use yingda_core::ticket::Ticket;
use yingda_core::{Action, Actor, Context, DepartmentId, Refusal, Role, SheetId, Subject, TicketId, can};
use yingda_process::Limit;
use yingda_process::clock::Moment;
use yingda_process::definition::Countersign;
use yingda_store::tickets::Involvement;
use yingda_store::{Read, Tx, search, sheets, tickets};

use crate::apply;
use crate::assignment::required;
use crate::clocks::drive::{Age, Drive};
use crate::once::Once;
use crate::ticket::{Held, hold, instance};
use crate::{App, AppError, AppResult};

/// The prefix of sheet numbers: 工联.
const PREFIX: &str = "GL";

/// A sheet to be written.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub token: Option<i64>,
    pub to: DepartmentId,
    pub question: String,
    pub customer_matter: String,
    pub limit: Option<Limit>,
    pub countersign: Countersign,
}

/// A sheet sent by hand, beside the process.
#[derive(Debug, Clone)]
pub struct SendSheet {
    /// Who shall answer.
    pub to: DepartmentId,
    /// The question.
    pub question: String,
    /// The customer's matter; the ticket's subject if empty.
    pub customer_matter: String,
    /// Against doing it twice.
    pub once: Once,
}

/// A sheet as somebody may see it.
#[derive(Debug, Clone)]
pub struct SheetView {
    /// The sheet.
    pub sheet: Sheet,
    /// Its ticket.
    pub ticket: Ticket,
    /// Whether this actor may see the whole ticket (a department sees what involves it, which this sheet does).
    pub may: SheetMay,
    /// The standard answer that came of it.
    pub published: Option<yingda_core::AnswerId>,
}

/// What somebody may do with a sheet now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "one answer for each deed")]
pub struct SheetMay {
    /// Sign for it.
    pub receive: bool,
    /// Answer it.
    pub answer: bool,
    /// Countersign the answer.
    pub countersign: bool,
    /// Take it back.
    pub withdraw: bool,
    /// Make its answer a standard answer.
    pub publish: bool,
}

pub(crate) fn subject(sheet: &Sheet) -> Subject<'static> {
    Subject::Sheet { to: sheet.to_department, from: sheet.from_department, answered_by: sheet.answered_by }
}

async fn hold_sheet(read: &mut Read, actor: &Actor, action: Action, id: SheetId) -> AppResult<Sheet> {
    let sheet = sheets::get(read, id).await?.ok_or(Refusal::NotFound)?;
    can(actor, action, subject(&sheet))?;
    Ok(sheet)
}

impl App {
    /// Writes a sheet and lets its department see the ticket.
    pub(crate) async fn write_sheet(
        &self,
        tx: &mut Tx,
        ctx: &Context,
        actor: &Actor,
        ticket: TicketId,
        request: Request,
    ) -> AppResult<Sheet> {
        let limit = match request.limit {
            Some(limit) => serde_json::to_string(&limit).map_err(|e| AppError::House(format!("a limit: {e}")))?,
            None => String::new(),
        };
        let sheet = Sheet {
            id: ctx.id(SheetId),
            number: self.next_sheet_number(tx, ctx).await?,
            ticket,
            token: request.token,
            from_person: actor.person,
            from_department: actor.department,
            to_department: request.to,
            question: request.question,
            customer_matter: request.customer_matter,
            sent: ctx.now,
            received: None,
            received_by: None,
            due: None,
            limit,
            answer: String::new(),
            answered_by: None,
            answered: None,
            countersign_required: request.countersign == Countersign::Required,
            countersigned_by: None,
            countersigned: None,
            state: SheetState::Sent,
            version: 1,
        };
        sheets::insert(tx, &sheet).await?;
        tickets::involve(tx, ticket, request.to, Involvement::Working).await?;
        index(tx, &sheet).await?;
        let body =
            json!({ "sheet": sheet.id, "number": sheet.number, "to": sheet.to_department, "question": sheet.question });
        apply::record(tx, ctx, Some(actor), ticket, "sheet-sent", &body).await?;
        Ok(sheet)
    }

    async fn next_sheet_number(&self, tx: &mut Tx, ctx: &Context) -> AppResult<String> {
        let series = yingda_core::number::series(PREFIX, ctx.now, &self.zone());
        let sequence = tickets::next_in_series(tx, &series).await?;
        Ok(yingda_core::number::number(&series, sequence))
    }

    /// Sends a sheet by hand, beside the process: the process does not wait for it. Gives its id.
    ///
    /// # Errors
    /// [`Refusal::Fields`], [`Refusal::NotAllowed`], [`Refusal::TicketEnded`].
    pub async fn send_sheet(&self, ctx: &Context, actor: &Actor, id: TicketId, send: SendSheet) -> AppResult<SheetId> {
        let directory = self.directory();
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    if let Some(before) = send.once.before(tx, actor.person).await? {
                        return before.parse().map_err(|_| Refusal::KeyReused.into());
                    }
                    let held = hold(tx, &actor, Action::SendSheet, id).await?;
                    if !held.ticket.state.is_running() {
                        return Err(Refusal::TicketEnded.into());
                    }
                    if !directory.departments.get(&send.to).is_some_and(|d| d.active) {
                        return Err(Refusal::field("department", "unknown-department").into());
                    }
                    let question = required("question", &send.question)?;
                    let matter = crate::assignment::limited("customer_matter", &send.customer_matter)?;
                    let limit = Limit { amount: 2, unit: yingda_process::LimitUnit::WorkingDays };
                    let request = Request {
                        token: None,
                        to: send.to,
                        question,
                        customer_matter: if matter.is_empty() { held.ticket.subject.clone() } else { matter },
                        // Sent by hand there is no process to say so; the document's own limit for sheets holds.
                        limit: Some(limit),
                        countersign: Countersign::Optional,
                    };
                    let sheet = app.write_sheet(tx, &ctx, &actor, id, request).await?;
                    app.touch(tx, &ctx, held).await?;
                    send.once.remember(tx, &ctx, actor.person, &sheet.id.to_string()).await?;
                    Ok(sheet.id)
                })
            })
            .await
    }

    /// Signs for a sheet: from now on its clock runs.
    ///
    /// # Errors
    /// [`Refusal::SheetNotOpen`] where somebody has signed already, [`Refusal::NotAllowed`].
    pub async fn receive_sheet(&self, ctx: &Context, actor: &Actor, id: SheetId) -> AppResult<()> {
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let mut sheet = hold_sheet(tx, &actor, Action::ReceiveSheet, id).await?;
                    sheet.may_receive()?;
                    sheet.state = SheetState::Received;
                    sheet.received = Some(ctx.now);
                    sheet.received_by = Some(actor.person);
                    sheets::update(tx, &mut sheet).await?;
                    let held = app.held_for_sheet(tx, &sheet).await?;
                    let waiting = held.work.iter().find(|w| Some(w.token) == sheet.token).cloned();
                    if let Some(mut item) = waiting.clone() {
                        item.since = ctx.now;
                        tickets::update_work(tx, &item).await?;
                    }
                    let mut ticket = held.ticket;
                    app.start_sheet_clock(tx, &ctx, &actor, &mut ticket, &sheet, waiting.map(|item| item.step)).await?;
                    ticket.updated = ctx.now;
                    apply::save(tx, &mut ticket).await?;
                    let due = sheets::get(tx, id).await?.and_then(|sheet| sheet.due);
                    let ticket = sheet.ticket;
                    let body = json!({ "sheet": sheet.id, "number": sheet.number, "due": due });
                    apply::record(tx, &ctx, Some(&actor), ticket, "sheet-received", &body).await
                })
            })
            .await
    }

    /// Answers a sheet. A head's own answer is countersigned with it; where the process waits for it, it goes on.
    ///
    /// # Errors
    /// [`Refusal::SheetNotOpen`], [`Refusal::Stale`], [`Refusal::Fields`] where the answer is empty.
    pub async fn answer_sheet(
        &self,
        ctx: &Context,
        actor: &Actor,
        id: SheetId,
        answer: &str,
        seen: Option<i64>,
    ) -> AppResult<()> {
        let (app, ctx, actor, answer) = (self.clone(), ctx.clone(), actor.clone(), answer.to_owned());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let mut sheet = hold_sheet(tx, &actor, Action::AnswerSheet, id).await?;
                    sheet.may_answer()?;
                    unchanged(&sheet, seen)?;
                    sheet.answer = required("answer", &answer)?;
                    sheet.state = SheetState::Answered;
                    sheet.answered = Some(ctx.now);
                    sheet.answered_by = Some(actor.person);
                    if actor.roles.has(Role::Head) {
                        countersign(&mut sheet, &ctx, &actor);
                    }
                    sheets::update(tx, &mut sheet).await?;
                    index(tx, &sheet).await?;
                    let body = json!({ "sheet": sheet.id, "number": sheet.number, "answer": sheet.answer });
                    apply::record(tx, &ctx, Some(&actor), sheet.ticket, "sheet-answered", &body).await?;
                    app.go_on(tx, &ctx, &actor, &sheet).await
                })
            })
            .await
    }

    /// Countersigns an answer (会签).
    ///
    /// # Errors
    /// [`Refusal::SheetNotOpen`], [`Refusal::NotAllowed`].
    pub async fn countersign_sheet(&self, ctx: &Context, actor: &Actor, id: SheetId) -> AppResult<()> {
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let mut sheet = hold_sheet(tx, &actor, Action::CountersignSheet, id).await?;
                    sheet.may_countersign()?;
                    let waited = !sheet.lets_process_go_on();
                    countersign(&mut sheet, &ctx, &actor);
                    sheets::update(tx, &mut sheet).await?;
                    let body = json!({ "sheet": sheet.id, "number": sheet.number });
                    apply::record(tx, &ctx, Some(&actor), sheet.ticket, "sheet-countersigned", &body).await?;
                    if waited { app.go_on(tx, &ctx, &actor, &sheet).await } else { Ok(()) }
                })
            })
            .await
    }

    /// Takes back a sheet that was sent by hand and is not answered yet.
    ///
    /// # Errors
    /// [`Refusal::SheetNotOpen`] also where the process waits for its answer, [`Refusal::NotAllowed`].
    pub async fn withdraw_sheet(&self, ctx: &Context, actor: &Actor, id: SheetId, reason: &str) -> AppResult<()> {
        let (app, ctx, actor, reason) = (self.clone(), ctx.clone(), actor.clone(), reason.to_owned());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let mut sheet = hold_sheet(tx, &actor, Action::WithdrawSheet, id).await?;
                    sheet.may_withdraw()?;
                    if sheet.token.is_some() {
                        return Err(Refusal::SheetNotOpen.into());
                    }
                    let reason = required("reason", &reason)?;
                    sheet.state = SheetState::Withdrawn;
                    sheets::update(tx, &mut sheet).await?;
                    let mut held = app.held_for_sheet(tx, &sheet).await?;
                    app.stop_sheet_clock(tx, &ctx, &actor, &mut held.ticket, id).await?;
                    app.touch(tx, &ctx, held).await?;
                    let body = json!({ "sheet": sheet.id, "number": sheet.number, "reason": reason });
                    apply::record(tx, &ctx, Some(&actor), sheet.ticket, "sheet-withdrawn", &body).await
                })
            })
            .await
    }

    /// A sheet with its ticket.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where there is none that this actor may see.
    pub async fn sheet(&self, actor: &Actor, id: SheetId) -> AppResult<SheetView> {
        let mut read = self.store().read().await?;
        let sheet = hold_sheet(&mut read, actor, Action::SeeSheet, id).await?;
        let ticket = tickets::get(&mut read, sheet.ticket).await?.ok_or(Refusal::NotFound)?;
        let published = yingda_store::answers::from_sheet(&mut read, id).await?.map(|answer| answer.id);
        let allowed = |action| can(actor, action, subject(&sheet)).is_ok();
        let may = SheetMay {
            receive: allowed(Action::ReceiveSheet) && sheet.may_receive().is_ok(),
            answer: allowed(Action::AnswerSheet) && sheet.may_answer().is_ok(),
            countersign: allowed(Action::CountersignSheet) && sheet.may_countersign().is_ok(),
            withdraw: allowed(Action::WithdrawSheet) && sheet.may_withdraw().is_ok() && sheet.token.is_none(),
            publish: can(actor, Action::DraftAnswer, Subject::Desk).is_ok()
                && sheet.may_publish().is_ok()
                && published.is_none(),
        };
        Ok(SheetView { sheet, ticket, may, published })
    }

    /// The actor's department's sheets in one state, newest first.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn inbox(
        &self,
        actor: &Actor,
        state: SheetState,
        before: Option<SheetId>,
        size: i64,
    ) -> AppResult<Vec<Sheet>> {
        let mut read = self.store().read().await?;
        let rows = sheets::inbox(&mut read, actor.department, state, before, size).await?;
        Ok(rows.into_iter().filter(|sheet| can(actor, Action::SeeSheet, subject(sheet)).is_ok()).collect())
    }

    /// The ticket of a sheet, for the department whose turn it is: access was decided on the sheet.
    async fn held_for_sheet(&self, read: &mut Read, sheet: &Sheet) -> AppResult<Held> {
        let ticket = tickets::get(read, sheet.ticket).await?.ok_or(Refusal::NotFound)?;
        let departments = tickets::involved(read, sheet.ticket).await?;
        let work = tickets::work(read, sheet.ticket).await?;
        Ok(Held { ticket, departments, work })
    }

    /// From the receipt the sheet's clock runs: that of its step, or one of its own where it was sent by hand.
    async fn start_sheet_clock(
        &self,
        tx: &mut Tx,
        ctx: &Context,
        actor: &Actor,
        ticket: &mut Ticket,
        sheet: &Sheet,
        step: Option<String>,
    ) -> AppResult<()> {
        let process = self.definition(ticket.definition)?;
        let drive = Drive { app: self, ctx, actor: Some(actor), process: &process, age: Age::Fresh };
        match (step, limit_of(sheet)?) {
            (Some(step), _) => {
                let position = instance(tx, ticket.id).await?;
                drive.moments(tx, ticket, &position, &[Moment::Received(step)], Some(sheet)).await
            }
            // A process that has moved on waits for the sheet no more, nor does a ticket that has ended.
            (None, Some(limit)) if sheet.token.is_none() && ticket.state.is_running() => {
                drive.start_sheet(tx, ticket, sheet, limit).await
            }
            (None, _) => Ok(()),
        }
    }

    /// An answer, or the sheet's being taken back, stops the clock of a sheet that was sent by hand.
    async fn stop_sheet_clock(
        &self,
        tx: &mut Tx,
        ctx: &Context,
        actor: &Actor,
        ticket: &mut Ticket,
        id: SheetId,
    ) -> AppResult<()> {
        let process = self.definition(ticket.definition)?;
        let drive = Drive { app: self, ctx, actor: Some(actor), process: &process, age: Age::Fresh };
        drive.stop_sheet(tx, ticket, id).await
    }

    /// Lets the waiting process go on, if this answer is what it waits for.
    async fn go_on(&self, tx: &mut Tx, ctx: &Context, actor: &Actor, sheet: &Sheet) -> AppResult<()> {
        let held = self.held_for_sheet(tx, sheet).await?;
        match sheet.token {
            Some(token) if sheet.lets_process_go_on() && held.work.iter().any(|w| w.token == token) => {
                self.step_answered(tx, ctx, actor, held, token, sheet.answer.clone()).await
            }
            _ => {
                let mut held = held;
                if sheet.token.is_none() {
                    self.stop_sheet_clock(tx, ctx, actor, &mut held.ticket, sheet.id).await?;
                }
                self.touch(tx, ctx, held).await
            }
        }
    }

    /// Writes a ticket back after something beside its own fields has changed.
    async fn touch(&self, tx: &mut Tx, ctx: &Context, held: Held) -> AppResult<()> {
        let mut ticket = held.ticket;
        ticket.updated = ctx.now;
        apply::save(tx, &mut ticket).await
    }
}

fn countersign(sheet: &mut Sheet, ctx: &Context, actor: &Actor) {
    sheet.state = SheetState::Countersigned;
    sheet.countersigned = Some(ctx.now);
    sheet.countersigned_by = Some(actor.person);
}

fn unchanged(sheet: &Sheet, seen: Option<i64>) -> Result<(), Refusal> {
    match seen {
        Some(version) if version != sheet.version => Err(Refusal::Stale { current: sheet.version }),
        _ => Ok(()),
    }
}

pub(crate) fn limit_of(sheet: &Sheet) -> AppResult<Option<Limit>> {
    if sheet.limit.is_empty() {
        return Ok(None);
    }
    serde_json::from_str(&sheet.limit)
        .map(Some)
        .map_err(|e| AppError::House(format!("the limit of sheet {}: {e}", sheet.number)))
}

async fn index(tx: &mut Tx, sheet: &Sheet) -> AppResult<()> {
    let text = [&sheet.number, &sheet.question, &sheet.customer_matter, &sheet.answer].map(String::as_str).join("\n");
    let ticket = Some(sheet.ticket.get());
    Ok(search::put(tx, search::Kind::Sheet, sheet.id.get(), ticket, search::Audience::Readers, &text).await?)
}
