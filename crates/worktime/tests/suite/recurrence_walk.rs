//! Random recurrences against a walker that looks at every date.

use jiff::ToSpan;
use jiff::civil::Date;
use worktime::{Calendar, OnDayOff, Recurrence, RecurrenceFile, Words};

use crate::random::{self, Random, instant};
use crate::walker::Walker;

/// Dates that the walker looks at, before and after the asked one.
const LOOK: i64 = 45;

#[test]
fn the_next_occurrence_is_where_the_day_walker_finds_it() {
    let mut random = Random(11);
    let (mut asked, mut found) = (0, 0);
    for _ in 0..150 {
        let (file, calendar, first) = random::calendar(&mut random);
        let walker = Walker::new(&file);
        for _ in 0..4 {
            let (written, rule) = recurrence(&mut random, first);
            let begin = walker.instant(first, 0);
            for _ in 0..5 {
                let after = begin + random.within(-2 * 86_400, 16 * 86_400);
                let next = calendar.next(&rule, instant(after)).unwrap();
                let wanted = walk(&calendar, &walker, &written, after);
                let context = || format!("{after} {written:?} in {file:?}");
                asked += 1;
                if let Some((at, nominal)) = wanted {
                    let next = next.unwrap();
                    assert_eq!((next.at.as_second(), next.nominal), (at, nominal), "{}", context());
                    found += 1;
                } else if let Some(next) = next {
                    let near = first.checked_add((LOOK - 20).days()).unwrap();
                    assert!(next.nominal > near || next.date > near, "{} for {next:?}", context());
                }
            }
        }
    }
    assert!(asked == 3_000 && found > 1_500, "{found} of {asked}");
}

fn recurrence(random: &mut Random, first: Date) -> (RecurrenceFile, Recurrence) {
    loop {
        let mut words = |of: &[&str]| {
            let count = random.within(1, 4);
            Some(Words((0..count).map(|_| random.pick(of).to_owned()).collect()))
        };
        let mut file = RecurrenceFile::default();
        let weekdays = words(&["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);
        let days = words(&["1", "5", "15", "28", "29", "30", "31", "last"]);
        let dates = words(&["01-01", "02-29", "03-10", "05-07", "10-27", "11-03", "12-31"]);
        match random.within(0, 4) {
            0 => file.every_days = Some(u32::try_from(random.within(1, 6)).unwrap()),
            1 => file.weekly_on = weekdays,
            2 => file.monthly_on = days,
            _ => file.yearly_on = dates,
        }
        let minute = random.within(0, 97) * 15;
        file.at = format!("{:02}:{:02}", minute / 60, minute % 60);
        if file.every_days.is_some() || random.once_in(5) {
            file.from = Some(first.checked_add(random.within(-20, 10).days()).unwrap().to_string());
        }
        if random.once_in(5) {
            file.until = Some(first.checked_add(random.within(0, 20).days()).unwrap().to_string());
        }
        file.on_day_off = random.pick(&[OnDayOff::AsIs, OnDayOff::Skip, OnDayOff::Before, OnDayOff::After]);
        if let Ok(read) = Recurrence::new(file.clone()) {
            return (file, read);
        }
    }
}

/// The first instant after `after` among the dates looked at, with the first date that is meant by it.
fn walk(calendar: &Calendar, walker: &Walker, file: &RecurrenceFile, after: i64) -> Option<(i64, Date)> {
    let today = instant(after).to_zoned(calendar.time_zone().clone()).date();
    let minutes: Vec<i64> = file.at.split(':').map(|part| part.parse().unwrap()).collect();
    let works = |date: Date| !calendar.day(date).shifts.is_empty();
    let mut found: Option<(i64, Date)> = None;
    for offset in -LOOK..LOOK {
        let nominal = today.checked_add(offset.days()).unwrap();
        if !means(file, nominal) {
            continue;
        }
        let step = |by: i64| (0..LOOK).map(|n| nominal.checked_add((n * by).days()).unwrap()).find(|&date| works(date));
        let date = match file.on_day_off {
            OnDayOff::AsIs => Some(nominal),
            OnDayOff::Skip => Some(nominal).filter(|&date| works(date)),
            OnDayOff::Before => step(-1),
            OnDayOff::After => step(1),
        };
        let Some(date) = date else { continue };
        let at = walker.instant(date, minutes[0] * 60 + minutes[1]);
        if at > after && found.is_none_or(|(best, _)| at < best) {
            found = Some((at, nominal));
        }
    }
    found
}

fn means(file: &RecurrenceFile, date: Date) -> bool {
    let limit = |text: &Option<String>| text.as_ref().map(|text| text.parse::<Date>().unwrap());
    let (from, until) = (limit(&file.from), limit(&file.until));
    if from.is_some_and(|from| date < from) || until.is_some_and(|until| date > until) {
        return false;
    }
    let last = date.last_of_month();
    if let Some(days) = file.every_days {
        let since = from.map_or(0, |from| date.since(from).unwrap().get_days());
        since % i32::try_from(days).unwrap() == 0
    } else if let Some(Words(words)) = &file.weekly_on {
        words.contains(&date.strftime("%a").to_string().to_lowercase())
    } else if let Some(Words(words)) = &file.monthly_on {
        words.iter().any(|word| match word.as_str() {
            "last" => date == last,
            day => day.parse::<i8>().unwrap().min(last.day()) == date.day(),
        })
    } else {
        let Words(words) = file.yearly_on.as_ref().unwrap();
        words.iter().any(|word| {
            let day = if word == "02-29" && !date.in_leap_year() { "02-28" } else { word };
            date.strftime("%m-%d").to_string() == day
        })
    }
}
