//! Forms and their fields, as the definition holds them.
//!
//! The one thing to know: a [`FieldRef`] is `form.field`, and that is also the key of every value and every fault.
//! Reading what was typed is `parse`; the values themselves are `value`.

use serde::{Deserialize, Serialize};
use std::fmt;

use crate::condition::Condition;
use crate::definition::Trace;
use crate::vocabulary::{Column, FieldType};

/// A form: shown by page, API and import alike.
#[derive(Debug, Clone)]
pub struct Form {
    pub id: String,
    pub title: String,
    pub fields: Vec<Field>,
    pub trace: Trace,
}

/// One field.
#[derive(Debug, Clone)]
pub struct Field {
    pub id: String,
    pub label: String,
    pub kind: FieldType,
    pub required: bool,
    /// Reads fields of the same form.
    pub required_when: Option<Condition>,
    /// Reads fields of the same form that stand before this one.
    pub visible_when: Option<Condition>,
    pub help: Option<String>,
    /// For `choice`, as written; for `department`, the departments of the definition.
    pub options: Vec<FieldOption>,
    /// For example `mm`; shown beside the field.
    pub unit: Option<String>,
    /// Inclusive; exact decimal text, in yuan for money. Only for numbers.
    pub min: Option<String>,
    pub max: Option<String>,
    /// In characters.
    pub max_length: Option<u32>,
    pub fills: Option<Column>,
    /// What is typed here is what the customer is told.
    pub tells_customer: bool,
    /// Typing here searches the standard answers.
    pub searches_answers: bool,
    pub multiline: bool,
    /// As it would be typed.
    pub default: Option<String>,
    pub trace: Trace,
}

/// One value of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldOption {
    /// What is stored and compared. For a department its id.
    pub value: String,
    /// What is shown; the same as the value for a choice.
    pub label: String,
    /// The document's definition of the word.
    pub definition: Option<String>,
    /// Id of the department that this value routes to.
    pub department: Option<String>,
    pub trace: Trace,
}

/// `form.field`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FieldRef {
    pub form: String,
    pub field: String,
}

impl fmt::Display for FieldRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.form, self.field)
    }
}

impl Form {
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// The key of a field's value: `form.field`.
    pub fn key(&self, field: &str) -> String {
        format!("{}.{field}", self.id)
    }
}
