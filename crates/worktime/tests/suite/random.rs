//! Seeded random numbers and calendars: every run asks the same questions.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use worktime::{Calendar, CalendarFile, HoursFile, IntervalFile, WeekFile};

/// SplitMix64.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// In `[from, to)`.
    pub fn within(&mut self, from: i64, to: i64) -> i64 {
        from + (self.next() % (to - from) as u64) as i64
    }

    /// True once in `n` times.
    pub fn once_in(&mut self, n: u64) -> bool {
        self.next().is_multiple_of(n)
    }

    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.within(0, of.len() as i64) as usize]
    }
}

/// Zones with their clock changes, and dates near which something happens: a change, a cut of the table, a year's end.
const ZONES: &[(&str, &[&str])] = &[
    ("Asia/Shanghai", &["2023-05-05", "2024-12-26", "1991-09-10"]),
    ("Europe/Berlin", &["2024-03-26", "2025-10-21", "2040-03-20"]),
    ("America/New_York", &["2024-03-06", "2025-10-28", "2023-05-05"]),
    ("Australia/Lord_Howe", &["2024-04-03", "2025-10-01"]),
    ("Asia/Kolkata", &["2023-05-05", "2026-02-24"]),
    ("UTC", &["2023-05-05", "2034-07-20"]),
];

/// Days that a window spans.
pub const WINDOW: i64 = 14;

/// A random calendar without faults, its file, and the first day of the window in which its dates lie.
pub fn calendar(random: &mut Random) -> (CalendarFile, Calendar, Date) {
    loop {
        let (zone, near) = random.pick(ZONES);
        let near: Date = random.pick(near).parse().unwrap();
        let first = near.checked_add(random.within(-4, 5).days()).unwrap();
        let file = file(random, zone, first);
        // Random hours may overlap through midnight: those are faults, and thrown away.
        if let Ok(calendar) = Calendar::new(file.clone()) {
            return (file, calendar, first);
        }
    }
}

fn file(random: &mut Random, zone: &str, first: Date) -> CalendarFile {
    let hours = if random.once_in(12) {
        HoursFile::Shorthand("24x7".to_owned())
    } else {
        let night = random.once_in(3);
        let mut day = || {
            if random.once_in(4) { vec![] } else { intervals(random, night) }
        };
        let (mon, tue, wed, thu) = (day(), day(), day(), day());
        HoursFile::Week(Box::new(WeekFile { mon, tue, wed, thu, fri: day(), sat: day(), sun: day() }))
    };
    let mut dates = |n: i64| (0..random.within(0, n)).map(|_| date(random, first)).collect::<Vec<_>>();
    let (holidays, workdays, overridden) = (dates(4), dates(4), dates(3));
    let overrides = overridden.into_iter().map(|date| (date, intervals(random, false))).collect();
    let workday_hours = random.once_in(4).then(|| intervals(random, false));
    CalendarFile {
        time_zone: zone.to_owned(),
        hours,
        holidays,
        workdays,
        workday_hours,
        overrides,
        statutory: None,
        statutory_years: vec![],
        statutory_tables: vec![],
    }
}

/// A date in the window, as a file writes it.
pub fn date(random: &mut Random, first: Date) -> String {
    first.checked_add(random.within(0, WINDOW).days()).unwrap().to_string()
}

/// Up to three intervals in order; the last may run over midnight.
fn intervals(random: &mut Random, night: bool) -> Vec<IntervalFile> {
    // Quarters of an hour are likelier to touch midnight, each other, and clock changes.
    let step = random.pick(&[1, 15, 30]);
    let mut ends: Vec<i64> = (0..2 * random.within(0, 4)).map(|_| random.within(0, 1440 / step + 1) * step).collect();
    ends.sort_unstable();
    ends.dedup();
    let text = |minute: i64| format!("{:02}:{:02}", minute / 60, minute % 60);
    let mut intervals: Vec<IntervalFile> = ends.chunks_exact(2).map(|pair| [text(pair[0]), text(pair[1])]).collect();
    if night && ends.last().is_none_or(|&last| last <= 1320) {
        intervals.push([text(1320), text(random.within(0, 480))]);
    }
    intervals
}

pub fn instant(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap()
}
