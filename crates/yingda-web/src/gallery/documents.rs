//! Samples of processes, search and figures.

use super::{Sampled, Scene};
use crate::kit::{FieldForm, FieldKind, FieldView, Highlight, Markup, Paging, Tone};
use crate::views::figures::{CountRow, CountTable, DayBar, Figure, FiguresPage, SheetFigures, TimeRow};
use crate::views::processes::{
    FaultRow, FieldDoc, FormDoc, Gap, InstalledRow, LaneRow, LimitRow, MeasureRow, Origin, ProcessPage, ProcessRow,
    ProcessUploadPage, ProcessesPage, ScriptDoc, StepRow,
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
            open: Some(("42".to_owned(), "/tickets?process=water-hotline".to_owned())),
            state: scene.state("process-in-force", Tone::Good),
        };
        let full = Self {
            shell: scene.agent("/processes"),
            rows: vec![
                row("客户咨询管理工作流程", "客户提出问题，向客服中心咨询", "S01"),
                row("客服热线工作流程", "客服人员接听客服热线", "S02"),
                row("企业客户服务支持流程", "通过电话、在线客服、邮件等渠道接收客户反馈", "S03"),
            ],
            may_upload: true,
        };
        let empty = Self { rows: vec![], ..full.clone() };
        vec![("full", full), ("empty", empty)]
    }
}

fn origin(requirements: &str, note: &str) -> Origin {
    Origin { requirements: requirements.to_owned(), default: requirements.is_empty(), note: note.to_owned() }
}

fn process(scene: &Scene) -> ProcessPage {
    let step = |name: &str, lane: &str, what: &[&str], next: &[&str]| StepRow {
        name: name.to_owned(),
        lane: lane.to_owned(),
        what: what.iter().map(|text| (*text).to_owned()).collect(),
        next: next.iter().map(|text| (*text).to_owned()).collect(),
        origin: origin("R-055", ""),
    };
    let lane = |name: &str, holder: &str| LaneRow {
        name: name.to_owned(),
        holder: holder.to_owned(),
        origin: Origin::default(),
    };
    let field = |label: &str, kind: &str, required: &str| FieldDoc {
        label: label.to_owned(),
        kind: kind.to_owned(),
        required: required.to_owned(),
        origin: origin("", "原件未列；用于决定由谁抢修。"),
    };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    ProcessPage {
        shell: scene.administrator("/processes/water-hotline"),
        name: "water-hotline".to_owned(),
        title: "客服热线工作流程".to_owned(),
        state: scene.state("process-in-force", Tone::Good),
        purpose: vec![(
            scene.t().say("process-goal"),
            Markup::prose("规范客服热线工作管理，明确各有关人员及部门在客服热线工作流程中的职责。"),
        )],
        control_points: vec!["24 小时有人接听，不得无故中断。".to_owned()],
        success: vec!["“三来”处理率 100%。".to_owned()],
        control: vec![pair("流程编号", "S02"), pair("版本", "V1.0"), pair("编写时间", "2010-06-01"), pair("编制", "—")],
        control_origin: origin("R-223", ""),
        versions: vec![["V1.0", "2010-06-01", "首次编写", "业务范围、职责", "—"].map(str::to_owned)],
        lanes: vec![lane("用户、群众", "外部"), lane("客服热线代表", "客服专员"), lane("营业所", "部门：营业所")],
        steps: vec![
            step("接听", "客服热线代表", &["填写：来电记录", "话术：问候"], &["业务类型？"]),
            step("业务类型？", "客服热线代表", &["判断"], &["报漏 → 营业所抢修", "其他 → 答复"]),
        ],
        forms: vec![FormDoc {
            title: "来电记录".to_owned(),
            origin: origin("R-009", ""),
            fields: vec![field("业务类型", "选项：咨询、报漏", "必填"), field("管径", "整数（mm）", "报漏时必填")],
        }],
        scripts: vec![ScriptDoc {
            title: "问候".to_owned(),
            text: Markup::prose("您好，自来水客服热线，请问有什么可以帮您？"),
            origin: origin("", ""),
        }],
        limits: vec![
            LimitRow { name: "接听".to_owned(), target: "24小时".to_owned(), origin: origin("R-051", "") },
            LimitRow {
                name: "抢修".to_owned(), target: "8工作小时".to_owned(), origin: origin("", "时限列为空")
            },
        ],
        measures: vec![MeasureRow {
            name: "“三来”处理客户满意度".to_owned(),
            target: "≥ 95%".to_owned(),
            what: scene.t().say("process-measure-satisfaction"),
            origin: origin("R-173", ""),
        }],
        gaps: vec![Gap {
            place: "时限“抢修”".to_owned(),
            origin: origin("", "表 8.2 的“时限”列为空，时限按默认值设定（J22）。"),
        }],
        chart: Some(super::ticket::chart()),
        file_href: "/processes/water-hotline/file".to_owned(),
        installed: vec![InstalledRow {
            href: "/processes/water-hotline?version=def_1".to_owned(),
            number: "V1.0".to_owned(),
            at: scene.moment(-60 * 24 * 30),
            state: scene.state("process-in-force", Tone::Good),
        }],
        may_upload: true,
    }
}

impl Sampled for ProcessPage {
    const NAME: &'static str = "process";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let full = process(scene);
        let bare = Self {
            chart: None,
            purpose: vec![],
            control_points: vec![],
            success: vec![],
            scripts: vec![],
            limits: vec![],
            measures: vec![],
            gaps: vec![],
            versions: vec![],
            may_upload: false,
            ..full.clone()
        };
        vec![("full", full), ("bare", bare)]
    }
}

impl Sampled for ProcessUploadPage {
    const NAME: &'static str = "process-new";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let text = "process: water-hotline\nname: 客服热线\nsteps:\n  answer: { lane: dsek }\n";
        let empty = Self {
            shell: scene.administrator("/processes/new"),
            form: FieldForm::new([
                FieldView::new(FieldKind::Attachment, "file", t.say("process-file")),
                FieldView::new(FieldKind::Multiline, "text", t.say("process-text"))
                    .tall(20)
                    .hint(t.say("process-text-hint")),
            ]),
            faults: vec![],
        };
        let mut faulty = empty.clone();
        faulty.form.fields[1].value = text.to_owned();
        faulty.faults = vec![FaultRow {
            place: "4:19".to_owned(),
            line: "  answer: { lane: dsek }".to_owned(),
            sentence: "没有泳道“dsek”，是否为“desk”？".to_owned(),
        }];
        vec![("empty", empty), ("faults", faulty)]
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
            paging: Paging { prev: None, next: Some("/search?q=x&after=y".to_owned()), shown: 3 },
            error: None,
        };
        let none = Self { hits: vec![], paging: Paging::default(), ..full.clone() };
        let mut start = none.clone();
        start.query.value.clear();
        let short = Self { error: Some(t.say("search-no-words")), ..none.clone() };
        vec![("full", full), ("none", none), ("start", start), ("short", short)]
    }
}

impl Sampled for FiguresPage {
    const NAME: &'static str = "figures";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let href = || "/tickets?state=any&from=2026-10-01&until=2026-10-31".to_owned();
        let figure = |key: &str, value: &str, parts: &[usize]| Figure {
            name: t.say(key),
            value: value.to_owned(),
            parts: parts.iter().map(|count| (*count, href())).collect(),
            href: href(),
        };
        let table = |id: &str, key: &str, rows: &[(&str, usize)]| CountTable {
            id: id.to_owned(),
            title: t.say(key),
            rows: rows
                .iter()
                .map(|(name, count)| CountRow {
                    name: (*name).to_owned(),
                    count: *count,
                    href: href(),
                    percent: u8::try_from(count * 100 / rows[0].1.max(1)).unwrap_or(100),
                })
                .collect(),
        };
        let time = |name: String, count: usize| TimeRow {
            name,
            count,
            median: "3 小时 20 分".to_owned(),
            p90: "1 天 4 小时".to_owned(),
            href: href(),
        };
        let full = Self {
            shell: scene.agent("/figures/2026-10"),
            month: t.with("month-of", &[("year", "2026"), ("month", "10"), ("mon", "Oct")]),
            prev: Some("/figures/2026-09".to_owned()),
            next: Some("/figures/2026-11".to_owned()),
            export: Some("/tickets/export.xlsx".to_owned()),
            made: t.with("figures-made", &[("date", "2026-11-03"), ("who", "李晓梅")]),
            tops: vec![
                figure("figures-received", "312", &[]),
                figure("figures-handled", "95.5%", &[298, 312]),
                figure("figures-satisfaction", "96.4%", &[135, 140]),
                figure("figures-first-time", "92.1%", &[274, 298]),
            ],
            days: (1_usize..=31)
                .map(|day| DayBar {
                    day: day.to_string(),
                    count: day * 7 % 17,
                    href: href(),
                    percent: u8::try_from(day * 7 % 17 * 6).unwrap_or(100),
                })
                .collect(),
            counts: vec![
                table(
                    "by-kind",
                    "figures-by-kind",
                    &[("技术故障", 96), ("售前咨询", 74), ("报漏", 61), ("投诉", 33), ("物流", 9)],
                ),
                table("by-channel", "figures-by-channel", &[("电话", 240), ("邮件", 48), ("来访", 24)]),
                table("by-rating", "figures-by-rating", &[("非常满意", 88), ("满意", 47), ("一般", 4), ("不满意", 1)]),
            ],
            times: vec![time(t.say("figures-responding"), 312), time(t.say("figures-solving"), 298)],
            kinds: vec![time(t.with("figures-solving-kind", &[("kind", "技术故障")]), 96)],
            sheets: vec![SheetFigures {
                department: "项目部".to_owned(),
                sent: (21, href()),
                answered: (19, href()),
                in_time: "94.7% (18 / 19)".to_owned(),
                median: "6 小时".to_owned(),
                p90: "15 小时 10 分".to_owned(),
            }],
            note: t.say("figures-note"),
        };
        let empty = Self {
            tops: vec![figure("figures-received", "0", &[])],
            counts: vec![table("by-kind", "figures-by-kind", &[])],
            times: vec![],
            kinds: vec![],
            sheets: vec![],
            next: None,
            export: None,
            ..full.clone()
        };
        vec![("full", full), ("empty", empty)]
    }
}
