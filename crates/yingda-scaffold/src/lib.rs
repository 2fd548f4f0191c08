//! What tests and automation stand on, and which always comes down again.
//!
//! Scratch folders, kept processes, and a private PostgreSQL cluster. Everything here outlives neither a panic, nor Ctrl-C, nor
//! `kill -9` of its owner: a small shell holds the read end of a pipe, and tidies up when the write end closes, however that happened.
//!
//! Standard library only, so that `cargo xtask` is quick to build; no clock, no async, nothing of the product.

pub mod kept;
pub mod postgres;
pub mod scratch;

pub use kept::Kept;
pub use postgres::{Cluster, ClusterError};
pub use scratch::Scratch;

/// Where tests find the PostgreSQL server they create their databases on: the address of a maintenance database.
pub const POSTGRES_ENV: &str = "YINGDA_TEST_POSTGRES";
