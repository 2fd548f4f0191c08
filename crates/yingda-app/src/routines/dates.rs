//! The instants that a routine means: when it opens and by when it is due, by the office's calendar.
//!
//! The one thing to know: an occurrence belongs to the day that the rule names, also where a free day moves it, so that it is the
//! same occurrence whenever it is asked for.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use worktime::Calendar;
use yingda_process::Limit;
use yingda_process::routine::{At, Every, FreeDay, Until, When};

/// How far a free day can move an occurrence, in days; the longest holiday is shorter.
const FARTHEST: i64 = 20;
/// How far ahead is looked for a first occurrence, in days: beyond the next 29 February but one.
const HORIZON: i64 = 366 * 9;

/// One occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// The day that it is for.
    pub day: Date,
    /// From when it can be done.
    pub opens: Timestamp,
}

/// What opens after one instant and until another, in order.
#[must_use]
pub fn between(calendar: &Calendar, when: &When, after: Timestamp, until: Timestamp) -> Vec<Occurrence> {
    let zone = calendar.time_zone();
    let first = plus(after.to_zoned(zone.clone()).date(), -FARTHEST);
    let last = plus(until.to_zoned(zone.clone()).date(), FARTHEST);
    let mut found: Vec<Occurrence> = days(first, last)
        .filter(|day| falls_on(&when.every, *day))
        .filter_map(|day| Some(Occurrence { day, opens: opens(calendar, when, moved(calendar, when, day)?)? }))
        .filter(|occurrence| occurrence.opens > after && occurrence.opens <= until)
        .collect();
    found.sort_by_key(|occurrence| occurrence.opens);
    found
}

/// The first one that opens after an instant; `None` where there is none within nine years.
#[must_use]
pub fn next(calendar: &Calendar, when: &When, after: Timestamp) -> Option<Occurrence> {
    let start = after.to_zoned(calendar.time_zone().clone()).date();
    // Nearly every rule has one within a month or a year; only then farther.
    for reach in [40, 400, HORIZON] {
        let until = plus(start, reach).at(0, 0, 0, 0).to_zoned(calendar.time_zone().clone()).ok()?.timestamp();
        if let Some(found) = between(calendar, when, after, until).into_iter().next() {
            return Some(found);
        }
    }
    None
}

/// By when an occurrence is due; `limit` turns a limit into an instant.
pub fn due(
    calendar: &Calendar,
    until: Until,
    opens: Timestamp,
    limit: impl Fn(Timestamp, Limit) -> Option<Timestamp>,
) -> Timestamp {
    match until {
        Until::Limit(amount) => limit(opens, amount).unwrap_or(opens),
        Until::Closing => {
            let day = opens.to_zoned(calendar.time_zone().clone()).date();
            let closing = at_minute(calendar, day, closing_minute(calendar, day)).filter(|closing| *closing > opens);
            closing.or_else(|| at_minute(calendar, day, DAY)).unwrap_or(opens)
        }
    }
}

/// Minutes of a day.
const DAY: u16 = 24 * 60;

fn days(first: Date, last: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(first), |day| day.tomorrow().ok()).take_while(move |day| *day <= last)
}

fn plus(day: Date, days: i64) -> Date {
    day.checked_add(jiff::Span::new().days(days)).unwrap_or(day)
}

fn falls_on(every: &Every, day: Date) -> bool {
    match every {
        Every::Day => true,
        Every::Week(days) => days.contains(&day.weekday().to_monday_one_offset()),
        Every::Month(of) => day.day() == *of,
        Every::MonthEnd => day == day.last_of_month(),
        Every::Year(month, of) => day.month() == *month && day.day() == *of,
    }
}

fn works(calendar: &Calendar, day: Date) -> bool {
    !calendar.day(day).shifts.is_empty()
}

/// The day on which it is really done; `None` where it is left out.
fn moved(calendar: &Calendar, when: &When, day: Date) -> Option<Date> {
    if works(calendar, day) {
        return Some(day);
    }
    let nearest = |step: i64| (1..=FARTHEST).map(|n| plus(day, n * step)).find(|day| works(calendar, *day));
    match when.free_day {
        FreeDay::Skip => None,
        FreeDay::Anyway => Some(day),
        FreeDay::Before => nearest(-1),
        FreeDay::After => nearest(1),
    }
}

fn opens(calendar: &Calendar, when: &When, day: Date) -> Option<Timestamp> {
    let minute = match when.at {
        At::Opening => calendar.day(day).shifts.first().map_or(0, |shift| shift.from),
        At::Closing => closing_minute(calendar, day),
        At::Clock(hour, minute) => {
            let time = Time::new(hour, minute, 0, 0).ok()?;
            return Some(day.to_datetime(time).to_zoned(calendar.time_zone().clone()).ok()?.timestamp());
        }
    };
    at_minute(calendar, day, minute)
}

/// When the last interval of a day ends, in minutes after its midnight.
fn closing_minute(calendar: &Calendar, day: Date) -> u16 {
    calendar.day(day).shifts.iter().map(|shift| shift.to).max().unwrap_or(DAY)
}

fn at_minute(calendar: &Calendar, day: Date, minute: u16) -> Option<Timestamp> {
    let wall = day.to_datetime(Time::MIN).checked_add(jiff::Span::new().minutes(i64::from(minute))).ok()?;
    Some(wall.to_zoned(calendar.time_zone().clone()).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFICE: &str = r#"{"time_zone":"Asia/Shanghai","statutory":"cn","hours":{
        "mon":[["09:00","12:00"],["13:30","18:00"]],"tue":[["09:00","12:00"],["13:30","18:00"]],
        "wed":[["09:00","12:00"],["13:30","18:00"]],"thu":[["09:00","12:00"],["13:30","18:00"]],
        "fri":[["09:00","12:00"],["13:30","18:00"]]}}"#;

    fn office() -> Calendar {
        serde_json::from_str(OFFICE).unwrap()
    }

    fn at(text: &str) -> Timestamp {
        format!("{text}:00+08:00").parse().unwrap()
    }

    fn opened(when: &When, from: &str, to: &str) -> Vec<String> {
        let calendar = office();
        between(&calendar, when, at(from), at(to))
            .iter()
            .map(|o| format!("{} {}", o.day, o.opens.to_zoned(calendar.time_zone().clone()).strftime("%m-%d %H:%M")))
            .collect()
    }

    fn when(every: Every, at: At, free_day: FreeDay) -> When {
        When { every, at, free_day }
    }

    #[test]
    fn every_day_is_every_day_on_which_the_desk_works() {
        let daily = when(Every::Day, At::Closing, FreeDay::Skip);
        // 2026-10-01 to 07 are free, 10-10 is made up for.
        assert_eq!(
            opened(&daily, "2026-09-30T00:00", "2026-10-11T00:00"),
            ["2026-09-30 09-30 18:00", "2026-10-08 10-08 18:00", "2026-10-09 10-09 18:00", "2026-10-10 10-10 18:00"]
        );
    }

    #[test]
    fn a_free_day_moves_or_drops_it_and_it_stays_the_same_occurrence() {
        // 2026-10-02 is a Friday within the holiday.
        let friday = |free_day| when(Every::Week(vec![5]), At::Clock(17, 0), free_day);
        let of = |free_day| opened(&friday(free_day), "2026-09-29T00:00", "2026-10-08T23:00");
        assert_eq!(of(FreeDay::Skip), Vec::<String>::new());
        assert_eq!(of(FreeDay::Before), ["2026-10-02 09-30 17:00"]);
        assert_eq!(of(FreeDay::After), ["2026-10-02 10-08 17:00"]);
        assert_eq!(of(FreeDay::Anyway), ["2026-10-02 10-02 17:00"]);
    }

    #[test]
    fn months_and_years_have_the_days_that_they_have() {
        let last = when(Every::MonthEnd, At::Opening, FreeDay::Anyway);
        assert_eq!(opened(&last, "2026-02-01T00:00", "2026-03-01T00:00"), ["2026-02-28 02-28 09:00"]);
        let day31 = when(Every::Month(31), At::Opening, FreeDay::Anyway);
        assert_eq!(opened(&day31, "2026-04-01T00:00", "2026-05-31T23:00"), ["2026-05-31 05-31 00:00"]);
        let leap = when(Every::Year(2, 29), At::Opening, FreeDay::Anyway);
        let calendar = office();
        assert_eq!(next(&calendar, &leap, at("2026-01-01T00:00")).unwrap().day.to_string(), "2028-02-29");
        assert_eq!(next(&calendar, &day31, at("2026-11-22T00:00")).unwrap().day.to_string(), "2026-12-31");
    }

    #[test]
    fn what_falls_on_free_days_only_never_comes() {
        let sunday = when(Every::Week(vec![7]), At::Opening, FreeDay::Skip);
        // Sundays are made up for at times, so even they come; a calendar without any work on them has none.
        let calendar: Calendar =
            serde_json::from_str(r#"{"time_zone":"Asia/Shanghai","hours":{"mon":[["09:00","12:00"]]}}"#).unwrap();
        assert_eq!(next(&calendar, &sunday, at("2026-01-01T00:00")), None);
    }

    #[test]
    fn what_is_due_by_closing_is_due_that_day() {
        let calendar = office();
        let due_of = |opens: &str| due(&calendar, Until::Closing, at(opens), |_, _| None);
        assert_eq!(due_of("2026-11-20T09:00"), at("2026-11-20T18:00"));
        assert_eq!(due_of("2026-11-20T18:00"), at("2026-11-21T00:00"), "opened at closing: by midnight");
        assert_eq!(due_of("2026-11-21T10:00"), at("2026-11-22T00:00"), "a free day closes at midnight");
    }
}
