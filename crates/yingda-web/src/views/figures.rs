//! 月度数据: one month in numbers, good enough on paper to be handed in as the month's service report (月度服务报告). Every number
//! is a link to the tickets behind it, and every share shows its numerator and denominator.

use askama::Template;

use crate::kit::Markup;
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
    /// Address of the month's tickets as a table, for whoever may take them out.
    pub export: Option<String>,
    /// When, and for whom, the page was made: for paper.
    pub made: String,
    /// The few numbers on top.
    pub tops: Vec<Figure>,
    /// Tickets accepted on each day.
    pub days: Vec<DayBar>,
    /// Tables of counts: by kind, by process, by channel, by priority, by rating.
    pub counts: Vec<CountTable>,
    /// Handling times of the month.
    pub times: Vec<TimeRow>,
    /// Handling times by kind.
    pub kinds: Vec<TimeRow>,
    /// Contact sheets by the department that answers.
    pub sheets: Vec<SheetFigures>,
    /// How the month's numbers are counted: which calendar, which tickets.
    pub note: String,
}

impl FiguresPage {
    /// Times of the month, then by kind.
    #[must_use]
    pub fn time_groups(&self) -> [&[TimeRow]; 2] {
        [&self.times, &self.kinds]
    }
}

/// A number with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Name.
    pub name: String,
    /// Number in words, such as 96.4%.
    pub value: String,
    /// What it is made of: numerator and denominator, each with the tickets behind it.
    pub parts: Vec<(usize, String)>,
    /// The tickets behind it.
    pub href: String,
}

/// A day of the month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayBar {
    /// Day of the month.
    pub day: String,
    /// How many.
    pub count: usize,
    /// The tickets behind it.
    pub href: String,
    /// Share of the largest in per cent.
    pub percent: u8,
}

impl DayBar {
    /// The bar, standing.
    #[must_use]
    pub fn bar(&self) -> Markup {
        let height = self.percent.min(100);
        Markup::vouched(format!(
            "<svg class=\"day-bar\" viewBox=\"0 0 10 100\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect y=\"{}\" width=\"10\" height=\"{height}\"></rect></svg>",
            100 - height
        ))
    }
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
    pub count: usize,
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

/// Handling times of something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeRow {
    /// What was measured, and by which clock.
    pub name: String,
    /// How many tickets are in it.
    pub count: usize,
    /// Half took no longer.
    pub median: String,
    /// Nine in ten took no longer.
    pub p90: String,
    /// The tickets behind it.
    pub href: String,
}

/// How a department answers contact sheets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetFigures {
    /// Department.
    pub department: String,
    /// Sheets sent to it, and the tickets they are about.
    pub sent: (usize, String),
    /// Answered ones, and the tickets they are about.
    pub answered: (usize, String),
    /// Answered in time of those answered that had a limit: share, numerator and denominator; a dash of none.
    pub in_time: String,
    /// Half were answered within, in working time from receipt.
    pub median: String,
    /// Nine in ten.
    pub p90: String,
}
