//! Samples of missed limits, requests for more time and offers.

use yingda_core::answerable::{ExtensionState, OfferState, StatementState, Verdict};

use super::{Sampled, Scene};
use crate::kit::{Choice, FieldForm, FieldKind, FieldView, Markup, Paging};
use crate::pages::overdue::words::{
    amount, cause_word, extension_badge, offer_badge, said, statement_badge, statement_form, verdict_badge,
};
use crate::views::overdue::{
    AnswersCard, BulkOffer, ItemForm, OverdueItemPage, OverdueLine, OverduePage, OverdueSection, OverdueTab, OwedView,
    UrgeView, VersionView,
};

const ACCOUNT: &str = "主板缺货，厂家 11 月 3 日才发出，到货前无法上门。";
const BETTER: &str = "与厂家约定常用主板的最低库存，由售后部每周五核对。";

impl Scene {
    fn ticket_of(&self, n: usize) -> Option<(String, String, String)> {
        let row = self.tickets().into_iter().nth(n)?;
        let href = row.href();
        Some((row.number, row.title, href))
    }

    fn statement_line(&self, state: StatementState, title: &str, n: usize, action: &str) -> OverdueLine {
        let t = self.t();
        let cause = if state == StatementState::Due { Vec::new() } else { vec![cause_word(t, "parts")] };
        OverdueLine {
            href: "/statements/ovs_1".to_owned(),
            title: title.to_owned(),
            state: statement_badge(t, state),
            ticket: self.ticket_of(n),
            notes: [vec!["售后部".to_owned(), "赵强".to_owned()], cause].concat(),
            at: self.moment(-75),
            action: if action.is_empty() { String::new() } else { t.say(action) },
        }
    }

    fn extension_line(&self, with_ticket: bool) -> OverdueLine {
        let t = self.t();
        OverdueLine {
            href: "/extensions/ext_1".to_owned(),
            title: "处理".to_owned(),
            state: extension_badge(t, ExtensionState::Open),
            ticket: if with_ticket { self.ticket_of(0) } else { None },
            notes: vec![
                t.with("extension-more", &[("amount", amount(t, 2, "working_days"))]),
                "赵强".to_owned(),
                t.with("extension-until", &[("due", self.moment(125).text)]),
                "等待厂家发货，预计周四到。".to_owned(),
            ],
            at: self.moment(-30),
            action: if with_ticket { t.say("extension-decide") } else { String::new() },
        }
    }

    fn offer_line(&self) -> OverdueLine {
        let t = self.t();
        OverdueLine {
            href: "/owner-offers/ofr_1".to_owned(),
            title: t.with("owner-title", &[("from", "李晓梅"), ("to", "王芳")]),
            state: offer_badge(t, OfferState::Open),
            ticket: self.ticket_of(2),
            notes: vec!["下周休年假。".to_owned()],
            at: self.moment(-20),
            action: t.say("owner-answer"),
        }
    }

    fn hand_over_form(&self, within: &str) -> FieldForm {
        let t = self.t();
        FieldForm::new([
            FieldView::new(FieldKind::Person, "to", t.say("owner-to"))
                .options([Choice::new("usr_2", "客户服务中心 · 王芳"), Choice::new("usr_3", "客户服务中心 · 周敏")])
                .required()
                .within(within),
            FieldView::new(FieldKind::Multiline, "reason", t.say("owner-reason")).required().within(within),
        ])
    }

    /// What stands on the ticket's page: one statement written, one to write, a request, two urgings.
    pub(super) fn answers(&self) -> AnswersCard {
        let t = self.t();
        let owed = |clock: &str, label: &str, state: StatementState| OwedView {
            clock: clock.to_owned(),
            label: label.to_owned(),
            state: statement_badge(t, state),
            at: self.moment(-18),
            href: Some("/statements/ovs_1".to_owned()),
            said: Vec::new(),
            version: "2".to_owned(),
            form: None,
            open: false,
            review: false,
        };
        let units =
            [Choice::new("working_hours", t.say("unit-working_hours")), Choice::new("days", t.say("unit-days"))];
        AnswersCard {
            owed: vec![
                OwedView {
                    said: said(t, "parts", ACCOUNT, BETTER),
                    review: true,
                    ..owed("clk_1", "工单分派", StatementState::Submitted)
                },
                OwedView {
                    form: Some(statement_form(t, None, "owed-clk_2")),
                    ..owed("clk_2", "响应并制定初步解决方案", StatementState::Due)
                },
            ],
            extensions: vec![self.extension_line(false)],
            ask: Some(FieldForm::new(
                [
                    FieldView::new(FieldKind::Choice, "clock", t.say("extension-clock"))
                        .options([Choice::new("clk_3", "处理（明天 18:00）")])
                        .as_list(t.say("choice-pick"))
                        .required(),
                    FieldView::new(FieldKind::Integer, "amount", t.say("extension-amount")).required(),
                    FieldView::new(FieldKind::Choice, "unit", t.say("extension-unit"))
                        .options(units)
                        .as_list(t.say("choice-pick"))
                        .required(),
                    FieldView::new(FieldKind::Multiline, "reason", t.say("extension-reason")).required(),
                ]
                .map(|field| field.within("extension")),
            )),
            urged: 2,
            urges: vec![
                UrgeView {
                    who: "客户 · 电话 · 李晓梅".to_owned(),
                    words: "产线停着，今天必须有人来。".to_owned(),
                    at: self.moment(-9),
                },
                UrgeView { who: "同事 · 周敏".to_owned(), words: String::new(), at: self.moment(-40) },
            ],
            urge: Some(FieldForm::new([
                FieldView::new(FieldKind::Multiline, "words", t.say("urge-words")).within("urge")
            ])),
            offer: None,
            hand_over: Some(self.hand_over_form("owner")),
            needs: None,
        }
    }

    fn list(&self, id: &'static str, lines: Vec<OverdueLine>) -> OverdueSection {
        let t = self.t();
        OverdueSection {
            id,
            title: t.say(&format!("overdue-section-{id}")),
            empty: t.say(&format!("overdue-empty-{id}")),
            lines,
        }
    }
}

impl Sampled for OverduePage {
    const NAME: &'static str = "overdue";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let counted = |n: &str| Some(n.to_owned());
        let mine = Self {
            shell: scene.agent("/overdue"),
            tab: OverdueTab::Mine,
            tabs: vec![(OverdueTab::Mine, counted("2"))],
            filters: vec![],
            error: None,
            results: vec![],
            sections: vec![
                scene.list(
                    "to-write",
                    vec![scene.statement_line(StatementState::Returned, "工单分派", 0, "overdue-write")],
                ),
                scene.list("offered", vec![scene.offer_line()]),
                scene.list("asked", vec![]),
            ],
            paging: None,
            bulk: vec![BulkOffer {
                from: "usr_1".to_owned(),
                title: t.with("owner-bulk-mine", &[("n", "12")]),
                hint: t.say("owner-bulk-hint"),
                form: scene.hand_over_form("bulk-usr_1"),
                lines: vec![],
            }],
            key: "idem-9".to_owned(),
        };
        let empty = Self {
            sections: vec![scene.list("to-write", vec![]), scene.list("offered", vec![]), scene.list("asked", vec![])],
            bulk: vec![],
            ..mine.clone()
        };
        let offered = Self {
            results: vec![
                ("CS2026110017".to_owned(), "/tickets/tkt_017".to_owned(), t.say("owner-bulk-offered"), true),
                ("CS2026110021".to_owned(), "/tickets/tkt_021".to_owned(), t.say("refusal-offer-open"), false),
            ],
            ..mine.clone()
        };
        let tabs = OverdueTab::ALL.into_iter().zip([counted("2"), counted("4"), counted("1")]).collect::<Vec<_>>();
        let states = [StatementState::Submitted, StatementState::Accepted]
            .map(|state| Choice::new(state.as_str(), t.say(&format!("statement-{}", state.as_str()))));
        let statements = Self {
            shell: scene.administrator("/overdue/statements"),
            tab: OverdueTab::Statements,
            tabs: tabs.clone(),
            filters: vec![
                FieldView::new(FieldKind::Choice, "state", t.say("ticket-state"))
                    .options(states)
                    .as_list(t.say("overdue-state-submitted")),
            ],
            sections: vec![scene.list(
                "statements",
                vec![
                    scene.statement_line(StatementState::Submitted, "响应并制定初步解决方案", 0, "overdue-review"),
                    scene.statement_line(StatementState::Exempted, "向客户反馈进展", 1, ""),
                ],
            )],
            paging: Some(Paging { prev: None, next: Some("/overdue/statements?before=ovs_1".to_owned()), shown: 2 }),
            bulk: vec![],
            ..mine.clone()
        };
        let requests = Self {
            shell: scene.administrator("/overdue/requests"),
            tab: OverdueTab::Requests,
            tabs,
            sections: vec![scene.list("requests", vec![scene.extension_line(true)])],
            bulk: vec![BulkOffer {
                from: "usr_8".to_owned(),
                title: t.with("owner-left", &[("who", "林涛"), ("n", "1")]),
                hint: t.say("owner-left-hint"),
                form: scene.hand_over_form("bulk-usr_8"),
                lines: vec![scene.statement_line(StatementState::Due, "二期 3 栋交楼时间及所需资料", 3, "")],
            }],
            ..mine.clone()
        };
        vec![("mine", mine), ("empty", empty), ("offered", offered), ("statements", statements), ("requests", requests)]
    }
}

impl Sampled for OverdueItemPage {
    const NAME: &'static str = "overdue-item";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let note = |key: &str, within: &str| FieldView::new(FieldKind::Multiline, "note", t.say(key)).within(within);
        let verdicts = Verdict::ALL
            .iter()
            .map(|verdict| Choice::new(verdict.as_str(), t.say(&format!("verdict-{}", verdict.as_str()))));
        let review = ItemForm {
            id: "review",
            title: t.say("overdue-review"),
            hint: t.say("overdue-review-hint"),
            action: "/statements/ovs_1/review".to_owned(),
            form: FieldForm::new([note("statement-note", "review")]),
            name: "verdict",
            buttons: verdicts.collect(),
            main: true,
            version: "4".to_owned(),
        };
        let by = |who: &str, minutes: i64| {
            t.with("overdue-by-at", &[("who", who.to_owned()), ("at", scene.moment(minutes).text)])
        };
        let version = |n: &str, account: &str| VersionView {
            title: t.with("overdue-version", &[("n", n), ("who", "赵强")]),
            at: scene.moment(-60),
            said: said(t, "parts", account, BETTER),
            verdict: None,
            review: String::new(),
        };
        let statement = Self {
            shell: scene.administrator("/statements/ovs_1"),
            kind: t.say("overdue-statement"),
            title: "响应并制定初步解决方案".to_owned(),
            state: statement_badge(t, StatementState::Submitted),
            ticket: scene.ticket_of(0).unwrap_or_default(),
            facts: vec![
                (t.say("overdue-missed"), scene.moment(-75).text),
                (t.say("overdue-person"), "赵强".to_owned()),
                (t.say("ticket-department"), "售后部".to_owned()),
            ],
            texts: vec![],
            versions: vec![
                version("2", ACCOUNT),
                VersionView {
                    verdict: Some(verdict_badge(t, Verdict::Returned)),
                    review: t.with("line-field", &[("label", by("周敏", -50)), ("text", "哪个配件？".to_owned())]),
                    ..version("1", "配件晚到。")
                },
            ],
            forms: vec![review.clone()],
            key: "idem-8".to_owned(),
        };
        let mut wrong = statement_form(t, None, "write");
        wrong.fields[1].error = Some(t.say("field-missing"));
        let write = Self {
            state: statement_badge(t, StatementState::Due),
            versions: vec![],
            forms: vec![ItemForm {
                id: "write",
                title: t.say("overdue-write"),
                hint: t.say("overdue-write-hint"),
                action: "/statements/ovs_1".to_owned(),
                form: wrong,
                name: "do",
                buttons: vec![Choice::new("submit", t.say("overdue-submit"))],
                main: true,
                version: "1".to_owned(),
            }],
            ..statement.clone()
        };
        let extension = Self {
            kind: t.say("extension"),
            title: "处理".to_owned(),
            state: extension_badge(t, ExtensionState::Open),
            facts: vec![
                (t.say("extension-amount"), amount(t, 2, "working_days")),
                (t.say("extension-due"), scene.moment(125).text),
                (t.say("extension-by"), by("赵强", -30)),
            ],
            texts: vec![(t.say("extension-reason"), Markup::prose("等待厂家发货，预计周四到。"))],
            versions: vec![],
            forms: vec![ItemForm {
                id: "decide",
                title: t.say("extension-decide"),
                hint: t.say("extension-decide-hint"),
                action: "/extensions/ext_1/decision".to_owned(),
                form: FieldForm::new([
                    FieldView::new(FieldKind::Integer, "granted", t.say("extension-grant-amount"))
                        .value("2")
                        .unit(t.say("unit-working_days"))
                        .within("decide"),
                    note("extension-note", "decide"),
                ]),
                name: "decision",
                buttons: ["grant", "refuse"]
                    .map(|word| Choice::new(word, t.say(&format!("extension-do-{word}"))))
                    .to_vec(),
                main: true,
                version: "1".to_owned(),
            }],
            ..statement.clone()
        };
        let offer = Self {
            kind: t.say("owner-offer"),
            title: t.with("owner-title", &[("from", "李晓梅"), ("to", "王芳")]),
            state: offer_badge(t, OfferState::Open),
            facts: vec![(t.say("owner-by"), by("李晓梅", -20))],
            texts: vec![(t.say("owner-reason"), Markup::prose("下周休年假。"))],
            versions: vec![],
            forms: vec![ItemForm {
                id: "answer",
                title: t.say("owner-answer"),
                hint: t.say("owner-answer-hint"),
                action: "/owner-offers/ofr_1/answer".to_owned(),
                form: FieldForm::new([note("owner-note", "answer")]),
                name: "answer",
                buttons: ["accept", "decline"]
                    .map(|word| Choice::new(word, t.say(&format!("owner-do-{word}"))))
                    .to_vec(),
                main: true,
                version: "1".to_owned(),
            }],
            ..statement.clone()
        };
        vec![("review", statement), ("write", write), ("extension", extension), ("offer", offer)]
    }
}
