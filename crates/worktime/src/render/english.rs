//! The English sentences of an account.

use jiff::civil::{Date, DateTime};

use super::{Clock, Year, clock, clocks_changed, runs, time};
use crate::amount::Amount;
use crate::day::Reason;
use crate::line::Line;
use crate::statutory::Festival;

pub(super) fn sentence(line: &Line, year: &mut Year) -> String {
    match line {
        Line::Start { at, amount } => {
            format!("From {}, limit {}", moment(*at, year), limit(*amount))
        }
        Line::From { at } => format!("From {}", moment(*at, year)),
        Line::AfterHours { date } => format!("{}: after hours", day(*date, year)),
        Line::Work { date, from, to, seconds, total, reason } => {
            let until = time_in(*to, *date, year);
            let head = format!("{}{}: {} to {until}", day(*date, year), right(*reason), time_in(*from, *date, year));
            let changed = if clocks_changed(*from, *to, *seconds) { " (the clocks change)" } else { "" };
            format!("{head} counts {}{changed}, so far {}", duration(*seconds), duration(*total))
        }
        Line::Closed { from, to, reason } => {
            let days =
                if from == to { day(*from, year) } else { format!("{} to {}", day(*from, year), day(*to, year)) };
            format!("{days}: {}, not counted", free(reason))
        }
        Line::Between { from, to, working_days, seconds, total } => {
            let (first, last) = (day(*from, year), day(*to, year));
            let days = count(u64::try_from(*working_days).unwrap_or(u64::MAX), "working day");
            format!("{first} to {last}: {days} count {}, so far {}", duration(*seconds), duration(*total))
        }
        Line::Pause { from, to, seconds } => {
            let from = moment(*from, year);
            match to {
                Some(to) => {
                    let to = moment(*to, year);
                    format!("Paused from {from} to {to}, {} of it not counted", duration(*seconds))
                }
                None => format!("Paused since {from}"),
            }
        }
        Line::CalendarTime { from, to, seconds, total } => {
            let span = format!("{} to {}", moment(*from, year), moment(*to, year));
            format!("{span} counts {}, so far {}", duration(*seconds), duration(*total))
        }
        Line::NoTable { years } => {
            let run = |&(first, last): &(i16, i16)| match last - first {
                0 => first.to_string(),
                _ => format!("{first}–{last}"),
            };
            let years: Vec<String> = runs(years).iter().map(run).collect();
            format!("Note: no statutory table for {}, counted by the calendar's own hours", years.join(", "))
        }
        Line::UnsettledYearEnd { year } => {
            let next = year.saturating_add(1);
            format!("Note: 25–31 December {year} may still be moved by the notice for {next}")
        }
        Line::Due { at, .. } => format!("Due {}", moment(*at, &mut Year::default())),
        Line::Held { since } => {
            format!("Held since {}: due once the pause has ended", moment(*since, &mut Year::default()))
        }
        Line::Until { at, total } => {
            format!("Until {}, in all {}", moment(*at, &mut Year::default()), duration(*total))
        }
    }
}

fn limit(amount: Amount) -> String {
    match amount {
        Amount::WorkingSeconds(seconds) => format!("{} of working time", span(seconds)),
        Amount::WorkingDays(days) => count(days.into(), "working day"),
        Amount::WorkingDaysToClose(days) => {
            format!("{} after this one, to the close of the last", count(days.into(), "working day"))
        }
        Amount::CalendarSeconds(seconds) => format!("{} of calendar time", span(seconds)),
        Amount::CalendarDays(days) => count(days.into(), "day"),
        Amount::CalendarMonths(months) => count(months.into(), "month"),
    }
}

fn count(n: u64, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

fn span(seconds: u64) -> String {
    duration(i64::try_from(seconds).unwrap_or(i64::MAX))
}

fn duration(seconds: i64) -> String {
    super::duration(seconds, ["h", "min", "s"], " ")
}

fn day(date: Date, year: &mut Year) -> String {
    let year = year.news(date).map_or(String::new(), |year| format!(" {year}"));
    format!("{} {}{year}", date.strftime("%a"), date.strftime("%-d %b"))
}

fn moment(at: DateTime, year: &mut Year) -> String {
    format!("{} {}", day(at.date(), year), time(at))
}

fn time_in(at: DateTime, date: Date, year: &mut Year) -> String {
    match clock(at, date) {
        Clock::Same(time) => time,
        Clock::NextDay(time) => format!("{time} the next day"),
        Clock::Other => moment(at, year),
    }
}

/// Why somebody works that day; nothing for an ordinary day.
fn right(reason: Reason) -> String {
    match reason {
        Reason::Weekly | Reason::Holiday { .. } => String::new(),
        Reason::MakeUp { festival: Some(festival) } => format!(" (make-up workday, {})", festival.english()),
        Reason::MakeUp { festival: None } => " (make-up workday)".to_owned(),
        Reason::Override => " (hours of its own)".to_owned(),
    }
}

fn free(reason: &Reason) -> &str {
    match reason {
        Reason::Weekly | Reason::MakeUp { .. } => "off",
        Reason::Holiday { festival } => festival.as_ref().map_or("holiday", Festival::english),
        Reason::Override => "closed that day",
    }
}
