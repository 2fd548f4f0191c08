//! 排班表: a month as a grid of people and days; as a list of days on a phone and on paper.

use askama::Template;

use super::{DutyHead, FindingLine, Sign};
use crate::kit::{FieldForm, Moment};
use crate::shell::Shell;

/// The page at `/duty/roster`.
#[derive(Template, Debug, Clone)]
#[template(path = "duty/roster.html")]
pub struct RosterPage {
    /// Surroundings.
    pub shell: Shell,
    /// The department.
    pub head: DutyHead,
    /// The month.
    pub month: Month,
    /// What is wrong with it.
    pub findings: Vec<FindingLine>,
    /// How many of them break a rule.
    pub serious: usize,
    /// What those who make it can do.
    pub manage: Option<Manage>,
}

/// The month on paper, at `/duty/roster/print`.
#[derive(Template, Debug, Clone)]
#[template(path = "duty/roster_print.html")]
pub struct RosterPrintPage {
    /// Surroundings.
    pub shell: Shell,
    /// The department's name.
    pub department: String,
    /// The month.
    pub month: Month,
    /// The way back.
    pub back: String,
    /// When it was printed.
    pub printed: Moment,
}

/// A month of a roster.
#[derive(Debug, Clone, Default)]
pub struct Month {
    /// 2026年12月
    pub title: String,
    /// `2026-12`
    pub value: String,
    /// Address of the month before.
    pub prev: String,
    /// Address of the month after.
    pub next: String,
    /// Address of the month on paper.
    pub print: String,
    /// The shifts.
    pub shifts: Vec<ShiftKey>,
    /// Its days.
    pub days: Vec<DayHead>,
    /// Its people.
    pub rows: Vec<PersonRow>,
}

impl Month {
    /// Whether nobody has a turn in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.iter().all(|row| row.cells.iter().all(|cell| cell.turns.is_empty()))
    }
}

/// A shift in the legend.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShiftKey {
    /// Public id.
    pub id: String,
    /// The sign.
    pub sign: Sign,
    /// The key that sets it; empty where it can no longer be planned.
    pub key: String,
    /// 08:00–22:00
    pub hours: String,
    /// Least people, training, days, in words.
    pub more: String,
}

/// A day at the head of its column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DayHead {
    /// `2026-12-03`
    pub date: String,
    /// 3
    pub number: String,
    /// 三
    pub weekday: String,
    /// 12月3日 周三
    pub full: String,
    /// Class suffix: `off`, `holiday`, `makeup`, or nothing.
    pub mark: &'static str,
    /// 休, 班, or nothing.
    pub sign: String,
    /// Whether it is today.
    pub today: bool,
    /// What is wrong with the day as a whole; empty where nothing is.
    pub fault: String,
    /// The turns of the day by shift, for the list: the shift, and who.
    pub shifts: Vec<(Sign, Vec<DayPerson>)>,
    /// Where somebody is put on it; empty for those who cannot.
    pub href: String,
}

/// Somebody on a day of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DayPerson {
    /// Name.
    pub name: String,
    /// Whether it is the reader.
    pub me: bool,
    /// Whether it is only planned.
    pub planned: bool,
    /// What is wrong; empty where nothing is.
    pub fault: String,
    /// Where the cell is edited; empty for those who cannot.
    pub href: String,
}

/// A person's row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonRow {
    /// Public id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Whether it is the reader.
    pub me: bool,
    /// How many turns.
    pub total: usize,
    /// One for each day.
    pub cells: Vec<Cell>,
}

/// A person's day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// `2026-12-03`
    pub date: String,
    /// Class suffix of the day.
    pub mark: &'static str,
    /// What it holds, in words, for readers that cannot see signs.
    pub label: String,
    /// Turns.
    pub turns: Vec<CellTurn>,
    /// 假 where there is leave; empty where there is none.
    pub leave: String,
    /// Whether something is wrong with it.
    pub fault: bool,
    /// Whether it is the one that is edited.
    pub picked: bool,
    /// Where it is edited; empty for those who cannot.
    pub href: String,
}

/// A turn in a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CellTurn {
    /// Public id.
    pub id: String,
    /// Version for the stale check.
    pub version: String,
    /// Public id of the shift.
    pub shift: String,
    /// The sign.
    pub sign: Sign,
    /// Whether it is only planned.
    pub planned: bool,
    /// Whether the person did not come.
    pub absent: bool,
    /// Whether it can still be moved.
    pub movable: bool,
}

/// What those who make the roster can do.
#[derive(Debug, Clone, Default)]
pub struct Manage {
    /// Puts somebody on a shift.
    pub put: FieldForm,
    /// The cell that was opened.
    pub picked: Option<Picked>,
    /// How many turns are planned and not published.
    pub planned: usize,
    /// Takes the last change back: the sentence, the address, and the fields to send.
    pub undo: Option<Undo>,
    /// What the rotation shall fill: id, name, whether it is ticked.
    pub shifts: Vec<(String, String, bool)>,
    /// With whom.
    pub people: Vec<(String, String, bool)>,
    /// Whether the same people keep a shift for a week.
    pub weekly: bool,
    /// Whether the rotation's form stands open.
    pub open: bool,
    /// What is wrong with the rotation's form.
    pub error: Option<String>,
    /// The lines of the roster's history, newest first: when, who, what.
    pub history: Vec<(Moment, String, String)>,
}

/// A cell that was opened.
#[derive(Debug, Clone, Default)]
pub struct Picked {
    /// Who and which day.
    pub title: String,
    /// Its turns.
    pub turns: Vec<PickedTurn>,
}

/// A turn of the opened cell.
#[derive(Debug, Clone, Default)]
pub struct PickedTurn {
    /// Public id.
    pub id: String,
    /// Version for the stale check.
    pub version: String,
    /// The shift.
    pub sign: Sign,
    /// Hours and state.
    pub text: String,
    /// Whether it can still be taken off.
    pub removable: bool,
    /// Records that the person did not come; none before it begins and after they came.
    pub absence: Option<FieldForm>,
}

/// The way back from the last change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Undo {
    /// Where it is posted.
    pub action: String,
    /// What is sent.
    pub fields: Vec<(&'static str, String)>,
}
