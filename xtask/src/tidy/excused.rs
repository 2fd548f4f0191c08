//! Who is excused from which rule, and why: the one place to look, and the one place to add to.
//!
//! A path that ends in `/` excuses a folder, any other one file.

use super::{Fault, Rule};

const EXCUSED: &[(Rule, &str, &str)] = &[
    (Rule::Sql, "crates/yingda-store/", "the only SQL of the product"),
    (Rule::Sql, "xtask/", "benchmarks compare with the bare database; fixtures of the rules"),
    (Rule::Html, "crates/yingda-web/", "the only pages of the product"),
    (Rule::Html, "xtask/", "fixtures of the rules"),
    (Rule::Sentence, "crates/worktime/src/render/", "worktime explains itself, and could be published alone"),
    (Rule::Sentence, "crates/worktime/src/explain.rs", "worktime explains itself, and could be published alone"),
    (Rule::Sentence, "crates/yingda-process/src/sentences.rs", "the faults of process files, in one file"),
    (Rule::Sentence, "crates/yingda-tables/src/column.rs", "what headers of people's own tables are called"),
    (Rule::Sentence, "crates/yingda-web/src/gallery.rs", "samples of pages, with invented people"),
    (Rule::Sentence, "crates/yingda-web/src/gallery/", "samples of pages, with invented people"),
    (Rule::Sentence, "crates/yingda-web/src/i18n.rs", "languages are called by their own names"),
    (Rule::Sentence, "crates/yingda-web/src/api/", "examples in the API document are the documents' own words"),
    (Rule::Sentence, "crates/yingda-web/src/pages/forms.rs", "words that yes and no are typed as"),
    (Rule::Sentence, "crates/yingda-web/src/pages/imports.rs", "the document's four priorities"),
    (
        Rule::Sentence,
        "crates/yingda/src/",
        "what the shell says, in both languages at once, and the demonstration company",
    ),
    (Rule::Sql, "crates/yingda/tests/commands.rs", "makes a database that a newer version would have made"),
    (Rule::Sentence, "crates/yingda-bench/", "the texts of a desk that is measured"),
    (Rule::Sql, "crates/yingda-testkit/", "the harness looks at the job table from outside"),
    (Rule::Sentence, "crates/yingda-testkit/", "invented people and their calls"),
    (Rule::Sentence, "xtask/", "fixtures of the rules, and what benchmarks file"),
];

/// Whether a fault is none, for a reason that stands here.
pub fn is(fault: &Fault) -> bool {
    EXCUSED.iter().any(|(rule, path, _)| *rule == fault.rule && covers(path, &fault.file))
}

fn covers(path: &str, file: &str) -> bool {
    if path.ends_with('/') { file.starts_with(path) } else { file == path }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_excuses_what_is_in_it_and_a_file_itself_alone() {
        assert!(covers("a/b/", "a/b/c.rs"));
        assert!(!covers("a/b/", "a/bc.rs"));
        assert!(covers("a/b.rs", "a/b.rs"));
        assert!(!covers("a/b.rs", "a/b.rs.rs"));
    }
}
