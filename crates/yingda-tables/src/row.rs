//! One checked row: typed values, ready for the application to receive as a ticket.
//!
//! The one thing to know: every field is optional here, because which are required is the caller's rule; a row in
//! [`crate::Checked::rows`] has met it.

use jiff::Timestamp;
use serde::Serialize;

/// How urgent, in S03's four words (step 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    Urgent,
    High,
    Normal,
    Low,
}

impl Priority {
    pub const ALL: [Self; 4] = [Self::Urgent, Self::High, Self::Normal, Self::Low];

    /// The document's word.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Urgent => "紧急",
            Self::High => "高",
            Self::Normal => "中",
            Self::Low => "低",
        }
    }

    /// By the document's word only; words of other systems come through a mapping's `values`.
    #[must_use]
    pub fn labelled(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.label() == word)
    }
}

/// The form's 15 fields in order (E-01), then the extra ones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ImportRow {
    /// The spreadsheet row it came from.
    pub row: u32,
    pub number: Option<String>,
    pub customer: Option<String>,
    pub contact: Option<String>,
    /// As it stands in the file: 「5678」 and 「139」 are what S03 itself has.
    pub phone: Option<String>,
    pub kind: Option<String>,
    pub description: Option<String>,
    pub priority: Option<Priority>,
    pub department: Option<String>,
    pub person: Option<String>,
    pub accepted_at: Option<Timestamp>,
    pub responded_at: Option<Timestamp>,
    pub solved_at: Option<Timestamp>,
    pub result: Option<String>,
    pub rating: Option<String>,
    pub remark: Option<String>,
    pub channel: Option<String>,
    pub industry: Option<String>,
    pub occurred_at: Option<Timestamp>,
    pub impact: Option<String>,
    /// In the customer's words (T13: 「需3天内提供方案」).
    pub expected_by: Option<String>,
    pub address: Option<String>,
}
