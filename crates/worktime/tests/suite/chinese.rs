//! Real Chinese cases: an office with a lunch break under the statutory table.

use crate::office::{at, hours, office, with};
use worktime::{Amount, Festival, Lead, Pause, Reason, TimeError, calendar_elapsed, later_of, months_before};

const HOUR: u64 = 3_600;

#[test]
fn national_day_has_no_working_time() {
    let calendar = office();
    // The example rows of S03: registered 2024-10-01 and 2024-10-02.
    let elapsed = calendar.elapsed(at("2024-10-01 09:00"), at("2024-10-02 18:00"), &[]).unwrap();
    assert_eq!(elapsed.seconds, 0);
    assert!(elapsed.coverage.is_complete());
    let day = calendar.day("2024-10-02".parse().unwrap());
    assert_eq!(day.reason, Reason::Holiday { festival: Some(Festival::National) });
    assert!(day.shifts.is_empty());
}

#[test]
fn a_make_up_saturday_works_mondays_hours() {
    let calendar = office();
    let day = calendar.day("2026-02-14".parse().unwrap());
    assert_eq!(day.reason, Reason::MakeUp { festival: Some(Festival::Spring) });
    assert_eq!(hours(&day), ["09:00–12:00", "13:30–18:00"]);
    // Friday 16:30 + 3 h: 1 h 30 min on Friday, the rest on the make-up Saturday.
    let due = calendar.due(at("2026-02-13 16:30"), Amount::working_hours(3), &[]).unwrap();
    assert_eq!(due.at(), Some(at("2026-02-14 10:30")));
}

#[test]
fn friday_afternoon_runs_over_the_weekend() {
    let due = office().due(at("2026-03-06 16:30"), Amount::working_hours(3), &[]).unwrap();
    assert_eq!(due.at(), Some(at("2026-03-09 10:30")));
}

#[test]
fn the_lunch_break_does_not_count() {
    let calendar = office();
    let due = calendar.due(at("2026-03-03 11:30"), Amount::working_hours(1), &[]).unwrap();
    assert_eq!(due.at(), Some(at("2026-03-03 14:00")));
    assert_eq!(calendar.elapsed(at("2026-03-03 11:30"), at("2026-03-03 13:30"), &[]).unwrap().seconds, 1_800);
}

#[test]
fn used_up_at_closing_is_due_at_closing() {
    let calendar = office();
    let due = |start, seconds| calendar.due(at(start), Amount::WorkingSeconds(seconds), &[]).unwrap().at();
    assert_eq!(due("2026-03-06 16:00", 2 * HOUR), Some(at("2026-03-06 18:00")), "not Monday 09:00");
    assert_eq!(due("2026-03-06 16:00", 2 * HOUR + 1), Some(at("2026-03-09 09:00:01")));
    assert_eq!(due("2026-03-03 11:00", HOUR), Some(at("2026-03-03 12:00")), "nor after lunch");
}

#[test]
fn seconds_are_kept_and_fractions_cut_off() {
    let calendar = office();
    let start = "2026-03-03T10:00:07.999+08:00".parse().unwrap();
    let due = calendar.due(start, Amount::WorkingSeconds(60), &[]).unwrap();
    assert_eq!(due.at(), Some(at("2026-03-03 10:01:07")));
    assert_eq!(calendar.elapsed(start, at("2026-03-03 10:00:09"), &[]).unwrap().seconds, 2);
}

#[test]
fn fractions_are_cut_towards_the_past_before_1970_too() {
    let calendar = with(r#""hours":"24x7""#);
    let start = "1969-12-31T23:59:58.5Z".parse().unwrap();
    let due = calendar.due(start, Amount::WorkingSeconds(1), &[]).unwrap();
    assert_eq!(due.at(), Some("1969-12-31T23:59:59Z".parse().unwrap()));
}

#[test]
fn nothing_is_due_at_once() {
    let due = office().due(at("2026-03-07 10:00"), Amount::WorkingSeconds(0), &[]).unwrap();
    assert_eq!(due.at(), Some(at("2026-03-07 10:00")));
}

#[test]
fn a_night_shift_belongs_to_the_day_it_begins() {
    let night = with(r#""hours":{"fri":[["22:00","06:00"]],"mon":[["22:00","06:00"]]},"holidays":["2026-03-10"]"#);
    let due = |start, seconds| night.due(at(start), Amount::WorkingSeconds(seconds), &[]).unwrap().at();
    assert_eq!(due("2026-03-06 20:00", 8 * HOUR), Some(at("2026-03-07 06:00")));
    assert_eq!(due("2026-03-07 05:00", HOUR + 1), Some(at("2026-03-09 22:00:01")));
    // Tuesday is a holiday, and Monday's shift still ends on it.
    assert_eq!(due("2026-03-09 23:00", 7 * HOUR), Some(at("2026-03-10 06:00")));
    let small_hours = night.due(at("2026-03-07 02:00"), Amount::WorkingDays(1), &[]).unwrap();
    assert_eq!(small_hours.at(), Some(at("2026-03-10 02:00")), "the same hour of the next shift");
}

#[test]
fn two_working_days_from_receipt() {
    let calendar = office();
    let same = |start| calendar.due(at(start), Amount::WorkingDays(2), &[]).unwrap().at();
    // S01 「2個工作日內」: the same time of day.
    assert_eq!(same("2026-03-03 10:20"), Some(at("2026-03-05 10:20")));
    assert_eq!(same("2026-03-05 16:30"), Some(at("2026-03-09 16:30")));
    // Received when nobody works: from the next opening, so two full days, to closing.
    assert_eq!(same("2026-03-07 11:00"), Some(at("2026-03-10 18:00")));
    assert_eq!(same("2026-03-02 09:00"), Some(at("2026-03-03 18:00")));
    // Before the Spring Festival of 2026: Friday 13th, make-up Saturday 14th, free to the 23rd.
    assert_eq!(same("2026-02-13 15:00"), Some(at("2026-02-24 15:00")));
    let close = |start, days| calendar.due(at(start), Amount::WorkingDaysToClose(days), &[]).unwrap().at();
    assert_eq!(close("2026-03-03 10:20", 2), Some(at("2026-03-05 18:00")));
    assert_eq!(close("2026-03-07 11:00", 2), Some(at("2026-03-10 18:00")));
    assert_eq!(close("2026-03-03 10:20", 0), Some(at("2026-03-03 18:00")));
    assert_eq!(close("2026-03-03 19:00", 0), Some(at("2026-03-03 19:00")));
    assert_eq!(
        close("2026-03-07 11:00", 0),
        Some(at("2026-03-09 18:00")),
        "a free date closes with the next working day"
    );
}

#[test]
fn a_half_day_draws_the_same_time_in() {
    let calendar = with(
        r#""hours":{"mon":[["09:00","18:00"]],"tue":[["09:00","18:00"]],"wed":[["10:00","18:00"]]},
           "overrides":{"2026-03-03":[["09:00","12:00"]]}"#,
    );
    let next = |start| calendar.due(at(start), Amount::WorkingDays(1), &[]).unwrap().at();
    assert_eq!(next("2026-03-02 15:00"), Some(at("2026-03-03 12:00")), "closing of the half day");
    assert_eq!(next("2026-03-03 09:30"), Some(at("2026-03-04 10:00")), "the next day opens later: its opening");
    assert_eq!(next("2026-03-03 09:00"), Some(at("2026-03-03 12:00")), "begun at opening: a whole day, if a short one");
    assert_eq!(calendar.elapsed(at("2026-03-03 09:00"), at("2026-03-04 10:00"), &[]).unwrap().seconds, 3 * 3_600);
}

#[test]
fn precedence_of_a_date() {
    let text = r#""hours":{"mon":[["09:00","17:00"]],"sat":[["10:00","12:00"]]},"statutory":"cn",
        "holidays":["2026-02-14","2026-02-18","2026-03-02","2026-03-09"],
        "workdays":["2026-03-09","2026-02-17","2026-03-07"],
        "overrides":{"2026-02-28":[],"2026-02-17":[["08:00","09:00"]]}"#;
    let calendar = with(text);
    let day = |date: &str| {
        let day = calendar.day(date.parse().unwrap());
        (day.reason, hours(&day))
    };
    let spring = Some(Festival::Spring);
    assert_eq!(day("2026-03-02"), (Reason::Holiday { festival: None }, vec![]));
    assert_eq!(day("2026-03-09"), (Reason::MakeUp { festival: None }, vec!["09:00–17:00".into()]));
    assert_eq!(day("2026-03-07"), (Reason::MakeUp { festival: None }, vec!["09:00–17:00".into()]), "Monday's hours");
    assert_eq!(day("2026-03-14"), (Reason::Weekly, vec!["10:00–12:00".into()]));
    assert_eq!(day("2026-02-14"), (Reason::MakeUp { festival: spring }, vec!["09:00–17:00".into()]));
    assert_eq!(day("2026-02-28"), (Reason::Override, vec![]), "a make-up workday is closed by an override");
    assert_eq!(day("2026-02-17"), (Reason::Override, vec!["08:00–09:00".into()]));
    assert_eq!(day("2026-02-18"), (Reason::Holiday { festival: spring }, vec![]));
    let own =
        with(r#""hours":{"mon":[["09:00","17:00"]]},"workdays":["2026-03-07"],"workday_hours":[["10:00","15:00"]]"#);
    assert_eq!(hours(&own.day("2026-03-07".parse().unwrap())), ["10:00–15:00"]);
}

#[test]
fn late_december_stands_in_the_next_notice() {
    let calendar = office();
    let day = |date: &str| calendar.day(date.parse().unwrap()).reason;
    assert_eq!(day("2018-12-29"), Reason::MakeUp { festival: Some(Festival::NewYear) });
    assert_eq!(day("2018-12-31"), Reason::Holiday { festival: Some(Festival::NewYear) });
    // 2020-02-03 was moved back to work by the second notice: a Monday, with its own hours.
    assert_eq!(day("2020-02-03"), Reason::MakeUp { festival: Some(Festival::Spring) });
}

#[test]
fn a_year_without_table_is_said() {
    let calendar = office();
    let cover = |from, to| calendar.elapsed(at(from), at(to), &[]).unwrap().coverage;
    assert!(cover("2018-01-01 00:00", "2026-12-25 00:00").is_complete());
    let next = cover("2026-12-30 10:00", "2027-01-04 10:00");
    assert_eq!((next.missing_years, next.unsettled_year_end), (vec![2027], Some(2026)));
    assert_eq!(cover("2026-12-24 10:00", "2026-12-26 10:00").unsettled_year_end, Some(2026));
    assert!(cover("2026-12-31 10:00", "2027-01-01 00:00").missing_years.is_empty(), "the end does not count");
    assert_eq!(cover("2016-06-01 00:00", "2018-06-01 00:00").missing_years, [2016, 2017]);
    let due = calendar.due(at("2026-11-20 10:00"), Amount::WorkingDays(60), &[]).unwrap();
    assert_eq!(due.coverage.missing_years, [2027]);
    let natural = calendar.due(at("2026-11-20 10:00"), Amount::CalendarDays(90), &[]).unwrap();
    assert!(natural.coverage.is_complete(), "calendar time rests on no table");
    let stated = with(r#""hours":"24x7","statutory":"cn","statutory_years":[2027],"holidays":["2027-01-01"]"#);
    assert!(stated.elapsed(at("2026-12-30 10:00"), at("2027-12-20 10:00"), &[]).unwrap().coverage.is_complete());
    let without = with(r#""hours":"24x7""#);
    assert!(without.elapsed(at("2030-01-01 10:00"), at("2031-01-01 10:00"), &[]).unwrap().coverage.is_complete());
}

#[test]
fn a_pause_moves_the_limit_by_the_working_time_it_covers() {
    let calendar = office();
    let (start, amount) = (at("2026-03-03 10:00"), Amount::working_hours(4));
    let due = |pauses: &[Pause]| calendar.due(start, amount, pauses).unwrap().at();
    assert_eq!(due(&[]), Some(at("2026-03-03 15:30")));
    let lunch = Pause::between(at("2026-03-03 11:30"), at("2026-03-03 14:00"));
    assert_eq!(due(&[lunch]), Some(at("2026-03-03 16:30")), "an hour of it is work");
    let overlapping = Pause::between(at("2026-03-03 11:00"), at("2026-03-03 12:30"));
    assert_eq!(due(&[lunch, overlapping]), Some(at("2026-03-03 17:00")), "nothing counts twice");
    let earlier = Pause::between(at("2026-03-02 09:00"), at("2026-03-03 10:00"));
    let backwards = Pause::between(at("2026-03-03 12:00"), at("2026-03-03 10:30"));
    assert_eq!(due(&[earlier, backwards]), Some(at("2026-03-03 15:30")));
    let elapsed = calendar.elapsed(start, at("2026-03-03 16:30"), &[lunch]).unwrap();
    assert_eq!(elapsed.seconds, 4 * 3_600);
}

#[test]
fn an_open_pause_leaves_no_due_time() {
    let calendar = office();
    let due = |from| {
        let pauses = [Pause::since(at(from))];
        calendar.due(at("2026-03-03 10:00"), Amount::working_hours(1), &pauses).unwrap().at()
    };
    assert_eq!(due("2026-03-03 10:30"), None);
    assert_eq!(due("2026-03-03 09:00"), None);
    assert_eq!(due("2026-03-03 11:00"), Some(at("2026-03-03 11:00")), "begun when the limit was already used up");
    let pauses = [Pause::since(at("2026-03-03 10:30"))];
    let elapsed = calendar.elapsed(at("2026-03-03 10:00"), at("2026-03-05 10:00"), &pauses).unwrap();
    assert_eq!(elapsed.seconds, 1_800);
}

#[test]
fn calendar_time_runs_day_and_night() {
    let calendar = office();
    let due = |amount, pauses: &[Pause]| calendar.due(at("2026-01-31 16:30"), amount, pauses).unwrap().at();
    assert_eq!(due(Amount::calendar_hours(24), &[]), Some(at("2026-02-01 16:30")));
    assert_eq!(due(Amount::CalendarDays(3), &[]), Some(at("2026-02-03 16:30")));
    assert_eq!(due(Amount::CalendarMonths(1), &[]), Some(at("2026-02-28 16:30")));
    let pause = Pause::between(at("2026-01-31 17:00"), at("2026-01-31 20:00"));
    assert_eq!(due(Amount::calendar_hours(24), &[pause]), Some(at("2026-02-01 19:30")));
    assert_eq!(calendar_elapsed(at("2026-01-31 16:30"), at("2026-02-01 19:30"), &[pause]), 24 * 3_600);
}

#[test]
fn months_before_a_planned_date() {
    let calendar = office();
    let date = |text: &str| text.parse().unwrap();
    assert_eq!(months_before(date("2026-05-31"), 3), Some(date("2026-02-28")));
    // S14: 交付前三个月.
    let due = calendar.due_before(date("2026-06-30"), Lead::Months(3)).unwrap();
    assert_eq!(due.at(), Some(at("2026-03-31 00:00")), "the whole of 30 March still counts");
    assert_eq!(calendar.date_before(date("2026-03-09"), Lead::Days(2)), Ok(date("2026-03-07")));
    assert_eq!(calendar.date_before(date("2026-03-09"), Lead::WorkingDays(2)), Ok(date("2026-03-05")));
    let due = calendar.due_before(date("2026-02-24"), Lead::WorkingDays(1)).unwrap();
    assert_eq!(due.at(), Some(at("2026-02-14 18:00")));
    // Through many years, over the cuts of the table: as many working days back as forth.
    let back = calendar.date_before(date("2026-03-09"), Lead::WorkingDays(20_000)).unwrap();
    let start = back.at(9, 30, 0, 0).to_zoned(calendar.time_zone().clone()).unwrap().timestamp();
    let forth = calendar.due(start, Amount::WorkingDays(20_000), &[]).unwrap();
    assert_eq!(forth.at(), Some(at("2026-03-09 09:30")));
}

#[test]
fn the_later_of_two_events() {
    let (signed, accepted) = (at("2026-03-03 10:00"), at("2026-03-05 11:00"));
    assert_eq!(later_of(&[Some(signed), Some(accepted)]), Some(accepted));
    assert_eq!(later_of(&[Some(signed), None]), None);
    assert_eq!(later_of(&[]), None);
}

#[test]
fn beyond_the_tables_is_refused() {
    let calendar = with(r#""hours":{},"overrides":{"2026-03-03":[["09:00","10:00"]]}"#);
    let due = |seconds| calendar.due(at("2026-01-01 00:00"), Amount::WorkingSeconds(seconds), &[]);
    assert_eq!(due(3_600).unwrap().at(), Some(at("2026-03-03 10:00")));
    assert_eq!(due(3_601), Err(TimeError::NeverReached));
    assert_eq!(due(u64::MAX), Err(TimeError::NeverReached));
    let early = at("1899-01-01 00:00");
    assert_eq!(calendar.due(early, Amount::WorkingDays(1), &[]), Err(TimeError::OutOfRange(early)));
    assert_eq!(calendar.due(at("2026-03-01 00:00"), Amount::WorkingDays(u32::MAX), &[]), Err(TimeError::NeverReached));
    assert_eq!(
        calendar.due(at("2026-03-01 00:00"), Amount::CalendarMonths(u32::MAX), &[]),
        Err(TimeError::NeverReached)
    );
}

#[test]
fn open_now_and_next() {
    let calendar = office();
    assert_eq!(calendar.is_working(at("2026-03-03 11:59:59")), Ok(true));
    assert_eq!(calendar.is_working(at("2026-03-03 12:00")), Ok(false));
    assert_eq!(calendar.next_working(at("2026-03-06 18:00")), Ok(at("2026-03-09 09:00")));
    assert_eq!(calendar.next_working(at("2026-03-06 17:00")), Ok(at("2026-03-06 17:00")));
}
