//! Names inside expressions and references: `form.field`, `ticket.…`, `step.answer`, `step.passes`.
//!
//! The one thing to know: where a form and a step share an id, a field wins over `answer` and `passes`. What each name
//! may be compared with is decided here, once, for gateways and for conditions of forms.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::condition::{Condition, Name, NameSource};
use crate::expression::{Parsed, lowered};
use crate::fault::{CelType, FaultKind};
use crate::form::{Field, FieldRef, Form};
use crate::hint::nearest;
use crate::presence::mentioned;
use crate::typing::{Scope, Variable};
use crate::vocabulary::{Channel, FieldType, Priority};
use crate::yaml::{Node, Place, Scalar};

use super::faults::Faults;

/// What a gateway may read.
pub(super) struct TicketScope<'a> {
    pub forms: &'a [Form],
    /// Every step, and whether it is a contact sheet.
    pub steps: &'a [(String, IsSheet)],
    /// Ids of all departments.
    pub departments: &'a [String],
    pub rated: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IsSheet {
    Yes,
    No,
}

/// What a condition of a form may read: fields of the same form.
pub(super) struct FormScope<'a> {
    pub form: &'a Form,
    /// Only this many fields, from the front.
    pub fields: usize,
}

const TICKET: &[&str] = &["priority", "channel", "department", "reopens"];

impl Scope for TicketScope<'_> {
    fn find(&self, root: &str, member: &str) -> Result<Variable, FaultKind> {
        if root == "ticket" {
            return self.ticket(member);
        }
        let form = self.forms.iter().find(|form| form.id == root);
        let step = self.steps.iter().find(|(id, _)| id == root);
        if let Some(field) = form.and_then(|form| form.field(member)) {
            return Ok(variable(field));
        }
        match (step, member) {
            (Some(_), "passes") => return Ok(plain(NameSource::Passes, CelType::Int)),
            (Some((_, IsSheet::Yes)), "answer") => {
                return Ok(plain(NameSource::Answer, CelType::String));
            }
            _ => {}
        }
        let hint = match (form, step) {
            (Some(form), _) => {
                nearest(member, form.fields.iter().map(|field| field.id.as_str())).map(|near| format!("{root}.{near}"))
            }
            (None, Some((_, step))) => {
                nearest(member, members(step).iter().copied()).map(|near| format!("{root}.{near}"))
            }
            (None, None) => {
                let forms = self.forms.iter().map(|form| form.id.as_str());
                let steps = self.steps.iter().map(|(id, _)| id.as_str());
                nearest(root, forms.chain(steps).chain(["ticket"])).map(|near| format!("{near}.{member}"))
            }
        };
        Err(FaultKind::CelUnknown { name: format!("{root}.{member}"), hint })
    }

    fn suggest(&self, name: &str) -> Option<String> {
        suggest(self.forms, name)
    }
}

impl TicketScope<'_> {
    fn ticket(&self, member: &str) -> Result<Variable, FaultKind> {
        let choice =
            |source, options: Vec<String>| Variable { source, cel_type: CelType::String, options: Some(options) };
        let words = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
        match member {
            "priority" => Ok(choice(NameSource::Priority, words(Priority::IDS))),
            "channel" => Ok(choice(NameSource::Channel, words(Channel::IDS))),
            "department" => Ok(choice(NameSource::Department, self.departments.to_vec())),
            "reopens" if self.rated => Ok(plain(NameSource::Reopens, CelType::Bool)),
            _ => {
                let hint = nearest(member, TICKET.iter().copied()).map(|near| format!("ticket.{near}"));
                Err(FaultKind::CelUnknown { name: format!("ticket.{member}"), hint })
            }
        }
    }
}

impl Scope for FormScope<'_> {
    fn find(&self, root: &str, member: &str) -> Result<Variable, FaultKind> {
        let name = format!("{root}.{member}");
        if root != self.form.id {
            return Err(FaultKind::OtherForm { name });
        }
        match self.form.fields.iter().position(|field| field.id == member) {
            Some(position) if position < self.fields => Ok(variable(&self.form.fields[position])),
            Some(_) => Err(FaultKind::LooksAhead { name }),
            None => {
                let hint = nearest(member, self.form.fields.iter().map(|field| field.id.as_str()))
                    .map(|near| format!("{root}.{near}"));
                Err(FaultKind::CelUnknown { name, hint })
            }
        }
    }

    fn suggest(&self, name: &str) -> Option<String> {
        suggest(std::slice::from_ref(self.form), name)
    }
}

/// What an expression may ask of a step.
fn members(step: &IsSheet) -> &'static [&'static str] {
    match step {
        IsSheet::Yes => &["passes", "answer"],
        IsSheet::No => &["passes"],
    }
}

/// `kind` alone was probably meant as `call.kind`.
fn suggest(forms: &[Form], name: &str) -> Option<String> {
    let holder = forms.iter().find(|form| form.field(name).is_some());
    holder.map(|form| form.key(name))
}

fn plain(source: NameSource, cel_type: CelType) -> Variable {
    Variable { source, cel_type, options: None }
}

fn variable(field: &Field) -> Variable {
    let cel_type = match field.kind {
        FieldType::Text | FieldType::Choice | FieldType::Phone | FieldType::Person | FieldType::Department => {
            CelType::String
        }
        FieldType::Integer | FieldType::Money => CelType::Int,
        FieldType::Decimal => CelType::Double,
        FieldType::Date => CelType::Date,
        FieldType::DateTime => CelType::Timestamp,
        FieldType::YesNo => CelType::Bool,
        FieldType::Attachment => CelType::Files,
    };
    let closed = matches!(field.kind, FieldType::Choice | FieldType::Department) && !field.options.is_empty();
    let options = closed.then(|| field.options.iter().map(|option| option.value.clone()).collect());
    Variable { source: NameSource::Field, cel_type, options }
}

/// Whether every complete filling of the form has a value for the field.
pub(super) fn always_filled(field: &Field) -> bool {
    field.required && field.visible_when.is_none()
}

/// An expression as it stands in the file.
pub(super) struct Written<'n> {
    pub place: Place,
    pub scalar: &'n Scalar,
    pub parsed: Parsed,
}

/// Reads an expression; whether its names and types fit is asked later.
pub(super) fn expression<'n>(node: &'n Node, faults: &mut Faults) -> Option<Written<'n>> {
    let scalar = faults.scalar(node, crate::fault::Shape::Text)?;
    match crate::expression::parse(&scalar.text) {
        Ok(parsed) => Some(Written { place: node.place, scalar, parsed }),
        Err((offset, fault)) => {
            faults.add(scalar.place_of(node.place, offset), fault);
            None
        }
    }
}

impl Written<'_> {
    /// Checks it and makes it a condition.
    pub fn condition(&self, scope: &dyn Scope, certain: &BTreeSet<String>, faults: &mut Faults) -> Option<Condition> {
        let slips = crate::typing::check(&self.parsed, scope, certain);
        let clean = slips.is_empty();
        for (offset, fault) in slips {
            faults.add(self.scalar.place_of(self.place, offset), fault);
        }
        if !clean {
            return None;
        }
        let mut names = Vec::new();
        let mut reads = Vec::new();
        for (root, member) in mentioned(self.parsed.expr()) {
            let source = scope.find(&root, &member).ok()?.source;
            if source == NameSource::Field {
                reads.push(FieldRef { form: root.clone(), field: member.clone() });
            }
            names.push(Name { root, member, source });
        }
        let program = Arc::new(lowered(self.parsed.expr()));
        Some(Condition { source: self.parsed.source.clone(), reads, names, program })
    }
}

/// A `form.field` of one of the wanted types (any type if none is named).
pub(super) fn field_of_type(
    node: &Node,
    forms: &[Form],
    wanted: &'static [FieldType],
    faults: &mut Faults,
) -> Option<FieldRef> {
    let text = faults.text(node)?;
    let Some((form_id, field_id)) = text.split_once('.') else {
        faults.add(node.place, FaultKind::BadReference { text });
        return None;
    };
    let field = reference(form_id, field_id, forms, node.place, faults)?;
    if wanted.is_empty() || wanted.contains(&field.kind) {
        return Some(FieldRef { form: form_id.to_owned(), field: field_id.to_owned() });
    }
    faults.add(node.place, FaultKind::FieldOfWrongType { field: text, wanted, found: field.kind });
    None
}

/// A field by its two names, or a fault with a hint.
pub(super) fn reference<'f>(
    form_id: &str,
    field_id: &str,
    forms: &'f [Form],
    place: Place,
    faults: &mut Faults,
) -> Option<&'f Field> {
    use crate::fault::NameKind;
    let Some(form) = forms.iter().find(|form| form.id == form_id) else {
        let hint = nearest(form_id, forms.iter().map(|form| form.id.as_str()));
        faults.add(place, FaultKind::UnknownName { kind: NameKind::Form, name: form_id.to_owned(), hint });
        return None;
    };
    let field = form.field(field_id);
    if field.is_none() {
        let hint = nearest(field_id, form.fields.iter().map(|field| field.id.as_str()))
            .map(|near| format!("{form_id}.{near}"));
        let name = format!("{form_id}.{field_id}");
        faults.add(place, FaultKind::UnknownName { kind: NameKind::Field, name, hint });
    }
    field
}

/// A field that decides a department: one of type `department`, or a choice whose every option routes to one.
pub(super) fn department_field(node: &Node, forms: &[Form], faults: &mut Faults) -> Option<FieldRef> {
    let reference = field_of_type(node, forms, &[FieldType::Department, FieldType::Choice], faults)?;
    let field = forms.iter().find(|form| form.id == reference.form)?.field(&reference.field)?;
    let mut complete = true;
    for option in field.options.iter().filter(|option| option.department.is_none()) {
        faults.add(node.place, FaultKind::OptionWithoutDepartment { option: option.value.clone() });
        complete = false;
    }
    complete.then_some(reference)
}
