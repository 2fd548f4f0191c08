//! `cargo xtask bench desk`: builds the desk and its benchmark in release, and runs it.

use std::path::Path;
use std::process::Command;

/// Runs a benchmark; its arguments are handed on.
pub fn run(root: &Path, arguments: &[String]) -> Result<(), String> {
    let built = Command::new(env!("CARGO"))
        .current_dir(root)
        .args(["build", "--release", "--package", "yingda", "--package", "yingda-bench"])
        .status()
        .map_err(|e| format!("cannot run cargo: {e}"))?;
    if !built.success() {
        return Err("the release build failed".to_owned());
    }
    let folder = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into).join("release");
    let ran = Command::new(folder.join("yingda-bench"))
        .args(arguments)
        .arg("--binary")
        .arg(folder.join("yingda"))
        .status()
        .map_err(|e| format!("cannot run the benchmark: {e}"))?;
    if ran.success() { Ok(()) } else { Err("the benchmark failed".to_owned()) }
}
