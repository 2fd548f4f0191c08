//! Duty: who finds which page, a roster made by hand and by rotation, leave, swaps, signing in, and hand-overs on both sides.

use axum::http::StatusCode;
use yingda_core::Role;
use yingda_testkit::desk::on_both;

use crate::site::{Browser, Page, Site};

const UNPROCESSABLE: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// A desk of a supervisor and three agents.
async fn crew(site: &Site) -> [Browser<'_>; 4] {
    [
        site.person("何雯", "service-center", Role::Supervisor).await,
        site.person("陈静", "service-center", Role::Agent).await,
        site.person("林浩", "service-center", Role::Agent).await,
        site.person("周敏", "service-center", Role::Agent).await,
    ]
}

/// Adds a shift; gives its id.
async fn shift(lead: &Browser<'_>, name: &str, code: &str, hours: (&str, &str), night: &str) -> String {
    let fields = [
        ("name", name),
        ("code", code),
        ("from", hours.0),
        ("to", hours.1),
        ("least", "1"),
        ("skill", ""),
        ("held", "daily"),
        ("night", night),
    ];
    let made = lead.post("/duty/shifts", &fields).await;
    let page = lead.follow(&made).await;
    let beginning = page.body.find(&format!(">{name}</a>")).unwrap_or_else(|| panic!("{}", page.body));
    let link = &page.body[..beginning];
    link.rsplit("/duty/shifts/").next().unwrap().split('?').next().unwrap().to_owned()
}

/// Puts somebody on a shift of today's month.
async fn put(lead: &Browser<'_>, who: &Browser<'_>, shift: &str, day: &str) -> Page {
    let person = who.actor.person.to_string();
    lead.post("/duty/roster/turns", &[("person", &person), ("day", day), ("shift", shift), ("month", &day[..7])]).await
}

/// Publishes a month.
async fn publish(lead: &Browser<'_>, month: &str) -> Page {
    lead.post("/duty/roster/publication", &[("month", month)]).await
}

/// The value of an attribute that follows a text.
fn attribute(page: &Page, after: &str, name: &str) -> String {
    let at = page.body.find(after).unwrap_or_else(|| panic!("no {after}:\n{}", page.body));
    let rest = &page.body[at..];
    let start = format!("{name}=\"");
    rest[rest.find(&start).unwrap() + start.len()..].split('"').next().unwrap().to_owned()
}

#[test]
fn each_role_finds_its_pages_of_duty() {
    on_both(async |desk| {
        desk.install_all().await;
        let site = Site::new(desk);
        let people = [
            site.person("专员", "service-center", Role::Agent).await,
            site.person("主管", "service-center", Role::Supervisor).await,
            site.person("成员", "project", Role::Member).await,
            site.person("部长", "project", Role::Head).await,
            site.person("管理", "service-center", Role::Administrator).await,
        ];
        let project = people[2].actor.department;
        let of_project = |page: &str| format!("{page}?department={project}");
        let of_desk = format!("/duty/roster?department={}", people[0].actor.department);
        let table: [(String, [u16; 5]); 9] = [
            ("/duty".to_owned(), [200; 5]),
            ("/duty/roster".to_owned(), [200; 5]),
            ("/duty/roster/print?month=2026-12".to_owned(), [200; 5]),
            ("/duty/setup".to_owned(), [200; 5]),
            ("/duty/leaves".to_owned(), [200; 5]),
            ("/duty/shifts/new".to_owned(), [403, 200, 403, 200, 200]),
            // A department knows no other roster; an administrator reads no hand-over.
            (of_desk, [200, 200, 404, 404, 200]),
            ("/duty/handovers".to_owned(), [200, 200, 200, 200, 403]),
            (of_project("/duty/handovers"), [403, 403, 200, 200, 403]),
        ];
        for (path, expected) in table {
            for (who, status) in people.iter().zip(expected) {
                let page = who.get(&path).await;
                assert_eq!(page.status.as_u16(), status, "{path} as {}: {}", who.actor.name, page.body);
                assert!(!page.has("⟦"), "{path} as {} lacks a sentence", who.actor.name);
            }
        }
        for path in ["/duty/roster?month=2026-13", "/duty/roster?department=dep_nonsense", "/duty/handovers/hnd_1"] {
            assert_eq!(people[1].get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        people[0].get("/").await.shows("href=\"/duty\"");
        // What is posted without its token changes nothing.
        for path in
            ["/duty/shifts", "/duty/roster/turns", "/duty/leaves", "/duty/swaps", "/duty/handovers", "/duty/rules"]
        {
            assert_eq!(people[1].post_bare(path, &[("name", "x")]).await.status, StatusCode::FORBIDDEN, "{path}");
        }
    });
}

#[test]
fn a_shift_keeps_what_was_typed_until_it_is_right() {
    on_both(async |desk| {
        let site = Site::new(desk);
        let [lead, agent, ..] = crew(&site).await;
        let wrong =
            [("name", "早班"), ("code", "Early!"), ("from", "25:00"), ("to", ""), ("least", "0"), ("held", "daily")];
        let page = lead.post("/duty/shifts", &wrong).await;
        assert_eq!(page.status, UNPROCESSABLE);
        page.shows("value=\"早班\"")
            .shows("value=\"25:00\"")
            .shows("代码只能用")
            .shows("请填写此项")
            .shows("不能小于 1");
        let right = [
            ("name", "早班"),
            ("code", "early"),
            ("from", "8:00"),
            ("to", "15:00"),
            ("held", "daily"),
            ("night", "no"),
        ];
        assert_eq!(agent.post("/duty/shifts", &right).await.status, StatusCode::FORBIDDEN);
        let id = shift(&lead, "早班", "early", ("8:00", "15:00"), "no").await;
        let twice = lead.post("/duty/shifts", &right).await;
        assert_eq!(twice.status, UNPROCESSABLE);
        twice.shows("本部门已有此代码的班次");
        // Somebody else was faster.
        let path = format!("/duty/shifts/{id}");
        let edit = lead.get(&path).await;
        let version = edit.hidden("version");
        let mut fields = right.to_vec();
        fields.extend([("active", "yes"), ("version", &version)]);
        lead.follow(&lead.post(&path, &fields).await).await.shows("已保存班次");
        fields[2].1 = "09:00";
        let stale = lead.post(&path, &fields).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        stale.shows("他人已先保存了修改").shows("value=\"09:00\"").shows("08:00");
        // Rules and trainings say what is wrong beside their fields.
        let rules = [("assigning", "manual"), ("after_hours", "department"), ("cover_from", "8点"), ("version", "0")];
        let page = lead.post("/duty/rules", &rules).await;
        assert_eq!(page.status, UNPROCESSABLE);
        page.shows("value=\"8点\"").shows("时间不正确");
        let page =
            lead.post("/duty/trainings", &[("word", "夜班"), ("since", "2026-11-09"), ("until", "2026-11-01")]).await;
        assert_eq!(page.status, UNPROCESSABLE);
        page.shows("value=\"夜班\"");
    });
}

#[test]
fn a_month_is_put_together_by_hand_checked_undone_and_published() {
    on_both(async |desk| {
        let site = Site::new(desk);
        let [lead, agent, other, _] = crew(&site).await;
        let day = shift(&lead, "白班", "day", ("08:00", "22:00"), "no").await;
        let late = shift(&lead, "晚班", "late", ("20:00", "23:00"), "no").await;
        let cover = [
            ("assigning", "manual"),
            ("after_hours", "wait"),
            ("cover_from", "08:00"),
            ("cover_to", "23:00"),
            ("version", "0"),
        ];
        lead.follow(&lead.post("/duty/rules", &cover).await).await.shows("已保存值班规则");
        let done = put(&lead, &agent, &day, "2026-11-05").await;
        let page = lead.follow(&done).await;
        page.shows("已排入")
            .shows("11月5日 周四")
            .shows("撤销上一步")
            .shows("草稿 1 个班次")
            .shows("22:00–23:00 无人值班");
        // Twice is said, and overlapping is refused with who, when and what; the choice stays.
        let again = put(&lead, &agent, &day, "2026-11-05").await;
        assert_eq!(again.status, UNPROCESSABLE);
        again.shows("陈静在 2026-11-05 已排“白班”");
        let overlap = put(&lead, &agent, &late, "2026-11-05").await;
        assert_eq!(overlap.status, UNPROCESSABLE);
        overlap.shows("一个人不能同时值两个班").shows(&format!("value=\"{late}\" selected"));
        // Nobody else sees a draft, and nobody else makes it.
        assert!(!agent.get("/duty/roster?month=2026-11").await.has("data-turn"));
        agent.get("/duty/roster?month=2026-11").await.shows("本月排班尚未公布");
        assert_eq!(put(&agent, &agent, &day, "2026-11-06").await.status, StatusCode::FORBIDDEN);
        // Moved to another person, and back.
        let (turn, version) =
            (attribute(&page, "data-turn", "data-turn"), attribute(&page, "data-turn", "data-version"));
        let person = other.actor.person.to_string();
        let to = [
            ("person", person.as_str()),
            ("day", "2026-11-05"),
            ("shift", &day),
            ("version", &version),
            ("month", "2026-11"),
        ];
        let path = format!("/duty/turns/{turn}/place");
        let moved = lead.follow(&lead.post(&path, &to).await).await;
        moved.shows("已调整");
        lead.follow(&lead.post(&path, &to).await).await.shows("已被");
        let undo = [
            ("shift", day.as_str()),
            ("day", "2026-11-05"),
            ("person", &agent.actor.person.to_string()),
            ("version", "2"),
            ("month", "2026-11"),
        ];
        moved.shows(&format!("name=\"person\" value=\"{}\"", agent.actor.person));
        lead.follow(&lead.post(&path, &undo).await).await.shows("已调整");
        publish(&lead, "2026-11").await;
        let seen = agent.get("/duty/roster?month=2026-11").await;
        seen.shows("11月5日 周四");
        assert!(!seen.has("草稿 1"));
        agent.get("/duty/roster/print?month=2026-11").await.shows("值班表").shows("白 = 白班 08:00–22:00");
        // Taken off again: the page that was read before is too old, a fresh one is not.
        let removal = format!("/duty/turns/{turn}/removal");
        lead.follow(&lead.post(&removal, &[("version", "1"), ("month", "2026-11")]).await).await.shows("已被");
        let fresh = lead.get("/duty/roster?month=2026-11").await;
        let version = attribute(&fresh, "data-turn", "data-version");
        lead.follow(&lead.post(&removal, &[("version", &version), ("month", "2026-11")]).await)
            .await
            .shows("已取消此班");
    });
}

#[test]
fn a_month_is_proposed_and_thrown_away_or_published() {
    on_both(async |desk| {
        let site = Site::new(desk);
        let [lead, agent, other, third] = crew(&site).await;
        let day = shift(&lead, "白班", "day", ("08:00", "22:00"), "no").await;
        let ids: Vec<String> = [&agent, &other, &third].iter().map(|who| who.actor.person.to_string()).collect();
        let none =
            lead.post("/duty/roster/proposal", &[("shift", &day), ("month", "2026-12"), ("rhythm", "weekly")]).await;
        assert_eq!(none.status, UNPROCESSABLE);
        none.shows("请至少选择一个人").shows("value=\"weekly\" checked");
        let wish = [
            ("shift", day.as_str()),
            ("person", &ids[0]),
            ("person", &ids[1]),
            ("month", "2026-12"),
            ("rhythm", "daily"),
        ];
        lead.follow(&lead.post("/duty/roster/proposal", &wish).await)
            .await
            .shows("已生成 31 个班次的草稿")
            .shows("草稿 31 个班次");
        assert_eq!(agent.post("/duty/roster/proposal", &wish).await.status, StatusCode::FORBIDDEN);
        lead.follow(&lead.post("/duty/roster/clearance", &[("month", "2026-12")]).await)
            .await
            .shows("已清除 31 个草稿班次");
        lead.post("/duty/roster/proposal", &wish).await;
        lead.follow(&publish(&lead, "2026-12").await).await.shows("已公布 31 个班次");
        third.get("/duty/roster?month=2026-12").await.shows("12月31日 周四");
        let past = [("shift", day.as_str()), ("person", &ids[0]), ("month", "2026-10")];
        let over = lead.post("/duty/roster/proposal", &past).await;
        assert_eq!(over.status, UNPROCESSABLE);
        over.shows("这个月已经过去");
    });
}

#[test]
fn somebody_signs_in_asks_for_leave_and_swaps() {
    on_both(async |desk| {
        let site = Site::new(desk);
        let [lead, agent, other, _] = crew(&site).await;
        let day = shift(&lead, "白班", "day", ("08:00", "22:00"), "no").await;
        let now = site.desk.ctx().now.to_zoned(site.desk.app.zone());
        let today = now.date().to_string();
        put(&lead, &agent, &day, &today).await;
        put(&lead, &agent, &day, "2026-11-10").await;
        put(&lead, &other, &day, "2026-11-12").await;
        publish(&lead, "2026-11").await;
        let page = agent.get("/duty").await;
        page.shows("我的值班").shows("11月10日 周二").shows("现在谁在值班");
        let arrival = page.action("/arrival");
        agent.follow(&agent.post(&arrival, &[]).await).await.shows("已签到").shows("签退");
        assert_eq!(other.post(&arrival, &[]).await.status, StatusCode::NOT_FOUND);
        agent.follow(&agent.post(&arrival, &[]).await).await.shows("已签到");
        // Leave: what is wrong stays typed; a lead decides, nobody about their own.
        let wrong = [("kind", "sick"), ("from", "2026-11-12"), ("to", "2026-11-11"), ("reason", "发热")];
        let refused = other.post("/duty/leaves", &wrong).await;
        assert_eq!(refused.status, UNPROCESSABLE);
        refused.shows("结束早于开始").shows("发热").shows("value=\"2026-11-11\"");
        let key = other.get("/duty/leaves").await.hidden("key");
        let right = [("kind", "sick"), ("from", "2026-11-12"), ("to", "2026-11-12"), ("reason", "发热"), ("key", &key)];
        other.follow(&other.post("/duty/leaves", &right).await).await.shows("已提交请假申请");
        other.post("/duty/leaves", &right).await;
        let list = lead.get("/duty/leaves").await;
        assert_eq!(list.body.matches("/decision\"").count(), 1, "a second click asks for nothing more");
        list.shows("将空出：11月12日 周四 白班 08:00–22:00");
        let (path, version) = (list.action("/decision"), list.hidden("version"));
        assert_eq!(other.post(&path, &[("verdict", "yes"), ("version", &version)]).await.status, StatusCode::FORBIDDEN);
        lead.follow(&lead.post(&path, &[("verdict", "no"), ("version", &version)]).await).await.shows("已拒绝请假");
        lead.follow(&lead.post(&path, &[("verdict", "yes"), ("version", &version)]).await).await.shows("flash-failed");
        // A swap: asked, agreed, approved, and the roster follows.
        let form = agent.get("/duty/swaps").await;
        let missing = agent.post("/duty/swaps", &[("reason", "家长会")]).await;
        assert_eq!(missing.status, UNPROCESSABLE);
        missing.shows("家长会").shows("请填写此项");
        let first = |after: &str| {
            let rest = form.body.split(after).nth(1).unwrap();
            rest.split("value=\"turn_").nth(1).unwrap().split('"').next().unwrap().to_owned()
        };
        let (mine, theirs) = (first("name=\"turn\""), first("name=\"other\""));
        let (mine, theirs) = (format!("turn_{mine}"), format!("turn_{theirs}"));
        let to = other.actor.person.to_string();
        let swap = [
            ("turn", mine.as_str()),
            ("to", &to),
            ("other", &theirs),
            ("reason", "家长会"),
            ("key", &form.hidden("key")),
        ];
        agent.follow(&agent.post("/duty/swaps", &swap).await).await.shows("等待对方答复");
        agent.post("/duty/swaps", &swap).await;
        let asked = other.get("/duty").await;
        asked.shows("陈静的 11月10日 周二 白班 08:00–22:00，换林浩的 11月12日 周四");
        let (answer, version) = (asked.action("/answer"), asked.hidden("version"));
        let agreed = other.post(&answer, &[("verdict", "yes"), ("version", &version), ("back", "/duty")]).await;
        assert_eq!(agreed.location(), "/duty");
        let waiting = lead.get("/duty/swaps").await;
        let (decision, version) = (waiting.action("/decision"), waiting.hidden("version"));
        lead.follow(&lead.post(&decision, &[("verdict", "yes"), ("version", &version)]).await)
            .await
            .shows("班次已互换");
        agent.get("/duty").await.shows("11月12日 周四");
    });
}

#[test]
fn a_night_is_handed_over_and_nobody_changes_it_afterwards() {
    on_both(async |desk| {
        desk.install_all().await;
        let site = Site::new(desk);
        let [lead, agent, other, stranger] = crew(&site).await;
        let night = shift(&lead, "夜班", "night", ("22:00", "08:00"), "yes").await;
        let day = shift(&lead, "白班", "day", ("08:00", "22:00"), "no").await;
        let now = site.desk.ctx().now.to_zoned(site.desk.app.zone());
        let today = now.date();
        let eve = today.yesterday().unwrap();
        put(&lead, &agent, &night, &eve.to_string()).await;
        put(&lead, &other, &day, &today.to_string()).await;
        for month in [eve, today] {
            publish(&lead, &month.strftime("%Y-%m").to_string()).await;
        }
        let due = agent.get("/duty/handovers").await;
        due.shows("待交接").shows("夜班日志");
        let drawn = agent.post("/duty/handovers", &[("shift", &night), ("day", &eve.to_string())]).await;
        let path = drawn.location();
        assert_eq!(
            agent.post("/duty/handovers", &[("shift", &night), ("day", &eve.to_string())]).await.location(),
            path
        );
        let page = agent.get(&path).await;
        page.shows("夜班工作日志").shows("保存并签字交班");
        let version = page.hidden("version");
        // Without the night's log nothing is signed, and what was typed stays.
        let early = agent.post(&path, &[("version", &version), ("key_points", "十点批量回访"), ("do", "sign")]).await;
        assert_eq!(early.status, UNPROCESSABLE, "{}", early.body);
        early.shows("十点批量回访").shows("请填写此项");
        assert_eq!(
            stranger.post(&path, &[("version", &version), ("key_points", "x")]).await.status,
            StatusCode::FORBIDDEN
        );
        let version = agent.get(&path).await.hidden("version");
        let stale = agent.post(&path, &[("version", "1"), ("key_points", "旧稿"), ("summary", "平静")]).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        stale.shows("旧稿").shows("十点批量回访");
        let signed =
            [("version", version.as_str()), ("key_points", "十点批量回访"), ("summary", "一夜平静"), ("do", "sign")];
        agent.follow(&agent.post(&path, &signed).await).await.shows("已签字交班").shows("待接班签字");
        // Nobody signs for both sides, and nothing on it changes any more.
        let takeover = format!("{path}/takeover");
        let version = other.get(&path).await.hidden("version");
        assert_eq!(stranger.post(&takeover, &[("version", &version)]).await.status, StatusCode::FORBIDDEN);
        agent.follow(&agent.post(&takeover, &[("version", &version)]).await).await.shows("不能是同一个人");
        other.follow(&other.post(&takeover, &[("version", &version)]).await).await.shows("已签字接班").shows("已交接");
        let late = agent.post(&path, &[("version", "9"), ("key_points", "改写")]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        late.shows("已签字，不能再修改").shows("改写");
        // The supervisor reads the log; everybody finds the record, and it prints.
        lead.get("/duty").await.shows("待审阅的夜班日志");
        lead.follow(&lead.post(&format!("{path}/reading"), &[]).await).await.shows("已标记为审阅");
        agent.get("/duty/handovers").await.shows("日志已审阅").shows("陈静").shows("林浩");
        agent.get(&format!("{path}/print")).await.shows("交接班记录").shows("一夜平静").shows("何雯");
        let elsewhere = site.person("成员", "project", Role::Member).await;
        assert_eq!(elsewhere.get(&path).await.status, StatusCode::NOT_FOUND);
    });
}
