//! Content lines of RFC 5545: unfolded, cut into name, parameters and value.
//!
//! The one thing to know: a line that begins with a blank or a tab continues the one before, and the number of a property's line
//! is that of its first part. Not here: what properties mean.

use super::super::fault::{TableFault, TableProblem};

/// `NAME;PARAMETER=value:value`.
pub(super) struct Property {
    /// Where it begins, from 1.
    pub(super) line: usize,
    /// In capitals.
    pub(super) name: String,
    parameters: Vec<(String, String)>,
    /// As written, without folds.
    pub(super) value: String,
}

impl Property {
    pub(super) fn is(&self, name: &str, value: &str) -> bool {
        self.name == name && self.value.trim().eq_ignore_ascii_case(value)
    }

    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value as text, its escapes undone.
    pub(super) fn text(&self) -> String {
        let mut text = String::with_capacity(self.value.len());
        let mut characters = self.value.chars();
        while let Some(character) = characters.next() {
            match character {
                '\\' => match characters.next() {
                    Some('n' | 'N') => text.push('\n'),
                    Some(other) => text.push(other),
                    None => text.push('\\'),
                },
                other => text.push(other),
            }
        }
        text
    }
}

/// Every property of a text, in order.
pub(super) fn properties(text: &str, faults: &mut Vec<TableFault>) -> Vec<Property> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut unfolded: Vec<(usize, String)> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim_end_matches('\r');
        match (line.strip_prefix([' ', '\t']), unfolded.last_mut()) {
            (Some(rest), Some((_, before))) => before.push_str(rest),
            _ if line.trim().is_empty() => {}
            _ => unfolded.push((index + 1, line.to_owned())),
        }
    }
    let mut found = Vec::with_capacity(unfolded.len());
    for (line, content) in unfolded {
        match cut(line, &content) {
            Some(property) => found.push(property),
            None => {
                let shown: String = content.chars().take(60).collect();
                faults.push(TableFault { line: Some(line), problem: TableProblem::BadLine(shown) });
            }
        }
    }
    found
}

/// Cuts at the signs that do not stand between quotation marks.
fn cut(line: usize, content: &str) -> Option<Property> {
    let mut quoted = false;
    let mut ends = Vec::new();
    let mut colon = None;
    for (at, character) in content.char_indices() {
        match character {
            '"' => quoted = !quoted,
            ';' if !quoted => ends.push(at),
            ':' if !quoted => {
                colon = Some(at);
                break;
            }
            _ => {}
        }
    }
    let colon = colon?;
    ends.push(colon);
    let mut begin = 0;
    let mut parts = ends.into_iter().filter_map(|end| {
        let part = content.get(begin..end);
        begin = end + 1;
        part
    });
    let name = parts.next()?.to_ascii_uppercase();
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let parameter = |part: &str| {
        let (name, value) = part.split_once('=')?;
        Some((name.to_ascii_uppercase(), value.trim_matches('"').to_owned()))
    };
    let parameters = parts.map(parameter).collect::<Option<Vec<_>>>()?;
    is_name.then(|| Property { line, name, parameters, value: content.get(colon + 1..).unwrap_or_default().to_owned() })
}
