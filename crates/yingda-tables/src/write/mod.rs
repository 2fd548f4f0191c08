//! From typed cells to bytes: workbooks and text tables.
//!
//! The one thing to know: no text that a customer wrote ever becomes a formula on a clerk's machine. A workbook stores it as a
//! text with Excel's own quote prefix; a text table, which has no types, gets a leading apostrophe, and [`crate::read`] takes it
//! off again, so that what is exported can be imported unchanged.
//!
//! Not here: which rows somebody may export and whose names are masked; that is the application's.

mod csv;
mod form;
mod xlsx;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

pub use self::csv::{CsvEncoding, CsvOut, Unencodable, write_csv};
pub use form::{FormFields, form_table};
pub use xlsx::write_xlsx;

/// A table to be written.
#[derive(Debug, Clone)]
pub struct OutTable {
    /// The sheet's name; what Excel forbids in it is replaced.
    pub sheet: String,
    pub headers: Vec<String>,
    /// Shorter rows end in blanks; cells beyond the last header are written too.
    pub rows: Vec<Vec<OutCell>>,
    /// Instants are shown as this zone's clock showed them.
    pub zone: TimeZone,
    /// Goes into the workbook's properties, so that the same table gives the same bytes.
    pub made_at: Timestamp,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub enum OutCell {
    #[default]
    Blank,
    Text(String),
    Integer(i64),
    Number(f64),
    Time(Timestamp),
    Date(Date),
}

impl OutCell {
    /// A text, or a blank for none.
    #[must_use]
    pub fn text(value: Option<&str>) -> Self {
        value.map_or(Self::Blank, |text| Self::Text(text.to_owned()))
    }

    #[must_use]
    pub fn time(value: Option<Timestamp>) -> Self {
        value.map_or(Self::Blank, Self::Time)
    }
}

/// Why a table could not be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutFault {
    #[error("a sheet has 1,048,576 rows and 16,384 columns; this table has {rows} rows and {columns} columns")]
    TooBig { rows: usize, columns: usize },
    #[error("row {row}, column {column}: {length} characters, a cell holds 32,767")]
    TextTooLong { row: usize, column: String, length: usize },
    #[error("the workbook was refused: {0}")]
    Workbook(String),
}

/// How an instant is shown: seconds only where there are some.
fn clock_text(at: DateTime) -> String {
    at.strftime(if at.second() == 0 { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d %H:%M:%S" }).to_string()
}

/// Whether a spreadsheet that opens a text table would run this text as a formula. Excel in Chinese and Japanese takes the
/// full-width signs too. A plain signed number (`-5`, `+8613800000000`) is none and stays as it is.
fn runs_as_formula(text: &str) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    match first {
        '=' | '@' | '＝' | '＠' | '\t' | '\r' | '\n' => true,
        '+' | '-' | '＋' | '－' => {
            let rest = text.get(first.len_utf8()..).unwrap_or("");
            let (whole, fraction) = rest.split_once('.').unwrap_or((rest, "0"));
            let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            !(digits(whole) && digits(fraction))
        }
        _ => false,
    }
}

/// A text as a text table holds it: with a leading apostrophe if it would run, or if it looks as if it had been given one.
fn with_apostrophe(text: &str) -> std::borrow::Cow<'_, str> {
    if runs_as_formula(text.trim_start_matches('\'')) { format!("'{text}").into() } else { text.into() }
}

/// Undoes [`with_apostrophe`].
pub(crate) fn without_apostrophe(text: String) -> String {
    match text.strip_prefix('\'') {
        Some(rest) if runs_as_formula(text.trim_start_matches('\'')) => rest.to_owned(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{with_apostrophe, without_apostrophe};

    #[test]
    fn only_what_would_run_is_guarded() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+86 138", "'+86 138"),
            ("-客户拒绝", "'-客户拒绝"),
            ("＝cmd", "'＝cmd"),
            ("\t=1", "'\t=1"),
            ("'=1", "''=1"),
            ("-5", "-5"),
            ("+8613800000000", "+8613800000000"),
            ("-1.5", "-1.5"),
            ("'quoted'", "'quoted'"),
            ("设备=坏", "设备=坏"),
            ("", ""),
        ] {
            assert_eq!(with_apostrophe(text), written);
            assert_eq!(without_apostrophe(written.to_owned()), text);
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "['=+@\\-\t\r0-9a客.]{0,6}") {
            prop_assert_eq!(without_apostrophe(with_apostrophe(&text).into_owned()), text);
        }
    }
}
