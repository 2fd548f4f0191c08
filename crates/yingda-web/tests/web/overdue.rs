//! Who answers for limits, at the front door: no closing without an account, more time, urging, the first receiver's place.

use axum::http::StatusCode;
use yingda_core::{Role, TicketId};
use yingda_testkit::{Desk, desk, form};

use crate::matters::complete;
use crate::site::{Browser, Site};

const REPAIR: &str = "
process: repair
name: 维修
channels: [phone, mail]
number: { prefix: BX }
departments: { shop: 维修部 }
lanes:
  desk: { name: 客服, role: agent }
  shop: { name: 维修部, department: shop }
forms:
  call:
    title: 来电
    fields:
      subject: { label: 主题, type: text, required: true, fills: subject }
      priority: { label: 优先级, type: choice, required: true, options: [紧急, 高, 中, 低], fills: priority }
  work:
    title: 维修
    fields:
      result: { label: 结果, type: text, required: true }
  closing:
    title: 关闭
    fields:
      note: { label: 回访记录, type: text, multiline: true, required: true }
start: call
intake: [call]
steps:
  call: { task: 来电, lane: desk, form: call, next: repair }
  repair:
    task: 上门维修
    lane: shop
    form: work
    next: close
    marks: [responded, solved]
    limit: { working_hours: 4 }
  close: { task: 回访关闭, lane: desk, form: closing, next: closed }
  closed: { end: 已解决, outcome: resolved, event_record: true, marks: [confirmed] }
";

async fn site(desk: Desk) -> Site {
    desk.install_text(REPAIR, "repair").await;
    Site::new(desk)
}

async fn matter(site: &Site, clerk: &Browser<'_>) -> TicketId {
    let call = form! { "call.subject" => "洗衣机不转", "call.priority" => "中" };
    site.desk.receive(&clerk.actor, "repair", "phone", call).await.unwrap().id
}

#[test]
fn a_breached_ticket_is_closed_only_with_an_account_and_nothing_typed_is_lost() {
    desk::on_both(async |desk| {
        let site = site(desk).await;
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        let lead = site.person("陈主管", "service-center", Role::Supervisor).await;
        let member = site.person("李强", "shop", Role::Member).await;
        let head = site.person("周敏", "shop", Role::Head).await;
        let stranger = site.person("吴刚", "elsewhere", Role::Member).await;
        let id = matter(&site, &clerk).await;
        let home = format!("/tickets/{id}");
        site.desk.clock.set("2026-11-02T15:00:00+08:00");
        site.desk.complete(&member.actor, id, "repair", form! { "work.result" => "换了电机" }).await.unwrap();

        let refused = complete(&clerk, &clerk.get(&home).await, &[("closing.note", "客户很满意，愿意再来")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows("客户很满意，愿意再来").shows("才能关闭或归档：上门维修").shows("href=\"#overdue\"");
        assert!(!refused.has("⟦"));

        let page = member.get(&home).await;
        page.shows("待填写").shows("填写超时说明");
        let (action, key) = (page.action("/statements/"), page.hidden("key"));
        assert_eq!(member.post_bare(&action, &[("cause", "parts")]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(stranger.post(&action, &[("cause", "parts")]).await.status, StatusCode::NOT_FOUND);
        let half = member.post(&action, &[("cause", "parts"), ("account", "电机缺货三天"), ("key", &key)]).await;
        assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
        half.shows("电机缺货三天").shows("请填写此项。");
        let whole =
            [("cause", "parts"), ("account", "电机缺货三天"), ("improvement", "常备电机"), ("key", key.as_str())];
        let sent = member.post(&action, &whole).await;
        member.follow(&sent).await.shows("超时说明已提交").shows("待审核").shows("电机缺货三天");
        assert_eq!(member.post(&action, &whole).await.status, StatusCode::SEE_OTHER, "a double click writes once");

        // Leads review, and nobody else does.
        clerk.get("/overdue").await.shows("没有要写的超时说明");
        assert_eq!(clerk.get("/overdue/statements").await.status, StatusCode::FORBIDDEN);
        let list = lead.get("/overdue/statements").await;
        list.shows("上门维修").shows("洗衣机不转").shows("维修部");
        let item = list.link("/statements/");
        assert_eq!(stranger.get(&item).await.status, StatusCode::NOT_FOUND);
        assert!(!head.get(&item).await.has("/review\""), "not offered to a head");
        let review = format!("{item}/review");
        let no = head.post(&review, &[("verdict", "accepted")]).await;
        assert_eq!(no.status, StatusCode::FORBIDDEN);
        let page = lead.get(&item).await;
        page.shows("常备电机").shows("备件或物流");
        let silent =
            lead.post(&review, &[("verdict", "returned"), ("note", ""), ("version", &page.hidden("version"))]).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        let stale = lead.post(&review, &[("verdict", "returned"), ("note", "太简单"), ("version", "1")]).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        stale.shows("太简单");
        let returned = lead.post(&review, &[("verdict", "returned"), ("note", "哪天到货？")]).await;
        lead.follow(&returned).await.shows("已退回");
        member.get("/overdue").await.shows("已退回").shows("填写超时说明");
        let page = member.get(&item).await;
        page.shows("哪天到货？").shows("电机缺货三天");
        let again = [("cause", "parts"), ("account", "电机十一月五日到货"), ("improvement", "常备电机")];
        let again = member.post(&item, &[&again[..], &[("version", &page.hidden("version"))]].concat()).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER);
        let accepted = lead.post(&review, &[("verdict", "accepted")]).await;
        lead.follow(&accepted).await.shows("已认可");
        lead.get(&item).await.shows("第 2 次提交").shows("第 1 次提交").shows("电机缺货三天");
        lead.get("/overdue/statements?state=accepted&month=2026-11").await.shows("上门维修");
        lead.get("/overdue/statements?state=accepted&month=2026-10").await.shows("没有符合条件的超时说明");
        lead.get("/overdue/statements?state=lost").await.shows("筛选条件有误");

        let closed = complete(&clerk, &clerk.get(&home).await, &[("closing.note", "客户很满意")]).await;
        assert_eq!(closed.location(), home);
        clerk.get(&format!("{home}?tab=history")).await.shows("认可了“上门维修”的超时说明");
    });
}

#[test]
fn more_time_is_asked_for_and_decided() {
    desk::on_both(async |desk| {
        let site = site(desk).await;
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        let lead = site.person("陈主管", "service-center", Role::Supervisor).await;
        let member = site.person("李强", "shop", Role::Member).await;
        let id = matter(&site, &clerk).await;
        let home = format!("/tickets/{id}");
        let page = member.get(&home).await;
        page.shows("申请延期");
        let offered = site.desk.ticket_answers(&site.desk.ctx(), &member.actor, id).await.unwrap().extendable;
        let clock = offered[0].clock.to_string();
        let action = page.action("/extensions");
        let ask = async |amount: &str| {
            let fields =
                [("clock", clock.as_str()), ("amount", amount), ("unit", "working_hours"), ("reason", "等电机")];
            member.post(&action, &fields).await
        };
        let odd = ask("两").await;
        assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
        odd.shows("等电机").shows("请填写数字。");
        let asked = ask("2").await;
        member.follow(&asked).await.shows("延期申请已提交").shows("待审批").shows("延长 2 工作小时");
        let twice = ask("3").await;
        assert_eq!(twice.status, StatusCode::CONFLICT);
        let list = lead.get("/overdue/requests").await;
        let item = list.shows("等电机").link("/extensions/");
        assert!(!member.get(&item).await.has("/decision\""), "the asker does not decide");
        let decision = format!("{item}/decision");
        assert_eq!(member.post(&decision, &[("decision", "grant")]).await.status, StatusCode::FORBIDDEN);
        let much = lead.post(&decision, &[("decision", "grant"), ("granted", "9"), ("note", "加紧")]).await;
        assert_eq!(much.status, StatusCode::UNPROCESSABLE_ENTITY);
        much.shows("加紧").shows("1 到 2 之间");
        let granted = lead.post(&decision, &[("decision", "grant"), ("granted", "1")]).await;
        lead.follow(&granted).await.shows("已批准延期");
        member.get(&item).await.shows("1 工作小时").shows("已批准");
        clerk.get(&format!("{home}?tab=history")).await.shows("批准“上门维修”延长 1 工作小时");
        member.get("/notices").await.shows("延期已批准");
    });
}

#[test]
fn urging_is_counted_where_the_ticket_is_seen() {
    desk::on_both(async |desk| {
        let site = site(desk).await;
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        let head = site.person("周敏", "shop", Role::Head).await;
        let id = matter(&site, &clerk).await;
        let home = format!("/tickets/{id}");
        let action = clerk.get(&home).await.action("/urges");
        let urge = async |words: &str| {
            clerk.post(&action, &[("source", "customer"), ("channel", "phone"), ("words", words)]).await
        };
        assert_eq!(urge("").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let done = urge("今天能来吗？").await;
        clerk.follow(&done).await.shows("已催单").shows("催单 1 次").shows("今天能来吗？");
        clerk.get("/tickets").await.shows("催单 1 次");
        head.get("/notices").await.shows("今天能来吗？");
        let soon = urge("又打来了").await;
        assert_eq!(soon.status, StatusCode::TOO_MANY_REQUESTS);
        soon.shows("又打来了").shows("您刚催过这张工单");
    });
}

#[test]
fn the_first_receiver_hands_over_by_consent() {
    desk::on_both(async |desk| {
        let site = site(desk).await;
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        let other = site.person("赵敏", "service-center", Role::Agent).await;
        let member = site.person("李强", "shop", Role::Member).await;
        let (first, second) = (matter(&site, &clerk).await, matter(&site, &clerk).await);
        let home = format!("/tickets/{first}");
        assert!(!member.get(&home).await.has("/owner-offers\""), "not a department's to offer");
        let to = other.actor.person.to_string();
        let action = clerk.get(&home).await.action("/owner-offers");
        let silent = clerk.post(&action, &[("to", &to), ("reason", " ")]).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        let offered = clerk.post(&action, &[("to", &to), ("reason", "休年假")]).await;
        clerk.follow(&offered).await.shows("等待答复").shows("王芳 → 赵敏");
        let item = other.get("/overdue").await.shows("休年假").link("/owner-offers/");
        let answer = format!("{item}/answer");
        assert_eq!(clerk.post(&answer, &[("answer", "accept")]).await.status, StatusCode::FORBIDDEN);
        let silent = other.post(&answer, &[("answer", "decline"), ("note", "")]).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        let agreed = other.post(&answer, &[("answer", "accept"), ("note", "好的")]).await;
        other.follow(&agreed).await.shows("您已成为这张工单的首接负责人").shows("首接负责人由王芳变更为赵敏");

        // All the rest at once, ticket by ticket.
        let page = clerk.get("/overdue").await;
        page.shows("我负责的 1 张进行中的工单");
        let mine = clerk.actor.person.to_string();
        let fields = [("from", mine.as_str()), ("to", to.as_str()), ("reason", "休年假")];
        let all = clerk.post("/overdue/owner-offers", &fields).await;
        assert_eq!(all.status, StatusCode::OK);
        let number = site.desk.ticket(&clerk.actor, second).await.unwrap().held.ticket.number;
        all.shows("逐张结果").shows(&number).shows("1 张工单中，1 张已请对方接手");
        let bad = clerk.post("/overdue/owner-offers", &[("from", &mine), ("to", ""), ("reason", "休年假")]).await;
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
        bad.shows("休年假");
    });
}
