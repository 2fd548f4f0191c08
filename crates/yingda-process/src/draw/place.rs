//! Which column a node stands in.
//!
//! The one thing to know: a lane is as many columns wide as it has nodes in its fullest row, and a node never leaves
//! its lane. Pixels are deliberately not here.

/// Where each node stands on the grid of columns and rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// Column of each node, from 0, counted over all lanes.
    pub column: Vec<usize>,
    /// Lane of each column.
    pub lane_of: Vec<usize>,
    pub rows: usize,
}

/// Beyond this many columns in a lane the exact search over orders would take too long.
const EXACT: usize = 5;

/// Chooses columns so that arrows are as straight as possible.
///
/// `lane` and `row` give the lane and the row of each node; `lanes` is at least 1.
pub fn place(lane: &[usize], row: &[usize], lanes: usize, edges: &[(usize, usize)]) -> Places {
    let rows = row.iter().max().map_or(0, |last| last + 1);
    let mut cells = vec![Vec::new(); lanes * rows];
    for node in 0..lane.len() {
        cells[row[node] * lanes + lane[node]].push(node);
    }
    let slots: Vec<usize> =
        (0..lanes).map(|l| (0..rows).map(|r| cells[r * lanes + l].len()).max().unwrap_or(0).max(1)).collect();
    let first: Vec<usize> = (0..lanes).map(|l| slots[..l].iter().sum()).collect();
    let mut column = vec![0; lane.len()];
    for (cell, nodes) in cells.iter().enumerate() {
        for (slot, node) in nodes.iter().enumerate() {
            column[*node] = first[cell % lanes] + slot;
        }
    }
    for sweep in 0..6 {
        for step in 0..rows {
            let r = if sweep % 2 == 0 { step } else { rows - 1 - step };
            for l in (0..lanes).filter(|l| slots[*l] > 1) {
                let nodes = &cells[r * lanes + l];
                improve(nodes, first[l], slots[l], row, edges, &mut column);
            }
        }
    }
    let lane_of = (0..lanes).flat_map(|l| std::iter::repeat_n(l, slots[l])).collect();
    Places { column, lane_of, rows }
}

fn improve(nodes: &[usize], first: usize, slots: usize, row: &[usize], edges: &[(usize, usize)], column: &mut [usize]) {
    if nodes.is_empty() {
        return;
    }
    let orders =
        if slots <= EXACT { arrangements(nodes.len(), slots) } else { vec![by_neighbours(nodes, edges, column)] };
    let mut best: Option<(usize, Vec<usize>)> = None;
    let before: Vec<usize> = nodes.iter().map(|node| column[*node]).collect();
    for order in orders {
        for (node, slot) in nodes.iter().zip(&order) {
            column[*node] = first + slot;
        }
        let cost = cost(nodes, row, edges, column);
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, order));
        }
    }
    let chosen = best.map_or(before, |(_, order)| order.iter().map(|slot| first + slot).collect());
    for (node, at) in nodes.iter().zip(chosen) {
        column[*node] = at;
    }
}

/// Sideways distance of the arrows at these nodes, and a penalty for standing in the way of a straight arrow.
fn cost(nodes: &[usize], row: &[usize], edges: &[(usize, usize)], column: &[usize]) -> usize {
    let mut cost = 0;
    for &(from, to) in edges {
        let apart = column[from].abs_diff(column[to]);
        if nodes.contains(&from) || nodes.contains(&to) {
            cost += if apart == 0 { 0 } else { 2 * apart + 1 };
        } else if apart == 0 {
            let between =
                |node: &usize| column[*node] == column[from] && row[from] < row[*node] && row[*node] < row[to];
            cost += 3 * nodes.iter().filter(|node| between(node)).count();
        }
    }
    cost
}

/// All ways to give `nodes` distinct slots, in lexicographic order.
fn arrangements(nodes: usize, slots: usize) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for _ in 0..nodes {
        let mut longer = Vec::new();
        for start in &all {
            for slot in (0..slots).filter(|slot| !start.contains(slot)) {
                let mut next: Vec<usize> = start.clone();
                next.push(slot);
                longer.push(next);
            }
        }
        all = longer;
    }
    all
}

/// One slot for each node in the order of their neighbours' mean column.
fn by_neighbours(nodes: &[usize], edges: &[(usize, usize)], column: &[usize]) -> Vec<usize> {
    let mean = |node: usize| {
        let near: Vec<usize> = edges
            .iter()
            .filter(|(from, to)| *from == node || *to == node)
            .map(|&(from, to)| column[if from == node { to } else { from }])
            .collect();
        if near.is_empty() { column[node] * 1000 } else { near.iter().sum::<usize>() * 1000 / near.len() }
    };
    let mut sorted: Vec<usize> = (0..nodes.len()).collect();
    sorted.sort_by_key(|at| (mean(nodes[*at]), *at));
    let mut slot = vec![0; nodes.len()];
    for (order, at) in sorted.into_iter().enumerate() {
        slot[at] = order;
    }
    slot
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_row_widens_its_lane_only() {
        let places = place(&[0, 1, 1, 0], &[0, 1, 1, 2], 2, &[(0, 1), (0, 2), (1, 3), (2, 3)]);
        assert_eq!(places.lane_of, [0, 1, 1]);
        assert_eq!(places.column, [0, 1, 2, 0]);
    }

    #[test]
    fn a_follower_stands_under_its_leader() {
        // 0 → {1, 2} side by side; 3 follows 2 only.
        let places = place(&[0, 0, 0, 0], &[0, 1, 1, 2], 1, &[(0, 1), (0, 2), (2, 3)]);
        assert_eq!(places.column[3], places.column[2]);
    }
}
