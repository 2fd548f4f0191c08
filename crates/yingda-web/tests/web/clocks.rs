//! 时限 on a ticket at the front door: how it stands, paused and going on, a limit of its own, and the account line by line.

use axum::http::StatusCode;
use yingda_core::Role;
use yingda_testkit::{desk, form};

use crate::site::{Browser, Page, Site};

const UNPROCESSABLE: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

async fn site(desk: yingda_testkit::Desk) -> Site {
    desk.install("S03-enterprise-support").await;
    Site::new(desk)
}

/// A 紧急 matter that has just come in: its page.
pub async fn urgent(site: &Site, clerk: &Browser<'_>) -> String {
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

/// The version that the page's forms carry.
fn version(page: &Page) -> String {
    page.hidden("version")
}

/// The id of the clock with this label, from the choice of the form.
fn clock(page: &Page, label: &str) -> String {
    let end = format!("\">{label}</option>");
    let at = page.body.find(&end).unwrap_or_else(|| panic!("no clock {label}:\n{}", page.body));
    page.body[..at].rsplit('"').next().unwrap().to_owned()
}

#[test]
fn a_ticket_shows_its_clocks_and_how_each_is_counted() {
    desk::on_both(async |desk| {
        let site = site(desk).await;
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        let stranger = site.person("孙工", "sales", Role::Member).await;
        let ticket = urgent(&site, &clerk).await;
        let page = clerk.get(&ticket).await;
        page.shows("id=\"ticket-clocks\"").shows("解决").shows("2 个工作日").shows("办公时间").shows("怎么算的");
        page.shows("class=\"clock-bar\"").shows("暂停计时").shows("设定本单时限").shows("data-due=");
        assert!(!page.has("⟦") && !page.has(">继续计时<"), "nothing is paused");
        let account = page.link(&format!("{ticket}/clocks/"));
        let alone = clerk.get(&account).await;
        alone.shows("怎么算的").shows("<ol class=\"account\"><li>").shows("计时经过").shows("没有暂停过");
        assert!(!alone.has("⟦"));
        // Whoever may not see the ticket does not learn that the clock is there.
        assert_eq!(stranger.get(&account).await.status, StatusCode::NOT_FOUND);
        for wrong in
            [format!("{ticket}/clocks/x"), format!("{ticket}/clocks/clk_0"), "/tickets/x/clocks/clk_0".to_owned()]
        {
            assert_eq!(clerk.get(&wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
        }
        let now = clerk.get("/fragments/now").await;
        assert_eq!(now.body, site.desk.ctx().now.as_millisecond().to_string(), "what countdowns ask");
    });
}

#[test]
fn a_pause_needs_its_reason_and_is_one_however_often_it_is_sent() {
    desk::on_both(async |desk| {
        let site = site(desk).await;
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        let stranger = site.person("孙工", "sales", Role::Member).await;
        let ticket = urgent(&site, &clerk).await;
        let (pause, resume) = (format!("{ticket}/pause"), format!("{ticket}/resumption"));
        let seen = version(&clerk.get(&ticket).await);
        let version_of = |version: &str| version.to_owned();
        let with = |reason: &'static str, note: &'static str, version: String| {
            [("reason", reason.to_owned()), ("note", note.to_owned()), ("version", version)]
        };
        let send = async |who: &Browser<'_>, path: &str, fields: &[(&str, String)]| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            who.post(path, &fields).await
        };
        // Nothing typed is lost, and every field says for itself what is wrong.
        let empty = send(&clerk, &pause, &with("", "等客户补发设备编号", version_of(&seen))).await;
        assert_eq!(empty.status, UNPROCESSABLE);
        empty.shows("请填写此项。").shows("value=\"等客户补发设备编号\"");
        let other = send(&clerk, &pause, &with("lunch", "午休", version_of(&seen))).await;
        assert_eq!(other.status, UNPROCESSABLE);
        other.shows("请从列出的选项中选择").shows("value=\"午休\"");
        assert_eq!(
            clerk.post_bare(&pause, &[("reason", "waiting_customer"), ("note", "x")]).await.status,
            StatusCode::FORBIDDEN
        );
        let foreign = send(&stranger, &pause, &with("waiting_customer", "x", version_of(&seen))).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND);

        let asked = with("waiting_customer", "等客户补发设备编号", version_of(&seen));
        let done = send(&clerk, &pause, &asked).await;
        let page = clerk.follow(&done).await;
        page.shows("计时已暂停。").shows("等待客户补充信息：等客户补发设备编号").shows(">继续计时<").shows("已暂停");
        page.shows("暂停计时（等待客户补充信息）");
        assert_eq!(send(&clerk, &pause, &asked).await.status, StatusCode::SEE_OTHER, "a second click");
        // Somebody who was slower keeps what they typed, and reads what has happened.
        let late = send(&clerk, &pause, &with("customer_postponed", "下周再约", version_of(&seen))).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        late.shows("value=\"下周再约\"").shows("他人已更新");

        let fields = [("note", "编号收到".to_owned()), ("version", version(&page))];
        let gone_on = send(&clerk, &resume, &fields).await;
        clerk.follow(&gone_on).await.shows("计时已继续。").shows("编号收到");
        assert_eq!(send(&clerk, &resume, &fields).await.status, StatusCode::SEE_OTHER, "a second click");
        let end = page.body.find("\">解决</a>").unwrap();
        let account = page.body[..end].rsplit('"').next().unwrap();
        clerk.get(account).await.shows("等客户补发设备编号").shows("暂停");
    });
}

#[test]
fn a_limit_of_its_own_says_who_set_it_and_why() {
    desk::on_both(async |desk| {
        let site = site(desk).await;
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        let other = site.person("赵敏", "service-center", Role::Agent).await;
        let ticket = urgent(&site, &clerk).await;
        let path = format!("{ticket}/limit");
        let page = clerk.get(&ticket).await;
        let (seen, solution) = (version(&page), clock(&page, "解决"));
        assert!(!other.get(&ticket).await.has("设定本单时限"), "for the first receiver and those who lead");
        let base = |how: &str, amount: &str, unit: &str, until: &str, reason: &str| {
            [
                ("clock", solution.clone()),
                ("how", how.to_owned()),
                ("amount", amount.to_owned()),
                ("unit", unit.to_owned()),
                ("until", until.to_owned()),
                ("reason", reason.to_owned()),
                ("version", seen.clone()),
            ]
        };
        let send = async |who: &Browser<'_>, fields: &[(&str, String)]| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            who.post(&path, &fields).await
        };
        for (amount, unit, until, how, sentence) in [
            ("0", "working_hours", "", "amount", "时限至少为 1"),
            ("两", "working_hours", "", "amount", "请填整数"),
            ("-1", "working_hours", "", "amount", "请填整数"),
            ("10001", "working_hours", "", "amount", "太长了，最多 10000"),
            ("4", "", "", "amount", "请填写此项。"),
            ("4", "fortnights", "", "amount", "请填写此项。"),
            ("", "days", "", "amount", "请填写此项。"),
            ("", "", "2026-13-01 09:00", "until", "时间不正确"),
            ("", "", "2026-11-01 09:00", "until", "早于计时开始"),
            ("", "", "", "until", "请填写此项。"),
            ("4", "days", "", "", "请填写此项。"),
        ] {
            let back = send(&clerk, &base(how, amount, unit, until, "客户要求今天答复")).await;
            assert_eq!(back.status, UNPROCESSABLE, "{how} {amount} {unit} {until}");
            back.shows(sentence).shows("value=\"客户要求今天答复\"");
            assert!(amount.is_empty() || back.has(&format!("value=\"{amount}\"")), "{amount} is kept");
        }
        let without = send(&clerk, &base("amount", "4", "working_hours", "", " ")).await;
        assert_eq!(without.status, UNPROCESSABLE);
        assert_eq!(send(&other, &base("amount", "4", "working_hours", "", "x")).await.status, StatusCode::FORBIDDEN);
        let asked = base("amount", "4", "working_hours", "", "客户要求今天答复");
        let done = send(&clerk, &asked).await;
        let page = clerk.follow(&done).await;
        page.shows("本单时限已设定").shows("本单时限</strong> 客户要求今天答复").shows("4 工作小时").shows("14:30");
        assert_eq!(send(&clerk, &asked).await.status, StatusCode::SEE_OTHER, "a second click");
        let mut usual = base("usual", "", "", "", "客户不急了");
        usual[6].1 = version(&page);
        let page = clerk.follow(&send(&clerk, &usual).await).await;
        page.shows("2 个工作日");
        assert!(!page.has("本单时限</strong>"));
    });
}
