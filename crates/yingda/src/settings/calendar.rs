//! What can be asked of a calendar file from the shell. Not here: the answers (`commands/calendar`).

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::Timestamp;
use worktime::{Amount, Pause};

use super::Language;

/// 日历文件：到期时间、工作时间、法定节假日 / Calendar files: due times, working time, statutory days
#[derive(Debug, Subcommand)]
pub enum CalendarCommand {
    /// 推算到期时间 / When a limit is due
    Due(DueAsked),
    /// 计算两个时刻之间的工作时间 / Working time between two instants
    Elapsed(ElapsedAsked),
    /// 检查日历文件，列出全部问题 / Check calendar files and list every fault
    Check {
        /// 日历文件 (JSON 或 YAML，- 为标准输入) / Calendar files (JSON or YAML, - for standard input)
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// 语言 / Language
        #[arg(long, value_enum, default_value_t = Language::Zh)]
        lang: Language,
    },
    /// 一览全年 / A year at a glance
    Year {
        /// 日历文件 / Calendar file
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// 年份 / Year
        #[arg(value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1901..=2298))]
        year: i16,
        /// 语言 / Language
        #[arg(long, value_enum, default_value_t = Language::Zh)]
        lang: Language,
    },
    /// 法定节假日表 / Statutory tables
    Statutory {
        /// Which of them.
        #[command(subcommand)]
        command: StatutoryCommand,
    },
}

/// When is it due?
#[derive(Debug, Args)]
pub struct DueAsked {
    /// 日历文件 (JSON 或 YAML，- 为标准输入) / Calendar file (JSON or YAML, - for standard input)
    #[arg(long, value_name = "FILE")]
    pub calendar: PathBuf,
    /// 起点，RFC 3339，须带时差 / Start, RFC 3339 with its offset
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    pub from: Timestamp,
    /// How long the limit is.
    #[command(flatten)]
    pub amount: AmountAsked,
    /// What is wanted beside the answer.
    #[command(flatten)]
    pub more: More,
}

/// Exactly one of these.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct AmountAsked {
    /// 工作时间秒数 / Seconds of working time
    #[arg(long, value_name = "N")]
    pub seconds: Option<u64>,
    /// 工作日数，至同一时刻 / Working days, to the same time of day
    #[arg(long, value_name = "N")]
    pub working_days: Option<u32>,
    /// 工作日数，当日不计，至最后一日下班 / Working days after the start's own, to the close of the last
    #[arg(long, value_name = "N")]
    pub working_days_to_close: Option<u32>,
    /// 自然时间秒数 / Seconds by the clock on the wall
    #[arg(long, value_name = "N")]
    pub calendar_seconds: Option<u64>,
    /// 自然日数 / Days
    #[arg(long, value_name = "N")]
    pub calendar_days: Option<u32>,
    /// 月数 / Months
    #[arg(long, value_name = "N")]
    pub calendar_months: Option<u32>,
}

impl AmountAsked {
    /// The one that was given.
    #[must_use]
    pub fn amount(&self) -> Amount {
        let given = [
            self.working_days.map(Amount::WorkingDays),
            self.working_days_to_close.map(Amount::WorkingDaysToClose),
            self.calendar_seconds.map(Amount::CalendarSeconds),
            self.calendar_days.map(Amount::CalendarDays),
            self.calendar_months.map(Amount::CalendarMonths),
        ];
        let given = given.into_iter().flatten().next();
        given.unwrap_or(Amount::WorkingSeconds(self.seconds.unwrap_or_default()))
    }
}

/// How much was worked?
#[derive(Debug, Args)]
pub struct ElapsedAsked {
    /// 日历文件 (JSON 或 YAML，- 为标准输入) / Calendar file (JSON or YAML, - for standard input)
    #[arg(long, value_name = "FILE")]
    pub calendar: PathBuf,
    /// 起点，RFC 3339，须带时差 / Start, RFC 3339 with its offset
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    pub from: Timestamp,
    /// 终点；早于起点则结果为负 / End; before the start, the answer is negative
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    pub to: Timestamp,
    /// What is wanted beside the answer.
    #[command(flatten)]
    pub more: More,
}

/// What both questions take.
#[derive(Debug, Args)]
pub struct More {
    /// 不计的时段 A..B，尚未结束写 A..；可写多次 / Time that does not count, A..B, or A.. while it lasts; may be repeated
    #[arg(long = "pause", value_name = "A..B", value_parser = pause)]
    pub pauses: Vec<Pause>,
    /// 逐条说明是怎样算出来的 / Say line by line how it was counted
    #[arg(long)]
    pub explain: bool,
    /// 输出 JSON / Answer in JSON
    #[arg(long)]
    pub json: bool,
    /// 说明的语言 / Language of the account
    #[arg(long, value_enum, default_value_t = Language::Zh)]
    pub lang: Language,
}

/// 法定节假日表 / Statutory tables
#[derive(Debug, Subcommand)]
pub enum StatutoryCommand {
    /// 导出某年的表 / Write the table of a year
    Export {
        /// 年份；ics 可写多次 / Year; may be repeated for ics
        #[arg(long = "year", value_name = "Y", required = true)]
        years: Vec<i16>,
        /// 格式 / Format
        #[arg(long, value_enum, default_value_t = TableFormat::Json)]
        format: TableFormat,
        /// 先在这份日历导入的表中找，再找内置的 / Look into the tables of this calendar before those built in
        #[arg(long, value_name = "FILE")]
        calendar: Option<PathBuf>,
        /// 写入文件，默认标准输出 / File to write; standard output if not given
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// 读入并检查别处得来的表；有 --calendar 时放进那份日历 / Read and check tables from elsewhere; with --calendar, put them into it
    Import {
        /// 表 (JSON 或 iCalendar) / Tables (JSON or iCalendar)
        #[arg(required = true, value_name = "TABLE")]
        tables: Vec<PathBuf>,
        /// 只取这些年份 / Only these years
        #[arg(long = "year", value_name = "Y")]
        years: Vec<i16>,
        /// 要放进去的日历；原文件不动，新的日历写到输出 / Calendar to put them into; the new one is written, the file is left alone
        #[arg(long, value_name = "FILE")]
        calendar: Option<PathBuf>,
        /// 写入文件，默认标准输出 / File to write; standard output if not given
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// holiday-cn 的 JSON / JSON as in holiday-cn
    Json,
    /// iCalendar (RFC 5545)
    Ics,
}

fn instant(text: &str) -> Result<Timestamp, String> {
    text.trim().parse().map_err(|_| {
        "应为带时差的 RFC 3339 时刻，例如 2026-02-13T16:30:00+08:00 / \
         an instant of RFC 3339 with its offset is needed, such as 2026-02-13T16:30:00+08:00"
            .to_owned()
    })
}

fn pause(text: &str) -> Result<Pause, String> {
    let Some((from, to)) = text.split_once("..") else {
        return Err("应为 A..B，或尚未结束的 A.. / A..B is needed, or A.. while it lasts".to_owned());
    };
    let to = if to.trim().is_empty() { None } else { Some(instant(to)?) };
    let from = instant(from)?;
    match to {
        Some(to) if to < from => Err("暂停的终点早于起点 / the pause ends before it begins".to_owned()),
        to => Ok(Pause { from, to }),
    }
}
