//! Hours and dates in words, and hours as they are typed: `09:00-12:00 13:30-18:00`.
//!
//! The one thing to know: [`read_hours`] takes what people type (other dashes, commas, `9:00`), and [`write_hours`] gives the one
//! spelling back. Whether the hours make sense is worktime's to say.

use jiff::civil::{Date, Weekday};
use yingda_app::calendars::change::hours_of;
use yingda_app::calendars::{CalendarFile, DeskCalendar, HoursFile, IntervalFile, Shift, WeekFile};

use crate::i18n::Tr;

/// The weekdays, Monday first.
pub const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// Dashes between two times, as keyboards have them.
const DASHES: [char; 8] = ['-', '–', '—', '－', '~', '～', '〜', '−'];
/// What may stand between two intervals.
const GAPS: [char; 6] = [',', ';', '，', '；', '、', '/'];

/// Reads intervals; `Err` holds the first piece that is none.
pub fn read_hours(text: &str) -> Result<Vec<IntervalFile>, String> {
    let text: String = text
        .chars()
        .map(|c| match c {
            c if DASHES.contains(&c) => '-',
            c if GAPS.contains(&c) => ' ',
            '：' | '.' => ':',
            c => c,
        })
        .collect();
    // Spaces around a dash part nothing.
    let pieces: Vec<&str> = text.split('-').map(str::trim).collect();
    let text = pieces.join("-");
    text.split_whitespace()
        .map(|piece| match piece.split_once('-') {
            Some((from, to)) if !from.is_empty() && !to.is_empty() => Ok([two_digits(from), two_digits(to)]),
            _ => Err(piece.to_owned()),
        })
        .collect()
}

/// `9:00` is `09:00`; whatever is no time stays as it is, to be refused by its own words.
fn two_digits(time: &str) -> String {
    match time.split_once(':') {
        Some((hour, _)) if hour.len() == 1 => format!("0{time}"),
        _ => time.to_owned(),
    }
}

/// Intervals as they are typed.
#[must_use]
pub fn write_hours(hours: &[IntervalFile]) -> String {
    let pieces: Vec<String> = hours.iter().map(|[from, to]| format!("{from}-{to}")).collect();
    pieces.join(" ")
}

/// The week that these seven texts make; around the clock where each is a whole day.
#[must_use]
pub fn week_of(mut days: [Vec<IntervalFile>; 7]) -> HoursFile {
    let whole = |day: &Vec<IntervalFile>| matches!(day.as_slice(), [[from, to]] if from == "00:00" && to == "24:00");
    if days.iter().all(whole) {
        return HoursFile::Shorthand("24x7".to_owned());
    }
    let mut next = days.iter_mut().map(std::mem::take);
    let mut take = || next.next().unwrap_or_default();
    let (mon, tue, wed, thu) = (take(), take(), take(), take());
    let (fri, sat, sun) = (take(), take(), take());
    HoursFile::Week(Box::new(WeekFile { mon, tue, wed, thu, fri, sat, sun }))
}

/// A calendar's name; what it is called by us while it is as shipped.
#[must_use]
pub fn name_of(t: Tr, calendar: &DeskCalendar) -> String {
    if calendar.name.is_empty() { t.say(&format!("calendar-name-{}", calendar.code)) } else { calendar.name.clone() }
}

/// A weekday's name.
#[must_use]
pub fn weekday(t: Tr, day: Weekday) -> String {
    t.say(&format!("weekday-{}", day.to_monday_one_offset()))
}

/// A date with its weekday; with the year where it is asked for.
#[must_use]
pub fn date(t: Tr, date: Date, key: &str) -> String {
    t.with(
        key,
        &[
            ("year", date.year().to_string()),
            ("month", date.month().to_string()),
            ("mon", t.say(&format!("month-{}", date.month()))),
            ("day", date.day().to_string()),
            ("weekday", weekday(t, date.weekday())),
        ],
    )
}

/// The hours of a day in words.
#[must_use]
pub fn shifts(t: Tr, shifts: &[Shift]) -> String {
    if shifts.is_empty() {
        return t.say("calendar-free");
    }
    let pieces: Vec<String> = shifts.iter().map(ToString::to_string).collect();
    pieces.join(" ")
}

/// The week in words: one line for each run of weekdays with the same hours, without those that have none.
#[must_use]
pub fn week(t: Tr, file: &CalendarFile) -> Vec<String> {
    if matches!(&file.hours, HoursFile::Shorthand(name) if name == "24x7") {
        return vec![t.say("calendar-hours-always")];
    }
    let days: Vec<(Weekday, String)> = WEEK.map(|day| (day, write_hours(&hours_of(file, day)))).to_vec();
    let runs = days.chunk_by(|a, b| a.1 == b.1).filter_map(|run| {
        let ((first, hours), (last, _)) = (run.first()?, run.last()?);
        let words = [("from", weekday(t, *first)), ("to", weekday(t, *last)), ("hours", hours.clone())];
        let key = if first == last { "calendar-hours-day" } else { "calendar-hours-span" };
        (!hours.is_empty()).then(|| t.with(key, &words))
    });
    runs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_taken_as_people_type_them() {
        let office = vec![["09:00".to_owned(), "12:00".to_owned()], ["13:30".to_owned(), "18:00".to_owned()]];
        for typed in [
            "09:00-12:00 13:30-18:00",
            " 9:00 - 12:00,13:30–18:00 ",
            "9：00～12：00，13：30～18：00",
            "09:00 -12:00\n13:30- 18:00",
        ] {
            assert_eq!(read_hours(typed).unwrap(), office, "{typed}");
        }
        assert_eq!(read_hours("  ").unwrap(), Vec::<IntervalFile>::new());
        assert_eq!(write_hours(&office), "09:00-12:00 13:30-18:00");
        // What is no time stays, and is refused by whoever knows times.
        assert_eq!(read_hours("9-25:00").unwrap(), vec![["9".to_owned(), "25:00".to_owned()]]);
    }

    #[test]
    fn what_is_no_interval_is_named() {
        assert_eq!(read_hours("09:00-12:00 morning"), Err("morning".to_owned()));
        assert_eq!(read_hours("09:00-"), Err("09:00-".to_owned()));
        assert_eq!(read_hours("-"), Err("-".to_owned()));
    }
}
