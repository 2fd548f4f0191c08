//! Finding a field's value in a row, as the mapping says.
//!
//! The one thing to know: headers are looked up once per table, and the cell itself is handed on only where its text was not
//! replaced, so that a native date keeps its serial.

use std::collections::HashMap;

use crate::column::ImportColumn;
use crate::fault::Place;
use crate::fold;
use crate::mapping::{ColumnRule, Mapping, Origin, find_header};
use crate::table::{Cell, Table, TableRow, column_letter};

/// A rule with its headers looked up.
pub struct Resolved<'a> {
    rule: &'a ColumnRule,
    table: &'a Table,
    indexes: Vec<usize>,
    values: HashMap<String, &'a str>,
    /// Headers that the mapping names and the file does not have.
    pub missing: Vec<String>,
    /// Headers that stand over several columns, and those columns' letters.
    pub twice: Vec<(Place, String)>,
}

/// What was found in a row.
pub struct Found {
    pub text: String,
    pub cell: Option<Cell>,
    pub formula_error: bool,
}

impl Found {
    pub fn filled(self) -> Option<Self> {
        if self.text.is_empty() { None } else { Some(self) }
    }
}

impl<'a> Resolved<'a> {
    pub fn all(table: &'a Table, mapping: &'a Mapping) -> HashMap<ImportColumn, Self> {
        mapping.columns.iter().map(|(column, rule)| (*column, Self::new(table, rule))).collect()
    }

    fn new(table: &'a Table, rule: &'a ColumnRule) -> Self {
        let (mut indexes, mut missing, mut twice) = (Vec::new(), Vec::new(), Vec::new());
        for name in rule.headers() {
            let Some(index) = find_header(&table.headers, name) else {
                missing.push(name.clone());
                continue;
            };
            let header = table.headers.get(index).map(String::as_str).unwrap_or_default();
            let same: Vec<_> = table.headers.iter().enumerate().filter(|(_, other)| *other == header).collect();
            if same.len() > 1 {
                let letters = same.iter().map(|(at, _)| column_letter(*at)).collect::<Vec<_>>().join(", ");
                twice.push((Place { letter: column_letter(index), header: header.to_owned() }, letters));
            }
            indexes.push(index);
        }
        let values = rule.values.iter().map(|(from, to)| (fold::narrow(from), to.as_str())).collect();
        Self { rule, table, indexes, values, missing, twice }
    }

    /// The column to look at; of several, the first.
    pub fn place(&self) -> Option<Place> {
        let index = *self.indexes.first()?;
        Some(Place { letter: column_letter(index), header: self.table.headers.get(index)?.clone() })
    }

    /// The value as the file has it, before it is mapped.
    pub fn shown(&self, row: &TableRow) -> String {
        match &self.rule.origin {
            Origin::Constant(value) => value.clone(),
            Origin::Header(_) => self.parts(row).collect(),
            Origin::Joined { separator, .. } => {
                self.parts(row).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(separator)
            }
        }
    }

    pub fn value(&self, row: &TableRow) -> Found {
        let mut found = match &self.rule.origin {
            Origin::Constant(value) => Found { text: value.clone(), cell: None, formula_error: false },
            Origin::Header(_) => self.single(row),
            Origin::Joined { separator, .. } => Found {
                text: self
                    .parts(row)
                    .map(|part| self.mapped(part).unwrap_or_else(|| part.to_owned()))
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join(separator),
                cell: None,
                formula_error: self.cells(row).any(|cell| matches!(cell, Cell::Error(_))),
            },
        };
        if found.text.is_empty()
            && let Some(default) = &self.rule.default
        {
            found = Found { text: default.clone(), cell: None, formula_error: false };
        }
        found
    }

    fn single(&self, row: &TableRow) -> Found {
        let cell = self.cells(row).next();
        let text = fold::trim(cell.map_or("", Cell::text));
        match self.mapped(text) {
            Some(mapped) => Found { text: mapped, cell: None, formula_error: false },
            None => Found {
                text: text.to_owned(),
                cell: cell.cloned(),
                formula_error: matches!(cell, Some(Cell::Error(_))),
            },
        }
    }

    /// What `values` and `otherwise` make of a filled value; nothing if they leave it as it is.
    fn mapped(&self, text: &str) -> Option<String> {
        if text.is_empty() || (self.values.is_empty() && self.rule.otherwise.is_none()) {
            return None;
        }
        self.values.get(&fold::narrow(text)).map(|value| (*value).to_owned()).or_else(|| self.rule.otherwise.clone())
    }

    fn parts<'r>(&'r self, row: &'r TableRow) -> impl Iterator<Item = &'r str> {
        self.cells(row).map(|cell| fold::trim(cell.text()))
    }

    fn cells<'r>(&'r self, row: &'r TableRow) -> impl Iterator<Item = &'r Cell> {
        self.indexes.iter().filter_map(|index| row.cells.get(*index))
    }
}
