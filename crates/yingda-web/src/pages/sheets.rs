//! 工作联系单 and the department's inbox: signed for, answered, countersigned, taken back, made a standard answer, printed.

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::routing::{get, post};
use serde::Deserialize;
use yingda_app::answers::AnswerText;
use yingda_app::sheets::SheetView;
use yingda_app::{AppError, AppResult, secret};
use yingda_core::answer::AnswerState;
use yingda_core::sheet::SheetState;
use yingda_core::ticket::subject_of;
use yingda_core::{Action, PersonId, Refusal, SheetId};

use crate::front::flash::Pending;
use crate::front::visit::local;
use crate::front::{Fault, Fields, PageResult, Posted, Visit, WebState, refusal_sentence, reply};
use crate::kit::{Choice, Due, DueState, FieldForm, FieldKind, FieldView, Markup, Moment, Paging};
use crate::pages::forms::refill;
use crate::pages::show::{Show, failed, sheet_badge};
use crate::shell::{Flash, FlashKind, capped};
use crate::views::inbox::{InboxPage, InboxTab};
use crate::views::sheet::{Sheet, SheetAction, SheetPage, SheetPrintPage};

/// Sheets on a page.
const SIZE: i64 = 30;
/// Counts stop here.
const CAP: i64 = 100;
/// A running limit warns when less than this is left, in milliseconds.
const WARNS: i64 = 4 * 60 * 60 * 1000;

const fn state_of(tab: InboxTab) -> SheetState {
    match tab {
        InboxTab::New => SheetState::Sent,
        InboxTab::Received => SheetState::Received,
        InboxTab::Answered => SheetState::Answered,
        InboxTab::Countersigned => SheetState::Countersigned,
    }
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    state: String,
    #[serde(default)]
    before: String,
}

async fn inbox(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let tab = InboxTab::ALL.into_iter().find(|tab| tab.name() == asked.state).unwrap_or(InboxTab::New);
    let before: Option<SheetId> = asked.before.parse().ok();
    let mut sheets = visit.app.inbox(visit.actor(), state_of(tab), before, SIZE + 1).await?;
    let more = i64::try_from(sheets.len()).is_ok_and(|n| n > SIZE);
    sheets.truncate(usize::try_from(SIZE).unwrap_or_default());
    let href = format!("/inbox?state={}", tab.name());
    let next = sheets.last().filter(|_| more).map(|sheet| format!("{href}&before={}", sheet.id));
    let show = Show::new(&visit);
    let mut rows = Vec::new();
    for sheet in &sheets {
        let view = visit.app.sheet(visit.actor(), sheet.id).await?;
        rows.push(show.sheet(sheet, &view.ticket.number, view.may.receive));
    }
    let mut counts = [const { None }; 4];
    for (count, tab) in counts.iter_mut().zip([InboxTab::New, InboxTab::Received, InboxTab::Answered]) {
        let waiting = visit.app.inbox(visit.actor(), state_of(tab), None, CAP).await?;
        *count = capped(waiting.len() as u64);
    }
    let page = InboxPage {
        shell: visit.shell().await?,
        department: show.directory().department_name(visit.actor().department),
        tab,
        counts,
        paging: Paging { prev: before.map(|_| href), next, shown: rows.len() },
        rows,
    };
    visit.page(StatusCode::OK, &page)
}

/// A sheet's form that was sent and refused.
struct Returned<'a> {
    deed: Deed,
    typed: &'a Fields,
    refusal: &'a Refusal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Answer,
    Withdraw,
    Publish,
}

async fn read(visit: &Visit, id: &str) -> Result<SheetView, Fault> {
    let id: SheetId = id.parse().map_err(|_| Refusal::NotFound)?;
    Ok(visit.app.sheet(visit.actor(), id).await?)
}

async fn show(visit: Visit, Path(id): Path<String>) -> PageResult {
    let view = read(&visit, &id).await?;
    let page = page(&visit, &view, None).await?;
    visit.page(StatusCode::OK, &page)
}

async fn print(visit: Visit, Path(id): Path<String>) -> PageResult {
    let view = read(&visit, &id).await?;
    let sheet = sheet(&visit, &view).await?;
    let printed = Show::new(&visit).moment(visit.now());
    visit.page(StatusCode::OK, &SheetPrintPage { shell: visit.shell().await?, sheet, printed })
}

async fn sheet(visit: &Visit, view: &SheetView) -> Result<Sheet, Fault> {
    let t = visit.t();
    let show = Show::new(visit);
    let SheetView { sheet, ticket, published, .. } = view;
    let by = |at: Option<jiff::Timestamp>, who: Option<PersonId>| -> Option<(Moment, String)> {
        at.map(|at| (show.moment(at), show.person(who)))
    };
    let due = sheet.due.map(|due| match sheet.state {
        SheetState::Received => Due::running("", due, visit.now(), WARNS, &visit.zone(), t),
        _ if sheet.answered.is_some_and(|answered| answered > due) => {
            Due { left: t.say("sheet-late"), ..Due::standing("", show.moment(due), DueState::Over, t) }
        }
        _ => Due::standing("", show.moment(due), DueState::Met, t),
    });
    let published = match published {
        Some(answer) => match visit.app.answer(visit.actor(), *answer).await {
            Ok((found, _)) => Some((found.question, format!("/answers/{answer}"))),
            // A draft is for the desk; others only learn when it is in use.
            Err(AppError::Refused(_)) => None,
            Err(other) => return Err(Fault(other)),
        },
        None => None,
    };
    let customer = if ticket.customer_name.is_empty() { &ticket.contact_name } else { &ticket.customer_name };
    // The department sees the ticket because of its sheet.
    let ticket_href =
        visit.app.ticket_by_number(visit.actor(), &ticket.number).await.ok().map(|id| format!("/tickets/{id}"));
    Ok(Sheet {
        id: sheet.id.to_string(),
        number: sheet.number.clone(),
        version: sheet.version.to_string(),
        state: sheet_badge(t, sheet.state),
        from: show.directory().department_name(sheet.from_department),
        sender: show.person(Some(sheet.from_person)),
        to: show.directory().department_name(sheet.to_department),
        question: Markup::prose(&sheet.question),
        title: subject_of(&sheet.question),
        customer: customer.clone(),
        matter: sheet.customer_matter.clone(),
        ticket: ticket.number.clone(),
        ticket_href,
        sent: show.moment(sheet.sent),
        received: by(sheet.received, sheet.received_by),
        due,
        answer: (!sheet.answer.is_empty()).then(|| Markup::prose(&sheet.answer)),
        answered: by(sheet.answered, sheet.answered_by),
        countersigned: by(sheet.countersigned, sheet.countersigned_by),
        published,
    })
}

async fn page(visit: &Visit, view: &SheetView, back: Option<Returned<'_>>) -> Result<SheetPage, Fault> {
    let t = visit.t();
    let mut shell = visit.shell().await?;
    if let Some(Returned { refusal, .. }) = &back {
        let text = match refusal {
            Refusal::Stale { .. } => Some(t.say("sheet-stale")),
            Refusal::Fields(_) => None,
            other => Some(refusal_sentence(t, other)),
        };
        shell.flash = text.map(|text| Flash { kind: FlashKind::Failed, text });
    }
    let returned = |deed: Deed, form: FieldForm| match back.as_ref().filter(|back| back.deed == deed) {
        Some(Returned { typed, refusal: Refusal::Fields(wrong), .. }) => refill(t, form, typed, wrong),
        Some(Returned { typed, .. }) => refill(t, form, typed, &[]),
        None => form,
    };
    let text = |name: &str, key: &str| FieldView::new(FieldKind::Multiline, name, t.say(key)).tall(5);
    // Somebody answered while this reader wrote: what was written still stands there, and says why it cannot be sent.
    let overtaken = back.as_ref().is_some_and(|back| back.deed == Deed::Answer) && !view.may.answer;
    let action = if view.may.receive {
        SheetAction::Receive
    } else if view.may.answer || overtaken {
        SheetAction::Answer(returned(Deed::Answer, FieldForm::new([text("answer", "sheet-answer").required().tall(8)])))
    } else if view.may.countersign {
        SheetAction::Countersign
    } else if view.may.publish {
        let form = FieldForm::new([
            FieldView::new(FieldKind::Text, "question", t.say("answer-question"))
                .required()
                .value(subject_of(&view.sheet.question)),
            text("answer", "answer-text").required().value(view.sheet.answer.clone()),
            FieldView::new(FieldKind::Text, "keywords", t.say("sheet-publish-keywords"))
                .hint(t.say("sheet-publish-keywords-hint")),
        ]);
        let draft = Choice::new("draft", t.say("sheet-publish-draft"));
        let states = if visit.may(Action::EditAnswers) {
            vec![Choice::new("published", t.say("sheet-publish-go")), draft]
        } else {
            vec![draft]
        };
        SheetAction::Publish { form: returned(Deed::Publish, form), states }
    } else {
        SheetAction::Nothing
    };
    let withdrawal = view.may.withdraw.then(|| {
        let reason = text("reason", "sheet-withdraw-reason").required().tall(3).within("withdraw");
        returned(Deed::Withdraw, FieldForm::new([reason]))
    });
    Ok(SheetPage {
        shell,
        sheet: sheet(visit, view).await?,
        action,
        withdrawal,
        key: secret::fresh(&visit.ctx, "form"),
        kept: back.is_some(),
    })
}

/// After a single button: back where it was pressed.
fn pressed(visit: &Visit, view: &SheetView, fields: &Fields, result: AppResult<()>, key: &str) -> PageResult {
    let page = format!("/sheets/{}", view.sheet.id);
    let page = fields.some("next").map_or(page.as_str(), local);
    match result {
        Ok(()) => Ok(visit.go(page, &Pending::done(key).with("number", &view.sheet.number))),
        Err(AppError::Refused(refusal @ (Refusal::NotFound | Refusal::NotAllowed))) => Err(refusal.into()),
        Err(AppError::Refused(refusal)) => Ok(visit.go(page, &failed(visit.t(), &refusal))),
        Err(other) => Err(Fault(other)),
    }
}

/// After a form: on, or the page once more with what was typed.
async fn sent(
    visit: &Visit,
    view: &SheetView,
    deed: Deed,
    typed: &Fields,
    result: AppResult<()>,
    say: Pending,
) -> PageResult {
    match result {
        Ok(()) => Ok(visit.go(&format!("/sheets/{}", view.sheet.id), &say.with("number", &view.sheet.number))),
        Err(AppError::Refused(refusal @ (Refusal::NotFound | Refusal::NotAllowed))) => Err(refusal.into()),
        Err(AppError::Refused(refusal)) => {
            let status = reply::status(&AppError::Refused(refusal.clone()));
            let now = visit.app.sheet(visit.actor(), view.sheet.id).await?;
            let page = page(visit, &now, Some(Returned { deed, typed, refusal: &refusal })).await?;
            visit.page(status, &page)
        }
        Err(other) => Err(Fault(other)),
    }
}

async fn receive(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let view = read(&visit, &id).await?;
    let result = visit.app.receive_sheet(&visit.ctx, visit.actor(), view.sheet.id).await;
    pressed(&visit, &view, &fields, result, "sheet-done-received")
}

async fn answer(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let view = read(&visit, &id).await?;
    let seen = fields.parse("version");
    let result = visit.app.answer_sheet(&visit.ctx, visit.actor(), view.sheet.id, fields.get("answer"), seen).await;
    let say = Pending::done("sheet-done-answered").forgetting(format!("sheet-{}", view.sheet.id));
    sent(&visit, &view, Deed::Answer, &fields, result, say).await
}

async fn countersign(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let view = read(&visit, &id).await?;
    let result = visit.app.countersign_sheet(&visit.ctx, visit.actor(), view.sheet.id).await;
    pressed(&visit, &view, &fields, result, "sheet-done-countersigned")
}

async fn withdraw(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let view = read(&visit, &id).await?;
    let result = visit.app.withdraw_sheet(&visit.ctx, visit.actor(), view.sheet.id, fields.get("reason")).await;
    sent(&visit, &view, Deed::Withdraw, &fields, result, Pending::done("sheet-done-withdrawn")).await
}

async fn publish(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let view = read(&visit, &id).await?;
    let text = AnswerText {
        question: fields.get("question").to_owned(),
        answer: fields.get("answer").to_owned(),
        keywords: fields.get("keywords").to_owned(),
        department: Some(view.sheet.to_department),
    };
    let (state, key) = match fields.get("state") {
        "published" => (AnswerState::Published, "sheet-done-published"),
        _ => (AnswerState::Draft, "sheet-done-draft"),
    };
    let made = visit.app.answer_from_sheet(&visit.ctx, visit.actor(), view.sheet.id, text, state).await;
    let say = Pending::done(key).forgetting(format!("publish-{}", view.sheet.id));
    sent(&visit, &view, Deed::Publish, &fields, made.map(drop), say).await
}

/// Their routes.
pub fn routes() -> Router<WebState> {
    Router::new()
        .route("/inbox", get(inbox))
        .route("/sheets/{id}", get(show))
        .route("/sheets/{id}/print", get(print))
        .route("/sheets/{id}/receipt", post(receive))
        .route("/sheets/{id}/answer", post(answer))
        .route("/sheets/{id}/countersignature", post(countersign))
        .route("/sheets/{id}/withdrawal", post(withdraw))
        .route("/sheets/{id}/publication", post(publish))
}
