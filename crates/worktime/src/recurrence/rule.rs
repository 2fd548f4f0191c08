//! On which dates a recurrence is meant, whoever works then.
//!
//! The one thing to know: dates are day numbers, and a rule finds its first date at or after one without walking further than a
//! year. Not here: times, zones and days off (`next.rs`).

use jiff::civil::Date;

use crate::civil::{date_of, day_number, weekday_index};

/// The dates that are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    EveryDays {
        days: i64,
        anchor: i64,
    },
    /// Monday first; at least one.
    Weekly([bool; 7]),
    /// At least one.
    Monthly(Vec<MonthDay>),
    /// Month and day; at least one.
    Yearly(Vec<(i8, i8)>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MonthDay {
    Day(i8),
    Last,
}

impl Rule {
    /// The first date at or after `day`.
    pub(super) fn first_from(&self, day: i64) -> Option<i64> {
        match self {
            Self::EveryDays { days, anchor } => Some(day + (anchor - day).rem_euclid(*days)),
            Self::Weekly(week) => {
                let meant = |day: &i64| week.get(weekday_index(*day)).copied().unwrap_or(false);
                (day..day + 7).find(meant)
            }
            Self::Monthly(days) => {
                let month = date_of(day).first_of_month();
                let next = month.last_of_month().tomorrow().ok();
                [Some(month), next].into_iter().flatten().find_map(|month| {
                    let dates = days.iter().filter_map(|meant| match meant {
                        MonthDay::Day(number) => in_month(month, *number),
                        MonthDay::Last => Some(day_number(month.last_of_month())),
                    });
                    dates.filter(|&date| date >= day).min()
                })
            }
            Self::Yearly(dates) => {
                let year = date_of(day).year();
                [year, year.saturating_add(1)].into_iter().find_map(|year| {
                    let months = dates.iter().filter_map(|&(month, day)| Some((Date::new(year, month, 1).ok()?, day)));
                    months.filter_map(|(month, number)| in_month(month, number)).filter(|&date| date >= day).min()
                })
            }
        }
    }
}

/// That day of a month, or its last where it has no such day.
fn in_month(month: Date, day: i8) -> Option<i64> {
    let day = day.min(month.days_in_month());
    Date::new(month.year(), month.month(), day).ok().map(day_number)
}
