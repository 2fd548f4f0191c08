//! Working intervals as instants, counted once and searched.
//!
//! The one thing to know: the four centuries from 1900 are cut into *stretches* of 4,096 days (about eleven years) at UTC
//! midnights. A stretch is built when first asked for, in integers, from the zone's clock changes; a question then costs a
//! binary search in one or two stretches and one addition for each stretch between. Not here: pauses, amounts.

use std::sync::OnceLock;

use jiff::tz::TimeZone;

use crate::civil::{DAY, instant};
use crate::day::Roster;

/// 1900-01-01T00:00:00Z, the first supported instant.
pub(crate) const FIRST: i64 = FIRST_DAY * DAY;
/// 2300-01-01T00:00:00Z, the end of the supported range.
pub(crate) const END: i64 = 10_413_792_000;

const FIRST_DAY: i64 = -25_567;
const STRETCH_DAYS: i64 = 4_096;
/// As many as reach past [`END`].
const STRETCHES: usize = 36;
/// Days beside a stretch whose shifts or wall times can still touch it: a shift of a day and an offset of a day.
const MARGIN: i64 = 3;

/// The hours of a calendar on the line of instants.
pub(crate) struct Table {
    pub(crate) roster: Roster,
    pub(crate) zone: TimeZone,
    stretches: Box<[OnceLock<Stretch>]>,
}

struct Stretch {
    /// Working intervals in order, those that touch joined.
    openings: Box<[Opening]>,
    /// Working seconds of the whole stretch.
    total: i64,
    /// Day numbers that lie in the stretch and have hours, in order.
    days: Box<[i64]>,
    /// Offsets from UTC in force from an instant on; the first is in force from ever.
    offsets: Box<[Offset]>,
}

struct Opening {
    at: i64,
    /// Working seconds of the stretch before it.
    before: i64,
}

struct Offset {
    from: i64,
    seconds: i64,
}

impl Table {
    pub(crate) fn new(roster: Roster, zone: TimeZone) -> Self {
        Self { roster, zone, stretches: (0..STRETCHES).map(|_| OnceLock::new()).collect() }
    }

    /// Working seconds in `[from, to)`; negative when `to` is earlier. Both within [`FIRST`] and [`END`].
    pub(crate) fn count(&self, from: i64, to: i64) -> i64 {
        if to < from {
            return -self.count(to, from);
        }
        let (first, last) = (index(from), index(to));
        let mut seconds = self.stretch(last).map_or(0, |stretch| stretch.worked(to));
        if let Some(stretch) = self.stretch(first) {
            seconds -= stretch.worked(from);
        }
        for between in first..last {
            seconds += self.stretch(between).map_or(0, |stretch| stretch.total);
        }
        seconds
    }

    /// The earliest instant at which `seconds` (more than 0) have been worked since `from`; none before [`END`] is `None`.
    pub(crate) fn advance(&self, from: i64, seconds: i64) -> Option<i64> {
        let mut at = index(from);
        let mut left = seconds.checked_add(self.stretch(at)?.worked(from))?;
        loop {
            let stretch = self.stretch(at)?;
            if left <= stretch.total {
                return stretch.reach(left).filter(|&found| found <= END);
            }
            left -= stretch.total;
            at += 1;
        }
    }

    /// The first working second at or after `from`.
    pub(crate) fn next_working(&self, from: i64) -> Option<i64> {
        self.advance(from, 1).map(|after| after - 1)
    }

    /// The instant of a wall time: the moment of the change if the clock skipped it, its first occurrence if it came twice.
    pub(crate) fn instant_of_wall(&self, wall: i64) -> i64 {
        self.stretch(index(wall)).map_or(wall, |stretch| place(&stretch.offsets, 0, wall).1)
    }

    /// The wall seconds shown at an instant.
    pub(crate) fn wall(&self, at: i64) -> i64 {
        let Some(stretch) = self.stretch(index(at)) else {
            return at;
        };
        let found = stretch.offsets.partition_point(|offset| offset.from <= at);
        at + stretch.offsets.get(found.saturating_sub(1)).map_or(0, |offset| offset.seconds)
    }

    /// The instants of a day's intervals.
    pub(crate) fn day_instants(&self, day: i64) -> impl Iterator<Item = (i64, i64)> + '_ {
        let spans = self.roster.spans(day);
        spans.map(|(from, to)| (self.instant_of_wall(from), self.instant_of_wall(to)))
    }

    /// The day to which a working second belongs: its own, or the day before if that day's shift still runs.
    pub(crate) fn owner(&self, at: i64) -> i64 {
        let day = self.wall(at).div_euclid(DAY);
        let yesterday = self.day_instants(day - 1).any(|(from, to)| from <= at && at < to);
        if yesterday { day - 1 } else { day }
    }

    /// The `n`th working day after `day` (`n` at least 1).
    pub(crate) fn working_day_after(&self, day: i64, n: u32) -> Option<i64> {
        let mut at = index(day * DAY);
        let first = self.stretch(at)?.days.partition_point(|&worked| worked <= day);
        let mut wanted = first + usize::try_from(n).ok()?.checked_sub(1)?;
        loop {
            let days = &self.stretch(at)?.days;
            if let Some(&found) = days.get(wanted) {
                return Some(found);
            }
            wanted -= days.len();
            at += 1;
        }
    }

    /// The `n`th working day before `day` (`n` at least 1).
    pub(crate) fn working_day_before(&self, day: i64, n: u32) -> Option<i64> {
        let mut at = index(day * DAY);
        let mut earlier = self.stretch(at)?.days.partition_point(|&worked| worked < day);
        let mut wanted = usize::try_from(n).ok()?;
        while wanted > earlier {
            wanted -= earlier;
            at = at.checked_sub(1)?;
            earlier = self.stretch(at)?.days.len();
        }
        self.stretch(at)?.days.get(earlier - wanted).copied()
    }

    /// Working days from `first` to `last`, both included.
    pub(crate) fn working_days(&self, first: i64, last: i64) -> usize {
        let within = |stretch: &Stretch| {
            let until = |day: i64| stretch.days.partition_point(|&worked| worked <= day);
            until(last).saturating_sub(until(first - 1))
        };
        (index(first * DAY)..=index(last * DAY)).filter_map(|at| self.stretch(at)).map(within).sum()
    }

    fn stretch(&self, index: usize) -> Option<&Stretch> {
        let cell = self.stretches.get(index)?;
        Some(cell.get_or_init(|| Stretch::build(index, &self.roster, &self.zone)))
    }
}

impl Stretch {
    fn build(index: usize, roster: &Roster, zone: &TimeZone) -> Self {
        let index = i64::try_from(index).unwrap_or(0);
        let (first, last) = (FIRST_DAY + index * STRETCH_DAYS, FIRST_DAY + (index + 1) * STRETCH_DAYS);
        let (begin, end) = (first * DAY, last * DAY);
        let offsets = offsets(zone, begin - MARGIN * DAY, end + MARGIN * DAY);

        let mut openings: Vec<Opening> = Vec::new();
        let mut days = Vec::new();
        let (mut total, mut closed_at, mut cursor) = (0, i64::MIN, 0);
        for day in first - MARGIN..last + MARGIN {
            let mut works = false;
            for (from, to) in roster.spans(day) {
                works = true;
                let (found, from) = place(&offsets, cursor, from);
                let (found, to) = place(&offsets, found, to);
                cursor = found;
                let (from, to) = (from.clamp(begin, end), to.clamp(begin, end));
                if from >= to {
                    continue;
                }
                if from != closed_at {
                    openings.push(Opening { at: from, before: total });
                }
                total += to - from;
                closed_at = to;
            }
            if works && (first..last).contains(&day) {
                days.push(day);
            }
        }
        Self { openings: openings.into(), total, days: days.into(), offsets: offsets.into() }
    }

    /// Working seconds of the stretch before `at`.
    fn worked(&self, at: i64) -> i64 {
        let next = self.openings.partition_point(|opening| opening.at <= at);
        let until_next = self.openings.get(next).map_or(self.total, |opening| opening.before);
        let Some(opening) = next.checked_sub(1).and_then(|own| self.openings.get(own)) else {
            return 0;
        };
        (opening.before + (at - opening.at)).min(until_next)
    }

    /// The earliest instant at which `seconds` (1 to `total`) of the stretch have been worked.
    fn reach(&self, seconds: i64) -> Option<i64> {
        let next = self.openings.partition_point(|opening| opening.before < seconds);
        let opening = self.openings.get(next.checked_sub(1)?)?;
        Some(opening.at + (seconds - opening.before))
    }
}

/// Which stretch an instant lies in; the first or last for what lies outside.
fn index(at: i64) -> usize {
    let stretch = (at - FIRST).div_euclid(STRETCH_DAYS * DAY);
    usize::try_from(stretch).unwrap_or(0).min(STRETCHES - 1)
}

/// The zone's offsets from before `begin` until after `end`.
fn offsets(zone: &TimeZone, begin: i64, end: i64) -> Vec<Offset> {
    let start = instant(begin);
    let first = Offset { from: i64::MIN, seconds: i64::from(zone.to_offset(start).seconds()) };
    let mut offsets = vec![first];
    for change in zone.following(start) {
        let from = change.timestamp().as_second();
        if from > end {
            break;
        }
        offsets.push(Offset { from, seconds: i64::from(change.offset().seconds()) });
    }
    offsets
}

/// The instant of a wall time, and the index of its offset, sought from `cursor` on: the first offset under which the wall
/// time comes before that offset ends. If it falls before the offset begins, the clock skipped it.
fn place(offsets: &[Offset], cursor: usize, wall: i64) -> (usize, i64) {
    let mut at = cursor;
    loop {
        let Some(offset) = offsets.get(at) else {
            return (cursor, wall);
        };
        let instant = wall - offset.seconds;
        match offsets.get(at + 1) {
            Some(next) if instant >= next.from => at += 1,
            _ => return (at, instant.max(offset.from)),
        }
    }
}
