//! The instants that a routine means: when it opens and by when it is due, by the office's calendar.
//!
//! The one thing to know: which days a rule means is the calendar's to say (`worktime::Recurrence`); here a day becomes the hour at
//! which the desk opens or closes on it. An occurrence belongs to the day that the rule names, also where a free day moves it, so
//! that it is the same occurrence whenever it is asked for.

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};
use worktime::{Calendar, OnDayOff, Recurrence, RecurrenceFile, Words};
use yingda_process::Limit;
use yingda_process::routine::{At, Every, FreeDay, Until, When};

/// More than a day, so that no hour of a day is passed over whatever the zone.
const ROOM: SignedDuration = SignedDuration::from_hours(49);

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
    let Some(recurrence) = recurrence(when) else { return Vec::new() };
    let days = Days { calendar, recurrence: &recurrence, at: after - ROOM };
    let occurrences = days.take_while(|day| day.at <= until + ROOM).filter_map(|day| opened(calendar, when, &day));
    occurrences.filter(|occurrence| occurrence.opens > after && occurrence.opens <= until).collect()
}

/// The first one that opens after an instant; `None` where there is none.
#[must_use]
pub fn next(calendar: &Calendar, when: &When, after: Timestamp) -> Option<Occurrence> {
    let recurrence = recurrence(when)?;
    let days = Days { calendar, recurrence: &recurrence, at: after - ROOM };
    let mut occurrences = days.filter_map(|day| opened(calendar, when, &day));
    occurrences.find(|occurrence| occurrence.opens > after)
}

/// The days of a recurrence, one after the other, each at its midnight.
struct Days<'a> {
    calendar: &'a Calendar,
    recurrence: &'a Recurrence,
    at: Timestamp,
}

impl Iterator for Days<'_> {
    type Item = worktime::Occurrence;
    fn next(&mut self) -> Option<Self::Item> {
        // An instant outside the calendar's years has no day after it.
        let found = self.calendar.next(self.recurrence, self.at).ok().flatten()?;
        self.at = found.at;
        Some(found)
    }
}

/// The days that a rule means; `None` for a rule that names none.
fn recurrence(when: &When) -> Option<Recurrence> {
    const WEEK: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let mut file = RecurrenceFile {
        at: "00:00".to_owned(),
        on_day_off: match when.free_day {
            FreeDay::Skip => OnDayOff::Skip,
            FreeDay::Before => OnDayOff::Before,
            FreeDay::After => OnDayOff::After,
            FreeDay::Anyway => OnDayOff::AsIs,
        },
        ..RecurrenceFile::default()
    };
    match &when.every {
        Every::Day => file.every_days = Some(1),
        Every::Week(days) => {
            let word = |day: &i8| usize::try_from(day - 1).ok().and_then(|at| WEEK.get(at));
            file.weekly_on = Some(Words(days.iter().filter_map(word).map(|word| (*word).to_owned()).collect()));
        }
        Every::Month(day) => file.monthly_on = Some(Words(vec![day.to_string()])),
        Every::MonthEnd => file.monthly_on = Some(Words(vec!["last".to_owned()])),
        Every::Year(month, day) => file.yearly_on = Some(Words(vec![format!("{month:02}-{day:02}")])),
    }
    Recurrence::new(file).ok()
}

fn opened(calendar: &Calendar, when: &When, found: &worktime::Occurrence) -> Option<Occurrence> {
    let minute = match when.at {
        At::Opening => calendar.day(found.date).shifts.first().map_or(0, |shift| shift.from),
        At::Closing => closing_minute(calendar, found.date),
        At::Clock(hour, minute) => u16::try_from(i16::from(hour) * 60 + i16::from(minute)).ok()?,
    };
    Some(Occurrence { day: found.nominal, opens: at_minute(calendar, found.date, minute)? })
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
        assert_eq!(
            opened(&day31, "2026-04-01T00:00", "2026-05-31T23:00"),
            ["2026-04-30 04-30 09:00", "2026-05-31 05-31 00:00"]
        );
        let leap = when(Every::Year(2, 29), At::Opening, FreeDay::Anyway);
        let calendar = office();
        assert_eq!(next(&calendar, &leap, at("2026-01-01T00:00")).unwrap().day.to_string(), "2026-02-28");
        assert_eq!(next(&calendar, &day31, at("2026-11-22T00:00")).unwrap().day.to_string(), "2026-11-30");
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
