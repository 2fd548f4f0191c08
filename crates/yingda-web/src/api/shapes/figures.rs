//! The month's figures.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use yingda_app::Directory;
use yingda_app::figures::{Figures, Group, Share, Times};

use crate::api::shapes::people::DepartmentRef;

/// A share of a whole, with both numbers.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct ShareShape {
    /// How many met it.
    pub part: usize,
    /// Of how many.
    pub whole: usize,
    /// In tenths of a per cent, rounded down; `null` of nothing.
    pub per_mille: Option<usize>,
}

impl From<Share> for ShareShape {
    fn from(share: Share) -> Self {
        Self { part: share.part, whole: share.whole, per_mille: share.per_mille() }
    }
}

/// Median and ninth decile of times.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct TimesShape {
    /// How many were measured.
    pub count: usize,
    /// Half took no longer.
    pub median_seconds: i64,
    /// Nine in ten took no longer.
    pub p90_seconds: i64,
}

impl From<Times> for TimesShape {
    fn from(times: Times) -> Self {
        Self { count: times.count, median_seconds: times.median, p90_seconds: times.p90 }
    }
}

/// One line of a count.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GroupShape {
    /// The word that is counted; for priorities the rank, 1 being 紧急.
    pub key: String,
    /// Accepted in the month.
    pub count: usize,
    /// Of these, ended by now.
    pub ended: usize,
    /// Accepted to solved, by the clock.
    pub solving: TimesShape,
}

impl From<&Group> for GroupShape {
    fn from(group: &Group) -> Self {
        Self { key: group.key.clone(), count: group.count, ended: group.ended, solving: group.solving.into() }
    }
}

/// How a department answers contact sheets.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DepartmentFigures {
    /// Which.
    pub department: DepartmentRef,
    /// Sheets sent to it.
    pub sheets: usize,
    /// Answered.
    pub answered: usize,
    /// Of those answered that had a limit, within it.
    pub in_time: ShareShape,
    /// Received to answered, in working time.
    pub answering: TimesShape,
}

/// A month.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FiguresShape {
    /// Which.
    #[schema(example = "2026-11")]
    pub month: String,
    /// Its first instant, in the desk's time zone.
    pub from: Timestamp,
    /// The first instant after it.
    pub until: Timestamp,
    /// Tickets accepted.
    pub accepted: usize,
    /// Of these, ended by now (处理率).
    pub handled: ShareShape,
    /// Of those rated, satisfied (满意度).
    pub satisfied: ShareShape,
    /// Of those solved, solved without a second round.
    pub first_time: ShareShape,
    /// Accepted to responded, by the clock.
    pub responding: TimesShape,
    /// Accepted to solved, by the clock.
    pub solving: TimesShape,
    /// Accepted to solved, in working time.
    pub solving_worked: TimesShape,
    /// By 问题类型, the most frequent first.
    pub by_kind: Vec<GroupShape>,
    /// By process.
    pub by_process: Vec<GroupShape>,
    /// By channel.
    pub by_channel: Vec<GroupShape>,
    /// By priority.
    pub by_priority: Vec<GroupShape>,
    /// By rating.
    pub by_rating: Vec<GroupShape>,
    /// Contact sheets by answering department.
    pub by_department: Vec<DepartmentFigures>,
    /// Tickets accepted on each day, from the first.
    pub by_day: Vec<usize>,
}

impl FiguresShape {
    pub(crate) fn of(figures: &Figures, names: &Directory) -> Self {
        let groups = |groups: &[Group]| groups.iter().map(GroupShape::from).collect();
        let department = |group: &yingda_app::figures::DepartmentGroup| DepartmentFigures {
            department: DepartmentRef::of(group.department, names),
            sheets: group.sheets,
            answered: group.answered,
            in_time: group.in_time.into(),
            answering: group.answering.into(),
        };
        Self {
            month: figures.month.strftime("%Y-%m").to_string(),
            from: figures.span.0,
            until: figures.span.1,
            accepted: figures.accepted,
            handled: figures.handled.into(),
            satisfied: figures.satisfied.into(),
            first_time: figures.first_time.into(),
            responding: figures.responding.into(),
            solving: figures.solving.into(),
            solving_worked: figures.solving_worked.into(),
            by_kind: groups(&figures.by_kind),
            by_process: groups(&figures.by_process),
            by_channel: groups(&figures.by_channel),
            by_priority: groups(&figures.by_priority),
            by_rating: groups(&figures.by_rating),
            by_department: figures.by_department.iter().map(department).collect(),
            by_day: figures.by_day.clone(),
        }
    }
}
