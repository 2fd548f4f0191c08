//! Clocks of tickets: they start, stop, stand still and run out as the procedure, the company's policy and people say.
//!
//! The one thing to know: start, stop and pauses are kept; due times are derived (`derive`) and stored only to be listed. Whatever
//! happens to a ticket reaches its clocks through `drive`, inside the same transaction. Who is told is decided in `crate::notices`.

pub mod adopt;
pub mod derive;
pub(crate) mod drive;
pub(crate) mod ladder;
pub mod pages;
pub mod pause;
pub mod policy;
pub mod recompute;
pub mod sweep;
pub mod table;
pub mod view;

use jiff::Timestamp;
use worktime::{Calendar, Pause};
use yingda_process::Limit;
use yingda_store::clocks::{Clock, ClockPause};

use crate::{App, AppError, AppResult};
use derive::{Target, Timing};

/// A clock with the times in which it stood still.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketClock {
    /// The clock.
    pub clock: Clock,
    /// Its pauses, oldest first.
    pub pauses: Vec<ClockPause>,
}

impl TicketClock {
    /// Against what it counts.
    ///
    /// # Errors
    /// [`AppError::House`] where the stored text cannot be read.
    pub fn target(&self) -> AppResult<Target> {
        read(&self.clock.target, "target")
    }

    /// The extensions that were granted.
    ///
    /// # Errors
    /// As [`TicketClock::target`].
    pub fn extra(&self) -> AppResult<Vec<Limit>> {
        if self.clock.extra.is_empty() { Ok(Vec::new()) } else { read(&self.clock.extra, "extension") }
    }

    /// Whether it is running or paused, and not stopped.
    #[must_use]
    pub fn is_going(&self) -> bool {
        self.clock.stopped.is_none()
    }

    /// The pause that holds it now.
    #[must_use]
    pub fn held(&self) -> Option<&ClockPause> {
        self.pauses.iter().find(|pause| pause.to.is_none()).filter(|_| self.is_going())
    }

    /// The pauses as worktime counts them; those of a stopped clock end with it.
    #[must_use]
    pub fn gaps(&self) -> Vec<Pause> {
        self.pauses.iter().map(|pause| Pause { from: pause.from, to: pause.to.or(self.clock.stopped) }).collect()
    }

    /// The due time as the facts have it: pure, whatever is stored.
    ///
    /// # Errors
    /// As [`TicketClock::target`].
    pub fn due_by(&self, calendar: &Calendar) -> AppResult<Option<Timestamp>> {
        self.timed(|timing| derive::due(calendar, timing))
    }

    /// Asks something of the facts of this clock.
    ///
    /// # Errors
    /// As [`TicketClock::target`].
    pub fn timed<T>(&self, ask: impl FnOnce(&Timing<'_>) -> T) -> AppResult<T> {
        let (target, extra, pauses) = (self.target()?, self.extra()?, self.gaps());
        Ok(ask(&Timing { start: self.clock.started, target: &target, extra: &extra, pauses: &pauses }))
    }
}

fn read<T: serde::de::DeserializeOwned>(text: &str, what: &str) -> AppResult<T> {
    serde_json::from_str(text).map_err(|e| AppError::House(format!("the {what} of a clock cannot be read: {e}")))
}

pub(crate) fn written(value: &impl serde::Serialize) -> AppResult<String> {
    serde_json::to_string(value).map_err(|e| AppError::House(format!("a clock cannot be written: {e}")))
}

/// Puts clocks and their pauses together.
#[must_use]
pub fn with_pauses(clocks: Vec<Clock>, pauses: Vec<ClockPause>) -> Vec<TicketClock> {
    let mut all: Vec<TicketClock> = clocks.into_iter().map(|clock| TicketClock { clock, pauses: Vec::new() }).collect();
    for pause in pauses {
        if let Some(owner) = all.iter_mut().find(|one| one.clock.id == pause.clock) {
            owner.pauses.push(pause);
        }
    }
    all
}

impl App {
    /// What the company's policies say now.
    #[must_use]
    pub fn policies(&self) -> std::sync::Arc<policy::Policies> {
        self.inner.policies.get()
    }
}
