//! From typed strings to values, field by field.
//!
//! The one thing to know: visibility is decided in the order of the fields, and a condition that reads a field at
//! fault is not asked (the field counts as shown and not required), so one slip never causes a second message.

use jiff::tz::TimeZone;
use std::collections::BTreeMap;

use crate::condition::Condition;
use crate::form::{Field, Form};
use crate::number::Exact;
use crate::parse::{FieldFault, RawForm, WrongValue};
use crate::value::{Value, Values};
use crate::vocabulary::FieldType;
use crate::{moment, telephone};

/// Characters of a one-line and of a many-line text without a `max_length` of its own.
const MAX_LINE: u32 = 500;
const MAX_TEXT: u32 = 10_000;
const MAX_FILES: usize = 50;

/// What was found for one field, before anybody asked whether it is shown or required.
enum Found {
    Nothing,
    Value(Value),
    Fault(WrongValue),
}

pub(crate) fn read(form: &Form, raw: &RawForm, zone: &TimeZone) -> Result<Values, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let prefix = format!("{}.", form.id);
    for key in raw.keys() {
        // Keys without a form may be the page's own (a token); keys of this form must exist.
        if let Some(field) = key.strip_prefix(&prefix).filter(|field| form.field(field).is_none()) {
            faults.push(FieldFault { field: form.key(field), fault: WrongValue::UnknownField });
        }
    }
    let mut found = BTreeMap::new();
    for field in &form.fields {
        let given = raw.get(&form.key(&field.id)).or_else(|| raw.get(&field.id));
        found.insert(field.id.as_str(), read_field(field, given, zone));
    }
    judge(form, &found, faults)
}

pub(crate) fn accept(form: &Form, values: &Values) -> Result<(), Vec<FieldFault>> {
    let mut faults = Vec::new();
    let prefix = format!("{}.", form.id);
    for (key, _) in values.iter() {
        if key.strip_prefix(&prefix).and_then(|field| form.field(field)).is_none() {
            faults.push(FieldFault { field: key.to_owned(), fault: WrongValue::UnknownField });
        }
    }
    let mut found = BTreeMap::new();
    for field in &form.fields {
        let state = match values.get(&form.key(&field.id)) {
            None => Found::Nothing,
            Some(value) => examine(field, value.clone()),
        };
        found.insert(field.id.as_str(), state);
    }
    judge(form, &found, faults).map(|_| ())
}

/// Only whether each given value could stand in its field: for drafts, which may be incomplete.
pub(crate) fn accept_draft(form: &Form, values: &Values) -> Vec<FieldFault> {
    let prefix = format!("{}.", form.id);
    let mut faults = Vec::new();
    for (key, value) in values.iter() {
        let Some(id) = key.strip_prefix(&prefix) else {
            continue;
        };
        let fault = match form.field(id).map(|field| examine(field, value.clone())) {
            None => Some(WrongValue::UnknownField),
            Some(Found::Fault(fault)) => Some(fault),
            Some(Found::Value(_) | Found::Nothing) => None,
        };
        faults.extend(fault.map(|fault| FieldFault { field: key.to_owned(), fault }));
    }
    faults
}

fn judge(form: &Form, found: &BTreeMap<&str, Found>, mut faults: Vec<FieldFault>) -> Result<Values, Vec<FieldFault>> {
    let mut values = Values::default();
    let mut in_doubt: Vec<&str> = Vec::new();
    let mut shown: Vec<&Field> = Vec::new();
    for field in &form.fields {
        let fault = |fault| FieldFault { field: form.key(&field.id), fault };
        let visible = answer(field.visible_when.as_ref(), &values, &in_doubt).unwrap_or(true);
        match (found.get(field.id.as_str()), visible) {
            (Some(Found::Value(value)), true) => values.insert(form.key(&field.id), value.clone()),
            (Some(Found::Value(value)), false) => {
                // A page sends the default of a field that it hides.
                let preset = field.default.as_deref().map(|default| convert(field, default, &TimeZone::UTC));
                if preset.as_ref() != Some(&Ok(value.clone())) {
                    faults.push(fault(WrongValue::NotVisible));
                }
            }
            (Some(Found::Fault(wrong)), true) => {
                in_doubt.push(&field.id);
                faults.push(fault(wrong.clone()));
            }
            (Some(Found::Fault(_)), false) => faults.push(fault(WrongValue::NotVisible)),
            (Some(Found::Nothing) | None, true) if field.required && field.visible_when.is_none() => {
                in_doubt.push(&field.id);
            }
            (Some(Found::Nothing) | None, _) => {}
        }
        if visible {
            shown.push(field);
        }
    }
    for field in shown {
        let key = form.key(&field.id);
        if values.get(&key).is_some() || faults.iter().any(|fault| fault.field == key) {
            continue;
        }
        let conditional =
            field.required_when.is_some() && answer(field.required_when.as_ref(), &values, &in_doubt).unwrap_or(false);
        if field.required || conditional {
            faults.push(FieldFault { field: key, fault: WrongValue::Missing });
        }
    }
    if faults.is_empty() {
        return Ok(values);
    }
    let order = |fault: &FieldFault| form.fields.iter().position(|field| form.key(&field.id) == fault.field);
    faults.sort_by_key(order);
    Err(faults)
}

/// `None` where there is no condition, or it reads a field at fault.
fn answer(condition: Option<&Condition>, values: &Values, in_doubt: &[&str]) -> Option<bool> {
    let condition = condition?;
    if condition.reads.iter().any(|read| in_doubt.contains(&read.field.as_str())) {
        return None;
    }
    condition.holds_in_form(values)
}

fn read_field(field: &Field, given: Option<&Vec<String>>, zone: &TimeZone) -> Found {
    let from_default: Vec<String>;
    let given = match (given, &field.default) {
        (Some(given), _) => given,
        (None, Some(default)) => {
            from_default = vec![default.clone()];
            &from_default
        }
        (None, None) => return Found::Nothing,
    };
    let texts: Vec<&str> = given.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    if field.kind == FieldType::Attachment {
        if texts.is_empty() {
            return Found::Nothing;
        }
        return examine(field, Value::Attachment(texts.into_iter().map(str::to_owned).collect()));
    }
    match texts.as_slice() {
        [] => Found::Nothing,
        [text] => match convert(field, text, zone) {
            Ok(value) => examine(field, value),
            Err(fault) => Found::Fault(fault),
        },
        _ => Found::Fault(WrongValue::TooMany),
    }
}

/// Reads one non-empty text as the field's type.
fn convert(field: &Field, typed: &str, zone: &TimeZone) -> Result<Value, WrongValue> {
    let plain = halfwidth(typed);
    let plain = plain.trim();
    match field.kind {
        FieldType::Text => Ok(Value::Text(typed.replace("\r\n", "\n").replace('\r', "\n"))),
        FieldType::Person => Ok(Value::Person(typed.to_owned())),
        FieldType::Choice => Ok(Value::Choice(typed.to_owned())),
        FieldType::Department => {
            // A table from outside names departments, a page sends their ids.
            let option = field.options.iter().find(|option| option.value == typed || option.label == typed);
            Ok(Value::Department(option.map_or(typed, |option| &option.value).to_owned()))
        }
        FieldType::Integer => {
            let number = Exact::parse(plain).ok_or(WrongValue::NotANumber)?;
            if number.places() > 0 {
                return Err(WrongValue::TooPrecise { places: 0 });
            }
            number.scaled(0).map(Value::Integer).ok_or(WrongValue::NotANumber)
        }
        FieldType::Decimal => {
            Exact::parse(plain).map(|number| Value::Decimal(number.to_string())).ok_or(WrongValue::NotANumber)
        }
        FieldType::Money => {
            let amount = plain.trim_start_matches(['\u{A5}', '\u{FFE5}']).trim_end_matches('元').trim();
            let number = Exact::parse(amount).ok_or(WrongValue::NotANumber)?;
            if number.places() > 2 {
                return Err(WrongValue::TooPrecise { places: 2 });
            }
            number.scaled(2).map(Value::Money).ok_or(WrongValue::NotANumber)
        }
        FieldType::Date => moment::date(plain).map(Value::Date).ok_or(WrongValue::BadDate),
        FieldType::DateTime => moment::instant(plain, zone).map(Value::DateTime).ok_or(WrongValue::BadDateTime),
        FieldType::Phone => telephone::read(typed, plain).map(Value::Phone).ok_or(WrongValue::BadPhone),
        FieldType::YesNo => match plain.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "1" | "是" | "有" => Ok(Value::YesNo(true)),
            "false" | "no" | "off" | "0" | "否" | "无" => Ok(Value::YesNo(false)),
            _ => Err(WrongValue::BadYesNo),
        },
        FieldType::Attachment => Err(WrongValue::WrongType),
    }
}

/// Whether a value may stand in the field.
fn examine(field: &Field, value: Value) -> Found {
    match wrong(field, &value) {
        None => Found::Value(value),
        Some(fault) => Found::Fault(fault),
    }
}

fn wrong(field: &Field, value: &Value) -> Option<WrongValue> {
    match (field.kind, value) {
        (FieldType::Text, Value::Text(text)) => wrong_text(field, text),
        (FieldType::Person, Value::Person(text)) => wrong_text(field, text),
        (FieldType::Phone, Value::Phone(phone)) => {
            let read = telephone::read(&phone.shown, &halfwidth(&phone.shown));
            (read.as_ref() != Some(phone)).then_some(WrongValue::BadPhone)
        }
        (FieldType::Choice, Value::Choice(given)) | (FieldType::Department, Value::Department(given)) => {
            let offered = field.options.iter().any(|option| &option.value == given);
            (!offered).then(|| WrongValue::NotAnOption {
                given: given.clone(),
                options: field.options.iter().map(|option| option.value.clone()).collect(),
            })
        }
        (FieldType::Integer, Value::Integer(number)) => wrong_number(field, &number.to_string()),
        (FieldType::Money, Value::Money(_)) => wrong_number(field, &value.text()),
        (FieldType::Decimal, Value::Decimal(number)) => wrong_number(field, number),
        (FieldType::Attachment, Value::Attachment(files)) => {
            let bad = files.is_empty() || files.len() > MAX_FILES || files.iter().any(|id| id.trim().is_empty());
            bad.then_some(if files.len() > MAX_FILES { WrongValue::TooMany } else { WrongValue::Missing })
        }
        (FieldType::Date, Value::Date(_)) | (FieldType::DateTime, Value::DateTime(_)) => None,
        (FieldType::YesNo, Value::YesNo(_)) => None,
        _ => Some(WrongValue::WrongType),
    }
}

fn wrong_text(field: &Field, text: &str) -> Option<WrongValue> {
    if text.trim().is_empty() {
        return Some(WrongValue::Missing);
    }
    let allowed = |c: char| !c.is_control() || (field.multiline && matches!(c, '\n' | '\t'));
    if !text.chars().all(allowed) {
        return Some(WrongValue::BadCharacter);
    }
    let max = field.max_length.unwrap_or(if field.multiline { MAX_TEXT } else { MAX_LINE });
    let actual = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    (actual > max).then_some(WrongValue::TooLong { max, actual })
}

fn wrong_number(field: &Field, text: &str) -> Option<WrongValue> {
    let Some(number) = Exact::parse(text) else {
        return Some(WrongValue::NotANumber);
    };
    if field.kind != FieldType::Decimal && number.scaled(if field.kind == FieldType::Money { 2 } else { 0 }).is_none() {
        return Some(WrongValue::NotANumber);
    }
    let bound = |text: &Option<String>| text.as_deref().and_then(Exact::parse);
    if let (Some(min), Some(text)) = (bound(&field.min), &field.min)
        && number < min
    {
        return Some(WrongValue::TooSmall { min: text.clone() });
    }
    if let (Some(max), Some(text)) = (bound(&field.max), &field.max)
        && number > max
    {
        return Some(WrongValue::TooLarge { max: text.clone() });
    }
    None
}

/// Whether a `default` could be typed into its field.
pub(crate) fn default_fits(field: &Field, default: &str) -> bool {
    let given = vec![default.to_owned()];
    matches!(read_field(field, Some(&given), &TimeZone::UTC), Found::Value(_))
}

/// Full-width letters, digits and signs as a Chinese keyboard types them, folded to ASCII.
pub(crate) fn halfwidth(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{3000}' => ' ',
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            _ => c,
        })
        .collect()
}
