//! Telephone numbers: shown as typed, found by their digits.
//!
//! The one thing to know: a fragment such as 「139」 is a number here, because the example rows of S03 have no more
//! at least three digits are asked for. Whether a number exists is deliberately not asked.

use crate::value::Phone;

/// Reads a number. `+86`, `0086` fold away; 转, `ext`, `x` and `#` begin an extension; masked digits (`*`) are not a
/// number.
pub fn read(typed: &str, halfwidth: &str) -> Option<Phone> {
    let lower = halfwidth.to_ascii_lowercase();
    let (main, extension) = split_extension(&lower);
    let mut digits = only_digits(main)?;
    if let Some(rest) = digits.strip_prefix("+86").or_else(|| digits.strip_prefix("0086")) {
        digits = rest.to_owned();
    } else if digits.len() == 13 && digits.starts_with("861") {
        // A mobile number with its country and without a plus.
        digits = digits[2..].to_owned();
    }
    let count = digits.trim_start_matches('+').len();
    if !(3..=20).contains(&count) {
        return None;
    }
    if let Some(extension) = extension {
        let extension = only_digits(extension)?;
        if extension.is_empty() || extension.len() > 8 || extension.starts_with('+') {
            return None;
        }
        digits = format!("{digits}-{extension}");
    }
    Some(Phone { shown: typed.to_owned(), digits })
}

fn split_extension(text: &str) -> (&str, Option<&str>) {
    for mark in ["转分机", "转", "分机", "ext.", "ext", "x", "#"] {
        if let Some((main, extension)) = text.split_once(mark) {
            return (main, Some(extension));
        }
    }
    (text, None)
}

/// Digits with a leading plus, if there is one; `None` when anything else but separators is in between.
fn only_digits(text: &str) -> Option<String> {
    let mut digits = String::new();
    for c in text.trim().chars() {
        match c {
            '0'..='9' => digits.push(c),
            '+' if digits.is_empty() => digits.push(c),
            ' ' | '-' | '(' | ')' | '.' | '/' | '—' | '–' => {}
            _ => return None,
        }
    }
    Some(digits)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn numbers_fold_to_their_digits() {
        let cases = [
            ("13800001111", Some("13800001111")),
            ("+86 138-0000-1111", Some("13800001111")),
            ("008613800001111", Some("13800001111")),
            ("8613800001111", Some("13800001111")),
            ("(020) 8888 6666", Some("02088886666")),
            ("020-88886666转801", Some("02088886666-801")),
            ("5678", Some("5678")),
            ("139", Some("139")),
            ("+44 20 7946 0000", Some("+442079460000")),
            ("12", None),
            ("138****1111", None),
            ("电话", None),
            ("020-88886666转", None),
            ("", None),
        ];
        for (typed, expected) in cases {
            assert_eq!(read(typed, typed).map(|phone| phone.digits).as_deref(), expected, "{typed}");
        }
    }
}
