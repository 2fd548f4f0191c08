//! Tickets: the queue, one ticket, and taking a matter in.

use axum::http::StatusCode;
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use yingda_app::queue::{AssigneeFilter, Filter, Key, Order, Page as Place, StateFilter, Tickets, key_of};
use yingda_app::receive::Receive;
use yingda_core::ticket::{Priority, State};
use yingda_core::{DepartmentId, Refusal, TicketId};

use crate::api::bearer::{Bearer, Keyed};
use crate::api::page::{self, Page};
use crate::api::sent::{Asked, At, Body};
use crate::api::shapes::form;
use crate::api::shapes::ticket::{NewTicket, TicketDetail, TicketLine};
use crate::api::shapes::words::PriorityWord;
use crate::api::{ApiResult, created, json};
use crate::front::WebState;

/// Which states a list holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StateWanted {
    /// Open, solved or confirmed.
    #[default]
    Running,
    /// Closed or archived.
    Ended,
    /// All.
    Any,
    /// Being worked on.
    Open,
    /// Solved, not confirmed yet.
    Solved,
    /// Confirmed by the customer.
    Confirmed,
    /// Ended, not filed away.
    Closed,
    /// Filed away.
    Archived,
}

/// The order of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrderWanted {
    /// The latest first.
    #[default]
    Newest,
    /// What is due first comes first, without a limit last; only with `state=running`.
    Due,
}

/// A filter of the queue.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Which states; `running` if not given.
    #[param(inline)]
    pub state: Option<StateWanted>,
    /// A process's id.
    pub process: Option<String>,
    /// 问题类型
    pub kind: Option<String>,
    /// 优先级
    #[param(inline)]
    pub priority: Option<PriorityWord>,
    /// 处理部门
    #[param(value_type = Option<String>, example = "dep_0c8x4m2p00400")]
    pub department: Option<DepartmentId>,
    /// 处理人: a person's id, `me`, or `none`.
    pub assignee: Option<String>,
    /// How it came in.
    pub channel: Option<String>,
    /// Accepted at or after.
    #[param(value_type = Option<String>, format = DateTime)]
    pub from: Option<Timestamp>,
    /// Accepted before.
    #[param(value_type = Option<String>, format = DateTime)]
    pub until: Option<Timestamp>,
}

impl Wanted {
    pub(crate) fn filter(&self, bearer: &Bearer) -> Result<Filter, Refusal> {
        let state = match self.state.unwrap_or_default() {
            StateWanted::Running => StateFilter::Running,
            StateWanted::Ended => StateFilter::Ended,
            StateWanted::Any => StateFilter::Any,
            StateWanted::Open => StateFilter::Is(State::Open),
            StateWanted::Solved => StateFilter::Is(State::Solved),
            StateWanted::Confirmed => StateFilter::Is(State::Confirmed),
            StateWanted::Closed => StateFilter::Is(State::Closed),
            StateWanted::Archived => StateFilter::Is(State::Archived),
        };
        let assignee = match self.assignee.as_deref() {
            None => None,
            Some("none") => Some(AssigneeFilter::Nobody),
            Some("me") => Some(AssigneeFilter::Person(bearer.actor().person)),
            Some(id) => {
                Some(AssigneeFilter::Person(id.parse().map_err(|_| Refusal::field("assignee", "unknown-person"))?))
            }
        };
        Ok(Filter {
            state,
            process: self.process.clone(),
            kind: self.kind.clone(),
            priority: self.priority.map(|word| Priority::from(word).rank()),
            department: self.department,
            assignee,
            channel: self.channel.clone(),
            from: self.from,
            until: self.until,
            ..Filter::default()
        })
    }
}

/// A page of the queue.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Queue {
    // `flatten` and `deny_unknown_fields` do not go together, so the filter's fields stand here once more.
    #[param(inline)]
    /// Which states; `running` if not given.
    pub state: Option<StateWanted>,
    /// A process's id.
    pub process: Option<String>,
    /// 问题类型
    pub kind: Option<String>,
    /// 优先级
    #[param(inline)]
    pub priority: Option<PriorityWord>,
    /// 处理部门
    #[param(value_type = Option<String>, example = "dep_0c8x4m2p00400")]
    pub department: Option<DepartmentId>,
    /// 处理人: a person's id, `me`, or `none`.
    pub assignee: Option<String>,
    /// How it came in.
    pub channel: Option<String>,
    /// Accepted at or after.
    #[param(value_type = Option<String>, format = DateTime)]
    pub from: Option<Timestamp>,
    /// Accepted before.
    #[param(value_type = Option<String>, format = DateTime)]
    pub until: Option<Timestamp>,
    /// The order; `newest` if not given.
    #[param(inline)]
    pub order: Option<OrderWanted>,
    /// Items of a page, 1 to 100; 50 if not given.
    pub limit: Option<u32>,
    /// What the page before gave as `next`.
    pub cursor: Option<String>,
}

/// The queue
///
/// The tickets that the holder may see: the desk all of them, a department those that involve it.
#[utoipa::path(get, path = "/tickets", tag = "tickets", params(Queue), responses((status = 200, description = "A page", body = Page<TicketLine>)))]
async fn list(bearer: Bearer, Asked(queue): Asked<Queue>) -> ApiResult {
    let Queue { state, process, kind, priority, department, assignee, channel, from, until, order, limit, cursor } =
        queue;
    let wanted = Wanted { state, process, kind, priority, department, assignee, channel, from, until };
    let (filter, size) = (wanted.filter(&bearer)?, page::size(limit)?);
    let order = match order.unwrap_or_default() {
        OrderWanted::Due if filter.state != StateFilter::Running => {
            return Err(Refusal::field("order", "not-an-option").into());
        }
        OrderWanted::Due => Order::Due,
        OrderWanted::Newest => Order::Newest,
    };
    let name = if order == Order::Due { "due" } else { "newest" };
    let place = page::read(name, cursor.as_deref())?
        .map_or(Place::First, |[due, id]| Place::After(Key { due, id: TicketId(id) }));
    let Tickets { rows, later, .. } = bearer.app.queue(bearer.actor(), &filter, order, place, size).await?;
    let next = rows.last().filter(|_| later).map(key_of).map(|key| page::cursor(name, [key.due, key.id.get()]));
    let names = bearer.names();
    json(StatusCode::OK, &Page { items: rows.iter().map(|ticket| TicketLine::of(ticket, &names)).collect(), next })
}

/// Take a matter in
///
/// Registers a matter: checks that it is complete, gives it a number and starts its process.
#[utoipa::path(post, path = "/tickets", tag = "tickets", params(Keyed), request_body = NewTicket,
    responses((status = 201, description = "The ticket", body = TicketDetail)))]
async fn create(bearer: Bearer, Body { it, canonical }: Body<NewTicket>) -> ApiResult {
    let once = bearer.once(&canonical);
    let fields = match bearer.app.processes().current(&it.process) {
        Some(process) => form::raw(&it.fields, process.definition.intake_forms())?,
        None => form::typed(&it.fields),
    };
    let matter = Receive { process: it.process, channel: it.channel, fields, answer: it.answer, once };
    let received = bearer.app.receive(&bearer.ctx, bearer.actor(), matter).await?;
    let view = bearer.app.ticket(bearer.actor(), received.id).await?;
    created(&format!("/tickets/{}", received.id), &TicketDetail::of(&view, &bearer.names()))
}

/// One ticket
///
/// With everything on it: open steps and their forms, values, messages, history, sheets, attachments.
#[utoipa::path(get, path = "/tickets/{id}", tag = "tickets", params(("id" = String, Path, description = "The ticket's id")),
    responses((status = 200, description = "The ticket", body = TicketDetail)))]
async fn show(bearer: Bearer, At(id): At<TicketId>) -> ApiResult {
    let view = bearer.app.ticket(bearer.actor(), id).await?;
    json(StatusCode::OK, &TicketDetail::of(&view, &bearer.names()))
}

/// One ticket by its number
#[utoipa::path(get, path = "/tickets/by-number/{number}", tag = "tickets",
    params(("number" = String, Path, description = "工单编号", example = "ZX2026110001")),
    responses((status = 200, description = "The ticket", body = TicketDetail)))]
async fn by_number(bearer: Bearer, At(number): At<String>) -> ApiResult {
    let id = bearer.app.ticket_by_number(bearer.actor(), &number).await?;
    let view = bearer.app.ticket(bearer.actor(), id).await?;
    json(StatusCode::OK, &TicketDetail::of(&view, &bearer.names()))
}

pub(crate) fn routes() -> OpenApiRouter<WebState> {
    OpenApiRouter::default().routes(routes!(list, create)).routes(routes!(by_number)).routes(routes!(show))
}
