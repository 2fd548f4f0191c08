//! A calendar as people look at it: its year day by day, the years it knows, and what it was.
//!
//! The one thing to know: nothing is decided here; `worktime` says what each date is and by what right.

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use worktime::{Amount, Calendar, Day, Due, Explanation, StatutoryYear};
use yingda_core::{Action, Actor, Context, Refusal, Subject, can};
use yingda_store::calendars;

use super::change::YEARS;
use super::{ALWAYS, DeskCalendar};
use crate::{App, AppResult};

pub use yingda_store::calendars::CalendarVersion;

/// The most versions that are shown.
const VERSIONS: i64 = 50;
/// The first year for which a statutory table is built in.
const FIRST_TABLE: i16 = 2018;
/// The month from which on the next year's table ought to be there: the notice is published in November.
const NOTICE_MONTH: i8 = 11;

/// A calendar in the list.
#[derive(Debug, Clone)]
pub struct CalendarLine {
    /// The calendar.
    pub calendar: DeskCalendar,
    /// What is known of the statutory days.
    pub tables: Tables,
    /// Processes that go by it.
    pub processes: Vec<String>,
}

/// Which years' statutory days a calendar knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tables {
    /// Whether it follows a statutory table at all.
    pub followed: bool,
    /// First and last year of each run of years that it knows.
    pub known: Vec<(i16, i16)>,
    /// This year if it is not known; from November on, the next as well.
    pub missing: Vec<i16>,
}

/// A year of a calendar.
#[derive(Debug, Clone)]
pub struct CalendarYear {
    /// The calendar.
    pub calendar: DeskCalendar,
    /// The year.
    pub year: i16,
    /// Today, by the calendar's zone.
    pub today: Date,
    /// Every date of it.
    pub days: Vec<Day>,
    /// What is known of the statutory days.
    pub tables: Tables,
    /// Whether the year's own table is missing.
    pub without_table: bool,
    /// What the calendar was, newest first.
    pub versions: Vec<CalendarVersion>,
    /// Processes that go by it.
    pub processes: Vec<String>,
    /// Whether the actor may change it.
    pub editable: bool,
}

/// A due time with its account.
#[derive(Debug, Clone)]
pub struct Reckoned {
    /// The due time.
    pub due: Due,
    /// Line by line.
    pub account: Explanation,
}

impl App {
    /// All calendars.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn calendars(&self, ctx: &Context, actor: &Actor) -> AppResult<Vec<CalendarLine>> {
        can(actor, Action::SeeCalendars, Subject::Desk)?;
        self.refresh_calendars().await?;
        let known = self.known_calendars();
        let line = |row: &DeskCalendar| CalendarLine {
            calendar: row.clone(),
            tables: tables(&row.calendar, ctx.now),
            processes: self.processes_by_calendar(&row.code),
        };
        Ok(known.rows().map(line).collect())
    }

    /// A year of a calendar; this year where none is asked for.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for an unknown code, or a year that no calendar knows; [`Refusal::NotAllowed`].
    pub async fn calendar_view(
        &self,
        ctx: &Context,
        actor: &Actor,
        code: &str,
        year: Option<i16>,
    ) -> AppResult<CalendarYear> {
        can(actor, Action::SeeCalendars, Subject::Desk)?;
        let mut read = self.store().read().await?;
        self.inner.calendars.refresh(&mut read).await?;
        let calendar = self.known_calendars().row(code).cloned().ok_or(Refusal::NotFound)?;
        let today = ctx.now.to_zoned(calendar.calendar.time_zone().clone()).date();
        let year = year.unwrap_or_else(|| today.year());
        if !YEARS.contains(&year) {
            return Err(Refusal::NotFound.into());
        }
        let all = date(year, 1, 1).series(1.day()).take_while(|day| day.year() == year);
        Ok(CalendarYear {
            year,
            today,
            days: all.map(|date| calendar.calendar.day(date)).collect(),
            tables: tables(&calendar.calendar, ctx.now),
            without_table: !calendar.calendar.knows_year(year),
            versions: calendars::versions(&mut read, code, VERSIONS).await?,
            processes: self.processes_by_calendar(code),
            editable: code != ALWAYS && can(actor, Action::EditCalendars, Subject::Desk).is_ok(),
            calendar,
        })
    }

    /// The statutory days of a year as a calendar knows them.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where it does not; [`Refusal::NotAllowed`].
    pub async fn statutory_table(
        &self,
        ctx: &Context,
        actor: &Actor,
        code: &str,
        year: i16,
    ) -> AppResult<StatutoryYear> {
        let shown = self.calendar_view(ctx, actor, code, Some(year)).await?;
        let file = shown.calendar.calendar.file();
        let own = file.statutory_tables.iter().find(|table| table.year == year);
        let own = own.and_then(|table| StatutoryYear::new(table.clone()).ok());
        let built_in = || StatutoryYear::built_in(year).filter(|_| file.statutory.is_some());
        Ok(own.or_else(built_in).ok_or(Refusal::NotFound)?)
    }

    /// When an amount that begins at an instant is used up by a calendar, and how that comes.
    ///
    /// # Errors
    /// [`Refusal::Fields`] for what lies beyond the years that a calendar knows; [`Refusal::NotFound`], [`Refusal::NotAllowed`].
    pub fn reckon(&self, actor: &Actor, code: &str, from: Timestamp, amount: Amount) -> AppResult<Reckoned> {
        can(actor, Action::SeeCalendars, Subject::Desk)?;
        let known = self.known_calendars();
        let calendar = &known.row(code).ok_or(Refusal::NotFound)?.calendar;
        let beyond = |error: worktime::TimeError| {
            let field = if matches!(error, worktime::TimeError::OutOfRange(_)) { "from" } else { "amount" };
            Refusal::field(field, "calendar-beyond")
        };
        let due = calendar.due(from, amount, &[]).map_err(beyond)?;
        let account = calendar.explain_due(from, amount, &[]).map_err(beyond)?;
        Ok(Reckoned { due, account })
    }
}

fn tables(calendar: &Calendar, now: Timestamp) -> Tables {
    if calendar.file().statutory.is_none() {
        return Tables::default();
    }
    let today = now.to_zoned(calendar.time_zone().clone()).date();
    let mut known: Vec<(i16, i16)> = Vec::new();
    let file = calendar.file();
    let own = file.statutory_years.iter().copied().chain(file.statutory_tables.iter().map(|table| table.year));
    let furthest = own.max().unwrap_or_default().max(today.year() + 1);
    for year in (FIRST_TABLE..=furthest.min(*YEARS.end())).filter(|year| calendar.knows_year(*year)) {
        match known.last_mut() {
            Some((_, last)) if *last + 1 == year => *last = year,
            _ => known.push((year, year)),
        }
    }
    let wanted =
        if today.month() >= NOTICE_MONTH { today.year()..=today.year() + 1 } else { today.year()..=today.year() };
    Tables { followed: true, known, missing: wanted.filter(|year| !calendar.knows_year(*year)).collect() }
}
