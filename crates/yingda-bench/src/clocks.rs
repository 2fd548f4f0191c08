//! The sweep with few and with many open clocks: what it costs must follow what is due, not what is open.
//!
//! Each measured sweep finds a hundred limits that were missed; they climb their whole ladder, with notices to people. Between two
//! points only the number of open clocks differs.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};
use yingda_app::receive::Receive;
use yingda_core::ticket::Ticket;
use yingda_core::{ClockId, IdGenerator, TicketId};
use yingda_scaffold::{Cluster, Scratch, postgres::Durability};
use yingda_store::bare::Bare;
use yingda_store::clocks::{self, Clock};
use yingda_store::{Store, StoreResult, StoreUrl, Tx, tickets};

use crate::desk::{Bench, open};

/// Limits that each measured sweep finds missed.
const DUE: usize = 100;
/// Sweeps at each point; the median counts.
const SWEEPS: usize = 7;
/// Tickets of one transaction.
const BATCH: usize = 500;

/// Runs it on both engines and prints the table.
pub async fn run(count: usize, engine: Option<&str>) -> Result<(), String> {
    if engine.is_none_or(|e| e == "sqlite") {
        let scratch = Scratch::new("yingda-bench").map_err(|e| e.to_string())?;
        println!("SQLite, synchronous=FULL");
        measure(StoreUrl::File(scratch.path().join("desk.sqlite")), scratch.path(), count).await?;
    }
    if engine.is_none_or(|e| e == "postgres") {
        let cluster = Cluster::start_with(Durability::Full).map_err(|e| e.to_string())?;
        let scratch = Scratch::new("yingda-bench").map_err(|e| e.to_string())?;
        println!("PostgreSQL, fsync on");
        measure(StoreUrl::Postgres(cluster.url()), scratch.path(), count).await?;
    }
    Ok(())
}

/// A real ticket whose rows are repeated.
#[derive(Clone)]
struct Model {
    ticket: Ticket,
    instance: String,
    clocks: Vec<Clock>,
}

async fn measure(url: StoreUrl, files: &Path, count: usize) -> Result<(), String> {
    let bench = open(url, files, std::time::Duration::ZERO).await?;
    let model = model(&bench).await?;
    let each = model.clocks.len().max(1);
    let mut bare = Bare::open(&bench.url).await.map_err(|e| e.to_string())?;
    let ids = Arc::new(IdGenerator::new(200));
    let mut filled = 0;
    let mut medians = Vec::new();
    for point in [count / 100, count] {
        let wanted = point / each;
        let begin = Instant::now();
        while filled < wanted {
            let now = bench.ctx().now;
            let until = wanted.min(filled + BATCH);
            let rows = (filled..until).map(|_| copy(&model, &ids, now, now)).collect();
            bare.commit(|tx| Box::pin(write(tx, rows))).await.map_err(|e| e.to_string())?;
            filled = until;
        }
        bench.app.analyse().await.map_err(|e| e.to_string())?;
        println!("  filled to {} open clocks in {:.0} s", filled * each, begin.elapsed().as_secs_f64());
        let mut times = Vec::new();
        for _ in 0..SWEEPS {
            let now = bench.ctx().now;
            let late = now - SignedDuration::from_hours(24 * 60);
            let rows = (0..DUE).map(|_| copy(&model, &ids, now, late)).collect();
            bare.commit(|tx| Box::pin(write(tx, rows))).await.map_err(|e| e.to_string())?;
            let begin = Instant::now();
            let looked = bench.app.sweep_clocks(&bench.ctx()).await.map_err(|e| e.to_string())?;
            times.push(begin.elapsed().as_secs_f64());
            if looked < DUE {
                return Err(format!("the sweep found {looked} of {DUE} missed limits"));
            }
        }
        times.sort_by(f64::total_cmp);
        let median = times.get(SWEEPS / 2).copied().unwrap_or_default();
        medians.push(median);
        let begin = Instant::now();
        bench.app.sweep_clocks(&bench.ctx()).await.map_err(|e| e.to_string())?;
        let idle = begin.elapsed().as_secs_f64();
        println!(
            "  sweep, {DUE} missed of {:>9} open clocks   median {:>9.2} ms   nothing due {:>7.3} ms",
            filled * each,
            median * 1e3,
            idle * 1e3
        );
    }
    if let [few, many] = medians.as_slice() {
        println!("  {:<44} {:>9.2}", "sweep with all / with a hundredth open", many / few);
    }
    Ok(())
}

async fn model(bench: &Bench) -> Result<Model, String> {
    let fields = [
        ("accept.customer", "某公司"),
        ("accept.contact", "李工"),
        ("accept.phone", "13800000001"),
        ("accept.judgement", "技术咨询"),
        ("accept.subject", "报错"),
        ("accept.description", "设备报错"),
        ("accept.complex", "false"),
        ("register.scenario", "售后保障"),
        ("register.class", "技术故障类"),
        ("register.priority", "高"),
        ("register.cross", "false"),
        ("register.safety_risk", "false"),
        ("register.to_superior", "false"),
    ];
    let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), vec![value.to_owned()])).collect();
    let matter =
        Receive { process: "enterprise-support".to_owned(), channel: "phone".to_owned(), fields, ..Receive::default() };
    let made =
        bench.app.receive(&bench.ctx(), &bench.actor, matter).await.map_err(|e| format!("{e}: {:?}", e.refusal()))?;
    let store = Store::open(&bench.url).await.map_err(|e| e.to_string())?;
    let mut read = store.read().await.map_err(|e| e.to_string())?;
    let ticket = tickets::get(&mut read, made.id).await.map_err(|e| e.to_string())?.ok_or("the model is missing")?;
    let instance = tickets::instance(&mut read, made.id).await.map_err(|e| e.to_string())?;
    let clocks = clocks::of_ticket(&mut read, made.id).await.map_err(|e| e.to_string())?;
    Ok(Model { ticket, instance, clocks })
}

/// The model once more; its first clock started at `first`, the others now.
fn copy(model: &Model, ids: &IdGenerator, now: Timestamp, first: Timestamp) -> Model {
    let mut copy = model.clone();
    copy.ticket.id = TicketId(ids.next(now));
    copy.ticket.number = format!("B{}", copy.ticket.id.get());
    for (index, clock) in copy.clocks.iter_mut().enumerate() {
        clock.id = ClockId(ids.next(now));
        clock.ticket = copy.ticket.id;
        clock.started = if index == 0 { first } else { now };
        let due = if first < now && index == 0 { first } else { now + SignedDuration::from_hours(24 * 30) };
        clock.due = Some(due);
        clock.next = Some(due);
    }
    copy
}

async fn write(tx: &mut Tx, rows: Vec<Model>) -> StoreResult<()> {
    for row in rows {
        tickets::insert(tx, &row.ticket, &row.ticket.phone).await?;
        tickets::put_instance(tx, row.ticket.id, &row.instance).await?;
        let clocks: Vec<&Clock> = row.clocks.iter().collect();
        clocks::add_all(tx, &clocks).await?;
    }
    Ok(())
}
