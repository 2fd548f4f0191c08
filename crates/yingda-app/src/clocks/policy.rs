//! Policies: a company's own limits for a process, beside those of its file.
//!
//! The one thing to know: what a policy says about a clock replaces what the file says about that clock, as a whole; what it does
//! not mention stays as the file has it. Every version is kept with its reason.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use serde::{Deserialize, Serialize};
use yingda_process::clock::ClockRule;
use yingda_process::{Channel, Limit, Priority};
use yingda_store::{Read, clocks};

use super::derive::Target;
use crate::AppResult;

/// What a company says about one process.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// By clock id.
    pub clocks: BTreeMap<String, ClockPolicy>,
}

/// What a company says about one clock.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockPolicy {
    /// Another calendar; `None`: the file's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<String>,
    /// Its own table of limits; `None`: the file's. An empty table takes every limit away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cells: Option<Vec<PolicyCell>>,
}

/// One cell of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyCell {
    /// `None`: every channel without a cell of its own.
    pub channel: Option<Channel>,
    /// `None`: every priority.
    pub priority: Option<Priority>,
    /// How long.
    pub limit: Limit,
}

impl ClockPolicy {
    /// The limit of the most specific cell; a channel with cells of its own takes nothing from the row for all others.
    fn resolve(cells: &[PolicyCell], priority: Priority, channel: Channel) -> Option<Limit> {
        let row = if cells.iter().any(|cell| cell.channel == Some(channel)) { Some(channel) } else { None };
        let of = |wanted: Option<Priority>| cells.iter().find(|cell| cell.channel == row && cell.priority == wanted);
        of(Some(priority)).or_else(|| of(None)).map(|cell| cell.limit)
    }
}

/// Every process's policy, kept in memory.
#[derive(Debug, Clone, Default)]
pub struct Policies(BTreeMap<String, Policy>);

impl Policies {
    /// What holds for a process; nothing of its own where the company has said nothing.
    #[must_use]
    pub fn of(&self, process: &str) -> Policy {
        self.0.get(process).cloned().unwrap_or_default()
    }

    /// These policies with one replaced, for a preview.
    #[must_use]
    pub fn with(mut self, process: &str, policy: Policy) -> Self {
        self.0.insert(process.to_owned(), policy);
        self
    }

    fn clock(&self, process: &str, clock: &str) -> Option<&ClockPolicy> {
        self.0.get(process)?.clocks.get(clock)
    }

    /// The limit of a clock for a priority and a channel; `None` for an empty cell.
    #[must_use]
    pub fn limit(&self, process: &str, rule: &ClockRule, priority: Priority, channel: Channel) -> Option<Limit> {
        match self.clock(process, &rule.id).and_then(|policy| policy.cells.as_deref()) {
            Some(cells) => ClockPolicy::resolve(cells, priority, channel),
            None => rule.target.as_ref().and_then(|target| target.resolve(priority, channel)),
        }
    }

    /// The same as a target that counts from the clock's start.
    pub(crate) fn target(&self, process: &str, rule: &ClockRule, priority: Priority, channel: Channel) -> Target {
        self.limit(process, rule, priority, channel).map_or(Target::Empty, Target::Limit)
    }

    /// The code of the calendar that a clock runs by.
    #[must_use]
    pub fn calendar(&self, process: &str, rule: &ClockRule) -> String {
        let own = self.clock(process, &rule.id).and_then(|policy| policy.calendar.clone());
        own.or_else(|| rule.calendar.clone()).unwrap_or_else(|| OFFICE.to_owned())
    }
}

/// The calendar of whoever says nothing else.
pub(crate) const OFFICE: &str = "office";

/// The snapshot and its replacement.
#[derive(Debug, Default)]
pub(crate) struct Cached(RwLock<Arc<Policies>>);

impl Cached {
    pub(crate) async fn load(read: &mut Read) -> AppResult<Self> {
        let cached = Self::default();
        cached.reload(read).await?;
        Ok(cached)
    }

    pub(crate) async fn reload(&self, read: &mut Read) -> AppResult<()> {
        let mut policies = Policies::default();
        for stored in clocks::policies(read).await? {
            let policy = serde_json::from_str(&stored.body)
                .map_err(|e| crate::AppError::House(format!("the policy of {} cannot be read: {e}", stored.process)))?;
            policies.0.insert(stored.process, policy);
        }
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(policies);
        Ok(())
    }

    pub(crate) fn get(&self) -> Arc<Policies> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}
