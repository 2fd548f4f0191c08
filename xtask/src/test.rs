//! `cargo xtask test`: everything that says whether the product is whole, from a fresh clone.
//!
//! Cheap parts first, so that a fault is heard early. Lints come before tests: they share build scripts and macros, which is all
//! that checking and building can share. Interrupts need no handler here: the children get them from the terminal, and the cluster
//! goes by itself when we do.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use yingda_scaffold::{Cluster, POSTGRES_ENV};

use crate::tidy;
use crate::tools::{self, Browser};

/// One thing that is run and timed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Fmt,
    Tidy,
    Clippy,
    Test,
}

impl Part {
    const ALL: [Self; 4] = [Self::Fmt, Self::Tidy, Self::Clippy, Self::Test];

    const fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Tidy => "tidy",
            Self::Clippy => "clippy",
            Self::Test => "test",
        }
    }
}

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Plan {
    parts: Vec<Part>,
    browser: Browser,
    filters: Vec<String>,
}

impl Plan {
    /// Reads `[--only PART] [--no-browser] [-- FILTER…]`.
    ///
    /// # Errors
    /// Says which argument it does not know.
    pub fn parse(arguments: &[String]) -> Result<Self, String> {
        let mut plan = Self { parts: Part::ALL.to_vec(), browser: Browser::Wanted, filters: Vec::new() };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--only" => {
                    let name = arguments.next().map_or("", String::as_str);
                    let part = Part::ALL.into_iter().find(|part| part.name() == name);
                    plan.parts =
                        vec![part.ok_or_else(|| format!("--only takes fmt, tidy, clippy or test, not `{name}`"))?];
                }
                "--no-browser" => plan.browser = Browser::NotWanted,
                "--" => plan.filters.extend(arguments.by_ref().cloned()),
                other => {
                    return Err(format!("`test` does not know `{other}`; filters for the tests come after `--`"));
                }
            }
        }
        Ok(plan)
    }

    /// What follows `cargo test --workspace`.
    fn test_arguments(&self) -> Vec<&str> {
        let mut arguments: Vec<&str> = self.filters.iter().map(String::as_str).collect();
        if self.browser == Browser::NotWanted {
            arguments.extend(["--skip", "browser"]);
        }
        if !arguments.is_empty() {
            arguments.insert(0, "--");
        }
        arguments
    }
}

/// Runs the plan; stops at the first part that fails.
///
/// # Errors
/// Names the part, or what is missing on this machine.
pub fn run(root: &Path, plan: &Plan) -> Result<(), String> {
    let start = Instant::now();
    if plan.parts.contains(&Part::Test) {
        tools::ensure(plan.browser)?;
    }
    let mut times = Vec::new();
    let mut outcome = Ok(());
    for part in &plan.parts {
        println!("xtask: {} …", part.name());
        let begun = Instant::now();
        outcome = run_part(*part, root, plan);
        times.push((part.name(), begun.elapsed()));
        if outcome.is_err() {
            break;
        }
    }
    for (name, time) in &times {
        println!("xtask: {name:<8}{}", seconds(*time));
    }
    println!("xtask: {:<8}{}", "all", seconds(start.elapsed()));
    outcome
}

fn run_part(part: Part, root: &Path, plan: &Plan) -> Result<(), String> {
    match part {
        Part::Fmt => cargo(root, &["fmt", "--all", "--check"], None),
        Part::Tidy => tidy::run(root),
        Part::Clippy => cargo(root, &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"], None),
        Part::Test => {
            let cluster = Cluster::start().map_err(|error| error.to_string())?;
            let arguments = [&["test", "--workspace", "--no-fail-fast"], plan.test_arguments().as_slice()].concat();
            cargo(root, &arguments, Some(&cluster.url()))
        }
    }
}

fn cargo(root: &Path, arguments: &[&str], postgres: Option<&str>) -> Result<(), String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(arguments).current_dir(root);
    if let Some(url) = postgres {
        // Tests speak to servers of their own on this machine only, whatever stands between it and the world.
        command.env(POSTGRES_ENV, url).env("NO_PROXY", "127.0.0.1,localhost").env("no_proxy", "127.0.0.1,localhost");
    }
    let part = format!("cargo {}", arguments.join(" "));
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(format!("failed: {part}")),
        Err(error) => Err(format!("cannot run {part}: {error}")),
    }
}

fn seconds(time: Duration) -> String {
    format!("{:>8.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &str) -> Result<Plan, String> {
        Plan::parse(&arguments.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn everything_unless_told_otherwise() {
        let plan = parse("").unwrap();
        assert_eq!(plan.parts, Part::ALL);
        assert_eq!(plan.browser, Browser::Wanted);
        assert!(plan.test_arguments().is_empty());
    }

    #[test]
    fn one_part_without_browsers_and_with_filters() {
        let plan = parse("--only test --no-browser -- sheet --nocapture").unwrap();
        assert_eq!(plan.parts, [Part::Test]);
        assert_eq!(plan.test_arguments(), ["--", "sheet", "--nocapture", "--skip", "browser"]);
    }

    #[test]
    fn unknown_words_are_refused() {
        assert!(parse("--only lunch").unwrap_err().contains("lunch"));
        assert!(parse("sheet").unwrap_err().contains("sheet"));
    }
}
