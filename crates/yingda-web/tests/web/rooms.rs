//! Which role finds which page, and what a person looks after for themselves: account, sessions, tokens, language.

use axum::http::{StatusCode, header};
use yingda_core::Role;
use yingda_testkit::desk::{PASSWORD, on_both};

use crate::site::Site;

const OK: u16 = 200;
const ON: u16 = 303;
const NO: u16 = 403;

#[test]
fn each_role_finds_its_own_pages() {
    on_both(async |desk| {
        desk.install_all().await;
        let site = Site::new(desk);
        let people = [
            site.person("专员", "service-center", Role::Agent).await,
            site.person("主管", "service-center", Role::Supervisor).await,
            site.person("经理", "service-center", Role::Manager).await,
            site.person("成员", "project", Role::Member).await,
            site.person("部长", "project", Role::Head).await,
            site.person("管理", "service-center", Role::Administrator).await,
        ];
        let department = format!("/departments/{}", people[3].actor.department);
        let person = format!("/people/{}", people[3].actor.person);
        let table: [(&str, [u16; 6]); 18] = [
            ("/", [OK, OK, OK, OK, OK, ON]),
            ("/tickets", [OK, OK, OK, OK, OK, NO]),
            ("/tickets/export.csv", [OK, OK, OK, NO, NO, NO]),
            ("/search?q=x", [OK, OK, OK, OK, OK, NO]),
            ("/answers", [OK; 6]),
            ("/answers?state=draft", [OK, OK, OK, NO, NO, NO]),
            ("/answers/new", [OK, OK, OK, NO, NO, NO]),
            ("/processes", [OK; 6]),
            ("/processes/water-hotline", [OK; 6]),
            ("/processes/new", [NO, NO, NO, NO, NO, OK]),
            ("/figures", [ON, ON, ON, NO, NO, NO]),
            ("/figures/2026-11", [OK, OK, OK, NO, NO, NO]),
            ("/people", [NO, NO, NO, NO, NO, OK]),
            (&person, [NO, NO, NO, NO, NO, OK]),
            ("/departments", [NO, NO, NO, NO, NO, OK]),
            (&department, [NO, NO, NO, NO, NO, OK]),
            ("/account", [OK; 6]),
            ("/settings", [NO, NO, NO, NO, NO, OK]),
        ];
        for (path, expected) in table {
            for (who, status) in people.iter().zip(expected) {
                let page = who.get(path).await;
                assert_eq!(page.status.as_u16(), status, "{path} as {}: {}", who.actor.name, page.body);
                assert!(!page.has("⟦"), "{path} as {} lacks a sentence", who.actor.name);
            }
        }
        assert_eq!(people[5].get("/").await.location(), "/people");
        // A department's desk holds its inbox, and not whom the service centre still has to tell.
        let desk = people[3].get("/").await;
        desk.shows("待本部门答复的联系单");
        assert!(!desk.has("待告知客户"));
        people[0].get("/").await.shows("待告知客户").shows("11月2日 星期一");
    });
}

#[test]
fn what_is_posted_without_its_token_is_refused() {
    on_both(async |desk| {
        let site = Site::new(desk);
        let admin = site.person("管理", "service-center", Role::Administrator).await;
        let posts = [
            "/views",
            "/tickets/assignments",
            "/answers",
            "/processes",
            "/people",
            "/departments",
            "/tokens",
            "/account/password",
        ];
        for path in posts {
            assert_eq!(admin.post_bare(path, &[("name", "x")]).await.status, StatusCode::FORBIDDEN, "{path}");
        }
    });
}

#[test]
fn a_revoked_session_is_out_at_once() {
    on_both(async |desk| {
        let site = Site::new(desk);
        let mut me = site.person("李晓梅", "service-center", Role::Agent).await;
        let other = site
            .desk
            .sign_in(&site.desk.ctx(), "李晓梅", PASSWORD, yingda_app::accounts::Origin::default())
            .await
            .unwrap();
        let page = me.get("/account").await;
        let revoke = page.action("/revocation");
        assert_eq!(revoke, "/sessions/revocation");
        let one = page.body.split("action=\"/sessions/ses_").nth(1).unwrap().split('"').next().unwrap();
        me.follow(&me.post(&format!("/sessions/ses_{one}"), &[]).await).await.shows("该设备已退出登录。");
        let mine = std::mem::replace(&mut me.secret, other);
        assert_eq!(me.get("/tickets?state=any").await.location(), "/session?next=/tickets%3Fstate%3Dany");
        me.secret = mine;
        assert_eq!(me.get("/account").await.status, StatusCode::OK);
        // Nobody ends a session of somebody else.
        let stranger = site.person("赵强", "project", Role::Member).await;
        let theirs = stranger.get("/account").await;
        assert!(!theirs.has("/sessions/ses_"), "the session in use has no button");
        assert_eq!(stranger.post(&format!("/sessions/ses_{one}"), &[]).await.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn a_new_password_needs_the_old_one_and_ends_other_sessions() {
    on_both(async |desk| {
        let site = Site::new(desk);
        let mut me = site.person("李晓梅", "service-center", Role::Agent).await;
        let other = site
            .desk
            .sign_in(&site.desk.ctx(), "李晓梅", PASSWORD, yingda_app::accounts::Origin::default())
            .await
            .unwrap();
        let send = async |old: &str, new: &str, again: &str| {
            me.post("/account/password", &[("old_password", old), ("new_password", new), ("again", again)]).await
        };
        let wrong = send("nonsense", "a longer password", "a longer password").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        wrong.shows("原密码不正确。");
        send(PASSWORD, "a longer password", "another password").await.shows("两次输入的密码不一致。");
        send(PASSWORD, "short", "short").await.shows("密码太短");
        let done = send(PASSWORD, "a longer password", "a longer password").await;
        me.follow(&done).await.shows("密码已修改");
        me.secret = other;
        assert_eq!(me.get("/account").await.status, StatusCode::SEE_OTHER);
    });
}

#[test]
fn a_token_is_shown_once() {
    on_both(async |desk| {
        let site = Site::new(desk);
        let me = site.person("李晓梅", "service-center", Role::Agent).await;
        assert_eq!(me.post("/tokens", &[("name", " ")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let made = me.post("/tokens", &[("name", "报表同步")]).await;
        let secret = made
            .shows("令牌只显示这一次")
            .body
            .split("<code>yd_")
            .nth(1)
            .unwrap()
            .split('<')
            .next()
            .unwrap()
            .to_owned();
        let secret = format!("yd_{secret}");
        assert!(site.desk.by_token(&site.desk.ctx(), &secret).await.unwrap().is_some());
        let page = me.get("/account").await;
        page.shows("报表同步");
        assert!(!page.has(&secret));
        me.follow(&me.post(&page.action("/tokens/tok_"), &[]).await)
            .await
            .shows("令牌已吊销。")
            .shows("还没有接口令牌。");
        assert!(site.desk.by_token(&site.desk.ctx(), &secret).await.unwrap().is_none());
    });
}

#[test]
fn the_language_follows_the_person_and_the_browser() {
    on_both(async |desk| {
        let site = Site::new(desk);
        let mut me = site.person("李晓梅", "service-center", Role::Agent).await;
        let saved = me.post("/account/preferences", &[("locale", "en"), ("theme", "dark")]).await;
        let cookies: Vec<&str> =
            saved.headers.get_all(header::SET_COOKIE).iter().map(|c| c.to_str().unwrap()).collect();
        assert!(cookies.iter().any(|c| c.starts_with("yd_locale=en")), "{cookies:?}");
        assert!(cookies.iter().any(|c| c.starts_with("yd_theme=dark")), "{cookies:?}");
        me.follow(&saved).await.shows("Your display settings are saved.").shows("data-theme=\"dark\"");
        me.get("/tickets").await.shows("lang=\"en\"").shows("Not closed");
        me.post("/account/preferences", &[("locale", "fr"), ("theme", "dark")]).await.location();
        me.get("/account").await.shows("lang=\"en\"");

        me.secret = "nobody".to_owned();
        me.get("/session").await.shows("登录名");
        let switched = me.get("/session?lang=en&next=/tickets").await;
        assert_eq!(switched.location(), "/session?next=/tickets");
        let cookie = switched.headers[header::SET_COOKIE].to_str().unwrap();
        assert!(cookie.starts_with("yd_locale=en;"), "{cookie}");
        me.secret = "nobody; yd_locale=en".to_owned();
        me.get("/session").await.shows("lang=\"en\"").shows("Sign in");
    });
}

#[test]
fn too_many_tries_are_told_with_the_time_to_wait() {
    on_both(async |desk| {
        let site = Site::new(desk);
        let mut me = site.person("李晓梅", "service-center", Role::Agent).await;
        me.secret = "nobody".to_owned();
        let mut last = StatusCode::OK;
        for _ in 0..12 {
            let page = me.post("/session", &[("login", "李晓梅"), ("password", "wrong"), ("next", "/tickets")]).await;
            if page.status == StatusCode::TOO_MANY_REQUESTS {
                page.shows("尝试次数过多，请 1 分钟后再试。").shows("value=\"李晓梅\"");
                return;
            }
            page.shows("登录名或密码不正确。");
            last = page.status;
        }
        panic!("never throttled: {last}");
    });
}

#[test]
fn people_are_added_edited_and_locked_out() {
    on_both(async |desk| {
        desk.department("project").await;
        let site = Site::new(desk);
        let admin = site.person("管理", "service-center", Role::Administrator).await;
        let department = site.desk.department("project").await.to_string();

        let faulty = admin.post("/people", &[("name", "周敏"), ("login", "周 敏"), ("department", &department)]).await;
        assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
        faulty.shows("value=\"周 敏\"").shows("登录名为 2 到 60 个字母").shows("id=\"roles-error\"");
        let fields = [
            ("name", "周敏"),
            ("login", "zhoumin"),
            ("department", department.as_str()),
            ("role", "member"),
            ("role", "head"),
        ];
        let made = admin.post("/people", &fields).await;
        assert_eq!(made.status, StatusCode::OK);
        let password =
            made.shows("初始密码只显示这一次").body.split("<code>").nth(1).unwrap().split('<').next().unwrap();
        let origin = yingda_app::accounts::Origin::default();
        let secret = site.desk.sign_in(&site.desk.ctx(), "zhoumin", password, origin).await.unwrap();
        admin.post("/people", &fields).await.shows("这个登录名已有人使用。");
        admin.get("/people?q=ZHOU").await.shows("周敏").shows("部门成员、部门负责人");

        // Two edit at once: the second is shown what the first saved, and loses nothing.
        let page = made.action("/people/usr_");
        let version = made.hidden("version");
        let edit = |name: &'static str, version: String| {
            let (page, department, admin) = (page.clone(), department.clone(), &admin);
            async move {
                let fields = [
                    ("name", name),
                    ("login", "zhoumin"),
                    ("department", &department),
                    ("role", "head"),
                    ("version", &version),
                ];
                admin.post(&page, &fields).await
            }
        };
        assert_eq!(edit("周晓敏", version.clone()).await.location(), page);
        let stale = edit("周小敏", version.clone()).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        stale.shows("周晓敏").shows("value=\"周小敏\"").shows("他人已先保存了修改");
        let version = stale.hidden("version");
        assert_eq!(edit("周小敏", version).await.location(), page);

        // Locked: out at once.
        let now = admin.get(&page).await;
        let locked = admin.post(&format!("{page}/lock"), &[("version", &now.hidden("version"))]).await;
        admin.follow(&locked).await.shows("已停用，其所有登录均已退出。");
        assert!(site.desk.by_session(&site.desk.ctx(), &secret).await.unwrap().is_none());
        let own = format!("/people/{}", admin.actor.person);
        let version = admin.get(&own).await.hidden("version");
        let refused = admin.post(&format!("{own}/lock"), &[("version", &version)]).await;
        admin.follow(&refused).await.shows("不能停用自己或取消自己的管理员角色。");
    });
}

#[test]
fn departments_keep_their_code() {
    on_both(async |desk| {
        let site = Site::new(desk);
        let admin = site.person("管理", "service-center", Role::Administrator).await;
        let faulty = admin.post("/departments", &[("name", "工程部"), ("code", "Ingenieur Büro")]).await;
        assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
        faulty.shows("代码只能用小写字母、数字和连字符。").shows("value=\"工程部\"");
        let added = admin.post("/departments", &[("name", "工程部"), ("code", "engineering")]).await;
        let list = admin.follow(&added).await;
        list.shows("已新增部门“工程部”。").shows("未指定");
        admin
            .post("/departments", &[("name", "工程二部"), ("code", "engineering")])
            .await
            .shows("这个部门代码已被使用。");
        let id = site.desk.department("engineering").await;
        let path = format!("/departments/{id}");
        let form = admin.get(&path).await;
        assert!(!form.has("name=\"code\""));
        let version = form.hidden("version");
        // What the form sends for a department that stays open.
        let kept = admin.post(&path, &[("name", "工程二部"), ("active", "yes"), ("version", &version)]).await;
        assert!(!admin.follow(&kept).await.shows("工程二部").has("已停用"));
        let version = admin.get(&path).await.hidden("version");
        let saved = admin.post(&path, &[("name", "工程公司"), ("active", "no"), ("version", &version)]).await;
        admin.follow(&saved).await.shows("工程公司").shows("已停用");
        let stale = admin.post(&path, &[("name", "工程部"), ("active", "yes"), ("version", &version)]).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        stale.shows("工程公司").shows("value=\"工程部\"");
    });
}

#[test]
fn settings_tell_what_this_is() {
    on_both(async |desk| {
        let engine = desk.engine.to_string();
        let site = Site::new(desk);
        let admin = site.person("管理", "service-center", Role::Administrator).await;
        admin.get("/settings").await.shows(&engine).shows("/session?lang=en").shows("Asia/Shanghai");
    });
}
