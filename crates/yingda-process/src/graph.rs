//! A definition as a picture's skeleton: lanes, nodes and arrows in the order of the file.
//!
//! The one thing to know: every node carries a lane, even where the file gives none (it is inherited from the step
//! before). Coordinates are deliberately not here; the drawing lays this out.

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
