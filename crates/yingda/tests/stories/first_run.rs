//! The first run: an empty desk prints a code, its first visitor becomes the administrator, colleagues are added and come in.

use yingda_testkit::browser::Screen;

use crate::stage::{
    CLERK, Engine, LEAD, PASSWORD, PROJECT_HEAD, PROJECT_MEMBER, SERVICE_MEMBER, Stage, Told, add, leave,
};

#[tokio::test(flavor = "multi_thread")]
async fn browser_first_run_sqlite() -> Told {
    story(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn browser_first_run_postgres() -> Told {
    story(Engine::Postgres).await
}

async fn story(engine: Engine) -> Told {
    let mut stage = Stage::empty(engine)?;
    let stranger = stage.visitor("路人", Screen::Desktop).await?;
    // Before there is anybody, every address leads to the first run, and a wrong code leads nowhere.
    stranger.goto("/tickets").await?;
    stranger.fill("一次性代码", "ABCD-EFGH").await?;
    stranger.fill("姓名", "路人").await?;
    stranger.fill("登录名", "stranger").await?;
    stranger.fill("密码", PASSWORD).await?;
    stranger.fill("再输一次密码", PASSWORD).await?;
    stranger.click("创建并登录").await?;
    stranger.see("代码不正确或已使用").await?;
    assert_eq!(stranger.value("登录名").await?, "stranger");

    let administrator = stage.first_administrator().await?;
    // The shipped processes have declared the departments.
    administrator.click("部门").await?;
    for department in ["客户服务中心", "项目部", "销售公司", "总公司", "营业所", "工程部", "售后部"]
    {
        administrator.see(department).await?;
    }
    stage.shot(&administrator, "departments").await?;
    let colleagues = [CLERK, LEAD, PROJECT_MEMBER, PROJECT_HEAD, SERVICE_MEMBER];
    for colleague in &colleagues {
        add(&administrator, colleague).await?;
    }
    administrator.click("人员").await?;
    for colleague in &colleagues {
        administrator.see(colleague.name).await?;
    }
    stage.shot(&administrator, "people").await?;

    // The door of the first run is shut now; only passwords open.
    stranger.goto("/first-run").await?;
    stranger.fill("登录名", CLERK.login).await?;
    stranger.fill("密码", "猜猜看也不会对的").await?;
    stranger.click("登录").await?;
    stranger.see("登录名或密码不正确").await?;
    stage.shot(&stranger, "sign-in").await?;

    let (clerk, head) =
        (stage.sign_in(CLERK, Screen::Desktop).await?, stage.sign_in(PROJECT_HEAD, Screen::Phone).await?);
    clerk.see("我的工作台").await?;
    clerk.see(CLERK.name).await?;
    clerk.click("接听来电").await?;
    clerk.see("登记工单").await?;
    // A head answers for a department: an inbox, but no calls and no administration.
    head.see("收件箱").await?;
    head.see("可以从下方认领本部门的工单").await?;
    head.see_no_more("接听来电").await?;
    stage.shot(&head, "phone-desk-of-a-head").await?;
    head.goto("/people").await?;
    head.see("没有权限").await?;
    leave([stranger, administrator, clerk, head]).await
}
