//! Lists of tickets: filters, pages by key in both directions, saved views, many at once, search, the month's figures, exports.

use std::collections::BTreeSet;

use axum::http::{StatusCode, header};
use yingda_core::{Actor, Role, TicketId};
use yingda_testkit::desk::{PASSWORD, on_both};
use yingda_testkit::{Desk, form};

use crate::site::{Browser, Page, Site};

/// Signs somebody in again, after a time in which any session has ended.
async fn back(site: &Site, who: &mut Browser<'_>) {
    let origin = yingda_app::accounts::Origin::default();
    who.secret = site.desk.sign_in(&site.desk.ctx(), &who.actor.name, PASSWORD, origin).await.unwrap();
}

/// Takes a fault in.
async fn fault(desk: &Desk, agent: &Actor, subject: &str, priority: &str) -> TicketId {
    let fields = form! {
        "accept.customer" => "科技有限公司", "accept.contact" => "张工", "accept.phone" => "13800138000",
        "accept.judgement" => "技术咨询", "accept.subject" => subject, "accept.description" => "设备频繁报错，影响生产",
        "accept.complex" => "false", "register.scenario" => "售后保障", "register.class" => "技术故障类",
        "register.priority" => priority, "register.cross" => "false", "register.safety_risk" => "false",
        "register.to_superior" => "false",
    };
    desk.receive(agent, "enterprise-support", "phone", fields).await.unwrap().id
}

/// Takes a consultation in, answered at once where `answer` is some text; it then has ended.
async fn question(desk: &Desk, agent: &Actor, answer: Option<&str>) -> TicketId {
    let fields = form! {
        "record.customer" => "锦绣花园业主", "record.contact" => "李先生", "record.phone" => "13900139000",
        "record.customer_kind" => "已购客户", "record.subject" => "保修", "record.question" => "保修几年？",
        "record.on_site" => "false", "record.has_answer" => if answer.is_some() { "true" } else { "false" },
    };
    let id = desk.receive(agent, "customer-consultation", "phone", fields).await.unwrap().id;
    if let Some(answer) = answer {
        desk.complete(agent, id, "answer_at_once", form! { "instant_answer.answer" => answer }).await.unwrap();
    }
    id
}

/// The tickets that a page lists, in its order.
fn listed(page: &Page) -> Vec<String> {
    let rows = page.body.split("<tr data-row>").skip(1);
    rows.map(|row| row.split("href=\"/tickets/").nth(1).unwrap().split('"').next().unwrap().to_owned()).collect()
}

/// The address of the link with that relation, as a browser reads it.
fn rel(page: &Page, rel: &str) -> Option<String> {
    let at = page.body.find(&format!("rel=\"{rel}\" href=\""))?;
    page.body[at..].split("href=\"").nth(1)?.split('"').next().map(plain)
}

/// An attribute's text, as a browser reads it.
fn plain(text: &str) -> String {
    text.replace("&#38;", "&").replace("&amp;", "&")
}

async fn walk(clerk: &Browser<'_>, from: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut page = clerk.get(from).await;
    loop {
        let rows = listed(&page);
        assert!(!rows.is_empty());
        all.extend(rows);
        let Some(next) = rel(&page, "next") else { break };
        page = clerk.get(&next).await;
    }
    // And back: the same rows, from the last page to the first.
    let mut back = vec![listed(&page)];
    while let Some(prev) = rel(&page, "prev") {
        page = clerk.get(&prev).await;
        back.push(listed(&page));
    }
    back.reverse();
    assert_eq!(back.concat(), all);
    all
}

#[test]
fn a_list_is_walked_once_in_both_directions() {
    on_both(async |desk| {
        desk.install_all().await;
        let site = Site::new(desk);
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        let mut ids = Vec::new();
        for n in 0..123 {
            let priority = ["紧急", "高", "中", "低"][n % 4];
            ids.push(fault(&site.desk, &clerk.actor, &format!("故障{n}"), priority).await.to_string());
            if n % 3 == 0 {
                site.desk.clock.minutes(1);
            }
        }
        let newest: Vec<String> = ids.iter().rev().cloned().collect();
        assert_eq!(walk(&clerk, "/tickets").await, newest);
        let by_due = walk(&clerk, "/tickets?order=due").await;
        assert_eq!(by_due.iter().collect::<BTreeSet<_>>(), ids.iter().collect());
        assert_eq!(by_due.len(), ids.len());
        let urgent = walk(&clerk, "/tickets?priority=urgent").await;
        assert_eq!(urgent.len(), 31);
        // A page behind the end leads back to the beginning.
        let behind = clerk.get(&format!("/tickets?priority=urgent&after={}", ids[0])).await;
        behind.shows("没有符合条件的工单");
        assert_eq!(rel(&behind, "prev"), None, "an empty list has no pages");
        clerk.get("/tickets").await.shows("99+");
    });
}

#[test]
fn filters_find_what_they_say_and_tell_what_they_ignore() {
    on_both(async |desk| {
        desk.install_all().await;
        let site = Site::new(desk);
        let mut clerk = site.person("王芳", "service-center", Role::Agent).await;
        let mut member = site.person("李强", "project", Role::Member).await;
        let mine = fault(&site.desk, &clerk.actor, "主轴报警", "紧急").await.to_string();
        site.desk.clock.set("2026-11-03T09:00:00+08:00");
        back(&site, &mut clerk).await;
        back(&site, &mut member).await;
        let open = question(&site.desk, &clerk.actor, None).await.to_string();
        let ended = question(&site.desk, &clerk.actor, Some("一年。")).await.to_string();
        let find = async |query: &str| listed(&clerk.get(&format!("/tickets?{query}")).await);
        let both = vec![open.clone(), mine.clone()];
        let all = vec![ended.clone(), open.clone(), mine.clone()];
        for (query, expected) in [
            ("", both.clone()),
            ("state=running", both.clone()),
            ("state=any", all.clone()),
            ("state=ended", vec![ended.clone()]),
            ("state=closed", vec![ended.clone()]),
            ("process=enterprise-support", vec![mine.clone()]),
            ("kind=%E6%8A%80%E6%9C%AF%E6%95%85%E9%9A%9C%E7%B1%BB", vec![mine.clone()]),
            ("kind=none", vec![open.clone()]),
            ("priority=urgent", vec![mine.clone()]),
            ("priority=low", vec![]),
            ("assignee=me&state=any", all.clone()),
            ("assignee=none", vec![]),
            ("owner=me", both.clone()),
            ("channel=mail", vec![]),
            ("from=2026-11-03", vec![open.clone()]),
            ("until=2026-11-02", vec![mine.clone()]),
            ("from=2026-11-02&until=2026-11-03&state=any", all.clone()),
            ("overdue=yes", vec![mine.clone()]),
        ] {
            assert_eq!(find(query).await, expected, "{query}");
        }
        // What means nothing is left out, and told; the rest still holds.
        let page = clerk
            .get("/tickets?priority=urgent&state=gone&from=2026-13-01&nonsense=1&after=x&department=nowhere")
            .await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(listed(&page), vec![mine.clone()]);
        page.shows("已忽略").shows("状态").shows("受理自").shows("nonsense").shows("处理部门");
        // A department's list holds its own matters only.
        let theirs = member.get("/tickets?state=any").await;
        assert!(listed(&theirs).is_empty());
        assert_eq!(member.get(&format!("/tickets/{open}")).await.status, StatusCode::NOT_FOUND);
        // A file with a condition left out would hold more than was asked for.
        let wrong = clerk.get("/tickets/export.csv?state=gone").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let csv = clerk.get("/tickets/export.csv?priority=urgent").await;
        assert_eq!(csv.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
        assert_eq!(
            csv.body.lines().filter(|line| line.starts_with("CS") || line.starts_with("\"CS")).count(),
            1,
            "{}",
            csv.body
        );
        let gbk = clerk.get("/tickets/export.csv?state=any&encoding=gbk").await;
        assert!(encoding_rs::GBK.decode(&gbk.bytes).0.contains("设备频繁报错"));
        assert!(clerk.get("/tickets/export.xlsx").await.bytes.starts_with(b"PK"));
    });
}

#[test]
fn a_view_is_saved_renamed_and_removed() {
    on_both(async |desk| {
        desk.install_all().await;
        let site = Site::new(desk);
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        let other = site.person("李强", "service-center", Role::Agent).await;
        let saved =
            clerk.post("/views", &[("name", "紧急报修"), ("query", "nonsense=1&priority=urgent&state=any")]).await;
        assert_eq!(saved.location(), "/tickets?state=any&priority=urgent");
        let page = clerk.follow(&saved).await;
        page.shows("视图已保存。").shows("紧急报修");
        let view = page.action("/views/view_");
        clerk.post("/views", &[("name", "第二"), ("query", "state=ended")]).await.location();
        let taken = clerk.post(&view, &[("name", "第二"), ("query", "priority=urgent&state=any")]).await;
        clerk.follow(&taken).await.shows("已有同名的项目。");
        let renamed = clerk.post(&view, &[("name", "急件"), ("query", "priority=urgent&state=any")]).await;
        clerk.follow(&renamed).await.shows("急件");
        let empty = clerk.post(&view, &[("name", " "), ("query", "")]).await;
        clerk.follow(&empty).await.shows("请填写此项。");
        assert!(!other.get("/tickets").await.has("急件"));
        assert_eq!(other.post(&format!("{view}/removal"), &[]).await.status, StatusCode::NOT_FOUND);
        let removed = clerk.post(&format!("{view}/removal"), &[]).await;
        assert!(!clerk.follow(&removed).await.shows("视图已删除。").has("急件"));
    });
}

#[test]
fn many_at_once_are_told_apart() {
    on_both(async |desk| {
        desk.install_all().await;
        let site = Site::new(desk);
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        let lead = site.person("陈主管", "service-center", Role::Supervisor).await;
        let open = question(&site.desk, &clerk.actor, None).await.to_string();
        let ended = question(&site.desk, &clerk.actor, Some("一年。")).await.to_string();
        let tick = [("ticket", open.as_str()), ("ticket", ended.as_str()), ("back", "/tickets?state=any")];
        let archived = lead.post("/tickets/archivals", &tick).await;
        assert_eq!(archived.location(), "/tickets?state=any");
        let page = lead.follow(&archived).await;
        page.shows("已归档 1 张工单。").shows("1 张未成").shows("工单尚未关闭，不能归档。").shows("ZX2026110001");
        let taken = lead
            .post("/tickets/assignments", &[("ticket", open.as_str()), ("to", "me"), ("back", "//evil.example")])
            .await;
        assert_eq!(taken.location(), "/");
        assert_eq!(listed(&lead.get("/tickets?assignee=me").await), [open]);
        let none = lead.post("/tickets/assignments", &[("back", "/tickets")]).await;
        lead.follow(&none).await.shows("没有勾选工单。");
    });
}

#[test]
fn search_marks_what_it_finds_and_jumps_to_numbers() {
    on_both(async |desk| {
        desk.install_all().await;
        let site = Site::new(desk);
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        let member = site.person("李强", "project", Role::Member).await;
        for n in 0..35 {
            fault(&site.desk, &clerk.actor, &format!("主轴报警 {n}"), "中").await;
        }
        let page = clerk.get("/search?q=報警").await;
        page.shows("<mark>报警</mark>").shows("value=\"報警\"");
        let next = rel(&page, "next").unwrap();
        let rest = clerk.get(&next).await;
        let hits = |page: &Page| page.body.matches("<li data-row>").count();
        assert_eq!((hits(&page), hits(&rest)), (30, 5));
        assert_eq!(rel(&rest, "next"), None);
        assert_eq!(hits(&clerk.get("/search?q=报警&in=answer").await), 0);
        assert!(clerk.get("/search?q=cs2026110007").await.location().starts_with("/tickets/tkt_"));
        clerk.get("/search?q=CS2026119999").await.shows("没有找到");
        clerk.get("/search?q=。。").await.shows("只有标点无法搜索");
        clerk.get("/search?q=%3Cb%3E").await.shows("&#60;b&#62;");
        // Nobody learns of another department's matters, by number or by word.
        member.get("/search?q=CS2026110007").await.shows("没有找到");
        assert_eq!(hits(&member.get("/search?q=报警").await), 0);
    });
}

#[test]
fn every_number_of_a_month_opens_into_as_many_tickets() {
    on_both(async |desk| {
        desk.install_all().await;
        let site = Site::new(desk);
        let mut clerk = site.person("王芳", "service-center", Role::Agent).await;
        let head = site.person("刘洋", "project", Role::Head).await;
        let (desk, agent) = (&site.desk, &clerk.actor.clone());
        // October's last second and December's first belong to other months.
        for (at, priority) in [
            ("2026-10-31T23:59:59+08:00", "低"),
            ("2026-12-01T00:00:00+08:00", "低"),
            ("2026-11-30T23:59:59+08:00", "高"),
            ("2026-11-02T09:00:00+08:00", "紧急"),
            ("2026-11-02T09:30:00+08:00", "中"),
        ] {
            desk.clock.set(at);
            fault(desk, agent, "主轴报警", priority).await;
        }
        desk.clock.set("2026-11-04T09:00:00+08:00");
        question(desk, agent, Some("一年。")).await;
        let asked = question(desk, agent, None).await;
        let inquiry = form! { "inquiry.department" => "项目部", "inquiry.question" => "几年?" };
        desk.complete(agent, asked, "inquire", inquiry).await.unwrap();
        let sheet = desk.ticket(agent, asked).await.unwrap().sheets[0].id;
        desk.receive_sheet(&desk.ctx(), &head.actor, sheet).await.unwrap();
        desk.clock.hours(2);
        desk.answer_sheet(&desk.ctx(), &head.actor, sheet, "三年", None).await.unwrap();
        desk.clock.set("2026-12-02T09:00:00+08:00");
        back(&site, &mut clerk).await;

        let page = clerk.get("/figures/2026-11").await;
        // Five received, one of them ended: one fifth.
        page.shows("2026年11月")
            .shows("20.0%")
            .shows("100.0% (1 / 1)")
            .shows("月度服务报告")
            .shows("2 小时")
            .shows("未分类");
        assert_eq!(page.body.split("figure-value\" href=\"").nth(1).unwrap().split('>').nth(1).unwrap(), "5</a");
        let mut numbers = 0;
        for link in page.body.split("<a ").skip(1).filter(|link| link.contains("href=\"/tickets?")) {
            let href = plain(link.split("href=\"").nth(1).unwrap().split('"').next().unwrap());
            let inside = link.split_once('>').unwrap().1.split("</a>").next().unwrap();
            let Ok(count) = inside.rsplit('>').next().unwrap().parse::<usize>() else { continue };
            let list = clerk.get(&href).await;
            assert!(!list.has("已忽略"), "{href}");
            assert_eq!(listed(&list).len(), count, "{href}");
            numbers += 1;
        }
        assert_eq!(numbers, 25, "every number of this month");
        assert_eq!(rel(&page, "next").as_deref(), Some("/figures/2026-12"));
        assert_eq!(rel(&page, "prev").as_deref(), Some("/figures/2026-10"));
        let first = clerk.get("/figures/2026-10").await;
        assert_eq!(rel(&first, "prev"), None);
        assert_eq!(clerk.get("/figures").await.location(), "/figures/2026-12");
        assert_eq!(clerk.get("/figures/2026-13").await.status, StatusCode::NOT_FOUND);
        let export = plain(&page.link("/tickets/export.xlsx"));
        assert_eq!(clerk.get(&export).await.status, StatusCode::OK);
    });
}
