//! Files that are damaged, disguised or hostile: each gives a typed fault, none a panic.

use std::io::{Cursor, Write};

use crate::support::{form_csv, form_xlsx};
use proptest::prelude::*;
use yingda_tables::{FileFormat, FileHint, Limits, TableFault, read, read_within};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn fault(bytes: &[u8]) -> TableFault {
    read(bytes, &FileHint::default()).unwrap_err()
}

fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// The parts of a good workbook, one of them replaced.
fn with_part(part: &str, content: &[u8]) -> Vec<u8> {
    let good = form_xlsx();
    let mut archive = zip::ZipArchive::new(Cursor::new(&good[..])).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        out.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        if name == part {
            out.write_all(content).unwrap();
        } else {
            std::io::copy(&mut file, &mut out).unwrap();
        }
    }
    out.finish().unwrap().into_inner()
}

const SHEET: &str = "xl/worksheets/sheet1.xml";

#[test]
fn what_is_no_table_is_named() {
    let named = |name: &str| FileHint { name: name.into(), ..FileHint::default() };
    assert_eq!(fault(b""), TableFault::Empty);
    assert_eq!(fault(b"\xef\xbb\xbf \r\n,,\r\n"), TableFault::NoHeader);
    assert_eq!(fault(b"a,b\0\n"), TableFault::NotText);
    assert_eq!(fault(b"a,b\n1,\xff\xff\n"), TableFault::UnknownEncoding { line: 2 });
    assert_eq!(fault(b"\n <HTML><table>"), TableFault::WebPage);
    assert_eq!(fault("甲,乙\n1,2\n3,\"4\n5,6\n".as_bytes()), TableFault::UnclosedQuote { row: 3 });
    assert_eq!(fault(&zip(&[("content.xml", b"<x/>")])), TableFault::NotAWorkbook);
    let old = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 600]].concat();
    assert_eq!(fault(&old), TableFault::OldExcel);
    let package: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(fault(&[old, package].concat()), TableFault::Encrypted);
    assert!(matches!(read(b"a,b", &named("Table.XLSX")), Err(TableFault::Broken { .. })));
    assert!(read(b"a,b", &named("table.csv")).is_ok());
    let csv = FileHint { format: FileFormat::Csv, ..FileHint::default() };
    assert_eq!(read(&form_xlsx(), &csv), Err(TableFault::NotText));
    let sheet = FileHint { sheet: Some("五月".into()), ..FileHint::default() };
    assert_eq!(
        read(&form_xlsx(), &sheet),
        Err(TableFault::NoSuchSheet { asked: "五月".into(), sheets: vec!["Sheet1".into()] })
    );
}

#[test]
fn limits_hold() {
    let limits = Limits { bytes: 100_000, rows: 10, columns: 4, cells: 2_000, unpacked: 1 << 20 };
    let fault = |text: String| read_within(text.as_bytes(), &FileHint::default(), &limits).unwrap_err();
    let rows = |count: usize, line: &str| line.repeat(count);
    assert!(read_within(rows(11, "a,b\n").as_bytes(), &FileHint::default(), &limits).is_ok());
    assert_eq!(fault(rows(12, "a,b\n")), TableFault::TooManyRows { limit: 10 });
    assert_eq!(fault(rows(900, "a,b\n")), TableFault::TooManyRows { limit: 10 });
    assert_eq!(fault("a,b\n1,2,3,4,5\n".into()), TableFault::TooManyColumns { row: 2, limit: 4 });
    assert_eq!(fault(rows(2_001, ",")), TableFault::TooManyCells { limit: 2_000 });
    assert_eq!(fault(rows(100_001, "a")), TableFault::TooLarge { bytes: 100_001, limit: 100_000 });
    assert_eq!(
        read_within(&form_xlsx(), &FileHint::default(), &limits),
        Err(TableFault::TooManyColumns { row: 1, limit: 4 })
    );
}

#[test]
fn a_bomb_does_not_go_off() {
    let bomb = with_part(SHEET, &vec![b' '; 4 << 20]);
    assert!(bomb.len() < 1 << 16);
    let limits = Limits { unpacked: 2 << 20, ..Limits::default() };
    assert_eq!(read_within(&bomb, &FileHint::default(), &limits), Err(TableFault::UnpacksTooLarge { limit: 2 << 20 }));
    assert_eq!(Limits::default().unpacked, 256 << 20);
}

#[test]
fn a_cell_in_the_last_corner_takes_no_room() {
    let sheet = |cells: &str| {
        format!(
            r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>{cells}</sheetData></worksheet>"#
        )
    };
    let far = sheet(r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#);
    assert_eq!(fault(&with_part(SHEET, far.as_bytes())), TableFault::TooManyColumns { row: 1_048_576, limit: 200 });
    let low = sheet(r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c></row>"#);
    let table = read(&with_part(SHEET, low.as_bytes()), &FileHint::default()).unwrap();
    assert_eq!(table.rows[0].number, 1_048_576);
}

#[test]
fn a_table_of_strings_that_claims_too_much_is_refused() {
    let claim = br#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="99999999999999"></sst>"#;
    assert!(matches!(fault(&with_part("xl/sharedStrings.xml", claim)), TableFault::Broken { .. }));
}

#[test]
fn broken_parts_give_faults() {
    for part in ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedStrings.xml", SHEET] {
        for content in ["", "<", "<x", "<worksheet><sheetData><row r=\"0\"><c r=\"\"", "<sst><si><t>a", "\u{0}"] {
            // Some are harmless (a workbook without styles), most are not; none may panic.
            let _ = read(&with_part(part, content.as_bytes()), &FileHint::default());
        }
        assert!(part == "xl/styles.xml" || read(&with_part(part, b"<"), &FileHint::default()).is_err(), "{part}");
    }
}

fn mutated(bytes: Vec<u8>, changes: &[(prop::sample::Index, u8)], cut: Option<prop::sample::Index>) -> Vec<u8> {
    let mut bytes = bytes;
    for (at, value) in changes {
        let at = at.index(bytes.len());
        bytes[at] = *value;
    }
    if let Some(cut) = cut {
        let at = cut.index(bytes.len());
        bytes.truncate(at);
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_damaged_workbook_panics(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in prop::option::weighted(0.2, any::<prop::sample::Index>()),
    ) {
        let _ = read(&mutated(form_xlsx(), &changes, cut), &FileHint::default());
    }

    /// The archive is sound, what is in it is not: this is what reaches the parser.
    #[test]
    fn no_damaged_part_panics(
        part in prop::sample::select(vec!["xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", SHEET]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let good = form_xlsx();
        let mut archive = zip::ZipArchive::new(Cursor::new(&good[..])).unwrap();
        let mut content = Vec::new();
        std::io::copy(&mut archive.by_name(part).unwrap(), &mut content).unwrap();
        let _ = read(&with_part(part, &mutated(content, &changes, None)), &FileHint::default());
    }

    #[test]
    fn no_damaged_text_panics(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in prop::option::of(any::<prop::sample::Index>()),
        gbk in any::<bool>(),
    ) {
        let text = form_csv();
        let bytes = if gbk { encoding_rs::GBK.encode(&text).0.into_owned() } else { text.into_bytes() };
        let _ = read(&mutated(bytes, &changes, cut), &FileHint::default());
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes, &FileHint::default());
    }
}
