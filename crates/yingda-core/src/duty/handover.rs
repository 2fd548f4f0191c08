//! The hand-over of a shift (交接班): what is open, what matters, what customers especially need; signed by both sides.
//!
//! The one thing to know: until the second signature the outgoing people stay answerable; after it nothing on the record can
//! change (R-173, R-174, T51). The night's log (S31, T60) is part of it.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Span, words};
use crate::id::{DepartmentId, HandoverId, PersonId, ShiftId, TicketId};
use crate::refusal::Refusal;
use crate::ticket::Priority;

/// How far a hand-over is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandoverState {
    /// The outgoing people write on it; its list of tickets follows the desk.
    #[default]
    Draft,
    /// The outgoing side has signed; the list is laid down.
    Handed,
    /// Both have signed.
    Taken,
}
words!(HandoverState { Draft = "draft", Handed = "handed", Taken = "taken" });

/// What the outgoing people write.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Remarks {
    /// 当天的工作重点
    pub key_points: String,
    /// 客户的特殊需求
    pub needs: String,
    /// 未处理的问题
    pub unfinished: String,
    /// The night's summary (工作日志); needed before a night shift is handed over (T60).
    pub summary: String,
    /// What was learnt.
    pub experiences: String,
    /// Problems for the supervisor (S31).
    pub problems: String,
}

/// A ticket on a hand-over, as it stood when the outgoing side signed (in a draft: as it stands).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HandoverTicket {
    /// The ticket.
    pub ticket: TicketId,
    /// 工单编号
    pub number: String,
    /// One line.
    pub subject: String,
    /// The step that it waits at.
    pub step: String,
    /// 优先级
    pub priority: Priority,
    /// The earliest limit that runs.
    pub due: Option<Timestamp>,
    /// Whose it is on the outgoing side.
    pub from: PersonId,
    /// The customer has a special need.
    pub flagged: bool,
    /// It stays with whoever has it, although their shift ends.
    pub stays: bool,
    /// A remark.
    pub note: String,
    /// Who took it, after the second signature; `None` where it had moved on or ended meanwhile, or stays.
    pub to: Option<PersonId>,
}

/// A hand-over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Handover {
    /// Its id.
    pub id: HandoverId,
    /// Whose roster.
    pub department: DepartmentId,
    /// The shift that ends.
    pub shift: ShiftId,
    /// The day on which it began.
    pub day: Date,
    /// Its instants.
    pub span: Span,
    /// Whether a night's log belongs to it.
    pub night: bool,
    /// Who was on the shift.
    pub outgoing: Vec<PersonId>,
    /// What they wrote.
    pub remarks: Remarks,
    /// How far it is.
    pub state: HandoverState,
    /// When it was drawn up.
    pub drawn: Timestamp,
    /// Who signed for the outgoing side, and when.
    pub handed_by: Option<PersonId>,
    /// See `handed_by`.
    pub handed: Option<Timestamp>,
    /// Who signed for the incoming side, and when.
    pub taken_by: Option<PersonId>,
    /// See `taken_by`.
    pub taken: Option<Timestamp>,
    /// The supervisor who read the night's log, and when.
    pub read_by: Option<PersonId>,
    /// See `read_by`.
    pub read: Option<Timestamp>,
    /// Grows with every change.
    pub version: i64,
}

impl Handover {
    /// Whether somebody may write on it: one of those who were on the shift, while nobody has signed.
    ///
    /// # Errors
    /// [`Refusal::HandoverSigned`], [`Refusal::NotAllowed`].
    pub fn may_edit(&self, person: PersonId) -> Result<(), Refusal> {
        if self.state != HandoverState::Draft {
            return Err(Refusal::HandoverSigned);
        }
        if self.outgoing.contains(&person) { Ok(()) } else { Err(Refusal::NotAllowed) }
    }

    /// Whether somebody may sign for the outgoing side. A night shift needs its log first (T60).
    ///
    /// # Errors
    /// As [`Handover::may_edit`]; a field where the log is missing.
    pub fn may_hand(&self, person: PersonId) -> Result<(), Refusal> {
        self.may_edit(person)?;
        if self.night && self.remarks.summary.trim().is_empty() {
            return Err(Refusal::field("summary", "missing"));
        }
        Ok(())
    }

    /// Whether somebody may sign for the incoming side: one of those who come on (anybody of the department where nobody is
    /// rostered; then `incoming` is empty), and never the one who signed for the outgoing side.
    ///
    /// # Errors
    /// [`Refusal::NotHandedOver`], [`Refusal::HandoverSigned`], [`Refusal::SameSigner`], [`Refusal::NotAllowed`].
    pub fn may_take(&self, person: PersonId, incoming: &[PersonId]) -> Result<(), Refusal> {
        match self.state {
            HandoverState::Draft => Err(Refusal::NotHandedOver),
            HandoverState::Taken => Err(Refusal::HandoverSigned),
            HandoverState::Handed if self.handed_by == Some(person) => Err(Refusal::SameSigner),
            HandoverState::Handed if incoming.is_empty() || incoming.contains(&person) => Ok(()),
            HandoverState::Handed => Err(Refusal::NotAllowed),
        }
    }
}

/// Puts the tickets of a hand-over into their order: what is due first, then the urgent, then the oldest.
pub fn in_order(tickets: &mut [HandoverTicket]) {
    tickets.sort_by_key(|one| (one.due.map_or(i64::MAX, Timestamp::as_microsecond), one.priority.rank(), one.ticket));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn handover(state: HandoverState, handed_by: Option<i64>) -> Handover {
        let zero = Timestamp::UNIX_EPOCH;
        Handover {
            id: HandoverId(1),
            department: DepartmentId(1),
            shift: ShiftId(1),
            day: Date::ZERO,
            span: Span { from: zero, to: zero },
            night: true,
            outgoing: vec![PersonId(1), PersonId(2)],
            remarks: Remarks::default(),
            state,
            drawn: zero,
            handed_by: handed_by.map(PersonId),
            handed: None,
            taken_by: None,
            taken: None,
            read_by: None,
            read: None,
            version: 1,
        }
    }

    #[test]
    fn only_the_outgoing_write_and_a_night_needs_its_log() {
        let mut draft = handover(HandoverState::Draft, None);
        assert_eq!(draft.may_edit(PersonId(3)), Err(Refusal::NotAllowed));
        assert_eq!(draft.may_hand(PersonId(1)), Err(Refusal::field("summary", "missing")));
        draft.remarks.summary = "all quiet".to_owned();
        assert_eq!(draft.may_hand(PersonId(1)), Ok(()));
        assert_eq!(draft.may_take(PersonId(3), &[]), Err(Refusal::NotHandedOver));
        assert_eq!(handover(HandoverState::Handed, Some(1)).may_edit(PersonId(1)), Err(Refusal::HandoverSigned));
    }

    #[test]
    fn nobody_signs_for_both_sides() {
        let handed = handover(HandoverState::Handed, Some(1));
        assert_eq!(handed.may_take(PersonId(1), &[PersonId(1), PersonId(3)]), Err(Refusal::SameSigner));
        assert_eq!(handed.may_take(PersonId(3), &[PersonId(1), PersonId(3)]), Ok(()));
        assert_eq!(handed.may_take(PersonId(4), &[PersonId(3)]), Err(Refusal::NotAllowed));
        // The other of two who go may come on again himself.
        assert_eq!(handed.may_take(PersonId(2), &[PersonId(2)]), Ok(()));
        assert_eq!(handover(HandoverState::Taken, Some(1)).may_take(PersonId(3), &[]), Err(Refusal::HandoverSigned));
    }
}
