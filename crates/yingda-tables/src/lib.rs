//! Tables in and out: xlsx, CSV in UTF-8 and GBK, column mappings, faults by row and column.
//!
//! The one thing to know: everything here is a pure function over bytes and values. [`read`] makes a [`Table`] of a file,
//! a [`Mapping`] says which of its columns is which field of S03's form (E-01), [`check`] makes typed [`ImportRow`]s and
//! lists *every* fault of the whole file, and [`write_xlsx`] and [`write_csv`] go the other way.
//!
//! Not here: files, the clock, the database, the sentences in which a fault is told (they live in the interface's own
//! language files, looked up by [`Fault::code`]), and the decision to import, which is the application's and is all or nothing.

mod check;
mod column;
mod fault;
mod fold;
mod mapping;
mod read;
mod row;
mod rules;
mod serial;
mod table;
mod when;
mod write;

pub use check::{Checked, check};
pub use column::ImportColumn;
pub use fault::{CellFault, Fault, Place};
pub use mapping::{ColumnRule, Mapping, MappingFault, Origin};
pub use read::{Limits, TableFault, read, read_within};
pub use row::{ImportRow, Priority};
pub use rules::{Allowed, Rules, Severity};
pub use serial::{from_serial, to_serial};
pub use table::{
    Cell, FileFormat, FileHint, NoteKind, Table, TableNote, TableRow, TableSource, TextEncoding, column_letter,
};
pub use when::{DateFault, DateStyle, Precision, When, parse_when};
pub use write::{
    CsvEncoding, CsvOut, FormFields, OutCell, OutFault, OutTable, Unencodable, form_table, write_csv, write_xlsx,
};
