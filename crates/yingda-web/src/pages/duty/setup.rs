//! `/duty/setup`: shifts, the department's rules, and who is trained for what.

use axum::Router;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::routing::{get, post};
use jiff::civil::Time;
use yingda_app::AppError;
use yingda_app::duty::setup::{RuleText, Setup, SkillText};
use yingda_core::duty::{AfterHours, Assigning, DutyRule, Shift};
use yingda_core::{DepartmentId, PersonId, Refusal};

use super::{Asked, Signs, date_words, department, head, hours_words};
use crate::front::flash::Pending;
use crate::front::{Fault, Fields, PageResult, Posted, Visit, WebState};
use crate::i18n::Tr;
use crate::kit::{Badge, Choice, Depends, FieldForm, FieldKind, FieldView, Stale, Tone};
use crate::pages::answers::fill_faults;
use crate::pages::forms::refill;
use crate::pages::show::{Measured, Show, failed, span_words};
use crate::views::duty::setup::{SetupPage, ShiftRow, SkillRow};

/// What was refused, with what was typed.
enum Refused<'a> {
    Nothing,
    Rule(&'a Fields, &'a Refusal),
    Skill(&'a Fields, &'a Refusal),
}

async fn show(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let id = department(&visit, &asked.department)?;
    let page = page(&visit, id, Refused::Nothing).await?;
    visit.page(StatusCode::OK, &page)
}

async fn page(visit: &Visit, id: DepartmentId, refused: Refused<'_>) -> Result<SetupPage, Fault> {
    let t = visit.t();
    let setup = visit.app.duty_setup(visit.actor(), id).await?;
    let mut rule = rule_form(visit, &setup.rule);
    let mut rule_version = setup.rule.version.to_string();
    let mut skill = skill_form(visit, id);
    let mut stale = None;
    match refused {
        Refused::Nothing => {}
        Refused::Rule(fields, Refusal::Stale { .. }) => {
            let typed = |name: &str| fields.get(name).to_owned();
            let now = rule.fields.iter().map(|field| {
                [field.label.clone(), in_words(field, &field.value), in_words(field, &typed(&field.name))]
            });
            stale = Some(Stale::of(now));
            rule = refill(t, rule, fields, &[]);
        }
        Refused::Rule(fields, refusal) => {
            rule = refill(t, rule, fields, &[]);
            fill_faults(t, &mut rule, Some(refusal));
            fields.get("version").clone_into(&mut rule_version);
        }
        Refused::Skill(fields, refusal) => {
            skill = refill(t, skill, fields, &[]);
            fill_faults(t, &mut skill, Some(refusal));
        }
    }
    Ok(SetupPage {
        shell: visit.shell().await?,
        head: head(visit, id, "/duty/setup"),
        shifts: shift_rows(visit, &setup),
        rules: rule_words(visit, &setup.rule),
        rule: setup.may_manage.then_some(rule),
        rule_version,
        stale,
        skills: skill_rows(visit, &setup),
        skill: setup.may_manage.then_some(skill),
    })
}

/// A value as its option reads.
fn in_words(field: &FieldView, value: &str) -> String {
    field.options.iter().find(|option| option.value == value).map_or_else(|| value.to_owned(), |o| o.label.clone())
}

fn shift_rows(visit: &Visit, setup: &Setup) -> Vec<ShiftRow> {
    let t = visit.t();
    let signs = Signs::of(&setup.shifts);
    let row = |shift: &Shift| ShiftRow {
        href: if setup.may_manage {
            format!("/duty/shifts/{}?department={}", shift.id, shift.department)
        } else {
            String::new()
        },
        sign: signs.sign(shift.id),
        code: shift.code.clone(),
        hours: hours_words(t, shift.from, shift.to),
        least: shift.least.to_string(),
        skill: if shift.skill.is_empty() { t.say("duty-none") } else { shift.skill.clone() },
        held: t.say(&format!("duty-held-{}", shift.held.as_str().replace('_', "-"))),
        night: shift.night,
        state: if shift.active {
            Badge::new(t.say("duty-shift-active"), Tone::Good)
        } else {
            Badge::new(t.say("duty-shift-closed"), Tone::Neutral)
        },
    };
    setup.shifts.iter().map(row).collect()
}

fn skill_rows(visit: &Visit, setup: &Setup) -> Vec<SkillRow> {
    let t = visit.t();
    let show = Show::new(visit);
    let today = visit.now().to_zoned(visit.zone()).date();
    let full = |date: jiff::civil::Date| {
        if date.year() == today.year() { date_words(t, date) } else { date.to_string() }
    };
    setup
        .skills
        .iter()
        .map(|skill| SkillRow {
            person: skill.person.to_string(),
            name: show.directory().person_name(skill.person),
            word: skill.word.clone(),
            when: match skill.until {
                Some(until) => t.with("duty-from-to", &[("from", full(skill.since)), ("to", full(until))]),
                None => t.with("duty-since", &[("from", full(skill.since))]),
            },
            note: skill.note.clone(),
            state: if skill.counts_on(today) {
                Badge::new(t.say("duty-skill-counts"), Tone::Good)
            } else {
                Badge::new(t.say("duty-skill-over"), Tone::Neutral)
            },
        })
        .collect()
}

fn after_word(rule: &DutyRule) -> &'static str {
    match rule.after_hours {
        AfterHours::Wait => "wait",
        AfterHours::Department(_) => "department",
        AfterHours::Head => "head",
    }
}

fn clock(time: Time) -> String {
    time.strftime("%H:%M").to_string()
}

/// The last instant of required hours as people write it: 24:00 for the end of the day that they began on.
fn end_clock(from: Time, to: Time) -> String {
    if to == Time::midnight() && from != to { "24:00".to_owned() } else { clock(to) }
}

fn rule_words(visit: &Visit, rule: &DutyRule) -> Vec<(String, String)> {
    let t = visit.t();
    let after = match rule.after_hours {
        AfterHours::Department(id) => {
            t.with("duty-after-to", &[("department", visit.app.directory().department_name(id))])
        }
        AfterHours::Wait | AfterHours::Head => t.say(&format!("duty-after-{}", after_word(rule))),
    };
    let cover = match rule.cover {
        Some((from, to)) if from == to => t.say("duty-cover-always"),
        Some((from, to)) => hours_words(t, from, to),
        None => t.say("duty-none"),
    };
    vec![
        (t.say("duty-assigning"), assigning_word(t, rule.assigning)),
        (t.say("duty-after"), after),
        (t.say("duty-cover"), cover),
        (t.say("duty-rest"), span_words(t, rule.rest_minutes * 60, Measured::Working)),
    ]
}

fn assigning_word(t: Tr, assigning: Assigning) -> String {
    t.say(&format!("duty-assigning-{}", assigning.as_str().replace('_', "-")))
}

fn rule_form(visit: &Visit, rule: &DutyRule) -> FieldForm {
    let t = visit.t();
    let directory = visit.app.directory();
    let assigning = Assigning::ALL.iter().map(|one| Choice::new(one.as_str(), assigning_word(t, *one)));
    let after = ["wait", "department", "head"].map(|word| Choice::new(word, t.say(&format!("duty-after-{word}"))));
    let others = directory.departments.values().filter(|d| d.active && d.id != rule.department);
    let others = others.map(|d| Choice::new(d.id.to_string(), &d.name));
    let (to, other) = match rule.after_hours {
        AfterHours::Department(id) => (id.to_string(), true),
        AfterHours::Wait | AfterHours::Head => (String::new(), false),
    };
    let (cover_from, cover_to) = rule.cover.map(|(from, to)| (clock(from), end_clock(from, to))).unwrap_or_default();
    let hours = rule.rest_minutes as f64 / 60.0;
    let depends = Depends {
        name: "after_hours".to_owned(),
        values: vec!["department".to_owned()],
        sentence: if other { String::new() } else { t.say("duty-after-department-when") },
    };
    FieldForm::new([
        FieldView::new(FieldKind::Choice, "assigning", t.say("duty-assigning"))
            .required()
            .options(assigning)
            .as_list(t.say("choice-pick"))
            .hint(t.say("duty-assigning-hint"))
            .value(rule.assigning.as_str()),
        FieldView::new(FieldKind::Choice, "after_hours", t.say("duty-after"))
            .required()
            .options(after)
            .as_list(t.say("choice-pick"))
            .value(after_word(rule)),
        FieldView::new(FieldKind::Department, "after_department", t.say("duty-after-department-which"))
            .options(others)
            .depends(depends)
            .value(to),
        FieldView::new(FieldKind::Text, "cover_from", t.say("duty-cover-from"))
            .example("08:00")
            .hint(t.say("duty-cover-hint"))
            .value(cover_from),
        FieldView::new(FieldKind::Text, "cover_to", t.say("duty-cover-to")).example("22:00").value(cover_to),
        FieldView::new(FieldKind::Decimal, "rest_hours", t.say("duty-rest"))
            .unit(t.say("duty-hours-unit"))
            .hint(t.say("duty-rest-hint"))
            .value(hours.to_string()),
    ])
}

fn skill_form(visit: &Visit, id: DepartmentId) -> FieldForm {
    let t = visit.t();
    let directory = visit.app.directory();
    let people = directory.members(id).map(|p| Choice::new(p.id.to_string(), &p.name));
    FieldForm::new([
        FieldView::new(FieldKind::Person, "person", t.say("duty-person")).required().options(people),
        FieldView::new(FieldKind::Text, "word", t.say("duty-skill")).required().hint(t.say("duty-skill-hint")),
        FieldView::new(FieldKind::Date, "since", t.say("duty-skill-since")).hint(t.say("duty-skill-since-hint")),
        FieldView::new(FieldKind::Date, "until", t.say("duty-skill-until")).hint(t.say("duty-skill-until-hint")),
        FieldView::new(FieldKind::Text, "note", t.say("duty-skill-note")),
    ])
}

async fn set_rule(visit: Visit, Posted(fields): Posted) -> PageResult {
    let id = department(&visit, fields.get("department"))?;
    let get = |name: &str| fields.get(name).to_owned();
    let text = RuleText {
        assigning: get("assigning"),
        after_hours: get("after_hours"),
        after_department: fields.parse("after_department"),
        cover_from: get("cover_from"),
        cover_to: get("cover_to"),
        rest_hours: get("rest_hours"),
    };
    let seen = fields.parse("version").unwrap_or_default();
    match visit.app.set_duty_rule(&visit.ctx, visit.actor(), id, text, seen).await {
        Ok(()) => Ok(visit.go(&format!("/duty/setup?department={id}"), &Pending::done("duty-rule-saved"))),
        Err(AppError::Refused(refusal @ (Refusal::Fields(_) | Refusal::Stale { .. }))) => {
            let page = page(&visit, id, Refused::Rule(&fields, &refusal)).await?;
            let stale = matches!(refusal, Refusal::Stale { .. });
            visit.page(if stale { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY }, &page)
        }
        Err(other) => Err(other.into()),
    }
}

async fn train(visit: Visit, Posted(fields): Posted) -> PageResult {
    let id = department(&visit, fields.get("department"))?;
    let get = |name: &str| fields.get(name).to_owned();
    let text = SkillText { word: get("word"), since: get("since"), until: get("until"), note: get("note") };
    let result = match fields.parse::<PersonId>("person") {
        Some(person) => visit.app.record_skill(&visit.ctx, visit.actor(), person, text).await,
        None => Err(Refusal::field("person", "missing").into()),
    };
    match result {
        Ok(()) => Ok(visit.go(&format!("/duty/setup?department={id}"), &Pending::done("duty-skill-saved"))),
        Err(AppError::Refused(refusal @ Refusal::Fields(_))) => {
            let page = page(&visit, id, Refused::Skill(&fields, &refusal)).await?;
            visit.page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other.into()),
    }
}

async fn untrain(visit: Visit, Posted(fields): Posted) -> PageResult {
    let id = department(&visit, fields.get("department"))?;
    let person: PersonId = fields.parse("person").ok_or(Refusal::NotFound)?;
    let back = format!("/duty/setup?department={id}");
    match visit.app.remove_skill(&visit.ctx, visit.actor(), person, fields.get("word")).await {
        Ok(()) => Ok(visit.go(&back, &Pending::done("duty-skill-removed"))),
        // A second click finds nothing to remove any more.
        Err(AppError::Refused(refusal @ Refusal::NotFound)) => Ok(visit.go(&back, &failed(visit.t(), &refusal))),
        Err(other) => Err(other.into()),
    }
}

/// Its routes.
pub fn routes() -> Router<WebState> {
    Router::new()
        .route("/duty/setup", get(show))
        .route("/duty/rules", post(set_rule))
        .route("/duty/trainings", post(train))
        .route("/duty/trainings/removal", post(untrain))
}
