//! Clocks and limits: the facts, what follows from them, and the account of it as text and as data.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use yingda_app::Directory;
use yingda_app::calendars::Explanation;
use yingda_app::clocks::derive::Target;
use yingda_app::clocks::pages::ClockPause;
use yingda_app::clocks::view::ClockView;
use yingda_core::{ClockId, PersonId, SheetId};
use yingda_process::{Limit, LimitUnit};

use crate::api::clocks::state_word;
use crate::api::shapes::people::PersonRef;
use crate::i18n::Locale;

/// A length of time: working units go by the clock's calendar, the others by the wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LimitShape {
    /// How many.
    #[schema(example = 2)]
    pub amount: u32,
    /// `working_minutes`, `working_hours`, `working_days`, `minutes`, `hours`, `days`, `weeks`, `months`.
    #[schema(value_type = String, example = "working_days")]
    pub unit: LimitUnit,
}

impl LimitShape {
    /// As the app has it.
    #[must_use]
    pub const fn limit(self) -> Limit {
        Limit { amount: self.amount, unit: self.unit }
    }
}

impl From<Limit> for LimitShape {
    fn from(limit: Limit) -> Self {
        Self { amount: limit.amount, unit: limit.unit }
    }
}

/// What a clock counts against.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TargetShape {
    /// Nothing: it measures, and nothing is due.
    None,
    /// So long from its start.
    Limit {
        /// How long.
        limit: LimitShape,
    },
    /// So many seconds from its start: a limit that was set for this ticket as a time of day.
    Seconds {
        /// How many.
        seconds: u64,
        /// Whether they are seconds of working time.
        working: bool,
    },
    /// At a planned date, or so long before it.
    Planned {
        /// The date.
        #[schema(value_type = String, format = Date)]
        date: Date,
        /// The instant, where the field has a time of day.
        #[schema(value_type = Option<String>, format = DateTime)]
        at: Option<Timestamp>,
        /// How long before.
        lead: Option<LimitShape>,
    },
}

impl From<&Target> for TargetShape {
    fn from(target: &Target) -> Self {
        match *target {
            Target::Empty => Self::None,
            Target::Limit(limit) => Self::Limit { limit: limit.into() },
            Target::Seconds { seconds, working } => Self::Seconds { seconds, working },
            Target::Planned { date, at, lead } => Self::Planned { date, at, lead: lead.map(Into::into) },
        }
    }
}

/// A time in which a clock stood still.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PauseShape {
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    pub from: Timestamp,
    /// Until when; `null` while it lasts.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub to: Option<Timestamp>,
    /// `step.ID` where the procedure stopped it, else the id of a reason.
    pub reason: String,
    /// The reason in words.
    pub label: String,
    /// What was said about it.
    pub note: String,
    /// Who; `null`: the procedure.
    pub by: Option<PersonRef>,
    /// Who let it go on; `null`: the procedure, or nobody yet.
    pub ended_by: Option<PersonRef>,
}

/// A ticket's own limit.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OwnLimitShape {
    /// Who set it.
    pub by: PersonRef,
    /// Why.
    pub reason: String,
}

/// An account of a due time.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AccountShape {
    /// Line by line, in the language that `Accept-Language` asks for.
    pub lines: Vec<String>,
    /// The same as data: `time_zone`, `lines`, `coverage` with the years whose statutory days are unknown.
    #[schema(value_type = Object)]
    pub account: Explanation,
}

/// A clock of a ticket.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ClockShape {
    /// Its id.
    #[schema(value_type = String)]
    pub id: ClockId,
    /// Its id in the process file; `step.ID` for the limit of a step.
    #[schema(example = "solution")]
    pub rule: String,
    /// What it is called.
    pub label: String,
    /// 1 for the first.
    pub round: i64,
    /// `running`, `paused` or `stopped`.
    #[schema(example = "running")]
    pub state: &'static str,
    /// `met`, `broken` or `void` once it has stopped; empty before.
    pub outcome: &'static str,
    /// The contact sheet that it measures, where it measures one.
    #[schema(value_type = Option<String>)]
    pub sheet: Option<SheetId>,
    /// Code of its calendar.
    #[schema(example = "office")]
    pub calendar: String,
    /// Against what it counts.
    pub target: TargetShape,
    /// Extensions that were granted, in their order.
    pub extensions: Vec<LimitShape>,
    /// This ticket's own limit, where somebody set one.
    pub own: Option<OwnLimitShape>,
    /// Since when it counts.
    #[schema(value_type = String, format = DateTime)]
    pub started: Timestamp,
    /// Until when it counted.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub stopped: Option<Timestamp>,
    /// The moment that stopped it; empty before.
    #[schema(example = "solved")]
    pub stopped_by: String,
    /// When it is due; `null` without a limit, and while it is paused.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub due: Option<Timestamp>,
    /// The limit that was missed.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub breached: Option<Timestamp>,
    /// Seconds of its own measure that it has counted; pauses left out.
    pub passed_seconds: i64,
    /// Seconds of its own measure from start to limit; `null` without a due time.
    pub whole_seconds: Option<i64>,
    /// Whether its seconds are working time.
    pub working: bool,
    /// Who answers for it.
    pub person: Option<PersonRef>,
    /// When it stood still.
    pub pauses: Vec<PauseShape>,
    /// How its due time comes: one account of the limit, one of each extension.
    pub accounts: Vec<AccountShape>,
}

impl ClockShape {
    /// A clock with the names that belong to it.
    #[must_use]
    pub fn of(view: &ClockView, names: &Directory, locale: Locale) -> Self {
        let clock = &view.clock.clock;
        let person = |id: PersonId| PersonRef::of(id, names);
        let pause = |pause: &ClockPause| PauseShape {
            from: pause.from,
            to: pause.to.or(clock.stopped),
            reason: pause.reason.clone(),
            label: pause.label.clone(),
            note: pause.note.clone(),
            by: pause.by.map(person),
            ended_by: pause.ended_by.map(person),
        };
        let account = |account: &Explanation| AccountShape {
            lines: if locale == Locale::En { account.english() } else { account.chinese() },
            account: account.clone(),
        };
        Self {
            id: clock.id,
            rule: clock.rule.clone(),
            label: clock.label.clone(),
            round: clock.round,
            state: state_word(clock.outcome, view.clock.held().is_some()),
            outcome: clock.outcome.as_str(),
            sheet: clock.sheet,
            calendar: view.calendar.clone(),
            target: (&view.target).into(),
            extensions: view.extra.iter().copied().map(Into::into).collect(),
            own: clock.set_by.map(|by| OwnLimitShape { by: person(by), reason: clock.set_reason.clone() }),
            started: clock.started,
            stopped: clock.stopped,
            stopped_by: clock.stopped_by.clone(),
            due: clock.due,
            breached: clock.breached,
            passed_seconds: view.passed,
            whole_seconds: view.whole,
            working: view.target.is_working(),
            person: clock.person.map(person),
            pauses: view.clock.pauses.iter().map(pause).collect(),
            accounts: view.account.iter().map(account).collect(),
        }
    }
}
