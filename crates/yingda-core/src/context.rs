//! What the edge tells every intention: the time, where ids come from, and which request this is.
//!
//! Only the edge (the binary, the router, the tests' fake clock) builds a context; everything below takes `now` from it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;

/// Milliseconds from the Unix epoch to 2020-01-01 UTC, where ids begin.
const EPOCH_MS: i64 = 1_577_836_800_000;

/// Gives ids that grow with time: unique within a node, and between nodes with different numbers.
#[derive(Debug)]
pub struct IdGenerator {
    node: i64,
    last: AtomicI64,
}

impl IdGenerator {
    /// `node` distinguishes processes that share a database; its lower ten bits are used.
    #[must_use]
    pub fn new(node: u16) -> Self {
        Self { node: i64::from(node & 0x3ff), last: AtomicI64::new(0) }
    }

    /// The next id not before `now`; two calls never give the same, also when the clock stands still or steps back.
    pub fn next(&self, now: Timestamp) -> i64 {
        let tick = (now.as_millisecond() - EPOCH_MS).max(0) << 12;
        let mut last = self.last.load(Ordering::Relaxed);
        loop {
            let next = tick.max(last + 1);
            match self.last.compare_exchange_weak(last, next, Ordering::Relaxed, Ordering::Relaxed) {
                // The sequence sits above the node's ten bits, so that order holds whatever the node.
                Ok(_) => return (next << 10) | self.node,
                Err(seen) => last = seen,
            }
        }
    }
}

/// One request's surroundings.
#[derive(Debug, Clone)]
pub struct Context {
    /// The instant that counts for everything this request does.
    pub now: Timestamp,
    /// Where new ids come from.
    pub ids: Arc<IdGenerator>,
    /// 256 bits of randomness for tokens and salts, fresh for each request.
    pub entropy: [u8; 32],
    /// Shown to the person on an error page and written to the log beside its cause.
    pub request: String,
}

impl Context {
    /// The next id of kind `T`, e.g. `ctx.id(TicketId)`.
    pub fn id<T>(&self, kind: impl FnOnce(i64) -> T) -> T {
        kind(self.ids.next(self.now))
    }

    /// The same surroundings at another instant: for records of what happened earlier (imports).
    #[must_use]
    pub fn at(&self, now: Timestamp) -> Self {
        Self { now, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_and_never_repeat_even_when_the_clock_steps_back() {
        let ids = IdGenerator::new(7);
        let later = Timestamp::from_millisecond(1_800_000_000_000).unwrap();
        let earlier = Timestamp::from_millisecond(1_700_000_000_000).unwrap();
        let a = ids.next(later);
        let b = ids.next(earlier);
        let c = ids.next(later);
        assert!(a < b && b < c);
        assert_eq!(a & 0x3ff, 7);
    }
}
