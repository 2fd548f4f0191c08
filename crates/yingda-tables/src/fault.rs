//! What is wrong with a cell, said so that a person finds the cell and knows what is expected.
//!
//! The one thing to know: [`Fault::code`] is the key under which the interface keeps the sentence; the English text that
//! `Display` gives is for logs and the command line.

use serde::Serialize;

use crate::column::ImportColumn;
use crate::when::DateFault;

/// One fault or warning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellFault {
    /// As the spreadsheet numbers it; a fault of the whole column stands in the header's row.
    pub row: u32,
    /// The field concerned; none if the row itself is at fault.
    pub field: Option<ImportColumn>,
    /// Where to look; none if the value is a constant or its column is missing.
    pub place: Option<Place>,
    /// The value as it stands in the file.
    pub value: String,
    #[serde(flatten)]
    pub fault: Fault,
}

/// A column as the spreadsheet shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    pub letter: String,
    pub header: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Fault {
    #[error("this field is required, and no column of the file is mapped to it")]
    ColumnMissing,
    #[error("the mapping names the header \"{header}\", which the file does not have")]
    HeaderMissing { header: String },
    #[error("the header \"{header}\" stands over columns {letters}; only the first is read")]
    HeaderTwice { header: String, letters: String },
    #[error("the row is cut short: {cells} cells under {headers} headers")]
    RowTooShort { cells: usize, headers: usize },
    #[error("the row is too long: {cells} cells under {headers} headers")]
    RowTooLong { cells: usize, headers: usize },
    #[error("required")]
    Required,
    #[error("expected one of: {}", allowed.join(", "))]
    NotAllowed { allowed: Vec<String> },
    #[error("the desk knows no such department")]
    UnknownDepartment,
    #[error("the desk knows no such person")]
    UnknownPerson,
    #[error("{reason}; expected such as {expected}")]
    Date { reason: DateFault, expected: &'static str },
    #[error("the clock showed this time twice that day; the first is taken")]
    ShownTwice,
    #[error("this is before {}, {earlier_value}", earlier.label())]
    OutOfOrder { earlier: ImportColumn, earlier_value: String },
    #[error("row {first_row} has the same number")]
    DuplicateInFile { first_row: u32 },
    #[error("the desk already has a ticket of this number")]
    AlreadyKnown,
    #[error("{chars} characters, at most {max} are possible")]
    TooLong { chars: usize, max: usize },
    #[error("the formula in this cell has no value")]
    FormulaError,
    #[error("the text has a control character")]
    ControlCharacter,
    #[error("the spreadsheet keeps 15 digits of a number; the rest are lost. Make the column text")]
    DigitsLost,
}

impl Fault {
    /// The sentence's key, the same word as `code` in JSON.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ColumnMissing => "column_missing",
            Self::HeaderMissing { .. } => "header_missing",
            Self::HeaderTwice { .. } => "header_twice",
            Self::RowTooShort { .. } => "row_too_short",
            Self::RowTooLong { .. } => "row_too_long",
            Self::Required => "required",
            Self::NotAllowed { .. } => "not_allowed",
            Self::UnknownDepartment => "unknown_department",
            Self::UnknownPerson => "unknown_person",
            Self::Date { .. } => "date",
            Self::ShownTwice => "shown_twice",
            Self::OutOfOrder { .. } => "out_of_order",
            Self::DuplicateInFile { .. } => "duplicate_in_file",
            Self::AlreadyKnown => "already_known",
            Self::TooLong { .. } => "too_long",
            Self::FormulaError => "formula_error",
            Self::ControlCharacter => "control_character",
            Self::DigitsLost => "digits_lost",
        }
    }
}

impl std::fmt::Display for CellFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "row {}", self.row)?;
        if let Some(place) = &self.place {
            write!(f, ", column {} ({})", place.letter, place.header)?;
        } else if let Some(field) = self.field {
            write!(f, ", {}", field.label())?;
        }
        if !self.value.is_empty() {
            write!(f, ", {:?}", self.value)?;
        }
        write!(f, ": {}", self.fault)
    }
}
