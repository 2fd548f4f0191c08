//! Policies: a company's own limits for each process, looked at before they are changed, with every version there was.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use yingda_app::clocks::pages::policy_of;
use yingda_app::clocks::policy::{ClockPolicy, Policy, PolicyCell};
use yingda_app::clocks::recompute::Moved;
use yingda_app::clocks::table::{CellFrom, is_planned, table};
use yingda_core::{Action, Refusal, Subject, TicketId, can};
use yingda_process::{Channel, Priority};

use crate::api::bearer::Bearer;
use crate::api::sent::{At, Body};
use crate::api::shapes::clock::LimitShape;
use crate::api::shapes::people::PersonRef;
use crate::api::{ApiResult, json};
use crate::front::{Fault, WebState};

/// One cell of a clock's table.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CellShape {
    /// The channel; `null`: every channel without cells of its own.
    #[schema(value_type = Option<String>, example = "mail")]
    channel: Option<Channel>,
    /// `紧急`, `高`, `中` or `低`; `null`: every priority.
    #[schema(value_type = Option<String>, example = "紧急")]
    priority: Option<Priority>,
    /// How long.
    limit: LimitShape,
}

/// What a company says about one clock.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ClockPolicyShape {
    /// Code of another calendar; `null`: the file's.
    #[serde(default)]
    calendar: Option<String>,
    /// Its whole table of limits in place of the file's; empty takes every limit away; `null`: the file's.
    #[serde(default)]
    cells: Option<Vec<CellShape>>,
}

/// A policy as it shall be.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EditPolicy {
    /// By the clock's id in the process file; clocks that are not named are as the file has them.
    clocks: BTreeMap<String, ClockPolicyShape>,
    /// The version that was read; 0 before the first.
    #[schema(value_type = String, example = "0")]
    version: VersionWord,
    /// Why.
    reason: String,
}

/// A policy as it might be.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ProposedPolicy {
    /// By the clock's id in the process file.
    clocks: BTreeMap<String, ClockPolicyShape>,
}

/// A version: a number that grows, as text, for it is larger than some programs count exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct VersionWord(i64);

impl Serialize for VersionWord {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for VersionWord {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map(Self).map_err(|_| serde::de::Error::custom("a version is a whole number in quotes"))
    }
}

/// One cell as it holds.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct HoldsShape {
    /// The channel; `null`: every other.
    #[schema(value_type = Option<String>)]
    channel: Option<Channel>,
    /// The priority.
    #[schema(value_type = String, example = "紧急")]
    priority: Priority,
    /// What the process file says; `null`: nothing.
    file: Option<LimitShape>,
    /// What holds; `null`: no limit.
    limit: Option<LimitShape>,
    /// Where that comes from: `document`, `default` (ours, where the document is silent), `company`, or `none`.
    from: &'static str,
}

/// A clock of a process with its limits.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct PolicyClockShape {
    /// Its id in the process file.
    id: String,
    /// What it is called.
    label: String,
    /// Code of the calendar that it runs by.
    calendar: String,
    /// Whether it counts towards a planned date, and has no table of its own.
    planned: bool,
    /// Its table.
    cells: Vec<HoldsShape>,
}

/// A process with its limits.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct PolicyShape {
    /// The process.
    process: String,
    /// The version; `"0"` before the first.
    #[schema(value_type = String)]
    version: VersionWord,
    /// What the company says, by the clock's id.
    own: BTreeMap<String, ClockPolicyShape>,
    /// Every clock of the process as it holds.
    clocks: Vec<PolicyClockShape>,
}

/// A version of a policy.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct PolicyVersionShape {
    /// The version.
    #[schema(value_type = String)]
    version: VersionWord,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Who made it.
    by: PersonRef,
    /// Why.
    reason: String,
    /// What it says, by the clock's id.
    clocks: BTreeMap<String, ClockPolicyShape>,
}

/// What a policy would move.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct PreviewShape {
    /// Clocks that go on and were looked at.
    looked: usize,
    /// Whether there are more than were looked at.
    more: bool,
    /// Of those looked at, how many would be due at another time.
    moved: usize,
    /// Of these, how many would be overdue at once.
    newly_overdue: usize,
    /// Of these, how many would be overdue no longer.
    no_longer_overdue: usize,
    /// The first of them.
    first: Vec<MovedShape>,
}

/// A due time that would move.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct MovedShape {
    /// The ticket.
    #[schema(value_type = String)]
    ticket: TicketId,
    /// Its number.
    number: String,
    /// Which limit.
    limit: String,
    /// When it is due.
    #[schema(value_type = Option<String>, format = DateTime)]
    before: Option<Timestamp>,
    /// When it would be.
    #[schema(value_type = Option<String>, format = DateTime)]
    after: Option<Timestamp>,
}

impl From<Moved> for MovedShape {
    fn from(moved: Moved) -> Self {
        let Moved { ticket, number, limit, before, after, .. } = moved;
        Self { ticket, number, limit, before, after }
    }
}

fn policy(clocks: BTreeMap<String, ClockPolicyShape>) -> Policy {
    let cell =
        |cell: CellShape| PolicyCell { channel: cell.channel, priority: cell.priority, limit: cell.limit.limit() };
    let clock = |shape: ClockPolicyShape| ClockPolicy {
        calendar: shape.calendar,
        cells: shape.cells.map(|cells| cells.into_iter().map(cell).collect()),
    };
    Policy { clocks: clocks.into_iter().map(|(id, shape)| (id, clock(shape))).collect() }
}

fn shapes(policy: &Policy) -> BTreeMap<String, ClockPolicyShape> {
    let cell =
        |cell: &PolicyCell| CellShape { channel: cell.channel, priority: cell.priority, limit: cell.limit.into() };
    let shape = |clock: &ClockPolicy| ClockPolicyShape {
        calendar: clock.calendar.clone(),
        cells: clock.cells.as_ref().map(|cells| cells.iter().map(cell).collect()),
    };
    policy.clocks.iter().map(|(id, clock)| (id.clone(), shape(clock))).collect()
}

async fn policy_now(bearer: &Bearer, name: &str) -> Result<PolicyShape, Fault> {
    let versions = bearer.app.policy_history(bearer.actor(), name).await?;
    let process = bearer.app.processes().current(name).ok_or(Refusal::NotFound)?;
    let policy = versions.first().map(policy_of).transpose()?.unwrap_or_default();
    let policies = bearer.app.policies();
    let clock = |rule: &yingda_process::clock::ClockRule| PolicyClockShape {
        id: rule.id.clone(),
        label: rule.label.clone(),
        calendar: policies.calendar(name, rule),
        planned: is_planned(rule),
        cells: if is_planned(rule) {
            Vec::new()
        } else {
            let rows = table(rule, policy.clocks.get(&rule.id));
            let cells = rows.into_iter().flat_map(|row| row.cells.into_iter().map(move |cell| (row.channel, cell)));
            cells
                .map(|(channel, cell)| HoldsShape {
                    channel,
                    priority: cell.priority,
                    file: cell.file.map(Into::into),
                    limit: cell.holds.map(Into::into),
                    from: match cell.from {
                        CellFrom::Empty => "none",
                        CellFrom::Document => "document",
                        CellFrom::Ours => "default",
                        CellFrom::Company => "company",
                    },
                })
                .collect()
        },
    };
    Ok(PolicyShape {
        process: name.to_owned(),
        version: VersionWord(versions.first().map_or(0, |version| version.id)),
        own: shapes(&policy),
        clocks: process.definition.clocks.iter().map(clock).collect(),
    })
}

/// A process's limits
///
/// Every clock with its table, and where each limit comes from.
#[utoipa::path(get, path = "/policies/{name}", tag = "policies", params(("name" = String, Path, description = "The process")),
    responses((status = 200, description = "The limits", body = PolicyShape)))]
async fn show(bearer: Bearer, At(name): At<String>) -> ApiResult {
    json(StatusCode::OK, &policy_now(&bearer, &name).await?)
}

/// Change a company's own limits
///
/// Due times of open tickets are counted again by a job; what is closed stays as it is.
#[utoipa::path(put, path = "/policies/{name}", tag = "policies", params(("name" = String, Path, description = "The process")),
    request_body = EditPolicy, responses((status = 200, description = "The limits", body = PolicyShape)))]
async fn edit(bearer: Bearer, At(name): At<String>, Body { it, .. }: Body<EditPolicy>) -> ApiResult {
    let EditPolicy { clocks, version, reason } = it;
    bearer.app.change_policy(&bearer.ctx, bearer.actor(), &name, policy(clocks), &reason, version.0).await?;
    json(StatusCode::OK, &policy_now(&bearer, &name).await?)
}

/// What a policy would move
#[utoipa::path(post, path = "/policies/{name}/preview", tag = "policies", params(("name" = String, Path, description = "The process")),
    request_body = ProposedPolicy, responses((status = 200, description = "What would move", body = PreviewShape)))]
async fn preview(bearer: Bearer, At(name): At<String>, Body { it, .. }: Body<ProposedPolicy>) -> ApiResult {
    let moves = bearer.app.propose_policy(&bearer.ctx, bearer.actor(), &name, policy(it.clocks)).await?;
    let shape = PreviewShape {
        looked: moves.looked,
        more: moves.more,
        moved: moves.total,
        newly_overdue: moves.over,
        no_longer_overdue: moves.saved,
        first: moves.sample.into_iter().map(MovedShape::from).collect(),
    };
    json(StatusCode::OK, &shape)
}

/// What a policy was
///
/// Newest first.
#[utoipa::path(get, path = "/policies/{name}/history", tag = "policies", params(("name" = String, Path, description = "The process")),
    responses((status = 200, description = "Its versions", body = Vec<PolicyVersionShape>)))]
async fn history(bearer: Bearer, At(name): At<String>) -> ApiResult {
    can(bearer.actor(), Action::SeeCalendars, Subject::Desk)?;
    bearer.app.processes().current(&name).ok_or(Refusal::NotFound)?;
    let names = bearer.names();
    let mut all = Vec::new();
    for version in bearer.app.policy_history(bearer.actor(), &name).await? {
        all.push(PolicyVersionShape {
            version: VersionWord(version.id),
            at: version.at,
            by: PersonRef::of(version.by, &names),
            clocks: shapes(&policy_of(&version)?),
            reason: version.reason,
        });
    }
    json(StatusCode::OK, &all)
}

pub(crate) fn routes() -> OpenApiRouter<WebState> {
    OpenApiRouter::default().routes(routes!(show, edit)).routes(routes!(preview)).routes(routes!(history))
}
