//! `/duty/roster`: the month as a grid, put together by hand; and on paper.
//!
//! The one thing to know: every change goes back to the month with `undo=` in its address, which is the change's opposite; the
//! page makes a button of it. Scripts send the same forms.

use axum::Router;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::routing::{get, post};
use jiff::civil::Date;
use serde::Deserialize;
use yingda_app::AppError;
use yingda_app::duty::planning::Place;
use yingda_app::duty::roster::Roster;
use yingda_core::duty::TurnState;
use yingda_core::refusal::FieldRefusal;
use yingda_core::{DepartmentId, PersonId, Refusal, ShiftId, TurnId};

use super::roster_view::{Look, can_move};
use super::{Signs, day_words, department, head, month_of, month_value, span_hours};
use crate::front::flash::Pending;
use crate::front::{Fault, Fields, PageResult, Posted, Visit, WebState};
use crate::kit::{Choice, FieldForm, FieldKind, FieldView, Moment};
use crate::pages::answers::fill_faults;
use crate::pages::forms::refill;
use crate::pages::show::Show;
use crate::shell::{Flash, FlashKind};
use crate::views::duty::roster::{Manage, Picked, PickedTurn, RosterPage, RosterPrintPage, Undo};

/// Lines of the roster's history on the page.
const HISTORY: i64 = 30;

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    pub department: String,
    #[serde(default)]
    pub month: String,
    #[serde(default)]
    pub person: String,
    #[serde(default)]
    pub day: String,
    #[serde(default)]
    pub undo: String,
}

impl Asked {
    /// As the hidden fields of a form name it.
    pub fn of(fields: &Fields) -> Self {
        let get = |name: &str| fields.get(name).to_owned();
        Self {
            department: get("department"),
            month: get("month"),
            person: get("person"),
            day: get("day"),
            undo: String::new(),
        }
    }

    /// The month; this one where none is asked for.
    pub fn month(&self, visit: &Visit) -> Result<Date, Refusal> {
        if self.month.trim().is_empty() {
            return Ok(visit.now().to_zoned(visit.zone()).date().first_of_month());
        }
        month_of(&self.month).ok_or(Refusal::NotFound)
    }
}

/// What was refused, with what was typed.
#[derive(Debug, Clone, Copy)]
pub(super) enum Refused<'a> {
    /// Nothing.
    Nothing,
    /// Putting somebody on a shift.
    Put(&'a Fields, &'a Refusal),
    /// The rotation.
    Propose(&'a Fields, &'a Refusal),
    /// Recording that somebody did not come.
    Absence(TurnId, &'a Fields, &'a Refusal),
}

async fn show(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let page = page(&visit, &asked, Refused::Nothing).await?;
    visit.page(StatusCode::OK, &page)
}

/// The page, with what was refused in its place.
pub(super) async fn page(visit: &Visit, asked: &Asked, refused: Refused<'_>) -> Result<RosterPage, Fault> {
    let id = department(visit, &asked.department)?;
    let month = asked.month(visit)?;
    let roster = visit.app.roster(visit.actor(), id, month).await?;
    let mut look = Look::new(visit, month, &roster);
    look.picked = (asked.person.parse().ok(), asked.day.parse().ok());
    let manage = if roster.may_manage { Some(manage(&look, asked, refused).await?) } else { None };
    Ok(RosterPage {
        shell: visit.shell().await?,
        head: head(visit, id, "/duty/roster"),
        findings: look.findings(),
        serious: look.ahead().filter(|f| f.what.severity() != yingda_core::duty::check::Severity::Notice).count(),
        month: look.month(),
        manage,
    })
}

async fn manage(look: &Look<'_>, asked: &Asked, refused: Refused<'_>) -> Result<Manage, Fault> {
    let visit = look.visit;
    let t = visit.t();
    let directory = visit.app.directory();
    let mut put = put_form(look);
    let mut manage = Manage {
        planned: look.roster.turns.iter().filter(|turn| turn.state == TurnState::Planned).count(),
        undo: undo(look, &asked.undo),
        shifts: look
            .roster
            .shifts
            .iter()
            .filter(|shift| shift.active)
            .map(|shift| (shift.id.to_string(), shift.name.clone(), true))
            .collect(),
        people: look
            .roster
            .people
            .iter()
            .map(|person| (person.to_string(), directory.person_name(*person), true))
            .collect(),
        picked: picked(look, refused),
        history: history(look).await?,
        ..Manage::default()
    };
    match refused {
        Refused::Nothing | Refused::Absence(..) => {}
        Refused::Put(fields, refusal) => {
            put = refill(t, put, fields, &[]);
            fill_faults(t, &mut put, Some(refusal));
        }
        Refused::Propose(fields, refusal) => {
            let ticked = |name: &str, list: &mut Vec<(String, String, bool)>| {
                for (id, _, on) in list {
                    *on = fields.all(name).any(|value| value == id);
                }
            };
            ticked("shift", &mut manage.shifts);
            ticked("person", &mut manage.people);
            manage.weekly = fields.get("rhythm") == "weekly";
            manage.open = true;
            manage.error = Some(crate::pages::show::sentence(t, refusal));
        }
    }
    manage.put = put;
    Ok(manage)
}

/// The form that puts somebody on a shift, filled with the cell that was opened.
fn put_form(look: &Look<'_>) -> FieldForm {
    let t = look.visit.t();
    let people =
        look.roster.people.iter().map(|id| Choice::new(id.to_string(), look.show.directory().person_name(*id)));
    let days = look.roster.days.iter().map(|day| Choice::new(day.date.to_string(), day_words(t, day.date)));
    let shifts = look.roster.shifts.iter().filter(|shift| shift.active);
    let shifts = shifts.map(|shift| Choice::new(shift.id.to_string(), &shift.name));
    let (person, day) = look.picked;
    FieldForm::new([
        FieldView::new(FieldKind::Person, "person", t.say("duty-person"))
            .required()
            .options(people)
            .value(person.map(|id| id.to_string()).unwrap_or_default()),
        FieldView::new(FieldKind::Choice, "day", t.say("duty-day-label"))
            .required()
            .options(days)
            .as_list(t.say("choice-pick"))
            .value(day.map(|day| day.to_string()).unwrap_or_default()),
        FieldView::new(FieldKind::Choice, "shift", t.say("duty-shift"))
            .required()
            .options(shifts)
            .as_list(t.say("choice-pick")),
    ])
}

fn picked(look: &Look<'_>, refused: Refused<'_>) -> Option<Picked> {
    let t = look.visit.t();
    let (Some(person), Some(day)) = look.picked else { return None };
    let turns = look.roster.turns.iter().filter(|turn| turn.person == person && turn.day == day);
    let turns = turns.map(|turn| {
        let begun = turn.span.from <= look.visit.now();
        let absence = (begun && turn.state == TurnState::Published && can_move(turn)).then(|| {
            let form = absence_form(look, turn.person);
            match refused {
                Refused::Absence(id, fields, refusal) if id == turn.id => {
                    let mut form = refill(t, form, fields, &[]);
                    fill_faults(t, &mut form, Some(refusal));
                    form
                }
                _ => form,
            }
        });
        let state = match (turn.state, turn.absent, turn.signed_in) {
            (_, true, _) => t.say("duty-state-absent"),
            (_, _, Some(at)) => t.with("duty-state-in", &[("when", look.show.moment(at).text)]),
            (TurnState::Planned, ..) => t.say("duty-state-planned"),
            (TurnState::Published, ..) => t.say("duty-state-published"),
        };
        PickedTurn {
            id: turn.id.to_string(),
            version: turn.version.to_string(),
            sign: look.signs.sign(turn.shift),
            text: [span_hours(t, turn.span, &look.visit.zone()), state].join(&t.say("duty-and")),
            removable: can_move(turn),
            absence,
        }
    });
    let who = look.show.directory().person_name(person);
    Some(Picked { title: t.with("duty-cell", &[("who", who), ("day", day_words(t, day))]), turns: turns.collect() })
}

fn absence_form(look: &Look<'_>, missing: PersonId) -> FieldForm {
    let t = look.visit.t();
    let others = look.roster.people.iter().filter(|id| **id != missing);
    let others = others.map(|id| Choice::new(id.to_string(), look.show.directory().person_name(*id)));
    FieldForm::new([
        FieldView::new(FieldKind::Choice, "replacement", t.say("duty-absent-replacement"))
            .options(others)
            .as_list(t.say("duty-absent-nobody")),
        FieldView::new(FieldKind::Text, "reason", t.say("duty-reason")).within("absent"),
    ])
}

/// The opposite of the last change, as its address names it; none where it no longer fits.
fn undo(look: &Look<'_>, asked: &str) -> Option<Undo> {
    let parts: Vec<&str> = asked.split('.').collect();
    let turn = |id: &str| look.turn(id.parse().ok()?).filter(|turn| can_move(turn));
    let place = |shift: &str, day: &str, person: &str| -> Option<Vec<(&'static str, String)>> {
        let known: (ShiftId, Date, PersonId) = (shift.parse().ok()?, day.parse().ok()?, person.parse().ok()?);
        Some(vec![("shift", known.0.to_string()), ("day", known.1.to_string()), ("person", known.2.to_string())])
    };
    match parts.as_slice() {
        ["remove", id] => {
            let turn = turn(id)?;
            let fields = vec![("version", turn.version.to_string())];
            Some(Undo { action: format!("/duty/turns/{}/removal", turn.id), fields })
        }
        ["put", shift, day, person] => {
            Some(Undo { action: "/duty/roster/turns".to_owned(), fields: place(shift, day, person)? })
        }
        ["move", id, shift, day, person] => {
            let turn = turn(id)?;
            let mut fields = place(shift, day, person)?;
            fields.push(("version", turn.version.to_string()));
            Some(Undo { action: format!("/duty/turns/{}/place", turn.id), fields })
        }
        _ => None,
    }
}

/// The roster's history in words.
async fn history(look: &Look<'_>) -> Result<Vec<(Moment, String, String)>, Fault> {
    let visit = look.visit;
    let entries = visit.app.duty_history(visit.actor(), look.department, None, HISTORY).await?;
    let setup = visit.app.duty_setup(visit.actor(), look.department).await?;
    let signs = Signs::of(&setup.shifts);
    let lines = entries.iter().filter_map(|entry| {
        let what = entry_words(visit, &look.show, &signs, entry)?;
        Some((look.show.moment(entry.at), look.show.person(entry.actor), what))
    });
    Ok(lines.collect())
}

/// A line of the history; none for a kind that has no sentence.
fn entry_words(visit: &Visit, show: &Show, signs: &Signs, entry: &yingda_app::duty::Entry) -> Option<String> {
    let t = visit.t();
    let body: serde_json::Value = serde_json::from_str(&entry.body).unwrap_or_default();
    let word = |name: &str| -> String {
        let text = match body.get(name) {
            Some(serde_json::Value::String(text)) => text.clone(),
            Some(serde_json::Value::Number(number)) => number.to_string(),
            _ => String::new(),
        };
        if let Ok(shift) = text.parse::<ShiftId>() {
            return signs.name(shift);
        }
        if let Ok(person) = text.parse::<PersonId>() {
            return show.directory().person_name(person);
        }
        if let Ok(instant) = text.parse::<jiff::Timestamp>() {
            return show.moment(instant).text;
        }
        text.parse::<Date>().map_or(text, |day| day_words(t, day))
    };
    let person = entry.person.map(|id| show.directory().person_name(id)).unwrap_or_default();
    let mut words = vec![("about".to_owned(), person)];
    for name in ["shift", "name", "day", "person", "replacement", "reason", "from", "to", "until", "turns", "word"] {
        words.push((name.to_owned(), word(name)));
    }
    let said = t.with_words(&format!("duty-log-{}", entry.kind), &words);
    // An unknown key comes back in its marks.
    (!said.starts_with('⟦')).then_some(said)
}

async fn print(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let id = department(&visit, &asked.department)?;
    let month = asked.month(&visit)?;
    let roster = visit.app.roster(visit.actor(), id, month).await?;
    let look = Look::new(&visit, month, &roster);
    let page = RosterPrintPage {
        shell: visit.shell().await?,
        department: look.show.directory().department_name(id),
        back: look.href(month),
        printed: look.show.moment(visit.now()),
        month: look.month(),
    };
    visit.page(StatusCode::OK, &page)
}

/// Reads where a turn is put.
pub(super) fn place(fields: &Fields) -> Result<Place, Refusal> {
    let mut wrong = Vec::new();
    let mut missing = |name: &str| wrong.push(FieldRefusal::new(name, "missing"));
    let (person, day, shift) = (fields.parse("person"), fields.parse("day"), fields.parse("shift"));
    if person.is_none() {
        missing("person");
    }
    if day.is_none() {
        missing("day");
    }
    if shift.is_none() {
        missing("shift");
    }
    match (person, day, shift) {
        (Some(person), Some(day), Some(shift)) => Ok(Place { shift, day, person }),
        _ => Err(Refusal::Fields(wrong)),
    }
}

/// The month's page after a change, with the change's opposite.
pub(super) fn after(visit: &Visit, fields: &Fields, undo: &str, say: &Pending) -> axum::response::Response {
    let asked = Asked::of(fields);
    let month = if asked.month.trim().is_empty() {
        month_value(visit.now().to_zoned(visit.zone()).date())
    } else {
        asked.month
    };
    let undo = if undo.is_empty() { String::new() } else { format!("&undo={undo}") };
    let path =
        |id: DepartmentId| format!("/duty/roster?department={id}&month={}{undo}", crate::front::visit::encode(&month));
    let id = department(visit, &asked.department).unwrap_or(visit.actor().department);
    visit.go(&path(id), say)
}

async fn put(visit: Visit, Posted(fields): Posted) -> PageResult {
    let result = match place(&fields) {
        Ok(place) => visit.app.plan_turn(&visit.ctx, visit.actor(), place).await,
        Err(refusal) => Err(refusal.into()),
    };
    match result {
        Ok(turn) => Ok(after(&visit, &fields, &format!("remove.{turn}"), &Pending::done("duty-put-done"))),
        Err(AppError::Refused(
            refusal
            @ (Refusal::Fields(_) | Refusal::TurnsOverlap { .. } | Refusal::Taken { .. } | Refusal::DutySettled),
        )) => {
            let mut page = page(&visit, &Asked::of(&fields), Refused::Put(&fields, &refusal)).await?;
            // Above the grid too, where whoever works with the keys looks.
            let text = crate::pages::show::sentence(visit.t(), &refusal);
            page.shell.flash = Some(Flash { kind: FlashKind::Failed, text });
            visit.page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other.into()),
    }
}

/// The roster as it stands, to name what a change undoes.
pub(super) async fn standing(visit: &Visit, fields: &Fields) -> Result<Roster, Fault> {
    let asked = Asked::of(fields);
    let id = department(visit, &asked.department)?;
    Ok(visit.app.roster(visit.actor(), id, asked.month(visit)?).await?)
}

/// Its routes.
pub fn routes() -> Router<WebState> {
    Router::new()
        .route("/duty/roster", get(show))
        .route("/duty/roster/print", get(print))
        .route("/duty/roster/turns", post(put))
}
