//! Workbooks, through calamine.
//!
//! The one thing to know: cells are taken one by one, never as calamine's rectangle, because one cell in the last corner of a
//! sheet would make that rectangle seventeen thousand million cells. A panic inside the parser is caught and told as a damaged file.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use jiff::civil::DateTime;

use super::{Limits, RawRow, ShortRows, TableFault, assemble, unpacked};
use crate::serial::from_serial;
use crate::table::{Cell, Table, TableSource};

/// Days between the epochs of the 1900 and the 1904 system.
const SHIFT_1904: f64 = 1462.0;

pub fn read(bytes: &[u8], sheet: Option<&str>, limits: &Limits) -> Result<Table, TableFault> {
    unpacked::check(bytes, limits.unpacked)?;
    // The parser still has places that panic on a path without a slash or the like.
    catch_unwind(AssertUnwindSafe(|| read_book(bytes, sheet, limits)))
        .unwrap_or_else(|_| Err(TableFault::Broken { detail: "its parts do not fit together".to_owned() }))
}

fn read_book(bytes: &[u8], asked: Option<&str>, limits: &Limits) -> Result<Table, TableFault> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| fault(&error))?;
    let worksheets: Vec<_> =
        book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).cloned().collect();
    let sheets: Vec<_> = worksheets.iter().map(|sheet| sheet.name.clone()).collect();
    let sheet = match asked {
        Some(asked) => sheets
            .iter()
            .find(|name| *name == asked)
            .cloned()
            .ok_or_else(|| TableFault::NoSuchSheet { asked: asked.to_owned(), sheets: sheets.clone() })?,
        None => worksheets
            .iter()
            .find(|sheet| sheet.visible == SheetVisible::Visible)
            .or(worksheets.first())
            .map(|sheet| sheet.name.clone())
            .ok_or(TableFault::NoSheet)?,
    };
    let shift = if book.has_1904_epoch() { SHIFT_1904 } else { 0.0 };
    let rows = read_cells(&mut book, &sheet, shift, limits)?;
    assemble(TableSource::Xlsx { sheet, sheets }, rows, &ShortRows::Usual, limits)
}

fn read_cells(
    book: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &str,
    shift: f64,
    limits: &Limits,
) -> Result<Vec<RawRow>, TableFault> {
    let mut reader = book.worksheet_cells_reader(sheet).map_err(|error| fault(&error))?;
    let mut rows = BTreeMap::<u32, Vec<Cell>>::new();
    let mut count = 0_usize;
    while let Some(found) = reader.next_cell().map_err(|error| fault(&error))? {
        let (row, column) = found.get_position();
        let cell = cell(found.get_value(), shift);
        // Styled cells without content do not count.
        if cell.is_blank() {
            continue;
        }
        let number = row.saturating_add(1);
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= limits.columns {
            return Err(TableFault::TooManyColumns { row: number, limit: limits.columns });
        }
        let cells = rows.entry(number).or_default();
        if column >= cells.len() {
            count += column + 1 - cells.len();
            cells.resize(column + 1, Cell::Empty);
        }
        if let Some(slot) = cells.get_mut(column) {
            *slot = cell;
        }
        if count > limits.cells {
            return Err(TableFault::TooManyCells { limit: limits.cells });
        }
        // Twenty for titles above the header; the exact count is taken when the table is put together.
        if rows.len() > limits.rows.saturating_add(21) {
            return Err(TableFault::TooManyRows { limit: limits.rows });
        }
    }
    Ok(rows.into_iter().map(|(number, cells)| RawRow { number, cells }).collect())
}

fn cell(value: &DataRef<'_>, shift: f64) -> Cell {
    match Data::from(value.clone()) {
        Data::Empty => Cell::Empty,
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => Cell::Text(text),
        Data::Int(value) => {
            #[expect(clippy::cast_precision_loss, reason = "the text beside it keeps every digit")]
            let number = value as f64;
            Cell::Number { value: number, text: value.to_string() }
        }
        Data::Float(value) => Cell::Number { value, text: value.to_string() },
        Data::Bool(value) => Cell::Text(if value { "TRUE" } else { "FALSE" }.to_owned()),
        Data::Error(error) => Cell::Error(error.to_string()),
        // A time of day without a date, so that a mapping can join a date column and a time column.
        Data::DateTime(time) if (0.0..1.0).contains(&time.as_f64()) => {
            let serial = time.as_f64();
            let text =
                from_serial(1.0 + serial).map_or_else(|_| serial.to_string(), |at| at.strftime("%H:%M:%S").to_string());
            Cell::Date { serial, text }
        }
        Data::DateTime(date) if date.is_datetime() => {
            let serial = date.as_f64() + shift;
            let text = from_serial(serial).map_or_else(|_| date.as_f64().to_string(), iso);
            Cell::Date { serial, text }
        }
        Data::DateTime(duration) => Cell::Number { value: duration.as_f64(), text: duration.as_f64().to_string() },
    }
}

fn iso(at: DateTime) -> String {
    let format = match (at.hour(), at.minute(), at.second()) {
        (0, 0, 0) => "%Y-%m-%d",
        (_, _, 0) => "%Y-%m-%d %H:%M",
        _ => "%Y-%m-%d %H:%M:%S",
    };
    at.strftime(format).to_string()
}

fn fault(error: &XlsxError) -> TableFault {
    match error {
        XlsxError::Password => TableFault::Encrypted,
        _ => TableFault::Broken { detail: error.to_string() },
    }
}
