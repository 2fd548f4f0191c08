//! One customer's matter: who calls, about what, and what is typed into each form on its way.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use yingda_process::RawForm;

use super::callers::{Caller, Callers};
use super::course::{Course, Mood};
use super::dice::Dice;
use super::topic::{Topic, Words};
use super::{enterprise, fill, property, water};

/// What it is about, by process.
#[derive(Debug, Clone, Copy)]
pub enum Body {
    /// S01
    Property(&'static Topic),
    /// S02, a leak of a pipe of this diameter in mm.
    Leak(&'static str),
    /// S02, anything else.
    Hotline(&'static Topic),
    /// S02, a result that somebody rings in.
    Result,
    /// S03
    Enterprise(&'static Topic),
}

/// A matter, with the words that stay the same through it.
#[derive(Debug, Clone)]
pub struct Matter {
    /// What it is about.
    pub body: Body,
    /// Who calls.
    pub caller: Caller,
    /// How: one of the process's channels.
    pub channel: &'static str,
    /// Its words.
    pub words: Words,
}

/// What filling a form needs besides the matter.
#[derive(Debug)]
pub struct Moment<'a> {
    /// When.
    pub at: Timestamp,
    /// Where.
    pub zone: &'a TimeZone,
    /// How many times this step was done before.
    pub pass: u32,
    /// Login of somebody in the department that works on it, or of whoever fills the form in.
    pub hand: &'a str,
}

impl Moment<'_> {
    /// A time of day as forms take it, so many minutes from this moment.
    #[must_use]
    pub fn clock(&self, minutes: i64) -> String {
        let at = self.at + jiff::SignedDuration::from_mins(minutes);
        at.to_zoned(self.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
    }
}

impl Matter {
    /// A matter of S01.
    pub fn property(callers: &Callers, dice: &mut Dice) -> Self {
        let topic = &property::TOPICS[dice.index(property::TOPICS.len())];
        let channels = ["phone", "phone", "phone", "onsite", "visit", "wechat", "chat"];
        Self::new(Body::Property(topic), callers.resident(dice), dice.pick(&channels), dice)
    }

    /// A leak.
    pub fn leak(callers: &Callers, dice: &mut Dice, pipe: &'static str) -> Self {
        Self::new(Body::Leak(pipe), callers.resident(dice), "phone", dice)
    }

    /// Any call to the hotline.
    pub fn water(callers: &Callers, dice: &mut Dice) -> Self {
        let caller = callers.resident(dice);
        let channel = dice.pick(&["phone", "phone", "phone", "phone", "phone", "visit", "letter", "fax"]);
        match dice.weighted(&[33, 64, 3]) {
            0 => {
                let pipe = dice.pick(water::PIPES);
                Self::new(Body::Leak(pipe), caller, "phone", dice)
            }
            1 => {
                let topic = &water::TOPICS[dice.index(water::TOPICS.len())];
                Self::new(Body::Hotline(topic), caller, channel, dice)
            }
            _ => Self::new(Body::Result, caller, "phone", dice),
        }
    }

    /// A complaint to the hotline.
    pub fn complaint(callers: &Callers, dice: &mut Dice) -> Self {
        let complaints: Vec<&Topic> = water::TOPICS.iter().filter(|t| t.kind == "投诉处理").collect();
        let topic = complaints[dice.index(complaints.len())];
        Self::new(Body::Hotline(topic), callers.resident(dice), "phone", dice)
    }

    /// A matter of S03.
    pub fn enterprise(callers: &Callers, dice: &mut Dice) -> Self {
        // Faults come more often than anything else.
        let place = if dice.chance(25) { 0 } else { dice.index(enterprise::TOPICS.len()) };
        let channels = ["phone", "phone", "mail", "wecom", "wecom", "chat"];
        Self::new(Body::Enterprise(&enterprise::TOPICS[place]), callers.company(dice), dice.pick(&channels), dice)
    }

    fn new(body: Body, caller: Caller, channel: &'static str, dice: &mut Dice) -> Self {
        let part = u64::try_from(dice.between(0, i64::MAX - 1)).unwrap_or_default();
        Self { body, caller, channel, words: Words::new(dice.apart(part)) }
    }

    /// The id of its process.
    #[must_use]
    pub fn process(&self) -> &'static str {
        match self.body {
            Body::Property(_) => "customer-consultation",
            Body::Leak(_) | Body::Hotline(_) | Body::Result => "water-hotline",
            Body::Enterprise(_) => "enterprise-support",
        }
    }

    /// The topic, where it has one.
    #[must_use]
    pub fn topic(&self) -> Option<&'static Topic> {
        match self.body {
            Body::Property(topic) | Body::Hotline(topic) | Body::Enterprise(topic) => Some(topic),
            Body::Leak(_) | Body::Result => None,
        }
    }

    /// The department that knows, by code or name.
    #[must_use]
    pub fn department(&self) -> &'static str {
        self.topic().map_or("engineering", |topic| topic.department)
    }

    /// What is typed while the customer talks.
    pub fn intake(&mut self, course: &Course, moment: &Moment<'_>) -> RawForm {
        match self.body {
            Body::Property(topic) => fill::property_intake(self, topic, course),
            Body::Leak(_) | Body::Hotline(_) | Body::Result => fill::water_intake(self, course),
            Body::Enterprise(topic) => fill::enterprise_intake(self, topic, course, moment),
        }
    }

    /// What is typed at a step.
    pub fn step(&mut self, step: &str, course: &Course, moment: &Moment<'_>) -> RawForm {
        match self.body {
            Body::Property(topic) => fill::property_step(self, topic, step, course, moment),
            Body::Leak(_) | Body::Hotline(_) | Body::Result => super::fill_water::step(self, step, course, moment),
            Body::Enterprise(topic) => super::fill_enterprise::step(self, topic, step, course, moment),
        }
    }

    /// The answer of a department.
    pub fn answer(&mut self) -> String {
        match self.topic() {
            Some(topic) => self.words.any(topic.answers),
            None => self.words.any(water::LEAK_RESULTS),
        }
    }

    /// Whether the customer is content this time round.
    #[must_use]
    pub fn content(course: &Course, moment: &Moment<'_>) -> bool {
        course.mood != Mood::OnceMore || moment.pass > 0
    }
}
