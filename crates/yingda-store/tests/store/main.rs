//! The store on both engines: what one promises, the other keeps.

mod away;
mod jobs;
mod queue;
mod schema;
mod search;
mod seed;
mod writer;
