//! The JSON API under `/api/v1`: the same intentions as the pages, by the same rules, with bearer tokens.

pub mod problem;
