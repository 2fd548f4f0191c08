//! Which row a node stands in.
//!
//! The one thing to know: arrows that close a loop (found by a depth-first walk from the start) are turned round for
//! this question only; every other arrow then goes at least one row down. Columns are deliberately not here.

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

/// The edges that lead to a node still open in a depth-first walk; without recursion, for charts of any depth.
fn loops(nodes: usize, edges: &[(usize, usize)]) -> Vec<bool> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        No,
        Open,
        Closed,
    }
    let mut leaving = vec![Vec::new(); nodes];
    let mut entered = vec![false; nodes];
    for (index, &(from, to)) in edges.iter().enumerate() {
        leaving[from].push(index);
        entered[to] |= from != to;
    }
    let mut seen = vec![Seen::No; nodes];
    let mut back = vec![false; edges.len()];
    let roots = (0..nodes).filter(|node| !entered[*node]).chain(0..nodes);
    for root in roots {
        if seen[root] != Seen::No {
            continue;
        }
        seen[root] = Seen::Open;
        let mut stack = vec![(root, 0)];
        while let Some((node, next)) = stack.pop() {
            let Some(&edge) = leaving[node].get(next) else {
                seen[node] = Seen::Closed;
                continue;
            };
            stack.push((node, next + 1));
            let to = edges[edge].1;
            match seen[to] {
                Seen::Open => back[edge] = true,
                Seen::Closed => {}
                Seen::No => {
                    seen[to] = Seen::Open;
                    stack.push((to, 0));
                }
            }
        }
    }
    back
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
    fn a_lone_source_stands_near_its_target() {
        assert_eq!(rank(4, &[(0, 1), (1, 2), (3, 2)]).row, [0, 1, 2, 1]);
    }
}
