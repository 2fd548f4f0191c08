//! The year page: filled from what the app says, from what was asked, and from what was typed and comes back.

use axum::http::StatusCode;
use jiff::civil::{Date, DateTime};
use serde::Deserialize;
use yingda_app::AppError;
use yingda_app::calendars::Amount;
use yingda_app::calendars::year::{CalendarVersion, CalendarYear, Reckoned};
use yingda_core::Refusal;
use yingda_core::refusal::FieldRefusal;

use super::day::{DayText, look, typed, usual, why};
use super::rules::{RulesText, tell};
use super::words::{WEEK, date, name_of, shifts, week, weekday};
use super::year::{around, exceptions, festivals, months, warnings, years};
use crate::front::{Fault, Visit};
use crate::i18n::{Locale, Tr};
use crate::kit::{Choice, FieldForm, FieldKind, FieldView, Moment, Stale};
use crate::views::calendars::{
    CalendarPage, DayLook, DayPanel, Reckoner, RemovalPanel, RulesPanel, TablePanel, VersionLine,
};

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The year.
    pub year: String,
    /// A date of it.
    pub day: String,
    /// For the due calculator: from when.
    pub from: String,
    /// How much.
    pub amount: String,
    /// Of what.
    pub unit: String,
}

/// What was typed and comes back.
#[derive(Debug, Default)]
pub struct Typed {
    /// The rules, the version they were typed upon, and what is wrong.
    pub rules: Option<(RulesText, i64, Option<Refusal>)>,
    /// What stands there now beside the rules that were typed.
    pub stale: Option<Stale>,
    /// A date.
    pub day: Option<(DayText, Option<Refusal>)>,
    /// The reason for a table, the faults of its file, and what else is wrong.
    pub table: Option<(String, Vec<String>, Option<Refusal>)>,
    /// The reason for removing it, and what is wrong.
    pub removal: Option<(String, Refusal)>,
}

/// Units of the due calculator.
const UNITS: [&str; 5] = ["working-hours", "working-minutes", "working-days", "hours", "days"];

/// The page, and the status of what was asked.
pub async fn page(
    visit: &Visit,
    code: &str,
    asked: &Asked,
    came_back: Typed,
) -> Result<(StatusCode, CalendarPage), Fault> {
    let t = visit.t();
    let chosen = date_asked(&asked.day)?;
    let year = match asked.year.trim() {
        "" => chosen.map(Date::year),
        text => Some(text.parse::<i16>().map_err(|_| Refusal::NotFound)?),
    };
    let shown = visit.app.calendar_view(&visit.ctx, visit.actor(), code, year).await?;
    let row = &shown.calendar;
    let (prev, next) = around(code, shown.year);
    let chosen = chosen.filter(|date| date.year() == shown.year);
    let (status, reckoner) = reckoner(visit, &shown, asked)?;
    let now = RulesText::of(t, row);
    let Typed { rules, stale, day, table, removal } = came_back;
    let edit = || {
        let open = rules.is_some();
        let (text, version, refusal) = rules.clone().unwrap_or((now.clone(), row.version, None));
        RulesPanel {
            form: text.form(t, false, refusal.as_ref()),
            version: version.to_string(),
            open,
            stale: stale.clone(),
        }
    };
    let page = CalendarPage {
        shell: visit.shell().await?,
        code: code.to_owned(),
        name: name_of(t, row),
        sub: std::iter::once(row.calendar.file().time_zone.clone()).chain(week(t, row.calendar.file())).collect(),
        year: shown.year.to_string(),
        prev,
        next,
        current: (shown.year != shown.today.year()).then(|| format!("/calendars/{code}")),
        warnings: warnings(t, &shown),
        weekdays: WEEK
            .map(|day| (t.say(&format!("calendar-weekday-{}", day.to_monday_one_offset())), weekday(t, day)))
            .to_vec(),
        months: months(t, code, &shown.days, shown.today, chosen),
        legend: DayLook::ALL.map(|look| (look, t.say(&format!("calendar-look-{}", look.name())))).to_vec(),
        day: chosen.and_then(|chosen| day_panel(t, &shown, chosen, day.clone())),
        festivals: festivals(t, &shown.days),
        exceptions: exceptions(t, code, &shown.days),
        rules: rules_in_words(t, &shown),
        edit: shown.editable.then(edit),
        table: shown.editable.then(|| table_panel(t, table.clone())),
        exports: exports(t, &shown),
        reckoner,
        versions: shown.versions.iter().map(|version| version_line(visit, t, version)).collect(),
        removal: (shown.editable && !row.is_built_in()).then(|| removal_panel(t, row.version, removal.clone())),
    };
    Ok((status, page))
}

fn date_asked(text: &str) -> Result<Option<Date>, Refusal> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| Refusal::NotFound),
    }
}

fn day_panel(
    t: Tr,
    shown: &CalendarYear,
    chosen: Date,
    came_back: Option<(DayText, Option<Refusal>)>,
) -> Option<DayPanel> {
    let day = shown.days.iter().find(|day| day.date == chosen)?;
    let look = look(day, usual(shown.days.iter()));
    let form = || {
        let (text, refusal) = came_back.unwrap_or_else(|| {
            let hours = typed(&day.shifts);
            (DayText { date: chosen.to_string(), hours, ..DayText::default() }, None)
        });
        text.form(t, refusal.as_ref())
    };
    Some(DayPanel {
        title: date(t, chosen, "calendar-day-full"),
        look,
        what: t.say(&format!("calendar-look-{}", look.name())),
        why: why(t, &day.reason),
        hours: shifts(t, &day.shifts),
        date: chosen.to_string(),
        form: shown.editable.then(form),
        close: format!("/calendars/{}?year={}", shown.calendar.code, shown.year),
    })
}

fn rules_in_words(t: Tr, shown: &CalendarYear) -> Vec<(String, String)> {
    let file = shown.calendar.calendar.file();
    let comma = t.say("list-comma");
    let makeup = file.workday_hours.as_deref().map(super::words::write_hours);
    let mut all = vec![
        (t.say("calendar-zone"), file.time_zone.clone()),
        (t.say("calendar-hours"), week(t, file).join(&comma)),
        (t.say("calendar-makeup-hours"), makeup.unwrap_or_else(|| t.say("calendar-makeup-monday"))),
        (t.say("calendar-years"), years(t, &shown.tables)),
    ];
    if !shown.processes.is_empty() {
        all.push((t.say("calendar-processes"), shown.processes.join(&comma)));
    }
    all
}

/// The form for statutory tables.
pub fn table_panel(t: Tr, came_back: Option<(String, Vec<String>, Option<Refusal>)>) -> TablePanel {
    let (reason, faults, refusal) = came_back.unwrap_or_default();
    let mut file =
        FieldView::new(FieldKind::Attachment, "file", t.say("calendar-table-file")).within("table").required();
    file.accept = Some(".json,.ics,application/json,text/calendar".to_owned());
    let why = FieldView::new(FieldKind::Text, "reason", t.say("calendar-reason")).within("table").value(reason);
    let mut form = FieldForm::new([file, why]);
    tell(t, &mut form, refusal.as_ref());
    TablePanel { form, faults }
}

fn removal_panel(t: Tr, version: i64, came_back: Option<(String, Refusal)>) -> RemovalPanel {
    let open = came_back.is_some();
    let (reason, refusal) = came_back.map_or((String::new(), None), |(reason, refusal)| (reason, Some(refusal)));
    let why = FieldView::new(FieldKind::Text, "reason", t.say("calendar-reason")).within("removal").required();
    let mut form = FieldForm::new([why.value(reason)]);
    tell(t, &mut form, refusal.as_ref());
    RemovalPanel { form, version: version.to_string(), open }
}

fn exports(t: Tr, shown: &CalendarYear) -> Vec<(String, String)> {
    let code = &shown.calendar.code;
    let mut all = vec![(t.say("calendar-export"), format!("/calendars/{code}/file"))];
    if shown.tables.followed && !shown.without_table {
        let name = t.with("calendar-export-table", &[("year", shown.year.to_string())]);
        for kind in ["json", "ics"] {
            let href = format!("/calendars/{code}/tables/{}.{kind}", shown.year);
            all.push((format!("{name} {}", kind.to_uppercase()), href));
        }
    }
    all
}

fn version_line(visit: &Visit, t: Tr, version: &CalendarVersion) -> VersionLine {
    let calendar = &version.calendar;
    let who = calendar.updated_by.map(|id| visit.app.directory().person_name(id));
    let reason = match version.removed {
        _ if calendar.version == 0 => t.say("calendar-version-shipped"),
        true => format!("{} {}", t.say("calendar-version-removed"), version.reason),
        false => version.reason.clone(),
    };
    VersionLine {
        version: calendar.version.to_string(),
        when: (calendar.version > 0).then(|| Moment::at(calendar.updated, visit.now(), &visit.zone(), t)),
        who: who.unwrap_or_default(),
        reason,
    }
}

fn reckoner(visit: &Visit, shown: &CalendarYear, asked: &Asked) -> Result<(StatusCode, Reckoner), Fault> {
    let t = visit.t();
    let mut wrong = None;
    let mut outcome = None;
    if [&asked.from, &asked.amount].iter().any(|text| !text.trim().is_empty()) {
        match reckon(visit, shown, asked) {
            Ok(found) => outcome = Some(found),
            Err(AppError::Refused(refusal @ Refusal::Fields(_))) => wrong = Some(refusal),
            Err(other) => return Err(other.into()),
        }
    }
    let zone = shown.calendar.calendar.time_zone();
    let here = visit.now().to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M").to_string();
    let or = |text: &str, default: &str| if text.is_empty() { default.to_owned() } else { text.to_owned() };
    let field = |kind, name: &str| FieldView::new(kind, name, t.say(&format!("calendar-reckon-{name}"))).within("due");
    let units = UNITS.map(|unit| Choice::new(unit, t.say(&format!("calendar-unit-{unit}"))));
    let mut form = FieldForm::new([
        field(FieldKind::Datetime, "from").required().value(or(&asked.from, &here)),
        field(FieldKind::Integer, "amount").required().value(or(&asked.amount, "8")),
        field(FieldKind::Choice, "unit").options(units).as_list(t.say("choice-pick")).value(or(&asked.unit, UNITS[0])),
    ]);
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    tell(t, &mut form, wrong.as_ref());
    let (due, lines) = outcome.map_or((None, Vec::new()), |found| in_words(t, shown, &found));
    Ok((status, Reckoner { form, due, lines }))
}

fn reckon(visit: &Visit, shown: &CalendarYear, asked: &Asked) -> Result<Reckoned, AppError> {
    let mut faults = Vec::new();
    let zone = shown.calendar.calendar.time_zone();
    let from: Option<DateTime> = asked.from.trim().replace(' ', "T").parse().ok();
    let from = from.and_then(|from| from.to_zoned(zone.clone()).ok());
    if from.is_none() {
        faults.push(FieldRefusal::new("from", "bad-datetime"));
    }
    let n: Option<u32> = asked.amount.trim().parse().ok();
    let amount = n.and_then(|n| match asked.unit.as_str() {
        "working-hours" => Some(Amount::working_hours(n)),
        "working-minutes" => Some(Amount::WorkingSeconds(u64::from(n) * 60)),
        "working-days" => Some(Amount::WorkingDays(n)),
        "hours" => Some(Amount::calendar_hours(n)),
        "days" => Some(Amount::CalendarDays(n)),
        _ => None,
    });
    if n.is_none() {
        faults.push(FieldRefusal::new("amount", "not-a-number"));
    } else if amount.is_none() {
        faults.push(FieldRefusal::new("unit", "not-an-option"));
    }
    match (from, amount) {
        (Some(from), Some(amount)) => visit.app.reckon(visit.actor(), &shown.calendar.code, from.timestamp(), amount),
        _ => Err(Refusal::Fields(faults).into()),
    }
}

fn in_words(t: Tr, shown: &CalendarYear, found: &Reckoned) -> (Option<String>, Vec<String>) {
    let due = found.due.at().map(|at| {
        let there = at.to_zoned(shown.calendar.calendar.time_zone().clone());
        let clock = there.strftime(if there.second() == 0 { "%H:%M" } else { "%H:%M:%S" });
        t.with("calendar-reckon-due", &[("when", format!("{} {clock}", date(t, there.date(), "calendar-day-full")))])
    });
    let lines = if t.locale() == Locale::En { found.account.english() } else { found.account.chinese() };
    (due, lines)
}
