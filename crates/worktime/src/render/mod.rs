//! An account in sentences, one for each line, in Chinese and in English.
//!
//! The one thing to know: a year is written where it changes, a weekday always, seconds only where there are any.
//! Not here: the choice of a language, and markup.

mod chinese;
mod english;
mod faults;

use jiff::civil::{Date, DateTime};

use crate::line::Explanation;

impl Explanation {
    /// One Simplified Chinese sentence for each line.
    pub fn chinese(&self) -> Vec<String> {
        let mut year = Year::default();
        self.lines.iter().map(|line| chinese::sentence(line, &mut year)).collect()
    }

    /// One English sentence for each line.
    pub fn english(&self) -> Vec<String> {
        let mut year = Year::default();
        self.lines.iter().map(|line| english::sentence(line, &mut year)).collect()
    }
}

/// The year that the reader has last been told.
#[derive(Default)]
struct Year(Option<i16>);

impl Year {
    /// The year of the date, if the reader does not know it yet.
    fn news(&mut self, date: Date) -> Option<i16> {
        let year = Some(date.year());
        if self.0 == year {
            None
        } else {
            self.0 = year;
            year
        }
    }
}

/// A time of day as the sentence about `date` needs it.
enum Clock {
    Same(String),
    NextDay(String),
    Other,
}

/// How a time reads in a sentence about `date`; midnight at the end of the date is 24:00.
fn clock(at: DateTime, date: Date) -> Clock {
    if at.date() == date {
        return Clock::Same(time(at));
    }
    match date.tomorrow() {
        Ok(next) if next == at.date() && at.time() == jiff::civil::Time::midnight() => Clock::Same("24:00".to_owned()),
        Ok(next) if next == at.date() => Clock::NextDay(time(at)),
        _ => Clock::Other,
    }
}

fn time(at: DateTime) -> String {
    if at.second() == 0 {
        format!("{:02}:{:02}", at.hour(), at.minute())
    } else {
        format!("{:02}:{:02}:{:02}", at.hour(), at.minute(), at.second())
    }
}

/// The parts of a duration that are not zero, with their units; the last unit alone for nothing at all.
fn duration(seconds: i64, units: [&str; 3], between: &str) -> String {
    let parts = [seconds / 3_600, seconds / 60 % 60, seconds % 60];
    let told: Vec<String> =
        parts.iter().zip(units).filter(|&(&n, _)| n != 0).map(|(n, unit)| format!("{n} {unit}")).collect();
    if told.is_empty() { format!("0 {}", units[2]) } else { told.join(between) }
}

/// The clocks changed inside: the wall shows another difference than passed.
fn clocks_changed(from: DateTime, to: DateTime, seconds: i64) -> bool {
    from.duration_until(to).as_secs() != seconds
}

/// Years in order as first and last of each run of three or more; two beside each other stay two.
fn runs(years: &[i16]) -> Vec<(i16, i16)> {
    let mut told = Vec::new();
    for run in years.chunk_by(|a, b| a.saturating_add(1) == *b) {
        match run {
            [first, .., last] if run.len() > 2 => told.push((*first, *last)),
            _ => told.extend(run.iter().map(|&year| (year, year))),
        }
    }
    told
}
