//! When people of the demonstration work: by the same calendar that the desk's limits go by.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use worktime::{Amount, Calendar, CalendarFile};

/// The desk's own calendar until a company sets another.
const HOURS: &str = r#"{"time_zone":"Asia/Shanghai","statutory":"cn","hours":{
  "mon":[["09:00","12:00"],["13:30","18:00"]],"tue":[["09:00","12:00"],["13:30","18:00"]],
  "wed":[["09:00","12:00"],["13:30","18:00"]],"thu":[["09:00","12:00"],["13:30","18:00"]],
  "fri":[["09:00","12:00"],["13:30","18:00"]]}}"#;

/// Working time and plain time.
#[derive(Debug)]
pub struct Days {
    calendar: Option<Calendar>,
    zone: TimeZone,
}

/// How long something takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// Minutes by the clock.
    Minutes(i64),
    /// Minutes of working time.
    Working(i64),
}

impl Days {
    /// The days of a desk in `zone`.
    #[must_use]
    pub fn new(zone: TimeZone) -> Self {
        let calendar = serde_json::from_str::<CalendarFile>(HOURS).ok().and_then(|file| Calendar::new(file).ok());
        Self { calendar, zone }
    }

    /// The desk's zone.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The instant after a wait.
    #[must_use]
    pub fn after(&self, start: Timestamp, wait: Wait) -> Timestamp {
        let (minutes, due) = match wait {
            Wait::Minutes(minutes) => (minutes, None),
            Wait::Working(minutes) => (minutes, self.due(start, minutes)),
        };
        due.unwrap_or(start + SignedDuration::from_mins(minutes))
    }

    /// Whether people work on the day of this instant.
    #[must_use]
    pub fn working_day(&self, at: Timestamp) -> bool {
        let day = |at: Timestamp| at.to_zoned(self.zone.clone()).date();
        let midnight = at.to_zoned(self.zone.clone()).start_of_day().map_or(at, |start| start.timestamp());
        self.due(midnight, 1).is_some_and(|first| day(first) == day(at))
    }

    fn due(&self, start: Timestamp, minutes: i64) -> Option<Timestamp> {
        let seconds = u64::try_from(minutes).unwrap_or_default() * 60;
        self.calendar.as_ref()?.due(start, Amount::WorkingSeconds(seconds), &[]).ok()?.at()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_rests_at_night_at_noon_and_on_the_national_day() {
        let days = Days::new(TimeZone::get("Asia/Shanghai").unwrap());
        let at = |text: &str| format!("{text}+08").parse::<Timestamp>().unwrap();
        assert_eq!(days.after(at("2026-11-16T11:50"), Wait::Working(20)), at("2026-11-16T13:40"));
        assert_eq!(days.after(at("2026-11-20T17:50"), Wait::Working(20)), at("2026-11-23T09:10"));
        assert_eq!(days.after(at("2026-11-20T17:50"), Wait::Minutes(20)), at("2026-11-20T18:10"));
        assert!(!days.working_day(at("2026-10-01T10:00")));
        assert!(days.working_day(at("2026-11-20T23:00")));
    }
}
