//! Limits, moments and calendars in words.

use yingda_app::App;
use yingda_app::clocks::derive::Target;
use yingda_process::clock::{ClockRule, Moment, Start};
use yingda_process::{Definition, Limit, LimitUnit};

use crate::i18n::{Locale, Tr};
use crate::kit::Choice;
use crate::pages::show::{Measured, span_words};

/// The last part of a unit's keys: `working-days`.
fn unit_key(unit: LimitUnit) -> String {
    unit.id().replace('_', "-")
}

/// 2 个工作日
#[must_use]
pub fn limit_words(t: Tr, limit: Limit) -> String {
    t.with(&format!("limit-{}", unit_key(limit.unit)), &[("n", limit.amount)])
}

/// The units as options.
#[must_use]
pub fn units(t: Tr) -> Vec<Choice> {
    LimitUnit::ALL.iter().map(|unit| Choice::new(unit.id(), unit_word(t, *unit))).collect()
}

/// A unit's name.
#[must_use]
pub fn unit_word(t: Tr, unit: LimitUnit) -> String {
    t.say(&format!("clock-unit-{}", unit_key(unit)))
}

/// Seconds of a clock's own measure.
#[must_use]
pub fn span(t: Tr, seconds: i64, working: bool) -> String {
    if working {
        t.with("clock-working-span", &[("span", span_words(t, seconds, Measured::Working))])
    } else {
        span_words(t, seconds, Measured::Wall)
    }
}

/// What a clock counts against.
#[must_use]
pub fn target_words(t: Tr, target: &Target) -> String {
    match target {
        Target::Empty => t.say("clock-no-limit"),
        Target::Limit(limit) => limit_words(t, *limit),
        Target::Seconds { seconds, working } => span(t, i64::try_from(*seconds).unwrap_or(i64::MAX), *working),
        Target::Planned { date, lead: None, .. } => t.with("clock-at-date", &[("date", date.to_string())]),
        Target::Planned { date, lead: Some(lead), .. } => {
            t.with("clock-before-date", &[("date", date.to_string()), ("lead", limit_words(t, *lead))])
        }
    }
}

/// The name of the calendar with this code.
#[must_use]
pub fn calendar_name(app: &App, t: Tr, code: &str) -> String {
    match app.calendar_names().into_iter().find(|(known, _)| known == code) {
        Some((_, name)) if !name.is_empty() => name,
        Some((code, _)) => t.say(&format!("calendar-name-{code}")),
        None => code.to_owned(),
    }
}

/// What happens at a moment: 客户满意, 进入“处理”.
#[must_use]
pub fn moment_words(t: Tr, definition: &Definition, moment: &Moment) -> String {
    let text = moment.to_string();
    match text.split_once('.') {
        Some((word, step)) => {
            let label = definition.step(step).map_or("", |step| step.label());
            let label = if label.is_empty() { step } else { label };
            t.with(&format!("moment-{word}"), &[("step", label)])
        }
        None => t.say(&format!("moment-{}", text.replace('_', "-"))),
    }
}

/// The moment that a stored word names; the word itself where it names none.
#[must_use]
pub fn stored_moment(t: Tr, definition: &Definition, word: &str) -> String {
    match Moment::read(word) {
        Some(moment) if definition.step(moment.step().unwrap_or_default()).is_some() || moment.step().is_none() => {
            moment_words(t, definition, &moment)
        }
        _ => word.to_owned(),
    }
}

/// From which moment to which a clock runs.
#[must_use]
pub fn measures(t: Tr, definition: &Definition, rule: &ClockRule) -> String {
    let list = |moments: &[Moment], key: &str| {
        let words: Vec<String> = moments.iter().map(|moment| moment_words(t, definition, moment)).collect();
        words.join(&t.say(key))
    };
    let until = if rule.stops.is_empty() { t.say("moment-ended") } else { list(&rule.stops, "clock-or") };
    let mut text = match &rule.start {
        Start::AnyOf(any) => t.with("clock-measures", &[("from", list(any, "clock-or")), ("to", until)]),
        Start::AllOf(all) => t.with("clock-measures-all", &[("from", list(all, "list-comma")), ("to", until)]),
        Start::Planned(field) => {
            let found = definition.form(&field.form).and_then(|form| form.field(&field.field));
            let label = found.map_or_else(|| field.to_string(), |found| found.label.clone());
            t.with("clock-measures-planned", &[("field", label), ("to", until)])
        }
    };
    if !rule.renews.is_empty() {
        text.push_str(&t.with("clock-renews", &[("moment", list(&rule.renews, "clock-or"))]));
    }
    if !rule.paused_in.is_empty() {
        let label = |id: &String| definition.step(id).map_or_else(|| id.clone(), |step| step.label().to_owned());
        let steps: Vec<String> = rule.paused_in.iter().map(label).collect();
        text.push_str(&t.with("clock-pauses-in", &[("steps", steps.join(&t.say("list-comma")))]));
    }
    text
}

/// An account in the reader's language.
#[must_use]
pub fn account(t: Tr, account: &yingda_app::calendars::Explanation) -> Vec<String> {
    if t.locale() == Locale::En { account.english() } else { account.chinese() }
}
