//! S02: leaks go by the diameter of their pipe to 营业所 or 工程部, each sees its own; a simple question ends at once.

use yingda_testkit::browser::{Person, Screen};

use crate::stage::{CLERK, ENGINEER, Engine, OFFICE_MEMBER, Stage, Told, leave, take_call, ticket_number, words};

const PROCESS: &str = "客服热线工作流程";

#[tokio::test(flavor = "multi_thread")]
async fn browser_s02_sqlite() -> Told {
    story(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn browser_s02_postgres() -> Told {
    story(Engine::Postgres).await
}

/// A leak that somebody reports.
struct Leak {
    caller: &'static str,
    phone: &'static str,
    subject: &'static str,
    diameter: &'static str,
    to: &'static str,
}

async fn story(engine: Engine) -> Told {
    let stage = Stage::with(engine, &[CLERK, OFFICE_MEMBER, ENGINEER]).await?;
    let (clerk, office, engineer) = tokio::try_join!(
        stage.sign_in(CLERK, Screen::Desktop),
        stage.sign_in(OFFICE_MEMBER, Screen::Phone),
        stage.sign_in(ENGINEER, Screen::Desktop),
    )?;
    let small =
        Leak {
            caller: "用户", phone: "020-55500132", subject: "望潮路路面冒水", diameter: "150", to: "营业所"
        };
    let large = Leak {
        caller: "群众", phone: "13800130066", subject: "东堤路管道爆裂", diameter: "151", to: "工程部"
    };
    let (small_ticket, small_number) = report(&stage, &clerk, &small).await?;
    let (large_ticket, large_number) = report(&stage, &clerk, &large).await?;

    // Each department sees its own, and of the other's not even that there is one.
    for (member, own, others) in [(&office, &small_number, &large_ticket), (&engineer, &large_number, &small_ticket)] {
        let foreign = if own == &small_number { &large_number } else { &small_number };
        member.click("工单").await?;
        member.see(own).await?;
        assert!(!member.text().await?.contains(foreign.as_str()), "{} sees {foreign}", member.name());
        member.goto(others).await?;
        member.see("找不到此页").await?;
    }
    repair(&stage, &office, &small_ticket, "营业所").await?;
    repair(&stage, &engineer, &large_ticket, "工程部").await?;

    clerk.goto(&large_ticket).await?;
    clerk.see("下一步：回复来电人员").await?;
    clerk.see("东堤路两侧商铺").await?;
    clerk.see("估计完成时间").await?;
    stage.shot(&clerk, "s02-back-at-the-desk").await?;
    clerk.select("已联系上来电人员", "是").await?;
    clerk.fill("回复内容", "已告知来电人抢修完成，感谢其及时报漏。").await?;
    clerk.click("完成“回复来电人员”").await?;
    clerk.see("下一步：事件记录与跟踪").await?;
    clerk.fill("全过程记录", "群众来电报漏，工程部更换一段管道，当日恢复供水，已回复来电人。").await?;
    clerk.click("完成“事件记录与跟踪”").await?;
    clerk.see("已关闭").await?;
    stage.shot(&clerk, "s02-closed").await?;
    answer_at_once(&stage, &clerk).await?;
    leave([clerk, office, engineer]).await
}

async fn report(stage: &Stage, clerk: &Person, leak: &Leak) -> Told<(String, String)> {
    take_call(clerk, PROCESS).await?;
    clerk.fill("联系电话", leak.phone).await?;
    clerk.see("没有此号码的客户档案").await?;
    clerk.select("业务类型", "报漏处理").await?;
    clerk.select("来电人", leak.caller).await?;
    clerk.fill("事由", leak.subject).await?;
    clerk.fill("来电内容", &format!("{}，水流很急，行人绕行。", leak.subject)).await?;
    clerk.click("登记工单").await?;
    clerk.see("下一步：记录报漏").await?;
    let number = ticket_number(clerk).await?;
    let place = clerk.place().await?;
    clerk.fill("具体报漏地点", "十字路口东南角，公交站旁").await?;
    clerk.fill("管径 DN", leak.diameter).await?;
    if leak.diameter == "151" {
        stage.shot(clerk, "s02-leak").await?;
    }
    clerk.click("完成“记录报漏”").await?;
    clerk.see(&format!("等待中：{}跟进", leak.to)).await?;
    Ok((place.split(['?', '#']).next().unwrap_or_default().to_owned(), number))
}

/// The department says what is affected and until when, then that it is done.
async fn repair(stage: &Stage, member: &Person, ticket: &str, department: &str) -> Told {
    member.goto(ticket).await?;
    member.see(&format!("下一步：{department}跟进")).await?;
    member.fill("因抢修影响的供水范围", "东堤路两侧商铺").await?;
    member.fill("估计完成时间", "2026-11-22T18:00").await?;
    stage.shot(member, &format!("s02-repair-{}", if department == "营业所" { "phone" } else { "desktop" })).await?;
    member.click(&format!("完成“{department}跟进”")).await?;
    member.see(&format!("下一步：{department}完成抢修")).await?;
    member.fill("处理结果或意见", "接口老化，已更换一段管道，试压合格，恢复供水。").await?;
    member.fill("实际完成时间", "2026-11-22T16:30").await?;
    member.click(&format!("完成“{department}完成抢修”")).await?;
    member.see("等待中：回复来电人员").await?;
    Ok(())
}

async fn answer_at_once(stage: &Stage, clerk: &Person) -> Told {
    take_call(clerk, PROCESS).await?;
    clerk.fill("联系电话", "13800130099").await?;
    clerk.select("业务类型", "咨询业务").await?;
    clerk.select("来电人", "用户").await?;
    clerk.fill("事由", "营业厅开门时间").await?;
    clerk.fill("来电内容", "用户问营业厅周末开不开门。").await?;
    clerk.click("登记工单").await?;
    clerk.see("下一步：判断能否即时回复").await?;
    clerk.select("能即时回复", "是").await?;
    clerk.click("完成“判断能否即时回复”").await?;
    clerk.see("下一步：当即回复").await?;
    clerk.fill("回复(解释)内容", "周六九点到十二点照常办理，周日休息。").await?;
    stage.shot(clerk, "s02-at-once").await?;
    clerk.click("完成“当即回复”").await?;
    clerk.see("已关闭").await?;
    assert!(words(clerk, ".ticket-head").await?.contains("接听下一个来电"));
    Ok(())
}
