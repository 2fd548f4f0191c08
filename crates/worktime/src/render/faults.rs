//! Chinese sentences for what is wrong with files. The English ones are `Display`.

use jiff::civil::Weekday;

use crate::amount::{Coverage, TimeError};
use crate::fault::{CalendarFault, Place};
use crate::recurrence::RecurrenceFault;
use crate::statutory::{TableFault, TableProblem};

impl Place {
    /// Where in the file, in Chinese.
    pub fn chinese(&self) -> String {
        match self {
            Self::Weekday(day) => format!("{}的工时", weekday(*day)),
            Self::WorkdayHours => "调休上班日的工时（workday_hours）".to_owned(),
            Self::Override(date) => format!("{date} 的另定工时（overrides）"),
        }
    }
}

impl CalendarFault {
    /// The Chinese sentence.
    pub fn chinese(&self) -> String {
        match self {
            Self::UnknownTimeZone(zone) => format!("没有时区“{zone}”，请写 IANA 名称，例如 Asia/Shanghai"),
            Self::UnknownHours(text) => format!("hours 不能是“{text}”，请写 \"24x7\" 或按星期列出时段"),
            Self::UnknownStatutory(text) => format!("没有名为“{text}”的法定节假日表，目前只有 \"cn\""),
            Self::YearsWithoutStatutory => "写了 statutory_years，却没有选择法定节假日表（statutory）".to_owned(),
            Self::TablesWithoutStatutory => "写了 statutory_tables，却没有选择法定节假日表（statutory）".to_owned(),
            Self::TableTwice(year) => format!("statutory_tables 里有两份 {year} 年的表"),
            Self::Table { year, problem } => format!("statutory_tables 中 {year} 年的表：{}", problem.chinese()),
            Self::BadTime { place, text } => {
                format!("{}：“{text}”不是 00:00 到 24:00 之间的时刻", place.chinese())
            }
            Self::EmptyInterval { place, from, to } => {
                format!("{}：{from} 至 {to} 没有长度；全天请写 00:00 至 24:00", place.chinese())
            }
            Self::Overlap { place, first, second } => format!("{}：{first} 与 {second} 重叠", place.chinese()),
            Self::BadDate { key, text } => format!("{key}：“{text}”不是 YYYY-MM-DD 形式的日期"),
            Self::NoWorkingTime => "这份日历没有任何工作时间".to_owned(),
        }
    }
}

impl TableProblem {
    /// The Chinese sentence.
    pub fn chinese(&self) -> String {
        match self {
            Self::Json(error) => format!("不是规定格式的 JSON 表：{error}"),
            Self::YearOutOfRange(year) => format!("年份 {year} 不在 1901 至 2299 年之间"),
            Self::NoDays(year) => format!("{year} 年的表里没有任何一天：该年放假通知尚未公布"),
            Self::BadDate(text) => format!("“{text}”不是 YYYY-MM-DD 形式的日期"),
            Self::FarFromYear { date, year } => format!("{date} 不属于 {year} 年的放假通知"),
            Self::NamedTwice(date) => format!("{date} 出现了两次"),
            Self::BadName(text) => format!("“{text}”不是 1 至 16 个字的名称"),
            Self::NotICalendar => "不是完整的 iCalendar 文件：应以 BEGIN:VCALENDAR 开头、END:VCALENDAR 结尾".to_owned(),
            Self::BadLine(text) => format!("“{text}”不是 NAME:value 形式的一行"),
            Self::BadEnd(name) => format!("END:{name} 没有对应的 BEGIN"),
            Self::Lacks(name) => format!("日程缺少 {name}"),
            Self::BadDay(text) => format!("“{text}”不是 YYYYMMDD 形式的整天日期"),
            Self::BadLength(days) => format!("日程长达 {days} 天，应为 1 至 60 天"),
            Self::BadDuration(text) => format!("“{text}”不是以整天计的时长，例如 P3D"),
            Self::Repeats => "日程是重复的；法定节假日须逐日列出".to_owned(),
            Self::NothingFound => "日历里没有任何放假日或调休上班日".to_owned(),
        }
    }
}

impl TableFault {
    /// The Chinese sentence, with the line.
    pub fn chinese(&self) -> String {
        let place = self.line.map_or(String::new(), |line| format!("第 {line} 行："));
        format!("{place}{}", self.problem.chinese())
    }
}

impl RecurrenceFault {
    /// The Chinese sentence.
    pub fn chinese(&self) -> String {
        match self {
            Self::NotOneRule => "every_days、weekly_on、monthly_on、yearly_on 必须且只能写一个".to_owned(),
            Self::NoDays => "every_days 至少为 1".to_owned(),
            Self::NoAnchor(days) => format!("每 {days} 天一次，须用 from 写明从哪一天算起"),
            Self::Empty(key) => format!("{key} 没有写任何一天"),
            Self::BadWord { key, text } => {
                format!("{key}：“{text}”不能用在这里（mon … sun；1 … 31 或 last；MM-DD）")
            }
            Self::BadTime(text) => format!("at：“{text}”不是 00:00 到 24:00 之间的时刻"),
            Self::BadDate { key, text } => format!("{key}：“{text}”不是 1900 至 2299 年之间 YYYY-MM-DD 形式的日期"),
            Self::Never => "永远不会发生：from 与 until 之间没有这样的日子".to_owned(),
        }
    }
}

impl TimeError {
    /// The Chinese sentence.
    pub fn chinese(&self) -> String {
        match self {
            Self::OutOfRange(at) => format!("{at} 不在 1900 至 2299 年之间"),
            Self::NeverReached => "到 2300 年之前都用不完这个时限".to_owned(),
        }
    }
}

impl Coverage {
    /// What was left unsaid, a Chinese sentence each.
    pub fn chinese(&self) -> Vec<String> {
        let mut year = super::Year::default();
        self.lines().iter().map(|line| super::chinese::sentence(line, &mut year)).collect()
    }

    /// What was left unsaid, an English sentence each.
    pub fn english(&self) -> Vec<String> {
        let mut year = super::Year::default();
        self.lines().iter().map(|line| super::english::sentence(line, &mut year)).collect()
    }
}

fn weekday(day: Weekday) -> &'static str {
    super::chinese::weekday(day)
}
