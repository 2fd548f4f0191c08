//! What commands say on standard output, and refusals in words. A closed pipe is nobody's fault and ends nothing.

use std::io::Write;

use yingda_core::Refusal;
use yingda_core::refusal::FieldRefusal;
use yingda_web::front::{field_sentence, refusal_sentence};
use yingda_web::i18n::{Locale, Tr};

use crate::settings::Language;

/// Prints a line at once.
pub fn line(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{text}");
    let _ = out.flush();
}

/// The sentences of a language.
pub fn sentences(language: Language) -> Tr {
    Tr::new(match language {
        Language::Zh => Locale::ZhCn,
        Language::En => Locale::En,
    })
}

/// A refusal in both languages, with every field at fault.
pub fn refused(refusal: &Refusal) -> String {
    let fields: &[FieldRefusal] = match refusal {
        Refusal::Fields(fields) => fields,
        _ => &[],
    };
    let mut lines = Vec::new();
    for language in [Language::Zh, Language::En] {
        let t = sentences(language);
        lines.push(refusal_sentence(t, refusal));
        lines.extend(fields.iter().map(|field| format!("  {}: {}", field.field, field_sentence(t, field))));
    }
    lines.join("\n")
}

/// A text made as wide as `columns` by blanks; Chinese characters are two columns wide.
pub fn padded(text: &str, columns: usize) -> String {
    let width: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    format!("{text}{}", " ".repeat(columns.saturating_sub(width)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_twice_as_wide() {
        assert_eq!(padded("专员", 6), "专员  ");
        assert_eq!(padded("agent", 6), "agent ");
        assert_eq!(padded("部门负责人", 4), "部门负责人");
    }

    #[test]
    fn a_refusal_is_said_in_both_languages_with_its_fields() {
        let said = refused(&Refusal::field("password", "missing"));
        assert!(said.lines().count() == 4 && said.contains("password"), "{said}");
    }
}
