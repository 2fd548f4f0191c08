//! 流程: the procedures that run this desk, as documents: control table, lanes, steps, forms, chart, measures. What the
//! source document left open and we set is marked as such (`origin: default`), with the note that says why.

use askama::Template;

use crate::kit::{Badge, FieldForm, Markup, Moment};
use crate::shell::Shell;

/// The list at `/processes`.
#[derive(Template, Debug, Clone)]
#[template(path = "processes.html")]
pub struct ProcessesPage {
    /// Surroundings.
    pub shell: Shell,
    /// Processes.
    pub rows: Vec<ProcessRow>,
    /// Whether the reader may let a new version in.
    pub may_upload: bool,
}

/// A process in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessRow {
    /// Address.
    pub href: String,
    /// Title.
    pub title: String,
    /// What starts it.
    pub trigger: String,
    /// Version in force.
    pub version: String,
    /// Source document, such as S02.
    pub source: String,
    /// Open tickets, capped, and the list of them; none for whoever sees no list of tickets.
    pub open: Option<(String, String)>,
    /// In force, superseded.
    pub state: Badge,
}

/// The page at `/processes/{name}`.
#[derive(Template, Debug, Clone)]
#[template(path = "process.html")]
pub struct ProcessPage {
    /// Surroundings.
    pub shell: Shell,
    /// The process's id, such as water-hotline.
    pub name: String,
    /// Title.
    pub title: String,
    /// Where it stands.
    pub state: Badge,
    /// Heading and text: 目的, 范围, what starts it.
    pub purpose: Vec<(String, Markup)>,
    /// 控制要点
    pub control_points: Vec<String>,
    /// 成功标准, as the document words it.
    pub success: Vec<String>,
    /// Document control: label and value (编制, 审核, 批准, 版本, 日期 …).
    pub control: Vec<(String, String)>,
    /// Where the document control comes from.
    pub control_origin: Origin,
    /// Changes of versions of the document: number, date, reason, key points, who prepared, reviewed and approved.
    pub versions: Vec<[String; 5]>,
    /// Lanes.
    pub lanes: Vec<LaneRow>,
    /// Steps in order.
    pub steps: Vec<StepRow>,
    /// Forms with their fields.
    pub forms: Vec<FormDoc>,
    /// Scripts.
    pub scripts: Vec<ScriptDoc>,
    /// Limits: what, target, source or default.
    pub limits: Vec<LimitRow>,
    /// Measures: name, target, address of the figures.
    pub measures: Vec<MeasureRow>,
    /// What the source left open and how it was settled.
    pub gaps: Vec<Gap>,
    /// The chart.
    pub chart: Option<Markup>,
    /// Address of the process file.
    pub file_href: String,
    /// Versions that were let in at this desk, newest first.
    pub installed: Vec<InstalledRow>,
    /// Whether the reader may let a new version in.
    pub may_upload: bool,
}

/// Where a rule comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// Numbers of requirements, such as R-066; may be empty.
    pub requirements: String,
    /// Whether the document is silent and this is our default.
    pub default: bool,
    /// What the file remarks about it; may be empty.
    pub note: String,
}

impl Origin {
    /// Whether there is nothing to say.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        !self.default && self.requirements.is_empty() && self.note.is_empty()
    }
}

/// A lane in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaneRow {
    /// Name.
    pub name: String,
    /// Who fills it.
    pub holder: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// A step in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRow {
    /// Name.
    pub name: String,
    /// Lane.
    pub lane: String,
    /// What is done: form, script, limit, what it reaches.
    pub what: Vec<String>,
    /// What comes next, in words.
    pub next: Vec<String>,
    /// Where it comes from.
    pub origin: Origin,
}

/// A form in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormDoc {
    /// Title.
    pub title: String,
    /// Where it comes from.
    pub origin: Origin,
    /// Fields.
    pub fields: Vec<FieldDoc>,
}

/// A field in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldDoc {
    /// Label.
    pub label: String,
    /// Type with unit, bounds and options.
    pub kind: String,
    /// Required, or when; empty for neither.
    pub required: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// A script in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptDoc {
    /// Title.
    pub title: String,
    /// What is said.
    pub text: Markup,
    /// Where it comes from.
    pub origin: Origin,
}

/// A limit in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitRow {
    /// What is limited.
    pub name: String,
    /// Target in words.
    pub target: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// A measure in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasureRow {
    /// Name.
    pub name: String,
    /// Target, such as ≥ 95%.
    pub target: String,
    /// What it is a share of.
    pub what: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// Something that the source left open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Where in the process.
    pub place: String,
    /// Where it comes from, and what the file says about it.
    pub origin: Origin,
}

/// A version that was let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstalledRow {
    /// Address.
    pub href: String,
    /// The document's number.
    pub number: String,
    /// When it was let in.
    pub at: Moment,
    /// Whether new tickets start under it.
    pub state: Badge,
}

/// The form at `/processes/new`.
#[derive(Template, Debug, Clone)]
#[template(path = "process_new.html")]
pub struct ProcessUploadPage {
    /// Surroundings.
    pub shell: Shell,
    /// The file, and its text.
    pub form: FieldForm,
    /// Everything wrong with it.
    pub faults: Vec<FaultRow>,
}

/// One fault of a process file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultRow {
    /// Line and column, such as 12:5.
    pub place: String,
    /// The line itself.
    pub line: String,
    /// What is wrong and what to do.
    pub sentence: String,
}
