//! Automation: tests and tidy checks. `cargo xtask` without a command says what there is.
//!
//! Each command is a file; what they have in common is only that they stop with a code other than zero and a sentence.

mod bench;
mod test;
mod tidy;
mod tools;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask test [--only PART] [--no-browser] [-- FILTER…]
    Everything: formatting, tidy checks, lints and all tests, on a PostgreSQL cluster made for the run.
    Installs what is missing (as root on Debian) or names it.
    --only PART     one of: fmt, tidy, clippy, test
    --no-browser    without the tests that have `browser` in their name
    -- FILTER…      handed to the tests
cargo xtask ci
    The same as `cargo xtask test`; what continuous integration runs.
cargo xtask bench desk [--tickets N] [--seconds S] [--engine sqlite|postgres]
    Fills a desk with N tickets (100,000 if not said) on each engine and measures its everyday requests,
    beside the bare database doing the same inserts. In release; takes some minutes.
cargo xtask tidy
    The walls between the crates and the house rules, all faults at once.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let rest = arguments.get(1..).unwrap_or_default();
    let done = match arguments.first().map(String::as_str) {
        Some("test" | "ci") => test::Plan::parse(rest).and_then(|plan| test::run(&root(), &plan)),
        Some("bench") if !rest.is_empty() => bench::run(&root(), rest),
        Some("tidy") if rest.is_empty() => tidy::run(&root()),
        Some("help" | "--help" | "-h") | None => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Some(other) => Err(format!("there is no command `{other}` that takes these arguments\n\n{HELP}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("xtask: {fault}");
            ExitCode::FAILURE
        }
    }
}

/// The workspace's folder: the parent of this crate's.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}
