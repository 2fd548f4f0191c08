//! Two ways to measure time, and pauses, which both treat alike.
//!
//! The one thing to know: a pause adds to an amount exactly what the measure counts inside it, so pauses never need a walk.
//! Not here: how working seconds are counted (`table.rs`).

use crate::amount::{Pause, TimeError};
use crate::civil::whole_second;
use crate::table::{END, FIRST, Table};

/// How seconds are counted.
#[derive(Clone, Copy)]
pub(crate) enum Measure<'a> {
    Working(&'a Table),
    Calendar,
}

impl Measure<'_> {
    /// Seconds in `[from, to)`; negative backwards.
    pub(crate) fn count(self, from: i64, to: i64) -> i64 {
        match self {
            Self::Working(table) => table.count(from, to),
            Self::Calendar => to - from,
        }
    }

    /// The earliest instant not before `from` at which `seconds` have been counted since.
    pub(crate) fn advance(self, from: i64, seconds: i64) -> Result<i64, TimeError> {
        if seconds <= 0 {
            return Ok(from);
        }
        let found = match self {
            Self::Working(table) => table.advance(from, seconds),
            Self::Calendar => from.checked_add(seconds),
        };
        found.filter(|&at| at < END).ok_or(TimeError::NeverReached)
    }

    /// As [`Measure::advance`], around gaps.
    pub(crate) fn reach(self, from: i64, seconds: i64, gaps: &[Gap]) -> Result<Reach, TimeError> {
        let mut needed = seconds;
        for gap in gaps {
            let begin = gap.from.max(from);
            if self.count(from, begin) >= needed {
                break;
            }
            let Some(to) = gap.to else {
                return Ok(Reach::Held(begin));
            };
            needed = needed.checked_add(self.count(begin, to)).ok_or(TimeError::NeverReached)?;
        }
        self.advance(from, needed).map(Reach::At)
    }

    /// Seconds in `[from, to)` outside gaps; negative backwards.
    pub(crate) fn outside(self, from: i64, to: i64, pauses: &[Pause]) -> i64 {
        if to < from {
            return -self.outside(to, from, pauses);
        }
        let inside = |gap: &Gap| {
            let (begin, end) = (gap.from.max(from), gap.to.unwrap_or(to).min(to));
            if begin < end { self.count(begin, end) } else { 0 }
        };
        self.count(from, to) - merge(pauses, from).iter().map(inside).sum::<i64>()
    }
}

/// Where an amount is used up, or the open gap that comes first.
pub(crate) enum Reach {
    At(i64),
    Held(i64),
}

/// Pauses joined: in order, apart from each other, each longer than nothing. `None` is open.
#[derive(Clone, Copy)]
pub(crate) struct Gap {
    pub(crate) from: i64,
    pub(crate) to: Option<i64>,
}

/// The gaps that last beyond `start`.
pub(crate) fn merge(pauses: &[Pause], start: i64) -> Vec<Gap> {
    let bounded = |instant| whole_second(instant).clamp(FIRST, END);
    let mut gaps: Vec<Gap> = pauses
        .iter()
        .map(|pause| Gap { from: bounded(pause.from), to: pause.to.map(bounded) })
        .filter(|gap| gap.to.is_none_or(|to| to > gap.from && to > start))
        .collect();
    gaps.sort_unstable_by_key(|gap| gap.from);
    let mut joined: Vec<Gap> = Vec::with_capacity(gaps.len());
    for gap in gaps {
        match joined.last_mut() {
            Some(last) if last.to.is_none_or(|to| gap.from <= to) => {
                last.to = last.to.zip(gap.to).map(|(a, b)| a.max(b));
            }
            _ => joined.push(gap),
        }
    }
    joined
}
