//! The desk's working calendar, and limits turned into due times by it.
//!
//! Until a company sets its own, the calendar is ours: Monday to Friday 09:00–12:00 and 13:30–18:00 in Shanghai, with the
//! statutory holidays and make-up workdays (J02: the documents speak of working hours and define none).

use std::sync::{Arc, PoisonError, RwLock};

use jiff::Timestamp;
use worktime::{Amount, Calendar, CalendarFile};
use yingda_process::{Limit, LimitUnit};
use yingda_store::{Read, settings};

use crate::{App, AppError, AppResult};

const SETTING: &str = "calendar";
const DEFAULT: &str = r#"{"time_zone":"Asia/Shanghai","statutory":"cn","hours":{
  "mon":[["09:00","12:00"],["13:30","18:00"]],"tue":[["09:00","12:00"],["13:30","18:00"]],
  "wed":[["09:00","12:00"],["13:30","18:00"]],"thu":[["09:00","12:00"],["13:30","18:00"]],
  "fri":[["09:00","12:00"],["13:30","18:00"]]}}"#;

#[derive(Debug)]
pub(crate) struct Cached(RwLock<Arc<Calendar>>);

impl Cached {
    pub(crate) async fn load(read: &mut Read) -> AppResult<Self> {
        let text = settings::get(read, SETTING).await?.unwrap_or_else(|| DEFAULT.to_owned());
        Ok(Self(RwLock::new(Arc::new(parse(&text)?))))
    }

    pub(crate) fn get(&self) -> Arc<Calendar> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}

fn parse(text: &str) -> AppResult<Calendar> {
    let file: CalendarFile =
        serde_json::from_str(text).map_err(|e| AppError::House(format!("the calendar cannot be read: {e}")))?;
    Calendar::new(file).map_err(|faults| AppError::House(format!("the calendar cannot be read: {faults}")))
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
    }
}

impl App {
    /// When a limit that starts at `start` is used up; `None` where the calendar cannot say (after the year 2299).
    pub(crate) fn due(&self, start: Timestamp, limit: Limit) -> Option<Timestamp> {
        match self.inner.calendar.get().due(start, amount(limit), &[]) {
            Ok(due) => due.at(),
            Err(error) => {
                tracing::warn!(%error, ?limit, "a limit has no due time");
                None
            }
        }
    }

    /// The working seconds between two instants.
    pub(crate) fn worked(&self, from: Timestamp, to: Timestamp) -> Option<i64> {
        self.inner.calendar.get().elapsed(from, to, &[]).ok().map(|elapsed| elapsed.seconds)
    }
}
