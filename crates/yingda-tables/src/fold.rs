//! Folding of what people type differently and mean alike: full and half width, blanks, case, brackets.
//!
//! The one thing to know: [`narrow`] keeps the meaning and is used on values, [`header`] throws decoration away and is used
//! on headers only.

/// Full-width ASCII and the ideographic blank become their half-width twins; nothing else changes.
pub fn half_width(c: char) -> char {
    match c {
        '\u{3000}' | '\u{a0}' | '\u{202f}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// Characters that take no room and mean nothing in a table.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}')
}

/// Without blanks (ideographic ones too) and invisible characters at both ends.
pub fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

/// For comparing values: width, case and blanks do not count.
pub fn narrow(text: &str) -> String {
    text.chars()
        .map(half_width)
        .filter(|c| !c.is_whitespace() && !is_invisible(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// For comparing headers: as [`narrow`], and marks such as `*`, `_` and `:` do not count either. Brackets stay.
pub fn header(text: &str) -> String {
    narrow(text)
        .chars()
        .filter(|c| !matches!(c, '*' | '_' | '-' | '.' | ':' | '"' | '\'' | '#' | '※' | '、' | ','))
        .collect()
}

/// As [`header`], without brackets and what stands in them, unless nothing else is left:
/// `问题描述(含时间/影响范围)` is `问题描述`.
pub fn header_without_brackets(text: &str) -> String {
    let folded = header(text);
    let mut depth = 0_u32;
    let mut outside = String::with_capacity(folded.len());
    let mut inside = String::new();
    for c in folded.chars() {
        match c {
            '(' | '[' | '{' | '<' | '【' | '〔' | '「' | '《' => depth += 1,
            ')' | ']' | '}' | '>' | '】' | '〕' | '」' | '》' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ => inside.push(c),
        }
    }
    if outside.is_empty() { inside } else { outside }
}

#[cfg(test)]
mod tests {
    use super::{header, header_without_brackets, narrow, trim};

    #[test]
    fn headers_fold_width_blanks_marks_and_brackets() {
        assert_eq!(header("＊ 工单 编号："), "工单编号");
        assert_eq!(header("Unique_Key"), "uniquekey");
        assert_eq!(header_without_brackets("问题描述（含时间/影响范围）"), "问题描述");
        assert_eq!(header_without_brackets("【优先级】"), "优先级");
    }

    #[test]
    fn values_keep_their_brackets() {
        assert_eq!(narrow("售后部 （上海）"), "售后部(上海)");
        assert_eq!(trim("\u{feff}　李* "), "李*");
    }
}
