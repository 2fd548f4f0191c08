//! 导入: choose a table, look at what would come in and what is wrong with it, then all or nothing.

use askama::Template;

use crate::kit::{FieldForm, Markup};
use crate::shell::Shell;

/// The page at `/imports`.
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
        /// Process, file, sheet.
        form: FieldForm,
        /// The mapping that goes with the next file, as JSON; empty for none.
        mapping: String,
    },
    /// What would happen.
    Look(Box<Look>),
    /// It is in.
    Done {
        /// Tickets made.
        count: usize,
        /// The list of them.
        href: String,
    },
}

/// A table that has been looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look {
    /// File name, size and how it was read, in words.
    pub file: String,
    /// Where its rows would go.
    pub process: String,
    /// What every form of the page sends again: the kept file, its name, process, sheet, each with its value.
    pub held: Vec<(String, String)>,
    /// Idempotency key.
    pub key: String,
    /// The mapping that was used, as JSON.
    pub mapping: String,
    /// Rows that would come in.
    pub good: usize,
    /// Rows with faults.
    pub bad: usize,
    /// Faults of the whole file, those that belong to no row too.
    pub fault_count: usize,
    /// The first faults, in the file's order.
    pub faults: Vec<Fault>,
    /// What is odd but stops nothing.
    pub warnings: Vec<Fault>,
    /// Of those, the ones not shown.
    pub more_warnings: usize,
    /// Headings of the preview.
    pub heads: Vec<String>,
    /// The first rows as they would be taken in.
    pub preview: Vec<Vec<String>>,
    /// The file's headings that no field takes, as one text.
    pub unused: String,
    /// One list per field: which column of the file fills it. `None` where the mapping could not be read.
    pub columns: Option<FieldForm>,
    /// The mapping to be written by hand.
    pub rules: FieldForm,
    /// Why nothing was taken in, where that was not a fault of the table.
    pub error: Option<String>,
}

impl Look {
    /// The hidden fields of every form.
    #[must_use]
    pub fn hidden(&self) -> Vec<Markup> {
        self.held.iter().map(|(name, value)| Markup::hidden(name, value)).collect()
    }

    /// Faults that are not shown.
    #[must_use]
    pub fn more(&self) -> usize {
        self.fault_count.saturating_sub(self.faults.len())
    }

    /// Whether it can be taken in.
    #[must_use]
    pub fn ready(&self) -> bool {
        self.fault_count == 0 && self.columns.is_some() && self.good > 0
    }
}

impl ImportStage {
    /// 1 to 3.
    #[must_use]
    pub const fn number(&self) -> u8 {
        match self {
            Self::Upload { .. } => 1,
            Self::Look(_) => 2,
            Self::Done { .. } => 3,
        }
    }
}

/// One fault of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Row in the file, from 1, the heading counted.
    pub row: u32,
    /// Column's letter and heading; the field where there is no column.
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
        ["import-upload", "import-check", "import-done"]
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
