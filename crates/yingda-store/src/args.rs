//! Values bound to `$1`, `$2` …: the four types that both engines share.

use jiff::Timestamp;

/// A bound value.
#[derive(Debug, Clone)]
pub enum Arg {
    /// A 64-bit integer; also ids, instants in microseconds, and truth as 0 or 1.
    Int(Option<i64>),
    /// Text.
    Text(Option<String>),
    /// A number with a fraction.
    Real(Option<f64>),
    /// Bytes.
    Bytes(Option<Vec<u8>>),
}

impl From<i64> for Arg {
    fn from(value: i64) -> Self {
        Self::Int(Some(value))
    }
}
impl From<Option<i64>> for Arg {
    fn from(value: Option<i64>) -> Self {
        Self::Int(value)
    }
}
impl From<bool> for Arg {
    fn from(value: bool) -> Self {
        Self::Int(Some(i64::from(value)))
    }
}
impl From<&str> for Arg {
    fn from(value: &str) -> Self {
        Self::Text(Some(value.to_owned()))
    }
}
impl From<String> for Arg {
    fn from(value: String) -> Self {
        Self::Text(Some(value))
    }
}
impl From<&String> for Arg {
    fn from(value: &String) -> Self {
        Self::Text(Some(value.clone()))
    }
}
impl From<Option<String>> for Arg {
    fn from(value: Option<String>) -> Self {
        Self::Text(value)
    }
}
impl From<Option<&str>> for Arg {
    fn from(value: Option<&str>) -> Self {
        Self::Text(value.map(str::to_owned))
    }
}
impl From<Timestamp> for Arg {
    fn from(value: Timestamp) -> Self {
        Self::Int(Some(value.as_microsecond()))
    }
}
impl From<Option<Timestamp>> for Arg {
    fn from(value: Option<Timestamp>) -> Self {
        Self::Int(value.map(Timestamp::as_microsecond))
    }
}

macro_rules! from_ids {
    ($($id:ident),* $(,)?) => {$(
        impl From<yingda_core::$id> for Arg {
            fn from(id: yingda_core::$id) -> Self {
                Self::Int(Some(id.get()))
            }
        }
        impl From<Option<yingda_core::$id>> for Arg {
            fn from(id: Option<yingda_core::$id>) -> Self {
                Self::Int(id.map(yingda_core::$id::get))
            }
        }
    )*};
}
from_ids!(
    TicketId,
    PersonId,
    DepartmentId,
    CustomerId,
    ContactId,
    DefinitionId,
    EventId,
    MessageId,
    AttachmentId,
    SheetId,
    AnswerId,
    ViewId,
    SessionId,
    TokenId,
    JobId,
    RoutineId,
    WorkId,
    ShiftId,
    TurnId,
    LeaveId,
    SwapId,
    HandoverId,
    ClockId,
    NoticeId,
    StatementId,
    ExtensionId,
    UrgeId,
    OfferId
);

/// `args![a, b, c]`: a list of bound values.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { &[$($crate::Arg::from($value)),*] };
}

/// Reads a stored instant (microseconds since 1970 UTC).
///
/// # Errors
/// [`StoreError::Corrupt`] where the number is no instant.
pub fn instant(micros: i64, table: &'static str, column: &'static str, row: i64) -> crate::StoreResult<Timestamp> {
    Timestamp::from_microsecond(micros).map_err(|_| crate::StoreError::Corrupt { table, column, row })
}

/// The same for an instant that may be missing.
///
/// # Errors
/// As [`instant`].
pub fn instant_or_none(
    micros: Option<i64>,
    table: &'static str,
    column: &'static str,
    row: i64,
) -> crate::StoreResult<Option<Timestamp>> {
    micros.map(|value| instant(value, table, column, row)).transpose()
}
