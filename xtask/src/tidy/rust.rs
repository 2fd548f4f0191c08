//! Reading Rust just well enough for the rules: code, comments and literals apart, and which lines are tests.
//!
//! A scanner and not a parser: it must never fail on a file that is being written.

use std::ops::Range;

/// A string literal: where it begins (line from 1) and what stands between its quotes, escapes and all.
#[derive(Debug, PartialEq, Eq)]
pub struct Literal {
    pub line: usize,
    pub text: String,
}

/// A file taken apart.
#[derive(Debug)]
pub struct Scanned {
    /// The text with comments and the insides of literals blanked; lines and columns (in characters) are kept.
    pub code: String,
    pub literals: Vec<Literal>,
    /// Lines (from 1) of `#[cfg(test)]` modules and functions.
    tests: Vec<Range<usize>>,
}

impl Scanned {
    /// Whether a line belongs to a test module of the file.
    pub fn is_test(&self, line: usize) -> bool {
        self.tests.iter().any(|range| range.contains(&line))
    }
}

/// Takes a file apart.
pub fn scan(text: &str) -> Scanned {
    let chars: Vec<char> = text.chars().collect();
    let mut scanner = Scanner { chars: &chars, at: 0, line: 1, code: String::new(), literals: Vec::new() };
    while scanner.at < chars.len() {
        scanner.step();
    }
    let tests = test_ranges(&scanner.code);
    Scanned { code: scanner.code, literals: scanner.literals, tests }
}

struct Scanner<'a> {
    chars: &'a [char],
    at: usize,
    line: usize,
    code: String,
    literals: Vec<Literal>,
}

impl Scanner<'_> {
    fn peek(&self, ahead: usize) -> char {
        self.chars.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn keep(&mut self) {
        let c = self.peek(0);
        self.line += usize::from(c == '\n');
        self.code.push(c);
        self.at += 1;
    }

    fn blank(&mut self) -> char {
        let c = self.peek(0);
        self.line += usize::from(c == '\n');
        self.code.push(if c == '\n' { '\n' } else { ' ' });
        self.at += 1;
        c
    }

    fn is_done(&self) -> bool {
        self.at >= self.chars.len()
    }

    fn step(&mut self) {
        match (self.peek(0), self.peek(1)) {
            ('/', '/') => {
                while !self.is_done() && self.peek(0) != '\n' {
                    self.blank();
                }
            }
            ('/', '*') => self.block_comment(),
            ('"', _) => self.string(),
            ('r', '"' | '#') if !self.is_in_word() || self.code.ends_with(['b', 'c']) => self.raw_string(),
            ('\'', _) => self.quote(),
            _ => self.keep(),
        }
    }

    fn is_in_word(&self) -> bool {
        self.code.ends_with(|c: char| c.is_alphanumeric() || c == '_')
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        while !self.is_done() {
            match (self.peek(0), self.peek(1)) {
                ('/', '*') => depth += 1,
                ('*', '/') => depth -= 1,
                _ => {
                    self.blank();
                    continue;
                }
            }
            self.blank();
            self.blank();
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self) {
        let line = self.line;
        let mut text = String::new();
        self.keep();
        while !self.is_done() && self.peek(0) != '"' {
            if self.peek(0) == '\\' {
                text.push(self.blank());
            }
            if !self.is_done() {
                text.push(self.blank());
            }
        }
        if !self.is_done() {
            self.keep();
        }
        self.literals.push(Literal { line, text });
    }

    fn raw_string(&mut self) {
        let hashes = (1..).take_while(|ahead| self.peek(*ahead) == '#').count();
        if self.peek(1 + hashes) != '"' {
            // A raw identifier.
            self.keep();
            return;
        }
        let line = self.line;
        for _ in 0..hashes + 2 {
            self.keep();
        }
        let mut text = String::new();
        let closes = |at: &Self| at.peek(0) == '"' && (1..=hashes).all(|ahead| at.peek(ahead) == '#');
        while !self.is_done() && !closes(self) {
            text.push(self.blank());
        }
        for _ in 0..=hashes {
            if !self.is_done() {
                self.keep();
            }
        }
        self.literals.push(Literal { line, text });
    }

    /// A character literal, or a lifetime, which has no second quote.
    fn quote(&mut self) {
        let length = match (self.peek(1), self.peek(2)) {
            ('\\', _) => (3..12).find(|ahead| self.peek(*ahead) == '\''),
            (_, '\'') => Some(2),
            _ => None,
        };
        self.keep();
        if let Some(length) = length {
            for _ in 1..length {
                self.blank();
            }
            self.keep();
        }
    }
}

/// The lines from each `#[cfg(test)]` to the end of the braces that follow it; `mod tests;` is a file with a name of its own.
fn test_ranges(code: &str) -> Vec<Range<usize>> {
    let line_of = |at: usize| code[..at].matches('\n').count() + 1;
    let mut ranges = Vec::new();
    for (start, marker) in code.match_indices("#[cfg(test)]") {
        let rest = &code[start + marker.len()..];
        let mut depth = 0_usize;
        for (at, c) in rest.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 && matches!(c, '}' | ';') {
                ranges.push(line_of(start)..line_of(start + marker.len() + at) + 1);
                break;
            }
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literals(text: &str) -> Vec<String> {
        scan(text).literals.into_iter().map(|literal| literal.text).collect()
    }

    #[test]
    fn literals_of_every_kind_are_told_from_code_and_comments() {
        assert_eq!(literals(r#"let a = "x\"y"; // "no""#), [r#"x\"y"#]);
        assert_eq!(literals("r#\"a \" b\"# br\"c\" /* \"no\" /* \"nested\" */ */ b\"d\""), ["a \" b", "c", "d"]);
        assert_eq!(literals("let q = '\"'; let e = '\\''; fn f<'a>(x: &'a str) { r#type(\"in\") }"), ["in"]);
    }

    #[test]
    fn lines_are_kept() {
        let scanned = scan("// one\n\"two\nthree\"\n/* four\n*/ \"five\"");
        assert_eq!(scanned.literals.iter().map(|literal| literal.line).collect::<Vec<_>>(), [2, 5]);
        assert_eq!(scanned.code.lines().count(), 5);
        assert!(!scanned.code.contains("one") && !scanned.code.contains("three"));
    }

    #[test]
    fn test_modules_end_where_their_braces_do() {
        let scanned = scan(
            "fn a() {}\n#[cfg(test)]\nmod tests {\n  fn b() { \"}\"; }\n}\nfn c() {}\n#[cfg(test)]\nmod more;\nfn d() {}",
        );
        let tests: Vec<usize> = (1..=9).filter(|line| scanned.is_test(*line)).collect();
        assert_eq!(tests, [2, 3, 4, 5, 7, 8]);
    }

    #[test]
    fn a_file_that_is_being_written_is_no_reason_to_fail() {
        for text in ["\"open", "r##\"open\"#", "/* open", "'", "#[cfg(test)] mod x {", "\"\\"] {
            scan(text);
        }
    }
}
