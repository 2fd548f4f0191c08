//! Hand-overs: drawn up by themselves, signed by both sides, what is open follows, the night's log, and nothing changes after.

use yingda_app::duty::handovers::{HandoverText, HandoverView, TicketMark};
use yingda_core::duty::handover::{HandoverState, Remarks};
use yingda_core::{Actor, HandoverId, PersonId, Refusal, TicketId};
use yingda_testkit::Desk;
use yingda_testkit::desk::on_both;

use super::{Crew, crew, day, published, put};
use crate::cast::{agent, assigned, faults, head, refusal};

async fn given(desk: &Desk, agent: &Actor, to: &Actor, priority: &str) -> TicketId {
    let id = assigned(desk, agent, priority).await;
    desk.assign(&desk.ctx(), to, id, Some(to.person), None, None).await.unwrap();
    id
}

async fn look(desk: &Desk, who: &Actor, id: HandoverId) -> HandoverView {
    desk.handover(&desk.ctx(), who, id).await.unwrap()
}

async fn holder(desk: &Desk, agent: &Actor, id: TicketId) -> (Option<PersonId>, PersonId) {
    let ticket = desk.ticket(agent, id).await.unwrap().held.ticket;
    (ticket.assignee, ticket.owner)
}

fn remarks(summary: &str) -> Remarks {
    Remarks {
        key_points: "一号线停机".into(),
        needs: "李工只接电话".into(),
        summary: summary.into(),
        ..Remarks::default()
    }
}

#[test]
fn what_is_open_follows_to_those_who_come_on_when_both_have_signed() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let (agent, crew) = (agent(&desk).await, crew(&desk).await);
        let (days, nights) = published(&desk, &crew).await;
        put(&desk, &crew, nights, 3, &crew.one).await;
        let low = given(&desk, &agent, &crew.one, "低").await;
        let high = given(&desk, &agent, &crew.one, "高").await;
        let stays = given(&desk, &agent, &crew.one, "中").await;
        let draw = async |who: &Actor| desk.draw_up_handover(&desk.ctx(), who, days, day(2)).await;
        assert_eq!(refusal(draw(&crew.two).await), Refusal::NotAllowed, "not on that shift");
        let nobody = desk.draw_up_handover(&desk.ctx(), &crew.one, days, day(9)).await;
        assert_eq!(faults(nobody), ["shift: nobody-on-duty"]);
        desk.clock.set("2026-11-02T19:00:00+08:00");
        let id = draw(&crew.one).await.unwrap();
        assert_eq!(draw(&crew.chief).await.unwrap(), id, "there is one for each shift and day");

        // Drawn up by itself; what is due first comes first.
        let view = look(&desk, &crew.one, id).await;
        let listed: Vec<TicketId> = view.tickets.iter().map(|one| one.ticket).collect();
        assert_eq!(listed, [high, stays, low]);
        assert!(view.tickets.is_sorted_by_key(|one| one.due) && view.tickets.iter().all(|one| !one.step.is_empty()));
        assert_eq!(
            (view.handover.outgoing.clone(), view.incoming.clone()),
            (vec![crew.one.person], vec![crew.three.person])
        );
        assert!(view.may.edit && !view.may.hand && !view.may.take);
        let text = HandoverText {
            remarks: remarks(""),
            tickets: vec![
                TicketMark { ticket: stays, flagged: false, stays: true, note: "我明天继续".into() },
                TicketMark { ticket: high, flagged: true, stays: false, note: "只接电话".into() },
            ],
        };
        let edit = async |who: &Actor, seen| desk.edit_handover(who, id, text.clone(), seen).await;
        assert_eq!(refusal(edit(&crew.three, 1).await), Refusal::NotAllowed);
        edit(&crew.one, 1).await.unwrap();
        assert_eq!(refusal(edit(&crew.one, 1).await), Refusal::Stale { current: 2 });
        let hand = async |who: &Actor, seen| desk.hand_over(&desk.ctx(), who, id, seen).await;
        let take = async |who: &Actor, seen| desk.take_over(&desk.ctx(), who, id, seen).await;
        assert_eq!(refusal(hand(&crew.one, 2).await), Refusal::TooEarly);
        desk.clock.set("2026-11-02T21:50:00+08:00");
        // One came in since: a draft follows the desk.
        let late = given(&desk, &agent, &crew.one, "低").await;
        assert_eq!(refusal(take(&crew.three, 2).await), Refusal::NotHandedOver);
        hand(&crew.one, 2).await.unwrap();
        assert_eq!(refusal(edit(&crew.one, 3).await), Refusal::HandoverSigned);
        assert_eq!(refusal(hand(&crew.one, 3).await), Refusal::HandoverSigned);
        // Until the second signature nothing has moved; nobody signs for both sides, nor anybody who does not come on.
        assert_eq!(holder(&desk, &agent, high).await, (Some(crew.one.person), agent.person));
        assert_eq!(refusal(take(&crew.one, 3).await), Refusal::SameSigner);
        assert_eq!(refusal(take(&crew.two, 3).await), Refusal::NotAllowed);
        // One moves on by hand meanwhile: it is left where it went.
        desk.assign(&desk.ctx(), &crew.chief, low, Some(crew.two.person), None, None).await.unwrap();
        let due = desk.my_duty(&desk.ctx(), &crew.three).await.unwrap().handovers;
        assert_eq!(due.iter().map(|one| one.handover).collect::<Vec<_>>(), [Some(id)]);
        desk.clock.set("2026-11-02T22:05:00+08:00");
        take(&crew.three, 3).await.unwrap();
        assert_eq!(holder(&desk, &agent, high).await, (Some(crew.three.person), agent.person), "owners stay");
        assert_eq!(holder(&desk, &agent, late).await.0, Some(crew.three.person));
        assert_eq!(holder(&desk, &agent, stays).await.0, Some(crew.one.person));
        assert_eq!(holder(&desk, &agent, low).await.0, Some(crew.two.person));
        let history = desk.ticket(&agent, high).await.unwrap().history;
        let line = history.iter().find(|line| line.kind == "handed-over").unwrap();
        assert!(line.actor == Some(crew.three.person) && line.body.contains(&id.to_string()));

        // Signed by both: it stands as it was, and nothing on it can change.
        let view = look(&desk, &crew.two, id).await;
        assert_eq!(view.handover.state, HandoverState::Taken);
        assert_eq!(view.handover.remarks.needs, "李工只接电话");
        let kept = |id| view.tickets.iter().find(|one| one.ticket == id).unwrap();
        assert!(kept(high).flagged && kept(high).to == Some(crew.three.person) && kept(high).note == "只接电话");
        assert_eq!((kept(low).to, kept(stays).to), (None, None));
        assert!(!view.may.edit && !view.may.hand && !view.may.take && !view.may.read);
        assert_eq!(refusal(take(&crew.three, 4).await), Refusal::HandoverSigned);
        assert_eq!(refusal(edit(&crew.one, 4).await), Refusal::HandoverSigned);
        assert!(desk.handovers_due(&desk.ctx(), &crew.chief, crew.department()).await.unwrap().is_empty());
    });
}

#[test]
fn a_night_ends_with_its_log_which_the_supervisor_reads() {
    on_both(async |desk| {
        let crew = crew(&desk).await;
        let (_, nights) = published(&desk, &crew).await;
        desk.clock.set("2026-11-03T07:30:00+08:00");
        let due = desk.handovers_due(&desk.ctx(), &crew.three, crew.department()).await.unwrap();
        assert_eq!(due.iter().map(|one| (one.night, one.handover)).collect::<Vec<_>>(), [(false, None), (true, None)]);
        let id = desk.draw_up_handover(&desk.ctx(), &crew.three, nights, day(2)).await.unwrap();
        let hand = async |seen| desk.hand_over(&desk.ctx(), &crew.three, id, seen).await;
        assert_eq!(faults(hand(1).await), ["summary: missing"]);
        let read = async |who: &Actor| desk.read_night_log(&desk.ctx(), who, id).await;
        assert_eq!(refusal(read(&crew.chief).await), Refusal::NotHandedOver);
        let text = HandoverText { remarks: remarks("接了两个电话"), tickets: Vec::new() };
        desk.edit_handover(&crew.three, id, text, 1).await.unwrap();
        hand(2).await.unwrap();
        assert_eq!(refusal(read(&crew.two).await), Refusal::NotAllowed);
        assert_eq!(desk.my_duty(&desk.ctx(), &crew.chief).await.unwrap().logs.len(), 1);
        assert!(look(&desk, &crew.chief, id).await.may.read);
        read(&crew.chief).await.unwrap();
        let first = look(&desk, &crew.chief, id).await.handover;
        desk.clock.hours(1);
        read(&crew.chief).await.unwrap();
        assert_eq!(look(&desk, &crew.chief, id).await.handover, first, "the first reading stays");
        assert!(desk.my_duty(&desk.ctx(), &crew.chief).await.unwrap().logs.is_empty());
        // Read or not, the next shift takes over.
        desk.take_over(&desk.ctx(), &crew.two, id, 3).await.unwrap();
    });
}

#[test]
fn hand_overs_are_their_departments_own() {
    on_both(async |desk| {
        let crew = crew(&desk).await;
        let (days, _) = published(&desk, &crew).await;
        let id = desk.draw_up_handover(&desk.ctx(), &crew.one, days, day(2)).await.unwrap();
        let agent = agent(&desk).await;
        let stranger = head(&desk, "赵磊", "technology").await;
        for who in [&agent, &stranger] {
            assert_eq!(refusal(desk.handover(&desk.ctx(), who, id).await), Refusal::NotFound);
            assert_eq!(refusal(desk.take_over(&desk.ctx(), who, id, 1).await), Refusal::NotFound);
            assert!(desk.handovers(who, crew.department(), None, 10).await.is_err());
        }
        assert_eq!(desk.handovers(&crew.two, crew.department(), None, 10).await.unwrap().len(), 1);
        let before = desk.draw_up_handover(&desk.ctx(), &crew.two, days, day(3)).await;
        assert_eq!(refusal(before), Refusal::TooEarly);
    });
}

/// Who stands in for another hands over in their place; where nobody is rostered to come, anybody of the department takes over.
#[test]
fn a_draft_follows_the_roster() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let (agent, crew): (Actor, Crew) = (agent(&desk).await, crew(&desk).await);
        let (days, _) = published(&desk, &crew).await;
        desk.clock.set("2026-11-03T08:30:00+08:00");
        let id = desk.draw_up_handover(&desk.ctx(), &crew.two, days, day(3)).await.unwrap();
        let turn = desk.my_duty(&desk.ctx(), &crew.two).await.unwrap().now.remove(0);
        let text = yingda_app::duty::signing::AbsenceText { replacement: Some(crew.one.person), reason: String::new() };
        desk.mark_absent(&desk.ctx(), &crew.chief, turn.id, text, turn.version).await.unwrap();
        let ticket = given(&desk, &agent, &crew.one, "中").await;
        desk.clock.set("2026-11-03T21:00:00+08:00");
        assert_eq!(refusal(desk.hand_over(&desk.ctx(), &crew.two, id, 1).await), Refusal::NotAllowed);
        desk.hand_over(&desk.ctx(), &crew.one, id, 1).await.unwrap();
        assert_eq!(look(&desk, &crew.two, id).await.handover.outgoing, [crew.one.person]);
        assert!(look(&desk, &crew.two, id).await.incoming.is_empty());
        desk.take_over(&desk.ctx(), &crew.two, id, 2).await.unwrap();
        assert_eq!(holder(&desk, &agent, ticket).await.0, Some(crew.two.person));
    });
}
