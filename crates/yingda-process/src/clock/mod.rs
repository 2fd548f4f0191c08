//! Clocks: from which moment to which something is measured, against which limit, and who is told when it runs short.
//!
//! The one thing to know: a clock is a rule here and a row of the ticket elsewhere. [`moves`] says what a ticket's clocks have
//! to do when moments pass; it is pure. Instants, calendars and due times are deliberately not here.

mod moment;
mod moves;
mod notice;
mod rule;

pub use moment::{Moment, moments};
pub use moves::{Known, KnownState, Move, moves};
pub use notice::{PauseReason, Recipient, Rung, RungAt, Trigger};
pub use rule::{Answerable, ClockRule, Start};
