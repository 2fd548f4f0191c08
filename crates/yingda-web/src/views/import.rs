//! 导入: upload a table, say which column is what, see every fault by row and column, then all or nothing.

use askama::Template;

use crate::kit::{FieldForm, FieldView};
use crate::shell::Shell;

/// The page at `/imports` and `/imports/{id}`.
#[derive(Template, Debug, Clone)]
#[template(path = "import.html")]
pub struct ImportPage {
    /// Surroundings.
    pub shell: Shell,
    /// How far it is.
    pub stage: ImportStage,
}

/// How far an import is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportStage {
    /// Choose a file.
    Upload {
        /// File, process, encoding.
        form: FieldForm,
        /// Idempotency key.
        key: String,
    },
    /// Say which column is what.
    Mapping {
        /// Public id.
        id: String,
        /// File name and size in words.
        file: String,
        /// Rows in the file.
        row_count: usize,
        /// One list per column of the file; the label is the column's heading, the hint its first values.
        columns: Vec<FieldView>,
    },
    /// What would happen.
    DryRun {
        /// Public id.
        id: String,
        /// File name and size in words.
        file: String,
        /// Rows that would come in.
        good: usize,
        /// Rows with faults.
        bad: usize,
        /// Every fault, in the file's order.
        faults: Vec<Fault>,
        /// Faults beyond those shown.
        more: usize,
    },
    /// It is in.
    Done {
        /// Tickets made.
        count: usize,
        /// The list of them.
        href: String,
    },
}

impl ImportStage {
    /// 1 to 4.
    #[must_use]
    pub const fn number(&self) -> u8 {
        match self {
            Self::Upload { .. } => 1,
            Self::Mapping { .. } => 2,
            Self::DryRun { .. } => 3,
            Self::Done { .. } => 4,
        }
    }
}

/// One fault of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Row in the file, from 1, the heading counted.
    pub row: usize,
    /// Column's heading.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// What is wrong with it.
    pub what: String,
}

impl ImportPage {
    /// Keys of the stages with where each stands: -1 done, 0 here, 1 ahead.
    #[must_use]
    pub fn stages(&self) -> Vec<(&'static str, i8)> {
        let here = self.stage.number();
        [
            "import-upload",
            "import-mapping",
            "import-check",
            "import-done",
        ]
        .into_iter()
        .zip(1u8..)
        .map(|(key, number)| {
            let place = match number.cmp(&here) {
                std::cmp::Ordering::Less => -1,
                std::cmp::Ordering::Equal => 0,
                std::cmp::Ordering::Greater => 1,
            };
            (key, place)
        })
        .collect()
    }
}
