//! Clocks: what they do when moments pass, on made-up files and, by random walks, on the shipped ones.

use std::collections::BTreeMap;

use crate::desk::{Desk, facts};
use yingda_process::clock::{Known, KnownState, Moment, Move, RungAt, Start, moments, moves};
use yingda_process::{Channel, Definition, Event, Instance, Intake, Values, load};

const SMALL: &str = include_str!("cases/small.yaml");

/// The clocks of one ticket, kept as the desk keeps them.
#[derive(Default)]
pub struct Clocks {
    pub known: BTreeMap<String, Known>,
    /// The steps for which each going clock stands still.
    pub paused: BTreeMap<String, Vec<String>>,
    /// What they did, as text.
    pub log: Vec<String>,
}

impl Clocks {
    /// Lets moments pass, and asserts that no move contradicts what the clock was doing.
    pub fn pass(&mut self, definition: &Definition, after: &Instance, passed: &[Moment]) {
        let known: Vec<Known> = self.known.values().cloned().collect();
        for step in moves(definition, after, passed, &known) {
            self.one(&step);
        }
        if after.ended.is_some() {
            assert_eq!(self.going(), Vec::<&str>::new(), "nothing goes on after the end");
        }
        for (clock, steps) in &self.paused {
            for step in steps {
                assert!(after.tokens.iter().any(|token| &token.step == step), "{clock} stands still in {step}");
            }
        }
        for rule in &definition.clocks {
            let goes = self.going().contains(&rule.id.as_str());
            let standing = rule.paused_in.iter().filter(|step| after.tokens.iter().any(|token| &token.step == *step));
            let wanted = if goes { standing.count() } else { 0 };
            assert_eq!(self.paused.get(&rule.id).map_or(0, Vec::len), wanted, "{}", rule.id);
        }
    }

    fn one(&mut self, step: &Move<'_>) {
        let text = match step {
            Move::Start(id) => {
                assert!(!self.goes(id), "{id} goes already");
                self.set(id, KnownState::Going, None);
                format!("start {id}")
            }
            Move::Plan(id, value) => {
                let paused = self.paused.get(*id).cloned();
                self.set(id, KnownState::Going, Some(value.text()));
                self.paused.extend(paused.map(|paused| ((*id).to_owned(), paused)));
                format!("plan {id} {}", value.text())
            }
            Move::Stop(id) => {
                assert!(self.goes(id), "{id} does not go");
                let planned = self.known[*id].planned.clone();
                self.set(id, KnownState::Stopped, planned);
                format!("stop {id}")
            }
            Move::Renew(id) => {
                assert!(self.goes(id), "{id} does not go");
                self.set(id, KnownState::Going, None);
                format!("renew {id}")
            }
            Move::Pause(id, at) => {
                assert!(self.goes(id), "{id} does not go");
                let paused = self.paused.entry((*id).to_owned()).or_default();
                assert!(!paused.contains(at), "{id} stands still in {at} already");
                paused.push(at.clone());
                format!("pause {id} {at}")
            }
            Move::Resume(id, at) => {
                let paused = self.paused.get_mut(*id).unwrap_or_else(|| panic!("{id} does not stand still"));
                assert!(paused.contains(at), "{id} does not stand still in {at}");
                paused.retain(|other| other != at);
                format!("resume {id} {at}")
            }
        };
        self.log.push(text);
    }

    fn goes(&self, id: &str) -> bool {
        self.known.get(id).is_some_and(|known| known.state == KnownState::Going)
    }

    fn set(&mut self, id: &str, state: KnownState, planned: Option<String>) {
        self.paused.remove(id);
        self.known.insert(id.to_owned(), Known { rule: id.to_owned(), state, planned });
    }

    fn going(&self) -> Vec<&str> {
        let going = self.known.values().filter(|known| known.state == KnownState::Going);
        going.map(|known| known.rule.as_str()).collect()
    }

    fn take(&mut self) -> Vec<String> {
        std::mem::take(&mut self.log)
    }
}

/// A ticket of a small file with other clocks, and what they do.
struct Story {
    desk: Desk,
    clocks: Clocks,
}

const CALL: &[(&str, &str)] = &[
    ("kind", "咨询"),
    ("pipe", "100"),
    ("paid", "1"),
    ("seen_at", "2026-11-21 09:30"),
    ("day", "2026-12-01"),
    ("done", "是"),
];
const ROUTE: &[(&str, &str)] = &[("department", "repair"), ("question", "问")];

/// `small.yaml` with these clocks only.
fn with_clocks(clocks: &str) -> Definition {
    let head = SMALL.split("clocks:\n").next().unwrap().replace("limit: { minutes: 5 }", "script: hello");
    let head = head.replacen("script: hello, next: which, script: hello", "script: hello, next: which", 1);
    let text = format!("{}clocks:\n{clocks}\n", head.replace(", limit: { working_days: 2 }", ""));
    load(&text, "f").unwrap_or_else(|faults| panic!("{}", faults[0]))
}

impl Story {
    fn of(clocks: &str) -> Self {
        Self { desk: Desk::with(with_clocks(clocks)), clocks: Clocks::default() }
    }

    fn event(&mut self, event: Event) -> Vec<String> {
        let before = self.desk.instance.clone();
        self.desk.event(event).unwrap();
        let passed = moments(&before, &self.desk.instance, &self.desk.effects);
        self.clocks.pass(&self.desk.definition, &self.desk.instance, &passed);
        self.clocks.take()
    }

    fn start(&mut self) -> Vec<String> {
        let form = self.desk.definition.form("call").unwrap().clone();
        let values = Desk::parse(&form, CALL);
        self.event(Event::Start { values, facts: facts(Channel::Phone), intake: Intake::Complete })
    }

    fn fill(&mut self, form: &str, typed: &[(&str, &str)]) -> Vec<String> {
        let form = self.desk.definition.form(form).unwrap().clone();
        let token = self.desk.instance.tokens[0].id;
        self.event(Event::Complete { token, values: Desk::parse(&form, typed) })
    }

    fn answer(&mut self) -> Vec<String> {
        let token = self.desk.instance.tokens[0].id;
        self.event(Event::SheetAnswered { token, answer: "答".to_owned() })
    }

    /// Something that people do, which the engine does not see.
    fn by_hand(&mut self, moment: Moment) -> Vec<String> {
        self.clocks.pass(&self.desk.definition, &self.desk.instance, &[moment]);
        self.clocks.take()
    }

    fn restart(&mut self, step: &str) -> Vec<String> {
        self.event(Event::Restart { step: step.to_owned() })
    }
}

#[test]
fn a_step_with_a_limit_is_a_clock_from_entering_and_a_sheet_from_its_receipt() {
    let definition = load(SMALL, "f").unwrap();
    let ids: Vec<&str> = definition.clocks.iter().map(|clock| clock.id.as_str()).collect();
    assert_eq!(ids, ["step.call", "step.sheet", "solve", "both", "visit"]);
    let call = definition.clock("step.call").unwrap();
    assert_eq!((call.label.as_str(), &call.start), ("接听", &Start::AnyOf(vec![Moment::Entered("call".into())])));
    assert_eq!(call.stops, [Moment::Left("call".into())]);
    let sheet = definition.clock("step.sheet").unwrap();
    assert_eq!(sheet.start, Start::AnyOf(vec![Moment::Received("sheet".into())]));
    assert_eq!(sheet.label, "工作联系单");
    assert!(matches!(definition.ladder.unwrap()[0].when, RungAt::PercentLeft(25)));
}

#[test]
fn a_clock_goes_from_its_start_to_its_stop_and_again_when_the_matter_comes_back() {
    let mut story =
        Story::of("  solve: { label: 解决, starts: [opened, reopened], stops: solved, target: { days: 2 } }");
    assert_eq!(story.start(), ["start solve"]);
    assert!(story.fill("route", ROUTE).is_empty());
    assert!(story.answer().is_empty());
    assert_eq!(story.fill("rate", &[("score", "不满意")]), ["stop solve", "start solve"]);
    story.fill("route", ROUTE);
    story.answer();
    assert_eq!(story.fill("rate", &[("score", "满意")]), ["stop solve"]);
    assert!(story.desk.instance.ended.is_some());
    assert_eq!(story.restart("ask"), ["start solve"]);
}

#[test]
fn the_end_stops_every_clock_and_starts_none() {
    let mut story = Story::of(
        "  open: { label: 全程, starts: [opened, completed.rate], target: { days: 2 } }\n  other: { label: 又, starts: \
         told_customer, target: { days: 1 } }",
    );
    assert_eq!(story.start(), ["start open"]);
    story.fill("route", ROUTE);
    assert_eq!(story.answer(), ["start other"]);
    assert_eq!(story.fill("rate", &[("score", "满意")]), ["stop open", "stop other"]);
    assert!(story.by_hand(Moment::ToldCustomer).is_empty());
}

#[test]
fn a_renewal_ends_a_round_and_begins_the_next() {
    let mut story = Story::of(
        "  feedback: { label: 反馈, starts: [opened], stops: solved, renews: told_customer, paused_in: sheet, target: { \
         days: 2 } }",
    );
    assert_eq!(story.start(), ["start feedback"]);
    assert_eq!(story.by_hand(Moment::ToldCustomer), ["renew feedback"]);
    assert_eq!(story.fill("route", ROUTE), ["pause feedback sheet"]);
    // The next round begins where the ticket stands: it stands still too.
    assert_eq!(story.by_hand(Moment::ToldCustomer), ["renew feedback", "pause feedback sheet"]);
    // The message after the sheet tells the customer.
    assert_eq!(story.answer(), ["resume feedback sheet", "renew feedback"]);
    assert_eq!(story.fill("rate", &[("score", "满意")]), ["stop feedback"]);
    assert!(story.by_hand(Moment::ToldCustomer).is_empty());
}

#[test]
fn a_clock_that_starts_where_it_is_paused_stands_still_from_the_start() {
    let mut story = Story::of(
        "  a: { label: 甲, starts: told_customer, paused_in: [ask, sheet], target: { days: 2 } }\n  b: { label: 乙, \
         starts: entered.ask, paused_in: ask, target: { days: 2 } }\n  c: { label: 丙, starts: opened, paused_in: call, \
         target: { days: 1 } }",
    );
    // The intake passes through its step within one event, so that pauses nothing.
    assert_eq!(story.start(), ["start b", "pause b ask", "start c"]);
    assert_eq!(story.by_hand(Moment::ToldCustomer), ["start a", "pause a ask"]);
    assert_eq!(story.fill("route", ROUTE), ["resume a ask", "pause a sheet", "resume b ask"]);
    assert_eq!(story.restart("sheet"), ["resume a sheet", "pause a sheet"]);
}

#[test]
fn the_later_of_several_starts_a_clock() {
    let mut story =
        Story::of("  both: { label: 两事, starts_all: [completed.ask, answered.sheet], target: { days: 3 } }");
    assert!(story.start().is_empty());
    assert!(story.fill("route", ROUTE).is_empty());
    assert_eq!(story.answer(), ["start both"]);
    assert_eq!(story.fill("rate", &[("score", "不满意")]), Vec::<String>::new());
}

#[test]
fn a_milestone_that_is_reached_already_starts_no_clock_that_only_it_would_stop() {
    let mut story = Story::of("  a: { label: 甲, starts: [told_customer], stops: [solved], target: { days: 2 } }");
    story.start();
    story.fill("route", ROUTE);
    assert_eq!(story.answer(), ["start a"]);
    assert_eq!(story.fill("rate", &[("score", "不满意")]), ["stop a"], "solved, and taken back at once");
    assert_eq!(story.by_hand(Moment::ToldCustomer), ["start a"]);
    story.desk.instance.marks.push(yingda_process::Milestone::Solved);
    story.clocks = Clocks::default();
    assert!(story.by_hand(Moment::ToldCustomer).is_empty());
}

#[test]
fn a_planned_clock_follows_its_date() {
    let mut story = Story::of(
        "  visit: { label: 上门, planned: call.day, stops: completed.rate }\n  before: { label: 提前, planned: call.day, \
         target: { months: 3 } }",
    );
    assert_eq!(story.start(), ["plan visit 2026-12-01", "plan before 2026-12-01"]);
    assert!(story.fill("route", ROUTE).is_empty());
    assert_eq!(story.restart("call"), Vec::<String>::new());
    let later: Vec<(&str, &str)> =
        CALL.iter().map(|(key, value)| (*key, if *key == "day" { "2026-12-24" } else { *value })).collect();
    assert_eq!(story.fill("call", &later), ["plan visit 2026-12-24", "plan before 2026-12-24"]);
    story.fill("route", ROUTE);
    story.answer();
    assert_eq!(story.fill("rate", &[("score", "不满意")]), ["stop visit"]);
    // Nothing new is said of the date: it is over.
    assert!(story.restart("call").is_empty());
    // The same date said again counts again.
    assert_eq!(story.fill("call", &later), ["plan visit 2026-12-24"]);
    story.desk.instance.values = Values::default();
    assert_eq!(story.by_hand(Moment::Assigned), ["stop visit", "stop before"]);
}

#[test]
fn a_start_that_comes_only_with_the_end_is_a_fault() {
    let text = SMALL
        .replace("event_record: true }", "event_record: true, marks: [confirmed] }")
        .replace("starts: [opened, reopened]", "starts: [confirmed]")
        .replace("renews: told_customer", "renews: [left.ask]");
    let sentences = |text: &str| -> Vec<String> {
        load(text, "f").err().unwrap_or_default().iter().map(ToString::to_string).collect()
    };
    let wanted =
        "f:63:32: 'confirmed' does nothing here: it comes only with the ticket's end, when nothing starts any more.";
    assert_eq!(sentences(&text), [wanted]);
    assert!(sentences(&text.replace("starts: [confirmed]", "starts: [opened]")).is_empty());
    // A task that can only lead to the end.
    let last = SMALL
        .replace(
            "{ otherwise: done }\n  done:",
            "{ otherwise: last }\n  last: { task: 归档, lane: desk, next: done }\n  done:",
        )
        .replace("starts: [opened, reopened]", "starts: [entered.last, left.last]");
    let wanted =
        "f:64:46: 'left.last' does nothing here: it comes only with the ticket's end, when nothing starts any more.";
    assert_eq!(sentences(&last), [wanted]);
}

#[test]
fn a_trigger_asks_the_ticket_as_it_stands() {
    let definition = load(SMALL, "f").unwrap();
    let mut desk = Desk::with(definition);
    let [major, help] = desk.definition.triggers.clone().try_into().unwrap();
    assert!(!major.holds(&desk.definition, &desk.instance), "not started");
    let complaint: Vec<(&str, &str)> =
        CALL.iter().map(|(key, value)| (*key, if *key == "kind" { "投诉" } else { *value })).collect();
    desk.receive(&complaint);
    assert!(major.holds(&desk.definition, &desk.instance));
    assert!(!help.holds(&desk.definition, &desk.instance), "by hand only");
    assert!(major.proposal && !help.proposal);
    desk.instance.values = Values::default();
    assert!(!major.holds(&desk.definition, &desk.instance));
}

#[test]
fn every_moment_and_recipient_is_read_as_it_is_written() {
    use yingda_process::clock::Recipient;
    let words = Moment::WORDS.iter().map(|word| (*word).to_owned());
    let of_steps = Moment::OF_STEPS.iter().map(|word| format!("{word}.call"));
    for word in words.chain(of_steps) {
        assert_eq!(Moment::read(&word).unwrap().to_string(), word);
        let shown = word.replace(".call", ".STEP");
        assert!(Moment::ALL_WORDS.contains(&shown.as_str()), "{shown}");
    }
    for word in Recipient::WORDS.iter().copied().chain(["head.repair"]) {
        assert_eq!(Recipient::read(word).unwrap().to_string(), word);
    }
    assert_eq!((Recipient::read("member"), Moment::read("solved.call")), (None, None));
}

#[test]
fn a_pause_may_stop_some_clocks_or_all() {
    let definition = load(SMALL, "f").unwrap();
    let stops = |reason: usize, clock: &str| definition.pauses[reason].stops(clock);
    assert!(stops(0, "solve") && stops(0, "step.call") && !stops(0, "both"));
    assert!(stops(1, "solve") && stops(1, "both"));
}
