//! What customers ask about, as patterns with slots; and a slot's word, the same for the whole of one ticket.
//!
//! A pattern names its slots in braces (`{estate}`). The first time a slot is met its word is drawn, afterwards it stays,
//! so that the question, the sheet and the answer speak of the same flat and the same day.

use std::collections::BTreeMap;

use super::dice::Dice;
use super::slots;

/// A kind of matter.
#[derive(Debug)]
pub struct Topic {
    /// The line in lists.
    pub subject: &'static str,
    /// How customers put it.
    pub says: &'static [&'static str],
    /// What the desk asks the department.
    pub asks: &'static str,
    /// What comes of it, in words for the customer.
    pub answers: &'static [&'static str],
    /// Code of the department that knows.
    pub department: &'static str,
    /// The word of the process for its kind, where the process has one.
    pub kind: &'static str,
}

/// The words of one ticket.
#[derive(Debug, Clone)]
pub struct Words {
    dice: Dice,
    drawn: BTreeMap<String, String>,
}

impl Words {
    /// No word drawn yet.
    #[must_use]
    pub fn new(dice: Dice) -> Self {
        Self { dice, drawn: BTreeMap::new() }
    }

    /// The word of one slot.
    pub fn word(&mut self, slot: &str) -> String {
        if let Some(word) = self.drawn.get(slot) {
            return word.clone();
        }
        let word = slots::draw(slot, &mut self.dice);
        self.drawn.insert(slot.to_owned(), word.clone());
        word
    }

    /// A pattern with its slots filled.
    pub fn fill(&mut self, pattern: &str) -> String {
        let mut text = String::with_capacity(pattern.len() + 32);
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((slot, behind)) = after.split_once('}') else { break };
            text.push_str(before);
            text.push_str(&self.word(slot));
            rest = behind;
        }
        text.push_str(rest);
        text
    }

    /// One of several patterns, filled.
    pub fn any(&mut self, patterns: &[&'static str]) -> String {
        let pattern = self.dice.pick(patterns);
        self.fill(pattern)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_keeps_its_word_through_one_ticket() {
        let mut words = Words::new(Dice::new(3));
        let one = words.fill("{estate}{unit}");
        assert_eq!(words.fill("{estate}{unit}"), one);
        assert!(!one.contains('{') && one.contains('栋'), "{one}");
        assert_eq!(words.fill("没有空格"), "没有空格");
    }
}
