//! Links of the documents: a relative one leads to a file or folder that is there.

use super::{Fault, Rule};

/// Checks a Markdown text; `exists` is asked about paths as the document writes them.
pub fn check(file: &str, text: &str, exists: &dyn Fn(&str) -> bool) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut in_code = false;
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if in_code {
            continue;
        }
        for target in targets(line) {
            let path = target.split(['#', '?']).next().unwrap_or_default();
            let is_elsewhere = path.contains("://") || path.starts_with("mailto:") || path.is_empty();
            if !is_elsewhere && !exists(path) {
                faults.push(Fault {
                    file: file.to_owned(),
                    line: index + 1,
                    rule: Rule::Link,
                    what: format!("the link {target} leads nowhere"),
                });
            }
        }
    }
    faults
}

/// `[words](target)`, `![words](target "title")` and `[name]: target`; not what stands in backquotes.
fn targets(line: &str) -> Vec<String> {
    let plain: String = line.split('`').step_by(2).collect::<Vec<_>>().join("`");
    let mut found: Vec<String> = plain
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', ' ']).next())
        .map(|target| target.trim_matches(['<', '>']).to_owned())
        .collect();
    if plain.starts_with('[')
        && let Some((_, target)) = plain.split_once("]: ")
    {
        found.extend(target.split_whitespace().next().map(str::to_owned));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dead_links_are_found_with_their_lines() {
        let text = "[a](there.md#part) [b](https://example.org/x)\n![c](gone.png \"title\")\n`[d](gone.md)` [e](#here)\n\
                    ```\n[f](gone.md)\n```\n[g]: gone.md\n[h][g]";
        let faults = check("docs/x.md", text, &|path| path == "there.md");
        let lines: Vec<_> = faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [2, 7]);
        assert_eq!(faults[0].to_string(), "docs/x.md:2: the link gone.png leads nowhere");
    }
}
