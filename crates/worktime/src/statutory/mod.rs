//! Statutory free days and make-up workdays, looked up by day number.
//!
//! The one thing to know: a table ends with the last published notice, and nothing here guesses beyond it; the caller is told
//! by way of [`Coverage`](crate::Coverage). Not here: the days themselves (`cn.rs`), and how they rank (`day.rs`).

mod cn;

use std::ops::RangeInclusive;

use jiff::civil::Date;
use serde::Serialize;

use crate::civil::day_number;

/// The occasion of a statutory day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Festival {
    /// 元旦
    NewYear,
    /// 春节
    Spring,
    /// 清明节
    Qingming,
    /// 劳动节
    Labour,
    /// 端午节
    DragonBoat,
    /// 中秋节
    MidAutumn,
    /// 国庆节
    National,
    /// 国庆节、中秋节 in one run.
    NationalMidAutumn,
}

impl Festival {
    /// The name as the notices write it.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::NewYear => "元旦",
            Self::Spring => "春节",
            Self::Qingming => "清明节",
            Self::Labour => "劳动节",
            Self::DragonBoat => "端午节",
            Self::MidAutumn => "中秋节",
            Self::National => "国庆节",
            Self::NationalMidAutumn => "国庆节、中秋节",
        }
    }

    /// The usual English name.
    pub fn english(self) -> &'static str {
        match self {
            Self::NewYear => "New Year's Day",
            Self::Spring => "Spring Festival",
            Self::Qingming => "Qingming Festival",
            Self::Labour => "Labour Day",
            Self::DragonBoat => "Dragon Boat Festival",
            Self::MidAutumn => "Mid-Autumn Festival",
            Self::National => "National Day",
            Self::NationalMidAutumn => "National Day and Mid-Autumn Festival",
        }
    }
}

/// One published notice.
struct Notice {
    year: i16,
    #[expect(dead_code, reason = "kept beside the data so that a reader can check it")]
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

/// Every day of the Chinese table with its day number.
pub(crate) fn china() -> impl Iterator<Item = (i64, Statutory)> {
    cn::NOTICES.iter().flat_map(|notice| {
        let free = notice.free.iter().flat_map(|&(first, last, festival)| {
            (number(first)..=number(last)).map(move |day| (day, Statutory::Free(festival)))
        });
        let make_up = notice.make_up.iter().map(|&(day, festival)| (number(day), Statutory::MakeUp(festival)));
        free.chain(make_up)
    })
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
        let mut days: Vec<i64> = china().map(|(day, _)| day).collect();
        days.sort_unstable();
        days.dedup();
        assert_eq!(days.len(), entries, "no date is named twice");
        for day in days {
            assert!((2018..=2026).contains(&date_of(day).year()));
        }
    }

    #[test]
    fn a_notice_reaches_back_into_december() {
        let of = |literal| china().find(|&(day, _)| day == number(literal)).map(|(_, what)| what);
        assert_eq!(of(2018_1229), Some(Statutory::MakeUp(Festival::NewYear)));
        assert_eq!(of(2018_1231), Some(Statutory::Free(Festival::NewYear)));
        assert_eq!(of(2022_1231), Some(Statutory::Free(Festival::NewYear)));
        assert_eq!(of(2022_1230), None);
    }
}
