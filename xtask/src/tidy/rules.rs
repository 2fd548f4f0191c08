//! The house rules for one file: its purpose, its length, its silences, and what belongs in another crate.

use super::rust::{Scanned, scan};
use super::{Fault, Rule};

/// Lines a file may have.
const LONGEST: usize = 600;

/// Names of elements that are HTML and nothing else; SVG and BPMN have others.
const ELEMENTS: &[&str] = &[
    "article", "aside", "body", "br", "button", "dd", "div", "dl", "dt", "fieldset", "footer", "form", "h1", "h2",
    "h3", "head", "header", "html", "img", "input", "label", "li", "main", "nav", "ol", "option", "p", "script",
    "section", "select", "span", "strong", "table", "tbody", "td", "textarea", "th", "thead", "tr", "ul",
];

/// Checks a Rust file.
pub fn check_rust(file: &str, text: &str) -> Vec<Fault> {
    let scanned = scan(text);
    let mut faults = Vec::new();
    let mut fault = |line: usize, rule: Rule, what: &str| {
        faults.push(Fault { file: file.to_owned(), line, rule, what: what.to_owned() });
    };
    if !text.starts_with("//!") {
        fault(1, Rule::Purpose, "a file begins with `//!` and says what it is for");
    }
    if text.lines().count() > LONGEST {
        fault(LONGEST + 1, Rule::Length, "a file has at most 600 lines: one idea each");
    }
    for (index, code) in scanned.code.lines().enumerate() {
        let line = index + 1;
        if code.contains("#[allow(") || code.contains("#![allow(") {
            fault(
                line,
                Rule::Allow,
                "`#[expect(…, reason = …)]`, never `#[allow]`: it says when it is no longer needed",
            );
        }
        if code.contains("#[ignore") {
            fault(line, Rule::Ignored, "no ignored tests: a test runs or is gone");
        }
        if is_test(file, &scanned, line) && calls_sleep(code) {
            fault(line, Rule::Sleep, "tests do not sleep: they wait for what they expect, or move the clock");
        }
    }
    for literal in &scanned.literals {
        let in_test = is_test(file, &scanned, literal.line);
        if is_sql(&literal.text) {
            fault(literal.line, Rule::Sql, "SQL belongs in yingda-store");
        }
        if !in_test && is_html(&literal.text) {
            fault(literal.line, Rule::Html, "HTML belongs in yingda-web");
        }
        if !in_test && speaks(file, &literal.text) {
            fault(
                literal.line,
                Rule::Sentence,
                "Chinese for people belongs in the Fluent files (exceptions: xtask/src/tidy/excused.rs)",
            );
        }
    }
    faults
}

/// Checks a template: it has no sentences of its own, and is in the right crate.
pub fn check_template(file: &str, text: &str) -> Vec<Fault> {
    if is_test_file(file) {
        return Vec::new();
    }
    let fault = |line, rule, what: &str| Fault { file: file.to_owned(), line, rule, what: what.to_owned() };
    let mut faults = vec![fault(1, Rule::Html, "HTML belongs in yingda-web")];
    let mut in_comment = false;
    for (index, line) in text.lines().enumerate() {
        let (said, still) = without_comments(line, in_comment);
        in_comment = still;
        if han(&said) > 0 {
            faults.push(fault(index + 1, Rule::Sentence, "templates ask the Fluent files for their words"));
        }
    }
    faults
}

/// The line without `{# … #}`, and whether a comment goes on in the next.
fn without_comments(line: &str, mut in_comment: bool) -> (String, bool) {
    let mut said = String::new();
    let mut rest = line;
    loop {
        let (mark, skip) = if in_comment { ("#}", true) } else { ("{#", false) };
        let Some((before, after)) = rest.split_once(mark) else {
            if !in_comment {
                said.push_str(rest);
            }
            return (said, in_comment);
        };
        if !skip {
            said.push_str(before);
        }
        rest = after;
        in_comment = !in_comment;
    }
}

/// Tests by their place: integration tests, benchmarks, files called so, and the harness.
fn is_test_file(file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or(file);
    file.split('/').any(|folder| folder == "tests" || folder == "benches")
        || name == "tests.rs"
        || name.ends_with("_tests.rs")
        || file.starts_with("crates/yingda-testkit/")
}

fn is_test(file: &str, scanned: &Scanned, line: usize) -> bool {
    is_test_file(file) || scanned.is_test(line)
}

fn calls_sleep(code: &str) -> bool {
    ["sleep", "sleep_until"].iter().any(|name| {
        code.match_indices(&format!("{name}("))
            .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
    })
}

/// Statements, written in capitals anywhere or beginning in small letters; a sentence that begins with “Select” is none.
fn is_sql(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let begins_small = words.first().is_some_and(|word| word.chars().all(|c| c.is_ascii_lowercase()));
    let has = |first: &str, second: &str, is_next: bool| {
        let mut rest = words.iter().skip_while(|word| word.trim_start_matches('(') != first).skip(1);
        if is_next { rest.next() == Some(&second) } else { rest.any(|word| *word == second) }
    };
    let pairs =
        [("SELECT", "FROM", false), ("INSERT", "INTO", true), ("UPDATE", "SET", false), ("DELETE", "FROM", true)];
    pairs.iter().any(|(first, second, is_next)| {
        has(first, second, *is_next)
            || (begins_small
                && words.first().is_some_and(|word| word.eq_ignore_ascii_case(first) || *word == "with")
                && has(&first.to_lowercase(), &second.to_lowercase(), *is_next))
    })
}

fn is_html(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let tag = text[at + 1..].trim_start_matches('/');
        let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
        let end = tag[name.len()..].chars().next();
        ELEMENTS.contains(&name.as_str()) && matches!(end, Some('>' | ' ' | '/' | '\n'))
    })
}

/// Crates that read and write the words of process files and tables (紧急, 是, 工作日): single words are their data.
const VOCABULARIES: [&str; 4] =
    ["crates/worktime/", "crates/yingda-core/", "crates/yingda-process/", "crates/yingda-tables/"];
/// The longest single word: 企业客户服务.
const WORD: usize = 6;

/// Whether a literal speaks to people in Chinese.
fn speaks(file: &str, text: &str) -> bool {
    let is_word = han(text) <= WORD && !text.contains([',', '。', '；', '！', '？']);
    han(text) > 0 && !(is_word && VOCABULARIES.iter().any(|folder| file.starts_with(folder)))
}

/// How many Chinese characters there are, beside the product's own name; punctuation and signs are nobody's sentence.
fn han(text: &str) -> usize {
    let is_han = |c: &char| matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}');
    text.replace("应答", "").chars().filter(is_han).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(file: &str, text: &str) -> Vec<(usize, Rule)> {
        check_rust(file, text).into_iter().map(|fault| (fault.line, fault.rule)).collect()
    }

    const FILE: &str = "crates/yingda-app/src/x.rs";

    #[test]
    fn a_file_says_what_it_is_for_and_is_short() {
        assert_eq!(found(FILE, "fn main() {}\n"), [(1, Rule::Purpose)]);
        let line = "// x\n";
        assert_eq!(found(FILE, &format!("//! x\n{}", line.repeat(599))), []);
        assert_eq!(found(FILE, &format!("//! x\n{}", line.repeat(600))), [(601, Rule::Length)]);
    }

    #[test]
    fn silences_are_found_in_code_and_not_in_words() {
        let text = "//! x\n#[allow(dead_code)]\nfn a() {}\n#[ignore = \"slow\"]\nfn b() { \"#[allow(x)]\"; } // #[ignore]\n#[expect(x)]\nfn c() {}";
        assert_eq!(found(FILE, text), [(2, Rule::Allow), (4, Rule::Ignored)]);
    }

    #[test]
    fn tests_do_not_sleep_and_others_may() {
        let text =
            "//! x\nfn a() { tokio::time::sleep(d); }\n#[cfg(test)]\nmod tests {\n fn b() { sleep(d); asleep(d); }\n}";
        assert_eq!(found(FILE, text), [(5, Rule::Sleep)]);
        assert_eq!(found("crates/yingda/tests/x.rs", "//! x\nfn a() { thread::sleep(d); }"), [(2, Rule::Sleep)]);
    }

    #[test]
    fn sql_is_told_from_sentences() {
        for sql in [
            "SELECT a FROM b",
            "insert into t values (1)",
            "UPDATE t\\n SET a = 1",
            "with x as (select 1 from y) select a from x",
            "DELETE FROM t",
            "WITH x AS (SELECT 1 FROM y)",
        ] {
            let sql = sql.replace("\\n", "\n");
            assert_eq!(found(FILE, &format!("//! x\nconst A: &str = \"{sql}\";")), [(2, Rule::Sql)], "{sql}");
        }
        for sentence in ["Select one from the list", "delete", "updates the set", "SELECT", "insert it into the table"]
        {
            assert_eq!(found(FILE, &format!("//! x\nconst A: &str = \"{sentence}\";")), [], "{sentence}");
        }
    }

    #[test]
    fn html_is_told_from_svg_and_generics() {
        for html in ["<p>", "</div>", "<input type='x'>", "<br/>"] {
            assert_eq!(found(FILE, &format!("//! x\nconst A: &str = \"{html}\";")), [(2, Rule::Html)], "{html}");
        }
        for other in ["<svg>", "<path d=''/>", "<text>", "a < b", "<process>", "Vec<p"] {
            assert_eq!(found(FILE, &format!("//! x\nconst A: &str = \"{other}\";")), [], "{other}");
        }
    }

    #[test]
    fn chinese_is_for_people_and_stands_where_people_are_spoken_to() {
        let text = "//! 应答\nconst A: &str = \"超时\"; // 超时\nconst B: &str = \",。\";\n#[cfg(test)]\nmod tests { const C: &str = \"工单\"; }";
        assert_eq!(found(FILE, text), [(2, Rule::Sentence)]);
        assert_eq!(found("crates/yingda/tests/story.rs", "//! x\nconst A: &str = \"工单\";"), []);
        assert_eq!(found(FILE, "//! x\nconst A: &str = \"Yingda 应答\";"), []);
    }

    #[test]
    fn vocabularies_have_words_and_no_sentences() {
        let file = "crates/yingda-process/src/x.rs";
        assert_eq!(found(file, "//! x\nconst A: [&str; 2] = [\"紧急\", \"工作联系单\"];"), []);
        assert_eq!(found(file, "//! x\nconst A: &str = \"请先选择一个部门\";"), [(2, Rule::Sentence)]);
        assert_eq!(found(file, "//! x\nconst A: &str = \"不行。\";"), [(2, Rule::Sentence)]);
    }

    #[test]
    fn templates_have_no_words_of_their_own() {
        let text = "{# 工单 #}<p>{{ t }}</p>\n{# a\n工单 #}\n<p>工单</p>";
        let faults = check_template("crates/yingda-web/templates/x.html", text);
        let sentences: Vec<usize> =
            faults.iter().filter(|fault| fault.rule == Rule::Sentence).map(|fault| fault.line).collect();
        assert_eq!(sentences, [4]);
        assert!(check_template("crates/yingda-testkit/tests/page.html", text).is_empty());
    }
}
