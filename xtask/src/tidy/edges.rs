//! The walls: which crate may import which, and which outside crates the pure ones must do without.
//!
//! The table is the project's own copy of the architecture; an edge that is not in it is a decision, and decisions are written down
//! in `docs/decisions/` before they are written here.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::{Fault, Rule};

/// What stands for every crate of the house.
const ALL: &[&str] = &["*"];

/// Crate, and what of the house it may depend on.
const TABLE: &[(&str, &[&str])] = &[
    ("worktime", &[]),
    ("yingda-process", &["worktime"]),
    ("yingda-core", &["worktime"]),
    ("yingda-store", &["yingda-core", "yingda-process", "worktime"]),
    ("yingda-tables", &["yingda-core"]),
    ("yingda-app", &["yingda-core", "yingda-process", "worktime", "yingda-store", "yingda-tables"]),
    ("yingda-jobs", &["yingda-core", "yingda-store", "yingda-app"]),
    // The process crate for drawing only.
    ("yingda-web", &["yingda-core", "yingda-app", "yingda-process"]),
    (
        "yingda",
        &[
            "worktime",
            "yingda-process",
            "yingda-core",
            "yingda-store",
            "yingda-tables",
            "yingda-app",
            "yingda-jobs",
            "yingda-web",
        ],
    ),
    ("yingda-scaffold", &[]),
    ("yingda-testkit", ALL),
    ("yingda-bench", ALL),
    ("xtask", ALL),
];

/// What tests may import whatever the table says, and nothing else may.
const FOR_TESTS: &[&str] = &["yingda-testkit", "yingda-scaffold"];

/// Outside crates, and the only ones of ours that may depend on them; tests may.
const OUTSIDE: &[(&str, &[&str])] = &[
    ("sqlx", &["yingda-store", "yingda-testkit", "xtask"]),
    ("axum", &["yingda-web", "yingda", "yingda-testkit"]),
    ("askama", &["yingda-web"]),
];

/// No IO, no async: these have no use for a runtime.
const PURE: &[&str] = &["worktime", "yingda-process", "yingda-core", "yingda-tables"];

/// Compares the workspace with the tables above.
///
/// # Errors
/// When cargo cannot describe the workspace.
pub fn check(root: &Path) -> Result<Vec<Fault>, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(root)
        .output()
        .map_err(|error| format!("cannot run cargo metadata: {error}"))?;
    if !output.status.success() {
        return Err(format!("cargo metadata failed:\n{}", String::from_utf8_lossy(&output.stderr)));
    }
    let metadata: Value = serde_json::from_slice(&output.stdout).map_err(|error| format!("cargo metadata: {error}"))?;
    Ok(faults(&metadata, root))
}

fn faults(metadata: &Value, root: &Path) -> Vec<Fault> {
    let packages: Vec<&Value> = metadata["packages"].as_array().into_iter().flatten().collect();
    let ours: Vec<&str> = packages.iter().filter_map(|package| package["name"].as_str()).collect();
    let mut faults = Vec::new();
    for package in &packages {
        let name = package["name"].as_str().unwrap_or_default();
        let manifest = Path::new(package["manifest_path"].as_str().unwrap_or_default());
        let text = std::fs::read_to_string(manifest).unwrap_or_default();
        let file = manifest.strip_prefix(root).unwrap_or(manifest).to_string_lossy().into_owned();
        let mut fault = |to: &str, what: String| {
            let line = text.lines().position(|line| line.starts_with(to)).map_or(0, |line| line + 1);
            faults.push(Fault { file: file.clone(), line, rule: Rule::Edge, what });
        };
        if !TABLE.iter().any(|(crate_name, _)| *crate_name == name) {
            fault("name", format!("{name} is not in the table of crates (xtask/src/tidy/edges.rs)"));
            continue;
        }
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let to = dependency["name"].as_str().unwrap_or_default();
            let for_tests = dependency["kind"].as_str() == Some("dev");
            if ours.contains(&to) {
                if !is_allowed(name, to, for_tests) {
                    let how = if for_tests { "test with" } else { "depend on" };
                    fault(to, format!("{name} must not {how} {to}"));
                }
            } else if !for_tests && !may_use(name, to) {
                fault(to, format!("{name} must do without {to}"));
            }
        }
    }
    faults
}

fn is_allowed(from: &str, to: &str, for_tests: bool) -> bool {
    if for_tests && FOR_TESTS.contains(&to) {
        return true;
    }
    let may = TABLE.iter().find(|(name, _)| *name == from).map_or(&[][..], |(_, may)| may);
    may == ALL || may.contains(&to)
}

fn may_use(from: &str, outside: &str) -> bool {
    let has_runtime = ["tokio", "async-trait", "reqwest", "hyper"].contains(&outside);
    if has_runtime && PURE.contains(&from) {
        return false;
    }
    OUTSIDE.iter().find(|(name, _)| *name == outside).is_none_or(|(_, users)| users.contains(&from))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn found(name: &str, dependencies: &[(&str, Option<&str>)]) -> Vec<String> {
        let dependencies: Vec<Value> =
            dependencies.iter().map(|(name, kind)| json!({"name": name, "kind": kind})).collect();
        let mut packages: Vec<Value> = TABLE
            .iter()
            .filter(|(other, _)| *other != name)
            .map(|(name, _)| json!({"name": name, "manifest_path": "/r/x/Cargo.toml", "dependencies": []}))
            .collect();
        packages.push(json!({"name": name, "manifest_path": "/r/crates/it/Cargo.toml", "dependencies": dependencies}));
        faults(&json!({"packages": packages}), Path::new("/r")).into_iter().map(|fault| fault.to_string()).collect()
    }

    #[test]
    fn edges_of_the_table_pass_and_others_are_named() {
        assert!(found("yingda-store", &[("yingda-core", None), ("sqlx", None), ("tokio", None)]).is_empty());
        assert_eq!(
            found("yingda-core", &[("yingda-store", None)]),
            ["crates/it/Cargo.toml:1: yingda-core must not depend on yingda-store"]
        );
    }

    #[test]
    fn the_testkit_is_for_tests() {
        assert!(found("yingda-web", &[("yingda-testkit", Some("dev"))]).is_empty());
        assert_eq!(found("yingda-web", &[("yingda-testkit", None)]).len(), 1);
        assert_eq!(found("yingda-core", &[("yingda-app", Some("dev"))]).len(), 1);
    }

    #[test]
    fn pure_crates_have_no_runtime_and_only_the_store_has_sqlx() {
        assert_eq!(found("yingda-process", &[("tokio", None)]).len(), 1);
        assert_eq!(found("yingda-app", &[("sqlx", None)]).len(), 1);
        assert!(found("yingda-process", &[("tokio", Some("dev"))]).is_empty());
    }

    #[test]
    fn a_crate_that_nobody_decided_on_is_a_fault() {
        assert_eq!(found("yingda-surprise", &[]).len(), 1);
    }
}
