//! The office that the tests share, and ways to write times shortly.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use worktime::{Calendar, Day};

/// Monday to Friday 09:00–12:00 and 13:30–18:00, Shanghai, statutory table.
pub fn office() -> Calendar {
    let day = r#"[["09:00","12:00"],["13:30","18:00"]]"#;
    with(&format!(r#""hours":{{"mon":{day},"tue":{day},"wed":{day},"thu":{day},"fri":{day}}},"statutory":"cn""#))
}

/// A calendar in Shanghai with these further keys.
pub fn with(keys: &str) -> Calendar {
    in_zone("Asia/Shanghai", keys)
}

pub fn in_zone(zone: &str, keys: &str) -> Calendar {
    serde_json::from_str(&format!(r#"{{"time_zone":"{zone}",{keys}}}"#)).unwrap()
}

/// A wall time in Shanghai.
pub fn at(text: &str) -> Timestamp {
    let wall: DateTime = text.parse().unwrap();
    wall.to_zoned(TimeZone::fixed(jiff::tz::offset(8))).unwrap().timestamp()
}

pub fn hours(day: &Day) -> Vec<String> {
    day.shifts.iter().map(ToString::to_string).collect()
}
