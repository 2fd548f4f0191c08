//! 换班: asked of a colleague, agreed, approved.

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::routing::{get, post};
use jiff::ToSpan;
use serde::Deserialize;
use yingda_app::duty::leave::Verdict;
use yingda_app::duty::swaps::{SwapText, SwapView};
use yingda_app::{AppError, Once, secret};
use yingda_core::duty::{Asked as State, Turn, TurnState};
use yingda_core::refusal::FieldRefusal;
use yingda_core::{DepartmentId, PersonId, Refusal, SwapId, TurnId};

use super::leaves::{answer, state, verdict};
use super::{Signs, department, head};
use crate::front::flash::Pending;
use crate::front::{Fault, Fields, PageResult, Posted, Visit, WebState};
use crate::kit::{Choice, FieldForm, FieldKind, FieldView};
use crate::pages::answers::fill_faults;
use crate::pages::forms::refill;
use crate::pages::show::Show;
use crate::views::duty::requests::{SwapLine, SwapsPage};

#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    department: String,
    #[serde(default)]
    turn: String,
}

/// A swap as a line.
pub(super) fn line(visit: &Visit, show: &Show, signs: &Signs, view: &SwapView) -> SwapLine {
    let t = visit.t();
    let swap = &view.swap;
    let name = |id: PersonId| show.directory().person_name(id);
    let turn = |turn: &Option<Turn>| {
        turn.as_ref().map_or_else(|| t.say("duty-turn-gone"), |turn| super::board::turn_line(visit, signs, turn))
    };
    let mut words = vec![("from", name(swap.from)), ("to", name(swap.to)), ("turn", turn(&view.turn))];
    let key = if swap.other.is_some() {
        words.push(("other", turn(&view.other)));
        "duty-swap-exchange"
    } else {
        "duty-swap-over"
    };
    SwapLine {
        id: swap.id.to_string(),
        version: swap.version.to_string(),
        text: t.with(key, &words),
        reason: swap.reason.clone(),
        state: state(t, swap.state),
        asked: show.moment(swap.asked),
        answer: view.may_answer,
        decide: view.may_decide,
        agreed: swap.state == State::Agreed,
        withdraw: view.may_withdraw,
    }
}

/// The coming published turns of a department, this month's and the next's.
async fn coming(visit: &Visit, id: DepartmentId) -> Result<Vec<Turn>, Fault> {
    let month = visit.now().to_zoned(visit.zone()).date().first_of_month();
    let mut turns = visit.app.roster(visit.actor(), id, month).await?.turns;
    if let Ok(next) = month.checked_add(1.month()) {
        turns.extend(visit.app.roster(visit.actor(), id, next).await?.turns);
    }
    turns.retain(|turn| turn.state == TurnState::Published && !turn.absent && turn.span.from > visit.now());
    Ok(turns)
}

fn form(visit: &Visit, id: DepartmentId, signs: &Signs, turns: &[Turn], picked: &str) -> Option<FieldForm> {
    let t = visit.t();
    let me = visit.actor().person;
    let directory = visit.app.directory();
    let mine: Vec<Choice> = turns
        .iter()
        .filter(|turn| turn.person == me)
        .map(|turn| Choice::new(turn.id.to_string(), super::board::turn_line(visit, signs, turn)))
        .collect();
    if mine.is_empty() {
        return None;
    }
    let colleagues = directory.members(id).filter(|p| p.id != me).map(|p| Choice::new(p.id.to_string(), &p.name));
    let theirs = turns.iter().filter(|turn| turn.person != me).map(|turn| {
        let words =
            [("who", directory.person_name(turn.person)), ("turn", super::board::turn_line(visit, signs, turn))];
        Choice::new(turn.id.to_string(), t.with("duty-turn-of", &words))
    });
    Some(FieldForm::new([
        FieldView::new(FieldKind::Choice, "turn", t.say("duty-swap-turn"))
            .required()
            .options(mine)
            .as_list(t.say("choice-pick"))
            .value(picked),
        FieldView::new(FieldKind::Person, "to", t.say("duty-swap-to")).required().options(colleagues),
        FieldView::new(FieldKind::Choice, "other", t.say("duty-swap-other"))
            .options(theirs)
            .as_list(t.say("duty-swap-none"))
            .hint(t.say("duty-swap-other-hint")),
        FieldView::new(FieldKind::Multiline, "reason", t.say("duty-reason")).tall(2),
    ]))
}

async fn page(
    visit: &Visit,
    id: DepartmentId,
    picked: &str,
    typed: Option<(&Fields, &Refusal)>,
) -> Result<SwapsPage, Fault> {
    let show = Show::new(visit);
    let signs = Signs::of(&visit.app.duty_setup(visit.actor(), id).await?.shifts);
    let turns = coming(visit, id).await?;
    let mut asked = form(visit, id, &signs, &turns, picked);
    let mut key = secret::fresh(&visit.ctx, "swap");
    if let Some((fields, refusal)) = typed {
        let mut filled = refill(visit.t(), asked.unwrap_or_default(), fields, &[]);
        fill_faults(visit.t(), &mut filled, Some(refusal));
        asked = Some(filled);
        fields.get("key").clone_into(&mut key);
    }
    let views = visit.app.swaps(&visit.ctx, visit.actor(), id).await?;
    Ok(SwapsPage {
        shell: visit.shell().await?,
        head: head(visit, id, "/duty/swaps"),
        form: asked,
        key,
        lines: views.iter().map(|view| line(visit, &show, &signs, view)).collect(),
    })
}

async fn list(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let id = department(&visit, &asked.department)?;
    let page = page(&visit, id, &asked.turn, None).await?;
    visit.page(StatusCode::OK, &page)
}

/// Reads the form.
fn parse(fields: &Fields) -> Result<SwapText, Refusal> {
    let mut wrong = Vec::new();
    let turn: Option<TurnId> = fields.parse("turn");
    if turn.is_none() {
        wrong.push(FieldRefusal::new("turn", "missing"));
    }
    let to: Option<PersonId> = fields.parse("to");
    if to.is_none() {
        wrong.push(FieldRefusal::new("to", "missing"));
    }
    let other: Option<TurnId> = fields.parse("other");
    if fields.some("other").is_some() && other.is_none() {
        wrong.push(FieldRefusal::new("other", "not-an-option"));
    }
    let (Some(turn), Some(to), true) = (turn, to, wrong.is_empty()) else {
        return Err(Refusal::Fields(wrong));
    };
    let parts = ["turn", "to", "other", "reason"].map(|name| fields.get(name));
    let once = Once::keyed(fields.some("key"), &parts);
    Ok(SwapText { turn, to, other, reason: fields.get("reason").to_owned(), once })
}

async fn ask(visit: Visit, Posted(fields): Posted) -> PageResult {
    let id = department(&visit, fields.get("department"))?;
    let result = match parse(&fields) {
        Ok(text) => visit.app.ask_swap(&visit.ctx, visit.actor(), text).await,
        Err(refusal) => Err(refusal.into()),
    };
    match result {
        Ok(_) => Ok(visit.go(&format!("/duty/swaps?department={id}"), &Pending::done("duty-swap-asked"))),
        Err(AppError::Refused(
            refusal
            @ (Refusal::Fields(_) | Refusal::TurnsOverlap { .. } | Refusal::DutySettled | Refusal::Taken { .. }),
        )) => {
            let page = page(&visit, id, "", Some((&fields, &refusal))).await?;
            visit.page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other.into()),
    }
}

async fn reply(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id: SwapId = id.parse().map_err(|_| Refusal::NotFound)?;
    let verdict = verdict(&fields)?;
    let seen = fields.parse("version").unwrap_or_default();
    let done = visit.app.answer_swap(&visit.ctx, visit.actor(), id, verdict, seen).await;
    let said = if verdict == Verdict::Yes { "duty-swap-agreed" } else { "duty-swap-declined" };
    answer(&visit, &fields, "/duty/swaps", said, done)
}

async fn decide(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id: SwapId = id.parse().map_err(|_| Refusal::NotFound)?;
    let verdict = verdict(&fields)?;
    let seen = fields.parse("version").unwrap_or_default();
    let done = visit.app.decide_swap(&visit.ctx, visit.actor(), id, verdict, seen).await;
    let said = if verdict == Verdict::Yes { "duty-swap-approved" } else { "duty-swap-refused" };
    answer(&visit, &fields, "/duty/swaps", said, done)
}

async fn withdraw(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id: SwapId = id.parse().map_err(|_| Refusal::NotFound)?;
    let seen = fields.parse("version").unwrap_or_default();
    let done = visit.app.withdraw_swap(&visit.ctx, visit.actor(), id, seen).await;
    answer(&visit, &fields, "/duty/swaps", "duty-swap-withdrawn", done)
}

/// Its routes.
pub fn routes() -> Router<WebState> {
    Router::new()
        .route("/duty/swaps", get(list).post(ask))
        .route("/duty/swaps/{id}/answer", post(reply))
        .route("/duty/swaps/{id}/decision", post(decide))
        .route("/duty/swaps/{id}/withdrawal", post(withdraw))
}
