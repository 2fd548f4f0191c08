//! Samples of intake.

use super::{Sampled, Scene};
use crate::kit::{Choice, Depends, FieldForm, FieldKind, FieldView, Highlight, Markup, Priority};
use crate::views::intake::{
    AnswerHit, AnswerPanel, CallerPanel, ContactChoice, CustomerCard, Give, IntakePage, ProcessOption,
};

impl Scene {
    /// A customer on file.
    pub(super) fn customer(&self) -> CustomerCard {
        CustomerCard {
            id: "cus_01".to_owned(),
            name: "黄女士（锦绣花园）".to_owned(),
            contact: "黄*".to_owned(),
            phone: "138****5678".to_owned(),
            industry: String::new(),
            remark: "上次投诉后要求由同一位专员跟进".to_owned(),
            lines: vec![
                ("房号".to_owned(), "二期 3 栋 1204".to_owned()),
                ("合同".to_owned(), "HT-2025-0312".to_owned()),
            ],
            tickets_href: "/tickets?customer=cus_01".to_owned(),
        }
    }

    /// A form with a field of every type.
    pub(super) fn every_field(&self, prefix: &str) -> Vec<FieldView> {
        let t = self.t();
        let kinds = ["咨询", "查询", "投诉", "报漏"];
        let leak = || Depends {
            name: "kind".to_owned(),
            values: vec!["报漏".to_owned()],
            sentence: "业务类型为“报漏”时填写。".to_owned(),
        };
        let fields = vec![
            FieldView::new(FieldKind::Choice, "kind", "业务类型")
                .options(kinds.map(Choice::same))
                .required()
                .value("报漏"),
            FieldView::new(FieldKind::Text, "place", "具体报漏地点").depends(leak()).required(),
            FieldView::new(FieldKind::Integer, "pipe_dn", "管径")
                .unit("mm")
                .depends(leak())
                .hint("DN150（含）以下由营业所跟进"),
            FieldView::new(FieldKind::Text, "customer", "客户名称").value("黄女士（锦绣花园）"),
            FieldView::new(FieldKind::Text, "contact", "联系人"),
            FieldView::new(FieldKind::Choice, "priority", t.say("priority"))
                .options(Priority::ALL.iter().map(|priority| Choice::new(priority.name(), priority.word(&t))))
                .required()
                .value("normal"),
            FieldView::new(FieldKind::Datetime, "happened", "发生时间"),
            FieldView::new(FieldKind::Date, "wanted", "客户期望解决时限"),
            FieldView::new(FieldKind::Multiline, "scope", "影响范围"),
            FieldView::new(FieldKind::Decimal, "reading", "水表读数").unit("m³"),
            FieldView::new(FieldKind::Money, "amount", "涉及金额").unit("元"),
            FieldView::new(FieldKind::Department, "lead", "第一责任部门").options([
                Choice::new("dep_1", "营业所"),
                Choice::new("dep_2", "工程部"),
                Choice::new("dep_3", "生产技术部"),
            ]),
            FieldView::new(FieldKind::Person, "cc", "抄送")
                .options([Choice::new("per_1", "王建国"), Choice::new("per_2", "赵强")]),
            FieldView::new(FieldKind::YesNo, "valid", "是否有效投诉"),
            FieldView::new(FieldKind::Attachment, "file", "附件")
                .hint("单个文件不超过 20 MB：图片、PDF、Word、Excel、文本、压缩包"),
            FieldView::new(FieldKind::Multiline, "answer", "当场答复内容"),
        ];
        if prefix.is_empty() { fields } else { fields.into_iter().map(|field| field.within(prefix)).collect() }
    }
}

fn answers() -> AnswerPanel {
    let hit = |n: u32, before: &str, word: &str, after: &str, text: &str| AnswerHit {
        id: format!("ans_{n}"),
        href: format!("/answers/ans_{n}"),
        question: Markup::highlighted([(before, Highlight::Plain), (word, Highlight::Hit), (after, Highlight::Plain)]),
        snippet: Markup::highlighted([(text, Highlight::Plain)]),
        text: text.to_owned(),
        source: "项目部 · 复核于 10月12日".to_owned(),
    };
    AnswerPanel {
        query: "交楼".to_owned(),
        give: Give::Pick { name: "answer".to_owned(), picked: "ans_1".to_owned() },
        hits: vec![
            hit(1, "二期什么时候", "交楼", "？", "二期 1—4 栋计划于 2026 年 12 月 31 日前交楼，具体以交楼通知书为准。"),
            hit(
                2,
                "",
                "交楼",
                "时需要带哪些资料？",
                "请携带身份证原件、购房合同、付款凭证及交楼通知书；委托他人办理的，另需授权委托书。",
            ),
        ],
    }
}

impl Sampled for IntakePage {
    const NAME: &'static str = "intake";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let option = |name: &str, title: &str, current: bool| ProcessOption {
            name: name.to_owned(),
            title: title.to_owned(),
            current,
        };
        let question = FieldView::new(FieldKind::Multiline, "question", t.say("intake-question"))
            .hint(t.say("intake-question-hint"))
            .required()
            .asks("/fragments/answers", "q", "answers", 2);
        let contacts: Vec<ContactChoice> = ["黄女士", "陈先生"]
            .into_iter()
            .enumerate()
            .map(|(n, name)| ContactChoice {
                intent: format!("contact:con_{n}"),
                label: name.to_owned(),
                puts: format!("{{\"f-contact\":\"{name}\"}}"),
            })
            .collect();
        let fresh = Self {
            shell: scene.agent("/intake"),
            processes: vec![
                option("consultation", "客户咨询", false),
                option("water-hotline", "客服热线", true),
                option("enterprise-support", "企业客户服务支持", false),
            ],
            process: "water-hotline".to_owned(),
            script: Some(Markup::prose("您好，这里是客服热线，工号 1024，请问有什么可以帮您？")),
            channel: FieldView::new(FieldKind::Choice, "channel", t.say("ticket-channel"))
                .options(["phone", "visit", "letter"].map(|id| Choice::new(id, t.say(&format!("channel-{id}")))))
                .value("phone"),
            phone: FieldView::new(FieldKind::Phone, "phone", t.say("intake-phone"))
                .hint(t.say("intake-phone-hint"))
                .asks("/fragments/caller", "phone", "caller", 4)
                .autocomplete("off"),
            caller: CallerPanel::Waiting,
            question: Some(question.clone()),
            answers: AnswerPanel::default(),
            form: FieldForm::new(scene.every_field("")),
            key: "idem-1".to_owned(),
            kept: false,
        };
        let mut known = fresh.clone();
        known.phone.value = "13812345678".to_owned();
        known.question = Some(question.clone().value("二期 3 栋什么时候交楼？要带什么资料？"));
        known.caller = CallerPanel::Known {
            customer: scene.customer(),
            contacts: contacts.clone(),
            open: scene.tickets().into_iter().skip(3).take(1).collect(),
            past: scene.tickets().into_iter().skip(4).collect(),
        };
        known.answers = answers();
        let mut wrong = known.clone();
        wrong.caller =
            CallerPanel::Stranger { phone: "13900001111".to_owned(), contacts: vec![], open: vec![], past: vec![] };
        wrong.answers = AnswerPanel { query: "渗水".to_owned(), hits: vec![], give: Give::Read };
        wrong.kept = true;
        wrong.form.fields[1].error = Some("请填写具体报漏地点".to_owned());
        wrong.form.fields[2].value = "一百五".to_owned();
        wrong.form.fields[2].error = Some("管径须为整数，例如 150".to_owned());
        wrong.question = Some(question.error("请填写客户问题"));
        let mut several = fresh.clone();
        several.caller =
            CallerPanel::Several { customers: vec![scene.customer(), scene.customer()], contacts, open: vec![] };
        several.script = None;
        vec![("fresh", fresh), ("known", known), ("wrong", wrong), ("several", several)]
    }
}
