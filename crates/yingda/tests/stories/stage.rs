//! The stage of every story: a desk of its own on one engine, an administrator, and the colleagues that the story needs.

use std::error::Error;
use std::fmt;
use std::panic::Location;
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex, PoisonError};

use serde_json::{Value, json};
use yingda_testkit::browser::{Browser, Person, Screen};
use yingda_testkit::desk_process::{DeskCommand, DeskProcess};
use yingda_testkit::postgres::{FreshDatabase, fresh_database};

/// What a story tells in the end.
pub type Told<T = ()> = Result<T, Failure>;

/// Why a story stopped, and where in it.
pub struct Failure(String);

impl<E: Error> From<E> for Failure {
    #[track_caller]
    fn from(error: E) -> Self {
        Self(format!("{}\n{error}", Location::caller()))
    }
}

// What a failed test prints.
impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where the desk keeps its matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Somebody to be added by the administrator.
#[derive(Debug, Clone, Copy)]
pub struct Colleague {
    pub login: &'static str,
    pub name: &'static str,
    pub department: &'static str,
    pub role: &'static str,
}

const fn colleague(login: &'static str, name: &'static str, department: &'static str, role: &'static str) -> Colleague {
    Colleague { login, name, department, role }
}

/// The department that the first run makes.
const DESK: &str = "客户服务中心";
pub const CLERK: Colleague = colleague("chen.jing", "陈静", DESK, "agent");
pub const SECOND_CLERK: Colleague = colleague("lin.hao", "林浩", DESK, "agent");
pub const LEAD: Colleague = colleague("he.wen", "何雯", DESK, "supervisor");
pub const PROJECT_MEMBER: Colleague = colleague("xu.gong", "许工", "项目部", "member");
pub const PROJECT_HEAD: Colleague = colleague("tang.lead", "唐经理", "项目部", "head");
pub const OFFICE_MEMBER: Colleague = colleague("wei.gang", "韦刚", "营业所", "member");
pub const ENGINEER: Colleague = colleague("lei.ming", "雷鸣", "工程部", "member");
pub const SERVICE_MEMBER: Colleague = colleague("li.xing", "李星", "售后部", "member");

pub const PASSWORD: &str = "每天都是好天气 2026";
const ADMINISTRATOR: &str = "管理员";

/// One chromedriver for all stories of the process; it ends with the process.
fn browser() -> Told<Browser> {
    static BROWSER: LazyLock<Mutex<Option<Browser>>> = LazyLock::new(Mutex::default);
    let mut kept = BROWSER.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(browser) = kept.as_ref() {
        return Ok(browser.clone());
    }
    let browser = Browser::start()?;
    *kept = Some(browser.clone());
    Ok(browser)
}

/// A desk with nothing in it yet.
pub struct Stage {
    engine: Engine,
    // In this order: the desk ends before its database goes.
    desk: DeskProcess,
    _database: Option<FreshDatabase>,
    browser: Browser,
}

impl Stage {
    /// Starts a desk on an empty folder or an empty database.
    pub fn empty(engine: Engine) -> Told<Self> {
        let command = DeskCommand::new(env!("CARGO_BIN_EXE_yingda"), "serve");
        let (command, database) = match engine {
            Engine::Sqlite => (command, None),
            Engine::Postgres => {
                let database = fresh_database()?;
                (command.database(database.url()), Some(database))
            }
        };
        Ok(Self { engine, desk: command.start()?, _database: database, browser: browser()? })
    }

    /// The same with an administrator and these colleagues.
    pub async fn with(engine: Engine, colleagues: &[Colleague]) -> Told<Self> {
        let mut stage = Self::empty(engine)?;
        let administrator = stage.first_administrator().await?;
        for colleague in colleagues {
            add(&administrator, colleague).await?;
        }
        administrator.leave().await?;
        Ok(stage)
    }

    /// A visitor with a browser who has not signed in.
    pub async fn visitor(&self, name: &str, screen: Screen) -> Told<Person> {
        Ok(self.browser.person(name, self.desk.address(), screen).await?)
    }

    /// The first run: a visitor reads the code in the desk's window and becomes the administrator.
    pub async fn first_administrator(&mut self) -> Told<Person> {
        let line = self.desk.line_with("一次性代码")?;
        let code =
            line.split_once("一次性代码 ").and_then(|(_, rest)| rest.split(' ').next()).unwrap_or_default().to_owned();
        let visitor = self.visitor(ADMINISTRATOR, Screen::Desktop).await?;
        // The address that the desk printed leads there, and so does every other.
        let address = line.split(' ').find(|word| word.contains("http://")).and_then(|word| word.split_once("http://"));
        visitor.goto(&format!("http://{}", address.map(|(_, rest)| rest).unwrap_or_default())).await?;
        visitor.see("创建管理员").await?;
        self.shot(&visitor, "first-run").await?;
        visitor.fill("一次性代码", &code).await?;
        visitor.fill("姓名", ADMINISTRATOR).await?;
        visitor.fill("登录名", "admin").await?;
        visitor.fill("密码", PASSWORD).await?;
        visitor.fill("再输一次密码", PASSWORD).await?;
        visitor.click("创建并登录").await?;
        visitor.see_element(".app-bar").await?;
        Ok(visitor)
    }

    /// A colleague at a browser of their own, signed in with their password.
    pub async fn sign_in(&self, colleague: Colleague, screen: Screen) -> Told<Person> {
        let person = self.visitor(colleague.name, screen).await?;
        person.goto("/").await?;
        person.fill("登录名", colleague.login).await?;
        person.fill("密码", PASSWORD).await?;
        person.click("登录").await?;
        person.see_element(".app-bar").await?;
        Ok(person)
    }

    /// Leaves a picture of the whole page, of one engine only: both show the same.
    pub async fn shot(&self, person: &Person, name: &str) -> Told {
        // A sentence without a translation is shown by its name in these brackets.
        let text = person.text().await?;
        assert!(!text.contains('⟦'), "untranslated on {name}:\n{text}");
        if self.engine == Engine::Sqlite {
            let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/story-screenshots");
            std::fs::create_dir_all(&folder)?;
            person.whole_page(&folder.join(format!("{name}.png"))).await?;
        }
        Ok(())
    }
}

/// The administrator adds a colleague.
pub async fn add(administrator: &Person, colleague: &Colleague) -> Told {
    administrator.click("人员").await?;
    administrator.click("新增人员").await?;
    administrator.fill("姓名", colleague.name).await?;
    administrator.fill("登录名", colleague.login).await?;
    administrator.select("部门", colleague.department).await?;
    administrator.fill("初始密码", PASSWORD).await?;
    administrator.select("角色", colleague.role).await?;
    administrator.click("保存").await?;
    administrator.see(&format!("已新增人员“{}”", colleague.name)).await?;
    Ok(())
}

/// A clerk opens the page for a call about `process`.
pub async fn take_call(clerk: &Person, process: &str) -> Told {
    clerk.click("接听来电").await?;
    clerk.click(process).await?;
    clerk.see_element(&format!("[aria-current=true][href*='process=']:is({})", chip(process))).await?;
    Ok(())
}

/// The chip of a process, by the name that stands in its address.
fn chip(process: &str) -> &'static str {
    match process {
        "客户咨询工作流程" => "[href$=customer-consultation]",
        "客服热线工作流程" => "[href$=water-hotline]",
        _ => "[href$=enterprise-support]",
    }
}

/// A part of the page in words, read as it is now: the text of the first element that `css` matches.
pub async fn words(person: &Person, css: &str) -> Told<String> {
    person.see_element(css).await?;
    let script = "return document.querySelector(arguments[0])?.innerText ?? '';";
    Ok(person.web().execute(script, vec![json!(css)]).await?.convert::<String>()?.trim().to_owned())
}

/// The instant that stands beside a word of a list of facts (`<dt>` and `<time>`).
pub async fn instant(person: &Person, fact: &str) -> Told<jiff::Timestamp> {
    let script = "return [...document.querySelectorAll('dt')].find(one => one.textContent === arguments[0])
        ?.parentElement.querySelector('time')?.dateTime ?? '';";
    let read: Value = person.web().execute(script, vec![json!(fact)]).await?.convert()?;
    Ok(read.as_str().unwrap_or_default().parse()?)
}

/// The number of the ticket that the page shows.
pub async fn ticket_number(person: &Person) -> Told<String> {
    words(person, ".ticket-head .number").await
}

/// Everybody goes home.
pub async fn leave<const N: usize>(people: [Person; N]) -> Told {
    for person in people {
        person.leave().await?;
    }
    Ok(())
}
