//! The way of each arrow over the grid, before there are pixels.
//!
//! The one thing to know: grid lines are numbered 0, 1, 2 … in both directions; odd lines run through the middle of a
//! column or row of boxes, even lines through the channel between two. An arrow may use every crossing except one
//! where a box stands, so no arrow can pass through a box. Which of several parallel arrows runs where inside a
//! channel is deliberately not here.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A crossing of two grid lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cross {
    pub x: usize,
    pub y: usize,
}

/// What the search needs to know of an arrow.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    pub from: usize,
    pub to: usize,
    /// It closes a loop: it leaves and arrives at the sides and climbs in the channels beside the columns.
    pub back: bool,
}

const RIGHT: usize = 0;
const DOWN: usize = 1;
const LEFT: usize = 2;
const UP: usize = 3;

// Costs are in the rough pixels of a typical chart, so that they can be weighed against each other.
const ACROSS: u64 = 50;
const ALONG: u64 = 30;
const BEND: u64 = 60;
const CROSSING: u64 = 45;
const SHARED: u64 = 8;
const THROUGH_CELL: u64 = 8;
const CONTRARY: u64 = 60;
/// An arrow that leads down and climbs all the same looks like a loop.
const FALSE_CLIMB: u64 = 400;
/// Two ways out at one side look like one; a way in beside a way out reads as an arrow with two heads; two ways in
/// are a plain join.
const OUT_OUT: u64 = 260;
const IN_OUT: u64 = 150;
const IN_IN: u64 = 60;

/// The grid with its boxes and the arrows laid so far.
pub struct Field {
    columns: usize,
    rows: usize,
    boxes: Vec<Cross>,
    taken: Vec<bool>,
    across: Vec<u16>,
    along: Vec<u16>,
    /// For each node and side: arrows out of it and into it.
    out: Vec<[u16; 4]>,
    into: Vec<[u16; 4]>,
}

impl Field {
    /// `boxes` gives the column and row of each node.
    pub fn new(columns: usize, rows: usize, boxes: &[(usize, usize)]) -> Self {
        let (wide, high) = (2 * columns + 1, 2 * rows + 1);
        let boxes: Vec<Cross> =
            boxes.iter().map(|&(column, row)| Cross { x: 2 * column + 1, y: 2 * row + 1 }).collect();
        let mut taken = vec![false; wide * high];
        for at in &boxes {
            taken[at.y * wide + at.x] = true;
        }
        Self {
            columns,
            rows,
            taken,
            across: vec![0; wide * high],
            along: vec![0; wide * high],
            out: vec![[0; 4]; boxes.len()],
            into: vec![[0; 4]; boxes.len()],
            boxes,
        }
    }

    /// Finds and lays the ways of all arrows: short ones first, those that close a loop last.
    pub fn lay(&mut self, wanted: &[Wanted]) -> Vec<Vec<Cross>> {
        let span = |w: &Wanted| {
            let (a, b) = (self.boxes[w.from], self.boxes[w.to]);
            a.y.abs_diff(b.y) + a.x.abs_diff(b.x)
        };
        let mut order: Vec<usize> = (0..wanted.len()).collect();
        order.sort_by_key(|index| (wanted[*index].back, span(&wanted[*index]), *index));
        let mut ways = vec![Vec::new(); wanted.len()];
        for index in order {
            let way = self.find(wanted[index]);
            self.mark(wanted[index], &way);
            ways[index] = way;
        }
        ways
    }

    fn width(&self) -> usize {
        2 * self.columns + 1
    }

    fn step(&self, at: Cross, direction: usize) -> Option<Cross> {
        let next = match direction {
            RIGHT => Cross { x: at.x + 1, y: at.y },
            DOWN => Cross { x: at.x, y: at.y + 1 },
            LEFT => Cross { x: at.x.checked_sub(1)?, y: at.y },
            _ => Cross { x: at.x, y: at.y.checked_sub(1)? },
        };
        (next.x <= 2 * self.columns && next.y <= 2 * self.rows).then_some(next)
    }

    /// Cheapest way (Dijkstra) over crossings and directions, from the box `from` to the box `to`, both included.
    /// The channels are connected, so there always is one.
    fn find(&self, wanted: Wanted) -> Vec<Cross> {
        let (start, goal) = (self.boxes[wanted.from], self.boxes[wanted.to]);
        let state = |at: Cross, direction: usize| (at.y * self.width() + at.x) * 4 + direction;
        let states = self.taken.len() * 4;
        let mut least = vec![u64::MAX; states];
        let mut before = vec![usize::MAX; states];
        let mut open = BinaryHeap::new();
        for direction in 0..4 {
            if let (Some(next), Some(cost)) = (self.step(start, direction), self.leaving(wanted, direction)) {
                let index = state(next, direction);
                least[index] = cost + self.pass(wanted, start, next, direction);
                open.push(Reverse((least[index], index)));
            }
        }
        let mut end = None;
        while let Some(Reverse((cost, index))) = open.pop() {
            if cost > least[index] {
                continue;
            }
            let (cell, direction) = (index / 4, index % 4);
            let at = Cross { x: cell % self.width(), y: cell / self.width() };
            if at == goal {
                end = Some(index);
                break;
            }
            for turn in (0..4).filter(|turn| *turn != (direction + 2) % 4) {
                let Some(next) = self.step(at, turn) else {
                    continue;
                };
                let arrival = if next == goal {
                    let Some(arrival) = self.arriving(wanted, turn) else {
                        continue;
                    };
                    arrival
                } else if self.taken[next.y * self.width() + next.x] {
                    continue;
                } else {
                    0
                };
                let here = if turn == direction { self.crossed(at, direction) } else { BEND };
                let total = cost + here + arrival + self.pass(wanted, at, next, turn);
                let index_next = state(next, turn);
                if total < least[index_next] {
                    least[index_next] = total;
                    before[index_next] = index;
                    open.push(Reverse((total, index_next)));
                }
            }
        }
        let mut way = Vec::new();
        while let Some(index) = end {
            way.push(Cross { x: (index / 4) % self.width(), y: index / 4 / self.width() });
            end = Some(before[index]).filter(|before| *before != usize::MAX);
        }
        way.push(start);
        way.reverse();
        way
    }

    fn leaving(&self, wanted: Wanted, direction: usize) -> Option<u64> {
        let [out, into] = [&self.out, &self.into].map(|sides| u64::from(sides[wanted.from][direction]));
        let taken = OUT_OUT * out + IN_OUT * into;
        Some(
            taken
                + match (wanted.back, direction) {
                    (false, DOWN) => 0,
                    (false, UP) => return None,
                    (false, _) => 25,
                    (true, DOWN) => 60,
                    (true, UP) => 200,
                    (true, _) => 0,
                },
        )
    }

    /// `direction` is the way the arrow moves when it arrives, the side it meets is the opposite one.
    fn arriving(&self, wanted: Wanted, direction: usize) -> Option<u64> {
        let side = (direction + 2) % 4;
        let [out, into] = [&self.out, &self.into].map(|sides| u64::from(sides[wanted.to][side]));
        let taken = IN_OUT * out + IN_IN * into;
        Some(
            taken
                + match (wanted.back, direction) {
                    (false, DOWN) => 0,
                    (false, UP) => return None,
                    (false, _) => 45,
                    (true, DOWN) => 30,
                    (true, UP) => 250,
                    (true, _) => 0,
                },
        )
    }

    fn pass(&self, wanted: Wanted, from: Cross, to: Cross, direction: usize) -> u64 {
        let (from_index, to_index) = (from.y * self.width() + from.x, to.y * self.width() + to.x);
        if direction == RIGHT || direction == LEFT {
            let cell = if from.y % 2 == 1 && to.x % 2 == 1 { THROUGH_CELL } else { 0 };
            let others = self.across[from_index].min(self.across[to_index]);
            return ACROSS + cell + SHARED * u64::from(others);
        }
        let contrary = match (wanted.back, direction) {
            (false, UP) => FALSE_CLIMB,
            (true, DOWN) => CONTRARY,
            (true, _) if from.x % 2 == 1 => CONTRARY,
            _ => 0,
        };
        let others = self.along[from_index].min(self.along[to_index]);
        ALONG + contrary + SHARED * u64::from(others)
    }

    fn crossed(&self, at: Cross, direction: usize) -> u64 {
        let index = at.y * self.width() + at.x;
        let others = if direction == RIGHT || direction == LEFT { self.along[index] } else { self.across[index] };
        CROSSING * u64::from(others)
    }

    fn mark(&mut self, wanted: Wanted, way: &[Cross]) {
        let width = self.width();
        for pair in way.windows(2) {
            for at in pair {
                let index = at.y * width + at.x;
                let counts = if pair[0].y == pair[1].y { &mut self.across } else { &mut self.along };
                counts[index] = counts[index].saturating_add(1);
            }
        }
        if let [first, second, ..] = way {
            self.out[wanted.from][heading(*first, *second)] += 1;
        }
        if let [.., second, first] = way {
            self.into[wanted.to][heading(*first, *second)] += 1;
        }
    }
}

fn heading(from: Cross, to: Cross) -> usize {
    if to.x > from.x {
        RIGHT
    } else if to.x < from.x {
        LEFT
    } else if to.y > from.y {
        DOWN
    } else {
        UP
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_follower_below_is_reached_straight() {
        let mut field = Field::new(1, 2, &[(0, 0), (0, 1)]);
        let ways = field.lay(&[Wanted { from: 0, to: 1, back: false }]);
        assert_eq!(ways[0], [Cross { x: 1, y: 1 }, Cross { x: 1, y: 2 }, Cross { x: 1, y: 3 }]);
    }

    #[test]
    fn a_box_in_between_is_passed_by() {
        let mut field = Field::new(1, 3, &[(0, 0), (0, 1), (0, 2)]);
        let ways = field.lay(&[Wanted { from: 0, to: 2, back: false }]);
        assert!(!ways[0].contains(&Cross { x: 1, y: 3 }));
    }

    #[test]
    fn a_loop_climbs_beside_its_column() {
        let mut field = Field::new(1, 3, &[(0, 0), (0, 1), (0, 2)]);
        let ways = field.lay(&[Wanted { from: 2, to: 0, back: true }]);
        assert!(ways[0].iter().all(|at| at.x != 1 || at.y == 1 || at.y == 5), "{:?}", ways[0]);
    }
}
