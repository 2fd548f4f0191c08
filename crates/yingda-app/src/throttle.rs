//! Sign-in throttling: by name, so that one account cannot be tried out; by address, so that one machine cannot try all.
//!
//! Governor's limiter on the request's own clock: ten tries at once for a name and then two a minute; for an address,
//! where a whole call centre may sit behind one router, two hundred and then one a second.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use governor::clock::{Clock, Reference};
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use jiff::Timestamp;
use yingda_core::Refusal;

/// The request's time as the limiter's clock; it never steps back.
#[derive(Debug, Clone, Default)]
struct EdgeClock(Arc<AtomicU64>);

impl Clock for EdgeClock {
    type Instant = Nanos;
    fn now(&self) -> Nanos {
        Nanos::from(self.0.load(Ordering::Relaxed))
    }
}

type Limiter = RateLimiter<String, DashMapStateStore<String>, EdgeClock, NoOpMiddleware<Nanos>>;

/// The two limiters.
#[derive(Debug)]
pub(crate) struct Throttle {
    clock: EdgeClock,
    by_name: Limiter,
    by_address: Limiter,
}

const fn count(n: u32) -> NonZeroU32 {
    match NonZeroU32::new(n) {
        Some(n) => n,
        None => NonZeroU32::MIN,
    }
}

impl Default for Throttle {
    fn default() -> Self {
        let clock = EdgeClock::default();
        let limiter = |quota| RateLimiter::new(quota, DashMapStateStore::default(), clock.clone());
        Self {
            by_name: limiter(Quota::per_minute(count(2)).allow_burst(count(10))),
            by_address: limiter(Quota::per_second(count(1)).allow_burst(count(200))),
            clock,
        }
    }
}

impl Throttle {
    /// Counts a try at a name from an address.
    ///
    /// # Errors
    /// [`Refusal::TooMany`] with the seconds to wait.
    pub(crate) fn try_once(&self, now: Timestamp, name: &str, address: &str) -> Result<(), Refusal> {
        self.try_address(now, address)?;
        self.count(&self.by_name, name)?;
        if self.by_name.len() > 10_000 {
            self.by_name.retain_recent();
        }
        Ok(())
    }

    /// Counts a try from an address at something that has no name.
    ///
    /// # Errors
    /// As [`Throttle::try_once`].
    pub(crate) fn try_address(&self, now: Timestamp, address: &str) -> Result<(), Refusal> {
        let nanos = u64::try_from(now.as_nanosecond()).unwrap_or_default();
        self.clock.0.fetch_max(nanos, Ordering::Relaxed);
        self.count(&self.by_address, address)?;
        if self.by_address.len() > 10_000 {
            self.by_address.retain_recent();
        }
        Ok(())
    }

    fn count(&self, limiter: &Limiter, key: &str) -> Result<(), Refusal> {
        limiter.check_key(&key.to_owned()).map_err(|refused| {
            let wait: Duration = refused.earliest_possible().duration_since(self.clock.now()).into();
            Refusal::TooMany { seconds: wait.as_secs() + 1 }
        })
    }
}
