//! Test harness: a store per test on both engines, fake clock, captured outbox, browser.

pub mod browser;
pub mod desk_process;
pub mod postgres;
