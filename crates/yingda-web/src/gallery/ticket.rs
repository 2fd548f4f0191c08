//! Samples of the ticket page.

use yingda_app::notices::triggers::Offered;

use super::{Sampled, Scene};
use crate::kit::{Badge, Choice, DueState, FieldForm, FieldKind, FieldView, Markup, Priority, Tone};
use crate::pages::notices::escalate;
use crate::pages::phone;
use crate::views::intake::CustomerCard;
use crate::views::notices::TicketNotices;
use crate::views::ticket::{
    Composer, Conflict, Correction, Entry, EntryKind, FileLink, Progress, Rating, StepView, TicketHead, TicketPage,
    TicketTab,
};

fn entries(scene: &Scene) -> Vec<Entry> {
    let entry = |n: u32, kind: EntryKind, who: &str, what: &str, minutes: i64, body: &str| Entry {
        anchor: format!("e{n}"),
        kind,
        who: who.to_owned(),
        what: what.to_owned(),
        at: scene.moment(minutes),
        body: Markup::prose(body),
        changes: vec![],
        files: vec![],
        untold: None,
    };
    let file = FileLink {
        name: "报错截图.png".to_owned(),
        href: "/files/att_1".to_owned(),
        size: "240 KB".to_owned(),
        opens: false,
        removal: None,
    };
    vec![
        entry(1, EntryKind::Event, "李晓梅", "受理了来电，登记工单", -90, ""),
        Entry {
            files: vec![file],
            ..entry(
                2,
                EntryKind::In,
                "科技有限公司 · 张*",
                "",
                -88,
                "设备运行中频繁报错，影响生产。\n错误代码 E-1042，从今早开始。",
            )
        },
        Entry {
            changes: vec![("优先级".to_owned(), "中".to_owned(), "紧急".to_owned())],
            ..entry(3, EntryKind::Event, "李晓梅", "修改了登记信息", -80, "")
        },
        entry(4, EntryKind::Note, "李晓梅", "", -70, "客户上月更换过模块，可能是同一批次，请售后先查批次号。"),
        entry(5, EntryKind::Sheet, "李晓梅", "向售后部发出工作联系单 LX2026110012", -66, ""),
        entry(6, EntryKind::Out, "李晓梅", "", -40, "张先生您好，售后工程师已在核查，预计 11 点前给您答复。"),
        entry(7, EntryKind::Bad, "", "首次响应超时 18 分钟，已提醒处理人并通知主管", -18, ""),
    ]
}

fn head(scene: &Scene) -> TicketHead {
    TicketHead {
        id: "tkt_017".to_owned(),
        number: "CS2026110017".to_owned(),
        title: "设备运行中频繁报错，影响生产".to_owned(),
        version: "7".to_owned(),
        states: vec![scene.state("state-working", Tone::Active)],
        priority: Some(Priority::Urgent),
        process: "企业客户服务支持 V1.0".to_owned(),
        process_href: "/processes/enterprise-support".to_owned(),
        kind: "技术故障".to_owned(),
        channel: scene.t().say("channel-phone"),
        owner: "李晓梅".to_owned(),
        assignee: "赵强".to_owned(),
        department: "售后部".to_owned(),
        lead: "售后部".to_owned(),
        cc: vec!["技术部".to_owned(), "销售部".to_owned()],
        received: scene.moment(-90),
        dues: vec![scene.due("首次响应", -18), scene.due("解决", 260)],
        since: "1793673000000000".to_owned(),
    }
}

impl Sampled for TicketPage {
    const NAME: &'static str = "ticket";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let people = [Choice::new("per_1", "赵强（售后部）"), Choice::new("per_2", "王建国（项目部）")];
        let handle = FieldForm::new([
            FieldView::new(FieldKind::Multiline, "plan", "初步解决方案").required().within("s1"),
            FieldView::new(FieldKind::Datetime, "visit", "与客户约定的上门时间").within("s1"),
            FieldView::new(FieldKind::YesNo, "remote", "是否偏远地区").within("s1"),
        ]);
        let note = FieldForm::new([FieldView::new(FieldKind::Multiline, "text", t.say("composer-note-label"))
            .required()
            .within("note")]);
        let open = Self {
            shell: scene.agent("/tickets/tkt_017"),
            head: head(scene),
            conflict: None,
            steps: vec![StepView {
                token: "t1".to_owned(),
                name: "制定解决方案".to_owned(),
                lane: "售后部".to_owned(),
                help: Some("“紧急/高”的问题须在 2 小时内响应并制定初步解决方案。".to_owned()),
                script: None,
                form: handle,
                outcomes: vec![Choice::new("done", "提交方案"), Choice::new("visit", "需要上门")],
                due: Some(scene.due("", -18)),
                answers: None,
                answer: String::new(),
                kept: false,
                waiting: None,
            }],
            tab: TicketTab::Conversation,
            entries: entries(scene),
            older: None,
            composer: Some(Composer {
                message: Some(FieldForm::new([
                    FieldView::new(FieldKind::Multiline, "text", t.say("composer-message-label"))
                        .required()
                        .within("message"),
                    FieldView::new(FieldKind::Attachment, "file", t.say("composer-file")).within("message"),
                ])),
                note: note.clone(),
            }),
            progress: vec![
                Progress { label: "已受理".to_owned(), at: Some(scene.moment(-90)), here: false },
                Progress { label: "已联系客户".to_owned(), at: Some(scene.moment(-40)), here: true },
                Progress { label: "方案制定中".to_owned(), at: None, here: false },
                Progress { label: "已完成处理".to_owned(), at: None, here: false },
            ],
            progress_options: ["方案制定中", "已完成处理"].map(Choice::same).to_vec(),
            clocks: super::clocks::on_ticket(scene),
            notices: TicketNotices {
                cards: vec![scene.reported(), scene.escalation()],
                escalate: Some(escalate(
                    t,
                    &[
                        Offered {
                            id: "superior".to_owned(), label: "投诉至上级部门".to_owned(), proposal: false
                        },
                        Offered { id: "key_issue".to_owned(), label: "重点问题".to_owned(), proposal: true },
                    ],
                )),
            },
            sheets: scene.sheets().into_iter().take(2).collect(),
            copy: Some(FieldForm::new([FieldView::new(FieldKind::Department, "department", t.say("ticket-copy-to"))
                .options([Choice::new("dep_1", "项目部")])
                .required()
                .within("copy")])),
            new_sheet: Some(FieldForm::new([
                FieldView::new(FieldKind::Department, "department", t.say("ticket-sheet-to"))
                    .options([Choice::new("dep_1", "项目部"), Choice::new("dep_2", "技术部")])
                    .required()
                    .within("sheet"),
                FieldView::new(FieldKind::Multiline, "question", t.say("ticket-sheet-question"))
                    .required()
                    .within("sheet"),
            ])),
            files: vec![
                FileLink {
                    name: "报错截图.png".to_owned(),
                    href: "/files/att_1".to_owned(),
                    size: "240 KB".to_owned(),
                    opens: false,
                    removal: None,
                },
                FileLink {
                    name: "设备维护记录（2026年第三季度，含模块更换明细）.xlsx".to_owned(),
                    href: "/files/att_2".to_owned(),
                    size: "1.2 MB".to_owned(),
                    opens: false,
                    removal: None,
                },
            ],
            new_file: Some(FieldForm::new([FieldView::new(FieldKind::Attachment, "file", t.say("composer-file"))
                .many()
                .required()
                .within("files")])),
            others: scene.tickets().into_iter().skip(3).collect(),
            facts: vec![
                ("问题类型".to_owned(), "技术故障".to_owned()),
                ("发生时间".to_owned(), "2026-11-03 08:20".to_owned()),
                ("影响范围".to_owned(), "二号产线停产，约 40 人".to_owned()),
                ("期望解决".to_owned(), "今日 18:00 前".to_owned()),
            ],
            customer: CustomerCard {
                id: "cus_2".to_owned(),
                name: "科技有限公司".to_owned(),
                contact: "张*".to_owned(),
                phone: "5678".to_owned(),
                industry: "装备制造".to_owned(),
                remark: "客户要求后续加强操作培训".to_owned(),
                lines: vec![],
                tickets_href: "/tickets?customer=cus_2".to_owned(),
            },
            amend: Some(Correction {
                form: FieldForm::new(
                    [
                        FieldView::new(FieldKind::Phone, "phone", t.say("particular-phone")).value("5678"),
                        FieldView::new(FieldKind::Multiline, "description", t.say("particular-description"))
                            .required()
                            .value("设备运行中频繁报错，影响生产。"),
                        FieldView::new(FieldKind::Choice, "priority", t.say("particular-priority"))
                            .options(["紧急", "高", "中", "低"].map(Choice::same))
                            .required()
                            .value("紧急"),
                    ]
                    .map(|field| field.within("amend")),
                ),
                was: vec![("was-phone".to_owned(), "5678".to_owned())],
                open: false,
            }),
            chart: Some(chart()),
            assignment: Some(FieldForm::new(
                [FieldView::new(FieldKind::Person, "to", t.say("ticket-assign-to"))
                    .options(people.clone())
                    .required()
                    .within("assign")]
                .into_iter()
                .chain(phone::fields(t, "assign", None)),
            )),
            transfer: Some(FieldForm::new([
                FieldView::new(FieldKind::Person, "to", t.say("ticket-transfer-to"))
                    .options(people)
                    .required()
                    .within("transfer"),
                FieldView::new(FieldKind::Multiline, "reason", t.say("ticket-transfer-reason"))
                    .required()
                    .within("transfer"),
            ])),
            rating: None,
            may_take: true,
            may_archive: false,
            answers: scene.answers(),
            key: "idem-2".to_owned(),
        };
        let mut stale = open.clone();
        stale.conflict = Some(Conflict {
            who: "赵强".to_owned(),
            at: scene.moment(-1),
            theirs: vec![("优先级".to_owned(), "中".to_owned(), "紧急".to_owned())],
            yours: vec![("初步解决方案".to_owned(), "更换故障模块，并现场培训一次".to_owned())],
            advice: t.say("conflict-advice"),
        });
        stale.steps[0].form.fields[0].value = "更换故障模块，并现场培训一次".to_owned();
        let mut waiting = open.clone();
        waiting.steps[0].waiting = Some("已向项目部发出联系单 LX2026110012，等待答复。".to_owned());
        waiting.tab = TicketTab::History;
        waiting.older = Some("/tickets/tkt_017?tab=history&before=e1".to_owned());
        waiting.head.assignee.clear();
        waiting.customer = CustomerCard::default();
        waiting.composer = Some(Composer { message: None, note });
        waiting.sheets.clear();
        waiting.files.clear();
        let mut closed = open.clone();
        closed.steps.clear();
        closed.composer = None;
        closed.head.states =
            vec![scene.state("state-confirmed", Tone::Good), scene.state("state-closed", Tone::Neutral)];
        closed.head.dues = vec![scene.standing("解决", DueState::Met)];
        closed.progress_options.clear();
        closed.rating = Some(Rating {
            badge: Badge::new("满意", Tone::Good),
            reason: "更换故障模块，设备正常运行，响应很快。".to_owned(),
            source: "电话回访 · 李晓梅".to_owned(),
            at: scene.moment(-5),
        });
        closed.may_take = false;
        closed.may_archive = true;
        closed.assignment = None;
        closed.amend = None;
        closed.transfer = None;
        closed.new_sheet = None;
        closed.copy = None;
        closed.new_file = None;
        closed.others.clear();
        vec![("open", open), ("stale", stale), ("waiting", waiting), ("closed", closed)]
    }
}

/// A stand-in with the shape of a swimlane chart.
pub(super) fn chart() -> Markup {
    Markup::vouched(
        "<svg viewBox=\"0 0 900 150\" width=\"900\" height=\"150\" role=\"img\" aria-label=\"流程图\" fill=\"none\" stroke=\"currentColor\">\
         <rect x=\"1\" y=\"1\" width=\"898\" height=\"148\"/><line x1=\"1\" y1=\"75\" x2=\"899\" y2=\"75\"/>\
         <rect x=\"120\" y=\"20\" width=\"120\" height=\"36\" rx=\"6\"/><rect x=\"320\" y=\"94\" width=\"120\" height=\"36\" rx=\"6\" stroke-width=\"3\"/>\
         <path d=\"M240 38h140v56\"/></svg>"
            .to_owned(),
    )
}
