//! Which row a node stands in.
//!
//! The one thing to know: arrows that close a loop are left out of this question; every other arrow then goes at least
//! one row down. Columns are deliberately not here.

/// The rows of a graph whose nodes are `0..rows.len()`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranks {
    /// Row of each node, from 0.
    pub row: Vec<usize>,
    /// For each edge: it goes back up (or to the node itself).
    pub back: Vec<bool>,
}

/// Breaks loops and gives each node the row of its longest way from a source.
pub fn rank(nodes: usize, edges: &[(usize, usize)]) -> Ranks {
    let back = loops(nodes, edges);
    let forward: Vec<(usize, usize)> =
        edges.iter().zip(&back).filter(|(_, back)| !**back).map(|(edge, _)| *edge).collect();
    let order = topological(nodes, &forward);
    let mut row = vec![0; nodes];
    for &node in &order {
        for &(_, to) in forward.iter().filter(|(from, _)| *from == node) {
            row[to] = row[to].max(row[node] + 1);
        }
    }
    // A node with more ways out than in stands just above what it leads to, so that its long arrows are few.
    for &node in order.iter().rev() {
        let entering = forward.iter().filter(|(_, to)| *to == node).count();
        let leaving: Vec<usize> = forward.iter().filter(|(from, _)| *from == node).map(|(_, to)| row[*to]).collect();
        if leaving.len() > entering
            && let Some(nearest) = leaving.iter().min()
        {
            row[node] = row[node].max(nearest - 1);
        }
    }
    Ranks { row, back }
}

/// The edges left over when as many as possible are kept without a ring. First come those that lead away from the
/// start (by the shortest way), then those that follow the order of the file, so that of the arrows of a loop the one
/// is turned round that a reader would call the way back.
fn loops(nodes: usize, edges: &[(usize, usize)]) -> Vec<bool> {
    let depth = depths(nodes, edges);
    let mut order: Vec<usize> = (0..edges.len()).collect();
    order.sort_by_key(|index| {
        let (from, to) = edges[*index];
        (depth[from] >= depth[to], from >= to, *index)
    });
    let mut back = vec![true; edges.len()];
    let mut kept = vec![Vec::new(); nodes];
    for index in order {
        let (from, to) = edges[index];
        if !reaches(to, from, &kept) {
            back[index] = false;
            kept[from].push(to);
        }
    }
    back
}

/// Number of arrows on the shortest way from a source (or, in a ring without one, from its first node).
fn depths(nodes: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let mut leaving = vec![Vec::new(); nodes];
    let mut entered = vec![false; nodes];
    for &(from, to) in edges {
        leaving[from].push(to);
        entered[to] |= from != to;
    }
    let mut depth = vec![usize::MAX; nodes];
    let mut queue: Vec<usize> = (0..nodes).filter(|node| !entered[*node]).collect();
    let mut next = 0;
    for node in &queue {
        depth[*node] = 0;
    }
    for first in 0..=nodes {
        while let Some(&node) = queue.get(next) {
            next += 1;
            for &to in &leaving[node] {
                if depth[to] == usize::MAX {
                    depth[to] = depth[node] + 1;
                    queue.push(to);
                }
            }
        }
        if first < nodes && depth[first] == usize::MAX {
            depth[first] = 0;
            queue.push(first);
        }
    }
    depth
}

fn reaches(from: usize, to: usize, kept: &[Vec<usize>]) -> bool {
    let mut seen = vec![false; kept.len()];
    let mut open = vec![from];
    while let Some(node) = open.pop() {
        if node == to {
            return true;
        }
        if !std::mem::replace(&mut seen[node], true) {
            open.extend(&kept[node]);
        }
    }
    false
}

fn topological(nodes: usize, forward: &[(usize, usize)]) -> Vec<usize> {
    let mut waits = vec![0_usize; nodes];
    for &(_, to) in forward {
        waits[to] += 1;
    }
    let mut order: Vec<usize> = (0..nodes).filter(|node| waits[*node] == 0).collect();
    let mut next = 0;
    while let Some(&node) = order.get(next) {
        next += 1;
        for &(_, to) in forward.iter().filter(|(from, _)| *from == node) {
            waits[to] -= 1;
            if waits[to] == 0 {
                order.push(to);
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_way_counts() {
        assert_eq!(rank(4, &[(0, 1), (1, 2), (0, 3), (2, 3)]).row, [0, 1, 2, 3]);
    }

    #[test]
    fn a_loop_goes_back_up() {
        let ranks = rank(3, &[(0, 1), (1, 2), (2, 1), (2, 2)]);
        assert_eq!(ranks.row, [0, 1, 2]);
        assert_eq!(ranks.back, [false, false, true, true]);
    }

    #[test]
    fn a_ring_without_a_start_still_has_rows() {
        assert_eq!(rank(3, &[(0, 1), (1, 2), (2, 0)]).row, [0, 1, 2]);
    }

    #[test]
    fn the_way_back_is_the_one_that_leads_toward_the_start() {
        // 0 → 1 → {2 → 4, 3 → 4}, 4 → 5, and 5 sends back to 3 though a walk by 2 comes to 5 first.
        let ranks = rank(6, &[(0, 1), (1, 2), (1, 3), (2, 4), (3, 4), (4, 5), (5, 3)]);
        assert_eq!(ranks.back, [false, false, false, false, false, false, true]);
    }

    #[test]
    fn a_lone_source_stands_near_its_target() {
        assert_eq!(rank(4, &[(0, 1), (1, 2), (3, 2)]).row, [0, 1, 2, 1]);
    }
}
