//! The API through the real router, on both engines, as different people.
//!
//! The one thing to know: [`caller::on_both`] gives a desk with all processes and an [`caller::Api`] that calls it as somebody.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod access;
mod answerable;
mod calendars;
mod caller;
mod clocks;
mod corrections;
mod document;
mod duty;
mod files;
mod lists;
mod notices;
mod office;
mod once;
mod refused;
mod routines;
mod s01;
