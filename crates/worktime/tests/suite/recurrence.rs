//! Recurrences as the documents ask for them, and what is refused.

use jiff::civil::date;
use worktime::{OnDayOff, Recurrence, RecurrenceFault, RecurrenceFile};

use crate::office::{at, in_zone, office, with};

fn recurrence(yaml: &str) -> Recurrence {
    serde_saphyr::from_str(yaml).unwrap()
}

fn faults(yaml: &str) -> Vec<RecurrenceFault> {
    let file: RecurrenceFile = serde_saphyr::from_str(yaml).unwrap();
    Recurrence::new(file).unwrap_err().faults().to_vec()
}

/// The next so many occurrences in the office, in Shanghai's wall time.
fn times(yaml: &str, after: &str, count: usize) -> Vec<String> {
    let (calendar, recurrence) = (office(), recurrence(yaml));
    let mut found = Vec::new();
    let mut from = at(after);
    while found.len() < count {
        let Some(next) = calendar.next(&recurrence, from).unwrap() else { break };
        assert!(next.at > from);
        from = next.at;
        found.push(next.at.to_zoned(calendar.time_zone().clone()).strftime("%a %F %H:%M").to_string());
    }
    found
}

#[test]
fn each_friday_and_the_working_day_before() {
    // S02: the week's records are handed in on Fridays; 2026-10-02 is a holiday, and so is the whole week before it ends.
    assert_eq!(
        times("{weekly_on: fri, at: '17:00'}", "2026-03-06 17:00", 2),
        ["Fri 2026-03-13 17:00", "Fri 2026-03-20 17:00"]
    );
    assert_eq!(
        times("{weekly_on: fri, at: '17:00', on_day_off: before}", "2026-09-20 12:00", 3),
        ["Thu 2026-09-24 17:00", "Wed 2026-09-30 17:00", "Fri 2026-10-09 17:00"]
    );
    assert_eq!(
        times("{weekly_on: fri, at: '17:00', on_day_off: skip}", "2026-09-20 12:00", 2),
        ["Fri 2026-10-09 17:00", "Fri 2026-10-16 17:00"]
    );
    assert_eq!(
        times("{weekly_on: fri, at: '17:00', on_day_off: after}", "2026-09-20 12:00", 3),
        ["Mon 2026-09-28 17:00", "Thu 2026-10-08 17:00", "Fri 2026-10-09 17:00"]
    );
}

#[test]
fn the_last_working_day_of_the_week_is_sunday_moved_before() {
    // The make-up Saturday of the Spring Festival is the last of its week.
    assert_eq!(
        times("{weekly_on: sun, at: '16:00', on_day_off: before}", "2026-02-02 00:00", 3),
        ["Fri 2026-02-06 16:00", "Sat 2026-02-14 16:00", "Sat 2026-02-28 16:00"],
        "the week of the festival has no working day of its own, and what falls together happens once"
    );
}

#[test]
fn every_day_and_every_other_day() {
    assert_eq!(
        times("{every_days: 1, at: '18:00', on_day_off: skip}", "2026-02-13 18:00", 3),
        ["Sat 2026-02-14 18:00", "Tue 2026-02-24 18:00", "Wed 2026-02-25 18:00"]
    );
    assert_eq!(
        times("{every_days: 2, from: 2026-03-01, at: '09:00'}", "2026-01-01 00:00", 2),
        ["Sun 2026-03-01 09:00", "Tue 2026-03-03 09:00"]
    );
    assert_eq!(
        times("{every_days: 3, from: 2026-03-01, until: 2026-03-05, at: '09:00'}", "2026-03-01 09:00", 5).len(),
        1
    );
}

#[test]
fn the_months_end_and_the_thirtieth_of_november() {
    assert_eq!(
        times("{monthly_on: last, at: '17:00', on_day_off: before}", "2026-01-15 00:00", 3),
        ["Fri 2026-01-30 17:00", "Sat 2026-02-28 17:00", "Tue 2026-03-31 17:00"]
    );
    assert_eq!(
        times("{monthly_on: 31, at: '09:00'}", "2026-01-31 09:00", 2),
        ["Sat 2026-02-28 09:00", "Tue 2026-03-31 09:00"]
    );
    assert_eq!(
        times("{monthly_on: [1, 15], at: '09:00', on_day_off: after}", "2026-09-16 00:00", 2),
        ["Thu 2026-10-08 09:00", "Thu 2026-10-15 09:00"]
    );
    // S08: 在每年11月30日前为开发票.
    assert_eq!(
        times("{yearly_on: 11-30, at: '18:00', on_day_off: before}", "2024-12-01 00:00", 2),
        ["Fri 2025-11-28 18:00", "Mon 2026-11-30 18:00"]
    );
    assert_eq!(
        times("{yearly_on: [02-29, 08-31], at: '00:00'}", "2026-01-01 00:00", 3),
        ["Sat 2026-02-28 00:00", "Mon 2026-08-31 00:00", "Sun 2027-02-28 00:00"]
    );
    assert_eq!(times("{monthly_on: last, at: '24:00'}", "2026-03-31 23:59:59", 1), ["Wed 2026-04-01 00:00"]);
}

#[test]
fn an_occurrence_knows_its_dates_and_what_is_not_known() {
    let rule = recurrence("{weekly_on: fri, at: '17:00', on_day_off: before}");
    let next = office().next(&rule, at("2026-10-01 00:00")).unwrap().unwrap();
    assert_eq!((next.nominal, next.date), (date(2026, 10, 9), date(2026, 10, 9)));
    let next = office().next(&rule, at("2026-09-29 00:00")).unwrap().unwrap();
    assert_eq!((next.nominal, next.date), (date(2026, 10, 2), date(2026, 9, 30)));
    assert!(next.coverage.is_complete());
    let next = office().next(&rule, at("2027-03-01 00:00")).unwrap().unwrap();
    assert_eq!(next.coverage.missing_years, [2027], "nobody knows yet whether that Friday is free");
    let all_the_same = recurrence("{weekly_on: fri, at: '17:00'}");
    assert!(office().next(&all_the_same, at("2027-03-01 00:00")).unwrap().unwrap().coverage.is_complete());
}

#[test]
fn clocks_that_change() {
    let berlin = in_zone("Europe/Berlin", r#""hours":"24x7""#);
    let daily = recurrence("{every_days: 1, at: '02:30'}");
    let next = |after: &str| berlin.next(&daily, after.parse().unwrap()).unwrap().unwrap().at.to_string();
    assert_eq!(next("2024-03-30T12:00:00Z"), "2024-03-31T01:00:00Z", "02:30 is skipped: the moment of the change");
    assert_eq!(next("2024-03-31T01:00:00Z"), "2024-04-01T00:30:00Z");
    assert_eq!(next("2024-10-26T12:00:00Z"), "2024-10-27T00:30:00Z", "02:30 comes twice: the first");
    assert_eq!(next("2024-10-27T00:30:00Z"), "2024-10-28T01:30:00Z", "and only once");
}

#[test]
fn calendars_that_hardly_work() {
    let once = with(r#""hours":{},"overrides":{"2026-03-03":[["09:00","10:00"]]}"#);
    let next = |yaml: &str, after: &str| {
        once.next(&recurrence(yaml), at(after))
            .unwrap()
            .map(|next| next.at.to_zoned(once.time_zone().clone()).datetime())
    };
    let there = Some("2026-03-03T17:00".parse().unwrap());
    for rule in ["skip", "before", "after"] {
        let daily = format!("{{every_days: 1, at: '17:00', on_day_off: {rule}}}");
        assert_eq!(next(&daily, "2026-01-01 00:00"), there, "{rule}");
        assert_eq!(next(&daily, "2026-03-03 17:00"), None, "{rule}");
    }
    assert_eq!(next("{weekly_on: mon, at: '17:00', on_day_off: skip}", "2026-01-01 00:00"), None);
    let outside = "1800-01-01T00:00:00Z".parse().unwrap();
    assert!(once.next(&recurrence("{every_days: 1, at: '17:00'}"), outside).is_err());
}

#[test]
fn what_is_refused() {
    use RecurrenceFault as F;
    let word = |key, text: &str| F::BadWord { key, text: text.to_owned() };
    assert_eq!(faults("{at: '09:00'}"), [F::NotOneRule]);
    assert_eq!(faults("{at: '09:00', every_days: 1, weekly_on: fri}"), [F::NotOneRule]);
    assert_eq!(faults("{at: '09:00', every_days: 0}"), [F::NoDays]);
    assert_eq!(faults("{at: '09:00', every_days: 2}"), [F::NoAnchor(2)]);
    assert_eq!(faults("{at: '09:00', weekly_on: []}"), [F::Empty("weekly_on")]);
    assert_eq!(
        faults("{at: '9:00', weekly_on: [fri, friday]}"),
        [word("weekly_on", "friday"), F::BadTime("9:00".to_owned())]
    );
    assert_eq!(faults("{at: '09:00', monthly_on: [0, 32, -1, '+5']}").len(), 4);
    assert_eq!(faults("{at: '09:00', yearly_on: [02-30, 13-01]}").len(), 2);
    assert_eq!(
        faults("{at: '09:00', every_days: 1, from: 2500-01-01, until: tomorrow}"),
        [("from", "2500-01-01"), ("until", "tomorrow")].map(|(key, text)| F::BadDate { key, text: text.to_owned() })
    );
    for never in [
        "{at: '09:00', every_days: 1, from: 2026-03-02, until: 2026-03-01}",
        "{at: '09:00', weekly_on: fri, from: 2026-03-07, until: 2026-03-12}",
        "{at: '09:00', yearly_on: 11-30, from: 2026-12-01, until: 2027-11-29}",
    ] {
        assert_eq!(faults(never), [F::Never], "{never}");
    }
    assert_eq!(F::Never.chinese(), "永远不会发生：from 与 until 之间没有这样的日子");
    let unknown = serde_saphyr::from_str::<Recurrence>("{at: '09:00', weekly: fri}").unwrap_err().to_string();
    assert!(unknown.contains("weekly"), "{unknown}");
    let said = serde_json::from_str::<Recurrence>(r#"{"at":"09:00"}"#).unwrap_err().to_string();
    assert!(said.contains("exactly one of"), "{said}");
}

#[test]
fn it_comes_back_as_it_was_written() {
    for json in [
        r#"{"weekly_on":"fri","at":"17:00","on_day_off":"before"}"#,
        r#"{"monthly_on":[1,"last"],"at":"09:00","from":"2026-01-01"}"#,
        r#"{"monthly_on":25,"at":"09:00"}"#,
        r#"{"yearly_on":"11-30","at":"24:00","until":"2030-01-01","on_day_off":"skip"}"#,
        r#"{"every_days":2,"at":"09:00","from":"2026-01-01"}"#,
    ] {
        let read: Recurrence = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), json);
    }
    assert_eq!(recurrence("{at: 17:00, weekly_on: [mon]}").on_day_off(), OnDayOff::AsIs);
}
