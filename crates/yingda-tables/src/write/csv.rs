//! Text tables out, in UTF-8 with the mark that Excel needs, or in GBK for older programs.
//!
//! The one thing to know: GBK has no place for many signs (emoji, rare names); each such sign is written as 〓, the printers'
//! mark for a missing letter, and reported, never dropped in silence.

use encoding_rs::{EncoderResult, GBK};
use serde::Serialize;

use super::{OutCell, OutFault, OutTable, clock_text, with_apostrophe};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CsvEncoding {
    #[default]
    Utf8Bom,
    Gbk,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvOut {
    pub bytes: Vec<u8>,
    /// What the encoding had no place for, in the file's order; always empty for UTF-8.
    pub replaced: Vec<Unencodable>,
}

/// A sign that was written as 〓.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unencodable {
    /// As a spreadsheet will number it; the header is row 1.
    pub row: usize,
    pub header: String,
    pub character: char,
}

const MISSING: char = '〓';

/// Writes comma-separated rows that end in CR LF (RFC 4180).
///
/// # Errors
/// [`OutFault::Workbook`] if the writer refuses, which memory running out is the only known reason for.
pub fn write_csv(table: &OutTable, encoding: CsvEncoding) -> Result<CsvOut, OutFault> {
    let mut replaced = Vec::new();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(Vec::new());
    let width = table.headers.len();
    let header: Vec<_> = table.headers.iter().map(|header| OutCell::Text(header.clone())).collect();
    for (index, cells) in std::iter::once(&header).chain(&table.rows).enumerate() {
        let mut record = Vec::with_capacity(width);
        for column in 0..width.max(cells.len()) {
            let text = cell_text(cells.get(column).unwrap_or(&OutCell::Blank), table);
            let header = table.headers.get(column).map_or("", String::as_str);
            record.push(match encoding {
                CsvEncoding::Utf8Bom => text.into_bytes(),
                CsvEncoding::Gbk => to_gbk(&text, |character| {
                    replaced.push(Unencodable { row: index + 1, header: header.to_owned(), character });
                }),
            });
        }
        // GBK's second bytes never are a comma, a quotation mark or a line end, so quoting after encoding is sound.
        writer.write_record(&record).map_err(|error| OutFault::Workbook(error.to_string()))?;
    }
    let body = writer.into_inner().map_err(|error| OutFault::Workbook(error.to_string()))?;
    let bytes = match encoding {
        CsvEncoding::Utf8Bom => [b"\xef\xbb\xbf".as_slice(), &body].concat(),
        CsvEncoding::Gbk => body,
    };
    Ok(CsvOut { bytes, replaced })
}

fn cell_text(cell: &OutCell, table: &OutTable) -> String {
    match cell {
        OutCell::Blank => String::new(),
        OutCell::Text(text) => with_apostrophe(text).into_owned(),
        OutCell::Integer(value) => value.to_string(),
        OutCell::Number(value) => value.to_string(),
        OutCell::Time(at) => clock_text(table.zone.to_datetime(*at)),
        OutCell::Date(date) => date.to_string(),
    }
}

fn to_gbk(text: &str, mut report: impl FnMut(char)) -> Vec<u8> {
    let mut encoder = GBK.new_encoder();
    let mut bytes = Vec::with_capacity(text.len() + 16);
    let mut rest = text;
    loop {
        bytes.reserve(rest.len() * 2 + 16);
        let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(rest, &mut bytes, true);
        rest = rest.get(read..).unwrap_or("");
        match result {
            EncoderResult::InputEmpty => return bytes,
            EncoderResult::OutputFull => {}
            EncoderResult::Unmappable(character) => {
                report(character);
                bytes.extend_from_slice(&GBK.encode(MISSING.encode_utf8(&mut [0; 4])).0);
            }
        }
    }
}
