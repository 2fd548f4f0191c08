//! Processes: what a program must know to bring a matter in and to follow it.

use serde::Serialize;
use utoipa::ToSchema;
use yingda_app::Process;
use yingda_process::StepKind;

use crate::api::shapes::form::FormShape;

/// A process, in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProcessLine {
    /// What to send as `process` with a new ticket.
    #[schema(example = "customer-consultation")]
    pub process: String,
    /// Its name.
    #[schema(example = "客户咨询工作流程")]
    pub name: String,
    /// The document that it comes from.
    #[schema(example = "S01")]
    pub source: Option<String>,
    /// The version that new tickets start under, as the document numbers it.
    pub number: String,
    /// The ways in that it takes.
    pub channels: Vec<String>,
}

/// A process.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProcessShape {
    #[serde(flatten)]
    line: ProcessLine,
    /// What it is for.
    pub purpose: Option<String>,
    /// The forms that bring a matter in: send their fields with `POST /tickets`.
    pub intake: Vec<FormShape>,
    /// All forms, in the order of the file.
    pub forms: Vec<FormShape>,
    /// Its steps.
    pub steps: Vec<ProcessStep>,
    /// The progress labels that it knows.
    pub progress: Vec<String>,
    /// The words of its rating, from best to worst.
    pub rating: Vec<String>,
    /// The largest attachment, in MiB.
    pub attachments_max_mb: u32,
    /// The endings of file names that it takes; empty for the usual ones.
    pub attachments_types: Vec<String>,
}

/// A step of a process.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProcessStep {
    /// Its id in the file.
    pub id: String,
    /// What people see.
    pub label: String,
    /// `task`, `choice`, `contact_sheet`, `message` or `end`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whose lane it is in.
    pub lane: String,
    /// The form that completes it.
    pub form: Option<String>,
    /// How long it may take, in the document's words.
    pub limit: Option<String>,
}

impl From<&Process> for ProcessLine {
    fn from(process: &Process) -> Self {
        let definition = &process.definition;
        Self {
            process: definition.id.clone(),
            name: definition.name.clone(),
            source: definition.source.clone(),
            number: process.stored.number.clone(),
            channels: definition.channels.iter().map(|channel| channel.id().to_owned()).collect(),
        }
    }
}

impl From<&Process> for ProcessShape {
    fn from(process: &Process) -> Self {
        let definition = &process.definition;
        let steps = definition.steps.iter().map(|step| {
            let (kind, form) = match &step.kind {
                StepKind::Task(task) => ("task", task.form.clone()),
                StepKind::Gateway(_) => ("choice", None),
                StepKind::ContactSheet(_) => ("contact_sheet", None),
                StepKind::Message(_) => ("message", None),
                StepKind::End(_) => ("end", None),
            };
            ProcessStep {
                id: step.id.clone(),
                label: step.label().to_owned(),
                kind: kind.to_owned(),
                lane: definition.lane(&step.lane).map(|lane| lane.name.clone()).unwrap_or_default(),
                form,
                limit: step.limit().map(yingda_process::LimitRule::short),
            }
        });
        Self {
            line: ProcessLine::from(process),
            purpose: definition.purpose.clone(),
            intake: definition.intake_forms().into_iter().map(FormShape::from).collect(),
            forms: definition.forms.iter().map(FormShape::from).collect(),
            steps: steps.collect(),
            progress: definition.progress.clone(),
            rating: definition
                .rating
                .iter()
                .flat_map(|rating| rating.scale.iter().map(|word| word.value.clone()))
                .collect(),
            attachments_max_mb: definition.attachments.max_mb,
            attachments_types: definition.attachments.types.clone(),
        }
    }
}
