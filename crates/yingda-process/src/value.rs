//! What a field holds once it was read.
//!
//! The one thing to know: values are written as JSON that a person can read (`{"text": "…"}`, `{"money": 1250}` in
//! fen) and that old tickets keep for years, so variants are only ever added.

use jiff::{Timestamp, civil};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    Text(String),
    /// One of the field's options.
    Choice(String),
    Integer(i64),
    /// Exact, normalised: no leading zeros, no trailing zeros of the fraction, no `+`.
    Decimal(String),
    /// In fen (1 yuan = 100 fen).
    Money(i64),
    Date(civil::Date),
    #[serde(rename = "datetime")]
    DateTime(Timestamp),
    Phone(Phone),
    /// A person's id or name, as the entrance gave it.
    Person(String),
    /// A department's id.
    Department(String),
    /// Ids of stored files.
    Attachment(Vec<String>),
    YesNo(bool),
}

/// A telephone number: shown as typed, searched by its digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    pub shown: String,
    /// Digits without +86/0086; an extension follows a `-`.
    pub digits: String,
}

/// Values keyed `form.field`. An absent key is an empty field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Values(pub BTreeMap<String, Value>);

impl Values {
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }

    pub fn insert(&mut self, key: impl Into<String>, value: Value) {
        self.0.insert(key.into(), value);
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// Takes all of another form's values in.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}

impl Value {
    /// As plain text for a column, a message or an export: choices and departments by their stored value, money in
    /// yuan with two places, instants in RFC 3339 UTC, files by number only.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Choice(text) | Self::Person(text) | Self::Department(text) => text.clone(),
            Self::Integer(number) => number.to_string(),
            Self::Decimal(number) => number.clone(),
            Self::Money(fen) => {
                let sign = if *fen < 0 { "-" } else { "" };
                let fen = fen.unsigned_abs();
                format!("{sign}{}.{:02}", fen / 100, fen % 100)
            }
            Self::Date(date) => date.to_string(),
            Self::DateTime(instant) => instant.to_string(),
            Self::Phone(phone) => phone.shown.clone(),
            Self::Attachment(files) => files.len().to_string(),
            Self::YesNo(yes) => (if *yes { "是" } else { "否" }).to_owned(),
        }
    }
}
