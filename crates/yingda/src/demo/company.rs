//! The demonstration company: the departments of S01–S03, and somebody in every role.

use std::collections::BTreeMap;

use yingda_app::people::{DESK, PersonText};
use yingda_app::{App, AppError, AppResult, secret};
use yingda_core::{Actor, Context, DepartmentId, PersonId, Role};

/// A person as listed below: login, name, roles.
type Entry = (&'static str, &'static str, &'static [Role]);

/// The people of the desk.
const AT_DESK: &[Entry] = &[
    ("chen.jing", "陈静", &[Role::Agent]),
    ("lin.hao", "林浩", &[Role::Agent]),
    ("zhou.min", "周敏", &[Role::Agent]),
    ("he.wen", "何雯", &[Role::Supervisor]),
    ("liang.bo", "梁博", &[Role::Manager]),
    ("admin", "系统管理员", &[Role::Administrator]),
];

/// Member and head of every department that answers, by the department's code or name. 李* and 赵* are those whom the
/// example rows of S03's form name.
const ANSWERING: &[(&str, Entry, Entry)] = &[
    ("project", ("xu.gong", "许工", &[Role::Member]), ("tang.lead", "唐经理", &[Role::Head])),
    ("sales", ("fang.ke", "方可", &[Role::Member]), ("peng.lead", "彭总监", &[Role::Head])),
    ("head_office", ("ruan.yi", "阮怡", &[Role::Member]), ("shao.lead", "邵主任", &[Role::Head])),
    ("business", ("gu.lan", "顾岚", &[Role::Member]), ("mo.lead", "莫经理", &[Role::Head])),
    ("business_office", ("wei.gang", "韦刚", &[Role::Member]), ("zhan.lead", "詹所长", &[Role::Head])),
    ("production", ("bai.yu", "白羽", &[Role::Member]), ("ji.lead", "季经理", &[Role::Head])),
    ("waterworks", ("shi.quan", "石泉", &[Role::Member]), ("jiang.lead", "江厂长", &[Role::Head])),
    ("engineering", ("lei.ming", "雷鸣", &[Role::Member]), ("niu.lead", "牛经理", &[Role::Head])),
    ("technology", ("yu.xin", "俞新", &[Role::Member]), ("pan.lead", "潘总工", &[Role::Head])),
    ("after_sales", ("li.x", "李*", &[Role::Member]), ("tao.lead", "陶经理", &[Role::Head])),
    ("销售部", ("zhao.x", "赵*", &[Role::Member]), ("ge.lead", "葛经理", &[Role::Head])),
    ("service", ("an.qi", "安琪", &[Role::Member]), ("mei.lead", "梅经理", &[Role::Head])),
    ("logistics", ("che.shun", "车顺", &[Role::Member]), ("lu.lead", "陆经理", &[Role::Head])),
];

/// The code of the sales department of S03's form (处理部门 销售部), where no process file brings one of that name.
const SALES_OFFICE: (&str, &str) = ("sales_office", "销售部");

/// The people at work.
#[derive(Debug)]
pub struct Company {
    /// 客服专员
    pub agents: Vec<Actor>,
    /// 主管
    pub supervisor: Actor,
    /// 经理
    pub manager: Actor,
    /// Member and head by department.
    departments: BTreeMap<DepartmentId, (Actor, Actor)>,
    everybody: BTreeMap<PersonId, (Actor, String)>,
}

/// A line of the list that the start of a demonstration prints: what the person is, where, and who.
#[derive(Debug, Clone)]
pub struct Face {
    /// What they are.
    pub role: &'static str,
    /// Their department's name.
    pub department: String,
    /// Their name.
    pub name: String,
    /// Their id.
    pub person: PersonId,
}

/// Logins to sign in with, in the order in which they are shown: one for each role, then others for the stories.
const FACES: &[(&str, &str)] = &[
    ("客服专员", "chen.jing"),
    ("主管", "he.wen"),
    ("经理", "liang.bo"),
    ("部门成员", "xu.gong"),
    ("部门负责人", "tang.lead"),
    ("管理员", "admin"),
    ("部门成员", "wei.gang"),
    ("部门成员", "lei.ming"),
    ("部门成员", "li.x"),
    ("部门负责人", "tao.lead"),
];

/// Adds departments and people to a desk that has none; the process files are in already.
///
/// # Errors
/// As [`App::add_person_unasked`].
pub async fn found(app: &App, ctx: &Context) -> AppResult<()> {
    let desk = match app.directory().department(DESK) {
        Some(desk) => desk.id,
        None => app.add_department_unasked(ctx, DESK, "客户服务中心").await?,
    };
    if app.directory().department(SALES_OFFICE.1).is_none() {
        app.add_department_unasked(ctx, SALES_OFFICE.0, SALES_OFFICE.1).await?;
    }
    for entry in AT_DESK {
        add(app, ctx, desk, entry).await?;
    }
    for (word, member, head) in ANSWERING {
        let department = app.directory().department(word).map(|d| d.id).ok_or_else(|| missing(word))?;
        add(app, ctx, department, member).await?;
        add(app, ctx, department, head).await?;
    }
    Ok(())
}

async fn add(app: &App, ctx: &Context, department: DepartmentId, (login, name, roles): &Entry) -> AppResult<PersonId> {
    let text = PersonText {
        login: (*login).to_owned(),
        name: (*name).to_owned(),
        department: Some(department),
        roles: roles.iter().copied().collect(),
        active: true,
        // Nobody knows it: people of a demonstration come in by their links, or with a password that is set later.
        password: secret::fresh(ctx, login),
    };
    app.add_person_unasked(ctx, text).await
}

/// Whom the start of a demonstration offers a link for; empty where the people are not there.
#[must_use]
pub fn faces(app: &App) -> Vec<Face> {
    let directory = app.directory();
    FACES
        .iter()
        .filter_map(|(role, login)| {
            let person = directory.person(login)?;
            let department = directory.department_name(person.department);
            Some(Face { role, department, name: person.name.clone(), person: person.id })
        })
        .collect()
}

impl Company {
    /// The people, found by their logins.
    ///
    /// # Errors
    /// [`AppError::House`] where [`found`] was not called before.
    pub fn of(app: &App) -> AppResult<Self> {
        let directory = app.directory();
        let actor = |login: &str| directory.person(login).map(Actor::from).ok_or_else(|| missing(login));
        let mut departments = BTreeMap::new();
        for (word, member, head) in ANSWERING {
            let department = directory.department(word).map(|d| d.id).ok_or_else(|| missing(word))?;
            departments.insert(department, (actor(member.0)?, actor(head.0)?));
        }
        let agents = AT_DESK.iter().filter(|e| e.2 == [Role::Agent]).map(|e| actor(e.0)).collect::<AppResult<_>>()?;
        let everybody = directory.people.values().map(|p| (p.id, (Actor::from(p), p.login.clone()))).collect();
        Ok(Self { agents, supervisor: actor("he.wen")?, manager: actor("liang.bo")?, departments, everybody })
    }

    /// Somebody by id.
    ///
    /// # Errors
    /// [`AppError::House`] for a stranger.
    pub fn person(&self, id: PersonId) -> AppResult<&Actor> {
        self.everybody.get(&id).map(|(actor, _)| actor).ok_or_else(|| missing(&id.to_string()))
    }

    /// A login by id; empty for a stranger.
    #[must_use]
    pub fn login(&self, id: PersonId) -> &str {
        self.everybody.get(&id).map_or("", |(_, login)| login)
    }

    /// The member of a department.
    ///
    /// # Errors
    /// [`AppError::House`] for a department that nobody is in.
    pub fn member(&self, department: DepartmentId) -> AppResult<&Actor> {
        self.departments.get(&department).map(|(member, _)| member).ok_or_else(|| missing(&department.to_string()))
    }

    /// The head of a department.
    ///
    /// # Errors
    /// As [`Company::member`].
    pub fn head(&self, department: DepartmentId) -> AppResult<&Actor> {
        self.departments.get(&department).map(|(_, head)| head).ok_or_else(|| missing(&department.to_string()))
    }

    /// A department that answers, other than this one.
    #[must_use]
    pub fn another(&self, but: DepartmentId) -> Option<DepartmentId> {
        self.departments.keys().copied().find(|id| *id != but)
    }
}

fn missing(what: &str) -> AppError {
    AppError::House(format!("the demonstration company lacks {what}"))
}
