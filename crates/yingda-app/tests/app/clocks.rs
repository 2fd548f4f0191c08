//! Clocks: they start, stand still, are renewed, set, swept and recomputed; what is stored is what the facts give.

use jiff::Timestamp;
use yingda_app::clocks::derive::Target;
use yingda_app::clocks::pause::{OwnLimit, PauseClocks, SetLimit};
use yingda_app::clocks::policy::{ClockPolicy, Policy, PolicyCell};
use yingda_app::clocks::recompute::Proposal;
use yingda_app::clocks::view::ClockView;
use yingda_app::talk::Say;
use yingda_app::{MessageKind, Once};
use yingda_core::{Actor, Refusal, TicketId};
use yingda_process::{Limit, LimitUnit, Priority};
use yingda_store::clocks::Outcome;
use yingda_testkit::desk::on_both;
use yingda_testkit::{Desk, form};

use crate::cast::{agent, at, faults, member, refusal, supervisor};

pub const REPAIR: &str = "
process: repair
name: Repair
channels: [phone, mail]
number: { prefix: BX }
departments: { shop: Shop }
lanes:
  desk: { name: Desk, role: agent }
  shop: { name: Shop, department: shop }
forms:
  call:
    title: Call
    fields:
      subject: { label: Subject, type: text, required: true, fills: subject }
      priority: { label: Priority, type: choice, required: true, options: [紧急, 高, 中, 低], fills: priority }
      handover: { label: Hand-over, type: date }
  work:
    title: Work
    fields:
      done: { label: Done, type: yes_no, required: true }
start: call
intake: [call]
steps:
  call: { task: Call, lane: desk, form: call, next: repair }
  repair:
    task: Repair
    lane: shop
    form: work
    next: check
    marks: [responded, solved]
    limit:
      by_channel:
        mail: { hours: 24 }
        other: { by_priority: { 高: { working_hours: 4 }, 中: { working_hours: 8 } } }
  check: { task: Check, lane: desk, form: work, next: again }
  again:
    choose:
      - { when: work.done, to: closed, label: ok }
      - { otherwise: repair, label: again }
  closed: { end: Closed, outcome: resolved, event_record: true, marks: [confirmed] }
clocks:
  whole: { label: Whole, starts: [opened, reopened], stops: solved, target: { working_days: 2 } }
  feedback: { label: Feedback, starts: opened, renews: told_customer, stops: solved, answerable: owner, target: { days: 2 } }
  handover: { label: Hand-over, planned: call.handover, stops: confirmed, target: { months: 3 } }
pauses:
  customer: { label: Waiting for the customer, clocks: [step.repair, whole] }
ladder:
  - { before_percent: 25, to: [handler, owner] }
  - { at_limit: true, to: [handler, owner] }
  - { after: { working_hours: 4 }, to: [supervisor] }
";

async fn open(desk: &Desk, agent: &Actor, priority: &str) -> TicketId {
    desk.install_text(REPAIR, "repair").await;
    let call = form! { "call.subject" => "Washer", "call.priority" => priority };
    desk.receive(agent, "repair", "phone", call).await.unwrap().id
}

async fn clock(desk: &Desk, actor: &Actor, id: TicketId, rule: &str) -> ClockView {
    let all = desk.ticket_clocks(&desk.ctx(), actor, id).await.unwrap();
    all.into_iter().filter(|view| view.clock.clock.rule == rule).max_by_key(|view| view.clock.clock.round).unwrap()
}

async fn due(desk: &Desk, actor: &Actor, id: TicketId, rule: &str) -> Option<Timestamp> {
    clock(desk, actor, id, rule).await.clock.clock.due
}

/// What is stored is what the facts give, on the clocks, the ticket and its work.
pub async fn agrees(desk: &Desk, actor: &Actor, id: TicketId) {
    let all = desk.ticket_clocks(&desk.ctx(), actor, id).await.unwrap();
    for view in &all {
        let stored = &view.clock.clock;
        let calendar = desk.calendar(&stored.calendar);
        assert_eq!(stored.due, view.clock.due_by(&calendar).unwrap(), "{}", stored.rule);
    }
    let held = desk.ticket(actor, id).await.unwrap().held;
    let going = || all.iter().filter(|view| view.clock.is_going()).map(|view| &view.clock.clock);
    assert_eq!(held.ticket.due, going().filter_map(|clock| clock.due).min());
    for item in &held.work {
        let rule = format!("step.{}", item.step);
        assert_eq!(item.due, going().find(|clock| clock.rule == rule).and_then(|clock| clock.due));
    }
}

#[test]
fn a_limit_is_that_of_its_channel_and_priority_and_an_empty_cell_is_none() {
    on_both(async |desk| {
        let agent = agent(&desk).await;
        let id = open(&desk, &agent, "高").await;
        assert_eq!(due(&desk, &agent, id, "step.repair").await, Some(at("02 14:30")), "09:00 and four working hours");
        let low = open(&desk, &agent, "低").await;
        assert_eq!(clock(&desk, &agent, low, "step.repair").await.target, Target::Empty, "J03");
        let call = form! { "call.subject" => "Washer", "call.priority" => "低" };
        let mail = desk.receive(&agent, "repair", "mail", call).await.unwrap().id;
        assert_eq!(due(&desk, &agent, mail, "step.repair").await, Some(at("03 09:00")));
        for id in [id, low, mail] {
            agrees(&desk, &agent, id).await;
        }
        // Another priority, another limit, from the same start.
        let amend =
            yingda_app::amend::Amend { particulars: vec![("priority".to_owned(), "中".to_owned())], seen: None };
        desk.amend(&desk.ctx(), &agent, low, amend).await.unwrap();
        assert_eq!(due(&desk, &agent, low, "step.repair").await, Some(at("03 09:30")));
        agrees(&desk, &agent, low).await;
    });
}

#[test]
fn a_pause_with_its_reason_moves_the_limit_by_the_working_time_that_it_covers() {
    on_both(async |desk| {
        let agent = agent(&desk).await;
        let id = open(&desk, &agent, "高").await;
        let pause =
            |reason: &str, note: &str| PauseClocks { reason: reason.to_owned(), note: note.to_owned(), seen: None };
        assert_eq!(
            faults(desk.pause_clocks(&desk.ctx(), &agent, id, pause("rain", "x")).await),
            ["reason: not-an-option"]
        );
        assert_eq!(faults(desk.pause_clocks(&desk.ctx(), &agent, id, pause("customer", " ")).await), ["note: missing"]);
        desk.clock.set("2026-11-02T11:00:00+08:00");
        desk.pause_clocks(&desk.ctx(), &agent, id, pause("customer", "serial number")).await.unwrap();
        let again = desk.pause_clocks(&desk.ctx(), &agent, id, pause("customer", "serial number")).await;
        assert_eq!(refusal(again), Refusal::NothingToPause);
        let held = clock(&desk, &agent, id, "step.repair").await;
        assert_eq!((held.clock.clock.due, held.clock.held().map(|p| p.note.as_str())), (None, Some("serial number")));
        assert_eq!(due(&desk, &agent, id, "feedback").await, Some(at("04 09:00")), "not of that reason");
        agrees(&desk, &agent, id).await;
        // Over the limit while it stands still: nobody is told, nothing is breached.
        desk.clock.set("2026-11-03T10:00:00+08:00");
        desk.sweep_clocks(&desk.ctx()).await.unwrap();
        assert_eq!(clock(&desk, &agent, id, "step.repair").await.clock.clock.breached, None);
        desk.resume_clocks(&desk.ctx(), &agent, id, "", None).await.unwrap();
        // Two hours were used on Monday; two are left from Tuesday 10:00.
        assert_eq!(due(&desk, &agent, id, "step.repair").await, Some(at("03 12:00")));
        let lines = clock(&desk, &agent, id, "step.repair").await.account[0].chinese().join("\n");
        assert!(lines.contains("11:00"), "{lines}");
        agrees(&desk, &agent, id).await;
        // Doing the step ends a wait that nobody has ended.
        let shop = member(&desk, "Fan", "shop").await;
        desk.pause_clocks(&desk.ctx(), &agent, id, pause("customer", "once more")).await.unwrap();
        desk.complete(&shop, id, "repair", form! { "work.done" => "true" }).await.unwrap();
        let stopped = clock(&desk, &agent, id, "step.repair").await.clock;
        assert_eq!((stopped.clock.outcome, stopped.held()), (Outcome::Met, None));
        agrees(&desk, &agent, id).await;
    });
}

#[test]
fn feedback_begins_anew_each_time_the_customer_is_told_and_ends_when_solved() {
    on_both(async |desk| {
        let agent = agent(&desk).await;
        let shop = member(&desk, "Fan", "shop").await;
        let id = open(&desk, &agent, "高").await;
        let tell = Say {
            kind: MessageKind::ToCustomer,
            text: "Parts are ordered".to_owned(),
            channel: String::new(),
            told: yingda_app::assignment::Told::Now,
            answer: None,
            once: Once::default(),
        };
        desk.clock.set("2026-11-03T09:00:00+08:00");
        let version = desk.ticket(&agent, id).await.unwrap().held.ticket.version;
        desk.say(&desk.ctx(), &agent, id, tell).await.unwrap();
        assert_eq!(desk.ticket(&agent, id).await.unwrap().held.ticket.version, version, "nobody's form goes stale");
        let now = clock(&desk, &agent, id, "feedback").await.clock.clock;
        assert_eq!(
            (now.round, now.started, now.due, now.person),
            (2, at("03 09:00"), Some(at("05 09:00")), Some(agent.person))
        );
        agrees(&desk, &agent, id).await;
        desk.clock.set("2026-11-06T09:00:00+08:00");
        desk.complete(&shop, id, "repair", form! { "work.done" => "true" }).await.unwrap();
        let now = clock(&desk, &agent, id, "feedback").await.clock.clock;
        assert_eq!(
            (now.round, now.outcome, now.breached),
            (2, Outcome::Broken, Some(at("05 09:00"))),
            "late, though no sweep saw it"
        );
        agrees(&desk, &agent, id).await;
    });
}

#[test]
fn a_second_round_has_clocks_of_its_own() {
    on_both(async |desk| {
        let agent = agent(&desk).await;
        let shop = member(&desk, "Fan", "shop").await;
        let id = open(&desk, &agent, "高").await;
        desk.complete(&shop, id, "repair", form! { "work.done" => "true" }).await.unwrap();
        desk.clock.set("2026-11-02T10:00:00+08:00");
        desk.complete(&agent, id, "check", form! { "work.done" => "false" }).await.unwrap();
        let rounds: Vec<(String, i64, Outcome)> = desk
            .ticket_clocks(&desk.ctx(), &agent, id)
            .await
            .unwrap()
            .into_iter()
            .map(|view| (view.clock.clock.rule, view.clock.clock.round, view.clock.clock.outcome))
            .collect();
        let is = |rule: &str, round, outcome| rounds.contains(&(rule.to_owned(), round, outcome));
        assert!(is("step.repair", 1, Outcome::Met) && is("step.repair", 2, Outcome::Going), "{rounds:?}");
        assert!(is("whole", 1, Outcome::Met) && is("whole", 2, Outcome::Going), "{rounds:?}");
        agrees(&desk, &agent, id).await;
    });
}

#[test]
fn a_planned_date_is_counted_back_from_and_moves_with_its_field() {
    on_both(async |desk| {
        let agent = agent(&desk).await;
        desk.install_text(REPAIR, "repair").await;
        let call = form! { "call.subject" => "Flat", "call.priority" => "低", "call.handover" => "2027-05-31" };
        let id = desk.receive(&agent, "repair", "phone", call).await.unwrap().id;
        // The end of 28 February, three months before.
        let end: Timestamp = "2027-03-01T00:00:00+08:00".parse().unwrap();
        assert_eq!(due(&desk, &agent, id, "handover").await, Some(end));
        agrees(&desk, &agent, id).await;
    });
}

#[test]
fn what_a_limit_brings_about_happens_once_however_late_and_often_it_is_swept() {
    on_both(async |desk| {
        let (agent, chief) = (agent(&desk).await, supervisor(&desk).await);
        let shop = member(&desk, "Fan", "shop").await;
        let id = open(&desk, &agent, "高").await;
        let kinds = async || -> Vec<String> {
            let told = desk.ticket_notices(&agent, id).await.unwrap();
            told.iter()
                .filter(|told| told.notice.trigger == "step.repair")
                .map(|told| told.notice.kind.to_string())
                .collect()
        };
        desk.sweep_clocks(&desk.ctx()).await.unwrap();
        assert_eq!(kinds().await, Vec::<String>::new());
        // Three of four working hours: a quarter is left.
        desk.clock.set("2026-11-02T13:30:00+08:00");
        desk.sweep_clocks(&desk.ctx()).await.unwrap();
        desk.sweep_clocks(&desk.ctx()).await.unwrap();
        assert_eq!(kinds().await.len(), 1);
        // The desk was down for two days.
        desk.clock.set("2026-11-04T09:00:00+08:00");
        assert!(desk.sweep_clocks(&desk.ctx()).await.unwrap() > 0);
        assert_eq!(desk.sweep_clocks(&desk.ctx()).await.unwrap(), 0, "nothing is left to look at");
        assert_eq!(kinds().await.len(), 3);
        let broken = clock(&desk, &agent, id, "step.repair").await.clock.clock;
        assert_eq!((broken.breached, broken.next, broken.rung), (Some(at("02 14:30")), None, 3));
        let mine = desk.my_notices(&desk.ctx(), &chief, yingda_app::notices::Show::All, None, 20).await.unwrap();
        assert_eq!(mine.lines.len(), 1, "the third rung is the supervisor's");
        desk.complete(&shop, id, "repair", form! { "work.done" => "true" }).await.unwrap();
        assert_eq!(kinds().await.len(), 3);
        assert_eq!(clock(&desk, &agent, id, "step.repair").await.clock.clock.outcome, Outcome::Broken);
        agrees(&desk, &agent, id).await;
    });
}

#[test]
fn a_ticket_can_have_a_limit_of_its_own_with_a_reason() {
    on_both(async |desk| {
        let (agent, shop) = (agent(&desk).await, member(&desk, "Fan", "shop").await);
        let id = open(&desk, &agent, "高").await;
        let repair = clock(&desk, &agent, id, "step.repair").await.clock.clock.id;
        let set = |to, reason: &str| SetLimit { clock: repair, to, reason: reason.to_owned(), seen: None };
        let until = OwnLimit::Until(at("05 10:00"));
        assert_eq!(refusal(desk.set_limit(&desk.ctx(), &shop, id, set(until, "far")).await), Refusal::NotAllowed);
        assert_eq!(faults(desk.set_limit(&desk.ctx(), &agent, id, set(until, "")).await), ["reason: missing"]);
        let early = OwnLimit::Until(at("02 08:00"));
        assert_eq!(faults(desk.set_limit(&desk.ctx(), &agent, id, set(early, "x")).await), ["until: before-start"]);
        desk.set_limit(&desk.ctx(), &agent, id, set(until, "remote")).await.unwrap();
        assert_eq!(due(&desk, &agent, id, "step.repair").await, Some(at("05 10:00")));
        agrees(&desk, &agent, id).await;
        let days = OwnLimit::From(Limit { amount: 1, unit: LimitUnit::WorkingDays });
        desk.set_limit(&desk.ctx(), &agent, id, set(days, "agreed")).await.unwrap();
        assert_eq!(due(&desk, &agent, id, "step.repair").await, Some(at("02 18:00")));
        desk.set_limit(&desk.ctx(), &agent, id, set(OwnLimit::AsUsual, "a mistake")).await.unwrap();
        assert_eq!(due(&desk, &agent, id, "step.repair").await, Some(at("02 14:30")));
        agrees(&desk, &agent, id).await;
        desk.complete(&shop, id, "repair", form! { "work.done" => "true" }).await.unwrap();
        assert_eq!(refusal(desk.set_limit(&desk.ctx(), &agent, id, set(until, "late")).await), Refusal::ClockStopped);
    });
}

#[test]
fn tickets_of_an_earlier_version_get_the_clocks_of_their_steps_once() {
    on_both(async |desk| {
        let agent = agent(&desk).await;
        let id = open(&desk, &agent, "高").await;
        desk.forget_clocks().await;
        desk.clock.set("2026-11-02T10:00:00+08:00");
        desk.schedule_upkeep(&desk.ctx()).await.unwrap();
        desk.run_jobs().await;
        assert_eq!(due(&desk, &agent, id, "step.repair").await, Some(at("02 14:30")), "from when the step began");
        assert_eq!(desk.ticket(&agent, id).await.unwrap().held.ticket.due, Some(at("02 14:30")));
        desk.schedule_upkeep(&desk.ctx()).await.unwrap();
        desk.run_jobs().await;
        assert_eq!(desk.ticket_clocks(&desk.ctx(), &agent, id).await.unwrap().len(), 1);
        agrees(&desk, &agent, id).await;
    });
}

#[test]
fn a_policy_moves_what_goes_on_as_its_preview_said_and_never_what_has_stopped() {
    on_both(async |desk| {
        let (agent, chief) = (agent(&desk).await, supervisor(&desk).await);
        let shop = member(&desk, "Fan", "shop").await;
        let done = open(&desk, &agent, "高").await;
        desk.complete(&shop, done, "repair", form! { "work.done" => "true" }).await.unwrap();
        let (open, own) = (open(&desk, &agent, "高").await, open(&desk, &agent, "高").await);
        let clock_of_own = clock(&desk, &agent, own, "step.repair").await.clock.clock.id;
        let set = SetLimit {
            clock: clock_of_own,
            to: OwnLimit::Until(at("05 10:00")),
            reason: "remote".to_owned(),
            seen: None,
        };
        desk.set_limit(&desk.ctx(), &agent, own, set).await.unwrap();
        let cell = |priority, amount| PolicyCell {
            channel: None,
            priority,
            limit: Limit { amount, unit: LimitUnit::WorkingHours },
        };
        let clock_policy =
            ClockPolicy { calendar: None, cells: Some(vec![cell(Some(Priority::High), 2), cell(None, 6)]) };
        let policy = Policy { clocks: [("step.repair".to_owned(), clock_policy)].into() };

        let moves =
            desk.preview_recompute(&desk.ctx(), &Proposal::Policy("repair".to_owned(), policy.clone())).await.unwrap();
        assert_eq!((moves.total, moves.sample.len()), (1, 1), "{moves:?}");
        assert_eq!((moves.sample[0].ticket, moves.sample[0].after), (open, Some(at("02 11:00"))));

        let save = async |actor: &Actor, reason: &str, seen| {
            desk.save_policy(&desk.ctx(), actor, "repair", policy.clone(), reason, seen).await
        };
        assert_eq!(refusal(save(&agent, "x", None).await), Refusal::NotAllowed);
        assert_eq!(faults(save(&chief, " ", None).await), ["reason: missing"]);
        assert!(matches!(refusal(save(&chief, "x", Some(7)).await), Refusal::Stale { .. }));
        save(&chief, "agreed with the shop", Some(0)).await.unwrap();
        desk.run_jobs().await;
        assert_eq!(due(&desk, &agent, open, "step.repair").await, Some(at("02 11:00")));
        assert_eq!(due(&desk, &agent, own, "step.repair").await, Some(at("05 10:00")), "its own limit stays");
        assert_eq!(due(&desk, &agent, done, "step.repair").await, Some(at("02 14:30")), "closed figures stand");
        let progress = desk.recompute_progress().await.unwrap().unwrap();
        assert!(progress.ended && progress.moved == 1, "{progress:?}");
        agrees(&desk, &agent, open).await;
        agrees(&desk, &agent, own).await;
        // New tickets follow it, also in another process of the same desk.
        let other = desk.another().await;
        assert_eq!(other.policies().of("repair"), policy);
        let unknown = Policy { clocks: [("step.paint".to_owned(), ClockPolicy::default())].into() };
        let wrong = desk.save_policy(&desk.ctx(), &chief, "repair", unknown, "x", None).await;
        assert_eq!(faults(wrong), ["clock.step.paint: unknown-clock"]);
    });
}
