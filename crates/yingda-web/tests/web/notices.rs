//! Notices and escalations at the front door: the bell, one's own list, the leads' list, reporting, outcomes; the call of 紧急 matters.

use axum::http::StatusCode;
use yingda_core::Role;
use yingda_testkit::{desk, form};

use crate::site::{Browser, Page, Site};

async fn site(desk: yingda_testkit::Desk) -> Site {
    desk.install("S03-enterprise-support").await;
    Site::new(desk)
}

/// A 紧急 matter that has just come in, at its page.
async fn urgent(site: &Site, clerk: &Browser<'_>) -> String {
    let fault = form! {
        "accept.customer" => "深圳市某某机械有限公司", "accept.contact" => "李工", "accept.phone" => "13912345678",
        "accept.industry" => "制造业", "accept.judgement" => "售后报修", "accept.subject" => "一号线报错",
        "accept.description" => "设备运行中频繁报错,影响生产", "accept.occurred_at" => "2026-11-02 08:30",
        "accept.impact" => "一条生产线", "accept.wanted_by" => "需3天内提供方案", "accept.complex" => "false",
        "register.scenario" => "售后保障", "register.class" => "技术故障类", "register.priority" => "紧急",
        "register.cross" => "false", "register.safety_risk" => "false", "register.to_superior" => "false",
    };
    let id = site.desk.receive(&clerk.actor, "enterprise-support", "phone", fault).await.unwrap().id;
    format!("/tickets/{id}")
}

/// The value of the first option of the form's triggers.
fn first_trigger(page: &Page) -> String {
    let at = page.body.find("name=\"trigger\"").unwrap();
    let rest = &page.body[at..];
    let value = rest.find("value=\"").unwrap() + "value=\"".len();
    let mut values = rest[value..].split('"').next().unwrap().to_owned();
    if values.is_empty() {
        let after = &rest[value..];
        let next = after.find("<option value=\"").unwrap() + "<option value=\"".len();
        values = after[next..].split('"').next().unwrap().to_owned();
    }
    values
}

#[test]
fn a_report_rings_the_bell_is_read_and_gets_its_outcome() {
    desk::on_both(async |desk| {
        let site = site(desk).await;
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        let manager = site.person("陈经理", "service-center", Role::Manager).await;
        let ticket = urgent(&site, &clerk).await;
        manager.get("/notices").await.shows("没有未读通知");
        assert!(!manager.get("/tickets").await.has("条未读"));

        let page = clerk.get(&ticket).await;
        page.shows("上报").shows("情况说明");
        let trigger = first_trigger(&page);
        let action = format!("{ticket}/escalations");
        // Nothing typed is lost where something is missing.
        let empty = clerk.post(&action, &[("trigger", "none"), ("note", "客户称要投诉")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        empty.shows("客户称要投诉").shows("请从列出的选项中选择");
        let bare = clerk.post_bare(&action, &[("trigger", trigger.as_str()), ("note", "x")]).await;
        assert_eq!(bare.status, StatusCode::FORBIDDEN);
        let key = page.hidden("key");
        let fields = [("trigger", trigger.as_str()), ("note", "客户称要投诉"), ("proposal", "经理回电"), ("key", &key)];
        let raised = clerk.post(&action, &fields).await;
        let page = clerk.follow(&raised).await;
        page.shows("已上报，并通知相关负责人。")
            .shows("升级与通知")
            .shows("客户称要投诉")
            .shows("待填写结果")
            .shows("未读");
        assert_eq!(clerk.post(&action, &fields).await.status, StatusCode::SEE_OTHER);

        // The manager sees the bell on every page, reads it, and goes to the ticket.
        manager.get("/tickets").await.shows("通知，1 条未读");
        let list = manager.get("/notices").await;
        list.shows("一号线报错").shows("客户称要投诉").shows("/notices/reading");
        let reading = list.action("/reading");
        let notice = list.link("/notices/ntc_");
        assert!(reading == "/notices/reading", "the first form marks all");
        let read = manager.post(&format!("{notice}/reading"), &[("then", "ticket")]).await;
        assert_eq!(read.location(), ticket);
        assert!(!manager.get("/tickets").await.has("条未读"));
        manager.get("/notices?show=all").await.shows("客户称要投诉").shows("已读");

        // Its outcome: not nothing, once, by those who may.
        let outcome = format!("{notice}/outcome");
        let page = manager.get(&notice).await;
        page.shows("填写处理结果").shows("时间").shows("告知");
        let empty = manager.post(&outcome, &[("outcome", " ")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        empty.shows("请填写此项");
        assert_eq!(clerk.post(&outcome, &[("outcome", "好")]).await.status, StatusCode::FORBIDDEN);
        let said = manager.post(&outcome, &[("outcome", "已回电，客户同意先用备用机"), ("key", "k")]).await;
        manager.follow(&said).await.shows("处理结果已记录").shows("已回电，客户同意先用备用机");
        let late = manager.post(&outcome, &[("outcome", "另一个结果")]).await;
        manager.follow(&late).await.shows("他人已先填写了处理结果");
        clerk.get(&ticket).await.shows("已回电，客户同意先用备用机");
        clerk.get(&format!("{ticket}?tab=history")).await.shows("的处理结果").shows("告知陈经理");
    });
}

#[test]
fn the_whole_desks_list_is_for_those_who_lead_it() {
    desk::on_both(async |desk| {
        let site = site(desk).await;
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        let lead = site.person("陈主管", "service-center", Role::Supervisor).await;
        let stranger = site.person("李强", "project", Role::Member).await;
        let ticket = urgent(&site, &clerk).await;
        let trigger = first_trigger(&clerk.get(&ticket).await);
        let fields = [("trigger", trigger.as_str()), ("note", "客户称要投诉"), ("proposal", "回电"), ("key", "k")];
        clerk.post(&format!("{ticket}/escalations"), &fields).await;

        assert_eq!(clerk.get("/notices/desk").await.status, StatusCode::FORBIDDEN);
        assert!(!clerk.get("/notices").await.has("/notices/desk"));
        let all = lead.get("/notices/desk").await;
        all.shows("客户称要投诉").shows("待填写结果");
        let notice = all.link("/notices/ntc_");
        assert_eq!(stranger.get(&notice).await.status, StatusCode::NOT_FOUND);
        assert_eq!(stranger.post(&format!("{notice}/reading"), &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(lead.get("/notices/ntc_x").await.status, StatusCode::NOT_FOUND);

        let kept = lead.get("/notices/desk?outcome=open&kind=trigger&from=2026-11-02&until=2026-11-02").await;
        kept.shows("客户称要投诉");
        for none in ["kind=warning", "from=2026-11-03", "until=2026-11-01"] {
            let page = lead.get(&format!("/notices/desk?{none}")).await;
            page.shows("没有符合条件的升级或通知");
        }
        let odd = lead.get("/notices/desk?from=never&before=x&person=nobody").await;
        assert_eq!(odd.status, StatusCode::OK);
        odd.shows("有的筛选条件看不懂").shows("客户称要投诉");
    });
}

#[test]
fn an_urgent_ticket_is_not_given_away_without_the_call() {
    desk::on_both(async |desk| {
        let site = site(desk).await;
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        let colleague = site.person("李晓梅", "service-center", Role::Agent).await;
        let developer = site.person("王建国", "development", Role::Member).await;
        let ticket = urgent(&site, &clerk).await;
        let page = clerk.get(&ticket).await;
        page.shows("电话通知时间").shows("紧急工单须先电话通知接手人").shows("phone_person");
        let to = colleague.actor.person.to_string();
        let assignment = format!("{ticket}/assignment");
        let silent = clerk.post(&assignment, &[("person", &to)]).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        silent.shows("紧急工单须同步电话通知处理人");
        let half = clerk.post(&assignment, &[("person", &to), ("phone_remark", "占线两次后接通")]).await;
        assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
        half.shows("占线两次后接通");
        let odd = clerk.post(&assignment, &[("person", &to), ("phone_at", "soon")]).await;
        odd.shows("时间不正确");
        let called = [("person", to.as_str()), ("phone_at", "2026-11-02T09:00"), ("phone_remark", "已接通")];
        let done = clerk.post(&assignment, &called).await;
        clerk.follow(&done).await;
        clerk.get(&format!("{ticket}?tab=history")).await.shows("已电话通知李晓梅").shows("已接通");
        colleague.get("/tickets").await.shows("通知，1 条未读");
        colleague.get("/notices").await.shows("分派给您").shows("一号线报错");

        // The same rule at the transfer; taking it needs none.
        let there = developer.actor.department.to_string();
        let her = developer.actor.person.to_string();
        let transfer = format!("{ticket}/transfer");
        let mut fields = vec![("department", there.as_str()), ("reason", "软件问题"), ("key", "t1")];
        let silent = clerk.post(&transfer, &fields).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        silent.shows("紧急工单须同步电话通知处理人").shows("软件问题");
        fields.extend([("phone_at", "2026-11-02 09:00"), ("phone_person", her.as_str()), ("key", "t2")]);
        assert_eq!(clerk.post(&transfer, &fields).await.status, StatusCode::SEE_OTHER);
        clerk.get(&ticket).await.shows("已电话通知王建国");
        assert_eq!(clerk.post(&assignment, &[("to", "me")]).await.status, StatusCode::SEE_OTHER);
    });
}
