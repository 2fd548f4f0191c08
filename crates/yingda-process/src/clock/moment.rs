//! Moments: what happens to a ticket, as far as clocks care.
//!
//! The one thing to know: most come from the engine's effects ([`moments`]); `assigned` and `received` are the desk's own, and
//! `told_customer` may be either. Which clocks they move is in `moves`.

use std::collections::BTreeMap;
use std::fmt;

use crate::engine::Effect;
use crate::instance::Instance;
use crate::vocabulary::Milestone;

/// Something that happens to a ticket, at which a clock may start, stop or begin anew.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Moment {
    /// The matter was taken in.
    Opened,
    /// The ticket came to an end.
    Ended,
    Responded,
    Solved,
    Confirmed,
    /// It went back behind its solved mark.
    Reopened,
    /// The customer was told something.
    ToldCustomer,
    /// Somebody, or a department, was given the ticket.
    Assigned,
    /// The ticket came to this step.
    Entered(String),
    /// The step was done.
    Completed(String),
    /// The ticket no longer waits there, done or not.
    Left(String),
    /// The department signed for the step's contact sheet.
    Received(String),
    /// The department answered it.
    Answered(String),
}

impl Moment {
    /// The words for moments without a step.
    pub const WORDS: &'static [&'static str] =
        &["opened", "ended", "responded", "solved", "confirmed", "reopened", "told_customer", "assigned"];
    /// The words that stand before a step: `entered.respond`.
    pub const OF_STEPS: &'static [&'static str] = &["entered", "completed", "left", "received", "answered"];

    /// Every word, for whoever misspells one.
    pub const ALL_WORDS: &'static [&'static str] = &[
        "opened",
        "ended",
        "responded",
        "solved",
        "confirmed",
        "reopened",
        "told_customer",
        "assigned",
        "entered.STEP",
        "completed.STEP",
        "left.STEP",
        "received.STEP",
        "answered.STEP",
    ];

    /// Reads `solved` or `entered.respond`; whether the step exists is not asked here.
    pub fn read(text: &str) -> Option<Self> {
        if let Some((word, step)) = text.split_once('.') {
            let step = step.to_owned();
            return match word {
                "entered" => Some(Self::Entered(step)),
                "completed" => Some(Self::Completed(step)),
                "left" => Some(Self::Left(step)),
                "received" => Some(Self::Received(step)),
                "answered" => Some(Self::Answered(step)),
                _ => None,
            };
        }
        match text {
            "opened" => Some(Self::Opened),
            "ended" => Some(Self::Ended),
            "responded" => Some(Self::Responded),
            "solved" => Some(Self::Solved),
            "confirmed" => Some(Self::Confirmed),
            "reopened" => Some(Self::Reopened),
            "told_customer" => Some(Self::ToldCustomer),
            "assigned" => Some(Self::Assigned),
            _ => None,
        }
    }

    /// The step that it is about.
    pub fn step(&self) -> Option<&str> {
        match self {
            Self::Entered(step)
            | Self::Completed(step)
            | Self::Left(step)
            | Self::Received(step)
            | Self::Answered(step) => Some(step),
            _ => None,
        }
    }

    /// The milestone that it is the reaching of.
    pub fn milestone(&self) -> Option<Milestone> {
        match self {
            Self::Responded => Some(Milestone::Responded),
            Self::Solved => Some(Milestone::Solved),
            Self::Confirmed => Some(Milestone::Confirmed),
            _ => None,
        }
    }

    /// Whether it leaves a trace in the position, so that it can be asked about later.
    pub fn is_remembered(&self) -> bool {
        !matches!(self, Self::Reopened | Self::ToldCustomer | Self::Assigned | Self::Received(_))
    }

    /// Whether it has happened, as far as the position can tell; a moment that is not remembered never has. A milestone that was
    /// taken back has not.
    pub fn has_happened(&self, instance: &Instance) -> bool {
        let counted = |counts: &BTreeMap<String, u32>, step: &String| counts.contains_key(step);
        match self {
            Self::Opened => true,
            Self::Ended => instance.ended.is_some(),
            Self::Responded => instance.marks.contains(&Milestone::Responded),
            Self::Solved => instance.marks.contains(&Milestone::Solved),
            Self::Confirmed => instance.marks.contains(&Milestone::Confirmed),
            Self::Entered(step) => counted(&instance.entered, step),
            Self::Completed(step) => counted(&instance.passes, step),
            Self::Left(step) => {
                let waiting = instance.tokens.iter().any(|token| &token.step == step);
                let entered = instance.entered.get(step).copied().unwrap_or_default();
                entered > u32::from(waiting)
            }
            Self::Answered(step) => instance.answers.contains_key(step),
            Self::Reopened | Self::ToldCustomer | Self::Assigned | Self::Received(_) => false,
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Opened => f.write_str("opened"),
            Self::Ended => f.write_str("ended"),
            Self::Responded => f.write_str("responded"),
            Self::Solved => f.write_str("solved"),
            Self::Confirmed => f.write_str("confirmed"),
            Self::Reopened => f.write_str("reopened"),
            Self::ToldCustomer => f.write_str("told_customer"),
            Self::Assigned => f.write_str("assigned"),
            Self::Entered(step) => write!(f, "entered.{step}"),
            Self::Completed(step) => write!(f, "completed.{step}"),
            Self::Left(step) => write!(f, "left.{step}"),
            Self::Received(step) => write!(f, "received.{step}"),
            Self::Answered(step) => write!(f, "answered.{step}"),
        }
    }
}

/// The moments that one event of the engine has brought, in their order.
pub fn moments(before: &Instance, after: &Instance, effects: &[Effect]) -> Vec<Moment> {
    let mut moments = Vec::new();
    if before.facts.is_none() && after.facts.is_some() {
        moments.push(Moment::Opened);
    }
    for effect in effects {
        match effect {
            Effect::Entered { step, .. } => moments.push(Moment::Entered(step.clone())),
            Effect::Left { step, .. } => {
                let passes = |instance: &Instance| instance.passes.get(step).copied().unwrap_or_default();
                if passes(after) > passes(before) {
                    if after.answers.contains_key(step) {
                        moments.push(Moment::Answered(step.clone()));
                    }
                    moments.push(Moment::Completed(step.clone()));
                }
                moments.push(Moment::Left(step.clone()));
            }
            Effect::MessageCustomer { .. } | Effect::ToldCustomer { .. } => moments.push(Moment::ToldCustomer),
            Effect::Marked { milestone } => moments.push(match milestone {
                Milestone::Responded => Moment::Responded,
                Milestone::Solved => Moment::Solved,
                Milestone::Confirmed => Moment::Confirmed,
            }),
            Effect::Reopened => moments.push(Moment::Reopened),
            Effect::Ended { .. } => moments.push(Moment::Ended),
            Effect::Filled { .. }
            | Effect::SheetRequested { .. }
            | Effect::Progressed { .. }
            | Effect::Rated { .. } => {}
        }
    }
    moments
}
