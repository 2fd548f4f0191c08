//! The working calendars: a list, a year at a glance, and a change before it is made.

use askama::Template;

use crate::kit::{FieldForm, Moment, Stale};
use crate::shell::Shell;

/// The list at `/calendars`.
#[derive(Template, Debug, Clone)]
#[template(path = "calendars.html")]
pub struct CalendarsPage {
    /// Surroundings.
    pub shell: Shell,
    /// Calendars, the office's first.
    pub rows: Vec<CalendarRow>,
    /// Whether this person may add one.
    pub may_add: bool,
}

/// A calendar in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarRow {
    /// Address.
    pub href: String,
    /// Name.
    pub name: String,
    /// The word that processes name it by.
    pub code: String,
    /// Time zone.
    pub zone: String,
    /// The week in words, one line for each run of weekdays with the same hours.
    pub hours: Vec<String>,
    /// Years whose statutory days it knows, or that it follows none.
    pub years: String,
    /// What is missing.
    pub warnings: Vec<String>,
    /// Processes that go by it.
    pub processes: String,
}

/// The form at `/calendars/new`.
#[derive(Template, Debug, Clone)]
#[template(path = "calendar_new.html")]
pub struct CalendarNewPage {
    /// Surroundings.
    pub shell: Shell,
    /// Name, code, zone, hours.
    pub form: FieldForm,
}

/// A year at `/calendars/{code}`.
#[derive(Template, Debug, Clone)]
#[template(path = "calendar.html")]
pub struct CalendarPage {
    /// Surroundings.
    pub shell: Shell,
    /// The word that processes name it by; its address is `/calendars/{code}`.
    pub code: String,
    /// Name.
    pub name: String,
    /// Time zone and hours in words.
    pub sub: Vec<String>,
    /// The year shown.
    pub year: String,
    /// Address of the year before.
    pub prev: Option<String>,
    /// Address of the year after.
    pub next: Option<String>,
    /// Address of this year, where another is shown.
    pub current: Option<String>,
    /// What is missing, each a sentence; the statutory days of a year can be imported below.
    pub warnings: Vec<String>,
    /// Names of the weekdays in one sign each, Monday first, and in full.
    pub weekdays: Vec<(String, String)>,
    /// The months.
    pub months: Vec<MonthView>,
    /// What the colours mean.
    pub legend: Vec<(DayLook, String)>,
    /// The day that was chosen.
    pub day: Option<DayPanel>,
    /// The statutory days of the year: occasion, dates, make-up workdays.
    pub festivals: Vec<[String; 3]>,
    /// Dates with hours of their own, and the calendar's own days off and workdays: date, what, address.
    pub exceptions: Vec<[String; 3]>,
    /// The rules: what and how.
    pub rules: Vec<(String, String)>,
    /// The form for the rules, for whoever may change them.
    pub edit: Option<RulesPanel>,
    /// The form for statutory tables.
    pub table: Option<TablePanel>,
    /// Addresses under which something can be taken out: name, address.
    pub exports: Vec<(String, String)>,
    /// A due time by this calendar.
    pub reckoner: Reckoner,
    /// What it was, newest first.
    pub versions: Vec<VersionLine>,
    /// The form that removes it.
    pub removal: Option<RemovalPanel>,
}

impl CalendarPage {
    /// Where this page is.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/calendars/{}", self.code)
    }
}

/// A month of the year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthView {
    /// Name.
    pub name: String,
    /// Id of its heading.
    pub id: String,
    /// Weeks of seven places, Monday first.
    pub weeks: Vec<Vec<Option<DayCell>>>,
}

/// A date in the grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayCell {
    /// Day of the month.
    pub day: String,
    /// `2026-02-14`, for the arrow keys.
    pub date: String,
    /// Address that opens it.
    pub href: String,
    /// All about it in one line.
    pub title: String,
    /// What it is.
    pub look: DayLook,
    /// Today.
    pub today: bool,
    /// The one that is open.
    pub chosen: bool,
}

/// What a date is, as the grid marks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayLook {
    /// The week's hours.
    Work,
    /// A weekday without hours.
    Off,
    /// A statutory day off.
    Holiday,
    /// A make-up workday.
    MakeUp,
    /// Hours of its own.
    Own,
    /// Closed by an exception of its own.
    OwnOff,
    /// Hours of its own that are much fewer than usual.
    Half,
}

impl DayLook {
    /// All, in the order of the legend.
    pub const ALL: [Self; 7] =
        [Self::Work, Self::Off, Self::Holiday, Self::MakeUp, Self::Own, Self::OwnOff, Self::Half];

    /// Class suffix and key suffix.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Off => "off",
            Self::Holiday => "holiday",
            Self::MakeUp => "makeup",
            Self::Own => "own",
            Self::OwnOff => "ownoff",
            Self::Half => "half",
        }
    }

    /// Key of the sign beside the number, so that nobody has to tell colours apart.
    #[must_use]
    pub const fn sign(&self) -> Option<&'static str> {
        match self {
            Self::Work | Self::Off => None,
            Self::Holiday => Some("calendar-sign-holiday"),
            Self::MakeUp => Some("calendar-sign-makeup"),
            Self::Own => Some("calendar-sign-own"),
            Self::OwnOff => Some("calendar-sign-ownoff"),
            Self::Half => Some("calendar-sign-half"),
        }
    }
}

/// The chosen day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayPanel {
    /// Its date with the weekday.
    pub title: String,
    /// What it is.
    pub look: DayLook,
    /// What it is, in a word.
    pub what: String,
    /// By which rule.
    pub why: String,
    /// Its hours.
    pub hours: String,
    /// `2026-02-14`.
    pub date: String,
    /// The form that changes it, for whoever may.
    pub form: Option<FieldForm>,
    /// Address without the day.
    pub close: String,
}

/// The form for the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulesPanel {
    /// Name, zone, hours of each weekday, statutory days, reason.
    pub form: FieldForm,
    /// Version for the stale check.
    pub version: String,
    /// Whether it stands open: it was sent and comes back.
    pub open: bool,
    /// What somebody else saved meanwhile.
    pub stale: Option<Stale>,
}

/// The form for statutory tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TablePanel {
    /// File and reason.
    pub form: FieldForm,
    /// Every fault of the file that was sent.
    pub faults: Vec<String>,
}

/// The form that removes a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemovalPanel {
    /// Reason.
    pub form: FieldForm,
    /// Version for the stale check.
    pub version: String,
    /// Whether it was sent and comes back.
    pub open: bool,
}

/// A due time to be computed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reckoner {
    /// From, amount, unit.
    pub form: FieldForm,
    /// The outcome.
    pub due: Option<String>,
    /// How it comes, line by line.
    pub lines: Vec<String>,
}

/// An earlier version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionLine {
    /// Its number.
    pub version: String,
    /// When; nothing for what was shipped.
    pub when: Option<Moment>,
    /// Who.
    pub who: String,
    /// Why.
    pub reason: String,
}

/// A change before it is made.
#[derive(Template, Debug, Clone)]
#[template(path = "calendar_change.html")]
pub struct CalendarChangePage {
    /// Surroundings.
    pub shell: Shell,
    /// Name of the calendar.
    pub name: String,
    /// Address of the calendar.
    pub back: String,
    /// Where the change is posted to.
    pub action: String,
    /// What was typed, to be sent again.
    pub hidden: Vec<(String, String)>,
    /// What of a file was left out.
    pub notes: Vec<String>,
    /// Rules that change: what, before, after.
    pub rules: Vec<[String; 3]>,
    /// The first of the dates whose hours change: date, before, after.
    pub days: Vec<[String; 3]>,
    /// How many there are in all.
    pub day_count: usize,
    /// Limits of open tickets that move; nothing where nobody has counted them.
    pub moves: Option<MovesView>,
    /// Why, as typed.
    pub reason: String,
}

impl CalendarChangePage {
    /// How many dates are not listed.
    #[must_use]
    pub fn more_days(&self) -> usize {
        self.day_count.saturating_sub(self.days.len())
    }
}

/// Limits that a change moves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MovesView {
    /// How many.
    pub total: usize,
    /// Of these, how many would be over at once.
    pub over: usize,
    /// Of these, how many would be over no longer.
    pub saved: usize,
    /// Whether there are more clocks than were looked at.
    pub at_least: bool,
    /// The first of them.
    pub rows: Vec<MoveRow>,
}

impl MovesView {
    /// How many are not listed.
    #[must_use]
    pub fn more(&self) -> usize {
        self.total.saturating_sub(self.rows.len())
    }
}

/// A limit that moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveRow {
    /// Address of the ticket.
    pub href: String,
    /// Its number.
    pub number: String,
    /// What it is about.
    pub subject: String,
    /// Which limit.
    pub limit: String,
    /// When it is due; nothing for no limit.
    pub before: Option<Moment>,
    /// When it would be.
    pub after: Option<Moment>,
}
