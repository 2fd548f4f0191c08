//! Ids, tickets, people, access decisions: pure data and rules.
//!
//! Nothing here does IO, reads a clock or fails except by refusing. What a process file says is not known here: the
//! engine in `yingda-process` sees facts, this crate sees the desk's own nouns.

pub mod access;
pub mod answer;
pub mod answerable;
pub mod context;
pub mod duty;
pub mod id;
pub mod notice;
pub mod number;
pub mod people;
pub mod refusal;
pub mod routine;
pub mod sheet;
pub mod ticket;

pub use access::{Action, Subject, can};
pub use context::{Context, IdGenerator};
pub use id::*;
pub use people::{Actor, Department, Person, Role, Roles};
pub use refusal::Refusal;
