//! Typed, time-ordered ids from one registry.
//!
//! An id is a positive 63-bit integer: milliseconds since 2020-01-01 UTC in the upper 41 bits, node and sequence in
//! the lower 22, so that a later object has a larger id and lists can page by id. The public form carries the kind
//! (`tkt_0c8x…`, Crockford base 32), so that an id of one kind is never taken for another.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Why a text is not an id of the wanted kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id of this kind: {0}")]
pub struct BadId(pub String);

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

fn encode(mut value: u64) -> String {
    let mut digits = [b'0'; 13];
    for slot in digits.iter_mut().rev() {
        *slot = ALPHABET[(value & 31) as usize];
        value >>= 5;
    }
    String::from_utf8_lossy(&digits).into_owned()
}

fn decode(text: &str) -> Option<i64> {
    if text.len() != 13 {
        return None;
    }
    let mut value: u64 = 0;
    for byte in text.bytes() {
        let digit = ALPHABET.iter().position(|a| *a == byte.to_ascii_lowercase())?;
        value = value.checked_mul(32)? | digit as u64;
    }
    i64::try_from(value).ok()
}

macro_rules! registry {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl $name {
            /// The kind's mark in the public form.
            pub const PREFIX: &'static str = $prefix;
            /// The stored integer.
            #[must_use]
            pub fn get(self) -> i64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}_{}", $prefix, encode(self.0.cast_unsigned()))
            }
        }

        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                text.strip_prefix($prefix)
                    .and_then(|rest| rest.strip_prefix('_'))
                    .and_then(decode)
                    .map(Self)
                    .ok_or_else(|| BadId(text.chars().take(40).collect()))
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
            }
        }
    )*

        #[cfg(test)]
        const PREFIXES: &[&str] = &[$($prefix),*];
    };
}

registry! {
    /// One customer matter, from intake to archive.
    TicketId = "tkt",
    /// Somebody who signs in.
    PersonId = "usr",
    /// A department of the company.
    DepartmentId = "dep",
    /// A customer file.
    CustomerId = "cus",
    /// A person at a customer, or a caller without a file.
    ContactId = "con",
    /// One loaded version of a process file.
    DefinitionId = "def",
    /// A line of a ticket's history.
    EventId = "evt",
    /// A note, or something said to or by the customer.
    MessageId = "msg",
    /// A file kept with a ticket.
    AttachmentId = "att",
    /// A work contact sheet (工作联系单).
    SheetId = "sht",
    /// A standard answer.
    AnswerId = "ans",
    /// A saved view of the queue.
    ViewId = "view",
    /// A signed-in browser.
    SessionId = "ses",
    /// A bearer token for the API.
    TokenId = "tok",
    /// A queued job.
    JobId = "job",
    /// Recurring work (周期性工作).
    RoutineId = "rou",
    /// One occurrence of it.
    WorkId = "wrk",
    /// A kind of shift (班次).
    ShiftId = "shf",
    /// One person's shift on one day.
    TurnId = "turn",
    /// Somebody's leave.
    LeaveId = "lve",
    /// An exchange of turns.
    SwapId = "swp",
    /// A hand-over of a shift (交接班).
    HandoverId = "hnd",
    /// A clock of a ticket: one round of one limit.
    ClockId = "clk",
    /// Something that people were told: a warning, an escalation, an urging.
    NoticeId = "ntc",
    /// An overdue statement (超时说明).
    StatementId = "ovs",
    /// A request for more time (延期申请).
    ExtensionId = "ext",
    /// One urging (催单).
    UrgeId = "urg",
    /// An offer to become a ticket's first receiver.
    OfferId = "ofr",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_are_unique() {
        let mut seen = PREFIXES.to_vec();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), PREFIXES.len());
    }

    proptest::proptest! {
        #[test]
        fn public_form_round_trips(value in 0..i64::MAX) {
            let id = TicketId(value);
            proptest::prop_assert_eq!(id.to_string().parse::<TicketId>(), Ok(id));
            proptest::prop_assert!(id.to_string().parse::<PersonId>().is_err());
        }

        #[test]
        fn any_text_is_an_id_or_refused(text in ".*") {
            if let Ok(id) = text.parse::<TicketId>() {
                proptest::prop_assert!(id.0 >= 0);
            }
        }

        #[test]
        fn text_order_is_number_order(a in 0..i64::MAX, b in 0..i64::MAX) {
            proptest::prop_assert_eq!(a.cmp(&b), TicketId(a).to_string().cmp(&TicketId(b).to_string()));
        }
    }
}
