//! The binary's parts: settings, wiring and commands; no rules, no SQL, no HTML.
//!
//! `main` reads the command line and calls one function of `commands`; `edge` is where time and chance come from; `house`
//! opens a desk; `demo` fills one.

pub mod commands;
pub mod demo;
pub mod edge;
pub mod house;
pub mod settings;
pub mod trouble;

mod saying;
