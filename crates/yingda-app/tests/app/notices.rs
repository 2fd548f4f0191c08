//! Notices and escalations: who of a chain is told, when, once, and what came of it; the telephone call of 紧急 matters.

use jiff::Timestamp;
use yingda_app::Once;
use yingda_app::notices::triggers::{REPORT, RaiseTrigger, offered};
use yingda_app::notices::{Filter, Kind, PhoneNotice, Raise, Raised, Show, Urgency, raise};
use yingda_app::people::PersonText;
use yingda_core::notice::{Chosen, PassedOver, Settled};
use yingda_core::{Actor, PersonId, Refusal, Role, TicketId};
use yingda_process::clock::Recipient;
use yingda_testkit::desk::{on_both, shipped};
use yingda_testkit::{Desk, form};

use crate::cast::{agent, assigned, at, fault, faults, head, member, question, refusal, supervisor};

const PROCESS: &str = "customer-consultation";

async fn consultation(desk: &Desk, clerk: &Actor) -> TicketId {
    desk.receive(clerk, PROCESS, "phone", question("false")).await.unwrap().id
}

/// What a test raises: key, kind, chain, and those told in any case.
struct Asked<'a> {
    key: &'a str,
    kind: Kind,
    to: Vec<Recipient>,
    also: Vec<Recipient>,
    urgency: Urgency,
}

fn asked(key: &str, to: impl Into<Vec<Recipient>>) -> Asked<'_> {
    Asked { key, kind: Kind::Level(1), to: to.into(), also: Vec::new(), urgency: Urgency::Normal }
}

async fn raised(desk: &Desk, by: &Actor, id: TicketId, asked: Asked<'_>) -> Raised {
    let ticket = desk.ticket(by, id).await.unwrap().held.ticket;
    let (app, ctx) = (desk.app.clone(), desk.ctx());
    let (key, kind, to, also, urgency) = (asked.key.to_owned(), asked.kind, asked.to, asked.also, asked.urgency);
    desk.store()
        .write(move |tx| {
            Box::pin(async move {
                let it = Raise {
                    key,
                    kind,
                    ticket: &ticket,
                    clock: Some(7),
                    trigger: "response".to_owned(),
                    label: "首次响应".to_owned(),
                    to,
                    also,
                    urgency,
                    proposal: None,
                    by: None,
                };
                raise(&app, tx, &ctx, it).await
            })
        })
        .await
        .unwrap()
}

fn told(raised: &Raised) -> Vec<PersonId> {
    match raised {
        Raised::New(_, people) => people.clone(),
        Raised::Before(_) => panic!("it was raised before"),
    }
}

/// Somebody no longer works here.
async fn leaves(desk: &Desk, who: &Actor) {
    let directory = desk.directory();
    let chief = match directory.person("林管理") {
        Some(person) => Actor::from(person),
        None => desk.person("林管理", "service-center", [Role::Administrator]).await,
    };
    let person = &directory.people[&who.person];
    let text = PersonText {
        login: person.login.clone(),
        name: person.name.clone(),
        department: Some(person.department),
        roles: person.roles.clone(),
        active: false,
        password: String::new(),
    };
    desk.edit_person(&desk.ctx(), &chief, who.person, text, person.version).await.unwrap();
}

/// Keys of the notices that somebody has not read, newest first.
async fn unread(desk: &Desk, who: &Actor) -> Vec<String> {
    let found = desk.my_notices(&desk.ctx(), who, Show::Unread, None, 50).await.unwrap();
    assert_eq!(
        desk.unread_notices(&desk.ctx(), who).await.unwrap(),
        i64::try_from(found.lines.len()).unwrap(),
        "the bell counts what the list shows"
    );
    found.lines.iter().map(|line| line.told.notice.key.clone()).collect()
}

/// Lines of history of a kind.
async fn lines(desk: &Desk, by: &Actor, id: TicketId, kind: &str) -> Vec<serde_json::Value> {
    let history = desk.ticket(by, id).await.unwrap().history;
    let bodies = history.iter().filter(|line| line.kind == kind);
    bodies.map(|line| serde_json::from_str(&line.body).unwrap()).collect()
}

#[test]
fn the_first_who_is_there_is_told_and_once_under_a_key() {
    on_both(async |desk| {
        desk.install("S01-consultation").await;
        let (clerk, lead) = (agent(&desk).await, supervisor(&desk).await);
        let manager = desk.person("陈经理", "service-center", [Role::Manager]).await;
        let id = consultation(&desk, &clerk).await;
        let chain = [
            Recipient::Head,
            Recipient::Role(yingda_process::Role::Supervisor),
            Recipient::Role(yingda_process::Role::Manager),
        ];
        let once = raised(&desk, &lead, id, asked("clock:1:1:2", chain.clone())).await;
        assert_eq!(told(&once), [lead.person]);
        let again = raised(&desk, &lead, id, asked("clock:1:1:2", chain.clone())).await;
        assert_eq!(again, Raised::Before(once.id()));
        let view = desk.ticket(&lead, id).await.unwrap();
        assert_eq!(view.notices.len(), 1);
        let notice = &view.notices[0].notice;
        let passed: Vec<_> = notice.tried.iter().map(|t| (t.place.as_str(), t.passed)).collect();
        assert_eq!(passed, [("head", Some(PassedOver::Nobody)), ("supervisor", None)]);
        assert_eq!((notice.kind.clone(), notice.clock), (Kind::Level(1), Some(7)));
        assert!(notice.awaits_outcome());
        assert_eq!(lines(&desk, &lead, id, "notice").await.len(), 1);
        assert_eq!(unread(&desk, &lead).await, ["clock:1:1:2"]);
        assert!(unread(&desk, &manager).await.is_empty());

        // An account that is closed is nobody's any more, and the chain goes on.
        leaves(&desk, &lead).await;
        let next = raised(&desk, &manager, id, asked("clock:1:1:3", chain)).await;
        assert_eq!(told(&next), [manager.person]);
    });
}

#[test]
fn off_duty_is_told_when_duty_begins_and_at_once_where_it_is_urgent() {
    on_both(async |desk| {
        desk.install("S01-consultation").await;
        desk.install("S03-enterprise-support").await;
        let (clerk, lead) = (agent(&desk).await, supervisor(&desk).await);
        let id = consultation(&desk, &clerk).await;
        desk.clock.set_to(at("02 20:00"));
        let kinds = [Recipient::Role(yingda_process::Role::Supervisor)];
        raised(&desk, &clerk, id, asked("evening", kinds.clone())).await;
        assert!(unread(&desk, &lead).await.is_empty(), "she is at home");
        let delivery = desk.ticket(&clerk, id).await.unwrap().notices[0].deliveries[0].clone();
        assert_eq!((delivery.deliver, delivery.sent), (at("03 09:00"), None));
        let early = desk.read_notice(&desk.ctx(), &lead, delivery.notice).await;
        assert_eq!(refusal(early), Refusal::NotFound);

        raised(&desk, &clerk, id, Asked { urgency: Urgency::Urgent, ..asked("urgent", kinds.clone()) }).await;
        assert_eq!(unread(&desk, &lead).await, ["urgent"]);
        // On a ticket of priority 紧急 everything is urgent.
        let fire = desk.receive(&clerk, "enterprise-support", "phone", fault("紧急")).await.unwrap().id;
        raised(&desk, &clerk, fire, asked("fire", kinds)).await;
        assert!(unread(&desk, &lead).await.contains(&"fire".to_owned()));

        desk.clock.set_to(at("03 08:59"));
        assert_eq!(desk.deliver_due(&desk.ctx()).await.unwrap(), 0);
        desk.clock.set_to(at("03 09:00"));
        let mut news = desk.watch();
        assert_eq!(desk.deliver_due(&desk.ctx()).await.unwrap(), 1);
        assert_eq!(desk.deliver_due(&desk.ctx()).await.unwrap(), 0, "once");
        assert_eq!(news.recv().await.unwrap().id, lead.person.get());
        assert!(unread(&desk, &lead).await.contains(&"evening".to_owned()));
    });
}

#[test]
fn a_chain_of_nobody_reaches_the_leads_and_one_away_its_last() {
    on_both(async |desk| {
        desk.install("S01-consultation").await;
        let clerk = agent(&desk).await;
        let id = consultation(&desk, &clerk).await;
        // Nobody leads yet: the notice is there all the same, for whoever looks after the ticket.
        let lost = raised(&desk, &clerk, id, asked("a", [Recipient::Head])).await;
        assert_eq!(told(&lost), []);
        let lead = supervisor(&desk).await;
        let found = raised(&desk, &clerk, id, asked("b", [Recipient::HeadOf("engineering".to_owned())])).await;
        assert_eq!(told(&found), [lead.person]);
        let view = desk.ticket(&lead, id).await.unwrap();
        assert_eq!(view.notices[1].deliveries[0].chosen, Chosen::Leads);
        // The first receiver left the company; nobody else is in the chain.
        leaves(&desk, &clerk).await;
        let left = raised(&desk, &lead, id, asked("c", [Recipient::Owner])).await;
        assert_eq!(told(&left), [lead.person]);
    });
}

#[test]
fn a_head_elsewhere_who_is_told_may_see_the_ticket() {
    on_both(async |desk| {
        desk.install("S01-consultation").await;
        let clerk = agent(&desk).await;
        let chief = head(&desk, "周敏", "engineering").await;
        let id = consultation(&desk, &clerk).await;
        assert_eq!(refusal(desk.ticket(&chief, id).await), Refusal::NotFound);
        let mut it = asked("major", [Recipient::Owner]);
        it.also = vec![Recipient::HeadOf("engineering".to_owned())];
        assert_eq!(told(&raised(&desk, &clerk, id, it).await), [clerk.person, chief.person]);
        assert!(desk.ticket(&chief, id).await.is_ok(), "what she is told, she may see");
        let mine = desk.my_notices(&desk.ctx(), &chief, Show::Unread, None, 50).await.unwrap();
        assert_eq!(mine.lines[0].ticket.as_ref().unwrap().id, id);
    });
}

#[test]
fn an_escalation_is_read_and_settled_by_whom_it_was_brought_before() {
    on_both(async |desk| {
        desk.install("S01-consultation").await;
        let (clerk, lead) = (agent(&desk).await, supervisor(&desk).await);
        let other = desk.person("李晓梅", "service-center", [Role::Agent]).await;
        let stranger = member(&desk, "李强", "project").await;
        let id = consultation(&desk, &clerk).await;
        let notice =
            raised(&desk, &clerk, id, asked("k", [Recipient::Role(yingda_process::Role::Supervisor)])).await.id();
        assert_eq!(desk.read_notice(&desk.ctx(), &lead, notice).await.unwrap(), Some(id));
        desk.clock.minutes(5);
        desk.read_notice(&desk.ctx(), &lead, notice).await.unwrap();
        assert!(unread(&desk, &lead).await.is_empty());
        let delivery = desk.notice(&lead, notice).await.unwrap().told.deliveries[0].clone();
        assert_eq!(delivery.read, Some(at("02 09:00")), "the first reading counts");

        let settle =
            async |who: &Actor, text: &str, once: Once| desk.settle_notice(&desk.ctx(), who, notice, text, once).await;
        assert_eq!(refusal(settle(&stranger, "好", Once::unkeyed()).await), Refusal::NotFound);
        assert_eq!(refusal(settle(&other, "好", Once::unkeyed()).await), Refusal::NotAllowed);
        assert_eq!(faults(settle(&lead, " ", Once::unkeyed()).await), ["outcome: missing"]);
        let once = Once::keyed(Some("k1"), &["x"]);
        settle(&lead, "已加派人手", once.clone()).await.unwrap();
        settle(&lead, "已加派人手", once).await.unwrap();
        assert!(matches!(refusal(settle(&lead, "又", Once::unkeyed()).await), Refusal::Stale { .. }));
        let outcome = desk.notice(&clerk, notice).await.unwrap().told.notice.outcome.unwrap();
        assert_eq!((outcome.text.as_str(), outcome.by), ("已加派人手", Some(lead.person)));
        assert_eq!(lines(&desk, &lead, id, "notice-settled").await.len(), 1);

        let open = Filter { awaiting: true, ..Filter::default() };
        assert_eq!(refusal(desk.all_notices(&clerk, &open, None, 10).await), Refusal::NotAllowed);
        assert!(desk.all_notices(&lead, &open, None, 10).await.unwrap().lines.is_empty());
    });
}

#[test]
fn the_desks_list_filters_and_pages_by_key() {
    on_both(async |desk| {
        desk.install("S01-consultation").await;
        let (clerk, lead) = (agent(&desk).await, supervisor(&desk).await);
        let id = consultation(&desk, &clerk).await;
        for n in 0..5 {
            let kind = if n == 0 { Kind::Warning } else { Kind::Level(n) };
            let key = format!("k{n}");
            let to = if n == 4 { Recipient::Owner } else { Recipient::Role(yingda_process::Role::Supervisor) };
            raised(&desk, &clerk, id, Asked { kind, ..asked(&key, [to]) }).await;
            desk.clock.minutes(10);
        }
        let keys = async |filter: Filter| -> Vec<String> {
            let mut keys = Vec::new();
            let mut before = None;
            loop {
                let page = desk.all_notices(&lead, &filter, before, 2).await.unwrap();
                keys.extend(page.lines.iter().map(|line| line.told.notice.key.clone()));
                before = page.next;
                if before.is_none() {
                    return keys;
                }
            }
        };
        assert_eq!(keys(Filter::default()).await, ["k4", "k3", "k2", "k1", "k0"]);
        assert_eq!(keys(Filter { kind: Some("warning".to_owned()), ..Filter::default() }).await, ["k0"]);
        assert_eq!(keys(Filter { awaiting: true, ..Filter::default() }).await, ["k4", "k3", "k2", "k1"]);
        assert_eq!(keys(Filter { person: Some(clerk.person), ..Filter::default() }).await, ["k4"]);
        let hour: (Timestamp, Timestamp) = (at("02 09:10"), at("02 09:30"));
        let period = Filter { from: Some(hour.0), until: Some(hour.1), ..Filter::default() };
        assert_eq!(keys(period).await, ["k2", "k1"]);
        // Everything up to what was seen, and nothing newer.
        let seen = desk.my_notices(&desk.ctx(), &lead, Show::Unread, None, 50).await.unwrap().lines[1].told.notice.id;
        assert_eq!(desk.read_all_notices(&desk.ctx(), &lead, seen).await.unwrap(), 3);
        assert_eq!(unread(&desk, &lead).await, ["k3"]);
    });
}

#[test]
fn anybody_who_sees_a_ticket_may_report_it_and_is_not_told_what_they_say() {
    on_both(async |desk| {
        // A procedure without triggers has the desk's own.
        let bare: String = without_triggers(&shipped("S01-consultation"));
        desk.install_text(&bare, "bare").await;
        let (clerk, lead) = (agent(&desk).await, supervisor(&desk).await);
        let manager = desk.person("陈经理", "service-center", [Role::Manager]).await;
        let stranger = member(&desk, "李强", "project").await;
        let id = consultation(&desk, &clerk).await;
        let report = |note: &str| RaiseTrigger {
            trigger: REPORT.to_owned(),
            note: note.to_owned(),
            once: Once::keyed(Some("form"), &[note]),
            ..RaiseTrigger::default()
        };
        let put = async |who: &Actor, asked| desk.raise_trigger(&desk.ctx(), who, id, asked).await;
        assert_eq!(refusal(put(&stranger, report("x")).await), Refusal::NotFound);
        assert_eq!(faults(put(&clerk, report(" ")).await), ["note: missing"]);
        let unknown = RaiseTrigger { trigger: "nothing".to_owned(), ..report("x") };
        assert_eq!(faults(put(&clerk, unknown).await), ["trigger: not-an-option"]);
        let first = put(&clerk, report("客户情绪异常")).await.unwrap();
        assert_eq!(put(&clerk, report("客户情绪异常")).await.unwrap(), first, "sent twice, raised once");
        assert_eq!(unread(&desk, &lead).await.len(), 1);
        // The supervisor reports it herself: it goes past her.
        let second = put(&lead, RaiseTrigger { once: Once::unkeyed(), ..report("需要经理出面") }).await.unwrap();
        assert_eq!(unread(&desk, &lead).await.len(), 1);
        let line = desk.notice(&manager, second).await.unwrap();
        assert_eq!(line.told.deliveries.iter().map(|d| d.person).collect::<Vec<_>>(), [manager.person]);
        assert_eq!(line.told.notice.tried[0].passed, Some(PassedOver::Speaks));
        assert_eq!(line.told.notice.by, Some(lead.person));
    });
}

/// A process file without its `triggers` part.
fn without_triggers(source: &str) -> String {
    let mut inside = false;
    let mut kept: Vec<&str> = Vec::new();
    for line in source.lines() {
        if !line.starts_with([' ', '#']) && !line.is_empty() {
            inside = line.starts_with("triggers:");
        }
        if !inside {
            kept.push(line);
        }
    }
    kept.join("\n")
}

#[test]
fn a_trigger_that_holds_raises_itself_once_and_one_with_a_proposal_wants_it() {
    on_both(async |desk| {
        let mut source = without_triggers(&shipped("S03-enterprise-support"));
        source.push_str(
            "\ntriggers:\n  safety: { label: 安全风险, when: 'has(register.safety_risk) && register.safety_risk', to: [manager], requirements: [R-131] }\n  \
             key: { label: 重点问题, to: [manager], proposal: true, requirements: [R-136] }\n",
        );
        desk.install_text(&source, "S03").await;
        let clerk = agent(&desk).await;
        let manager = desk.person("陈经理", "service-center", [Role::Manager]).await;
        let calm = desk.receive(&clerk, "enterprise-support", "phone", fault("中")).await.unwrap().id;
        assert!(desk.ticket(&clerk, calm).await.unwrap().notices.is_empty());
        let mut risk = fault("中");
        risk.insert("register.safety_risk".to_owned(), vec!["true".to_owned()]);
        let id = desk.receive(&clerk, "enterprise-support", "phone", risk).await.unwrap().id;
        let of = async || desk.ticket(&clerk, id).await.unwrap();
        assert_eq!(of().await.notices.len(), 1, "at once, with the intake");
        desk.complete(&clerk, id, "assign", crate::cast::assign_to("after_sales")).await.unwrap();
        let view = of().await;
        assert_eq!(view.notices.len(), 1, "it still holds, and was raised");
        let notice = &view.notices[0];
        assert_eq!((notice.notice.kind.clone(), notice.notice.label.as_str()), (Kind::Trigger, "安全风险"));
        assert_eq!(notice.deliveries[0].person, manager.person);

        let triggers = offered(&view.process.definition);
        assert_eq!(
            triggers.iter().map(|t| (t.id.as_str(), t.proposal)).collect::<Vec<_>>(),
            [("safety", false), ("key", true)]
        );
        let asked =
            RaiseTrigger {
                trigger: "key".to_owned(), note: "多名客户反映".to_owned(), ..RaiseTrigger::default()
            };
        let refused = desk.raise_trigger(&desk.ctx(), &clerk, id, asked.clone()).await;
        assert_eq!(faults(refused), ["proposal: missing"]);
        let asked = RaiseTrigger { proposal: "召回同批次模块".to_owned(), ..asked };
        let raised = desk.raise_trigger(&desk.ctx(), &clerk, id, asked).await.unwrap();
        assert_eq!(desk.notice(&manager, raised).await.unwrap().told.notice.proposal, "召回同批次模块");
        // The end of a ticket settles its limits' escalations, never a trigger.
        assert!(desk.notice(&manager, raised).await.unwrap().told.notice.awaits_outcome());
    });
}

#[test]
fn the_end_of_a_ticket_settles_what_its_limits_brought() {
    on_both(async |desk| {
        desk.install("S01-consultation").await;
        let clerk = agent(&desk).await;
        supervisor(&desk).await;
        let id = desk.receive(&clerk, PROCESS, "phone", question("true")).await.unwrap().id;
        raised(&desk, &clerk, id, asked("clock:9:1:1", [Recipient::Owner])).await;
        desk.complete(&clerk, id, "answer_at_once", form! { "instant_answer.answer" => "保修一年。" }).await.unwrap();
        let view = desk.ticket(&clerk, id).await.unwrap();
        let notice = view.notices.iter().find(|told| told.notice.key == "clock:9:1:1").unwrap();
        let outcome = notice.notice.outcome.clone().unwrap();
        assert_eq!(outcome.how, Settled::Ended);
        assert_eq!(outcome.text, view.held.ticket.outcome);
    });
}

#[test]
fn an_urgent_ticket_is_given_away_only_with_the_call() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let clerk = agent(&desk).await;
        let colleague = desk.person("李晓梅", "service-center", [Role::Agent]).await;
        let id = desk.receive(&clerk, "enterprise-support", "phone", fault("紧急")).await.unwrap().id;
        let give = async |by: &Actor, to: &Actor, phone: Option<PhoneNotice>| {
            desk.assign(&desk.ctx(), by, id, Some(to.person), None, phone).await
        };
        assert_eq!(faults(give(&clerk, &colleague, None).await), ["phone_at: phone-notice-missing"]);
        let call = |person: Option<PersonId>, when: &str| PhoneNotice {
            person,
            at: Some(at(when)),
            remark: "已说明情况".to_owned(),
        };
        let wrong = give(&clerk, &colleague, Some(call(Some(clerk.person), "02 10:30"))).await;
        assert_eq!(faults(wrong), ["phone_person: not-the-receiver", "phone_at: in-the-future"]);
        let early = give(&clerk, &colleague, Some(call(None, "02 08:00"))).await;
        assert_eq!(faults(early), ["phone_at: before-the-ticket"]);
        give(&clerk, &colleague, Some(call(None, "02 09:00"))).await.unwrap();
        let line = lines(&desk, &clerk, id, "assigned").await.pop().unwrap();
        assert_eq!(line["phone"]["person"], colleague.person.to_string());
        assert_eq!(line["phone"]["remark"], "已说明情况");
        assert_eq!(unread(&desk, &colleague).await.len(), 1, "she is told in the desk too");
        // Taking it needs no call, nor giving it to whoever has it, nor putting it back.
        give(&clerk, &clerk, None).await.unwrap();
        give(&colleague, &clerk, None).await.unwrap();
        desk.assign(&desk.ctx(), &clerk, id, None, None, None).await.unwrap();
        assert!(unread(&desk, &clerk).await.is_empty());
    });
}

#[test]
fn an_urgent_ticket_goes_to_another_department_only_with_the_call() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let clerk = agent(&desk).await;
        let engineer = member(&desk, "赵强", "after_sales").await;
        let developer = member(&desk, "王建国", "development").await;
        let id = assigned(&desk, &clerk, "紧急").await;
        let transfer = |person: Option<PersonId>, phone: Option<PhoneNotice>| yingda_app::assignment::Transfer {
            department: developer.department,
            person,
            reason: "软件问题".to_owned(),
            tell: String::new(),
            told: yingda_app::assignment::Told::Later,
            phone,
            seen: None,
            once: Once::unkeyed(),
        };
        let go = async |it| desk.transfer(&desk.ctx(), &clerk, id, it).await;
        // Its own procedure is about to ask for the call: that step is the record.
        assert_eq!(desk.waits_at(&clerk, id).await.unwrap(), ["notify"]);
        let view = desk.ticket(&clerk, id).await.unwrap();
        assert!(!yingda_app::notices::asks_for_call(&view));
        let called = form! {
            "notice.person" => engineer.name.as_str(), "notice.called_at" => "2026-11-02 09:00", "notice.confirmed" => "true",
        };
        desk.complete(&clerk, id, "notify", called).await.unwrap();
        assert!(yingda_app::notices::asks_for_call(&desk.ticket(&clerk, id).await.unwrap()));
        assert_eq!(faults(go(transfer(None, None)).await), ["phone_at: phone-notice-missing"]);
        let nobody = PhoneNotice { at: Some(at("02 09:00")), ..PhoneNotice::default() };
        assert_eq!(faults(go(transfer(None, Some(nobody.clone()))).await), ["phone_person: missing"]);
        let other = PhoneNotice { person: Some(engineer.person), ..nobody.clone() };
        assert_eq!(faults(go(transfer(None, Some(other))).await), ["phone_person: other-department"]);
        let hers = PhoneNotice { person: Some(developer.person), ..nobody };
        go(transfer(None, Some(hers))).await.unwrap();
        let line = lines(&desk, &clerk, id, "transferred").await.pop().unwrap();
        assert_eq!(line["phone"]["person"], developer.person.to_string());
        // Nobody was named: the whole department is told.
        assert_eq!(unread(&desk, &developer).await.len(), 1);
    });
}
