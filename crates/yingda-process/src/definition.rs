//! A procedure as the engine runs it: everything a process file says, resolved and proven sound.
//!
//! The one thing to know: a [`Definition`] exists only if the whole file was free of faults, so every reference in it
//! resolves and every expression is typed. Reading a file is `load`; values are in `value`; none of it is here.

use crate::clock::{ClockRule, PauseReason, Rung, Trigger};
use crate::form::{FieldRef, Form};
use crate::limit::LimitRule;
use crate::vocabulary::{Channel, Milestone, Origin, Outcome, Requester, Role};

/// One version of one procedure.
#[derive(Debug, Clone)]
pub struct Definition {
    /// The `process` key: stable across versions.
    pub id: String,
    pub name: String,
    /// The document it comes from, for example `S03`.
    pub source: Option<String>,
    pub document: Document,
    pub purpose: Option<String>,
    pub scope: Option<String>,
    pub trigger: Option<String>,
    pub control_points: Vec<String>,
    pub success: Vec<String>,
    pub channels: Vec<Channel>,
    pub requester: Requester,
    pub number: Numbering,
    pub departments: Vec<Department>,
    pub lanes: Vec<Lane>,
    pub scripts: Vec<Script>,
    /// Id of the script the intake screen opens with.
    pub greeting: Option<String>,
    pub forms: Vec<Form>,
    /// The chain of tasks that the intake screen shows together; begins with [`Definition::start`].
    pub intake: Vec<String>,
    pub start: String,
    pub steps: Vec<Step>,
    /// Every limit as a clock, those of the steps first.
    pub clocks: Vec<ClockRule>,
    /// Who is told when a clock without a ladder of its own runs short; `None`: as the desk has it.
    pub ladder: Option<Vec<Rung>>,
    /// What brings a matter before somebody at once.
    pub triggers: Vec<Trigger>,
    /// Reasons for which clocks may stand still.
    pub pauses: Vec<PauseReason>,
    pub rating: Option<Rating>,
    /// Progress labels in their usual order (「已联系客户」 …).
    pub progress: Vec<String>,
    pub measures: Vec<Measure>,
    pub retention_years: u32,
    pub attachments: Attachments,
    /// How tables of matters are taken in; `None`: they are not.
    pub import: Option<crate::place::ImportRules>,
    /// Recurring work.
    pub routines: Vec<crate::routine::Routine>,
    pub notes: Vec<Note>,
}

/// Where an item comes from: requirement numbers, and whether the document or we say so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trace {
    pub requirements: Vec<String>,
    pub origin: Origin,
    pub note: Option<String>,
}

/// The controlled-document block (S01, S02: ).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    pub number: Option<String>,
    pub name: Option<String>,
    pub owner: Option<String>,
    pub revision: Option<String>,
    pub pages: Option<String>,
    pub versions: Vec<DocumentVersion>,
    pub trace: Trace,
}

/// One line of the table of versions. Dates and names as the document prints them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentVersion {
    pub number: String,
    pub date: Option<String>,
    pub reason: Option<String>,
    pub key_points: Option<String>,
    pub prepared: Option<String>,
    pub reviewed: Option<String>,
    pub approved: Option<String>,
    pub trace: Trace,
}

/// How tickets of this procedure are numbered: prefix, year and month, counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbering {
    pub prefix: String,
    pub trace: Trace,
}

/// A department that this procedure names. The id is the key of the company's department table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Department {
    pub id: String,
    pub name: String,
    pub trace: Trace,
}

/// A swimlane: who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    pub id: String,
    pub name: String,
    pub holder: LaneHolder,
    pub trace: Trace,
}

/// Who holds a lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LaneHolder {
    /// Outside the company.
    External,
    Role(Role),
    /// Id of a department.
    Department(String),
    /// The department that a field names at run time (or the one its chosen option routes to).
    DepartmentFrom(FieldRef),
}

impl Lane {
    pub fn external(&self) -> bool {
        self.holder == LaneHolder::External
    }
}

/// A text to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    pub id: String,
    pub title: String,
    pub text: String,
    pub trace: Trace,
}

/// One step of the procedure.
#[derive(Debug, Clone)]
pub struct Step {
    pub id: String,
    /// Id of a lane; inherited from a predecessor where the file gives none.
    pub lane: String,
    pub kind: StepKind,
    /// What surely has a value whenever a ticket comes here, on whatever way: `form.field`, `step.answer`.
    pub certain: Vec<String>,
    pub trace: Trace,
}

#[derive(Debug, Clone)]
pub enum StepKind {
    Task(Task),
    Gateway(Gateway),
    ContactSheet(ContactSheet),
    Message(Message),
    End(End),
}

/// Work of a person.
#[derive(Debug, Clone)]
pub struct Task {
    pub label: String,
    /// Id of a form; `None`: the step is only ticked off.
    pub form: Option<String>,
    /// Id of a script.
    pub script: Option<String>,
    pub next: String,
    /// Reached when the task is completed.
    pub marks: Vec<Milestone>,
    /// Runs from entering to completing.
    pub limit: Option<LimitRule>,
    pub progress: StepProgress,
}

/// Progress labels that a step sets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StepProgress {
    pub on_entry: Option<String>,
    pub on_completion: Option<String>,
}

/// An exclusive choice: the first case that holds, else the default.
#[derive(Debug, Clone)]
pub struct Gateway {
    pub label: Option<String>,
    pub cases: Vec<Case>,
    pub otherwise: String,
    pub otherwise_label: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Case {
    pub when: crate::condition::Condition,
    pub to: String,
    pub label: Option<String>,
    pub trace: Trace,
}

/// A numbered request to a department (工作联系单, S01); the step waits for the answer.
#[derive(Debug, Clone)]
pub struct ContactSheet {
    pub label: String,
    pub to: SheetTo,
    pub question: FieldRef,
    pub customer_matter: Option<FieldRef>,
    pub countersign: Countersign,
    /// Runs from the department's receipt.
    pub limit: Option<LimitRule>,
    pub next: String,
    pub marks: Vec<Milestone>,
    pub progress: StepProgress,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetTo {
    Department(String),
    Field(FieldRef),
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Countersign {
    #[default]
    Optional,
    Required,
}

/// A text sent to the customer without anybody's work.
#[derive(Debug, Clone)]
pub struct Message {
    pub label: Option<String>,
    pub text: crate::template::Template,
    pub next: String,
}

#[derive(Debug, Clone)]
pub struct End {
    pub label: String,
    pub outcome: Outcome,
    /// Whether the matter leaves an event record to be followed up (R-242: an answer on the spot does not).
    pub event_record: bool,
    pub marks: Vec<Milestone>,
}

/// Which field is the customer's rating, and what its values mean (J07, J08).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    pub field: FieldRef,
    pub reason: Option<FieldRef>,
    pub scale: Vec<RatingValue>,
    pub reopen_on: Vec<String>,
    pub trace: Trace,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatingValue {
    pub value: String,
    pub satisfied: bool,
}

/// A success figure of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    pub id: String,
    pub label: String,
    pub of: crate::vocabulary::MeasureOf,
    /// In per cent of the whole, 0 to 100.
    pub at_least_percent: Option<u32>,
    /// Only tickets that came through these channels; empty: all.
    pub channels: Vec<Channel>,
    pub trace: Trace,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachments {
    /// In MiB per file.
    pub max_mb: u32,
    /// File name extensions without the dot, lower case; empty: any.
    pub types: Vec<String>,
    pub trace: Trace,
}

/// A remark for the reader of the procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub text: String,
    pub trace: Trace,
}

impl Step {
    /// What a reader sees on the step.
    pub fn label(&self) -> &str {
        match &self.kind {
            StepKind::Task(task) => &task.label,
            StepKind::Gateway(gateway) => gateway.label.as_deref().unwrap_or_default(),
            StepKind::ContactSheet(sheet) => &sheet.label,
            StepKind::Message(message) => message.label.as_deref().unwrap_or("通知客户"),
            StepKind::End(end) => &end.label,
        }
    }

    /// The limit the step carries, before it is resolved by priority.
    pub fn limit(&self) -> Option<&LimitRule> {
        match &self.kind {
            StepKind::Task(task) => task.limit.as_ref(),
            StepKind::ContactSheet(sheet) => sheet.limit.as_ref(),
            StepKind::Gateway(_) | StepKind::Message(_) | StepKind::End(_) => None,
        }
    }
}

impl Definition {
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    pub fn clock(&self, id: &str) -> Option<&ClockRule> {
        self.clocks.iter().find(|clock| clock.id == id)
    }

    pub fn lane(&self, id: &str) -> Option<&Lane> {
        self.lanes.iter().find(|lane| lane.id == id)
    }

    pub fn form(&self, id: &str) -> Option<&Form> {
        self.forms.iter().find(|form| form.id == id)
    }

    pub fn routine(&self, id: &str) -> Option<&crate::routine::Routine> {
        self.routines.iter().find(|routine| routine.id == id)
    }

    pub fn script(&self, id: &str) -> Option<&Script> {
        self.scripts.iter().find(|script| script.id == id)
    }

    pub fn department(&self, id: &str) -> Option<&Department> {
        self.departments.iter().find(|department| department.id == id)
    }

    /// The forms of the intake screen, in the order of its steps, each once.
    pub fn intake_forms(&self) -> Vec<&Form> {
        let mut forms: Vec<&Form> = Vec::new();
        for step in &self.intake {
            let Some(StepKind::Task(task)) = self.step(step).map(|step| &step.kind) else {
                continue;
            };
            let form = task.form.as_deref().and_then(|id| self.form(id));
            if let Some(form) = form.filter(|form| forms.iter().all(|known| known.id != form.id)) {
                forms.push(form);
            }
        }
        forms
    }
}
