//! Leave and swaps: asked, agreed, approved; and what they change.

use yingda_app::Once;
use yingda_app::duty::leave::{LeaveText, Verdict};
use yingda_app::duty::swaps::SwapText;
use yingda_core::duty::{Asked, Origin};
use yingda_core::{Actor, Refusal, TurnId};
use yingda_testkit::desk::on_both;

use super::{crew, on_duty, publish, published, put, shift, shift_text};
use crate::cast::{at, faults, head, refusal};

fn leave(from: &str, to: &str) -> LeaveText {
    LeaveText { from: from.into(), to: to.into(), reason: "回家".into(), ..LeaveText::default() }
}

#[test]
fn leave_is_asked_for_and_approved_by_somebody_else() {
    on_both(async |desk| {
        let crew = crew(&desk).await;
        published(&desk, &crew).await;
        let ask = async |who: &Actor, text| desk.ask_leave(&desk.ctx(), who, text).await;
        assert_eq!(faults(ask(&crew.one, leave("", "明天")).await), ["from: missing", "to: bad-date"]);
        assert_eq!(faults(ask(&crew.one, leave("2026-11-03", "2026-11-02")).await), ["to: ends-before-it-begins"]);
        assert_eq!(faults(ask(&crew.one, leave("2026-11-03", "2028-11-02")).await), ["to: too-far"]);
        let for_another = LeaveText { person: Some(crew.two.person), ..leave("2026-11-02", "2026-11-02") };
        assert_eq!(refusal(ask(&crew.one, for_another).await), Refusal::NotAllowed);

        let once = || Once::keyed(Some("k"), &["leave"]);
        let id = ask(&crew.one, LeaveText { once: once(), ..leave("2026-11-02", "2026-11-02") }).await.unwrap();
        assert_eq!(ask(&crew.one, LeaveText { once: once(), ..leave("2026-11-02", "2026-11-02") }).await.unwrap(), id);
        // Asked for is not had.
        assert_eq!(on_duty(&desk, &crew).await, [crew.one.person]);
        let views = desk.leaves(&desk.ctx(), &crew.chief, crew.department()).await.unwrap();
        assert_eq!((views.len(), views[0].turns.len(), views[0].may_decide), (1, 1, true));
        assert_eq!(views[0].leave.span.to, at("03 00:00"));
        assert!(desk.leaves(&desk.ctx(), &crew.two, crew.department()).await.unwrap().is_empty());
        let decide = async |who: &Actor, verdict, seen| desk.decide_leave(&desk.ctx(), who, id, verdict, seen).await;
        assert_eq!(refusal(decide(&crew.one, Verdict::Yes, 1).await), Refusal::NotAllowed);
        let other = head(&desk, "赵磊", "technology").await;
        assert_eq!(refusal(decide(&other, Verdict::Yes, 1).await), Refusal::NotFound);
        assert_eq!(refusal(decide(&crew.chief, Verdict::Yes, 7).await), Refusal::Stale { current: 1 });
        decide(&crew.chief, Verdict::Yes, 1).await.unwrap();
        assert_eq!(refusal(decide(&crew.chief, Verdict::No, 2).await), Refusal::DutySettled);
        assert!(on_duty(&desk, &crew).await.is_empty());
        let roster = desk.roster(&crew.chief, crew.department(), super::day(1)).await.unwrap();
        assert!(roster.findings.iter().any(|f| f.what.as_str() == "on_leave" && f.person == Some(crew.one.person)));
        // Taken back in the middle: it ends now, and he is on duty again.
        desk.clock.hours(1);
        desk.withdraw_leave(&desk.ctx(), &crew.one, id, 2).await.unwrap();
        assert_eq!(on_duty(&desk, &crew).await, [crew.one.person]);
        assert_eq!(refusal(desk.withdraw_leave(&desk.ctx(), &crew.one, id, 3).await), Refusal::DutySettled);

        // Recorded for another by those who make the roster: it holds at once.
        let sick = LeaveText { person: Some(crew.three.person), ..leave("2026-11-02 20:00", "2026-11-03 06:00") };
        let id = ask(&crew.chief, sick).await.unwrap();
        let views = desk.leaves(&desk.ctx(), &crew.chief, crew.department()).await.unwrap();
        assert_eq!(views.iter().find(|view| view.leave.id == id).unwrap().leave.state, Asked::Approved);
        // The only one who leads decides about his own; where there are two, the other does.
        let own = ask(&crew.chief, leave("2026-11-09", "2026-11-10")).await.unwrap();
        let second = head(&desk, "钱进", "after_sales").await;
        let decided = desk.decide_leave(&desk.ctx(), &crew.chief, own, Verdict::Yes, 1).await;
        assert_eq!(refusal(decided), Refusal::NotAllowed);
        desk.decide_leave(&desk.ctx(), &second, own, Verdict::No, 1).await.unwrap();
    });
}

#[test]
fn a_swap_is_asked_by_one_agreed_by_the_other_and_approved_by_a_lead() {
    on_both(async |desk| {
        let crew = crew(&desk).await;
        let days = shift(&desk, &crew, shift_text("day", "08:00", "22:00")).await;
        let mine = put(&desk, &crew, days, 4, &crew.one).await;
        let theirs = put(&desk, &crew, days, 5, &crew.two).await;
        let begun = put(&desk, &crew, days, 2, &crew.one).await;
        publish(&desk, &crew).await;
        let text = |turn: TurnId, other: Option<TurnId>| SwapText {
            turn,
            to: crew.two.person,
            other,
            reason: "家里有事".into(),
            once: Once::unkeyed(),
        };
        let ask = async |who: &Actor, text| desk.ask_swap(&desk.ctx(), who, text).await;
        assert_eq!(faults(ask(&crew.one, text(begun, None)).await), ["turn: not-an-option"]);
        assert_eq!(faults(ask(&crew.three, text(mine, None)).await), ["turn: not-an-option"]);
        assert_eq!(faults(ask(&crew.one, text(mine, Some(begun))).await), ["other: not-an-option"]);
        let id = ask(&crew.one, text(mine, Some(theirs))).await.unwrap();
        assert_eq!(refusal(ask(&crew.one, text(mine, None)).await), Refusal::Taken { field: "turn".into() });

        let answer = async |who: &Actor, seen| desk.answer_swap(&desk.ctx(), who, id, Verdict::Yes, seen).await;
        let decide = async |who: &Actor, seen| desk.decide_swap(&desk.ctx(), who, id, Verdict::Yes, seen).await;
        assert_eq!(refusal(decide(&crew.chief, 1).await), Refusal::DutySettled, "the other has not agreed");
        assert_eq!(refusal(answer(&crew.three, 1).await), Refusal::NotFound);
        assert_eq!(refusal(answer(&crew.one, 1).await), Refusal::NotAllowed);
        let waiting = desk.my_duty(&desk.ctx(), &crew.two).await.unwrap().swaps;
        assert!(waiting.len() == 1 && waiting[0].may_answer && !waiting[0].may_decide);
        answer(&crew.two, 1).await.unwrap();
        assert_eq!(refusal(decide(&crew.two, 2).await), Refusal::NotAllowed);
        decide(&crew.chief, 2).await.unwrap();
        assert_eq!(refusal(decide(&crew.chief, 3).await), Refusal::DutySettled);
        let turns = desk.roster(&crew.chief, crew.department(), super::day(1)).await.unwrap().turns;
        let holder = |id: TurnId| turns.iter().find(|turn| turn.id == id).map(|t| (t.person, t.origin)).unwrap();
        assert_eq!(holder(mine), (crew.two.person, Origin::Swap));
        assert_eq!(holder(theirs), (crew.one.person, Origin::Swap));
        for who in [&crew.one, &crew.two] {
            let lines = desk.duty_history(who, crew.department(), None, 50).await.unwrap();
            let kinds: Vec<&str> = lines.iter().map(|line| line.kind.as_str()).collect();
            assert_eq!(&kinds[..3], ["swap-approved", "swap-agreed", "swap-asked"], "{}", who.name);
        }
        assert!(desk.swaps(&desk.ctx(), &crew.chief, crew.department()).await.unwrap().is_empty());
    });
}

#[test]
fn a_swap_that_cannot_be_any_more_is_not_approved() {
    on_both(async |desk| {
        let crew = crew(&desk).await;
        let days = shift(&desk, &crew, shift_text("day", "08:00", "22:00")).await;
        let mine = put(&desk, &crew, days, 4, &crew.one).await;
        publish(&desk, &crew).await;
        let text =
            SwapText { turn: mine, to: crew.two.person, other: None, reason: String::new(), once: Once::unkeyed() };
        let id = desk.ask_swap(&desk.ctx(), &crew.one, text.clone()).await.unwrap();
        desk.withdraw_swap(&desk.ctx(), &crew.one, id, 1).await.unwrap();
        let id = desk.ask_swap(&desk.ctx(), &crew.one, text.clone()).await.unwrap();
        desk.answer_swap(&desk.ctx(), &crew.two, id, Verdict::Yes, 1).await.unwrap();
        // Meanwhile the other is put somewhere else at that time.
        let late = shift(&desk, &crew, shift_text("late", "20:00", "23:00")).await;
        put(&desk, &crew, late, 4, &crew.two).await;
        let decided = desk.decide_swap(&desk.ctx(), &crew.chief, id, Verdict::Yes, 2).await;
        assert!(matches!(refusal(decided), Refusal::TurnsOverlap { .. }));
        // Or the day comes.
        desk.clock.set("2026-11-04T08:00:00+08:00");
        let decided = desk.decide_swap(&desk.ctx(), &crew.chief, id, Verdict::Yes, 2).await;
        assert_eq!(refusal(decided), Refusal::DutySettled);
        desk.decide_swap(&desk.ctx(), &crew.chief, id, Verdict::No, 2).await.unwrap();
    });
}
