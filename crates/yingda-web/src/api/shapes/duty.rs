//! Duty: shifts, rules, training, turns, and a month's roster.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use yingda_app::Directory;
use yingda_app::duty::now::{Basis, DutyNow};
use yingda_core::duty::check::{Finding, Severity, What};
use yingda_core::duty::rotate::Rhythm;
use yingda_core::duty::{AfterHours, Assigning, DutyRule, Held, Origin, Shift, Skill, Turn, TurnState};
use yingda_core::{ShiftId, TurnId};

use crate::api::shapes::people::{DepartmentRef, PersonRef};
use crate::api::shapes::words::words;

words! {
    /// On which days a shift is held.
    HeldWord of Held { Daily, WorkingDays, DaysOff }
}
words! {
    /// How far a turn is laid down.
    TurnStateWord of TurnState { Planned, Published }
}
words! {
    /// Where a turn came from.
    OriginWord of Origin { Hand, Rotation, Swap, Replacement }
}
words! {
    /// How work comes to people.
    AssigningWord of Assigning { Manual, RoundRobin, LeastLoaded, Skill }
}
words! {
    /// How long somebody keeps a shift.
    RhythmWord of Rhythm { Daily, Weekly }
}
words! {
    /// How bad a finding is.
    SeverityWord of Severity { Impossible, Serious, Notice }
}
words! {
    /// By what a department is on duty: its published roster, or the office's working time.
    BasisWord of Basis { Roster, Office }
}

/// What happens to work that comes out of hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AfterHoursWord {
    /// It waits until somebody is on duty.
    Wait,
    /// It goes to whoever is on duty in another department.
    Department,
    /// It goes to the head.
    Head,
}

/// A kind of shift (班次).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ShiftShape {
    /// Its id.
    #[schema(value_type = String, example = "shf_0c8x4m2p00400")]
    pub id: ShiftId,
    /// A short word, unique in the department.
    #[schema(example = "day")]
    pub code: String,
    /// The name that people see.
    #[schema(example = "白班")]
    pub name: String,
    /// When it begins, on the wall.
    #[schema(example = "08:00")]
    pub from: String,
    /// When it ends; not after `from` means the next day, the same means 24 hours.
    #[schema(example = "22:00")]
    pub to: String,
    /// Least people.
    pub least: i64,
    /// The training that it asks for; empty for none.
    pub skill: String,
    /// Whether a log is due at its end.
    pub night: bool,
    /// On which days it is held.
    pub held: HeldWord,
    /// Whether it may still be planned.
    pub active: bool,
    /// Grows with every change; an edit names the version that it saw.
    pub version: i64,
}

impl From<&Shift> for ShiftShape {
    fn from(s: &Shift) -> Self {
        Self {
            id: s.id,
            code: s.code.clone(),
            name: s.name.clone(),
            from: s.from.strftime("%H:%M").to_string(),
            to: s.to.strftime("%H:%M").to_string(),
            least: s.least,
            skill: s.skill.clone(),
            night: s.night,
            held: s.held.into(),
            active: s.active,
            version: s.version,
        }
    }
}

/// A department's rules.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RuleShape {
    /// How work comes to people.
    pub assigning: AssigningWord,
    /// What happens out of hours.
    pub after_hours: AfterHoursWord,
    /// With `department`: which.
    pub after_department: Option<DepartmentRef>,
    /// The hours of every day in which somebody has to be there; `null` where nothing is required.
    #[schema(example = "08:00")]
    pub cover_from: Option<String>,
    /// See `cover_from`; not after it means the next day, the same means 24 hours.
    #[schema(example = "22:00")]
    pub cover_to: Option<String>,
    /// Least minutes between two turns of a person.
    pub rest_minutes: i64,
    /// 0 where the department has set none; an edit names the version that it saw.
    pub version: i64,
}

impl RuleShape {
    fn of(rule: &DutyRule, names: &Directory) -> Self {
        let (after_hours, other) = match rule.after_hours {
            AfterHours::Wait => (AfterHoursWord::Wait, None),
            AfterHours::Head => (AfterHoursWord::Head, None),
            AfterHours::Department(other) => (AfterHoursWord::Department, Some(DepartmentRef::of(other, names))),
        };
        let wall = |time: jiff::civil::Time| time.strftime("%H:%M").to_string();
        Self {
            assigning: rule.assigning.into(),
            after_hours,
            after_department: other,
            cover_from: rule.cover.map(|(from, _)| wall(from)),
            cover_to: rule.cover.map(|(_, to)| wall(to)),
            rest_minutes: rule.rest_minutes,
            version: rule.version,
        }
    }
}

/// A training.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SkillShape {
    /// Whose.
    pub person: PersonRef,
    /// The word by which shifts and kinds of tickets ask for it.
    pub word: String,
    /// Since when.
    #[schema(value_type = String, format = Date)]
    pub since: Date,
    /// The last day on which it counts; `null` for ever.
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// Who trained them, what the proof is.
    pub note: String,
}

/// What a department's duty is made of.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SetupShape {
    /// Its rules.
    pub rule: RuleShape,
    /// Its shifts, in order of their beginning.
    pub shifts: Vec<ShiftShape>,
    /// Its people's training.
    pub skills: Vec<SkillShape>,
    /// Whether the holder may change it.
    pub may_manage: bool,
}

impl SetupShape {
    pub(crate) fn of(setup: &yingda_app::duty::setup::Setup, names: &Directory) -> Self {
        Self {
            rule: RuleShape::of(&setup.rule, names),
            shifts: setup.shifts.iter().map(ShiftShape::from).collect(),
            skills: setup.skills.iter().map(|skill| SkillShape::of(skill, names)).collect(),
            may_manage: setup.may_manage,
        }
    }
}

impl SkillShape {
    fn of(skill: &Skill, names: &Directory) -> Self {
        Self {
            person: PersonRef::of(skill.person, names),
            word: skill.word.clone(),
            since: skill.since,
            until: skill.until,
            note: skill.note.clone(),
        }
    }
}

/// One person's shift on one day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TurnShape {
    /// Its id.
    #[schema(value_type = String, example = "turn_0c8x4m2p00400")]
    pub id: TurnId,
    /// Which shift.
    #[schema(value_type = String)]
    pub shift: ShiftId,
    /// Whose.
    pub person: PersonRef,
    /// The day on which it begins.
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    /// Its first instant.
    #[schema(value_type = String, format = DateTime)]
    pub from: Timestamp,
    /// The first instant after it.
    #[schema(value_type = String, format = DateTime)]
    pub to: Timestamp,
    /// Planned or published.
    pub state: TurnStateWord,
    /// Where it came from.
    pub origin: OriginWord,
    /// Whose turn it stands in for.
    #[schema(value_type = Option<String>)]
    pub replaces: Option<TurnId>,
    /// 签到
    #[schema(value_type = Option<String>, format = DateTime)]
    pub signed_in: Option<Timestamp>,
    /// 签退
    #[schema(value_type = Option<String>, format = DateTime)]
    pub signed_out: Option<Timestamp>,
    /// Seconds by which they came late.
    pub late_seconds: Option<i64>,
    /// Whether they did not come.
    pub absent: bool,
    /// A remark.
    pub note: String,
    /// Grows with every change; an edit names the version that it saw.
    pub version: i64,
}

impl TurnShape {
    pub(crate) fn of(t: &Turn, names: &Directory) -> Self {
        Self {
            id: t.id,
            shift: t.shift,
            person: PersonRef::of(t.person, names),
            day: t.day,
            from: t.span.from,
            to: t.span.to,
            state: t.state.into(),
            origin: t.origin.into(),
            replaces: t.replaces,
            signed_in: t.signed_in,
            signed_out: t.signed_out,
            late_seconds: t.late_seconds(),
            absent: t.absent,
            note: t.note.clone(),
            version: t.version,
        }
    }
}

/// One thing that is wrong with a roster.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FindingShape {
    /// `overlap`, `too_few`, `untrained`, `on_leave`, `gone`, `short_rest`, `not_held`, `gap`.
    #[schema(example = "too_few")]
    pub code: String,
    /// How bad it is.
    pub severity: SeverityWord,
    /// The day that it belongs to.
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    /// The shift, where it is about one.
    #[schema(value_type = Option<String>)]
    pub shift: Option<ShiftId>,
    /// The person, where it is about one.
    pub person: Option<PersonRef>,
    /// With `too_few`: who counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub have: Option<i64>,
    /// With `too_few`: how many it needs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub need: Option<i64>,
    /// With `short_rest`: minutes between the two turns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes: Option<i64>,
    /// With `gap`: since when nobody is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub from: Option<Timestamp>,
    /// With `gap`: until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub to: Option<Timestamp>,
}

impl FindingShape {
    pub(crate) fn of(finding: &Finding, names: &Directory) -> Self {
        let mut shape = Self {
            code: finding.what.as_str().to_owned(),
            severity: finding.what.severity().into(),
            day: finding.day,
            shift: finding.shift,
            person: finding.person.map(|person| PersonRef::of(person, names)),
            have: None,
            need: None,
            minutes: None,
            from: None,
            to: None,
        };
        match finding.what {
            What::TooFew { have, need } => (shape.have, shape.need) = (Some(have), Some(need)),
            What::ShortRest { minutes } => shape.minutes = Some(minutes),
            What::Gap { span } => (shape.from, shape.to) = (Some(span.from), Some(span.to)),
            _ => {}
        }
        shape
    }
}

/// A month's roster.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RosterShape {
    /// Whose.
    pub department: DepartmentRef,
    /// The days of the month that are off at the office.
    #[schema(value_type = Vec<String>)]
    pub days_off: Vec<Date>,
    /// Its shifts.
    pub shifts: Vec<ShiftShape>,
    /// Who may be rostered.
    pub people: Vec<PersonRef>,
    /// Its turns; planned ones only for those who make the roster.
    pub turns: Vec<TurnShape>,
    /// What is wrong with it; for those who make the roster.
    pub findings: Vec<FindingShape>,
    /// Whether the holder makes it.
    pub may_manage: bool,
}

impl RosterShape {
    pub(crate) fn of(roster: &yingda_app::duty::roster::Roster, names: &Directory) -> Self {
        let off = |day: &&yingda_app::duty::roster::RosterDay| day.kind == yingda_core::duty::DayKind::Off;
        Self {
            department: DepartmentRef::of(roster.department, names),
            days_off: roster.days.iter().filter(off).map(|day| day.date).collect(),
            shifts: roster.shifts.iter().map(ShiftShape::from).collect(),
            people: roster.people.iter().map(|person| PersonRef::of(*person, names)).collect(),
            turns: roster.turns.iter().map(|turn| TurnShape::of(turn, names)).collect(),
            findings: roster.findings.iter().map(|finding| FindingShape::of(finding, names)).collect(),
            may_manage: roster.may_manage,
        }
    }
}

/// Who is on duty.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DutyNowShape {
    /// By what.
    pub basis: BasisWord,
    /// Who is on duty.
    pub people: Vec<PersonRef>,
    /// When somebody is on duty next, where nobody is.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub opens: Option<Timestamp>,
}

impl DutyNowShape {
    pub(crate) fn of(now: &DutyNow, names: &Directory) -> Self {
        Self {
            basis: now.basis.into(),
            people: now.people.iter().map(|one| PersonRef::of(one.person, names)).collect(),
            opens: now.opens,
        }
    }
}
