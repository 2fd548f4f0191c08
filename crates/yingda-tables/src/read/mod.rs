//! From bytes to a table, whatever the bytes are.
//!
//! The one thing to know: the bytes come from strangers. Size, rows, columns and what an archive unpacks to are limited before
//! anything is built from them, and every failure is a [`TableFault`]; nothing here panics on any input.
//!
//! Not here: old binary `.xls`, OpenDocument and encrypted books, which are recognised and refused by name.

mod csv;
mod encoding;
mod unpacked;
mod xlsx;

use serde::Serialize;

use crate::table::{Cell, FileFormat, FileHint, NoteKind, Table, TableNote, TableRow, TableSource};

/// How much is read before a file is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Rows with content, without the header.
    pub rows: usize,
    pub columns: usize,
    /// Cells altogether, which is what bounds the memory.
    pub cells: usize,
    /// Bytes that a workbook's parts unpack to altogether.
    pub unpacked: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 50 << 20, rows: 200_000, columns: 200, cells: 8_000_000, unpacked: 256 << 20 }
    }
}

/// Why a file was not read at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum TableFault {
    #[error("the file is empty")]
    Empty,
    #[error("the file has {bytes} bytes, at most {limit} are read")]
    TooLarge { bytes: usize, limit: usize },
    #[error("the workbook unpacks to more than {limit} bytes")]
    UnpacksTooLarge { limit: u64 },
    #[error("more than {limit} rows")]
    TooManyRows { limit: usize },
    #[error("row {row} has more than {limit} columns")]
    TooManyColumns { row: u32, limit: usize },
    #[error("more than {limit} cells")]
    TooManyCells { limit: usize },
    #[error("this is a workbook of Excel 2003 or older (.xls); save it as .xlsx or CSV")]
    OldExcel,
    #[error("the workbook is protected with a password; save it without")]
    Encrypted,
    #[error("this is a zip archive, but not an Excel workbook")]
    NotAWorkbook,
    #[error("this is a web page, not a table; open it in a spreadsheet and save it as .xlsx")]
    WebPage,
    #[error("the file is neither a workbook nor text")]
    NotText,
    #[error("the text is neither UTF-8 nor GB18030 (line {line})")]
    UnknownEncoding { line: usize },
    #[error("the file is damaged: {detail}")]
    Broken { detail: String },
    #[error("there is no sheet \"{asked}\"; there are: {}", sheets.join(", "))]
    NoSuchSheet { asked: String, sheets: Vec<String> },
    #[error("the workbook has no worksheet")]
    NoSheet,
    #[error("a quotation mark opened in row {row} is never closed")]
    UnclosedQuote { row: u32 },
    #[error("there is no header row")]
    NoHeader,
}

impl TableFault {
    /// The key under which the interface keeps the sentence, the same word as `code` in JSON.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge { .. } => "too_large",
            Self::UnpacksTooLarge { .. } => "unpacks_too_large",
            Self::TooManyRows { .. } => "too_many_rows",
            Self::TooManyColumns { .. } => "too_many_columns",
            Self::TooManyCells { .. } => "too_many_cells",
            Self::OldExcel => "old_excel",
            Self::Encrypted => "encrypted",
            Self::NotAWorkbook => "not_a_workbook",
            Self::WebPage => "web_page",
            Self::NotText => "not_text",
            Self::UnknownEncoding { .. } => "unknown_encoding",
            Self::Broken { .. } => "broken",
            Self::NoSuchSheet { .. } => "no_such_sheet",
            Self::NoSheet => "no_sheet",
            Self::UnclosedQuote { .. } => "unclosed_quote",
            Self::NoHeader => "no_header",
        }
    }
}

/// Reads a table within the default [`Limits`].
///
/// # Errors
/// See [`TableFault`].
pub fn read(bytes: &[u8], hint: &FileHint) -> Result<Table, TableFault> {
    read_within(bytes, hint, &Limits::default())
}

/// Reads a table within limits of the caller's own.
///
/// # Errors
/// See [`TableFault`].
pub fn read_within(bytes: &[u8], hint: &FileHint, limits: &Limits) -> Result<Table, TableFault> {
    if bytes.is_empty() {
        return Err(TableFault::Empty);
    }
    if bytes.len() > limits.bytes {
        return Err(TableFault::TooLarge { bytes: bytes.len(), limit: limits.bytes });
    }
    match Looks::of(bytes) {
        Looks::CompoundFile if contains(bytes, &utf16("EncryptedPackage")) => Err(TableFault::Encrypted),
        Looks::CompoundFile => Err(TableFault::OldExcel),
        Looks::Zip if hint.format != FileFormat::Csv => xlsx::read(bytes, hint.sheet.as_deref(), limits),
        Looks::Zip => Err(TableFault::NotText),
        Looks::Other if hint.format == FileFormat::Xlsx || says_xlsx(hint) => {
            Err(TableFault::Broken { detail: "it does not begin as a workbook does".to_owned() })
        }
        Looks::Other => csv::read(bytes, limits),
    }
}

fn says_xlsx(hint: &FileHint) -> bool {
    let name = hint.name.to_lowercase();
    hint.format == FileFormat::Auto && (name.ends_with(".xlsx") || name.ends_with(".xlsm"))
}

enum Looks {
    Zip,
    /// The container of .xls and of encrypted workbooks.
    CompoundFile,
    Other,
}

impl Looks {
    fn of(bytes: &[u8]) -> Self {
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            Self::Zip
        } else if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
            Self::CompoundFile
        } else {
            Self::Other
        }
    }
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// A row as a reader delivers it.
struct RawRow {
    number: u32,
    cells: Vec<Cell>,
}

impl RawRow {
    fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_blank()).count()
    }

    /// One behind the last cell with content.
    fn width(&self) -> usize {
        self.cells.iter().rposition(|cell| !cell.is_blank()).map_or(0, |last| last + 1)
    }
}

/// Whether a row that ends before the header does is worth a note.
#[derive(PartialEq, Eq)]
enum ShortRows {
    /// A workbook does not store blank cells at a row's end.
    Usual,
    Odd,
}

/// The header is the first row with at least two filled cells (a title above it has one), else the first filled one.
fn assemble(source: TableSource, rows: Vec<RawRow>, short: &ShortRows, limits: &Limits) -> Result<Table, TableFault> {
    let mut rows: Vec<_> = rows.into_iter().filter(|row| row.width() > 0).collect();
    let header_at = rows.iter().take(20).position(|row| row.filled() >= 2).unwrap_or(0);
    if rows.is_empty() {
        return Err(TableFault::NoHeader);
    }
    let body = rows.split_off(header_at + 1);
    let header = rows.pop().ok_or(TableFault::NoHeader)?;
    if body.len() > limits.rows {
        return Err(TableFault::TooManyRows { limit: limits.rows });
    }
    let headers: Vec<_> =
        header.cells.iter().take(header.width()).map(|cell| crate::fold::trim(cell.text()).to_owned()).collect();
    let mut notes = Vec::new();
    let rows = body
        .into_iter()
        .map(|mut row| {
            let cells = row.cells.len();
            if row.width() > headers.len() {
                let kind = NoteKind::TooManyCells { cells: row.width(), headers: headers.len() };
                notes.push(TableNote { row: row.number, kind });
            } else if cells < headers.len() && *short == ShortRows::Odd {
                notes
                    .push(TableNote { row: row.number, kind: NoteKind::TooFewCells { cells, headers: headers.len() } });
            }
            row.cells.resize(headers.len(), Cell::Empty);
            TableRow { number: row.number, cells: row.cells }
        })
        .collect();
    Ok(Table { source, header_row: header.number, headers, rows, notes })
}
