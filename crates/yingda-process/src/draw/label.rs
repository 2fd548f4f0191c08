//! Where the text on an arrow stands.
//!
//! The one thing to know: a label never touches a box or another label; among the places that are left, the one
//! nearest to the arrow's beginning wins, and lines of other arrows behind the text are avoided where possible.
//! Making room where there is none is deliberately not here: the layout does that and asks again.

use super::layout::Layout;
use super::shape::{Point, Rect, SMALL};
use super::text;

/// Height of a label and of the strip it stands in.
const HEIGHT: f64 = 16.0;
/// Distance of two strips.
pub const STRIDE: f64 = 18.0;
const WIDEST: f64 = 11.0 * SMALL;
const STEP: f64 = 6.0;

/// The text on an arrow: one line.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    pub text: String,
    /// The whole text did not fit; the drawing gives it in a title.
    pub cut: bool,
    pub rect: Rect,
}

struct Candidate {
    rect: Rect,
    cost: f64,
}

/// Finds the best place for the label of one route, given the labels placed so far. `strips` are the upper edges of
/// strips without boxes that the arrow passes first.
pub fn place(layout: &Layout, route: usize, label: &str, strips: &[f64]) -> Option<Label> {
    let wrapped = text::wrap(label, SMALL, WIDEST, 1);
    let text = wrapped.lines.into_iter().next()?;
    let w = text::width(&text, SMALL) + 4.0;
    let mut best: Option<Candidate> = None;
    for mut candidate in candidates(&layout.routes[route].points, w, strips) {
        if best.as_ref().is_some_and(|best| best.cost <= candidate.cost) || !free(layout, &candidate.rect) {
            continue;
        }
        candidate.cost += disturbance(layout, &candidate.rect);
        if best.as_ref().is_none_or(|best| candidate.cost < best.cost) {
            best = Some(candidate);
        }
    }
    best.map(|best| Label { text, cut: wrapped.cut, rect: best.rect })
}

fn candidates(points: &[Point], w: f64, strips: &[f64]) -> Vec<Candidate> {
    let mut all = Vec::new();
    let mut gone = 0.0;
    for (nth, pair) in points.windows(2).enumerate() {
        let (a, b) = (pair[0], pair[1]);
        let length = (b.x - a.x).abs() + (b.y - a.y).abs();
        let mut add = |x: f64, y: f64, way: f64, extra: f64| {
            let cost = (gone + way) * 0.5 + nth as f64 * 12.0 + extra;
            all.push(Candidate { rect: Rect { x, y, w, h: HEIGHT }, cost });
        };
        let steps = ((length / STEP) as usize).min(400);
        for step in 0..=steps {
            let way = 3.0 + step as f64 * STEP;
            if a.y == b.y {
                let x = if b.x > a.x { a.x + way } else { a.x - way - w };
                let beyond = (way + w - length).max(0.0) * 0.5;
                add(x, a.y - HEIGHT - 2.0, way, beyond);
                add(x, a.y + 3.0, way, beyond + 8.0);
            } else {
                let y = if b.y > a.y { a.y + way } else { a.y - way - HEIGHT };
                let beyond = (way + HEIGHT - length).max(0.0) * 2.0;
                add(a.x + 5.0, y, way, beyond);
                add(a.x - 5.0 - w, y, way, beyond + 4.0);
            }
        }
        if a.x == b.x {
            for &y in strips.iter().filter(|y| a.y.min(b.y) <= **y && **y + HEIGHT <= a.y.max(b.y)) {
                let way = if b.y > a.y { y - a.y } else { a.y - y - HEIGHT };
                add(a.x + 5.0, y, way, 0.0);
                add(a.x - 5.0 - w, y, way, 4.0);
            }
        }
        gone += length;
    }
    all
}

fn free(layout: &Layout, rect: &Rect) -> bool {
    let inside = match (layout.lanes.first(), layout.lanes.last()) {
        (Some(first), Some(last)) => {
            first.body.x <= rect.x
                && rect.right() <= last.body.right()
                && first.body.y + 2.0 <= rect.y
                && rect.bottom() <= first.body.bottom()
        }
        _ => false,
    };
    inside
        && layout.boxes.iter().all(|node| !node.rect.meets(rect, 1.5))
        && layout.routes.iter().filter_map(|route| route.label.as_ref()).all(|label| !label.rect.meets(rect, 1.5))
}

/// What lies behind the text: lines of arrows weigh much, nearby lines and borders of lanes a little.
fn disturbance(layout: &Layout, rect: &Rect) -> f64 {
    let mut cost = 0.0;
    for route in &layout.routes {
        for pair in route.points.windows(2) {
            let line = piece(pair[0], pair[1]);
            if line.meets(rect, 0.5) {
                cost += 120.0;
            } else if line.meets(rect, 1.9) {
                cost += 15.0;
            }
        }
    }
    for lane in &layout.lanes {
        if rect.x < lane.body.x && lane.body.x < rect.right() {
            cost += 14.0;
        }
    }
    cost
}

fn piece(a: Point, b: Point) -> Rect {
    Rect { x: a.x.min(b.x), y: a.y.min(b.y), w: (a.x - b.x).abs(), h: (a.y - b.y).abs() }
}
