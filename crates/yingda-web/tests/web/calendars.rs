//! The calendars: looked at by the desk, changed by its leads in two steps, refused with every word still there.

use axum::http::StatusCode;
use yingda_core::Role;
use yingda_testkit::desk::on_both;

use crate::site::Site;

const UNPROCESSABLE: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// The office's rules as the form sends them.
fn rules<'a>(friday: &'a str, version: &'a str, reason: &'a str) -> Vec<(&'a str, &'a str)> {
    let day = "09:00-12:00 13:30-18:00";
    vec![
        ("name", "办公时间"),
        ("time_zone", "Asia/Shanghai"),
        ("statutory", "cn"),
        ("hours.mon", day),
        ("hours.tue", day),
        ("hours.wed", day),
        ("hours.thu", day),
        ("hours.fri", friday),
        ("hours.sat", ""),
        ("hours.sun", ""),
        ("workday_hours", ""),
        ("reason", reason),
        ("version", version),
        ("year", "2026"),
    ]
}

fn and<'a>(mut fields: Vec<(&'a str, &'a str)>, more: (&'a str, &'a str)) -> Vec<(&'a str, &'a str)> {
    fields.push(more);
    fields
}

#[test]
fn a_year_at_a_glance_for_everybody_at_the_desk() {
    on_both(async |desk| {
        let site = Site::new(desk);
        let agent = site.person("专员", "service-center", Role::Agent).await;
        let member = site.person("成员", "project", Role::Member).await;
        agent
            .get("/calendars")
            .await
            .shows("办公时间")
            .shows("全天候")
            .shows("2018–2026 年")
            .shows("缺 2027 年节假日表");
        let year = agent.get("/calendars/office?year=2026").await;
        year.shows("2月14日 星期六 · 法定调休上班：春节 · 09:00–12:00 13:30–18:00");
        year.shows("法定节假日：国庆节").shows("1月4日 星期日").shows("href=\"/calendars/office?year=2027\"");
        assert!(!year.has("修改规则") && !year.has("id=\"table\"") && !year.has("⟦"));
        // A day opens without scripts; an agent reads it and has no form.
        let day = agent.get("/calendars/office?day=2026-02-16").await;
        day.shows("2026年2月16日 星期一").shows("法定节假日：春节").shows("aria-current=\"true\"");
        assert!(!day.has("calendars/office/days"));
        agent.get("/calendars/office?year=2027").await.shows("2027 年的法定节假日表尚未录入");
        for path in
            ["/calendars/nowhere", "/calendars/office?year=x", "/calendars/office?year=2900", "/calendars/office?day=x"]
        {
            assert_eq!(agent.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        for path in ["/calendars", "/calendars/office", "/calendars/office/file"] {
            assert_eq!(member.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        assert_eq!(agent.get("/calendars/new").await.status, StatusCode::FORBIDDEN);
        let sent = agent.post("/calendars/office/rules", &rules("", "0", "试")).await;
        assert_eq!(sent.status, StatusCode::FORBIDDEN);
        let lead = site.person("主管", "service-center", Role::Supervisor).await;
        let bare = lead.post_bare("/calendars/office/rules", &rules("", "0", "试")).await;
        assert_eq!(bare.status, StatusCode::FORBIDDEN, "without the token");
        let fixed = lead.post("/calendars/always/rules", &rules("", "0", "试")).await;
        assert_eq!(fixed.status, StatusCode::FORBIDDEN, "around the clock is fixed");
    });
}

#[test]
fn rules_change_in_two_steps() {
    on_both(async |desk| {
        let site = Site::new(desk);
        let lead = site.person("主管", "service-center", Role::Supervisor).await;
        let short = "9:00-12:00,13:30~17:00";
        let look = lead.post("/calendars/office/rules", &rules(short, "0", "冬季作息")).await;
        assert_eq!(look.status, StatusCode::OK);
        look.shows("确认日历变更")
            .shows("09:00-12:00 13:30-17:00")
            .shows("原因：冬季作息")
            .shows("没有进行中的时限受影响");
        assert_eq!(look.hidden("hours.fri"), short);
        assert_eq!(site.desk.calendar("office").file().overrides.len(), 0);
        lead.get("/calendars/office").await.shows("还没有改动过");
        // Back to the form, with what was typed.
        let again = lead.post("/calendars/office/rules", &and(rules(short, "0", "冬季作息"), ("do", "edit"))).await;
        again.shows(short).shows("冬季作息").shows("<details class=\"fold quiet\" id=\"edit\" open>");
        let confirm = and(rules(short, "0", "冬季作息"), ("do", "confirm"));
        let done = lead.post("/calendars/office/rules", &confirm).await;
        assert_eq!(done.location(), "/calendars/office?year=2026");
        lead.follow(&done).await.shows("日历已保存").shows("冬季作息").shows("第 1 版");
        // A second click on the same button is the same change.
        assert_eq!(lead.post("/calendars/office/rules", &confirm).await.status, StatusCode::SEE_OTHER);
        assert_eq!(site.desk.calendar_names()[0].1, "", "it keeps the name that it has in each language");
        site.desk.run_jobs().await;
    });
}

#[test]
fn every_wrong_word_comes_back_beside_its_sentence() {
    on_both(async |desk| {
        let site = Site::new(desk);
        let lead = site.person("主管", "service-center", Role::Supervisor).await;
        for (friday, sentence) in [
            ("09:00-12:00 11:00-18:00", "时段 09:00–12:00 与 11:00–18:00 重叠"),
            ("09:00-09:00", "09:00–09:00 没有长度"),
            ("09:00-25:00", "“25:00”不是 00:00 到 24:00 之间的时间"),
            ("上午", "“上午”不是一个时段"),
        ] {
            for step in ["", "confirm"] {
                let sent = and(rules(friday, "0", "试一试"), ("do", step));
                let page = lead.post("/calendars/office/rules", &sent).await;
                assert_eq!(page.status, UNPROCESSABLE);
                page.shows(sentence).shows(&format!("value=\"{friday}\"")).shows("value=\"试一试\"");
            }
        }
        let mut zone = rules("", "0", "试");
        zone[1] = ("time_zone", "Mars/Olympus");
        lead.post("/calendars/office/rules", &zone).await.shows("没有“Mars/Olympus”这个时区");
        let mut none = rules("", "0", "试");
        none.iter_mut().filter(|(name, _)| name.starts_with("hours.")).for_each(|(_, value)| *value = "");
        lead.post("/calendars/office/rules", &none).await.shows("没有一分钟的工作时间");
        // Without a reason, and without a change.
        let page = lead.post("/calendars/office/rules", &rules("09:00-12:00", "0", " ")).await;
        assert_eq!(page.status, UNPROCESSABLE);
        page.shows("请填写此项。").shows("value=\"09:00-12:00\"");
        let same = lead.post("/calendars/office/rules", &rules("09:00-12:00 13:30-18:00", "0", "试")).await;
        assert_eq!(same.status, UNPROCESSABLE);
        same.shows("没有任何变化");
    });
}

#[test]
fn nobody_overwrites_what_they_have_not_seen() {
    on_both(async |desk| {
        let site = Site::new(desk);
        let lead = site.person("主管", "service-center", Role::Supervisor).await;
        let manager = site.person("经理", "service-center", Role::Manager).await;
        let first = and(rules("09:00-17:00", "0", "先"), ("do", "confirm"));
        assert_eq!(lead.post("/calendars/office/rules", &first).await.status, StatusCode::SEE_OTHER);
        for step in ["", "confirm"] {
            let page =
                manager.post("/calendars/office/rules", &and(rules("10:00-16:00", "0", "后"), ("do", step))).await;
            assert_eq!(page.status, StatusCode::CONFLICT);
            page.shows("09:00-17:00").shows("10:00-16:00").shows("value=\"后\"");
            assert_eq!(page.hidden("version"), "1");
        }
        // Looked at again, it goes.
        let second = and(rules("10:00-16:00", "1", "后"), ("do", "confirm"));
        assert_eq!(manager.post("/calendars/office/rules", &second).await.status, StatusCode::SEE_OTHER);
        site.desk.run_jobs().await;
    });
}

#[test]
fn a_day_is_set_by_clicking_it() {
    on_both(async |desk| {
        let site = Site::new(desk);
        let lead = site.person("主管", "service-center", Role::Supervisor).await;
        let day = lead.get("/calendars/office?day=2026-12-31").await;
        day.shows("这一天改为").shows("action=\"/calendars/office/days\"");
        assert_eq!(day.hidden("date"), "2026-12-31");
        let own = [("date", "2026-12-31"), ("change", "own"), ("hours", "09:00-12:00"), ("reason", "年末")];
        let look = lead.post("/calendars/office/days", &own).await;
        look.shows("工作时间有变化的日期：1 天").shows("2026年12月31日 星期四").shows("09:00–12:00");
        let version = look.hidden("version");
        let confirm = [own.as_slice(), &[("version", version.as_str()), ("year", "2026"), ("do", "confirm")]].concat();
        let done = lead.post("/calendars/office/days", &confirm).await;
        lead.follow(&done).await.shows("日历已保存").shows("day day-half").shows("单独设定的日期");
        // What is wrong stands beside the day, and the day stays open.
        for (fields, sentence) in [
            (vec![("change", "own"), ("hours", "12-13:00")], "“12”不是 00:00 到 24:00 之间的时间"),
            (vec![("change", "own"), ("hours", "09:00-12:00 10:00-11:00")], "重叠"),
            (vec![("change", "as"), ("weekday", "7")], "本身就是休息日"),
            (vec![("change", "as")], "请填写此项。"),
            (vec![], "请填写此项。"),
            (vec![("change", "free"), ("until", "2026-12-01")], "截止日期早于开始日期"),
            (vec![("change", "free"), ("until", "年底")], "日期不正确"),
        ] {
            let sent = [vec![("date", "2026-12-25"), ("reason", "圣诞")], fields].concat();
            let page = lead.post("/calendars/office/days", &sent).await;
            assert_eq!(page.status, UNPROCESSABLE, "{sent:?}");
            page.shows(sentence).shows("value=\"圣诞\"").shows("2026年12月25日 星期五");
        }
        site.desk.run_jobs().await;
    });
}

#[test]
fn a_table_of_statutory_days_comes_in_whole_or_not_at_all() {
    on_both(async |desk| {
        let site = Site::new(desk);
        let lead = site.person("主管", "service-center", Role::Supervisor).await;
        let good = r#"{"year": 2027, "papers": [], "days": [
  {"name": "元旦", "date": "2027-01-01", "isOffDay": true},
  {"name": "元旦", "date": "2027-01-09", "isOffDay": false}]}"#;
        let faulty = good.replace("2027-01-09", "2027-13-09");
        let page = lead.upload("/calendars/office/table", &[], &[("file", "2027.json", faulty.as_bytes())]).await;
        assert_eq!(page.status, UNPROCESSABLE);
        page.shows("文件中有 1 处问题").shows("第 3 行：").shows("2027-13-09");
        let page = lead.upload("/calendars/office/table", &[], &[("file", "x.ics", b"BEGIN:NOTHING")]).await;
        assert_eq!(page.status, UNPROCESSABLE);
        page.shows("VCALENDAR");
        let page =
            lead.upload("/calendars/office/table", &[("reason", "公布了")], &[("file", "x", b"\xff\xfe\x00")]).await;
        page.shows("文件不是 UTF-8 文本").shows("value=\"公布了\"");
        assert_eq!(lead.post("/calendars/office/table", &[]).await.status, UNPROCESSABLE);

        let look = lead
            .upload("/calendars/office/table", &[("year", "2027")], &[("file", "2027.json", good.as_bytes())])
            .await;
        assert_eq!(look.status, StatusCode::OK, "{}", look.body);
        look.shows("工作时间有变化的日期：2 天").shows("导入 2027 年法定节假日表");
        let version = look.hidden("version");
        let confirm =
            [("text", good), ("reason", "公布了"), ("version", &version), ("year", "2027"), ("do", "confirm")];
        let done = lead.post("/calendars/office/table", &confirm).await;
        let year = lead.follow(&done).await;
        year.shows("1月9日 星期六 · 法定调休上班：元旦");
        assert!(!year.has("尚未录入"));
        // It goes out as it came in, in both layouts, and the whole calendar as a file.
        lead.get("/calendars/office/tables/2027.json").await.shows("2027-01-09");
        lead.get("/calendars/office/tables/2027.ics").await.shows("BEGIN:VCALENDAR").shows("20270109");
        assert_eq!(lead.get("/calendars/office/tables/2031.json").await.status, StatusCode::NOT_FOUND);
        lead.get("/calendars/office/file").await.shows("statutory_tables");
        site.desk.run_jobs().await;
    });
}

#[test]
fn a_calendar_is_added_reckoned_with_and_removed() {
    on_both(async |desk| {
        let site = Site::new(desk);
        let lead = site.person("主管", "service-center", Role::Supervisor).await;
        lead.get("/calendars/new").await.shows("value=\"Asia/Shanghai\"");
        let hours = ["hours.mon", "hours.tue", "hours.wed", "hours.thu", "hours.fri", "hours.sat", "hours.sun"];
        let base = [("name", "热线"), ("time_zone", "Asia/Shanghai"), ("statutory", "none"), ("workday_hours", "")];
        let all = |code, span| {
            let days = hours.map(|name| (name, span));
            [&base[..], &days[..], &[("code", code)]].concat()
        };
        let wrong = lead.post("/calendars", &all("热线", "8:00-22:00")).await;
        assert_eq!(wrong.status, UNPROCESSABLE);
        wrong.shows("value=\"热线\"").shows("value=\"8:00-22:00\"").shows("代码只能用小写字母");
        let taken = lead.post("/calendars", &all("office", "8:00-22:00")).await;
        taken.shows("这个日历代码已被使用");
        let done = lead.post("/calendars", &all("hotline", "8:00-22:00")).await;
        assert_eq!(done.location(), "/calendars/hotline");
        lead.follow(&done).await.shows("已新增日历“热线”").shows("星期一至星期日 08:00-22:00");

        // The due calculator: by these hours, with its account; nothing typed is lost.
        let found = lead.get("/calendars/office?from=2026-11-27T16:30&amount=8&unit=working-hours").await;
        found.shows("到期：2026年11月30日 星期一 17:00").shows("<ol class=\"account\">");
        let wrong = lead.get("/calendars/office?from=never&amount=many&unit=working-hours").await;
        assert_eq!(wrong.status, UNPROCESSABLE);
        wrong.shows("value=\"never\"").shows("value=\"many\"").shows("请填写数字");

        let page = lead.get("/calendars/hotline").await;
        page.shows("删除日历");
        let version = page.hidden("version");
        let refused = lead.post("/calendars/hotline/removal", &[("version", &version), ("reason", "")]).await;
        assert_eq!(refused.status, UNPROCESSABLE);
        let gone = lead.post("/calendars/hotline/removal", &[("version", &version), ("reason", "合并")]).await;
        lead.follow(&gone).await.shows("日历“热线”已删除");
        assert_eq!(lead.get("/calendars/hotline").await.status, StatusCode::NOT_FOUND);
        assert_eq!(
            lead.post("/calendars/office/removal", &[("version", "0"), ("reason", "不要了")]).await.status,
            StatusCode::FORBIDDEN
        );
        site.desk.run_jobs().await;
    });
}
