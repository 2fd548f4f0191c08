//! The store on both engines: what one promises, the other keeps.

#![expect(clippy::unwrap_used, reason = "a helper that cannot do its part is a failed test")]

mod away;
mod jobs;
mod queue;
mod schema;
mod search;
mod seed;
mod writer;
