//! The telephone call that goes with giving away a 紧急 matter (R-045, T04: 「紧急问题需同步电话通知处理人」).
//!
//! The call is recorded together with the assignment or there is no assignment, on every door. Two need none: who takes a matter
//! for themselves, and a ticket whose own procedure is about to ask for the call (the step that carries R-045).

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use yingda_core::refusal::FieldRefusal;
use yingda_core::ticket::{Priority, Ticket};
use yingda_core::{Actor, Context, DepartmentId, PersonId, Refusal};
use yingda_process::{Definition, StepKind};
use yingda_store::tickets::WorkItem;

use crate::Directory;
use crate::assignment::limited;
use crate::ticket::TicketView;

/// How far a telephone's clock may be ahead of ours.
const AHEAD: SignedDuration = SignedDuration::from_mins(2);
/// The number of the document's sentence, which the step that asks for the call carries.
const CALL: &str = "R-045";

/// A call that was made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PhoneNotice {
    /// Who was called; where a person gets the ticket it can only be they, and need not be named.
    pub person: Option<PersonId>,
    /// When; `None`: just now.
    pub at: Option<Timestamp>,
    /// What was said.
    pub remark: String,
}

/// Who gets the ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Receiver {
    Person(PersonId),
    Department(DepartmentId),
}

/// Whether forms that give this ticket away should ask for the call; whether it is needed, depends on who gets it.
#[must_use]
pub fn asks_for_call(view: &TicketView) -> bool {
    view.held.ticket.priority == Priority::Urgent && !asks_itself(&view.held.work, &view.process.definition)
}

/// Whether giving this ticket to them needs a call.
pub(crate) fn needs_call(
    actor: &Actor,
    ticket: &Ticket,
    work: &[WorkItem],
    definition: &Definition,
    to: Receiver,
) -> bool {
    let given = match to {
        Receiver::Person(person) => person != actor.person && ticket.assignee != Some(person),
        Receiver::Department(_) => true,
    };
    ticket.priority == Priority::Urgent && given && !asks_itself(work, definition)
}

/// Whether the ticket waits at the step that records the call.
fn asks_itself(work: &[WorkItem], definition: &Definition) -> bool {
    work.iter().filter_map(|item| definition.step(&item.step)).any(|step| {
        matches!(step.kind, StepKind::Task(_)) && step.trace.requirements.iter().any(|number| number == CALL)
    })
}

impl PhoneNotice {
    /// The call as the line of history keeps it.
    ///
    /// # Errors
    /// Fields: nobody or somebody else was called, at an hour that is not possible.
    pub(crate) fn checked(
        notice: Option<Self>,
        ctx: &Context,
        ticket: &Ticket,
        directory: &Directory,
        to: Receiver,
    ) -> Result<Value, Refusal> {
        let Some(notice) = notice else {
            return Err(Refusal::field("phone_at", "phone-notice-missing"));
        };
        let mut faults = Vec::new();
        let called = match (to, notice.person) {
            (Receiver::Person(person), None) => Some(person),
            (Receiver::Person(person), Some(named)) if named == person => Some(person),
            (Receiver::Person(_), Some(_)) => {
                faults.push(FieldRefusal::new("phone_person", "not-the-receiver"));
                None
            }
            (Receiver::Department(_), None) => {
                faults.push(FieldRefusal::new("phone_person", "missing"));
                None
            }
            (Receiver::Department(department), Some(named)) => {
                let there = directory.members(department).any(|person| person.id == named);
                if !there {
                    faults.push(FieldRefusal::new("phone_person", "other-department"));
                }
                Some(named)
            }
        };
        let at = notice.at.unwrap_or(ctx.now);
        if at > ctx.now + AHEAD {
            faults.push(FieldRefusal::new("phone_at", "in-the-future"));
        } else if at < ticket.accepted {
            faults.push(FieldRefusal::new("phone_at", "before-the-ticket"));
        }
        let remark = match limited("phone_remark", &notice.remark) {
            Ok(remark) => remark,
            Err(Refusal::Fields(fields)) => {
                faults.extend(fields);
                String::new()
            }
            Err(other) => return Err(other),
        };
        match called {
            Some(person) if faults.is_empty() => Ok(json!({ "person": person, "at": at, "remark": remark })),
            _ => Err(Refusal::Fields(faults)),
        }
    }
}
