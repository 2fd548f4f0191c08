//! Statutory tables as JSON files, one for each year.
//!
//! The one thing to know: what is written is, byte for byte, the layout of the holiday-cn data set, so that files can be
//! exchanged and compared. Not here: what makes a table good (`year.rs`).

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::fault::{TableFault, TableFaults, TableProblem};
use super::year::{StatutoryFile, StatutoryYear};

const SOURCE: &str = "https://raw.githubusercontent.com/NateScarlet/holiday-cn/master";

/// The dates alone, borrowed from the text: where they stand in it says on which line.
#[derive(Deserialize)]
struct Places<'a> {
    #[serde(borrow)]
    days: Vec<DayPlace<'a>>,
}

#[derive(Deserialize)]
struct DayPlace<'a> {
    #[serde(borrow)]
    date: Cow<'a, str>,
}

impl StatutoryYear {
    /// Reads a year's file.
    ///
    /// # Errors
    /// Every fault with its line.
    pub fn from_json(text: &str) -> Result<Self, TableFaults> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let file: StatutoryFile = serde_json::from_str(text).map_err(|error| {
            let line = Some(error.line()).filter(|&line| line > 0);
            TableFaults(vec![TableFault { line, problem: TableProblem::Json(error.to_string()) }])
        })?;
        Self::new(file).map_err(|problems| {
            let places = serde_json::from_str::<Places<'_>>(text).map_or_else(|_| Vec::new(), |places| places.days);
            let line = |index: usize| places.get(index).and_then(|place| line_of(text, &place.date));
            let fault = |(index, problem): (Option<usize>, _)| TableFault { line: index.and_then(line), problem };
            TableFaults(problems.into_iter().map(fault).collect())
        })
    }

    /// The year's file.
    pub fn to_json(&self) -> String {
        let file = StatutoryFile {
            schema: Some(format!("{SOURCE}/schema.json")),
            id: Some(format!("{SOURCE}/{}.json", self.year())),
            ..self.to_file()
        };
        let mut written = Vec::new();
        let layout = serde_json::ser::PrettyFormatter::with_indent(b"    ");
        let done = file.serialize(&mut serde_json::Serializer::with_formatter(&mut written, layout));
        debug_assert!(done.is_ok(), "strings and numbers can always be written");
        String::from_utf8(written).unwrap_or_default()
    }
}

/// The line of a piece of `text`; `None` for a copy, which a string with escapes is.
fn line_of(text: &str, piece: &str) -> Option<usize> {
    let at = piece.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
    Some(text.get(..at)?.matches('\n').count() + 1)
}
