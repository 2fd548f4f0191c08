//! Geometry that must hold for every chart, on seeded random graphs, and one small chart byte for byte.
//!
//! The one thing to know: the graphs are made by a fixed generator, so a failure names a seed that fails again.

use std::sync::LazyLock;

use super::*;
use crate::graph::{GraphEdge, GraphKind, GraphLane, GraphNode};

/// A small linear generator (the constants are Knuth's): enough for variety, the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides
    }
}

const NAMES: [&str; 9] = [
    "受理",
    "登记与分类",
    "处理部门负责人组织内部沟通会，明确分工与时间节点",
    "是否满意？",
    "联系客户确认",
    "Call the customer back",
    "归档 & 统计 <月度>",
    "",
    "客户提出了超出客服中心所掌握资料的范围而不能直接回答时以工作联系单的方式向相关部门提出问题",
];

fn lane(id: usize, name: &str) -> GraphLane {
    GraphLane { id: format!("lane{id}"), name: name.into(), external: id == 0 }
}

fn random(seed: u64) -> Graph {
    let mut dice = Dice(seed);
    for _ in 0..4 {
        dice.below(2);
    }
    let lanes = 1 + dice.below(6);
    let nodes = 1 + dice.below(26);
    let kinds = [
        GraphKind::Task,
        GraphKind::Gateway,
        GraphKind::Task,
        GraphKind::ContactSheet,
        GraphKind::Message,
        GraphKind::End,
        GraphKind::Start,
    ];
    let limits = [None, None, Some("2工作日内"), Some("紧急/高 2小时内；中/低 1工作日内")];
    let labels = [None, None, Some("是"), Some("不满意，重新处理"), Some("客户要求且部门负责人同意升级处理的情况")];
    let mut graph = Graph::default();
    for id in 0..lanes {
        graph.lanes.push(lane(id, ["客户", "客服中心", "销售（公司）·总公司及各项目公司责任部门"][dice.below(3)]));
    }
    for id in 0..nodes {
        graph.nodes.push(GraphNode {
            id: format!("n{id}"),
            label: NAMES[dice.below(NAMES.len())].into(),
            lane: format!("lane{}", dice.below(lanes)),
            kind: kinds[dice.below(kinds.len())],
            limit: limits[dice.below(limits.len())].map(str::to_owned),
        });
    }
    for from in 0..nodes {
        for _ in 0..1 + dice.below(2) {
            // Mostly a little forward, sometimes anywhere, also to itself and twice to the same.
            let to = if dice.below(4) == 0 { dice.below(nodes) } else { (from + 1 + dice.below(3)).min(nodes - 1) };
            let label = labels[dice.below(labels.len())].map(str::to_owned);
            graph.edges.push(GraphEdge { from: format!("n{from}"), to: format!("n{to}"), label });
        }
    }
    graph
}

/// Laid out once for all tests; the index is the seed.
static CHARTS: LazyLock<Vec<(Graph, Layout)>> = LazyLock::new(|| {
    let chart = |seed| {
        let graph = random(seed);
        let layout = layout(&graph);
        (graph, layout)
    };
    (0..SEEDS).map(chart).collect()
});

const SEEDS: u64 = 150;

fn every_chart(check: impl Fn(&Graph, &Layout, u64)) {
    for (seed, (graph, layout)) in (0..).zip(CHARTS.iter()) {
        check(graph, layout, seed);
    }
}

fn pieces(route: &Route) -> Vec<Rect> {
    let piece = |pair: &[Point]| {
        let (a, b) = (pair[0], pair[1]);
        Rect { x: a.x.min(b.x), y: a.y.min(b.y), w: (a.x - b.x).abs(), h: (a.y - b.y).abs() }
    };
    route.points.windows(2).map(piece).collect()
}

#[test]
fn boxes_stand_apart_and_in_their_lanes() {
    every_chart(|graph, layout, seed| {
        assert_eq!(layout.boxes.len(), graph.nodes.len());
        for (index, node) in layout.boxes.iter().enumerate() {
            assert_eq!(graph.lanes[node.lane].id, graph.nodes[index].lane, "seed {seed}");
            assert!(layout.lanes[node.lane].body.contains(&node.rect), "seed {seed}: {node:?}");
            for other in &layout.boxes[index + 1..] {
                assert!(!node.rect.meets(&other.rect, 10.0), "seed {seed}: {node:?} {other:?}");
            }
        }
    });
}

#[test]
fn lanes_stand_side_by_side() {
    every_chart(|_, layout, seed| {
        for pair in layout.lanes.windows(2) {
            assert_eq!(pair[0].body.right(), pair[1].body.x, "seed {seed}");
            assert_eq!(pair[0].header.bottom(), pair[0].body.y, "seed {seed}");
        }
    });
}

#[test]
fn arrows_are_upright_and_pass_no_box() {
    every_chart(|_, layout, seed| {
        for route in &layout.routes {
            assert!(route.points.len() >= 2, "seed {seed}: {route:?}");
            for (nth, pair) in route.points.windows(2).enumerate() {
                let (a, b) = (pair[0], pair[1]);
                assert!((a.x == b.x) != (a.y == b.y), "seed {seed}: {route:?}");
                let piece = &pieces(route)[nth];
                for (index, node) in layout.boxes.iter().enumerate() {
                    if index != route.from && index != route.to {
                        assert!(!node.rect.meets(piece, 3.0), "seed {seed}: {route:?} {node:?}");
                    }
                }
            }
        }
    });
}

/// In a shape's own box an arrow may only run from the outline outwards.
#[test]
fn arrows_begin_and_end_on_the_outline() {
    every_chart(|_, layout, seed| {
        for route in &layout.routes {
            let (Some(first), Some(last)) = (route.points.first(), route.points.last()) else { panic!("{seed}") };
            for (at, node) in [(first, &layout.boxes[route.from]), (last, &layout.boxes[route.to])] {
                assert!(on_outline(node, *at), "seed {seed}: {at:?} {node:?}");
            }
            let own = [&layout.boxes[route.from].rect, &layout.boxes[route.to].rect];
            let all = pieces(route);
            for (nth, piece) in all.iter().enumerate() {
                let ends = [nth == 0, nth + 1 == all.len()];
                for (rect, end) in own.into_iter().zip(ends) {
                    assert!(end || !rect.meets(piece, 0.0) || route.from == route.to, "seed {seed}: {route:?}");
                }
            }
        }
    });
}

fn on_outline(node: &NodeBox, at: Point) -> bool {
    let (c, r) = (node.rect.centre(), &node.rect);
    let (dx, dy) = ((at.x - c.x).abs(), (at.y - c.y).abs());
    let (half_w, half_h) = (r.w / 2.0, r.h / 2.0);
    let near = |a: f64, b: f64| (a - b).abs() < 0.01;
    match node.kind {
        GraphKind::Gateway => near(dx / half_w + dy / half_h, 1.0),
        GraphKind::Start | GraphKind::End => near((dx - (half_w - half_h)).max(0.0).hypot(dy), half_h),
        GraphKind::ContactSheet if at.y > c.y + half_h - 2.0 * shape::WAVE - 0.01 => dx <= half_w,
        _ => near(dx, half_w) && dy <= half_h || near(dy, half_h) && dx <= half_w,
    }
}

#[test]
fn parallel_arrows_do_not_lie_on_each_other() {
    every_chart(|_, layout, seed| {
        let all: Vec<(usize, Rect)> = layout
            .routes
            .iter()
            .enumerate()
            .flat_map(|(index, route)| pieces(route).into_iter().map(move |piece| (index, piece)))
            .collect();
        for (nth, (route, a)) in all.iter().enumerate() {
            for (other, b) in &all[nth + 1..] {
                let level = a.w == 0.0 && b.w == 0.0 || a.h == 0.0 && b.h == 0.0;
                assert!(route == other || !level || !a.meets(b, 0.5), "seed {seed}: {a:?} {b:?}");
            }
        }
    });
}

#[test]
fn labels_are_all_there_and_touch_no_box_and_no_other_label() {
    every_chart(|graph, layout, seed| {
        let mut labels: Vec<Rect> = Vec::new();
        for route in &layout.routes {
            assert_eq!(route.label.is_some(), graph.edges[route.edge].label.is_some(), "seed {seed}: {route:?}");
            let Some(label) = &route.label else { continue };
            for node in &layout.boxes {
                assert!(!node.rect.meets(&label.rect, 0.0), "seed {seed}: {label:?} {node:?}");
            }
            for other in &labels {
                assert!(!other.meets(&label.rect, 0.0), "seed {seed}: {label:?} {other:?}");
            }
            labels.push(label.rect);
        }
    });
}

#[test]
fn everything_is_finite_and_within_the_sheet() {
    every_chart(|_, layout, seed| {
        let sheet = Rect { x: 0.0, y: 0.0, w: layout.size.width, h: layout.size.height };
        assert!(sheet.w.is_finite() && sheet.h.is_finite());
        let lanes = layout.lanes.iter().flat_map(|lane| [lane.header, lane.body]);
        let labels = layout.routes.iter().filter_map(|route| route.label.as_ref()).map(|label| label.rect);
        for rect in lanes.chain(labels).chain(layout.boxes.iter().map(|node| node.rect)) {
            assert!([rect.x, rect.y, rect.w, rect.h].into_iter().all(f64::is_finite), "seed {seed}: {rect:?}");
            assert!(sheet.contains(&rect), "seed {seed}: {rect:?}");
        }
        for piece in layout.routes.iter().flat_map(pieces) {
            assert!(sheet.contains(&piece), "seed {seed}: {piece:?}");
        }
    });
}

#[test]
fn texts_stay_inside_their_boxes() {
    every_chart(|_, layout, seed| {
        for node in layout.boxes.iter().filter(|node| node.kind != GraphKind::Gateway) {
            for line in &node.name.lines {
                assert!(text::width(line, shape::FONT) <= node.rect.w - 12.0, "seed {seed}: {node:?}");
            }
            assert!(node.name.lines.len() <= 3);
        }
    });
}

#[test]
fn the_same_graph_gives_the_same_bytes() {
    for seed in 0..20 {
        let picture = Picture::default();
        assert_eq!(svg(&random(seed), &picture), svg(&random(seed), &picture));
    }
}

#[test]
fn arrows_go_down_unless_they_close_a_loop() {
    every_chart(|_, layout, seed| {
        for route in layout.routes.iter().filter(|route| !route.back) {
            assert!(layout.boxes[route.from].row < layout.boxes[route.to].row, "seed {seed}: {route:?}");
        }
    });
}

fn node(id: &str, label: &str, lane: &str, kind: GraphKind) -> GraphNode {
    GraphNode { id: id.into(), label: label.into(), lane: lane.into(), kind, limit: None }
}

fn edge(from: &str, to: &str, label: &str) -> GraphEdge {
    GraphEdge { from: from.into(), to: to.into(), label: Some(label.to_owned()).filter(|label| !label.is_empty()) }
}

/// The middle of S01: a question beyond the standard answers goes to a department as a contact sheet.
fn small() -> Graph {
    let mut sheet = node("sheet", "工作联系单", "lane1", GraphKind::ContactSheet);
    sheet.limit = Some("2工作日内".into());
    Graph {
        lanes: vec![lane(0, "客户"), lane(1, "客服中心")],
        nodes: vec![
            node("^start", "开始", "lane0", GraphKind::Start),
            node("record", "记录", "lane1", GraphKind::Task),
            node("known", "有标准答案？", "lane1", GraphKind::Gateway),
            sheet,
            node("reply", "回复", "lane1", GraphKind::Message),
            node("end", "结束", "lane0", GraphKind::End),
        ],
        edges: vec![
            edge("^start", "record", ""),
            edge("record", "known", ""),
            edge("known", "reply", "有"),
            edge("known", "sheet", "没有"),
            edge("sheet", "reply", ""),
            edge("reply", "end", ""),
            edge("reply", "record", "客户不满意"),
        ],
    }
}

fn chosen(ids: &[&str]) -> BTreeSet<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

#[test]
fn a_small_chart() {
    let picture = Picture {
        title: "客户咨询".into(),
        live: chosen(&["sheet"]),
        done: chosen(&["^start", "record", "known"]),
        style: Style::Classes,
        ..Picture::default()
    };
    insta::assert_snapshot!(svg(&small(), &picture));
}

#[test]
fn the_open_step_says_so_in_words() {
    let picture = Picture { live: chosen(&["sheet"]), words: Words::english(), ..Picture::default() };
    let svg = svg(&small(), &picture);
    assert!(svg.contains("class=\"node contact-sheet live\""));
    assert!(svg.contains("aria-label=\"工作联系单, 客服中心, 2工作日内, Now at\""));
    assert!(svg.contains("<desc id=\"flowchart-desc\">Lanes: 客户, 客服中心. Steps: 4. Now at: 工作联系单.</desc>"));
}

#[test]
fn a_page_gets_no_styles_and_a_file_has_them_inside() {
    let page = svg(&small(), &Picture { style: Style::Classes, theme: "dense".into(), ..Picture::default() });
    assert!(!page.contains("<style") && !page.contains("style=\""));
    assert!(page.contains("class=\"flowchart dense\""));
    assert!(svg(&small(), &Picture::default()).contains("prefers-color-scheme: dark"));
}

#[test]
fn names_are_written_as_text_never_as_markup() {
    let mut graph = small();
    graph.nodes[1].label = "<b>&\"'\u{1}".into();
    let picture = Picture { live: chosen(&["record"]), title: "a<b".into(), ..Picture::default() };
    let svg = svg(&graph, &picture);
    assert!(svg.contains(">&lt;b&gt;&amp;&quot;&#39;</text>"));
    assert!(svg.contains("<title id=\"flowchart-title\">a&lt;b</title>"));
    assert!(!svg.contains("<b>") && !svg.contains('\u{1}'));
}

#[test]
fn a_name_too_long_for_its_box_is_kept_in_a_title() {
    let mut graph = small();
    graph.nodes[1].label = NAMES[8].into();
    let svg = svg(&graph, &Picture::default());
    assert!(svg.contains(&format!("<title>{}</title>", NAMES[8])));
    assert!(svg.contains("…</text>"));
}

#[test]
fn odd_graphs_are_drawn_too() {
    let mut graph = Graph::default();
    assert_eq!(layout(&graph).lanes.len(), 1);
    graph.nodes.push(node("a", "甲", "nowhere", GraphKind::Task));
    graph.edges = vec![edge("a", "missing", "x"), edge("a", "a", "again")];
    let layout = layout(&graph);
    assert_eq!(layout.routes.len(), 1);
    assert!(layout.routes[0].back && layout.routes[0].label.is_some());
}
