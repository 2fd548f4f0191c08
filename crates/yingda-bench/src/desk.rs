//! The desk's everyday requests on a desk with many tickets, on both engines, beside the bare database.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use yingda_app::assignment::Told;
use yingda_app::import::{Apply, ImportFile};
use yingda_app::people::PersonText;
use yingda_app::queue::{Filter, Order, Page, key_of};
use yingda_app::receive::Receive;
use yingda_app::talk::Say;
use yingda_app::{App, Once};
use yingda_core::{Actor, Context, IdGenerator, Role, TicketId};
use yingda_process::RawForm;
use yingda_scaffold::{Cluster, Scratch, postgres::Durability};
use yingda_store::messages::Kind;
use yingda_store::{Store, StoreUrl, tickets};

use crate::bare::{self, Model};
use crate::fill::{self, Models, dice, sentence, word};
use crate::measure::{Sample, context, repeat};

const PROCESSES: [&str; 2] = [
    include_str!("../../../processes/S02-hotline.yaml"),
    include_str!("../../../processes/S03-enterprise-support.yaml"),
];

/// A desk to measure.
pub struct Bench {
    /// The desk.
    pub app: App,
    /// Its clerk.
    pub actor: Actor,
    ids: Arc<IdGenerator>,
    turns: Arc<AtomicU64>,
    /// Where its data is.
    pub url: StoreUrl,
    span: Duration,
}

impl Bench {
    /// The surroundings of the next request.
    pub fn ctx(&self) -> Context {
        context(&self.ids, self.turns.fetch_add(1, Ordering::Relaxed))
    }
}

/// Runs it all and prints the table.
pub async fn run(count: usize, seconds: u64, engine: Option<&str>, binary: Option<&Path>) -> Result<(), String> {
    let span = Duration::from_secs(seconds);
    if let Some(binary) = binary {
        crate::start::run(binary)?;
    }
    if engine.is_none_or(|e| e == "sqlite") {
        let scratch = Scratch::new("yingda-bench").map_err(|e| e.to_string())?;
        let url = StoreUrl::File(scratch.path().join("desk.sqlite"));
        println!("SQLite, synchronous=FULL, {count} tickets");
        measure(url, scratch.path(), count, span).await?;
    }
    if engine.is_none_or(|e| e == "postgres") {
        let cluster = Cluster::start_with(Durability::Full).map_err(|e| e.to_string())?;
        let scratch = Scratch::new("yingda-bench").map_err(|e| e.to_string())?;
        println!("PostgreSQL, fsync on, {count} tickets");
        measure(StoreUrl::Postgres(cluster.url()), scratch.path(), count, span).await?;
    }
    Ok(())
}

async fn measure(url: StoreUrl, files: &Path, count: usize, span: Duration) -> Result<(), String> {
    let bench = Arc::new(open(url, files, span).await?);
    let say = |sample: &Sample, name: &str| println!("  {}", sample.line(name));
    let models = models(&bench).await?;
    let end = bench.ctx().now;
    let mut filled = 0;
    for point in points(count) {
        fill::fill(&bench.url, &models, filled, point.total, count, end).await?;
        bench.app.analyse().await.map_err(|e| e.to_string())?;
        filled = point.total;
        let sample = queue(&bench, Page::First).await?;
        say(&sample, &format!("queue, first page, {} tickets", point.total));
        if point.total < count {
            continue;
        }
        let deep = deep(&bench).await?;
        say(&queue(&bench, deep).await?, "queue, page 20 by key");
        let known = known(&bench).await?;
        say(&ticket(&bench, &known).await?, "ticket page");
        say(&reply(&bench, &known, 1).await?, "reply, 1 client");
        say(&search(&bench).await?, "two-character search");
    }
    let one = create(&bench, 1).await?;
    let model = model(&bench).await?;
    let bare_one = bare::run(&bench.url, model.clone(), 1, span).await?;
    let eight = create(&bench, 8).await?;
    say(&one, "creation, 1 client");
    say(&eight, "creation, 8 clients");
    say(&bare_one, "bare database, 1 connection, 1 ticket a commit");
    println!("  {:<44} {:>9.2}", "creation with 1 client / bare", one.rate() / bare_one.rate());
    println!("  {:<44} {:>9.2}", "creation with 8 clients / bare", eight.rate() / bare_one.rate());
    if matches!(bench.url, StoreUrl::Postgres(_)) {
        let bare_eight = bare::run(&bench.url, model, 8, span).await?;
        say(&bare_eight, "bare database, 8 connections");
        println!("  {:<44} {:>9.2}", "creation with 8 clients / bare with 8", eight.rate() / bare_eight.rate());
    }
    Ok(())
}

struct Point {
    total: usize,
}

/// The queue is measured at a hundredth of the tickets too: its cost must not follow the desk's age.
fn points(count: usize) -> Vec<Point> {
    let small = count / 100;
    if small == 0 {
        return vec![Point { total: count }];
    }
    vec![Point { total: small }, Point { total: count }]
}

/// An empty desk with two processes and a clerk.
pub async fn open(url: StoreUrl, files: &Path, span: Duration) -> Result<Bench, String> {
    let text = |e: yingda_app::AppError| e.to_string();
    let store = Store::open(&url).await.map_err(|e| e.to_string())?;
    let app = App::open(store, files.join("files")).await.map_err(text)?;
    let ids = Arc::new(IdGenerator::new(1));
    let ctx = context(&ids, 0);
    let desk = app.add_department_unasked(&ctx, "service-center", "客户服务中心").await.map_err(text)?;
    for source in PROCESSES {
        app.install_process(&ctx, None, source, "bench").await.map_err(text)?;
    }
    let person = PersonText {
        login: "bench".to_owned(),
        name: "王专员".to_owned(),
        department: Some(desk),
        roles: [Role::Agent, Role::Supervisor].into_iter().collect(),
        active: true,
        password: "benchmark-only".to_owned(),
    };
    let id = app.add_person_unasked(&ctx, person).await.map_err(text)?;
    let directory = app.directory();
    let actor = directory.people.get(&id).map(Actor::from).ok_or("the clerk is missing")?;
    Ok(Bench { app, actor, ids, turns: Arc::new(AtomicU64::new(1)), url, span })
}

fn call(turn: u64) -> Receive {
    let mut fields = RawForm::new();
    let mut put = |name: &str, value: String| drop(fields.insert(format!("call.{name}"), vec![value]));
    put("kind", "咨询业务".to_owned());
    put("caller_kind", "群众".to_owned());
    put("contact", format!("来电人{}", turn % 997));
    put("phone", format!("020{:08}", dice(turn) % 100_000_000));
    put("subject", sentence(turn));
    put("content", sentence(turn + 7));
    put("priority", "中".to_owned());
    Receive { process: "water-hotline".to_owned(), channel: "phone".to_owned(), fields, ..Receive::default() }
}

async fn create(bench: &Arc<Bench>, clients: usize) -> Result<Sample, String> {
    let own = Arc::clone(bench);
    repeat(clients, bench.span, move |turn| {
        let bench = Arc::clone(&own);
        async move {
            let matter = call(turn as u64);
            bench
                .app
                .receive(&bench.ctx(), &bench.actor, matter)
                .await
                .map(drop)
                .map_err(|e| format!("{e}: {:?}", e.refusal()))
        }
    })
    .await
}

async fn queue(bench: &Arc<Bench>, page: Page) -> Result<Sample, String> {
    let own = Arc::clone(bench);
    repeat(1, bench.span, move |_| {
        let bench = Arc::clone(&own);
        async move {
            let rows = bench
                .app
                .queue(&bench.actor, &Filter::default(), Order::Newest, page, 50)
                .await
                .map_err(|e| e.to_string())?;
            if rows.rows.is_empty() { Err("the queue is empty".to_owned()) } else { Ok(()) }
        }
    })
    .await
}

async fn deep(bench: &Bench) -> Result<Page, String> {
    let mut page = Page::First;
    for _ in 0..19 {
        let rows = bench
            .app
            .queue(&bench.actor, &Filter::default(), Order::Newest, page, 50)
            .await
            .map_err(|e| e.to_string())?;
        match rows.rows.last() {
            Some(last) if rows.later => page = Page::After(key_of(last)),
            _ => break,
        }
    }
    Ok(page)
}

async fn known(bench: &Bench) -> Result<Arc<Vec<TicketId>>, String> {
    let mut ids = Vec::new();
    let mut page = Page::First;
    for _ in 0..20 {
        let rows = bench
            .app
            .queue(&bench.actor, &Filter::default(), Order::Newest, page, 50)
            .await
            .map_err(|e| e.to_string())?;
        ids.extend(rows.rows.iter().map(|ticket| ticket.id));
        match rows.rows.last() {
            Some(last) if rows.later => page = Page::After(key_of(last)),
            _ => break,
        }
    }
    Ok(Arc::new(ids))
}

async fn ticket(bench: &Arc<Bench>, known: &Arc<Vec<TicketId>>) -> Result<Sample, String> {
    let (own, known) = (Arc::clone(bench), Arc::clone(known));
    repeat(1, bench.span, move |turn| {
        let (bench, id) = (Arc::clone(&own), known[dice(turn as u64) as usize % known.len()]);
        async move { bench.app.ticket(&bench.actor, id).await.map(drop).map_err(|e| e.to_string()) }
    })
    .await
}

async fn reply(bench: &Arc<Bench>, known: &Arc<Vec<TicketId>>, clients: usize) -> Result<Sample, String> {
    let (own, known) = (Arc::clone(bench), Arc::clone(known));
    repeat(clients, bench.span, move |turn| {
        let (bench, id) = (Arc::clone(&own), known[dice(turn as u64) as usize % known.len()]);
        async move {
            let say = Say {
                kind: Kind::ToCustomer,
                text: sentence(turn as u64 + 99),
                channel: "phone".to_owned(),
                told: Told::Now,
                answer: None,
                once: Once::unkeyed(),
            };
            bench.app.say(&bench.ctx(), &bench.actor, id, say).await.map(drop).map_err(|e| e.to_string())
        }
    })
    .await
}

async fn search(bench: &Arc<Bench>) -> Result<Sample, String> {
    // The dictionary is loaded once, before the first search counts.
    yingda_store::segment::warm_up();
    let own = Arc::clone(bench);
    repeat(1, bench.span, move |turn| {
        let bench = Arc::clone(&own);
        async move {
            let found = bench
                .app
                .search(&bench.actor, word(turn as u64 * 31), None, None, 20)
                .await
                .map_err(|e| e.to_string())?;
            if found.found.is_empty() { Err("a word that is there was not found".to_owned()) } else { Ok(()) }
        }
    })
    .await
}

/// What one creation writes, for the bare database to write too.
async fn model(bench: &Bench) -> Result<Model, String> {
    let made = bench.app.receive(&bench.ctx(), &bench.actor, call(4_242)).await.map_err(|e| e.to_string())?;
    model_of(bench, made.id).await
}

async fn model_of(bench: &Bench, id: TicketId) -> Result<Model, String> {
    let view = bench.app.ticket(&bench.actor, id).await.map_err(|e| e.to_string())?;
    let store = Store::open(&bench.url).await.map_err(|e| e.to_string())?;
    let mut read = store.read().await.map_err(|e| e.to_string())?;
    let instance = tickets::instance(&mut read, id).await.map_err(|e| e.to_string())?;
    let ticket = view.held.ticket;
    let text = format!("{} {} {} {}", ticket.subject, ticket.description, ticket.phone, ticket.contact_name);
    let line = view.history.first().map(|line| line.body.clone()).unwrap_or_default();
    Ok(Model { work: view.held.work, instance, line, text, ticket })
}

/// Two tickets that came by the import, one of them closed: what the fill repeats.
async fn models(bench: &Bench) -> Result<Models, String> {
    let table = "工单编号,客户名称,联系方式,问题类型,问题描述,优先级,处理部门,受理时间,响应时间,解决时间,处理结果摘要,客户评价\n\
                 MODEL1,某公司,13800000001,技术故障,设备报错,高,售后部,2025-03-03 09:30,,,,\n\
                 MODEL2,某公司,13800000002,技术故障,设备报错,高,售后部,2025-03-03 09:30,2025-03-03 10:00,2025-03-03 15:00,已处理,满意\n";
    let file = ImportFile {
        process: "enterprise-support".to_owned(),
        name: "models.csv".to_owned(),
        bytes: table.as_bytes().to_vec(),
        ..ImportFile::default()
    };
    let report =
        bench.app.import(&bench.ctx(), &bench.actor, file, Apply::AllOrNothing).await.map_err(|e| e.to_string())?;
    let report = report.map_err(|e| format!("{e:?}"))?;
    if report.imported != Some(2) {
        return Err(format!("the models were refused: {:?}", report.faults));
    }
    let mut models = Vec::new();
    for number in ["MODEL1", "MODEL2"] {
        let id = bench.app.ticket_by_number(&bench.actor, number).await.map_err(|e| e.to_string())?;
        models.push(model_of(bench, id).await?);
    }
    let closed = models.pop().ok_or("no model")?;
    let running = models.pop().ok_or("no model")?;
    Ok(Models { running, closed })
}
