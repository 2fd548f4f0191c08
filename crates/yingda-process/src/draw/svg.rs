//! A layout written down as SVG.
//!
//! The one thing to know: nothing is decided here. Shapes carry class names and the two presentation attributes that
//! make them legible without any stylesheet (`fill`, `stroke`); there are no style attributes, because pages forbid
//! them. Words come from the caller.

use super::layout::{LaneBand, Layout, Route};
use super::node;
use super::shape::{self, Point, Rect};
use super::{Picture, STYLESHEET, Style};
use crate::graph::{Graph, GraphKind};

/// Radius of rounded corners of arrows, in pixels.
const CORNER: f64 = 6.0;
const ARROW: f64 = 7.5;

/// Writes the whole document.
pub fn write(graph: &Graph, layout: &Layout, picture: &Picture) -> String {
    let mut out = String::new();
    let (width, height) = (num(layout.size.width), num(layout.size.height));
    let theme = if picture.theme.is_empty() { String::new() } else { format!(" {}", escape(&picture.theme)) };
    let id = escape(&picture.id);
    out.push_str(&format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"flowchart{theme}\" role=\"img\" \
         aria-labelledby=\"{id}-title {id}-desc\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         fill=\"none\" font-size=\"{}\">\n",
        num(shape::FONT)
    ));
    out.push_str(&format!("<title id=\"{id}-title\">{}</title>\n", escape(&picture.title)));
    out.push_str(&format!("<desc id=\"{id}-desc\">{}</desc>\n", escape(&describe(graph, picture))));
    if picture.style == Style::Embedded {
        out.push_str(&format!("<style>\n{STYLESHEET}</style>\n"));
    }
    for (index, band) in layout.lanes.iter().enumerate() {
        let name = graph.lanes.get(index).map_or("", |lane| lane.name.as_str());
        lane(&mut out, index, band, name);
    }
    for route in &layout.routes {
        edge(&mut out, graph, route, picture);
    }
    for (step, at) in graph.nodes.iter().zip(&layout.boxes) {
        let lane = graph.lanes.get(at.lane).map_or("", |lane| lane.name.as_str());
        let full = node::Full { label: &step.label, limit: step.limit.as_deref().unwrap_or(""), lane };
        node::write(&mut out, at, &full, picture);
    }
    // Labels last: an arrow drawn later must not cross out a text.
    for route in &layout.routes {
        label(&mut out, graph, route);
    }
    out.push_str("</svg>\n");
    out
}

/// The text that stands for the picture: lanes, number of steps, where the matter is now and what is behind it.
fn describe(graph: &Graph, picture: &Picture) -> String {
    let words = &picture.words;
    let lanes: Vec<&str> = graph.lanes.iter().map(|lane| lane.name.as_str()).collect();
    let named = |chosen: &std::collections::BTreeSet<String>| {
        let names: Vec<&str> =
            graph.nodes.iter().filter(|node| chosen.contains(&node.id)).map(|node| node.label.as_str()).collect();
        names.join(&words.comma)
    };
    let steps = graph.nodes.iter().filter(|node| !matches!(node.kind, GraphKind::Start | GraphKind::End)).count();
    let mut parts = vec![
        format!("{}{}{}", words.lanes, words.colon, lanes.join(&words.comma)),
        format!("{}{}{steps}", words.steps, words.colon),
    ];
    for (word, chosen) in [(&words.live, &picture.live), (&words.done, &picture.done)] {
        let names = named(chosen);
        if !names.is_empty() {
            parts.push(format!("{word}{}{names}", words.colon));
        }
    }
    parts.join(&words.stop) + words.stop.trim_end()
}

fn lane(out: &mut String, index: usize, band: &LaneBand, name: &str) {
    let even = if index % 2 == 1 { " even" } else { "" };
    let external = if band.external { " external" } else { "" };
    out.push_str(&format!("<g class=\"lane{even}{external}\">"));
    out.push_str(&rect("body", &band.body, 0.0));
    out.push_str(&rect("head", &band.header, 0.0));
    if band.name.cut {
        out.push_str(&format!("<title>{}</title>", escape(name)));
    }
    let count = band.name.lines.len() as f64;
    let centre = band.header.centre();
    let top = centre.y - count * shape::LINE / 2.0;
    for (nth, line) in band.name.lines.iter().enumerate() {
        out.push_str(&text_line("name", centre.x, top + nth as f64 * shape::LINE, shape::LINE, line, shape::FONT));
    }
    out.push_str("</g>\n");
}

fn edge(out: &mut String, graph: &Graph, route: &Route, picture: &Picture) {
    let passed = |node: usize, set: &std::collections::BTreeSet<String>| set.contains(&graph.nodes[node].id);
    let done = passed(route.from, &picture.done)
        && (passed(route.to, &picture.done) || passed(route.to, &picture.live))
        && !route.back;
    let back = if route.back { " back" } else { "" };
    let done = if done { " done" } else { "" };
    out.push_str(&format!(
        "<g class=\"edge{back}{done}\"><path class=\"line\" stroke=\"currentColor\" d=\"{}\"/>",
        path(&route.points)
    ));
    if let [.., before, tip] = route.points.as_slice() {
        let (dx, dy) = ((tip.x - before.x).signum(), (tip.y - before.y).signum());
        let (dx, dy) = if (tip.x - before.x).abs() > (tip.y - before.y).abs() { (dx, 0.0) } else { (0.0, dy) };
        let base = Point { x: tip.x - dx * ARROW, y: tip.y - dy * ARROW };
        let half = ARROW * 0.5;
        out.push_str(&format!(
            "<path class=\"head\" fill=\"currentColor\" d=\"M{} {}L{} {}L{} {}Z\"/>",
            num(tip.x),
            num(tip.y),
            num(base.x - dy * half),
            num(base.y + dx * half),
            num(base.x + dy * half),
            num(base.y - dx * half)
        ));
    }
    out.push_str("</g>\n");
}

/// The arrow's line with rounded corners, ending inside the arrow head.
fn path(points: &[Point]) -> String {
    let mut d = String::new();
    for (nth, at) in points.iter().enumerate() {
        let (before, after) = (nth.checked_sub(1).and_then(|i| points.get(i)), points.get(nth + 1));
        match (before, after) {
            (None, _) => d.push_str(&format!("M{} {}", num(at.x), num(at.y))),
            (Some(before), None) => {
                let end = toward(*at, *before, ARROW - 1.5);
                d.push_str(&format!("L{} {}", num(end.x), num(end.y)));
            }
            (Some(before), Some(after)) => {
                let (start, end) = (toward(*at, *before, CORNER), toward(*at, *after, CORNER));
                d.push_str(&format!(
                    "L{} {}Q{} {} {} {}",
                    num(start.x),
                    num(start.y),
                    num(at.x),
                    num(at.y),
                    num(end.x),
                    num(end.y)
                ));
            }
        }
    }
    d
}

/// The point `by` pixels from `from` toward `to`, at most half way.
fn toward(from: Point, to: Point, by: f64) -> Point {
    let length = (to.x - from.x).abs() + (to.y - from.y).abs();
    if length == 0.0 {
        return from;
    }
    let part = by.min(length / 2.0) / length;
    Point { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }
}

fn label(out: &mut String, graph: &Graph, route: &Route) {
    let Some(label) = &route.label else { return };
    let centre = label.rect.centre();
    out.push_str("<g>");
    if label.cut {
        out.push_str(&format!("<title>{}</title>", escape(graph.edges[route.edge].label.as_deref().unwrap_or(""))));
    }
    out.push_str(&text_line("label", centre.x, label.rect.y, label.rect.h, &label.text, shape::SMALL));
    out.push_str("</g>\n");
}

pub(super) fn rect(class: &str, r: &Rect, radius: f64) -> String {
    let rounding = if radius > 0.0 { format!(" rx=\"{}\"", num(radius)) } else { String::new() };
    format!(
        "<rect class=\"{class}\" stroke=\"currentColor\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{rounding}/>",
        num(r.x),
        num(r.y),
        num(r.w),
        num(r.h)
    )
}

/// One centred line of text in a line box that begins at `top`.
pub(super) fn text_line(class: &str, x: f64, top: f64, line: f64, text: &str, size: f64) -> String {
    // Ideographs are centred on 0.88 em minus half an em above the baseline, so this is where a baseline looks level.
    let baseline = top + line / 2.0 + size * 0.36;
    let size = if size == shape::FONT { String::new() } else { format!(" font-size=\"{}\"", num(size)) };
    format!(
        "<text class=\"{class}\" fill=\"currentColor\" text-anchor=\"middle\" x=\"{}\" y=\"{}\"{size}>{}</text>",
        num(x),
        num(baseline),
        escape(text)
    )
}

/// At most one decimal, no trailing zero, no minus zero.
pub(super) fn num(value: f64) -> String {
    let tenths = (value * 10.0).round() / 10.0;
    let tenths = if tenths == 0.0 { 0.0 } else { tenths };
    format!("{tenths}")
}

/// Text and attribute values; characters that XML forbids are dropped.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
