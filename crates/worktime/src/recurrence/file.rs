//! A recurrence as it is written down, and reading it.
//!
//! The one thing to know: exactly one of `every_days`, `weekly_on`, `monthly_on`, `yearly_on` says on which dates, the other keys
//! say the rest; everything is a plain word or number. Not here: finding the next occurrence (`next.rs`).

use std::fmt;

use jiff::civil::{Date, Weekday};
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::fault::{RecurrenceFault, RecurrenceFaults};
use super::rule::{MonthDay, Rule};
use super::{OnDayOff, Recurrence};
use crate::civil::{WEEKDAYS, day_number, written_date};

/// A recurrence as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecurrenceFile {
    /// Every so many days; 1 is daily. More than 1 counts from `from`, which is then needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every_days: Option<u32>,
    /// Weekdays, `mon` … `sun`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weekly_on: Option<Words>,
    /// Days of the month, 1 … 31 or `last`. A day that a month does not have is its last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monthly_on: Option<Words>,
    /// Dates of the year, `MM-DD`. `02-29` is 28 February in a common year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub yearly_on: Option<Words>,
    /// Wall time in the calendar's zone, `HH:MM` up to `24:00`.
    pub at: String,
    /// The first date that can be meant, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The last date that can be meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// What happens when nobody works on the date.
    #[serde(default, skip_serializing_if = "OnDayOff::is_default")]
    pub on_day_off: OnDayOff,
}

/// One word or several: `fri` or `[mon, fri]`; numbers are words, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words(pub Vec<String>);

impl<const N: usize> From<[&str; N]> for Words {
    fn from(words: [&str; N]) -> Self {
        Self(words.map(str::to_owned).to_vec())
    }
}

impl Recurrence {
    /// Reads a recurrence.
    ///
    /// # Errors
    /// Everything that is wrong with it, also that it can never happen.
    pub fn new(file: RecurrenceFile) -> Result<Self, RecurrenceFaults> {
        let mut faults = Vec::new();
        let from = file.from.as_deref().and_then(|text| read_date("from", text, &mut faults));
        let until = file.until.as_deref().and_then(|text| read_date("until", text, &mut faults));
        let rule = read_rule(&file, from, &mut faults);
        let minute = crate::hours::minute(&file.at);
        if minute.is_none() {
            faults.push(RecurrenceFault::BadTime(file.at.clone()));
        }
        match (rule, minute) {
            (Some(rule), Some(minute)) if faults.is_empty() => {
                let on_day_off = file.on_day_off;
                let recurrence = Self { rule, minute, from, until, on_day_off, file };
                // Some date of the range that calendars reach must be meant.
                if recurrence.nominal_from(i64::MIN).is_some() {
                    Ok(recurrence)
                } else {
                    Err(RecurrenceFaults(vec![RecurrenceFault::Never]))
                }
            }
            _ => Err(RecurrenceFaults(faults)),
        }
    }
}

fn read_date(key: &'static str, text: &str, faults: &mut Vec<RecurrenceFault>) -> Option<i64> {
    let date = written_date(text).filter(|date| (1900..=2299).contains(&date.year()));
    if date.is_none() {
        faults.push(RecurrenceFault::BadDate { key, text: text.to_owned() });
    }
    date.map(day_number)
}

fn read_rule(file: &RecurrenceFile, from: Option<i64>, faults: &mut Vec<RecurrenceFault>) -> Option<Rule> {
    let RecurrenceFile { every_days, weekly_on, monthly_on, yearly_on, .. } = file;
    match (every_days, weekly_on, monthly_on, yearly_on) {
        (Some(days), None, None, None) => {
            if *days == 0 {
                faults.push(RecurrenceFault::NoDays);
            } else if *days > 1 && file.from.is_none() {
                faults.push(RecurrenceFault::NoAnchor(*days));
            }
            Some(Rule::EveryDays { days: i64::from(*days).max(1), anchor: from.unwrap_or(0) })
        }
        (None, Some(words), None, None) => {
            let mut week = [false; 7];
            read_words("weekly_on", words, faults, weekday, |day| {
                if let Some(found) = week.get_mut(usize::from(day.to_monday_zero_offset().unsigned_abs())) {
                    *found = true;
                }
            });
            Some(Rule::Weekly(week))
        }
        (None, None, Some(words), None) => {
            let mut days = Vec::new();
            read_words("monthly_on", words, faults, month_day, |day| days.push(day));
            Some(Rule::Monthly(days))
        }
        (None, None, None, Some(words)) => {
            let mut dates = Vec::new();
            read_words("yearly_on", words, faults, year_day, |date| dates.push(date));
            Some(Rule::Yearly(dates))
        }
        _ => {
            faults.push(RecurrenceFault::NotOneRule);
            None
        }
    }
}

fn read_words<T>(
    key: &'static str,
    words: &Words,
    faults: &mut Vec<RecurrenceFault>,
    read: impl Fn(&str) -> Option<T>,
    mut keep: impl FnMut(T),
) {
    if words.0.is_empty() {
        faults.push(RecurrenceFault::Empty(key));
    }
    for word in &words.0 {
        match read(word) {
            Some(found) => keep(found),
            None => faults.push(RecurrenceFault::BadWord { key, text: word.clone() }),
        }
    }
}

fn weekday(word: &str) -> Option<Weekday> {
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    names.iter().zip(WEEKDAYS).find(|(name, _)| **name == word).map(|(_, day)| day)
}

fn month_day(word: &str) -> Option<MonthDay> {
    if word == "last" {
        return Some(MonthDay::Last);
    }
    let digits = word.bytes().all(|byte| byte.is_ascii_digit());
    word.parse().ok().filter(|day| digits && (1..=31).contains(day)).map(MonthDay::Day)
}

/// `MM-DD`, read in a leap year.
fn year_day(word: &str) -> Option<(i8, i8)> {
    let date: Date = written_date(&format!("2000-{word}"))?;
    Some((date.month(), date.day()))
}

impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        /// A day of the month goes back as the number that it is.
        struct Word<'a>(&'a str);
        impl Serialize for Word<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self.0.parse::<u8>() {
                    Ok(number) if number.to_string() == self.0 => serializer.serialize_u8(number),
                    _ => serializer.serialize_str(self.0),
                }
            }
        }
        match self.0.as_slice() {
            [word] => Word(word).serialize(serializer),
            words => serializer.collect_seq(words.iter().map(|word| Word(word))),
        }
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Many;
        impl<'de> Visitor<'de> for Many {
            type Value = Words;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a word, a number, or a list of them")
            }
            fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<Words, E> {
                Ok(Words(vec![word.to_owned()]))
            }
            fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Words, E> {
                Ok(Words(vec![number.to_string()]))
            }
            fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Words, E> {
                Ok(Words(vec![number.to_string()]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Words, A::Error> {
                let mut words = Vec::new();
                while let Some(Words(one)) = list.next_element()? {
                    words.extend(one);
                }
                Ok(Words(words))
            }
        }
        deserializer.deserialize_any(Many)
    }
}
