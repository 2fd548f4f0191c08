//! Files: what is refused, with every fault named, and what comes back as it was written.

use jiff::civil::{Weekday, date};
use worktime::{Calendar, CalendarFault, CalendarFile, Place};

fn faults(json: &str) -> Vec<CalendarFault> {
    let file: CalendarFile = serde_json::from_str(json).unwrap();
    Calendar::new(file).unwrap_err().faults().to_vec()
}

fn shape_error(json: &str) -> String {
    serde_json::from_str::<CalendarFile>(json).unwrap_err().to_string()
}

#[test]
fn unknown_keys_are_errors() {
    let inside = |key: &str| format!(r#"{{"time_zone":"UTC","hours":"24x7",{key}}}"#);
    assert!(shape_error(&inside(r#""holiday":[]"#)).contains("unknown field `holiday`"));
    assert!(shape_error(r#"{"time_zone":"UTC","hours":{"monday":[]}}"#).contains("unknown field `monday`"));
    assert!(shape_error(r#"{"time_zone":"UTC","hours":7}"#).contains("24x7"));
    assert!(shape_error(r#"{"hours":"24x7"}"#).contains("time_zone"));
    assert!(shape_error(&inside(r#""overrides":{"2026-03-03":[],"2026-03-03":[]}"#)).contains("written twice"));
    assert!(shape_error(r#"{"time_zone":"UTC","hours":{"mon":[["09:00"]]}}"#).contains("length"));
}

#[test]
fn every_fault_is_named_at_once() {
    let found = faults(
        r#"{"time_zone":"Asia/Beijing","hours":{"mon":[["9:00","12:00"],["13:00","25:00"]],
            "tue":[["09:00","12:00"],["11:59","13:00"]],"wed":[["08:00","08:00"]],"thu":[["24:00","01:00"]]},
            "holidays":["2026-02-30","20260214"],"workdays":["2026-1-01"],"overrides":{"soon":[]},
            "statutory":"us"}"#,
    );
    let time = |day, text: &str| CalendarFault::BadTime { place: Place::Weekday(day), text: text.into() };
    let day = |key, text: &str| CalendarFault::BadDate { key, text: text.into() };
    assert_eq!(
        found,
        [
            CalendarFault::UnknownTimeZone("Asia/Beijing".into()),
            time(Weekday::Monday, "9:00"),
            time(Weekday::Monday, "25:00"),
            CalendarFault::Overlap {
                place: Place::Weekday(Weekday::Tuesday),
                first: "09:00–12:00".into(),
                second: "11:59–13:00".into(),
            },
            CalendarFault::EmptyInterval {
                place: Place::Weekday(Weekday::Wednesday),
                from: "08:00".into(),
                to: "08:00".into(),
            },
            time(Weekday::Thursday, "24:00"),
            day("holidays", "2026-02-30"),
            day("holidays", "20260214"),
            day("workdays", "2026-1-01"),
            day("overrides", "soon"),
            CalendarFault::UnknownStatutory("us".into()),
        ]
    );
}

#[test]
fn overlaps_through_midnight_are_found() {
    let overlap =
        |place, first: &str, second: &str| CalendarFault::Overlap { place, first: first.into(), second: second.into() };
    assert_eq!(
        faults(r#"{"time_zone":"UTC","hours":{"sun":[["22:00","06:00"]],"mon":[["05:00","09:00"]]}}"#),
        [overlap(Place::Weekday(Weekday::Sunday), "22:00–06:00", "05:00–09:00")]
    );
    // 2026-03-04 is a Wednesday, after Tuesday's night shift.
    assert_eq!(
        faults(
            r#"{"time_zone":"UTC","hours":{"tue":[["22:00","06:00"]]},"overrides":{"2026-03-04":[["05:00","09:00"]]}}"#
        ),
        [overlap(Place::Override(date(2026, 3, 4)), "22:00–06:00", "05:00–09:00")]
    );
    let touching = r#"{"time_zone":"UTC","hours":{"sun":[["22:00","06:00"]],"mon":[["06:00","09:00"]]}}"#;
    assert!(serde_json::from_str::<Calendar>(touching).is_ok());
}

#[test]
fn a_make_up_workday_beside_a_night_shift_counts_nothing_twice() {
    // Friday's shift ends on Saturday at 06:00; the make-up Saturday works Monday's hours from 05:00.
    let text = r#"{"time_zone":"UTC","hours":{"mon":[["05:00","09:00"]],"fri":[["22:00","06:00"]]},
        "workdays":["2026-03-07"]}"#;
    let calendar: Calendar = serde_json::from_str(text).unwrap();
    let (from, to) = ("2026-03-06T00:00:00Z".parse().unwrap(), "2026-03-08T00:00:00Z".parse().unwrap());
    assert_eq!(calendar.elapsed(from, to, &[]).unwrap().seconds, 11 * 3_600);
}

#[test]
fn a_calendar_without_work_is_refused() {
    assert_eq!(faults(r#"{"time_zone":"UTC","hours":{}}"#), [CalendarFault::NoWorkingTime]);
    let only = |keys: &str| format!(r#"{{"time_zone":"UTC","hours":{{"mon":[]}},{keys}}}"#);
    assert_eq!(faults(&only(r#""workdays":["2026-03-07"]"#)), [CalendarFault::NoWorkingTime]);
    assert_eq!(faults(&only(r#""overrides":{"2026-03-07":[]}"#)), [CalendarFault::NoWorkingTime]);
    assert_eq!(faults(r#"{"time_zone":"UTC","hours":"24/7"}"#), [CalendarFault::UnknownHours("24/7".into())]);
    assert_eq!(
        faults(r#"{"time_zone":"UTC","hours":"24x7","statutory_years":[2027]}"#),
        [CalendarFault::YearsWithoutStatutory]
    );
    assert_eq!(
        faults(r#"{"time_zone":"Etc/Unknown","hours":"24x7"}"#),
        [CalendarFault::UnknownTimeZone("Etc/Unknown".into())]
    );
}

#[test]
fn midnight_can_be_written_both_ways() {
    let hours = |to: &str| {
        let json = format!(r#"{{"time_zone":"UTC","hours":{{"mon":[["18:00","{to}"]]}}}}"#);
        let calendar: Calendar = serde_json::from_str(&json).unwrap();
        calendar.day(date(2026, 3, 2)).shifts
    };
    assert_eq!(hours("24:00"), hours("00:00"));
    assert_eq!(hours("24:00")[0].to_string(), "18:00–24:00");
}

#[test]
fn yaml_reads_alike_and_files_come_back() {
    let yaml = "
time_zone: Asia/Shanghai
hours:
  mon: [[09:00, 12:00], ['13:30', '18:00']]
  sat: [['22:00', '06:00']]
holidays: [2026-05-20]
overrides: { 2026-12-31: [['09:00', '12:00']] }
statutory: cn
";
    let calendar: Calendar = serde_saphyr::from_str(yaml).unwrap();
    let json = serde_json::to_string(&calendar).unwrap();
    assert_eq!(
        json,
        r#"{"time_zone":"Asia/Shanghai","hours":{"mon":[["09:00","12:00"],["13:30","18:00"]],"sat":[["22:00","06:00"]]},"holidays":["2026-05-20"],"overrides":{"2026-12-31":[["09:00","12:00"]]},"statutory":"cn"}"#
    );
    assert_eq!(serde_json::from_str::<Calendar>(&json).unwrap(), calendar);
    let refused = serde_json::from_str::<Calendar>(r#"{"time_zone":"UTC","hours":{}}"#).unwrap_err();
    assert!(refused.to_string().contains("no working minute"));
}
