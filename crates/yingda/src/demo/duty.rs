//! The desk's duty: two shifts, trainings, a roster around today, a swap that waits, leave, and a night that was handed over.
//!
//! The one thing to know: like everything here it is done by the desk's own intentions. What the rules refuse (a swap that would
//! put somebody in two places) is simply not asked for; another pair is tried.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use yingda_app::duty::handovers::HandoverText;
use yingda_app::duty::leave::{LeaveText, Verdict};
use yingda_app::duty::planning::Propose;
use yingda_app::duty::setup::{RuleText, ShiftText, SkillText};
use yingda_app::duty::swaps::SwapText;
use yingda_app::{App, AppError, AppResult, Once};
use yingda_core::duty::handover::Remarks;
use yingda_core::duty::rotate::Rhythm;
use yingda_core::duty::{Held, LeaveKind, Turn};
use yingda_core::{Actor, Context, PersonId, ShiftId};

use super::company::Company;

/// The training that the night shift asks for.
const NIGHT: &str = "夜班培训";
/// How many days ago the roster begins.
const BACK: i64 = 2;

/// Makes it, on a desk whose people are there; `ctx.now` is today.
///
/// # Errors
/// The first fault, or a refusal that is not foreseen.
pub async fn prepare(app: &App, ctx: &Context, company: &Company) -> AppResult<()> {
    let lead = &company.supervisor;
    let opening = ctx.at(ctx.now - SignedDuration::from_hours(24 * BACK));
    let [_, night] = shifts(app, &opening, lead).await?;
    let mut crew = company.agents.clone();
    crew.push(lead.clone());
    crew.push(company.manager.clone());
    trainings(app, &opening, lead, &crew).await?;
    if let Some(away) = company.agents.get(2) {
        let asked = leave(app, &opening, away, 11, 12, (LeaveKind::Annual, "回家探亲")).await?;
        app.decide_leave(&opening.at(opening.now + SignedDuration::from_hours(3)), lead, asked, Verdict::Yes, 1)
            .await?;
    }
    let turns = roster(app, &opening, lead, &crew).await?;
    sign_in(app, ctx, company, &turns).await?;
    hand_over(app, ctx, company, night, &turns).await?;
    swap(app, ctx, &company.agents, &turns).await?;
    if let Some(tired) = company.agents.get(1) {
        leave(app, &ctx.at(ctx.now - SignedDuration::from_hours(2)), tired, 6, 6, (LeaveKind::Personal, "家中有事"))
            .await?;
    }
    Ok(())
}

async fn shifts(app: &App, ctx: &Context, lead: &Actor) -> AppResult<[ShiftId; 2]> {
    let desk = lead.department;
    let day = ShiftText {
        code: "day".to_owned(),
        name: "白班".to_owned(),
        from: "08:00".to_owned(),
        to: "22:00".to_owned(),
        least: "2".to_owned(),
        held: Held::Daily,
        active: true,
        ..ShiftText::default()
    };
    let night = ShiftText {
        code: "night".to_owned(),
        name: "夜班".to_owned(),
        from: "22:00".to_owned(),
        to: "08:00".to_owned(),
        least: "1".to_owned(),
        skill: NIGHT.to_owned(),
        night: true,
        ..day.clone()
    };
    let both = [app.add_shift(ctx, lead, desk, day).await?, app.add_shift(ctx, lead, desk, night).await?];
    let rule = RuleText {
        assigning: "manual".to_owned(),
        after_hours: "wait".to_owned(),
        cover_from: "00:00".to_owned(),
        cover_to: "00:00".to_owned(),
        ..RuleText::default()
    };
    app.set_duty_rule(ctx, lead, desk, rule, 0).await?;
    Ok(both)
}

async fn trainings(app: &App, ctx: &Context, lead: &Actor, crew: &[Actor]) -> AppResult<()> {
    for person in crew.iter().take(4) {
        let text = SkillText {
            word: NIGHT.to_owned(), note: "何雯带教，考核合格".to_owned(), ..SkillText::default()
        };
        app.record_skill(ctx, lead, person.person, text).await?;
    }
    Ok(())
}

/// The months from some days ago to a fortnight ahead, proposed and published; gives their turns.
async fn roster(app: &App, ctx: &Context, lead: &Actor, crew: &[Actor]) -> AppResult<Vec<Turn>> {
    let today = ctx.now.to_zoned(app.zone()).date();
    let mut months: Vec<Date> = [0, BACK, BACK + 14]
        .into_iter()
        .filter_map(|days| Some(today.checked_add(days.days()).ok()?.first_of_month()))
        .collect();
    months.dedup();
    let mut turns = Vec::new();
    for month in months {
        let people = crew.iter().map(|person| person.person).collect();
        let wish = Propose { month, shifts: Vec::new(), people, rhythm: Rhythm::Daily };
        app.propose_roster(ctx, lead, lead.department, wish).await?;
        app.publish_roster(ctx, lead, lead.department, month).await?;
        turns.extend(app.roster(lead, lead.department, month).await?.turns);
    }
    Ok(turns)
}

/// What has begun was signed for, once somewhat late; of those on duty now one has not come yet.
async fn sign_in(app: &App, ctx: &Context, company: &Company, turns: &[Turn]) -> AppResult<()> {
    let mut late = SignedDuration::from_mins(12);
    let mut missing = 1;
    for turn in turns.iter().filter(|turn| turn.span.from <= ctx.now) {
        let who = company.person(turn.person)?;
        if turn.span.holds(ctx.now) && missing > 0 {
            missing -= 1;
            continue;
        }
        let at = turn.span.from + late;
        late = SignedDuration::from_mins(-6);
        if at <= ctx.now {
            app.begin_turn(&ctx.at(at), who, turn.id).await?;
        }
        if turn.span.to <= ctx.now {
            app.end_turn(&ctx.at(turn.span.to), who, turn.id).await?;
        }
    }
    Ok(())
}

/// The nights that are over were handed over by whoever had them; the days are still to be.
async fn hand_over(app: &App, ctx: &Context, company: &Company, night: ShiftId, turns: &[Turn]) -> AppResult<()> {
    let mut over: Vec<&Turn> = turns.iter().filter(|turn| turn.shift == night && turn.span.to <= ctx.now).collect();
    over.sort_by_key(|turn| turn.span);
    for turn in over {
        one_night(app, ctx, company, turn).await?;
    }
    Ok(())
}

async fn one_night(app: &App, ctx: &Context, company: &Company, turn: &Turn) -> AppResult<()> {
    let after = |minutes: i64| ctx.at((turn.span.to + SignedDuration::from_mins(minutes)).min(ctx.now));
    let outgoing = company.person(turn.person)?;
    let id = app.draw_up_handover(&after(-20), outgoing, turn.shift, turn.day).await?;
    let text = HandoverText {
        remarks: Remarks {
            key_points: "上午 10 点有批量回访，请提前准备名单。".to_owned(),
            needs: "科技有限公司张先生只在 9 点前方便接电话。".to_owned(),
            unfinished: "一件报漏已通知维修，等待现场反馈。".to_owned(),
            summary: "夜间来电 6 通，其中报漏 2 件、咨询 4 件，均已登记；凌晨 3 点巡查系统正常。".to_owned(),
            experiences: "报漏来电先问水表号，可以少打一次电话。".to_owned(),
            problems: "夜间维修值班电话两次无人接听，请协调。".to_owned(),
        },
        tickets: Vec::new(),
    };
    app.edit_handover(outgoing, id, text, app.handover(ctx, outgoing, id).await?.handover.version).await?;
    app.hand_over(&after(-5), outgoing, id, app.handover(ctx, outgoing, id).await?.handover.version).await?;
    let view = app.handover(ctx, &company.supervisor, id).await?;
    let there = |id: &&PersonId| **id != outgoing.person;
    if let Some(incoming) = view.incoming.iter().find(there) {
        app.take_over(&after(6), company.person(*incoming)?, id, view.handover.version).await?;
    }
    Ok(())
}

/// One agent asks another to swap two turns of the coming days: the first pair that can be swapped.
async fn swap(app: &App, ctx: &Context, agents: &[Actor], turns: &[Turn]) -> AppResult<()> {
    let [first, second, ..] = agents else { return Ok(()) };
    let soon = ctx.now + SignedDuration::from_hours(30);
    let coming = |person: PersonId| turns.iter().filter(move |turn| turn.person == person && turn.span.from > soon);
    for mine in coming(first.person).take(4) {
        for theirs in coming(second.person).take(4) {
            let text = SwapText {
                turn: mine.id,
                to: second.person,
                other: Some(theirs.id),
                reason: "当天孩子学校开家长会".to_owned(),
                once: Once::unkeyed(),
            };
            let at: Timestamp = ctx.now - SignedDuration::from_mins(90);
            match app.ask_swap(&ctx.at(at), first, text).await {
                Ok(_) => return Ok(()),
                Err(AppError::Refused(_)) => {}
                Err(other) => return Err(other),
            }
        }
    }
    Ok(())
}

/// Asks for leave some days after `ctx.now`.
async fn leave(
    app: &App,
    ctx: &Context,
    who: &Actor,
    from: i64,
    to: i64,
    (kind, reason): (LeaveKind, &str),
) -> AppResult<yingda_core::LeaveId> {
    let today = ctx.now.to_zoned(app.zone()).date();
    let day = |days: i64| today.checked_add(days.days()).unwrap_or(today).to_string();
    let text = LeaveText {
        person: None,
        from: day(from),
        to: day(to),
        kind,
        reason: reason.to_owned(),
        once: Once::unkeyed(),
    };
    app.ask_leave(ctx, who, text).await
}
