//! Shifts, a department's rules, and people's training.

use jiff::Timestamp;
use yingda_core::duty::{AfterHours, Assigning, DutyRule, Held, Shift, Skill};
use yingda_core::{DepartmentId, PersonId, ShiftId};

use super::{date, list, minutes, time, word};
use crate::error::{StoreError, StoreResult};
use crate::read::Read;
use crate::write::Tx;

#[derive(sqlx::FromRow)]
struct ShiftRow {
    id: i64,
    department_id: i64,
    code: String,
    name: String,
    from_minute: i64,
    to_minute: i64,
    least: i64,
    skill: String,
    night: i64,
    held: String,
    active: i64,
    version: i64,
}

impl TryFrom<ShiftRow> for Shift {
    type Error = StoreError;
    fn try_from(row: ShiftRow) -> StoreResult<Self> {
        Ok(Self {
            id: ShiftId(row.id),
            department: DepartmentId(row.department_id),
            code: row.code,
            name: row.name,
            from: time(row.from_minute, "duty_shifts", row.id)?,
            to: time(row.to_minute, "duty_shifts", row.id)?,
            least: row.least,
            skill: row.skill,
            night: row.night == 1,
            held: word(Held::parse, &row.held, "duty_shifts", row.id)?,
            active: row.active == 1,
            version: row.version,
        })
    }
}

const SHIFT: &str = "id, department_id, code, name, from_minute, to_minute, least, skill, night, held, active, version";

/// A department's shifts, in order of their beginning.
///
/// # Errors
/// As [`Read::all`].
pub async fn shifts(read: &mut Read, department: DepartmentId) -> StoreResult<Vec<Shift>> {
    let sql = format!("SELECT {SHIFT} FROM duty_shifts WHERE department_id = $1 ORDER BY from_minute, id");
    read.all::<ShiftRow>(&sql, crate::args![department]).await?.into_iter().map(Shift::try_from).collect()
}

/// One shift.
///
/// # Errors
/// As [`Read::all`].
pub async fn shift(read: &mut Read, id: ShiftId) -> StoreResult<Option<Shift>> {
    let sql = format!("SELECT {SHIFT} FROM duty_shifts WHERE id = $1");
    read.opt::<ShiftRow>(&sql, crate::args![id]).await?.map(Shift::try_from).transpose()
}

/// Writes a new shift.
///
/// # Errors
/// [`StoreError::Conflict`] where the department has one of that code.
pub async fn insert_shift(tx: &mut Tx, s: &Shift) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO duty_shifts (id, department_id, code, name, from_minute, to_minute, least, skill, night, held, active, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        shift_args(s).as_slice(),
    )
    .await
    .map(drop)
}

/// Writes a changed shift back; its version grows by one.
///
/// # Errors
/// [`StoreError::Stale`], [`StoreError::Conflict`].
pub async fn update_shift(tx: &mut Tx, s: &mut Shift) -> StoreResult<()> {
    let changed = tx
        .exec(
            "UPDATE duty_shifts SET department_id = $2, code = $3, name = $4, from_minute = $5, to_minute = $6, least = $7, skill = $8, \
             night = $9, held = $10, active = $11, version = $12 + 1 WHERE id = $1 AND version = $12",
            shift_args(s).as_slice(),
        )
        .await?;
    if changed == 0 {
        return Err(StoreError::Stale);
    }
    s.version += 1;
    Ok(())
}

fn shift_args(s: &Shift) -> Vec<crate::Arg> {
    crate::args![
        s.id,
        s.department,
        &s.code,
        &s.name,
        minutes(s.from),
        minutes(s.to),
        s.least,
        &s.skill,
        s.night,
        s.held.as_str(),
        s.active,
        s.version
    ]
    .to_vec()
}

#[derive(sqlx::FromRow)]
struct RuleRow {
    assigning: String,
    after_hours: String,
    after_department_id: Option<i64>,
    cover_from: Option<i64>,
    cover_to: Option<i64>,
    rest_minutes: i64,
    last_person_id: Option<i64>,
    version: i64,
}

/// A department's rules; those of one that has set none where it has none.
///
/// # Errors
/// As [`Read::all`].
pub async fn rule(read: &mut Read, department: DepartmentId) -> StoreResult<DutyRule> {
    let row = read
        .opt::<RuleRow>(
            "SELECT assigning, after_hours, after_department_id, cover_from, cover_to, rest_minutes, last_person_id, version \
             FROM duty_rules WHERE department_id = $1",
            crate::args![department],
        )
        .await?;
    let Some(row) = row else { return Ok(DutyRule::unset(department)) };
    let id = department.get();
    let after_hours = match (row.after_hours.as_str(), row.after_department_id) {
        ("wait", _) => AfterHours::Wait,
        ("head", _) => AfterHours::Head,
        ("department", Some(other)) => AfterHours::Department(DepartmentId(other)),
        _ => return Err(StoreError::Corrupt { table: "duty_rules", column: "after_hours", row: id }),
    };
    let cover = match row.cover_from.zip(row.cover_to) {
        Some((from, to)) => Some((time(from, "duty_rules", id)?, time(to, "duty_rules", id)?)),
        None => None,
    };
    Ok(DutyRule {
        department,
        assigning: word(Assigning::parse, &row.assigning, "duty_rules", id)?,
        after_hours,
        cover,
        rest_minutes: row.rest_minutes,
        last: row.last_person_id.map(PersonId),
        version: row.version,
    })
}

/// Writes a department's rules back under the version that was read (0: it had none).
///
/// # Errors
/// [`StoreError::Stale`].
pub async fn put_rule(tx: &mut Tx, rule: &DutyRule) -> StoreResult<()> {
    let (after, other) = match rule.after_hours {
        AfterHours::Wait => ("wait", None),
        AfterHours::Head => ("head", None),
        AfterHours::Department(other) => ("department", Some(other)),
    };
    let changed = tx
        .exec(
            "INSERT INTO duty_rules (department_id, assigning, after_hours, after_department_id, cover_from, cover_to, rest_minutes, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8 + 1) ON CONFLICT (department_id) DO UPDATE SET assigning = $2, after_hours = $3, \
             after_department_id = $4, cover_from = $5, cover_to = $6, rest_minutes = $7, version = $8 + 1 WHERE duty_rules.version = $8",
            crate::args![
                rule.department,
                rule.assigning.as_str(),
                after,
                other,
                rule.cover.map(|(from, _)| minutes(from)),
                rule.cover.map(|(_, to)| minutes(to)),
                rule.rest_minutes,
                rule.version
            ],
        )
        .await?;
    if changed == 0 { Err(StoreError::Stale) } else { Ok(()) }
}

/// Remembers to whom work of a department came last by turns. No edit of its rules: their version stays.
///
/// # Errors
/// As [`Read::all`].
pub async fn remember_last(tx: &mut Tx, department: DepartmentId, person: PersonId) -> StoreResult<()> {
    tx.exec("UPDATE duty_rules SET last_person_id = $2 WHERE department_id = $1", crate::args![department, person])
        .await
        .map(drop)
}

type SkillRow = (i64, String, String, Option<String>, String);

/// The training of some people, by person and word.
///
/// # Errors
/// As [`Read::all`].
pub async fn skills(read: &mut Read, people: &[PersonId]) -> StoreResult<Vec<Skill>> {
    let sql = format!(
        "SELECT person_id, word, since, until, note FROM duty_skills WHERE person_id IN ({}) ORDER BY person_id, word",
        list(people, PersonId::get)
    );
    let rows: Vec<SkillRow> = read.all(&sql, &[]).await?;
    rows.into_iter()
        .map(|(person, word, since, until, note)| {
            Ok(Skill {
                person: PersonId(person),
                word,
                since: date(&since, "duty_skills", person)?,
                until: until.map(|until| date(&until, "duty_skills", person)).transpose()?,
                note,
            })
        })
        .collect()
}

/// Records somebody's training; the same word again replaces what was there.
///
/// # Errors
/// As [`Read::all`].
pub async fn put_skill(tx: &mut Tx, skill: &Skill, by: PersonId, at: Timestamp) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO duty_skills (person_id, word, since, until, note, by_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (person_id, word) DO UPDATE SET since = $3, until = $4, note = $5, by_id = $6, at = $7",
        crate::args![
            skill.person,
            &skill.word,
            skill.since.to_string(),
            skill.until.map(|day| day.to_string()),
            &skill.note,
            by,
            at
        ],
    )
    .await
    .map(drop)
}

/// Takes a training back; says whether there was one.
///
/// # Errors
/// As [`Read::all`].
pub async fn remove_skill(tx: &mut Tx, person: PersonId, word: &str) -> StoreResult<bool> {
    let sql = "DELETE FROM duty_skills WHERE person_id = $1 AND word = $2";
    Ok(tx.exec(sql, crate::args![person, word]).await? > 0)
}
