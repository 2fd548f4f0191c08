//! A year as the page shows it: months, holidays, exceptions, and what is missing.

use jiff::civil::Date;
use jiff::{ToSpan, civil};
use yingda_app::calendars::year::{CalendarYear, Tables};
use yingda_app::calendars::{Day, Festival, Reason};

use super::day::{festival_name, look, usual, why};
use super::words::{date, shifts};
use crate::i18n::Tr;
use crate::views::calendars::{DayCell, MonthView};

/// The twelve months of a year whose days these are.
pub fn months(t: Tr, code: &str, days: &[Day], today: Date, chosen: Option<Date>) -> Vec<MonthView> {
    let usual = usual(days.iter());
    days.chunk_by(|a, b| a.date.month() == b.date.month())
        .filter_map(|month| {
            let first = month.first()?.date;
            let lead = usize::try_from(first.weekday().to_monday_zero_offset()).unwrap_or_default();
            let cells = month.iter().map(|day| Some(cell(t, code, day, usual, today, chosen)));
            let mut places: Vec<Option<DayCell>> = std::iter::repeat_n(None, lead).chain(cells).collect();
            places.resize(places.len().next_multiple_of(7), None);
            Some(MonthView {
                name: t.say(&format!("month-{}", first.month())),
                id: format!("month-{}", first.month()),
                weeks: places.chunks(7).map(<[_]>::to_vec).collect(),
            })
        })
        .collect()
}

fn cell(t: Tr, code: &str, day: &Day, usual: u32, today: Date, chosen: Option<Date>) -> DayCell {
    let look = look(day, usual);
    let mut words = vec![date(t, day.date, "calendar-day-date")];
    match &day.reason {
        Reason::Weekly => words.push(t.say(&format!("calendar-look-{}", look.name()))),
        reason => words.push(why(t, reason)),
    }
    if !day.shifts.is_empty() {
        words.push(shifts(t, &day.shifts));
    }
    if day.date == today {
        words.push(t.say("calendar-today"));
    }
    DayCell {
        day: day.date.day().to_string(),
        date: day.date.to_string(),
        href: day_href(code, day.date),
        title: words.join(" · "),
        look,
        today: day.date == today,
        chosen: chosen == Some(day.date),
    }
}

/// Where a date is opened.
pub fn day_href(code: &str, date: Date) -> String {
    format!("/calendars/{code}?year={}&day={date}#day", date.year())
}

/// The statutory days of a year: occasion, days off, make-up workdays.
pub fn festivals(t: Tr, days: &[Day]) -> Vec<[String; 3]> {
    struct Run {
        festival: Festival,
        first: Date,
        last: Date,
        makeups: Vec<Date>,
    }
    let mut runs: Vec<Run> = Vec::new();
    for day in days {
        if let Reason::Holiday { festival: Some(festival) } = day.reason {
            let next = |run: &Run| run.festival == festival && run.last.tomorrow().ok() == Some(day.date);
            match runs.last_mut().filter(|run| next(run)) {
                Some(run) => run.last = day.date,
                None => runs.push(Run { festival, first: day.date, last: day.date, makeups: Vec::new() }),
            }
        }
    }
    for day in days {
        if let Reason::MakeUp { festival: Some(festival) } = day.reason {
            let far = |run: &&mut Run| (run.first - day.date).get_days().unsigned_abs();
            let mine = runs.iter_mut().filter(|run| run.festival == festival);
            match mine.min_by_key(far) {
                Some(run) => run.makeups.push(day.date),
                // Announced for the new year, worked in the old.
                None => runs.push(Run { festival, first: day.date, last: day.date - 1.day(), makeups: vec![day.date] }),
            }
        }
    }
    let short = |day: Date| date(t, day, "calendar-day-short");
    let with_weekday = |day: Date| date(t, day, "calendar-day-date");
    let line = |run: Run| {
        let n = (run.last - run.first).get_days() + 1;
        let off = match n {
            ..=0 => String::new(),
            1 => with_weekday(run.first),
            _ => t.with(
                "calendar-festival-days",
                &[("from", short(run.first)), ("to", short(run.last)), ("n", n.to_string())],
            ),
        };
        let makeups: Vec<String> = run.makeups.into_iter().map(with_weekday).collect();
        [festival_name(t, &run.festival), off, makeups.join(&t.say("list-comma"))]
    };
    runs.into_iter().map(line).collect()
}

/// The dates that the calendar sets by itself: date, what it is, where it is opened.
pub fn exceptions(t: Tr, code: &str, days: &[Day]) -> Vec<[String; 3]> {
    let own = days.iter().filter(|day| {
        matches!(day.reason, Reason::Override | Reason::Holiday { festival: None } | Reason::MakeUp { festival: None })
    });
    own.map(|day| [date(t, day.date, "calendar-day-date"), shifts(t, &day.shifts), day_href(code, day.date)]).collect()
}

/// The years whose statutory days are known, in words.
pub fn years(t: Tr, tables: &Tables) -> String {
    if !tables.followed {
        return t.say("calendar-years-none");
    }
    let runs: Vec<String> = tables
        .known
        .iter()
        .map(|(from, to)| {
            let words = [("from", from.to_string()), ("to", to.to_string())];
            t.with(if from == to { "calendar-years-one" } else { "calendar-years-range" }, &words)
        })
        .collect();
    runs.join(&t.say("list-comma"))
}

/// What is missing for the year that is shown, and for this and the next.
pub fn warnings(t: Tr, year: &CalendarYear) -> Vec<String> {
    let mut missing = year.tables.missing.clone();
    if year.without_table && !missing.contains(&year.year) {
        missing.insert(0, year.year);
    }
    let say = |missing: &i16| {
        let key = if *missing > year.today.year() { "calendar-no-table-next" } else { "calendar-no-table" };
        t.with(key, &[("year", missing.to_string())])
    };
    missing.iter().map(say).collect()
}

/// The year before and the year after, as far as calendars reach.
pub fn around(code: &str, year: i16) -> (Option<String>, Option<String>) {
    let known = yingda_app::calendars::change::YEARS;
    let to = |year: i16| known.contains(&year).then(|| format!("/calendars/{code}?year={year}"));
    (to(year - 1), to(year + 1))
}

/// All days of a year by a calendar, for samples.
pub fn days_of(calendar: &yingda_app::calendars::Calendar, year: i16) -> Vec<Day> {
    let all = civil::date(year, 1, 1).series(1.day()).take_while(|date| date.year() == year);
    all.map(|date| calendar.day(date)).collect()
}
