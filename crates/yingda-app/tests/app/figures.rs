//! A small month, reckoned by hand.

use yingda_app::figures::{DepartmentGroup, Group, Share, Times};
use yingda_core::{Actor, TicketId};
use yingda_testkit::desk::on_both;
use yingda_testkit::{Desk, form};

use crate::cast::{agent, assign_to, close, confirm, fault, handle, head, member, question, rate, refusal, respond};

fn times(count: usize, median: i64, p90: i64) -> Times {
    Times { count, median, p90 }
}

/// A question that 项目部 signs for on the 4th at 10:00 and answers at a time.
async fn by_sheet(desk: &Desk, agent: &Actor, head: &Actor, answered: &str) {
    desk.clock.set("2026-11-04T09:00:00+08:00");
    let id: TicketId = desk.receive(agent, "customer-consultation", "phone", question("false")).await.unwrap().id;
    let inquiry = form! { "inquiry.department" => "项目部", "inquiry.question" => "几年?" };
    desk.complete(agent, id, "inquire", inquiry).await.unwrap();
    let sheet = desk.ticket(agent, id).await.unwrap().sheets[0].id;
    desk.clock.set("2026-11-04T10:00:00+08:00");
    desk.receive_sheet(&desk.ctx(), head, sheet).await.unwrap();
    desk.clock.set(answered);
    desk.answer_sheet(&desk.ctx(), head, sheet, "三年", None).await.unwrap();
}

#[test]
fn the_months_figures_are_those_reckoned_by_hand() {
    on_both(async |desk| {
        desk.install_all().await;
        let agent = agent(&desk).await;
        let engineer = member(&desk, "张伟", "after_sales").await;
        let project = head(&desk, "刘洋", "project").await;
        let receive = async |channel: &str, priority: &str| {
            desk.receive(&agent, "enterprise-support", channel, fault(priority)).await.unwrap().id
        };

        // The last second of October and the first of December are not November's; its own last second is.
        desk.clock.set("2026-10-31T23:59:59+08:00");
        receive("phone", "中").await;
        desk.clock.set("2026-12-01T00:00:00+08:00");
        receive("phone", "中").await;
        desk.clock.set("2026-11-30T23:59:59+08:00");
        receive("phone", "中").await;

        // Answered at once: three minutes.
        desk.clock.set("2026-11-02T09:00:00+08:00");
        let at_once = desk.receive(&agent, "customer-consultation", "phone", question("true")).await.unwrap().id;
        desk.clock.minutes(3);
        desk.complete(&agent, at_once, "answer_at_once", form! { "instant_answer.answer" => "一年。" }).await.unwrap();

        // Solved in two hours of one morning; satisfied.
        desk.clock.set("2026-11-02T09:10:00+08:00");
        let quick = receive("phone", "高").await;
        desk.complete(&agent, quick, "assign", assign_to("after_sales")).await.unwrap();
        desk.clock.minutes(30);
        respond(&desk, &engineer, quick).await.unwrap();
        desk.clock.minutes(90);
        handle(&desk, &engineer, quick, "好了").await.unwrap();
        confirm(&desk, &agent, quick, "true").await.unwrap();
        rate(&desk, &agent, quick, "满意", "").await.unwrap();
        close(&desk, &agent, quick).await.unwrap();

        // By mail, in two rounds, from Tuesday 09:00 to Friday 17:30; not satisfied, and not closed.
        desk.clock.set("2026-11-03T09:00:00+08:00");
        let slow = receive("mail", "中").await;
        desk.complete(&agent, slow, "assign", assign_to("after_sales")).await.unwrap();
        desk.clock.minutes(30);
        respond(&desk, &engineer, slow).await.unwrap();
        handle(&desk, &engineer, slow, "好了").await.unwrap();
        confirm(&desk, &agent, slow, "false").await.unwrap();
        desk.complete(&agent, slow, "opinion", form! { "opinion.opinion" => "没好", "opinion.escalate" => "false" })
            .await
            .unwrap();
        desk.clock.set("2026-11-06T17:30:00+08:00");
        handle(&desk, &engineer, slow, "真好了").await.unwrap();
        confirm(&desk, &agent, slow, "true").await.unwrap();
        rate(&desk, &agent, slow, "一般", "太慢").await.unwrap();

        // Two sheets, due on the 6th at 10:00: one answered on the stroke, one a minute after.
        by_sheet(&desk, &agent, &project, "2026-11-06T10:00:00+08:00").await;
        by_sheet(&desk, &agent, &project, "2026-11-06T10:01:00+08:00").await;

        let f = desk.figures(&desk.ctx(), &agent, "2026-11-15".parse().unwrap()).await.unwrap();
        assert_eq!((f.month.to_string().as_str(), f.accepted), ("2026-11-01", 6));
        assert_eq!(f.handled, Share { part: 2, whole: 6 });
        assert_eq!(f.satisfied, Share { part: 1, whole: 2 });
        assert_eq!(f.first_time, Share { part: 2, whole: 3 });
        assert_eq!(f.responding, times(3, 1_800, 1_800));
        // Three days and eight and a half hours by the clock…
        let slow_clock = 3 * 86_400 + 8 * 3_600 + 1_800;
        assert_eq!(f.solving, times(3, 7_200, slow_clock));
        // …are three days of 7.5 hours and the Friday's seven.
        assert_eq!(f.solving_worked, times(3, 7_200, 3 * 27_000 + 25_200));
        let group = |key: &str, count, ended, solving| Group { key: key.into(), count, ended, solving };
        assert_eq!(
            f.by_kind,
            [group("", 3, 1, times(1, 180, 180)), group("技术故障类", 3, 1, times(2, 7_200, slow_clock))]
        );
        assert_eq!(
            f.by_channel.iter().map(|g| (g.key.as_str(), g.count)).collect::<Vec<_>>(),
            [("phone", 5), ("mail", 1)]
        );
        assert_eq!(f.by_priority.iter().map(|g| (g.key.as_str(), g.count)).collect::<Vec<_>>(), [("3", 5), ("2", 1)]);
        assert_eq!(
            f.by_rating.iter().map(|g| (g.key.as_str(), g.count)).collect::<Vec<_>>(),
            [("一般", 1), ("满意", 1)]
        );
        let processes: Vec<_> = f.by_process.iter().map(|g| (g.key.as_str(), g.count)).collect();
        assert_eq!(processes, [("customer-consultation", 3), ("enterprise-support", 3)]);
        // 6.5 hours of the 4th, 7.5 of the 5th, one of the 6th.
        let answering = times(2, 15 * 3_600, 15 * 3_600 + 60);
        let department = project.department;
        assert_eq!(
            f.by_department,
            [DepartmentGroup { department, sheets: 2, answered: 2, in_time: Share { part: 1, whole: 2 }, answering }]
        );
        let mut days = vec![0; 30];
        (days[1], days[2], days[3], days[29]) = (2, 1, 2, 1);
        assert_eq!(f.by_day, days);

        let span = desk.figures_span(&agent).await.unwrap().unwrap();
        assert_eq!((span.0.to_string().as_str(), span.1.to_string().as_str()), ("2026-10-01", "2026-12-01"));
        assert_eq!(refusal(desk.figures(&desk.ctx(), &engineer, f.month).await), yingda_core::Refusal::NotAllowed);
        let empty = desk.figures(&desk.ctx(), &agent, "2026-08-01".parse().unwrap()).await.unwrap();
        assert_eq!((empty.accepted, empty.handled.per_mille(), empty.by_day.len()), (0, None, 31));
    });
}
