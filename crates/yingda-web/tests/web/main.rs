//! The front door: requests through the real router, as several roles, on both engines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper that cannot do its part is a failed test")]

mod calendars;
mod clocks;
mod corrections;
mod day;
mod duty;
mod imports;
mod lists;
mod live;
mod matters;
mod notices;
mod overdue;
mod papers;
mod policies;
mod rooms;
mod site;
