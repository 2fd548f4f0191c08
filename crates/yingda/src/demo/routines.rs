//! Recurring work of the demonstration: a fortnight of reports, some late with a reason, some missed, some read; and this
//! morning's words on tickets.
//!
//! The one thing to know: the daily tracking begins today, because what is open today was not open then.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use yingda_app::routines::{Reading, Submission};
use yingda_app::{App, AppResult, Once};
use yingda_core::routine::Mark;
use yingda_core::{Actor, Context, Role};
use yingda_process::RawForm;
use yingda_process::routine::Record;

use super::company::Company;
use super::dice::Dice;

/// Days of history.
const DAYS: i64 = 13;
/// What the desk has taken over from the catalogue.
const TAKEN: [&str; 3] = ["t40", "t56", "t57"];
/// What people write.
const TEXTS: [&str; 5] = [
    "今天接听和处理均已完成，没有积压。",
    "处理工单若干，两件等客户回电，已约明天上午。",
    "咨询较多，主要问交付时间和保修期限，已按标准答案回复。",
    "仓库发货较慢，已与物流部沟通，明天跟进。",
    "已按计划完成；建议把常见问题补进标准答案库。",
];
/// What people say of their tickets.
const WORDS: [(&str, &str); 5] = [
    ("", ""),
    ("已联系客户，约好明天上午回电", ""),
    ("方案已发客户，等确认", ""),
    ("等配件到货，需物流部加急", "department"),
    ("客户未提供设备型号，已短信提醒", "customer"),
];

/// Fills the recurring work of a desk that has people and tickets; `ctx.now` is today.
///
/// # Errors
/// The first refusal or fault.
pub(super) async fn prepare(app: &App, ctx: &Context, company: &Company, seed: u64) -> AppResult<()> {
    let zone = app.zone();
    let mut dice = Dice::new(seed).apart(607);
    let today = ctx.now.to_zoned(zone).date();
    let Some(first) = at(app, plus(today, -DAYS), 8, 0) else { return Ok(()) };
    let start = ctx.at(first);
    app.make_routine_work(&start).await?;
    for code in TAKEN {
        app.adopt_routine(&start, &company.supervisor, code, Once::unkeyed()).await?;
    }
    let tracking = app.routines(&company.supervisor).await?.into_iter().find(|r| r.rule.record == Record::Tickets);
    if let Some(tracking) = &tracking {
        app.switch_routine(&start, &company.supervisor, tracking.id, false, tracking.version).await?;
    }
    let workers = workers(app, company);
    let mut day = plus(today, -DAYS);
    while day < today {
        work_through(app, ctx, company, &workers, day, &mut dice).await?;
        day = plus(day, 1);
    }
    let Some(midnight) = at(app, today, 0, 1).filter(|at| *at < ctx.now) else { return Ok(()) };
    let morning = ctx.at(midnight);
    if let Some(tracking) = tracking {
        app.switch_routine(&morning, &company.supervisor, tracking.id, true, tracking.version + 1).await?;
    }
    app.make_routine_work(&morning).await?;
    for (at, agent) in company.agents.iter().enumerate() {
        say_words(app, ctx, agent, at, &mut dice).await?;
    }
    app.make_routine_work(ctx).await
}

/// The agents, and the head who inspects the hotline.
fn workers(app: &App, company: &Company) -> Vec<Actor> {
    let directory = app.directory();
    let business = directory.department("business").map(|department| department.id);
    let heads = directory.people.values().filter(|p| Some(p.department) == business && p.roles.has(Role::Head));
    company.agents.iter().cloned().chain(heads.map(Actor::from)).collect()
}

async fn work_through(
    app: &App,
    ctx: &Context,
    company: &Company,
    workers: &[Actor],
    day: Date,
    dice: &mut Dice,
) -> AppResult<()> {
    let (Some(morning), Some(evening)) = (at(app, day, 9, 20), at(app, day, 17, 25)) else { return Ok(()) };
    app.make_routine_work(&ctx.at(morning)).await?;
    for task in app.team_day(&ctx.at(morning), &company.supervisor).await?.to_read {
        if task.may_read && dice.chance(80) {
            let improve = dice.chance(15);
            let reading = Reading {
                mark: if improve { Mark::Improve } else { Mark::Good },
                remark: if improve { "请写明问题的原因和下一步。".to_owned() } else { String::new() },
                seen: None,
                once: Once::unkeyed(),
            };
            app.read_work(&ctx.at(morning), &company.supervisor, task.work.id, reading).await?;
        }
    }
    let evening = ctx.at(evening);
    for worker in workers {
        for task in app.my_day(&evening, worker).await?.to_do {
            if app.day_of(task.work.opens) != day || dice.chance(8) {
                continue;
            }
            if task.may_exempt && dice.chance(8) {
                let reason = "外出参加客户现场会议";
                app.exempt_work(&evening, worker, task.work.id, reason, None, Once::unkeyed()).await?;
                continue;
            }
            let mut fields = RawForm::new();
            for field in &task.form.fields {
                fields.insert(task.form.key(&field.id), vec![dice.pick(&TEXTS).to_owned()]);
            }
            app.submit_work(&evening, worker, task.work.id, Submission { fields, ..Submission::default() }).await?;
        }
    }
    Ok(())
}

/// The first agent is half through, the second has said a word on everything, the others have just begun.
async fn say_words(app: &App, ctx: &Context, agent: &Actor, place: usize, dice: &mut Dice) -> AppResult<()> {
    let tickets = app.my_day(ctx, agent).await?.tickets;
    let share = match place {
        0 => tickets.len() / 2,
        1 => tickets.len(),
        _ => tickets.len() / 5,
    };
    let opening = app.day_of(ctx.now).to_zoned(app.zone()).map_or(ctx.now, |day| day.timestamp());
    for (nth, (ticket, _)) in tickets.iter().take(share).enumerate() {
        let back = SignedDuration::from_mins(4 * i64::try_from(share - nth).unwrap_or_default());
        let when = (ctx.now - back).max(opening).max(ticket.accepted);
        let (note, obstacle) = WORDS[dice.index(WORDS.len())];
        app.track(&ctx.at(when), agent, ticket.id, note, obstacle).await?;
    }
    Ok(())
}

fn at(app: &App, day: Date, hour: i8, minute: i8) -> Option<Timestamp> {
    Some(day.at(hour, minute, 0, 0).to_zoned(app.zone()).ok()?.timestamp())
}

fn plus(day: Date, days: i64) -> Date {
    day.checked_add(days.days()).unwrap_or(day)
}
