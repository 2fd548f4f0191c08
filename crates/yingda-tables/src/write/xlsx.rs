//! Workbooks out: a styled header that stays in sight, widths that fit Chinese, real dates in the zone's local time.
//!
//! The one thing to know: texts go through `write_string` only, which never makes a formula, a link or a number of them; one
//! that begins as a formula would also carries Excel's quote prefix, so that editing the cell does not run it either.

use jiff::civil::Time;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::{OutCell, OutFault, OutTable, runs_as_formula};
use crate::serial::to_serial;

const MOST_ROWS: usize = 1_048_576;
const MOST_COLUMNS: usize = 16_384;
/// UTF-16 units that a cell holds.
const MOST_TEXT: usize = 32_767;
/// Rows that a column's width is measured by.
const MEASURED: usize = 500;
const NARROWEST: usize = 8;
const WIDEST: usize = 48;

struct Formats {
    header: Format,
    text: Format,
    quoted: Format,
    time: Format,
    time_with_seconds: Format,
    date: Format,
}

impl Formats {
    fn new() -> Self {
        let text = Format::new().set_align(FormatAlign::Top).set_text_wrap();
        let dated = |pattern: &str| Format::new().set_align(FormatAlign::Top).set_num_format(pattern);
        Self {
            header: Format::new()
                .set_bold()
                .set_background_color(0x00DD_EBF7)
                .set_border_bottom(FormatBorder::Thin)
                .set_align(FormatAlign::VerticalCenter),
            quoted: text.clone().set_quote_prefix(),
            text,
            time: dated("yyyy-mm-dd hh:mm"),
            time_with_seconds: dated("yyyy-mm-dd hh:mm:ss"),
            date: dated("yyyy-mm-dd"),
        }
    }
}

/// Writes a workbook of one sheet. The same table gives the same bytes.
///
/// # Errors
/// See [`OutFault`].
pub fn write_xlsx(table: &OutTable) -> Result<Vec<u8>, OutFault> {
    let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0).max(table.headers.len());
    if table.rows.len() >= MOST_ROWS || columns > MOST_COLUMNS {
        return Err(OutFault::TooBig { rows: table.rows.len(), columns });
    }
    let formats = Formats::new();
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&made_at(table)?));
    let sheet = book.add_worksheet();
    sheet.set_name(sheet_name(&table.sheet)).map_err(refused)?;
    let mut widths = vec![NARROWEST; columns];
    for (at, header) in table.headers.iter().enumerate() {
        measure(&mut widths, at, header);
        let (_, column) = position(0, at)?;
        sheet.write_string_with_format(0, column, readable(header, 0, at, table)?, &formats.header).map_err(refused)?;
    }
    for (index, cells) in table.rows.iter().enumerate() {
        for (at, cell) in cells.iter().enumerate() {
            if index < MEASURED {
                measure(&mut widths, at, &shown(cell));
            }
            write_cell(sheet, (index + 1, at), cell, table, &formats)?;
        }
    }
    for (at, width) in widths.into_iter().enumerate() {
        let (_, column) = position(0, at)?;
        sheet.set_column_width(column, u16::try_from(width + 2).unwrap_or(10)).map_err(refused)?;
    }
    sheet.set_freeze_panes(1, 0).map_err(refused)?;
    book.save_to_buffer().map_err(refused)
}

fn write_cell(
    sheet: &mut Worksheet,
    at: (usize, usize),
    cell: &OutCell,
    table: &OutTable,
    formats: &Formats,
) -> Result<(), OutFault> {
    let (row, column) = position(at.0, at.1)?;
    match cell {
        OutCell::Blank => return Ok(()),
        OutCell::Text(text) => {
            let format = if runs_as_formula(text) { &formats.quoted } else { &formats.text };
            sheet.write_string_with_format(row, column, readable(text, at.0, at.1, table)?, format)
        }
        OutCell::Integer(value) => {
            // Beyond 15 digits Excel would round.
            if value.unsigned_abs() < 1_000_000_000_000_000 {
                #[expect(clippy::cast_precision_loss, reason = "bounded just above")]
                sheet.write_number_with_format(row, column, *value as f64, &formats.text)
            } else {
                sheet.write_string_with_format(row, column, value.to_string(), &formats.text)
            }
        }
        OutCell::Number(value) if value.is_finite() => {
            sheet.write_number_with_format(row, column, *value, &formats.text)
        }
        OutCell::Number(value) => sheet.write_string_with_format(row, column, value.to_string(), &formats.text),
        OutCell::Time(instant) => {
            let local = table.zone.to_datetime(*instant);
            let format = if local.second() == 0 { &formats.time } else { &formats.time_with_seconds };
            sheet.write_number_with_format(row, column, to_serial(local), format)
        }
        OutCell::Date(date) => {
            sheet.write_number_with_format(row, column, to_serial(date.to_datetime(Time::midnight())), &formats.date)
        }
    }
    .map(|_| ())
    .map_err(refused)
}

fn position(row: usize, column: usize) -> Result<(u32, u16), OutFault> {
    match (u32::try_from(row), u16::try_from(column)) {
        (Ok(row), Ok(column)) => Ok((row, column)),
        _ => Err(OutFault::TooBig { rows: row, columns: column }),
    }
}

/// The text without what XML cannot hold, if it fits a cell.
fn readable(text: &str, row: usize, column: usize, table: &OutTable) -> Result<String, OutFault> {
    let length = text.encode_utf16().count();
    if length > MOST_TEXT {
        let column = table.headers.get(column).cloned().unwrap_or_default();
        return Err(OutFault::TextTooLong { row: row + 1, column, length });
    }
    Ok(text.chars().filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).collect())
}

fn made_at(table: &OutTable) -> Result<ExcelDateTime, OutFault> {
    let at = jiff::tz::TimeZone::UTC.to_datetime(table.made_at);
    let part = |value: i8| u8::try_from(value).unwrap_or(0);
    ExcelDateTime::from_ymd(u16::try_from(at.year()).unwrap_or(0), part(at.month()), part(at.day()))
        .and_then(|day| day.and_hms(u16::from(part(at.hour())), part(at.minute()), f64::from(at.second())))
        .map_err(refused)
}

/// Excel's names have at most 31 UTF-16 units, none of `[]:*?/\`, and no apostrophe at an end.
fn sheet_name(name: &str) -> String {
    let clean: String = name.chars().map(|c| if "[]:*?/\\".contains(c) || c.is_control() { ' ' } else { c }).collect();
    let mut units = 0;
    let short: String = clean
        .trim_matches(|c: char| c == '\'' || c.is_whitespace())
        .chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= 31
        })
        .collect();
    let short = short.trim_end_matches('\'');
    if short.is_empty() { "Sheet1".to_owned() } else { short.to_owned() }
}

fn shown(cell: &OutCell) -> String {
    match cell {
        OutCell::Blank => String::new(),
        OutCell::Text(text) => text.clone(),
        OutCell::Integer(value) => value.to_string(),
        OutCell::Number(value) => value.to_string(),
        OutCell::Time(_) => "2024-10-01 09:30".to_owned(),
        OutCell::Date(_) => "2024-10-01".to_owned(),
    }
}

/// Widens a column to its longest line; Chinese, Japanese and Korean signs and full-width forms take two places.
fn measure(widths: &mut [usize], column: usize, text: &str) {
    let longest = text.lines().map(|line| line.chars().map(places).sum::<usize>()).max().unwrap_or(0);
    if let Some(width) = widths.get_mut(column) {
        *width = (*width).max(longest.min(WIDEST));
    }
}

fn places(c: char) -> usize {
    match u32::from(c) {
        0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe4f => 2,
        0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f300..=0x1faff | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

#[expect(clippy::needless_pass_by_value, reason = "a function for map_err")]
fn refused(error: XlsxError) -> OutFault {
    OutFault::Workbook(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::{places, sheet_name};

    #[test]
    fn sheet_names_are_made_legal() {
        assert_eq!(sheet_name("'2024/10: 工单*'"), "2024 10  工单");
        assert_eq!(sheet_name(""), "Sheet1");
        assert_eq!(sheet_name(&"表".repeat(40)), "表".repeat(31));
    }

    #[test]
    fn chinese_takes_two_places() {
        assert_eq!("CS2024901 紧急，".chars().map(places).sum::<usize>(), 9 + 1 + 6);
    }
}
