//! Who may do what: the one decision that every door asks — page, API, search, export, push, attachment, import.
//!
//! The desk (专员, 主管, 经理) sees every matter; a department sees the matters that involve it, and nothing else. An
//! administrator looks after people, departments and processes and sees no customer matter by that role alone. What an
//! actor may not see does not exist for them: the refusal is `NotFound`, never `NotAllowed`.

use crate::answerable::AnswerFacts;
use crate::id::{DepartmentId, PersonId};
use crate::people::{Actor, Role};
use crate::refusal::Refusal;
use crate::routine::WorkFacts;

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
    /// Bring it before whoever leads (上报).
    Escalate,
    /// Give it to another department or person, with a reason.
    Transfer,
    /// Send a contact sheet.
    SendSheet,
    /// File a closed ticket away.
    Archive,
    /// Urge whoever has it (催单).
    Urge,
    /// Offer one's place as its first receiver to somebody else.
    OfferTicket,
    /// Write the overdue statement of a clock.
    WriteStatement,
    /// Accept, exempt or send back a statement.
    ReviewStatement,
    /// Ask for more time.
    AskExtension,
    /// Grant or refuse it.
    DecideExtension,
    /// Take one's own request for more time back.
    WithdrawExtension,
    /// See who has to explain what, and what was asked for, over the whole desk.
    SeeOverdue,
    /// Let its clocks stand still, and go on.
    PauseClocks,
    /// Give one of its clocks a limit of its own.
    SetLimit,
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
    /// See the notices and escalations of the whole desk.
    SeeNotices,
    /// Say what came of an escalation.
    SettleNotice,
    /// See the working calendars.
    SeeCalendars,
    /// Change them.
    EditCalendars,
    /// Change the company's own limits for a process.
    EditPolicies,
    /// See a department's roster, and who is on duty.
    SeeRoster,
    /// Make it: shifts, turns, training, rules; approve leave and swaps.
    ManageRoster,
    /// Read a department's hand-overs, which name customers' matters.
    SeeHandovers,
    /// Sign in, swap, hand over and take over, for oneself.
    StandDuty,
    /// Read the night's log as the one it is written for.
    ReadNightLog,
    /// Take a table of tickets in.
    Import,
    /// Take a table of tickets out.
    Export,
    /// Look after people, departments and processes.
    Administer,
    /// See an occurrence of recurring work and what was written down.
    SeeWork,
    /// Do it.
    DoWork,
    /// Leave it out with a reason.
    ExemptWork,
    /// Read what was submitted, with a mark.
    ReadWork,
    /// Say what work recurs, and see how everybody does.
    KeepRoutines,
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
    /// A limit of a ticket that somebody answers for.
    Answerable(AnswerFacts<'a>),
    /// A department's duty.
    Duty(DepartmentId),
    /// A contact sheet.
    Sheet {
        /// Who shall answer.
        to: DepartmentId,
        /// Who asked.
        from: DepartmentId,
        /// Whoever wrote the answer, if there is one.
        answered_by: Option<PersonId>,
    },
    /// A notice or an escalation.
    Notice {
        /// Whether it was brought before the actor.
        told: bool,
    },
    /// An occurrence of recurring work.
    Work(WorkFacts<'a>),
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
        Subject::Notice { told } => told || desk,
        Subject::Ticket(facts) | Subject::Step(facts, _) | Subject::Answerable(AnswerFacts { ticket: facts, .. }) => {
            desk || facts.owner == actor.person
                || facts.assignee == Some(actor.person)
                || (in_a_department(actor) && facts.departments.contains(&actor.department))
        }
        Subject::Sheet { to, .. } => desk || (in_a_department(actor) && to == actor.department),
        Subject::Duty(department) => {
            desk || roles.has(Role::Administrator) || (in_a_department(actor) && department == actor.department)
        }
        Subject::Work(facts) => does_work(actor, facts) || reads_work(actor, facts) || roles.leads_desk(),
    };
    if !seen {
        return Err(Refusal::NotFound);
    }
    let allowed = match (action, subject) {
        (Action::SeeTicket, Subject::Ticket(_) | Subject::Step(..)) | (Action::SeeSheet, Subject::Sheet { .. }) => true,
        (Action::Annotate | Action::Escalate | Action::Urge, Subject::Ticket(_)) => true,
        (Action::OfferTicket, Subject::Ticket(facts)) => facts.owner == actor.person || roles.leads_desk(),
        (Action::WriteStatement | Action::AskExtension, Subject::Answerable(facts)) => facts.answers(actor),
        // A head's word about their own department is not enough, and nobody's about themselves.
        (Action::ReviewStatement, Subject::Answerable(facts)) => roles.leads_desk() && !facts.is_own(actor),
        (Action::DecideExtension, Subject::Answerable(facts)) => roles.leads_desk() && facts.by != Some(actor.person),
        (Action::WithdrawExtension, Subject::Answerable(facts)) => facts.by == Some(actor.person),
        (Action::SeeOverdue, Subject::Desk) => roles.leads_desk(),
        (Action::SettleNotice, Subject::Notice { told }) => told || roles.leads_desk(),
        (Action::SeeNotices, Subject::Desk) => roles.leads_desk(),
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
        (Action::PauseClocks, Subject::Ticket(facts)) => {
            desk || facts.assignee == Some(actor.person) || roles.has(Role::Head)
        }
        (Action::SetLimit, Subject::Ticket(facts)) => facts.owner == actor.person || roles.leads_desk(),
        (Action::EditPolicies, Subject::Desk) => roles.leads_desk() || roles.has(Role::Administrator),
        (Action::ReceiveSheet | Action::AnswerSheet, Subject::Sheet { to, .. }) => {
            in_a_department(actor) && to == actor.department
        }
        (Action::CountersignSheet, Subject::Sheet { to, .. }) => roles.has(Role::Head) && to == actor.department,
        (Action::WithdrawSheet, Subject::Sheet { .. }) => desk,
        (Action::Receive | Action::SeeQueue | Action::DraftAnswer | Action::Export, Subject::Desk) => desk,
        (Action::SeeAnswers, Subject::Desk) => true,
        (Action::SeeFigures, Subject::Desk) => desk,
        (Action::SeeCalendars, Subject::Desk) => desk || roles.has(Role::Administrator),
        (Action::EditCalendars, Subject::Desk) => roles.leads_desk() || roles.has(Role::Administrator),
        (Action::SeeRoster, Subject::Duty(_)) => true,
        (Action::ManageRoster, Subject::Duty(department)) => roles.has(Role::Administrator) || leads(actor, department),
        (Action::SeeHandovers | Action::StandDuty, Subject::Duty(department)) => {
            (desk || in_a_department(actor)) && department == actor.department
        }
        (Action::ReadNightLog, Subject::Duty(department)) => leads(actor, department),
        (Action::EditAnswers | Action::Import, Subject::Desk) => roles.leads_desk(),
        (Action::SeeWork, Subject::Work(_)) => true,
        (Action::DoWork, Subject::Work(facts)) => does_work(actor, facts),
        (Action::ExemptWork, Subject::Work(facts)) => does_work(actor, facts) || roles.leads_desk(),
        (Action::ReadWork, Subject::Work(facts)) => {
            facts.reader.is_some()
                && (reads_work(actor, facts) || roles.leads_desk())
                && facts.done_by != Some(actor.person)
        }
        (Action::KeepRoutines, Subject::Desk) => roles.leads_desk(),
        (Action::Administer, Subject::Desk) => roles.has(Role::Administrator),
        _ => false,
    };
    if allowed { Ok(()) } else { Err(Refusal::NotAllowed) }
}

/// Everybody does their own; what one does for all, any of the holders.
fn does_work(actor: &Actor, facts: WorkFacts<'_>) -> bool {
    facts.person.map_or_else(|| facts.holder.covers_actor(actor), |person| person == actor.person)
}

fn reads_work(actor: &Actor, facts: WorkFacts<'_>) -> bool {
    facts.reader.is_some_and(|reader| reader.covers_actor(actor))
}

/// Whether the actor leads a department: its head, or a lead of the desk in the desk's own.
fn leads(actor: &Actor, department: DepartmentId) -> bool {
    actor.department == department && (actor.roles.leads_desk() || actor.roles.has(Role::Head))
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
    fn the_desk_sees_calendars_and_its_leads_change_them() {
        for (role, sees, edits) in [
            (Role::Agent, true, false),
            (Role::Supervisor, true, true),
            (Role::Manager, true, true),
            (Role::Administrator, true, true),
            (Role::Member, false, false),
            (Role::Head, false, false),
        ] {
            let who = actor(1, 20, &[role]);
            assert_eq!(can(&who, Action::SeeCalendars, Subject::Desk).is_ok(), sees, "{role:?}");
            assert_eq!(can(&who, Action::EditCalendars, Subject::Desk).is_ok(), edits, "{role:?}");
        }
    }

    #[test]
    fn a_roster_is_made_by_those_who_lead_its_department() {
        let duty = |who: &Actor, action| can(who, action, Subject::Duty(DepartmentId(20)));
        let (allowed, missing, refused) = (Ok(()), Err(Refusal::NotFound), Err(Refusal::NotAllowed));
        let actions =
            [Action::SeeRoster, Action::ManageRoster, Action::SeeHandovers, Action::StandDuty, Action::ReadNightLog];
        for (department, role, expected) in [
            (20, Role::Member, [&allowed, &refused, &allowed, &allowed, &refused]),
            (20, Role::Head, [&allowed, &allowed, &allowed, &allowed, &allowed]),
            (20, Role::Agent, [&allowed, &refused, &allowed, &allowed, &refused]),
            (20, Role::Supervisor, [&allowed, &allowed, &allowed, &allowed, &allowed]),
            // The desk sees who is there; another department does not even know that there is a roster.
            (30, Role::Manager, [&allowed, &refused, &refused, &refused, &refused]),
            (30, Role::Head, [&missing, &missing, &missing, &missing, &missing]),
            // An administrator sets rosters up and reads no customer's matter.
            (30, Role::Administrator, [&allowed, &allowed, &refused, &refused, &refused]),
            (20, Role::Administrator, [&allowed, &allowed, &refused, &refused, &refused]),
        ] {
            let who = actor(9, department, &[role]);
            for (action, expected) in actions.into_iter().zip(expected) {
                assert_eq!(&duty(&who, action), expected, "{role:?} of {department}: {action:?}");
            }
        }
    }

    #[test]
    fn who_answers_writes_and_a_lead_who_does_not_reviews() {
        use crate::answerable::AnswerFacts;
        let facts = |person: Option<i64>, by: Option<i64>| {
            Subject::Answerable(AnswerFacts {
                ticket: FACTS,
                person: person.map(PersonId),
                department: Some(DepartmentId(20)),
                by: by.map(PersonId),
            })
        };
        for (who, writes, reviews) in [
            // The person, somebody of the department, its head, the first receiver.
            (actor(5, 20, &[Role::Member]), true, false),
            (actor(6, 20, &[Role::Member]), true, false),
            (actor(7, 20, &[Role::Head]), true, false),
            (actor(1, 1, &[Role::Agent]), true, false),
            (actor(2, 1, &[Role::Agent]), false, false),
            (actor(3, 1, &[Role::Supervisor]), false, true),
            (actor(4, 1, &[Role::Manager]), false, true),
        ] {
            assert_eq!(can(&who, Action::WriteStatement, facts(Some(5), None)).is_ok(), writes, "{who:?}");
            assert_eq!(can(&who, Action::AskExtension, facts(Some(5), None)).is_ok(), writes, "{who:?}");
            assert_eq!(can(&who, Action::ReviewStatement, facts(Some(5), None)).is_ok(), reviews, "{who:?}");
            assert_eq!(can(&who, Action::DecideExtension, facts(Some(5), None)).is_ok(), reviews, "{who:?}");
        }
        let lead = actor(3, 20, &[Role::Supervisor, Role::Head]);
        for own in [facts(Some(3), None), facts(Some(5), Some(3))] {
            assert_eq!(can(&lead, Action::ReviewStatement, own), Err(Refusal::NotAllowed));
        }
        assert_eq!(can(&lead, Action::DecideExtension, facts(None, Some(3))), Err(Refusal::NotAllowed));
        assert_eq!(can(&lead, Action::WithdrawExtension, facts(None, Some(3))), Ok(()));
        let stranger = actor(8, 30, &[Role::Head]);
        assert_eq!(can(&stranger, Action::WriteStatement, facts(None, None)), Err(Refusal::NotFound));
    }

    #[test]
    fn the_first_receiver_or_a_lead_offers_and_whoever_sees_urges() {
        let ticket = Subject::Ticket(FACTS);
        for (who, offers, urges) in [
            (actor(1, 1, &[Role::Agent]), true, true),
            (actor(2, 1, &[Role::Agent]), false, true),
            (actor(3, 1, &[Role::Supervisor]), true, true),
            (actor(5, 20, &[Role::Member]), false, true),
            (actor(6, 30, &[Role::Member]), false, false),
        ] {
            assert_eq!(can(&who, Action::OfferTicket, ticket).is_ok(), offers, "{who:?}");
            assert_eq!(can(&who, Action::Urge, ticket).is_ok(), urges, "{who:?}");
        }
    }

    #[test]
    fn the_desk_cannot_answer_in_a_departments_name() {
        let sheet = Subject::Sheet { to: DepartmentId(20), from: DepartmentId(1), answered_by: None };
        let manager = actor(2, 1, &[Role::Manager]);
        assert_eq!(can(&manager, Action::AnswerSheet, sheet), Err(Refusal::NotAllowed));
        assert_eq!(can(&manager, Action::WithdrawSheet, sheet), Ok(()));
    }

    #[test]
    fn recurring_work_is_done_by_its_holder_and_read_by_another() {
        use crate::routine::Holder;
        let holder = Holder { role: Some(Role::Agent), ..Holder::default() };
        let reader = Holder { role: Some(Role::Head), department: Some(DepartmentId(20)), person: None };
        let own = |done_by| {
            let facts = WorkFacts { holder: &holder, person: Some(PersonId(1)), reader: Some(&reader), done_by };
            Subject::Work(facts)
        };
        let (me, colleague) = (actor(1, 1, &[Role::Agent]), actor(2, 1, &[Role::Agent]));
        let (head, stranger) = (actor(3, 20, &[Role::Head]), actor(4, 30, &[Role::Head]));
        let lead = actor(5, 1, &[Role::Supervisor]);
        assert_eq!(can(&me, Action::DoWork, own(None)), Ok(()));
        assert_eq!(can(&me, Action::ReadWork, own(Some(PersonId(1)))), Err(Refusal::NotAllowed));
        assert_eq!(can(&colleague, Action::SeeWork, own(None)), Err(Refusal::NotFound));
        assert_eq!(can(&stranger, Action::SeeWork, own(None)), Err(Refusal::NotFound));
        assert_eq!(can(&head, Action::ReadWork, own(Some(PersonId(1)))), Ok(()));
        assert_eq!(can(&head, Action::DoWork, own(None)), Err(Refusal::NotAllowed));
        assert_eq!(can(&head, Action::ExemptWork, own(None)), Err(Refusal::NotAllowed));
        assert_eq!(can(&lead, Action::ExemptWork, own(None)), Ok(()));
        assert_eq!(can(&lead, Action::ReadWork, own(Some(PersonId(5)))), Err(Refusal::NotAllowed));
        let shared = WorkFacts { holder: &holder, person: None, reader: None, done_by: None };
        assert_eq!(can(&colleague, Action::DoWork, Subject::Work(shared)), Ok(()));
        assert_eq!(can(&lead, Action::DoWork, Subject::Work(shared)), Err(Refusal::NotAllowed));
        assert_eq!(can(&lead, Action::ReadWork, Subject::Work(shared)), Err(Refusal::NotAllowed), "nobody reads it");
        assert_eq!(can(&lead, Action::KeepRoutines, Subject::Desk), Ok(()));
        assert_eq!(can(&head, Action::KeepRoutines, Subject::Desk), Err(Refusal::NotAllowed));
    }

    #[test]
    fn what_came_of_an_escalation_says_whoever_was_told_or_leads_the_desk() {
        let told = Subject::Notice { told: true };
        let other = Subject::Notice { told: false };
        let (agent, lead) = (actor(1, 1, &[Role::Agent]), actor(2, 1, &[Role::Supervisor]));
        let member = actor(5, 20, &[Role::Member]);
        assert_eq!(can(&member, Action::SettleNotice, told), Ok(()));
        assert_eq!(can(&member, Action::SettleNotice, other), Err(Refusal::NotFound));
        assert_eq!(can(&agent, Action::SettleNotice, other), Err(Refusal::NotAllowed));
        assert_eq!(can(&lead, Action::SettleNotice, other), Ok(()));
        assert_eq!(can(&lead, Action::SeeNotices, Subject::Desk), Ok(()));
        assert_eq!(can(&agent, Action::SeeNotices, Subject::Desk), Err(Refusal::NotAllowed));
        assert_eq!(can(&member, Action::Escalate, Subject::Ticket(FACTS)), Ok(()));
    }
}
