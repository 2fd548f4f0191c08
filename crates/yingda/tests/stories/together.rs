//! Around the desk: two people on one ticket, a call taken on a phone, and a browser without scripts.

use yingda_testkit::browser::{Person, Screen};

use crate::s01::PROCESS;
use crate::stage::{CLERK, Engine, PROJECT_MEMBER, SECOND_CLERK, Stage, Told, leave, take_call, ticket_number};

#[tokio::test(flavor = "multi_thread")]
async fn browser_two_people_sqlite() -> Told {
    two_people(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn browser_two_people_postgres() -> Told {
    two_people(Engine::Postgres).await
}

#[tokio::test(flavor = "multi_thread")]
async fn browser_phone_sqlite() -> Told {
    on_a_phone(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn browser_phone_postgres() -> Told {
    on_a_phone(Engine::Postgres).await
}

#[tokio::test(flavor = "multi_thread")]
async fn browser_without_scripts_sqlite() -> Told {
    without_scripts(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn browser_without_scripts_postgres() -> Told {
    without_scripts(Engine::Postgres).await
}

/// What every call of S01 needs.
async fn write_down(clerk: &Person, has_answer: &str) -> Told {
    clerk.fill("联系人", "梁女士").await?;
    clerk.select("客户类型", "准备购买的客户").await?;
    clerk.fill("咨询事项", "小区周边学校").await?;
    clerk.fill("咨询问题", "附近有没有公办小学，什么时候开学？").await?;
    clerk.select("有标准答案", has_answer).await?;
    Ok(())
}

async fn two_people(engine: Engine) -> Told {
    let stage = Stage::with(engine, &[CLERK, SECOND_CLERK]).await?;
    let (first, second) =
        tokio::try_join!(stage.sign_in(CLERK, Screen::Desktop), stage.sign_in(SECOND_CLERK, Screen::Desktop))?;
    take_call(&first, PROCESS).await?;
    first.fill("联系电话", "13800130031").await?;
    write_down(&first, "否").await?;
    first.click("登记工单").await?;
    first.see("下一步：填写工作联系单").await?;
    let ticket = first.place().await?;

    // Both have it open. The second takes it over; the first does not know and sends what was written meanwhile.
    let written = "请提供周边公办小学的开学时间，以政府公布的为准。";
    first.select("提供答案的部门", "项目部").await?;
    first.fill("请解答的问题", written).await?;
    second.goto(&ticket).await?;
    second.click("认领").await?;
    second.see("已分派").await?;
    first.click("完成“填写工作联系单”").await?;
    first.see("林浩已先保存了修改").await?;
    assert_eq!(first.value("请解答的问题").await?, written);
    stage.shot(&first, "together-conflict").await?;

    // Sent once more, knowingly, it holds. The second had the same step open and is told that it is done.
    second.fill("请解答的问题", "学校什么时候开学？").await?;
    second.select("提供答案的部门", "销售公司").await?;
    first.click("完成“填写工作联系单”").await?;
    first.see("等待项目部答复联系单").await?;
    second.click("完成“填写工作联系单”").await?;
    second.see("这一步已由他人完成").await?;
    second.see("学校什么时候开学？").await?;
    stage.shot(&second, "together-step-gone").await?;
    leave([first, second]).await
}

async fn on_a_phone(engine: Engine) -> Told {
    let stage = Stage::with(engine, &[CLERK]).await?;
    let clerk = stage.sign_in(CLERK, Screen::Phone).await?;
    stage.shot(&clerk, "phone-desk").await?;
    take_call(&clerk, PROCESS).await?;
    clerk.fill("联系电话", "13800130041").await?;
    clerk.see("没有此号码的客户档案").await?;
    write_down(&clerk, "是").await?;
    stage.shot(&clerk, "phone-intake").await?;
    clerk.click("登记工单").await?;
    clerk.see("下一步：当场解答").await?;
    clerk.fill("答复内容", "配套小学为公办，明年九月开学。").await?;
    stage.shot(&clerk, "phone-answer").await?;
    clerk.click("完成“当场解答”").await?;
    clerk.see("已关闭").await?;
    stage.shot(&clerk, "phone-closed").await?;
    // Nothing on these pages is wider than the phone.
    for path in ["/", "/intake", "/tickets", "/answers", "/account", "/processes"] {
        clerk.goto(path).await?;
        let script = "return document.documentElement.scrollWidth <= window.innerWidth;";
        assert!(clerk.web().execute(script, Vec::new()).await?.convert::<bool>()?, "{path} is wider than a phone");
    }
    leave([clerk]).await
}

async fn without_scripts(engine: Engine) -> Told {
    let stage = Stage::with(engine, &[CLERK, PROJECT_MEMBER]).await?;
    let clerk = stage.visitor(CLERK.name, Screen::Desktop).await?;
    clerk.without_scripts().await?;
    clerk.web().goto("data:text/html;charset=utf-8,<noscript>no scripts here</noscript>").await?;
    clerk.see("no scripts here").await?;
    clerk.goto("/").await?;
    clerk.fill("登录名", CLERK.login).await?;
    clerk.fill("密码", crate::stage::PASSWORD).await?;
    clerk.click("登录").await?;
    clerk.see("我的工作台").await?;
    take_call(&clerk, PROCESS).await?;
    clerk.fill("联系电话", "13800130051").await?;
    clerk.fill("联系人", "梁女士").await?;
    // The panel comes by its button, and what was typed stays.
    clerk.click("查询").await?;
    clerk.see("没有此号码的客户档案").await?;
    assert_eq!(clerk.value("联系人").await?, "梁女士");
    write_down(&clerk, "否").await?;
    clerk.click("登记工单").await?;
    clerk.see("下一步：填写工作联系单").await?;
    assert!(!ticket_number(&clerk).await?.is_empty());
    clerk.select("提供答案的部门", "项目部").await?;
    clerk.fill("请解答的问题", "请提供学校资料。").await?;
    clerk.click("完成“填写工作联系单”").await?;
    clerk.see("等待项目部答复联系单").await?;
    stage.shot(&clerk, "without-scripts").await?;
    leave([clerk]).await
}
