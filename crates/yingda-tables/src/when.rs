//! Dates as people and programs write them, to instants.
//!
//! The one thing to know: S03's own rows have lost the blank between date and time (`2024-10-0109:30`), so that form is read
//! too, but only where the day and the hour have two digits each; anything that could be read in two ways is refused.
//!
//! Not here: durations and recurring dates, and any guess at a date that is not on the calendar.

use jiff::Timestamp;
use jiff::civil::{DateTime, Time};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use serde::{Deserialize, Serialize};

use crate::fold;
use crate::serial::from_serial;

/// Which order the numbers of a date stand in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateStyle {
    /// Year first: `2024-10-01 09:30`, `2024/10/1 9:30`, `2024年10月1日 9时30分`, ISO 8601, `20241001`, Excel serials.
    #[default]
    Standard,
    /// All of those, and month first: `10/31/2024 03:15:00 PM`.
    Us,
}

impl DateStyle {
    /// A date as it is expected, to be shown beside a fault.
    #[must_use]
    pub const fn example(self) -> &'static str {
        match self {
            Self::Standard => "2024-10-01 09:30",
            Self::Us => "10/31/2024 03:15:00 PM",
        }
    }
}

/// A date that was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    pub at: Timestamp,
    pub precision: Precision,
    /// The clock showed this time twice (end of summer time); the first of the two was taken.
    pub shown_twice: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// Only a date was given; the instant is the day's midnight.
    Day,
    Time,
}

/// Why a date was not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum DateFault {
    #[error("this is not a date")]
    NotADate,
    #[error("there is no such day or time")]
    Impossible,
    #[error("the blank between day and hour is missing, and the digits can be read in two ways")]
    TwoReadings,
    #[error("month-first dates need the mapping to say so")]
    MonthFirst,
    #[error("the clock skipped this time (beginning of summer time)")]
    SkippedByClock,
    #[error("the date is not between 1970 and 2199")]
    OutOfRange,
}

/// Reads one date; `zone` says where its clock hangs unless the text carries an offset of its own.
///
/// # Errors
/// See [`DateFault`].
pub fn parse_when(text: &str, style: DateStyle, zone: &TimeZone) -> Result<When, DateFault> {
    let text: String = fold::trim(text).chars().map(fold::half_width).filter(|c| !fold::is_invisible(*c)).collect();
    if let Some(read) = digits_only(&text) {
        let (local, precision) = read?;
        return place(local, precision, zone);
    }
    let mut scan = Scan { rest: &text };
    let day = scan.day(style)?;
    let date = jiff::civil::Date::new(day.year, day.month, day.day).map_err(|_| DateFault::Impossible)?;
    if scan.rest.is_empty() {
        return place(date.to_datetime(Time::midnight()), Precision::Day, zone);
    }
    let time = scan.time(&day)?;
    let local = date.to_datetime(time);
    scan.blanks();
    if scan.rest.is_empty() {
        return place(local, Precision::Time, zone);
    }
    let offset = scan.offset()?;
    let at = offset.to_timestamp(local).map_err(|_| DateFault::OutOfRange)?;
    within_range(local)?;
    Ok(When { at, precision: Precision::Time, shown_twice: false })
}

/// As [`parse_when`], for the serial of a native date cell.
pub(crate) fn when_from_serial(serial: f64, zone: &TimeZone) -> Result<When, DateFault> {
    let local = from_serial(serial)?;
    // Excel keeps no difference between a date and that date's midnight.
    let precision = if local.time() == Time::midnight() { Precision::Day } else { Precision::Time };
    place(local, precision, zone)
}

fn place(local: DateTime, precision: Precision, zone: &TimeZone) -> Result<When, DateFault> {
    within_range(local)?;
    let ambiguous = zone.to_ambiguous_timestamp(local);
    let shown_twice = match (ambiguous.offset(), precision) {
        (AmbiguousOffset::Unambiguous { .. }, _) => false,
        (AmbiguousOffset::Fold { .. }, _) => true,
        // Some zones skip midnight itself; a bare date then begins an hour later.
        (AmbiguousOffset::Gap { .. }, Precision::Day) => false,
        (AmbiguousOffset::Gap { .. }, Precision::Time) => return Err(DateFault::SkippedByClock),
    };
    let at = ambiguous.compatible().map_err(|_| DateFault::OutOfRange)?;
    Ok(When { at, precision, shown_twice })
}

fn within_range(local: DateTime) -> Result<(), DateFault> {
    if (1970..2200).contains(&local.year()) { Ok(()) } else { Err(DateFault::OutOfRange) }
}

/// `20241001`, `202410010930`, `20241001093000`, and serials such as `45566.395833` that a sheet turned into text.
fn digits_only(text: &str) -> Option<Result<(DateTime, Precision), DateFault>> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, rest)| (whole, Some(rest)));
    match (whole.len(), fraction) {
        (5, None) => Some(serial_text(text)),
        (5, Some(rest)) if !rest.is_empty() && !rest.contains('.') => Some(serial_text(text)),
        (8 | 12 | 14, None) => Some(compact(text)),
        (_, None) => Some(Err(DateFault::NotADate)),
        // Dates with points (2024.10.01) are read by the scanner.
        _ => None,
    }
}

fn serial_text(text: &str) -> Result<(DateTime, Precision), DateFault> {
    let local = from_serial(text.parse().map_err(|_| DateFault::NotADate)?)?;
    let precision = if local.time() == Time::midnight() { Precision::Day } else { Precision::Time };
    Ok((local, precision))
}

fn compact(text: &str) -> Result<(DateTime, Precision), DateFault> {
    let part = |from: usize, to: usize| text.get(from..to).and_then(|digits| digits.parse::<i16>().ok());
    let small = |from: usize| part(from, from + 2).and_then(|n| i8::try_from(n).ok()).unwrap_or(0);
    let year = part(0, 4).ok_or(DateFault::NotADate)?;
    DateTime::new(year, small(4), small(6), small(8), small(10), small(12), 0)
        .map(|local| (local, if text.len() == 8 { Precision::Day } else { Precision::Time }))
        .map_err(|_| DateFault::Impossible)
}

/// The date's part of a text, and how it ended.
struct Day {
    year: i16,
    month: i8,
    day: i8,
    day_digits: usize,
    /// A sign stood behind the day: a blank, `T` or `日`.
    closed: bool,
}

struct Scan<'a> {
    rest: &'a str,
}

impl<'a> Scan<'a> {
    fn blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn eat(&mut self, signs: &[char]) -> Option<char> {
        let c = self.rest.chars().next().filter(|c| signs.contains(c))?;
        self.rest = self.rest.get(c.len_utf8()..).unwrap_or("");
        Some(c)
    }

    fn eat_word(&mut self, words: &[&str]) -> bool {
        for word in words {
            if let Some(head) = self.rest.get(..word.len())
                && head.eq_ignore_ascii_case(word)
            {
                self.rest = self.rest.get(word.len()..).unwrap_or("");
                return true;
            }
        }
        false
    }

    /// At most `most` digits; how many there were, and their value.
    fn number(&mut self, most: usize) -> Option<(usize, i16)> {
        let length = self.rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        digits.parse().ok().map(|value| (length, value))
    }

    fn small(&mut self) -> Option<(usize, i8)> {
        let (length, value) = self.number(2)?;
        i8::try_from(value).ok().map(|value| (length, value))
    }

    fn day(&mut self, style: DateStyle) -> Result<Day, DateFault> {
        let (length, first) = self.number(4).ok_or(DateFault::NotADate)?;
        let mut day = match length {
            4 => self.year_first(first)?,
            1 | 2 => self.month_first(first, style)?,
            _ => return Err(DateFault::NotADate),
        };
        self.blanks_or_sign(&mut day);
        Ok(day)
    }

    fn year_first(&mut self, year: i16) -> Result<Day, DateFault> {
        let sign = self.eat(&['-', '/', '.', '年']).ok_or(DateFault::NotADate)?;
        if sign == '年' {
            self.blanks();
        }
        let (_, month) = self.small().ok_or(DateFault::NotADate)?;
        let second = if sign == '年' { '月' } else { sign };
        self.eat(&[second]).ok_or(DateFault::NotADate)?;
        if sign == '年' {
            self.blanks();
        }
        let (day_digits, day) = self.small().ok_or(DateFault::NotADate)?;
        let closed = sign == '年' && self.eat(&['日', '号']).is_some();
        Ok(Day { year, month, day, day_digits, closed })
    }

    fn month_first(&mut self, month: i16, style: DateStyle) -> Result<Day, DateFault> {
        let sign = self.eat(&['/', '-']).ok_or(DateFault::NotADate)?;
        let (day_digits, day) = self.small().ok_or(DateFault::NotADate)?;
        self.eat(&[sign]).ok_or(DateFault::NotADate)?;
        let (length, year) = self.number(4).ok_or(DateFault::NotADate)?;
        match (length, style) {
            (4, DateStyle::Us) => {
                let month = i8::try_from(month).map_err(|_| DateFault::NotADate)?;
                Ok(Day { year, month, day, day_digits, closed: false })
            }
            (4, DateStyle::Standard) => Err(DateFault::MonthFirst),
            _ => Err(DateFault::NotADate),
        }
    }

    fn blanks_or_sign(&mut self, day: &mut Day) {
        let before = self.rest.len();
        self.blanks();
        if before == self.rest.len() && self.eat(&['T', 't']).is_some() {
            day.closed = true;
        }
        day.closed |= before != self.rest.len();
    }

    fn time(&mut self, day: &Day) -> Result<Time, DateFault> {
        let mut afternoon = self.half_of_day();
        self.blanks();
        let (hour_digits, mut hour) = self.small().ok_or(DateFault::NotADate)?;
        if !day.closed && afternoon.is_none() && (day.day_digits != 2 || hour_digits != 2) {
            return Err(DateFault::TwoReadings);
        }
        let (minute, second, nanos) = self.minutes(afternoon.is_some())?;
        let before = self.rest;
        self.blanks();
        if afternoon.is_none() {
            afternoon = self.half_of_day();
        }
        if afternoon.is_none() {
            self.rest = before;
        }
        match afternoon {
            Some(Half::Afternoon) if (1..12).contains(&hour) => hour += 12,
            Some(Half::Morning) if hour == 12 => hour = 0,
            _ => {}
        }
        Time::new(hour, minute, second, nanos).map_err(|_| DateFault::Impossible)
    }

    fn half_of_day(&mut self) -> Option<Half> {
        if self.eat_word(&["上午", "AM", "a.m."]) {
            Some(Half::Morning)
        } else if self.eat_word(&["下午", "PM", "p.m."]) {
            Some(Half::Afternoon)
        } else {
            None
        }
    }

    /// Minute, second and nanosecond behind the hour: `:30:00.5` or `时30分5秒`.
    fn minutes(&mut self, half_given: bool) -> Result<(i8, i8, i32), DateFault> {
        match self.eat(&[':', '时', '点']) {
            Some(':') => {
                let minute = self.two_digits()?;
                let second = if self.eat(&[':']).is_some() { self.two_digits()? } else { 0 };
                let nanos = if self.eat(&['.', ',']).is_some() { self.fraction()? } else { 0 };
                Ok((minute, second, nanos))
            }
            Some(_) => {
                self.blanks();
                let Some((_, minute)) = self.small() else {
                    return Ok((0, 0, 0));
                };
                self.eat(&['分']).ok_or(DateFault::NotADate)?;
                self.blanks();
                let second = match self.small() {
                    Some((_, second)) => {
                        self.eat(&['秒']).ok_or(DateFault::NotADate)?;
                        second
                    }
                    None => 0,
                };
                Ok((minute, second, 0))
            }
            // 3 PM
            None if half_given || self.rest.trim_start().to_ascii_lowercase().starts_with(['a', 'p']) => Ok((0, 0, 0)),
            None => Err(DateFault::NotADate),
        }
    }

    fn two_digits(&mut self) -> Result<i8, DateFault> {
        self.small().filter(|(length, _)| *length == 2).map(|(_, value)| value).ok_or(DateFault::NotADate)
    }

    fn fraction(&mut self) -> Result<i32, DateFault> {
        let length = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.rest.split_at_checked(length).ok_or(DateFault::NotADate)?;
        self.rest = rest;
        if length == 0 || length > 9 {
            return Err(DateFault::NotADate);
        }
        format!("{digits:0<9}").parse().map_err(|_| DateFault::NotADate)
    }

    fn offset(&mut self) -> Result<Offset, DateFault> {
        let sign = match self.eat(&['Z', 'z', '+', '-']) {
            Some('Z' | 'z') if self.rest.is_empty() => return Ok(Offset::UTC),
            Some('+') => 1,
            Some('-') => -1,
            _ => return Err(DateFault::NotADate),
        };
        let hours = self.two_digits()?;
        self.eat(&[':']);
        let minutes = if self.rest.is_empty() { 0 } else { self.two_digits()? };
        if !self.rest.is_empty() || minutes > 59 {
            return Err(DateFault::NotADate);
        }
        Offset::from_seconds(sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60))
            .map_err(|_| DateFault::Impossible)
    }
}

#[derive(Clone, Copy)]
enum Half {
    Morning,
    Afternoon,
}

#[cfg(test)]
mod tests;
