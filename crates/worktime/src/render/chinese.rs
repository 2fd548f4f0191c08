//! The Chinese sentences of an account.

use jiff::civil::{Date, DateTime, Weekday};

use super::{Clock, Year, clock, clocks_changed, runs, time};
use crate::amount::Amount;
use crate::day::Reason;
use crate::line::Line;
use crate::statutory::Festival;

pub(super) fn sentence(line: &Line, year: &mut Year) -> String {
    match line {
        Line::Start { at, amount } => format!("{} 起，时限{}", moment(*at, year), limit(*amount)),
        Line::From { at } => format!("{} 起", moment(*at, year)),
        Line::AfterHours { date } => format!("{}：当日已下班", day(*date, year)),
        Line::Work { date, from, to, seconds, total, reason } => {
            let until = time_in(*to, *date, year);
            let head = format!("{}{}：{} 至 {until}", day(*date, year), right(*reason), time_in(*from, *date, year));
            let changed = if clocks_changed(*from, *to, *seconds) { "(其间时钟调整)" } else { "" };
            format!("{head} 计 {}{changed}，累计 {}", duration(*seconds), duration(*total))
        }
        Line::Closed { from, to, reason } => {
            let days =
                if from == to { day(*from, year) } else { format!("{} 至 {}", day(*from, year), day(*to, year)) };
            format!("{days}：{}，不计", free(*reason))
        }
        Line::Between { from, to, working_days, seconds, total } => {
            let (first, last) = (day(*from, year), day(*to, year));
            let (counted, total) = (duration(*seconds), duration(*total));
            format!("{first} 至 {last}：其间 {working_days} 个工作日，计 {counted}，累计 {total}")
        }
        Line::Pause { from, to, seconds } => {
            let from = moment(*from, year);
            match to {
                Some(to) => format!("{from} 至 {} 暂停，其间 {} 不计", moment(*to, year), duration(*seconds)),
                None => format!("{from} 起暂停，尚未恢复"),
            }
        }
        Line::CalendarTime { from, to, seconds, total } => {
            let span = format!("{} 至 {}", moment(*from, year), moment(*to, year));
            format!("{span} 计 {}，累计 {}", duration(*seconds), duration(*total))
        }
        Line::NoTable { years } => {
            let run = |&(first, last): &(i16, i16)| match last - first {
                0 => format!("{first}年"),
                _ => format!("{first}年至{last}年"),
            };
            let years: Vec<String> = runs(years).iter().map(run).collect();
            format!("注意：{}没有法定节假日安排，按日历自身的工时推算", years.join("、"))
        }
        Line::UnsettledYearEnd { year } => {
            format!("注意：{year}年12月25日至31日的安排可能因{}年的放假通知而调整", year.saturating_add(1))
        }
        Line::Due { at, .. } => format!("{} 到期", moment(*at, &mut Year::default())),
        Line::Held { since } => format!("{} 起暂停，恢复后才有到期时间", moment(*since, &mut Year::default())),
        Line::Until { at, total } => format!("{} 止，共计 {}", moment(*at, &mut Year::default()), duration(*total)),
    }
}

fn limit(amount: Amount) -> String {
    match amount {
        Amount::WorkingSeconds(seconds) => format!("工作时间 {}", span(seconds)),
        Amount::WorkingDays(days) => format!(" {days} 个工作日"),
        Amount::WorkingDaysToClose(days) => format!(" {days} 个工作日（当日不计，至最后一日下班）"),
        Amount::CalendarSeconds(seconds) => format!("自然时间 {}", span(seconds)),
        Amount::CalendarDays(days) => format!(" {days} 日"),
        Amount::CalendarMonths(months) => format!(" {months} 个月"),
    }
}

fn span(seconds: u64) -> String {
    duration(i64::try_from(seconds).unwrap_or(i64::MAX))
}

fn duration(seconds: i64) -> String {
    super::duration(seconds, ["小时", "分", "秒"], " ")
}

fn day(date: Date, year: &mut Year) -> String {
    let year = year.news(date).map_or(String::new(), |year| format!("{year}年"));
    format!("{year}{}月{}日 {}", date.month(), date.day(), weekday(date.weekday()))
}

fn moment(at: DateTime, year: &mut Year) -> String {
    format!("{} {}", day(at.date(), year), time(at))
}

fn time_in(at: DateTime, date: Date, year: &mut Year) -> String {
    match clock(at, date) {
        Clock::Same(time) => time,
        Clock::NextDay(time) => format!("次日 {time}"),
        Clock::Other => moment(at, year),
    }
}

pub(super) fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "周一",
        Weekday::Tuesday => "周二",
        Weekday::Wednesday => "周三",
        Weekday::Thursday => "周四",
        Weekday::Friday => "周五",
        Weekday::Saturday => "周六",
        Weekday::Sunday => "周日",
    }
}

/// Why somebody works that day; nothing for an ordinary day.
fn right(reason: Reason) -> String {
    match reason {
        Reason::Weekly | Reason::Holiday { .. } => String::new(),
        Reason::MakeUp { festival } => {
            format!(" {}调休上班", festival.as_ref().map_or("", Festival::chinese))
        }
        Reason::Override => " 当日另定工时".to_owned(),
    }
}

fn free(reason: Reason) -> String {
    match reason {
        Reason::Weekly | Reason::MakeUp { .. } => "休息日".to_owned(),
        Reason::Holiday { festival } => format!("{}放假", festival.as_ref().map_or("", Festival::chinese)),
        Reason::Override => "当日另定不上班".to_owned(),
    }
}
