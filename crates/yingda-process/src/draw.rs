//! The swimlane chart (泳道图) of a process, as process documents draw it: lanes side by side, the flow downwards.
//!
//! The one thing to know: [`layout()`] decides every coordinate and can be inspected, [`svg()`] writes it down, and both
//! are functions of their arguments alone, so the same process always gives the same bytes. Colours are class names
//! with custom properties in [`STYLESHEET`]; reading a process and knowing a ticket's position are deliberately not here.

use std::collections::BTreeSet;

use crate::graph::Graph;

mod frame;
mod label;
mod layout;
mod node;
mod place;
mod rank;
mod shape;
mod svg;
mod text;
mod track;
mod trail;

#[cfg(test)]
mod tests;

pub use label::Label;
pub use layout::{LaneBand, Layout, NodeBox, Route, Size, layout};
pub use shape::{Point, Rect};
pub use text::Lines;

/// The rules for the chart's class names. A page serves it (with [`Style::Classes`]) and sets `--chart-text`,
/// `--chart-line`, `--chart-live` … to its own colours; unset ones follow the reader's light or dark scheme.
pub const STYLESHEET: &str = include_str!("draw/style.css");

/// Where the chart's colours come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// The stylesheet is inside: for files that stand alone.
    #[default]
    Embedded,
    /// Class names only, no `<style>` and no style attributes: for pages with a strict content security policy.
    Classes,
}

/// What a chart shows beyond the process itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The name of the chart, for its `<title>`.
    pub title: String,
    /// Prefix of the ids in the document; distinct for each chart on a page.
    pub id: String,
    /// Ids of the nodes that are open now.
    pub live: BTreeSet<String>,
    /// Ids of the nodes that have been passed.
    pub done: BTreeSet<String>,
    /// Further class names for the root element, separated by spaces.
    pub theme: String,
    pub style: Style,
    pub words: Words,
}

/// A plain chart: nothing open, nothing passed, Chinese words, colours embedded.
impl Default for Picture {
    fn default() -> Self {
        Self {
            title: "流程图".into(),
            id: "flowchart".into(),
            live: BTreeSet::new(),
            done: BTreeSet::new(),
            theme: String::new(),
            style: Style::Embedded,
            words: Words::default(),
        }
    }
}

/// The few words that only a screen reader hears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    pub lanes: String,
    pub steps: String,
    pub live: String,
    pub done: String,
    pub colon: String,
    pub comma: String,
    pub stop: String,
}

/// Simplified Chinese.
impl Default for Words {
    fn default() -> Self {
        Self::of(["泳道", "节点数", "当前", "已完成", "：", "、", "。"])
    }
}

impl Words {
    pub fn english() -> Self {
        Self::of(["Lanes", "Steps", "Now at", "Done", ": ", ", ", ". "])
    }

    fn of(words: [&str; 7]) -> Self {
        let [lanes, steps, live, done, colon, comma, stop] = words.map(str::to_owned);
        Self { lanes, steps, live, done, colon, comma, stop }
    }
}

/// Draws a chart as one SVG document.
pub fn svg(graph: &Graph, picture: &Picture) -> String {
    svg::write(graph, &layout(graph), picture)
}
