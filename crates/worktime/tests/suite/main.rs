//! One binary for all tests through the public door, so that they are linked once.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its own input fails")]

mod changed_days;
mod chinese;
mod dst;
mod explain;
mod faults;
mod office;
mod properties;
mod random;
mod recurrence;
mod recurrence_walk;
mod tables;
mod walker;
