//! `due` and `elapsed` at three distances, and the naive minute walker beside them.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot read its own input fails")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::Timestamp;
use worktime::{Amount, Calendar, CalendarFile, Pause};

#[path = "../tests/suite/walker.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod walker;

const FILE: &str = r#"{"time_zone":"Asia/Shanghai","statutory":"cn","hours":{
    "mon":[["09:00","12:00"],["13:30","18:00"]],"tue":[["09:00","12:00"],["13:30","18:00"]],
    "wed":[["09:00","12:00"],["13:30","18:00"]],"thu":[["09:00","12:00"],["13:30","18:00"]],
    "fri":[["09:00","12:00"],["13:30","18:00"]]}}"#;

fn arithmetic(c: &mut Criterion) {
    let file: CalendarFile = serde_json::from_str(FILE).unwrap();
    let calendar = Calendar::new(file.clone()).unwrap();
    let start: Timestamp = "2024-09-27T16:30:00+08:00".parse().unwrap();
    let cases = [("8_hours", 8 * 3_600), ("1_year", 250 * 27_000), ("20_years", 20 * 250 * 27_000)];
    for (name, seconds) in cases {
        let amount = Amount::WorkingSeconds(seconds);
        let end = calendar.due(start, amount, &[]).unwrap().at().unwrap();
        c.bench_function(&format!("due/{name}"), |b| {
            b.iter(|| calendar.due(black_box(start), black_box(amount), &[]));
        });
        c.bench_function(&format!("elapsed/{name}"), |b| {
            b.iter(|| calendar.elapsed(black_box(start), black_box(end), &[]));
        });
    }
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let pauses = [
        Pause::between(at("2024-09-29T10:00:00+08:00"), at("2024-09-29T15:00:00+08:00")),
        Pause::between(at("2024-10-08T10:00:00+08:00"), at("2024-10-09T15:00:00+08:00")),
    ];
    let week = Amount::WorkingSeconds(5 * 27_000);
    c.bench_function("due/1_week_2_pauses", |b| b.iter(|| calendar.due(black_box(start), week, &pauses)));
    let days = Amount::WorkingDays(2);
    c.bench_function("due/2_working_days", |b| b.iter(|| calendar.due(black_box(start), days, &[])));

    // What the first question of a new calendar costs: the file read, one table built.
    c.bench_function("read_and_first_due", |b| {
        b.iter(|| Calendar::new(file.clone()).map(|calendar| calendar.due(start, days, &[])));
    });

    // The walker knows no statutory table; its minutes are asked one by one, as a walker must.
    let walker = walker::Walker::new(&file);
    c.bench_function("walker/due/8_hours", |b| {
        b.iter(|| {
            let (mut at, mut left) = (black_box(start).as_second(), 8 * 60);
            while left > 0 {
                left -= i64::from(walker.works(at));
                at += 60;
            }
            at
        });
    });
}

criterion_group!(benches, arithmetic);
criterion_main!(benches);
