//! A definition as a picture's skeleton: lanes, nodes and arrows in the order of the file.
//!
//! The one thing to know: every node carries a lane, even where the file gives none (it is inherited from the step
//! before). Coordinates are deliberately not here; the drawing lays this out.

use crate::definition::{Definition, Step, StepKind};

/// What the swimlane chart shows: nothing that a reader of the chart could not see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Graph {
    /// In the order of the file.
    pub lanes: Vec<GraphLane>,
    /// The start circle first, then the steps in the order of the file.
    pub nodes: Vec<GraphNode>,
    /// By source node in the order of the file; the arrows of one gateway in the order of its cases.
    pub edges: Vec<GraphEdge>,
}

/// One swimlane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphLane {
    pub id: String,
    pub name: String,
    /// Outside the company (the customer).
    pub external: bool,
}

/// One node of the chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphNode {
    /// The step's id; [`START`] for the start circle.
    pub id: String,
    pub label: String,
    /// Id of a lane in [`Graph::lanes`].
    pub lane: String,
    pub kind: GraphKind,
    /// A short text such as `2工作日内`; by-priority limits name the priorities: `紧急/高 2小时内`.
    pub limit: Option<String>,
}

/// The id of the start circle. No step can be called so (ids of steps do not begin with `^`).
pub const START: &str = "^start";

/// The shape of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GraphKind {
    Start,
    Task,
    Gateway,
    ContactSheet,
    Message,
    End,
}

/// One arrow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphEdge {
    pub from: String,
    pub to: String,
    /// The label of a gateway's case.
    pub label: Option<String>,
}

impl Definition {
    /// The chart of this procedure. The start circle stands in the first external lane, where there is one.
    pub fn graph(&self) -> Graph {
        let lanes = self
            .lanes
            .iter()
            .map(|lane| GraphLane { id: lane.id.clone(), name: lane.name.clone(), external: lane.external() })
            .collect();
        let start_lane = self.lanes.iter().find(|lane| lane.external()).map(|lane| lane.id.clone());
        let first_lane = self.step(&self.start).map(|step| step.lane.clone());
        let mut nodes = vec![GraphNode {
            id: START.to_owned(),
            label: "开始".to_owned(),
            lane: start_lane.or(first_lane).unwrap_or_default(),
            kind: GraphKind::Start,
            limit: None,
        }];
        let mut edges = vec![GraphEdge { from: START.to_owned(), to: self.start.clone(), label: None }];
        for step in &self.steps {
            let kind = match &step.kind {
                StepKind::Task(_) => GraphKind::Task,
                StepKind::Gateway(_) => GraphKind::Gateway,
                StepKind::ContactSheet(_) => GraphKind::ContactSheet,
                StepKind::Message(_) => GraphKind::Message,
                StepKind::End(_) => GraphKind::End,
            };
            nodes.push(GraphNode {
                id: step.id.clone(),
                label: step.label().to_owned(),
                lane: step.lane.clone(),
                kind,
                limit: step.limit().map(crate::limit::LimitRule::short),
            });
            for (to, label) in step.successors() {
                edges.push(GraphEdge { from: step.id.clone(), to: to.to_owned(), label: label.map(str::to_owned) });
            }
        }
        Graph { lanes, nodes, edges }
    }
}

impl Step {
    /// Where the step can lead, with the label of the way, in the order of the file.
    pub fn successors(&self) -> Vec<(&str, Option<&str>)> {
        match &self.kind {
            StepKind::Task(task) => vec![(&task.next, None)],
            StepKind::ContactSheet(sheet) => vec![(&sheet.next, None)],
            StepKind::Message(message) => vec![(&message.next, None)],
            StepKind::End(_) => Vec::new(),
            StepKind::Gateway(gateway) => {
                let cases = gateway.cases.iter().map(|case| (case.to.as_str(), case.label.as_deref()));
                let default = (gateway.otherwise.as_str(), gateway.otherwise_label.as_deref());
                cases.chain(std::iter::once(default)).collect()
            }
        }
    }
}
