//! 流程: the procedures that run this desk, as documents: control table, lanes, steps, forms, chart, measures. What the
//! source document left open and we set is marked as such (`origin: default`).

use askama::Template;

use crate::kit::{Badge, Markup};
use crate::shell::Shell;

/// The list at `/processes`.
#[derive(Template, Debug, Clone)]
#[template(path = "processes.html")]
pub struct ProcessesPage {
    /// Surroundings.
    pub shell: Shell,
    /// Processes.
    pub rows: Vec<ProcessRow>,
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
    /// Open tickets, capped, and the list of them.
    pub open: (String, String),
    /// In force, superseded.
    pub state: Badge,
}

/// The page at `/processes/{name}`.
#[derive(Template, Debug, Clone)]
#[template(path = "process.html")]
pub struct ProcessPage {
    /// Surroundings.
    pub shell: Shell,
    /// Title.
    pub title: String,
    /// Where it stands.
    pub state: Badge,
    /// 目的, 范围 and what starts it.
    pub purpose: Markup,
    /// Document control: label and value (编制, 审核, 批准, 版本, 日期 …).
    pub control: Vec<(String, String)>,
    /// Changes of versions: number, date, reason, key points.
    pub versions: Vec<[String; 4]>,
    /// Lanes: name and who fills it.
    pub lanes: Vec<(String, String)>,
    /// Steps in order.
    pub steps: Vec<StepRow>,
    /// Forms with their fields.
    pub forms: Vec<FormDoc>,
    /// Limits: what, target, source or default.
    pub limits: Vec<LimitRow>,
    /// Measures: name, target, where it stands, address of the figures.
    pub measures: Vec<MeasureRow>,
    /// What the source left open and how it was settled.
    pub gaps: Vec<String>,
    /// The chart.
    pub chart: Option<Markup>,
    /// Address of the process file.
    pub file_href: String,
}

/// A step in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRow {
    /// Name.
    pub name: String,
    /// Lane.
    pub lane: String,
    /// What is done.
    pub what: String,
    /// What comes next, in words.
    pub next: String,
}

/// A form in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormDoc {
    /// Title.
    pub title: String,
    /// Fields: label, type, required or when.
    pub fields: Vec<[String; 3]>,
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

/// Where a rule comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The document itself says so; with the requirement's number.
    Document(String),
    /// The document is silent; this is our default.
    Default,
}

/// A measure in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasureRow {
    /// Name.
    pub name: String,
    /// Target, such as ≥ 95%.
    pub target: String,
    /// Where it stands now, such as 96.4%（135/140）.
    pub value: String,
    /// Whether the target is met.
    pub state: Badge,
    /// The figures behind it.
    pub href: String,
}
