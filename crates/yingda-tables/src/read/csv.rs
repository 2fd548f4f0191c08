//! Text tables: separators found out, quoted newlines, rows counted as a spreadsheet counts them.
//!
//! The one thing to know: the splitting is written out here instead of taken from the `csv` crate because that one skips blank
//! lines (rows would be misnumbered) and takes an unclosed quotation mark as closed by the end of the file (everything behind it
//! would vanish into one cell without a word).

use super::encoding::decode;
use super::{Limits, RawRow, ShortRows, TableFault, assemble};
use crate::table::{Cell, Table, TableSource};
use crate::write::without_apostrophe;

/// In order of preference where two fit equally well.
const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// How much of a file the separator is judged by.
const SAMPLE_BYTES: usize = 64 << 10;
const SAMPLE_ROWS: usize = 50;

pub fn read(bytes: &[u8], limits: &Limits) -> Result<Table, TableFault> {
    let (text, encoding) = decode(bytes)?;
    let (text, stated) = stated_separator(&text);
    let separator = stated.unwrap_or_else(|| find_separator(text));
    let split = Splitter::new(text, separator, limits).run(usize::MAX)?;
    if let Some(row) = split.open_quote {
        return Err(TableFault::UnclosedQuote { row });
    }
    assemble(TableSource::Csv { encoding, separator }, split.rows, &ShortRows::Odd, limits)
}

/// Excel's own first line `sep=;`, which it does not show and does not count as a row.
fn stated_separator(text: &str) -> (&str, Option<char>) {
    let Some(rest) = text.strip_prefix("sep=") else {
        return (text, None);
    };
    let mut chars = rest.chars();
    let Some(separator) = chars.next().filter(|c| SEPARATORS.contains(c)) else {
        return (text, None);
    };
    let rest = chars.as_str();
    match rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')).or_else(|| rest.strip_prefix('\r')) {
        Some(rest) => (rest, Some(separator)),
        None => (text, None),
    }
}

/// The separator under which most rows have the same number of cells, more than one.
fn find_separator(text: &str) -> char {
    let mut end = text.len().min(SAMPLE_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = text.get(..end).unwrap_or(text);
    let unlimited =
        Limits { bytes: usize::MAX, rows: usize::MAX, columns: usize::MAX, cells: usize::MAX, unpacked: u64::MAX };
    let fit = |separator: char| {
        let Ok(split) = Splitter::new(sample, separator, &unlimited).run(SAMPLE_ROWS) else {
            return (0, 0);
        };
        let mut counts = std::collections::BTreeMap::<usize, usize>::new();
        for row in split.rows.iter().filter(|row| row.cells.len() > 1) {
            *counts.entry(row.cells.len()).or_default() += 1;
        }
        counts.into_iter().map(|(cells, rows)| (rows, cells)).max().unwrap_or((0, 0))
    };
    let mut best = (SEPARATORS[0], (0, 0));
    for separator in SEPARATORS {
        let score = fit(separator);
        if score > best.1 {
            best = (separator, score);
        }
    }
    best.0
}

struct Split {
    rows: Vec<RawRow>,
    /// The row in which a quotation mark was opened that is never closed.
    open_quote: Option<u32>,
}

struct Splitter<'a> {
    text: &'a str,
    separator: char,
    limits: &'a Limits,
    rows: Vec<RawRow>,
    cells: Vec<Cell>,
    field: String,
    number: u32,
    /// Cells so far, and rows with content so far.
    cell_count: usize,
    filled_rows: usize,
}

impl<'a> Splitter<'a> {
    fn new(text: &'a str, separator: char, limits: &'a Limits) -> Self {
        let (rows, cells, field) = (Vec::new(), Vec::new(), String::new());
        Self { text, separator, limits, rows, cells, field, number: 1, cell_count: 0, filled_rows: 0 }
    }

    fn run(mut self, most_rows: usize) -> Result<Split, TableFault> {
        let mut chars = self.text.chars().peekable();
        let mut quoted = false;
        let mut field_began = false;
        while let Some(c) = chars.next() {
            if quoted {
                match c {
                    '"' if chars.peek() == Some(&'"') => {
                        chars.next();
                        self.field.push('"');
                    }
                    // Behind the closing mark stray characters are kept, as every spreadsheet does.
                    '"' => quoted = false,
                    _ => self.field.push(c),
                }
                continue;
            }
            match c {
                '"' if !field_began => quoted = true,
                '\r' | '\n' => {
                    if c == '\r' && chars.peek() == Some(&'\n') {
                        chars.next();
                    }
                    self.end_row()?;
                    field_began = false;
                    if self.rows.len() >= most_rows {
                        return Ok(Split { rows: self.rows, open_quote: None });
                    }
                    continue;
                }
                c if c == self.separator => {
                    self.end_field()?;
                    field_began = false;
                    continue;
                }
                _ => self.field.push(c),
            }
            field_began = true;
        }
        let open_quote = quoted.then_some(self.number);
        if !self.field.is_empty() || !self.cells.is_empty() {
            self.end_row()?;
        }
        Ok(Split { rows: self.rows, open_quote })
    }

    fn end_field(&mut self) -> Result<(), TableFault> {
        self.cell_count += 1;
        if self.cell_count > self.limits.cells {
            return Err(TableFault::TooManyCells { limit: self.limits.cells });
        }
        let text = std::mem::take(&mut self.field);
        let cell = if text.is_empty() { Cell::Empty } else { Cell::Text(without_apostrophe(text)) };
        if self.cells.len() >= self.limits.columns {
            if !cell.is_blank() {
                return Err(TableFault::TooManyColumns { row: self.number, limit: self.limits.columns });
            }
            return Ok(());
        }
        self.cells.push(cell);
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), TableFault> {
        self.end_field()?;
        let row = RawRow { number: self.number, cells: std::mem::take(&mut self.cells) };
        self.number = self.number.saturating_add(1);
        if row.width() > 0 {
            self.filled_rows += 1;
            // Twenty for titles above the header; the exact count is taken when the table is put together.
            if self.filled_rows > self.limits.rows.saturating_add(21) {
                return Err(TableFault::TooManyRows { limit: self.limits.rows });
            }
            self.rows.push(row);
        }
        Ok(())
    }
}
