//! Test harness: a store per test on both engines, fake clock, captured outbox, browser.
