//! The binary: settings, wiring, commands.

fn main() {}
