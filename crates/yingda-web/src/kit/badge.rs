//! Badges: a word with a meaning in its colour. Colour never carries the meaning alone: the word is always there.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::i18n::Tr;

/// What a colour means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Neutral,
    /// Under way.
    Active,
    /// Good, done.
    Good,
    /// Needs attention soon.
    Warn,
    /// Late, failed, refused.
    Bad,
}

impl Tone {
    /// Class suffix.
    #[must_use]
    pub const fn class(&self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Active => "active",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}

/// A word with a tone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Badge {
    /// The word, in the reader's language.
    pub text: String,
    /// What it means.
    pub tone: Tone,
}

impl Badge {
    /// A badge.
    #[must_use]
    pub fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone }
    }
}

/// S03's four priorities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// 紧急
    Urgent,
    /// 高
    High,
    /// 中
    Normal,
    /// 低
    Low,
}

impl Priority {
    /// All, most urgent first.
    pub const ALL: [Self; 4] = [Self::Urgent, Self::High, Self::Normal, Self::Low];

    /// Value in forms and class suffix.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Urgent => "urgent",
            Self::High => "high",
            Self::Normal => "normal",
            Self::Low => "low",
        }
    }

    /// The word.
    #[must_use]
    pub fn word(&self, t: &Tr) -> String {
        t.say(match self {
            Self::Urgent => "priority-urgent",
            Self::High => "priority-high",
            Self::Normal => "priority-normal",
            Self::Low => "priority-low",
        })
    }

    /// The badge.
    #[must_use]
    pub const fn show(&self, t: &Tr) -> PriorityPart {
        PriorityPart { t: *t, priority: *self }
    }
}

/// A priority on a page.
#[derive(Template)]
#[template(
    source = "<span class=\"badge badge-{{ priority.name() }}\"><span class=\"sr-only\">{{ t.say(\"priority\") }} </span>{{ priority.word(t) }}</span>",
    ext = "html"
)]
pub struct PriorityPart {
    t: Tr,
    priority: Priority,
}

impl HtmlSafe for PriorityPart {}

/// A badge on a page.
#[derive(Template)]
#[template(source = "<span class=\"badge badge-{{ badge.tone.class() }}\">{{ badge.text }}</span>", ext = "html")]
pub struct BadgePart<'a> {
    badge: &'a Badge,
}

impl HtmlSafe for BadgePart<'_> {}

impl Badge {
    /// The badge.
    #[must_use]
    pub const fn show(&self) -> BadgePart<'_> {
        BadgePart { badge: self }
    }
}
