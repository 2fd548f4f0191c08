//! YAML as a tree in which every node knows its place.
//!
//! The one thing to know: only the plain part of YAML is let in. Anchors, aliases, tags and several documents are
//! faults, so that a file means what a reader of it sees. What the keys mean is `load`'s business.

use serde_saphyr::granit_parser::{Event, Parser, ScalarStyle, Span};

use crate::fault::FaultKind;

/// Levels of mappings and lists inside each other; a procedure needs about eight.
pub const MAX_DEPTH: usize = 24;
/// Characters of one file.
pub const MAX_CHARS: usize = 512 * 1024;
/// Scalars, lists and mappings of one file.
pub const MAX_NODES: usize = 50_000;

/// Where something stands; both count from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub line: u32,
    pub column: u32,
}

#[derive(Debug, Clone)]
pub struct Node {
    pub place: Place,
    pub body: Body,
}

#[derive(Debug, Clone)]
pub enum Body {
    Scalar(Scalar),
    List(Vec<Node>),
    /// In the order of the file; keys are scalars and differ.
    Map(Vec<(Key, Node)>),
}

#[derive(Debug, Clone)]
pub struct Scalar {
    pub text: String,
    /// Written without quotes and not as a block: `true`, `3` and `null` have their meaning only then.
    pub plain: bool,
    /// As it stands in the file, with its quotes.
    pub raw: String,
}

#[derive(Debug, Clone)]
pub struct Key {
    pub text: String,
    pub place: Place,
}

type Problem = (Place, FaultKind);

/// Reads one document.
///
/// # Errors
/// What stopped the reading, or every doubled key.
pub fn read(source: &str) -> Result<Node, Vec<Problem>> {
    let top = Place { line: 1, column: 1 };
    if source.chars().count() > MAX_CHARS {
        return Err(vec![(top, FaultKind::TooLarge { max: MAX_CHARS })]);
    }
    let mut tree = Tree::default();
    for next in Parser::new_from_str(source) {
        match next {
            Ok((event, span)) => tree.take(event, span, source).map_err(|problem| vec![problem])?,
            Err(error) => {
                let place = place(error.marker().line(), error.marker().col());
                let message = error.info().to_string();
                // The parser's own nesting limits come first for flow collections.
                return Err(vec![(place, FaultKind::NotYaml { message })]);
            }
        }
    }
    if !tree.doubled.is_empty() {
        return Err(tree.doubled);
    }
    tree.root.ok_or_else(|| vec![(top, FaultKind::Empty)])
}

fn place(line: usize, column: usize) -> Place {
    Place {
        line: u32::try_from(line).unwrap_or(u32::MAX).max(1),
        column: u32::try_from(column).unwrap_or(u32::MAX).saturating_add(1),
    }
}

/// A collection that is still open.
enum Open {
    List { place: Place, items: Vec<Node> },
    Map { place: Place, entries: Vec<(Key, Node)>, key: Option<Key> },
}

#[derive(Default)]
struct Tree {
    open: Vec<Open>,
    root: Option<Node>,
    doubled: Vec<Problem>,
    nodes: usize,
    documents: usize,
}

impl Tree {
    fn take(&mut self, event: Event<'_>, span: Span, source: &str) -> Result<(), Problem> {
        let here = place(span.start.line(), span.start.col());
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err((here, FaultKind::NotInLanguage { what: "---" }));
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                refuse_decoration(here, anchor, tag.is_some())?;
                self.count(here)?;
                let raw = span.slice(source).unwrap_or_default().to_owned();
                let scalar = Scalar { text: text.into_owned(), plain: style == ScalarStyle::Plain, raw };
                self.put(Node { place: here, body: Body::Scalar(scalar) })?;
            }
            Event::SequenceStart(_, anchor, tag) => {
                refuse_decoration(here, anchor, tag.is_some())?;
                self.deepen(here, Open::List { place: here, items: Vec::new() })?;
            }
            Event::MappingStart(_, anchor, tag) => {
                refuse_decoration(here, anchor, tag.is_some())?;
                self.deepen(here, Open::Map { place: here, entries: Vec::new(), key: None })?;
            }
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(Open::List { place, items }) => self.put(Node { place, body: Body::List(items) })?,
                Some(Open::Map { place, entries, .. }) => self.put(Node { place, body: Body::Map(entries) })?,
                None => {}
            },
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                return Err((here, FaultKind::NotInLanguage { what: "*" }));
            }
            _ => {}
        }
        Ok(())
    }

    fn count(&mut self, here: Place) -> Result<(), Problem> {
        self.nodes += 1;
        if self.nodes > MAX_NODES { Err((here, FaultKind::TooLarge { max: MAX_NODES })) } else { Ok(()) }
    }

    fn deepen(&mut self, here: Place, open: Open) -> Result<(), Problem> {
        self.count(here)?;
        if self.open.len() >= MAX_DEPTH {
            return Err((here, FaultKind::TooDeep { max: MAX_DEPTH }));
        }
        self.open.push(open);
        Ok(())
    }

    fn put(&mut self, node: Node) -> Result<(), Problem> {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { entries, key, .. }) => match key.take() {
                None => match node.body {
                    Body::Scalar(scalar) => *key = Some(Key { text: scalar.text, place: node.place }),
                    Body::List(_) | Body::Map(_) => {
                        return Err((node.place, FaultKind::NotInLanguage { what: "?" }));
                    }
                },
                Some(key) => match entries.iter().find(|(known, _)| known.text == key.text) {
                    Some((known, _)) => {
                        let first_line = known.place.line;
                        self.doubled.push((key.place, FaultKind::DuplicateKey { key: key.text, first_line }));
                    }
                    None => entries.push((key, node)),
                },
            },
        }
        Ok(())
    }
}

fn refuse_decoration(here: Place, anchor: usize, tagged: bool) -> Result<(), Problem> {
    if anchor != 0 {
        return Err((here, FaultKind::NotInLanguage { what: "&" }));
    }
    if tagged {
        return Err((here, FaultKind::NotInLanguage { what: "!" }));
    }
    Ok(())
}

impl Scalar {
    /// `null`, `~` or nothing at all.
    pub fn is_nothing(&self) -> bool {
        self.plain && matches!(self.text.as_str(), "" | "~" | "null" | "Null" | "NULL")
    }

    /// Where the character number `index` (from 0) of the text stands, seen from the scalar's own place. For blocks
    /// and for quoted text with escapes it is the beginning of the scalar.
    pub fn place_of(&self, start: Place, index: usize) -> Place {
        let on_one_line = !self.raw.contains('\n');
        let column = if self.plain && on_one_line {
            Some(index)
        } else if self.raw.starts_with('\'') && on_one_line {
            // A quote inside is written twice.
            let quotes = self.text.chars().take(index).filter(|c| *c == '\'').count();
            Some(1 + index + quotes)
        } else if self.raw.starts_with('"') && on_one_line && !self.raw.contains('\\') {
            Some(1 + index)
        } else {
            None
        };
        let column = u32::try_from(column.unwrap_or(0)).unwrap_or(0);
        Place { line: start.line, column: start.column.saturating_add(column) }
    }
}
