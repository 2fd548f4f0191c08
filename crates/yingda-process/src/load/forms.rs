//! Forms, fields and options.
//!
//! The one thing to know: the conditions of a form are typed when all of its fields are read, so `required_when` may
//! name a later field and `visible_when` is told apart when it does.

use std::collections::BTreeSet;

use crate::definition::{Department, Trace};
use crate::fault::{FaultKind, NameKind, WordKind};
use crate::form::{Field, FieldOption, Form};
use crate::number::Exact;
use crate::vocabulary::{Column, FieldType, Priority};
use crate::yaml::{Body, Node, Place};

use super::check_id;
use super::faults::{Faults, IdUse, View};
use super::scope::{FormScope, Written, always_filled, expression};

const FIELD_KEYS: &[&str] = &[
    "label",
    "type",
    "required",
    "required_when",
    "visible_when",
    "help",
    "options",
    "unit",
    "min",
    "max",
    "max_length",
    "fills",
    "tells_customer",
    "searches_answers",
    "multiline",
    "default",
];

pub(super) fn read(view: &View<'_>, departments: &[Department], faults: &mut Faults) -> Vec<Form> {
    let entries = view.get("forms").and_then(|node| faults.entries(node)).unwrap_or_default();
    entries.iter().filter_map(|(id, node)| form(&id.text, node, departments, faults)).collect()
}

fn form(id: &str, node: &Node, departments: &[Department], faults: &mut Faults) -> Option<Form> {
    let view = faults.view(node, &["title", "fields"])?;
    let mut form = Form {
        id: id.to_owned(),
        title: faults.required_text(&view, "title").unwrap_or_default(),
        fields: Vec::new(),
        trace: faults.trace(&view),
    };
    let mut conditions = Vec::new();
    let entries = faults.required(&view, "fields").and_then(|node| faults.entries(node)).unwrap_or_default();
    for (key, node) in entries {
        check_id(&key.text, key.place, IdUse::Member, faults);
        let Some(field_view) = faults.view(node, FIELD_KEYS) else {
            continue;
        };
        let field = field(&key.text, &field_view, departments, faults);
        check_column(&form, &field, &field_view, faults);
        let required_when = field_view.get("required_when").and_then(|node| expression(node, faults));
        let visible_when = field_view.get("visible_when").and_then(|node| expression(node, faults));
        conditions.push((required_when, visible_when));
        form.fields.push(field);
    }
    bind(&mut form, &conditions, faults);
    Some(form)
}

fn bind(form: &mut Form, conditions: &[(Option<Written<'_>>, Option<Written<'_>>)], faults: &mut Faults) {
    // A field that depends on a condition is uncertain even before that condition is typed.
    let certain: BTreeSet<String> = form
        .fields
        .iter()
        .zip(conditions)
        .filter(|(field, (_, visible_when))| always_filled(field) && visible_when.is_none())
        .map(|(field, _)| form.key(&field.id))
        .collect();
    let all = form.fields.len();
    let mut bound = Vec::new();
    for (position, (required_when, visible_when)) in conditions.iter().enumerate() {
        let mut bind_one = |written: &Option<Written<'_>>, fields: usize| {
            let scope = FormScope { form, fields };
            written.as_ref().and_then(|written| written.condition(&scope, &certain, faults))
        };
        bound.push((bind_one(required_when, all), bind_one(visible_when, position)));
    }
    for (field, (required_when, visible_when)) in form.fields.iter_mut().zip(bound) {
        field.required_when = required_when;
        field.visible_when = visible_when;
    }
}

fn field(id: &str, view: &View<'_>, departments: &[Department], faults: &mut Faults) -> Field {
    let kind = faults
        .required(view, "type")
        .and_then(|node| faults.word(node, WordKind::FieldType, FieldType::IDS, FieldType::from_id));
    if let Some(kind) = kind {
        check_keys(view, kind, faults);
    }
    let options = match kind {
        Some(FieldType::Choice) => options(view, departments, faults),
        Some(FieldType::Department) => departments.iter().map(department_option).collect(),
        _ => Vec::new(),
    };
    let max_length = view.get("max_length").and_then(|node| faults.number(node, 1, 100_000));
    let field = Field {
        id: id.to_owned(),
        label: faults.required_text(view, "label").unwrap_or_default(),
        kind: kind.unwrap_or(FieldType::Text),
        required: faults.flag(view, "required"),
        required_when: None,
        visible_when: None,
        help: faults.optional_text(view, "help"),
        options,
        unit: faults.optional_text(view, "unit"),
        min: bound(view, "min", kind, faults),
        max: bound(view, "max", kind, faults),
        max_length: max_length.and_then(|length| u32::try_from(length).ok()),
        fills: view.get("fills").and_then(|node| faults.word(node, WordKind::Column, Column::IDS, Column::from_id)),
        tells_customer: faults.flag(view, "tells_customer"),
        searches_answers: faults.flag(view, "searches_answers"),
        multiline: faults.flag(view, "multiline"),
        default: faults.optional_text(view, "default"),
        trace: faults.trace(view),
    };
    let crossed = |field: &Field| Some(Exact::parse(field.min.as_deref()?)? > Exact::parse(field.max.as_deref()?)?);
    if crossed(&field) == Some(true) {
        faults.add(view.key_place("max"), FaultKind::BoundsCrossed);
    }
    if let (Some(default), Some(node), Some(_)) = (&field.default, view.get("default"), kind)
        && !crate::reading::default_fits(&field, default)
    {
        faults.add(node.place, FaultKind::BadDefault { text: default.clone() });
    }
    field
}

/// Keys that mean something only for some types.
fn check_keys(view: &View<'_>, kind: FieldType, faults: &mut Faults) {
    use FieldType::{Choice, Decimal, Integer, Money, Person, Text};
    let rules: &[(&'static str, &[FieldType])] = &[
        ("options", &[Choice]),
        ("unit", &[Integer, Decimal, Money]),
        ("min", &[Integer, Decimal, Money]),
        ("max", &[Integer, Decimal, Money]),
        ("max_length", &[Text, Person]),
        ("tells_customer", &[Text]),
        ("searches_answers", &[Text]),
        ("multiline", &[Text]),
    ];
    for (key, kinds) in rules {
        if view.get(key).is_some() && !kinds.contains(&kind) {
            faults.add(view.key_place(key), FaultKind::KeyNotForType { key, field_type: kind });
        }
    }
    if kind == Choice && view.get("options").is_none() {
        faults.add(view.place, FaultKind::MissingKey { key: "options" });
    }
}

fn bound(view: &View<'_>, key: &str, kind: Option<FieldType>, faults: &mut Faults) -> Option<String> {
    let node = view.get(key)?;
    let text = faults.scalar(node, crate::fault::Shape::Number)?.text.clone();
    let places = match kind {
        Some(FieldType::Integer) => 0,
        Some(FieldType::Money) => 2,
        _ => crate::number::MAX_DIGITS,
    };
    match Exact::parse(&text) {
        Some(number) if number.places() <= places => Some(number.to_string()),
        _ => {
            let max = crate::number::MAX_WHOLE;
            faults.add(node.place, FaultKind::BadNumber { text, min: -max, max });
            None
        }
    }
}

fn options(view: &View<'_>, departments: &[Department], faults: &mut Faults) -> Vec<FieldOption> {
    let mut options: Vec<FieldOption> = Vec::new();
    let Some(node) = view.get("options") else {
        return options;
    };
    let Some(items) = faults.items(node) else {
        return options;
    };
    if items.is_empty() {
        faults.add(node.place, FaultKind::Empty);
    }
    for item in items {
        let Some(option) = option(item, departments, faults) else {
            continue;
        };
        if options.iter().any(|known| known.value == option.value) {
            faults.add(item.place, FaultKind::DuplicateOption { option: option.value });
        } else {
            options.push(option);
        }
    }
    options
}

fn option(node: &Node, departments: &[Department], faults: &mut Faults) -> Option<FieldOption> {
    if let Body::Scalar(_) = node.body {
        let value = faults.text(node)?;
        return Some(FieldOption {
            label: value.clone(),
            value,
            definition: None,
            department: None,
            trace: Trace::default(),
        });
    }
    let view = faults.view(node, &["value", "definition", "department"])?;
    let known: Vec<&str> = departments.iter().map(|department| department.id.as_str()).collect();
    let department =
        view.get("department").and_then(|node| faults.name(node, NameKind::Department, known.iter().copied()));
    let value = faults.required_text(&view, "value")?;
    Some(FieldOption {
        label: value.clone(),
        value,
        definition: faults.optional_text(&view, "definition"),
        department,
        trace: faults.trace(&view),
    })
}

fn department_option(department: &Department) -> FieldOption {
    FieldOption {
        value: department.id.clone(),
        label: department.name.clone(),
        definition: None,
        department: Some(department.id.clone()),
        trace: department.trace.clone(),
    }
}

/// Whether the field can fill the column it names, and is the only one of its form to do so.
fn check_column(form: &Form, field: &Field, view: &View<'_>, faults: &mut Faults) {
    use FieldType::{Choice, Date, DateTime, Department, Person, Phone, Text};
    let Some(column) = field.fills else { return };
    let place: Place = view.get("fills").map_or(view.place, |node| node.place);
    if form.fields.iter().any(|other| other.fills == Some(column)) {
        faults.add(place, FaultKind::DuplicateColumn { column: column.id() });
    }
    let allowed: &[FieldType] = match column {
        Column::CustomerName | Column::ContactName => &[Text, Person],
        Column::Assignee => &[Person, Text],
        Column::Phone => &[Phone],
        Column::Industry | Column::Kind | Column::Channel => &[Text, Choice],
        Column::Priority => &[Choice],
        Column::Department => &[Department, Choice],
        Column::OccurredAt => &[Text, Date, DateTime],
        Column::WantedBy => &[Text, Choice, Date, DateTime],
        Column::Cc => &[Text, Department],
        Column::Subject | Column::Description | Column::Impact | Column::Result | Column::Remark | Column::Address => {
            &[Text, Choice]
        }
    };
    if !allowed.contains(&field.kind) {
        faults.add(place, FaultKind::ColumnType { column: column.id(), field_type: field.kind });
        return;
    }
    for option in &field.options {
        if column == Column::Priority && Priority::from_id(&option.value).is_none() {
            faults.add(place, FaultKind::PriorityOption { option: option.value.clone() });
        }
        if column == Column::Department && option.department.is_none() {
            faults.add(place, FaultKind::OptionWithoutDepartment { option: option.value.clone() });
        }
    }
}
