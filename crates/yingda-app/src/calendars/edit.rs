//! Changing calendars: looked at first, then kept with a reason.
//!
//! The one thing to know: [`App::propose_calendar`] and [`App::change_calendar`] take the same change and come to the same
//! calendar, so what was shown is what is kept; between the two, the version that was seen must still hold. Sending the same
//! change twice keeps it once.

use std::sync::Arc;

use jiff::civil::Date;
use worktime::{Calendar, CalendarFile};
use yingda_core::refusal::FieldRefusal;
use yingda_core::{Action, Actor, Context, Refusal, Subject, can};
use yingda_store::calendars::{self, CalendarVersion, StoredCalendar};
use yingda_store::{Read, StoreError, Tx};

use super::change::{CalendarChange, CalendarText, ChangedDay, DayChange, YEARS, changed_days};
use super::{ALWAYS, Calendars, DeskCalendar, is_built_in};
use crate::assignment::{limited, required};
use crate::clocks::recompute::{self, Proposal};
use crate::{App, AppError, AppResult};

pub use crate::clocks::recompute::{Moved, Moves};

/// The longest code of a calendar, in characters.
const LONGEST_CODE: usize = 40;

/// What a change would do.
#[derive(Debug, Clone)]
pub struct CalendarProposal {
    /// The calendar as it is.
    pub before: DeskCalendar,
    /// As it would be.
    pub after: CalendarText,
    /// The dates whose hours would change, from the beginning of this year to the end of the next but one.
    pub days: Vec<ChangedDay>,
    /// The limits that would move; nothing where nobody has counted them.
    pub moves: Option<Moves>,
}

impl App {
    /// What a change would do, without doing it.
    ///
    /// # Errors
    /// [`Refusal::Fields`] with everything that is wrong, [`Refusal::Taken`], [`Refusal::NotAllowed`], [`Refusal::NotFound`].
    pub async fn propose_calendar(
        &self,
        ctx: &Context,
        actor: &Actor,
        code: &str,
        change: CalendarChange,
    ) -> AppResult<CalendarProposal> {
        can(actor, Action::EditCalendars, Subject::Desk)?;
        let mut read = self.store().read().await?;
        self.inner.calendars.refresh(&mut read).await?;
        let known = self.known_calendars();
        let before = changeable(&known, code)?.clone();
        let dates = change.dates();
        let after = change.apply(&before)?;
        let (name, calendar) = name_checked(&before, &after)?;
        free_name(&known, code, &name)?;
        let days = changed_in_sight(&before.calendar, &calendar, ctx, dates);
        drop(read);
        let proposal = Proposal::Calendar(code.to_owned(), Arc::new(calendar));
        let moves = Some(self.preview_recompute(ctx, &proposal).await?.seen_by(actor));
        Ok(CalendarProposal { before, after, days, moves })
    }

    /// Changes a calendar. The version before is kept with who, when and why.
    ///
    /// # Errors
    /// As [`App::propose_calendar`]; [`Refusal::Stale`] where it is no longer the version that was seen.
    pub async fn change_calendar(
        &self,
        ctx: &Context,
        actor: &Actor,
        code: &str,
        change: CalendarChange,
        seen: i64,
        reason: &str,
    ) -> AppResult<i64> {
        can(actor, Action::EditCalendars, Subject::Desk)?;
        let reason = required("reason", reason)?;
        let (ctx, actor, code) = (ctx.clone(), actor.clone(), code.to_owned());
        let version = self
            .store()
            .write(move |tx| {
                Box::pin(async move {
                    let known = Calendars::load(tx, None).await?;
                    let before = changeable(&known, &code)?;
                    let after = change.apply(before)?;
                    let (name, calendar) = name_checked(before, &after)?;
                    free_name(&known, &code, &name)?;
                    if *calendar.file() == *before.calendar.file() && name == before.name {
                        return Ok(before.version);
                    }
                    if before.version != seen {
                        return Err(Refusal::Stale { current: before.version }.into());
                    }
                    let version = keep(tx, &ctx, &actor, before, name, calendar.file(), &reason).await?;
                    // Open limits are computed afresh from here, as a job of the same transaction.
                    recompute::schedule(tx, &ctx).await?;
                    Ok::<_, AppError>(version)
                })
            })
            .await?;
        self.refresh_calendars().await?;
        Ok(version)
    }

    /// Changes all of a calendar.
    ///
    /// # Errors
    /// As [`App::change_calendar`].
    pub async fn save_calendar(
        &self,
        ctx: &Context,
        actor: &Actor,
        code: &str,
        text: CalendarText,
        seen: i64,
        reason: &str,
    ) -> AppResult<i64> {
        self.change_calendar(ctx, actor, code, CalendarChange::Whole(text), seen, reason).await
    }

    /// Changes one date of a calendar, as it stands now.
    ///
    /// # Errors
    /// As [`App::change_calendar`], but never stale: a date is set whatever else has changed.
    pub async fn set_day(
        &self,
        ctx: &Context,
        actor: &Actor,
        code: &str,
        date: Date,
        change: DayChange,
        reason: &str,
    ) -> AppResult<i64> {
        self.refresh_calendars().await?;
        let seen = self.known_calendars().row(code).ok_or(Refusal::NotFound)?.version;
        let change = CalendarChange::Days { from: date, to: date, change };
        self.change_calendar(ctx, actor, code, change, seen, reason).await
    }

    /// Adds a calendar under a code that processes can name.
    ///
    /// # Errors
    /// [`Refusal::Fields`], [`Refusal::Taken`], [`Refusal::NotAllowed`].
    pub async fn add_calendar(
        &self,
        ctx: &Context,
        actor: &Actor,
        code: &str,
        text: CalendarText,
        reason: &str,
    ) -> AppResult<()> {
        can(actor, Action::EditCalendars, Subject::Desk)?;
        let (code, (name, calendar)) = both(checked_code(code), text.checked())?;
        let reason = limited("reason", reason)?;
        let (ctx, actor) = (ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let known = Calendars::load(tx, None).await?;
                    if let Some(there) = known.row(&code) {
                        // The same request once more.
                        let same = *there.calendar.file() == *calendar.file() && there.name == name;
                        let mine = matches!(there.updated, Some((_, by)) if by == Some(actor.person));
                        return if same && mine { Ok(()) } else { Err(taken("calendar-code")) };
                    }
                    free_name(&known, &code, &name)?;
                    let last = calendars::last_version(tx, &code).await?;
                    let stored = stored(&ctx, &actor, code, name, calendar.file(), last + 1)?;
                    calendars::insert(tx, &stored).await.map_err(raced)?;
                    let version = CalendarVersion { calendar: stored, reason, removed: false };
                    calendars::record(tx, &version).await?;
                    // What named this code went by the office's hours so far.
                    recompute::schedule(tx, &ctx).await?;
                    Ok::<_, AppError>(())
                })
            })
            .await?;
        self.refresh_calendars().await
    }

    /// Takes a calendar away that nothing goes by. What it was is kept.
    ///
    /// # Errors
    /// [`Refusal::Fields`] naming what goes by it, [`Refusal::Stale`], [`Refusal::NotAllowed`], [`Refusal::NotFound`].
    pub async fn remove_calendar(
        &self,
        ctx: &Context,
        actor: &Actor,
        code: &str,
        seen: i64,
        reason: &str,
    ) -> AppResult<()> {
        can(actor, Action::EditCalendars, Subject::Desk)?;
        let reason = required("reason", reason)?;
        let named = self.processes_by_calendar(code);
        let (ctx, actor, code) = (ctx.clone(), actor.clone(), code.to_owned());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let known = Calendars::load(tx, None).await?;
                    let row = changeable(&known, &code)?;
                    if is_built_in(&code) {
                        return Err(Refusal::NotAllowed.into());
                    }
                    if row.version != seen {
                        return Err(Refusal::Stale { current: row.version }.into());
                    }
                    if let Some(fault) = in_use(tx, &code, &named).await? {
                        return Err(Refusal::Fields(vec![fault]).into());
                    }
                    calendars::remove(tx, &code, row.version).await?;
                    let (name, file) = (row.name.clone(), row.calendar.file());
                    let calendar = stored(&ctx, &actor, code.clone(), name, file, row.version + 1)?;
                    Ok::<_, AppError>(
                        calendars::record(tx, &CalendarVersion { calendar, reason, removed: true }).await?,
                    )
                })
            })
            .await?;
        self.refresh_calendars().await
    }

    /// Names of the processes, as new tickets start under them, that have a limit by this calendar.
    #[must_use]
    pub fn processes_by_calendar(&self, code: &str) -> Vec<String> {
        let all = self.processes().all_current();
        let policies = self.policies();
        let by = all.iter().filter(|process| {
            let definition = &process.definition;
            definition.clocks.iter().any(|clock| policies.calendar(&definition.id, clock) == code)
        });
        by.map(|process| process.definition.name.clone()).collect()
    }
}

/// What still goes by a calendar: processes, and limits that run.
async fn in_use(read: &mut Read, code: &str, processes: &[String]) -> AppResult<Option<FieldRefusal>> {
    if !processes.is_empty() {
        let names = processes.join("、");
        return Ok(Some(FieldRefusal::new("calendar", "calendar-in-process").with("names", names)));
    }
    let running = calendars::has_running_clock(read, code).await?;
    Ok(running.then(|| FieldRefusal::new("calendar", "calendar-in-clock")))
}

/// A calendar that can be changed by its code.
fn changeable<'a>(known: &'a Calendars, code: &str) -> Result<&'a DeskCalendar, Refusal> {
    let row = known.row(code).ok_or(Refusal::NotFound)?;
    if code == ALWAYS { Err(Refusal::NotAllowed) } else { Ok(row) }
}

/// As [`CalendarText::checked`]; a calendar as shipped may stay without a name of its own.
fn name_checked(before: &DeskCalendar, after: &CalendarText) -> Result<(String, Calendar), Refusal> {
    if before.name.is_empty() && after.name.trim().is_empty() {
        let stand_in = CalendarText { name: before.code.clone(), file: after.file.clone() };
        return stand_in.checked().map(|(_, calendar)| (String::new(), calendar));
    }
    after.checked()
}

fn free_name(known: &Calendars, code: &str, name: &str) -> Result<(), Refusal> {
    let other = known.rows().find(|row| row.code != code && !name.is_empty() && row.name == name);
    other.map_or(Ok(()), |_| Err(Refusal::Taken { field: "name".to_owned() }))
}

fn taken(field: &str) -> AppError {
    Refusal::Taken { field: field.to_owned() }.into()
}

/// Two that add or change at once, on two nodes: the second has not seen the first.
fn raced(error: StoreError) -> AppError {
    match error {
        StoreError::Conflict(_) => Refusal::Stale { current: 0 }.into(),
        other => other.into(),
    }
}

fn both<A, B>(a: Result<A, Refusal>, b: Result<B, Refusal>) -> Result<(A, B), Refusal> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (Err(Refusal::Fields(mut first)), Err(Refusal::Fields(second))) => {
            first.extend(second);
            Err(Refusal::Fields(first))
        }
        (Err(refusal), _) | (_, Err(refusal)) => Err(refusal),
    }
}

/// A calendar's code: small letters, digits and `-`, as process files write it.
fn checked_code(code: &str) -> Result<String, Refusal> {
    let code = code.trim();
    if code.is_empty() {
        return Err(Refusal::field("code", "missing"));
    }
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    if code.len() > LONGEST_CODE || !code.chars().all(plain) {
        return Err(Refusal::field("code", "bad-code-word"));
    }
    // Where `/calendars/new` is the page that adds one.
    if code == "new" { Err(Refusal::field("code", "bad-code-word")) } else { Ok(code.to_owned()) }
}

fn stored(
    ctx: &Context,
    actor: &Actor,
    code: String,
    name: String,
    file: &CalendarFile,
    version: i64,
) -> AppResult<StoredCalendar> {
    let body =
        serde_json::to_string(file).map_err(|e| AppError::House(format!("a calendar cannot be written: {e}")))?;
    Ok(StoredCalendar { code, name, body, version, updated: ctx.now, updated_by: Some(actor.person) })
}

/// Writes the next version. Of a calendar as shipped, what was shipped is kept as version 0 first.
async fn keep(
    tx: &mut Tx,
    ctx: &Context,
    actor: &Actor,
    before: &DeskCalendar,
    name: String,
    file: &CalendarFile,
    reason: &str,
) -> AppResult<i64> {
    let next = stored(ctx, actor, before.code.clone(), name, file, before.version + 1)?;
    if before.version == 0 {
        let mut shipped = stored(ctx, actor, before.code.clone(), String::new(), before.calendar.file(), 0)?;
        shipped.updated_by = None;
        let shipped = CalendarVersion { calendar: shipped, reason: String::new(), removed: false };
        calendars::record(tx, &shipped).await.map_err(raced)?;
        calendars::insert(tx, &next).await.map_err(raced)?;
    } else {
        calendars::update(tx, &next).await.map_err(raced)?;
    }
    let version = next.version;
    let kept = CalendarVersion { calendar: next, reason: reason.to_owned(), removed: false };
    calendars::record(tx, &kept).await.map_err(raced)?;
    Ok(version)
}

/// What differs from the beginning of this year to the end of the next but one, and on the dates that the change names.
fn changed_in_sight(
    before: &Calendar,
    after: &Calendar,
    ctx: &Context,
    dates: Option<(Date, Date)>,
) -> Vec<ChangedDay> {
    let year = ctx.now.to_zoned(after.time_zone().clone()).year().clamp(*YEARS.start(), *YEARS.end() - 2);
    let (mut first, mut last) = (jiff::civil::date(year, 1, 1), jiff::civil::date(year + 2, 12, 31));
    if let Some((from, to)) = dates {
        first = first.min(from);
        last = last.max(to);
    }
    changed_days(before, after, first, last)
}
