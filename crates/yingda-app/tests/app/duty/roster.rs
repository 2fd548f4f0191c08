//! Making a roster: shifts as data, two places at once refused, the rest told ahead, rotation, publishing, and who sees what.

use yingda_app::duty::planning::{Place, Propose};
use yingda_app::duty::setup::{RuleText, ShiftText, SkillText};
use yingda_core::duty::check::What;
use yingda_core::duty::rotate::Rhythm;
use yingda_core::duty::{Held, Origin, TurnState};
use yingda_core::{Refusal, Role};
use yingda_testkit::desk::on_both;

use super::{assigning, crew, day, publish, published, put, rule, shift, shift_text, version_of};
use crate::cast::{agent, faults, head, member, refusal, supervisor};

#[test]
fn shifts_are_data_and_bad_ones_are_refused_field_by_field() {
    on_both(async |desk| {
        let crew = crew(&desk).await;
        let add = async |text: ShiftText| desk.add_shift(&desk.ctx(), &crew.chief, crew.department(), text).await;
        assert_eq!(
            faults(add(ShiftText::default()).await),
            ["code: missing", "name: missing", "from: missing", "to: missing"]
        );
        let odd = ShiftText { least: "0".into(), ..shift_text("日", "25:00", "8") };
        assert_eq!(
            faults(add(odd).await),
            ["code: bad-code-word", "from: bad-time", "to: bad-time", "least: too-small"]
        );
        let least = ShiftText { least: String::new(), ..shift_text("day", "08:00", "24:00") };
        add(least.clone()).await.unwrap();
        assert_eq!(refusal(add(least).await), Refusal::Taken { field: "shift".into() });
        let setup = desk.duty_setup(&crew.one, crew.department()).await.unwrap();
        assert_eq!((setup.shifts[0].least, setup.may_manage, setup.rule.version), (2, false, 0));
        let edit = ShiftText { active: false, ..shift_text("day", "09:00", "09:00") };
        let id = setup.shifts[0].id;
        desk.edit_shift(&desk.ctx(), &crew.chief, id, edit.clone(), 1).await.unwrap();
        let stale = desk.edit_shift(&desk.ctx(), &crew.chief, id, edit, 1).await;
        assert_eq!(refusal(stale), Refusal::Stale { current: 2 });
    });
}

#[test]
fn rosters_are_made_by_those_who_lead_and_seen_by_their_own() {
    on_both(async |desk| {
        let crew = crew(&desk).await;
        let (days, _) = published(&desk, &crew).await;
        let (agent, lead) = (agent(&desk).await, supervisor(&desk).await);
        let stranger = head(&desk, "赵磊", "technology").await;
        let admin = desk.person("管理员", "service-center", [Role::Administrator]).await;
        let look = async |who| desk.roster(who, crew.department(), day(9)).await;
        assert_eq!(refusal(look(&stranger).await), Refusal::NotFound);
        assert_eq!(refusal(desk.duty_now(&desk.ctx(), &stranger, crew.department()).await), Refusal::NotFound);
        for (who, manages) in [(&crew.one, false), (&agent, false), (&lead, false), (&crew.chief, true), (&admin, true)]
        {
            assert_eq!(look(who).await.unwrap().may_manage, manages, "{}", who.name);
        }
        // What is only planned is between those who plan.
        let place = Place { shift: days, day: day(20), person: crew.three.person };
        for who in [&crew.one, &lead] {
            assert_eq!(refusal(desk.plan_turn(&desk.ctx(), who, place).await), Refusal::NotAllowed);
        }
        assert_eq!(refusal(desk.plan_turn(&desk.ctx(), &stranger, place).await), Refusal::NotFound);
        let december = Place { day: jiff::civil::date(2026, 12, 1), ..place };
        desk.plan_turn(&desk.ctx(), &crew.chief, december).await.unwrap();
        let seen = async |who| desk.roster(who, crew.department(), december.day).await.unwrap().turns.len();
        assert_eq!((seen(&crew.chief).await, seen(&crew.three).await), (1, 0));
        // A turn put into a published month is published with it.
        let id = desk.plan_turn(&desk.ctx(), &crew.chief, place).await.unwrap();
        let turns = look(&crew.three).await.unwrap().turns;
        assert_eq!(turns.iter().find(|turn| turn.id == id).unwrap().state, TurnState::Published);
        let lines = desk.duty_history(&crew.three, crew.department(), None, 50).await.unwrap();
        assert!(!lines.is_empty() && lines.iter().all(|line| line.person == Some(crew.three.person)));
    });
}

#[test]
fn one_person_in_two_places_is_refused_with_a_sentence() {
    on_both(async |desk| {
        let crew = crew(&desk).await;
        let (days, nights) = published(&desk, &crew).await;
        let late = shift(&desk, &crew, shift_text("late", "21:00", "23:00")).await;
        let early = shift(&desk, &crew, shift_text("early", "06:00", "12:00")).await;
        let place = async |shift, on, who: &yingda_core::Actor| {
            desk.plan_turn(&desk.ctx(), &crew.chief, Place { shift, day: day(on), person: who.person }).await
        };
        let overlap = Refusal::TurnsOverlap { person: "张伟".into(), day: "2026-11-02".into(), shift: "day".into() };
        assert_eq!(refusal(place(late, 2, &crew.one).await), overlap);
        // Over midnight too: the night of the 2nd ends on the 3rd at eight.
        assert!(matches!(refusal(place(early, 3, &crew.three).await), Refusal::TurnsOverlap { .. }));
        assert_eq!(refusal(place(days, 2, &crew.one).await), overlap);
        // What only touches is let in, and told as too little rest.
        let touching = place(nights, 3, &crew.two).await.unwrap();
        let roster = desk.roster(&crew.chief, crew.department(), day(1)).await.unwrap();
        assert!(
            roster
                .findings
                .iter()
                .any(|f| f.what == What::ShortRest { minutes: 0 } && f.person == Some(crew.two.person))
        );
        // Moved onto another turn of theirs: refused; elsewhere: done, once.
        let moved = async |to: Place, seen| desk.move_turn(&desk.ctx(), &crew.chief, touching, to, seen).await;
        let there = Place { shift: late, day: day(2), person: crew.one.person };
        assert_eq!(refusal(moved(there, 1).await), overlap);
        let there = Place { shift: late, day: day(5), person: crew.one.person };
        moved(there, 1).await.unwrap();
        assert_eq!(refusal(moved(there, 1).await), Refusal::Stale { current: 2 });
        // Nobody from elsewhere, on no day that is none.
        let stranger = member(&desk, "赵磊", "technology").await;
        assert_eq!(faults(place(days, 9, &stranger).await), ["person: other-department"]);
        desk.remove_turn(&desk.ctx(), &crew.chief, touching, 2).await.unwrap();
        assert_eq!(refusal(desk.remove_turn(&desk.ctx(), &crew.chief, touching, 2).await), Refusal::NotFound);
    });
}

#[test]
fn what_is_wrong_is_shown_ahead() {
    on_both(async |desk| {
        let crew = crew(&desk).await;
        let trained = ShiftText { least: "2".into(), skill: "热线".into(), ..shift_text("day", "08:00", "22:00") };
        let days = shift(&desk, &crew, trained).await;
        let cover = RuleText { cover_from: "08:00".into(), cover_to: "22:00".into(), ..assigning("manual") };
        rule(&desk, &crew, cover).await;
        let train = async |text| desk.record_skill(&desk.ctx(), &crew.chief, crew.one.person, text).await;
        let odd =
            SkillText {
                word: "热线".into(), since: "2026-11-02".into(), until: "2026-11-01".into(), note: "".into()
            };
        assert_eq!(faults(train(odd).await), ["until: ends-before-it-begins"]);
        let text = SkillText { word: "热线".into(), until: "2026-11-03".into(), ..SkillText::default() };
        train(text).await.unwrap();
        for on in 2..=4 {
            put(&desk, &crew, days, on, &crew.one).await;
        }
        put(&desk, &crew, days, 2, &crew.two).await;
        publish(&desk, &crew).await;
        let ahead = desk.duty_ahead(&desk.ctx(), &crew.chief, crew.department(), 3).await.unwrap();
        let told: Vec<(i8, &str)> = ahead.iter().map(|f| (f.day.day(), f.what.as_str())).collect();
        // The 4th: his training has run out, so nobody is there; the 5th: nobody at all.
        assert_eq!(
            told,
            [
                (2, "too_few"),
                (2, "untrained"),
                (3, "too_few"),
                (4, "gap"),
                (4, "too_few"),
                (4, "untrained"),
                (5, "gap"),
                (5, "too_few"),
            ]
        );
        assert_eq!(refusal(desk.duty_ahead(&desk.ctx(), &crew.one, crew.department(), 3).await), Refusal::NotAllowed);
        desk.remove_skill(&desk.ctx(), &crew.chief, crew.one.person, "热线").await.unwrap();
        let gone = desk.remove_skill(&desk.ctx(), &crew.chief, crew.one.person, "热线").await;
        assert_eq!(refusal(gone), Refusal::NotFound);
    });
}

#[test]
fn the_rotation_plans_a_month_that_the_lead_then_edits() {
    on_both(async |desk| {
        let crew = crew(&desk).await;
        let days = shift(&desk, &crew, ShiftText { least: "2".into(), ..shift_text("day", "08:00", "22:00") }).await;
        let holiday = ShiftText { held: Held::DaysOff, ..shift_text("holiday", "22:00", "23:00") };
        let holiday = shift(&desk, &crew, holiday).await;
        let by_hand = put(&desk, &crew, days, 10, &crew.one).await;
        let propose = async |wish: Propose| {
            desk.propose_roster(&desk.ctx(), &crew.chief, crew.department(), Propose { month: day(15), ..wish }).await
        };
        // 29 days from today on, two each, one of them put by hand; and the holiday shift of eight days off.
        assert_eq!(propose(Propose::default()).await.unwrap(), 2 * 29 - 1 + 8);
        let roster = desk.roster(&crew.chief, crew.department(), day(1)).await.unwrap();
        assert!(roster.turns.iter().all(|turn| turn.state == TurnState::Planned && turn.day >= day(2)));
        assert!(roster.findings.iter().all(|f| matches!(f.what, What::ShortRest { .. }) || f.day == day(1)));
        assert_eq!(roster.turns.iter().filter(|turn| turn.shift == holiday).count(), 8);
        let count = |who: &yingda_core::Actor| roster.turns.iter().filter(|turn| turn.person == who.person).count();
        let counts = [count(&crew.chief), count(&crew.one), count(&crew.two), count(&crew.three)];
        assert!(counts.iter().max().unwrap() - counts.iter().min().unwrap() <= 1, "{counts:?}");
        // Again, with people of choice: proposals give way, what was put by hand stays.
        let some = Propose {
            shifts: vec![days],
            people: vec![crew.two.person, crew.three.person, crew.two.person],
            rhythm: Rhythm::Weekly,
            ..Propose::default()
        };
        assert_eq!(propose(some).await.unwrap(), 2 * 29 - 1);
        let roster = desk.roster(&crew.chief, crew.department(), day(1)).await.unwrap();
        let kept = roster.turns.iter().find(|turn| turn.id == by_hand).unwrap();
        assert_eq!(kept.origin, Origin::Hand);
        let stranger = member(&desk, "赵磊", "technology").await;
        let strange = Propose { people: vec![stranger.person], ..Propose::default() };
        assert_eq!(faults(propose(strange).await), ["people: other-department"]);
        let past = Propose { month: jiff::civil::date(2026, 10, 1), ..Propose::default() };
        let past = desk.propose_roster(&desk.ctx(), &crew.chief, crew.department(), past).await;
        assert_eq!(faults(past), ["month: over"]);

        assert_eq!(publish(&desk, &crew).await, 2 * 29);
        assert_eq!(publish(&desk, &crew).await, 0);
        // What is published is moved by hand only.
        assert_eq!(propose(Propose::default()).await.unwrap(), 8);
        assert_eq!(desk.clear_plan(&desk.ctx(), &crew.chief, crew.department(), day(3)).await.unwrap(), 8);
        let roster = desk.roster(&crew.two, crew.department(), day(1)).await.unwrap();
        assert_eq!((roster.turns.len(), roster.findings.len()), (58, 0));
        assert_eq!(version_of(&desk, &crew, by_hand).await, 2);
    });
}

#[test]
fn rules_are_checked_and_stale_edits_told() {
    on_both(async |desk| {
        let crew = crew(&desk).await;
        let set = async |text, seen| desk.set_duty_rule(&desk.ctx(), &crew.chief, crew.department(), text, seen).await;
        let odd = RuleText {
            assigning: "lottery".into(),
            after_hours: "department".into(),
            after_department: Some(crew.department()),
            cover_from: "08:00".into(),
            cover_to: String::new(),
            rest_hours: "-1".into(),
        };
        assert_eq!(
            faults(set(odd, 0).await),
            [
                "cover_to: missing",
                "assigning: not-an-option",
                "after_department: unknown-department",
                "rest_hours: too-large-number"
            ]
        );
        set(assigning("round_robin"), 0).await.unwrap();
        assert_eq!(refusal(set(assigning("skill"), 0).await), Refusal::Stale { current: 1 });
        set(RuleText { rest_hours: "11.5".into(), ..assigning("skill") }, 1).await.unwrap();
        let kept = desk.duty_setup(&crew.chief, crew.department()).await.unwrap().rule;
        assert_eq!((kept.rest_minutes, kept.version), (690, 2));
    });
}
