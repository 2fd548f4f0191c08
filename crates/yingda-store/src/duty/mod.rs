//! Duty: shifts, rules and training; turns, leave and swaps; hand-overs; and the log of what happened to rosters.
//!
//! The one thing to know: days are kept as `YYYY-MM-DD`, wall times as minutes of the day, and a turn's instants beside them, so
//! that who is on duty is one lookup.

pub mod handovers;
pub mod leaves;
pub mod log;
pub mod setup;
pub mod swaps;
pub mod turns;

use jiff::civil::{Date, Time};
use yingda_core::duty::Span;

use crate::args::instant;
use crate::error::{StoreError, StoreResult};

/// Minutes from midnight.
fn minutes(time: Time) -> i64 {
    i64::from(time.hour()) * 60 + i64::from(time.minute())
}

/// The wall time of so many minutes from midnight.
fn time(minutes: i64, table: &'static str, row: i64) -> StoreResult<Time> {
    let hour = i8::try_from(minutes / 60).ok();
    let minute = i8::try_from(minutes % 60).ok();
    let time = hour.zip(minute).and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok());
    time.ok_or(StoreError::Corrupt { table, column: "minute", row })
}

fn date(text: &str, table: &'static str, row: i64) -> StoreResult<Date> {
    text.parse().map_err(|_| StoreError::Corrupt { table, column: "day", row })
}

fn span(from: i64, to: i64, table: &'static str, row: i64) -> StoreResult<Span> {
    Ok(Span { from: instant(from, table, "from_at", row)?, to: instant(to, table, "to_at", row)? })
}

fn word<T>(read: impl Fn(&str) -> Option<T>, text: &str, table: &'static str, row: i64) -> StoreResult<T> {
    read(text).ok_or(StoreError::Corrupt { table, column: "word", row })
}

/// A list of ids as a statement holds it. Numbers only: nothing that anybody wrote comes into the statement.
fn list<T: Copy>(ids: &[T], number: impl Fn(T) -> i64) -> String {
    if ids.is_empty() {
        return "NULL".to_owned();
    }
    ids.iter().map(|id| number(*id).to_string()).collect::<Vec<_>>().join(", ")
}
