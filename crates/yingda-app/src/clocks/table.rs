//! A policy and its process file as one table: for each clock a row for each channel, a column for each priority.
//!
//! The one thing to know: a policy replaces the file's table of a clock as a whole, so a page that changes one cell writes the
//! others down too ([`compose`]); a cell counts as the company's only where it says something else than the file.

use std::collections::{BTreeMap, BTreeSet};

use yingda_core::refusal::FieldRefusal;
use yingda_process::clock::{ClockRule, Start};
use yingda_process::vocabulary::Origin;
use yingda_process::{Channel, Definition, Limit, LimitUnit, Priority};

use super::policy::{ClockPolicy, Policy, PolicyCell};

/// Where the limit of a cell comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellFrom {
    /// Nobody set one (J03).
    Empty,
    /// The source document.
    Document,
    /// Our default where the document is silent (J02, J03).
    Ours,
    /// The company.
    Company,
}

/// A cell of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableCell {
    /// Its priority.
    pub priority: Priority,
    /// What the file says; `None`: nothing.
    pub file: Option<Limit>,
    /// What holds.
    pub holds: Option<Limit>,
    /// Where that comes from; of an emptied cell, the company.
    pub from: CellFrom,
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// Its channel; `None`: all that have no row.
    pub channel: Option<Channel>,
    /// A cell for each priority, 紧急 first.
    pub cells: Vec<TableCell>,
}

/// What somebody wants of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellWish {
    /// What the file says.
    AsFile,
    /// No limit, whatever the file says.
    NoLimit,
    /// A limit of the company's own.
    Own(Limit),
}

/// Wishes by place.
pub type Wishes = BTreeMap<(Option<Channel>, Priority), CellWish>;

/// The word of a priority in the names of fields.
#[must_use]
pub const fn priority_word(priority: Priority) -> &'static str {
    match priority {
        Priority::Urgent => "urgent",
        Priority::High => "high",
        Priority::Medium => "medium",
        Priority::Low => "low",
    }
}

/// The name of a cell's field, such as `clock.step.handle.mail.urgent`; `other` is the row of all other channels.
#[must_use]
pub fn field(clock: &str, channel: Option<Channel>, priority: Priority) -> String {
    format!("clock.{clock}.{}.{}", channel.map_or("other", Channel::id), priority_word(priority))
}

/// The largest amount of a unit: about ten years in days and more, less in the smaller ones. Beyond that a limit says nothing.
#[must_use]
pub const fn largest(unit: LimitUnit) -> u32 {
    match unit {
        LimitUnit::WorkingMinutes | LimitUnit::Minutes => 100_000,
        LimitUnit::WorkingHours | LimitUnit::Hours => 10_000,
        LimitUnit::WorkingDays | LimitUnit::Days => 3_650,
        LimitUnit::Weeks => 520,
        LimitUnit::Months => 120,
    }
}

/// What is wrong with an amount, if anything is.
#[must_use]
pub fn amount_fault(field: &str, limit: Limit) -> Option<FieldRefusal> {
    let max = largest(limit.unit);
    match limit.amount {
        0 => Some(FieldRefusal::new(field, "limit-zero")),
        n if n > max => Some(FieldRefusal::new(field, "limit-too-large").with("max", max)),
        _ => None,
    }
}

/// Whether a clock counts towards a planned date: how long before it is the file's alone.
#[must_use]
pub const fn is_planned(rule: &ClockRule) -> bool {
    matches!(rule.start, Start::Planned(_))
}

fn in_file(rule: &ClockRule, channel: Option<Channel>, priority: Priority) -> Option<(Limit, Origin)> {
    let target = rule.target.as_ref()?;
    let own = target.rows.iter().find(|row| row.channel == channel);
    let row = own.or_else(|| target.rows.iter().find(|row| row.channel.is_none()))?;
    let cell = row.cells.iter().find(|cell| cell.priority.is_none_or(|known| known == priority))?;
    Some((cell.limit, cell.trace.origin))
}

fn in_policy(cells: &[PolicyCell], channel: Option<Channel>, priority: Priority) -> Option<Limit> {
    let own = channel.is_some() && cells.iter().any(|cell| cell.channel == channel);
    let row = channel.filter(|_| own);
    let of = |wanted: Option<Priority>| cells.iter().find(|cell| cell.channel == row && cell.priority == wanted);
    of(Some(priority)).or_else(|| of(None)).map(|cell| cell.limit)
}

fn channels(rule: &ClockRule, policy: Option<&ClockPolicy>) -> Vec<Option<Channel>> {
    let file = rule.target.iter().flat_map(|target| target.rows.iter().map(|row| row.channel));
    let own = policy.and_then(|policy| policy.cells.as_deref()).unwrap_or_default().iter().map(|cell| cell.channel);
    let mut all: Vec<Option<Channel>> = Vec::new();
    for channel in file.chain(own).filter(Option::is_some) {
        if !all.contains(&channel) {
            all.push(channel);
        }
    }
    all.push(None);
    all
}

/// The table of a clock.
#[must_use]
pub fn table(rule: &ClockRule, policy: Option<&ClockPolicy>) -> Vec<TableRow> {
    let own = policy.and_then(|policy| policy.cells.as_deref());
    let cell = |channel: Option<Channel>, priority: Priority| {
        let file = in_file(rule, channel, priority);
        let holds = match own {
            Some(cells) => in_policy(cells, channel, priority),
            None => file.map(|(limit, _)| limit),
        };
        let from = match file {
            Some((limit, Origin::Document)) if holds == Some(limit) => CellFrom::Document,
            Some((limit, Origin::Default)) if holds == Some(limit) => CellFrom::Ours,
            None if holds.is_none() => CellFrom::Empty,
            _ => CellFrom::Company,
        };
        TableCell { priority, file: file.map(|(limit, _)| limit), holds, from }
    };
    channels(rule, policy)
        .into_iter()
        .map(|channel| TableRow { channel, cells: Priority::ALL.iter().map(|p| cell(channel, *p)).collect() })
        .collect()
}

/// The cells that a policy has to hold for these wishes; `None` where it need not say anything.
#[must_use]
pub fn compose(rule: &ClockRule, policy: Option<&ClockPolicy>, wishes: &Wishes) -> Option<Vec<PolicyCell>> {
    let mut cells = Vec::new();
    let mut own = false;
    for row in table(rule, policy) {
        let mut limits = Vec::new();
        for cell in &row.cells {
            let holds = match wishes.get(&(row.channel, cell.priority)).copied().unwrap_or(CellWish::AsFile) {
                CellWish::AsFile => cell.file,
                CellWish::NoLimit => None,
                CellWish::Own(limit) => Some(limit),
            };
            own |= holds != cell.file;
            limits.push((cell.priority, holds));
        }
        let one = limits.first().and_then(|(_, first)| *first);
        if let Some(limit) = one.filter(|_| limits.iter().all(|(_, holds)| *holds == one)) {
            cells.push(PolicyCell { channel: row.channel, priority: None, limit });
        } else {
            let filled = limits.into_iter().filter_map(|(priority, holds)| Some((priority, holds?)));
            cells.extend(filled.map(|(priority, limit)| PolicyCell {
                channel: row.channel,
                priority: Some(priority),
                limit,
            }));
        }
    }
    own.then_some(cells)
}

/// Everything that is wrong with a policy, each at its field.
#[must_use]
pub fn faults(definition: &Definition, calendars: &[String], policy: &Policy) -> Vec<FieldRefusal> {
    let mut faults = Vec::new();
    for (id, clock) in &policy.clocks {
        let Some(rule) = definition.clock(id) else {
            faults.push(FieldRefusal::new(&format!("clock.{id}"), "unknown-clock"));
            continue;
        };
        if clock.calendar.as_ref().is_some_and(|code| !calendars.contains(code)) {
            faults.push(FieldRefusal::new(&format!("clock.{id}.calendar"), "unknown-calendar"));
        }
        let Some(cells) = clock.cells.as_deref() else { continue };
        if is_planned(rule) && !cells.is_empty() {
            faults.push(FieldRefusal::new(&format!("clock.{id}"), "clock-planned"));
            continue;
        }
        let mut seen = BTreeSet::new();
        for cell in cells {
            let place = field(id, cell.channel, cell.priority.unwrap_or(Priority::Urgent));
            if !seen.insert((cell.channel, cell.priority)) {
                faults.push(FieldRefusal::new(&place, "cell-twice"));
            }
            // What the file says has passed the file's own check.
            let filed = in_file(rule, cell.channel, cell.priority.unwrap_or(Priority::Urgent));
            if filed.map(|(limit, _)| limit) != Some(cell.limit) {
                faults.extend(amount_fault(&place, cell.limit));
            }
        }
    }
    faults
}

/// Rows of a wished table that would fall back to the row of all other channels, although they are to have no limit at all.
#[must_use]
pub fn emptied_rows(rule: &ClockRule, policy: Option<&ClockPolicy>, wishes: &Wishes) -> Vec<Channel> {
    let cells = compose(rule, policy, wishes).unwrap_or_default();
    let others = cells.iter().any(|cell| cell.channel.is_none());
    let own = channels(rule, policy).into_iter().flatten();
    own.filter(|channel| others && cells.iter().all(|cell| cell.channel != Some(*channel))).collect()
}

/// Whether two policies mean different things for a process as it is now.
#[must_use]
pub fn differs(definition: &Definition, a: &Policy, b: &Policy) -> bool {
    definition.clocks.iter().any(|rule| {
        let (of_a, of_b) = (a.clocks.get(&rule.id), b.clocks.get(&rule.id));
        let calendar = |policy: Option<&ClockPolicy>| policy.and_then(|policy| policy.calendar.clone());
        calendar(of_a) != calendar(of_b) || !changes(rule, of_a, of_b).is_empty()
    })
}

/// A cell that two policies fill differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellChange {
    /// Its row.
    pub channel: Option<Channel>,
    /// Its column.
    pub priority: Priority,
    /// What the first says.
    pub before: Option<Limit>,
    /// What the second says.
    pub after: Option<Limit>,
}

/// The cells of a clock that two policies fill differently, in the order of the table.
#[must_use]
pub fn changes(rule: &ClockRule, before: Option<&ClockPolicy>, after: Option<&ClockPolicy>) -> Vec<CellChange> {
    let mut rows = channels(rule, before);
    for channel in channels(rule, after) {
        if !rows.contains(&channel) {
            rows.insert(0, channel);
        }
    }
    let holds = |policy: Option<&ClockPolicy>, channel, priority| match policy.and_then(|p| p.cells.as_deref()) {
        Some(cells) => in_policy(cells, channel, priority),
        None => in_file(rule, channel, priority).map(|(limit, _)| limit),
    };
    let all = rows.into_iter().flat_map(|channel| Priority::ALL.iter().map(move |priority| (channel, *priority)));
    all.map(|(channel, priority)| CellChange {
        channel,
        priority,
        before: holds(before, channel, priority),
        after: holds(after, channel, priority),
    })
    .filter(|change| change.before != change.after)
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = include_str!("../../../../processes/S03-enterprise-support.yaml");

    fn rule(id: &str) -> ClockRule {
        yingda_process::load(FILE, "S03").unwrap().clock(id).unwrap().clone()
    }

    fn days(amount: u32) -> Limit {
        Limit { amount, unit: LimitUnit::WorkingDays }
    }

    #[test]
    fn a_cell_is_the_company_s_only_where_it_differs_from_the_file() {
        let rule = rule("solution");
        let wishes: Wishes = [
            ((None, Priority::Urgent), CellWish::Own(days(1))),
            ((None, Priority::Low), CellWish::NoLimit),
            ((None, Priority::High), CellWish::Own(days(4))),
        ]
        .into();
        let cells = compose(&rule, None, &wishes).unwrap();
        assert_eq!(cells.len(), 3, "one for 紧急, 高 and 中; none for 低");
        let policy = ClockPolicy { cells: Some(cells), ..ClockPolicy::default() };
        let row = table(&rule, Some(&policy)).remove(0);
        let from: Vec<CellFrom> = row.cells.iter().map(|cell| cell.from).collect();
        assert_eq!(from, [CellFrom::Company, CellFrom::Ours, CellFrom::Ours, CellFrom::Company]);
        assert_eq!(row.cells[3].holds, None);
        assert_eq!(changes(&rule, None, Some(&policy)).len(), 2);
        // The file's own values need no policy.
        let same: Wishes = [((None, Priority::Urgent), CellWish::Own(days(2)))].into();
        assert_eq!(compose(&rule, Some(&policy), &same), None);
    }

    #[test]
    fn faults_stand_at_their_cells() {
        let definition = yingda_process::load(FILE, "S03").unwrap();
        let cell = |amount| PolicyCell { channel: None, priority: Some(Priority::Urgent), limit: days(amount) };
        let policy = |cells: Vec<PolicyCell>, calendar: Option<&str>| Policy {
            clocks: [(
                "solution".to_owned(),
                ClockPolicy { cells: Some(cells), calendar: calendar.map(str::to_owned) },
            )]
            .into(),
        };
        let found = |policy: &Policy| {
            let faults = faults(&definition, &["office".to_owned()], policy);
            faults.into_iter().map(|fault| (fault.field, fault.code)).collect::<Vec<_>>()
        };
        let at = "clock.solution.other.urgent".to_owned();
        assert_eq!(found(&policy(vec![cell(0)], None)), [(at.clone(), "limit-zero".to_owned())]);
        assert_eq!(found(&policy(vec![cell(3_651)], None)), [(at.clone(), "limit-too-large".to_owned())]);
        assert_eq!(found(&policy(vec![cell(1), cell(1)], None)), [(at, "cell-twice".to_owned())]);
        let nowhere = found(&policy(vec![cell(1)], Some("moon")));
        assert_eq!(nowhere, [("clock.solution.calendar".to_owned(), "unknown-calendar".to_owned())]);
        let mut planned = policy(vec![cell(1)], None);
        let clock = planned.clocks.remove("solution").unwrap();
        planned.clocks.insert("wanted".to_owned(), clock);
        assert_eq!(found(&planned), [("clock.wanted".to_owned(), "clock-planned".to_owned())]);
    }
}
