//! Samples of recurring work: the list, a routine, its form, the catalogue.

use super::{Sampled, Scene};
use crate::kit::{Choice, Depends, FieldForm, FieldKind, FieldView, Paging, Stale, Tone};
use crate::views::day::TaskRow;
use crate::views::routines::{CataloguePage, Entry, RoutineEditPage, RoutinePage, RoutineRow, RoutinesPage};

impl Scene {
    fn routine(&self, label: &str, who: &str) -> RoutineRow {
        let t = self.t();
        RoutineRow {
            href: "/routines/rou_01".to_owned(),
            label: label.to_owned(),
            who: who.to_owned(),
            nobody: false,
            recurs: self.task(1, label, "work-state-open", Tone::Active, None).recurs,
            reader: String::new(),
            from: t.with("routine-from-process", &[("process", "客服热线工作流程")]),
            state: self.state("routine-runs", Tone::Good),
            next: Some(self.moment(60 * 70)),
        }
    }
}

impl Sampled for RoutinesPage {
    const NAME: &'static str = "routines";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let full = Self {
            shell: scene.administrator("/routines"),
            rows: vec![
                RoutineRow {
                    nobody: true, ..scene.routine("每周检查客服热线工作", "营业部 · 部门负责人，其中一位")
                },
                RoutineRow {
                    reader: "营业部 · 部门负责人".to_owned(),
                    ..scene.routine("提交本周来电记录情况", "客服专员，其中一位")
                },
                RoutineRow {
                    from: scene.t().with("routine-from-catalogue", &[("source", "S27")]),
                    state: scene.state("routine-rests", Tone::Neutral),
                    next: None,
                    ..scene.routine("每日工作小结", "客服专员，每人一份")
                },
            ],
            offered: 21,
        };
        let empty = Self { rows: vec![], offered: 0, ..full.clone() };
        vec![("full", full), ("empty", empty)]
    }
}

impl Sampled for RoutinePage {
    const NAME: &'static str = "routine";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let rule = |key: &str, value: &str| (t.say(key), value.to_owned());
        let full = Self {
            shell: scene.administrator("/routines/rou_01"),
            id: "rou_01".to_owned(),
            row: scene.routine("每日工作小结", "客服专员，每人一份"),
            rules: vec![
                rule("routine-who", "客服专员，每人一份"),
                rule("routine-free-day", "不做"),
                rule("routine-record", "今日工作、存在的问题"),
                rule("routine-requirements", "T56"),
            ],
            quote: "每日总结工作，分析存在的问题".to_owned(),
            ours: true,
            note: "下班前提交。".to_owned(),
            history: vec![
                scene.task(1, "每日工作小结", "work-state-open", Tone::Active, Some(120)),
                TaskRow {
                    late: true,
                    done: "陈静，昨天 18:40".to_owned(),
                    ..scene.task(2, "每日工作小结", "work-state-submitted", Tone::Good, None)
                },
                TaskRow {
                    reason: "调休".to_owned(),
                    done: "林浩，昨天 09:10".to_owned(),
                    ..scene.task(3, "每日工作小结", "work-state-exempted", Tone::Neutral, None)
                },
                scene.task(4, "每日工作小结", "work-state-missed", Tone::Bad, Some(-60 * 30)),
            ],
            paging: Paging { prev: None, next: Some("/routines/rou_01?before=x".to_owned()), shown: 4 },
            version: "3".to_owned(),
            editable: true,
            active: true,
            listed: true,
        };
        let process = Self {
            row: RoutineRow {
                nobody: true, ..scene.routine("每周检查客服热线工作", "营业部 · 部门负责人，其中一位")
            },
            history: vec![],
            editable: false,
            active: false,
            ours: false,
            note: String::new(),
            ..full.clone()
        };
        vec![("full", full), ("process", process)]
    }
}

impl Sampled for RoutineEditPage {
    const NAME: &'static str = "routine-edit";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let choice = |name: &str, key: &str, words: &[&str], value: &str| {
            FieldView::new(FieldKind::Choice, name, t.say(key))
                .required()
                .options(words.iter().map(|word| Choice::new(*word, t.say(&format!("{key}-{word}")))))
                .value(value)
        };
        let roles = ["agent", "supervisor", "manager"].map(|word| Choice::new(word, t.say(&format!("role-{word}"))));
        let edit = Self {
            shell: scene.administrator("/routines/rou_01/edit"),
            id: Some("rou_01".to_owned()),
            from: String::new(),
            version: "3".to_owned(),
            key: String::new(),
            what: FieldForm::new([
                FieldView::new(FieldKind::Text, "label", t.say("routine-label")).required().value("每周工作汇报"),
                FieldView::new(FieldKind::Choice, "role", t.say("routine-role"))
                    .options(roles)
                    .as_list(t.say("routine-anybody"))
                    .hint(t.say("routine-who-hint"))
                    .value("agent"),
                choice("share", "routine-share", &["one", "each"], "each"),
            ]),
            every: FieldView::new(FieldKind::Choice, "every", t.say("routine-every"))
                .required()
                .options(
                    ["day", "week", "month", "year"]
                        .map(|word| Choice::new(word, t.say(&format!("routine-by-{word}")))),
                )
                .value("week"),
            weekdays: ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
                .iter()
                .enumerate()
                .map(|(at, word)| ((*word).to_owned(), t.say(&format!("weekday-{}", at + 1)), at == 4))
                .collect(),
            weekdays_error: None,
            when: FieldForm::new([
                choice("at_kind", "routine-at", &["opening", "closing", "clock"], "clock"),
                FieldView::new(FieldKind::Text, "at", t.say("routine-at-time"))
                    .example("17:00")
                    .value("17:00")
                    .depends(Depends {
                        name: "at_kind".to_owned(),
                        values: vec!["clock".to_owned()],
                        sentence: t.say("routine-when-clock"),
                    }),
                FieldView::new(FieldKind::Choice, "free_day", t.say("routine-free-day"))
                    .options(
                        ["skip", "before", "after", "anyway"]
                            .map(|word| Choice::new(word, t.say(&format!("routine-free-{word}")))),
                    )
                    .value("before"),
            ]),
            record: FieldForm::new([
                FieldView::new(FieldKind::Multiline, "fields", t.say("routine-fields"))
                    .tall(4)
                    .hint(t.say("routine-fields-hint"))
                    .value("本周工作\n改进措施"),
                FieldView::new(FieldKind::YesNo, "exempt", t.say("routine-exempt")).value("yes"),
            ]),
            faults: Vec::new(),
            stale: None,
        };
        let mut faulty = Self {
            id: None,
            version: String::new(),
            key: "idem-7".to_owned(),
            from: "t57".to_owned(),
            weekdays_error: Some("请填写此项。".to_owned()),
            faults: vec![("f-weekdays".to_owned(), "请填写此项。".to_owned())],
            ..edit.clone()
        };
        for day in &mut faulty.weekdays {
            day.2 = false;
        }
        let line = [t.say("routine-label"), "每周汇报".to_owned(), "每周工作汇报".to_owned()];
        let stale = Self { stale: Some(Stale { lines: vec![line] }), ..edit.clone() };
        vec![("edit", edit), ("faulty", faulty), ("stale", stale)]
    }
}

impl Sampled for CataloguePage {
    const NAME: &'static str = "routine-catalogue";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let entry = |code: &str, label: &str| Entry {
            code: code.to_owned(),
            key: format!("idem-{code}"),
            number: code.to_uppercase(),
            label: label.to_owned(),
            source: "S27".to_owned(),
            quote: "每日总结工作，分析存在的问题".to_owned(),
            who: "客服专员，每人一份".to_owned(),
            recurs: scene.task(1, label, "work-state-open", Tone::Active, None).recurs,
            ours: false,
            note: "下班前提交。".to_owned(),
            taken: None,
            somebody: true,
        };
        let full = Self {
            shell: scene.administrator("/routines/catalogue"),
            entries: vec![
                entry("t56", "每日工作小结"),
                Entry { taken: Some("/routines/rou_01".to_owned()), ..entry("t57", "每周工作汇报") },
                Entry { somebody: false, ours: true, ..entry("t26", "每月开具发票") },
            ],
        };
        vec![("full", full)]
    }
}
