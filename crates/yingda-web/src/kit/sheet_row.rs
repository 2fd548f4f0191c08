//! One contact sheet (工作联系单) in a list.

use super::{Badge, Due, Moment};

/// A contact sheet as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// Public id.
    pub id: String,
    /// Human number.
    pub number: String,
    /// The question, one line.
    pub question: String,
    /// Department that asks.
    pub from: String,
    /// Department that must answer.
    pub to: String,
    /// Number of the customer's matter it belongs to.
    pub ticket: String,
    /// Where it stands.
    pub state: Badge,
    /// When it was sent.
    pub sent: Moment,
    /// Limit; runs from receipt, so there is none before.
    pub due: Option<Due>,
    /// The stale-edit version that the receipt button sends back.
    pub version: String,
    /// Whether the reader may receive it now.
    pub receivable: bool,
}

impl SheetRow {
    /// Its page.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/sheets/{}", self.id)
    }
}
