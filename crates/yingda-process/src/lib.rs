//! The process language: parse, check, advance and draw.
//!
//! The one thing to know: [`load`] turns a process file into a [`definition::Definition`] or into all of its faults, and
//! [`engine::advance`] moves one ticket through it. Both are pure. Tickets, people and calendars are deliberately not here.

pub mod clock;
pub mod condition;
pub mod definition;
pub mod draw;
pub mod engine;
pub mod fault;
pub mod form;
pub mod graph;
pub mod instance;
pub mod limit;
pub mod parse;
pub mod place;
pub mod query;
pub mod routine;
pub mod template;
pub mod value;
pub mod vocabulary;

mod expression;
mod hint;
mod load;
mod moment;
mod number;
mod presence;
mod reading;
mod sentences;
mod telephone;
mod typing;
mod walk;
mod yaml;

pub use condition::Condition;
pub use definition::{Definition, Lane, LaneHolder, Step, StepKind};
pub use engine::{Effect, Event, Intake, Refusal, advance};
pub use fault::{Fault, FaultKind, Locale};
pub use form::{Field, FieldOption, FieldRef, Form};
pub use graph::{Graph, GraphEdge, GraphKind, GraphLane, GraphNode};
pub use instance::{Facts, Instance, Token, TokenKind};
pub use limit::{Limit, LimitCell, LimitRow, LimitRule, LimitUnit};
pub use load::load;
pub use moment::{date, instant};
pub use parse::{FieldFault, RawForm, WrongValue};
pub use place::{ImportRules, Placed, place};
pub use query::ActiveStep;
pub use value::{Phone, Value, Values};
pub use vocabulary::{Channel, Column, FieldType, Milestone, Outcome, Priority, Requester, Role};

/// Reads a telephone number as a `phone` field does; `None` where it is none (also a masked one).
#[must_use]
pub fn phone(typed: &str) -> Option<Phone> {
    telephone::read(typed, &reading::halfwidth(typed))
}
