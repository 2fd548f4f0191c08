//! The form for all of a calendar: what was typed, the file that it means, and back.

use jiff::civil::Weekday;
use yingda_app::calendars::change::{CalendarText, hours_of, key_of};
use yingda_app::calendars::{CalendarFile, DeskCalendar, HoursFile, IntervalFile};
use yingda_core::Refusal;
use yingda_core::refusal::FieldRefusal;

use super::words::{WEEK, name_of, read_hours, week_of, weekday, write_hours};
use crate::front::posted::Fields;
use crate::front::{field_sentence, refusal_sentence};
use crate::i18n::Tr;
use crate::kit::{Choice, FieldForm, FieldKind, FieldView, Stale};

/// What is on the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RulesText {
    /// The code of a new one.
    pub code: String,
    /// The name.
    pub name: String,
    /// The zone.
    pub zone: String,
    /// `cn` or `none`.
    pub statutory: String,
    /// The hours of each weekday, Monday first.
    pub hours: [String; 7],
    /// The hours of make-up workdays.
    pub makeup: String,
    /// Why.
    pub reason: String,
}

/// The name of a weekday's field.
fn field_of(day: Weekday) -> String {
    format!("hours.{}", key_of(day))
}

impl RulesText {
    /// A new calendar: the office's zone and a plain week.
    pub fn fresh(zone: &str) -> Self {
        let mut hours = <[String; 7]>::default();
        for day in &mut hours[..5] {
            "09:00-12:00 13:30-18:00".clone_into(day);
        }
        Self { zone: zone.to_owned(), statutory: "cn".to_owned(), hours, ..Self::default() }
    }

    /// A calendar as it stands.
    pub fn of(t: Tr, row: &DeskCalendar) -> Self {
        Self { code: row.code.clone(), ..Self::of_file(name_of(t, row), row.calendar.file()) }
    }

    /// A calendar as a file has it.
    pub fn of_file(name: String, file: &CalendarFile) -> Self {
        Self {
            code: String::new(),
            name,
            zone: file.time_zone.clone(),
            statutory: file.statutory.clone().unwrap_or_else(|| "none".to_owned()),
            hours: WEEK.map(|day| write_hours(&hours_of(file, day))),
            makeup: file.workday_hours.as_deref().map(write_hours).unwrap_or_default(),
            reason: String::new(),
        }
    }

    /// What was sent.
    pub fn sent(fields: &Fields) -> Self {
        let text = |name: &str| fields.get(name).to_owned();
        Self {
            code: text("code"),
            name: text("name"),
            zone: text("time_zone"),
            statutory: text("statutory"),
            hours: WEEK.map(|day| text(&field_of(day))),
            makeup: text("workday_hours"),
            reason: text("reason"),
        }
    }

    /// The same to be sent again.
    pub fn hidden(&self) -> Vec<(String, String)> {
        let pair = |name: &str, value: &String| (name.to_owned(), value.clone());
        let mut all = vec![pair("name", &self.name), pair("time_zone", &self.zone), pair("statutory", &self.statutory)];
        all.extend(WEEK.iter().zip(&self.hours).map(|(day, hours)| (field_of(*day), hours.clone())));
        all.extend([pair("workday_hours", &self.makeup), pair("reason", &self.reason)]);
        all
    }

    /// The calendar that it means; what the form does not show stays as it is in `before`.
    pub fn read(&self, t: Tr, before: Option<&DeskCalendar>) -> Result<CalendarText, Refusal> {
        let mut faults = Vec::new();
        let mut read = |field: &str, text: &str| -> Vec<IntervalFile> {
            read_hours(text).unwrap_or_else(|piece| {
                faults.push(FieldRefusal::new(field, "calendar-interval").with("text", piece));
                Vec::new()
            })
        };
        let mut days = <[Vec<IntervalFile>; 7]>::default();
        for ((day, text), hours) in WEEK.into_iter().zip(&self.hours).zip(&mut days) {
            *hours = read(&field_of(day), text);
        }
        let makeup = read("workday_hours", &self.makeup);
        if !["cn", "none"].contains(&self.statutory.as_str()) {
            faults.push(FieldRefusal::new("statutory", "missing"));
        }
        if !faults.is_empty() {
            return Err(Refusal::Fields(faults));
        }
        let mut file = before.map_or_else(empty, |row| row.calendar.file().clone());
        self.zone.trim().clone_into(&mut file.time_zone);
        file.hours = week_of(days);
        file.workday_hours = Some(makeup).filter(|hours| !hours.is_empty());
        file.statutory = Some(self.statutory.clone()).filter(|word| word != "none");
        if file.statutory.is_none() {
            // The tables go with the choice to follow them.
            file.statutory_tables.clear();
            file.statutory_years.clear();
        }
        let mut name = self.name.trim().to_owned();
        if before.is_some_and(|row| row.name.is_empty() && name_of(t, row) == name) {
            name = String::new();
        }
        Ok(CalendarText { name, file })
    }

    /// The form, with what is wrong.
    pub fn form(&self, t: Tr, is_new: bool, refusal: Option<&Refusal>) -> FieldForm {
        let text = |name: &str, label: &str| FieldView::new(FieldKind::Text, name, t.say(label)).within("rules");
        let mut fields = vec![text("name", "calendar-name").required().value(&self.name)];
        if is_new {
            let code = text("code", "calendar-code").required().hint(t.say("calendar-code-hint")).example("hotline");
            fields.push(code.value(&self.code));
        }
        let zone = text("time_zone", "calendar-zone").required().hint(t.say("calendar-zone-hint"));
        fields.push(zone.value(&self.zone));
        fields.extend(WEEK.iter().zip(&self.hours).map(|(day, hours)| {
            FieldView::new(FieldKind::Text, field_of(*day), weekday(t, *day)).within("rules").value(hours)
        }));
        let makeup = text("workday_hours", "calendar-makeup-hours").hint(t.say("calendar-makeup-hours-hint"));
        fields.push(makeup.value(&self.makeup));
        let options = ["cn", "none"].map(|word| Choice::new(word, t.say(&format!("calendar-statutory-{word}"))));
        let statutory = FieldView::new(FieldKind::Choice, "statutory", t.say("calendar-statutory")).within("rules");
        fields.push(statutory.required().options(options).value(&self.statutory));
        if !is_new {
            let reason = text("reason", "calendar-reason").required().hint(t.say("calendar-reason-hint"));
            fields.push(reason.value(&self.reason));
        }
        let mut form = FieldForm::new(fields);
        tell(t, &mut form, refusal);
        form
    }

    /// What differs between what stands there now and what was typed.
    pub fn beside(&self, t: Tr, now: &Self) -> Stale {
        Stale::of(self.lines(t, now).into_iter().map(|[label, typed, now]| [label, now, typed]))
    }

    /// Label, this one's value, the other's; of every rule.
    pub fn lines(&self, t: Tr, other: &Self) -> Vec<[String; 3]> {
        let statutory = |word: &str| {
            if ["cn", "none"].contains(&word) { t.say(&format!("calendar-statutory-{word}")) } else { String::new() }
        };
        let hours = |text: &str| if text.trim().is_empty() { t.say("calendar-free") } else { text.to_owned() };
        let makeup =
            |text: &str| if text.trim().is_empty() { t.say("calendar-makeup-monday") } else { text.to_owned() };
        let mut all = vec![
            [t.say("calendar-name"), self.name.clone(), other.name.clone()],
            [t.say("calendar-zone"), self.zone.clone(), other.zone.clone()],
        ];
        let days = WEEK.iter().zip(self.hours.iter().zip(&other.hours));
        all.extend(days.map(|(day, (mine, theirs))| [weekday(t, *day), hours(mine), hours(theirs)]));
        all.push([t.say("calendar-makeup-hours"), makeup(&self.makeup), makeup(&other.makeup)]);
        all.push([t.say("calendar-statutory"), statutory(&self.statutory), statutory(&other.statutory)]);
        all
    }
}

fn empty() -> CalendarFile {
    CalendarFile {
        time_zone: String::new(),
        hours: HoursFile::Week(Box::default()),
        holidays: Vec::new(),
        workdays: Vec::new(),
        workday_hours: None,
        overrides: std::collections::BTreeMap::new(),
        statutory: None,
        statutory_years: Vec::new(),
        statutory_tables: Vec::new(),
    }
}

/// Puts every fault where it belongs: beside its field, all of one field together, or above the form.
pub fn tell(t: Tr, form: &mut FieldForm, refusal: Option<&Refusal>) {
    let add = |error: &mut Option<String>, sentence: String| {
        *error = Some(error.take().map_or_else(|| sentence.clone(), |before| format!("{before} {sentence}")));
    };
    match refusal {
        None => {}
        Some(Refusal::Fields(faults)) => {
            for fault in faults {
                match form.fields.iter_mut().find(|field| field.name == fault.field) {
                    Some(field) => add(&mut field.error, field_sentence(t, fault)),
                    None => add(&mut form.error, field_sentence(t, fault)),
                }
            }
        }
        Some(taken @ Refusal::Taken { field: name }) => {
            let name = name.strip_prefix("calendar-").unwrap_or(name);
            match form.fields.iter_mut().find(|field| field.name == name) {
                Some(field) => add(&mut field.error, refusal_sentence(t, taken)),
                None => add(&mut form.error, refusal_sentence(t, taken)),
            }
        }
        Some(other) => form.error = Some(refusal_sentence(t, other)),
    }
}
