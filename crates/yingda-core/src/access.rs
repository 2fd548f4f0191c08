//! Who may do what: the one decision that every door asks — page, API, search, export, push, attachment, import.
//!
//! The desk (专员, 主管, 经理) sees every matter; a department sees the matters that involve it, and nothing else. An
//! administrator looks after people, departments and processes and sees no customer matter by that role alone. What an
//! actor may not see does not exist for them: the refusal is `NotFound`, never `NotAllowed`.

use crate::id::{DepartmentId, PersonId};
use crate::people::{Actor, Role};
use crate::refusal::Refusal;

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Read a ticket with everything on it.
    SeeTicket,
    /// Take a call: make a ticket.
    Receive,
    /// Complete the step that a ticket waits at.
    Complete,
    /// Write an internal note, attach a file, set the progress label.
    Annotate,
    /// Tell the customer something, or record what the customer said.
    Reply,
    /// Take it, or give it to somebody.
    Assign,
    /// Give it to another department or person, with a reason.
    Transfer,
    /// Send a contact sheet.
    SendSheet,
    /// File a closed ticket away.
    Archive,
    /// Read a contact sheet.
    SeeSheet,
    /// Sign for a sheet.
    ReceiveSheet,
    /// Answer a sheet.
    AnswerSheet,
    /// Countersign an answer.
    CountersignSheet,
    /// Take a sheet back.
    WithdrawSheet,
    /// Read published standard answers.
    SeeAnswers,
    /// Write, publish and retire standard answers.
    EditAnswers,
    /// Draft a standard answer (the desk may; a lead publishes).
    DraftAnswer,
    /// See lists of all tickets and the caller's history.
    SeeQueue,
    /// See the month's figures.
    SeeFigures,
    /// Take a table of tickets in.
    Import,
    /// Take a table of tickets out.
    Export,
    /// Look after people, departments and processes.
    Administer,
}

/// What it is wanted on.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'a> {
    /// The desk as a whole.
    Desk,
    /// A ticket.
    Ticket(TicketFacts<'a>),
    /// A ticket's open step.
    Step(TicketFacts<'a>, StepFacts),
    /// A contact sheet.
    Sheet {
        /// Who shall answer.
        to: DepartmentId,
        /// Who asked.
        from: DepartmentId,
        /// Whoever wrote the answer, if there is one.
        answered_by: Option<PersonId>,
    },
}

/// What a decision about a ticket depends on.
#[derive(Debug, Clone, Copy)]
pub struct TicketFacts<'a> {
    /// 首接负责人
    pub owner: PersonId,
    /// 处理人
    pub assignee: Option<PersonId>,
    /// Every department that has been given this ticket, was copied, or got a sheet about it.
    pub departments: &'a [DepartmentId],
}

/// Whose step it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepFacts {
    /// The lane's role, where the lane names one.
    pub role: Option<Role>,
    /// The lane's department, where the lane names one (fixed or by a field).
    pub department: Option<DepartmentId>,
}

/// Decides; `Err` carries the refusal that the person gets.
pub fn can(actor: &Actor, action: Action, subject: Subject<'_>) -> Result<(), Refusal> {
    let roles = &actor.roles;
    let desk = roles.at_desk();
    let seen = match subject {
        Subject::Desk => true,
        Subject::Ticket(facts) | Subject::Step(facts, _) => {
            desk || facts.owner == actor.person
                || facts.assignee == Some(actor.person)
                || (in_a_department(actor) && facts.departments.contains(&actor.department))
        }
        Subject::Sheet { to, .. } => desk || (in_a_department(actor) && to == actor.department),
    };
    if !seen {
        return Err(Refusal::NotFound);
    }
    let allowed = match (action, subject) {
        (Action::SeeTicket, Subject::Ticket(_) | Subject::Step(..)) | (Action::SeeSheet, Subject::Sheet { .. }) => true,
        (Action::Annotate, Subject::Ticket(_)) => true,
        (Action::Complete, Subject::Step(facts, step)) => may_complete(actor, facts, step),
        (Action::Assign, Subject::Ticket(facts)) => {
            desk || facts.assignee == Some(actor.person) || roles.has(Role::Head) || facts.assignee.is_none()
        }
        (Action::Transfer, Subject::Ticket(facts)) => {
            desk || facts.assignee == Some(actor.person) || roles.has(Role::Head)
        }
        (Action::Reply, Subject::Ticket(facts)) => desk || facts.assignee == Some(actor.person),
        (Action::SendSheet, Subject::Ticket(_)) => desk,
        (Action::Archive, Subject::Ticket(_)) => desk,
        (Action::ReceiveSheet | Action::AnswerSheet, Subject::Sheet { to, .. }) => {
            in_a_department(actor) && to == actor.department
        }
        (Action::CountersignSheet, Subject::Sheet { to, .. }) => roles.has(Role::Head) && to == actor.department,
        (Action::WithdrawSheet, Subject::Sheet { .. }) => desk,
        (Action::Receive | Action::SeeQueue | Action::DraftAnswer | Action::Export, Subject::Desk) => desk,
        (Action::SeeAnswers, Subject::Desk) => true,
        (Action::SeeFigures, Subject::Desk) => desk,
        (Action::EditAnswers | Action::Import, Subject::Desk) => roles.leads_desk(),
        (Action::Administer, Subject::Desk) => roles.has(Role::Administrator),
        _ => false,
    };
    if allowed { Ok(()) } else { Err(Refusal::NotAllowed) }
}

/// Whether the actor acts for their department.
fn in_a_department(actor: &Actor) -> bool {
    actor.roles.has(Role::Member) || actor.roles.has(Role::Head)
}

/// A step belongs to a lane: to whoever the ticket is assigned to, to the lane's department, or to the lane's role.
/// Leads of the desk may stand in for the desk's own lanes, never for a department's.
fn may_complete(actor: &Actor, facts: TicketFacts<'_>, step: StepFacts) -> bool {
    let roles = &actor.roles;
    match (step.role, step.department) {
        // Whoever has taken it, in the department that has it; taking it from outside gives nobody that department's voice.
        (_, Some(department)) => {
            let takes_part = in_a_department(actor) || roles.at_desk() || facts.assignee == Some(actor.person);
            actor.department == department && takes_part
        }
        (Some(Role::Agent), None) => roles.at_desk(),
        (Some(Role::Supervisor), None) => roles.leads_desk(),
        (Some(role), None) => roles.has(role),
        (None, None) => roles.at_desk(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::Roles;

    fn actor(person: i64, department: i64, roles: &[Role]) -> Actor {
        Actor {
            person: PersonId(person),
            name: String::new(),
            department: DepartmentId(department),
            roles: roles.iter().copied().collect::<Roles>(),
        }
    }

    const FACTS: TicketFacts<'static> =
        TicketFacts { owner: PersonId(1), assignee: None, departments: &[DepartmentId(20)] };

    #[test]
    fn a_department_sees_its_own_matters_only() {
        let ours = actor(5, 20, &[Role::Member]);
        let theirs = actor(6, 30, &[Role::Member, Role::Head]);
        assert_eq!(can(&ours, Action::SeeTicket, Subject::Ticket(FACTS)), Ok(()));
        assert_eq!(can(&theirs, Action::SeeTicket, Subject::Ticket(FACTS)), Err(Refusal::NotFound));
        let sheet = Subject::Sheet { to: DepartmentId(20), from: DepartmentId(1), answered_by: None };
        assert_eq!(can(&theirs, Action::SeeSheet, sheet), Err(Refusal::NotFound));
        assert_eq!(can(&ours, Action::CountersignSheet, sheet), Err(Refusal::NotAllowed));
        assert_eq!(can(&ours, Action::SeeQueue, Subject::Desk), Err(Refusal::NotAllowed));
    }

    #[test]
    fn an_administrator_sees_no_customer_matter_by_that_role_alone() {
        let admin = actor(9, 1, &[Role::Administrator]);
        assert_eq!(can(&admin, Action::SeeTicket, Subject::Ticket(FACTS)), Err(Refusal::NotFound));
        assert_eq!(can(&admin, Action::Administer, Subject::Desk), Ok(()));
    }

    #[test]
    fn the_desk_does_not_do_a_departments_step() {
        let agent = actor(1, 1, &[Role::Agent]);
        let theirs = Subject::Step(FACTS, StepFacts { role: None, department: Some(DepartmentId(20)) });
        let ours = Subject::Step(FACTS, StepFacts { role: Some(Role::Agent), department: None });
        assert_eq!(can(&agent, Action::Complete, theirs), Err(Refusal::NotAllowed));
        assert_eq!(can(&agent, Action::Complete, ours), Ok(()));
        assert_eq!(can(&actor(5, 20, &[Role::Member]), Action::Complete, theirs), Ok(()));
        let taken = TicketFacts { assignee: Some(PersonId(1)), ..FACTS };
        let taken = Subject::Step(taken, StepFacts { role: None, department: Some(DepartmentId(20)) });
        assert_eq!(can(&agent, Action::Complete, taken), Err(Refusal::NotAllowed));
        let here = Subject::Step(FACTS, StepFacts { role: Some(Role::Agent), department: Some(DepartmentId(1)) });
        assert_eq!(can(&agent, Action::Complete, here), Ok(()));
    }

    #[test]
    fn the_desk_cannot_answer_in_a_departments_name() {
        let sheet = Subject::Sheet { to: DepartmentId(20), from: DepartmentId(1), answered_by: None };
        let manager = actor(2, 1, &[Role::Manager]);
        assert_eq!(can(&manager, Action::AnswerSheet, sheet), Err(Refusal::NotAllowed));
        assert_eq!(can(&manager, Action::WithdrawSheet, sheet), Ok(()));
    }
}
