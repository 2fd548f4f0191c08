//! The month's figures: counts by type, handling times, satisfaction; each with the numbers behind it (S03 step 6, J21, J49).

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use yingda_core::{Action, Actor, Context, DepartmentId, Refusal, Subject, can};
use yingda_store::figures::{self, SheetFigures, TicketFigures};

use crate::{App, AppResult};

/// A share of a whole: shown with both, because 95 % of twenty is one customer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// How many met it.
    pub part: usize,
    /// Of how many.
    pub whole: usize,
}

impl Share {
    fn count<'a, T: 'a>(items: impl Iterator<Item = &'a T>, met: impl Fn(&T) -> bool) -> Self {
        items.fold(Self::default(), |share, item| Self {
            part: share.part + usize::from(met(item)),
            whole: share.whole + 1,
        })
    }

    /// In tenths of a per cent, rounded down; `None` of nothing.
    #[must_use]
    pub fn per_mille(self) -> Option<usize> {
        (self.part * 1000).checked_div(self.whole)
    }
}

/// Median and ninth decile of times, in seconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Times {
    /// How many were measured.
    pub count: usize,
    /// Half took no longer.
    pub median: i64,
    /// Nine in ten took no longer.
    pub p90: i64,
}

impl Times {
    /// Of seconds in any order; nearest-rank quantiles.
    #[must_use]
    pub fn of(mut seconds: Vec<i64>) -> Self {
        seconds.sort_unstable();
        let rank = |numerator: usize, denominator: usize| {
            let index = (seconds.len() * numerator).div_ceil(denominator).saturating_sub(1);
            seconds.get(index).copied().unwrap_or_default()
        };
        Self { count: seconds.len(), median: rank(1, 2), p90: rank(9, 10) }
    }
}

/// One line of a count: a word, how many, and what became of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// The kind, process, channel, priority rank or rating.
    pub key: String,
    /// Accepted in the month.
    pub count: usize,
    /// Of these, ended by now.
    pub ended: usize,
    /// Accepted to solved.
    pub solving: Times,
}

/// How a department answers contact sheets: its own figures, whoever asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepartmentGroup {
    /// The department.
    pub department: DepartmentId,
    /// Sheets sent to it.
    pub sheets: usize,
    /// Answered.
    pub answered: usize,
    /// Of those with a limit that are answered or should be by now, answered within it.
    pub in_time: Share,
    /// Received to answered, in working seconds.
    pub answering: Times,
}

/// A month.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// Its first day.
    pub month: Date,
    /// Its first instant and the first after it, in the desk's time zone.
    pub span: (Timestamp, Timestamp),
    /// Tickets accepted.
    pub accepted: usize,
    /// Of these, ended by now (处理率, J49).
    pub handled: Share,
    /// Of those rated, satisfied (满意度).
    pub satisfied: Share,
    /// Of those solved, solved without a second round (一次解决, R-126).
    pub first_time: Share,
    /// Accepted to responded, by the clock.
    pub responding: Times,
    /// Accepted to solved, by the clock.
    pub solving: Times,
    /// Accepted to solved, in working time.
    pub solving_worked: Times,
    /// By 问题类型, the most frequent first.
    pub by_kind: Vec<Group>,
    /// By process.
    pub by_process: Vec<Group>,
    /// By channel.
    pub by_channel: Vec<Group>,
    /// By priority rank.
    pub by_priority: Vec<Group>,
    /// By rating word.
    pub by_rating: Vec<Group>,
    /// Contact sheets by answering department.
    pub by_department: Vec<DepartmentGroup>,
    /// Tickets accepted on each day of the month.
    pub by_day: Vec<usize>,
}

fn solved_in(ticket: &TicketFigures) -> Option<i64> {
    ticket.solved.map(|solved| solved.duration_since(ticket.accepted).as_secs())
}

fn groups(tickets: &[TicketFigures], key: impl Fn(&TicketFigures) -> String) -> Vec<Group> {
    let mut by: BTreeMap<String, Vec<&TicketFigures>> = BTreeMap::new();
    for ticket in tickets {
        by.entry(key(ticket)).or_default().push(ticket);
    }
    let mut groups: Vec<Group> = by
        .into_iter()
        .map(|(key, own)| Group {
            key,
            count: own.len(),
            ended: own.iter().filter(|t| t.closed.is_some()).count(),
            solving: Times::of(own.iter().filter_map(|t| solved_in(t)).collect()),
        })
        .collect();
    groups.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.key.cmp(&b.key)));
    groups
}

impl App {
    /// The figures of the month that `month` lies in.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`]; a field for a month out of range.
    pub async fn figures(&self, ctx: &Context, actor: &Actor, month: Date) -> AppResult<Figures> {
        can(actor, Action::SeeFigures, Subject::Desk)?;
        let zone = self.zone();
        let bad = |_| Refusal::field("month", "bad-date");
        let first = month.first_of_month();
        let next = first.checked_add(jiff::Span::new().months(1)).map_err(bad)?;
        let from = first.to_zoned(zone.clone()).map_err(bad)?.timestamp();
        let until = next.to_zoned(zone.clone()).map_err(bad)?.timestamp();
        let mut read = self.store().read().await?;
        let tickets = figures::accepted(&mut read, from, until).await?;
        let sheets = figures::sheets(&mut read, from, until).await?;
        drop(read);
        let mut by_day = vec![0; usize::from(first.days_in_month().unsigned_abs())];
        for ticket in &tickets {
            let day = ticket.accepted.to_zoned(zone.clone()).day();
            if let Some(count) = by_day.get_mut(usize::from(day.unsigned_abs()) - 1) {
                *count += 1;
            }
        }
        Ok(Figures {
            month: first,
            span: (from, until),
            accepted: tickets.len(),
            handled: Share::count(tickets.iter(), |t| t.closed.is_some()),
            satisfied: Share::count(tickets.iter().filter(|t| t.satisfied.is_some()), |t| t.satisfied == Some(true)),
            first_time: Share::count(tickets.iter().filter(|t| t.solved.is_some()), |t| t.rounds == 0),
            responding: Times::of(
                tickets.iter().filter_map(|t| t.responded.map(|at| at.duration_since(t.accepted).as_secs())).collect(),
            ),
            solving: Times::of(tickets.iter().filter_map(solved_in).collect()),
            solving_worked: Times::of(
                tickets.iter().filter_map(|t| t.solved.and_then(|solved| self.worked(t.accepted, solved))).collect(),
            ),
            by_kind: groups(&tickets, |t| t.kind.clone()),
            by_process: groups(&tickets, |t| t.process.clone()),
            by_channel: groups(&tickets, |t| t.channel.clone()),
            by_priority: groups(&tickets, |t| t.priority.to_string()),
            by_rating: groups(&tickets, |t| t.rating.clone()).into_iter().filter(|g| !g.key.is_empty()).collect(),
            by_department: self.departments_figures(&sheets, ctx.now),
            by_day,
        })
    }

    fn departments_figures(&self, sheets: &[SheetFigures], now: Timestamp) -> Vec<DepartmentGroup> {
        let mut by: BTreeMap<DepartmentId, Vec<&SheetFigures>> = BTreeMap::new();
        for sheet in sheets {
            by.entry(sheet.department).or_default().push(sheet);
        }
        by.into_iter()
            .map(|(department, own)| DepartmentGroup {
                department,
                sheets: own.len(),
                answered: own.iter().filter(|s| s.answered.is_some()).count(),
                // What is answered, and what should have been by now: a sheet that nobody answers is not in time.
                in_time: Share::count(
                    own.iter().copied().filter(|s| s.due.is_some_and(|due| s.answered.is_some() || due < now)),
                    |s| s.answered.is_some() && s.answered <= s.due,
                ),
                answering: Times::of(own.iter().filter_map(|s| self.worked(s.received?, s.answered?)).collect()),
            })
            .collect()
    }

    /// The first and the last month in which tickets were accepted.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn figures_span(&self, actor: &Actor) -> AppResult<Option<(Date, Date)>> {
        can(actor, Action::SeeFigures, Subject::Desk)?;
        let mut read = self.store().read().await?;
        let zone = self.zone();
        Ok(figures::span(&mut read).await?.map(|(first, last)| {
            let month = |at: Timestamp| at.to_zoned(zone.clone()).date().first_of_month();
            (month(first), month(last))
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_measured_values() {
        assert_eq!(Times::of(vec![]), Times::default());
        assert_eq!(Times::of(vec![7]), Times { count: 1, median: 7, p90: 7 });
        assert_eq!(Times::of((1..=10).rev().collect()), Times { count: 10, median: 5, p90: 9 });
    }

    #[test]
    fn a_share_of_nothing_is_no_number() {
        assert_eq!(Share::default().per_mille(), None);
        assert_eq!(Share { part: 19, whole: 20 }.per_mille(), Some(950));
    }
}
