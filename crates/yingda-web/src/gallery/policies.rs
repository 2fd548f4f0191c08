//! Samples of the policies: the list, a table to be changed and one to be looked at, faults, a conflict, a change before it is made.

use super::{Sampled, Scene};
use crate::kit::{Choice, FieldKind, FieldView, Stale};
use crate::pages::clocks::words::units;
use crate::views::calendars::{MoveRow, MovesView};
use crate::views::policies::{
    PoliciesPage, PolicyCellView, PolicyChangePage, PolicyClock, PolicyPage, PolicyRow, PolicyTableRow,
    PolicyVersionRow, ProgressView,
};

impl Sampled for PoliciesPage {
    const NAME: &'static str = "policies";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let row = |name: &str, source: &str, company: usize| PolicyRow {
            href: format!("/policies/{source}"),
            name: name.to_owned(),
            source: source.to_owned(),
            clocks: 9,
            document: 6,
            ours: 14,
            company,
            changed: (company > 0).then(|| (scene.moment(-3000), "陈志远".to_owned())),
        };
        let full = Self {
            shell: scene.administrator("/policies"),
            rows: vec![row("企业客户服务支持流程", "S03", 2), row("客服热线", "S02", 0)],
        };
        let empty = Self { rows: vec![], ..full.clone() };
        vec![("full", full), ("empty", empty)]
    }
}

const COLUMNS: [(&str, &str); 4] =
    [("urgent", "priority-urgent"), ("high", "priority-high"), ("medium", "priority-normal"), ("low", "priority-low")];

fn cell(scene: &Scene, clock: &str, n: usize, from: &'static str) -> PolicyCellView {
    let t = scene.t();
    let (word, key) = COLUMNS[n];
    let name = format!("clock.{clock}.other.{word}");
    let file = t.with("limit-working-days", &[("n", 2)]);
    let mut options = vec![Choice::new("", t.with("policy-as-file", &[("unit", t.say("clock-unit-working-days"))]))];
    options.extend(units(t));
    options.push(Choice::new("none", t.say("policy-no-limit")));
    let own = from == "company";
    PolicyCellView {
        id: name.replace('.', "-"),
        priority: t.say(key),
        label: format!("{clock} · {}", t.say(key)),
        amount: if own { "1".to_owned() } else { String::new() },
        unit: if own { "working_days".to_owned() } else { String::new() },
        units: options,
        example: "2".to_owned(),
        holds: t.with("limit-working-days", &[("n", if own { 1 } else { 2 })]),
        from,
        mark: t.say(&format!("policy-from-{from}")),
        file: own.then(|| t.with("policy-file-says", &[("limit", file.as_str())])),
        error: None,
        name,
    }
}

fn clock(scene: &Scene, id: &str, label: &str, from: [&'static str; 4]) -> PolicyClock {
    let t = scene.t();
    let office = t.say("calendar-name-office");
    let mut calendar = FieldView::new(
        FieldKind::Choice,
        format!("clock.{id}.calendar"),
        t.with("policy-calendar-of", &[("label", label)]),
    )
    .options([Choice::new("office", &office), Choice::new("always", t.say("calendar-name-always"))])
    .as_list(t.with("policy-calendar-file", &[("name", office.as_str())]));
    calendar.id = format!("calendar-{id}");
    PolicyClock {
        label: label.to_owned(),
        measures: t.with("clock-measures", &[("from", t.say("moment-opened")), ("to", t.say("moment-solved"))]),
        origin: "R-070 T11".to_owned(),
        calendar,
        calendar_name: office,
        planned: None,
        rows: vec![PolicyTableRow {
            channel: String::new(),
            cells: from.into_iter().enumerate().map(|(n, from)| cell(scene, id, n, from)).collect(),
        }],
        error: None,
    }
}

impl Sampled for PolicyPage {
    const NAME: &'static str = "policy";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let reason = FieldView::new(FieldKind::Text, "reason", t.say("policy-reason"))
            .required()
            .hint(t.say("policy-reason-hint"));
        let mut respond = clock(scene, "respond", "首次响应", ["document", "document", "none", "none"]);
        let row = respond.rows[0].clone();
        respond.rows[0].channel = t.say("policy-others");
        let mail = |mut cell: PolicyCellView| {
            cell.name = cell.name.replace("other", "mail");
            cell.id = cell.id.replace("other", "mail");
            cell
        };
        let mail = PolicyTableRow { channel: t.say("channel-mail"), cells: row.cells.into_iter().map(mail).collect() };
        respond.rows.insert(0, mail);
        let mut planned = clock(scene, "wanted", "客户期望解决时限", ["none"; 4]);
        planned.rows = vec![];
        planned.planned = Some(t.say("policy-planned-at"));
        let version = PolicyVersionRow {
            number: "1".to_owned(),
            who: "陈志远".to_owned(),
            when: scene.moment(-3000),
            reason: "与总部协议一致".to_owned(),
            changes: vec![t.with(
                "policy-diff-cell",
                &[("where", "解决 · 紧急"), ("before", "2 个工作日"), ("after", "1 个工作日")],
            )],
        };
        let full = Self {
            shell: scene.administrator("/policies/enterprise-support"),
            process: "enterprise-support".to_owned(),
            name: "企业客户服务支持流程".to_owned(),
            version: "0".to_owned(),
            priorities: COLUMNS.map(|(_, key)| t.say(key)).to_vec(),
            clocks: vec![respond, clock(scene, "solution", "解决", ["company", "ours", "ours", "company"]), planned],
            may_edit: true,
            reason: reason.clone(),
            faults: vec![],
            fault: None,
            stale: None,
            progress: Some(ProgressView { looked: 400, moved: 12, ended: false }),
            history: vec![version],
        };
        let seen = Self {
            shell: scene.agent("/policies/enterprise-support"),
            may_edit: false,
            progress: Some(ProgressView { looked: 1200, moved: 31, ended: true }),
            history: vec![],
            ..full.clone()
        };
        let mut faulty = Self { progress: None, ..full.clone() };
        let error = t.say("field-limit-zero");
        let wrong = &mut faulty.clocks[1].rows[0].cells[0];
        wrong.amount = "0".to_owned();
        wrong.error = Some(error.clone());
        faulty.faults = vec![(wrong.id.clone(), wrong.label.clone(), error)];
        let needed = t.say("field-missing");
        faulty.reason.error = Some(needed.clone());
        faulty.faults.push((faulty.reason.id.clone(), faulty.reason.label.clone(), needed));
        let line = ["解决 · 紧急".to_owned(), "4 个工作小时".to_owned(), "1 个工作日".to_owned()];
        let stale = Self { stale: Some(Stale::of([line])), progress: None, ..full.clone() };
        vec![("full", full), ("agent", seen), ("faults", faulty), ("stale", stale)]
    }
}

impl Sampled for PolicyChangePage {
    const NAME: &'static str = "policy-change";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let row = MoveRow {
            href: "/tickets/tkt_017".to_owned(),
            number: "CS2026110017".to_owned(),
            subject: "设备运行中频繁报错，影响生产".to_owned(),
            limit: "解决".to_owned(),
            before: Some(scene.moment(2000)),
            after: Some(scene.moment(-30)),
        };
        let full = Self {
            shell: scene.administrator("/policies/enterprise-support"),
            name: "企业客户服务支持流程".to_owned(),
            href: "/policies/enterprise-support".to_owned(),
            hidden: vec![("clock.solution.other.urgent.amount".to_owned(), "1".to_owned())],
            changes: vec!["解决 · 紧急：2 个工作日 → 1 个工作日".to_owned()],
            moves: MovesView { total: 73, over: 4, saved: 2, at_least: true, rows: vec![row] },
            reason: "与总部协议一致".to_owned(),
        };
        let nothing = Self { moves: MovesView::default(), ..full.clone() };
        vec![("full", full), ("nothing", nothing)]
    }
}
