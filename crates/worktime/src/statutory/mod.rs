//! Statutory free days and make-up workdays, looked up by day number.
//!
//! The one thing to know: a table ends with the last published notice, and nothing here guesses beyond it; the caller is told
//! by way of [`Coverage`](crate::Coverage). Not here: the days themselves (`cn.rs`), imported ones (`year.rs`), and how they rank (`day.rs`).

mod cn;
mod fault;
mod festival;
mod icalendar;
mod json;
mod year;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use jiff::civil::Date;

use crate::civil::day_number;

pub use fault::{TableFault, TableFaults, TableProblem};
pub use festival::{Festival, FestivalName};
pub use icalendar::{ImportedTables, LeftOut};
pub use year::{StatutoryDay, StatutoryDayFile, StatutoryFile, StatutoryKind, StatutoryYear};

/// One published notice.
struct Notice {
    year: i16,
    sources: &'static [&'static str],
    /// First and last free day, both `yyyymmdd`.
    free: &'static [(u32, u32, Festival)],
    make_up: &'static [(u32, Festival)],
}

/// What a statutory table says of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Statutory {
    Free(Festival),
    MakeUp(Festival),
}

/// Every day of the Chinese table with its day number, in order, each once. An imported year takes the place of the built-in
/// one, and what a later notice says of a date takes the place of what an earlier one said.
pub(crate) fn china(imported: &[StatutoryYear]) -> BTreeMap<i64, Statutory> {
    let mut years: BTreeMap<i16, &StatutoryYear> = BTreeMap::new();
    let built_in: Vec<StatutoryYear> = StatutoryYear::all_built_in().collect();
    for year in built_in.iter().chain(imported) {
        years.insert(year.year(), year);
    }
    years.into_values().flat_map(StatutoryYear::numbered).collect()
}

/// The years whose notices are in the table.
pub(crate) fn china_years() -> RangeInclusive<i16> {
    let first = cn::NOTICES.first().map_or(0, |notice| notice.year);
    let last = cn::NOTICES.last().map_or(-1, |notice| notice.year);
    first..=last
}

/// A date literal of the table, `yyyymmdd`, as a day number.
fn number(literal: u32) -> i64 {
    let part = |divisor: u32, modulus: u32| i16::try_from(literal / divisor % modulus).unwrap_or(0);
    let month = i8::try_from(part(100, 100)).unwrap_or(0);
    let day = i8::try_from(part(1, 100)).unwrap_or(0);
    // The tests read every literal, so a slip in the data cannot reach this default.
    Date::new(part(10_000, 10_000), month, day).map_or(0, day_number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::civil::date_of;

    /// The counts of the published notices, so that a slip in the data shows.
    #[test]
    fn every_notice_is_whole() {
        let counts: Vec<(i16, usize, usize)> = cn::NOTICES
            .iter()
            .map(|notice| {
                let free = notice.free.iter().map(|&(first, last, _)| (number(first)..=number(last)).count()).sum();
                (notice.year, free, notice.make_up.len())
            })
            .collect();
        let entries: usize = counts.iter().map(|&(_, free, make_up)| free + make_up).sum();
        assert_eq!(entries, 315);
        assert_eq!(counts.iter().map(|count| count.0).collect::<Vec<_>>(), (2018..=2026).collect::<Vec<_>>());
        assert_eq!(counts[8], (2026, 33, 6));
        let days: Vec<i64> = china(&[]).into_keys().collect();
        assert_eq!(days.len(), entries, "no date is named twice");
        for day in days {
            assert!((2018..=2026).contains(&date_of(day).year()));
        }
    }

    #[test]
    fn a_notice_reaches_back_into_december() {
        let of = |literal| china(&[]).remove(&number(literal));
        assert_eq!(of(2018_1229), Some(Statutory::MakeUp(Festival::NewYear)));
        assert_eq!(of(2018_1231), Some(Statutory::Free(Festival::NewYear)));
        assert_eq!(of(2022_1231), Some(Statutory::Free(Festival::NewYear)));
        assert_eq!(of(2022_1230), None);
    }
}
