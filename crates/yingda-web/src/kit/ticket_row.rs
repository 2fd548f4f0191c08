//! One ticket in a list: a table row at a desk, a card on a phone. The same data wherever tickets are listed.

use super::{Badge, Due, Moment, Priority};

/// A ticket as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketRow {
    /// Public id (`tkt_…`).
    pub id: String,
    /// Human number, such as CS2026110001.
    pub number: String,
    /// What it is about, one line.
    pub title: String,
    /// Customer's name, masked where it must be; empty for an unknown caller.
    pub customer: String,
    /// Kind of matter, such as 技术故障.
    pub kind: String,
    /// Priority, where the process has one.
    pub priority: Option<Priority>,
    /// Where it stands.
    pub state: Badge,
    /// Department that works on it.
    pub department: String,
    /// Who works on it; empty when nobody has taken it.
    pub assignee: String,
    /// Channel's name, such as 电话.
    pub channel: String,
    /// The nearest limit.
    pub due: Option<Due>,
    /// When it was received.
    pub received: Moment,
    /// When anything last happened.
    pub updated: Moment,
    /// How often it was urged.
    pub urged: i64,
    /// The stale-edit version that one-click actions send back.
    pub version: String,
}

impl TicketRow {
    /// Its page.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/tickets/{}", self.id)
    }
}
