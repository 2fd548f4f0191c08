//! Automation: tests, tidy checks, benchmarks.

fn main() {}
