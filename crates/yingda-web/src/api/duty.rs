//! Duty: who is there, what rosters are made of, rosters themselves, leave, swaps, signing in.

use axum::http::StatusCode;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use yingda_app::duty::leave::LeaveText;
use yingda_app::duty::planning::{Place, Propose};
use yingda_app::duty::setup::{RuleText, ShiftText, SkillText};
use yingda_app::duty::signing::AbsenceText;
use yingda_app::duty::swaps::SwapText;
use yingda_core::{DepartmentId, LeaveId, PersonId, Refusal, ShiftId, SwapId, TurnId};

use crate::api::bearer::{Bearer, Keyed};
use crate::api::page::Page;
use crate::api::sent::{Asked, At, Body};
use crate::api::shapes::duty::{
    AfterHoursWord, AssigningWord, DutyNowShape, FindingShape, HeldWord, RhythmWord, RosterShape, SetupShape,
};
use crate::api::shapes::requests::{LeaveShape, LeaveWord, SwapShape, VerdictWord};
use crate::api::{ApiResult, created, done, json};
use crate::front::WebState;

/// A shift as it shall be.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ShiftBody {
    /// A short word, unique in the department.
    #[schema(example = "day")]
    code: String,
    /// The name that people see.
    #[schema(example = "白班")]
    name: String,
    /// When it begins.
    #[schema(example = "08:00")]
    from: String,
    /// When it ends: not after `from` means the next day, the same means 24 hours; `24:00` is the end of the day.
    #[schema(example = "22:00")]
    to: String,
    /// Least people; 2 if not given.
    least: Option<i64>,
    /// The training that it asks for.
    #[serde(default)]
    skill: String,
    /// Whether a log is due at its end.
    #[serde(default)]
    night: bool,
    /// On which days it is held; `daily` if not given.
    held: Option<HeldWord>,
    /// Whether it may be planned; yes if not given.
    active: Option<bool>,
    /// For a change: the version that was seen.
    version: Option<i64>,
}

impl ShiftBody {
    fn text(self) -> (ShiftText, Option<i64>) {
        let text = ShiftText {
            code: self.code,
            name: self.name,
            from: self.from,
            to: self.to,
            least: self.least.map(|least| least.to_string()).unwrap_or_default(),
            skill: self.skill,
            night: self.night,
            held: self.held.unwrap_or(HeldWord::Daily).into(),
            active: self.active.unwrap_or(true),
        };
        (text, self.version)
    }
}

/// A department's rules as they shall be.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RuleBody {
    /// How work comes to people.
    assigning: AssigningWord,
    /// What happens out of hours.
    after_hours: AfterHoursWord,
    /// With `department`: which.
    #[schema(value_type = Option<String>)]
    after_department: Option<DepartmentId>,
    /// The hours of every day in which somebody has to be there; without, nothing is required.
    #[serde(default)]
    cover_from: String,
    /// See `cover_from`.
    #[serde(default)]
    cover_to: String,
    /// Least hours between two turns of a person; 8 if not given.
    rest_hours: Option<f64>,
    /// The version that was seen; 0 where the department had none.
    version: i64,
}

/// A training to record.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SkillBody {
    /// Since when, `2026-11-02`; today if not given.
    #[serde(default)]
    since: String,
    /// The last day on which it counts; for ever if not given.
    #[serde(default)]
    until: String,
    /// Who trained them, what the proof is.
    #[serde(default)]
    note: String,
}

/// Where a turn is put.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PlaceBody {
    /// On which shift.
    #[schema(value_type = String)]
    shift: ShiftId,
    /// On which day.
    #[schema(value_type = String, format = Date)]
    day: Date,
    /// Whom.
    #[schema(value_type = String)]
    person: PersonId,
    /// For a change: the version that was seen.
    version: Option<i64>,
}

/// What the rotation shall fill.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct ProposeBody {
    /// The shifts; all that may be planned if none is given.
    #[schema(value_type = Vec<String>)]
    shifts: Vec<ShiftId>,
    /// The people in their order; all of the department if none is given.
    #[schema(value_type = Vec<String>)]
    people: Vec<PersonId>,
    /// Daily or weekly; daily if not given.
    rhythm: Option<RhythmWord>,
}

/// The version that was seen.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Seen {
    /// The version that was seen.
    version: i64,
}

/// How far ahead.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Ahead {
    /// Days, today not counted; 14 if not given.
    days: Option<u16>,
}

/// Leave to ask for, or to record for somebody else.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LeaveBody {
    /// Whose; one's own if not given.
    #[schema(value_type = Option<String>)]
    person: Option<PersonId>,
    /// The first day, or day and time, or an instant.
    #[schema(example = "2026-11-02")]
    from: String,
    /// The last day, with it; or with a time, when they are back.
    #[schema(example = "2026-11-03")]
    to: String,
    /// What for; `annual` if not given.
    kind: Option<LeaveWord>,
    /// Why.
    #[serde(default)]
    reason: String,
}

/// Yes or no.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VerdictBody {
    /// Yes or no.
    verdict: VerdictWord,
    /// The version that was seen.
    version: i64,
}

/// A swap to ask for.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SwapBody {
    /// One's own turn.
    #[schema(value_type = String)]
    turn: TurnId,
    /// Who shall take it.
    #[schema(value_type = String)]
    to: PersonId,
    /// The turn of theirs that is taken for it.
    #[schema(value_type = Option<String>)]
    other: Option<TurnId>,
    /// Why.
    #[serde(default)]
    reason: String,
}

/// Somebody did not come.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AbsenceBody {
    /// Who stands in.
    #[schema(value_type = Option<String>)]
    replacement: Option<PersonId>,
    /// Why.
    #[serde(default)]
    reason: String,
    /// The version of the turn that was seen.
    version: i64,
}

/// Something that was made, by its id.
#[derive(Debug, Clone, serde::Serialize, ToSchema)]
struct Made {
    /// Its id.
    id: String,
}

fn month(text: &str) -> Result<Date, Refusal> {
    let date = if text.len() == 7 { format!("{text}-01").parse().ok() } else { None };
    date.ok_or_else(|| Refusal::field("month", "bad-date"))
}

fn version(seen: Option<i64>) -> Result<i64, Refusal> {
    seen.ok_or_else(|| Refusal::field("version", "missing"))
}

/// Who of a department is on duty now
#[utoipa::path(get, path = "/departments/{id}/duty", tag = "duty", params(("id" = String, Path, description = "The department's id")),
    responses((status = 200, description = "Who is there", body = DutyNowShape)))]
async fn now(bearer: Bearer, At(id): At<DepartmentId>) -> ApiResult {
    let now = bearer.app.duty_now(&bearer.ctx, bearer.actor(), id).await?;
    json(StatusCode::OK, &DutyNowShape::of(&now, &bearer.names()))
}

/// What a department's duty is made of: rules, shifts, training
#[utoipa::path(get, path = "/departments/{id}/duty/setup", tag = "duty", params(("id" = String, Path, description = "The department's id")),
    responses((status = 200, description = "Rules, shifts, training", body = SetupShape)))]
async fn setup(bearer: Bearer, At(id): At<DepartmentId>) -> ApiResult {
    let setup = bearer.app.duty_setup(bearer.actor(), id).await?;
    json(StatusCode::OK, &SetupShape::of(&setup, &bearer.names()))
}

/// Set a department's rules
#[utoipa::path(put, path = "/departments/{id}/duty/rule", tag = "duty", params(("id" = String, Path, description = "The department's id")),
    request_body = RuleBody, responses((status = 204, description = "Done")))]
async fn set_rule(bearer: Bearer, At(id): At<DepartmentId>, Body { it, .. }: Body<RuleBody>) -> ApiResult {
    let after_hours = match it.after_hours {
        AfterHoursWord::Wait => "wait",
        AfterHoursWord::Department => "department",
        AfterHoursWord::Head => "head",
    };
    let text = RuleText {
        assigning: yingda_core::duty::Assigning::from(it.assigning).as_str().to_owned(),
        after_hours: after_hours.to_owned(),
        after_department: it.after_department,
        cover_from: it.cover_from,
        cover_to: it.cover_to,
        rest_hours: it.rest_hours.map(|hours| hours.to_string()).unwrap_or_default(),
    };
    bearer.app.set_duty_rule(&bearer.ctx, bearer.actor(), id, text, it.version).await?;
    done()
}

/// Add a shift
///
/// Codes are unique in a department: a repeat is answered with `taken`.
#[utoipa::path(post, path = "/departments/{id}/duty/shifts", tag = "duty", params(("id" = String, Path, description = "The department's id")),
    request_body = ShiftBody, responses((status = 201, description = "The shift", body = Made)))]
async fn add_shift(bearer: Bearer, At(id): At<DepartmentId>, Body { it, .. }: Body<ShiftBody>) -> ApiResult {
    let shift = bearer.app.add_shift(&bearer.ctx, bearer.actor(), id, it.text().0).await?;
    created(&format!("/shifts/{shift}"), &Made { id: shift.to_string() })
}

/// Change a shift
///
/// Turns that stand keep their instants.
#[utoipa::path(put, path = "/shifts/{id}", tag = "duty", params(("id" = String, Path, description = "The shift's id")),
    request_body = ShiftBody, responses((status = 204, description = "Done")))]
async fn edit_shift(bearer: Bearer, At(id): At<ShiftId>, Body { it, .. }: Body<ShiftBody>) -> ApiResult {
    let (text, seen) = it.text();
    bearer.app.edit_shift(&bearer.ctx, bearer.actor(), id, text, version(seen)?).await?;
    done()
}

/// Record somebody's training
#[utoipa::path(put, path = "/people/{id}/skills/{name}", tag = "duty",
    params(("id" = String, Path, description = "The person's id"), ("name" = String, Path, description = "The word of the training")),
    request_body = SkillBody, responses((status = 204, description = "Done")))]
async fn record_skill(
    bearer: Bearer,
    At((id, word)): At<(PersonId, String)>,
    Body { it, .. }: Body<SkillBody>,
) -> ApiResult {
    let text = SkillText { word, since: it.since, until: it.until, note: it.note };
    bearer.app.record_skill(&bearer.ctx, bearer.actor(), id, text).await?;
    done()
}

/// Take a training back
#[utoipa::path(delete, path = "/people/{id}/skills/{name}", tag = "duty",
    params(("id" = String, Path, description = "The person's id"), ("name" = String, Path, description = "The word of the training")),
    responses((status = 204, description = "Done")))]
async fn remove_skill(bearer: Bearer, At((id, word)): At<(PersonId, String)>) -> ApiResult {
    bearer.app.remove_skill(&bearer.ctx, bearer.actor(), id, &word).await?;
    done()
}

async fn roster_now(bearer: &Bearer, id: DepartmentId, of: Date) -> ApiResult {
    let roster = bearer.app.roster(bearer.actor(), id, of).await?;
    json(StatusCode::OK, &RosterShape::of(&roster, &bearer.names()))
}

/// A month's roster
///
/// What is only planned, and what is wrong, is for those who make it.
#[utoipa::path(get, path = "/departments/{id}/roster/{month}", tag = "duty",
    params(("id" = String, Path, description = "The department's id"), ("month" = String, Path, description = "YYYY-MM", example = "2026-11")),
    responses((status = 200, description = "The roster", body = RosterShape)))]
async fn roster(bearer: Bearer, At((id, text)): At<(DepartmentId, String)>) -> ApiResult {
    roster_now(&bearer, id, month(&text)?).await
}

/// Plan a month by rotation
///
/// From today on. Earlier proposals give way; what is published or was put by hand stays.
#[utoipa::path(post, path = "/departments/{id}/roster/{month}/proposal", tag = "duty",
    params(("id" = String, Path, description = "The department's id"), ("month" = String, Path, description = "YYYY-MM", example = "2026-11")),
    request_body = ProposeBody, responses((status = 200, description = "The roster", body = RosterShape)))]
async fn propose(
    bearer: Bearer,
    At((id, text)): At<(DepartmentId, String)>,
    Body { it, .. }: Body<ProposeBody>,
) -> ApiResult {
    let of = month(&text)?;
    let rhythm = it.rhythm.unwrap_or(RhythmWord::Daily).into();
    let wish = Propose { month: of, shifts: it.shifts, people: it.people, rhythm };
    bearer.app.propose_roster(&bearer.ctx, bearer.actor(), id, wish).await?;
    roster_now(&bearer, id, of).await
}

/// Publish what is planned in a month
#[utoipa::path(post, path = "/departments/{id}/roster/{month}/publication", tag = "duty",
    params(("id" = String, Path, description = "The department's id"), ("month" = String, Path, description = "YYYY-MM", example = "2026-11")),
    responses((status = 200, description = "The roster", body = RosterShape)))]
async fn publish(bearer: Bearer, At((id, text)): At<(DepartmentId, String)>) -> ApiResult {
    let of = month(&text)?;
    bearer.app.publish_roster(&bearer.ctx, bearer.actor(), id, of).await?;
    roster_now(&bearer, id, of).await
}

/// Throw away what is planned and not published in a month
#[utoipa::path(delete, path = "/departments/{id}/roster/{month}/proposal", tag = "duty",
    params(("id" = String, Path, description = "The department's id"), ("month" = String, Path, description = "YYYY-MM", example = "2026-11")),
    responses((status = 200, description = "The roster", body = RosterShape)))]
async fn clear(bearer: Bearer, At((id, text)): At<(DepartmentId, String)>) -> ApiResult {
    let of = month(&text)?;
    bearer.app.clear_plan(&bearer.ctx, bearer.actor(), id, of).await?;
    roster_now(&bearer, id, of).await
}

/// What is wrong with the published roster of the coming days
#[utoipa::path(get, path = "/departments/{id}/duty/ahead", tag = "duty",
    params(("id" = String, Path, description = "The department's id"), Ahead),
    responses((status = 200, description = "Gaps, too few, untrained, on leave", body = Page<FindingShape>)))]
async fn ahead(bearer: Bearer, At(id): At<DepartmentId>, Asked(ahead): Asked<Ahead>) -> ApiResult {
    let found = bearer.app.duty_ahead(&bearer.ctx, bearer.actor(), id, ahead.days.unwrap_or(14)).await?;
    let names = bearer.names();
    let items = found.iter().map(|finding| FindingShape::of(finding, &names)).collect();
    json(StatusCode::OK, &Page { items, next: None })
}

/// Put somebody on a shift
///
/// Somebody in two places at once is refused with `turns-overlap`. In a published month the turn is published with it.
#[utoipa::path(post, path = "/turns", tag = "duty", request_body = PlaceBody, responses((status = 201, description = "The turn", body = Made)))]
async fn plan(bearer: Bearer, Body { it, .. }: Body<PlaceBody>) -> ApiResult {
    let place = Place { shift: it.shift, day: it.day, person: it.person };
    let turn = bearer.app.plan_turn(&bearer.ctx, bearer.actor(), place).await?;
    created(&format!("/turns/{turn}"), &Made { id: turn.to_string() })
}

/// Move a turn
#[utoipa::path(put, path = "/turns/{id}", tag = "duty", params(("id" = String, Path, description = "The turn's id")),
    request_body = PlaceBody, responses((status = 204, description = "Done")))]
async fn move_turn(bearer: Bearer, At(id): At<TurnId>, Body { it, .. }: Body<PlaceBody>) -> ApiResult {
    let place = Place { shift: it.shift, day: it.day, person: it.person };
    bearer.app.move_turn(&bearer.ctx, bearer.actor(), id, place, version(it.version)?).await?;
    done()
}

/// Take a turn off the roster
#[utoipa::path(delete, path = "/turns/{id}", tag = "duty", params(("id" = String, Path, description = "The turn's id"), Seen),
    responses((status = 204, description = "Done")))]
async fn remove_turn(bearer: Bearer, At(id): At<TurnId>, Asked(seen): Asked<Seen>) -> ApiResult {
    bearer.app.remove_turn(&bearer.ctx, bearer.actor(), id, seen.version).await?;
    done()
}

/// Sign in for one's own turn (签到)
#[utoipa::path(post, path = "/turns/{id}/sign-in", tag = "duty", params(("id" = String, Path, description = "The turn's id")),
    responses((status = 204, description = "Done")))]
async fn begin(bearer: Bearer, At(id): At<TurnId>) -> ApiResult {
    bearer.app.begin_turn(&bearer.ctx, bearer.actor(), id).await?;
    done()
}

/// Sign out of one's own turn
#[utoipa::path(post, path = "/turns/{id}/sign-out", tag = "duty", params(("id" = String, Path, description = "The turn's id")),
    responses((status = 204, description = "Done")))]
async fn end(bearer: Bearer, At(id): At<TurnId>) -> ApiResult {
    bearer.app.end_turn(&bearer.ctx, bearer.actor(), id).await?;
    done()
}

/// Record that somebody did not come, and who stands in
#[utoipa::path(post, path = "/turns/{id}/absence", tag = "duty", params(("id" = String, Path, description = "The turn's id")),
    request_body = AbsenceBody, responses((status = 204, description = "Done")))]
async fn absence(bearer: Bearer, At(id): At<TurnId>, Body { it, .. }: Body<AbsenceBody>) -> ApiResult {
    let text = AbsenceText { replacement: it.replacement, reason: it.reason };
    bearer.app.mark_absent(&bearer.ctx, bearer.actor(), id, text, it.version).await?;
    done()
}

/// Leave that is not over
///
/// All of the department's for those who make the roster, for others their own.
#[utoipa::path(get, path = "/departments/{id}/leaves", tag = "duty", params(("id" = String, Path, description = "The department's id")),
    responses((status = 200, description = "Leave", body = Page<LeaveShape>)))]
async fn leaves(bearer: Bearer, At(id): At<DepartmentId>) -> ApiResult {
    let views = bearer.app.leaves(&bearer.ctx, bearer.actor(), id).await?;
    let names = bearer.names();
    json(StatusCode::OK, &Page { items: views.iter().map(|view| LeaveShape::of(view, &names)).collect(), next: None })
}

/// Ask for leave, or record it for somebody else
#[utoipa::path(post, path = "/leaves", tag = "duty", params(Keyed), request_body = LeaveBody,
    responses((status = 201, description = "The leave", body = Made)))]
async fn ask_leave(bearer: Bearer, Body { it, canonical }: Body<LeaveBody>) -> ApiResult {
    let text = LeaveText {
        person: it.person,
        from: it.from,
        to: it.to,
        kind: it.kind.unwrap_or(LeaveWord::Annual).into(),
        reason: it.reason,
        once: bearer.once(&canonical),
    };
    let leave = bearer.app.ask_leave(&bearer.ctx, bearer.actor(), text).await?;
    created(&format!("/leaves/{leave}"), &Made { id: leave.to_string() })
}

/// Approve or refuse leave
#[utoipa::path(post, path = "/leaves/{id}/decision", tag = "duty", params(("id" = String, Path, description = "The leave's id")),
    request_body = VerdictBody, responses((status = 204, description = "Done")))]
async fn decide_leave(bearer: Bearer, At(id): At<LeaveId>, Body { it, .. }: Body<VerdictBody>) -> ApiResult {
    bearer.app.decide_leave(&bearer.ctx, bearer.actor(), id, it.verdict.into(), it.version).await?;
    done()
}

/// Take leave back
#[utoipa::path(delete, path = "/leaves/{id}", tag = "duty", params(("id" = String, Path, description = "The leave's id"), Seen),
    responses((status = 204, description = "Done")))]
async fn withdraw_leave(bearer: Bearer, At(id): At<LeaveId>, Asked(seen): Asked<Seen>) -> ApiResult {
    bearer.app.withdraw_leave(&bearer.ctx, bearer.actor(), id, seen.version).await?;
    done()
}

/// Swaps that are not settled
#[utoipa::path(get, path = "/departments/{id}/swaps", tag = "duty", params(("id" = String, Path, description = "The department's id")),
    responses((status = 200, description = "Swaps", body = Page<SwapShape>)))]
async fn swaps(bearer: Bearer, At(id): At<DepartmentId>) -> ApiResult {
    let views = bearer.app.swaps(&bearer.ctx, bearer.actor(), id).await?;
    let names = bearer.names();
    json(StatusCode::OK, &Page { items: views.iter().map(|view| SwapShape::of(view, &names)).collect(), next: None })
}

/// Ask a colleague for a swap
#[utoipa::path(post, path = "/swaps", tag = "duty", params(Keyed), request_body = SwapBody,
    responses((status = 201, description = "The swap", body = Made)))]
async fn ask_swap(bearer: Bearer, Body { it, canonical }: Body<SwapBody>) -> ApiResult {
    let text = SwapText { turn: it.turn, to: it.to, other: it.other, reason: it.reason, once: bearer.once(&canonical) };
    let swap = bearer.app.ask_swap(&bearer.ctx, bearer.actor(), text).await?;
    created(&format!("/swaps/{swap}"), &Made { id: swap.to_string() })
}

/// Agree to a swap, or decline it
#[utoipa::path(post, path = "/swaps/{id}/answer", tag = "duty", params(("id" = String, Path, description = "The swap's id")),
    request_body = VerdictBody, responses((status = 204, description = "Done")))]
async fn answer_swap(bearer: Bearer, At(id): At<SwapId>, Body { it, .. }: Body<VerdictBody>) -> ApiResult {
    bearer.app.answer_swap(&bearer.ctx, bearer.actor(), id, it.verdict.into(), it.version).await?;
    done()
}

/// Approve or refuse a swap
#[utoipa::path(post, path = "/swaps/{id}/decision", tag = "duty", params(("id" = String, Path, description = "The swap's id")),
    request_body = VerdictBody, responses((status = 204, description = "Done")))]
async fn decide_swap(bearer: Bearer, At(id): At<SwapId>, Body { it, .. }: Body<VerdictBody>) -> ApiResult {
    bearer.app.decide_swap(&bearer.ctx, bearer.actor(), id, it.verdict.into(), it.version).await?;
    done()
}

/// Take a swap back
#[utoipa::path(delete, path = "/swaps/{id}", tag = "duty", params(("id" = String, Path, description = "The swap's id"), Seen),
    responses((status = 204, description = "Done")))]
async fn withdraw_swap(bearer: Bearer, At(id): At<SwapId>, Asked(seen): Asked<Seen>) -> ApiResult {
    bearer.app.withdraw_swap(&bearer.ctx, bearer.actor(), id, seen.version).await?;
    done()
}

pub(crate) fn routes() -> OpenApiRouter<WebState> {
    OpenApiRouter::default()
        .routes(routes!(now))
        .routes(routes!(setup))
        .routes(routes!(set_rule))
        .routes(routes!(add_shift))
        .routes(routes!(edit_shift))
        .routes(routes!(record_skill, remove_skill))
        .routes(routes!(roster))
        .routes(routes!(propose, clear))
        .routes(routes!(publish))
        .routes(routes!(ahead))
        .routes(routes!(plan))
        .routes(routes!(move_turn, remove_turn))
        .routes(routes!(begin))
        .routes(routes!(end))
        .routes(routes!(absence))
        .routes(routes!(leaves))
        .routes(routes!(ask_leave))
        .routes(routes!(decide_leave))
        .routes(routes!(withdraw_leave))
        .routes(routes!(swaps))
        .routes(routes!(ask_swap))
        .routes(routes!(answer_swap))
        .routes(routes!(decide_swap))
        .routes(routes!(withdraw_swap))
}
