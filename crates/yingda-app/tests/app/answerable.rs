//! Who answers for a limit: no end without an account of what was missed, more time by consent, urging, and the first receiver's
//! place.

use jiff::Timestamp;
use yingda_app::answerable::extensions::{AskExtension, DecideExtension, Decision};
use yingda_app::answerable::lists::Overdue;
use yingda_app::answerable::owner::{Answer, OfferTicket};
use yingda_app::answerable::statements::{Review, StatementText};
use yingda_app::answerable::urges::UrgeTicket;
use yingda_app::answerable::{ExtensionState, Filter, UrgeSource, Verdict};
use yingda_app::notices::Show;
use yingda_app::people::PersonText;
use yingda_app::{AppResult, Once};
use yingda_core::answerable::StatementState;
use yingda_core::ticket::State;
use yingda_core::{Actor, ClockId, ExtensionId, OfferId, Refusal, Role, StatementId, TicketId};
use yingda_testkit::desk::on_both;
use yingda_testkit::{Desk, form};

use crate::cast::{CENTRE, agent, at, faults, head, member, refusal, supervisor};
use crate::clocks::{REPAIR, agrees};

/// A sheet whose answer ends the matter.
const ASKED: &str = "
process: asked
name: Asked
channels: [phone]
number: { prefix: AS }
departments: { shop: Shop }
lanes:
  desk: { name: Desk, role: agent }
  shop: { name: Shop, department: shop }
forms:
  call:
    title: Call
    fields:
      subject: { label: Subject, type: text, required: true, fills: subject }
start: call
intake: [call]
steps:
  call: { task: Call, lane: desk, form: call, next: ask }
  ask:
    contact_sheet: { to: shop, question: call.subject, customer_matter: call.subject, limit: { working_hours: 4 } }
    label: Ask
    lane: shop
    next: closed
  closed: { end: Closed, outcome: resolved, event_record: true, marks: [solved, confirmed] }
";

struct People {
    agent: Actor,
    lead: Actor,
    manager: Actor,
    member: Actor,
    head: Actor,
}

async fn people(desk: &Desk) -> People {
    People {
        agent: agent(desk).await,
        lead: supervisor(desk).await,
        manager: desk.person("周敏", CENTRE, [Role::Manager]).await,
        member: member(desk, "张伟", "shop").await,
        head: head(desk, "孙丽", "shop").await,
    }
}

async fn open(desk: &Desk, agent: &Actor, handover: &str) -> TicketId {
    desk.install_text(REPAIR, "repair").await;
    let call = form! { "call.subject" => "Washer", "call.priority" => "高", "call.handover" => handover };
    desk.receive(agent, "repair", "phone", call).await.unwrap().id
}

async fn repaired(desk: &Desk, member: &Actor, id: TicketId) {
    desk.complete(member, id, "repair", form! { "work.done" => "true" }).await.unwrap();
}

async fn close(desk: &Desk, agent: &Actor, id: TicketId) -> AppResult<()> {
    desk.complete(agent, id, "check", form! { "work.done" => "true" }).await
}

async fn missed(desk: &Desk, actor: &Actor, id: TicketId) -> Vec<Overdue> {
    desk.ticket_answers(&desk.ctx(), actor, id).await.unwrap().overdue
}

fn account() -> StatementText {
    StatementText {
        cause: "parts".to_owned(),
        account: "配件晚到".to_owned(),
        improvement: "常备配件".to_owned(),
        ..StatementText::default()
    }
}

async fn explain(desk: &Desk, actor: &Actor, id: TicketId, clock: ClockId) -> AppResult<StatementId> {
    desk.write_statement(&desk.ctx(), actor, id, clock, account()).await
}

async fn review(desk: &Desk, actor: &Actor, id: StatementId, verdict: Verdict, note: &str) -> AppResult<TicketId> {
    let review = Review { verdict, note: note.to_owned(), seen: None, once: Once::unkeyed() };
    desk.review_statement(&desk.ctx(), actor, id, review).await
}

async fn settle(desk: &Desk, writer: &Actor, lead: &Actor, id: TicketId) {
    for one in missed(desk, lead, id).await {
        let statement = explain(desk, writer, id, one.clock).await.unwrap();
        review(desk, lead, statement, Verdict::Accepted, "").await.unwrap();
    }
}

async fn state(desk: &Desk, actor: &Actor, id: TicketId) -> State {
    desk.ticket(actor, id).await.unwrap().held.ticket.state
}

async fn told(desk: &Desk, actor: &Actor) -> Vec<String> {
    let all = desk.my_notices(&desk.ctx(), actor, Show::Unread, None, 50).await.unwrap().lines;
    all.into_iter().rev().map(|line| line.told.notice.kind.to_string()).collect()
}

fn owes(labels: &[&str]) -> Refusal {
    Refusal::NeedsStatement { clocks: labels.iter().map(|label| (*label).to_owned()).collect() }
}

async fn lines(desk: &Desk, by: &Actor, id: TicketId, kind: &str) -> Vec<serde_json::Value> {
    let history = desk.ticket(by, id).await.unwrap().history;
    let bodies = history.iter().filter(|line| line.kind == kind);
    bodies.map(|line| serde_json::from_str(&line.body).unwrap()).collect()
}

#[test]
fn a_breached_ticket_ends_only_with_an_account_that_a_lead_accepts() {
    on_both(async |desk| {
        let p = people(&desk).await;
        let id = open(&desk, &p.agent, "").await;
        // Due 14:30; nobody sweeps; the department is late and the desk wants to close.
        desk.clock.set_to(at("02 15:00"));
        repaired(&desk, &p.member, id).await;
        let before = desk.ticket(&p.agent, id).await.unwrap();
        assert_eq!(refusal(close(&desk, &p.agent, id).await), owes(&["Repair"]));
        let after = desk.ticket(&p.agent, id).await.unwrap();
        assert_eq!(
            (after.held.ticket.version, after.history.len()),
            (before.held.ticket.version, before.history.len())
        );

        let one = missed(&desk, &p.member, id).await.pop().unwrap();
        assert_eq!((one.label.as_str(), one.breached, one.may_write), ("Repair", at("02 14:30"), true));
        let owed = one.statement.unwrap();
        assert_eq!((owed.state, owed.department), (StatementState::Due, Some(p.member.department)));
        // Who answers for it is told: nobody of the shop had taken it, so its head.
        assert_eq!(told(&desk, &p.head).await.last().map(String::as_str), Some("statement"));

        // It says something, or it is none.
        let empty = desk.write_statement(&desk.ctx(), &p.member, id, one.clock, StatementText::default()).await;
        assert_eq!(faults(empty), ["cause: missing", "account: missing", "improvement: missing"]);
        let odd = StatementText { cause: "weather".to_owned(), ..account() };
        let odd = desk.write_statement(&desk.ctx(), &p.member, id, one.clock, odd).await;
        assert_eq!(faults(odd), ["cause: not-an-option"]);
        let stranger = member(&desk, "吴刚", "elsewhere").await;
        assert_eq!(refusal(explain(&desk, &stranger, id, one.clock).await), Refusal::NotFound);
        let other = desk.person("赵敏", CENTRE, [Role::Agent]).await;
        assert_eq!(refusal(explain(&desk, &other, id, one.clock).await), Refusal::NotAllowed);

        let once = || Once::keyed(Some("k"), &["statement"]);
        let write = async || {
            let text = StatementText { once: once(), ..account() };
            desk.write_statement(&desk.ctx(), &p.member, id, one.clock, text).await.unwrap()
        };
        let statement = write().await;
        assert_eq!(write().await, statement, "sent twice, written once");
        assert_eq!(refusal(explain(&desk, &p.member, id, one.clock).await), Refusal::StatementSettled);
        assert_eq!(told(&desk, &p.lead).await, ["review"]);
        assert_eq!(refusal(close(&desk, &p.agent, id).await), owes(&["Repair"]), "written is not accepted");

        // A head's word is not enough, nor the first receiver's.
        for who in [&p.head, &p.agent, &p.member] {
            assert_eq!(refusal(review(&desk, who, statement, Verdict::Accepted, "").await), Refusal::NotAllowed);
        }
        assert_eq!(faults(review(&desk, &p.lead, statement, Verdict::Returned, " ").await), ["note: missing"]);
        review(&desk, &p.lead, statement, Verdict::Returned, "哪个配件?").await.unwrap();
        assert_eq!(told(&desk, &p.member).await.last().map(String::as_str), Some("statement-returned"));
        assert_eq!(refusal(close(&desk, &p.agent, id).await), owes(&["Repair"]));
        let again = StatementText { account: "主板晚到三天".to_owned(), ..account() };
        desk.write_statement(&desk.ctx(), &p.head, id, one.clock, again).await.unwrap();
        review(&desk, &p.manager, statement, Verdict::Accepted, "").await.unwrap();
        assert_eq!(
            refusal(review(&desk, &p.lead, statement, Verdict::Exempted, "又想起来").await),
            Refusal::StatementSettled
        );
        let (line, versions) = desk.statement(&p.agent, statement).await.unwrap();
        assert_eq!((line.statement.state, line.statement.rounds), (StatementState::Accepted, 2));
        let kept: Vec<_> = versions.iter().map(|v| (v.account.as_str(), v.verdict, v.note.as_str())).collect();
        assert_eq!(
            kept,
            [("配件晚到", Some(Verdict::Returned), "哪个配件?"), ("主板晚到三天", Some(Verdict::Accepted), "")]
        );

        close(&desk, &p.agent, id).await.unwrap();
        assert_eq!(state(&desk, &p.agent, id).await, State::Closed);
        desk.archive(&desk.ctx(), &p.agent, id).await.unwrap();
        for kind in ["statement-submitted", "statement-returned", "statement-accepted"] {
            assert!(!lines(&desk, &p.agent, id, kind).await.is_empty(), "{kind}");
        }
    });
}

#[test]
fn a_limit_that_the_closing_itself_misses_counts() {
    on_both(async |desk| {
        let p = people(&desk).await;
        // Three months before: due at the end of the 10th of November, and running until the ticket ends.
        let id = open(&desk, &p.agent, "2027-02-10").await;
        repaired(&desk, &p.member, id).await;
        desk.clock.set_to(at("11 10:00"));
        assert_eq!(refusal(close(&desk, &p.agent, id).await), owes(&["Hand-over"]));
        // Nothing was written by the refusal, and yet it can be explained now.
        let one = missed(&desk, &p.agent, id).await.pop().unwrap();
        assert!(one.statement.is_none() && one.may_write);
        let statement = explain(&desk, &p.agent, id, one.clock).await.unwrap();
        agrees(&desk, &p.agent, id).await;
        review(&desk, &p.lead, statement, Verdict::Accepted, "").await.unwrap();
        close(&desk, &p.agent, id).await.unwrap();
    });
}

#[test]
fn a_sheets_answer_is_no_way_around_it() {
    on_both(async |desk| {
        let p = people(&desk).await;
        desk.install_text(ASKED, "asked").await;
        let id = desk.receive(&p.agent, "asked", "phone", form! { "call.subject" => "Washer" }).await.unwrap().id;
        let sheet = desk.ticket(&p.agent, id).await.unwrap().sheets[0].id;
        desk.receive_sheet(&desk.ctx(), &p.member, sheet).await.unwrap();
        desk.clock.set_to(at("03 09:00"));
        desk.sweep_clocks(&desk.ctx()).await.unwrap();
        let version = desk.sheet(&p.member, sheet).await.unwrap().sheet.version;
        let answer = desk.answer_sheet(&desk.ctx(), &p.member, sheet, "下周", Some(version)).await;
        assert!(matches!(refusal(answer), Refusal::NeedsStatement { .. }));
        assert_eq!(state(&desk, &p.agent, id).await, State::Open);
        settle(&desk, &p.member, &p.lead, id).await;
        desk.answer_sheet(&desk.ctx(), &p.member, sheet, "下周", Some(version)).await.unwrap();
        assert_eq!(state(&desk, &p.agent, id).await, State::Closed);
    });
}

#[test]
fn a_lead_exempts_without_a_statement_and_never_for_their_own() {
    on_both(async |desk| {
        let p = people(&desk).await;
        let id = open(&desk, &p.agent, "").await;
        let token = desk.token(&p.member, id, "repair").await.unwrap();
        assert!(token >= 0);
        desk.clock.set_to(at("02 15:00"));
        desk.sweep_clocks(&desk.ctx()).await.unwrap();
        let statement = missed(&desk, &p.lead, id).await[0].statement.clone().unwrap();
        assert_eq!(
            refusal(review(&desk, &p.lead, statement.id, Verdict::Accepted, "").await),
            Refusal::StatementSettled
        );
        assert_eq!(faults(review(&desk, &p.lead, statement.id, Verdict::Exempted, "").await), ["note: missing"]);
        review(&desk, &p.lead, statement.id, Verdict::Exempted, "全市停电").await.unwrap();
        repaired(&desk, &p.member, id).await;
        close(&desk, &p.agent, id).await.unwrap();

        // A lead who answers for a ticket of their own needs another lead.
        let own = desk
            .receive(
                &p.lead,
                "repair",
                "phone",
                form! { "call.subject" => "Own", "call.priority" => "中", "call.handover" => "2027-02-10" },
            )
            .await
            .unwrap()
            .id;
        repaired(&desk, &p.member, own).await;
        desk.clock.set_to(at("11 10:00"));
        desk.sweep_clocks(&desk.ctx()).await.unwrap();
        let statement = missed(&desk, &p.lead, own).await.into_iter().find(|one| one.label == "Hand-over").unwrap();
        assert!(statement.verdicts.is_empty(), "not offered either");
        let statement = statement.statement.unwrap().id;
        assert_eq!(refusal(review(&desk, &p.lead, statement, Verdict::Exempted, "忙").await), Refusal::NotAllowed);
        review(&desk, &p.manager, statement, Verdict::Exempted, "确实").await.unwrap();
    });
}

#[test]
fn leads_see_what_was_missed_by_state_person_department_and_month() {
    on_both(async |desk| {
        let p = people(&desk).await;
        let first = open(&desk, &p.agent, "").await;
        let second = open(&desk, &p.agent, "").await;
        desk.clock.set_to(at("02 15:00"));
        desk.sweep_clocks(&desk.ctx()).await.unwrap();
        let one = missed(&desk, &p.member, first).await[0].clock;
        explain(&desk, &p.member, first, one).await.unwrap();
        let of = async |filter: Filter| {
            let page = desk.statements(&p.lead, &filter, None, 30).await.unwrap();
            page.lines.iter().map(|line| line.ticket.id).collect::<Vec<_>>()
        };
        assert_eq!(of(Filter::default()).await, [second, first]);
        assert_eq!(of(Filter { state: Some(StatementState::Submitted), ..Filter::default() }).await, [first]);
        assert_eq!(of(Filter { department: Some(p.member.department), ..Filter::default() }).await, [second, first]);
        assert!(of(Filter { person: Some(p.agent.person), ..Filter::default() }).await.is_empty());
        let december: Timestamp = "2026-12-01T00:00:00+08:00".parse().unwrap();
        assert!(of(Filter { from: Some(december), ..Filter::default() }).await.is_empty());
        assert_eq!(of(Filter { until: Some(december), ..Filter::default() }).await.len(), 2);
        assert_eq!(refusal(desk.statements(&p.agent, &Filter::default(), None, 30).await), Refusal::NotAllowed);
        let mine = desk.my_answers(&p.head).await.unwrap().to_write;
        assert_eq!(mine.iter().map(|line| line.ticket.id).collect::<Vec<_>>(), [second]);
        assert_eq!(desk.answer_counts(&p.lead).await.unwrap().to_review, 1);
    });
}

fn more(clock: ClockId, amount: &str, unit: &str) -> AskExtension {
    AskExtension {
        clock,
        kind: "normal".to_owned(),
        amount: amount.to_owned(),
        unit: unit.to_owned(),
        reason: "等厂家".to_owned(),
        once: Once::unkeyed(),
    }
}

async fn decide(desk: &Desk, actor: &Actor, id: ExtensionId, decision: Decision, note: &str) -> AppResult<TicketId> {
    let decide = DecideExtension { decision, note: note.to_owned(), seen: None, once: Once::unkeyed() };
    desk.decide_extension(&desk.ctx(), actor, id, decide).await
}

async fn clock_of(desk: &Desk, actor: &Actor, id: TicketId, label: &str) -> yingda_store::clocks::Clock {
    let all = desk.ticket_clocks(&desk.ctx(), actor, id).await.unwrap();
    all.into_iter().map(|view| view.clock.clock).find(|clock| clock.label == label).unwrap()
}

#[test]
fn more_time_is_asked_for_before_the_limit_and_moves_it_when_granted() {
    on_both(async |desk| {
        let p = people(&desk).await;
        let id = open(&desk, &p.agent, "").await;
        let clock = clock_of(&desk, &p.agent, id, "Repair").await;
        let ask = async |actor: &Actor, ask: AskExtension| desk.ask_extension(&desk.ctx(), actor, id, ask).await;
        let wrong = AskExtension { reason: String::new(), ..more(clock.id, "0", "moons") };
        assert_eq!(
            faults(ask(&p.member, wrong).await),
            ["unit: not-an-option", "amount: out-of-range", "reason: missing"]
        );
        let remote = AskExtension { kind: "remote".to_owned(), ..more(clock.id, "2", "working_hours") };
        assert_eq!(faults(ask(&p.member, remote).await), ["kind: not-an-option"], "no appointment (R-067)");
        let other = desk.person("赵敏", CENTRE, [Role::Agent]).await;
        assert_eq!(refusal(ask(&other, more(clock.id, "2", "working_hours")).await), Refusal::NotAllowed);

        let asked = ask(&p.member, more(clock.id, "2", "working_hours")).await.unwrap();
        assert_eq!(refusal(ask(&p.head, more(clock.id, "1", "days")).await), Refusal::ExtensionOpen);
        assert_eq!(desk.answers_to_decide(&p.lead).await.unwrap().extensions.len(), 1);
        assert_eq!(
            refusal(decide(&desk, &p.head, asked, Decision::Grant(String::new()), "").await),
            Refusal::NotAllowed
        );
        assert_eq!(
            faults(decide(&desk, &p.lead, asked, Decision::Grant("3".to_owned()), "").await),
            ["granted: out-of-range"]
        );
        assert_eq!(faults(decide(&desk, &p.lead, asked, Decision::Refuse, "").await), ["note: missing"]);
        decide(&desk, &p.lead, asked, Decision::Grant("1".to_owned()), "一小时够了").await.unwrap();
        assert_eq!(clock_of(&desk, &p.agent, id, "Repair").await.due, Some(at("02 15:30")), "14:30 and one hour");
        agrees(&desk, &p.agent, id).await;
        assert_eq!(
            refusal(decide(&desk, &p.manager, asked, Decision::Refuse, "不行").await),
            Refusal::ExtensionSettled
        );
        assert_eq!(told(&desk, &p.member).await.last().map(String::as_str), Some("extension-granted"));

        // Asked in time and granted afterwards: the breach is taken back, and with it what was owed.
        let late = ask(&p.member, more(clock.id, "1", "working_days")).await.unwrap();
        desk.clock.set_to(at("02 16:00"));
        desk.sweep_clocks(&desk.ctx()).await.unwrap();
        assert_eq!(refusal(ask(&p.member, more(clock.id, "1", "days")).await), Refusal::LimitOver);
        let owed = missed(&desk, &p.lead, id).await[0].statement.clone().unwrap();
        decide(&desk, &p.manager, late, Decision::Grant(String::new()), "").await.unwrap();
        let now = clock_of(&desk, &p.agent, id, "Repair").await;
        assert_eq!((now.due, now.breached), (Some(at("03 15:30")), None));
        agrees(&desk, &p.agent, id).await;
        assert_eq!(desk.statement(&p.lead, owed.id).await.unwrap().0.statement.state, StatementState::Lapsed);
        assert!(missed(&desk, &p.lead, id).await.is_empty());

        // Taken back by whoever asked; refused with a word; nothing to ask for on a clock that has stopped or has no limit.
        let third = ask(&p.head, more(clock.id, "1", "days")).await.unwrap();
        assert_eq!(refusal(desk.withdraw_extension(&desk.ctx(), &p.member, third).await), Refusal::NotAllowed);
        desk.withdraw_extension(&desk.ctx(), &p.head, third).await.unwrap();
        let fourth = ask(&p.head, more(clock.id, "1", "days")).await.unwrap();
        decide(&desk, &p.lead, fourth, Decision::Refuse, "够久了").await.unwrap();
        repaired(&desk, &p.member, id).await;
        assert_eq!(refusal(ask(&p.member, more(clock.id, "1", "days")).await), Refusal::ClockStopped);
        close(&desk, &p.agent, id).await.unwrap();
        let states: Vec<_> =
            desk.my_answers(&p.head).await.unwrap().extensions.iter().map(|line| line.asked.state).collect();
        assert_eq!(states, [ExtensionState::Refused, ExtensionState::Withdrawn]);
    });
}

#[test]
fn a_clock_without_a_limit_has_nothing_to_extend_and_one_that_stopped_is_judged_by_the_longer_one() {
    on_both(async |desk| {
        let p = people(&desk).await;
        desk.install_text(REPAIR, "repair").await;
        let call = form! { "call.subject" => "Washer", "call.priority" => "低" };
        let low = desk.receive(&p.agent, "repair", "phone", call).await.unwrap().id;
        let clock = clock_of(&desk, &p.agent, low, "Repair").await;
        let asked = desk.ask_extension(&desk.ctx(), &p.member, low, more(clock.id, "1", "days")).await;
        assert_eq!(refusal(asked), Refusal::NoLimit);

        let id = open(&desk, &p.agent, "").await;
        let clock = clock_of(&desk, &p.agent, id, "Repair").await;
        let asked = desk.ask_extension(&desk.ctx(), &p.member, id, more(clock.id, "1", "days")).await.unwrap();
        desk.clock.set_to(at("02 15:00"));
        repaired(&desk, &p.member, id).await;
        assert_eq!(refusal(close(&desk, &p.agent, id).await), owes(&["Repair"]));
        decide(&desk, &p.lead, asked, Decision::Grant(String::new()), "").await.unwrap();
        agrees(&desk, &p.agent, id).await;
        close(&desk, &p.agent, id).await.unwrap();
    });
}

#[test]
fn the_appointment_may_take_longer_where_the_place_is_remote() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let (clerk, lead) = (agent(&desk).await, supervisor(&desk).await);
        let engineer = member(&desk, "张伟", "after_sales").await;
        let id = crate::cast::assigned(&desk, &clerk, "中").await;
        desk.complete(&engineer, id, "respond", form! { "response.plan" => "更换主板", "response.on_site" => "true" })
            .await
            .unwrap();
        let offered = desk.ticket_answers(&desk.ctx(), &engineer, id).await.unwrap().extendable;
        let appoint = offered.iter().find(|one| one.remote).unwrap();
        assert_eq!(offered.iter().filter(|one| one.remote).count(), 1);
        let before = appoint.due.unwrap();
        let ask = AskExtension { kind: "remote".to_owned(), ..more(appoint.clock, "24", "hours") };
        let asked = desk.ask_extension(&desk.ctx(), &engineer, id, ask).await.unwrap();
        decide(&desk, &lead, asked, Decision::Grant(String::new()), "").await.unwrap();
        let views = desk.ticket_clocks(&desk.ctx(), &clerk, id).await.unwrap();
        let now = views.iter().map(|view| &view.clock.clock).find(|clock| clock.id == appoint.clock).unwrap();
        assert_eq!(now.due, Some(before + jiff::SignedDuration::from_hours(24)), "T05 and R-067");
    });
}

fn by(source: UrgeSource, words: &str) -> UrgeTicket {
    UrgeTicket { source, channel: "phone".to_owned(), words: words.to_owned(), once: Once::unkeyed() }
}

#[test]
fn urging_is_counted_and_heard_at_once() {
    on_both(async |desk| {
        let p = people(&desk).await;
        let id = open(&desk, &p.agent, "").await;
        let urge = async |actor: &Actor, it: UrgeTicket| desk.urge(&desk.ctx(), actor, id, it).await;
        let silent = UrgeTicket { channel: String::new(), ..by(UrgeSource::Customer, "") };
        assert_eq!(faults(urge(&p.agent, silent).await), ["channel: missing", "words: missing"]);
        let once =
            || UrgeTicket { once: Once::keyed(Some("u"), &[]), ..by(UrgeSource::Customer, "怎么还没修好?") };
        assert_eq!(urge(&p.agent, once()).await.unwrap(), 1);
        assert_eq!(urge(&p.agent, once()).await.unwrap(), 1, "the same form sent twice");
        // Nobody of the shop has it: the head is told.
        assert_eq!(told(&desk, &p.head).await, ["urge"]);
        assert!(told(&desk, &p.member).await.is_empty());
        assert_eq!(
            refusal(urge(&p.agent, by(UrgeSource::Customer, "又来电话")).await),
            Refusal::UrgedJustNow { minutes: 10 }
        );
        assert_eq!(urge(&p.lead, by(UrgeSource::Colleague, "")).await.unwrap(), 2, "another person may");
        desk.clock.minutes(10);
        desk.assign(&desk.ctx(), &p.head, id, Some(p.member.person), None, None).await.unwrap();
        assert_eq!(urge(&p.agent, by(UrgeSource::Customer, "又来电话")).await.unwrap(), 3);
        assert_eq!(told(&desk, &p.member).await, ["assignment", "urge"]);
        assert_eq!(desk.urge_counts(&[id]).await.unwrap(), [(id, 3)]);
        let said = lines(&desk, &p.agent, id, "urged").await;
        assert_eq!((said.len(), said[0]["words"].as_str()), (3, Some("怎么还没修好?")));
        let stranger = member(&desk, "吴刚", "elsewhere").await;
        assert_eq!(refusal(urge(&stranger, by(UrgeSource::Colleague, "")).await), Refusal::NotFound);
        repaired(&desk, &p.member, id).await;
        close(&desk, &p.agent, id).await.unwrap();
        assert_eq!(refusal(urge(&p.manager, by(UrgeSource::Colleague, "")).await), Refusal::TicketEnded);
    });
}

fn offer(to: &Actor, reason: &str) -> OfferTicket {
    OfferTicket { to: to.person, reason: reason.to_owned(), seen: None, once: Once::unkeyed() }
}

async fn answer(desk: &Desk, actor: &Actor, id: OfferId, answer: Answer, note: &str) -> AppResult<TicketId> {
    desk.answer_offer(&desk.ctx(), actor, id, answer, note, Once::unkeyed()).await
}

#[test]
fn only_consent_changes_the_first_receiver() {
    on_both(async |desk| {
        let p = people(&desk).await;
        let other = desk.person("赵敏", CENTRE, [Role::Agent]).await;
        let id = open(&desk, &p.agent, "").await;
        let owner = async || desk.ticket(&p.lead, id).await.unwrap().held.ticket.owner;
        let make = async |by: &Actor, it: OfferTicket| desk.offer_ticket(&desk.ctx(), by, id, it).await;
        assert_eq!(faults(make(&p.agent, offer(&p.member, "")).await), ["reason: missing", "to: not-at-desk"]);
        assert_eq!(faults(make(&p.agent, offer(&p.agent, "x")).await), ["to: is-owner"]);
        assert_eq!(refusal(make(&other, offer(&other, "我来")).await), Refusal::NotAllowed);

        let first = make(&p.agent, offer(&other, "休假")).await.unwrap();
        assert_eq!(owner().await, p.agent.person, "an offer changes nothing");
        assert_eq!(told(&desk, &other).await, ["owner-offer"]);
        assert_eq!(refusal(make(&p.lead, offer(&p.manager, "急")).await), Refusal::OfferOpen);
        assert_eq!(refusal(answer(&desk, &p.lead, first, Answer::Accept, "").await), Refusal::NotAllowed);
        assert_eq!(faults(answer(&desk, &other, first, Answer::Decline, "").await), ["note: missing"]);
        answer(&desk, &other, first, Answer::Decline, "我也休假").await.unwrap();
        assert_eq!(owner().await, p.agent.person);
        assert_eq!(refusal(answer(&desk, &other, first, Answer::Accept, "").await), Refusal::OfferSettled);

        let second = make(&p.agent, offer(&other, "休假")).await.unwrap();
        desk.withdraw_offer(&desk.ctx(), &p.agent, second).await.unwrap();
        assert_eq!(refusal(answer(&desk, &other, second, Answer::Accept, "").await), Refusal::OfferSettled);

        // A lead offers for somebody who is absent; the clocks of the first receiver go along.
        let third = make(&p.lead, offer(&other, "病假")).await.unwrap();
        answer(&desk, &other, third, Answer::Accept, "").await.unwrap();
        assert_eq!(owner().await, other.person);
        assert_eq!(clock_of(&desk, &p.lead, id, "Feedback").await.person, Some(other.person));
        let said = lines(&desk, &p.lead, id, "owner-accepted").await;
        assert_eq!(said[0]["from"].as_str(), Some(p.agent.person.to_string().as_str()));
        assert_eq!(said[0]["to"].as_str(), Some(other.person.to_string().as_str()));
    });
}

#[test]
fn all_of_somebodys_tickets_are_offered_at_once_and_nobodys_are_forgotten() {
    on_both(async |desk| {
        let p = people(&desk).await;
        let other = desk.person("赵敏", CENTRE, [Role::Agent]).await;
        let ids = [open(&desk, &p.agent, "").await, open(&desk, &p.agent, "").await, open(&desk, &p.agent, "").await];
        desk.offer_ticket(&desk.ctx(), &p.agent, ids[1], offer(&p.manager, "专长")).await.unwrap();
        let all = async |by: &Actor, reason: &str, key: &str| {
            let once = Once::keyed(Some(key), &[]);
            desk.offer_all(&desk.ctx(), by, p.agent.person, other.person, reason, once).await
        };
        assert_eq!(refusal(all(&other, "我来", "a").await), Refusal::NotAllowed);
        assert_eq!(faults(all(&p.agent, "", "b").await), ["reason: missing"]);
        let results = all(&p.agent, "年假", "c").await.unwrap();
        let refused: Vec<_> = results.iter().map(|one| one.result.clone().err()).collect();
        assert_eq!(refused, [None, Some(Refusal::OfferOpen), None]);
        assert!(all(&p.agent, "年假", "c").await.unwrap().is_empty(), "sent twice, offered once");
        let mine = desk.my_answers(&other).await.unwrap();
        assert_eq!(mine.offered.iter().map(|line| line.ticket.id).collect::<Vec<_>>(), [ids[0], ids[2]]);
        assert_eq!(desk.answer_counts(&other).await.unwrap().offered, 2);

        // Somebody leaves: their tickets stand before the leads.
        let boss = desk.person("管理", CENTRE, [Role::Administrator]).await;
        let leaving = desk.directory().people[&p.agent.person].clone();
        let text = PersonText {
            login: leaving.login.clone(),
            name: leaving.name.clone(),
            department: Some(leaving.department),
            roles: leaving.roles.clone(),
            active: false,
            password: String::new(),
        };
        desk.edit_person(&desk.ctx(), &boss, leaving.id, text, leaving.version).await.unwrap();
        assert_eq!(desk.answers_to_decide(&p.lead).await.unwrap().left_behind, [(p.agent.person, 3)]);
        assert_eq!(desk.left_behind(&p.lead, p.agent.person).await.unwrap().len(), 3);
        assert_eq!(refusal(desk.answers_to_decide(&other).await), Refusal::NotAllowed);
    });
}
