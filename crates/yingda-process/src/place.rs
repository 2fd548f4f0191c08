//! Placing a matter that comes from elsewhere (an imported table) where it stands, without walking it there.
//!
//! The one thing to know: a placed ticket has not filled in the forms before its step, so it is placed only if nothing
//! that a gateway may read from there on is missing; everything else is the same as for a ticket that walked.

use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

use crate::definition::{Definition, Step, StepKind};
use crate::engine::{Effect, Refusal};
use crate::form::Field;
use crate::instance::{Ended, Facts, Instance, Token, TokenKind};
use crate::value::{Value, Values};
use crate::vocabulary::{FieldType, Milestone};

/// How a procedure takes imported matters: the form that a row fills in, and where a row of each state waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRules {
    /// Id of the form.
    pub form: String,
    /// The step where a matter waits that nobody has responded to.
    pub open: String,
    /// The step where one waits that was responded to and is not solved.
    pub responded: String,
    /// The step where one waits that is solved and not confirmed (J06).
    pub solved: String,
    /// The end of one that the customer has confirmed.
    pub ended: String,
}

/// A matter from elsewhere.
#[derive(Debug, Clone)]
pub struct Placed<'a> {
    /// The import form's values, keyed `form.field`.
    pub values: Values,
    pub facts: Facts,
    /// One of the steps of [`ImportRules`].
    pub step: &'a str,
    /// The milestones that it has reached.
    pub marks: Vec<Milestone>,
}

/// Begins a ticket at a step.
///
/// # Errors
/// [`Refusal::Lacks`] where a gateway ahead reads what the row does not say, [`Refusal::Unfit`] for a step that cannot wait.
pub fn place(definition: &Definition, placed: Placed<'_>, now: Timestamp) -> Result<(Instance, Vec<Effect>), Refusal> {
    let unfit = || Refusal::Unfit { what: placed.step.to_owned() };
    let step = definition.step(placed.step).ok_or_else(unfit)?;
    let mut instance = Instance::new();
    instance.values = spread(definition, placed.values);
    instance.facts = Some(placed.facts.clone());
    instance.marks = placed.marks;
    instance.solved_trail = before(definition, &step.id);
    let missing = lacking(definition, step, &instance.values);
    if !missing.is_empty() {
        return Err(Refusal::Lacks { step: step.id.clone(), missing });
    }
    let effect = match &step.kind {
        StepKind::Task(task) => {
            let token = instance.next_token;
            instance.next_token += 1;
            instance.entered.insert(step.id.clone(), 1);
            instance.tokens.push(Token {
                id: token,
                step: step.id.clone(),
                since: now,
                lane: step.lane.clone(),
                kind: TokenKind::Person,
            });
            let limit = task.limit.as_ref().and_then(|limit| limit.of(&placed.facts));
            Effect::Entered { token, step: step.id.clone(), lane: step.lane.clone(), limit }
        }
        StepKind::End(end) => {
            instance.ended = Some(Ended {
                step: step.id.clone(),
                label: end.label.clone(),
                outcome: end.outcome,
                event_record: end.event_record,
                at: now,
            });
            Effect::Ended { label: end.label.clone(), outcome: end.outcome, event_record: end.event_record }
        }
        StepKind::Gateway(_) | StepKind::Message(_) | StepKind::ContactSheet(_) => {
            return Err(unfit());
        }
    };
    Ok((instance, vec![effect]))
}

/// The import form's values, and the same in every field of another form that fills the same column and can hold them.
fn spread(definition: &Definition, values: Values) -> Values {
    let mut by_column = BTreeMap::new();
    for form in &definition.forms {
        for field in &form.fields {
            if let (Some(column), Some(value)) = (field.fills, values.get(&form.key(&field.id))) {
                by_column.insert(column, value.clone());
            }
        }
    }
    let mut all = values;
    for form in &definition.forms {
        for field in &form.fields {
            let key = form.key(&field.id);
            if let Some(value) = field.fills.and_then(|column| by_column.get(&column))
                && all.get(&key).is_none()
                && holds(field, value)
            {
                all.insert(key, value.clone());
            }
        }
    }
    all
}

fn holds(field: &Field, value: &Value) -> bool {
    match (field.kind, value) {
        (FieldType::Text, Value::Text(_))
        | (FieldType::Phone, Value::Phone(_))
        | (FieldType::Person, Value::Person(_))
        | (FieldType::DateTime, Value::DateTime(_))
        | (FieldType::Date, Value::Date(_)) => true,
        (FieldType::Choice, Value::Choice(given)) | (FieldType::Department, Value::Department(given)) => {
            field.options.iter().any(|option| &option.value == given)
        }
        _ => false,
    }
}

/// The tasks that stand before a step in the file: going back into one of them reopens a solved matter.
fn before(definition: &Definition, step: &str) -> Vec<String> {
    definition
        .steps
        .iter()
        .take_while(|other| other.id != step)
        .filter(|other| matches!(other.kind, StepKind::Task(_) | StepKind::ContactSheet(_)))
        .map(|other| other.id.clone())
        .collect()
}

/// The required fields that some gateway ahead may read before their form is filled in and that have no value yet.
/// Optional ones are guarded by `has()`: the check of the file saw to that.
fn lacking(definition: &Definition, from: &Step, values: &Values) -> Vec<String> {
    let held: BTreeSet<String> = values.iter().map(|(key, _)| key.to_owned()).collect();
    let mut reached: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut todo = vec![(from.id.as_str(), held)];
    let mut missing = BTreeSet::new();
    while let Some((id, held)) = todo.pop() {
        let Some(step) = definition.step(id) else {
            continue;
        };
        let held = match reached.get(id) {
            Some(known) if known.is_subset(&held) => continue,
            Some(known) => known & &held,
            None => held,
        };
        reached.insert(id, held.clone());
        match &step.kind {
            StepKind::Task(task) => {
                let mut held = held;
                if let Some(form) = task.form.as_deref().and_then(|id| definition.form(id)) {
                    held.extend(form.fields.iter().filter(|field| certain(field)).map(|field| form.key(&field.id)));
                }
                todo.push((&task.next, held));
            }
            StepKind::ContactSheet(sheet) => todo.push((&sheet.next, held)),
            StepKind::Message(message) => todo.push((&message.next, held)),
            StepKind::End(_) => {}
            StepKind::Gateway(gateway) => {
                for case in &gateway.cases {
                    for read in &case.when.reads {
                        let field = definition.form(&read.form).and_then(|form| form.field(&read.field));
                        if field.is_some_and(certain) && !held.contains(&read.to_string()) {
                            missing.insert(read.to_string());
                        }
                    }
                    todo.push((&case.to, held.clone()));
                }
                todo.push((&gateway.otherwise, held));
            }
        }
    }
    missing.into_iter().collect()
}

fn certain(field: &Field) -> bool {
    field.required && field.visible_when.is_none()
}
