//! `advance`: what happens next.
//!
//! The one thing to know: it is a pure function, total over every instance that the same definition produced; it
//! refuses or it answers, and never fails. Acting on the effects is deliberately not here.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::definition::{Countersign, Definition};
use crate::instance::{Facts, Instance};
use crate::limit::Limit;
use crate::parse::FieldFault;
use crate::value::{Value, Values};
use crate::vocabulary::{Column, Milestone, Outcome};

/// What happened to a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A matter came in. The values may belong to any of the intake forms.
    Start { values: Values, facts: Facts, intake: Intake },
    /// A person finished the step of a token. The values are all of its form, not a difference.
    Complete { token: u32, values: Values },
    /// The department's written answer reached the desk (after countersigning, where that is required).
    SheetAnswered { token: u32, answer: String },
    /// Priority, channel or department were changed outside the procedure.
    FactsChanged { facts: Facts },
    /// Back to a step that this ticket has been at before, also after its end.
    Restart { step: String },
}

/// How far the intake went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intake {
    /// The whole intake screen was filled in: its steps are completed one after the other.
    Complete,
    /// Something arrived by itself (a mail): what is known is kept, and the first step waits for a person.
    Waiting,
}

/// What the application has to do about it, in this order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// A standard column of the ticket has a new value; `None`: the field was emptied in a later round.
    Filled {
        column: Column,
        value: Option<Value>,
    },
    Entered {
        token: u32,
        step: String,
        lane: String,
        limit: Option<Limit>,
    },
    Left {
        token: u32,
        step: String,
    },
    SheetRequested {
        token: u32,
        step: String,
        /// Id of a department.
        to: String,
        question: String,
        customer_matter: Option<String>,
        limit: Option<Limit>,
        countersign: Countersign,
    },
    /// Send this.
    MessageCustomer {
        text: String,
    },
    /// The person who completed the step has told the customer this.
    ToldCustomer {
        text: String,
    },
    Marked {
        milestone: Milestone,
    },
    Progressed {
        label: String,
    },
    Rated {
        value: String,
        satisfied: bool,
        reason: Option<String>,
    },
    /// The matter went back behind its solved mark: solved and confirmed hold no longer.
    Reopened,
    Ended {
        label: String,
        outcome: Outcome,
        event_record: bool,
    },
}

/// Why nothing happened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the ticket has already been started")]
    AlreadyStarted,
    #[error("the ticket has not been started")]
    NotStarted,
    #[error("the ticket has ended")]
    AlreadyEnded,
    /// Somebody else was faster, or the page is old.
    #[error("nothing waits at token {token}")]
    NoSuchToken { token: u32 },
    /// A person's step was answered like a sheet, or the other way round.
    #[error("token {token} waits for something else")]
    WrongKind { token: u32 },
    #[error("the form is not complete")]
    Fields { faults: Vec<FieldFault> },
    #[error("the answer is empty")]
    EmptyAnswer,
    #[error("this channel is not open for this procedure")]
    ChannelClosed,
    #[error("the ticket has never been at step {step}")]
    NeverThere { step: String },
    /// The ticket no longer holds what that step relies on (`form.field`, `step.answer`).
    #[error("step {step} needs values that the ticket does not hold")]
    Lacks { step: String, missing: Vec<String> },
    /// The stored position does not belong to this definition, or was written by a newer program.
    #[error("the stored position does not fit this definition: {what}")]
    Unfit { what: String },
}

/// Lets one event happen. `now` becomes the `since` of the steps entered.
///
/// # Errors
/// A [`Refusal`]; the instance is then as it was.
pub fn advance(
    definition: &Definition,
    instance: &Instance,
    event: Event,
    now: Timestamp,
) -> Result<(Instance, Vec<Effect>), Refusal> {
    crate::walk::advance(definition, instance, event, now)
}
