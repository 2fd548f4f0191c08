//! Samples of the day, of the team's, and of one piece of recurring work.

use super::{Sampled, Scene};
use crate::kit::{Choice, FieldForm, FieldKind, FieldView, Tone};
use crate::views::day::{
    DayPage, Obstacle, ReadingDoc, TaskCard, TaskRow, TeamPage, TeamRow, TrackRow, Word, WorkPage,
};

impl Scene {
    /// A piece of recurring work in a list; `minutes` from now it is due.
    pub(super) fn task(&self, id: u32, label: &str, state: &str, tone: Tone, minutes: Option<i64>) -> TaskRow {
        let t = self.t();
        TaskRow {
            id: format!("wrk_0{id}"),
            label: label.to_owned(),
            who: "李晓梅".to_owned(),
            day: t.with(
                "desk-today",
                &[
                    ("month", "11".to_owned()),
                    ("mon", t.say("month-11")),
                    ("day", "3".to_owned()),
                    ("weekday", t.say("weekday-2")),
                ],
            ),
            state: self.state(state, tone),
            late: false,
            opens: self.moment(-90),
            due: minutes.map(|minutes| self.due("", minutes)),
            recurs: t.with(
                "routine-recurs",
                &[
                    ("every", t.say("routine-every-workday")),
                    ("at", "16:00".to_owned()),
                    ("until", t.say("routine-until-closing")),
                ],
            ),
            done: String::new(),
            reason: String::new(),
        }
    }

    fn track_rows(&self) -> Vec<TrackRow> {
        let t = self.t();
        let form = |id: &str| {
            FieldForm::new([
                FieldView::new(FieldKind::Text, "note", t.say("day-note")).within(id),
                FieldView::new(FieldKind::Choice, "obstacle", t.say("day-obstacle"))
                    .options(
                        ["department", "customer", "other"]
                            .map(|word| Choice::new(word, t.say(&format!("obstacle-{word}")))),
                    )
                    .as_list(t.say("obstacle-none"))
                    .within(id),
            ])
        };
        let rows = self.tickets().into_iter().map(|row| TrackRow {
            form: form(&row.id),
            id: row.id,
            number: row.number,
            title: row.title,
            customer: row.customer,
            step: "处理".to_owned(),
            state: row.state,
            due: row.due,
            with: String::new(),
            said: None,
            unfolded: false,
        });
        rows.collect()
    }

    /// A piece of work with its forms.
    pub(super) fn card(&self, row: TaskRow) -> TaskCard {
        let t = self.t();
        let id = row.id.clone();
        let field =
            |name: &str, label: &str| FieldView::new(FieldKind::Multiline, name, label).required().tall(4).within(&id);
        TaskCard {
            quote: "每日总结工作，分析存在的问题".to_owned(),
            form: Some(FieldForm::new([field("record.f1", "今日工作"), field("record.f2", "存在的问题")])),
            left: None,
            folded: row.state.tone == Tone::Bad,
            exempt: Some(FieldForm::new([FieldView::new(FieldKind::Multiline, "reason", t.say("work-reason"))
                .required()
                .tall(2)
                .hint(t.say("work-reason-hint"))
                .within(&id)])),
            exempting: false,
            version: "1".to_owned(),
            key: format!("idem-{id}"),
            row,
        }
    }
}

impl Sampled for DayPage {
    const NAME: &'static str = "day";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let rows = scene.track_rows();
        let (mut open, mut said) = (rows.clone(), rows);
        open.truncate(3);
        said.drain(..3);
        for (row, (note, obstacle)) in
            said.iter_mut().zip([("已催仓库，周四发货", scene.t().say("obstacle-department")), ("", String::new())])
        {
            row.said = Some(Word { at: scene.moment(-20), note: note.to_owned(), obstacle });
        }
        open[1].with = "陶经理".to_owned();
        let tracking = TaskCard {
            form: None,
            left: Some(3),
            quote: "每日跟踪工单处理进度。".to_owned(),
            ..scene.card(scene.task(1, "每日跟踪工单处理进度", "work-state-open", Tone::Active, Some(450)))
        };
        let missed = TaskRow {
            late: false,
            ..scene.task(2, "每周工作汇报", "work-state-missed", Tone::Bad, Some(-60 * 26))
        };
        let full = Self {
            shell: scene.agent("/day"),
            today: "11月3日 星期二".to_owned(),
            untracked: open.len(),
            total: open.len() + said.len(),
            open,
            said,
            more: false,
            has_tickets: true,
            to_do: vec![tracking, scene.card(missed)],
            done: vec![TaskRow {
                done: "李晓梅，今天 09:40".to_owned(),
                ..scene.task(3, "更新客户档案", "work-state-submitted", Tone::Good, None)
            }],
            to_read: vec![],
            coming: vec![scene.task(4, "提交本周来电记录情况", "work-state-coming", Tone::Neutral, Some(60 * 80))],
            leads: false,
        };
        let mut faulty = full.clone();
        faulty.open[0].unfolded = true;
        faulty.open[0].form.fields[0].error = Some("请填写此项。".to_owned());
        "department".clone_into(&mut faulty.open[0].form.fields[1].value);
        let through = Self {
            said: full.open.iter().chain(&full.said).cloned().collect(),
            open: vec![],
            untracked: 0,
            to_do: vec![],
            leads: true,
            ..full.clone()
        };
        let empty = Self {
            open: vec![],
            said: vec![],
            untracked: 0,
            total: 0,
            to_do: vec![],
            done: vec![],
            coming: vec![],
            ..full.clone()
        };
        let head = Self {
            shell: scene.head("/day"),
            has_tickets: false,
            to_read: vec![TaskRow {
                who: "陈静".to_owned(),
                done: "陈静，今天 10:02".to_owned(),
                ..scene.task(5, "提交本周来电记录情况", "work-state-submitted", Tone::Good, None)
            }],
            ..empty.clone()
        };
        vec![("full", full), ("faulty", faulty), ("through", through), ("empty", empty), ("head", head)]
    }
}

impl Sampled for TeamPage {
    const NAME: &'static str = "day-team";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let row = |name: &str, open: i64, tracked: i64, tasks: Vec<TaskRow>| TeamRow {
            name: name.to_owned(),
            department: "客户服务中心".to_owned(),
            open,
            tracked,
            left: open - tracked,
            tasks,
        };
        let open = scene.task(1, "每日跟踪工单处理进度", "work-state-open", Tone::Active, Some(450));
        let done = scene.task(2, "每日工作小结", "work-state-submitted", Tone::Good, None);
        let missed = scene.task(3, "每周工作汇报", "work-state-missed", Tone::Bad, Some(-60 * 26));
        let full = Self {
            shell: scene.administrator("/day/team"),
            today: "11月3日 星期二".to_owned(),
            lines: vec![
                row("李晓梅", 12, 4, vec![open.clone(), missed]),
                row("陈静", 6, 6, vec![TaskRow { late: true, ..done.clone() }]),
                row("林浩", 0, 0, vec![]),
            ],
            shared: vec![scene.task(4, "更新客户档案", "work-state-open", Tone::Active, Some(300))],
            to_read: vec![TaskRow { done: "陈静，昨天 17:50".to_owned(), ..done }],
            obstacles: vec![Obstacle {
                href: "/tickets/tkt_021".to_owned(),
                title: "询价定制产品，需3天内提供方案".to_owned(),
                number: "CS2026110021".to_owned(),
                who: "李晓梅".to_owned(),
                kind: scene.t().say("obstacle-department"),
                note: "销售部尚未给出交期".to_owned(),
                at: scene.moment(-40),
            }],
            nobody: vec![("每周检查客服热线工作".to_owned(), "/routines/rou_01".to_owned())],
        };
        let empty =
            Self { lines: vec![], shared: vec![], to_read: vec![], obstacles: vec![], nobody: vec![], ..full.clone() };
        vec![("full", full), ("empty", empty)]
    }
}

impl Sampled for WorkPage {
    const NAME: &'static str = "work";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let open = Self {
            shell: scene.agent("/work/wrk_02"),
            card: scene.card(scene.task(2, "每日工作小结", "work-state-open", Tone::Active, Some(90))),
            record: vec![],
            reading: None,
            read: None,
            stale: false,
            routine: None,
        };
        let mut faulty = open.clone();
        if let Some(form) = &mut faulty.card.form {
            "今天处理工单 9 张。".clone_into(&mut form.fields[0].value);
            form.fields[1].error = Some("请填写此项。".to_owned());
        }
        faulty.stale = true;
        let submitted = TaskCard {
            form: None,
            exempt: None,
            row: TaskRow {
                late: true,
                done: "李晓梅，今天 18:20".to_owned(),
                ..scene.task(2, "每日工作小结", "work-state-submitted", Tone::Good, None)
            },
            ..open.card.clone()
        };
        let reader = Self {
            shell: scene.head("/work/wrk_02"),
            card: submitted.clone(),
            record: vec![
                ("今日工作".to_owned(), "处理工单 9 张，回访 3 家。".to_owned()),
                ("存在的问题".to_owned(), "仓库发货慢。\n已与物流部沟通。".to_owned()),
            ],
            read: Some(FieldForm::new([
                FieldView::new(FieldKind::Choice, "mark", t.say("work-mark"))
                    .required()
                    .options(["good", "improve"].map(|mark| Choice::new(mark, t.say(&format!("work-mark-{mark}")))))
                    .value("good"),
                FieldView::new(FieldKind::Multiline, "remark", t.say("work-remark")).hint(t.say("work-remark-hint")),
            ])),
            ..open.clone()
        };
        let was_read = Self {
            read: None,
            reading: Some(ReadingDoc {
                mark: scene.state("work-mark-improve", Tone::Warn),
                remark: "请补充原因分析。".to_owned(),
                who: "何雯".to_owned(),
                at: scene.moment(-5),
            }),
            routine: Some("/routines/rou_01".to_owned()),
            ..reader.clone()
        };
        let exempted = Self {
            card: TaskCard {
                row: TaskRow {
                    done: "莫经理，今天 10:02".to_owned(),
                    reason: "外出参加公司会议".to_owned(),
                    ..scene.task(6, "每周检查客服热线工作", "work-state-exempted", Tone::Neutral, None)
                },
                ..submitted
            },
            record: vec![],
            ..open.clone()
        };
        vec![("open", open), ("faulty", faulty), ("reader", reader), ("read", was_read), ("exempted", exempted)]
    }
}
