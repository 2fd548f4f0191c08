//! `cargo xtask tidy`: the walls between the crates, and the house rules that no lint knows. All faults are reported at once.
//!
//! A rule is a function from a file (or the workspace graph) to faults; who is excused from which rule stands in `excused.rs` and
//! nowhere else.

mod edges;
mod excused;
mod links;
mod rules;
mod rust;

use std::fmt;
use std::path::{Path, PathBuf};

/// The rules, by the name that `excused.rs` uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    Edge,
    Purpose,
    Length,
    Allow,
    Ignored,
    Sleep,
    Sql,
    Html,
    Sentence,
    Link,
}

/// One thing that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// From the workspace's folder, with `/`.
    pub file: String,
    /// From 1; 0 for the file as a whole.
    pub line: usize,
    pub rule: Rule,
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line.max(1), self.what)
    }
}

/// Checks the whole workspace.
///
/// # Errors
/// When anything is not tidy; the faults have been printed, in the order of files and lines.
pub fn run(root: &Path) -> Result<(), String> {
    let mut faults = edges::check(root)?;
    let files = files(root)?;
    for path in &files {
        faults.extend(check_file(root, path)?);
    }
    faults.retain(|fault| !excused::is(fault));
    faults.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    faults.dedup();
    for fault in &faults {
        eprintln!("{fault}");
    }
    match faults.len() {
        0 => {
            println!("xtask: {} files are tidy", files.len());
            Ok(())
        }
        count => Err(format!("{count} faults in {} files", files.len())),
    }
}

fn check_file(root: &Path, path: &Path) -> Result<Vec<Fault>, String> {
    let file = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
    let read = || std::fs::read_to_string(path).map_err(|error| format!("cannot read {file}: {error}"));
    Ok(match path.extension().and_then(|extension| extension.to_str()) {
        Some("rs") => rules::check_rust(&file, &read()?),
        Some("html") => rules::check_template(&file, &read()?),
        Some("md") => {
            links::check(&file, &read()?, &|target| path.parent().is_some_and(|folder| folder.join(target).exists()))
        }
        _ => Vec::new(),
    })
}

/// Every file that is ours: not what is built, hidden, or written by running the product.
fn files(root: &Path) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries =
            std::fs::read_dir(&folder).map_err(|error| format!("cannot read {}: {error}", folder.display()))?;
        for path in entries.flatten().map(|entry| entry.path()) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with('.') || ["target", "yingda-data"].contains(&name.as_ref()) || path.is_symlink() {
                continue;
            }
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}
