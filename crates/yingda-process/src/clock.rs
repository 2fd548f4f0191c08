//! Clocks: from which moment to which something is measured, against which limit, and who is told when it runs short.
//!
//! The one thing to know: a clock is a rule here and a row of the ticket elsewhere. [`moves`] says what a ticket's clocks have
//! to do when moments pass; it is pure. Instants, calendars and due times are deliberately not here.

use std::fmt;

use crate::condition::Condition;
use crate::definition::{Definition, Trace};
use crate::engine::Effect;
use crate::form::FieldRef;
use crate::instance::Instance;
use crate::limit::{Limit, LimitRule};
use crate::value::Value;
use crate::vocabulary::{Milestone, Role};

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

    /// Whether it has happened, as far as the position can tell; moments that leave no mark there never have.
    fn has_happened(&self, instance: &Instance) -> bool {
        let counted = |counts: &std::collections::BTreeMap<String, u32>, step: &String| counts.contains_key(step);
        match self {
            Self::Opened => true,
            Self::Ended => instance.ended.is_some(),
            Self::Responded => instance.marks.contains(&Milestone::Responded),
            Self::Solved => instance.marks.contains(&Milestone::Solved),
            Self::Confirmed => instance.marks.contains(&Milestone::Confirmed),
            Self::Entered(step) => counted(&instance.entered, step),
            Self::Completed(step) | Self::Left(step) => counted(&instance.passes, step),
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

/// When a clock starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// At the first of these.
    AnyOf(Vec<Moment>),
    /// At the later of these, once all have happened (T43: contract signed *and* publication accepted).
    AllOf(Vec<Moment>),
    /// As soon as a date field has a value; the limit lies so long *before* that date (T31, T25), or at it.
    Planned(FieldRef),
}

/// Who answers for a limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Answerable {
    /// Whoever works on it, or the department where nobody does yet.
    #[default]
    Handler,
    /// The first receiver (首接负责).
    Owner,
}

/// One clock of a procedure.
#[derive(Debug, Clone)]
pub struct ClockRule {
    /// Its key in the file; `step.ID` for the limit of a step.
    pub id: String,
    pub label: String,
    pub start: Start,
    /// Any of these stops it; the end of the ticket always does.
    pub stops: Vec<Moment>,
    /// Any of these ends its round and begins the next (R-068: every two days until solved).
    pub renews: Vec<Moment>,
    /// Steps in which it stands still.
    pub paused_in: Vec<String>,
    /// How long; empty cells are allowed (J03). For [`Start::Planned`], how long before the date; `None`: at the date.
    pub target: Option<LimitRule>,
    /// Code of a calendar of the desk; `None`: the office's.
    pub calendar: Option<String>,
    pub answerable: Answerable,
    /// Who is told before and after; `None`: as the procedure, or the desk, has it.
    pub ladder: Option<Vec<Rung>>,
    pub trace: Trace,
}

/// One rung of the ladder of notices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    pub when: RungAt,
    /// In order: the first who is there is told.
    pub to: Vec<Recipient>,
    /// Told in any case.
    pub also: Vec<Recipient>,
    pub trace: Trace,
}

/// When a rung is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RungAt {
    /// So many per cent of the limit are left, 1 to 99.
    PercentLeft(u32),
    /// So much is left.
    Before(Limit),
    /// The limit is reached.
    AtLimit,
    /// So much has passed since.
    After(Limit),
}

/// Whom a notice goes to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Recipient {
    /// Who works on it; where nobody does, everybody of the department that has it.
    Handler,
    /// The first receiver.
    Owner,
    /// The head of the department that has it.
    Head,
    /// Anybody with this role.
    Role(Role),
    /// The head of a certain department, by its id in the file (S19: 工程部).
    HeadOf(String),
}

impl Recipient {
    /// The words of a file.
    pub const WORDS: &'static [&'static str] =
        &["handler", "owner", "head", "agent", "supervisor", "manager", "administrator"];

    /// Reads `manager` or `head.engineering`; whether the department exists is not asked here.
    pub fn read(text: &str) -> Option<Self> {
        if let Some(department) = text.strip_prefix("head.") {
            return Some(Self::HeadOf(department.to_owned()));
        }
        match text {
            "handler" => Some(Self::Handler),
            "owner" => Some(Self::Owner),
            "head" => Some(Self::Head),
            "member" => None,
            role => Role::from_id(role).map(Self::Role),
        }
    }
}

/// What brings a matter before somebody at once, whatever its clocks say.
#[derive(Debug, Clone)]
pub struct Trigger {
    pub id: String,
    pub label: String,
    /// Raised by itself once this holds; `None`: by hand only. By hand it can always be raised.
    pub when: Option<Condition>,
    pub to: Vec<Recipient>,
    pub also: Vec<Recipient>,
    /// Whether the one who raises it has to propose a solution.
    pub proposal: bool,
    pub trace: Trace,
}

/// A reason for which the clocks of a ticket may stand still.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PauseReason {
    pub id: String,
    pub label: String,
    /// Ids of the clocks that it stops; empty: all.
    pub clocks: Vec<String>,
    pub trace: Trace,
}

impl PauseReason {
    /// Whether a clock stands still for this reason.
    pub fn stops(&self, clock: &str) -> bool {
        self.clocks.is_empty() || self.clocks.iter().any(|id| id == clock)
    }
}

/// A clock that a ticket has, or had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub rule: String,
    pub state: KnownState,
    /// The planned date that it counts towards, as text.
    pub planned: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnownState {
    Going,
    Stopped,
}

/// What a clock has to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Move<'d> {
    Start(&'d str),
    /// Starts towards a planned date, or turns to another.
    Plan(&'d str, Value),
    Stop(&'d str),
    /// The round is over and the next begins.
    Renew(&'d str),
    /// Stands still while the ticket is at this step.
    Pause(&'d str, String),
    Resume(&'d str, String),
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

/// What the clocks of a ticket have to do when these moments pass. `known` holds the latest round of each clock.
pub fn moves<'d>(definition: &'d Definition, after: &Instance, moments: &[Moment], known: &[Known]) -> Vec<Move<'d>> {
    let mut moves = Vec::new();
    for rule in &definition.clocks {
        let known = known.iter().find(|known| known.rule == rule.id);
        moves_of(rule, after, moments, known, &mut moves);
    }
    moves
}

fn moves_of<'d>(
    rule: &'d ClockRule,
    after: &Instance,
    moments: &[Moment],
    known: Option<&Known>,
    moves: &mut Vec<Move<'d>>,
) {
    let id = rule.id.as_str();
    let mut going = known.is_some_and(|known| known.state == KnownState::Going);
    for moment in moments {
        if going {
            if *moment == Moment::Ended || rule.stops.contains(moment) {
                moves.push(Move::Stop(id));
                going = false;
            } else if rule.renews.contains(moment) {
                moves.push(Move::Renew(id));
            }
        }
        // One moment may end a round and begin the next: entering a step again.
        let starts = match &rule.start {
            Start::AnyOf(any) => any.contains(moment),
            Start::AllOf(all) => all.contains(moment) && all.iter().all(|one| one == moment || one.has_happened(after)),
            Start::Planned(_) => false,
        };
        if !going && starts && after.ended.is_none() {
            moves.push(Move::Start(id));
            going = true;
        }
        if !going {
            continue;
        }
        match moment {
            Moment::Entered(step) if rule.paused_in.contains(step) => moves.push(Move::Pause(id, step.clone())),
            Moment::Left(step) if rule.paused_in.contains(step) => moves.push(Move::Resume(id, step.clone())),
            _ => {}
        }
    }
    if let Start::Planned(field) = &rule.start
        && after.ended.is_none()
        && let Some(value) = after.values.get(&field.to_string())
        && known.is_none_or(|known| known.planned.as_deref() != Some(&value.text()))
    {
        moves.push(Move::Plan(id, value.clone()));
    }
}
