//! 值班: one file per kind of page. Here is what they share: which department is looked at, how shifts get their signs, and how
//! days, hours and findings are said.
//!
//! The one thing to know: a department is chosen by `?department=`; without it the reader's own is shown. Whoever may not see
//! its roster is told that there is none.

mod board;
mod handovers;
mod leaves;
pub mod lines;
mod publish;
mod roster;
mod roster_view;
mod setup;
mod shifts;
mod swaps;
mod turns;

use std::collections::BTreeMap;

use axum::Router;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use yingda_app::duty::pages::DayMark;
use yingda_core::duty::check::{Finding, Severity, What};
use yingda_core::duty::{Shift, Span, Turn};
use yingda_core::{Action, DepartmentId, Refusal, ShiftId, Subject, can};

use crate::front::{Visit, WebState};
use crate::i18n::Tr;
use crate::kit::Choice;
use crate::pages::show::{Measured, Show, span_words};
use crate::views::duty::{DutyHead, FindingLine, Sign, Tab};

/// Which department is asked for.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    department: String,
}

/// The pages of a department, in the order of their tabs: address and key of the name.
const PAGES: [(&str, &str); 6] = [
    ("/duty", "duty-today-tab"),
    ("/duty/roster", "duty-roster"),
    ("/duty/handovers", "duty-handovers"),
    ("/duty/swaps", "duty-swaps"),
    ("/duty/leaves", "duty-leaves"),
    ("/duty/setup", "duty-setup"),
];

/// The department that is asked for by its id, or the actor's own.
fn department(visit: &Visit, asked: &str) -> Result<DepartmentId, Refusal> {
    let id = match asked.trim() {
        "" => visit.actor().department,
        word => word.parse().map_err(|_| Refusal::NotFound)?,
    };
    if !visit.app.directory().departments.contains_key(&id) {
        return Err(Refusal::NotFound);
    }
    can(visit.actor(), Action::SeeRoster, Subject::Duty(id))?;
    Ok(id)
}

/// Whether the actor makes a department's roster.
fn manages(visit: &Visit, department: DepartmentId) -> bool {
    can(visit.actor(), Action::ManageRoster, Subject::Duty(department)).is_ok()
}

/// What stands above a page of a department.
fn head(visit: &Visit, id: DepartmentId, path: &'static str) -> DutyHead {
    let t = visit.t();
    let directory = visit.app.directory();
    let action = if path == "/duty/handovers" { Action::SeeHandovers } else { Action::SeeRoster };
    let seen =
        directory.departments.values().filter(|d| d.active && can(visit.actor(), action, Subject::Duty(d.id)).is_ok());
    let departments = seen.map(|d| Choice::new(d.id.to_string(), &d.name)).collect();
    let own = id == visit.actor().department;
    let shown = |page: &str| match page {
        "/duty/handovers" => can(visit.actor(), Action::SeeHandovers, Subject::Duty(id)).is_ok(),
        "/duty/swaps" | "/duty/leaves" => own || manages(visit, id),
        _ => true,
    };
    let tab = |(page, key): (&'static str, &str)| Tab {
        label: t.say(key),
        href: if own { page.to_owned() } else { format!("{page}?department={id}") },
        current: page == path,
    };
    DutyHead {
        id: id.to_string(),
        name: directory.department_name(id),
        departments,
        path,
        tabs: PAGES.into_iter().filter(|(page, _)| shown(page)).map(tab).collect(),
    }
}

/// The signs of a department's shifts. A name's first character, where no other name begins with it; else the key.
#[derive(Debug, Clone, Default)]
struct Signs {
    shifts: BTreeMap<ShiftId, Shift>,
    signs: BTreeMap<ShiftId, Sign>,
    keys: BTreeMap<ShiftId, String>,
}

impl Signs {
    fn of(shifts: &[Shift]) -> Self {
        let first = |shift: &Shift| shift.name.chars().next().unwrap_or('?').to_uppercase().to_string();
        let mut all = Self::default();
        let mut taken: Vec<char> = Vec::new();
        for (at, shift) in shifts.iter().enumerate() {
            let letters = shift.code.chars().filter(char::is_ascii_lowercase);
            let key = letters.chain('a'..='z').chain('1'..='9').find(|c| !taken.contains(c)).unwrap_or('?');
            taken.push(key);
            let alone = shifts.iter().filter(|other| first(other) == first(shift)).count() == 1;
            let letter = if alone { first(shift) } else { key.to_uppercase().to_string() };
            all.signs.insert(shift.id, Sign { letter, tone: at % 6, name: shift.name.clone() });
            all.keys.insert(shift.id, key.to_string());
            all.shifts.insert(shift.id, shift.clone());
        }
        all
    }

    fn sign(&self, id: ShiftId) -> Sign {
        self.signs.get(&id).cloned().unwrap_or_else(|| Sign { letter: "?".to_owned(), tone: 5, name: id.to_string() })
    }

    fn key(&self, id: ShiftId) -> &str {
        self.keys.get(&id).map_or("", String::as_str)
    }

    fn name(&self, id: ShiftId) -> String {
        self.shifts.get(&id).map_or_else(|| id.to_string(), |shift| shift.name.clone())
    }
}

/// 12月3日
fn date_words(t: Tr, date: Date) -> String {
    t.with(
        "duty-date",
        &[
            ("month", date.month().to_string()),
            ("mon", t.say(&format!("month-{}", date.month()))),
            ("day", date.day().to_string()),
        ],
    )
}

/// 周三
fn weekday_words(t: Tr, date: Date) -> String {
    t.say(&format!("duty-weekday-{}", date.weekday().to_monday_one_offset()))
}

/// 12月3日 周三
fn day_words(t: Tr, date: Date) -> String {
    t.with("duty-day", &[("date", date_words(t, date)), ("weekday", weekday_words(t, date))])
}

/// 08:00–22:00, or 22:00–次日 08:00.
fn hours_words(t: Tr, from: jiff::civil::Time, to: jiff::civil::Time) -> String {
    let clock = |time: jiff::civil::Time| time.strftime("%H:%M").to_string();
    let midnight = to == jiff::civil::Time::midnight() && from != to;
    if from == to && from == jiff::civil::Time::midnight() {
        return t.say("duty-all-day");
    }
    let key = if to <= from && !midnight { "duty-hours-next" } else { "duty-hours" };
    let end = if midnight { "24:00".to_owned() } else { clock(to) };
    t.with(key, &[("from", clock(from)), ("to", end)])
}

/// The hours of a span that begins on a day.
fn span_hours(t: Tr, span: Span, zone: &TimeZone) -> String {
    let at = |instant: jiff::Timestamp| instant.to_zoned(zone.clone()).time();
    hours_words(t, at(span.from), at(span.to))
}

/// 12月3日 周三 白班 08:00–22:00
fn turn_words(t: Tr, turn: &Turn, signs: &Signs, zone: &TimeZone) -> String {
    t.with(
        "duty-turn",
        &[
            ("day", day_words(t, turn.day)),
            ("shift", signs.name(turn.shift)),
            ("hours", span_hours(t, turn.span, zone)),
        ],
    )
}

/// Class suffix and sign of a date on a roster.
fn mark(visit: &Visit, date: Date) -> (&'static str, String) {
    match visit.app.day_mark(date) {
        DayMark::Working => ("", String::new()),
        DayMark::Weekend => ("off", String::new()),
        DayMark::Holiday => ("holiday", visit.t().say("duty-mark-holiday")),
        DayMark::MakeUp => ("makeup", visit.t().say("duty-mark-makeup")),
    }
}

/// A finding without its day, for the head of the day's column.
fn finding_words(t: Tr, show: &Show, signs: &Signs, zone: &TimeZone, finding: &Finding) -> String {
    let shift = finding.shift.map(|id| signs.name(id)).unwrap_or_default();
    let person = finding.person.map(|id| show.directory().person_name(id)).unwrap_or_default();
    let skill = finding.shift.and_then(|id| signs.shifts.get(&id)).map(|s| s.skill.clone()).unwrap_or_default();
    let mut words = vec![("shift", shift), ("person", person), ("skill", skill)];
    match finding.what {
        What::Overlap { with } => words.push(("with", signs.name(with))),
        What::TooFew { have, need } => words.extend([("have", have.to_string()), ("need", need.to_string())]),
        What::ShortRest { minutes } => words.push(("rest", span_words(t, minutes * 60, Measured::Working))),
        What::Gap { span } => words.push(("hours", span_hours(t, span, zone))),
        What::Untrained | What::OnLeave | What::Gone | What::NotHeld => {}
    }
    let key = match finding.what {
        What::ShortRest { minutes: 0 } => "no-rest".to_owned(),
        what => what.as_str().replace('_', "-"),
    };
    t.with(&format!("duty-find-{key}"), &words)
}

/// A finding as a line: its day, and what is wrong.
fn finding_line(t: Tr, zone: &TimeZone, what: String, finding: &Finding, href: String) -> FindingLine {
    let day = match finding.what {
        // A gap after midnight belongs to the day on which it is.
        What::Gap { span } => span.from.to_zoned(zone.clone()).date(),
        _ => finding.day,
    };
    FindingLine {
        text: t.with("duty-find", &[("day", day_words(t, day)), ("what", what)]),
        tone: if finding.what.severity() == Severity::Notice { "warn" } else { "bad" },
        href,
    }
}

/// `2026-12` of a date.
fn month_value(date: Date) -> String {
    date.strftime("%Y-%m").to_string()
}

/// The first day of a month as it is sent, `2026-12`; `None` where it is no month.
fn month_of(text: &str) -> Option<Date> {
    format!("{}-01", text.trim()).parse().ok()
}

/// All routes of duty.
pub fn routes() -> Router<WebState> {
    Router::new()
        .merge(board::routes())
        .merge(roster::routes())
        .merge(publish::routes())
        .merge(turns::routes())
        .merge(setup::routes())
        .merge(shifts::routes())
        .merge(leaves::routes())
        .merge(swaps::routes())
        .merge(handovers::routes())
}
