//! Everything of a file that is not a form, a lane or a step: the document, departments, scripts, measures, rating.
//!
//! The one thing to know: texts of the document are kept as they are printed; nothing here decides how a ticket goes.

use crate::definition::{
    Attachments, Department, Document, DocumentVersion, Measure, Note, Numbering, Rating, RatingValue, Script,
};
use crate::fault::{FaultKind, NameKind, WordKind};
use crate::form::Form;
use crate::vocabulary::{Channel, FieldType, MeasureOf, Requester};
use crate::yaml::{Body, Node};

use super::Names;
use super::faults::{Faults, IdUse, View, is_id};

#[derive(Debug)]
pub(super) struct Head {
    pub id: String,
    pub name: String,
    pub source: Option<String>,
    pub document: Document,
    pub purpose: Option<String>,
    pub scope: Option<String>,
    pub trigger: Option<String>,
    pub control_points: Vec<String>,
    pub success: Vec<String>,
    pub channels: Vec<Channel>,
    pub requester: Requester,
    pub number: Numbering,
    pub departments: Vec<Department>,
    pub scripts: Vec<Script>,
    pub greeting: Option<String>,
    pub measures: Vec<Measure>,
    pub retention_years: u32,
    pub attachments: Attachments,
    pub notes: Vec<Note>,
}

/// Kept at least so long where a file says nothing (R-121, J26).
const RETENTION_YEARS: u32 = 3;
const ATTACHMENT_MB: u32 = 20;

pub(super) fn read(view: &View<'_>, names: &Names, faults: &mut Faults) -> Head {
    let id = faults.required_text(view, "process").unwrap_or_default();
    if !id.is_empty() && !is_id(&id, IdUse::Key) {
        let place = view.get("process").map_or(view.place, |node| node.place);
        faults.add(place, FaultKind::BadId { id: id.clone() });
    }
    faults.trace(view);
    let requester = view
        .get("requester")
        .and_then(|node| faults.word(node, WordKind::Requester, Requester::IDS, Requester::from_id))
        .unwrap_or(Requester::Customer);
    if view.get("channels").is_none() {
        faults.add(view.place, FaultKind::MissingKey { key: "channels" });
    }
    let greeting = view
        .get("greeting")
        .and_then(|node| faults.name(node, NameKind::Script, names.scripts.iter().map(String::as_str)));
    Head {
        id,
        name: faults.required_text(view, "name").unwrap_or_default(),
        source: faults.optional_text(view, "source"),
        document: document(view, faults),
        purpose: faults.optional_text(view, "purpose"),
        scope: faults.optional_text(view, "scope"),
        trigger: faults.optional_text(view, "trigger"),
        control_points: faults.texts(view, "control_points"),
        success: faults.texts(view, "success"),
        channels: faults.words(view, "channels", WordKind::Channel, Channel::IDS, Channel::from_id),
        requester,
        number: number(view, faults),
        departments: departments(view, faults),
        scripts: scripts(view, faults),
        greeting,
        measures: measures(view, faults),
        retention_years: retention(view, faults),
        attachments: attachments(view, faults),
        notes: notes(view, faults),
    }
}

fn document(view: &View<'_>, faults: &mut Faults) -> Document {
    const KEYS: &[&str] = &["number", "name", "owner", "revision", "pages", "versions"];
    const VERSION_KEYS: &[&str] = &["number", "date", "reason", "key_points", "prepared", "reviewed", "approved"];
    let Some(document) = view.get("document").and_then(|node| faults.view(node, KEYS)) else {
        return Document::default();
    };
    let mut versions = Vec::new();
    for node in document.get("versions").and_then(|node| faults.items(node)).unwrap_or_default() {
        let Some(version) = faults.view(node, VERSION_KEYS) else {
            continue;
        };
        versions.push(DocumentVersion {
            number: faults.required_text(&version, "number").unwrap_or_default(),
            date: faults.optional_text(&version, "date"),
            reason: faults.optional_text(&version, "reason"),
            key_points: faults.optional_text(&version, "key_points"),
            prepared: faults.optional_text(&version, "prepared"),
            reviewed: faults.optional_text(&version, "reviewed"),
            approved: faults.optional_text(&version, "approved"),
            trace: faults.trace(&version),
        });
    }
    Document {
        number: faults.optional_text(&document, "number"),
        name: faults.optional_text(&document, "name"),
        owner: faults.optional_text(&document, "owner"),
        revision: faults.optional_text(&document, "revision"),
        pages: faults.optional_text(&document, "pages"),
        versions,
        trace: faults.trace(&document),
    }
}

fn number(view: &View<'_>, faults: &mut Faults) -> Numbering {
    let empty = Numbering { prefix: String::new(), trace: crate::definition::Trace::default() };
    let Some(number) = faults.required(view, "number").and_then(|node| faults.view(node, &["prefix"])) else {
        return empty;
    };
    let prefix = faults.required_text(&number, "prefix").unwrap_or_default();
    let fits = prefix.len() <= 8 && prefix.bytes().all(|byte| byte.is_ascii_uppercase());
    if !fits {
        let place = number.get("prefix").map_or(number.place, |node| node.place);
        faults.add(place, FaultKind::BadId { id: prefix.clone() });
    }
    Numbering { prefix, trace: faults.trace(&number) }
}

fn departments(view: &View<'_>, faults: &mut Faults) -> Vec<Department> {
    let mut departments = Vec::new();
    for (id, node) in view.get("departments").and_then(|node| faults.entries(node)).unwrap_or_default() {
        let id = id.text.clone();
        if let Body::Scalar(_) = node.body {
            let name = faults.text(node).unwrap_or_default();
            departments.push(Department { id, name, trace: crate::definition::Trace::default() });
        } else if let Some(department) = faults.view(node, &["name"]) {
            let name = faults.required_text(&department, "name").unwrap_or_default();
            departments.push(Department { id, name, trace: faults.trace(&department) });
        }
    }
    departments
}

fn scripts(view: &View<'_>, faults: &mut Faults) -> Vec<Script> {
    let mut scripts = Vec::new();
    for (id, node) in view.get("scripts").and_then(|node| faults.entries(node)).unwrap_or_default() {
        let Some(script) = faults.view(node, &["title", "text"]) else {
            continue;
        };
        scripts.push(Script {
            id: id.text.clone(),
            title: faults.required_text(&script, "title").unwrap_or_default(),
            text: faults.required_text(&script, "text").unwrap_or_default(),
            trace: faults.trace(&script),
        });
    }
    scripts
}

fn measures(view: &View<'_>, faults: &mut Faults) -> Vec<Measure> {
    let mut measures = Vec::new();
    for (id, node) in view.get("measures").and_then(|node| faults.entries(node)).unwrap_or_default() {
        let Some(measure) = faults.view(node, &["label", "of", "at_least_percent", "channels"]) else {
            continue;
        };
        let of = faults
            .required(&measure, "of")
            .and_then(|node| faults.word(node, WordKind::MeasureOf, MeasureOf::IDS, MeasureOf::from_id));
        let at_least = measure.get("at_least_percent").and_then(|node| faults.number(node, 0, 100));
        measures.push(Measure {
            id: id.text.clone(),
            label: faults.required_text(&measure, "label").unwrap_or_default(),
            of: of.unwrap_or(MeasureOf::Handled),
            at_least_percent: at_least.and_then(|percent| u32::try_from(percent).ok()),
            channels: faults.words(&measure, "channels", WordKind::Channel, Channel::IDS, Channel::from_id),
            trace: faults.trace(&measure),
        });
    }
    measures
}

fn retention(view: &View<'_>, faults: &mut Faults) -> u32 {
    let Some(retention) = view.get("retention").and_then(|node| faults.view(node, &["years"])) else {
        return RETENTION_YEARS;
    };
    faults.trace(&retention);
    let years = faults.required(&retention, "years").and_then(|node| faults.number(node, 1, 100));
    years.and_then(|years| u32::try_from(years).ok()).unwrap_or(RETENTION_YEARS)
}

fn attachments(view: &View<'_>, faults: &mut Faults) -> Attachments {
    let default = Attachments { max_mb: ATTACHMENT_MB, types: Vec::new(), trace: crate::definition::Trace::default() };
    let Some(attachments) = view.get("attachments").and_then(|node| faults.view(node, &["max_mb", "types"])) else {
        return default;
    };
    let max_mb = attachments.get("max_mb").and_then(|node| faults.number(node, 1, 1_024));
    Attachments {
        max_mb: max_mb.and_then(|mb| u32::try_from(mb).ok()).unwrap_or(ATTACHMENT_MB),
        types: faults.texts(&attachments, "types").into_iter().map(|ending| ending.to_lowercase()).collect(),
        trace: faults.trace(&attachments),
    }
}

fn notes(view: &View<'_>, faults: &mut Faults) -> Vec<Note> {
    let mut notes = Vec::new();
    for node in view.get("notes").and_then(|node| faults.items(node)).unwrap_or_default() {
        if let Body::Scalar(_) = node.body {
            let text = faults.text(node).unwrap_or_default();
            notes.push(Note { text, trace: crate::definition::Trace::default() });
        } else if let Some(note) = faults.view(node, &["text"]) {
            let text = faults.required_text(&note, "text").unwrap_or_default();
            notes.push(Note { text, trace: faults.trace(&note) });
        }
    }
    notes
}

/// The rating, whose scale must be exactly the options of its field.
pub(super) fn rating(view: &View<'_>, forms: &[Form], faults: &mut Faults) -> Option<Rating> {
    let rating = faults.view(view.get("rating")?, &["field", "reason", "scale", "reopen_on"])?;
    let trace = faults.trace(&rating);
    let node = faults.required(&rating, "field")?;
    let field = super::scope::field_of_type(node, forms, &[FieldType::Choice], faults);
    let reason =
        rating.get("reason").and_then(|node| super::scope::field_of_type(node, forms, &[FieldType::Text], faults));
    let mut scale: Vec<RatingValue> = Vec::new();
    let scale_node = faults.required(&rating, "scale");
    for node in scale_node.and_then(|node| faults.items(node)).unwrap_or_default() {
        let Some(value) = faults.view(node, &["value", "satisfied"]) else {
            continue;
        };
        faults.required(&value, "satisfied");
        let text = faults.required_text(&value, "value").unwrap_or_default();
        if scale.iter().any(|known| known.value == text) {
            faults.add(node.place, FaultKind::DuplicateOption { option: text });
        } else {
            scale.push(RatingValue { satisfied: faults.flag(&value, "satisfied"), value: text });
        }
    }
    let reopen_on = reopen_on(&rating, &scale, faults);
    let field = field?;
    let options = forms
        .iter()
        .find(|form| form.id == field.form)
        .and_then(|form| form.field(&field.field))
        .map(|field| field.options.as_slice())
        .unwrap_or_default();
    let missing: Vec<String> = options
        .iter()
        .map(|option| option.value.clone())
        .filter(|option| scale.iter().all(|value| &value.value != option))
        .collect();
    let unknown: Vec<String> = scale
        .iter()
        .map(|value| value.value.clone())
        .filter(|value| options.iter().all(|option| &option.value != value))
        .collect();
    if !missing.is_empty() || !unknown.is_empty() {
        let place = scale_node.map_or(rating.place, |node| node.place);
        faults.add(place, FaultKind::RatingScale { missing, unknown });
    }
    Some(Rating { field, reason, scale, reopen_on, trace })
}

fn reopen_on(rating: &View<'_>, scale: &[RatingValue], faults: &mut Faults) -> Vec<String> {
    let items: &[Node] = rating.get("reopen_on").and_then(|node| faults.items(node)).unwrap_or_default();
    let known: Vec<&str> = scale.iter().map(|value| value.value.as_str()).collect();
    items.iter().filter_map(|item| faults.name(item, NameKind::RatingValue, known.iter().copied())).collect()
}
