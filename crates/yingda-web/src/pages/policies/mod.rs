//! 时限政策: the company's own limits for each process, looked at by the desk and changed by its leads in two steps.
//!
//! The one thing to know: what is typed is sent twice, once to be looked at and once, with `do=confirm`, to be saved. Whatever is
//! refused comes back in the same table with every word still there.

pub mod text;
pub mod words;

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::get;
use std::sync::Arc;
use yingda_app::clocks::pages::{PolicyVersion, policy_of};
use yingda_app::clocks::policy::{ClockPolicy, Policy};
use yingda_app::clocks::recompute::Moves;
use yingda_app::clocks::table::{self, CellFrom, is_planned, table};
use yingda_app::{AppError, Process};
use yingda_core::refusal::FieldRefusal;
use yingda_core::{Action, Refusal, Subject, can};
use yingda_process::clock::ClockRule;
use yingda_process::{LimitUnit, Priority};

use self::text::{NONE, PolicyText, calendar_field};
use self::words::{cell_word, difference, limit_or_none, priority_word, row_word};
use crate::front::flash::Pending;
use crate::front::{Fault, PageResult, Posted, Visit, WebState, field_sentence, refusal_sentence};
use crate::i18n::Tr;
use crate::kit::{Choice, FieldKind, FieldView, Moment, Stale};
use crate::pages::clocks::words::{calendar_name, limit_words, measures, unit_word, units};
use crate::pages::show::Show;
use crate::views::calendars::{MoveRow, MovesView};
use crate::views::policies::{
    PoliciesPage, PolicyCellView, PolicyChangePage, PolicyClock, PolicyPage, PolicyRow, PolicyTableRow,
    PolicyVersionRow, ProgressView,
};

async fn list(visit: Visit) -> PageResult {
    can(visit.actor(), Action::SeeCalendars, Subject::Desk)?;
    let show = Show::new(&visit);
    let policies = visit.app.policies();
    let mut rows = Vec::new();
    for process in visit.app.processes().all_current() {
        let definition = &process.definition;
        let policy = policies.of(&definition.id);
        let tables = definition.clocks.iter().filter(|rule| !is_planned(rule));
        let cells: Vec<CellFrom> = tables
            .flat_map(|rule| table(rule, policy.clocks.get(&rule.id)))
            .flat_map(|row| row.cells.into_iter().map(|cell| cell.from))
            .collect();
        let count = |from: CellFrom| cells.iter().filter(|cell| **cell == from).count();
        let latest = visit.app.policy_history(visit.actor(), &definition.id).await?.into_iter().next();
        rows.push(PolicyRow {
            href: format!("/policies/{}", definition.id),
            name: definition.name.clone(),
            source: definition.source.clone().unwrap_or_default(),
            clocks: definition.clocks.len(),
            document: count(CellFrom::Document),
            ours: count(CellFrom::Ours),
            company: count(CellFrom::Company),
            changed: latest.map(|version| (show.moment(version.at), show.person(Some(version.by)))),
        });
    }
    visit.page(StatusCode::OK, &PoliciesPage { shell: visit.shell().await?, rows })
}

/// What was typed and comes back.
#[derive(Debug, Default)]
struct Back {
    text: Option<PolicyText>,
    refusal: Option<Refusal>,
}

fn process_of(visit: &Visit, name: &str) -> Result<Arc<Process>, Refusal> {
    visit.app.processes().current(name).ok_or(Refusal::NotFound)
}

async fn page(visit: &Visit, process: &Process, back: Back) -> Result<PolicyPage, Fault> {
    let t = visit.t();
    let definition = &process.definition;
    let versions = visit.app.policy_history(visit.actor(), &definition.id).await?;
    let policy = versions.first().map(policy_of).transpose()?.unwrap_or_default();
    let may_edit = visit.may(Action::EditPolicies);
    let now = PolicyText::of(definition, &policy);
    let stale = match (&back.refusal, &back.text) {
        (Some(Refusal::Stale { .. }), Some(typed)) => Some(beside(t, definition, &policy, &now, typed)),
        _ => None,
    };
    let wrong: Vec<FieldRefusal> = match &back.refusal {
        Some(Refusal::Fields(fields)) => fields.clone(),
        _ => Vec::new(),
    };
    let text = back.text.unwrap_or(now);
    let drawn = Table { visit, t, text: &text, wrong: &wrong };
    let clocks: Vec<PolicyClock> =
        definition.clocks.iter().map(|rule| drawn.clock(process, rule, policy.clocks.get(&rule.id))).collect();
    let mut reason = FieldView::new(FieldKind::Text, "reason", t.say("policy-reason"))
        .required()
        .hint(t.say("policy-reason-hint"))
        .value(&text.reason);
    reason.error = drawn.error("reason");
    let faults = drawn.faults(&clocks, &reason);
    let named = |fault: &&FieldRefusal| fault.field == "reason" || fault.field.starts_with("clock.");
    let fault = match &back.refusal {
        Some(Refusal::Fields(fields)) => {
            fields.iter().find(|fault| !named(fault)).map(|fault| field_sentence(t, fault))
        }
        Some(other @ Refusal::Stale { .. }) => Some(refusal_sentence(t, other)),
        _ => None,
    };
    let progress = visit.app.recompute_progress().await?;
    Ok(PolicyPage {
        shell: visit.shell().await?,
        process: definition.id.clone(),
        name: definition.name.clone(),
        version: versions.first().map_or(0, |version| version.id).to_string(),
        priorities: Priority::ALL.iter().map(|priority| priority_word(t, *priority)).collect(),
        clocks,
        may_edit,
        reason,
        faults,
        fault,
        stale,
        progress: progress.map(|p| ProgressView { looked: p.looked, moved: p.moved, ended: p.ended }),
        history: history(visit, process, &versions)?,
    })
}

/// What stands there now beside what was typed.
fn beside(
    t: Tr,
    definition: &yingda_process::Definition,
    policy: &Policy,
    now: &PolicyText,
    typed: &PolicyText,
) -> Stale {
    let mut lines = Vec::new();
    let word = |text: &PolicyText, name: &str| {
        let (amount, unit) = (text.get(&format!("{name}.amount")), text.get(&format!("{name}.unit")));
        let limit = amount.parse().ok().zip(LimitUnit::from_id(unit));
        match (limit, unit) {
            (Some((amount, unit)), _) => limit_words(t, yingda_process::Limit { amount, unit }),
            (None, NONE) => t.say("policy-no-limit"),
            (None, unit) => [amount, unit].join(" ").trim().to_owned(),
        }
    };
    for rule in &definition.clocks {
        let rows = table(rule, policy.clocks.get(&rule.id));
        let several = rows.len() > 1;
        for row in rows {
            for cell in row.cells {
                let name = table::field(&rule.id, row.channel, cell.priority);
                let label = cell_word(t, rule, row.channel, cell.priority, several);
                lines.push([label, word(now, &name), word(typed, &name)]);
            }
        }
        let calendar = calendar_field(&rule.id);
        let label = t.with("policy-calendar-of", &[("label", rule.label.as_str())]);
        lines.push([label, now.get(&calendar).to_owned(), typed.get(&calendar).to_owned()]);
    }
    Stale::of(lines)
}

fn history(visit: &Visit, process: &Process, versions: &[PolicyVersion]) -> Result<Vec<PolicyVersionRow>, Fault> {
    let t = visit.t();
    let show = Show::new(visit);
    let mut rows = Vec::new();
    for (n, version) in versions.iter().enumerate() {
        let before = versions.get(n + 1).map(policy_of).transpose()?.unwrap_or_default();
        let mut changes = difference(&visit.app, t, &process.definition, &before, &policy_of(version)?);
        if changes.is_empty() {
            changes.push(t.say("policy-diff-none"));
        }
        rows.push(PolicyVersionRow {
            number: (versions.len() - n).to_string(),
            who: show.person(Some(version.by)),
            when: show.moment(version.at),
            reason: version.reason.clone(),
            changes,
        });
    }
    Ok(rows)
}

/// The table as it is drawn: what is typed, and what is wrong.
struct Table<'a> {
    visit: &'a Visit,
    t: Tr,
    text: &'a PolicyText,
    wrong: &'a [FieldRefusal],
}

impl Table<'_> {
    fn error(&self, field: &str) -> Option<String> {
        let all: Vec<String> =
            self.wrong.iter().filter(|fault| fault.field == field).map(|fault| field_sentence(self.t, fault)).collect();
        Some(all.join(" ")).filter(|text| !text.is_empty())
    }

    fn clock(&self, process: &Process, rule: &ClockRule, policy: Option<&ClockPolicy>) -> PolicyClock {
        let t = self.t;
        let app = &self.visit.app;
        let filed = calendar_name(app, t, rule.calendar.as_deref().unwrap_or(yingda_app::calendars::OFFICE));
        let codes = app.calendar_names().into_iter().map(|(code, _)| code);
        let name = calendar_field(&rule.id);
        let mut calendar =
            FieldView::new(FieldKind::Choice, &name, t.with("policy-calendar-of", &[("label", rule.label.as_str())]))
                .options(codes.map(|code| Choice::new(&code, calendar_name(app, t, &code))))
                .as_list(t.with("policy-calendar-file", &[("name", filed.as_str())]))
                .value(self.text.get(&name));
        calendar.id = format!("calendar-{}", rule.id.replace('.', "-"));
        calendar.error = self.error(&name);
        let holds = policy.and_then(|policy| policy.calendar.as_deref());
        let planned = is_planned(rule).then(|| {
            let lead = rule.target.as_ref().and_then(|target| target.rows.first()?.cells.first());
            match lead {
                Some(cell) => t.with("policy-planned", &[("lead", limit_words(t, cell.limit))]),
                None => t.say("policy-planned-at"),
            }
        });
        let rows = table(rule, policy);
        let several = rows.len() > 1;
        let mut origin = rule.trace.requirements.join(" ");
        if let Some(note) = &rule.trace.note {
            origin = [origin.as_str(), note].join(" ").trim().to_owned();
        }
        PolicyClock {
            label: rule.label.clone(),
            measures: measures(t, &process.definition, rule),
            origin,
            calendar,
            calendar_name: holds.map_or(filed, |code| calendar_name(app, t, code)),
            rows: if planned.is_some() {
                Vec::new()
            } else {
                let cells = |row: &table::TableRow| {
                    row.cells.iter().map(|cell| self.cell(rule, row.channel, cell, several)).collect()
                };
                let name = |row: &table::TableRow| {
                    if several { row_word(t, row.channel) } else { String::new() }
                };
                rows.iter().map(|row| PolicyTableRow { channel: name(row), cells: cells(row) }).collect()
            },
            planned,
            error: self.error(&format!("clock.{}", rule.id)),
        }
    }

    fn cell(
        &self,
        rule: &ClockRule,
        channel: Option<yingda_process::Channel>,
        cell: &table::TableCell,
        several: bool,
    ) -> PolicyCellView {
        let t = self.t;
        let name = table::field(&rule.id, channel, cell.priority);
        let from = match cell.from {
            CellFrom::Document => "document",
            CellFrom::Ours => "ours",
            CellFrom::Company => "company",
            CellFrom::Empty => "none",
        };
        let as_file = match cell.file {
            Some(limit) => t.with("policy-as-file", &[("unit", unit_word(t, limit.unit))]),
            None => t.say("policy-as-file-none"),
        };
        let mut options = vec![Choice::new("", as_file)];
        options.extend(units(t));
        if cell.file.is_some() {
            options.push(Choice::new(NONE, t.say("policy-no-limit")));
        }
        PolicyCellView {
            id: name.replace('.', "-"),
            priority: priority_word(t, cell.priority),
            label: cell_word(t, rule, channel, cell.priority, several),
            amount: self.text.get(&format!("{name}.amount")).to_owned(),
            unit: self.text.get(&format!("{name}.unit")).to_owned(),
            units: options,
            example: cell.file.map(|limit| limit.amount.to_string()).unwrap_or_default(),
            holds: limit_or_none(t, cell.holds),
            from,
            mark: t.say(&format!("policy-from-{from}")),
            file: (cell.from == CellFrom::Company)
                .then(|| t.with("policy-file-says", &[("limit", limit_or_none(t, cell.file))])),
            error: self.error(&name),
            name,
        }
    }

    fn faults(&self, clocks: &[PolicyClock], reason: &FieldView) -> Vec<(String, String, String)> {
        let mut all = Vec::new();
        for clock in clocks {
            if let Some(error) = &clock.error {
                all.push((clock.calendar.id.clone(), clock.label.clone(), error.clone()));
            }
            if let Some(error) = &clock.calendar.error {
                all.push((clock.calendar.id.clone(), clock.calendar.label.clone(), error.clone()));
            }
            for cell in clock.rows.iter().flat_map(|row| &row.cells) {
                if let Some(error) = &cell.error {
                    all.push((cell.id.clone(), cell.label.clone(), error.clone()));
                }
            }
        }
        if let Some(error) = &reason.error {
            all.push((reason.id.clone(), reason.label.clone(), error.clone()));
        }
        all
    }
}

async fn show(visit: Visit, Path(name): Path<String>) -> PageResult {
    can(visit.actor(), Action::SeeCalendars, Subject::Desk)?;
    let process = process_of(&visit, &name)?;
    let page = page(&visit, &process, Back::default()).await?;
    visit.page(StatusCode::OK, &page)
}

/// What comes of a sent table: saved, or what it would do.
enum Outcome {
    Saved,
    Look(Box<PolicyChangePage>),
}

async fn go(visit: &Visit, process: &Process, text: &PolicyText, seen: i64, confirmed: bool) -> Result<Outcome, Fault> {
    let definition = &process.definition;
    let versions = visit.app.policy_history(visit.actor(), &definition.id).await?;
    let now = versions.first().map(policy_of).transpose()?.unwrap_or_default();
    let read = text.read(definition, &now);
    let mut faults = read.as_ref().err().cloned().unwrap_or_default();
    if text.reason.trim().is_empty() {
        faults.push(FieldRefusal::new("reason", "missing"));
    }
    let policy = match read {
        Ok(policy) if faults.is_empty() => policy,
        _ => return Err(Refusal::Fields(faults).into()),
    };
    if confirmed {
        visit.app.change_policy(&visit.ctx, visit.actor(), &definition.id, policy, &text.reason, seen).await?;
        return Ok(Outcome::Saved);
    }
    let current = versions.first().map_or(0, |version| version.id);
    if current != seen {
        return Err(Refusal::Stale { current }.into());
    }
    let moves = visit.app.propose_policy(&visit.ctx, visit.actor(), &definition.id, policy.clone()).await?;
    visit.app.policy_changes(&definition.id, &policy)?;
    let mut hidden = text.hidden();
    hidden.push(("version".to_owned(), seen.to_string()));
    Ok(Outcome::Look(Box::new(PolicyChangePage {
        shell: visit.shell().await?,
        name: definition.name.clone(),
        href: format!("/policies/{}", definition.id),
        hidden,
        changes: difference(&visit.app, visit.t(), definition, &now, &policy),
        moves: moves_view(visit, &moves),
        reason: text.reason.trim().to_owned(),
    })))
}

fn moves_view(visit: &Visit, moves: &Moves) -> MovesView {
    let (t, zone) = (visit.t(), visit.zone());
    let moment = |at: Option<jiff::Timestamp>| at.map(|at| Moment::at(at, visit.now(), &zone, t));
    let rows = moves.sample.iter().map(|moved| MoveRow {
        href: format!("/tickets/{}", moved.ticket),
        number: moved.number.clone(),
        subject: moved.subject.clone(),
        limit: moved.limit.clone(),
        before: moment(moved.before),
        after: moment(moved.after),
    });
    let Moves { total, over, saved, more, .. } = *moves;
    MovesView { total, over, saved, at_least: more, rows: rows.collect() }
}

async fn send(visit: Visit, Path(name): Path<String>, Posted(fields): Posted) -> PageResult {
    can(visit.actor(), Action::EditPolicies, Subject::Desk)?;
    let process = process_of(&visit, &name)?;
    let text = PolicyText::sent(&fields);
    let seen = fields.parse("version").unwrap_or_default();
    if fields.get("do") == "edit" {
        let page = page(&visit, &process, Back { text: Some(text), refusal: None }).await?;
        return visit.page(StatusCode::OK, &page);
    }
    match go(&visit, &process, &text, seen, fields.get("do") == "confirm").await {
        Ok(Outcome::Saved) => Ok(visit.go(&format!("/policies/{name}"), &Pending::done("policy-saved"))),
        Ok(Outcome::Look(page)) => visit.page(StatusCode::OK, page.as_ref()),
        Err(Fault(AppError::Refused(refusal @ (Refusal::Fields(_) | Refusal::Stale { .. })))) => {
            let status = crate::front::reply::status(&AppError::Refused(refusal.clone()));
            let page = page(&visit, &process, Back { text: Some(text), refusal: Some(refusal) }).await?;
            visit.page(status, &page)
        }
        Err(other) => Err(other),
    }
}

/// Their routes.
pub fn routes() -> Router<WebState> {
    Router::new().route("/policies", get(list)).route("/policies/{process}", get(show).post(send))
}
