//! Samples of processes, search and figures.

use super::{Sampled, Scene};
use crate::kit::{Badge, FieldKind, FieldView, Highlight, Markup, Paging, Tone};
use crate::views::figures::{CountRow, CountTable, Figure, FiguresPage, TimeRow};
use crate::views::processes::{
    FormDoc, LimitRow, MeasureRow, Origin, ProcessPage, ProcessRow, ProcessesPage, StepRow,
};
use crate::views::search::{Hit, SearchPage};

impl Sampled for ProcessesPage {
    const NAME: &'static str = "processes";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let row = |title: &str, trigger: &str, source: &str| ProcessRow {
            href: "/processes/water-hotline".to_owned(),
            title: title.to_owned(),
            trigger: trigger.to_owned(),
            version: "V1.0".to_owned(),
            source: source.to_owned(),
            open: ("42".to_owned(), "/tickets?process=water-hotline".to_owned()),
            state: scene.state("process-in-force", Tone::Good),
        };
        let full = Self {
            shell: scene.agent("/processes"),
            rows: vec![
                row(
                    "客户咨询管理工作流程",
                    "客户提出问题，向客服中心咨询",
                    "S01",
                ),
                row("客服热线工作流程", "客服人员接听客服热线", "S02"),
                row(
                    "企业客户服务支持流程",
                    "通过电话、在线客服、邮件等渠道接收客户反馈",
                    "S03",
                ),
            ],
        };
        let empty = Self {
            rows: vec![],
            ..full.clone()
        };
        vec![("full", full), ("empty", empty)]
    }
}

impl Sampled for ProcessPage {
    const NAME: &'static str = "process";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let step = |name: &str, lane: &str, what: &str, next: &str| StepRow {
            name: name.to_owned(),
            lane: lane.to_owned(),
            what: what.to_owned(),
            next: next.to_owned(),
        };
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        let full = Self {
            shell: scene.agent("/processes/water-hotline"),
            title: "客服热线工作流程".to_owned(),
            state: scene.state("process-in-force", Tone::Good),
            purpose: Markup::prose(
                "规范客服热线工作管理，明确各有关人员及部门在客服热线工作流程中的职责。\n\n触发条件：客服人员接听客服热线。",
            ),
            control: vec![
                pair("流程编号", "S02"),
                pair("版本", "V1.0"),
                pair("编写时间", "2010-06-01"),
                pair("编制", "—"),
                pair("审核", "—"),
                pair("批准", "—"),
            ],
            versions: vec![
                ["V1.0", "2010-06-01", "首次编写", "业务范围、职责、工作流程"].map(str::to_owned),
            ],
            lanes: vec![
                pair("用户、群众", "来电人"),
                pair("客服热线代表", "客服专员"),
                pair("营业所", "部门"),
                pair("工程部", "部门"),
            ],
            steps: vec![
                step("接听", "客服热线代表", "及时接听，使用礼貌用语", "处理"),
                step(
                    "报漏",
                    "客服热线代表",
                    "详细记录报漏人员联系电话、具体报漏地点",
                    "DN150（含）以下→营业所；以上→工程部",
                ),
                step(
                    "回复",
                    "客服热线代表",
                    "及时将处理结果回复来电人员",
                    "事件记录",
                ),
            ],
            forms: vec![FormDoc {
                title: "来电记录".to_owned(),
                fields: vec![
                    ["业务类型", "选项", "必填"].map(str::to_owned),
                    ["管径", "整数（mm）", "报漏时必填"].map(str::to_owned),
                ],
            }],
            limits: vec![
                LimitRow {
                    name: "接听".to_owned(),
                    target: "24 小时有人接听".to_owned(),
                    origin: Origin::Document("R-051".to_owned()),
                },
                LimitRow {
                    name: "抢修".to_owned(),
                    target: "8 个工作小时".to_owned(),
                    origin: Origin::Default,
                },
            ],
            measures: vec![MeasureRow {
                name: "“三来”处理客户满意度".to_owned(),
                target: "≥ 95%".to_owned(),
                value: "96.4%（135/140）".to_owned(),
                state: Badge::new("达标", Tone::Good),
                href: "/figures/2026-11".to_owned(),
            }],
            gaps: vec![
                "表 8.2 的“时限”列为空，时限按默认值设定（J22）。".to_owned(),
                "“三来”未定义，按来电、来信、来访理解。".to_owned(),
            ],
            chart: Some(super::ticket::chart()),
            file_href: "/processes/water-hotline/file".to_owned(),
        };
        let bare = Self {
            chart: None,
            limits: vec![],
            measures: vec![],
            gaps: vec![],
            versions: vec![],
            ..full.clone()
        };
        vec![("full", full), ("bare", bare)]
    }
}

impl Sampled for SearchPage {
    const NAME: &'static str = "search";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let hit = |key: &str, title: &str, before: &str, word: &str, after: &str| Hit {
            kind: scene.state(key, Tone::Neutral),
            href: "/tickets/tkt_017".to_owned(),
            title: Markup::highlighted([(title, Highlight::Plain)]),
            snippet: Markup::highlighted([
                (before, Highlight::Plain),
                (word, Highlight::Hit),
                (after, Highlight::Plain),
            ]),
            about: "黄女士（锦绣花园）".to_owned(),
            at: scene.moment(-60 * 30),
        };
        let kinds = [
            ("search-in-all", true),
            ("search-in-tickets", false),
            ("search-in-messages", false),
            ("search-in-answers", false),
        ]
        .map(|(key, current)| (t.say(key), format!("/search?q=x&in={key}"), current))
        .to_vec();
        let full = Self {
            shell: scene.agent("/search?q=交楼"),
            query: FieldView::new(FieldKind::Search, "q", t.say("search-label")).value("交楼"),
            kinds,
            hits: vec![
                hit(
                    "search-hit-ticket",
                    "CS2026110009 二期 3 栋交楼时间及所需资料",
                    "…客户询问",
                    "交楼",
                    "时间是否延期，需安排搬家…",
                ),
                hit(
                    "search-hit-message",
                    "CS2026100231 回复客户",
                    "…您所购单元计划于 12 月 31 日前",
                    "交楼",
                    "，届时将寄送通知书…",
                ),
                hit(
                    "search-hit-answer",
                    "二期什么时候交楼？",
                    "二期 1—4 栋计划于 2026 年 12 月 31 日前",
                    "交楼",
                    "，具体以交楼通知书为准。",
                ),
            ],
            paging: Paging {
                prev: None,
                next: Some("/search?q=x&after=y".to_owned()),
                shown: 3,
            },
            error: None,
        };
        let none = Self {
            hits: vec![],
            paging: Paging::default(),
            ..full.clone()
        };
        let mut start = none.clone();
        start.query.value.clear();
        let short = Self {
            error: Some(t.say("search-too-short")),
            ..none.clone()
        };
        vec![
            ("full", full),
            ("none", none),
            ("start", start),
            ("short", short),
        ]
    }
}

impl Sampled for FiguresPage {
    const NAME: &'static str = "figures";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let figure = |key: &str, value: &str, detail: &str, state: Option<Badge>| Figure {
            name: t.say(key),
            value: value.to_owned(),
            detail: detail.to_owned(),
            href: "/tickets?month=2026-10".to_owned(),
            state,
        };
        let table = |id: &str, key: &str, rows: &[(&str, u64)]| CountTable {
            id: id.to_owned(),
            title: t.say(key),
            rows: rows
                .iter()
                .map(|(name, count)| CountRow {
                    name: (*name).to_owned(),
                    count: *count,
                    href: "/tickets?month=2026-10".to_owned(),
                    percent: u8::try_from(count * 100 / rows[0].1.max(1)).unwrap_or(100),
                })
                .collect(),
        };
        let time = |name: &str, count: &str| TimeRow {
            name: name.to_owned(),
            count: count.to_owned(),
            response_median: "12 分".to_owned(),
            response_p90: "48 分".to_owned(),
            solve_median: "3 小时 20 分".to_owned(),
            solve_p90: "1 天 4 小时".to_owned(),
            href: "/tickets?month=2026-10".to_owned(),
        };
        let full = Self {
            shell: scene.agent("/figures/2026-10"),
            month: t.with(
                "month-of",
                &[("year", "2026"), ("month", "10"), ("mon", "Oct")],
            ),
            prev: Some("/figures/2026-09".to_owned()),
            next: Some("/figures/2026-11".to_owned()),
            export: "/figures/2026-10.xlsx".to_owned(),
            tops: vec![
                figure("figures-received", "312", "+8%", None),
                figure("figures-closed", "298", "95.5%", None),
                figure(
                    "figures-in-time",
                    "97.3%",
                    "290 / 298",
                    Some(Badge::new("未达 100%", Tone::Warn)),
                ),
                figure(
                    "figures-satisfaction",
                    "96.4%",
                    "135 / 140",
                    Some(Badge::new("达标 ≥95%", Tone::Good)),
                ),
                figure("figures-over", "8", "8 / 298", None),
            ],
            counts: vec![
                table(
                    "by-kind",
                    "figures-by-kind",
                    &[
                        ("技术故障", 96),
                        ("售前咨询", 74),
                        ("报漏", 61),
                        ("投诉", 33),
                        ("物流", 9),
                    ],
                ),
                table(
                    "by-department",
                    "figures-by-department",
                    &[
                        ("售后部", 101),
                        ("营业所", 58),
                        ("销售部", 44),
                        ("工程部", 12),
                    ],
                ),
                table(
                    "by-channel",
                    "figures-by-channel",
                    &[("电话", 240), ("邮件", 48), ("来访", 24)],
                ),
                table(
                    "by-rating",
                    "figures-by-rating",
                    &[("非常满意", 88), ("满意", 47), ("一般", 4), ("不满意", 1)],
                ),
            ],
            times: vec![
                time("技术故障", "96"),
                time("售前咨询", "74"),
                time("报漏", "61"),
            ],
            note: Some(t.say("figures-note")),
        };
        let empty = Self {
            tops: vec![figure("figures-received", "0", "", None)],
            counts: vec![table("by-kind", "figures-by-kind", &[])],
            times: vec![],
            next: None,
            ..full.clone()
        };
        vec![("full", full), ("empty", empty)]
    }
}
