//! Due times and rungs, derived from what happened: pure, and the same for a page, the sweep, a preview and a test.
//!
//! The one thing to know: `due` here is the only place where a limit, its extensions and its pauses become an instant, so that a
//! stored due time can always be recomputed. Nothing is read or written here.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use worktime::{Amount, Calendar, Explanation, Lead, Pause};
use yingda_process::clock::{Rung, RungAt};
use yingda_process::{Limit, LimitUnit};

/// What a clock counts against, as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// An empty cell (J03): it measures, and nothing is due.
    Empty,
    /// So long from the start.
    Limit(Limit),
    /// So many seconds from the start: a limit that was set for one ticket as a time of day.
    Seconds {
        /// How many.
        seconds: u64,
        /// Whether they are seconds of working time.
        working: bool,
    },
    /// So long before a planned date, or at it.
    Planned {
        /// The date.
        date: Date,
        /// The instant, where the field has a time of day.
        at: Option<Timestamp>,
        /// How long before; `None`: at it.
        lead: Option<Limit>,
    },
}

impl Target {
    /// Whether it runs in working time.
    #[must_use]
    pub fn is_working(&self) -> bool {
        match self {
            Self::Limit(limit) => amount(*limit).is_working(),
            Self::Seconds { working, .. } => *working,
            Self::Empty | Self::Planned { .. } => false,
        }
    }
}

/// Everything that a due time rests on.
#[derive(Debug, Clone, Copy)]
pub struct Timing<'a> {
    /// When the clock started.
    pub start: Timestamp,
    /// Against what.
    pub target: &'a Target,
    /// Extensions that were granted, in their order.
    pub extra: &'a [Limit],
    /// When it stood still.
    pub pauses: &'a [Pause],
}

/// A limit as worktime counts it.
#[must_use]
pub fn amount(limit: Limit) -> Amount {
    let n = limit.amount;
    match limit.unit {
        LimitUnit::WorkingMinutes => Amount::WorkingSeconds(u64::from(n) * 60),
        LimitUnit::WorkingHours => Amount::working_hours(n),
        LimitUnit::WorkingDays => Amount::WorkingDays(n),
        LimitUnit::Minutes => Amount::CalendarSeconds(u64::from(n) * 60),
        LimitUnit::Hours => Amount::calendar_hours(n),
        LimitUnit::Days => Amount::CalendarDays(n),
        LimitUnit::Weeks => Amount::CalendarDays(n.saturating_mul(7)),
        LimitUnit::Months => Amount::CalendarMonths(n),
    }
}

/// When a clock is due; `None` without a limit, while an open pause holds it, and beyond the years that calendars reach.
#[must_use]
pub fn due(calendar: &Calendar, timing: &Timing<'_>) -> Option<Timestamp> {
    let first = match timing.target {
        Target::Empty => return None,
        Target::Planned { date, at, lead } => planned(calendar, *date, *at, *lead),
        _ => reach(calendar, timing.start, base(timing.target)?, timing.pauses),
    }?;
    timing.extra.iter().try_fold(first, |due, extra| reach(calendar, due, amount(*extra), timing.pauses))
}

fn base(target: &Target) -> Option<Amount> {
    match target {
        Target::Limit(limit) => Some(amount(*limit)),
        Target::Seconds { seconds, working: true } => Some(Amount::WorkingSeconds(*seconds)),
        Target::Seconds { seconds, working: false } => Some(Amount::CalendarSeconds(*seconds)),
        Target::Empty | Target::Planned { .. } => None,
    }
}

fn reach(calendar: &Calendar, start: Timestamp, amount: Amount, pauses: &[Pause]) -> Option<Timestamp> {
    calendar.due(start, amount, pauses).ok()?.at()
}

fn planned(calendar: &Calendar, date: Date, at: Option<Timestamp>, lead: Option<Limit>) -> Option<Timestamp> {
    match (lead.map(|limit| (limit, days_before(limit))), at) {
        (None, Some(at)) => Some(at),
        (None, None) => calendar.due_before(date, Lead::Days(0)).ok()?.at(),
        (Some((_, Some(lead))), _) => calendar.due_before(date, lead).ok()?.at(),
        // A lead in hours or minutes counts back from the instant, or from the end of the date.
        (Some((limit, None)), at) => {
            let at = at.or_else(|| calendar.due_before(date, Lead::Days(0)).ok()?.at())?;
            back(calendar, at, limit)
        }
    }
}

fn days_before(limit: Limit) -> Option<Lead> {
    match limit.unit {
        LimitUnit::WorkingDays => Some(Lead::WorkingDays(limit.amount)),
        LimitUnit::Days => Some(Lead::Days(limit.amount)),
        LimitUnit::Weeks => Some(Lead::Days(limit.amount.saturating_mul(7))),
        LimitUnit::Months => Some(Lead::Months(limit.amount)),
        LimitUnit::WorkingMinutes | LimitUnit::WorkingHours | LimitUnit::Minutes | LimitUnit::Hours => None,
    }
}

/// The latest instant from which so much is left until `end`.
fn back(calendar: &Calendar, end: Timestamp, limit: Limit) -> Option<Timestamp> {
    match amount(limit) {
        Amount::WorkingSeconds(seconds) => {
            // Looked for by halves: working time grows with the distance, and worktime counts forwards only.
            let wanted = i64::try_from(seconds).ok()?;
            let left = |from| calendar.elapsed(from, end, &[]).map(|e| e.seconds).unwrap_or(i64::MAX);
            let mut distance = jiff::SignedDuration::from_hours(24);
            while left(end.checked_sub(distance).ok()?) < wanted {
                distance = distance.checked_mul(2)?;
            }
            let (mut far, mut near) = (end.checked_sub(distance).ok()?, end);
            while near.duration_since(far) > jiff::SignedDuration::from_secs(1) {
                let middle = far + near.duration_since(far) / 2;
                if left(middle) >= wanted { far = middle } else { near = middle }
            }
            Timestamp::from_second(far.as_second()).ok()
        }
        Amount::CalendarSeconds(seconds) => {
            end.checked_sub(jiff::SignedDuration::from_secs(i64::try_from(seconds).ok()?)).ok()
        }
        Amount::WorkingDays(_)
        | Amount::WorkingDaysToClose(_)
        | Amount::CalendarDays(_)
        | Amount::CalendarMonths(_) => {
            let date = end.to_zoned(calendar.time_zone().clone());
            let lead = days_before(limit)?;
            let day = calendar.date_before(date.date(), lead).ok()?;
            day.to_datetime(date.time()).to_zoned(calendar.time_zone().clone()).ok().map(|zoned| zoned.timestamp())
        }
    }
}

/// When each rung of a ladder is reached, in the ladder's order; `None` where it has no time.
#[must_use]
pub fn rungs(calendar: &Calendar, timing: &Timing<'_>, due: Timestamp, ladder: &[Rung]) -> Vec<Option<Timestamp>> {
    ladder.iter().map(|rung| rung_at(calendar, timing, due, rung.when)).collect()
}

fn rung_at(calendar: &Calendar, timing: &Timing<'_>, due: Timestamp, when: RungAt) -> Option<Timestamp> {
    match when {
        RungAt::AtLimit => Some(due),
        RungAt::After(limit) => reach(calendar, due, amount(limit), &[]),
        RungAt::Before(limit) => Some(back(calendar, due, limit)?.max(timing.start)),
        RungAt::PercentLeft(percent) => {
            let working = timing.target.is_working();
            let whole = if working {
                calendar.elapsed(timing.start, due, timing.pauses).ok()?.seconds
            } else {
                worktime::calendar_elapsed(timing.start, due, timing.pauses)
            };
            let passed = u64::try_from(whole).ok()? * u64::from(100_u32.saturating_sub(percent)) / 100;
            let amount = if working { Amount::WorkingSeconds(passed) } else { Amount::CalendarSeconds(passed) };
            reach(calendar, timing.start, amount, timing.pauses)
        }
    }
}

/// The account of a due time: one for the limit, one for each extension. Empty without a limit that counts forward.
#[must_use]
pub fn explain(calendar: &Calendar, timing: &Timing<'_>) -> Vec<Explanation> {
    let mut accounts = Vec::new();
    let mut start = timing.start;
    let mut amounts = Vec::new();
    match timing.target {
        Target::Planned { date, at, lead } => match planned(calendar, *date, *at, *lead) {
            Some(at) => start = at,
            None => return accounts,
        },
        other => amounts.extend(base(other)),
    }
    amounts.extend(timing.extra.iter().copied().map(amount));
    for amount in amounts {
        let Ok(account) = calendar.explain_due(start, amount, timing.pauses) else { break };
        accounts.push(account);
        match reach(calendar, start, amount, timing.pauses) {
            Some(at) => start = at,
            None => break,
        }
    }
    accounts
}

/// The working or calendar seconds that a clock has run by an instant.
#[must_use]
pub fn passed(calendar: &Calendar, timing: &Timing<'_>, at: Timestamp) -> i64 {
    if timing.target.is_working() {
        calendar.elapsed(timing.start, at, timing.pauses).map_or(0, |elapsed| elapsed.seconds)
    } else {
        worktime::calendar_elapsed(timing.start, at, timing.pauses)
    }
}
