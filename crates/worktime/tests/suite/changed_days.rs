//! Days on which the clocks change keep the minutes that really pass: every change of eight zones from 1970 to 2060.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use worktime::Calendar;

use crate::random::{Random, instant};
use crate::walker::Walker;

const ZONES: [&str; 8] = [
    "Asia/Shanghai",
    "Asia/Hong_Kong",
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Pacific/Apia",
];

fn changes(zone: &TimeZone) -> Vec<Timestamp> {
    let (from, to): (Timestamp, Timestamp) =
        ("1970-01-02T00:00:00Z".parse().unwrap(), "2060-01-01T00:00:00Z".parse().unwrap());
    zone.following(from).map(|change| change.timestamp()).take_while(|&at| at < to).collect()
}

#[test]
fn a_whole_day_lasts_as_long_as_it_lasts() {
    let mut days = 0;
    for name in ZONES {
        let zone = TimeZoneDatabase::bundled().get(name).unwrap();
        let calendar: Calendar = serde_json::from_str(&format!(r#"{{"time_zone":"{name}","hours":"24x7"}}"#)).unwrap();
        for at in changes(&zone) {
            let date = at.to_zoned(zone.clone()).date();
            let midnight = |date: Date| date.to_zoned(zone.clone()).unwrap().timestamp();
            let (from, to) = (midnight(date.yesterday().unwrap()), midnight(date.tomorrow().unwrap()));
            let seconds = calendar.elapsed(from, to, &[]).unwrap().seconds;
            assert_eq!(seconds, to.as_second() - from.as_second(), "{name} {date}");
            days += 1;
        }
    }
    assert!(days > 600, "{days}");
}

/// Any hours of the day of a change: what is worked is what lies between the instants of its ends, minute by minute.
#[test]
fn hours_over_a_change_keep_their_minutes() {
    let mut random = Random(7);
    let mut compared = 0;
    for name in ZONES {
        let zone = TimeZoneDatabase::bundled().get(name).unwrap();
        for at in changes(&zone) {
            let date = at.to_zoned(zone.clone()).date();
            for _ in 0..10 {
                let (a, b) = (random.within(0, 1440), random.within(1, 1441));
                let (a, b) = if a < b { (a, b) } else { (b - 1, a + 1) };
                let text = |minute: i64| format!("{:02}:{:02}", minute / 60, minute % 60);
                let json = format!(
                    r#"{{"time_zone":"{name}","hours":{{}},"overrides":{{"{date}":[["{}","{}"]]}}}}"#,
                    text(a),
                    text(b)
                );
                let file: worktime::CalendarFile = serde_json::from_str(&json).unwrap();
                let walker = Walker::new(&file);
                let calendar = Calendar::new(file).unwrap();
                let (from, to) = (walker.instant(date, a), walker.instant(date, b));
                let around = |seconds| instant(at.as_second() + seconds);
                let counted = calendar.elapsed(around(-3 * 86_400), around(3 * 86_400), &[]).unwrap().seconds;
                assert_eq!(counted, to - from, "{json}");
                compared += 1;
            }
        }
    }
    assert!(compared > 6_000, "{compared}");
}
