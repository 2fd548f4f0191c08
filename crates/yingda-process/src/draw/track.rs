//! Which of several arrows on one grid line runs left (or above) of which.
//!
//! The one thing to know: two straight pieces that overlap, or only touch, on one grid line get different tracks, so
//! arrows never lie on each other; the order is chosen so that they cross as little as possible. Pixels are
//! deliberately not here, except the gap between tracks.

use super::shape::Side;
use super::trail::{Cross, Wanted};

/// Preferred distance of two parallel arrows, in pixels.
pub const GAP: f64 = 14.0;

/// One straight piece of an arrow.
#[derive(Debug, Clone)]
pub struct Piece {
    pub edge: usize,
    /// The arrow closes a loop.
    pub back: bool,
    pub vertical: bool,
    /// The grid line it runs on: an x for a vertical piece, a y for a horizontal one.
    pub line: usize,
    pub low: End,
    pub high: End,
    /// Set by [`assign`].
    pub track: usize,
    /// Number of tracks in its group of touching pieces. Set by [`assign`].
    pub of: usize,
    /// Distance from the middle of a box line, in pixels; meaningless in channels. Set by [`assign`].
    pub offset: f64,
}

/// One end of a piece.
#[derive(Debug, Clone, Copy)]
pub struct End {
    /// Four times the crossing's number; one less or more where a box's border ends the piece.
    pub at: i64,
    /// Direction in which the arrow goes on: -1 left or up, 1 right or down, 0 at a box.
    pub turn: i32,
    /// The piece that goes on, as an index into all pieces.
    pub next: Option<usize>,
    /// The node and its side at which the piece ends.
    pub port: Option<(usize, Side)>,
}

/// Cuts the ways of all edges into pieces, in order; the pieces of one edge are consecutive.
pub fn pieces(ways: &[Vec<Cross>], wanted: &[Wanted]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (edge, way) in ways.iter().enumerate() {
        let corners = corners(way);
        let first = pieces.len();
        for (nth, pair) in corners.windows(2).enumerate() {
            let (a, b) = (pair[0], pair[1]);
            let vertical = a.x == b.x;
            let along = |at: Cross| if vertical { at.y } else { at.x } as i64;
            let across = |at: Cross| if vertical { at.x } else { at.y } as i64;
            let rises = along(b) > along(a);
            let toward = if rises { 1 } else { -1 };
            let start = match nth.checked_sub(1).and_then(|before| corners.get(before)) {
                Some(before) => End {
                    at: 4 * along(a),
                    turn: (across(*before) - across(a)).signum() as i32,
                    next: Some(first + nth - 1),
                    port: None,
                },
                None => port(wanted[edge].from, along(a), toward, vertical),
            };
            let end = match corners.get(nth + 2) {
                Some(after) => End {
                    at: 4 * along(b),
                    turn: (across(*after) - across(b)).signum() as i32,
                    next: Some(first + nth + 1),
                    port: None,
                },
                None => port(wanted[edge].to, along(b), -toward, vertical),
            };
            let (low, high) = if rises { (start, end) } else { (end, start) };
            let line = across(a) as usize;
            let back = wanted[edge].back;
            pieces.push(Piece { edge, back, vertical, line, low, high, track: 0, of: 1, offset: 0.0 });
        }
    }
    pieces
}

fn port(node: usize, at: i64, toward: i64, vertical: bool) -> End {
    let side = match (vertical, toward > 0) {
        (true, true) => Side::Bottom,
        (true, false) => Side::Top,
        (false, true) => Side::Right,
        (false, false) => Side::Left,
    };
    End { at: 4 * at + toward, turn: 0, next: None, port: Some((node, side)) }
}

fn corners(way: &[Cross]) -> Vec<Cross> {
    let mut corners: Vec<Cross> = Vec::new();
    for (index, at) in way.iter().enumerate() {
        let straight = match (index.checked_sub(1).and_then(|i| way.get(i)), way.get(index + 1)) {
            (Some(before), Some(after)) => (before.x == after.x) || (before.y == after.y),
            _ => false,
        };
        if !straight {
            corners.push(*at);
        }
    }
    corners
}

/// Gives every piece its track. `half_port` tells how far from the middle a side of a node may be touched.
pub fn assign(pieces: &mut [Piece], half_port: impl Fn(usize, Side) -> f64) {
    let mut lines: Vec<(bool, usize)> = pieces.iter().map(|piece| (!piece.vertical, piece.line)).collect();
    // Lines through boxes first: there the order decides at which point of a box an arrow ends.
    lines.sort_by_key(|(horizontal, line)| (line % 2 == 0, *horizontal, *line));
    lines.dedup();
    let mut done = vec![false; pieces.len()];
    for (horizontal, line) in lines {
        let mut members: Vec<usize> = (0..pieces.len())
            .filter(|index| pieces[*index].vertical != horizontal && pieces[*index].line == line)
            .collect();
        sort(&mut members, pieces, &done);
        for (nth, &index) in members.iter().enumerate() {
            let earlier = members[..nth].iter().filter(|other| touch(&pieces[index], &pieces[**other]));
            pieces[index].track = earlier.map(|other| pieces[*other].track + 1).max().unwrap_or(0);
        }
        for group in groups(&members, pieces) {
            settle(&group, pieces, &half_port);
        }
        for index in members {
            done[index] = true;
        }
    }
}

fn touch(a: &Piece, b: &Piece) -> bool {
    a.low.at <= b.high.at && b.low.at <= a.high.at
}

fn sort(members: &mut [usize], pieces: &[Piece], done: &[bool]) {
    members.sort_by_key(|index| {
        let piece = &pieces[*index];
        (piece.low.turn + piece.high.turn, piece.edge, *index)
    });
    // The preference is not transitive, so a bounded number of neighbour swaps stands in for a real sort.
    for _ in 0..members.len() {
        let mut swapped = false;
        for at in 1..members.len() {
            if preference(members[at - 1], members[at], pieces, done) > 0 {
                members.swap(at - 1, at);
                swapped = true;
            }
        }
        if !swapped {
            break;
        }
    }
}

/// Negative when `first` had better run left of (above) `second`.
fn preference(first: usize, second: usize, pieces: &[Piece], done: &[bool]) -> i32 {
    let (a, b) = (&pieces[first], &pieces[second]);
    if !touch(a, b) {
        return 0;
    }
    let inside = |end: &End, piece: &Piece| piece.low.at <= end.at && end.at <= piece.high.at;
    let mut votes = 0;
    for (end, other, sign) in [(&a.low, b, 1), (&a.high, b, 1), (&b.low, a, -1), (&b.high, a, -1)] {
        let same = [&other.low, &other.high].into_iter().find(|o| o.at == end.at && o.turn == end.turn);
        if inside(end, other) && same.is_none() {
            votes += sign * end.turn;
        }
    }
    for (end_a, end_b, kind) in [(&a.low, &b.low, 1), (&a.high, &b.high, -1)] {
        if end_a.at == end_b.at
            && end_a.turn == end_b.turn
            && let (Some(next_a), Some(next_b)) = (end_a.next, end_b.next)
            && done[next_a]
            && done[next_b]
        {
            let order = match pieces[next_a].track.cmp(&pieces[next_b].track) {
                std::cmp::Ordering::Less => -1,
                std::cmp::Ordering::Equal => 0,
                std::cmp::Ordering::Greater => 1,
            };
            votes += kind * end_a.turn * order;
        }
    }
    votes
}

/// Sets of pieces that touch one another, directly or through others.
fn groups(members: &[usize], pieces: &[Piece]) -> Vec<Vec<usize>> {
    let mut sorted = members.to_vec();
    sorted.sort_by_key(|index| (pieces[*index].low.at, pieces[*index].track));
    let mut groups: Vec<(i64, Vec<usize>)> = Vec::new();
    for index in sorted {
        let piece = &pieces[index];
        match groups.last_mut() {
            Some((reach, group)) if piece.low.at <= *reach => {
                *reach = (*reach).max(piece.high.at);
                group.push(index);
            }
            _ => groups.push((piece.high.at, vec![index])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// The straightest piece of a group keeps the middle of the box, the others stand off by whole gaps; where a box is
/// too small for that, the group is centred with narrower gaps.
fn settle(group: &[usize], pieces: &mut [Piece], half_port: &impl Fn(usize, Side) -> f64) {
    let of = group.iter().map(|index| pieces[*index].track).max().unwrap_or(0) + 1;
    let room = group
        .iter()
        .flat_map(|index| [pieces[*index].low.port, pieces[*index].high.port])
        .flatten()
        .map(|(node, side)| half_port(node, side).max(1.0))
        .fold(f64::INFINITY, f64::min);
    let straightness = |piece: &Piece| {
        let ports = usize::from(piece.low.port.is_some()) + usize::from(piece.high.port.is_some());
        (ports, !piece.back, piece.high.at - piece.low.at, std::cmp::Reverse(piece.edge))
    };
    let Some(pivot) = group.iter().max_by_key(|index| straightness(&pieces[**index])).map(|i| pieces[*i].track) else {
        return;
    };
    let reach = pivot.max(of - 1 - pivot) as f64 * GAP;
    let (middle, gap) = if reach <= room {
        (pivot as f64, GAP)
    } else if of > 1 {
        ((of - 1) as f64 / 2.0, GAP.min(2.0 * room / (of - 1) as f64))
    } else {
        (0.0, GAP)
    };
    for index in group {
        let piece = &mut pieces[*index];
        piece.of = of;
        piece.offset = (piece.track as f64 - middle) * gap;
    }
}
