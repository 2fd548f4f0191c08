//! The edge of a test: a clock that stands still until it is told otherwise, and contexts that repeat from run to run.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use jiff::{SignedDuration, Timestamp};
use yingda_core::Context;
use yingda_core::context::IdGenerator;

/// Monday 2026-11-02, 09:00 in Shanghai: the desk opens; no holiday near.
pub const OPENING: &str = "2026-11-02T09:00:00+08:00";

/// A clock that tests set; clones show the same time. Whole microseconds, as the database keeps them.
#[derive(Debug, Clone)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    /// A clock that shows [`OPENING`].
    #[must_use]
    pub fn new() -> Self {
        let clock = Self(Arc::new(AtomicI64::new(0)));
        clock.set(OPENING);
        clock
    }

    /// The time it shows.
    #[must_use]
    #[expect(clippy::expect_used, reason = "only instants are ever put in")]
    pub fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::Relaxed)).expect("an instant")
    }

    /// Sets it to a time written with its offset: `2026-11-02T09:00:00+08:00`.
    ///
    /// # Panics
    /// Where the text is no time.
    #[expect(clippy::panic, reason = "a test that misspells a time has failed")]
    pub fn set(&self, time: &str) {
        match time.parse::<Timestamp>() {
            Ok(time) => self.set_to(time),
            Err(error) => panic!("{time}: {error}"),
        }
    }

    /// Sets it to an instant; also back.
    pub fn set_to(&self, time: Timestamp) {
        self.0.store(time.as_microsecond(), Ordering::Relaxed);
    }

    /// Moves it on.
    pub fn advance(&self, by: SignedDuration) {
        let micros = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
        self.0.fetch_add(micros, Ordering::Relaxed);
    }

    /// Moves it on by whole minutes.
    pub fn minutes(&self, minutes: i64) {
        self.advance(SignedDuration::from_mins(minutes));
    }

    /// Moves it on by whole hours, by the wall.
    pub fn hours(&self, hours: i64) {
        self.advance(SignedDuration::from_hours(hours));
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::new()
    }
}

/// What builds the contexts of requests: clones share clock, ids and serial, so that a router can have one too.
#[derive(Debug, Clone)]
pub struct Edge {
    /// What time it is.
    pub clock: Clock,
    ids: Arc<IdGenerator>,
    serial: Arc<AtomicU64>,
}

impl Edge {
    /// The edge of node 1 on a clock.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self::of_node(clock, 1)
    }

    /// The edge of a node; nodes that share a database have different numbers.
    #[must_use]
    pub fn of_node(clock: Clock, node: u16) -> Self {
        Self { clock, ids: Arc::new(IdGenerator::new(node)), serial: Arc::default() }
    }

    /// The surroundings of the next request. Its entropy is a count, so that a test gives the same secrets every time.
    #[must_use]
    pub fn ctx(&self) -> Context {
        let serial = self.serial.fetch_add(1, Ordering::Relaxed);
        let mut entropy = [0; 32];
        entropy[..8].copy_from_slice(&serial.to_be_bytes());
        Context { now: self.clock.now(), ids: Arc::clone(&self.ids), entropy, request: format!("test-{serial}") }
    }
}
