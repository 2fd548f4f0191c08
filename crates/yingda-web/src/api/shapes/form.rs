//! Forms as programs fill them: each field with its rules, and what may be sent for it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use utoipa::ToSchema;
use yingda_core::Refusal;
use yingda_core::refusal::FieldRefusal;
use yingda_process::{Field, Form, RawForm, Value, Values};

/// A form.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FormShape {
    /// Its id: the part of a field's name before the dot.
    #[schema(example = "record")]
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its fields in order.
    pub fields: Vec<FieldShape>,
}

/// A field.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FieldShape {
    /// The key to send its value under: `form.field`.
    #[schema(example = "record.phone")]
    pub name: String,
    /// Its label.
    #[schema(example = "联系电话")]
    pub label: String,
    /// `text`, `choice`, `integer`, `decimal`, `money` (yuan), `date` (YYYY-MM-DD), `datetime`, `phone`, `person` (id, login or
    /// name), `department` (code), `attachment` or `yes_no`.
    #[serde(rename = "type")]
    #[schema(example = "phone")]
    pub kind: String,
    /// Whether it must be filled in always.
    pub required: bool,
    /// When it must be filled in besides, as a CEL expression over fields of the same form.
    pub required_when: Option<String>,
    /// When it may be filled in at all, likewise; always if `null`.
    pub visible_when: Option<String>,
    /// A hint for whoever fills it in.
    pub help: Option<String>,
    /// What may be chosen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<OptionShape>,
    /// Shown beside the field.
    pub unit: Option<String>,
    /// The least number, inclusive.
    pub min: Option<String>,
    /// The greatest number, inclusive.
    pub max: Option<String>,
    /// In characters.
    pub max_length: Option<u32>,
    /// Whether it may have several lines.
    pub multiline: bool,
    /// The ticket's column that it fills.
    #[schema(example = "phone")]
    pub fills: Option<String>,
    /// Whether what is written here is what the customer is told.
    pub tells_customer: bool,
    /// What it is where nothing is sent, as a clerk's form shows it.
    pub default: Option<String>,
}

/// One value of a choice.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OptionShape {
    /// What to send.
    pub value: String,
    /// What people see.
    pub label: String,
    /// What the procedure means by it.
    pub definition: Option<String>,
}

impl From<&Form> for FormShape {
    fn from(form: &Form) -> Self {
        Self {
            id: form.id.clone(),
            title: form.title.clone(),
            fields: form.fields.iter().map(|field| shape(form, field)).collect(),
        }
    }
}

fn shape(form: &Form, field: &Field) -> FieldShape {
    let options = field.options.iter().map(|option| OptionShape {
        value: option.value.clone(),
        label: option.label.clone(),
        definition: option.definition.clone(),
    });
    FieldShape {
        name: form.key(&field.id),
        label: field.label.clone(),
        kind: field.kind.id().to_owned(),
        required: field.required,
        required_when: field.required_when.as_ref().map(|condition| condition.source.clone()),
        visible_when: field.visible_when.as_ref().map(|condition| condition.source.clone()),
        help: field.help.clone(),
        options: options.collect(),
        unit: field.unit.clone(),
        min: field.min.clone(),
        max: field.max.clone(),
        max_length: field.max_length,
        multiline: field.multiline,
        fills: field.fills.map(|column| column.id().to_owned()),
        tells_customer: field.tells_customer,
        default: field.default.clone(),
    }
}

/// What a program sends for a field: text as a clerk would type it, or the same as a number or truth value; a list for several
/// attachments. `null` is an empty field.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum Typed {
    /// As typed.
    Text(String),
    /// For `yes_no`.
    Yes(bool),
    /// For `integer`, `decimal` and `money`.
    #[schema(value_type = f64)]
    Number(serde_json::Number),
    /// For `attachment`.
    Many(Vec<String>),
}

/// The fields of one or more forms, by `form.field`.
pub type Filled = BTreeMap<String, Option<Typed>>;

/// What was sent, as the process's own reader takes it; fields of other forms than these are refused by name.
///
/// # Errors
/// Every such field.
pub fn raw<'f>(filled: &Filled, forms: impl IntoIterator<Item = &'f Form>) -> Result<RawForm, Refusal> {
    let forms: Vec<&str> = forms.into_iter().map(|form| form.id.as_str()).collect();
    let known = |name: &str| name.split_once('.').is_some_and(|(form, _)| forms.contains(&form));
    let unknown: Vec<FieldRefusal> =
        filled.keys().filter(|name| !known(name)).map(|name| FieldRefusal::new(name, "unknown-field")).collect();
    if unknown.is_empty() { Ok(typed(filled)) } else { Err(Refusal::Fields(unknown)) }
}

/// What was sent, unchecked.
#[must_use]
pub fn typed(filled: &Filled) -> RawForm {
    let text = |typed: &Typed| match typed {
        Typed::Text(text) => vec![text.clone()],
        Typed::Yes(yes) => vec![yes.to_string()],
        Typed::Number(number) => vec![number.to_string()],
        Typed::Many(many) => many.clone(),
    };
    filled.iter().filter_map(|(name, typed)| Some((name.clone(), text(typed.as_ref()?)))).collect()
}

/// Values as they may be sent again.
#[must_use]
pub fn values(values: &Values) -> BTreeMap<String, Json> {
    let json = |value: &Value| match value {
        Value::YesNo(yes) => Json::from(*yes),
        Value::Integer(number) => Json::from(*number),
        Value::Attachment(files) => Json::from(files.clone()),
        other => Json::from(other.text()),
    };
    values.iter().map(|(name, value)| (name.to_owned(), json(value))).collect()
}
