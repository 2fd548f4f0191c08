//! The edge: the only place in the house that reads the clock and makes randomness (invariant 4).
//!
//! Everything below takes the instant, the ids and the entropy from the context that is built here.

use std::sync::Arc;

use jiff::Timestamp;
use yingda_core::{Context, IdGenerator};

/// Builds the surroundings of one request or one job.
pub type Edge = Arc<dyn Fn() -> Context + Send + Sync>;

/// An edge for the life of this process; its ids carry a node number drawn at random, so that several desks on one
/// database do not meet.
#[must_use]
pub fn edge() -> Edge {
    let ids = Arc::new(IdGenerator::new(rand::random()));
    Arc::new(move || Context { now: now(), ids: Arc::clone(&ids), entropy: rand::random(), request: request() })
}

#[expect(clippy::disallowed_methods, reason = "this is the edge: the one place that reads the clock")]
fn now() -> Timestamp {
    Timestamp::now()
}

/// The name of a request, as an error page shows it and a caller reads it out: ten characters without look-alikes.
fn request() -> String {
    const LETTERS: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyz0";
    let mut bits: u64 = rand::random();
    let mut name = String::with_capacity(10);
    for _ in 0..10 {
        name.push(char::from(LETTERS[(bits & 31) as usize]));
        bits >>= 5;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_request_has_its_own_name_entropy_and_ids() {
        let edge = edge();
        let (one, other) = (edge(), edge());
        assert_ne!(one.request, other.request);
        assert_ne!(one.entropy, other.entropy);
        assert!(Arc::ptr_eq(&one.ids, &other.ids));
        assert_eq!(one.request.len(), 10);
        assert!(one.now <= other.now);
    }
}
