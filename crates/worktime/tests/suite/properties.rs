//! Random calendars against the minute walker: 120,000 questions in all.
//!
//! Four tests of the same questions with different seeds, so that they run side by side.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use worktime::{Amount, Calendar, CalendarFile, HoursFile, Line, Pause, WeekFile};

use crate::random::{self, Random, WINDOW, instant};
use crate::walker::Walker;

const CALENDARS: u64 = 300;
const QUESTIONS: usize = 100;
const MINUTE: i64 = 60;
const DAY: i64 = 86_400;

#[test]
fn as_the_walker_counts_1() {
    compare(1);
}

#[test]
fn as_the_walker_counts_2() {
    compare(2);
}

#[test]
fn as_the_walker_counts_3() {
    compare(3);
}

#[test]
fn as_the_walker_counts_4() {
    compare(4);
}

fn compare(seed: u64) {
    let mut random = Random(seed);
    let mut compared = 0;
    for _ in 0..CALENDARS {
        let (mut file, calendar, first) = random::calendar(&mut random);
        let walker = Walker::new(&file);
        let begin = first.to_zoned(calendar.time_zone().clone()).unwrap().timestamp().as_second();
        assert_eq!(begin % MINUTE, 0);
        let walked = walker.walk(begin, usize::try_from(WINDOW * 1440).unwrap());
        let spot = begin + random.within(0, WINDOW * 1440) * MINUTE;
        assert_eq!(walker.works(spot), calendar.is_working(instant(spot)).unwrap(), "{spot} in {file:?}");

        file.holidays.push(random::date(&mut random, first));
        let with_holiday = Calendar::new(file.clone());
        for _ in 0..QUESTIONS {
            let start = random.within(begin, begin + 8 * DAY);
            // Mostly short, for the walker's sake.
            let reach = if random.once_in(10) { 5 * DAY } else { DAY };
            let end = start + random.within(0, reach);
            let pauses: Vec<(i64, i64)> = (0..random.within(0, 3))
                .map(|_| {
                    let from = start + random.within(-DAY / 4, reach / 2);
                    (from, from + random.within(0, DAY / 4))
                })
                .collect();
            let given: Vec<Pause> =
                pauses.iter().map(|&(from, to)| Pause::between(instant(from), instant(to))).collect();
            let elapsed =
                |from, to, pauses: &[Pause]| calendar.elapsed(instant(from), instant(to), pauses).unwrap().seconds;
            let context = || format!("seed {seed}: {start}..{end} around {pauses:?} in {file:?}");

            // Elapsed time is what the walker counts, and adds up.
            let counted = walked.elapsed(start, end, &pauses);
            assert_eq!(elapsed(start, end, &given), counted, "{}", context());
            let between = random.within(start - DAY, end + DAY);
            assert_eq!(
                elapsed(start, between, &given) + elapsed(between, end, &given),
                counted,
                "through {between}, {}",
                context()
            );
            compared += 1;

            // A due time is where the walker arrives.
            let amount = random.within(0, counted + 2);
            let due = |calendar: &Calendar, pauses: &[Pause]| {
                let amount = Amount::WorkingSeconds(u64::try_from(amount).unwrap());
                calendar.due(instant(start), amount, pauses).ok()?.at().map(Timestamp::as_second)
            };
            let found = due(&calendar, &given);
            if let Some(arrived) = walked.due(start, amount, &pauses) {
                assert_eq!(found, Some(arrived), "{amount} s, {}", context());
            }
            let Some(found) = found else { continue };
            assert_eq!(elapsed(start, found, &given), amount, "{}", context());
            if amount > 0 {
                assert_eq!(elapsed(start, found - 1, &given), amount - 1, "the earliest, {}", context());
            }

            // A pause moves it by exactly the working time that it covers.
            if let (Some(plain), Some(pause)) = (due(&calendar, &[]), given.first()) {
                let moved = due(&calendar, &[*pause]).unwrap();
                let (from, to) = pauses[0];
                let covered = elapsed(from.max(start), to.max(start).min(moved).max(from.max(start)), &[]);
                assert_eq!(elapsed(plain, moved, &[]), if from < plain { covered } else { 0 }, "{}", context());
            }

            // So do all together, each second once.
            if let Some(plain) = due(&calendar, &[]) {
                let covered = elapsed(start, found, &[]) - elapsed(start, found, &given);
                assert_eq!(elapsed(plain, found, &[]), covered, "all pauses, {}", context());
            }

            // A holiday never makes it earlier, in hours or in days. (Days around a pause are another matter: a pause is
            // worth the hours that it covers, and a holiday takes them out of it.)
            if let Ok(with_holiday) = &with_holiday {
                let later = due(with_holiday, &given);
                assert!(later.is_none_or(|later| later >= found), "with {:?}, {}", file.holidays.last(), context());
                let days = u32::try_from(amount % 9).unwrap();
                for amount in [Amount::WorkingDays(days), Amount::WorkingDaysToClose(days)] {
                    let at = |calendar: &Calendar| calendar.due(instant(start), amount, &[]).ok()?.at();
                    if let (Some(before), Some(after)) = (at(&calendar), at(with_holiday)) {
                        assert!(after >= before, "{amount:?} with {:?}, {}", file.holidays.last(), context());
                    }
                }
            }
        }
    }
    assert_eq!(compared, CALENDARS as usize * QUESTIONS);
}

/// Over the cuts of the table and the whole range: the two questions stay each other's inverse, and additive.
#[test]
fn far_distances_agree_with_near_ones() {
    let mut random = Random(5);
    for _ in 0..20 {
        let (file, calendar, _) = random::calendar(&mut random);
        let elapsed = |from, to| calendar.elapsed(instant(from), instant(to), &[]).unwrap().seconds;
        for _ in 0..100 {
            let [a, b, c] = std::array::from_fn(|_| random.within(-2_000_000_000, 10_000_000_000));
            assert_eq!(elapsed(a, b) + elapsed(b, c), elapsed(a, c), "{a}, {b}, {c} in {file:?}");
            let amount = u64::try_from(random.within(1, 2_000_000_000)).unwrap();
            if let Ok(due) = calendar.due(instant(a), Amount::WorkingSeconds(amount), &[]) {
                let due = due.at().unwrap().as_second();
                assert_eq!(elapsed(a, due), i64::try_from(amount).unwrap());
                assert_eq!(elapsed(due - 1, due), 1);
            }
        }
    }
}

/// The lines of an account add up to its answer, whatever the limit and however long.
#[test]
fn accounts_add_up() {
    let mut random = Random(6);
    for _ in 0..150 {
        let (file, calendar, first) = random::calendar(&mut random);
        let begin = first.to_zoned(calendar.time_zone().clone()).unwrap().timestamp().as_second();
        for _ in 0..4 {
            let start = instant(begin + random.within(0, 9 * DAY));
            let small = u32::try_from(random.within(0, 90)).unwrap();
            let amount = match random.within(0, 5) {
                0 => Amount::WorkingDays(small),
                1 => Amount::WorkingDaysToClose(small),
                2 => Amount::CalendarDays(small),
                _ => Amount::WorkingSeconds(u64::try_from(random.within(0, 150 * 28_800)).unwrap()),
            };
            let from = start.as_second() + random.within(-DAY, 20 * DAY);
            let pause = Pause::between(instant(from), instant(from + random.within(0, 9 * DAY)));
            let (Ok(due), Ok(told)) =
                (calendar.due(start, amount, &[pause]), calendar.explain_due(start, amount, &[pause]))
            else {
                continue;
            };
            let at = due.at().unwrap();
            assert!(matches!(told.lines.last(), Some(&Line::Due { instant, .. }) if instant == at));
            let counted = |lines: &[Line]| {
                let seconds = |line: &Line| match line {
                    Line::Work { seconds, .. } | Line::Between { seconds, .. } | Line::CalendarTime { seconds, .. } => {
                        *seconds
                    }
                    _ => 0,
                };
                lines.iter().map(seconds).sum::<i64>()
            };
            let wanted = if amount.is_working() {
                calendar.elapsed(start, at, &[pause]).unwrap().seconds
            } else {
                worktime::calendar_elapsed(start, at, &[pause])
            };
            assert_eq!(counted(&told.lines), wanted, "{start} {amount:?} {pause:?} in {file:?}\n{told:#?}");
            assert_eq!(told.chinese().len(), told.lines.len());
            assert_eq!(told.english().len(), told.lines.len());
            let elapsed = calendar.explain_elapsed(start, at, &[pause]).unwrap();
            let seconds = calendar.elapsed(start, at, &[pause]).unwrap().seconds;
            assert_eq!(counted(&elapsed.lines), seconds);
            assert!(matches!(elapsed.lines.last(), Some(&Line::Until { total, .. }) if total == seconds));
        }
    }
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![".{0,8}", "[0-2][0-9]:[0-6][0-9]", "20[0-9]{2}-[01][0-9]-[0-3][0-9]"]
}

fn any_intervals() -> impl Strategy<Value = Vec<[String; 2]>> {
    prop::collection::vec([any_text(), any_text()], 0..3)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a file says, it is read or refused.
    #[test]
    fn no_file_panics(
        zone in prop_oneof![Just("Asia/Shanghai".to_owned()), any_text()],
        mon in any_intervals(),
        sun in any_intervals(),
        dates in prop::collection::vec(any_text(), 0..3),
        overrides in prop::collection::btree_map(any_text(), any_intervals(), 0..3),
        year in any::<i16>(),
        statutory in prop::option::of(prop_oneof![Just("cn".to_owned()), any_text()]),
    ) {
        let file = CalendarFile {
            time_zone: zone,
            hours: HoursFile::Week(Box::new(WeekFile { mon, sun, ..WeekFile::default() })),
            holidays: dates.clone(),
            workdays: dates,
            workday_hours: None,
            overrides,
            statutory,
            statutory_years: vec![year],
            statutory_tables: vec![],
        };
        if let Err(faults) = Calendar::new(file) {
            prop_assert!(!faults.faults().is_empty());
        }
    }

    /// Whatever instants are asked, there is an answer or an error.
    #[test]
    fn no_question_panics(start in any_instant(), end in any_instant(), n in any::<u64>(), small in any::<u32>()) {
        // Shared, since far questions fill every table.
        static OFFICE: LazyLock<Calendar> = LazyLock::new(crate::office::office);
        let calendar = &*OFFICE;
        let pauses = [Pause::between(start, end), Pause::since(end)];
        for amount in [
            Amount::WorkingSeconds(n), Amount::WorkingSeconds(n % 100_000), Amount::WorkingDays(small),
            Amount::WorkingDays(small % 50), Amount::WorkingDaysToClose(small), Amount::WorkingDaysToClose(small % 50),
            Amount::CalendarSeconds(n), Amount::CalendarDays(small), Amount::CalendarMonths(small),
        ] {
            let due = calendar.due(start, amount, &pauses);
            let told = calendar.explain_due(start, amount, &pauses);
            prop_assert_eq!(due.map(|due| due.coverage), told.map(|told| told.coverage));
        }
        let elapsed = calendar.elapsed(start, end, &pauses);
        prop_assert_eq!(elapsed.is_ok(), calendar.explain_elapsed(start, end, &pauses).is_ok());
        let date = start.to_zoned(TimeZone::UTC).date();
        for lead in [worktime::Lead::Months(small), worktime::Lead::Days(small), worktime::Lead::WorkingDays(small)] {
            let _answered = calendar.due_before(date, lead);
        }
        let _day = calendar.day(date);
    }
}

fn any_instant() -> impl Strategy<Value = Timestamp> {
    prop_oneof![
        (Timestamp::MIN.as_second()..Timestamp::MAX.as_second()).prop_map(instant),
        (-2_208_988_800_i64..10_413_792_000).prop_map(instant),
        (1_500_000_000_i64..1_900_000_000, 0..1_000_000_000_i32)
            .prop_map(|(seconds, nanos)| Timestamp::new(seconds, nanos).unwrap()),
        prop_oneof![
            Just(Timestamp::MIN),
            Just(Timestamp::MAX),
            Just(instant(-2_208_988_800)),
            Just(instant(10_413_791_999))
        ],
    ]
}
