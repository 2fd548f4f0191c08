//! Texts with `{form.field}` or `{step.answer}` in them.
//!
//! The one thing to know: a template in a definition is checked, so every placeholder has a value when it is filled.
//! A brace that is meant is written twice (`{{`).

use crate::form::FieldRef;
use crate::instance::Instance;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pub source: String,
    pub parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Text(String),
    Field(FieldRef),
    /// The answer of a contact sheet, by step.
    Answer(String),
}

impl Template {
    /// Fills the text in from what the ticket holds.
    pub fn fill(&self, instance: &Instance) -> String {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Text(fixed) => text.push_str(fixed),
                Part::Field(field) => {
                    if let Some(value) = instance.values.get(&field.to_string()) {
                        text.push_str(&value.text());
                    }
                }
                Part::Answer(step) => text.push_str(instance.answers.get(step).map_or("", String::as_str)),
            }
        }
        text
    }
}
