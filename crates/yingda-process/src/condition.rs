//! A checked CEL expression that answers yes or no.
//!
//! The one thing to know: one exists only after the type checker (`typing`) let it in, so evaluating it cannot fail;
//! should it ever (a stored position that does not belong to the definition), the answer is `None` and not a wrong yes.

use cel::{Context, Env, IdedExpr};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};

use crate::definition::Rating;
use crate::form::FieldRef;
use crate::instance::Instance;
use crate::value::{Value, Values};

/// What a `when` says.
#[derive(Clone)]
pub struct Condition {
    pub source: String,
    /// Every field it reads, also inside `has()`.
    pub reads: Vec<FieldRef>,
    pub(crate) names: Vec<Name>,
    pub(crate) program: Arc<IdedExpr>,
}

/// `root.member` and what it stands for; decided when the file is loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    pub root: String,
    pub member: String,
    pub source: NameSource,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameSource {
    Field,
    /// How often a step was completed.
    Passes,
    /// What a contact sheet was answered.
    Answer,
    Priority,
    Channel,
    Department,
    /// Whether the present rating is one that reopens.
    Reopens,
}

/// Building the standard functions takes longer than a whole evaluation, so it is done once.
static STANDARD: LazyLock<Arc<Env>> = LazyLock::new(|| Arc::new(Env::stdlib()));

impl Condition {
    /// Whether it holds for a running ticket.
    pub(crate) fn holds(&self, instance: &Instance, rating: Option<&Rating>) -> Option<bool> {
        self.evaluate(|name| match name.source {
            NameSource::Field => value_of(&instance.values, name),
            NameSource::Passes => Some(i64::from(instance.passes.get(&name.root).copied().unwrap_or(0)).into()),
            NameSource::Answer => instance.answers.get(&name.root).map(|answer| answer.as_str().into()),
            NameSource::Priority => instance.facts.as_ref().map(|facts| facts.priority.id().into()),
            NameSource::Channel => instance.facts.as_ref().map(|facts| facts.channel.id().into()),
            NameSource::Department => {
                instance.facts.as_ref().and_then(|facts| facts.department.as_deref()).map(Into::into)
            }
            NameSource::Reopens => {
                let rating = rating?;
                let given = instance.values.get(&rating.field.to_string())?.text();
                Some(rating.reopen_on.contains(&given).into())
            }
        })
    }

    /// Whether it holds for a form that is being filled in; it reads that form only.
    pub(crate) fn holds_in_form(&self, values: &Values) -> Option<bool> {
        self.evaluate(|name| match name.source {
            NameSource::Field => value_of(values, name),
            _ => None,
        })
    }

    fn evaluate(&self, find: impl Fn(&Name) -> Option<cel::Value>) -> Option<bool> {
        // A root without any value must be there too: `has()` asks it.
        let mut roots: BTreeMap<&str, HashMap<String, cel::Value>> = BTreeMap::new();
        for name in &self.names {
            let members = roots.entry(&name.root).or_default();
            if let Some(value) = find(name) {
                members.insert(name.member.clone(), value);
            }
        }
        let mut context = Context::with_env(Arc::clone(&STANDARD));
        for (root, members) in roots {
            context.add_variable_from_value(root, members);
        }
        match cel::Value::resolve(&self.program, &context) {
            Ok(cel::Value::Bool(answer)) => Some(answer),
            Ok(_) | Err(_) => None,
        }
    }
}

fn value_of(values: &Values, name: &Name) -> Option<cel::Value> {
    let value = values.get(&format!("{}.{}", name.root, name.member))?;
    Some(match value {
        Value::Text(text) | Value::Choice(text) | Value::Person(text) | Value::Department(text) => text.as_str().into(),
        Value::Phone(phone) => phone.digits.as_str().into(),
        Value::Integer(number) | Value::Money(number) => (*number).into(),
        Value::Decimal(number) => cel::Value::Float(number.parse().ok()?),
        Value::Date(date) => days(*date).into(),
        Value::DateTime(instant) => instant.as_microsecond().into(),
        Value::YesNo(yes) => (*yes).into(),
        // Only `has()` may ask about files.
        Value::Attachment(_) => true.into(),
    })
}

/// Days since 1970-01-01: how a date is compared inside an expression.
pub(crate) fn days(date: jiff::civil::Date) -> i64 {
    i64::from((date - jiff::civil::date(1970, 1, 1)).get_days())
}

impl std::fmt::Debug for Condition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Condition").field(&self.source).finish()
    }
}
