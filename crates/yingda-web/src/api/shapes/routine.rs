//! Recurring work (周期性工作): what recurs, its occurrences, my day.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use yingda_app::Directory;
use yingda_app::routines::{CatalogueEntry, Day, Routine, RoutineText, Task, Team, TeamLine, Whom};
use yingda_core::routine::{Mark, WorkState};
use yingda_core::ticket::Ticket;
use yingda_core::{DepartmentId, PersonId, RoutineId, TicketId, WorkId};

use crate::api::shapes::form::{Filled, FormShape};
use crate::api::shapes::people::{DepartmentRef, PersonRef};
use crate::api::shapes::words::RoleWord;

/// Whose work it is, or who reads it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WhomShape {
    /// This person and nobody else.
    pub person: Option<PersonRef>,
    /// Whoever has this role.
    pub role: Option<RoleWord>,
    /// Whoever belongs to this department.
    pub department: Option<DepartmentRef>,
}

impl WhomShape {
    fn of(whom: &Whom, names: &Directory) -> Self {
        let holder = whom.holder(names);
        Self {
            person: whom.person.map(|id| PersonRef::of(id, names)),
            role: holder.role.map(Into::into),
            department: holder.department.map(|id| DepartmentRef::of(id, names)),
        }
    }
}

/// Something that recurs.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RoutineShape {
    /// Its id.
    #[schema(value_type = String, example = "rou_0c8x4m2p00400")]
    pub id: RoutineId,
    /// Its name.
    #[schema(example = "每周检查客服热线工作")]
    pub label: String,
    /// The process that brought it, `catalogue`, or `null` for one that the company made.
    pub process: Option<String>,
    /// What it says; `null` for nothing in particular.
    #[serde(flatten)]
    pub rule: RuleShape,
    /// When it opens next, while it runs.
    pub next: Option<Timestamp>,
    /// Whether the company does it.
    pub active: bool,
    /// Whether its process still brings it.
    pub listed: bool,
    /// Grows with every change; an edit names the version that it saw.
    pub version: i64,
}

/// What a routine says.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RuleShape {
    /// Whose work it is.
    pub who: WhomShape,
    /// `one` of them for all, or `each` for themselves.
    #[schema(example = "each")]
    pub share: String,
    /// `day`, `week`, `month` or `year`.
    #[schema(example = "week")]
    pub every: String,
    /// For `week`: `monday` to `sunday`.
    pub weekdays: Vec<String>,
    /// For `month`: 1 to 31, or `last`.
    pub month_day: String,
    /// For `year`: `11-30`.
    pub year_day: String,
    /// When it opens: `opening`, `closing` or `17:00`.
    #[schema(example = "opening")]
    pub at: String,
    /// On a free day: `skip`, `before`, `after` or `anyway`.
    #[schema(example = "before")]
    pub free_day: String,
    /// How long there is; `null`: until closing time.
    pub limit: Option<LimitShape>,
    /// Labels of what has to be written down, where no form of a process says so.
    pub fields: Vec<String>,
    /// Whether a word on every open ticket is the record.
    pub tickets: bool,
    /// Whether it may be left out with a reason.
    pub exempt: bool,
    /// Who reads it.
    pub read_by: Option<WhomShape>,
    /// The document that asks for it.
    pub source: String,
    /// The document's own words.
    pub quote: String,
    /// A remark.
    pub note: String,
    /// Numbers of the requirements.
    pub requirements: Vec<String>,
    /// Whether it is our default where the document is silent.
    pub ours: bool,
}

/// An amount of time.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LimitShape {
    /// How many.
    pub amount: u32,
    /// `working_minutes`, `working_hours`, `working_days`, `minutes`, `hours`, `days`, `weeks` or `months`.
    #[schema(example = "working_days")]
    pub unit: String,
}

impl RuleShape {
    fn of(rule: &yingda_app::routines::Rule, app: &yingda_app::App, names: &Directory) -> Self {
        let text = RoutineText::of(rule, app);
        Self {
            who: WhomShape::of(&rule.who, names),
            share: text.share,
            every: text.every,
            weekdays: text.weekdays,
            month_day: text.month_day,
            year_day: text.year_day,
            at: text.at,
            free_day: text.free_day,
            limit: text.limit.parse().ok().map(|amount| LimitShape { amount, unit: text.unit }),
            fields: text.fields,
            tickets: text.tickets,
            exempt: rule.exempt,
            read_by: rule.read_by.as_ref().map(|whom| WhomShape::of(whom, names)),
            source: rule.source.clone(),
            quote: rule.quote.clone(),
            note: rule.note.clone(),
            requirements: rule.requirements.clone(),
            ours: rule.ours,
        }
    }
}

impl RoutineShape {
    pub(crate) fn of(routine: &Routine, app: &yingda_app::App, names: &Directory, now: Timestamp) -> Self {
        Self {
            id: routine.id,
            label: routine.rule.label.clone(),
            process: Some(routine.process.clone()).filter(|process| !process.is_empty()),
            rule: RuleShape::of(&routine.rule, app, names),
            next: routine.runs().then(|| app.routine_next(&routine.rule, now)).flatten(),
            active: routine.active,
            listed: routine.listed,
            version: routine.version,
        }
    }
}

/// An entry of the catalogue of ready-made routines.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CatalogueShape {
    /// What to take it over by.
    #[schema(example = "t57")]
    pub code: String,
    /// Its name.
    pub label: String,
    /// What it says.
    #[serde(flatten)]
    pub rule: RuleShape,
    /// The routine that was made of it.
    #[schema(value_type = Option<String>, example = "rou_0c8x4m2p00400")]
    pub taken: Option<RoutineId>,
    /// Whether somebody is there to do it.
    pub somebody: bool,
}

impl CatalogueShape {
    pub(crate) fn of(entry: &CatalogueEntry, app: &yingda_app::App, names: &Directory) -> Self {
        Self {
            code: entry.code.clone(),
            label: entry.rule.label.clone(),
            rule: RuleShape::of(&entry.rule, app, names),
            taken: entry.taken,
            somebody: entry.somebody,
        }
    }
}

/// A routine as it shall be.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoutineBody {
    /// Its name.
    pub label: String,
    /// One person; then role and department say nothing.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub person: Option<PersonId>,
    /// Whoever has this role.
    #[serde(default)]
    pub role: Option<RoleWord>,
    /// Whoever belongs to this department.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub department: Option<DepartmentId>,
    /// `one` or `each`.
    #[serde(default)]
    pub share: String,
    /// `day`, `week`, `month` or `year`.
    pub every: String,
    /// For `week`.
    #[serde(default)]
    pub weekdays: Vec<String>,
    /// For `month`.
    #[serde(default)]
    pub month_day: String,
    /// For `year`.
    #[serde(default)]
    pub year_day: String,
    /// When it opens; opening time if not given.
    #[serde(default)]
    pub at: String,
    /// On a free day; `skip` if not given.
    #[serde(default)]
    pub free_day: String,
    /// How long there is; until closing time if not given.
    #[serde(default)]
    pub limit: Option<LimitShape>,
    /// Labels of what has to be written down.
    #[serde(default)]
    pub fields: Vec<String>,
    /// Whether a word on every open ticket is the record.
    #[serde(default)]
    pub tickets: bool,
    /// Whether it may be left out with a reason.
    #[serde(default)]
    pub exempt: bool,
    /// Whoever with this role reads it.
    #[serde(default)]
    pub reader_role: Option<RoleWord>,
    /// Whoever of this department reads it.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub reader_department: Option<DepartmentId>,
    /// A remark.
    #[serde(default)]
    pub note: String,
    /// For a change: the version that was seen.
    #[serde(default)]
    pub version: Option<i64>,
}

impl RoutineBody {
    pub(crate) fn text(self) -> RoutineText {
        RoutineText {
            label: self.label,
            person: self.person,
            role: self.role.map(Into::into),
            department: self.department,
            share: self.share,
            every: self.every,
            weekdays: self.weekdays,
            month_day: self.month_day,
            year_day: self.year_day,
            at: self.at,
            free_day: self.free_day,
            limit: self.limit.as_ref().map(|limit| limit.amount.to_string()).unwrap_or_default(),
            unit: self.limit.map(|limit| limit.unit).unwrap_or_default(),
            fields: self.fields,
            tickets: self.tickets,
            exempt: self.exempt,
            reader_person: None,
            reader_role: self.reader_role.map(Into::into),
            reader_department: self.reader_department,
            note: self.note,
        }
    }
}

/// Whether a routine runs.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoutineState {
    /// Whether it shall run.
    pub active: bool,
    /// The version that was seen.
    pub version: i64,
}

/// An occurrence of recurring work.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WorkShape {
    /// Its id.
    #[schema(value_type = String, example = "wrk_0c8x4m2p00400")]
    pub id: WorkId,
    /// What recurs.
    #[schema(value_type = String, example = "rou_0c8x4m2p00400")]
    pub routine: RoutineId,
    /// Its name.
    pub label: String,
    /// The day that it is for.
    #[schema(example = "2026-11-06")]
    pub day: String,
    /// Whose it is; `null`: one of the holders does it for all.
    pub person: Option<PersonRef>,
    /// From when it can be done.
    pub opens: Timestamp,
    /// By when it has to be done.
    pub due: Timestamp,
    /// `open`, `submitted`, `read`, `exempted` or `missed`.
    #[schema(example = "open")]
    pub state: String,
    /// Whether it was done after its limit.
    pub late: bool,
    /// What was written down: label and text.
    pub record: Vec<RecordLine>,
    /// Why it was left out.
    pub reason: String,
    /// Who did it, or left it out.
    pub done_by: Option<PersonRef>,
    /// When.
    pub done: Option<Timestamp>,
    /// Who read it.
    pub read_by: Option<PersonRef>,
    /// When.
    pub read: Option<Timestamp>,
    /// `good` or `improve`.
    pub mark: Option<String>,
    /// What the reader says.
    pub remark: String,
    /// What has to be written down, where this actor does it.
    pub form: Option<FormShape>,
    /// Whether this actor may leave it out now.
    pub may_exempt: bool,
    /// Whether this actor may read it now.
    pub may_read: bool,
    /// Grows with every change; an edit names the version that it saw.
    pub version: i64,
}

/// A line of a record.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RecordLine {
    /// The label; empty for a text that explains, `tickets` for how many tickets were looked after.
    pub label: String,
    /// The text.
    pub text: String,
}

impl WorkShape {
    pub(crate) fn of(task: &Task, names: &Directory) -> Self {
        let person = |id: Option<PersonId>| id.map(|id| PersonRef::of(id, names));
        let work = &task.work;
        let open = matches!(work.state, WorkState::Open | WorkState::Missed);
        Self {
            id: work.id,
            routine: work.routine,
            label: work.label.clone(),
            day: work.day.to_string(),
            person: person(work.person),
            opens: work.opens,
            due: work.due,
            state: work.state.as_str().to_owned(),
            late: work.is_late(),
            record: work
                .record
                .iter()
                .map(|(label, text)| RecordLine { label: label.clone(), text: text.clone() })
                .collect(),
            reason: work.reason.clone(),
            done_by: person(work.done_by),
            done: work.done,
            read_by: person(work.read_by),
            read: work.read,
            mark: work.mark.map(|mark| mark.as_str().to_owned()),
            remark: work.remark.clone(),
            form: (task.may_do && open).then(|| FormShape::from(&task.form)),
            may_exempt: task.may_exempt,
            may_read: task.may_read,
            version: work.version,
        }
    }
}

/// Work that was done.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSubmission {
    /// What was written down, by the names of the form's fields.
    #[serde(default)]
    pub fields: Filled,
    /// The version that was seen.
    pub version: Option<i64>,
}

/// Work that is left out.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewExemption {
    /// Why.
    pub reason: String,
    /// The version that was seen.
    pub version: Option<i64>,
}

/// What a reader says.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReading {
    /// `good` or `improve`.
    #[schema(example = "good")]
    pub mark: String,
    /// Needed for `improve`.
    #[serde(default)]
    pub remark: String,
    /// The version that was seen.
    pub version: Option<i64>,
}

impl NewReading {
    pub(crate) fn mark(&self) -> Option<Mark> {
        Mark::parse(&self.mark)
    }
}

/// Today's word on a ticket.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWord {
    /// What; may be empty where nothing stands in the way.
    #[serde(default)]
    pub note: String,
    /// What stands in the way: `department`, `customer`, `other`; nothing if not given.
    #[serde(default)]
    pub obstacle: String,
}

/// A ticket on somebody's day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DayTicket {
    /// Its id.
    #[schema(value_type = String, example = "tkt_0c8x4m2p00400")]
    pub id: TicketId,
    /// 工单编号
    pub number: String,
    /// One line for lists.
    pub subject: String,
    /// The earliest limit that runs now.
    pub due: Option<Timestamp>,
    /// Today's word, once it is said.
    pub word: Option<WordShape>,
}

/// Today's word.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WordShape {
    /// When.
    pub at: Timestamp,
    /// What.
    pub note: String,
    /// What stands in the way; empty for nothing.
    pub obstacle: String,
}

/// My day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DayShape {
    /// Which, where the desk is.
    #[schema(example = "2026-11-06")]
    pub date: String,
    /// My running tickets, what is due first comes first; at most 200.
    pub tickets: Vec<DayTicket>,
    /// How many of all my running tickets have no word of today.
    pub untracked: i64,
    /// What I have to do.
    pub to_do: Vec<WorkShape>,
    /// What was done today.
    pub done: Vec<WorkShape>,
    /// What waits for my reading.
    pub to_read: Vec<WorkShape>,
    /// What opens within seven days.
    pub coming: Vec<WorkShape>,
}

impl DayShape {
    pub(crate) fn of(day: &Day, names: &Directory) -> Self {
        let works = |tasks: &[Task]| tasks.iter().map(|task| WorkShape::of(task, names)).collect();
        let ticket = |(ticket, word): &(Ticket, Option<_>)| DayTicket {
            id: ticket.id,
            number: ticket.number.clone(),
            subject: ticket.subject.clone(),
            due: ticket.due,
            word: word.as_ref().map(|word: &yingda_app::routines::Tracked| WordShape {
                at: word.at,
                note: word.note.clone(),
                obstacle: word.obstacle.clone(),
            }),
        };
        Self {
            date: day.date.to_string(),
            tickets: day.tickets.iter().map(ticket).collect(),
            untracked: day.untracked,
            to_do: works(&day.to_do),
            done: works(&day.done),
            to_read: works(&day.to_read),
            coming: works(&day.coming),
        }
    }
}

/// The team's day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TeamShape {
    /// Which, where the desk is.
    pub date: String,
    /// Everybody's day; whoever has most left comes first.
    pub people: Vec<TeamPerson>,
    /// Work that one does for all.
    pub shared: Vec<WorkShape>,
    /// What waits for a reader.
    pub to_read: Vec<WorkShape>,
}

/// One person's day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TeamPerson {
    /// Who.
    pub person: PersonRef,
    /// Running tickets.
    pub open: i64,
    /// Those with a word of today.
    pub tracked: i64,
    /// Their work of today, and what is still missing.
    pub work: Vec<WorkShape>,
}

impl TeamShape {
    pub(crate) fn of(team: &Team, names: &Directory) -> Self {
        let works = |tasks: &[Task]| tasks.iter().map(|task| WorkShape::of(task, names)).collect::<Vec<_>>();
        let person = |line: &TeamLine| TeamPerson {
            person: PersonRef::of(line.person, names),
            open: line.open,
            tracked: line.tracked,
            work: works(&line.tasks),
        };
        Self {
            date: team.date.to_string(),
            people: team.lines.iter().map(person).collect(),
            shared: works(&team.shared),
            to_read: works(&team.to_read),
        }
    }
}
