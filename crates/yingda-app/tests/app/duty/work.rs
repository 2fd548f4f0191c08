//! Work comes to whoever is on duty, by each rule; out of hours by the after-hours rule; and the history says why.

use serde_json::Value;
use yingda_app::Once;
use yingda_app::assignment::{Told, Transfer};
use yingda_app::duty::setup::{RuleText, SkillText};
use yingda_core::{Actor, PersonId, TicketId};
use yingda_testkit::Desk;
use yingda_testkit::desk::on_both;

use super::{Crew, assigning, crew, publish, put, rule, shift, shift_text};
use crate::cast::{agent, assigned, member};

async fn assignee(desk: &Desk, by: &Actor, id: TicketId) -> Option<PersonId> {
    desk.ticket(by, id).await.unwrap().held.ticket.assignee
}

/// The line of history that says why.
async fn why(desk: &Desk, by: &Actor, id: TicketId, kind: &str) -> Value {
    let history = desk.ticket(by, id).await.unwrap().history;
    let at = history.iter().rposition(|line| line.kind == kind).unwrap_or_else(|| panic!("no line {kind}"));
    assert_eq!(history[at].actor, None);
    assert!(at > 0, "it comes after what brought the ticket here");
    serde_json::from_str(&history[at].body).unwrap()
}

fn to(crew: &Crew) -> Transfer {
    Transfer {
        department: crew.department(),
        person: None,
        reason: "售后处理".to_owned(),
        tell: String::new(),
        told: Told::Later,
        seen: None,
        phone: None,
        once: Once::unkeyed(),
    }
}

#[test]
fn by_turns_among_those_on_duty() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let (agent, crew) = (agent(&desk).await, crew(&desk).await);
        // Without a rule nothing is given by itself.
        let first = assigned(&desk, &agent, "中").await;
        assert_eq!(assignee(&desk, &agent, first).await, None);
        let days = shift(&desk, &crew, shift_text("day", "08:00", "22:00")).await;
        for who in [&crew.one, &crew.two] {
            put(&desk, &crew, days, 2, who).await;
        }
        rule(&desk, &crew, assigning("round_robin")).await;
        // Publishing gives out what waits.
        publish(&desk, &crew).await;
        assert_eq!(assignee(&desk, &agent, first).await, Some(crew.one.person));
        for expected in [&crew.two, &crew.one, &crew.two] {
            let id = assigned(&desk, &agent, "中").await;
            assert_eq!(assignee(&desk, &agent, id).await, Some(expected.person));
            let line = why(&desk, &agent, id, "auto-assigned").await;
            assert_eq!((&line["rule"], &line["why"]), (&"round_robin".into(), &"turn".into()));
            assert_eq!(line["considered"].as_array().unwrap().len(), 2);
            let ticket = desk.ticket(&agent, id).await.unwrap().held.ticket;
            assert_eq!(ticket.owner, agent.person, "the first receiver stays answerable");
        }
        // The rule's own edits do not lose whose turn it is, nor does remembering it make an edit stale.
        let kept = desk.duty_setup(&crew.chief, crew.department()).await.unwrap().rule;
        assert_eq!((kept.version, kept.last), (1, Some(crew.two.person)));
    });
}

#[test]
fn to_the_least_loaded_and_by_a_transfer_too() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let (agent, crew) = (agent(&desk).await, crew(&desk).await);
        let engineer = member(&desk, "赵磊", "technology").await;
        rule(&desk, &crew, assigning("least_loaded")).await;
        // No roster: everybody who works there in the office's hours; the head has least of all, and is one of them.
        let mut given = Vec::new();
        for _ in 0..4 {
            let id = assigned(&desk, &agent, "中").await;
            given.push(assignee(&desk, &agent, id).await.unwrap());
        }
        given.sort_unstable();
        let mut all = [&crew.chief, &crew.one, &crew.two, &crew.three].map(|who| who.person);
        all.sort_unstable();
        assert_eq!(given, all);
        let id = assigned(&desk, &agent, "中").await;
        let away = Transfer { department: engineer.department, ..to(&crew) };
        desk.transfer(&desk.ctx(), &agent, id, away).await.unwrap();
        assert_eq!(assignee(&desk, &agent, id).await, None, "that department has no rule");
        desk.transfer(&desk.ctx(), &agent, id, to(&crew)).await.unwrap();
        assert!(assignee(&desk, &agent, id).await.is_some());
        assert_eq!(why(&desk, &agent, id, "auto-assigned").await["why"], "load");
        // Whom somebody names is given it, whatever the rule.
        let named = Transfer { person: Some(crew.two.person), ..to(&crew) };
        let id = assigned(&desk, &agent, "中").await;
        desk.transfer(&desk.ctx(), &agent, id, named).await.unwrap();
        assert_eq!(assignee(&desk, &agent, id).await, Some(crew.two.person));
    });
}

#[test]
fn to_whoever_has_the_skill_that_the_kind_names() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let (agent, crew) = (agent(&desk).await, crew(&desk).await);
        rule(&desk, &crew, assigning("skill")).await;
        let id = assigned(&desk, &agent, "中").await;
        assert_eq!(why(&desk, &agent, id, "auto-assigned").await["why"], "no_skill");
        let kind = desk.ticket(&agent, id).await.unwrap().held.ticket.kind;
        assert!(!kind.is_empty());
        let word = SkillText { word: kind, ..SkillText::default() };
        desk.record_skill(&desk.ctx(), &crew.chief, crew.three.person, word).await.unwrap();
        for _ in 0..3 {
            let id = assigned(&desk, &agent, "中").await;
            assert_eq!(assignee(&desk, &agent, id).await, Some(crew.three.person));
            assert_eq!(why(&desk, &agent, id, "auto-assigned").await["why"], "skill");
        }
    });
}

#[test]
fn out_of_hours_it_waits_and_is_given_out_when_somebody_is_there() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let (agent, crew) = (agent(&desk).await, crew(&desk).await);
        rule(&desk, &crew, assigning("least_loaded")).await;
        desk.clock.set("2026-11-02T20:00:00+08:00");
        let id = assigned(&desk, &agent, "中").await;
        assert_eq!(assignee(&desk, &agent, id).await, None);
        let line = why(&desk, &agent, id, "waits-for-duty").await;
        assert_eq!((&line["after_hours"], &line["opens"]), (&"wait".into(), &"2026-11-03T01:00:00Z".into()));
        let other = assigned(&desk, &agent, "中").await;
        desk.run_jobs().await;
        assert_eq!(assignee(&desk, &agent, id).await, None, "not yet");
        desk.clock.set("2026-11-03T09:00:00+08:00");
        desk.run_jobs().await;
        let people = [assignee(&desk, &agent, id).await, assignee(&desk, &agent, other).await];
        assert!(people[0].is_some() && people[1].is_some() && people[0] != people[1]);
        assert_eq!(why(&desk, &agent, id, "auto-assigned").await["rule"], "least_loaded");
    });
}

#[test]
fn what_waits_is_given_out_at_signing_in() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let (agent, crew) = (agent(&desk).await, crew(&desk).await);
        let days = shift(&desk, &crew, shift_text("day", "12:00", "22:00")).await;
        let turn = put(&desk, &crew, days, 2, &crew.two).await;
        publish(&desk, &crew).await;
        rule(&desk, &crew, assigning("round_robin")).await;
        let id = assigned(&desk, &agent, "中").await;
        assert_eq!(assignee(&desk, &agent, id).await, None);
        desk.clock.set("2026-11-02T12:00:00+08:00");
        desk.begin_turn(&desk.ctx(), &crew.two, turn).await.unwrap();
        assert_eq!(assignee(&desk, &agent, id).await, Some(crew.two.person));
        desk.run_jobs().await;
    });
}

#[test]
fn out_of_hours_it_goes_to_another_departments_duty_or_to_the_head() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let (agent, crew) = (agent(&desk).await, crew(&desk).await);
        let engineer = member(&desk, "赵磊", "technology").await;
        let days = shift(&desk, &crew, shift_text("day", "22:00", "23:00")).await;
        put(&desk, &crew, days, 2, &crew.one).await;
        publish(&desk, &crew).await;
        let elsewhere = RuleText {
            after_hours: "department".into(),
            after_department: Some(engineer.department),
            ..assigning("round_robin")
        };
        rule(&desk, &crew, elsewhere).await;
        let id = assigned(&desk, &agent, "中").await;
        let held = desk.ticket(&engineer, id).await.unwrap().held;
        assert_eq!((held.ticket.assignee, held.ticket.department), (Some(engineer.person), Some(engineer.department)));
        assert!(held.work.iter().all(|item| item.department == Some(engineer.department)));
        let line = why(&desk, &agent, id, "auto-assigned").await;
        assert_eq!(line["after_hours"], "department");
        crate::cast::respond(&desk, &engineer, id).await.unwrap();

        rule(&desk, &crew, RuleText { after_hours: "head".into(), ..assigning("round_robin") }).await;
        let id = assigned(&desk, &agent, "中").await;
        assert_eq!(assignee(&desk, &agent, id).await, Some(crew.chief.person));
        assert_eq!(why(&desk, &agent, id, "auto-assigned").await["after_hours"], "head");
    });
}

#[test]
fn whoever_no_longer_works_here_is_nobody() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let (agent, crew) = (agent(&desk).await, crew(&desk).await);
        let admin = desk.person("管理员", "service-center", [yingda_core::Role::Administrator]).await;
        let id = assigned(&desk, &agent, "中").await;
        desk.assign(&desk.ctx(), &crew.one, id, Some(crew.one.person), None, None).await.unwrap();
        rule(&desk, &crew, assigning("round_robin")).await;
        let text = yingda_app::people::PersonText {
            login: crew.one.name.clone(),
            name: crew.one.name.clone(),
            department: Some(crew.department()),
            roles: crew.one.roles.clone(),
            active: false,
            password: String::new(),
        };
        desk.edit_person(&desk.ctx(), &admin, crew.one.person, text, 1).await.unwrap();
        crate::cast::respond(&desk, &crew.two, id).await.unwrap();
        let now = assignee(&desk, &agent, id).await;
        assert!(now.is_some() && now != Some(crew.one.person), "{now:?}");
    });
}
