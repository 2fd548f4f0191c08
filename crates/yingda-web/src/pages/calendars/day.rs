//! The form for one date, or several in a row.

use jiff::civil::{Date, Weekday};
use yingda_app::calendars::change::{CalendarChange, DayChange, minutes};
use yingda_app::calendars::{Day, Festival, Reason, Shift};
use yingda_core::Refusal;
use yingda_core::refusal::FieldRefusal;

use super::rules::tell;
use super::words::{WEEK, read_hours, weekday};
use crate::front::posted::Fields;
use crate::i18n::{Locale, Tr};
use crate::kit::{Choice, Depends, FieldForm, FieldKind, FieldView};
use crate::views::calendars::DayLook;

/// What a date can become, in the order of the form.
const CHANGES: [&str; 4] = ["free", "as", "own", "rule"];

/// What is on the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DayText {
    /// The first date.
    pub date: String,
    /// The last, if there are several.
    pub until: String,
    /// One of [`CHANGES`].
    pub change: String,
    /// 1 to 7, Monday first.
    pub weekday: String,
    /// The hours.
    pub hours: String,
    /// Why.
    pub reason: String,
}

impl DayText {
    /// What was sent.
    pub fn sent(fields: &Fields) -> Self {
        let text = |name: &str| fields.get(name).to_owned();
        Self {
            date: text("date"),
            until: text("until"),
            change: text("change"),
            weekday: text("weekday"),
            hours: text("hours"),
            reason: text("reason"),
        }
    }

    /// The same to be sent again.
    pub fn hidden(&self) -> Vec<(String, String)> {
        [
            ("date", &self.date),
            ("until", &self.until),
            ("change", &self.change),
            ("weekday", &self.weekday),
            ("hours", &self.hours),
            ("reason", &self.reason),
        ]
        .map(|(name, value)| (name.to_owned(), value.clone()))
        .to_vec()
    }

    /// The change that it means.
    pub fn read(&self) -> Result<CalendarChange, Refusal> {
        let mut faults = Vec::new();
        let mut date = |field: &str, text: &str| -> Option<Date> {
            let date = text.trim().parse().ok();
            if date.is_none() {
                faults.push(FieldRefusal::new(field, "bad-date"));
            }
            date
        };
        let from = date("date", &self.date);
        let to = if self.until.trim().is_empty() { from } else { date("until", &self.until) };
        let change = match self.change.as_str() {
            "free" => Some(DayChange::Free),
            "rule" => Some(DayChange::ByRule),
            "as" => match self.weekday.parse().ok().and_then(|day| Weekday::from_monday_one_offset(day).ok()) {
                Some(day) => Some(DayChange::WorkAs(day)),
                None => {
                    faults.push(FieldRefusal::new("weekday", "missing"));
                    None
                }
            },
            "own" => match read_hours(&self.hours) {
                Ok(hours) => Some(DayChange::Hours(hours)),
                Err(piece) => {
                    faults.push(FieldRefusal::new("hours", "calendar-interval").with("text", piece));
                    None
                }
            },
            _ => {
                faults.push(FieldRefusal::new("change", "missing"));
                None
            }
        };
        match (from, to, change) {
            (Some(from), Some(to), Some(change)) if faults.is_empty() => Ok(CalendarChange::Days { from, to, change }),
            _ => Err(Refusal::Fields(faults)),
        }
    }

    /// The form, with what is wrong. A fault of an overridden date is a fault of the hours that were typed for it.
    pub fn form(&self, t: Tr, refusal: Option<&Refusal>) -> FieldForm {
        let label = |word: &str| t.say(&format!("calendar-day-{word}"));
        let only = |word: &str| Depends {
            name: "change".to_owned(),
            values: vec![word.to_owned()],
            sentence: t.with("calendar-day-when", &[("choice", label(word))]),
        };
        let field = |kind, name: &str, label: &str| FieldView::new(kind, name, t.say(label)).within("day");
        let weekdays = WEEK.map(|day| Choice::new(day.to_monday_one_offset().to_string(), weekday(t, day)));
        let mut form = FieldForm::new([
            field(FieldKind::Choice, "change", "calendar-day-change")
                .required()
                .options(CHANGES.map(|word| Choice::new(word, label(word))))
                .value(&self.change),
            field(FieldKind::Choice, "weekday", "calendar-day-weekday")
                .options(weekdays)
                .as_list(t.say("choice-pick"))
                .depends(only("as"))
                .value(&self.weekday),
            field(FieldKind::Text, "hours", "calendar-day-hours")
                .example("09:00-12:00")
                .depends(only("own"))
                .value(&self.hours),
            field(FieldKind::Date, "until", "calendar-day-until")
                .hint(t.say("calendar-day-until-hint"))
                .value(&self.until),
            field(FieldKind::Text, "reason", "calendar-reason")
                .required()
                .hint(t.say("calendar-reason-hint"))
                .value(&self.reason),
        ]);
        let moved = refusal.map(|refusal| match refusal {
            Refusal::Fields(faults) => {
                let mut faults = faults.clone();
                for fault in &mut faults {
                    if fault.field.starts_with("overrides.") {
                        "hours".clone_into(&mut fault.field);
                    }
                }
                faults.dedup_by(|a, b| a.field == b.field && a.code == b.code && a.params == b.params);
                Refusal::Fields(faults)
            }
            other => other.clone(),
        });
        tell(t, &mut form, moved.as_ref());
        form
    }
}

/// What a date is, as the grid marks it; `usual` are the working minutes of an ordinary day.
pub fn look(day: &Day, usual: u32) -> DayLook {
    match (day.reason, minutes(&day.shifts)) {
        (Reason::Weekly, 0) => DayLook::Off,
        (Reason::Weekly, _) => DayLook::Work,
        (Reason::Holiday { .. }, _) => DayLook::Holiday,
        (Reason::MakeUp { .. }, _) => DayLook::MakeUp,
        (Reason::Override, 0) => DayLook::OwnOff,
        (Reason::Override, worked) if worked * 4 <= usual * 3 => DayLook::Half,
        (Reason::Override, _) => DayLook::Own,
    }
}

/// By which rule a date is what it is.
pub fn why(t: Tr, reason: &Reason) -> String {
    let name = |festival: &Festival| festival_name(t, festival);
    match reason {
        Reason::Weekly => t.say("calendar-why-weekly"),
        Reason::Holiday { festival: Some(festival) } => t.with("calendar-why-holiday", &[("name", name(festival))]),
        Reason::MakeUp { festival: Some(festival) } => t.with("calendar-why-makeup", &[("name", name(festival))]),
        Reason::Holiday { festival: None } => t.say("calendar-why-own-holiday"),
        Reason::MakeUp { festival: None } => t.say("calendar-why-own-makeup"),
        Reason::Override => t.say("calendar-why-override"),
    }
}

/// A festival's name in the reader's language.
pub fn festival_name(t: Tr, festival: &Festival) -> String {
    if t.locale() == Locale::En { festival.english().to_owned() } else { festival.chinese().to_owned() }
}

/// The most minutes that a weekday has.
pub fn usual<'a>(days: impl Iterator<Item = &'a Day>) -> u32 {
    let weekly = days.filter(|day| day.reason == Reason::Weekly);
    weekly.map(|day| minutes(&day.shifts)).max().unwrap_or_default()
}

/// The hours of a date as they are typed.
pub fn typed(shifts: &[Shift]) -> String {
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let pieces: Vec<String> = shifts
        .iter()
        .map(|shift| {
            let to = if shift.is_over_midnight() { shift.to - 1440 } else { shift.to };
            format!("{}-{}", clock(shift.from), clock(to))
        })
        .collect();
    pieces.join(" ")
}
