//! 标准答案: the list by state, one answer with its earlier texts, writing and editing, putting into and out of use.

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::routing::{get, post};
use serde::Deserialize;
use yingda_app::answers::AnswerText;
use yingda_app::{AppError, Once, secret};
use yingda_core::answer::{Answer, AnswerState};
use yingda_core::{Action, AnswerId, Refusal};

use crate::front::flash::Pending;
use crate::front::{Fault, Fields, PageResult, Posted, Visit, WebState, field_sentence, refusal_sentence};
use crate::i18n::Tr;
use crate::kit::{Badge, Choice, FieldForm, FieldKind, FieldView, Markup, Paging, Stale, Tone};
use crate::pages::search::Marker;
use crate::pages::show::{Show, failed};
use crate::views::answers::{AnswerEditPage, AnswerPage, AnswerRow, AnswerVersion, AnswersPage};

/// Answers on a page.
const SIZE: usize = 30;

#[derive(Debug, Deserialize, Default)]
struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    before: String,
}

fn state_key(state: AnswerState) -> &'static str {
    match state {
        AnswerState::Draft => "answer-draft",
        AnswerState::Published => "answer-in-force",
        AnswerState::Retired => "answer-retired",
    }
}

fn state_badge(t: Tr, state: AnswerState) -> Badge {
    let tone = match state {
        AnswerState::Draft => Tone::Warn,
        AnswerState::Published => Tone::Good,
        AnswerState::Retired => Tone::Neutral,
    };
    Badge::new(t.say(state_key(state)), tone)
}

async fn list(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let t = visit.t();
    let state = AnswerState::parse(&asked.state).unwrap_or(AnswerState::Published);
    let words = asked.q.trim();
    let (found, next) = if words.is_empty() {
        let before = asked.before.parse::<AnswerId>().ok();
        let mut found =
            visit.app.answers(visit.actor(), state, before, i64::try_from(SIZE + 1).unwrap_or(i64::MAX)).await?;
        let more = found.len() > SIZE;
        found.truncate(SIZE);
        let next = found.last().filter(|_| more).map(|last| format!("{}before={}", address(state, "&"), last.id));
        (found, next)
    } else {
        (visit.app.similar_answers(visit.actor(), words, SIZE).await?, None)
    };
    let show = Show::new(&visit);
    let marker = Marker::new(words);
    let rows: Vec<AnswerRow> = found
        .iter()
        .map(|answer| AnswerRow {
            href: format!("/answers/{}", answer.id),
            question: marker.mark(&answer.question),
            snippet: marker.snippet(&answer.answer),
            department: department(&show, t, answer),
            state: state_badge(t, answer.state),
            updated: show.moment(answer.updated),
            uses: answer.uses.to_string(),
        })
        .collect();
    let mut states = Vec::new();
    if visit.may(Action::DraftAnswer) {
        for one in [AnswerState::Published, AnswerState::Draft, AnswerState::Retired] {
            states.push((t.say(state_key(one)), address(one, ""), words.is_empty() && one == state));
        }
    }
    let page = AnswersPage {
        shell: visit.shell().await?,
        query: FieldView::new(FieldKind::Search, "q", t.say("answers-query")).value(words),
        states,
        paging: Paging { prev: (!asked.before.is_empty()).then(|| address(state, "")), next, shown: rows.len() },
        rows,
        may_write: visit.may(Action::DraftAnswer),
    };
    visit.page(StatusCode::OK, &page)
}

/// The list of one state; `more` asks for a query that goes on.
fn address(state: AnswerState, more: &str) -> String {
    match (state, more.is_empty()) {
        (AnswerState::Published, true) => "/answers".to_owned(),
        (AnswerState::Published, false) => "/answers?".to_owned(),
        (other, _) => format!("/answers?state={}{more}", other.as_str()),
    }
}

fn department(show: &Show, t: Tr, answer: &Answer) -> String {
    answer.department.map_or_else(|| t.say("answer-no-department"), |id| show.directory().department_name(id))
}

/// Whether the reader may write in it: drafts by whoever drafts, the rest by leads.
fn may_edit(visit: &Visit, state: AnswerState) -> bool {
    visit.may(if state == AnswerState::Draft { Action::DraftAnswer } else { Action::EditAnswers })
}

async fn answer(visit: Visit, Path(id): Path<String>) -> PageResult {
    let t = visit.t();
    let show = Show::new(&visit);
    let (answer, versions) = visit.app.answer(visit.actor(), id.parse().map_err(|_| Refusal::NotFound)?).await?;
    let source = match answer.source {
        // Whoever may read the answer may still not see the customer's matter that it came from.
        Some(sheet) => {
            visit.app.sheet(visit.actor(), sheet).await.ok().map(|view| (view.sheet.number, format!("/sheets/{sheet}")))
        }
        None => None,
    };
    let history = versions
        .iter()
        .map(|version| AnswerVersion {
            number: version.version.to_string(),
            at: show.moment(version.at),
            who: show.person(Some(version.by)),
            state: state_badge(t, AnswerState::parse(&version.state).unwrap_or(AnswerState::Draft)),
            question: version.question.clone(),
            text: Markup::prose(&version.answer),
        })
        .collect();
    let leads = visit.may(Action::EditAnswers);
    let page = AnswerPage {
        shell: visit.shell().await?,
        id: answer.id.to_string(),
        answer: Markup::prose(&answer.answer),
        state: state_badge(t, answer.state),
        owner: department(&show, t, &answer),
        version: answer.version.to_string(),
        updated: (show.moment(answer.updated), show.person(Some(answer.updated_by))),
        keywords: answer.keywords.clone(),
        uses: answer.uses.to_string(),
        source,
        history,
        may_edit: may_edit(&visit, answer.state),
        may_publish: leads && answer.state != AnswerState::Published,
        may_retire: leads && answer.state == AnswerState::Published,
        question: answer.question,
    };
    visit.page(StatusCode::OK, &page)
}

/// What was typed into the form.
fn text_of(fields: &Fields) -> AnswerText {
    AnswerText {
        question: fields.get("question").to_owned(),
        answer: fields.get("answer").to_owned(),
        keywords: fields.get("keywords").to_owned(),
        department: fields.parse("department"),
    }
}

fn text_of_answer(answer: &Answer) -> AnswerText {
    AnswerText {
        question: answer.question.clone(),
        answer: answer.answer.clone(),
        keywords: answer.keywords.clone(),
        department: answer.department,
    }
}

fn form(visit: &Visit, text: &AnswerText, refusal: Option<&Refusal>) -> FieldForm {
    let t = visit.t();
    let directory = visit.app.directory();
    let departments = directory.departments.values().filter(|d| d.active || text.department == Some(d.id));
    let mut form = FieldForm::new([
        FieldView::new(FieldKind::Multiline, "question", t.say("answer-question"))
            .required()
            .tall(2)
            .value(&text.question),
        FieldView::new(FieldKind::Multiline, "answer", t.say("answer-text")).required().tall(8).value(&text.answer),
        FieldView::new(FieldKind::Text, "keywords", t.say("answer-keywords"))
            .hint(t.say("answer-keywords-hint"))
            .value(&text.keywords),
        FieldView::new(FieldKind::Department, "department", t.say("answer-department"))
            .options(departments.map(|d| Choice::new(d.id.to_string(), &d.name)))
            .value(text.department.map(|id| id.to_string()).unwrap_or_default()),
    ]);
    fill_faults(t, &mut form, refusal);
    form
}

/// Puts a refusal where it belongs: beside its fields, or above the form.
pub(super) fn fill_faults(t: Tr, form: &mut FieldForm, refusal: Option<&Refusal>) {
    match refusal {
        Some(Refusal::Fields(wrong)) => {
            for fault in wrong {
                match form.fields.iter_mut().find(|field| field.name == fault.field) {
                    Some(field) => field.error = Some(field_sentence(t, fault)),
                    None => form.error = Some(field_sentence(t, fault)),
                }
            }
        }
        Some(Refusal::Taken { field: name }) => {
            let sentence = refusal_sentence(t, &Refusal::Taken { field: name.clone() });
            match form.fields.iter_mut().find(|field| field.name == *name) {
                Some(field) => field.error = Some(sentence),
                None => form.error = Some(sentence),
            }
        }
        Some(other) => form.error = Some(refusal_sentence(t, other)),
        None => {}
    }
}

async fn fresh(visit: Visit) -> PageResult {
    yingda_core::can(visit.actor(), Action::DraftAnswer, yingda_core::Subject::Desk)?;
    let page = new_page(&visit, &AnswerText::default(), None).await?;
    visit.page(StatusCode::OK, &page)
}

async fn new_page(visit: &Visit, text: &AnswerText, refusal: Option<&Refusal>) -> Result<AnswerEditPage, Fault> {
    Ok(AnswerEditPage {
        shell: visit.shell().await?,
        id: None,
        version: String::new(),
        key: secret::fresh(&visit.ctx, "form"),
        form: form(visit, text, refusal),
        stale: None,
        may_publish: visit.may(Action::EditAnswers),
        source: None,
    })
}

async fn write(visit: Visit, Posted(fields): Posted) -> PageResult {
    let text = text_of(&fields);
    let state = if fields.get("state") == "published" { AnswerState::Published } else { AnswerState::Draft };
    let once = Once::keyed(
        Some(fields.get("key")),
        &[&text.question, &text.answer, &text.keywords, fields.get("department"), state.as_str()],
    );
    match visit.app.write_answer(&visit.ctx, visit.actor(), text.clone(), state, once).await {
        Ok(id) => {
            let draft = format!("answer-{}", fields.get("key"));
            let key = if state == AnswerState::Published { "answer-published" } else { "answer-saved" };
            Ok(visit.go(&format!("/answers/{id}"), &Pending::done(key).forgetting(draft)))
        }
        Err(AppError::Refused(refusal @ (Refusal::Fields(_) | Refusal::KeyReused))) => {
            let page = new_page(&visit, &text, Some(&refusal)).await?;
            visit.page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other.into()),
    }
}

async fn edit(visit: Visit, Path(id): Path<String>) -> PageResult {
    let (answer, _) = visit.app.answer(visit.actor(), id.parse().map_err(|_| Refusal::NotFound)?).await?;
    if !may_edit(&visit, answer.state) {
        return Err(Refusal::NotAllowed.into());
    }
    let page = AnswerEditPage {
        shell: visit.shell().await?,
        id: Some(answer.id.to_string()),
        version: answer.version.to_string(),
        key: String::new(),
        form: form(&visit, &text_of_answer(&answer), None),
        stale: None,
        may_publish: false,
        source: None,
    };
    visit.page(StatusCode::OK, &page)
}

async fn save(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let t = visit.t();
    let id: AnswerId = id.parse().map_err(|_| Refusal::NotFound)?;
    let (before, _) = visit.app.answer(visit.actor(), id).await?;
    let text = text_of(&fields);
    let seen = fields.parse("version").unwrap_or_default();
    let refusal = match visit.app.edit_answer(&visit.ctx, visit.actor(), id, text.clone(), before.state, seen).await {
        Ok(()) => {
            return Ok(visit
                .go(&format!("/answers/{id}"), &Pending::done("answer-saved").forgetting(format!("answer-{seen}"))));
        }
        Err(AppError::Refused(refusal @ (Refusal::Fields(_) | Refusal::Stale { .. }))) => refusal,
        Err(other) => return Err(other.into()),
    };
    let mut page = AnswerEditPage {
        shell: visit.shell().await?,
        id: Some(id.to_string()),
        version: seen.to_string(),
        key: String::new(),
        form: form(&visit, &text, Some(&refusal)),
        stale: None,
        may_publish: false,
        source: None,
    };
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if let Refusal::Stale { .. } = refusal {
        status = StatusCode::CONFLICT;
        let (now, _) = visit.app.answer(visit.actor(), id).await?;
        let name = |id: Option<yingda_core::DepartmentId>| {
            id.map(|id| visit.app.directory().department_name(id)).unwrap_or_default()
        };
        page.version = now.version.to_string();
        page.form.error = None;
        page.stale = Some(Stale::of([
            [t.say("answer-question"), now.question.clone(), text.question.clone()],
            [t.say("answer-text"), now.answer.clone(), text.answer.clone()],
            [t.say("answer-keywords"), now.keywords.clone(), text.keywords.clone()],
            [t.say("answer-department"), name(now.department), name(text.department)],
        ]));
    }
    visit.page(status, &page)
}

async fn set_state(visit: &Visit, id: &str, fields: &Fields, state: AnswerState, done: &str) -> PageResult {
    let id: AnswerId = id.parse().map_err(|_| Refusal::NotFound)?;
    let (answer, _) = visit.app.answer(visit.actor(), id).await?;
    let seen = fields.parse("version").unwrap_or_default();
    let say = match visit.app.edit_answer(&visit.ctx, visit.actor(), id, text_of_answer(&answer), state, seen).await {
        Ok(()) => Pending::done(done),
        Err(AppError::Refused(refusal @ Refusal::Stale { .. })) => failed(visit.t(), &refusal),
        Err(other) => return Err(other.into()),
    };
    Ok(visit.go(&format!("/answers/{id}"), &say))
}

async fn publish(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    set_state(&visit, &id, &fields, AnswerState::Published, "answer-published").await
}

async fn retire(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    set_state(&visit, &id, &fields, AnswerState::Retired, "answer-now-retired").await
}

/// Their routes.
pub fn routes() -> Router<WebState> {
    Router::new()
        .route("/answers", get(list).post(write))
        .route("/answers/new", get(fresh))
        .route("/answers/{id}", get(answer).post(save))
        .route("/answers/{id}/edit", get(edit))
        .route("/answers/{id}/publication", post(publish))
        .route("/answers/{id}/retirement", post(retire))
}
