//! What rosters are made of: shifts, training, and a department's rules. Made by those who lead the department.

use jiff::civil::{Date, Time};
use serde_json::json;
use yingda_core::duty::{AfterHours, Assigning, DutyRule, Held, LEAST, REST_MINUTES, Shift, Skill, wall_time};
use yingda_core::refusal::FieldRefusal;
use yingda_core::{Action, Actor, Context, DepartmentId, PersonId, Refusal, ShiftId, Subject, can};
use yingda_store::duty::setup;

use super::notes::{About, note};
use super::now::staff;
use crate::assignment::{limited, required};
use crate::error::taken;
use crate::{App, AppError, AppResult};

/// Most people that a shift can ask for.
const MOST: i64 = 500;
/// Longest rest that can be asked for, in minutes: a week.
const LONGEST_REST: i64 = 7 * 24 * 60;
/// Longest word of a training or code, in characters.
const LONGEST_WORD: usize = 60;

/// Faults of several fields, told together.
#[derive(Default)]
pub(super) struct Faults(Vec<FieldRefusal>);

impl Faults {
    /// The value; where it is refused, its place is kept by an empty one.
    pub(super) fn keep<T: Default>(&mut self, result: Result<T, Refusal>) -> T {
        result.unwrap_or_else(|refusal| {
            match refusal {
                Refusal::Fields(fields) => self.0.extend(fields),
                other => self.0.push(FieldRefusal::new("form", other.code())),
            }
            T::default()
        })
    }

    pub(super) fn none_or_refuse(self) -> Result<(), Refusal> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::Fields(self.0)) }
    }
}

/// A day as people type it.
pub(super) fn day(field: &str, text: &str) -> Result<Date, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::field(field, "missing"));
    }
    yingda_process::date(text)
        .filter(|day| (2000..2200).contains(&day.year()))
        .ok_or_else(|| Refusal::field(field, "bad-date"))
}

fn time(field: &str, text: &str) -> Result<Time, Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::field(field, "missing"));
    }
    wall_time(text).ok_or_else(|| Refusal::field(field, "bad-time"))
}

fn word(field: &str, text: &str) -> Result<String, Refusal> {
    let word = required(field, text)?;
    let actual = word.chars().count();
    if actual > LONGEST_WORD {
        let refusal = FieldRefusal::new(field, "too-long").with("max", LONGEST_WORD).with("actual", actual);
        return Err(Refusal::Fields(vec![refusal]));
    }
    Ok(word)
}

fn code(text: &str) -> Result<String, Refusal> {
    let code = word("code", text)?.to_lowercase();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    if code.chars().all(plain) { Ok(code) } else { Err(Refusal::field("code", "bad-code-word")) }
}

fn least(text: &str) -> Result<i64, Refusal> {
    if text.trim().is_empty() {
        return Ok(LEAST);
    }
    let number: i64 = text.trim().parse().map_err(|_| Refusal::field("least", "not-a-number"))?;
    match number {
        ..1 => Err(Refusal::Fields(vec![FieldRefusal::new("least", "too-small").with("min", 1)])),
        1..=MOST => Ok(number),
        _ => Err(Refusal::Fields(vec![FieldRefusal::new("least", "too-large-number").with("max", MOST)])),
    }
}

fn rest_minutes(text: &str) -> Result<i64, Refusal> {
    if text.trim().is_empty() {
        return Ok(REST_MINUTES);
    }
    let hours: f64 = text.trim().parse().map_err(|_| Refusal::field("rest_hours", "not-a-number"))?;
    let minutes = (hours * 60.0).round();
    if !(0.0..=LONGEST_REST as f64).contains(&minutes) {
        let refusal = FieldRefusal::new("rest_hours", "too-large-number").with("max", LONGEST_REST / 60);
        return Err(Refusal::Fields(vec![refusal]));
    }
    Ok(minutes as i64)
}

impl ShiftText {
    fn checked(&self, id: ShiftId, department: DepartmentId, version: i64) -> Result<Shift, Refusal> {
        let mut faults = Faults::default();
        let shift = Shift {
            id,
            department,
            code: faults.keep(code(&self.code)),
            name: faults.keep(word("name", &self.name)),
            from: faults.keep(time("from", &self.from)),
            to: faults.keep(time("to", &self.to)),
            least: faults.keep(least(&self.least)),
            skill: if self.skill.trim().is_empty() { String::new() } else { faults.keep(word("skill", &self.skill)) },
            night: self.night,
            held: self.held,
            active: self.active,
            version,
        };
        faults.none_or_refuse()?;
        Ok(shift)
    }
}

/// A shift as it is typed.
#[derive(Debug, Clone, Default)]
pub struct ShiftText {
    /// A short word, unique in the department: small letters, digits, `-`, `_`.
    pub code: String,
    /// The name that people see.
    pub name: String,
    /// `08:00`
    pub from: String,
    /// `22:00`; `24:00` is the end of the day; not after `from` means the next day, the same means 24 hours.
    pub to: String,
    /// Least people; empty for two.
    pub least: String,
    /// The training that it asks for; empty for none.
    pub skill: String,
    /// A night shift: a log is due at its end.
    pub night: bool,
    /// On which days it is held.
    pub held: Held,
    /// Whether it may still be planned.
    pub active: bool,
}

/// A department's rules as they are typed.
#[derive(Debug, Clone, Default)]
pub struct RuleText {
    /// `manual`, `round_robin`, `least_loaded`, `skill`.
    pub assigning: String,
    /// `wait`, `department`, `head`.
    pub after_hours: String,
    /// With `department`: which.
    pub after_department: Option<DepartmentId>,
    /// The hours of every day in which somebody has to be there, `08:00` and `22:00`; both empty for none, both `00:00` for 24 hours.
    pub cover_from: String,
    /// See `cover_from`.
    pub cover_to: String,
    /// Least hours between two turns of a person, `8` or `11.5`; empty for eight.
    pub rest_hours: String,
}

/// A training as it is typed.
#[derive(Debug, Clone, Default)]
pub struct SkillText {
    /// The word by which shifts and kinds of tickets ask for it.
    pub word: String,
    /// Since when, `2026-11-02`; empty for today.
    pub since: String,
    /// The last day on which it counts; empty for ever.
    pub until: String,
    /// Who trained them, what the proof is.
    pub note: String,
}

/// What a department's duty is made of.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Its rules; version 0 where it has set none.
    pub rule: DutyRule,
    /// Its shifts, the ones no longer planned too, in order of their beginning.
    pub shifts: Vec<Shift>,
    /// Its people's training, by person and word.
    pub skills: Vec<Skill>,
    /// Whether the actor may change it.
    pub may_manage: bool,
}

impl App {
    /// What a department's duty is made of.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for a department whose roster the actor may not see.
    pub async fn duty_setup(&self, actor: &Actor, department: DepartmentId) -> AppResult<Setup> {
        can(actor, Action::SeeRoster, Subject::Duty(department))?;
        let directory = self.directory();
        if !directory.departments.contains_key(&department) {
            return Err(Refusal::NotFound.into());
        }
        let mut read = self.store().read().await?;
        Ok(Setup {
            rule: setup::rule(&mut read, department).await?,
            shifts: setup::shifts(&mut read, department).await?,
            skills: setup::skills(&mut read, &staff(&directory, department)).await?,
            may_manage: can(actor, Action::ManageRoster, Subject::Duty(department)).is_ok(),
        })
    }

    /// Adds a shift.
    ///
    /// # Errors
    /// Fields at fault; `Taken { field: "shift" }` for its code; not allowed.
    pub async fn add_shift(
        &self,
        ctx: &Context,
        actor: &Actor,
        department: DepartmentId,
        text: ShiftText,
    ) -> AppResult<ShiftId> {
        can(actor, Action::ManageRoster, Subject::Duty(department))?;
        if !self.directory().departments.contains_key(&department) {
            return Err(Refusal::NotFound.into());
        }
        let shift = text.checked(ctx.id(ShiftId), department, 1)?;
        let (ctx, actor, id) = (ctx.clone(), actor.clone(), shift.id);
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    setup::insert_shift(tx, &shift).await.map_err(taken("shift"))?;
                    let body = json!({ "shift": id, "name": shift.name });
                    note(tx, &ctx, &actor, department, About::Roster, ("shift-added", body)).await
                })
            })
            .await?;
        Ok(id)
    }

    /// Changes a shift. Turns that stand keep their instants.
    ///
    /// # Errors
    /// As [`App::add_shift`]; stale.
    pub async fn edit_shift(
        &self,
        ctx: &Context,
        actor: &Actor,
        id: ShiftId,
        text: ShiftText,
        seen: i64,
    ) -> AppResult<()> {
        let (ctx, actor) = (ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let before = setup::shift(tx, id).await?.ok_or(Refusal::NotFound)?;
                    let department = before.department;
                    can(&actor, Action::ManageRoster, Subject::Duty(department))?;
                    if before.version != seen {
                        return Err(Refusal::Stale { current: before.version }.into());
                    }
                    let mut shift = text.checked(id, department, seen)?;
                    setup::update_shift(tx, &mut shift).await.map_err(taken("shift"))?;
                    let body = json!({ "shift": id, "name": shift.name });
                    note(tx, &ctx, &actor, department, About::Roster, ("shift-changed", body)).await
                })
            })
            .await
    }

    /// Sets a department's rules; `seen` is 0 where it had none.
    ///
    /// # Errors
    /// Fields at fault, stale, not allowed.
    pub async fn set_duty_rule(
        &self,
        ctx: &Context,
        actor: &Actor,
        department: DepartmentId,
        text: RuleText,
        seen: i64,
    ) -> AppResult<()> {
        can(actor, Action::ManageRoster, Subject::Duty(department))?;
        let rule = self.checked_rule(department, &text, seen)?;
        let (ctx, actor) = (ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let before = setup::rule(tx, department).await?;
                    if before.version != seen {
                        return Err(Refusal::Stale { current: before.version }.into());
                    }
                    setup::put_rule(tx, &rule).await?;
                    let body = json!({ "assigning": rule.assigning, "after_hours": rule.after_hours });
                    note(tx, &ctx, &actor, department, About::Roster, ("rule-set", body)).await
                })
            })
            .await
    }

    fn checked_rule(&self, department: DepartmentId, text: &RuleText, version: i64) -> Result<DutyRule, Refusal> {
        let directory = self.directory();
        if !directory.departments.contains_key(&department) {
            return Err(Refusal::NotFound);
        }
        let mut faults = Faults::default();
        let option = |field: &str| Refusal::field(field, "not-an-option");
        let assigning = Assigning::parse(&text.assigning).ok_or_else(|| option("assigning"));
        let other = text
            .after_department
            .filter(|other| *other != department && directory.departments.get(other).is_some_and(|other| other.active));
        let after_hours = match text.after_hours.as_str() {
            "wait" => Ok(AfterHours::Wait),
            "head" => Ok(AfterHours::Head),
            "department" => {
                let unknown = || Refusal::field("after_department", "unknown-department");
                other.map(AfterHours::Department).ok_or_else(unknown)
            }
            _ => Err(option("after_hours")),
        };
        let none = text.cover_from.trim().is_empty() && text.cover_to.trim().is_empty();
        let cover = if none {
            None
        } else {
            Some((faults.keep(time("cover_from", &text.cover_from)), faults.keep(time("cover_to", &text.cover_to))))
        };
        let rule = DutyRule {
            department,
            assigning: faults.keep(assigning),
            after_hours: faults.keep(after_hours),
            cover,
            rest_minutes: faults.keep(rest_minutes(&text.rest_hours)),
            last: None,
            version,
        };
        faults.none_or_refuse()?;
        Ok(rule)
    }

    /// Records somebody's training; the same word again replaces what was there.
    ///
    /// # Errors
    /// Fields at fault, not allowed.
    pub async fn record_skill(&self, ctx: &Context, actor: &Actor, person: PersonId, text: SkillText) -> AppResult<()> {
        let department = self.department_of(person)?;
        can(actor, Action::ManageRoster, Subject::Duty(department))?;
        let mut faults = Faults::default();
        let since = if text.since.trim().is_empty() { Ok(self.today(ctx.now)) } else { day("since", &text.since) };
        let until = if text.until.trim().is_empty() { Ok(None) } else { day("until", &text.until).map(Some) };
        let skill = Skill {
            person,
            word: faults.keep(word("word", &text.word)),
            since: faults.keep(since),
            until: faults.keep(until),
            note: faults.keep(limited("note", &text.note)),
        };
        faults.none_or_refuse()?;
        if skill.until.is_some_and(|until| until < skill.since) {
            return Err(Refusal::field("until", "ends-before-it-begins").into());
        }
        let (ctx, actor) = (ctx.clone(), actor.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    setup::put_skill(tx, &skill, actor.person, ctx.now).await?;
                    let body = json!({ "word": skill.word, "since": skill.since, "until": skill.until });
                    note(tx, &ctx, &actor, department, About::One(person), ("trained", body)).await
                })
            })
            .await
    }

    /// Takes a training back.
    ///
    /// # Errors
    /// Not found, not allowed.
    pub async fn remove_skill(&self, ctx: &Context, actor: &Actor, person: PersonId, word: &str) -> AppResult<()> {
        let department = self.department_of(person)?;
        can(actor, Action::ManageRoster, Subject::Duty(department))?;
        let (ctx, actor, word) = (ctx.clone(), actor.clone(), word.to_owned());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    if !setup::remove_skill(tx, person, &word).await? {
                        return Err(AppError::from(Refusal::NotFound));
                    }
                    let body = json!({ "word": word });
                    note(tx, &ctx, &actor, department, About::One(person), ("training-removed", body)).await
                })
            })
            .await
    }

    /// Whose roster somebody is on.
    pub(super) fn department_of(&self, person: PersonId) -> Result<DepartmentId, Refusal> {
        self.directory().people.get(&person).map(|p| p.department).ok_or(Refusal::NotFound)
    }
}
