//! Reading what was typed: the one validation that page, API and import share.
//!
//! The one thing to know: faults are enums without sentences; whoever shows them finds the words.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::form::Form;
use crate::value::Values;

/// Raw strings by field, keyed `field` or `form.field`; several strings only for attachments.
pub type RawForm = BTreeMap<String, Vec<String>>;

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldFault {
    /// `form.field`.
    pub field: String,
    pub fault: WrongValue,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WrongValue {
    Missing,
    NotANumber,
    /// More digits after the point than the field holds (money: 2).
    TooPrecise {
        places: u32,
    },
    TooSmall {
        min: String,
    },
    TooLarge {
        max: String,
    },
    NotAnOption {
        given: String,
        options: Vec<String>,
    },
    BadDate,
    BadDateTime,
    BadPhone,
    BadYesNo,
    TooLong {
        max: u32,
        actual: u32,
    },
    /// Something was given for a field that is not shown.
    NotVisible,
    /// More than one value for a field that holds one.
    TooMany,
    /// A character that text cannot hold (a control character).
    BadCharacter,
    /// The form has no such field.
    UnknownField,
    /// The value is of another type than the field (only from programs).
    WrongType,
}

impl Form {
    /// Reads a filled-in form. Dates and times are civil time of `zone`.
    ///
    /// # Errors
    /// Every fault of the form at once.
    pub fn parse(&self, raw: &RawForm, zone: &TimeZone) -> Result<Values, Vec<FieldFault>> {
        crate::reading::read(self, raw, zone)
    }

    /// Checks values that are typed already, as the engine does before it takes them.
    ///
    /// # Errors
    /// Every fault of the form at once.
    pub fn accept(&self, values: &Values) -> Result<(), Vec<FieldFault>> {
        crate::reading::accept(self, values)
    }
}
