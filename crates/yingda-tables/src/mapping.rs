//! Which column of a file is which field: guessed from the headers, or written down as JSON.
//!
//! The one thing to know: a rule says where a value comes from ([`Origin`]: one header, several joined, or a constant) and
//! what becomes of it (`values`, then `default` for a blank and `otherwise` for a value that `values` does not name).
//!
//! Not here: whether the resulting value is allowed (`check`).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::column::ImportColumn;
use crate::fold;
use crate::when::DateStyle;

/// For each field that is filled, how.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    pub columns: BTreeMap<ImportColumn, ColumnRule>,
    pub dates: DateStyle,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnRule {
    pub origin: Origin,
    /// From the file's value to ours; width, blanks and case of the key do not count. An empty value blanks the field.
    /// Applied to each part before parts are joined.
    pub values: BTreeMap<String, String>,
    /// Stands in for a blank.
    pub default: Option<String>,
    /// Stands in for a value that `values` does not name; without it such a value passes unchanged.
    pub otherwise: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    Header(String),
    /// Blank parts are left out.
    Joined {
        headers: Vec<String>,
        separator: String,
    },
    Constant(String),
}

/// Why a mapping file was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum MappingFault {
    #[error("this is not JSON (line {line}, column {column}): {detail}")]
    NotJson { line: usize, column: usize, detail: String },
    #[error("`{column}` is not a field; there are: {known}")]
    UnknownColumn { column: String, known: String },
    #[error("`{column}` is mapped twice")]
    MappedTwice { column: String },
    #[error("`{place}`: {detail}")]
    Shape { place: String, detail: String },
}

impl ColumnRule {
    #[must_use]
    pub fn new(origin: Origin) -> Self {
        Self { origin, values: BTreeMap::new(), default: None, otherwise: None }
    }
}

impl Mapping {
    /// By the headers' names: the document's own first, then synonyms in Chinese and English. Width, blanks, case, marks and
    /// what stands in brackets do not count; no header serves two fields.
    #[must_use]
    pub fn guess(headers: &[String]) -> Self {
        let full: Vec<_> = headers.iter().map(|header| fold::header(header)).collect();
        let bare: Vec<_> = headers.iter().map(|header| fold::header_without_brackets(header)).collect();
        let mut taken = BTreeSet::new();
        let mut columns = BTreeMap::new();
        let mut take = |column: ImportColumn, name: &str| {
            if columns.contains_key(&column) {
                return;
            }
            let (name_full, name_bare) = (fold::header(name), fold::header_without_brackets(name));
            let at = full
                .iter()
                .position(|header| *header == name_full)
                .or_else(|| bare.iter().position(|header| *header == name_bare));
            if let Some(at) = at
                && let Some(header) = headers.get(at)
                && taken.insert(at)
            {
                columns.insert(column, ColumnRule::new(Origin::Header(header.clone())));
            }
        };
        ImportColumn::all().for_each(|column| take(column, column.label()));
        for column in ImportColumn::all() {
            column.synonyms().iter().for_each(|name| take(column, name));
        }
        Self { columns, dates: DateStyle::Standard }
    }

    /// Headers of the file that no rule uses, in the file's order.
    #[must_use]
    pub fn unused<'a>(&self, headers: &'a [String]) -> Vec<&'a str> {
        let used: BTreeSet<_> = self
            .columns
            .values()
            .flat_map(|rule| rule.headers())
            .filter_map(|name| find_header(headers, name))
            .collect();
        headers
            .iter()
            .enumerate()
            .filter(|(at, header)| !used.contains(at) && !fold::trim(header).is_empty())
            .map(|(_, header)| header.as_str())
            .collect()
    }

    /// Reads a mapping file; the format is in `docs/import.md`. Unknown keys are refused.
    ///
    /// # Errors
    /// The first fault of the file as [`MappingFault`].
    pub fn from_json(text: &str) -> Result<Self, MappingFault> {
        let file: Value = serde_json::from_str(text).map_err(|error| MappingFault::NotJson {
            line: error.line(),
            column: error.column(),
            detail: error.to_string(),
        })?;
        let object = object(&file, "mapping")?;
        let mut mapping = Self::default();
        for (key, value) in object {
            match key.as_str() {
                "dates" => {
                    mapping.dates =
                        DateStyle::deserialize(value).map_err(|_| shape("dates", "expected \"standard\" or \"us\""))?;
                }
                "columns" => mapping.read_columns(value)?,
                _ => return Err(shape(key, "unknown key; expected \"columns\" or \"dates\"")),
            }
        }
        if mapping.columns.is_empty() {
            return Err(shape("columns", "nothing is mapped"));
        }
        Ok(mapping)
    }

    fn read_columns(&mut self, value: &Value) -> Result<(), MappingFault> {
        for (name, value) in object(value, "columns")? {
            let column = ImportColumn::named(name).ok_or_else(|| MappingFault::UnknownColumn {
                column: name.clone(),
                known: ImportColumn::all().map(ImportColumn::key).collect::<Vec<_>>().join(", "),
            })?;
            if self.columns.insert(column, read_rule(name, value)?).is_some() {
                return Err(MappingFault::MappedTwice { column: name.clone() });
            }
        }
        Ok(())
    }

    /// The mapping as a file that [`Mapping::from_json`] reads back to the same.
    #[must_use]
    pub fn to_json(&self) -> String {
        let columns: Map<String, Value> =
            self.columns.iter().map(|(column, rule)| (column.key().to_owned(), rule.to_value())).collect();
        format!("{:#}\n", json!({ "dates": self.dates, "columns": columns }))
    }
}

impl ColumnRule {
    pub(crate) fn headers(&self) -> &[String] {
        match &self.origin {
            Origin::Header(header) => std::slice::from_ref(header),
            Origin::Joined { headers, .. } => headers,
            Origin::Constant(_) => &[],
        }
    }

    fn to_value(&self) -> Value {
        let plain = self.values.is_empty() && self.default.is_none() && self.otherwise.is_none();
        let mut object = Map::new();
        match &self.origin {
            Origin::Header(header) if plain => return json!(header),
            Origin::Header(header) => {
                object.insert("header".into(), json!(header));
            }
            Origin::Joined { headers, separator } => {
                object.insert("headers".into(), json!(headers));
                object.insert("join".into(), json!(separator));
            }
            Origin::Constant(value) => {
                object.insert("constant".into(), json!(value));
            }
        }
        if !self.values.is_empty() {
            object.insert("values".into(), json!(self.values));
        }
        if let Some(default) = &self.default {
            object.insert("default".into(), json!(default));
        }
        if let Some(otherwise) = &self.otherwise {
            object.insert("otherwise".into(), json!(otherwise));
        }
        Value::Object(object)
    }
}

/// Where a header named in a mapping stands: as written, then folded, then without brackets.
pub(crate) fn find_header(headers: &[String], name: &str) -> Option<usize> {
    let find = |fold: fn(&str) -> String| {
        let folded = fold(name);
        headers.iter().position(|header| fold(header) == folded)
    };
    headers
        .iter()
        .position(|header| header == name)
        .or_else(|| find(fold::header))
        .or_else(|| find(fold::header_without_brackets))
}

fn read_rule(place: &str, value: &Value) -> Result<ColumnRule, MappingFault> {
    match value {
        Value::String(header) => Ok(ColumnRule::new(Origin::Header(named(place, header.clone())?))),
        Value::Array(_) => {
            Ok(ColumnRule::new(Origin::Joined { headers: strings(place, value)?, separator: " ".to_owned() }))
        }
        Value::Object(keys) => read_rule_object(place, keys),
        _ => Err(shape(place, "expected a header, a list of headers, or an object")),
    }
}

fn read_rule_object(place: &str, keys: &Map<String, Value>) -> Result<ColumnRule, MappingFault> {
    let known = ["header", "headers", "join", "constant", "values", "default", "otherwise"];
    if let Some(key) = keys.keys().find(|key| !known.contains(&key.as_str())) {
        return Err(shape(place, &format!("unknown key \"{key}\"; known are {}", known.join(", "))));
    }
    let text = |key: &str| keys.get(key).map(|value| string(&format!("{place}.{key}"), value)).transpose();
    let join = text("join")?;
    let origin = match (text("header")?, keys.get("headers"), text("constant")?) {
        (Some(header), None, None) => Origin::Header(named(place, header)?),
        (None, Some(headers), None) => Origin::Joined {
            headers: strings(&format!("{place}.headers"), headers)?,
            separator: join.clone().unwrap_or_else(|| " ".to_owned()),
        },
        (None, None, Some(constant)) => Origin::Constant(constant),
        _ => {
            return Err(shape(place, "expected exactly one of \"header\", \"headers\", \"constant\""));
        }
    };
    if join.is_some() && !matches!(origin, Origin::Joined { .. }) {
        return Err(shape(place, "\"join\" goes with \"headers\""));
    }
    let mut values = BTreeMap::new();
    if let Some(map) = keys.get("values") {
        for (from, to) in object(map, &format!("{place}.values"))? {
            values.insert(from.clone(), string(&format!("{place}.values.{from}"), to)?);
        }
    }
    Ok(ColumnRule { origin, values, default: text("default")?, otherwise: text("otherwise")? })
}

fn object<'a>(value: &'a Value, place: &str) -> Result<&'a Map<String, Value>, MappingFault> {
    value.as_object().ok_or_else(|| shape(place, "expected an object"))
}

fn string(place: &str, value: &Value) -> Result<String, MappingFault> {
    value.as_str().map(str::to_owned).ok_or_else(|| shape(place, "expected a text"))
}

fn strings(place: &str, value: &Value) -> Result<Vec<String>, MappingFault> {
    let list =
        value.as_array().filter(|list| !list.is_empty()).ok_or_else(|| shape(place, "expected a list of headers"))?;
    list.iter().map(|value| string(place, value).and_then(|header| named(place, header))).collect()
}

/// A header that folds to nothing would be found over any column that has none.
fn named(place: &str, header: String) -> Result<String, MappingFault> {
    if fold::header(&header).is_empty() {
        return Err(shape(place, "a header cannot be blank"));
    }
    Ok(header)
}

fn shape(place: &str, detail: &str) -> MappingFault {
    MappingFault::Shape { place: place.to_owned(), detail: detail.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{Mapping, MappingFault, Origin, find_header};
    use crate::column::ImportColumn;
    use crate::when::DateStyle;

    fn headers(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn header_of(mapping: &Mapping, column: ImportColumn) -> Option<&str> {
        match &mapping.columns.get(&column)?.origin {
            Origin::Header(header) => Some(header),
            _ => None,
        }
    }

    #[test]
    fn the_documents_headers_are_guessed_in_any_dress() {
        let plain = headers(&ImportColumn::FORM.map(ImportColumn::label));
        let dressed: Vec<_> =
            plain.iter().map(|name| format!("＊{} ", name.replace('(', "（").replace(')', "）"))).collect();
        for file in [plain, dressed] {
            let mapping = Mapping::guess(&file);
            assert_eq!(mapping.columns.len(), 15);
            for (column, header) in ImportColumn::FORM.into_iter().zip(&file) {
                assert_eq!(header_of(&mapping, column), Some(header.as_str()));
            }
            assert!(mapping.unused(&file).is_empty());
        }
    }

    #[test]
    fn synonyms_are_guessed_and_no_header_serves_twice() {
        let file = headers(&["Ticket ID", "联系电话(手机)", "created_date", "closed_date", "描述", "紧急程度", "Foo"]);
        let mapping = Mapping::guess(&file);
        assert_eq!(header_of(&mapping, ImportColumn::Number), Some("Ticket ID"));
        assert_eq!(header_of(&mapping, ImportColumn::Phone), Some("联系电话(手机)"));
        assert_eq!(header_of(&mapping, ImportColumn::AcceptedAt), Some("created_date"));
        assert_eq!(header_of(&mapping, ImportColumn::SolvedAt), Some("closed_date"));
        assert_eq!(header_of(&mapping, ImportColumn::Description), Some("描述"));
        assert_eq!(mapping.columns.len(), 6);
        assert_eq!(mapping.unused(&file), ["Foo"]);
    }

    #[test]
    fn json_there_and_back() {
        let text = r#"{"dates": "us", "columns": {
            "number": "unique_key",
            "问题描述": ["descriptor", "location_type"],
            "customer": {"headers": ["borough", "city"], "join": " / "},
            "priority": {"constant": "中"},
            "rating": {"header": "score", "values": {"5": "非常满意", "n/a": ""}, "default": "一般", "otherwise": "不满意"}
        }}"#;
        let mapping = Mapping::from_json(text).unwrap();
        assert_eq!(mapping.dates, DateStyle::Us);
        assert_eq!(mapping.columns.len(), 5);
        assert_eq!(Mapping::from_json(&mapping.to_json()), Ok(mapping));
    }

    #[test]
    fn a_wrong_mapping_says_where() {
        let fault = |text: &str| Mapping::from_json(text).unwrap_err().to_string();
        assert!(matches!(Mapping::from_json("{"), Err(MappingFault::NotJson { line: 1, .. })));
        assert!(fault(r#"{"columns": {"colour": "x"}}"#).starts_with("`colour` is not a field"));
        assert_eq!(fault(r#"{"columns": {"number": "a", "工单编号": "b"}}"#), "`工单编号` is mapped twice");
        assert_eq!(fault(r#"{"columns": {}}"#), "`columns`: nothing is mapped");
        assert_eq!(fault(r#"{"rows": {}}"#), "`rows`: unknown key; expected \"columns\" or \"dates\"");
        assert!(fault(r#"{"columns": {"number": {"heder": "a"}}}"#).starts_with("`number`: unknown key \"heder\""));
        assert!(fault(r#"{"columns": {"number": {"header": "a", "constant": "b"}}}"#).contains("exactly one of"));
        assert!(fault(r#"{"columns": {"number": {"header": "a", "join": "b"}}}"#).contains("goes with"));
        assert!(fault(r#"{"columns": {"number": []}}"#).contains("list of headers"));
        assert!(fault(r#"{"columns": {"number": " "}}"#).contains("cannot be blank"));
        assert!(fault(r#"{"columns": {"number": 5}}"#).contains("expected a header"));
        assert!(fault(r#"{"columns": {"kind": {"header": "a", "values": {"x": 1}}}}"#).starts_with("`kind.values.x`"));
        assert!(fault(r#"{"dates": "uk", "columns": {"number": "a"}}"#).starts_with("`dates`"));
        assert!(fault("[]").starts_with("`mapping`"));
    }

    #[test]
    fn a_header_is_found_as_written_before_it_is_found_folded() {
        let file = headers(&["电话(家)", "电话（单位）", "Status "]);
        assert_eq!(find_header(&file, "电话(单位)"), Some(1));
        assert_eq!(find_header(&file, "电话"), Some(0));
        assert_eq!(find_header(&file, "status"), Some(2));
        assert_eq!(find_header(&file, "x"), None);
    }
}
