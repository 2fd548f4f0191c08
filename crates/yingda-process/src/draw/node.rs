//! The signs of a swimlane chart: task, diamond, contact sheet, message, start and end.
//!
//! The one thing to know: a sign fills exactly the rectangle that the layout gave it, so that arrows meet its outline.
//! Lanes and arrows are deliberately not here.

use super::Picture;
use super::layout::NodeBox;
use super::shape::{self, Rect};
use super::svg::{escape, num, rect, text_line};
use super::text;
use crate::graph::GraphKind;

/// What a node says in full, however much of it fits into the box.
pub struct Full<'a> {
    pub label: &'a str,
    pub limit: &'a str,
    pub lane: &'a str,
}

/// Writes one node: outline, text, limit, and what it is by now.
pub fn write(out: &mut String, node: &NodeBox, full: &Full<'_>, picture: &Picture) {
    let words = &picture.words;
    let (live, done) = (picture.live.contains(&node.id), picture.done.contains(&node.id));
    let kind = match node.kind {
        GraphKind::Start => "start",
        GraphKind::Task => "task",
        GraphKind::Gateway => "gateway",
        GraphKind::ContactSheet => "contact-sheet",
        GraphKind::Message => "message",
        GraphKind::End => "end",
    };
    // A step that is open again after a loop has been passed before; what counts is that it is open.
    let state = if live {
        " live"
    } else if done {
        " done"
    } else {
        ""
    };
    out.push_str(&format!("<g class=\"node {kind}{state}\" data-step=\"{}\"", escape(&node.id)));
    if live || done {
        let state = if live { &words.live } else { &words.done };
        let parts: Vec<&str> =
            [full.label, full.lane, full.limit, state].into_iter().filter(|part| !part.is_empty()).collect();
        out.push_str(&format!(" role=\"img\" aria-label=\"{}\"", escape(&parts.join(&words.comma))));
    }
    out.push('>');
    if node.name.cut || node.limit.cut {
        let limit = if full.limit.is_empty() { String::new() } else { format!("{}{}", words.comma, full.limit) };
        out.push_str(&format!("<title>{}</title>", escape(&format!("{}{limit}", full.label))));
    }
    out.push_str(&outline(node));
    contents(out, node);
    if live || done {
        badge(out, node, live);
    }
    out.push_str("</g>\n");
}

fn outline(node: &NodeBox) -> String {
    let r = &node.rect;
    match node.kind {
        GraphKind::Task | GraphKind::Message => rect("shape", r, 8.0),
        GraphKind::Start | GraphKind::End => rect("shape", r, r.h / 2.0),
        GraphKind::Gateway => {
            let c = r.centre();
            format!(
                "<path class=\"shape\" stroke=\"currentColor\" d=\"M{} {}L{} {}L{} {}L{} {}Z\"/>",
                num(c.x),
                num(r.y),
                num(r.right()),
                num(c.y),
                num(c.x),
                num(r.bottom()),
                num(r.x),
                num(c.y)
            )
        }
        GraphKind::ContactSheet => {
            let base = r.bottom() - shape::WAVE;
            format!(
                "<path class=\"shape\" stroke=\"currentColor\" d=\"M{} {}H{}V{}Q{} {} {} {}Q{} {} {} {}Z\"/>",
                num(r.x),
                num(r.y),
                num(r.right()),
                num(base),
                num(r.x + r.w * 0.75),
                num(base - 2.0 * shape::WAVE),
                num(r.x + r.w / 2.0),
                num(base),
                num(r.x + r.w * 0.25),
                num(base + 2.0 * shape::WAVE),
                num(r.x),
                num(base)
            )
        }
    }
}

fn contents(out: &mut String, node: &NodeBox) {
    let mut room = node.rect;
    if node.kind == GraphKind::ContactSheet {
        room.h -= 2.0 * shape::WAVE;
    }
    if !node.limit.lines.is_empty() {
        let height = node.limit.lines.len() as f64 * shape::SMALL_LINE;
        if node.kind == GraphKind::Gateway {
            let name = node.name.lines.len() as f64 * shape::LINE;
            room = Rect { y: room.centre().y - (name + height) / 2.0, h: name, ..room };
            limit(out, node, room.bottom());
        } else {
            let top = room.bottom() - height - 4.0;
            out.push_str(&format!(
                "<path class=\"rule\" stroke=\"currentColor\" d=\"M{} {}H{}\"/>",
                num(room.x + 10.0),
                num(top - 1.5),
                num(room.right() - 10.0)
            ));
            limit(out, node, top);
            room.h = top - 1.5 - room.y;
        }
    }
    let mut middle = room.centre();
    let top = middle.y - node.name.lines.len() as f64 * shape::LINE / 2.0;
    if node.kind == GraphKind::Message {
        let widest = node.name.lines.iter().map(|line| text::width(line, shape::FONT)).fold(0.0, f64::max);
        let left = middle.x - (widest + shape::ENVELOPE) / 2.0;
        envelope(out, left, middle.y);
        middle.x = left + shape::ENVELOPE + widest / 2.0;
    }
    for (nth, line) in node.name.lines.iter().enumerate() {
        out.push_str(&text_line("name", middle.x, top + nth as f64 * shape::LINE, shape::LINE, line, shape::FONT));
    }
}

fn limit(out: &mut String, node: &NodeBox, top: f64) {
    let widest = node.limit.lines.iter().map(|line| text::width(line, shape::SMALL)).fold(0.0, f64::max);
    let left = node.rect.centre().x - (widest + shape::CLOCK) / 2.0;
    let (x, y) = (left + 5.5, top + shape::SMALL_LINE / 2.0);
    out.push_str(&format!(
        "<path class=\"icon\" stroke=\"currentColor\" d=\"M{} {}a4.75 4.75 0 1 0 9.5 0a4.75 4.75 0 1 0 -9.5 0M{} {}V{}H{}\"/>",
        num(x - 4.75),
        num(y),
        num(x),
        num(y - 3.0),
        num(y),
        num(x + 2.5)
    ));
    let middle = left + shape::CLOCK + widest / 2.0;
    for (nth, line) in node.limit.lines.iter().enumerate() {
        let y = top + nth as f64 * shape::SMALL_LINE;
        out.push_str(&text_line("limit", middle, y, shape::SMALL_LINE, line, shape::SMALL));
    }
}

fn envelope(out: &mut String, x: f64, y: f64) {
    out.push_str(&format!(
        "<path class=\"icon\" stroke=\"currentColor\" d=\"M{} {}h16v11h-16zl8 6.5l8 -6.5\"/>",
        num(x),
        num(y - 5.5)
    ));
}

/// A tick for what is passed, a filled disc with a dot for what is open: not by colour alone.
fn badge(out: &mut String, node: &NodeBox, live: bool) {
    let r = &node.rect;
    let (x, y) = match node.kind {
        GraphKind::Gateway => (r.x + r.w * 0.14, r.centre().y - r.h * 0.14),
        GraphKind::Start | GraphKind::End => (r.x + r.h * 0.18, r.y + r.h * 0.18),
        _ => (r.x + 2.0, r.y + 2.0),
    };
    out.push_str(&format!(
        "<circle class=\"badge\" fill=\"currentColor\" cx=\"{}\" cy=\"{}\" r=\"7\"/>",
        num(x),
        num(y)
    ));
    if live {
        out.push_str(&format!(
            "<circle class=\"mark\" stroke=\"currentColor\" cx=\"{}\" cy=\"{}\" r=\"2.5\"/>",
            num(x),
            num(y)
        ));
    } else {
        out.push_str(&format!(
            "<path class=\"mark\" stroke=\"currentColor\" d=\"M{} {}l2.2 2.4l4.2 -4.8\"/>",
            num(x - 3.2),
            num(y)
        ));
    }
}
