//! The finished arrangement of a chart in pixels: boxes, arrows, lanes.
//!
//! The one thing to know: it is all decided here, in this order: rows, columns, ways on the grid, tracks, pixels,
//! labels; whoever draws it only copies numbers. Colours and SVG are deliberately not here.

use super::frame::{Frame, Strips};
use super::label::{self, Label};
use super::place::{self, Places};
use super::rank::{self, Ranks};
use super::shape::{self, Point, Rect, Shape, Side};
use super::text::{self, Lines};
use super::track::{self, End, Piece};
use super::trail::{Field, Wanted};
use crate::graph::{Graph, GraphKind};

/// A chart that only needs to be painted. All numbers are pixels from the upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// One for each node of the graph, in its order.
    pub boxes: Vec<NodeBox>,
    /// One for each edge of the graph whose two nodes exist, in its order.
    pub routes: Vec<Route>,
    /// One for each lane of the graph, in its order; one without a name if there is none.
    pub lanes: Vec<LaneBand>,
    pub size: Size,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    pub width: f64,
    pub height: f64,
}

/// A node's place.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeBox {
    pub id: String,
    pub kind: GraphKind,
    /// Index into [`Layout::lanes`].
    pub lane: usize,
    pub row: usize,
    /// The outline lies within it and touches all four sides (a contact sheet's wave hangs down to the lower one).
    pub rect: Rect,
    pub name: Lines,
    pub limit: Lines,
}

/// An arrow's way: at least two points, each piece horizontal or vertical, from border to border.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// Index into the graph's edges.
    pub edge: usize,
    /// Indices into [`Layout::boxes`].
    pub from: usize,
    pub to: usize,
    /// It closes a loop.
    pub back: bool,
    pub points: Vec<Point>,
    /// Missing only where the edge has none.
    pub label: Option<Label>,
}

/// A lane's column.
#[derive(Debug, Clone, PartialEq)]
pub struct LaneBand {
    pub name: Lines,
    pub external: bool,
    /// The cell with the name.
    pub header: Rect,
    /// The column below it.
    pub body: Rect,
}

/// Arranges a graph. Total: edges to unknown nodes are left out, a node with an unknown lane stands in the first.
pub fn layout(graph: &Graph) -> Layout {
    let plan = Plan::new(graph);
    let mut strips = plan.first_strips(graph);
    // Each failed try adds one strip of room for labels, and a strip per label is always enough.
    let labelled = plan.edges.iter().filter(|edge| graph.edges[edge.0].label.is_some()).count();
    let mut tries = 4 * labelled + 1;
    loop {
        let frame = plan.frame(graph, &strips);
        let mut layout = plan.draw(graph, &frame);
        let crowded = plan.label(graph, &frame, &mut layout);
        tries -= 1;
        if crowded.is_empty() || tries == 0 {
            return layout;
        }
        for route in crowded {
            let (channel, place) = plan.passes(route);
            strips[channel][place] += 1;
        }
    }
}

/// Everything that is decided before there are pixels.
struct Plan {
    lane: Vec<usize>,
    lanes: usize,
    shapes: Vec<Shape>,
    ranks: Ranks,
    places: Places,
    /// Index in the graph, and the nodes at its ends.
    edges: Vec<(usize, usize, usize)>,
    pieces: Vec<Piece>,
}

impl Plan {
    fn new(graph: &Graph) -> Self {
        let lanes = graph.lanes.len().max(1);
        let lane: Vec<usize> = graph
            .nodes
            .iter()
            .map(|node| graph.lanes.iter().position(|lane| lane.id == node.lane).unwrap_or(0))
            .collect();
        let find = |id: &str| graph.nodes.iter().position(|node| node.id == id);
        let edges: Vec<(usize, usize, usize)> = graph
            .edges
            .iter()
            .enumerate()
            .filter_map(|(index, edge)| Some((index, find(&edge.from)?, find(&edge.to)?)))
            .collect();
        let pairs: Vec<(usize, usize)> = edges.iter().map(|&(_, from, to)| (from, to)).collect();
        let shapes = shape::shapes(&graph.nodes);
        let ranks = rank::rank(graph.nodes.len(), &pairs);
        let places = place::place(&lane, &ranks.row, lanes, &pairs);
        let at: Vec<(usize, usize)> = places.column.iter().copied().zip(ranks.row.iter().copied()).collect();
        let wanted: Vec<Wanted> =
            pairs.iter().zip(&ranks.back).map(|(&(from, to), &back)| Wanted { from, to, back }).collect();
        let ways = Field::new(places.lane_of.len(), places.rows, &at).lay(&wanted);
        let mut pieces = track::pieces(&ways, &wanted);
        track::assign(&mut pieces, |node, side| shape::half_port(graph.nodes[node].kind, &shapes[node], side));
        Self { lane, lanes, shapes, ranks, places, edges, pieces }
    }

    /// The channel between rows that an arrow enters first, and whether it does so from above (0) or below (1).
    fn passes(&self, route: usize) -> (usize, usize) {
        let climbs = self.ranks.back[route];
        let row = self.ranks.row[self.edges[route].1];
        let mut first = self.of(route).filter(|piece| piece.vertical);
        let below = first.next().is_none_or(|piece| {
            // The piece's near end is the box's border or the level of its row.
            let level = 4 * (2 * row as i64 + 1);
            piece.high.at > level + 1
        });
        match (climbs, below) {
            (true, false) => (row, 1),
            _ => (row + 1, 0),
        }
    }

    fn of(&self, route: usize) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(move |piece| piece.edge == route)
    }

    /// An arrow that leaves downwards has its label beside its first, short piece: it needs room from the beginning.
    fn first_strips(&self, graph: &Graph) -> Strips {
        let mut strips = vec![[0; 2]; self.places.rows + 1];
        for (route, (edge, from, _)) in self.edges.iter().enumerate() {
            let down = self.of(route).next().is_some_and(|piece| piece.low.port == Some((*from, Side::Bottom)));
            if graph.edges[*edge].label.is_some() && down {
                strips[self.ranks.row[*from] + 1][0] = 1;
            }
        }
        strips
    }

    fn frame(&self, graph: &Graph, strips: &Strips) -> Frame {
        let names: Vec<&str> = (0..self.lanes).map(|l| graph.lanes.get(l).map_or("", |lane| &lane.name)).collect();
        let mut widths = vec![72.0_f64; self.places.lane_of.len()];
        let mut heights = vec![0.0_f64; self.places.rows];
        for (node, shape) in self.shapes.iter().enumerate() {
            let (column, row) = (self.places.column[node], self.ranks.row[node]);
            widths[column] = widths[column].max(shape.w);
            heights[row] = heights[row].max(shape.h);
        }
        for piece in self.pieces.iter().filter(|piece| piece.line % 2 == 1) {
            let sizes = if piece.vertical { &mut widths } else { &mut heights };
            let size = &mut sizes[piece.line / 2];
            *size = size.max(2.0 * piece.offset.abs() + 16.0);
        }
        Frame::new(&names, &self.places.lane_of, widths, &heights, &self.pieces, strips)
    }

    fn draw(&self, graph: &Graph, frame: &Frame) -> Layout {
        let lanes: Vec<LaneBand> = (0..self.lanes)
            .map(|l| {
                let (left, right) = frame.lane(l);
                let header = Rect { x: left, y: frame.top, w: right - left, h: frame.header };
                let body = Rect { x: left, y: header.bottom(), w: right - left, h: frame.bottom - header.bottom() };
                let name = graph
                    .lanes
                    .get(l)
                    .map_or_else(Lines::default, |lane| text::wrap(&lane.name, shape::FONT, header.w - 16.0, 2));
                LaneBand { name, external: graph.lanes.get(l).is_some_and(|lane| lane.external), header, body }
            })
            .collect();
        let boxes: Vec<NodeBox> = graph
            .nodes
            .iter()
            .zip(&self.shapes)
            .enumerate()
            .map(|(index, (node, shape))| {
                let row = self.ranks.row[index];
                let middle = Point { x: frame.column[self.places.column[index]], y: frame.row[row] };
                NodeBox {
                    id: node.id.clone(),
                    kind: node.kind,
                    lane: self.lane[index],
                    row,
                    rect: Rect { x: middle.x - shape.w / 2.0, y: middle.y - shape.h / 2.0, w: shape.w, h: shape.h },
                    name: shape.name.clone(),
                    limit: shape.limit.clone(),
                }
            })
            .collect();
        let routes = self
            .edges
            .iter()
            .enumerate()
            .map(|(route, &(edge, from, to))| {
                let points = self.points(route, from, frame, &boxes);
                Route { edge, from, to, back: self.ranks.back[route], points, label: None }
            })
            .collect();
        let size = Size { width: frame.right + frame.left, height: frame.bottom + frame.top };
        Layout { boxes, routes, lanes, size }
    }

    fn points(&self, route: usize, from: usize, frame: &Frame, boxes: &[NodeBox]) -> Vec<Point> {
        let pieces: Vec<&Piece> = self.of(route).collect();
        let at = |piece: &Piece| frame.position(piece);
        let touch = |end: &End, piece: &Piece| -> Option<Point> {
            let (node, side): (usize, Side) = end.port?;
            Some(shape::border(boxes[node].kind, &boxes[node].rect, side, at(piece)))
        };
        let mut points = Vec::new();
        let ports = |piece: &Piece| (touch(&piece.low, piece), touch(&piece.high, piece));
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
            return points;
        };
        let (start, end) = if pieces.len() == 1 {
            let (low, high) = ports(first);
            if first.low.port.is_some_and(|(node, _)| node == from) { (low, high) } else { (high, low) }
        } else {
            let one = |piece: &Piece| ports(piece).0.or(ports(piece).1);
            (one(first), one(last))
        };
        points.extend(start);
        for pair in pieces.windows(2) {
            let (a, b) = (at(pair[0]), at(pair[1]));
            points.push(if pair[0].vertical { Point { x: a, y: b } } else { Point { x: b, y: a } });
        }
        points.extend(end);
        points
    }

    /// Places all labels; returns the routes whose label found no room.
    fn label(&self, graph: &Graph, frame: &Frame, layout: &mut Layout) -> Vec<usize> {
        let mut crowded = Vec::new();
        for route in 0..layout.routes.len() {
            let Some(text) = &graph.edges[layout.routes[route].edge].label else {
                continue;
            };
            let strips = frame.levels(self.passes(route));
            match label::place(layout, route, text, &strips) {
                Some(label) => layout.routes[route].label = Some(label),
                None => crowded.push(route),
            }
        }
        crowded
    }
}
