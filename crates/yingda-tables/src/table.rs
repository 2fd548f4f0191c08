//! What a file holds once it is read: a header, rows with the numbers a person sees, and cells.
//!
//! The one thing to know: row numbers are the spreadsheet's own (1 is the topmost row, blank rows count, a quoted newline
//! does not start a row), so that a fault can be found with the eye.
//!
//! Not here: what a column means (`mapping`) and whether a value is right (`check`).

use serde::Serialize;

/// What the caller knows about a file before it is opened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileHint {
    /// The file's name as uploaded; only its ending is looked at, and only under [`FileFormat::Auto`].
    pub name: String,
    pub format: FileFormat,
    /// The sheet to read; without it the first visible one.
    pub sheet: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FileFormat {
    /// By content: a zip archive is a workbook, anything else is text.
    #[default]
    Auto,
    Xlsx,
    Csv,
}

/// A file as read.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub source: TableSource,
    /// The spreadsheet row that the headers stand in: the first with at least two filled cells.
    pub header_row: u32,
    pub headers: Vec<String>,
    /// Rows below the header; rows without any content are left out, the others keep their numbers.
    pub rows: Vec<TableRow>,
    /// What was odd but did not stop the reading, such as ragged rows.
    pub notes: Vec<TableNote>,
}

/// How the file was understood, to be shown to whoever imports it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "format", rename_all = "snake_case")]
pub enum TableSource {
    Xlsx {
        sheet: String,
        /// Every worksheet of the book, hidden ones too, in the book's order.
        sheets: Vec<String>,
    },
    Csv {
        encoding: TextEncoding,
        separator: char,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TextEncoding {
    Utf8,
    Utf8Bom,
    /// GB2312, GBK and GB18030 alike: each contains the one before.
    Gb18030,
    /// Excel's "Unicode text".
    Utf16,
}

#[derive(Debug, Clone, PartialEq)]
pub struct TableRow {
    /// As the spreadsheet numbers it, from 1.
    pub number: u32,
    /// Exactly as many as there are headers.
    pub cells: Vec<Cell>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub enum Cell {
    #[default]
    Empty,
    Text(String),
    /// The text is what a person would type: `13800000000`, never `1.38E10`.
    Number {
        value: f64,
        text: String,
    },
    /// A native date cell: days since 1899-12-30 (the 1904 system is already shifted), and the date as ISO text.
    Date {
        serial: f64,
        text: String,
    },
    /// A formula that came out as an error, such as `#N/A`.
    Error(String),
}

impl Cell {
    /// The cell as text, untrimmed.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Empty => "",
            Self::Text(text) | Self::Number { text, .. } | Self::Date { text, .. } | Self::Error(text) => text,
        }
    }

    #[must_use]
    pub fn is_blank(&self) -> bool {
        crate::fold::trim(self.text()).is_empty()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableNote {
    pub row: u32,
    #[serde(flatten)]
    pub kind: NoteKind,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "note", rename_all = "snake_case")]
pub enum NoteKind {
    /// A row of a text file is shorter than the header; the missing cells are taken as blank.
    TooFewCells { cells: usize, headers: usize },
    /// Something stands to the right of the last header; it is not imported.
    TooManyCells { cells: usize, headers: usize },
}

/// The letters over a spreadsheet column: 0 is `A`, 25 `Z`, 26 `AA`.
#[must_use]
pub fn column_letter(index: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = index;
    loop {
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        match (rest / 26).checked_sub(1) {
            Some(next) => rest = next,
            None => break,
        }
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::column_letter;

    #[test]
    fn letters_are_the_spreadsheets() {
        let letters: Vec<_> = [0, 14, 25, 26, 51, 52, 701, 702].into_iter().map(column_letter).collect();
        assert_eq!(letters, ["A", "O", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
