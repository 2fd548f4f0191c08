//! The desk through its intentions, on both engines, with the shipped processes, a fake clock and jobs that must be done.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper that cannot do its part is a failed test")]

mod access;
mod accounts;
mod amend;
mod answerable;
mod assignment;
mod attachments;
mod calendars;
mod cast;
mod clocks;
mod consultation;
mod duty;
mod enterprise;
mod figures;
mod hotline;
mod import;
mod lists;
mod notices;
mod numbers;
mod once;
mod routines;
mod versions;
mod wild;
mod year;
