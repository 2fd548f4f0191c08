//! The walk.
use crate::{Definition, Effect, Event, Instance, Refusal};
use jiff::Timestamp;
pub(crate) fn advance(_: &Definition, _: &Instance, _: Event, _: Timestamp) -> Result<(Instance, Vec<Effect>), Refusal> {
    Err(Refusal::NotStarted)
}
