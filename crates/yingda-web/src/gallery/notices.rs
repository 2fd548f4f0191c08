//! Samples of the notices' pages.

use super::{Sampled, Scene};
use crate::kit::{Badge, Choice, FieldForm, FieldKind, FieldView, Markup, Paging, Tone};
use crate::views::notices::{NoticeCard, NoticePage, NoticeTab, NoticesPage, Outcome, Reached};

impl Scene {
    fn reached(&self, name: &str, key: &str, tone: Tone, minutes: Option<i64>) -> Reached {
        Reached {
            name: name.to_owned(),
            how: String::new(),
            state: Badge::new(self.t().say(key), tone),
            at: minutes.map(|minutes| self.moment(minutes)),
        }
    }

    fn notice(&self, id: &str, kind: Badge, label: &str, minutes: i64) -> NoticeCard {
        NoticeCard {
            id: id.to_owned(),
            kind,
            label: label.to_owned(),
            ticket: Some((
                "CS2026110017".to_owned(),
                "设备运行中频繁报错，影响生产".to_owned(),
                "/tickets/tkt_017".to_owned(),
            )),
            at: self.moment(minutes),
            by: String::new(),
            note: Markup::default(),
            proposal: Markup::default(),
            recipients: vec![],
            passed: vec![],
            outcome: None,
            awaits: false,
            unread: false,
            may_settle: false,
        }
    }

    /// An escalation to the manager, because the supervisor is on leave; its outcome is open.
    pub(super) fn escalation(&self) -> NoticeCard {
        let t = self.t();
        let passed =
            |who: &str, key: &str| t.with("notice-passed-line", &[("who", who.to_owned()), ("why", t.say(key))]);
        let kind = Badge::new(t.with("notice-kind-level", &[("n", 1)]), Tone::Bad);
        NoticeCard {
            recipients: vec![
                self.reached("陈志远", "notice-unread", Tone::Warn, None),
                self.reached("王建国", "notice-later", Tone::Neutral, Some(1350)),
            ],
            passed: vec![passed("主管 周敏", "notice-passed-leave"), passed("部门负责人", "notice-passed-nobody")],
            awaits: true,
            unread: true,
            may_settle: true,
            ..self.notice("ntc_3", kind, "首次响应", -18)
        }
    }

    /// A report by a clerk, settled.
    pub(super) fn reported(&self) -> NoticeCard {
        let t = self.t();
        NoticeCard {
            by: "李晓梅".to_owned(),
            note: Markup::prose("客户称已拨打 12345 投诉，要求今天内由经理回电。"),
            proposal: Markup::prose("由售后经理今天 17 点前回电，并先借用备用机恢复生产。"),
            recipients: vec![self.reached("陈志远", "notice-read", Tone::Good, Some(-40))],
            outcome: Some(Outcome {
                text: "已回电客户，客户同意先用备用机，明天上午更换主板。".to_owned(),
                by: "陈志远".to_owned(),
                at: self.moment(-12),
            }),
            ..self.notice("ntc_2", Badge::new(t.say("notice-kind-trigger"), Tone::Bad), "投诉至上级部门", -45)
        }
    }

    fn warning(&self) -> NoticeCard {
        let t = self.t();
        NoticeCard {
            recipients: vec![self.reached("赵强", "notice-read", Tone::Good, Some(-50))],
            ..self.notice("ntc_1", Badge::new(t.say("notice-kind-warning"), Tone::Warn), "首次响应", -55)
        }
    }

    fn assigned(&self) -> NoticeCard {
        NoticeCard {
            recipients: vec![self.reached("李晓梅", "notice-unread", Tone::Warn, None)],
            by: "陈志远".to_owned(),
            unread: true,
            ..self.notice("ntc_0", Badge::new(self.t().say("notice-kind-assignment"), Tone::Active), "", -4)
        }
    }
}

impl Sampled for NoticesPage {
    const NAME: &'static str = "notices";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let unread = Self {
            shell: scene.agent("/notices"),
            tab: NoticeTab::Unread,
            may_see_desk: false,
            unread: Some("2".to_owned()),
            newest: Some("ntc_3".to_owned()),
            filters: vec![],
            error: None,
            cards: vec![scene.assigned(), scene.escalation()],
            paging: Paging { prev: None, next: None, shown: 2 },
        };
        let empty = Self { unread: None, newest: None, cards: vec![], paging: Paging::default(), ..unread.clone() };
        let kinds = ["warning", "breach", "trigger"].map(|w| Choice::new(w, t.say(&format!("notice-kind-{w}"))));
        let desk = Self {
            shell: scene.administrator("/notices/desk"),
            tab: NoticeTab::Desk,
            may_see_desk: true,
            newest: None,
            filters: vec![
                FieldView::new(FieldKind::Choice, "outcome", t.say("notice-outcome"))
                    .options([Choice::new("open", t.say("notice-awaits"))])
                    .as_list(t.say("notices-any")),
                FieldView::new(FieldKind::Choice, "kind", t.say("notice-kind"))
                    .options(kinds)
                    .as_list(t.say("notices-any")),
                FieldView::new(FieldKind::Person, "person", t.say("notice-told"))
                    .options([Choice::new("usr_1", "陈志远（客户服务中心）")])
                    .as_list(t.say("notices-any")),
                FieldView::new(FieldKind::Date, "from", t.say("notices-from")),
                FieldView::new(FieldKind::Date, "until", t.say("notices-until")),
            ],
            error: Some(t.say("notices-filter-unknown")),
            cards: vec![scene.escalation(), scene.reported(), scene.warning()],
            paging: Paging { prev: None, next: Some("/notices/desk?before=ntc_1".to_owned()), shown: 3 },
            ..unread.clone()
        };
        vec![("unread", unread), ("empty", empty), ("desk", desk)]
    }
}

impl Sampled for NoticePage {
    const NAME: &'static str = "notice";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let field = FieldView::new(FieldKind::Multiline, "outcome", t.say("notice-settle-text"))
            .required()
            .hint(t.say("notice-settle-hint"))
            .within("notice");
        let open = Self {
            shell: scene.administrator("/notices/ntc_3"),
            card: scene.escalation(),
            settle: Some(FieldForm::new([field.clone()])),
            key: "k".to_owned(),
        };
        let faulty = Self {
            card: NoticeCard { unread: false, ..scene.escalation() },
            settle: Some(FieldForm::new([field.error(t.say("field-missing"))])),
            ..open.clone()
        };
        let settled = Self { card: scene.reported(), settle: None, ..open.clone() };
        vec![("open", open), ("faulty", faulty), ("settled", settled)]
    }
}
