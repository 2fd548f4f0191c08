//! The check and the rotation against random rosters, and by hand.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use proptest::prelude::*;

use super::check::{Finding, Plan, Severity, What, days, findings, is_on_leave, is_trained, overlap, uncovered};
use super::rotate::{Proposed, Rhythm, Wanted, propose};
use super::*;
use crate::id::DepartmentId;

const FIRST: Date = jiff::civil::date(2026, 11, 2);

fn zone() -> TimeZone {
    TimeZone::get("Asia/Shanghai").unwrap()
}

fn shift(id: i64, from: i8, hours: i8, least: i64) -> Shift {
    Shift {
        id: ShiftId(id),
        department: DepartmentId(1),
        code: format!("s{id}"),
        name: format!("s{id}"),
        from: Time::new(from, 0, 0, 0).unwrap(),
        to: Time::new((from + hours) % 24, 0, 0, 0).unwrap(),
        least,
        skill: String::new(),
        night: false,
        held: Held::Daily,
        active: true,
        version: 1,
    }
}

fn day(offset: i64) -> Date {
    FIRST.checked_add(offset.days()).unwrap()
}

fn turn(id: i64, shift: &Shift, offset: i64, person: i64) -> Turn {
    Turn {
        id: TurnId(id),
        department: DepartmentId(1),
        shift: shift.id,
        person: PersonId(person),
        day: day(offset),
        span: shift.span(day(offset), &zone()).unwrap(),
        state: TurnState::Published,
        origin: Origin::Hand,
        replaces: None,
        signed_in: None,
        signed_out: None,
        absent: false,
        note: String::new(),
        version: 1,
    }
}

fn leave(person: i64, from: i64, days: i64) -> Leave {
    let start = |offset: i64| day(offset).to_zoned(zone()).unwrap().timestamp();
    Leave {
        id: LeaveId(person * 100 + from),
        person: PersonId(person),
        span: Span { from: start(from), to: start(from + days) },
        kind: LeaveKind::Annual,
        reason: String::new(),
        state: Asked::Approved,
        asked_by: PersonId(person),
        asked: Timestamp::UNIX_EPOCH,
        decided_by: None,
        decided: None,
        version: 1,
    }
}

fn skill(person: i64, word: &str) -> Skill {
    Skill { person: PersonId(person), word: word.to_owned(), since: day(-9), until: None, note: String::new() }
}

/// A desk whose roster is judged.
#[derive(Debug, Clone)]
struct Case {
    shifts: Vec<Shift>,
    turns: Vec<Turn>,
    leaves: Vec<Leave>,
    skills: Vec<Skill>,
    people: Vec<PersonId>,
    off: BTreeSet<Date>,
    cover: Option<(Time, Time)>,
    rest: i64,
    days: i64,
}

impl Case {
    fn new(people: i64, days: i64, shifts: Vec<Shift>) -> Self {
        let off = (0..days).map(day).filter(|d| d.weekday().to_monday_zero_offset() > 4).collect();
        Self {
            shifts,
            turns: Vec::new(),
            leaves: Vec::new(),
            skills: Vec::new(),
            people: (1..=people).map(PersonId).collect(),
            off,
            cover: None,
            rest: REST_MINUTES,
            days,
        }
    }

    fn findings(&self) -> Vec<Finding> {
        let people = self.people.iter().copied().collect();
        let zone = zone();
        findings(&Plan {
            from: FIRST,
            until: day(self.days - 1),
            shifts: &self.shifts,
            turns: &self.turns,
            leaves: &self.leaves,
            skills: &self.skills,
            people: &people,
            off: &self.off,
            cover: self.cover,
            rest_minutes: self.rest,
            zone: &zone,
        })
    }

    fn propose(&self, rhythm: Rhythm) -> Vec<Proposed> {
        let zone = zone();
        propose(&Wanted {
            from: FIRST,
            until: day(self.days - 1),
            shifts: &self.shifts,
            people: &self.people,
            rhythm,
            turns: &self.turns,
            leaves: &self.leaves,
            skills: &self.skills,
            off: &self.off,
            rest_minutes: self.rest,
            zone: &zone,
        })
    }

    /// The same desk with what was proposed on its roster.
    fn with(&self, proposed: &[Proposed]) -> Self {
        let mut case = self.clone();
        for (id, one) in (1000..).zip(proposed) {
            let shift = self.shifts.iter().find(|shift| shift.id == one.shift).unwrap();
            let mut turn = turn(id, shift, 0, one.person.get());
            (turn.day, turn.span) = (one.day, one.span);
            case.turns.push(turn);
        }
        case
    }

    fn counts(&self, proposed: &[Proposed]) -> Vec<i64> {
        let mut counts: BTreeMap<PersonId, i64> = self.people.iter().map(|person| (*person, 0)).collect();
        for one in proposed {
            *counts.get_mut(&one.person).unwrap() += 1;
        }
        counts.into_values().collect()
    }
}

fn words(findings: &[Finding]) -> Vec<(&'static str, Option<i64>)> {
    findings.iter().map(|f| (f.what.as_str(), f.person.map(PersonId::get))).collect()
}

#[test]
fn each_fault_is_named_with_its_day_shift_and_person() {
    let (mut early, late) = (shift(1, 8, 8, 2), shift(2, 16, 6, 1));
    early.skill = "热线".to_owned();
    let mut case = Case::new(3, 1, vec![early.clone(), late.clone()]);
    case.skills = vec![skill(1, "热线"), Skill { until: Some(day(-1)), ..skill(2, "热线") }];
    case.turns = vec![turn(1, &early, 0, 1), turn(2, &early, 0, 2), turn(3, &late, 0, 3)];
    case.leaves = vec![leave(3, 0, 1), Leave { state: Asked::Open, ..leave(1, 0, 1) }];
    // The training of one has run out, another is on leave: neither counts.
    assert_eq!(
        words(&case.findings()),
        [("too_few", None), ("untrained", Some(2)), ("too_few", None), ("on_leave", Some(3))]
    );
    let few = case.findings().into_iter().find(|f| f.shift == Some(late.id) && f.person.is_none()).unwrap();
    assert_eq!(few.what, What::TooFew { have: 0, need: 1 });
    assert_eq!(few.what.severity(), Severity::Serious);
}

#[test]
fn nobody_is_in_two_places_and_the_next_day_counts_too() {
    let (night, morning) = (shift(1, 22, 10, 1), shift(2, 7, 8, 1));
    let mut case = Case::new(2, 2, vec![night.clone(), morning.clone()]);
    case.turns = vec![turn(1, &night, 0, 1), turn(2, &morning, 1, 1), turn(3, &morning, 0, 2), turn(4, &night, 1, 2)];
    let found = case.findings();
    assert_eq!(words(&found), [("overlap", Some(1)), ("overlap", Some(1))]);
    assert!(found.iter().all(|f| f.what.severity() == Severity::Impossible));
    assert_eq!(overlap(&case.turns, PersonId(1), case.turns[1].span).map(|t| t.id), Some(TurnId(1)));
    // One who did not come is nowhere.
    case.turns[0].absent = true;
    assert_eq!(words(&case.findings()), [("too_few", None)]);
}

#[test]
fn touching_turns_do_not_overlap_but_leave_no_rest() {
    let (day_shift, night) = (shift(1, 8, 14, 1), shift(2, 22, 10, 1));
    let mut case = Case::new(2, 1, vec![day_shift.clone(), night.clone()]);
    case.turns = vec![turn(1, &day_shift, 0, 1), turn(2, &night, 0, 1)];
    let found = case.findings();
    assert_eq!(found.iter().map(|f| f.what).collect::<Vec<_>>(), [What::ShortRest { minutes: 0 }]);
    assert_eq!(found[0].what.severity(), Severity::Notice);
    case.rest = 0;
    assert_eq!(case.findings(), []);
}

#[test]
fn the_hours_in_which_somebody_has_to_be_there_are_covered_or_named() {
    let (early, late) = (shift(1, 8, 6, 1), shift(2, 15, 7, 1));
    let mut case = Case::new(2, 1, vec![early.clone(), late.clone()]);
    case.turns = vec![turn(1, &early, 0, 1), turn(2, &late, 0, 2)];
    let gap = |case: &Case| -> Vec<i64> {
        let hours = |span: Span| (span.to.as_second() - span.from.as_second()) / 3600;
        let gaps = case.findings().into_iter().filter_map(|f| match f.what {
            What::Gap { span } => Some(hours(span)),
            _ => None,
        });
        gaps.collect()
    };
    assert_eq!(gap(&case), [0; 0]);
    case.cover = Some((wall_time("08:00").unwrap(), wall_time("22:00").unwrap()));
    assert_eq!(gap(&case), [1]);
    // 24 hours (T14): before eight, the hour at noon, after ten.
    case.cover = Some((Time::midnight(), Time::midnight()));
    assert_eq!(gap(&case), [8, 1, 2]);
    // Whoever is on leave covers nothing.
    case.leaves = vec![leave(2, 0, 1)];
    assert_eq!(gap(&case), [8, 10]);
}

#[test]
fn a_holiday_shift_is_held_on_days_off_only() {
    let holiday = Shift { held: Held::DaysOff, ..shift(1, 9, 8, 1) };
    let mut case = Case::new(4, 7, vec![holiday.clone()]);
    let proposed = case.propose(Rhythm::Daily);
    assert_eq!(proposed.iter().map(|one| one.day).collect::<Vec<_>>(), [day(5), day(6)]);
    case.turns = vec![turn(1, &holiday, 0, 1)];
    assert_eq!(words(&case.findings()), [("not_held", Some(1)), ("too_few", None), ("too_few", None)]);
}

#[test]
fn a_week_keeps_its_people() {
    let case = Case::new(6, 14, vec![shift(1, 8, 8, 2)]);
    let proposed = case.propose(Rhythm::Weekly);
    let crew = |from: i64| -> BTreeSet<PersonId> {
        proposed.iter().filter(|o| o.day >= day(from) && o.day < day(from + 7)).map(|o| o.person).collect()
    };
    assert_eq!((crew(0).len(), crew(7).len()), (2, 2));
    assert!(crew(0).is_disjoint(&crew(7)));
    assert_eq!(case.with(&proposed).findings(), []);
}

#[test]
fn the_rotation_goes_on_where_the_month_before_ended() {
    let shift = shift(1, 8, 8, 1);
    let mut case = Case::new(3, 3, vec![shift.clone()]);
    case.turns = vec![turn(1, &shift, -2, 1), turn(2, &shift, -1, 2)];
    let order: Vec<i64> = case.propose(Rhythm::Daily).iter().map(|one| one.person.get()).collect();
    assert_eq!(order, [3, 1, 2]);
}

#[test]
fn whoever_alone_can_do_it_is_kept_for_it() {
    let plain = shift(1, 8, 8, 1);
    let trained = Shift { skill: "抢修".to_owned(), ..shift(2, 8, 8, 1) };
    let mut case = Case::new(2, 5, vec![plain, trained.clone()]);
    case.skills = vec![skill(1, "抢修")];
    let proposed = case.propose(Rhythm::Daily);
    assert_eq!(proposed.len(), 10);
    assert!(proposed.iter().all(|one| (one.shift == trained.id) == (one.person == PersonId(1))));
}

fn shifts_of(choice: u8, least: [i64; 3]) -> Vec<Shift> {
    match choice % 5 {
        0 => vec![shift(1, 8, 14, least[0])],
        1 => vec![shift(1, 8, 8, least[0]), shift(2, 16, 6, least[1])],
        2 => vec![shift(1, 0, 8, least[0]), shift(2, 8, 8, least[1]), shift(3, 16, 8, least[2])],
        3 => vec![shift(1, 8, 0, least[0])],
        _ => vec![shift(1, 8, 14, least[0]), Shift { held: Held::DaysOff, ..shift(2, 22, 10, least[1]) }],
    }
}

prop_compose! {
    fn case()(
        choice in 0u8..5, least in [1i64..3, 1i64..3, 1i64..3], people in 1i64..14, days in 1i64..40, rest in 0i64..1000,
        leaves in proptest::collection::vec((1i64..14, -2i64..40, 1i64..12), 0..8),
        trained in proptest::collection::vec(1i64..14, 0..14), skilled in 0i64..4,
        stood in proptest::collection::vec((0usize..3, 0i64..40, 1i64..14), 0..6),
    ) -> Case {
        let mut case = Case::new(people, days, shifts_of(choice, least));
        case.rest = rest;
        case.leaves = leaves.into_iter().filter(|(p, ..)| *p <= people).map(|(p, from, n)| leave(p, from, n)).collect();
        if skilled == 0 {
            case.shifts[0].skill = "热线".to_owned();
            case.skills = trained.into_iter().map(|p| skill(p, "热线")).collect();
        }
        for (id, (which, offset, person)) in (1i64..).zip(stood) {
            let shift = case.shifts[which % case.shifts.len()].clone();
            let turn = turn(id, &shift, offset % days, 1 + person % people);
            if overlap(&case.turns, turn.person, turn.span).is_none() {
                case.turns.push(turn);
            }
        }
        case
    }
}

proptest! {
    /// Whatever is wished for: nobody on leave, untrained or in two places is ever put anywhere, and no place is filled twice.
    #[test]
    fn the_rotation_never_proposes_what_cannot_be(case in case(), weekly in any::<bool>()) {
        let proposed = case.propose(if weekly { Rhythm::Weekly } else { Rhythm::Daily });
        let mut standing = case.turns.clone();
        for one in &proposed {
            let shift = case.shifts.iter().find(|shift| shift.id == one.shift).unwrap();
            prop_assert!(!is_on_leave(&case.leaves, one.person, one.span));
            prop_assert!(is_trained(&case.skills, one.person, shift, one.day));
            prop_assert!(overlap(&standing, one.person, one.span).is_none());
            let mut turn = turn(0, shift, 0, one.person.get());
            (turn.day, turn.span) = (one.day, one.span);
            standing.push(turn);
        }
        let found = case.with(&proposed).findings();
        let bad = |f: &&Finding| matches!(f.what, What::Overlap { .. });
        prop_assert_eq!(found.iter().find(bad), None);
    }

    /// Where enough people could stand, every shift has its least number.
    #[test]
    fn the_least_number_is_met_when_people_suffice(case in case()) {
        let proposed = case.propose(Rhythm::Daily);
        let filled = case.with(&proposed);
        let wanted: i64 = case.shifts.iter().map(|shift| shift.least).sum();
        for finding in filled.findings() {
            let (What::TooFew { .. }, Some(id)) = (finding.what, finding.shift) else { continue };
            let shift = case.shifts.iter().find(|shift| shift.id == id).unwrap();
            let span = shift.span(finding.day, &zone()).unwrap();
            // Three days' places can at most be in the way of one.
            let able = case.people.iter().filter(|person| {
                is_trained(&case.skills, **person, shift, finding.day) && !is_on_leave(&case.leaves, **person, span)
            });
            let hand = case.turns.len() as i64;
            prop_assert!((able.count() as i64) < 3 * wanted + hand, "{finding:?}");
        }
    }

    /// Without leave, training and what stands already, nobody has two turns more than another.
    #[test]
    fn turns_are_shared_out_evenly(
        choice in 0u8..5, least in [1i64..3, 1i64..3, 1i64..3], more in 0i64..8, days in 1i64..60, rest in 0i64..1440,
    ) {
        let shifts = shifts_of(choice, least);
        let places: i64 = shifts.iter().map(|shift| shift.least).sum();
        let mut case = Case::new(3 * places + more, days, shifts);
        case.rest = rest;
        let proposed = case.propose(Rhythm::Daily);
        let counts = case.counts(&proposed);
        let (most, fewest) = (counts.iter().max().unwrap(), counts.iter().min().unwrap());
        prop_assert!(most - fewest <= 1, "{counts:?}");
        prop_assert_eq!(case.with(&proposed).findings(), vec![]);
    }

    /// The check's overlaps are exactly the pairs that a look at every pair finds.
    #[test]
    fn overlaps_are_found_all_and_only(turns in proptest::collection::vec((0usize..3, 0i64..6, 1i64..4, any::<bool>()), 0..14)) {
        let shifts = vec![shift(1, 8, 14, 1), shift(2, 22, 10, 1), shift(3, 20, 0, 1)];
        let mut case = Case::new(3, 6, shifts.clone());
        case.turns = (1..)
            .zip(turns)
            .map(|(id, (which, offset, person, absent))| Turn { absent, ..turn(id, &shifts[which], offset, person) })
            .collect();
        let mut by_hand = 0;
        for (i, one) in case.turns.iter().enumerate() {
            for other in &case.turns[i + 1..] {
                let same = one.person == other.person && !one.absent && !other.absent;
                by_hand += 2 * usize::from(same && one.span.meets(other.span));
            }
        }
        let found = case.findings();
        prop_assert_eq!(found.iter().filter(|f| matches!(f.what, What::Overlap { .. })).count(), by_hand);
    }

    /// A gap is an hour in which nobody is there, looked at hour by hour.
    #[test]
    fn gaps_are_what_nobody_covers(spans in proptest::collection::vec((0i64..48, 1i64..12), 0..8), from in 0i64..24, length in 1i64..30) {
        let at = |hours: i64| Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hours);
        let mut there: Vec<Span> = spans.iter().map(|(from, n)| Span { from: at(*from), to: at(from + n) }).collect();
        there.sort_unstable();
        let gaps = uncovered(Span { from: at(from), to: at(from + length) }, &there);
        for hour in from..from + length {
            let covered = there.iter().any(|span| span.holds(at(hour)));
            prop_assert_eq!(gaps.iter().any(|gap| gap.holds(at(hour))), !covered, "hour {}", hour);
        }
        for pair in gaps.windows(2) {
            prop_assert!(pair[0].to < pair[1].from);
        }
    }
}

#[test]
fn days_go_from_one_to_the_other_with_both() {
    assert_eq!(days(day(0), day(2)).count(), 3);
    assert_eq!(days(day(1), day(0)).count(), 0);
}
