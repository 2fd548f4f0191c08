//! Test harness: a store per test on both engines, a desk with a fake clock, browsers, the built binary.
//!
//! The one thing to know: [`desk::on_both`] and [`engines::on_both`] run one test body on SQLite and on PostgreSQL and name the
//! engine that failed. Nothing here is part of the product.

pub mod browser;
pub mod clock;
pub mod desk;
pub mod desk_process;
pub mod dice;
pub mod engines;
pub mod form;
pub mod postgres;

pub use clock::{Clock, Edge};
pub use desk::Desk;
pub use dice::Dice;
pub use engines::{Engine, TestStore};
