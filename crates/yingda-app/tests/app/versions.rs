//! A ticket stays on the version of its process under which it began.

use yingda_app::processes::Installed;
use yingda_core::{Refusal, Role};
use yingda_testkit::desk::{on_both, shipped};
use yingda_testkit::form;

use crate::cast::{agent, question, refusal};

/// S01 with one more field that must be filled in.
fn changed() -> String {
    let source = shipped("S01-consultation");
    let before = "  instant_answer:\n    title: 当场解答\n    fields:\n";
    assert!(source.contains(before));
    source.replace(before, &format!("{before}      checked: {{ label: 已核对, type: yes_no, required: true }}\n"))
}

#[test]
fn a_new_version_is_for_new_tickets() {
    on_both(async |desk| {
        desk.install("S01-consultation").await;
        let agent = agent(&desk).await;
        let old = desk.receive(&agent, "customer-consultation", "phone", question("true")).await.unwrap().id;
        desk.install_text(&changed(), "S01-consultation").await;
        let new = desk.receive(&agent, "customer-consultation", "phone", question("true")).await.unwrap().id;
        // Also in a process that has just started.
        let restarted = desk.another().await;
        for app in [&desk.app, &restarted] {
            let (old, new) = (app.ticket(&agent, old).await.unwrap(), app.ticket(&agent, new).await.unwrap());
            assert_ne!(old.held.ticket.definition, new.held.ticket.definition);
            assert!(old.process.definition.form("instant_answer").unwrap().field("checked").is_none());
            assert!(new.process.definition.form("instant_answer").unwrap().field("checked").is_some());
            assert_eq!(app.processes().versions("customer-consultation").len(), 2);
        }
        let answer = form! { "instant_answer.answer" => "一年。" };
        desk.complete(&agent, old, "answer_at_once", answer.clone()).await.unwrap();
        assert_eq!(
            crate::cast::faults(desk.complete(&agent, new, "answer_at_once", answer).await),
            ["instant_answer.checked: missing"]
        );
        // The first text again is the first version again, not a third.
        desk.install("S01-consultation").await;
        assert_eq!(desk.processes().versions("customer-consultation").len(), 2);
        let back = desk.receive(&agent, "customer-consultation", "phone", question("true")).await.unwrap().id;
        assert_eq!(
            desk.ticket(&agent, back).await.unwrap().held.ticket.definition,
            desk.ticket(&agent, old).await.unwrap().held.ticket.definition
        );
    });
}

#[test]
fn a_faulty_file_changes_nothing_and_only_an_administrator_lets_one_in() {
    on_both(async |desk| {
        desk.install("S01-consultation").await;
        let agent = agent(&desk).await;
        let admin = desk.person("管理员", "service-center", [Role::Administrator]).await;
        let faulty = changed().replace("next: standard_answer", "next: nowhere");
        let outcome = desk.install_process(&desk.ctx(), Some(&admin), &faulty, "S01.yaml").await.unwrap();
        assert!(matches!(&outcome, Installed::Faulty(faults) if !faults.is_empty()), "{outcome:?}");
        assert_eq!(desk.processes().versions("customer-consultation").len(), 1);
        let refused = desk.install_process(&desk.ctx(), Some(&agent), &changed(), "S01.yaml").await;
        assert_eq!(refusal(refused), Refusal::NotAllowed);
        let unknown = desk.receive(&agent, "no-such-process", "phone", form! {}).await;
        assert!(matches!(refusal(unknown), Refusal::Process { .. }));
    });
}

#[test]
fn a_process_brings_its_departments_and_leaves_those_that_are_there() {
    on_both(async |desk| {
        desk.add_department_unasked(&desk.ctx(), "sales", "营销一部").await.unwrap();
        desk.install_all().await;
        let directory = desk.directory();
        assert_eq!(directory.department("sales").map(|d| d.name.as_str()), Some("营销一部"));
        assert_eq!(directory.department("engineering").map(|d| d.name.as_str()), Some("工程部"));
    });
}
