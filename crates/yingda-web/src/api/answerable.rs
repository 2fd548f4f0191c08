//! Who answers for limits: overdue statements, requests for more time, urging, and the first receiver's place.

use axum::http::StatusCode;
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use yingda_app::answerable::Filter;
use yingda_app::answerable::extensions::{AskExtension, DecideExtension, Decision};
use yingda_app::answerable::owner::{Answer, OfferTicket};
use yingda_app::answerable::statements::{Review, StatementText};
use yingda_app::answerable::urges::UrgeTicket;
use yingda_core::answerable::{ExtensionKind, StatementState};
use yingda_core::{ClockId, DepartmentId, ExtensionId, OfferId, PersonId, StatementId, TicketId};

use crate::api::bearer::{Bearer, Keyed};
use crate::api::page::{self, Page};
use crate::api::sent::{Asked, At, Body};
use crate::api::shapes::answerable::{
    ExtensionShape, MyAnswers, NewAnswerToOffer, NewDecision, NewExtension, NewOffer, NewOffers, NewReview,
    NewStatement, NewUrge, OfferShape, OfferedShape, StatementDetail, StatementShape, TicketAnswersShape, Urged,
    VersionShape,
};
use crate::api::{ApiResult, created, json};
use crate::front::{Fault, WebState};

/// Which statements of the whole desk.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct OfDesk {
    /// Only those in this state.
    #[param(value_type = Option<String>)]
    state: Option<StatementState>,
    /// Only those that this person answered for.
    #[param(value_type = Option<String>)]
    person: Option<PersonId>,
    /// Only those that this department answered for.
    #[param(value_type = Option<String>)]
    department: Option<DepartmentId>,
    /// Missed at this instant or later.
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Timestamp>,
    /// Missed before this instant.
    #[param(value_type = Option<String>, format = DateTime)]
    until: Option<Timestamp>,
    /// Items of a page, 1 to 100; 50 if not given.
    limit: Option<u32>,
    /// What the page before gave as `next`.
    cursor: Option<String>,
}

/// Who answers for a ticket's limits
///
/// Missed limits with their statements, requests for more time, urgings, and the open offer of the first receiver's place.
#[utoipa::path(get, path = "/tickets/{id}/answerability", tag = "answerability", params(("id" = String, Path, description = "The ticket's id")),
    responses((status = 200, description = "All of it", body = TicketAnswersShape)))]
async fn of_ticket(bearer: Bearer, At(id): At<TicketId>) -> ApiResult {
    let all = bearer.app.ticket_answers(&bearer.ctx, bearer.actor(), id).await?;
    json(StatusCode::OK, &TicketAnswersShape::of(&all, &bearer.names()))
}

/// What waits for oneself
///
/// Statements to write, one's own requests, offers to answer.
#[utoipa::path(get, path = "/answerability", tag = "answerability", responses((status = 200, description = "All of it", body = MyAnswers)))]
async fn mine(bearer: Bearer) -> ApiResult {
    let mine = bearer.app.my_answers(bearer.actor()).await?;
    json(StatusCode::OK, &MyAnswers::of(&mine, &bearer.names()))
}

async fn statement_now(bearer: &Bearer, id: StatementId) -> Result<StatementDetail, Fault> {
    let (line, versions) = bearer.app.statement(bearer.actor(), id).await?;
    let names = bearer.names();
    Ok(StatementDetail {
        statement: StatementShape::of(&line.statement, &names),
        versions: versions.iter().map(|version| VersionShape::of(version, &names)).collect(),
    })
}

/// Overdue statements of the whole desk
///
/// For those who lead it; newest first.
#[utoipa::path(get, path = "/statements", tag = "answerability", params(OfDesk), responses((status = 200, description = "A page", body = Page<StatementShape>)))]
async fn statements(bearer: Bearer, Asked(asked): Asked<OfDesk>) -> ApiResult {
    let size = i64::try_from(page::size(asked.limit)?).unwrap_or(50);
    let before = page::read("statements", asked.cursor.as_deref())?.map(|[id]| StatementId(id));
    let OfDesk { state, person, department, from, until, .. } = asked;
    let filter = Filter { state, person, department, from, until };
    let found = bearer.app.statements(bearer.actor(), &filter, before, size).await?;
    let names = bearer.names();
    let page = Page {
        items: found.lines.iter().map(|line| StatementShape::of(&line.statement, &names)).collect::<Vec<_>>(),
        next: found.next.map(|id| page::cursor("statements", [id.get()])),
    };
    json(StatusCode::OK, &page)
}

/// One statement
#[utoipa::path(get, path = "/statements/{id}", tag = "answerability", params(("id" = String, Path, description = "The statement's id")),
    responses((status = 200, description = "The statement with its versions", body = StatementDetail)))]
async fn statement(bearer: Bearer, At(id): At<StatementId>) -> ApiResult {
    json(StatusCode::OK, &statement_now(&bearer, id).await?)
}

/// Write an overdue statement
///
/// By whoever answers for the clock. The ticket cannot be closed before a lead accepts or exempts it (`needs-statement`).
#[utoipa::path(post, path = "/tickets/{id}/clocks/{clock}/statement", tag = "answerability",
    params(("id" = String, Path, description = "The ticket's id"), ("clock" = String, Path, description = "The clock's id"), Keyed),
    request_body = NewStatement, responses((status = 201, description = "The statement", body = StatementDetail)))]
async fn write(
    bearer: Bearer,
    At((id, clock)): At<(TicketId, ClockId)>,
    Body { it, canonical }: Body<NewStatement>,
) -> ApiResult {
    let once = bearer.once(&canonical);
    let NewStatement { cause, account, improvement, version } = it;
    let text = StatementText { cause, account, improvement, seen: version, once };
    let statement = bearer.app.write_statement(&bearer.ctx, bearer.actor(), id, clock, text).await?;
    created(&format!("/statements/{statement}"), &statement_now(&bearer, statement).await?)
}

/// Review a statement
///
/// By a supervisor or manager who did not write it and does not answer for the clock. `exempted` needs no statement.
#[utoipa::path(post, path = "/statements/{id}/review", tag = "answerability", params(("id" = String, Path, description = "The statement's id"), Keyed),
    request_body = NewReview, responses((status = 200, description = "The statement", body = StatementDetail)))]
async fn review(bearer: Bearer, At(id): At<StatementId>, Body { it, canonical }: Body<NewReview>) -> ApiResult {
    let once = bearer.once(&canonical);
    let review = Review { verdict: it.verdict, note: it.note, seen: it.version, once };
    bearer.app.review_statement(&bearer.ctx, bearer.actor(), id, review).await?;
    json(StatusCode::OK, &statement_now(&bearer, id).await?)
}

async fn extension_now(bearer: &Bearer, id: ExtensionId) -> Result<ExtensionShape, Fault> {
    let line = bearer.app.extension(bearer.actor(), id).await?;
    Ok(ExtensionShape::of(&line.asked, &bearer.names()))
}

/// Requests for more time that nobody has decided
///
/// For those who lead the desk; the longest waiting first, at most 100.
#[utoipa::path(get, path = "/extensions", tag = "answerability", responses((status = 200, description = "The requests", body = Vec<ExtensionShape>)))]
async fn open_extensions(bearer: Bearer) -> ApiResult {
    let all = bearer.app.answers_to_decide(bearer.actor()).await?;
    let names = bearer.names();
    let shapes: Vec<_> = all.extensions.iter().map(|line| ExtensionShape::of(&line.asked, &names)).collect();
    json(StatusCode::OK, &shapes)
}

/// One request for more time
#[utoipa::path(get, path = "/extensions/{id}", tag = "answerability", params(("id" = String, Path, description = "The request's id")),
    responses((status = 200, description = "The request", body = ExtensionShape)))]
async fn extension(bearer: Bearer, At(id): At<ExtensionId>) -> ApiResult {
    json(StatusCode::OK, &extension_now(&bearer, id).await?)
}

/// Ask for more time
///
/// Before the limit, by whoever answers for the clock; one open request for each clock.
#[utoipa::path(post, path = "/tickets/{id}/extensions", tag = "answerability", params(("id" = String, Path, description = "The ticket's id"), Keyed),
    request_body = NewExtension, responses((status = 201, description = "The request", body = ExtensionShape)))]
async fn ask(bearer: Bearer, At(id): At<TicketId>, Body { it, canonical }: Body<NewExtension>) -> ApiResult {
    let once = bearer.once(&canonical);
    let kind = it.kind.unwrap_or(ExtensionKind::Normal).as_str().to_owned();
    let amount = it.amount.to_string();
    let ask = AskExtension { clock: it.clock, kind, amount, unit: it.unit, reason: it.reason, once };
    let asked = bearer.app.ask_extension(&bearer.ctx, bearer.actor(), id, ask).await?;
    created(&format!("/extensions/{asked}"), &extension_now(&bearer, asked).await?)
}

/// Decide a request for more time
///
/// By a supervisor or manager who did not ask. What is granted moves the limit; also where the limit is over by now.
#[utoipa::path(post, path = "/extensions/{id}/decision", tag = "answerability", params(("id" = String, Path, description = "The request's id"), Keyed),
    request_body = NewDecision, responses((status = 200, description = "The request", body = ExtensionShape)))]
async fn decide(bearer: Bearer, At(id): At<ExtensionId>, Body { it, canonical }: Body<NewDecision>) -> ApiResult {
    let once = bearer.once(&canonical);
    let decision = if it.granted {
        Decision::Grant(it.amount.map(|amount| amount.to_string()).unwrap_or_default())
    } else {
        Decision::Refuse
    };
    let decide = DecideExtension { decision, note: it.note, seen: it.version, once };
    bearer.app.decide_extension(&bearer.ctx, bearer.actor(), id, decide).await?;
    json(StatusCode::OK, &extension_now(&bearer, id).await?)
}

/// Take one's own request back
#[utoipa::path(post, path = "/extensions/{id}/withdrawal", tag = "answerability", params(("id" = String, Path, description = "The request's id")),
    responses((status = 200, description = "The request", body = ExtensionShape)))]
async fn withdraw_extension(bearer: Bearer, At(id): At<ExtensionId>) -> ApiResult {
    bearer.app.withdraw_extension(&bearer.ctx, bearer.actor(), id).await?;
    json(StatusCode::OK, &extension_now(&bearer, id).await?)
}

/// Urge
///
/// Whoever has the ticket is told at once. Once in ten minutes for each person.
#[utoipa::path(post, path = "/tickets/{id}/urges", tag = "answerability", params(("id" = String, Path, description = "The ticket's id"), Keyed),
    request_body = NewUrge, responses((status = 200, description = "How often it was urged", body = Urged)))]
async fn urge(bearer: Bearer, At(id): At<TicketId>, Body { it, canonical }: Body<NewUrge>) -> ApiResult {
    let once = bearer.once(&canonical);
    let asked = UrgeTicket { source: it.source, channel: it.channel, words: it.words, once };
    let urged = bearer.app.urge(&bearer.ctx, bearer.actor(), id, asked).await?;
    json(StatusCode::OK, &Urged { urged })
}

async fn offer_now(bearer: &Bearer, id: OfferId) -> Result<OfferShape, Fault> {
    let line = bearer.app.owner_offer(bearer.actor(), id).await?;
    Ok(OfferShape::of(&line.offer, &bearer.names()))
}

/// One offer of a first receiver's place
#[utoipa::path(get, path = "/owner-offers/{id}", tag = "answerability", params(("id" = String, Path, description = "The offer's id")),
    responses((status = 200, description = "The offer", body = OfferShape)))]
async fn offer(bearer: Bearer, At(id): At<OfferId>) -> ApiResult {
    json(StatusCode::OK, &offer_now(&bearer, id).await?)
}

/// Offer the first receiver's place
///
/// By the first receiver, or a lead for them. Nothing changes before the other agrees.
#[utoipa::path(post, path = "/tickets/{id}/owner-offers", tag = "answerability", params(("id" = String, Path, description = "The ticket's id"), Keyed),
    request_body = NewOffer, responses((status = 201, description = "The offer", body = OfferShape)))]
async fn make_offer(bearer: Bearer, At(id): At<TicketId>, Body { it, canonical }: Body<NewOffer>) -> ApiResult {
    let once = bearer.once(&canonical);
    let made = OfferTicket { to: it.to, reason: it.reason, seen: None, once };
    let offer = bearer.app.offer_ticket(&bearer.ctx, bearer.actor(), id, made).await?;
    created(&format!("/owner-offers/{offer}"), &offer_now(&bearer, offer).await?)
}

/// Offer all running tickets of a first receiver
///
/// Each ticket has an outcome of its own; a request that is made again under its key does nothing and gives an empty list.
#[utoipa::path(post, path = "/owner-offers", tag = "answerability", params(Keyed), request_body = NewOffers,
    responses((status = 200, description = "Ticket by ticket", body = Vec<OfferedShape>)))]
async fn make_offers(bearer: Bearer, Body { it, canonical }: Body<NewOffers>) -> ApiResult {
    let once = bearer.once(&canonical);
    let from = it.from.unwrap_or(bearer.actor().person);
    let results = bearer.app.offer_all(&bearer.ctx, bearer.actor(), from, it.to, &it.reason, once).await?;
    json(StatusCode::OK, &results.iter().map(OfferedShape::of).collect::<Vec<_>>())
}

/// Answer an offer
#[utoipa::path(post, path = "/owner-offers/{id}/answer", tag = "answerability", params(("id" = String, Path, description = "The offer's id"), Keyed),
    request_body = NewAnswerToOffer, responses((status = 200, description = "The offer", body = OfferShape)))]
async fn answer(bearer: Bearer, At(id): At<OfferId>, Body { it, canonical }: Body<NewAnswerToOffer>) -> ApiResult {
    let once = bearer.once(&canonical);
    let answer = if it.accepted { Answer::Accept } else { Answer::Decline };
    bearer.app.answer_offer(&bearer.ctx, bearer.actor(), id, answer, &it.note, once).await?;
    json(StatusCode::OK, &offer_now(&bearer, id).await?)
}

/// Take an offer back
#[utoipa::path(post, path = "/owner-offers/{id}/withdrawal", tag = "answerability", params(("id" = String, Path, description = "The offer's id")),
    responses((status = 200, description = "The offer", body = OfferShape)))]
async fn withdraw_offer(bearer: Bearer, At(id): At<OfferId>) -> ApiResult {
    bearer.app.withdraw_offer(&bearer.ctx, bearer.actor(), id).await?;
    json(StatusCode::OK, &offer_now(&bearer, id).await?)
}

pub(crate) fn routes() -> OpenApiRouter<WebState> {
    OpenApiRouter::default()
        .routes(routes!(of_ticket))
        .routes(routes!(mine))
        .routes(routes!(statements))
        .routes(routes!(statement))
        .routes(routes!(write))
        .routes(routes!(review))
        .routes(routes!(open_extensions))
        .routes(routes!(extension))
        .routes(routes!(ask))
        .routes(routes!(decide))
        .routes(routes!(withdraw_extension))
        .routes(routes!(urge))
        .routes(routes!(offer))
        .routes(routes!(make_offer))
        .routes(routes!(make_offers))
        .routes(routes!(answer))
        .routes(routes!(withdraw_offer))
}
