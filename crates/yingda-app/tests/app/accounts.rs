//! Signing in: throttled, ended, locked out, by token, by link, and the first administrator.

use yingda_app::accounts::{Origin, SignedIn};
use yingda_app::people::PersonText;
use yingda_core::{Actor, Refusal, Role};
use yingda_testkit::Desk;
use yingda_testkit::desk::{PASSWORD, on_both};

use crate::cast::{CENTRE, agent, faults, refusal};

fn here() -> Origin {
    Origin { agent: "Chromium".into(), address: "10.0.0.7".into() }
}

async fn sign_in(desk: &Desk, login: &str, password: &str) -> yingda_app::AppResult<String> {
    desk.sign_in(&desk.ctx(), login, password, here()).await
}

async fn who(desk: &Desk, secret: &str) -> Option<SignedIn> {
    desk.by_session(&desk.ctx(), secret).await.unwrap()
}

fn text(desk: &Desk, actor: &Actor, active: bool) -> (PersonText, i64) {
    let directory = desk.directory();
    let person = &directory.people[&actor.person];
    let text = PersonText {
        login: person.login.clone(),
        name: person.name.clone(),
        department: Some(person.department),
        roles: person.roles.clone(),
        active,
        password: String::new(),
    };
    (text, person.version)
}

#[test]
fn the_eleventh_try_waits_whoever_is_right() {
    on_both(async |desk| {
        let agent = agent(&desk).await;
        desk.person("李静", CENTRE, [Role::Agent]).await;
        assert_eq!(refusal(sign_in(&desk, "nobody", PASSWORD).await), Refusal::BadCredentials);
        for _ in 0..10 {
            assert_eq!(refusal(sign_in(&desk, "王芳", "wrong horse").await), Refusal::BadCredentials);
        }
        let Refusal::TooMany { seconds } = refusal(sign_in(&desk, "王芳", PASSWORD).await) else {
            panic!("not throttled")
        };
        assert!((1..=31).contains(&seconds), "{seconds}");
        // Under another spelling it is the same name; another name is another matter.
        assert!(matches!(refusal(sign_in(&desk, "  王芳 ", PASSWORD).await), Refusal::TooMany { .. }));
        sign_in(&desk, "李静", PASSWORD).await.unwrap();
        desk.clock.advance(jiff::SignedDuration::from_secs(i64::try_from(seconds).unwrap()));
        let secret = sign_in(&desk, "王芳", PASSWORD).await.unwrap();
        assert_eq!(who(&desk, &secret).await.map(|me| me.actor), Some(agent));
    });
}

#[test]
fn a_session_ends_by_itself_by_its_owner_and_by_a_new_password() {
    on_both(async |desk| {
        let agent = agent(&desk).await;
        let secret = sign_in(&desk, "王芳", PASSWORD).await.unwrap();
        assert!(who(&desk, "other").await.is_none());
        // Used every eleven hours it lives, left for twelve it does not.
        for _ in 0..3 {
            desk.clock.hours(11);
            assert!(who(&desk, &secret).await.is_some());
        }
        desk.clock.hours(12);
        assert!(who(&desk, &secret).await.is_none());

        let one = sign_in(&desk, "王芳", PASSWORD).await.unwrap();
        let two = sign_in(&desk, "王芳", PASSWORD).await.unwrap();
        let three = sign_in(&desk, "王芳", PASSWORD).await.unwrap();
        let me = who(&desk, &one).await.unwrap();
        let (sessions, _) = desk.ways_in(&desk.ctx(), &agent).await.unwrap();
        assert_eq!(sessions.len(), 3);
        desk.end_session(&agent, who(&desk, &two).await.unwrap().session.unwrap()).await.unwrap();
        assert!(who(&desk, &two).await.is_none());
        let other = desk.person("李静", CENTRE, [Role::Agent]).await;
        let theirs = desk.end_session(&other, me.session.unwrap()).await;
        assert_eq!(refusal(theirs), Refusal::NotFound);

        let change = async |old: &str, new: &str| desk.change_password(&desk.ctx(), &me, old, new).await;
        assert_eq!(faults(change("wrong horse", "battery staple").await), ["old_password: bad-credentials"]);
        assert_eq!(faults(change(PASSWORD, "short").await), ["new_password: password-short"]);
        change(PASSWORD, "battery staple").await.unwrap();
        assert!(who(&desk, &one).await.is_some() && who(&desk, &three).await.is_none());
        assert_eq!(refusal(sign_in(&desk, "王芳", PASSWORD).await), Refusal::BadCredentials);
        let again = sign_in(&desk, "王芳", "battery staple").await.unwrap();
        assert_eq!(desk.end_other_sessions(&agent, who(&desk, &again).await.unwrap().session).await.unwrap(), 1);
        assert!(who(&desk, &one).await.is_none());
    });
}

#[test]
fn somebody_locked_out_loses_every_way_in_at_once() {
    on_both(async |desk| {
        let admin = desk.person("管理员", CENTRE, [Role::Administrator]).await;
        let agent = agent(&desk).await;
        let session = sign_in(&desk, "王芳", PASSWORD).await.unwrap();
        let token = desk.make_token(&desk.ctx(), &agent, "脚本").await.unwrap();
        let link = desk
            .sign_in_link(&desk.ctx(), agent.person, desk.clock.now() + jiff::SignedDuration::from_hours(1))
            .await
            .unwrap();
        let (away, version) = text(&desk, &agent, false);
        assert_eq!(
            refusal(desk.edit_person(&desk.ctx(), &agent, agent.person, away.clone(), version).await),
            Refusal::NotAllowed
        );
        desk.edit_person(&desk.ctx(), &admin, agent.person, away.clone(), version).await.unwrap();
        assert!(who(&desk, &session).await.is_none());
        assert!(desk.by_token(&desk.ctx(), &token).await.unwrap().is_none());
        assert_eq!(refusal(desk.sign_in_by_link(&desk.ctx(), &link, here()).await), Refusal::BadCode);
        assert_eq!(refusal(sign_in(&desk, "王芳", PASSWORD).await), Refusal::BadCredentials);
        let stale = desk.edit_person(&desk.ctx(), &admin, agent.person, away, version).await;
        assert_eq!(refusal(stale), Refusal::Stale { current: version + 1 });
        // The last to leave cannot lock the door behind them.
        let (away, version) = text(&desk, &admin, false);
        assert_eq!(
            faults(desk.edit_person(&desk.ctx(), &admin, admin.person, away, version).await),
            ["active: yourself"]
        );
    });
}

#[test]
fn a_role_taken_away_counts_from_the_next_request() {
    on_both(async |desk| {
        let admin = desk.person("管理员", CENTRE, [Role::Administrator]).await;
        let lead = crate::cast::supervisor(&desk).await;
        let session = sign_in(&desk, "陈强", PASSWORD).await.unwrap();
        let (mut less, version) = text(&desk, &lead, true);
        less.roles = [Role::Agent].into_iter().collect();
        desk.edit_person(&desk.ctx(), &admin, lead.person, less, version).await.unwrap();
        let now = who(&desk, &session).await.unwrap().actor;
        assert!(!now.roles.leads_desk() && now.roles.at_desk());
    });
}

#[test]
fn a_token_has_its_owners_rights_until_it_is_taken_away() {
    on_both(async |desk| {
        let (agent, other) = (agent(&desk).await, desk.person("李静", CENTRE, [Role::Agent]).await);
        assert_eq!(faults(desk.make_token(&desk.ctx(), &agent, " ").await), ["name: missing"]);
        let token = desk.make_token(&desk.ctx(), &agent, "脚本").await.unwrap();
        assert_eq!(
            desk.by_token(&desk.ctx(), &token).await.unwrap().map(|me| (me.actor, me.session)),
            Some((agent.clone(), None))
        );
        assert!(desk.by_token(&desk.ctx(), &token[3..]).await.unwrap().is_none());
        assert!(who(&desk, &token).await.is_none(), "a token is no session");
        let (_, tokens) = desk.ways_in(&desk.ctx(), &agent).await.unwrap();
        assert_eq!(tokens[0].used, Some(desk.clock.now()));
        assert_eq!(refusal(desk.revoke_token(&other, tokens[0].id).await), Refusal::NotFound);
        desk.revoke_token(&agent, tokens[0].id).await.unwrap();
        assert!(desk.by_token(&desk.ctx(), &token).await.unwrap().is_none());
    });
}

#[test]
fn a_link_signs_in_until_it_expires_or_is_forgotten() {
    on_both(async |desk| {
        let agent = agent(&desk).await;
        let soon = desk.clock.now() + jiff::SignedDuration::from_hours(1);
        let link = desk.sign_in_link(&desk.ctx(), agent.person, soon).await.unwrap();
        let secret = desk.sign_in_by_link(&desk.ctx(), &link, here()).await.unwrap();
        assert_eq!(who(&desk, &secret).await.map(|me| me.actor.person), Some(agent.person));
        desk.clock.hours(1);
        assert_eq!(refusal(desk.sign_in_by_link(&desk.ctx(), &link, here()).await), Refusal::BadCode);
        let later = desk.clock.now() + jiff::SignedDuration::from_hours(1);
        let link = desk.sign_in_link(&desk.ctx(), agent.person, later).await.unwrap();
        desk.forget_links().await.unwrap();
        assert_eq!(refusal(desk.sign_in_by_link(&desk.ctx(), &link, here()).await), Refusal::BadCode);
    });
}

#[test]
fn the_setup_code_makes_one_administrator() {
    on_both(async |desk| {
        assert!(desk.is_empty().await.unwrap());
        let old = desk.make_setup_code(&desk.ctx()).await.unwrap();
        let code = desk.make_setup_code(&desk.ctx()).await.unwrap();
        let set_up = async |code: &str, login: &str, password: &str| {
            desk.set_up(&desk.ctx(), code, login, "首任", password, "客户服务中心", here()).await
        };
        assert_eq!(refusal(set_up(&old, "admin", PASSWORD).await), Refusal::BadCode);
        assert_eq!(faults(set_up(&code, "a b", PASSWORD).await), ["login: bad-login"]);
        assert_eq!(faults(set_up(&code, "admin", "short").await), ["password: password-short"]);
        assert!(desk.is_empty().await.unwrap());
        let secret = set_up(&format!(" {code}\n"), "Admin", PASSWORD).await.unwrap();
        let me = who(&desk, &secret).await.unwrap();
        assert!(me.actor.roles.has(Role::Administrator) && me.actor.roles.leads_desk());
        assert_eq!(desk.directory().department_name(me.actor.department), "客户服务中心");
        assert_eq!(refusal(set_up(&code, "second", PASSWORD).await), Refusal::AlreadySetUp);
        assert_eq!(refusal(desk.make_setup_code(&desk.ctx()).await), Refusal::AlreadySetUp);
        sign_in(&desk, "admin", PASSWORD).await.unwrap();
    });
}

#[test]
fn a_login_is_taken_once_and_only_administrators_look_after_people() {
    on_both(async |desk| {
        let admin = desk.person("管理员", CENTRE, [Role::Administrator]).await;
        let agent = agent(&desk).await;
        let (mut same, _) = text(&desk, &agent, true);
        same.password = PASSWORD.into();
        assert_eq!(refusal(desk.add_person(&desk.ctx(), &agent, same.clone()).await), Refusal::NotAllowed);
        assert_eq!(refusal(desk.add_person(&desk.ctx(), &admin, same).await), Refusal::Taken { field: "login".into() });
        let empty = PersonText { password: PASSWORD.into(), ..PersonText::default() };
        let missing = faults(desk.add_person(&desk.ctx(), &admin, empty).await);
        assert_eq!(missing, ["login: missing", "name: missing", "department: missing", "roles: missing"]);
        assert_eq!(
            refusal(desk.add_department(&desk.ctx(), &admin, CENTRE, "又一个").await),
            Refusal::Taken { field: "code".into() }
        );
        let id = desk.add_department(&desk.ctx(), &admin, "Legal", "法务部").await.unwrap();
        desk.edit_department(&admin, id, "法务", false, 1).await.unwrap();
        assert!(matches!(refusal(desk.edit_department(&admin, id, "法务", true, 1).await), Refusal::Stale { .. }));
        assert_eq!(desk.directory().department("legal").map(|d| (d.name.as_str(), d.active)), Some(("法务", false)));
    });
}

#[test]
fn a_machine_that_guesses_links_is_slowed_down() {
    on_both(async |desk| {
        for _ in 0..200 {
            assert_eq!(refusal(desk.sign_in_by_link(&desk.ctx(), "guess", here()).await), Refusal::BadCode);
        }
        let slowed = refusal(desk.sign_in_by_link(&desk.ctx(), "guess", here()).await);
        assert!(matches!(slowed, Refusal::TooMany { seconds: 1..=2 }), "{slowed:?}");
        // So is one that tries names; another machine is not.
        assert!(matches!(refusal(sign_in(&desk, "any", PASSWORD).await), Refusal::TooMany { .. }));
        let there = Origin { address: "10.0.0.8".into(), ..here() };
        assert_eq!(refusal(desk.sign_in_by_link(&desk.ctx(), "guess", there).await), Refusal::BadCode);
    });
}
