//! Recurring work (周期性工作): whose it is, one occurrence of it, and what may be done with that.
//!
//! When work recurs is said in process files and by the company, and turned into instants by a calendar; neither is here.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::id::{DepartmentId, PersonId, RoutineId, WorkId};
use crate::people::{Actor, Role, Roles};
use crate::refusal::Refusal;

/// Whose work it is: one person, or whoever has a role, belongs to a department, or both. Nobody, where all parts are empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Holder {
    /// This person and nobody else.
    pub person: Option<PersonId>,
    /// Whoever has this role.
    pub role: Option<Role>,
    /// Whoever belongs to this department.
    pub department: Option<DepartmentId>,
}

impl Holder {
    /// Whether somebody is one of them.
    #[must_use]
    pub fn covers(&self, person: PersonId, department: DepartmentId, roles: &Roles) -> bool {
        if let Some(only) = self.person {
            return only == person;
        }
        (self.role.is_some() || self.department.is_some())
            && self.role.is_none_or(|role| roles.has(role))
            && self.department.is_none_or(|own| own == department)
    }

    /// Whether the actor is one of them.
    #[must_use]
    pub fn covers_actor(&self, actor: &Actor) -> bool {
        self.covers(actor.person, actor.department, &actor.roles)
    }
}

/// What a decision about an occurrence depends on.
#[derive(Debug, Clone, Copy)]
pub struct WorkFacts<'a> {
    /// Whose work it is as a whole.
    pub holder: &'a Holder,
    /// The one person whose occurrence this is, where everybody has their own.
    pub person: Option<PersonId>,
    /// Who reads what was submitted, if anybody.
    pub reader: Option<&'a Holder>,
    /// Who submitted it.
    pub done_by: Option<PersonId>,
}

/// Where an occurrence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WorkState {
    /// Still to be done.
    Open,
    /// Done, and not read where somebody has to read it.
    Submitted,
    /// Read by whoever reads it (查阅).
    Read,
    /// Left out with a reason.
    Exempted,
    /// Its limit passed without it.
    Missed,
}

impl WorkState {
    /// All, in the order of lists.
    pub const ALL: [Self; 5] = [Self::Open, Self::Submitted, Self::Read, Self::Exempted, Self::Missed];

    /// The word in the database and the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Submitted => "submitted",
            Self::Read => "read",
            Self::Exempted => "exempted",
            Self::Missed => "missed",
        }
    }

    /// The state of a word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// What the reader found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// 合格
    Good,
    /// 需改进
    Improve,
}

impl Mark {
    /// All.
    pub const ALL: [Self; 2] = [Self::Good, Self::Improve];

    /// The word in the database and the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Improve => "improve",
        }
    }

    /// The mark of a word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.as_str() == text)
    }
}

/// One occurrence of a routine, for one person or for one of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// Its id.
    pub id: WorkId,
    /// What recurs.
    pub routine: RoutineId,
    /// Its name when this was made.
    pub label: String,
    /// The day that it is for.
    pub day: Date,
    /// Whose it is; `None`: one of the holders does it for all.
    pub person: Option<PersonId>,
    /// From when it can be done.
    pub opens: Timestamp,
    /// By when it has to be done.
    pub due: Timestamp,
    /// Where it stands.
    pub state: WorkState,
    /// What was written down: labels and texts.
    pub record: Vec<(String, String)>,
    /// Why it was left out.
    pub reason: String,
    /// Who did it, or left it out.
    pub done_by: Option<PersonId>,
    /// When.
    pub done: Option<Timestamp>,
    /// Who read it.
    pub read_by: Option<PersonId>,
    /// When.
    pub read: Option<Timestamp>,
    /// What the reader found.
    pub mark: Option<Mark>,
    /// What the reader says to it.
    pub remark: String,
    /// Grows with every change; an edit names the version that it saw.
    pub version: i64,
}

impl Work {
    /// Whether it was done after its limit.
    #[must_use]
    pub fn is_late(&self) -> bool {
        self.done.is_some_and(|done| done > self.due) && self.state != WorkState::Exempted
    }

    /// Whether it waits although its limit has passed.
    #[must_use]
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.state == WorkState::Missed || (self.state == WorkState::Open && self.due < now)
    }

    /// Whether it can be submitted now; what was missed still can.
    ///
    /// # Errors
    /// [`Refusal::WorkNotOpen`] before its time, [`Refusal::WorkDone`] where it was done or left out.
    pub fn may_submit(&self, now: Timestamp) -> Result<(), Refusal> {
        match self.state {
            WorkState::Open | WorkState::Missed if now >= self.opens => Ok(()),
            WorkState::Open | WorkState::Missed => Err(Refusal::WorkNotOpen),
            WorkState::Submitted | WorkState::Read | WorkState::Exempted => Err(Refusal::WorkDone),
        }
    }

    /// Whether it can be left out; also before its time, when it is known already.
    ///
    /// # Errors
    /// [`Refusal::WorkDone`] where it was done or left out.
    pub fn may_exempt(&self) -> Result<(), Refusal> {
        match self.state {
            WorkState::Open | WorkState::Missed => Ok(()),
            WorkState::Submitted | WorkState::Read | WorkState::Exempted => Err(Refusal::WorkDone),
        }
    }

    /// Whether it can be read.
    ///
    /// # Errors
    /// [`Refusal::WorkNotSubmitted`].
    pub fn may_read(&self) -> Result<(), Refusal> {
        if self.state == WorkState::Submitted { Ok(()) } else { Err(Refusal::WorkNotSubmitted) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_holder_without_parts_is_nobody() {
        let roles: Roles = [Role::Head].into_iter().collect();
        let covers = |holder: Holder| holder.covers(PersonId(1), DepartmentId(7), &roles);
        assert!(!covers(Holder::default()));
        assert!(covers(Holder { role: Some(Role::Head), ..Holder::default() }));
        assert!(covers(Holder { role: Some(Role::Head), department: Some(DepartmentId(7)), person: None }));
        assert!(!covers(Holder { role: Some(Role::Head), department: Some(DepartmentId(8)), person: None }));
        assert!(!covers(Holder { person: Some(PersonId(2)), role: Some(Role::Head), department: None }));
    }
}
