//! Duty (值班): who is on duty, rosters, leave, swaps, signing in, hand-overs, and work that comes to those on duty.
//!
//! The one thing to know: [`presence`] and [`on_duty`] are what everything else asks. A department that has published no roster
//! is on duty, all of it, in the office's working time.

pub mod assign;
pub mod handovers;
pub mod leave;
pub mod mine;
mod notes;
pub mod now;
pub mod pages;
mod plan;
pub mod planning;
pub mod roster;
pub mod setup;
pub mod signing;
pub mod swaps;

pub use now::{on_duty, presence};
pub use yingda_store::duty::log::Entry;
