//! 时限政策: looked at by the desk, changed by its leads in two steps, refused with every word still there, counted again after.

use axum::http::StatusCode;
use yingda_core::Role;
use yingda_testkit::desk;

use crate::clocks::urgent;
use crate::site::Site;

const UNPROCESSABLE: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const PAGE: &str = "/policies/enterprise-support";
const AMOUNT: &str = "clock.solution.other.urgent.amount";
const UNIT: &str = "clock.solution.other.urgent.unit";

async fn site(desk: yingda_testkit::Desk) -> Site {
    desk.install("S03-enterprise-support").await;
    Site::new(desk)
}

#[test]
fn everybody_at_the_desk_looks_and_its_leads_change() {
    desk::on_both(async |desk| {
        let site = site(desk).await;
        let agent = site.person("专员", "service-center", Role::Agent).await;
        let member = site.person("成员", "project", Role::Member).await;
        let lead = site.person("主管", "service-center", Role::Supervisor).await;
        agent.get("/policies").await.shows("企业客户服务支持").shows("原件规定").shows("未修改");
        let page = agent.get(PAGE).await;
        page.shows("解决").shows("2 个工作日").shows("从受理或重新处理到已解决").shows("只有主管");
        page.shows("告知客户后重新起算").shows("还没有修改过");
        assert!(!page.has("name=\"reason\"") && !page.has("⟦"));
        lead.get(PAGE).await.shows(&format!("name=\"{AMOUNT}\"")).shows("placeholder=\"2\"").shows("工作日（文件）");
        for path in ["/policies", PAGE] {
            assert_eq!(member.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        assert_eq!(agent.get("/policies/nowhere").await.status, StatusCode::NOT_FOUND);
        let fields = [(AMOUNT, "1"), ("reason", "试"), ("version", "0"), ("do", "confirm")];
        assert_eq!(agent.post(PAGE, &fields).await.status, StatusCode::FORBIDDEN);
        assert_eq!(lead.post_bare(PAGE, &fields).await.status, StatusCode::FORBIDDEN, "without the token");
        assert_eq!(lead.post("/policies/nowhere", &fields).await.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn a_change_is_looked_at_then_made_then_counted_again() {
    desk::on_both(async |desk| {
        let site = site(desk).await;
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        let lead = site.person("主管", "service-center", Role::Supervisor).await;
        let ticket = urgent(&site, &clerk).await;
        let fields = [(AMOUNT, "1"), (UNIT, ""), ("reason", "与总部协议一致"), ("version", "0")];
        let look = lead.post(PAGE, &fields).await;
        assert_eq!(look.status, StatusCode::OK);
        look.shows("还没有保存").shows("会移动 1 项进行中的时限").shows("一号线报错").shows("原因：与总部协议一致");
        look.shows("解决 · 紧急：2 个工作日 → 1 个工作日");
        assert_eq!(look.hidden(AMOUNT), "1");
        lead.get(PAGE).await.shows("还没有修改过");
        // Back to the table, with what was typed.
        let again = lead.post(PAGE, &[&fields[..], &[("do", "edit")]].concat()).await;
        again
            .shows("value=\"与总部协议一致\"")
            .shows(&format!("name=\"{AMOUNT}\" type=\"text\" inputmode=\"numeric\" value=\"1\""));
        let confirm = [&fields[..], &[("do", "confirm")]].concat();
        let done = lead.post(PAGE, &confirm).await;
        assert_eq!(done.location(), PAGE);
        let page = lead.follow(&done).await;
        page.shows("时限政策已保存").shows("第 1 版").shows("与总部协议一致").shows("文件：2 个工作日");
        page.shows("data-poll=\"3\"").shows("正在重新计算");
        assert_eq!(lead.post(PAGE, &confirm).await.status, StatusCode::SEE_OTHER, "a second click");
        assert!(!lead.get(PAGE).await.has("第 2 版"));
        site.desk.run_jobs().await;
        let page = lead.get(PAGE).await;
        page.shows("最近一次重新计算已完成");
        assert!(!page.has("data-poll"));
        clerk.get(&ticket).await.shows("1 个工作日");
        lead.get("/policies").await.shows("主管");

        // No limit against the file's, and an own calendar.
        let version = page.hidden("version");
        let none = [
            (UNIT, "none"),
            ("clock.solution.calendar", "always"),
            ("reason", "不再考核"),
            ("version", version.as_str()),
            ("do", "confirm"),
        ];
        let page = lead.follow(&lead.post(PAGE, &none).await).await;
        page.shows("第 2 版").shows("解决 · 紧急：1 个工作日 → 不设时限").shows("解决 · 日历：办公时间 → 全天候");
        page.shows("<option value=\"none\" selected>");
        site.desk.run_jobs().await;
        // Somebody who read the version before keeps what they typed beside what stands there now.
        let late = lead.post(PAGE, &[(AMOUNT, "3"), ("reason", "晚了一步"), ("version", version.as_str())]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        late.shows("他人已先保存了修改").shows("value=\"晚了一步\"").shows("不设时限");
    });
}

#[test]
fn every_bad_word_has_a_sentence_beside_it() {
    desk::on_both(async |desk| {
        let site = site(desk).await;
        let lead = site.person("主管", "service-center", Role::Supervisor).await;
        for (amount, unit, sentence) in [
            ("0", "", "时限至少为 1"),
            ("一", "", "请填整数"),
            ("1.5", "working_days", "请填整数"),
            ("99999999999", "working_days", "太长了，最多 3650"),
            ("3651", "working_days", "太长了，最多 3650"),
            ("", "hours", "请填写多长"),
            ("2", "none", "选了“不设时限”"),
            ("2", "moons", "请从列出的选项中选择"),
        ] {
            for step in ["", "confirm"] {
                let fields = [(AMOUNT, amount), (UNIT, unit), ("reason", "试一试"), ("version", "0"), ("do", step)];
                let page = lead.post(PAGE, &fields).await;
                assert_eq!(page.status, UNPROCESSABLE, "{amount} {unit}");
                page.shows(sentence).shows("value=\"试一试\"").shows("aria-invalid=\"true\"");
                assert!(amount.is_empty() || page.has(&format!("value=\"{amount}\"")), "{amount} is kept");
            }
        }
        let moon = [("clock.solution.calendar", "moon"), (AMOUNT, "1"), ("reason", "试"), ("version", "0")];
        let page = lead.post(PAGE, &moon).await;
        assert_eq!(page.status, UNPROCESSABLE);
        page.shows("没有这个日历");
        let page = lead.post(PAGE, &[(AMOUNT, "1"), ("reason", " "), ("version", "0")]).await;
        assert_eq!(page.status, UNPROCESSABLE);
        page.shows("请填写此项。");
        let page = lead.post(PAGE, &[(AMOUNT, "2"), ("reason", "试"), ("version", "0")]).await;
        assert_eq!(page.status, UNPROCESSABLE);
        page.shows("没有任何变化");
    });
}
