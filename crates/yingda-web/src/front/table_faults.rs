//! What is wrong with a table, as sentences: `table-…` of the language files for its cells, `field-…` for what the process's form
//! refuses, `unreadable-…` and `mapping-…` where there was nothing to check.
//!
//! The command line says the same sentences: nothing here knows a request.

use yingda_app::import::{ImportColumn, MappingFault, RowFault, TableFault, TableSource, TextEncoding, Unreadable};

use crate::i18n::Tr;

/// The sentence of a fault or a warning; where it stands is not part of it.
#[must_use]
pub fn row_fault_sentence(t: Tr, fault: &RowFault) -> String {
    t.with_words(&fault.code, &fault.words)
}

/// The whole line: 第 3 行 G 列（优先级）“特急”：sentence.
#[must_use]
pub fn row_fault_line(t: Tr, fault: &RowFault) -> String {
    let place = match (&fault.column, fault.field.as_str()) {
        (Some((letter, header)), _) => t.with("fault-place-column", &[("letter", letter), ("header", header)]),
        (None, "") => String::new(),
        (None, field) => t.with("fault-place-field", &[("field", field)]),
    };
    let value =
        if fault.value.is_empty() { String::new() } else { t.with("fault-value", &[("value", fault.value.as_str())]) };
    let row = fault.row.to_string();
    let sentence = row_fault_sentence(t, fault);
    t.with(
        "fault-line",
        &[("row", row.as_str()), ("place", place.as_str()), ("value", value.as_str()), ("sentence", sentence.as_str())],
    )
}

/// Why a file could not be looked at.
#[must_use]
pub fn unreadable_sentence(t: Tr, why: &Unreadable) -> String {
    match why {
        Unreadable::Table(fault) => table_sentence(t, fault),
        Unreadable::Mapping(fault) => mapping_sentence(t, fault),
    }
}

fn table_sentence(t: Tr, fault: &TableFault) -> String {
    let key = format!("unreadable-{}", fault.code().replace('_', "-"));
    match fault {
        TableFault::TooLarge { limit, .. } => t.with(&key, &[("mb", limit / 1024 / 1024)]),
        TableFault::UnpacksTooLarge { limit } => t.with(&key, &[("mb", limit / 1024 / 1024)]),
        TableFault::TooManyRows { limit } | TableFault::TooManyCells { limit } => t.with(&key, &[("limit", *limit)]),
        TableFault::TooManyColumns { row, limit } => {
            t.with(&key, &[("row", row.to_string()), ("limit", limit.to_string())])
        }
        TableFault::UnknownEncoding { line } => t.with(&key, &[("line", line.to_string())]),
        TableFault::NoSuchSheet { asked, sheets } => {
            t.with(&key, &[("asked", asked.clone()), ("sheets", sheets.join(&t.say("list-mark")))])
        }
        TableFault::UnclosedQuote { row } => t.with(&key, &[("row", row.to_string())]),
        TableFault::Empty
        | TableFault::OldExcel
        | TableFault::Encrypted
        | TableFault::NotAWorkbook
        | TableFault::WebPage
        | TableFault::NotText
        | TableFault::Broken { .. }
        | TableFault::NoSheet
        | TableFault::NoHeader => t.say(&key),
    }
}

fn mapping_sentence(t: Tr, fault: &MappingFault) -> String {
    match fault {
        MappingFault::NotJson { line, column, .. } => {
            t.with("mapping-not-json", &[("line", line.to_string()), ("column", column.to_string())])
        }
        MappingFault::UnknownColumn { column, .. } => {
            let known = ImportColumn::all().map(ImportColumn::label).collect::<Vec<_>>().join(&t.say("list-mark"));
            t.with("mapping-unknown-column", &[("column", column.clone()), ("known", known)])
        }
        MappingFault::MappedTwice { column } => t.with("mapping-mapped-twice", &[("column", column)]),
        MappingFault::Shape { place, .. } => t.with("mapping-shape", &[("place", place)]),
    }
}

/// How a file was understood.
#[must_use]
pub fn source_sentence(t: Tr, source: &TableSource) -> String {
    match source {
        TableSource::Xlsx { sheet, .. } => t.with("import-read-xlsx", &[("sheet", sheet)]),
        TableSource::Csv { encoding, separator } => {
            let encoding = match encoding {
                TextEncoding::Utf8 | TextEncoding::Utf8Bom => "UTF-8",
                TextEncoding::Gb18030 => "GBK（GB18030）",
                TextEncoding::Utf16 => "UTF-16",
            };
            let separator = t.say(match separator {
                ',' => "import-comma",
                ';' => "import-semicolon",
                _ => "import-tab",
            });
            t.with("import-read-csv", &[("encoding", encoding), ("separator", separator.as_str())])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;

    fn sentences(check: impl Fn(Tr)) {
        Locale::ALL.into_iter().map(Tr::new).for_each(check);
    }

    #[test]
    fn every_fault_of_a_cell_has_its_sentence() {
        let words =
            ["header", "letters", "cells", "headers", "allowed", "expected", "earlier", "value", "row", "chars", "max"];
        let words: Vec<(String, String)> = words.into_iter().map(|word| (word.to_owned(), "7".to_owned())).collect();
        let codes = [
            "column-missing",
            "header-missing",
            "header-twice",
            "row-too-short",
            "row-too-long",
            "required",
            "not-allowed",
            "unknown-department",
            "unknown-person",
            "date-not-a-date",
            "date-impossible",
            "date-two-readings",
            "date-month-first",
            "date-skipped-by-clock",
            "date-out-of-range",
            "shown-twice",
            "out-of-order",
            "duplicate-in-file",
            "already-known",
            "too-long",
            "formula-error",
            "control-character",
            "digits-lost",
        ];
        sentences(|t| {
            for code in codes {
                let fault = RowFault {
                    row: 3,
                    column: Some(("G".to_owned(), "优先级".to_owned())),
                    field: "优先级".to_owned(),
                    value: "特急".to_owned(),
                    code: format!("table-{code}"),
                    words: words.clone(),
                };
                let line = row_fault_line(t, &fault);
                assert!(!line.contains(['⟦', '{']) && line.contains("特急") && line.contains('G'), "{line}");
            }
        });
    }

    #[test]
    fn every_reason_not_to_read_has_its_sentence() {
        let tables = [
            TableFault::Empty,
            TableFault::TooLarge { bytes: 1, limit: 50 << 20 },
            TableFault::UnpacksTooLarge { limit: 256 << 20 },
            TableFault::TooManyRows { limit: 1 },
            TableFault::TooManyColumns { row: 1, limit: 1 },
            TableFault::TooManyCells { limit: 1 },
            TableFault::OldExcel,
            TableFault::Encrypted,
            TableFault::NotAWorkbook,
            TableFault::WebPage,
            TableFault::NotText,
            TableFault::UnknownEncoding { line: 1 },
            TableFault::Broken { detail: String::new() },
            TableFault::NoSuchSheet { asked: "甲".to_owned(), sheets: vec!["乙".to_owned()] },
            TableFault::NoSheet,
            TableFault::UnclosedQuote { row: 1 },
            TableFault::NoHeader,
        ];
        let mappings = [
            MappingFault::NotJson { line: 1, column: 1, detail: String::new() },
            MappingFault::UnknownColumn { column: "x".to_owned(), known: String::new() },
            MappingFault::MappedTwice { column: "x".to_owned() },
            MappingFault::Shape { place: "x".to_owned(), detail: String::new() },
        ];
        sentences(|t| {
            let all =
                tables.iter().cloned().map(Unreadable::Table).chain(mappings.iter().cloned().map(Unreadable::Mapping));
            for why in all {
                let sentence = unreadable_sentence(t, &why);
                assert!(!sentence.contains(['⟦', '{']), "{sentence}");
            }
        });
    }

    #[test]
    fn how_a_file_was_read_is_said() {
        let t = Tr::new(Locale::ZhCn);
        let gbk = TableSource::Csv { encoding: TextEncoding::Gb18030, separator: ',' };
        assert_eq!(source_sentence(t, &gbk), "CSV，编码 GBK（GB18030），以逗号分隔");
        let book = TableSource::Xlsx { sheet: "表".to_owned(), sheets: vec![] };
        assert_eq!(source_sentence(t, &book), "Excel，工作表“表”");
    }
}
