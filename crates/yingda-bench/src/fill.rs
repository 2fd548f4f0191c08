//! A desk with many tickets: most of them closed, one in twenty still running, texts from a few hundred words.

use std::fmt::Write;
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};
use yingda_app::App;
use yingda_app::import::{Apply, ImportFile};
use yingda_core::{Actor, Context};

/// Rows of one import, which is one transaction.
const BATCH: usize = 5_000;

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

/// Fills the desk through the import, as a company would that brings its past along.
pub async fn fill(app: &App, ctx: impl Fn() -> Context, actor: &Actor, tickets: usize) -> Result<(), String> {
    let begin = Instant::now();
    let mut made = 0;
    while made < tickets {
        let rows = BATCH.min(tickets - made);
        let file = ImportFile {
            process: "enterprise-support".to_owned(),
            name: "fill.csv".to_owned(),
            bytes: table(ctx().now, made, rows, tickets).into_bytes(),
            ..ImportFile::default()
        };
        let report = app.import(&ctx(), actor, file, Apply::AllOrNothing).await.map_err(|e| e.to_string())?;
        let report = report.map_err(|e| format!("{e:?}"))?;
        if report.imported != Some(rows) {
            return Err(format!("the fill was refused: {:?}", report.faults.first()));
        }
        made += rows;
        if made % 50_000 == 0 || made == tickets {
            println!("  filled {made} of {tickets} tickets in {:.0} s", begin.elapsed().as_secs_f64());
        }
    }
    app.analyse().await.map_err(|e| e.to_string())
}

fn table(now: Timestamp, first: usize, rows: usize, all: usize) -> String {
    let mut text = String::from(
        "客户名称,联系人,联系方式,问题类型,问题描述,优先级,处理部门,受理时间,响应时间,解决时间,处理结果摘要,客户评价\n",
    );
    for n in first..first + rows {
        let seed = n as u64;
        // Spread over three years, the last in the file the latest.
        let ago = SignedDuration::from_secs((all - n) as i64 * (3 * 365 * 86_400 / all as i64).max(1) + 7_200);
        let stamp = |at: Timestamp| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let accepted = now - ago;
        let running = n % 20 == 0;
        let (responded, solved, rating) = if running {
            (String::new(), String::new(), "")
        } else {
            (
                stamp(accepted + SignedDuration::from_mins(20)),
                stamp(accepted + SignedDuration::from_mins(90)),
                if n % 7 == 0 { "非常满意" } else { "满意" },
            )
        };
        let priority = ["紧急", "高", "中", "低"][(dice(seed) % 4) as usize];
        let department = ["售后部", "技术部", "销售部"][(dice(seed + 1) % 3) as usize];
        let kind = ["技术故障", "售前咨询", "物流类", "服务态度类"][(dice(seed + 2) % 4) as usize];
        let _ = writeln!(
            text,
            "客户{}公司,联系人{},138{:08},{kind},{},{priority},{department},{},{responded},{solved},{},{rating}",
            dice(seed) % 20_000,
            seed % 9_973,
            dice(seed + 3) % 100_000_000,
            sentence(seed),
            stamp(accepted),
            if running { "" } else { "已处理" },
        );
    }
    text
}
