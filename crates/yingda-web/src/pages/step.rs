//! The steps at which a ticket waits, as forms or as sentences; what it holds so far; its chart.

use std::collections::BTreeSet;

use yingda_app::WorkItem;
use yingda_app::ticket::TicketView;
use yingda_core::AnswerId;
use yingda_core::sheet::SheetState;
use yingda_process::draw::{self, Picture, Style, Words};
use yingda_process::form::Field;
use yingda_process::graph::START;
use yingda_process::query::ActiveStep;
use yingda_process::{Definition, FieldType, Form, RawForm, TokenKind, Value};

use crate::front::{Fault, Visit};
use crate::i18n::{Locale, Tr};
use crate::kit::{Choice, Due, FieldForm, Markup};
use crate::pages::actions::{Place, Returned};
use crate::pages::forms::{Filling, control_id};
use crate::pages::fragments::answer_panel;
use crate::pages::particulars;
use crate::pages::show::Show;
use crate::views::intake::Give;
use crate::views::ticket::StepView;

/// A limit warns when less than this is left, in milliseconds.
const WARNS: i64 = 60 * 60 * 1000;

/// The steps at which the ticket waits: a form for what the reader may complete, a sentence for the rest.
///
/// # Errors
/// Where standard answers cannot be read.
pub async fn steps(
    visit: &Visit,
    show: &Show,
    view: &TicketView,
    answer: Option<AnswerId>,
    back: Option<&Returned>,
) -> Result<Vec<StepView>, Fault> {
    let mut steps = Vec::new();
    // What the reader can do stands before what others have to do.
    let mut active = view.process.definition.active(&view.instance);
    active.sort_by_key(|step| !view.mine.contains(&i64::from(step.token)));
    for step in active {
        let token = i64::from(step.token);
        let item = view.held.work.iter().find(|item| item.token == token);
        let due = item.and_then(|item| due(visit, item));
        let mut shown = StepView {
            token: token.to_string(),
            name: step.label.to_owned(),
            lane: step.lane.name.clone(),
            help: None,
            script: None,
            form: FieldForm::default(),
            outcomes: Vec::new(),
            due,
            answers: None,
            answer: String::new(),
            kept: false,
            waiting: None,
        };
        if step.kind == TokenKind::Person && view.mine.contains(&token) {
            open(visit, show, view, &step, &mut shown, answer, back).await?;
        } else {
            shown.waiting = Some(waiting(visit.t(), show, view, &step, item));
        }
        steps.push(shown);
    }
    Ok(steps)
}

fn due(visit: &Visit, item: &WorkItem) -> Option<Due> {
    item.due.map(|due| Due::running("", due, visit.now(), WARNS, &visit.zone(), visit.t()))
}

/// Why the reader cannot complete a step.
fn waiting(t: Tr, show: &Show, view: &TicketView, step: &ActiveStep<'_>, item: Option<&WorkItem>) -> String {
    let token = i64::from(step.token);
    if let Some(sheet) = view.sheets.iter().rev().find(|sheet| sheet.token == Some(token)) {
        let department = show.directory().department_name(sheet.to_department);
        return t.with("step-waits-sheet", &[("department", department.as_str()), ("number", sheet.number.as_str())]);
    }
    match item.and_then(|item| item.department) {
        Some(department) => {
            t.with("step-waits-answer", &[("department", show.directory().department_name(department))])
        }
        None => t.with("step-waits-other", &[("lane", step.lane.name.as_str())]),
    }
}

async fn open(
    visit: &Visit,
    show: &Show,
    view: &TicketView,
    step: &ActiveStep<'_>,
    shown: &mut StepView,
    answer: Option<AnswerId>,
    back: Option<&Returned>,
) -> Result<(), Fault> {
    let t = visit.t();
    let token = i64::from(step.token);
    let back = back.filter(|back| back.place == Place::Step(token));
    shown.kept = back.is_some();
    shown.script = step.script.map(|script| Markup::prose(&script.text));
    shown.outcomes = vec![Choice::new("done", t.with("step-submit", &[("step", step.label)]))];
    let Some(form) = step.form else {
        shown.help = Some(t.say("step-tick"));
        return Ok(());
    };
    let mut raw = back.map(|back| back.typed.of_process()).unwrap_or_default();
    let tells = form.fields.iter().find(|field| field.tells_customer);
    let searches = form.fields.iter().any(|field| field.searches_answers);
    let prefix = format!("s{token}");
    let control = tells.map(|field| format!("{prefix}-{}", control_id(&form.key(&field.id))));
    let home = format!("/tickets/{}", view.held.ticket.id);
    let mut address = String::new();
    if searches {
        shown.answer = back.map(|back| back.typed.get("answer").to_owned()).unwrap_or_default();
        if let (Some(field), Some(id)) = (tells, answer) {
            begin_with(visit, &mut raw, &form.key(&field.id), id, shown).await;
        }
        address = control.as_ref().map_or_else(
            || "/fragments/answers".to_owned(),
            |control| format!("/fragments/answers?fill={control}&page={home}"),
        );
        let give = control.map_or(Give::Read, |control| Give::Fill { control, page: home });
        let typed = first_typed(form, &raw, |field| field.searches_answers);
        let question = typed.unwrap_or_else(|| view.held.ticket.description.clone());
        shown.answers = Some(answer_panel(visit, &question, give).await?);
    }
    // What a department has answered is where the desk's own answer begins.
    if let Some(field) = tells.filter(|field| field.required)
        && let Some(sheet) = view.sheets.iter().rev().find(|sheet| sheet.state == SheetState::Countersigned)
    {
        raw.entry(form.key(&field.id)).or_insert_with(|| vec![sheet.answer.clone()]);
    }
    let into = format!("answers-{token}");
    let filling = Filling {
        t,
        directory: show.directory(),
        raw: &raw,
        wrong: back.map(Returned::wrong).unwrap_or_default(),
        caller: None,
        answers: searches.then_some((address.as_str(), into.as_str())),
    };
    shown.form = filling.form(form);
    for field in &mut shown.form.fields {
        field.id = format!("{prefix}-{}", field.id);
        // Files that came with an earlier sending are on the ticket already.
        let ids = raw.get(&field.name).map(Vec::as_slice).unwrap_or_default();
        field.kept = view
            .attachments
            .iter()
            .filter(|file| field.many && ids.contains(&file.id.to_string()))
            .map(|file| Choice::new(file.id.to_string(), &file.name))
            .collect();
    }
    Ok(())
}

/// Begins an answer with a standard one, where the reader may see it.
async fn begin_with(visit: &Visit, raw: &mut RawForm, key: &str, id: AnswerId, shown: &mut StepView) {
    if raw.contains_key(key) {
        return;
    }
    // One that is gone, or not for this reader, is simply not filled in.
    if let Ok((answer, _)) = visit.app.answer(visit.actor(), id).await {
        raw.insert(key.to_owned(), vec![answer.answer]);
        shown.answer = id.to_string();
    }
}

fn first_typed(form: &Form, raw: &RawForm, wanted: impl Fn(&Field) -> bool) -> Option<String> {
    let fields = form.fields.iter().filter(|field| wanted(field));
    fields.filter_map(|field| raw.get(&form.key(&field.id))?.first()).find(|text| !text.trim().is_empty()).cloned()
}

/// What was typed into a refused form, by label, for whoever has to compare it.
#[must_use]
pub fn typed(definition: &Definition, returned: &Returned) -> Vec<(String, String)> {
    let own = ["csrf", "key", "version", "since", "answer", "outcome"];
    let label = |name: &str| {
        let (form, field) = name.split_once('.')?;
        definition.form(form)?.field(field).map(|field| (field.label.clone(), field.kind))
    };
    returned
        .typed
        .pairs
        .iter()
        .filter(|(name, value)| !own.contains(&name.as_str()) && !value.trim().is_empty())
        .filter_map(|(name, value)| match label(name) {
            Some((_, FieldType::Attachment | FieldType::Person)) => None,
            Some((label, _)) => Some((label, value.clone())),
            None => Some((String::new(), value.clone())),
        })
        .collect()
}

/// What the ticket's forms hold, in the order of the process; what was corrected since is as it stands now.
#[must_use]
pub fn facts(visit: &Visit, show: &Show, view: &TicketView) -> Vec<(String, String)> {
    let forms = view.process.definition.forms.iter();
    let corrected = particulars::corrected(view);
    forms
        .flat_map(|form| form.fields.iter().map(move |field| (form, field)))
        .filter_map(|(form, field)| {
            let value = view.instance.values.get(&form.key(&field.id))?;
            let column = field.fills.map(|column| column.id()).filter(|column| corrected.contains(*column));
            let now = column.and_then(|column| particulars::now(visit.t(), &view.held.ticket, column));
            Some((field.label.clone(), now.unwrap_or_else(|| shown(visit, show, value))))
        })
        .collect()
}

/// A value as a person at this desk reads it: names for codes, local time for instants.
fn shown(visit: &Visit, show: &Show, value: &Value) -> String {
    let directory = show.directory();
    match value {
        Value::Department(code) => directory.department(code).map_or_else(|| code.clone(), |d| d.name.clone()),
        Value::Person(word) => directory.person(word).map_or_else(|| word.clone(), |p| p.name.clone()),
        Value::DateTime(at) => at.to_zoned(visit.zone()).strftime("%Y-%m-%d %H:%M").to_string(),
        Value::YesNo(yes) => visit.t().say(if *yes { "yes" } else { "no" }),
        other => other.text(),
    }
}

/// The swimlane chart with what is open and what is passed.
#[must_use]
pub fn chart(view: &TicketView, t: Tr) -> Markup {
    let definition = &view.process.definition;
    let instance = &view.instance;
    let mut done: BTreeSet<String> = instance.passes.keys().cloned().collect();
    done.insert(START.to_owned());
    done.extend(instance.ended.iter().map(|ended| ended.step.clone()));
    let live: BTreeSet<String> = instance.tokens.iter().map(|token| token.step.clone()).collect();
    done.retain(|step| !live.contains(step));
    let picture = Picture {
        title: definition.name.clone(),
        id: "chart".to_owned(),
        live,
        done,
        theme: String::new(),
        style: Style::Classes,
        words: if t.locale() == Locale::En { Words::english() } else { Words::default() },
    };
    Markup::vouched(draw::svg(&definition.graph(), &picture))
}
