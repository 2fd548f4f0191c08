//! Text into search words: the same for what is stored and for what is asked.
//!
//! Folding first (full width to half width, traditional to simplified, case), then words by jieba, and every pair of
//! neighbouring Chinese characters besides: a dictionary may cut 漏水管 so that 水管 is no word, and a clerk who types 水管
//! must find it all the same.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jieba_rs::Jieba;
use unicode_normalization::UnicodeNormalization;

/// Loaded at first use: the dictionary takes a fifth of a second, which an empty desk need not wait for.
static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// Longest text that is indexed, in characters; the rest of a very long message is not searched.
const LONGEST: usize = 20_000;
/// Longest word, in bytes; both engines take more, but such a word is no word.
const LONGEST_WORD: usize = 64;

/// Loads the dictionary now, for a start that does not want the first search to wait.
pub fn warm_up() {
    LazyLock::force(&JIEBA);
}

/// Full width to half width, compatibility forms to plain ones, traditional to simplified, lower case.
#[must_use]
pub fn fold(text: &str) -> String {
    let plain: String = text.chars().take(LONGEST).nfkc().collect();
    fast2s::convert(&plain).to_lowercase()
}

/// Whether a character is written without blanks between words.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Runs of characters of one kind: Chinese, or other letters and digits. Everything else parts them.
fn runs(text: &str) -> Vec<(bool, String)> {
    let mut runs: Vec<(bool, String)> = Vec::new();
    let mut open = false;
    for c in text.chars() {
        // The index's tokenizer takes ASCII letters and digits and every non-ASCII character for part of a word.
        if !c.is_alphanumeric() {
            open = false;
            continue;
        }
        let han = is_han(c);
        match runs.last_mut() {
            Some((kind, run)) if open && *kind == han => run.push(c),
            _ => runs.push((han, c.to_string())),
        }
        open = true;
    }
    runs
}

fn pairs(run: &str) -> Vec<String> {
    let chars: Vec<char> = run.chars().collect();
    chars.windows(2).map(|pair| pair.iter().collect()).collect()
}

fn keep(word: &str) -> bool {
    !word.is_empty() && word.len() <= LONGEST_WORD
}

/// The words of a text for the index, each once, parted by blanks.
#[must_use]
pub fn tokens(text: &str) -> String {
    let mut words = BTreeSet::new();
    for (han, run) in runs(&fold(text)) {
        if han {
            words.extend(run.chars().map(String::from));
            words.extend(pairs(&run));
            words.extend(
                JIEBA.cut_for_search(&run, true).into_iter().map(|token| token.word.to_owned()).filter(|w| keep(w)),
            );
        } else if keep(&run) {
            // A long number is found by its last digits too: callers name the end of an order number.
            if run.len() > 4 && run.bytes().all(|b| b.is_ascii_digit()) {
                words.insert(run[run.len() - 4..].to_owned());
            }
            words.insert(run);
        }
    }
    words.into_iter().collect::<Vec<_>>().join(" ")
}

/// What to look for: every group must be met, by one of its alternatives, with all words of that alternative.
#[must_use]
pub fn query(text: &str) -> Vec<Vec<Vec<String>>> {
    let mut groups: Vec<Vec<Vec<String>>> = Vec::new();
    for (han, run) in runs(&fold(text)).into_iter().take(16) {
        if !han {
            if keep(&run) {
                groups.push(vec![vec![run]]);
            }
            continue;
        }
        for token in JIEBA.cut(&run, true) {
            let word = token.word.to_owned();
            let length = word.chars().count();
            if length <= 2 {
                groups.push(vec![vec![word]]);
            } else {
                let spelled = pairs(&word);
                groups.push(vec![vec![word], spelled]);
            }
        }
    }
    groups.truncate(16);
    groups
}

/// The words of a question that mean something, for similar questions: Chinese words of two characters and more,
/// and other words. One alternative each; any of them may match.
#[must_use]
pub fn keywords(text: &str) -> Vec<String> {
    let mut words = BTreeSet::new();
    for (han, run) in runs(&fold(text)) {
        if han {
            words.extend(
                JIEBA
                    .cut_for_search(&run, true)
                    .into_iter()
                    .map(|t| t.word.to_owned())
                    .filter(|w| w.chars().count() >= 2 && keep(w)),
            );
        } else if run.chars().count() >= 2 && keep(&run) {
            words.insert(run);
        }
    }
    words.into_iter().take(24).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, asked: &str) -> bool {
        let tokens = tokens(text);
        let words: BTreeSet<&str> = tokens.split(' ').collect();
        query(asked)
            .iter()
            .all(|group| group.iter().any(|alternative| alternative.iter().all(|w| words.contains(w.as_str()))))
    }

    #[test]
    fn a_word_of_two_characters_is_found_wherever_the_dictionary_cuts() {
        assert!(found("小区门口漏水管破裂", "水管"));
        assert!(found("小区门口漏水管破裂", "漏水"));
        assert!(found("设备运行中频繁报错,影响生产", "报错"));
        assert!(!found("设备运行正常", "报错"));
    }

    #[test]
    fn traditional_full_width_and_case_fold() {
        assert!(found("客戶諮詢購買產品的時間", "客户"));
        assert!(found("客户购买产品", "購買"));
        assert!(found("型号ABC123", "abc123"));
        assert!(found("工单CS2026110001", "2026110001") || found("工单 CS2026110001", "cs2026110001"));
    }

    #[test]
    fn a_question_without_words_finds_nothing_and_breaks_nothing() {
        assert!(query("、。!?\"'*()").is_empty());
        assert!(query("").is_empty());
    }

    #[test]
    fn no_word_has_a_character_that_an_engine_takes_for_an_operator() {
        let text = "a-b c\"d e'f (g) h*i j:k l&m n|o 漏水\0管\u{301}é";
        assert!(tokens(text).chars().all(|c| c == ' ' || c.is_alphanumeric()));
    }
}
