//! The process language: parse, check, advance and draw.

pub mod graph;
