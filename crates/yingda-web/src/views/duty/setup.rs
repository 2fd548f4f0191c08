//! What rosters are made of: shifts, a department's rules, who is trained for what.

use askama::Template;

use super::{DutyHead, Sign};
use crate::kit::{Badge, FieldForm, Stale};
use crate::shell::Shell;

/// The page at `/duty/setup`.
#[derive(Template, Debug, Clone)]
#[template(path = "duty/setup.html")]
pub struct SetupPage {
    /// Surroundings.
    pub shell: Shell,
    /// The department.
    pub head: DutyHead,
    /// Its shifts.
    pub shifts: Vec<ShiftRow>,
    /// Its rules; for those who cannot change them as pairs.
    pub rule: Option<FieldForm>,
    /// Version of the rules for the stale check.
    pub rule_version: String,
    /// What somebody else saved meanwhile.
    pub stale: Option<Stale>,
    /// The rules in words: name and what holds.
    pub rules: Vec<(String, String)>,
    /// Who is trained for what.
    pub skills: Vec<SkillRow>,
    /// Records a training; none for those who cannot.
    pub skill: Option<FieldForm>,
}

/// A shift in the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShiftRow {
    /// Where it is changed; empty for those who cannot.
    pub href: String,
    /// The sign.
    pub sign: Sign,
    /// The short word.
    pub code: String,
    /// 08:00–22:00
    pub hours: String,
    /// Least people.
    pub least: String,
    /// The training that it asks for.
    pub skill: String,
    /// On which days it is held.
    pub held: String,
    /// Whether a night's log is due.
    pub night: bool,
    /// Whether it may still be planned.
    pub state: Badge,
}

/// A training in the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SkillRow {
    /// Public id of the person.
    pub person: String,
    /// Their name.
    pub name: String,
    /// The word.
    pub word: String,
    /// Since when until when.
    pub when: String,
    /// Who trained them, what the proof is.
    pub note: String,
    /// Whether it counts today.
    pub state: Badge,
}

/// The form at `/duty/shifts/new` and `/duty/shifts/{id}`.
#[derive(Template, Debug, Clone)]
#[template(path = "duty/shift.html")]
pub struct ShiftPage {
    /// Surroundings.
    pub shell: Shell,
    /// The department.
    pub head: DutyHead,
    /// Public id; none for a new one.
    pub id: Option<String>,
    /// Version for the stale check; empty for a new one.
    pub version: String,
    /// The fields.
    pub form: FieldForm,
    /// What somebody else saved meanwhile.
    pub stale: Option<Stale>,
}
