//! Who works at the desks of these tests, and what they type.

use jiff::Timestamp;
use yingda_app::{AppError, AppResult};
use yingda_core::{Actor, Refusal, Role, TicketId};
use yingda_testkit::form::RawForm;
use yingda_testkit::{Desk, form};

/// The department that the desk itself is.
pub const CENTRE: &str = "service-center";

pub async fn agent(desk: &Desk) -> Actor {
    desk.person("王芳", CENTRE, [Role::Agent]).await
}

pub async fn supervisor(desk: &Desk) -> Actor {
    desk.person("陈强", CENTRE, [Role::Supervisor]).await
}

pub async fn member(desk: &Desk, name: &str, department: &str) -> Actor {
    desk.person(name, department, [Role::Member]).await
}

pub async fn head(desk: &Desk, name: &str, department: &str) -> Actor {
    desk.person(name, department, [Role::Member, Role::Head]).await
}

/// An instant by its date and time in Shanghai, in November 2026: `at("02 09:30")`.
pub fn at(day_and_time: &str) -> Timestamp {
    let (day, time) = day_and_time.split_once(' ').unwrap();
    format!("2026-11-{day}T{time}:00+08:00").parse().unwrap()
}

/// What was refused.
pub fn refusal<T: std::fmt::Debug>(result: AppResult<T>) -> Refusal {
    match result {
        Err(AppError::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

/// The fields at fault, each as `field: code`.
pub fn faults<T: std::fmt::Debug>(result: AppResult<T>) -> Vec<String> {
    match refusal(result) {
        Refusal::Fields(fields) => fields.iter().map(|f| format!("{}: {}", f.field, f.code)).collect(),
        other => panic!("refused, but for no field: {other:?}"),
    }
}

/// A question of S01; with or without a standard answer.
pub fn question(has_answer: &str) -> RawForm {
    form! {
        "record.contact" => "李先生", "record.phone" => "13800138000", "record.customer_kind" => "已购客户",
        "record.subject" => "保修期", "record.question" => "你们的洗衣机保修期有多长?", "record.on_site" => "false",
        "record.has_answer" => has_answer,
    }
}

/// A call of S02.
pub fn call(kind: &str) -> RawForm {
    form! {
        "call.kind" => kind, "call.caller_kind" => "用户", "call.contact" => "何女士", "call.phone" => "020-84556677",
        "call.subject" => "来电", "call.content" => "想了解一下水费怎么算",
    }
}

/// The example row of S03, as it comes in.
pub fn fault(priority: &str) -> RawForm {
    form! {
        "accept.customer" => "深圳市某某机械有限公司", "accept.contact" => "李工", "accept.phone" => "13912345678",
        "accept.industry" => "制造业", "accept.judgement" => "售后报修", "accept.subject" => "一号线报错",
        "accept.description" => "设备运行中频繁报错,影响生产", "accept.occurred_at" => "2026-11-02 08:30",
        "accept.impact" => "一条生产线", "accept.wanted_by" => "需3天内提供方案", "accept.complex" => "false",
        "register.scenario" => "售后保障", "register.class" => "技术故障类", "register.priority" => priority,
        "register.cross" => "false", "register.safety_risk" => "false", "register.to_superior" => "false",
    }
}

pub fn assign_to(department: &str) -> RawForm {
    form! { "assign.department" => department }
}

/// A matter of S03 that 售后部 has to respond to.
pub async fn assigned(desk: &Desk, agent: &Actor, priority: &str) -> TicketId {
    let id = desk.receive(agent, "enterprise-support", "phone", fault(priority)).await.unwrap().id;
    desk.complete(agent, id, "assign", assign_to("after_sales")).await.unwrap();
    id
}

pub async fn respond(desk: &Desk, engineer: &Actor, id: TicketId) -> AppResult<()> {
    desk.complete(engineer, id, "respond", form! { "response.plan" => "更换主板", "response.on_site" => "false" }).await
}

pub async fn handle(desk: &Desk, engineer: &Actor, id: TicketId, result: &str) -> AppResult<()> {
    desk.complete(engineer, id, "handle", form! { "handling.result" => result }).await
}

pub async fn confirm(desk: &Desk, agent: &Actor, id: TicketId, fits: &str) -> AppResult<()> {
    let answers = form! { "confirmation.solved" => "true", "confirmation.fits" => fits, "confirmation.told" => "已更换主板,请确认。" };
    desk.complete(agent, id, "confirm", answers).await
}

pub async fn rate(desk: &Desk, agent: &Actor, id: TicketId, word: &str, reason: &str) -> AppResult<()> {
    desk.complete(agent, id, "rate", form! { "evaluation.satisfaction" => word, "evaluation.reason" => reason }).await
}

pub async fn close(desk: &Desk, agent: &Actor, id: TicketId) -> AppResult<()> {
    desk.complete(agent, id, "close", form! { "closing.complete" => "true" }).await
}

/// From receipt to the end, in one go.
pub async fn through(desk: &Desk, agent: &Actor, engineer: &Actor) -> TicketId {
    let id = assigned(desk, agent, "中").await;
    respond(desk, engineer, id).await.unwrap();
    handle(desk, engineer, id, "已更换主板").await.unwrap();
    confirm(desk, agent, id, "true").await.unwrap();
    rate(desk, agent, id, "满意", "").await.unwrap();
    close(desk, agent, id).await.unwrap();
    id
}
