//! What others ask about a running ticket.
//!
//! The one thing to know: these answer from definition and instance alone. Who may act is decided by access rules,
//! which are deliberately not here.

use jiff::Timestamp;

use crate::definition::{Definition, Lane, LaneHolder, Script, StepKind};
use crate::form::{FieldRef, Form};
use crate::instance::{Instance, TokenKind};
use crate::limit::Limit;
use crate::value::Value;

/// A step at which a ticket waits now.
#[derive(Debug, Clone)]
pub struct ActiveStep<'d> {
    pub token: u32,
    pub step: &'d str,
    pub label: &'d str,
    pub lane: &'d Lane,
    pub kind: TokenKind,
    pub since: Timestamp,
    pub form: Option<&'d Form>,
    pub script: Option<&'d Script>,
    pub limit: Option<Limit>,
}

impl Definition {
    /// The steps at which the ticket waits, oldest first; empty before the start and after the end.
    pub fn active<'d>(&'d self, instance: &Instance) -> Vec<ActiveStep<'d>> {
        let mut active = Vec::new();
        for token in &instance.tokens {
            let (Some(step), Some(lane)) = (self.step(&token.step), self.lane(&token.lane)) else {
                continue;
            };
            let (form, script) = match &step.kind {
                StepKind::Task(task) => (
                    task.form.as_deref().and_then(|id| self.form(id)),
                    task.script.as_deref().and_then(|id| self.script(id)),
                ),
                _ => (None, None),
            };
            active.push(ActiveStep {
                token: token.id,
                step: &step.id,
                label: step.label(),
                lane,
                kind: token.kind,
                since: token.since,
                form,
                script,
                limit: step.limit().and_then(|limit| limit.of(instance.facts.as_ref()?)),
            });
        }
        active
    }
}

impl Lane {
    /// The department that holds this lane for one ticket; `None` for people by role, for the customer, and where
    /// the deciding field is still empty.
    pub fn department(&self, definition: &Definition, instance: &Instance) -> Option<String> {
        match &self.holder {
            LaneHolder::External | LaneHolder::Role(_) => None,
            LaneHolder::Department(id) => Some(id.clone()),
            LaneHolder::DepartmentFrom(field) => definition.department_from(field, instance),
        }
    }
}

impl Definition {
    /// The department that a field's present value is, or routes to.
    pub fn department_from(&self, field: &FieldRef, instance: &Instance) -> Option<String> {
        match instance.values.get(&field.to_string())? {
            Value::Department(id) => Some(id.clone()),
            Value::Choice(value) => {
                let field = self.form(&field.form)?.field(&field.field)?;
                field.options.iter().find(|option| &option.value == value)?.department.clone()
            }
            _ => None,
        }
    }
}
