//! Samples of import, people, departments, account and settings.

use super::{Sampled, Scene};
use crate::kit::{Choice, FieldForm, FieldKind, FieldView, Paging, Tone};
use crate::views::account::{AccountPage, SessionRow, TokenRow};
use crate::views::departments::{DepartmentPage, DepartmentRow, DepartmentsPage};
use crate::views::import::{Fault, ImportPage, ImportStage, Look};
use crate::views::people::{PeoplePage, PersonPage, PersonRow, RoleTick};
use crate::views::settings::{Fact, SettingsPage};

impl Sampled for ImportPage {
    const NAME: &'static str = "import";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let page = |stage: ImportStage| Self { shell: scene.administrator("/imports"), stage };
        let upload = FieldForm::new([
            FieldView::new(FieldKind::Choice, "process", t.say("import-process"))
                .options(["企业客户服务支持", "客服热线"].map(Choice::same))
                .required(),
            FieldView::new(FieldKind::Attachment, "file", t.say("import-file"))
                .required()
                .hint(t.say("import-file-hint")),
            FieldView::new(FieldKind::Text, "sheet", t.say("import-sheet")).hint(t.say("import-sheet-hint")),
        ]);
        let headings = [
            "工单编号",
            "客户名称",
            "联系人",
            "联系方式",
            "问题类型",
            "问题描述(含时间/影响范围)",
            "优先级",
            "处理部门",
            "受理时间",
        ];
        let columns = FieldForm::new(headings.map(|heading| {
            FieldView::new(FieldKind::Choice, format!("column-{heading}"), heading)
                .options(headings.map(Choice::same))
                .as_list(t.say("import-leave-out"))
                .value(heading)
        }));
        let rules = |error: Option<&str>| {
            let mut rules = FieldView::new(FieldKind::Multiline, "mapping", t.say("import-rules-label"))
                .value("{\n  \"dates\": \"standard\",\n  \"columns\": { \"number\": \"工单编号\" }\n}\n")
                .hint(t.say("import-rules-hint"))
                .tall(14);
            rules.error = error.map(str::to_owned);
            FieldForm::new([rules])
        };
        let fault = |row: u32, column: &str, value: &str, what: String| Fault {
            row,
            column: column.to_owned(),
            value: value.to_owned(),
            what,
        };
        let row = [
            "CS2024901",
            "科技有限公司",
            "张*",
            "5678",
            "技术故障",
            "设备运行中频繁报错,影响生产",
            "紧急",
            "售后部",
            "2024-10-01 09:30",
        ];
        let look = Look {
            file: "客服工单2024.xlsx · 48 KB".to_owned(),
            process: "企业客户服务支持流程".to_owned(),
            held: vec![("kept".to_owned(), "1-0".to_owned())],
            key: "idem-4".to_owned(),
            mapping: "{}".to_owned(),
            good: 312,
            heads: headings.map(str::to_owned).to_vec(),
            preview: vec![row.map(str::to_owned).to_vec()],
            unused: "旧系统编号".to_owned(),
            columns: Some(columns),
            rules: rules(None),
            ..Look::default()
        };
        let faulty = Look {
            good: 309,
            bad: 3,
            fault_count: 507,
            faults: vec![
                fault(
                    17,
                    "J 受理时间",
                    "2024-13-0109:30",
                    t.with("table-date-impossible", &[("expected", "2024-10-01 09:30")]),
                ),
                fault(44, "G 优先级", "特急", t.with("table-not-allowed", &[("allowed", "紧急、高、中、低")])),
                fault(201, "H 处理部门", "售后部门", t.say("table-unknown-department")),
            ],
            warnings: vec![fault(20, "I 责任人", "钱*", t.say("table-unknown-person"))],
            more_warnings: 4,
            ..look.clone()
        };
        let unreadable = Look { columns: None, preview: vec![], rules: rules(Some("…")), ..look.clone() };
        vec![
            ("upload", page(ImportStage::Upload { form: upload, mapping: String::new() })),
            ("faults", page(ImportStage::Look(Box::new(faulty)))),
            ("ready", page(ImportStage::Look(Box::new(look)))),
            ("rules", page(ImportStage::Look(Box::new(unreadable)))),
            ("done", page(ImportStage::Done { count: 312, href: "/tickets?state=any".to_owned() })),
        ]
    }
}

fn departments() -> [Choice; 3] {
    [Choice::new("dep_1", "客户服务中心"), Choice::new("dep_2", "项目部"), Choice::new("dep_3", "售后部")]
}

impl Sampled for PeoplePage {
    const NAME: &'static str = "people";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let row = |name: &str, login: &str, department: &str, role: &str, key: &str, tone: Tone| PersonRow {
            href: "/people/per_1".to_owned(),
            name: name.to_owned(),
            login: login.to_owned(),
            department: department.to_owned(),
            roles: vec![t.say(role)],
            state: scene.state(key, tone),
        };
        let full = Self {
            shell: scene.administrator("/people"),
            query: FieldView::new(FieldKind::Search, "q", t.say("people-query")),
            rows: vec![
                row("李晓梅", "lixiaomei", "客户服务中心", "role-agent", "person-active", Tone::Good),
                row("王建国", "wangjianguo", "项目部", "role-head", "person-active", Tone::Good),
                row("赵强", "zhaoqiang", "售后部", "role-member", "person-locked", Tone::Neutral),
            ],
            paging: Paging::default(),
        };
        let empty = Self { rows: vec![], ..full.clone() };
        vec![("full", full), ("empty", empty)]
    }
}

impl Sampled for PersonPage {
    const NAME: &'static str = "person";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let roles = ["agent", "supervisor", "manager", "member", "head", "administrator"];
        let edit = Self {
            shell: scene.administrator("/people/per_1"),
            id: Some("per_1".to_owned()),
            version: "4".to_owned(),
            form: FieldForm::new([
                FieldView::new(FieldKind::Text, "name", t.say("person-name")).required().value("李晓梅"),
                FieldView::new(FieldKind::Text, "login", t.say("person-login")).required().value("lixiaomei"),
                FieldView::new(FieldKind::Department, "department", t.say("person-department"))
                    .options(departments())
                    .required()
                    .value("dep_1"),
            ]),
            roles: roles
                .map(|role| RoleTick {
                    value: role.to_owned(),
                    label: t.say(&format!("role-{role}")),
                    hint: t.say(&format!("role-{role}-hint")),
                    ticked: role == "agent",
                })
                .to_vec(),
            roles_error: None,
            active: true,
            first_password: Some("竹-4821-晨光-kestrel".to_owned()),
            stale: None,
        };
        let mut new = edit.clone();
        new.id = None;
        new.first_password = None;
        new.form.fields[1].error = Some("登录名已被使用".to_owned());
        let locked = Self { active: false, first_password: None, ..edit.clone() };
        vec![("edit", edit), ("new", new), ("locked", locked)]
    }
}

impl Sampled for DepartmentsPage {
    const NAME: &'static str = "departments";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let row = |name: &str, code: &str, head: &str| DepartmentRow {
            href: "/departments/dep_1".to_owned(),
            name: name.to_owned(),
            code: code.to_owned(),
            head: head.to_owned(),
            headless: head.is_empty(),
            state: scene.state("person-active", Tone::Good),
            people: "6".to_owned(),
        };
        let full = Self {
            shell: scene.administrator("/departments"),
            rows: vec![
                row("客户服务中心", "service-center", "陈志远"),
                row("项目部", "project", "王建国"),
                row("工程部", "engineering", ""),
            ],
        };
        let empty = Self { rows: vec![], ..full.clone() };
        vec![("full", full), ("empty", empty)]
    }
}

impl Sampled for DepartmentPage {
    const NAME: &'static str = "department";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let edit = Self {
            shell: scene.administrator("/departments/dep_2"),
            id: Some("dep_2".to_owned()),
            version: "1".to_owned(),
            code: "project".to_owned(),
            form: FieldForm::new([
                FieldView::new(FieldKind::Text, "name", t.say("department-name")).required().value("项目部"),
                FieldView::new(FieldKind::YesNo, "active", t.say("department-open")).required().value("true"),
            ]),
            stale: None,
            people: vec![
                ("王建国".to_owned(), "/people/per_2".to_owned()),
                ("周敏".to_owned(), "/people/per_3".to_owned()),
            ],
        };
        let new = Self { id: None, version: String::new(), people: vec![], ..edit.clone() };
        vec![("edit", edit), ("new", new)]
    }
}

impl Sampled for AccountPage {
    const NAME: &'static str = "account";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let session = |id: &str, device: &str, current: bool| SessionRow {
            id: id.to_owned(),
            device: device.to_owned(),
            address: "192.168.10.24".to_owned(),
            seen: scene.moment(if current { 0 } else { -60 * 20 }),
            current,
        };
        let full = Self {
            shell: scene.agent("/account"),
            password: FieldForm::new([
                FieldView::new(FieldKind::Password, "old", t.say("account-password-old"))
                    .required()
                    .autocomplete("current-password"),
                FieldView::new(FieldKind::Password, "new", t.say("account-password-new"))
                    .required()
                    .hint(t.say("first-run-password-hint"))
                    .autocomplete("new-password"),
                FieldView::new(FieldKind::Password, "again", t.say("first-run-again"))
                    .required()
                    .autocomplete("new-password"),
            ]),
            sessions: vec![session("ses_1", "Chrome · Windows", true), session("ses_2", "Safari · iPhone", false)],
            tokens: vec![TokenRow {
                id: "tok_1".to_owned(),
                name: "报表同步".to_owned(),
                made: scene.moment(-60 * 24 * 30),
                used: None,
            }],
            token_name: FieldView::new(FieldKind::Text, "name", t.say("token-name")).required(),
            new_token: Some("yd_7Qx2sampleSampleSampleSampleSampleSample".to_owned()),
        };
        let plain = Self { tokens: vec![], new_token: None, ..full.clone() };
        vec![("full", full), ("plain", plain)]
    }
}

impl Sampled for SettingsPage {
    const NAME: &'static str = "settings";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let fact = |key: &str, value: &str| Fact { label: t.say(key), value: value.to_owned(), href: None };
        let full = Self {
            shell: scene.administrator("/settings"),
            facts: vec![
                fact("settings-version", "0.1.0"),
                fact("settings-engine", "SQLite"),
                fact("settings-jobs-waiting", "1"),
                fact("settings-jobs-failed", "2"),
            ],
            jobs_failed: true,
            sign_in: vec![
                ("简体中文".to_owned(), "/session?lang=zh-CN".to_owned()),
                ("English".to_owned(), "/session?lang=en".to_owned()),
            ],
        };
        let calm = Self { jobs_failed: false, ..full.clone() };
        vec![("full", calm), ("failed", full)]
    }
}
