//! S01: a question without a standard answer goes to a department by contact sheet and comes back as one.

use worktime::{Amount, Calendar, CalendarFile};
use yingda_testkit::browser::{Person, Screen};

use crate::stage::{
    CLERK, Engine, Failure, LEAD, PROJECT_HEAD, PROJECT_MEMBER, Stage, Told, instant, leave, take_call, ticket_number,
    words,
};

pub const PROCESS: &str = "客户咨询工作流程";
const QUESTION: &str = "地下车库的充电桩什么时候可以安装？物业说要等开发商批准。";
const SHEET: &str = "请说明地下车库充电桩的安装时间和申请手续。";
const ANSWER: &str = "车库配电改造十二月底完成，业主凭车位合同到项目部登记，登记后十个工作日内安装。";

/// The desk's own calendar until a company sets another.
const HOURS: &str = r#"{"time_zone":"Asia/Shanghai","statutory":"cn","hours":{
  "mon":[["09:00","12:00"],["13:30","18:00"]],"tue":[["09:00","12:00"],["13:30","18:00"]],
  "wed":[["09:00","12:00"],["13:30","18:00"]],"thu":[["09:00","12:00"],["13:30","18:00"]],
  "fri":[["09:00","12:00"],["13:30","18:00"]]}}"#;

#[tokio::test(flavor = "multi_thread")]
async fn browser_s01_sqlite() -> Told {
    story(Engine::Sqlite).await
}

#[tokio::test(flavor = "multi_thread")]
async fn browser_s01_postgres() -> Told {
    story(Engine::Postgres).await
}

async fn story(engine: Engine) -> Told {
    let stage = Stage::with(engine, &[CLERK, LEAD, PROJECT_MEMBER, PROJECT_HEAD]).await?;
    let clerk = stage.sign_in(CLERK, Screen::Desktop).await?;
    let number = register(&stage, &clerk).await?;
    let ticket = clerk.place().await?;

    let member = stage.sign_in(PROJECT_MEMBER, Screen::Desktop).await?;
    answer(&stage, &member).await?;
    let head = stage.sign_in(PROJECT_HEAD, Screen::Phone).await?;
    countersign(&stage, &head).await?;

    // What the department has written is before the clerk, who tells the customer.
    clerk.goto(&ticket).await?;
    clerk.see("下一步：回复").await?;
    clerk.see(ANSWER).await?;
    stage.shot(&clerk, "s01-answer-is-back").await?;
    assert_eq!(clerk.value("回复内容").await?, ANSWER);
    clerk.select("建议列为标准答案", "是").await?;
    clerk.click("完成“回复”").await?;
    clerk.see("下一步：客户确认与评价").await?;
    clerk.select("客户确认已得到解答", "是").await?;
    clerk.select("客户评价", "满意").await?;
    clerk.click("完成“客户确认与评价”").await?;
    clerk.see("已关闭").await?;
    stage.shot(&clerk, "s01-closed").await?;
    clerk.click("归档").await?;
    clerk.see("工单已归档").await?;

    let lead = stage.sign_in(LEAD, Screen::Desktop).await?;
    publish(&stage, &lead, &number).await?;
    ask_again(&stage, &clerk).await?;

    // A word of two characters of its text finds it, and the month counts it.
    clerk.goto("/").await?;
    clerk.fill("搜索工单、消息、标准答案", "车库").await?;
    clerk.enter("搜索工单、消息、标准答案").await?;
    clerk.see(&number).await?;
    stage.shot(&clerk, "s01-search").await?;
    lead.click("月度数据").await?;
    lead.see("按流程").await?;
    assert_eq!(words(&lead, ".figures .figure:first-child .figure-value").await?, "1");
    stage.shot(&lead, "s01-figures").await?;
    leave([clerk, member, head, lead]).await
}

/// A call comes in; there is no answer to be found; the project department is asked.
async fn register(stage: &Stage, clerk: &Person) -> Told<String> {
    take_call(clerk, PROCESS).await?;
    clerk.fill("联系电话", "13800130021").await?;
    clerk.see("没有此号码的客户档案").await?;
    clerk.fill("联系人", "陈先生").await?;
    clerk.select("客户类型", "已购客户").await?;
    clerk.fill("咨询事项", "车库充电桩安装").await?;
    clerk.fill("咨询问题", QUESTION).await?;
    clerk.see("的标准答案。登记后可向相关部门发工作联系单。").await?;
    clerk.select("有标准答案", "否").await?;
    stage.shot(clerk, "s01-intake").await?;
    clerk.click("登记工单").await?;
    clerk.see("已登记").await?;
    let number = ticket_number(clerk).await?;
    clerk.see("下一步：填写工作联系单").await?;
    stage.shot(clerk, "s01-registered").await?;
    clerk.select("提供答案的部门", "项目部").await?;
    clerk.fill("请解答的问题", SHEET).await?;
    clerk.click("完成“填写工作联系单”").await?;
    clerk.see("等待项目部答复联系单").await?;
    stage.shot(clerk, "s01-waiting").await?;
    Ok(number)
}

/// A member of the department signs, sees by when, and answers.
async fn answer(stage: &Stage, member: &Person) -> Told {
    member.click("收件箱").await?;
    member.see("签收后开始计时").await?;
    stage.shot(member, "s01-inbox").await?;
    member.click(SHEET).await?;
    member.see("签收后开始计算答复时限").await?;
    member.click("签收").await?;
    member.see("答复时限开始计算").await?;
    let (signed, due) = (instant(member, "签收").await?, instant(member, "时限").await?);
    let calendar = Calendar::new(serde_json::from_str::<CalendarFile>(HOURS)?)?;
    assert_eq!(calendar.due(signed, Amount::WorkingDays(2), &[])?.at(), Some(due), "two working days from {signed}");
    stage.shot(member, "s01-sheet").await?;
    member.fill("答复内容", ANSWER).await?;
    member.click("提交答复").await?;
    member.see("已答复").await?;
    member.see_no_more("提交答复").await?;
    Ok(())
}

/// The head of the department agrees, on a phone.
async fn countersign(stage: &Stage, head: &Person) -> Told {
    head.click("收件箱").await?;
    head.click("css:a[href='/inbox?state=answered']").await?;
    head.click(SHEET).await?;
    head.see("会签答复").await?;
    stage.shot(head, "s01-phone-countersign").await?;
    head.click("同意").await?;
    head.see("已会签").await?;
    Ok(())
}

/// The lead finds the sheet through its ticket and makes its answer a standard one.
async fn publish(stage: &Stage, lead: &Person, number: &str) -> Told {
    lead.fill("搜索工单、消息、标准答案", number).await?;
    lead.enter("搜索工单、消息、标准答案").await?;
    // A number that is complete leads straight to its ticket.
    lead.see_place("/tickets/").await?;
    lead.click("css:main a[href^='/sheets/']").await?;
    lead.see("转为标准答案").await?;
    lead.fill("客户问题", "地下车库可以装充电桩吗？").await?;
    lead.fill("关键词", "电动车 新能源").await?;
    stage.shot(lead, "s01-publish").await?;
    lead.click("发布标准答案").await?;
    lead.see("标准答案已发布").await?;
    Ok(())
}

/// The next caller asks much the same: the answer is there while the question is typed, and ends the call.
async fn ask_again(stage: &Stage, clerk: &Person) -> Result<(), Failure> {
    take_call(clerk, PROCESS).await?;
    clerk.fill("联系电话", "13800130021").await?;
    clerk.see("车库充电桩安装").await?;
    clerk.fill("咨询问题", "电动车怎么在车库里充电").await?;
    clerk.see("地下车库可以装充电桩吗？").await?;
    stage.shot(clerk, "s01-answer-found").await?;
    Ok(())
}
