//! Ticket numbers: unique, without a gap, and new every month of the desk.

use yingda_testkit::desk::on_both;

use crate::cast::{agent, fault, question};

#[test]
fn sixteen_at_once_get_sixteen_numbers_in_a_row_though_some_are_refused() {
    on_both(async |desk| {
        desk.install_all().await;
        let agent = agent(&desk).await;
        let mut calls = Vec::new();
        for call in 0..24 {
            let (app, ctx, agent) = (desk.app.clone(), desk.ctx(), agent.clone());
            // Every third is incomplete or comes to a step that refuses it.
            let fields = if call % 3 == 2 {
                yingda_testkit::form! { "accept.customer" => "甲" }
            } else {
                fault("高")
            };
            calls.push(tokio::spawn(async move {
                let matter = yingda_app::receive::Receive {
                    process: "enterprise-support".into(),
                    channel: "phone".into(),
                    fields,
                    ..Default::default()
                };
                app.receive(&ctx, &agent, matter).await
            }));
        }
        let mut numbers = Vec::new();
        for call in calls {
            numbers.extend(call.await.unwrap().ok().map(|received| received.number));
        }
        numbers.sort();
        let wanted: Vec<String> = (1..=16).map(|n| format!("CS202611{n:04}")).collect();
        assert_eq!(numbers, wanted);
    });
}

#[test]
fn a_series_begins_anew_with_the_desks_month_and_each_process_has_its_own() {
    on_both(async |desk| {
        desk.install_all().await;
        let agent = agent(&desk).await;
        let number = async |process: &str, form| desk.receive(&agent, process, "phone", form).await.unwrap().number;
        desk.clock.set("2026-10-31T23:59:59+08:00");
        assert_eq!(number("enterprise-support", fault("高")).await, "CS2026100001");
        desk.clock.set("2026-11-01T00:00:00+08:00");
        assert_eq!(number("enterprise-support", fault("高")).await, "CS2026110001");
        assert_eq!(number("customer-consultation", question("true")).await, "ZX2026110001");
        assert_eq!(number("enterprise-support", fault("高")).await, "CS2026110002");
    });
}

#[test]
fn a_number_leads_to_its_ticket_for_whoever_may_see_it() {
    on_both(async |desk| {
        desk.install_all().await;
        let agent = agent(&desk).await;
        let outsider = crate::cast::member(&desk, "赵磊", "logistics").await;
        let received = desk.receive(&agent, "enterprise-support", "phone", fault("高")).await.unwrap();
        assert_eq!(desk.ticket_by_number(&agent, &received.number).await.unwrap(), received.id);
        for (who, number) in [(&outsider, received.number.as_str()), (&agent, "CS2026119999")] {
            let found = desk.ticket_by_number(who, number).await;
            assert_eq!(crate::cast::refusal(found), yingda_core::Refusal::NotFound);
        }
    });
}
