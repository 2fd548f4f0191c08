//! A desk with many tickets: most of them closed, one in twenty still running, texts from a few hundred words.

use std::time::Instant;

use jiff::{SignedDuration, Timestamp};
use yingda_core::ticket::{Priority, Ticket};
use yingda_core::{EventId, IdGenerator, TicketId};
use yingda_store::bare::Bare;
use yingda_store::history::{self, Line};
use yingda_store::tickets::{self, Involvement, WorkItem};
use yingda_store::{StoreResult, StoreUrl, Tx, search};

use crate::bare::Model;

/// Tickets of one transaction.
const BATCH: usize = 500;

/// Two-character words that the texts are made of; the first are frequent, the last rare.
pub const WORDS: [&str; 40] = [
    "设备", "报错", "发票", "物流", "系统", "登录", "密码", "漏水", "水管", "电梯", "合同", "付款", "交付", "价格",
    "方案", "质量", "维修", "安装", "培训", "退货", "换货", "投诉", "服务", "态度", "延期", "验收", "图纸", "模块",
    "屏幕", "电源", "噪声", "温度", "压力", "阀门", "仓库", "包装", "标签", "序列", "授权", "迁移",
];

/// A number that looks random and is the same in every run.
pub fn dice(seed: u64) -> u64 {
    let mut x = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// A word; small numbers, and so the frequent words, come more often.
pub fn word(seed: u64) -> &'static str {
    let part = (dice(seed) % 1_000_000) as f64 / 1e6;
    let index = (part * part * WORDS.len() as f64) as usize;
    WORDS[index.min(WORDS.len() - 1)]
}

/// A sentence of eight words and a number.
pub fn sentence(seed: u64) -> String {
    (0..8).map(|n| word(seed * 8 + n)).collect::<String>() + &format!("{}号", dice(seed) % 100_000)
}

/// Fills the desk as its own import would, past the application: the rows of an imported ticket, with other texts and times.
pub async fn fill(
    url: &StoreUrl,
    models: &Models,
    from: usize,
    until: usize,
    all: usize,
    end: Timestamp,
) -> Result<(), String> {
    let begin = Instant::now();
    // One connection writes SQLite; PostgreSQL takes two at once.
    let connections = if matches!(url, StoreUrl::Postgres(_)) { 2 } else { 1 };
    let mut tasks = Vec::new();
    for part in 0..connections {
        let (url, models) = (url.clone(), models.clone());
        tasks.push(tokio::spawn(async move {
            let ids = IdGenerator::new(100 + part as u16);
            let mut bare = Bare::open(&url).await.map_err(|e| e.to_string())?;
            let mine: Vec<usize> = (from..until).filter(|n| n / BATCH % connections == part).collect();
            for batch in mine.chunks(BATCH) {
                let rows: Vec<Row> = batch.iter().map(|n| row(&models, &ids, *n, all, end)).collect();
                bare.commit(move |tx| Box::pin(write(tx, rows))).await.map_err(|e| e.to_string())?;
            }
            Ok::<_, String>(())
        }));
    }
    for task in tasks {
        task.await.map_err(|e| e.to_string())??;
    }
    println!("  filled to {until} tickets in {:.0} s", begin.elapsed().as_secs_f64());
    Ok(())
}

/// Real imported tickets, whose rows are repeated.
#[derive(Debug, Clone)]
pub struct Models {
    /// One that runs, and one that is closed.
    pub running: Model,
    /// See `running`.
    pub closed: Model,
}

struct Row {
    ticket: Ticket,
    model: Model,
    event: i64,
    work: Vec<WorkItem>,
    text: String,
}

fn row(models: &Models, ids: &IdGenerator, n: usize, all: usize, end: Timestamp) -> Row {
    let seed = n as u64;
    let ago = SignedDuration::from_secs((all - n) as i64 * (3 * 365 * 86_400 / all as i64).max(1) + 7_200);
    let accepted = end - ago;
    let model = if n.is_multiple_of(20) { &models.running } else { &models.closed }.clone();
    let mut ticket = model.ticket.clone();
    ticket.id = TicketId(ids.next(accepted));
    ticket.number = format!("OLD{n:08}");
    ticket.customer_name = format!("客户{}公司", dice(seed) % 20_000);
    ticket.contact_name = format!("联系人{}", seed % 9_973);
    ticket.phone = format!("138{:08}", dice(seed + 3) % 100_000_000);
    ticket.subject = sentence(seed);
    ticket.description = format!("{},{}", ticket.subject, sentence(seed + 5));
    ticket.priority = Priority::ALL[(dice(seed) % 4) as usize];
    ticket.accepted = accepted;
    ticket.updated = accepted;
    let later = |minutes| accepted + SignedDuration::from_mins(minutes);
    if ticket.times.closed.is_some() {
        ticket.times.responded = Some(later(20));
        ticket.times.solved = Some(later(90));
        ticket.times.confirmed = Some(later(100));
        ticket.times.closed = Some(later(100));
    } else {
        ticket.due = Some(later(60));
    }
    let work = model
        .work
        .iter()
        .map(|item| WorkItem {
            id: ids.next(accepted),
            ticket: ticket.id,
            since: accepted,
            due: ticket.due,
            ..item.clone()
        })
        .collect();
    let text = format!(
        "{} {} {} {} {}",
        ticket.number, ticket.customer_name, ticket.contact_name, ticket.phone, ticket.description
    );
    Row { event: ids.next(accepted), ticket, model, work, text }
}

async fn write(tx: &mut Tx, rows: Vec<Row>) -> StoreResult<()> {
    for row in rows {
        let ticket = &row.ticket;
        if let Some(department) = ticket.department {
            tickets::involve(tx, ticket.id, department, Involvement::Working).await?;
        }
        for item in &row.work {
            tickets::add_work(tx, item).await?;
        }
        tickets::insert(tx, ticket, &ticket.phone).await?;
        tickets::put_instance(tx, ticket.id, &row.model.instance).await?;
        let line = Line {
            id: EventId(row.event),
            ticket: ticket.id,
            at: ticket.accepted,
            actor: Some(ticket.owner),
            kind: "imported".to_owned(),
            body: row.model.line.clone(),
        };
        history::add(tx, &line).await?;
        let id = ticket.id.get();
        search::put(tx, search::Kind::Ticket, id, Some(id), search::Audience::Readers, &row.text).await?;
    }
    Ok(())
}
