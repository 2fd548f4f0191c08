//! Who is on duty, when they are back, signing in and out, and standing in.

use jiff::Timestamp;
use yingda_app::duty::now::Basis;
use yingda_app::duty::presence;
use yingda_app::duty::signing::AbsenceText;
use yingda_core::duty::{Origin, Presence};
use yingda_core::{Actor, PersonId, Refusal};
use yingda_testkit::Desk;
use yingda_testkit::desk::on_both;

use super::{crew, on_duty, publish, published, put, shift, shift_text, version_of};
use crate::cast::{at, faults, member, refusal};

async fn where_is(desk: &Desk, who: &Actor, when: Timestamp) -> Presence {
    let mut read = desk.store().read().await.unwrap();
    presence(&desk.app, &mut read, who.person, when).await.unwrap()
}

#[test]
fn without_a_roster_the_offices_hours_are_duty_for_everybody() {
    on_both(async |desk| {
        let crew = crew(&desk).await;
        let all: Vec<PersonId> = [&crew.chief, &crew.one, &crew.two, &crew.three].map(|who| who.person).to_vec();
        assert_eq!(on_duty(&desk, &crew).await, all);
        assert_eq!(where_is(&desk, &crew.one, at("02 11:59")).await, Presence::OnDuty);
        let noon = Presence::OffDuty { back: Some(at("02 13:30")) };
        assert_eq!(where_is(&desk, &crew.one, at("02 12:00")).await, noon);
        let weekend = Presence::OffDuty { back: Some(at("09 09:00")) };
        assert_eq!(where_is(&desk, &crew.one, at("07 10:00")).await, weekend);
        desk.clock.set("2026-11-06T20:00:00+08:00");
        let now = desk.duty_now(&desk.ctx(), &crew.one, crew.department()).await.unwrap();
        assert_eq!((now.basis, now.people.len(), now.opens), (Basis::Office, 0, Some(at("09 09:00"))));
        let leave = yingda_app::duty::leave::LeaveText {
            person: Some(crew.one.person),
            from: "2026-11-09".into(),
            to: "2026-11-10 12:00".into(),
            ..Default::default()
        };
        desk.ask_leave(&desk.ctx(), &crew.chief, leave).await.unwrap();
        let away = Presence::OnLeave { back: Some(at("10 13:30")) };
        assert_eq!(where_is(&desk, &crew.one, at("09 10:00")).await, away);
        // Before it begins he is not back before it ends.
        let before = Presence::OffDuty { back: Some(at("10 13:30")) };
        assert_eq!(where_is(&desk, &crew.one, at("07 10:00")).await, before);
        let gone = Actor { person: PersonId(1), ..crew.one };
        assert_eq!(where_is(&desk, &gone, at("02 10:00")).await, Presence::OffDuty { back: None });
    });
}

#[test]
fn a_published_roster_decides_over_midnight_too() {
    on_both(async |desk| {
        let crew = crew(&desk).await;
        published(&desk, &crew).await;
        assert_eq!(on_duty(&desk, &crew).await, [crew.one.person]);
        let tonight = Presence::OffDuty { back: Some(at("02 22:00")) };
        assert_eq!(where_is(&desk, &crew.three, at("02 10:00")).await, tonight);
        assert_eq!(where_is(&desk, &crew.three, at("03 07:59")).await, Presence::OnDuty);
        assert_eq!(where_is(&desk, &crew.three, at("03 08:00")).await, Presence::OffDuty { back: None });
        assert_eq!(where_is(&desk, &crew.two, at("03 08:00")).await, Presence::OnDuty);
        // The head has no turn at all.
        assert_eq!(where_is(&desk, &crew.chief, at("02 10:00")).await, Presence::OffDuty { back: None });
        desk.clock.set("2026-11-03T22:30:00+08:00");
        let now = desk.duty_now(&desk.ctx(), &crew.one, crew.department()).await.unwrap();
        assert_eq!((now.basis, now.people.len(), now.opens), (Basis::Roster, 0, None));
    });
}

#[test]
fn signing_in_is_for_ones_own_turn_in_its_time_and_tells_lateness() {
    on_both(async |desk| {
        let crew = crew(&desk).await;
        let days = shift(&desk, &crew, shift_text("day", "10:00", "18:00")).await;
        let turn = put(&desk, &crew, days, 2, &crew.one).await;
        let tomorrow = put(&desk, &crew, days, 3, &crew.one).await;
        let sign = async |who: &Actor, turn| desk.begin_turn(&desk.ctx(), who, turn).await;
        assert_eq!(refusal(sign(&crew.one, turn).await), Refusal::NotFound, "only planned");
        publish(&desk, &crew).await;
        assert_eq!(refusal(sign(&crew.two, turn).await), Refusal::NotFound);
        assert_eq!(refusal(sign(&crew.one, tomorrow).await), Refusal::TooEarly);
        assert_eq!(refusal(desk.end_turn(&desk.ctx(), &crew.one, turn).await), Refusal::DutySettled);
        desk.clock.set("2026-11-02T10:07:30+08:00");
        let mine = desk.my_duty(&desk.ctx(), &crew.one).await.unwrap();
        assert_eq!((mine.now.len(), mine.coming.len(), mine.presence), (1, 1, Presence::OnDuty));
        sign(&crew.one, turn).await.unwrap();
        sign(&crew.one, turn).await.unwrap();
        let kept = desk.my_duty(&desk.ctx(), &crew.one).await.unwrap().now.remove(0);
        assert_eq!(kept.late_seconds(), Some(450));
        let changed = desk.remove_turn(&desk.ctx(), &crew.chief, turn, kept.version).await;
        assert_eq!(refusal(changed), Refusal::DutySettled);
        desk.clock.set("2026-11-02T17:00:00+08:00");
        desk.end_turn(&desk.ctx(), &crew.one, turn).await.unwrap();
        let kept = desk.my_duty(&desk.ctx(), &crew.one).await.unwrap().now.remove(0);
        assert_eq!(kept.early_seconds(), Some(3600));
        assert!(on_duty(&desk, &crew).await.is_empty(), "signed out");
        desk.clock.set("2026-11-03T18:00:00+08:00");
        assert_eq!(refusal(sign(&crew.one, tomorrow).await), Refusal::DutySettled);
    });
}

#[test]
fn somebody_stands_in_for_whoever_does_not_come() {
    on_both(async |desk| {
        let crew = crew(&desk).await;
        published(&desk, &crew).await;
        let turn = desk.my_duty(&desk.ctx(), &crew.one).await.unwrap().now[0].id;
        let mark = async |who: &Actor, replacement: Option<&Actor>, seen| {
            let text = AbsenceText { replacement: replacement.map(|r| r.person), reason: "生病".into() };
            desk.mark_absent(&desk.ctx(), who, turn, text, seen).await
        };
        let seen = version_of(&desk, &crew, turn).await;
        assert_eq!(refusal(mark(&crew.two, None, seen).await), Refusal::NotAllowed);
        let stranger = member(&desk, "赵磊", "technology").await;
        assert_eq!(faults(mark(&crew.chief, Some(&stranger), seen).await), ["replacement: other-department"]);
        assert_eq!(refusal(mark(&crew.chief, Some(&crew.two), 9).await), Refusal::Stale { current: seen });
        let stand_in = mark(&crew.chief, Some(&crew.two), seen).await.unwrap().unwrap();
        assert_eq!(refusal(mark(&crew.chief, None, seen + 1).await), Refusal::DutySettled);
        assert_eq!(on_duty(&desk, &crew).await, [crew.two.person]);
        assert_eq!(refusal(desk.begin_turn(&desk.ctx(), &crew.one, turn).await), Refusal::DutySettled);
        desk.begin_turn(&desk.ctx(), &crew.two, stand_in).await.unwrap();
        let kept = desk.my_duty(&desk.ctx(), &crew.two).await.unwrap().now.remove(0);
        assert_eq!((kept.origin, kept.replaces, kept.late_seconds()), (Origin::Replacement, Some(turn), Some(0)));
    });
}
