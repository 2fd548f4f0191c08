//! The pages of duty (值班): who is there, rosters, leave, swaps, hand-overs, and what rosters are made of.
//!
//! The one thing to know: every page below one department begins with the same [`DutyHead`]. A shift is shown by its sign (a
//! letter) and a tone; the sign alone says which one it is.

pub mod board;
pub mod handovers;
pub mod requests;
pub mod roster;
pub mod setup;

use crate::kit::Choice;

/// What stands above every page of a department's duty.
#[derive(Debug, Clone, Default)]
pub struct DutyHead {
    /// Public id of the department that is looked at.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The departments to choose from, where there are several.
    pub departments: Vec<Choice>,
    /// This page's address, to choose another department for.
    pub path: &'static str,
    /// The pages beside this one.
    pub tabs: Vec<Tab>,
}

/// A page beside this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    /// Its name.
    pub label: String,
    /// Address.
    pub href: String,
    /// Whether it is this one.
    pub current: bool,
}

/// A shift as a sign.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sign {
    /// One character that no other shift of the department has.
    pub letter: String,
    /// Which of the six tones.
    pub tone: usize,
    /// The whole name.
    pub name: String,
}

/// Something that is wrong with a roster, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingLine {
    /// The sentence.
    pub text: String,
    /// `bad`, `warn`.
    pub tone: &'static str,
    /// Where it is mended; empty where the reader cannot.
    pub href: String,
}

/// The coming days of a roster.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ahead {
    /// Each day.
    pub days: Vec<AheadDay>,
    /// What is wrong, by day.
    pub findings: Vec<FindingLine>,
}

/// A coming day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AheadDay {
    /// 12月3日
    pub date: String,
    /// 周三
    pub weekday: String,
    /// Class suffix of what the calendar says: `off`, `holiday`, `makeup`, or nothing.
    pub mark: &'static str,
    /// How many things are wrong.
    pub faults: usize,
    /// Whether somebody has to be there and nobody is.
    pub gap: bool,
    /// Where it is mended.
    pub href: String,
}
