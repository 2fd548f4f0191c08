//! Reading keys off a YAML tree, and gathering every fault on the way.
//!
//! The one thing to know: nothing stops at the first fault. A reader that finds something wrong notes it and answers
//! `None`, and its caller goes on with the next key.

use crate::definition::Trace;
use crate::fault::{FaultKind, NameKind, Shape, WordKind};
use crate::hint::nearest;
use crate::vocabulary::Origin;
use crate::yaml::{Body, Key, Node, Place, Scalar};

/// Keys that every item may carry.
pub(super) const TRACE_KEYS: &[&str] = &["requirements", "origin", "note"];

#[derive(Default)]
pub(super) struct Faults {
    pub list: Vec<(Place, FaultKind)>,
}

/// A mapping whose keys are fixed.
#[derive(Clone, Copy)]
pub(super) struct View<'n> {
    pub place: Place,
    entries: &'n [(Key, Node)],
}

impl<'n> View<'n> {
    /// A mapping that was judged before.
    pub fn plain(node: &'n Node) -> Option<Self> {
        match &node.body {
            Body::Map(entries) => Some(Self { place: node.place, entries }),
            Body::Scalar(_) | Body::List(_) => None,
        }
    }

    pub fn keys(&self) -> impl Iterator<Item = &'n str> + use<'n> {
        self.entries.iter().map(|(key, _)| key.text.as_str())
    }

    pub fn get(&self, key: &str) -> Option<&'n Node> {
        self.entries.iter().find(|(known, _)| known.text == key).map(|(_, node)| node)
    }

    /// Where the key stands, or the mapping if it is not there.
    pub fn key_place(&self, key: &str) -> Place {
        self.entries.iter().find(|(known, _)| known.text == key).map_or(self.place, |(known, _)| known.place)
    }
}

impl Faults {
    /// Whether some step marks what nobody can know.
    pub fn misspelt_a_milestone(&self) -> bool {
        self.list.iter().any(|(_, kind)| matches!(kind, FaultKind::UnknownWord { kind: WordKind::Milestone, .. }))
    }

    pub fn add(&mut self, place: Place, kind: FaultKind) {
        self.list.push((place, kind));
    }

    /// A mapping that has only these keys and the trace keys.
    pub fn view<'n>(&mut self, node: &'n Node, keys: &[&str]) -> Option<View<'n>> {
        let entries = self.entries(node)?;
        for (key, _) in entries {
            let known = keys.contains(&key.text.as_str()) || TRACE_KEYS.contains(&key.text.as_str());
            if !known {
                let hint = nearest(&key.text, keys.iter().chain(TRACE_KEYS).copied());
                self.add(key.place, FaultKind::UnknownKey { key: key.text.clone(), hint });
            }
        }
        Some(View { place: node.place, entries })
    }

    /// A mapping whose keys are names.
    pub fn entries<'n>(&mut self, node: &'n Node) -> Option<&'n [(Key, Node)]> {
        match &node.body {
            Body::Map(entries) => Some(entries),
            Body::Scalar(scalar) if scalar.is_nothing() => Some(&[]),
            _ => self.wrong_shape(node, Shape::Mapping),
        }
    }

    pub fn items<'n>(&mut self, node: &'n Node) -> Option<&'n [Node]> {
        match &node.body {
            Body::List(items) => Some(items),
            Body::Scalar(scalar) if scalar.is_nothing() => Some(&[]),
            _ => self.wrong_shape(node, Shape::List),
        }
    }

    pub fn scalar<'n>(&mut self, node: &'n Node, wanted: Shape) -> Option<&'n Scalar> {
        match &node.body {
            Body::Scalar(scalar) if !scalar.is_nothing() => Some(scalar),
            _ => self.wrong_shape(node, wanted),
        }
    }

    fn wrong_shape<T>(&mut self, node: &Node, wanted: Shape) -> Option<T> {
        let found = match &node.body {
            Body::Scalar(scalar) if scalar.is_nothing() => Shape::Nothing,
            Body::Scalar(_) => Shape::Text,
            Body::List(_) => Shape::List,
            Body::Map(_) => Shape::Mapping,
        };
        self.add(node.place, FaultKind::WrongShape { wanted, found });
        None
    }

    /// Text that is not blank.
    pub fn text(&mut self, node: &Node) -> Option<String> {
        let text = self.scalar(node, Shape::Text)?.text.trim().to_owned();
        if text.is_empty() {
            self.add(node.place, FaultKind::Empty);
            return None;
        }
        Some(text)
    }

    pub fn required_text(&mut self, view: &View<'_>, key: &'static str) -> Option<String> {
        let node = self.required(view, key)?;
        self.text(node)
    }

    pub fn optional_text(&mut self, view: &View<'_>, key: &str) -> Option<String> {
        view.get(key).and_then(|node| self.text(node))
    }

    pub fn required<'n>(&mut self, view: &View<'n>, key: &'static str) -> Option<&'n Node> {
        let node = view.get(key);
        if node.is_none() {
            self.add(view.place, FaultKind::MissingKey { key });
        }
        node
    }

    pub fn texts(&mut self, view: &View<'_>, key: &str) -> Vec<String> {
        let Some(items) = view.get(key).and_then(|node| self.items(node)) else {
            return Vec::new();
        };
        items.iter().filter_map(|item| self.text(item)).collect()
    }

    /// `true` or `false`; absent means `false`.
    pub fn flag(&mut self, view: &View<'_>, key: &str) -> bool {
        let Some(node) = view.get(key) else {
            return false;
        };
        let Some(scalar) = self.scalar(node, Shape::YesNo) else {
            return false;
        };
        match (scalar.plain, scalar.text.as_str()) {
            (true, "true") => true,
            (true, "false") => false,
            _ => {
                self.add(node.place, FaultKind::WrongShape { wanted: Shape::YesNo, found: Shape::Text });
                false
            }
        }
    }

    pub fn number(&mut self, node: &Node, min: i64, max: i64) -> Option<i64> {
        let text = self.scalar(node, Shape::WholeNumber)?.text.clone();
        match text.parse::<i64>() {
            Ok(number) if (min..=max).contains(&number) => Some(number),
            _ => {
                self.add(node.place, FaultKind::BadNumber { text, min, max });
                None
            }
        }
    }

    /// A word of a fixed list.
    pub fn word<T>(
        &mut self,
        node: &Node,
        kind: WordKind,
        allowed: &'static [&'static str],
        read: fn(&str) -> Option<T>,
    ) -> Option<T> {
        let word = self.text(node)?;
        let found = read(&word);
        if found.is_none() {
            let hint = nearest(&word, allowed.iter().copied());
            self.add(node.place, FaultKind::UnknownWord { kind, word, allowed, hint });
        }
        found
    }

    pub fn words<T>(
        &mut self,
        view: &View<'_>,
        key: &str,
        kind: WordKind,
        allowed: &'static [&'static str],
        read: fn(&str) -> Option<T>,
    ) -> Vec<T> {
        let Some(items) = view.get(key).and_then(|node| self.items(node)) else {
            return Vec::new();
        };
        items.iter().filter_map(|item| self.word(item, kind, allowed, read)).collect()
    }

    /// A name that must be one of the file's own.
    pub fn name<'k>(
        &mut self,
        node: &Node,
        kind: NameKind,
        known: impl IntoIterator<Item = &'k str> + Clone,
    ) -> Option<String> {
        let name = self.text(node)?;
        if known.clone().into_iter().any(|candidate| candidate == name) {
            return Some(name);
        }
        let hint = nearest(&name, known);
        self.add(node.place, FaultKind::UnknownName { kind, name, hint });
        None
    }

    pub fn trace(&mut self, view: &View<'_>) -> Trace {
        let mut requirements = Vec::new();
        for item in view.get("requirements").and_then(|node| self.items(node)).unwrap_or_default() {
            let Some(text) = self.text(item) else {
                continue;
            };
            if is_requirement(&text) {
                requirements.push(text);
            } else {
                self.add(item.place, FaultKind::BadRequirement { text });
            }
        }
        let origin = view
            .get("origin")
            .and_then(|node| self.word(node, WordKind::Origin, Origin::IDS, Origin::from_id))
            .unwrap_or_default();
        Trace { requirements, origin, note: self.optional_text(view, "note") }
    }
}

/// `R-071`, `J03`, `T02`, `Q01`, `E-01`, `S03`: the numbers of the requirements.
fn is_requirement(text: &str) -> bool {
    let digits = |rest: &str, count: usize| rest.len() == count && rest.bytes().all(|byte| byte.is_ascii_digit());
    match text.split_at_checked(1) {
        Some(("R", rest)) => rest.strip_prefix('-').is_some_and(|rest| digits(rest, 3)),
        Some(("E", rest)) => rest.strip_prefix('-').is_some_and(|rest| digits(rest, 2)),
        Some(("J" | "T" | "Q" | "S", rest)) => digits(rest, 2),
        _ => false,
    }
}

/// Whether a name can stand where it is used: `a`-`z`, digits, `_`; `-` only where no expression reads it.
pub(super) fn is_id(text: &str, id_use: IdUse) -> bool {
    let mut characters = text.chars();
    let begins = characters.next().is_some_and(|c| c.is_ascii_lowercase());
    let goes_on =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || (c == '-' && id_use == IdUse::Key);
    begins && characters.all(goes_on) && text.len() <= 64
}

/// How expressions see a name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum IdUse {
    /// Not at all: departments, lanes, scripts.
    Key,
    /// Before the dot: forms, steps.
    Root,
    /// After the dot: fields.
    Member,
}

/// Words of CEL.
pub(super) const RESERVED: &[&str] = &[
    "as",
    "break",
    "const",
    "continue",
    "else",
    "false",
    "for",
    "function",
    "if",
    "import",
    "in",
    "let",
    "loop",
    "namespace",
    "null",
    "package",
    "return",
    "true",
    "var",
    "void",
    "while",
];

/// What stands for something of the language when it is alone or before a dot.
pub(super) const RESERVED_ROOTS: &[&str] = &[
    "ticket",
    "has",
    "size",
    "date",
    "timestamp",
    "int",
    "uint",
    "double",
    "bool",
    "string",
    "bytes",
    "list",
    "map",
    "type",
    "dyn",
    "optional",
    "math",
    "strings",
    "google",
    "cel",
];
