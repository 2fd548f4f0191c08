//! 月度数据: one month in numbers. Every number is a link to the tickets behind it, and every share shows its numerator and denominator.

use askama::Template;

use crate::kit::{Badge, Markup};
use crate::shell::Shell;

/// The page at `/figures/{month}`.
#[derive(Template, Debug, Clone)]
#[template(path = "figures.html")]
pub struct FiguresPage {
    /// Surroundings.
    pub shell: Shell,
    /// The month in words.
    pub month: String,
    /// Address of the month before.
    pub prev: Option<String>,
    /// Address of the month after.
    pub next: Option<String>,
    /// Address of the table as xlsx.
    pub export: String,
    /// The few numbers on top.
    pub tops: Vec<Figure>,
    /// Tables of counts: by kind, by process, by department, by channel.
    pub counts: Vec<CountTable>,
    /// Handling times.
    pub times: Vec<TimeRow>,
    /// How the month's numbers are counted: which calendar, which tickets.
    pub note: Option<String>,
}

/// A number with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Name.
    pub name: String,
    /// Number in words, such as 96.4%.
    pub value: String,
    /// What it is made of, such as 135 / 140.
    pub detail: String,
    /// The tickets behind it.
    pub href: String,
    /// Target and whether it is met.
    pub state: Option<Badge>,
}

/// Counts by something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountTable {
    /// Id in the page.
    pub id: String,
    /// By what.
    pub title: String,
    /// Rows, largest first.
    pub rows: Vec<CountRow>,
}

/// One count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountRow {
    /// What.
    pub name: String,
    /// How many.
    pub count: u64,
    /// The tickets behind it.
    pub href: String,
    /// Share of the largest in per cent, for the bar.
    pub percent: u8,
}

impl CountRow {
    /// The bar.
    #[must_use]
    pub fn bar(&self) -> Markup {
        Markup::vouched(format!(
            "<svg class=\"bar\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect width=\"{}\" height=\"8\"></rect></svg>",
            self.percent.min(100)
        ))
    }
}

/// Handling times of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeRow {
    /// Kind.
    pub name: String,
    /// How many tickets are in it.
    pub count: String,
    /// Median until first response.
    pub response_median: String,
    /// Nine in ten were responded to within.
    pub response_p90: String,
    /// Median until solved.
    pub solve_median: String,
    /// Nine in ten were solved within.
    pub solve_p90: String,
    /// The tickets behind it.
    pub href: String,
}
