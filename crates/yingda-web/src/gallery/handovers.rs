//! Samples of hand-overs: what is due, a record as it is written, signed, and on paper.

use super::duty::{due, full, head};
use super::{Sampled, Scene};
use crate::kit::{FieldForm, FieldKind, FieldView, Moment, Priority, Stale, Tone};
use crate::views::duty::handovers::{HandoverPage, HandoverPrintPage, HandoverRow, HandoversPage, OpenLine, Record};

fn record(scene: &Scene, signed: bool) -> Record {
    let t = scene.t();
    let line = |n: u32, subject: &str, minutes, priority| OpenLine {
        id: format!("tkt_{n}"),
        number: format!("CS202611{n:04}"),
        subject: subject.to_owned(),
        step: "处理".to_owned(),
        priority: Some(priority),
        due: Some(scene.due("", minutes)),
        from: "陈静".to_owned(),
        flagged: n == 1,
        stays: n == 3,
        note: if n == 1 { "客户只在 9 点前方便接电话".to_owned() } else { String::new() },
        to: (signed && n == 1).then(|| "林浩".to_owned()),
    };
    let sign = |key: &str, who: &str, at: Option<Moment>| (t.say(key), at.map(|at| (who.to_owned(), at)));
    Record {
        id: "hnd_1".to_owned(),
        version: "2".to_owned(),
        department: "客户服务中心".to_owned(),
        title: t.with("duty-shift-of", &[("day", full(scene, 2)), ("shift", "夜班".to_owned())]),
        hours: t.with("duty-hours-next", &[("from", "22:00"), ("to", "08:00")]),
        state: if signed {
            scene.state("duty-handover-taken", Tone::Good)
        } else {
            scene.state("duty-handover-draft", Tone::Warn)
        },
        outgoing: "陈静".to_owned(),
        incoming: "林浩".to_owned(),
        night: true,
        remarks: vec![
            (t.say("duty-key-points"), "上午 10 点有批量回访。".to_owned()),
            (t.say("duty-unfinished"), String::new()),
        ],
        tickets: vec![
            line(1, "设备运行中频繁报错，影响生产", -18, Priority::Urgent),
            line(2, "询价定制产品", 22, Priority::High),
            line(3, "咨询水费", 300, Priority::Normal),
        ],
        signatures: vec![
            sign("duty-sign-out-side", "陈静", signed.then(|| scene.moment(-40))),
            sign("duty-sign-in-side", "林浩", signed.then(|| scene.moment(-20))),
            sign("duty-sign-reader", "", None),
        ],
    }
}

impl Sampled for HandoversPage {
    const NAME: &'static str = "duty-handovers";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let row = HandoverRow {
            href: "/duty/handovers/hnd_1".to_owned(),
            title: record(scene, true).title,
            outgoing: "陈静".to_owned(),
            state: scene.state("duty-handover-taken", Tone::Good),
            handed: Some(("陈静".to_owned(), scene.moment(-40))),
            taken: Some(("林浩".to_owned(), scene.moment(-20))),
            log: Some(scene.state("duty-log-unread", Tone::Warn)),
        };
        let full = Self {
            shell: scene.agent("/duty/handovers"),
            head: head(scene, "/duty/handovers"),
            due: due(scene),
            rows: vec![row],
            older: Some("/duty/handovers?before=hnd_1".to_owned()),
        };
        let empty = Self { due: vec![], rows: vec![], older: None, ..full.clone() };
        vec![("full", full), ("empty", empty)]
    }
}

impl Sampled for HandoverPage {
    const NAME: &'static str = "duty-handover";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let form = |error: Option<String>| {
            let mut summary = FieldView::new(FieldKind::Multiline, "summary", t.say("duty-summary"));
            summary.error = error;
            FieldForm::new([
                FieldView::new(FieldKind::Multiline, "key_points", t.say("duty-key-points"))
                    .value("上午 10 点有批量回访。"),
                summary.hint(t.say("duty-summary-hint")),
            ])
        };
        let draft = Self {
            shell: scene.agent("/duty/handovers/hnd_1"),
            head: head(scene, "/duty/handovers"),
            record: record(scene, false),
            form: Some(form(None)),
            hand: true,
            take: false,
            read: false,
            stale: None,
            error: None,
            kept: false,
        };
        let faulty = Self { form: Some(form(Some(t.say("field-missing")))), kept: true, ..draft.clone() };
        let signed = Self {
            record: record(scene, true),
            form: None,
            hand: false,
            take: true,
            read: true,
            error: Some(t.say("duty-handover-early")),
            stale: Some(Stale::of([[t.say("duty-key-points"), "甲".to_owned(), "乙".to_owned()]])),
            ..draft.clone()
        };
        let mut bare = signed.clone();
        (bare.take, bare.read, bare.error, bare.stale, bare.record.tickets) = (false, false, None, None, vec![]);
        vec![("draft", draft), ("faulty", faulty), ("signed", signed), ("bare", bare)]
    }
}

impl Sampled for HandoverPrintPage {
    const NAME: &'static str = "duty-handover-print";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let page = Self {
            shell: scene.agent("/duty/handovers/hnd_1/print"),
            record: record(scene, true),
            printed: scene.moment(0),
        };
        vec![("full", page)]
    }
}
