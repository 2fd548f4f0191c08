//! How large a node's box is and where its outline runs.
//!
//! The one thing to know: the text decides the size, and all ordinary boxes of a chart share one width, so that the
//! columns look ruled. Positions are deliberately not here.

use super::text::{self, Lines};
use crate::graph::{GraphKind, GraphNode};

/// Font size of names, in pixels; the rest follows from it.
pub const FONT: f64 = 14.0;
/// Font size of limits and of labels on arrows.
pub const SMALL: f64 = 11.5;
/// Height of one line of a name.
pub const LINE: f64 = 19.0;
/// Height of one line of a limit.
pub const SMALL_LINE: f64 = 16.0;
/// Depth of the wave under a contact sheet.
pub const WAVE: f64 = 5.0;
/// Room for the clock before a limit.
pub const CLOCK: f64 = 15.0;
/// Room for the envelope before a message's name.
pub const ENVELOPE: f64 = 22.0;

const PAD: f64 = 10.0;
const LEAST: f64 = 42.0;

/// A point in the chart, in pixels from the upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

/// A rectangle in the chart, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    pub x: f64,
    pub y: f64,
    pub w: f64,
    pub h: f64,
}

impl Rect {
    pub fn right(&self) -> f64 {
        self.x + self.w
    }

    pub fn bottom(&self) -> f64 {
        self.y + self.h
    }

    pub fn centre(&self) -> Point {
        Point { x: self.x + self.w / 2.0, y: self.y + self.h / 2.0 }
    }

    /// Both share more than a border, or come nearer to each other than `apart`.
    pub fn meets(&self, other: &Rect, apart: f64) -> bool {
        self.x < other.right() + apart
            && other.x < self.right() + apart
            && self.y < other.bottom() + apart
            && other.y < self.bottom() + apart
    }

    pub fn contains(&self, other: &Rect) -> bool {
        self.x <= other.x && self.y <= other.y && other.right() <= self.right() && other.bottom() <= self.bottom()
    }
}

/// A side of a box at which an arrow can leave or arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Top,
    Right,
    Bottom,
    Left,
}

/// A node's text, broken, and the size that holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    pub name: Lines,
    pub limit: Lines,
    pub w: f64,
    pub h: f64,
}

/// The shapes of all nodes, with one width for all ordinary boxes.
pub fn shapes(nodes: &[GraphNode]) -> Vec<Shape> {
    let boxed = |node: &&GraphNode| !matches!(node.kind, GraphKind::Gateway);
    let width = [116.0, 134.0]
        .into_iter()
        .find(|width| {
            nodes.iter().filter(boxed).all(|node| {
                let shape = shape(node, *width);
                shape.name.lines.len() <= 2
                    && shape.limit.lines.len() <= limit_parts(node.limit.as_deref().unwrap_or_default()).count().max(1)
                    && !shape.name.cut
                    && !shape.limit.cut
            })
        })
        .unwrap_or(152.0);
    nodes.iter().map(|node| shape(node, width)).collect()
}

fn shape(node: &GraphNode, width: f64) -> Shape {
    let limit = node.limit.as_deref().map_or_else(Lines::default, |limit| {
        if node.kind == GraphKind::Gateway {
            text::wrap(limit, SMALL, width * 0.6, 2)
        } else {
            limit_lines(limit, width - PAD - CLOCK - 4.0)
        }
    });
    let limit_height = match limit.lines.len() {
        0 => 0.0,
        lines => lines as f64 * SMALL_LINE + 7.0,
    };
    match node.kind {
        GraphKind::Gateway => diamond(node, width, limit),
        GraphKind::Start | GraphKind::End => {
            let name = text::wrap(&node.label, FONT, width - 36.0, 2);
            let widest = widest(&name, FONT).max(widest(&limit, SMALL) + CLOCK);
            let h = (name.lines.len() as f64 * LINE + 15.0 + limit_height).max(36.0);
            Shape { name, limit, w: (widest + 36.0).clamp(84.0, width.max(84.0)), h }
        }
        GraphKind::Task | GraphKind::ContactSheet | GraphKind::Message => {
            let icon = if node.kind == GraphKind::Message { ENVELOPE } else { 0.0 };
            let wave = if node.kind == GraphKind::ContactSheet { 2.0 * WAVE } else { 0.0 };
            let name = text::wrap(&node.label, FONT, width - 2.0 * PAD - icon, 3);
            let h = (name.lines.len() as f64 * LINE + 2.0 * PAD + limit_height + wave).max(LEAST + wave);
            Shape { name, limit, w: width, h }
        }
    }
}

/// A limit that differs by priority (`紧急 8工作小时；高 2工作日`) has one line for each, at most four.
fn limit_lines(limit: &str, room: f64) -> Lines {
    let parts: Vec<Lines> = limit_parts(limit).map(|part| text::wrap(part, SMALL, room, 1)).collect();
    if !(2..=4).contains(&parts.len()) || parts.iter().any(|part| part.cut) {
        return text::wrap(limit, SMALL, room, 3);
    }
    Lines { lines: parts.into_iter().flat_map(|part| part.lines).collect(), cut: false }
}

fn limit_parts(limit: &str) -> impl Iterator<Item = &str> {
    limit.split(['；', ';']).map(str::trim).filter(|part| !part.is_empty())
}

/// A diamond holds a text of `w` × `h` when `w / W + h / H ≤ 1`; of the possible breaks the flattest diamond is taken.
fn diamond(node: &GraphNode, width: f64, limit: Lines) -> Shape {
    let most = width + 20.0;
    if node.label.trim().is_empty() && limit.lines.is_empty() {
        return Shape { name: Lines::default(), limit, w: 44.0, h: 44.0 };
    }
    let below = limit.lines.len() as f64 * SMALL_LINE;
    let tall = |name: &Lines| {
        let w = widest(name, FONT).max(widest(&limit, SMALL) + CLOCK) + 6.0;
        let h = name.lines.len() as f64 * LINE + below + 2.0;
        (h / (1.0 - w / most).max(0.02)).max(48.0)
    };
    let mut best: Option<(f64, Lines)> = None;
    for lines in 1..=3_usize {
        for room in [0.3, 0.4, 0.5, 0.6, 0.7, 0.8] {
            let name = text::wrap(&node.label, FONT, most * room, lines);
            let height = tall(&name) + if name.cut { 1000.0 } else { 0.0 };
            if best.as_ref().is_none_or(|(least, _)| height < *least) {
                best = Some((height, name));
            }
        }
    }
    let name = match best {
        Some((height, name)) if height <= 130.0 => name,
        _ => text::wrap(&node.label, FONT, most * 0.45, 3),
    };
    let h = tall(&name).min(150.0);
    Shape { name, limit, w: most, h }
}

fn widest(lines: &Lines, size: f64) -> f64 {
    lines.lines.iter().map(|line| text::width(line, size)).fold(0.0, f64::max)
}

/// The point of the outline at one side: `along` is the x of a point at the top or bottom, the y of one at the left
/// or right.
pub fn border(kind: GraphKind, rect: &Rect, side: Side, along: f64) -> Point {
    let centre = rect.centre();
    let (half_w, half_h) = (rect.w / 2.0, rect.h / 2.0);
    match side {
        Side::Top | Side::Bottom => {
            let off = (along - centre.x).abs().min(half_w);
            let reach = match kind {
                GraphKind::Gateway => half_h * (1.0 - off / half_w),
                GraphKind::Start | GraphKind::End => rounded(half_h, off - (half_w - half_h)),
                _ => half_h,
            };
            let down = if side == Side::Top { -reach } else { reach };
            let wave = if kind == GraphKind::ContactSheet && side == Side::Bottom { wave(rect, along) } else { 0.0 };
            Point { x: along, y: centre.y + down + wave }
        }
        Side::Left | Side::Right => {
            let off = (along - centre.y).abs().min(half_h);
            let reach = match kind {
                GraphKind::Gateway => half_w * (1.0 - off / half_h),
                GraphKind::Start | GraphKind::End => half_w - half_h + rounded(half_h, off),
                _ => half_w,
            };
            Point { x: centre.x + if side == Side::Left { -reach } else { reach }, y: along }
        }
    }
}

/// How far from the middle of a side an arrow may touch it, in pixels.
pub fn half_port(kind: GraphKind, shape: &Shape, side: Side) -> f64 {
    let half = if matches!(side, Side::Top | Side::Bottom) { shape.w / 2.0 } else { shape.h / 2.0 };
    match kind {
        GraphKind::Gateway => half * 0.7,
        GraphKind::ContactSheet if matches!(side, Side::Left | Side::Right) => half - 2.0 * WAVE - 1.0,
        GraphKind::Start | GraphKind::End => half * 0.6,
        _ => half - 9.0,
    }
}

fn rounded(radius: f64, beyond: f64) -> f64 {
    if beyond <= 0.0 { radius } else { (radius * radius - beyond * beyond).max(0.0).sqrt() }
}

/// Height of the wavy lower edge of a contact sheet relative to the box's bottom (never below it): the left half
/// hangs down, the right half rises; a quadratic curve with its control point two depths off peaks at one depth.
fn wave(rect: &Rect, x: f64) -> f64 {
    let t = ((x - rect.x) / rect.w).clamp(0.0, 1.0) * 2.0;
    let (t, sign) = if t <= 1.0 { (t, 1.0) } else { (t - 1.0, -1.0) };
    sign * 4.0 * WAVE * t * (1.0 - t) - WAVE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(kind: GraphKind, label: &str) -> GraphNode {
        GraphNode { id: "a".into(), label: label.into(), lane: "l".into(), kind, limit: None }
    }

    #[test]
    fn a_diamond_holds_its_text() {
        for label in ["是否满意?", "客户确认问题是否彻底解决", "Is it in the standard answers?"] {
            let shape = &shapes(&[node(GraphKind::Gateway, label)])[0];
            let w = widest(&shape.name, FONT);
            let h = shape.name.lines.len() as f64 * LINE;
            assert!(w / shape.w + h / shape.h <= 1.0, "{label}: {shape:?}");
        }
    }

    #[test]
    fn ordinary_boxes_share_one_width() {
        let shapes = shapes(&[
            node(GraphKind::Task, "登记"),
            node(GraphKind::Message, "处理部门负责人组织内部沟通会并明确分工"),
        ]);
        assert_eq!(shapes[0].w, shapes[1].w);
    }

    #[test]
    fn limits_by_priority_stand_below_each_other() {
        let lines = limit_lines("紧急 8工作小时；高 2工作日", 110.0);
        assert_eq!(lines.lines, ["紧急 8工作小时", "高 2工作日"]);
        assert!(limit_lines("一；二；三；四；五", 20.0).cut);
    }

    #[test]
    fn the_outline_of_a_diamond_recedes() {
        let rect = Rect { x: 0.0, y: 0.0, w: 100.0, h: 60.0 };
        assert_eq!(border(GraphKind::Gateway, &rect, Side::Bottom, 50.0), Point { x: 50.0, y: 60.0 });
        assert_eq!(border(GraphKind::Gateway, &rect, Side::Bottom, 75.0), Point { x: 75.0, y: 45.0 });
        assert_eq!(border(GraphKind::Task, &rect, Side::Right, 20.0), Point { x: 100.0, y: 20.0 });
    }
}
