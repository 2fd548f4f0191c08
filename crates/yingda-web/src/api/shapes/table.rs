//! What came of a table of tickets.

use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;
use yingda_app::import::{ImportReport, RowFault};

/// What came of a table: looked at, or taken in.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ImportShape {
    /// Its headers.
    pub headers: Vec<String>,
    /// Headers that no field takes.
    pub unused: Vec<String>,
    /// The mapping that was used, to be changed and sent again.
    #[schema(value_type = Object)]
    pub mapping: Json,
    /// Rows below the header.
    pub rows: usize,
    /// Every fault of the whole file; nothing is taken in while there is one.
    pub faults: Vec<RowFaultShape>,
    /// What is odd but stops nothing.
    pub warnings: Vec<RowFaultShape>,
    /// Tickets made; `null` where nothing was taken in.
    pub imported: Option<usize>,
}

/// Something wrong with a row, or only odd.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RowFaultShape {
    /// As the spreadsheet numbers it.
    pub row: u32,
    /// The column's letter, where the value stands in one.
    pub column: Option<String>,
    /// The column's header.
    pub header: Option<String>,
    /// The label of the field concerned.
    pub field: String,
    /// The value as it stands in the file.
    pub value: String,
    /// `table-…` for faults of the table, `field-…` for faults of the process's form.
    #[schema(example = "table-unknown_department")]
    pub code: String,
}

impl From<&RowFault> for RowFaultShape {
    fn from(fault: &RowFault) -> Self {
        let (column, header) = fault.column.clone().unzip();
        Self {
            row: fault.row,
            column,
            header,
            field: fault.field.clone(),
            value: fault.value.clone(),
            code: fault.code.clone(),
        }
    }
}

impl From<&ImportReport> for ImportShape {
    fn from(report: &ImportReport) -> Self {
        Self {
            headers: report.headers.clone(),
            unused: report.unused.clone(),
            mapping: serde_json::from_str(&report.mapping).unwrap_or_default(),
            rows: report.rows,
            faults: report.faults.iter().map(RowFaultShape::from).collect(),
            warnings: report.warnings.iter().map(RowFaultShape::from).collect(),
            imported: report.imported,
        }
    }
}
