//! `due` and `elapsed` at every distance, and the naive minute walker beside them, with the ratio of the two.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot read its own input fails")]

use std::hint::black_box;
use std::time::Instant;

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::Timestamp;
use worktime::{Amount, Calendar, CalendarFile, Pause, Recurrence};

#[path = "../tests/suite/walker.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod walker;

const FILE: &str = r#"{"time_zone":"Asia/Shanghai","statutory":"cn","hours":{
    "mon":[["09:00","12:00"],["13:30","18:00"]],"tue":[["09:00","12:00"],["13:30","18:00"]],
    "wed":[["09:00","12:00"],["13:30","18:00"]],"thu":[["09:00","12:00"],["13:30","18:00"]],
    "fri":[["09:00","12:00"],["13:30","18:00"]]}}"#;

/// Seconds of a year's 250 working days.
const YEAR: u64 = 250 * 27_000;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn arithmetic(c: &mut Criterion) {
    let file: CalendarFile = serde_json::from_str(FILE).unwrap();
    let calendar = Calendar::new(file.clone()).unwrap();
    let start = at("2024-09-27T16:30:00+08:00");
    let cases = [("8_hours", 8 * 3_600), ("1_year", YEAR), ("20_years", 20 * YEAR), ("260_years", 260 * YEAR)];
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
    let (first, last) = (at("1900-06-01T00:00:00Z"), at("2299-06-01T00:00:00Z"));
    c.bench_function("elapsed/everything", |b| b.iter(|| calendar.elapsed(black_box(first), black_box(last), &[])));
    let pauses = [
        Pause::between(at("2024-09-29T10:00:00+08:00"), at("2024-09-29T15:00:00+08:00")),
        Pause::between(at("2024-10-08T10:00:00+08:00"), at("2024-10-09T15:00:00+08:00")),
    ];
    let week = Amount::WorkingSeconds(5 * 27_000);
    c.bench_function("due/1_week_2_pauses", |b| b.iter(|| calendar.due(black_box(start), week, &pauses)));
    let days = Amount::WorkingDays(2);
    c.bench_function("due/2_working_days", |b| b.iter(|| calendar.due(black_box(start), days, &[])));
    let friday: Recurrence = serde_json::from_str(r#"{"weekly_on":"fri","at":"17:00","on_day_off":"before"}"#).unwrap();
    c.bench_function("next/friday_or_before", |b| b.iter(|| calendar.next(&friday, black_box(start))));

    // What the first question of a new calendar costs: the file read, one table built.
    c.bench_function("read_and_first_due", |b| {
        b.iter(|| Calendar::new(file.clone()).map(|calendar| calendar.due(start, days, &[])));
    });
}

/// The walker knows no statutory table, so the calendar of this comparison follows none; its minutes are asked one by one, as a
/// walker must.
fn beside_the_walker(_: &mut Criterion) {
    let file = CalendarFile { statutory: None, ..serde_json::from_str(FILE).unwrap() };
    let (walker, calendar) = (walker::Walker::new(&file), Calendar::new(file).unwrap());
    let start = at("2024-09-27T16:30:00+08:00");
    println!("\n{:<10} {:>12} {:>16} {:>14}", "due", "searched", "minute walker", "ratio");
    for (name, seconds, rounds) in [("8 hours", 8 * 3_600, 200), ("1 month", YEAR / 12, 10), ("1 year", YEAR, 1)] {
        let amount = Amount::WorkingSeconds(seconds);
        let found = calendar.due(start, amount, &[]).unwrap().at().unwrap().as_second();
        let began = Instant::now();
        for _ in 0..100_000 {
            let _answer = black_box(calendar.due(black_box(start), black_box(amount), &[]));
        }
        let searched = began.elapsed().as_secs_f64() / 100_000.0;
        let began = Instant::now();
        for _ in 0..rounds {
            let (mut at, mut left) = (black_box(start).as_second(), seconds / 60);
            while left > 0 {
                left -= u64::from(walker.works(at));
                at += 60;
            }
            assert_eq!(at, found, "the walker arrives where the search does");
        }
        let walked = began.elapsed().as_secs_f64() / f64::from(rounds);
        let (nanos, millis) = (searched * 1e9, walked * 1e3);
        println!("{name:<10} {nanos:>9.0} ns {millis:>13.2} ms {:>12.0} ×", walked / searched);
    }
}

criterion_group!(benches, arithmetic, beside_the_walker);
criterion_main!(benches);
