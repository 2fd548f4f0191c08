//! What the caller allows: vocabularies, required fields, lengths, the zone of the clock.
//!
//! The one thing to know: nothing is built in but S03's own scales; departments, people and kinds are the desk's, so the
//! caller brings them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;

use crate::column::ImportColumn;

/// A vocabulary.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Allowed {
    #[default]
    Any,
    OneOf(Vec<String>),
}

impl Allowed {
    pub fn one_of<T: Into<String>>(values: impl IntoIterator<Item = T>) -> Self {
        Self::OneOf(values.into_iter().map(Into::into).collect())
    }
}

/// Whether something stops the import or is only mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    Fault,
    Warning,
}

#[derive(Debug, Clone)]
pub struct Rules {
    /// Where a time without an offset was written down.
    pub zone: TimeZone,
    pub kinds: Allowed,
    /// The rating scale; S03's is 非常满意, 满意, 一般, 不满意.
    pub ratings: Allowed,
    pub departments: Allowed,
    pub people: Allowed,
    pub unknown_department: Severity,
    pub unknown_person: Severity,
    /// 受理 ≤ 响应 ≤ 解决.
    pub order_of_times: Severity,
    pub required: BTreeSet<ImportColumn>,
    /// Ticket numbers that the desk already has.
    pub known_numbers: BTreeSet<String>,
    /// Most characters of a field; fields that are not named here take [`Rules::LONG`].
    pub max_chars: BTreeMap<ImportColumn, usize>,
}

impl Rules {
    /// Characters that any field may have if nothing stricter is said.
    pub const LONG: usize = 20_000;

    /// S03's scales, the fields without which a ticket says nothing (who, what, how urgent, since when), and lengths that
    /// fit a list; departments, people and kinds are open.
    #[must_use]
    pub fn new(zone: TimeZone) -> Self {
        use ImportColumn as C;
        let short = [C::Number, C::Priority, C::Rating].map(|column| (column, 40));
        let name = [C::Contact, C::Phone, C::Kind, C::Department, C::Person, C::Channel, C::Industry, C::ExpectedBy]
            .map(|column| (column, 100));
        let long_name = [C::Customer, C::Address, C::Impact].map(|column| (column, 500));
        Self {
            zone,
            kinds: Allowed::Any,
            ratings: Allowed::one_of(["非常满意", "满意", "一般", "不满意"]),
            departments: Allowed::Any,
            people: Allowed::Any,
            unknown_department: Severity::Fault,
            unknown_person: Severity::Warning,
            order_of_times: Severity::Fault,
            required: BTreeSet::from([C::Customer, C::Kind, C::Description, C::Priority, C::AcceptedAt]),
            known_numbers: BTreeSet::new(),
            max_chars: short.into_iter().chain(name).chain(long_name).collect(),
        }
    }
}
