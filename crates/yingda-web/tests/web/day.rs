//! 我的一天 and recurring work at the front door: ticking off, submitting, leaving out, reading, making a routine.

use axum::http::StatusCode;
use yingda_core::Role;
use yingda_testkit::desk::on_both;
use yingda_testkit::form;

use crate::site::{Browser, Page, Site};

/// The example row of S03, as it comes in.
fn fault() -> form::RawForm {
    form! {
        "accept.customer" => "深圳市某某机械有限公司", "accept.contact" => "李工", "accept.phone" => "13912345678",
        "accept.industry" => "制造业", "accept.judgement" => "售后报修", "accept.subject" => "一号线报错",
        "accept.description" => "设备运行中频繁报错,影响生产", "accept.occurred_at" => "2026-11-02 08:30",
        "accept.impact" => "一条生产线", "accept.wanted_by" => "需3天内提供方案", "accept.complex" => "false",
        "register.scenario" => "售后保障", "register.class" => "技术故障类", "register.priority" => "中",
        "register.cross" => "false", "register.safety_risk" => "false", "register.to_superior" => "false",
    }
}

async fn made(site: &Site) {
    site.desk.app.make_routine_work(&site.desk.ctx()).await.unwrap();
}

/// The page of the first piece of work with that name on a person's day.
async fn work(browser: &Browser<'_>, label: &str) -> String {
    let page = browser.get("/day").await;
    page.shows(label);
    let links = page.body.split("<a class=\"row-link\" href=\"").skip(1);
    let found = links.filter(|rest| rest.split("</a>").next().unwrap().contains(label));
    let found = found.map(|rest| rest.split('"').next().unwrap().to_owned()).find(|href| href.starts_with("/work/"));
    found.unwrap_or_else(|| panic!("no {label}:\n{}", page.body))
}

fn no_gaps(page: &Page) {
    assert!(!page.has("⟦"), "a sentence is missing:\n{}", page.body);
}

#[test]
fn a_ticket_is_ticked_off_with_one_press_and_the_word_stands_in_its_history() {
    on_both(async |desk| {
        desk.install_all().await;
        desk.clock.set("2026-11-03T08:30:00+08:00");
        let site = Site::new(desk);
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        let lead = site.person("陈主管", "service-center", Role::Supervisor).await;
        let empty = clerk.get("/day").await;
        empty.shows("您没有进行中的工单").shows("现在没有要做的周期性工作。");
        no_gaps(&empty);
        made(&site).await;
        site.desk.clock.set("2026-11-03T09:10:00+08:00");
        let mut ids = Vec::new();
        for _ in 0..2 {
            ids.push(site.desk.receive(&clerk.actor, "enterprise-support", "phone", fault()).await.unwrap().id);
        }
        clerk.get("/").await.shows("href=\"/day\"");
        let page = clerk.get("/day").await;
        page.shows("0 / 2 已跟踪").shows("data-key=\"t\"").shows("还有 2 张工单没有跟踪").shows("一号线报错");
        no_gaps(&page);
        let path = |at: usize| format!("/tickets/{}/tracking", ids[at]);
        let refused = clerk.post(&path(0), &[("note", " "), ("obstacle", "customer")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows("请填写此项。").shows("value=\"customer\" selected");
        let ticked = clerk.post(&path(0), &[]).await;
        assert_eq!(ticked.location(), "/day");
        clerk.follow(&ticked).await.shows("已记下今天的跟踪。").shows("1 / 2 已跟踪");
        clerk.post(&path(1), &[("note", "客户未提供型号"), ("obstacle", "customer")]).await;
        let through = clerk.get("/day").await;
        through.shows("今天的工单都跟踪过了").shows("客户未提供型号").shows("每日跟踪工单处理进度").shows("已提交");
        clerk
            .get(&format!("/tickets/{}", ids[1]))
            .await
            .shows("今日跟踪，有阻碍：客户信息不全")
            .shows("客户未提供型号");
        let team = lead.get("/day/team").await;
        team.shows("2 / 2 已跟踪").shows("客户未提供型号");
        no_gaps(&team);
        assert_eq!(clerk.get("/day/team").await.status, StatusCode::FORBIDDEN);
        let not_mine = lead.post(&path(0), &[]).await;
        lead.follow(&not_mine).await.shows("您的角色不能进行此操作");
        let stranger = site.person("李强", "logistics", Role::Member).await;
        assert_eq!(stranger.post(&path(0), &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(clerk.post_bare(&path(0), &[]).await.status, StatusCode::FORBIDDEN, "no token");
    });
}

#[test]
fn friday_s_work_is_submitted_read_and_left_out() {
    on_both(async |desk| {
        desk.install("S02-hotline").await;
        desk.clock.set("2026-11-06T08:30:00+08:00");
        let site = Site::new(desk);
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        let head = site.person("莫经理", "business", Role::Head).await;
        let stranger = site.person("李强", "engineering", Role::Head).await;
        made(&site).await;
        clerk.get("/day").await.shows("提交本周来电记录情况").shows("未来七天");
        site.desk.clock.set("2026-11-06T10:00:00+08:00");
        let path = work(&clerk, "提交本周来电记录情况").await;
        assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(head.post(&format!("{path}/submission"), &[]).await.status, StatusCode::FORBIDDEN);
        let page = clerk.get(&path).await;
        no_gaps(&page);
        let (key, version) = (page.hidden("key"), page.hidden("version"));
        let send = |calls: &'static str, work: &'static str| {
            [
                ("weekly_report.calls", calls),
                ("weekly_report.work", work),
                ("key", key.as_str()),
                ("version", version.as_str()),
            ]
        };
        let refused = clerk.post(&format!("{path}/submission"), &send("来电 120 个", "")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows("来电 120 个").shows("请填写此项。");
        let sent = clerk.post(&format!("{path}/submission"), &send("来电 120 个", "正常")).await;
        assert_eq!(sent.location(), "/day");
        let again = clerk.post(&format!("{path}/submission"), &send("来电 120 个", "正常")).await;
        assert_eq!(again.location(), "/day", "a double click submits once");
        let late = [("weekly_report.calls", "x"), ("weekly_report.work", "y"), ("version", "1")];
        clerk.follow(&clerk.post(&format!("{path}/submission"), &late).await).await.shows("已经提交或登记不做");
        let waiting = work(&head, "提交本周来电记录情况").await;
        assert_eq!(waiting, path);
        let page = head.get(&path).await;
        page.shows("来电 120 个").shows("查阅");
        let read = |mark: &'static str, remark: &'static str| [("mark", mark), ("remark", remark), ("version", "2")];
        let refused = head.post(&format!("{path}/reading"), &read("improve", "")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let stale =
            head.post(&format!("{path}/reading"), &[("mark", "good"), ("remark", "好"), ("version", "1")]).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        stale.shows("好").shows("这项工作已有变化");
        head.follow(&head.post(&format!("{path}/reading"), &read("improve", "补充投诉分析")).await)
            .await
            .shows("补充投诉分析")
            .shows("需改进");
        let path = work(&head, "每周检查客服热线工作").await;
        let page = head.get(&path).await;
        let reason = |text: &'static str| {
            [("reason", text.to_owned()), ("version", page.hidden("version")), ("key", page.hidden("key"))]
        };
        let post = async |text: &'static str| {
            let fields = reason(text);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
            head.post(&format!("{path}/exemption"), &fields).await
        };
        let refused = post(" ").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows("请填写此项。");
        head.follow(&post("外出参加公司会议").await).await.shows("已登记不做的原因。").shows("免做");
    });
}

#[test]
fn a_lead_keeps_routines_and_takes_ready_made_ones_over() {
    on_both(async |desk| {
        desk.install("S02-hotline").await;
        let site = Site::new(desk);
        let lead = site.person("陈主管", "service-center", Role::Supervisor).await;
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        lead.get("/routines").await.shows("还没有周期性工作");
        made(&site).await;
        let list = lead.get("/routines").await;
        list.shows("每周检查客服热线工作").shows("没有人").shows("每星期五");
        no_gaps(&list);
        for path in ["/routines", "/routines/new", "/routines/catalogue"] {
            assert_eq!(clerk.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        let catalogue = lead.get("/routines/catalogue").await;
        catalogue.shows("每日总结工作").shows("T57").shows("S27").shows("默认值");
        no_gaps(&catalogue);
        let adopted = lead.post("/routines/catalogue/t56", &[("key", "a")]).await;
        let page = lead.follow(&adopted).await;
        page.shows("已采用。").shows("每日总结工作");
        assert_eq!(lead.post("/routines/catalogue/t56", &[("key", "a")]).await.location(), adopted.location());
        lead.follow(&lead.post("/routines/catalogue/t56", &[("key", "b")]).await).await.shows("这一项已经采用过了。");
        lead.follow(&lead.post("/routines/catalogue/t26", &[]).await).await.shows("现在没有符合的在职人员");
        lead.get("/routines/new?from=t26").await.shows("每月开具发票").shows("未开票及原因");
        let key = lead.get("/routines/new").await.hidden("key");
        let fields = |label: &'static str, at: &'static str| {
            vec![
                ("label", label),
                ("role", "agent"),
                ("share", "each"),
                ("every", "week"),
                ("weekdays", "friday"),
                ("at_kind", "clock"),
                ("at", at),
                ("free_day", "before"),
                ("fields", "本周工作\n下周计划"),
                ("exempt", "yes"),
                ("key", key.as_str()),
            ]
        };
        let refused = lead.post("/routines", &fields("", "27:00")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows("请填写此项。").shows("时间不正确").shows("下周计划").shows("value=\"friday\" checked");
        no_gaps(&refused);
        let made_one = lead.post("/routines", &fields("周报", "16:30")).await;
        let path = made_one.location();
        assert_eq!(lead.post("/routines", &fields("周报", "16:30")).await.location(), path, "a double click");
        let page = lead.get(&path).await;
        page.shows("每星期五16:30开始").shows("下周计划");
        let edit = lead.get(&format!("{path}/edit")).await;
        edit.shows("value=\"16:30\"");
        let mut changed = fields("周报二", "17:00");
        changed.push(("version", "9"));
        let stale = lead.post(&path, &changed).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        stale.shows("周报二").shows("他人已先保存了修改");
        changed.pop();
        changed.push(("version", "1"));
        assert_eq!(lead.post(&path, &changed).await.location(), path);
        let rested = lead.post(&format!("{path}/state"), &[("active", "no"), ("version", "2")]).await;
        lead.follow(&rested).await.shows("已暂停");
        lead.post(&format!("{path}/state"), &[("active", "yes"), ("version", "3")]).await;
        lead.follow(&lead.post(&format!("{path}/occurrences"), &[]).await).await.shows("已为今天加开 1 份。");
        clerk.get("/day").await.shows("周报二");
        lead.post("/account/preferences", &[("locale", "en"), ("theme", "auto")]).await;
        for path in ["/routines", "/routines/new", "/routines/catalogue", "/day", "/day/team", path.as_str()] {
            no_gaps(&lead.get(path).await);
        }
    });
}
