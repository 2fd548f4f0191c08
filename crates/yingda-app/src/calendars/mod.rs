//! The desk's working calendars, and limits turned into due times by them.
//!
//! The one thing to know: two calendars are always there, [`OFFICE`] and [`ALWAYS`]. Until a company sets its own, the office's
//! is ours: Monday to Friday 09:00–12:00 and 13:30–18:00 in Shanghai, with the statutory holidays and make-up workdays
//! (J02: the documents speak of working hours and define none). All are kept in memory; [`App::refresh_calendars`] notices
//! what another process changed. How one is changed is in `change.rs` and `edit.rs`.

pub mod change;
pub mod edit;
pub mod year;

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use jiff::Timestamp;
use yingda_core::PersonId;
use yingda_process::{Limit, LimitUnit};
use yingda_store::calendars::StoredCalendar;
use yingda_store::{Read, calendars, settings};

use crate::{App, AppError, AppResult};

// What pages and programs show of calendars and write into them.
pub use worktime::{
    Amount, Calendar, CalendarFile, Coverage, Day, Explanation, Festival, HoursFile, ImportedTables, IntervalFile,
    LeftOut, Line, Reason, Shift, StatutoryDay, StatutoryFile, StatutoryKind, StatutoryYear, TableFault, TableFaults,
    TableProblem, TimeError, WeekFile, When,
};

/// The calendar of whatever names none, or one that is not there.
pub const OFFICE: &str = "office";
/// Day and night; cannot be changed.
pub const ALWAYS: &str = "always";

const SETTING: &str = "calendar";
const OFFICE_AS_SHIPPED: &str = r#"{"time_zone":"Asia/Shanghai","statutory":"cn","hours":{
  "mon":[["09:00","12:00"],["13:30","18:00"]],"tue":[["09:00","12:00"],["13:30","18:00"]],
  "wed":[["09:00","12:00"],["13:30","18:00"]],"thu":[["09:00","12:00"],["13:30","18:00"]],
  "fri":[["09:00","12:00"],["13:30","18:00"]]}}"#;
const ALWAYS_AS_SHIPPED: &str = r#"{"time_zone":"Asia/Shanghai","hours":"24x7"}"#;

/// A calendar of the desk.
#[derive(Debug, Clone)]
pub struct DeskCalendar {
    /// The word that processes name it by.
    pub code: String,
    /// The name that people see; empty while it is as shipped.
    pub name: String,
    /// Its hours, read and found good.
    pub calendar: Arc<Calendar>,
    /// Its version; 0 while it is as shipped.
    pub version: i64,
    /// When it was changed last, and by whom; nobody while it is as shipped.
    pub updated: Option<(Timestamp, Option<PersonId>)>,
}

impl DeskCalendar {
    /// It is there in every desk, whatever anybody does.
    #[must_use]
    pub fn is_built_in(&self) -> bool {
        is_built_in(&self.code)
    }
}

pub(crate) fn is_built_in(code: &str) -> bool {
    [OFFICE, ALWAYS].contains(&code)
}

/// All calendars of the desk at one time.
#[derive(Debug, Clone)]
pub struct Calendars {
    stamp: i64,
    by_code: BTreeMap<String, DeskCalendar>,
    office: Arc<Calendar>,
}

impl Calendars {
    /// The calendar of a code; the office's where there is none of that code.
    #[must_use]
    pub fn get(&self, code: &str) -> Arc<Calendar> {
        self.by_code.get(code).map_or_else(|| Arc::clone(&self.office), |row| Arc::clone(&row.calendar))
    }

    /// A calendar of the desk by its code.
    #[must_use]
    pub fn row(&self, code: &str) -> Option<&DeskCalendar> {
        self.by_code.get(code)
    }

    /// All of them: the office's first, then by code.
    pub fn rows(&self) -> impl Iterator<Item = &DeskCalendar> {
        let office = self.by_code.get(OFFICE);
        office.into_iter().chain(self.by_code.values().filter(|row| row.code != OFFICE))
    }

    /// Reads them as they stand; what has not changed since `before` keeps the tables that it has filled.
    pub(crate) async fn load(read: &mut Read, before: Option<&Self>) -> AppResult<Self> {
        let stamp = calendars::stamp(read).await?;
        let mut by_code = BTreeMap::new();
        for stored in calendars::all(read).await? {
            by_code.insert(stored.code.clone(), row(stored, before)?);
        }
        if !by_code.contains_key(OFFICE) {
            let text = settings::get(read, SETTING).await?;
            let text = text.as_deref().unwrap_or(OFFICE_AS_SHIPPED);
            by_code.insert(OFFICE.to_owned(), as_shipped(OFFICE, text)?);
        }
        by_code.insert(ALWAYS.to_owned(), as_shipped(ALWAYS, ALWAYS_AS_SHIPPED)?);
        let office = by_code.get(OFFICE).map(|row| Arc::clone(&row.calendar));
        let office = office.ok_or_else(|| AppError::House("the office has no calendar".to_owned()))?;
        Ok(Self { stamp, by_code, office })
    }
}

fn row(stored: StoredCalendar, before: Option<&Calendars>) -> AppResult<DeskCalendar> {
    let known = before.and_then(|before| before.row(&stored.code)).filter(|known| known.version == stored.version);
    let calendar = match known {
        Some(known) => Arc::clone(&known.calendar),
        None => Arc::new(parse(&stored.code, &stored.body)?),
    };
    let StoredCalendar { code, name, version, updated, updated_by, .. } = stored;
    Ok(DeskCalendar { code, name, calendar, version, updated: Some((updated, updated_by)) })
}

fn as_shipped(code: &str, text: &str) -> AppResult<DeskCalendar> {
    let calendar = Arc::new(parse(code, text)?);
    Ok(DeskCalendar { code: code.to_owned(), name: String::new(), calendar, version: 0, updated: None })
}

fn parse(code: &str, text: &str) -> AppResult<Calendar> {
    let house = |why: String| AppError::House(format!("the calendar {code} cannot be read: {why}"));
    let file: CalendarFile = serde_json::from_str(text).map_err(|error| house(error.to_string()))?;
    Calendar::new(file).map_err(|faults| house(faults.to_string()))
}

/// The snapshot and its replacement.
#[derive(Debug)]
pub(crate) struct Cached(RwLock<Arc<Calendars>>);

impl Cached {
    pub(crate) async fn load(read: &mut Read) -> AppResult<Self> {
        Ok(Self(RwLock::new(Arc::new(Calendars::load(read, None).await?))))
    }

    pub(crate) fn get(&self) -> Arc<Calendars> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads afresh where anything changed since. Of two that do so at once, the later snapshot stays.
    async fn refresh(&self, read: &mut Read) -> AppResult<()> {
        let before = self.get();
        if calendars::stamp(read).await? == before.stamp {
            return Ok(());
        }
        let fresh = Calendars::load(read, Some(&before)).await?;
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if fresh.stamp > kept.stamp {
            *kept = Arc::new(fresh);
        }
        Ok(())
    }
}

fn amount(limit: Limit) -> Amount {
    let n = limit.amount;
    match limit.unit {
        LimitUnit::WorkingMinutes => Amount::WorkingSeconds(u64::from(n) * 60),
        LimitUnit::WorkingHours => Amount::working_hours(n),
        LimitUnit::WorkingDays => Amount::WorkingDays(n),
        LimitUnit::Minutes => Amount::CalendarSeconds(u64::from(n) * 60),
        LimitUnit::Hours => Amount::calendar_hours(n),
        LimitUnit::Days => Amount::CalendarDays(n),
        LimitUnit::Weeks => Amount::CalendarDays(n.saturating_mul(7)),
        LimitUnit::Months => Amount::CalendarMonths(n),
    }
}

impl App {
    /// The calendar of a code; the office's where there is none of that code.
    #[must_use]
    pub fn calendar(&self, code: &str) -> Arc<Calendar> {
        self.inner.calendars.get().get(code)
    }

    /// Code and name of every calendar, the office's first; the name is empty for one that is as shipped.
    #[must_use]
    pub fn calendar_names(&self) -> Vec<(String, String)> {
        self.inner.calendars.get().rows().map(|row| (row.code.clone(), row.name.clone())).collect()
    }

    /// All calendars as this process knows them.
    pub(crate) fn known_calendars(&self) -> Arc<Calendars> {
        self.inner.calendars.get()
    }

    /// Notices what another process changed; one small query where nothing did. Whoever computes many due times asks first.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn refresh_calendars(&self) -> AppResult<()> {
        let mut read = self.store().read().await?;
        self.inner.calendars.refresh(&mut read).await
    }

    /// When a limit that starts at `start` is used up by the office's hours; `None` where the calendar cannot say (after the
    /// year 2299).
    pub(crate) fn due(&self, start: Timestamp, limit: Limit) -> Option<Timestamp> {
        match self.calendar(OFFICE).due(start, amount(limit), &[]) {
            Ok(due) => due.at(),
            Err(error) => {
                tracing::warn!(%error, ?limit, "a limit has no due time");
                None
            }
        }
    }

    /// The office's working seconds between two instants.
    pub(crate) fn worked(&self, from: Timestamp, to: Timestamp) -> Option<i64> {
        self.calendar(OFFICE).elapsed(from, to, &[]).ok().map(|elapsed| elapsed.seconds)
    }
}
