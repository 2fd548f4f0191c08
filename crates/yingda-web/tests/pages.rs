//! Every sample of every page, in every language, is whole: no missing sentence, no unlabelled control, no form that could be
//! forged, nothing inline that the content security policy would refuse.

#![expect(clippy::unwrap_used, clippy::panic, reason = "test code: a failed step is a failed test")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use yingda_web::gallery::{Sample, samples};
use yingda_web::i18n::Locale;
use yingda_web::shell::Theme;

/// Elements that have no end.
const VOID: [&str; 8] = ["meta", "link", "input", "br", "hr", "img", "use", "wbr"];

struct Tag {
    name: String,
    attributes: BTreeMap<String, String>,
    closing: bool,
}

/// The tags of a page in order. Our own templates quote every attribute, so a small reader is enough.
fn tags(html: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        if rest.starts_with('!') {
            continue;
        }
        let mut quoted = false;
        let end = rest
            .char_indices()
            .find(|(_, c)| {
                if *c == '"' {
                    quoted = !quoted;
                }
                *c == '>' && !quoted
            })
            .map_or(rest.len(), |(at, _)| at);
        let inside = &rest[..end];
        let closing = inside.starts_with('/');
        let inside = inside.trim_start_matches('/').trim_end_matches('/');
        let (name, attributes) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        found.push(Tag { name: name.to_owned(), attributes: attributes_of(attributes), closing });
        rest = &rest[end..];
    }
    found
}

fn attributes_of(text: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let name = rest[..end].to_owned();
        rest = rest[end..].trim_start();
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let inner = after.strip_prefix('"').unwrap_or_else(|| panic!("attribute {name} is not quoted: {text}"));
            let close = inner.find('"').unwrap_or_else(|| panic!("attribute {name} has no end: {text}"));
            value = inner[..close].to_owned();
            rest = inner[close + 1..].trim_start();
        }
        assert!(found.insert(name.clone(), value).is_none(), "attribute {name} stands twice: {text}");
    }
    found
}

fn every_sample(check: impl Fn(&Sample, &[Tag])) {
    for locale in Locale::ALL {
        for sample in samples(locale, Theme::Auto).unwrap() {
            let tags = tags(&sample.html);
            check(&Sample { name: format!("{} ({locale})", sample.name), ..sample }, &tags);
        }
    }
}

#[test]
fn no_sentence_is_missing() {
    every_sample(|sample, _| {
        for mark in ["⟦", "⟧", "{{", "}}", "{%", "{ $", "Unknown localization"] {
            if let Some(at) = sample.html.find(mark) {
                let excerpt: String = sample.html[at..].chars().take(60).collect();
                panic!("{}: {excerpt}", sample.name);
            }
        }
    });
}

#[test]
fn every_element_is_closed_in_its_turn() {
    every_sample(|sample, tags| {
        let mut open: Vec<&str> = Vec::new();
        for tag in tags.iter().filter(|tag| !VOID.contains(&tag.name.as_str())) {
            // Chart drawings close themselves.
            if matches!(tag.name.as_str(), "rect" | "path" | "line" | "circle" | "polygon" | "polyline") {
                continue;
            }
            if tag.closing {
                assert_eq!(open.pop(), Some(tag.name.as_str()), "{}: open {open:?}", sample.name);
            } else {
                open.push(&tag.name);
            }
        }
        assert!(open.is_empty(), "{}: never closed: {open:?}", sample.name);
    });
}

#[test]
fn every_id_stands_once_and_every_reference_meets_one() {
    every_sample(|sample, tags| {
        let mut ids = BTreeSet::new();
        for id in tags.iter().filter_map(|tag| tag.attributes.get("id")) {
            assert!(ids.insert(id.clone()), "{}: id {id} stands twice", sample.name);
            assert!(!id.is_empty() && !id.contains(' '), "{}: id “{id}”", sample.name);
        }
        for tag in tags {
            for name in ["for", "aria-describedby", "aria-labelledby", "aria-controls", "form", "data-into"] {
                for id in tag.attributes.get(name).into_iter().flat_map(|ids| ids.split(' ')) {
                    assert!(ids.contains(id), "{}: {name}=\"{id}\" leads nowhere", sample.name);
                }
            }
            if let Some(id) = tag.attributes.get("href").and_then(|href| href.strip_prefix('#')) {
                assert!(ids.contains(id), "{}: #{id} leads nowhere", sample.name);
            }
        }
    });
}

#[test]
fn every_posting_form_carries_the_token() {
    every_sample(|sample, tags| {
        let mut form: Option<(&str, bool)> = None;
        for tag in tags {
            match (tag.name.as_str(), tag.closing) {
                ("form", false) => {
                    assert!(form.is_none(), "{}: a form within a form", sample.name);
                    let method = tag.attributes.get("method").map_or("get", String::as_str);
                    if method == "post" {
                        let action = tag.attributes.get("action").map_or("", String::as_str);
                        assert!(action.starts_with('/'), "{}: form posts to “{action}”", sample.name);
                        form = Some((action, false));
                    }
                }
                ("form", true) => {
                    if let Some((action, carries)) = form.take() {
                        assert!(carries, "{}: form to {action} has no token", sample.name);
                    }
                }
                ("input", _) if tag.attributes.get("name").is_some_and(|name| name == "csrf") => {
                    if let Some((_, carries)) = &mut form {
                        *carries = true;
                    }
                }
                _ => {}
            }
        }
    });
}

#[test]
fn every_control_has_a_label() {
    every_sample(|sample, tags| {
        let labelled: BTreeSet<&String> =
            tags.iter().filter(|tag| tag.name == "label").filter_map(|tag| tag.attributes.get("for")).collect();
        let mut depth = 0;
        for tag in tags {
            match (tag.name.as_str(), tag.closing) {
                ("label", false) => depth += 1,
                ("label", true) => depth -= 1,
                ("input" | "select" | "textarea", false) => {
                    let kind = tag.attributes.get("type").map_or("text", String::as_str);
                    let named = depth > 0
                        || tag.attributes.contains_key("aria-label")
                        || tag.attributes.get("id").is_some_and(|id| labelled.contains(id));
                    assert!(kind == "hidden" || named, "{}: no label for {:?}", sample.name, tag.attributes);
                }
                _ => {}
            }
        }
    });
}

#[test]
fn nothing_inline_and_nothing_from_elsewhere() {
    every_sample(|sample, tags| {
        for tag in tags.iter().filter(|tag| !tag.closing) {
            for (name, value) in &tag.attributes {
                assert!(name != "style" && !name.starts_with("on"), "{}: {name} on {}", sample.name, tag.name);
                let address = matches!(name.as_str(), "href" | "src" | "action" | "formaction");
                assert!(!address || !value.starts_with("http"), "{}: {value}", sample.name);
                assert!(!value.starts_with("javascript:"), "{}: {value}", sample.name);
            }
            assert_ne!(tag.name, "style", "{}", sample.name);
            assert!(tag.name != "script" || tag.attributes.contains_key("src"), "{}: inline script", sample.name);
            if tag.name == "img" {
                assert!(tag.attributes.contains_key("alt"), "{}: picture without alt", sample.name);
            }
            if tag.name == "button" {
                assert!(tag.attributes.contains_key("type"), "{}: button without type", sample.name);
            }
        }
    });
}

#[test]
fn every_page_has_one_heading_and_one_main() {
    every_sample(|sample, tags| {
        let count = |name: &str| tags.iter().filter(|tag| tag.name == name && !tag.closing).count();
        assert_eq!(count("h1"), 1, "{}: h1", sample.name);
        assert_eq!(count("main"), 1, "{}: main", sample.name);
    });
}

fn here() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Keys of a language with the places each sentence has.
fn sentences(locale: Locale) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files(&here().join("locales").join(locale.tag()), ".ftl") {
        let mut key = String::new();
        for line in std::fs::read_to_string(&file).unwrap().lines() {
            if line.starts_with(|c: char| c.is_ascii_lowercase()) {
                key = line.split('=').next().unwrap().trim().to_owned();
                assert!(
                    found.insert(key.clone(), BTreeSet::new()).is_none(),
                    "{key} stands twice in {locale} ({})",
                    file.display()
                );
            }
            if line.starts_with('#') {
                continue;
            }
            for place in line.split('$').skip(1) {
                let name = place.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').next().unwrap();
                found.get_mut(&key).unwrap().insert(name.to_owned());
            }
        }
    }
    found
}

#[test]
fn both_languages_have_the_same_sentences() {
    let (chinese, english) = (sentences(Locale::ZhCn), sentences(Locale::En));
    let missing: Vec<_> = chinese.keys().filter(|key| !english.contains_key(*key)).collect();
    let extra: Vec<_> = english.keys().filter(|key| !chinese.contains_key(*key)).collect();
    assert!(missing.is_empty() && extra.is_empty(), "not in English: {missing:?}; not in Chinese: {extra:?}");
    for (key, places) in &english {
        // A sentence may leave out what its language does not say, but not ask for what the other never gets… except a month's name.
        let other: BTreeSet<_> = chinese[key].iter().map(|name| name.replace("month", "mon")).collect();
        let own: BTreeSet<_> = places.iter().map(|name| name.replace("month", "mon")).collect();
        assert!(own.is_subset(&other), "{key}: {places:?} against {:?}", chinese[key]);
    }
}

/// The words that stand in a template between tags and template code.
fn words_of(template: &str) -> String {
    let mut text = String::new();
    let mut rest = template;
    while !rest.is_empty() {
        let skip = [("{{", "}}"), ("{%", "%}"), ("{#", "#}")]
            .into_iter()
            .find(|(open, _)| rest.starts_with(open))
            .map(|(_, close)| rest.find(close).map_or(rest.len(), |at| at + close.len()));
        match skip {
            Some(length) => rest = &rest[length..],
            None => {
                let c = rest.chars().next().unwrap();
                text.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    text
}

#[test]
fn no_template_says_a_sentence_of_its_own() {
    // The brand, and the names of keys on a keyboard.
    let allowed = ["应答", "Yingda", "Ctrl", "Enter", "N", "J", "K", "G", "D", "Q", "I", "T"];
    for file in files(&here().join("templates"), ".html") {
        let template = std::fs::read_to_string(&file).unwrap();
        let plain = words_of(&template);
        let mut inside_tag = false;
        let mut text = String::new();
        for c in plain.chars() {
            match c {
                '<' => inside_tag = true,
                '>' => {
                    inside_tag = false;
                    text.push(' ');
                }
                c if !inside_tag => text.push(c),
                c => assert!(!('\u{4e00}'..='\u{9fff}').contains(&c), "{}: Chinese in a tag", file.display()),
            }
        }
        for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
            assert!(allowed.contains(&word), "{}: “{word}” belongs into the locales", file.display());
        }
    }
}

#[test]
fn every_key_that_is_asked_for_exists() {
    let known = sentences(Locale::ZhCn);
    let mut sources = files(&here().join("templates"), ".html");
    sources.extend(files(&here().join("src"), ".rs"));
    for file in sources {
        let source = std::fs::read_to_string(&file).unwrap();
        for opening in ["t.say(\"", "t.with(\"", "t().say(\"", "t().with(\""] {
            for piece in source.split(opening).skip(1) {
                let key = piece.split('"').next().unwrap();
                assert!(known.contains_key(key) || key == "no-such-key", "{}: {key}", file.display());
            }
        }
    }
}
