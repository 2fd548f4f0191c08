//! Recurring work: made once however often, missed, left out with a reason, read; and the word of the day on every ticket.

use jiff::SignedDuration;
use yingda_app::Once;
use yingda_app::routines::{Reading, RoutineText, Submission, Task};
use yingda_core::routine::{Mark, Work, WorkState};
use yingda_core::{Actor, Refusal, Role, RoutineId};
use yingda_testkit::desk::on_both;
use yingda_testkit::{Desk, form};

use crate::cast::{agent, assigned, at, fault, faults, head, refusal, supervisor, through};

async fn made(desk: &Desk) {
    desk.make_routine_work(&desk.ctx()).await.unwrap();
}

/// The id of a routine by its name.
async fn routine(desk: &Desk, lead: &Actor, label: &str) -> RoutineId {
    desk.routines(lead).await.unwrap().iter().find(|r| r.rule.label == label).unwrap().id
}

async fn history(desk: &Desk, lead: &Actor, id: RoutineId) -> Vec<Work> {
    desk.routine_history(lead, id, desk.ctx().now + SignedDuration::from_hours(24 * 30), None, 100).await.unwrap()
}

fn days(works: &[Work]) -> Vec<String> {
    works.iter().map(|w| format!("{} {}", w.day, w.state.as_str())).collect()
}

async fn to_do(desk: &Desk, actor: &Actor, label: &str) -> Task {
    let day = desk.my_day(&desk.ctx(), actor).await.unwrap();
    let labels: Vec<String> = day.to_do.iter().map(|task| task.work.label.clone()).collect();
    day.to_do.into_iter().find(|task| task.work.label == label).unwrap_or_else(|| panic!("no {label} in {labels:?}"))
}

fn daily(role: Role) -> RoutineText {
    RoutineText {
        label: "每日小结".to_owned(),
        role: Some(role),
        share: "each".to_owned(),
        every: "day".to_owned(),
        ..RoutineText::default()
    }
}

const REPORT: &str = "提交本周来电记录情况";
const INSPECTION: &str = "每周检查客服热线工作";

#[test]
fn occurrences_are_made_once_however_often_and_from_wherever() {
    on_both(async |desk| {
        desk.install("S02-hotline").await;
        let lead = supervisor(&desk).await;
        head(&desk, "莫经理", "business").await;
        agent(&desk).await;
        made(&desk).await;
        made(&desk).await;
        let other = desk.another().await;
        other.make_routine_work(&desk.ctx()).await.unwrap();
        let id = routine(&desk, &lead, INSPECTION).await;
        assert_eq!(days(&history(&desk, &lead, id).await), ["2026-11-06 open"]);
        let work = &history(&desk, &lead, id).await[0];
        assert_eq!((work.opens, work.due, work.person), (at("06 09:00"), at("06 18:00"), None));
        // The job runs late, on Friday noon, and then again on Saturday.
        desk.clock.set("2026-11-06T12:00:00+08:00");
        made(&desk).await;
        desk.clock.set("2026-11-07T12:00:00+08:00");
        made(&desk).await;
        made(&desk).await;
        assert_eq!(days(&history(&desk, &lead, id).await), ["2026-11-13 open", "2026-11-06 missed"]);
    });
}

#[test]
fn a_desk_that_was_down_makes_what_was_due_and_calls_it_missed() {
    on_both(async |desk| {
        let lead = supervisor(&desk).await;
        let clerk = agent(&desk).await;
        let id = desk.add_routine(&desk.ctx(), &lead, &daily(Role::Agent), None, Once::unkeyed()).await.unwrap();
        // Monday the 2nd has opened already. The desk is away until the Wednesday after next, 10:00.
        desk.clock.set("2026-11-18T10:00:00+08:00");
        let back = desk.another().await;
        back.make_routine_work(&desk.ctx()).await.unwrap();
        let works = history(&desk, &lead, id).await;
        let passed: Vec<_> = works.iter().filter(|w| w.opens <= at("18 10:00")).collect();
        assert_eq!(passed.len(), 12, "{:?}", days(&works));
        assert!(passed.iter().skip(1).all(|w| w.state == WorkState::Missed && w.person == Some(clerk.person)));
        assert_eq!((passed[0].day.to_string(), passed[0].state), ("2026-11-18".to_owned(), WorkState::Open));
        back.make_routine_work(&desk.ctx()).await.unwrap();
        assert_eq!(history(&desk, &lead, id).await.len(), works.len());
        // What was missed can still be made up for, and is late then.
        let yesterday = works.iter().find(|w| w.day.to_string() == "2026-11-17").unwrap().id;
        let said = Submission { fields: form! { "record.account" => "补交" }, ..Submission::default() };
        desk.submit_work(&desk.ctx(), &clerk, yesterday, said).await.unwrap();
        let task = desk.work(&clerk, yesterday).await.unwrap();
        assert!(task.work.is_late() && task.work.state == WorkState::Submitted);
        assert_eq!(task.work.record, [(String::new(), "补交".to_owned())]);
    });
}

#[test]
fn the_representative_submits_and_the_head_reads() {
    on_both(async |desk| {
        desk.install("S02-hotline").await;
        let (lead, boss) = (supervisor(&desk).await, head(&desk, "莫经理", "business").await);
        let (clerk, stranger) = (agent(&desk).await, head(&desk, "唐经理", "engineering").await);
        made(&desk).await;
        let coming = desk.my_day(&desk.ctx(), &clerk).await.unwrap().coming;
        let friday = coming.iter().find(|task| task.work.label == REPORT).unwrap().work.id;
        let calls = |work: &str| Submission {
            fields: form! { "weekly_report.calls" => "来电 120 个", "weekly_report.work" => work },
            once: Once::keyed(Some("k1"), &[work]),
            ..Submission::default()
        };
        let early = desk.submit_work(&desk.ctx(), &clerk, friday, calls("正常")).await;
        assert_eq!(refusal(early), Refusal::WorkNotOpen);
        desk.clock.set("2026-11-06T15:00:00+08:00");
        assert_eq!(refusal(desk.work(&stranger, friday).await), Refusal::NotFound);
        assert_eq!(refusal(desk.submit_work(&desk.ctx(), &boss, friday, calls("正常")).await), Refusal::NotAllowed);
        assert_eq!(
            faults(desk.submit_work(&desk.ctx(), &clerk, friday, calls(" ")).await),
            ["weekly_report.work: missing"]
        );
        let ok = |mark, remark: &str| Reading { mark, remark: remark.to_owned(), seen: None, once: Once::unkeyed() };
        let unread = desk.read_work(&desk.ctx(), &boss, friday, ok(Mark::Good, "")).await;
        assert_eq!(refusal(unread), Refusal::WorkNotSubmitted);
        desk.submit_work(&desk.ctx(), &clerk, friday, calls("正常")).await.unwrap();
        desk.submit_work(&desk.ctx(), &clerk, friday, calls("正常")).await.unwrap();
        let again = Submission { once: Once::unkeyed(), ..calls("再交") };
        assert_eq!(refusal(desk.submit_work(&desk.ctx(), &clerk, friday, again).await), Refusal::WorkDone);
        let day = desk.my_day(&desk.ctx(), &boss).await.unwrap();
        assert_eq!(day.to_read.iter().map(|t| t.work.id).collect::<Vec<_>>(), [friday]);
        assert_eq!(day.to_read[0].work.record[1], ("本周工作的开展情况".to_owned(), "正常".to_owned()));
        assert_eq!(refusal(desk.read_work(&desk.ctx(), &clerk, friday, ok(Mark::Good, "")).await), Refusal::NotAllowed);
        assert_eq!(
            faults(desk.read_work(&desk.ctx(), &boss, friday, ok(Mark::Improve, " ")).await),
            ["remark: missing"]
        );
        let stale = Reading { seen: Some(1), ..ok(Mark::Good, "") };
        assert_eq!(refusal(desk.read_work(&desk.ctx(), &boss, friday, stale).await), Refusal::Stale { current: 2 });
        desk.read_work(&desk.ctx(), &boss, friday, ok(Mark::Improve, "补充投诉分析")).await.unwrap();
        let work = desk.work(&clerk, friday).await.unwrap().work;
        assert_eq!((work.state, work.read_by, work.mark), (WorkState::Read, Some(boss.person), Some(Mark::Improve)));
        assert!(desk.my_day(&desk.ctx(), &boss).await.unwrap().to_read.is_empty());
        let team = desk.team_day(&desk.ctx(), &lead).await.unwrap();
        assert!(team.shared.iter().any(|task| task.work.id == friday));
        assert_eq!(refusal(desk.team_day(&desk.ctx(), &boss).await), Refusal::NotAllowed);
    });
}

#[test]
fn leaving_it_out_needs_a_reason_and_a_rule_that_knows_exceptions() {
    on_both(async |desk| {
        desk.install("S02-hotline").await;
        let lead = supervisor(&desk).await;
        let boss = head(&desk, "莫经理", "business").await;
        let clerk = agent(&desk).await;
        let strict = desk.add_routine(&desk.ctx(), &lead, &daily(Role::Agent), None, Once::unkeyed()).await.unwrap();
        desk.clock.set("2026-11-06T10:00:00+08:00");
        made(&desk).await;
        made(&desk).await;
        let id = desk.my_day(&desk.ctx(), &boss).await.unwrap();
        let id = id.to_do.iter().chain(&id.coming).find(|t| t.work.label == INSPECTION).unwrap().work.id;
        let exempt = async |actor: &Actor, reason: &str| {
            desk.exempt_work(&desk.ctx(), actor, id, reason, None, Once::unkeyed()).await
        };
        assert_eq!(faults(exempt(&boss, "  ").await), ["reason: missing"]);
        assert_eq!(refusal(exempt(&clerk, "外出").await), Refusal::NotFound);
        exempt(&boss, "外出开会").await.unwrap();
        assert_eq!(refusal(exempt(&boss, "外出开会").await), Refusal::WorkDone);
        let work = desk.work(&boss, id).await.unwrap().work;
        assert_eq!(
            (work.state, work.reason.as_str(), work.done_by),
            (WorkState::Exempted, "外出开会", Some(boss.person))
        );
        made(&desk).await;
        assert_eq!(desk.work(&boss, id).await.unwrap().work.state, WorkState::Exempted);
        // Nobody said that this one may be left out; not a lead either.
        let own = desk.routine_history(&lead, strict, desk.ctx().now, None, 1).await.unwrap()[0].id;
        let no = desk.exempt_work(&desk.ctx(), &lead, own, "忙", None, Once::unkeyed()).await;
        assert_eq!(refusal(no), Refusal::NotAllowed);
    });
}

#[test]
fn a_word_on_every_ticket_is_the_daily_tracking() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let (lead, clerk) = (supervisor(&desk).await, agent(&desk).await);
        let engineer = crate::cast::member(&desk, "张伟", "after_sales").await;
        made(&desk).await;
        desk.clock.set("2026-11-03T09:30:00+08:00");
        made(&desk).await;
        let first = desk.receive(&clerk, "enterprise-support", "phone", fault("中")).await.unwrap().id;
        let second = assigned(&desk, &clerk, "高").await;
        through(&desk, &clerk, &engineer).await;
        let day = desk.my_day(&desk.ctx(), &clerk).await.unwrap();
        assert_eq!((day.tickets.len(), day.untracked), (2, 2), "what has ended is not followed");
        let tracking = to_do(&desk, &clerk, "每日跟踪工单处理进度").await.work.id;
        let early = desk.submit_work(&desk.ctx(), &clerk, tracking, Submission::default()).await;
        assert_eq!(refusal(early), Refusal::Untracked { left: 2 });
        assert_eq!(faults(desk.track(&desk.ctx(), &clerk, first, " ", "department").await), ["note: missing"]);
        assert_eq!(faults(desk.track(&desk.ctx(), &clerk, first, "x", "weather").await), ["obstacle: not-an-option"]);
        assert_eq!(refusal(desk.track(&desk.ctx(), &lead, first, "", "").await), Refusal::NotAllowed);
        desk.track(&desk.ctx(), &clerk, first, "", "").await.unwrap();
        desk.track(&desk.ctx(), &clerk, first, "", "").await.unwrap();
        desk.track(&desk.ctx(), &clerk, second, "等配件到货", "department").await.unwrap();
        let history = desk.ticket(&clerk, first).await.unwrap().history;
        assert_eq!(history.iter().filter(|line| line.kind == "tracked").count(), 1, "twice the same is once");
        let work = desk.work(&clerk, tracking).await.unwrap().work;
        assert_eq!((work.state, work.record), (WorkState::Submitted, vec![("tickets".to_owned(), "2".to_owned())]));
        let team = desk.team_day(&desk.ctx(), &lead).await.unwrap();
        let line = team.lines.iter().find(|line| line.person == clerk.person).unwrap();
        assert_eq!((line.open, line.tracked, line.left()), (2, 2, 0));
        assert_eq!(team.obstacles.iter().map(|(word, _)| word.ticket).collect::<Vec<_>>(), [second]);
        // Tomorrow everything is untracked again; whoever has no tickets misses nothing.
        let idle = desk.person("李静", "service-center", [Role::Agent]).await;
        made(&desk).await;
        desk.clock.set("2026-11-04T19:00:00+08:00");
        assert_eq!(desk.my_day(&desk.ctx(), &clerk).await.unwrap().untracked, 2);
        made(&desk).await;
        let id = routine(&desk, &lead, "每日跟踪工单处理进度").await;
        let works = desk.routine_history(&lead, id, desk.ctx().now, None, 100).await.unwrap();
        let of = |who: &Actor| {
            let own = works.iter().find(|w| w.person == Some(who.person) && w.day.to_string() == "2026-11-04");
            own.unwrap().state
        };
        assert_eq!((of(&clerk), of(&idle)), (WorkState::Missed, WorkState::Submitted));
    });
}

#[test]
fn a_routine_that_nobody_does_or_that_never_comes_is_refused() {
    on_both(async |desk| {
        let (lead, clerk) = (supervisor(&desk).await, agent(&desk).await);
        let add = async |text: RoutineText| desk.add_routine(&desk.ctx(), &lead, &text, None, Once::unkeyed()).await;
        let base = || daily(Role::Agent);
        assert_eq!(faults(add(RoutineText { label: " ".into(), ..base() }).await), ["label: missing"]);
        assert_eq!(faults(add(RoutineText { role: None, ..base() }).await), ["role: nobody-named"]);
        assert_eq!(faults(add(daily(Role::Head)).await), ["role: nobody-there"]);
        let text = RoutineText { every: "week".into(), ..base() };
        assert_eq!(faults(add(text).await), ["weekdays: missing"]);
        let sunday = || RoutineText { every: "week".into(), weekdays: vec!["sunday".into()], ..base() };
        let text = RoutineText { every: "month".into(), month_day: "32".into(), ..base() };
        assert_eq!(faults(add(text).await), ["month_day: bad-month-day"]);
        let text = RoutineText { every: "year".into(), year_day: "02-30".into(), ..base() };
        assert_eq!(faults(add(text).await), ["year_day: never-comes"]);
        let text = RoutineText { at: "25:00".into(), limit: "0".into(), ..base() };
        assert_eq!(faults(add(text).await), ["at: bad-time", "limit: bad-amount", "unit: missing"]);
        let text = RoutineText { reader_role: Some(Role::Head), ..base() };
        assert_eq!(faults(add(text).await), ["reader_role: nobody-there"]);
        assert_eq!(
            refusal(desk.add_routine(&desk.ctx(), &clerk, &base(), None, Once::unkeyed()).await),
            Refusal::NotAllowed
        );
        // No Sunday that is worked on is known from here on; said that it is done all the same, or moved, it comes.
        assert_eq!(faults(add(sunday()).await), ["every: never-comes"]);
        add(RoutineText { free_day: "after".into(), ..sunday() }).await.unwrap();
        assert_eq!(desk.routines(&lead).await.unwrap().len(), 1);
    });
}

#[test]
fn a_changed_or_resting_routine_takes_back_what_has_not_opened() {
    on_both(async |desk| {
        let (lead, clerk) = (supervisor(&desk).await, agent(&desk).await);
        let once = || Once::keyed(Some("double"), &["x"]);
        let id = desk.add_routine(&desk.ctx(), &lead, &daily(Role::Agent), None, once()).await.unwrap();
        assert_eq!(desk.add_routine(&desk.ctx(), &lead, &daily(Role::Agent), None, once()).await.unwrap(), id);
        let opens = async || {
            let mut works = history(&desk, &lead, id).await;
            works.reverse();
            works.iter().map(|w| w.opens).collect::<Vec<_>>()
        };
        assert_eq!(opens().await.len(), 6, "from tomorrow to the Tuesday after, without the weekend");
        let friday = RoutineText {
            every: "week".into(),
            weekdays: vec!["friday".into()],
            at: "16:30".into(),
            ..daily(Role::Agent)
        };
        let edit = async |seen| desk.edit_routine(&desk.ctx(), &lead, id, &friday, seen).await;
        assert_eq!(refusal(edit(7).await), Refusal::Stale { current: 1 });
        edit(1).await.unwrap();
        assert_eq!(opens().await, [at("06 16:30")]);
        assert_eq!(desk.my_day(&desk.ctx(), &clerk).await.unwrap().coming.len(), 1);
        desk.switch_routine(&desk.ctx(), &lead, id, false, 2).await.unwrap();
        assert!(opens().await.is_empty());
        // It rests over a Friday; nothing is owed for that when it is taken up again.
        desk.clock.set("2026-11-09T09:00:00+08:00");
        made(&desk).await;
        desk.switch_routine(&desk.ctx(), &lead, id, true, 3).await.unwrap();
        assert_eq!(opens().await, [at("13 16:30")]);
        assert_eq!(desk.open_routine_now(&desk.ctx(), &lead, id).await.unwrap(), 1);
        assert_eq!(desk.open_routine_now(&desk.ctx(), &lead, id).await.unwrap(), 0, "one a day");
        // Who leaves has nothing more to do.
        let gone = desk.person("新人", "service-center", [Role::Agent]).await;
        made(&desk).await;
        assert_eq!(opens().await.len(), 3);
        let _ = gone;
    });
}

#[test]
fn the_catalogue_is_sound_and_taken_over_with_one_click() {
    on_both(async |desk| {
        let (lead, clerk) = (supervisor(&desk).await, agent(&desk).await);
        let catalogue = desk.routine_catalogue(&lead).await.unwrap();
        assert_eq!(refusal(desk.routine_catalogue(&clerk).await), Refusal::NotAllowed);
        for number in [
            "T21", "T22", "T24", "T26", "T27", "T39", "T40", "T46", "T47", "T53", "T54", "T55", "T56", "T57", "T60",
            "T65", "T66", "T67", "T68", "T69", "T70",
        ] {
            let entry = catalogue.iter().find(|e| e.rule.requirements.iter().any(|r| r == number)).expect(number);
            assert!(!entry.rule.quote.is_empty() && entry.rule.source.starts_with('S'), "{number}");
            assert!(!entry.rule.ours || !entry.rule.note.is_empty(), "{number}: ours, and why");
            assert!(desk.routine_next(&entry.rule, desk.ctx().now).is_some(), "{number} never comes");
        }
        let adopt = async |code: &str| desk.adopt_routine(&desk.ctx(), &lead, code, Once::unkeyed()).await;
        let id = adopt("t56").await.unwrap();
        assert_eq!(refusal(adopt("t56").await), Refusal::Taken { field: "routine".into() });
        assert_eq!(refusal(adopt("t999").await), Refusal::NotFound);
        assert_eq!(faults(adopt("t26").await), ["role: nobody-there"], "there is no manager");
        let ours = desk.routine(&lead, id).await.unwrap();
        assert!(ours.is_ours() && ours.rule.source == "S27");
        desk.clock.set("2026-11-02T16:10:00+08:00");
        let task = to_do(&desk, &clerk, "每日工作小结").await;
        assert_eq!(task.form.fields.len(), 2);
        let catalogue = desk.routine_catalogue(&lead).await.unwrap();
        assert_eq!(catalogue.iter().find(|e| e.code == "t56").unwrap().taken, Some(id));
        // The invoices' last day is the 30th of November at midnight.
        let rule = desk.catalogue_rule(&lead, "t27").unwrap();
        assert_eq!(desk.routine_next(&rule, at("02 00:00")).unwrap().to_string(), "2027-10-31T16:00:00Z");
    });
}

#[test]
fn a_process_that_brings_it_no_more_lets_it_rest() {
    on_both(async |desk| {
        desk.install("S02-hotline").await;
        let lead = supervisor(&desk).await;
        agent(&desk).await;
        made(&desk).await;
        let id = routine(&desk, &lead, REPORT).await;
        let text = RoutineText::of(&desk.routine(&lead, id).await.unwrap().rule, &desk.app);
        assert_eq!(refusal(desk.edit_routine(&desk.ctx(), &lead, id, &text, 1).await), Refusal::NotAllowed);
        let without =
            yingda_testkit::desk::shipped("S02-hotline").replace("label: 提交本周来电记录情况", "label: 每周提交");
        desk.install_text(&without, "S02").await;
        made(&desk).await;
        assert_eq!(desk.routine(&lead, id).await.unwrap().rule.label, "每周提交");
        assert_eq!(history(&desk, &lead, id).await[0].label, "每周提交", "what has not opened follows");
        let (head, tail) = without.split_once("\nroutines:\n").unwrap();
        let notes = tail.split_once("\nnotes:\n").unwrap().1;
        desk.install_text(&format!("{head}\nnotes:\n{notes}"), "S02").await;
        made(&desk).await;
        assert!(!desk.routine(&lead, id).await.unwrap().runs());
        assert!(history(&desk, &lead, id).await.is_empty());
    });
}
