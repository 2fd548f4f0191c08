//! A desk for tests: one ticket, walked by typing what a clerk would type.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use yingda_process::{
    Channel, Definition, Effect, Event, Facts, Form, Instance, Intake, Priority, RawForm, Refusal, Values, advance,
    load,
};

pub const SHIPPED: &[(&str, &str)] = &[
    ("S01-consultation.yaml", include_str!("../../../../processes/S01-consultation.yaml")),
    ("S02-hotline.yaml", include_str!("../../../../processes/S02-hotline.yaml")),
    ("S03-enterprise-support.yaml", include_str!("../../../../processes/S03-enterprise-support.yaml")),
];

/// A shipped procedure by the number of its document.
pub fn shipped(source: &str) -> Definition {
    let (file, text) = SHIPPED.iter().find(|(file, _)| file.starts_with(source)).unwrap();
    load(text, file).unwrap_or_else(|faults| panic!("{}", faults[0]))
}

pub fn zone() -> TimeZone {
    TimeZone::get("Asia/Shanghai").unwrap()
}

pub fn raw(pairs: &[(&str, &str)]) -> RawForm {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), vec![(*value).to_owned()])).collect()
}

pub fn facts(channel: Channel) -> Facts {
    Facts { channel, priority: Priority::Medium, department: None }
}

pub struct Desk {
    pub definition: Definition,
    pub instance: Instance,
    /// Of the last event.
    pub effects: Vec<Effect>,
    pub now: Timestamp,
}

impl Desk {
    pub fn open(source: &str) -> Self {
        Self::with(shipped(source))
    }

    pub fn with(definition: Definition) -> Self {
        let now = "2026-11-21T01:00:00Z".parse().unwrap();
        Self { definition, instance: Instance::new(), effects: Vec::new(), now }
    }

    pub fn event(&mut self, event: Event) -> Result<(), Refusal> {
        let (instance, effects) = advance(&self.definition, &self.instance, event, self.now)?;
        self.instance = instance;
        self.effects = effects;
        Ok(())
    }

    pub fn parse(form: &Form, typed: &[(&str, &str)]) -> Values {
        form.parse(&raw(typed), &zone()).unwrap_or_else(|faults| panic!("{}: {faults:?}", form.id))
    }

    /// The intake screen, keyed `form.field` or `field`.
    pub fn receive(&mut self, typed: &[(&str, &str)]) -> &mut Self {
        let mut values = Values::default();
        for form in self.definition.intake_forms() {
            values.extend(Self::parse(form, typed));
        }
        let facts = facts(Channel::Phone);
        self.event(Event::Start { values, facts, intake: Intake::Complete }).unwrap();
        self
    }

    /// Completes the step at which the ticket waits, which must be `step`.
    pub fn complete(&mut self, step: &str, typed: &[(&str, &str)]) -> &mut Self {
        assert_eq!(self.at(), step, "waits elsewhere");
        let token = self.instance.tokens[0].id;
        let values =
            self.definition.active(&self.instance)[0].form.map(|form| Self::parse(form, typed)).unwrap_or_default();
        self.event(Event::Complete { token, values }).unwrap();
        self
    }

    pub fn answer(&mut self, step: &str, answer: &str) -> &mut Self {
        assert_eq!(self.at(), step, "waits elsewhere");
        let token = self.instance.tokens[0].id;
        self.event(Event::SheetAnswered { token, answer: answer.to_owned() }).unwrap();
        self
    }

    /// The waiting step, or the end it came to.
    pub fn at(&self) -> String {
        match (&self.instance.ended, self.instance.tokens.as_slice()) {
            (Some(ended), []) => ended.step.clone(),
            (None, [token]) => token.step.clone(),
            other => panic!("neither waiting once nor ended: {other:?}"),
        }
    }
}
