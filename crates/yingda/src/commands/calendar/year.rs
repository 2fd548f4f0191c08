//! `calendar year`: a year on one screen, for whoever wants to see what a calendar file says.
//!
//! Not here: the year's page of a desk.

use std::path::Path;

use jiff::civil::{Date, Weekday};
use worktime::{Calendar, Day, Reason};

use super::{Bad, file};
use crate::saying::{line, padded};
use crate::settings::Language;

/// Columns of one day: two digits, a mark, a blank.
const CELL: usize = 4;
const MONTH: usize = 7 * CELL + 2;

/// Prints the year.
pub(super) fn show(path: &Path, year: i16, language: Language) -> Result<(), Bad> {
    let calendar = file::read(path)?;
    let days = days(&calendar, year);
    let midnight = |year: i16| {
        let date = Date::new(year, 1, 1).map_err(|error| error.to_string());
        let zoned =
            date.and_then(|date| date.to_zoned(calendar.time_zone().clone()).map_err(|error| error.to_string()));
        zoned.map(|zoned| zoned.timestamp()).map_err(|error| Bad::one(error.clone(), error))
    };
    let worked = calendar.elapsed(midnight(year)?, midnight(year + 1)?, &[])?;
    let count = days.iter().filter(|day| !day.shifts.is_empty()).count();
    let (hours, minutes) = (worked.seconds / 3_600, worked.seconds / 60 % 60);
    line(&match language {
        Language::Zh => format!("{year} 年：工作日 {count} 天，{hours} 小时 {minutes} 分"),
        Language::En => format!("{year}: {count} working days, {hours} h {minutes} min"),
    });
    line(match language {
        Language::Zh => "无标记 上班   . 休息   * 放假   + 调休上班   ~ 另定工时   x 另定不上班",
        Language::En => "no mark: work   . off   * holiday   + make-up workday   ~ hours of its own   x closed",
    });
    for quarter in 0..4 {
        line("");
        let months: Vec<Vec<String>> = (1..=3).map(|month| month_lines(&days, quarter * 3 + month, language)).collect();
        for row in 0..months.iter().map(Vec::len).max().unwrap_or(0) {
            let cells = months.iter().map(|month| padded(month.get(row).map_or("", String::as_str), MONTH));
            line(cells.collect::<String>().trim_end());
        }
    }
    line("");
    for run in days.chunk_by(alike) {
        if let Some(told) = told(run, language) {
            line(&told);
        }
    }
    let warnings = match language {
        Language::Zh => worked.coverage.chinese(),
        Language::En => worked.coverage.english(),
    };
    warnings.iter().for_each(|warning| eprintln!("{warning}"));
    Ok(())
}

fn days(calendar: &Calendar, year: i16) -> Vec<Day> {
    let first = Date::new(year, 1, 1).ok();
    let days = std::iter::successors(first, |date| date.tomorrow().ok().filter(|next| next.year() == year));
    days.map(|date| calendar.day(date)).collect()
}

fn month_lines(days: &[Day], month: i8, language: Language) -> Vec<String> {
    let (title, names) = match language {
        Language::Zh => (format!("{month} 月"), ["一", "二", "三", "四", "五", "六", "日"]),
        Language::En => {
            let first = days.iter().find(|day| day.date.month() == month);
            let name = first.map(|day| day.date.strftime("%B").to_string());
            (name.unwrap_or_default(), ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"])
        }
    };
    let mut lines = vec![title, names.iter().map(|name| padded(name, CELL)).collect()];
    let mut week = String::new();
    for day in days.iter().filter(|day| day.date.month() == month) {
        let before = usize::from(day.date.weekday().to_monday_zero_offset().unsigned_abs());
        week = padded(&week, before * CELL);
        week.push_str(&format!("{:2}{} ", day.date.day(), mark(day)));
        if day.date.weekday() == Weekday::Sunday {
            lines.push(std::mem::take(&mut week));
        }
    }
    if !week.is_empty() {
        lines.push(week);
    }
    lines
}

fn mark(day: &Day) -> char {
    match (day.reason, day.shifts.is_empty()) {
        (Reason::Weekly, false) => ' ',
        (Reason::Weekly, true) => '.',
        (Reason::Holiday { .. }, _) => '*',
        (Reason::MakeUp { .. }, _) => '+',
        (Reason::Override, false) => '~',
        (Reason::Override, true) => 'x',
    }
}

/// Days side by side that one line can tell.
fn alike(a: &Day, b: &Day) -> bool {
    a.reason == b.reason && a.shifts == b.shifts
}

/// What is out of the ordinary.
fn told(run: &[Day], language: Language) -> Option<String> {
    let (first, last) = (run.first()?, run.last()?);
    let what = match (first.reason, language) {
        (Reason::Weekly, _) => return None,
        (Reason::Holiday { festival: Some(festival) }, Language::Zh) => format!("{}放假", festival.chinese()),
        (Reason::Holiday { festival: Some(festival) }, Language::En) => festival.english().to_owned(),
        (Reason::Holiday { festival: None }, Language::Zh) => "放假".to_owned(),
        (Reason::Holiday { festival: None }, Language::En) => "holiday".to_owned(),
        (Reason::MakeUp { festival: Some(festival) }, Language::Zh) => format!("{}调休上班", festival.chinese()),
        (Reason::MakeUp { festival: Some(festival) }, Language::En) => {
            format!("make-up workday, {}", festival.english())
        }
        (Reason::MakeUp { festival: None }, Language::Zh) => "调休上班".to_owned(),
        (Reason::MakeUp { festival: None }, Language::En) => "make-up workday".to_owned(),
        (Reason::Override, Language::Zh) if first.shifts.is_empty() => "另定不上班".to_owned(),
        (Reason::Override, Language::En) if first.shifts.is_empty() => "closed".to_owned(),
        (Reason::Override, Language::Zh) => "另定工时".to_owned(),
        (Reason::Override, Language::En) => "hours of its own".to_owned(),
    };
    let dates =
        if first.date == last.date { first.date.to_string() } else { format!("{} – {}", first.date, last.date) };
    let hours: Vec<String> = first.shifts.iter().map(ToString::to_string).collect();
    Some(format!("{dates}  {what}  {}", hours.join(", ")).trim_end().to_owned())
}
