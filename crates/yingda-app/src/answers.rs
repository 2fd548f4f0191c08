//! Standard answers (标准答案): drafted by the desk, published and retired by its leads, searched while the caller talks.

use yingda_core::answer::{Answer, AnswerState};
use yingda_core::{Action, Actor, AnswerId, Context, DepartmentId, Refusal, SheetId, Subject, can};
use yingda_store::answers::AnswerVersion;
use yingda_store::{Tx, answers, search, sheets};

use crate::assignment::{limited, required};
use crate::error::taken;
use crate::once::Once;
use crate::{App, AppResult};

/// The text of an answer.
#[derive(Debug, Clone, Default)]
pub struct AnswerText {
    /// The question as customers ask it.
    pub question: String,
    /// What they are told.
    pub answer: String,
    /// Further words under which it is found.
    pub keywords: String,
    /// The department that vouches for it.
    pub department: Option<DepartmentId>,
}

impl AnswerText {
    fn checked(&self) -> Result<Self, Refusal> {
        let mut faults = Vec::new();
        let mut keep = |result: Result<String, Refusal>| match result {
            Ok(text) => text,
            Err(Refusal::Fields(fields)) => {
                faults.extend(fields);
                String::new()
            }
            Err(_) => String::new(),
        };
        let checked = Self {
            question: keep(required("question", &self.question)),
            answer: keep(required("answer", &self.answer)),
            keywords: keep(limited("keywords", &self.keywords)),
            department: self.department,
        };
        if faults.is_empty() { Ok(checked) } else { Err(Refusal::Fields(faults)) }
    }
}

impl App {
    /// Writes a new answer: a draft, or at once in use where the writer leads the desk and says so.
    ///
    /// # Errors
    /// [`Refusal::Fields`], [`Refusal::NotAllowed`].
    pub async fn write_answer(
        &self,
        ctx: &Context,
        actor: &Actor,
        text: AnswerText,
        state: AnswerState,
        once: Once,
    ) -> AppResult<AnswerId> {
        can(actor, Action::DraftAnswer, Subject::Desk)?;
        if state != AnswerState::Draft {
            can(actor, Action::EditAnswers, Subject::Desk)?;
        }
        let text = text.checked()?;
        let (ctx, actor) = (ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    if let Some(before) = once.before(tx, actor.person).await? {
                        return before.parse().map_err(|_| Refusal::KeyReused.into());
                    }
                    let id = add(tx, &ctx, &actor, text, state, None).await?;
                    once.remember(tx, &ctx, actor.person, &id.to_string()).await?;
                    Ok(id)
                })
            })
            .await
    }

    /// Makes the countersigned answer of a contact sheet a standard answer: a draft with the sheet's words, or as edited.
    ///
    /// # Errors
    /// [`Refusal::NotCountersigned`], [`Refusal::Taken`] where it was done before.
    pub async fn answer_from_sheet(
        &self,
        ctx: &Context,
        actor: &Actor,
        sheet: SheetId,
        text: AnswerText,
        state: AnswerState,
    ) -> AppResult<AnswerId> {
        can(actor, Action::DraftAnswer, Subject::Desk)?;
        if state != AnswerState::Draft {
            can(actor, Action::EditAnswers, Subject::Desk)?;
        }
        let text = text.checked()?;
        let (ctx, actor) = (ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let from = sheets::get(tx, sheet).await?.ok_or(Refusal::NotFound)?;
                    from.may_publish()?;
                    if answers::from_sheet(tx, sheet).await?.is_some() {
                        return Err(Refusal::Taken { field: "sheet".to_owned() }.into());
                    }
                    let text = AnswerText { department: text.department.or(Some(from.to_department)), ..text };
                    add(tx, &ctx, &actor, text, state, Some(sheet)).await
                })
            })
            .await
    }

    /// Changes an answer's text or state; the earlier text is kept. Drafts by whoever drafts, the rest by leads.
    ///
    /// # Errors
    /// [`Refusal::Stale`], [`Refusal::Fields`], [`Refusal::NotAllowed`].
    pub async fn edit_answer(
        &self,
        ctx: &Context,
        actor: &Actor,
        id: AnswerId,
        text: AnswerText,
        state: AnswerState,
        seen: i64,
    ) -> AppResult<()> {
        let (ctx, actor) = (ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    can(&actor, Action::DraftAnswer, Subject::Desk)?;
                    let mut answer = answers::get(tx, id).await?.ok_or(Refusal::NotFound)?;
                    if answer.state != AnswerState::Draft || state != AnswerState::Draft {
                        can(&actor, Action::EditAnswers, Subject::Desk)?;
                    }
                    if answer.version != seen {
                        return Err(Refusal::Stale { current: answer.version }.into());
                    }
                    let text = text.checked()?;
                    answer.question = text.question;
                    answer.answer = text.answer;
                    answer.keywords = text.keywords;
                    answer.department = text.department;
                    answer.state = state;
                    answer.updated = ctx.now;
                    answer.updated_by = actor.person;
                    answers::update(tx, &mut answer).await?;
                    index(tx, &answer).await
                })
            })
            .await
    }

    /// An answer with its earlier texts, newest first. Drafts and retired ones are for the desk.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub async fn answer(&self, actor: &Actor, id: AnswerId) -> AppResult<(Answer, Vec<AnswerVersion>)> {
        let mut read = self.store().read().await?;
        let answer = answers::get(&mut read, id).await?.ok_or(Refusal::NotFound)?;
        see(actor, &answer)?;
        let versions = answers::versions(&mut read, id).await?;
        Ok((answer, versions))
    }

    /// Answers in one state, newest first.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] for drafts and retired ones outside the desk.
    pub async fn answers(
        &self,
        actor: &Actor,
        state: AnswerState,
        before: Option<AnswerId>,
        size: i64,
    ) -> AppResult<Vec<Answer>> {
        can(
            actor,
            if state == AnswerState::Published { Action::SeeAnswers } else { Action::DraftAnswer },
            Subject::Desk,
        )?;
        let mut read = self.store().read().await?;
        Ok(answers::list(&mut read, state, before, size).await?)
    }

    /// Published answers to questions like this one, best first: for the panel beside the caller's question.
    ///
    /// # Errors
    /// [`crate::AppError::Store`].
    pub async fn similar_answers(&self, actor: &Actor, question: &str, size: usize) -> AppResult<Vec<Answer>> {
        can(actor, Action::SeeAnswers, Subject::Desk)?;
        let mut read = self.store().read().await?;
        let mut found = Vec::new();
        for id in search::similar_answers(&mut read, question, size).await? {
            if let Some(answer) = answers::get(&mut read, AnswerId(id)).await?
                && answer.state == AnswerState::Published
            {
                found.push(answer);
            }
        }
        Ok(found)
    }
}

pub(crate) fn see(actor: &Actor, answer: &Answer) -> Result<(), Refusal> {
    if answer.state == AnswerState::Published {
        return can(actor, Action::SeeAnswers, Subject::Desk);
    }
    can(actor, Action::DraftAnswer, Subject::Desk).map_err(|_| Refusal::NotFound)
}

async fn add(
    tx: &mut Tx,
    ctx: &Context,
    actor: &Actor,
    text: AnswerText,
    state: AnswerState,
    source: Option<SheetId>,
) -> AppResult<AnswerId> {
    let answer = Answer {
        id: ctx.id(AnswerId),
        question: text.question,
        answer: text.answer,
        keywords: text.keywords,
        department: text.department,
        state,
        source,
        uses: 0,
        updated: ctx.now,
        updated_by: actor.person,
        version: 1,
    };
    answers::insert(tx, &answer).await.map_err(taken("sheet"))?;
    index(tx, &answer).await?;
    Ok(answer.id)
}

/// Only answers in use are found by search.
async fn index(tx: &mut Tx, answer: &Answer) -> AppResult<()> {
    if answer.state == AnswerState::Published {
        let text = [&answer.question, &answer.keywords, &answer.answer].map(String::as_str).join("\n");
        search::put(tx, search::Kind::Answer, answer.id.get(), None, search::Audience::Readers, &text).await?;
    } else {
        search::clear(tx, search::Kind::Answer, answer.id.get()).await?;
    }
    Ok(())
}
