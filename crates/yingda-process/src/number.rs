//! Exact decimal numbers as text.
//!
//! The one thing to know: no floating point; `0.10` and `.1` are the same number and are kept as `0.1`. Arithmetic is
//! deliberately not here.

use std::cmp::Ordering;

/// A whole part and a fraction, both without needless zeros.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exact {
    negative: bool,
    whole: String,
    fraction: String,
}

/// Digits before and after the point together.
pub const MAX_DIGITS: usize = 30;
/// Whole numbers and fen stay within this, so that sums of them cannot overflow.
pub const MAX_WHOLE: i64 = 1_000_000_000_000_000;

impl Exact {
    /// `None` for anything but an optional sign, digits and one point.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = rest.split_once('.').unwrap_or((rest, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !digits(whole) || !digits(fraction) {
            return None;
        }
        if whole.len() + fraction.len() > MAX_DIGITS {
            return None;
        }
        let whole = whole.trim_start_matches('0').to_owned();
        let fraction = fraction.trim_end_matches('0').to_owned();
        let zero = whole.is_empty() && fraction.is_empty();
        Some(Self { negative: negative && !zero, whole, fraction })
    }

    /// Places after the point.
    pub fn places(&self) -> usize {
        self.fraction.len()
    }

    /// The number times 10 to the `places`, if that is whole and within [`MAX_WHOLE`].
    pub fn scaled(&self, places: usize) -> Option<i64> {
        if self.fraction.len() > places {
            return None;
        }
        let digits = format!("{}{:0<places$}", self.whole, self.fraction);
        let number: i64 = if digits.is_empty() { 0 } else { digits.parse().ok()? };
        let number = if self.negative { -number } else { number };
        (number.abs() <= MAX_WHOLE).then_some(number)
    }
}

impl std::fmt::Display for Exact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        let whole = if self.whole.is_empty() { "0" } else { &self.whole };
        if self.fraction.is_empty() { write!(f, "{sign}{whole}") } else { write!(f, "{sign}{whole}.{}", self.fraction) }
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        let size = |left: &Self, right: &Self| {
            left.whole
                .len()
                .cmp(&right.whole.len())
                .then_with(|| left.whole.cmp(&right.whole))
                .then_with(|| left.fraction.cmp(&right.fraction))
        };
        match (self.negative, other.negative) {
            (false, false) => size(self, other),
            (true, true) => size(other, self),
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
        }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::Exact;

    #[test]
    fn numbers_are_normalised_and_compared_exactly() {
        for (text, normal) in [("007.50", "7.5"), (".5", "0.5"), ("-0", "0"), ("+3", "3"), ("-1.20", "-1.2")] {
            assert_eq!(Exact::parse(text).unwrap().to_string(), normal);
        }
        for text in ["", ".", "1e3", "1.2.3", "--1", "1,000"] {
            assert_eq!(Exact::parse(text), None, "{text}");
        }
        let order = ["-10", "-9.5", "0", "0.09", "0.1", "9", "10"];
        for pair in order.windows(2) {
            assert!(Exact::parse(pair[0]).unwrap() < Exact::parse(pair[1]).unwrap(), "{pair:?}");
        }
        assert_eq!(Exact::parse("12.5").unwrap().scaled(2), Some(1250));
        assert_eq!(Exact::parse("-0.05").unwrap().scaled(2), Some(-5));
        assert_eq!(Exact::parse("0.005").unwrap().scaled(2), None);
    }
}
