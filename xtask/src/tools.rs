//! What the tests need that a Rust toolchain does not bring: PostgreSQL, a browser with its driver, a font with Chinese in it.
//!
//! As root on Debian the missing packages are installed; anybody else is told exactly what to type.

use std::fmt::Write as _;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Command, Stdio};

use yingda_scaffold::postgres::{OLDEST, server_programs};

/// A thing that must be there, the packages that bring it on Debian, and how to see whether it is there.
struct Tool {
    name: &'static str,
    packages: &'static [&'static str],
    present: fn() -> bool,
}

/// Whether the browser stories are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Browser {
    Wanted,
    NotWanted,
}

const POSTGRES: Tool =
    Tool { name: "PostgreSQL server programs", packages: &["postgresql"], present: || server_programs().is_some() };

const BROWSER: [Tool; 3] = [
    Tool { name: "Chromium", packages: &["chromium"], present: || in_path("chromium") },
    Tool { name: "chromedriver", packages: &["chromium-driver"], present: || in_path("chromedriver") },
    Tool { name: "a Noto CJK font", packages: &["fonts-noto-cjk"], present: has_cjk_font },
];

/// Makes sure that everything is there.
///
/// # Errors
/// Names what is missing and the command that brings it.
pub fn ensure(browser: Browser) -> Result<(), String> {
    components()?;
    let wanted: Vec<&Tool> = match browser {
        Browser::Wanted => std::iter::once(&POSTGRES).chain(&BROWSER).collect(),
        Browser::NotWanted => vec![&POSTGRES],
    };
    let missing = |wanted: &[&'static Tool]| -> Vec<&'static Tool> {
        wanted.iter().copied().filter(|tool| !(tool.present)()).collect()
    };
    let lacking = missing(&wanted);
    if lacking.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = lacking.iter().flat_map(|tool| tool.packages).copied().collect();
    if !is_root() || !in_path("apt-get") {
        return Err(advice(&lacking.iter().map(|tool| tool.name).collect::<Vec<_>>(), &packages));
    }
    println!("xtask: installing {}", packages.join(" "));
    apt(&["update"])?;
    apt(&[&["install", "-y", "--no-install-recommends"], packages.as_slice()].concat())?;
    let lacking = missing(&wanted);
    if lacking.is_empty() {
        return Ok(());
    }
    Err(format!(
        "still missing after the installation: {} (PostgreSQL must be {OLDEST} or newer)",
        lacking.iter().map(|tool| tool.name).collect::<Vec<_>>().join(", ")
    ))
}

fn components() -> Result<(), String> {
    let works = |command: &str| quiet(Command::new("cargo").args([command, "--version"]));
    let missing: Vec<&str> = [("fmt", "rustfmt"), ("clippy", "clippy")]
        .into_iter()
        .filter(|(command, _)| !works(command))
        .map(|(_, name)| name)
        .collect();
    if missing.is_empty() || quiet(Command::new("rustup").args(["component", "add"]).args(&missing)) {
        return Ok(());
    }
    Err(format!("missing parts of the Rust toolchain; type:\n    rustup component add {}", missing.join(" ")))
}

fn advice(names: &[&str], packages: &[&str]) -> String {
    let mut text = String::from("missing:\n");
    for name in names {
        let _ = writeln!(text, "    {name}");
    }
    let _ = write!(
        text,
        "on Debian type, as root:\n    apt-get update && apt-get install -y --no-install-recommends {}",
        packages.join(" ")
    );
    text
}

fn apt(arguments: &[&str]) -> Result<(), String> {
    let status =
        Command::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive").args(arguments).stdin(Stdio::null()).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("apt-get {} ended with {status}", arguments.join(" "))),
        Err(error) => Err(format!("cannot run apt-get: {error}")),
    }
}

fn quiet(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Whether we are root. The standard library cannot ask, but the owner of our own process entry can be seen on Linux.
fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|entry| entry.uid() == 0)
}

fn in_path(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}

/// Asks fontconfig, or looks for the files where Debian puts them.
fn has_cjk_font() -> bool {
    let listed = Command::new("fc-list").arg(":lang=zh-cn").output().is_ok_and(|output| !output.stdout.is_empty());
    listed || Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_names_things_and_the_command() {
        let text = advice(&["Chromium", "a Noto CJK font"], &["chromium", "fonts-noto-cjk"]);
        assert!(text.contains("    Chromium\n    a Noto CJK font\n"), "{text}");
        assert!(text.ends_with("apt-get install -y --no-install-recommends chromium fonts-noto-cjk"), "{text}");
    }
}
