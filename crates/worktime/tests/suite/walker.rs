//! The naive reading of a calendar file: it asks of every minute whether somebody works.
//!
//! The one thing to know: it shares no code with the crate beyond the file's shape, so that an agreement means something.
//! Intervals may not lie in the same minute as a second boundary: files are written in minutes, and so is this.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, ToSpan};
use worktime::{CalendarFile, HoursFile, IntervalFile};

/// A calendar that walks.
pub struct Walker {
    zone: TimeZone,
    week: Vec<Vec<(DateTimeOffset, DateTimeOffset)>>,
    make_up: Option<Vec<(DateTimeOffset, DateTimeOffset)>>,
    overrides: BTreeMap<Date, Vec<(DateTimeOffset, DateTimeOffset)>>,
    holidays: Vec<Date>,
    workdays: Vec<Date>,
}

/// Minutes after a day's midnight.
type DateTimeOffset = i64;

impl Walker {
    pub fn new(file: &CalendarFile) -> Self {
        let week = match &file.hours {
            HoursFile::Shorthand(_) => vec![vec![(0, 1440)]; 7],
            HoursFile::Week(week) => [&week.mon, &week.tue, &week.wed, &week.thu, &week.fri, &week.sat, &week.sun]
                .map(|day| read(day))
                .to_vec(),
        };
        let dates = |texts: &[String]| texts.iter().map(|text| text.parse().unwrap()).collect();
        Self {
            zone: TimeZoneDatabase::bundled().get(&file.time_zone).unwrap(),
            week,
            make_up: file.workday_hours.as_ref().map(|hours| read(hours)),
            overrides: file.overrides.iter().map(|(date, hours)| (date.parse().unwrap(), read(hours))).collect(),
            holidays: dates(&file.holidays),
            workdays: dates(&file.workdays),
        }
    }

    fn hours(&self, date: Date) -> &[(DateTimeOffset, DateTimeOffset)] {
        let weekday = date.weekday().to_monday_zero_offset() as usize;
        if let Some(hours) = self.overrides.get(&date) {
            hours
        } else if self.workdays.contains(&date) {
            match &self.make_up {
                Some(hours) => hours,
                None if weekday < 5 && !self.week[weekday].is_empty() => &self.week[weekday],
                None => self.week.iter().find(|hours| !hours.is_empty()).map_or(&[], Vec::as_slice),
            }
        } else if self.holidays.contains(&date) {
            &[]
        } else {
            &self.week[weekday]
        }
    }

    /// The first instant whose wall time is not before the one meant.
    pub fn instant(&self, date: Date, minutes: i64) -> i64 {
        let wall: DateTime = date.at(0, 0, 0, 0).checked_add(minutes.minutes()).unwrap();
        match self.zone.to_ambiguous_timestamp(wall).disambiguate(jiff::tz::Disambiguation::Earlier) {
            Ok(found) if self.zone.to_datetime(found) == wall => found.as_second(),
            _ => {
                // Skipped: the change lies within a day before the wall time read with the later offset.
                let near = self.zone.to_ambiguous_timestamp(wall).earlier().unwrap();
                self.zone.following(near.checked_sub(1.second()).unwrap()).next().unwrap().timestamp().as_second()
            }
        }
    }

    /// Somebody works in the minute that begins at this second.
    pub fn works(&self, minute: i64) -> bool {
        let date = self.zone.to_datetime(Timestamp::from_second(minute).unwrap()).date();
        [date.yesterday().unwrap(), date].into_iter().any(|date| {
            let within =
                |&(from, to): &(i64, i64)| self.instant(date, from) <= minute && minute < self.instant(date, to);
            self.hours(date).iter().any(within)
        })
    }

    /// The minutes from `from` (a whole minute) on, asked one by one and kept.
    pub fn walk(&self, from: i64, minutes: usize) -> Walked {
        let mut spans = Vec::new();
        let mut date = self.zone.to_datetime(Timestamp::from_second(from).unwrap()).date().yesterday().unwrap();
        let end = from + minutes as i64 * 60;
        while self.instant(date, 0) < end {
            spans.extend(self.hours(date).iter().map(|&(a, b)| (self.instant(date, a), self.instant(date, b))));
            date = date.tomorrow().unwrap();
        }
        let works = |minute: i64| spans.iter().any(|&(a, b)| a <= minute && minute < b);
        Walked { from, flags: (0..minutes as i64).map(|n| works(from + n * 60)).collect() }
    }
}

/// Minutes walked once.
pub struct Walked {
    pub from: i64,
    pub flags: Vec<bool>,
}

impl Walked {
    /// Working seconds in `[from, to)` outside pauses, minute by minute.
    pub fn elapsed(&self, from: i64, to: i64, pauses: &[(i64, i64)]) -> i64 {
        let mut seconds = 0;
        let mut at = from;
        while at < to {
            let minute = (at - self.from).div_euclid(60);
            let next = (self.from + (minute + 1) * 60).min(to);
            if self.flags[minute as usize] {
                seconds += unpaused(at, next, pauses);
            }
            at = next;
        }
        seconds
    }

    /// The earliest second at which `amount` has been worked, or `None` if the walk ends before.
    pub fn due(&self, from: i64, amount: i64, pauses: &[(i64, i64)]) -> Option<i64> {
        let mut left = amount;
        let mut at = from;
        while left > 0 {
            let minute = (at - self.from).div_euclid(60);
            let next = self.from + (minute + 1) * 60;
            if *self.flags.get(minute as usize)? {
                let counted = unpaused(at, next, pauses);
                if counted >= left {
                    // The minute in which it ends, second by second.
                    while left > 0 {
                        left -= unpaused(at, at + 1, pauses);
                        at += 1;
                    }
                    return Some(at);
                }
                left -= counted;
            }
            at = next;
        }
        Some(at)
    }
}

/// The seconds of a piece of one minute outside pauses: one bit for each second, so that overlapping pauses count once.
fn unpaused(from: i64, to: i64, pauses: &[(i64, i64)]) -> i64 {
    let bits = |a: i64, b: i64| if a < b { ((1_u64 << (b - a)) - 1) << (a - from) } else { 0 };
    let mut counted = bits(from, to);
    for &(a, b) in pauses {
        counted &= !bits(a.max(from), b.min(to));
    }
    i64::from(counted.count_ones())
}

fn read(intervals: &[IntervalFile]) -> Vec<(i64, i64)> {
    let minute = |text: &String| {
        let (hours, minutes) = text.split_once(':').unwrap();
        hours.parse::<i64>().unwrap() * 60 + minutes.parse::<i64>().unwrap()
    };
    let pair = |[from, to]: &IntervalFile| match (minute(from), minute(to)) {
        (from, to) if to <= from => (from, to + 1440),
        pair => pair,
    };
    intervals.iter().map(pair).collect()
}
