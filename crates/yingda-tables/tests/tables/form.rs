//! S03's form in and out: the two example rows come in alike from every kind of file, and go out and in again unchanged.

use crate::support::{HEADERS, ROWS, csv_text, form_csv, form_rows, form_xlsx, read_any, rules, shanghai};
use encoding_rs::GBK;
use jiff::Timestamp;
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use yingda_tables::{
    Cell, CsvEncoding, FileHint, FormFields, ImportColumn, ImportRow, Mapping, NoteKind, OutCell, OutTable, Table,
    TableSource, TextEncoding, check, form_table, read, write_csv, write_xlsx,
};

fn import(table: &Table) -> Vec<ImportRow> {
    let checked = check(table, &Mapping::guess(&table.headers), &rules());
    assert!(checked.is_clean(), "{:?}", checked.faults);
    assert!(checked.warnings.is_empty(), "{:?}", checked.warnings);
    checked.rows
}

fn encoding(table: &Table) -> (TextEncoding, char) {
    match table.source {
        TableSource::Csv { encoding, separator } => (encoding, separator),
        TableSource::Xlsx { .. } => panic!("a workbook"),
    }
}

#[test]
fn the_columns_are_the_documents_in_order() {
    assert_eq!(ImportColumn::FORM.map(ImportColumn::label), HEADERS);
}

#[test]
fn the_example_rows_come_in_from_csv_in_every_encoding() {
    let text = form_csv();
    let utf16: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (bytes, expected) in [
        (text.clone().into_bytes(), TextEncoding::Utf8),
        (format!("\u{feff}{text}").into_bytes(), TextEncoding::Utf8Bom),
        (GBK.encode(&text).0.into_owned(), TextEncoding::Gb18030),
        (utf16, TextEncoding::Utf16),
    ] {
        let table = read_any(&bytes);
        assert_eq!(encoding(&table), (expected, ','));
        assert_eq!(import(&table), form_rows());
    }
}

#[test]
fn the_separator_is_found_out() {
    for separator in [',', ';', '\t'] {
        let text = csv_text(separator, &HEADERS, &ROWS.map(|row| row.to_vec()));
        let table = read_any(text.as_bytes());
        assert_eq!(encoding(&table).1, separator);
        assert_eq!(import(&table), form_rows());
    }
    let stated = format!("sep=;\r\n{}", csv_text(';', &["a,b", "c"], &[vec!["1,2", "3"]]));
    let table = read_any(stated.as_bytes());
    assert_eq!((table.headers.len(), table.header_row), (2, 1), "Excel does not count its own first line");
}

#[test]
fn the_example_rows_come_in_from_a_workbook() {
    let table = read_any(&form_xlsx());
    assert_eq!(table.source, TableSource::Xlsx { sheet: "Sheet1".into(), sheets: vec!["Sheet1".into()] });
    assert_eq!(import(&table), form_rows());
}

#[test]
fn native_dates_and_numbers_come_in_from_a_workbook() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("说明").unwrap().write_string(0, 0, "填表说明").unwrap();
    let sheet = book.add_worksheet().set_name("工单").unwrap();
    let dated = Format::new().set_num_format("yyyy/m/d h:mm");
    sheet.write_string(0, 0, "流程记录表单").unwrap();
    for (column, header) in (0..).zip(HEADERS) {
        sheet.write_string(2, column, header).unwrap();
    }
    for (column, cell) in (0..).zip(ROWS[0]) {
        sheet.write_string(4, column, cell).unwrap();
    }
    sheet.write_number(4, 3, 5678.0).unwrap();
    for (column, hour) in [(9, 9), (10, 10), (11, 15)] {
        let at =
            ExcelDateTime::from_ymd(2024, 10, 1).unwrap().and_hms(hour, if hour == 9 { 30 } else { 0 }, 0).unwrap();
        sheet.write_datetime_with_format(4, column, &at, &dated).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let table = read(&bytes, &FileHint { sheet: Some("工单".into()), ..FileHint::default() }).unwrap();
    assert_eq!(table.header_row, 3, "a title and a blank row stand above");
    assert_eq!(table.rows[0].number, 5);
    let Cell::Date { serial, text } = &table.rows[0].cells[9] else { panic!("{:?}", table.rows[0].cells[9]) };
    assert!((serial - 45_566.395_833_333).abs() < 1e-6);
    assert_eq!(text, "2024-10-01 09:30");
    assert_eq!(table.rows[0].cells[3], Cell::Number { value: 5678.0, text: "5678".into() });
    let rows = import(&table);
    assert_eq!(rows, [ImportRow { row: 5, ..form_rows().remove(0) }]);
}

#[test]
fn row_numbers_are_the_spreadsheets() {
    let text = "编号,描述\r\n\r\n1,\"两行\r\n文字\"\r\n,\r\n2,\"他说\"\"好\"\"\"\r\n3\r\n4,a,b\r\n";
    let table = read_any(text.as_bytes());
    let rows: Vec<_> = table.rows.iter().map(|row| (row.number, row.cells[1].text())).collect();
    assert_eq!(rows, [(3, "两行\r\n文字"), (5, "他说\"好\""), (6, ""), (7, "a")]);
    let notes: Vec<_> = table.notes.iter().map(|note| (note.row, &note.kind)).collect();
    assert_eq!(
        notes,
        [(6, &NoteKind::TooFewCells { cells: 1, headers: 2 }), (7, &NoteKind::TooManyCells { cells: 3, headers: 2 }),]
    );
}

#[test]
fn what_goes_out_comes_in_again() {
    let made_at = Timestamp::UNIX_EPOCH;
    let mut rows = form_rows();
    rows[1].remark = Some("=HYPERLINK(\"http://example.org\")".into());
    rows[1].result = Some("第一行\n第二行, \"引号\"".into());
    rows[1].address = Some("-3 层 东门".into());
    rows[1].phone = Some("+8613800000000".into());
    rows[1].occurred_at = Some("2024-10-01T06:00:07Z".parse().unwrap());
    let table = form_table(&rows, FormFields::FormAndExtra, shanghai(), made_at);
    assert_eq!(table.headers[..15], HEADERS.map(str::to_owned));
    assert_eq!(import(&read_any(&write_xlsx(&table).unwrap())), rows);
    for encoding in [CsvEncoding::Utf8Bom, CsvEncoding::Gbk] {
        let out = write_csv(&table, encoding).unwrap();
        assert_eq!(import(&read_any(&out.bytes)), rows);
        assert!(out.replaced.is_empty());
    }
    assert_eq!(form_table(&rows, FormFields::Form, shanghai(), made_at).headers, HEADERS.map(str::to_owned));
}

#[test]
fn the_same_table_gives_the_same_workbook_with_real_dates() {
    let table = form_table(&form_rows(), FormFields::Form, shanghai(), Timestamp::UNIX_EPOCH);
    let bytes = write_xlsx(&table).unwrap();
    assert_eq!(bytes, write_xlsx(&table).unwrap());
    let read = read_any(&bytes);
    assert!(matches!(&read.rows[0].cells[9], Cell::Date { text, .. } if text == "2024-10-01 09:30"));
    assert_eq!(read.rows[0].cells[3], Cell::Text("5678".into()), "a phone is a text");
}

#[test]
fn a_text_never_becomes_a_formula() {
    let texts = ["=1+1", "_x0041_", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1", "http://example.org"];
    let table = OutTable {
        sheet: "s".into(),
        headers: vec!["=h".into(), "b".into()],
        rows: texts.iter().map(|text| vec![OutCell::Text((*text).into()), OutCell::Integer(1)]).collect(),
        zone: shanghai(),
        made_at: Timestamp::UNIX_EPOCH,
    };
    let bytes = write_xlsx(&table).unwrap();
    let mut book: calamine::Xlsx<_> = calamine::Reader::new(std::io::Cursor::new(&bytes[..])).unwrap();
    let formulas = calamine::Reader::worksheet_formula(&mut book, "s").unwrap();
    assert_eq!(formulas.used_cells().count(), 0);
    let read = read_any(&bytes);
    assert_eq!(read.rows.iter().map(|row| row.cells[0].text()).collect::<Vec<_>>(), texts);
    let csv = String::from_utf8(write_csv(&table, CsvEncoding::Utf8Bom).unwrap().bytes).unwrap();
    assert!(csv.starts_with("\u{feff}'=h,b\r\n'=1+1,1\r\n_x0041_,1\r\n'+1+1,1\r\n'-1+1,1\r\n'@SUM(A1),1\r\n"), "{csv}");
}

#[test]
fn what_gbk_cannot_write_is_marked_and_reported() {
    let table = OutTable {
        sheet: "s".into(),
        headers: vec!["姓名".into(), "备注".into()],
        rows: vec![vec![OutCell::Text("王𠮷".into()), OutCell::Text("好😀,的".into())]],
        zone: shanghai(),
        made_at: Timestamp::UNIX_EPOCH,
    };
    let out = write_csv(&table, CsvEncoding::Gbk).unwrap();
    let replaced: Vec<_> = out.replaced.iter().map(|sign| (sign.row, sign.header.as_str(), sign.character)).collect();
    assert_eq!(replaced, [(2, "姓名", '𠮷'), (2, "备注", '😀')]);
    assert_eq!(GBK.decode(&out.bytes).0, "姓名,备注\r\n王〓,\"好〓,的\"\r\n");
}

#[test]
fn a_text_too_long_for_a_cell_is_named() {
    let table = OutTable {
        sheet: "s".into(),
        headers: vec!["描述".into()],
        rows: vec![vec![OutCell::Text("长".repeat(32_768))]],
        zone: shanghai(),
        made_at: Timestamp::UNIX_EPOCH,
    };
    let fault = write_xlsx(&table).unwrap_err().to_string();
    assert_eq!(fault, "row 2, column 描述: 32768 characters, a cell holds 32,767");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_texts_survive_both_formats(rows in prop::collection::vec(prop::collection::vec("[a-z=+@'\",;\\-\n 客服_x0-9]{0,8}", 3), 1..6)) {
        let table = OutTable {
            sheet: "s".into(),
            headers: vec!["甲".into(), "乙".into(), "丙".into()],
            rows: rows.iter().map(|row| row.iter().map(|text| OutCell::Text(text.clone())).collect()).collect(),
            zone: shanghai(),
            made_at: Timestamp::UNIX_EPOCH,
        };
        let expected: Vec<Vec<&str>> = rows
            .iter()
            .map(|row| row.iter().map(|text| text.trim()).collect::<Vec<_>>())
            .filter(|row| row.iter().any(|text| !text.is_empty()))
            .collect();
        for bytes in [write_xlsx(&table).unwrap(), write_csv(&table, CsvEncoding::Gbk).unwrap().bytes] {
            let read = read_any(&bytes);
            let found: Vec<Vec<&str>> =
                read.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text().trim()).collect()).collect();
            prop_assert_eq!(&found, &expected);
        }
    }
}
