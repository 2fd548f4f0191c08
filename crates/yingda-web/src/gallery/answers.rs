//! Samples of the standard answers.

use super::{Sampled, Scene};
use crate::kit::{Choice, FieldForm, FieldKind, FieldView, Highlight, Markup, Paging, Stale, Tone};
use crate::views::answers::{AnswerEditPage, AnswerPage, AnswerRow, AnswerVersion, AnswersPage};

fn departments() -> [Choice; 2] {
    [Choice::new("dep_1", "项目部"), Choice::new("dep_2", "销售公司")]
}

impl Sampled for AnswersPage {
    const NAME: &'static str = "answers";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let row = |before: &str, hit: &str, after: &str, text: &str, key: &str, tone: Tone| AnswerRow {
            href: "/answers/ans_1".to_owned(),
            question: Markup::highlighted([
                (before, Highlight::Plain),
                (hit, Highlight::Hit),
                (after, Highlight::Plain),
            ]),
            snippet: Markup::highlighted([(text, Highlight::Plain)]),
            department: "项目部".to_owned(),
            state: scene.state(key, tone),
            updated: scene.moment(-60 * 24 * 22),
            uses: "37".to_owned(),
        };
        let full = Self {
            shell: scene.agent("/answers"),
            query: FieldView::new(FieldKind::Search, "q", t.say("answers-query")).value("交楼"),
            states: vec![
                (t.say("answer-in-force"), "/answers".to_owned(), true),
                (t.say("answer-draft"), "/answers?state=draft".to_owned(), false),
            ],
            rows: vec![
                row(
                    "二期什么时候",
                    "交楼",
                    "？",
                    "二期 1—4 栋计划于 2026 年 12 月 31 日前交楼，具体以交楼通知书为准。",
                    "answer-in-force",
                    Tone::Good,
                ),
                row(
                    "",
                    "交楼",
                    "时需要带哪些资料？",
                    "请携带身份证原件、购房合同、付款凭证及交楼通知书；委托他人办理的，另需授权委托书及受托人身份证。",
                    "answer-draft",
                    Tone::Warn,
                ),
            ],
            paging: Paging {
                prev: Some("/answers?before=x".to_owned()),
                next: Some("/answers?after=x".to_owned()),
                shown: 2,
            },
            may_write: true,
        };
        let empty = Self { rows: vec![], paging: Paging::default(), may_write: false, ..full.clone() };
        vec![("full", full), ("empty", empty)]
    }
}

impl Sampled for AnswerPage {
    const NAME: &'static str = "answer";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let text = "二期 1—4 栋计划于 2026 年 12 月 31 日前交楼。\n\n具体日期以交楼通知书为准；如遇不可抗力等情况调整，将提前书面通知。";
        let version = |number: &str| AnswerVersion {
            number: number.to_owned(),
            at: scene.moment(-60 * 24 * 22),
            who: "王建国".to_owned(),
            state: scene.state("answer-in-force", Tone::Good),
            question: "二期什么时候交楼？".to_owned(),
            text: Markup::prose(text),
        };
        vec![(
            "full",
            Self {
                shell: scene.agent("/answers/ans_1"),
                id: "ans_1".to_owned(),
                question: "二期什么时候交楼？".to_owned(),
                answer: Markup::prose(text),
                state: scene.state("answer-in-force", Tone::Good),
                owner: "项目部 · 王建国".to_owned(),
                version: "2".to_owned(),
                updated: (scene.moment(-60 * 24 * 22), "周敏".to_owned()),
                keywords: "收楼 入伙".to_owned(),
                uses: "37".to_owned(),
                source: Some(("LX2026090031".to_owned(), "/sheets/sht_031".to_owned())),
                history: vec![version("2"), version("1")],
                may_edit: true,
                may_publish: false,
                may_retire: true,
            },
        )]
    }
}

impl Sampled for AnswerEditPage {
    const NAME: &'static str = "answer-edit";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let form = FieldForm::new([
            FieldView::new(FieldKind::Multiline, "question", t.say("answer-question"))
                .required()
                .tall(2)
                .value("二期什么时候交楼？"),
            FieldView::new(FieldKind::Multiline, "answer", t.say("answer-text")).required().tall(8),
            FieldView::new(FieldKind::Department, "department", t.say("answer-department"))
                .options(departments())
                .required(),
            FieldView::new(FieldKind::Text, "keywords", t.say("answer-keywords")),
        ]);
        let edit = Self {
            shell: scene.agent("/answers/ans_1/edit"),
            id: Some("ans_1".to_owned()),
            version: "2".to_owned(),
            key: String::new(),
            form: form.clone(),
            stale: None,
            may_publish: true,
            source: None,
        };
        let mut faulty = form;
        faulty.fields[1].error = Some("请填写标准答案".to_owned());
        let draft = Self {
            id: None,
            version: String::new(),
            key: "idem-3".to_owned(),
            form: faulty,
            source: Some(("LX2026110012".to_owned(), "/sheets/sht_012".to_owned())),
            ..edit.clone()
        };
        let line = [t.say("answer-question"), "二期交楼时间？".to_owned(), "二期什么时候交楼？".to_owned()];
        let stale = Self { stale: Some(Stale { lines: vec![line] }), ..edit.clone() };
        vec![("edit", edit), ("draft", draft), ("stale", stale)]
    }
}
