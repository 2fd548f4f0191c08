//! Lanes and steps, with every name resolved.
//!
//! The one thing to know: what comes out are drafts; expressions and placeholders wait for `flow`, which knows what has
//! a value at each step.

use crate::definition::{ContactSheet, Countersign, End, Lane, LaneHolder, SheetTo, StepProgress, Task, Trace};
use crate::fault::{FaultKind, NameKind, WordKind};
use crate::form::Form;
use crate::vocabulary::{FieldType, Milestone, Outcome, Role};
use crate::yaml::{Body, Node, Place};

use super::Names;
use super::faults::{Faults, View};
use super::limits::limit_of_step;
use super::scope::{Written, department_field, expression, field_of_type};

pub(super) struct Draft<'n> {
    pub id: String,
    pub place: Place,
    pub lane: Option<String>,
    pub lane_place: Place,
    pub kind: DraftKind<'n>,
    pub trace: Trace,
}

pub(super) enum DraftKind<'n> {
    Task(Task),
    Sheet(ContactSheet, SheetPlaces),
    Message {
        label: Option<String>,
        text: Option<&'n Node>,
        next: String,
    },
    End(End),
    Gateway {
        label: Option<String>,
        cases: Vec<DraftCase<'n>>,
        otherwise: String,
        otherwise_label: Option<String>,
    },
    /// Too broken to say more.
    Broken,
}

/// Where a contact sheet names its fields.
pub(super) struct SheetPlaces {
    pub to: Place,
    pub question: Place,
}

pub(super) struct DraftCase<'n> {
    pub when: Option<Written<'n>>,
    pub to: String,
    pub label: Option<String>,
    pub trace: Trace,
}

pub(super) fn lanes(view: &View<'_>, names: &Names, forms: &[Form], faults: &mut Faults) -> Vec<Lane> {
    const HOLDERS: &[&str] = &["external", "role", "department", "department_from"];
    let mut lanes = Vec::new();
    for (id, node) in view.get("lanes").and_then(|node| faults.entries(node)).unwrap_or_default() {
        let keys: Vec<&str> = ["name"].into_iter().chain(HOLDERS.iter().copied()).collect();
        let Some(lane) = faults.view(node, &keys) else {
            continue;
        };
        let found: Vec<String> =
            HOLDERS.iter().filter(|key| lane.get(key).is_some()).map(|key| (*key).to_owned()).collect();
        if found.len() != 1 {
            faults.add(id.place, FaultKind::OneOf { keys: HOLDERS, found });
        }
        let name = faults.required_text(&lane, "name").unwrap_or_default();
        let trace = faults.trace(&lane);
        let mut holder = LaneHolder::External;
        if lane.get("external").is_some() && !faults.flag(&lane, "external") {
            // `external: false` says nothing about who it is instead.
            faults.add(lane.key_place("external"), FaultKind::OneOf { keys: HOLDERS, found: Vec::new() });
        }
        if let Some(role) =
            lane.get("role").and_then(|node| faults.word(node, WordKind::Role, Role::IDS, Role::from_id))
        {
            holder = LaneHolder::Role(role);
        }
        let known = names.departments.iter().map(String::as_str);
        if let Some(id) = lane.get("department").and_then(|node| faults.name(node, NameKind::Department, known)) {
            holder = LaneHolder::Department(id);
        }
        if let Some(field) = lane.get("department_from").and_then(|node| department_field(node, forms, faults)) {
            holder = LaneHolder::DepartmentFrom(field);
        }
        lanes.push(Lane { id: id.text.clone(), name, holder, trace });
    }
    lanes
}

pub(super) fn read<'n>(view: &View<'n>, names: &Names, forms: &[Form], faults: &mut Faults) -> Vec<Draft<'n>> {
    let mut reader = Reader { names, forms, faults };
    let entries = view.get("steps").and_then(|node| reader.faults.entries(node)).unwrap_or_default();
    entries.iter().filter_map(|(id, node)| reader.step(&id.text, id.place, node)).collect()
}

struct Reader<'a> {
    names: &'a Names,
    forms: &'a [Form],
    faults: &'a mut Faults,
}

const KINDS: &[&str] = &["task", "choose", "contact_sheet", "message", "end"];

impl Reader<'_> {
    fn step<'n>(&mut self, id: &str, place: Place, node: &'n Node) -> Option<Draft<'n>> {
        let entries = self.faults.entries(node)?;
        let found: Vec<String> = entries
            .iter()
            .filter(|(key, _)| KINDS.contains(&key.text.as_str()))
            .map(|(key, _)| key.text.clone())
            .collect();
        let keys: &[&str] = match found.as_slice() {
            [kind] => match kind.as_str() {
                "task" => &["task", "lane", "form", "script", "next", "marks", "limit", "progress"],
                "choose" => &["choose", "lane", "label"],
                "contact_sheet" => &["contact_sheet", "label", "lane", "next", "marks", "progress"],
                "message" => &["message", "label", "lane", "next"],
                _ => &["end", "lane", "outcome", "event_record", "marks"],
            },
            _ => {
                self.faults.add(place, FaultKind::OneOf { keys: KINDS, found });
                return Some(Draft {
                    id: id.to_owned(),
                    place,
                    lane: None,
                    lane_place: place,
                    kind: DraftKind::Broken,
                    trace: Trace::default(),
                });
            }
        };
        let view = self.faults.view(node, keys)?;
        let lane = view
            .get("lane")
            .and_then(|node| self.faults.name(node, NameKind::Lane, self.names.lanes.iter().map(String::as_str)));
        let trace = self.faults.trace(&view);
        let kind = match found.first().map(String::as_str) {
            Some("task") => self.task(&view),
            Some("choose") => self.gateway(&view),
            Some("contact_sheet") => self.sheet(&view),
            Some("message") => DraftKind::Message {
                label: self.faults.optional_text(&view, "label"),
                text: view.get("message"),
                next: self.target(&view, "next"),
            },
            _ => self.end(&view),
        };
        if matches!(kind, DraftKind::Task(_) | DraftKind::Sheet(..)) {
            self.faults.required(&view, "lane");
        }
        let lane_place = view.get("lane").map_or(place, |node| node.place);
        Some(Draft { id: id.to_owned(), place, lane, lane_place, kind, trace })
    }

    /// A step that another names; empty after a fault.
    fn target(&mut self, view: &View<'_>, key: &'static str) -> String {
        let Some(node) = self.faults.required(view, key) else {
            return String::new();
        };
        let known = self.names.steps.iter().map(String::as_str);
        self.faults.name(node, NameKind::Step, known).unwrap_or_default()
    }

    fn marks(&mut self, view: &View<'_>) -> Vec<Milestone> {
        self.faults.words(view, "marks", WordKind::Milestone, Milestone::IDS, Milestone::from_id)
    }

    fn task<'n>(&mut self, view: &View<'n>) -> DraftKind<'n> {
        let forms = self.names.forms.iter().map(String::as_str);
        // A misspelt form keeps an id that is none, so that `flow` does not complain of its fields as well.
        let form = view.get("form").map(|node| self.faults.name(node, NameKind::Form, forms).unwrap_or_default());
        let scripts = self.names.scripts.iter().map(String::as_str);
        let script = view.get("script").and_then(|node| self.faults.name(node, NameKind::Script, scripts));
        DraftKind::Task(Task {
            label: self.faults.required_text(view, "task").unwrap_or_default(),
            form,
            script,
            next: self.target(view, "next"),
            marks: self.marks(view),
            limit: view.get("limit").and_then(|node| limit_of_step(node, self.faults)),
            progress: self.progress(view),
        })
    }

    fn progress(&mut self, view: &View<'_>) -> StepProgress {
        let Some(node) = view.get("progress") else {
            return StepProgress::default();
        };
        if let Body::Scalar(_) = node.body {
            return StepProgress { on_entry: None, on_completion: self.label(node) };
        }
        let Some(view) = self.faults.view(node, &["on_entry", "on_completion"]) else {
            return StepProgress::default();
        };
        StepProgress {
            on_entry: view.get("on_entry").and_then(|node| self.label(node)),
            on_completion: view.get("on_completion").and_then(|node| self.label(node)),
        }
    }

    fn label(&mut self, node: &Node) -> Option<String> {
        self.faults.name(node, NameKind::Progress, self.names.progress.iter().map(String::as_str))
    }

    fn sheet<'n>(&mut self, view: &View<'n>) -> DraftKind<'n> {
        const TEXTS: &[FieldType] = &[FieldType::Text];
        const KEYS: &[&str] = &["to", "question", "customer_matter", "countersign", "limit"];
        let Some(sheet) = view.get("contact_sheet").and_then(|node| self.faults.view(node, KEYS)) else {
            return DraftKind::Broken;
        };
        let to_node = self.faults.required(&sheet, "to");
        let to = to_node.and_then(|node| self.sheet_to(node));
        let question_node = self.faults.required(&sheet, "question");
        let question = question_node.and_then(|node| field_of_type(node, self.forms, TEXTS, self.faults));
        let matter = sheet.get("customer_matter").and_then(|node| field_of_type(node, self.forms, &[], self.faults));
        let countersign = match sheet.get("countersign") {
            None => Some(Countersign::Optional),
            Some(node) => self.faults.word(node, WordKind::Countersign, &["required", "optional"], |word| match word {
                "required" => Some(Countersign::Required),
                "optional" => Some(Countersign::Optional),
                _ => None,
            }),
        };
        self.faults.trace(&sheet);
        let limit = sheet.get("limit").and_then(|node| limit_of_step(node, self.faults));
        let label = self.faults.optional_text(view, "label").unwrap_or_else(|| "工作联系单".to_owned());
        let (next, marks, progress) = (self.target(view, "next"), self.marks(view), self.progress(view));
        let (Some(to), Some(question)) = (to, question) else {
            return DraftKind::Broken;
        };
        let place = |node: Option<&Node>| node.map_or(sheet.place, |node| node.place);
        let places = SheetPlaces { to: place(to_node), question: place(question_node) };
        let countersign = countersign.unwrap_or_default();
        DraftKind::Sheet(
            ContactSheet { label, to, question, customer_matter: matter, countersign, limit, next, marks, progress },
            places,
        )
    }

    fn sheet_to(&mut self, node: &Node) -> Option<SheetTo> {
        let by_field = matches!(&node.body, Body::Scalar(scalar) if scalar.text.contains('.'));
        if by_field {
            return department_field(node, self.forms, self.faults).map(SheetTo::Field);
        }
        let known = self.names.departments.iter().map(String::as_str);
        self.faults.name(node, NameKind::Department, known).map(SheetTo::Department)
    }

    fn end<'n>(&mut self, view: &View<'n>) -> DraftKind<'n> {
        let outcome = self
            .faults
            .required(view, "outcome")
            .and_then(|node| self.faults.word(node, WordKind::Outcome, Outcome::IDS, Outcome::from_id));
        self.faults.required(view, "event_record");
        DraftKind::End(End {
            label: self.faults.required_text(view, "end").unwrap_or_default(),
            outcome: outcome.unwrap_or(Outcome::Resolved),
            event_record: self.faults.flag(view, "event_record"),
            marks: self.marks(view),
        })
    }

    fn gateway<'n>(&mut self, view: &View<'n>) -> DraftKind<'n> {
        let label = self.faults.optional_text(view, "label");
        let choose = view.get("choose");
        let items = choose.and_then(|node| self.faults.items(node)).unwrap_or_default();
        let mut cases = Vec::new();
        let mut default: Option<(String, Option<String>)> = None;
        for item in items {
            let Some(case) = self.faults.view(item, &["when", "to", "otherwise", "label"]) else {
                continue;
            };
            let label = self.faults.optional_text(&case, "label");
            let trace = self.faults.trace(&case);
            if default.is_some() {
                self.faults.add(item.place, FaultKind::CaseAfterOtherwise);
            }
            if case.get("otherwise").is_some() {
                for key in ["when", "to"] {
                    if case.get(key).is_some() {
                        self.faults.add(case.key_place(key), FaultKind::UnknownKey { key: key.to_owned(), hint: None });
                    }
                }
                default = Some((self.target(&case, "otherwise"), label));
            } else {
                let when = self.faults.required(&case, "when").and_then(|node| expression(node, self.faults));
                cases.push(DraftCase { when, to: self.target(&case, "to"), label, trace });
            }
        }
        if default.is_none() {
            let place = choose.map_or(view.place, |_| view.key_place("choose"));
            self.faults.add(place, FaultKind::NoOtherwise);
        }
        let (otherwise, otherwise_label) = default.unwrap_or_default();
        DraftKind::Gateway { label, cases, otherwise, otherwise_label }
    }
}
