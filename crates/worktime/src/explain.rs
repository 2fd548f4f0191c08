//! The account of a due time or an elapsed time, line by line.
//!
//! The one thing to know: the lines are the same intervals that the tables count, so the running total of the last line is
//! the amount. A long account keeps its first and last month in full and sums up what lies between in one line.
//! Not here: the lines themselves (`line.rs`), and sentences (`render`).

use jiff::Timestamp;
use jiff::civil::DateTime;

use crate::amount::{Amount, Coverage, Pause, TimeError, When};
use crate::calendar::Calendar;
use crate::civil::{DAY, date_of, datetime_of, whole_second};
use crate::line::{Explanation, Line};
use crate::measure::{Gap, Measure, merge};

/// Days told one by one at each end of a long account.
const DETAIL: i64 = 31;

impl Calendar {
    /// The account of [`Calendar::due`].
    pub fn explain_due(&self, start: Timestamp, amount: Amount, pauses: &[Pause]) -> Result<Explanation, TimeError> {
        let begin = self.second(start)?;
        let gaps = merge(pauses, begin);
        let due = self.due_around(begin, amount, &gaps)?;
        let (end, last) = match due.when {
            When::At(at) => {
                let end = whole_second(at);
                (end, Line::Due { at: self.shown(end), instant: at })
            }
            When::Held(since) => {
                let end = whole_second(since);
                (end, Line::Held { since: self.shown(end) })
            }
        };
        // The gap that holds a limit begins where its account ends, and still belongs to it.
        let held = matches!(due.when, When::Held(_));
        let told = |gap: &&Gap| gap.from < end || (held && gap.from <= end);
        let gaps: Vec<Gap> = gaps.iter().filter(told).copied().collect();
        let (body, _) = self.account(begin, end, &gaps, self.measure(amount));
        let first = Line::Start { at: self.shown(begin), amount };
        Ok(self.explanation(first, body, due.coverage, last))
    }

    /// The account of [`Calendar::elapsed`]; asked backwards, that of the same time forwards.
    pub fn explain_elapsed(&self, from: Timestamp, to: Timestamp, pauses: &[Pause]) -> Result<Explanation, TimeError> {
        let (a, b) = (self.second(from)?, self.second(to)?);
        let (begin, end) = (a.min(b), a.max(b));
        let mut gaps = merge(pauses, begin);
        gaps.retain(|gap| gap.from < end);
        let (body, total) = self.account(begin, end, &gaps, Measure::Working(self.table()));
        let first = Line::From { at: self.shown(begin) };
        let last = Line::Until { at: self.shown(end), total };
        Ok(self.explanation(first, body, self.coverage(begin, end), last))
    }

    fn explanation(&self, first: Line, body: Vec<Line>, coverage: Coverage, last: Line) -> Explanation {
        let mut lines = vec![first];
        lines.extend(body);
        lines.extend(coverage.lines());
        lines.push(last);
        Explanation { time_zone: self.file().time_zone.clone(), lines, coverage }
    }

    /// The lines between first and last, and the seconds they count.
    fn account(&self, begin: i64, end: i64, gaps: &[Gap], measure: Measure<'_>) -> (Vec<Line>, i64) {
        let mut entries = Vec::new();
        for gap in gaps {
            let from = gap.from.max(begin);
            let seconds = measure.count(from, gap.to.unwrap_or(end).min(end)).max(0);
            let to = gap.to.map(|to| self.shown(to));
            entries.push((from, Line::Pause { from: self.shown(from), to, seconds }));
        }
        match measure {
            Measure::Working(_) => self.tell_days(begin, end, gaps, &mut entries),
            Measure::Calendar => {
                for (from, to) in outside(begin, end, gaps) {
                    let (seconds, total) = (to - from, 0);
                    entries.push((
                        from,
                        Line::CalendarTime { from: self.shown(from), to: self.shown(to), seconds, total },
                    ));
                }
            }
        }
        entries.sort_by_key(|&(at, _)| at);
        add_up(entries.into_iter().map(|(_, line)| line))
    }

    fn tell_days(&self, begin: i64, end: i64, gaps: &[Gap], entries: &mut Vec<(i64, Line)>) {
        if begin >= end {
            return;
        }
        let today = |at| self.table().wall(at).div_euclid(DAY);
        // The night shift of the day before may still run at the start.
        let (first, last) = (today(begin) - 1, today(end - 1));
        if last - first <= 3 * DETAIL {
            (first..=last).for_each(|day| self.tell_day(day, begin, end, gaps, entries));
            return;
        }
        let (between, after) = (first + DETAIL, last - DETAIL + 1);
        (first..between).for_each(|day| self.tell_day(day, begin, end, gaps, entries));
        let (from, to) = (self.day_begins(between), self.day_begins(after));
        let seconds = outside(from, to, gaps).map(|(from, to)| self.table().count(from, to)).sum();
        let working_days = self.table().working_days(between, after - 1);
        let (first_date, last_date) = (date_of(between), date_of(after - 1));
        entries.push((from, Line::Between { from: first_date, to: last_date, working_days, seconds, total: 0 }));
        (after..=last).for_each(|day| self.tell_day(day, begin, end, gaps, entries));
    }

    fn tell_day(&self, day: i64, begin: i64, end: i64, gaps: &[Gap], entries: &mut Vec<(i64, Line)>) {
        let table = self.table();
        let (reason, _) = table.roster.plan(day);
        let midnight = table.instant_of_wall(day * DAY).max(begin);
        let next_midnight = table.instant_of_wall((day + 1) * DAY).min(end);
        let (mut has_hours, mut still_works) = (false, false);
        for (opens, closes) in table.day_instants(day) {
            has_hours = true;
            still_works |= closes > begin;
            for (from, to) in outside(opens.max(begin), closes.min(end), gaps) {
                let (seconds, total) = (to - from, 0);
                let (shown_from, shown_to) = (self.shown(from), self.shown(to));
                let line = Line::Work { date: date_of(day), from: shown_from, to: shown_to, seconds, total, reason };
                entries.push((from, line));
            }
        }
        // Days that a pause covers wholly are told by the pause.
        if outside(midnight, next_midnight, gaps).next().is_none() {
            return;
        }
        let date = date_of(day);
        if !has_hours {
            entries.push((midnight, Line::Closed { from: date, to: date, reason }));
        } else if !still_works {
            entries.push((midnight, Line::AfterHours { date }));
        }
    }

    /// The instant from which a day's own shifts can run: its midnight, or the end of the night shift before.
    fn day_begins(&self, day: i64) -> i64 {
        let midnight = self.table().instant_of_wall(day * DAY);
        let night = self.table().day_instants(day - 1).last();
        night.map_or(midnight, |(_, closes)| closes.max(midnight))
    }

    fn shown(&self, at: i64) -> DateTime {
        datetime_of(self.table().wall(at))
    }
}

impl Coverage {
    /// What was left unsaid, as lines of an account.
    pub(crate) fn lines(&self) -> Vec<Line> {
        let missing = Some(&self.missing_years).filter(|years| !years.is_empty());
        let missing = missing.map(|years| Line::NoTable { years: years.clone() });
        let unsettled = self.unsettled_year_end.map(|year| Line::UnsettledYearEnd { year });
        missing.into_iter().chain(unsettled).collect()
    }
}

/// The parts of `[from, to)` outside gaps, in order.
fn outside(from: i64, to: i64, gaps: &[Gap]) -> impl Iterator<Item = (i64, i64)> + '_ {
    let ends = gaps.iter().map(|gap| gap.from).chain([i64::MAX]);
    let begins = [i64::MIN].into_iter().chain(gaps.iter().map(|gap| gap.to.unwrap_or(i64::MAX)));
    let parts = begins.zip(ends).map(move |(begin, end)| (begin.max(from), end.min(to)));
    parts.filter(|(begin, end)| begin < end)
}

/// Joins free days side by side and fills in the running total.
fn add_up(lines: impl Iterator<Item = Line>) -> (Vec<Line>, i64) {
    let mut told: Vec<Line> = Vec::new();
    let mut sum = 0;
    for mut line in lines {
        match &mut line {
            Line::Work { seconds, total, .. }
            | Line::Between { seconds, total, .. }
            | Line::CalendarTime { seconds, total, .. } => {
                sum += *seconds;
                *total = sum;
            }
            Line::Closed { from, to, reason } => {
                if let Some(Line::Closed { to: until, reason: same, .. }) = told.last_mut()
                    && *same == *reason
                    && until.tomorrow().ok() == Some(*from)
                {
                    *until = *to;
                    continue;
                }
            }
            _ => {}
        }
        told.push(line);
    }
    (told, sum)
}
