//! The only SQL: schema, queries, search index and job table, on SQLite and PostgreSQL from one text.
//!
//! Functions that read take `&mut Read`; functions that change take `&mut Tx`, which exists only inside
//! [`Store::write`]. Nothing here decides anything or reads a clock. Which engine this is, only `engine.rs` asks.

pub mod answerable;
pub mod answers;
pub mod args;
pub mod bare;
pub mod calendars;
pub mod clocks;
pub mod customers;
pub mod definitions;
pub mod duty;
pub mod engine;
pub mod error;
pub mod figures;
pub mod files;
pub mod history;
pub mod jobs;
pub mod messages;
pub mod notices;
pub mod people;
pub mod queue;
pub mod read;
pub mod routines;
mod schema;
pub mod search;
pub mod segment;
pub mod sessions;
pub mod settings;
pub mod sheets;
pub mod tickets;
pub mod tracked;
pub mod views;
pub mod write;

pub use args::Arg;
pub use engine::{Store, StoreUrl};
pub use error::{StoreError, StoreResult};
pub use read::{Read, Row};
pub use write::{Change, Topic, Tx};
