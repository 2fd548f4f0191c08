//! Samples of the inbox, the contact sheet and its print.

use super::{Sampled, Scene};
use crate::kit::{Choice, DueState, FieldForm, FieldKind, FieldView, Markup, Paging, Tone};
use crate::views::inbox::{InboxPage, InboxTab};
use crate::views::sheet::{Sheet, SheetAction, SheetPage, SheetPrintPage};

impl Sampled for InboxPage {
    const NAME: &'static str = "inbox";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let full = Self {
            shell: scene.head("/inbox"),
            department: "项目部".to_owned(),
            tab: InboxTab::New,
            counts: [Some("3".to_owned()), Some("1".to_owned()), None, None],
            rows: scene.sheets(),
            paging: Paging::default(),
        };
        let empty = Self { tab: InboxTab::Received, rows: vec![], counts: [None, None, None, None], ..full.clone() };
        vec![("new", full), ("empty", empty)]
    }
}

fn sheet(scene: &Scene) -> Sheet {
    Sheet {
        id: "sht_012".to_owned(),
        number: "LX2026110012".to_owned(),
        version: "2".to_owned(),
        state: scene.state("sheet-state-new", Tone::Warn),
        from: "客户服务中心".to_owned(),
        sender: "李晓梅".to_owned(),
        to: "项目部".to_owned(),
        question: Markup::prose(
            "二期 3 栋交楼时间是否仍为 12 月 31 日？\n\n客户需提前一个月安排搬家，请明确是否可能延期；如有延期，请一并给出统一答复口径。",
        ),
        title: "二期 3 栋交楼时间是否仍为 12 月 31 日？".to_owned(),
        customer: "黄女士（锦绣花园）".to_owned(),
        matter: "询问交楼时间及所需资料".to_owned(),
        ticket: "CS2026110009".to_owned(),
        ticket_href: Some("/tickets/tkt_09".to_owned()),
        sent: scene.moment(-200),
        received: None,
        due: None,
        answer: None,
        answered: None,
        countersigned: None,
        published: None,
    }
}

fn answered(scene: &Scene) -> Sheet {
    Sheet {
        state: scene.state("sheet-state-countersigned", Tone::Good),
        received: Some((scene.moment(-180), "王建国".to_owned())),
        due: Some(scene.standing("", DueState::Met)),
        answer: Some(Markup::prose(
            "二期 3 栋按计划于 2026 年 12 月 31 日前交楼，未有延期安排。\n\n具体日期以交楼通知书为准。",
        )),
        answered: Some((scene.moment(-60), "王建国".to_owned())),
        countersigned: Some((scene.moment(-30), "周敏".to_owned())),
        ..sheet(scene)
    }
}

impl Sampled for SheetPage {
    const NAME: &'static str = "sheet";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let page = |sheet: Sheet, action: SheetAction| Self {
            shell: scene.head("/sheets/sht_012"),
            sheet,
            action,
            withdrawal: None,
            key: "idem-1".to_owned(),
            kept: false,
        };
        let received = Sheet {
            state: scene.state("sheet-state-received", Tone::Active),
            received: Some((scene.moment(-180), "王建国".to_owned())),
            due: Some(scene.due("", 60 * 27)),
            ..sheet(scene)
        };
        let text = |name: &str, key: &str| FieldView::new(FieldKind::Multiline, name, t.say(key)).tall(5);
        let answer = FieldForm::new([text("answer", "sheet-answer").required().error("请填写答复内容")]);
        let publish = FieldForm::new([
            FieldView::new(FieldKind::Text, "question", t.say("answer-question"))
                .required()
                .value("二期什么时候交楼？"),
            text("answer", "answer-text").required().value("二期 3 栋按计划于 2026 年 12 月 31 日前交楼。"),
        ]);
        let states = vec![
            Choice::new("published", t.say("sheet-publish-go")),
            Choice::new("draft", t.say("sheet-publish-draft")),
        ];
        let withdrawal = FieldForm::new([text("reason", "sheet-withdraw-reason").required().within("withdraw")]);
        let published = Sheet {
            published: Some(("二期什么时候交楼？".to_owned(), "/answers/ans_1".to_owned())),
            ..answered(scene)
        };
        vec![
            ("new", Self { withdrawal: Some(withdrawal), ..page(sheet(scene), SheetAction::Receive) }),
            ("received", page(received, SheetAction::Answer(answer))),
            ("countersign", page(answered(scene), SheetAction::Countersign)),
            ("publish", page(answered(scene), SheetAction::Publish { form: publish, states })),
            ("published", page(published, SheetAction::Nothing)),
        ]
    }
}

impl Sampled for SheetPrintPage {
    const NAME: &'static str = "sheet-print";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let page = |sheet: Sheet| Self { shell: scene.head("/sheets/sht_012/print"), sheet, printed: scene.moment(0) };
        vec![("new", page(sheet(scene))), ("answered", page(answered(scene)))]
    }
}
