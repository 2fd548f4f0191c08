//! Samples of the queue.

use super::{Sampled, Scene};
use crate::kit::{Choice, FieldKind, FieldView, Paging, Priority};
use crate::views::queue::{ActiveFilter, OwnView, QueuePage, ViewLink};

fn filters(scene: &Scene) -> Vec<FieldView> {
    let t = scene.t();
    let list = |name: &str, key: &str, words: &[&str]| {
        FieldView::new(FieldKind::Choice, name, t.say(key))
            .options(words.iter().map(|word| Choice::same(word)))
            .as_list(t.say("choice-any"))
    };
    vec![
        FieldView::new(FieldKind::Search, "q", t.say("queue-text")),
        list("state", "ticket-state", &["待受理", "处理中", "等待客户"]),
        list("process", "ticket-process", &["客户咨询", "客服热线", "企业客户服务支持"]),
        list("kind", "ticket-kind", &["技术故障", "售前咨询", "报漏"]),
        FieldView::new(FieldKind::Choice, "priority", t.say("priority"))
            .options(Priority::ALL.iter().map(|priority| Choice::new(priority.name(), priority.word(&t))))
            .as_list(t.say("choice-any"))
            .value("urgent"),
        list("department", "ticket-department", &["售后部", "销售部", "营业所", "工程部"]),
        list("assignee", "ticket-assignee", &["李晓梅", "赵强"]),
        list("channel", "ticket-channel", &["电话", "邮件"]),
        FieldView::new(FieldKind::Date, "from", t.say("queue-from")),
        FieldView::new(FieldKind::Date, "to", t.say("queue-to")),
    ]
}

impl Sampled for QueuePage {
    const NAME: &'static str = "queue";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let view = |key: &str, href: &str, count: Option<&str>| ViewLink {
            name: t.say(key),
            href: href.to_owned(),
            current: false,
            count: count.map(str::to_owned),
        };
        let mut views = vec![
            view("view-all", "/tickets", Some("99+")),
            view("view-mine", "/tickets?assignee=me", Some("7")),
            view("view-untaken", "/tickets?assignee=none", Some("3")),
            view("view-soon", "/tickets?due=soon", None),
            view("view-over", "/tickets?due=over", Some("1")),
        ];
        views[0].current = true;
        let rows: Vec<_> = scene.tickets().into_iter().chain(scene.untaken()).collect();
        let full = Self {
            shell: scene.agent("/tickets"),
            filters: filters(scene),
            active: vec![],
            views,
            own_view: None,
            query: String::new(),
            paging: Paging { prev: None, next: Some("/tickets?after=x".to_owned()), shown: rows.len() },
            rows,
            may_take: true,
            may_archive: true,
            may_export: true,
            error: None,
        };
        let mut own = full.clone();
        own.views[0].current = false;
        own.views.push(ViewLink {
            name: "紧急报漏".to_owned(),
            href: "/tickets?view=viw_1".to_owned(),
            current: true,
            count: None,
        });
        own.own_view = Some(OwnView { id: "viw_1".to_owned(), name: "紧急报漏".to_owned() });
        own.query = "priority=urgent&kind=%E6%8A%A5%E6%BC%8F".to_owned();
        own.active = vec![
            ActiveFilter {
                text: format!("{}：{}", t.say("priority"), t.say("priority-urgent")),
                without: "/tickets".to_owned(),
            },
            ActiveFilter { text: "报漏".to_owned(), without: "/tickets?priority=urgent".to_owned() },
        ];
        let empty = Self { rows: vec![], paging: Paging::default(), may_take: false, ..own.clone() };
        vec![("full", full), ("view", own), ("empty", empty)]
    }
}
